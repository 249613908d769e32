"""Turns what a user names as a PLAN into the content of plan files: paths, ids, and either of them at a revision.

A PLAN is an existing path; the id of a file in the folder of the plans (`bob`); an id or path, then the last `@` and a
revision (`bob@v2023`); or `REV:PATH` (`v2023:strategies/bob.yaml`). One letter before a colon and a slash is a drive,
never a revision. A folder stands for the plans in it. Paths start from the folder of the settings, at a revision too;
in `REV:PATH`, where there is none from there, from the top of the repository, as git writes them.
"""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from pcstrat.errors import NotDoneError, UsageError
from pcstrat.patterns import Pattern
from pcstrat.revisions import file_at, paths_at, top_of
from pcstrat.settings import Settings
from pcstrat.text import visible_name

MAX_BYTES = 5_000_000
"""The most bytes a plan may have. One more is read, so that whoever reads the text can see that it is too large."""

ARCHIVE = "archive"
"""The folder beside a plan in which its earlier years are kept. They are no plans of today."""

_SUFFIXES = frozenset({".yaml", ".yml"})
_DRIVE = Pattern(r"[A-Za-z]:[\\/]")
_ONE_FILE = "Each plan has one file; rename or remove the other."
_PUT_OR_REMOVE = "Put a plan in its place that can be read, or remove it."
_LEADS_OUT = "leads out of your own folder by a symbolic link"
_FEW = 20


class PlanFile(NamedTuple):
    """One plan to work on. `plan_id` is what the file's name says; the plan itself may say otherwise.

    `name` is for messages: the path from the folder of the settings, with forward slashes, and `@` and the revision
    where there is one. One of `path` and `revision` is stated. `unreadable` says why a file has no content, and
    `remedy` what to do about it.
    """

    plan_id: str
    name: str
    content: bytes
    path: Path | None = None
    revision: str | None = None
    unreadable: str = ""
    remedy: str = ""


class _Reading(NamedTuple):
    """One way to understand an argument, in words, and the plans it then means."""

    words: str
    plans: tuple[PlanFile, ...]


def resolve_plans(arguments: Sequence[str], settings: Settings) -> tuple[PlanFile, ...]:
    """Return the plans that the arguments name, each once, in the order given; without arguments every plan.

    A file that cannot be read, is no file at all, or leads out of the user's folder by a symbolic link has no content,
    and says why: the other plans are there all the same.

    Raises:
        UsageError: if an argument can be read in two ways or names nothing, or one id has two files.
        NotDoneError: if there are no plans, a folder or a revision cannot be read, or a folder leads out of the user's
            own by a symbolic link.
    """
    if not arguments:
        return _some(_plans_in(settings.strategies, settings), settings.strategies, settings)
    plans: dict[str, PlanFile] = {}
    for argument in arguments:
        for plan in _resolve(argument, settings):
            plans.setdefault(_identity(plan), plan)
    return tuple(plans.values())


def _identity(plan: PlanFile) -> str:
    """What two plans have in common that are the same file."""
    return plan.name if plan.path is None or plan.unreadable else os.path.realpath(plan.path)


def archived_plans(file: PlanFile, settings: Settings) -> tuple[PlanFile, ...]:
    """The plan files in the archive beside a plan, sorted by name; none if there is no archive.

    Raises:
        NotDoneError: if the folder cannot be read.
    """
    folder = file.path.parent / ARCHIVE if file.path else None
    return _plans_in(folder, settings) if folder and folder.is_dir() else ()


def _resolve(argument: str, settings: Settings) -> tuple[PlanFile, ...]:
    if not argument.strip():
        raise UsageError("A PLAN is empty.", _plans_there_are(argument, settings))
    at_revisions, failures = _at_revisions(argument, settings)
    readings = [reading for reading in (_as_path(argument, settings), _as_id(argument, settings)) if reading]
    readings = [reading for reading in (*readings, *at_revisions) if reading.plans] or readings
    if len(readings) > 1:
        ways = ", or as ".join(reading.words for reading in readings)
        remedy = "Write the one you mean in full: a path that starts with './', or REV:PATH for a revision."
        raise UsageError(f"'{visible_name(argument)}' can be read as {ways}.", remedy)
    if readings:
        return _some(readings[0].plans, settings.folder / argument, settings)
    if failures:
        raise NotDoneError(" ".join(failure.message for failure in failures), failures[0].remedy)
    raise UsageError(f"There is no plan '{visible_name(argument)}'.", _plans_there_are(argument, settings))


def _as_path(argument: str, settings: Settings) -> _Reading | None:
    path = settings.folder / argument
    if not _exists(path):
        return None
    if path.is_dir():
        return _Reading(f"the folder '{_shown(path, settings)}'", _plans_in(path, settings))
    return _Reading(f"the file '{_shown(path, settings)}'", (_plan_file(path, settings),))


def _as_id(argument: str, settings: Settings) -> _Reading | None:
    if not _is_id(argument):
        return None
    paths = [path for suffix in sorted(_SUFFIXES) if _exists(path := settings.strategies / f"{argument}{suffix}")]
    if not paths:
        return None
    _refuse_two_files(paths, settings)
    return _Reading(f"the plan '{_shown(paths[0], settings)}'", (_plan_file(paths[0], settings),))


def _at_revisions(argument: str, settings: Settings) -> tuple[list[_Reading], list[NotDoneError]]:
    """Return the readings that name a revision and exist, and why the others do not."""
    readings: list[_Reading] = []
    failures: list[NotDoneError] = []
    for plan, revision in _splits(argument):
        try:
            found = _plan_at(plan, revision, settings)
            readings.append(_Reading(f"'{plan}' at the revision '{revision}'", (found,)))
        except NotDoneError as error:
            found_by_git = _from_top(plan, revision, settings) if argument == f"{revision}:{plan}" else None
            if found_by_git is None:
                failures.append(error)
            else:
                words = f"'{plan}' from the top of the repository at the revision '{revision}'"
                readings.append(_Reading(words, (found_by_git,)))
    return readings, failures


def _splits(argument: str) -> list[tuple[str, str]]:
    """Return the plan and revision in `PLAN@REV` and in `REV:PATH`, as far as the argument has these forms."""
    plan, _, revision = argument.rpartition("@")
    splits = [(plan, revision)] if plan and revision else []
    revision, _, path = argument.partition(":")
    if revision and path and not _DRIVE.match(argument):
        splits.append((_as_written(path), revision))
    return splits


def _as_written(path: str) -> str:
    """Keep a path from being taken for an id: `v1:bob` means the file `bob`."""
    return f"./{path}" if _is_id(path) else path


def _plan_at(plan: str, revision: str, settings: Settings) -> PlanFile:
    path = _path_of_id_at(plan, revision, settings) if _is_id(plan) else settings.folder / plan
    folder, name = _existing_folder(path.parent, path.name)
    name_shown = f"{_shown(path, settings)}@{revision}"
    return PlanFile(plan_id=path.stem, name=name_shown, content=file_at(folder, revision, name), revision=revision)


def _from_top(path: str, revision: str, settings: Settings) -> PlanFile | None:
    """The file at a path from the top of the repository, as git writes it; None if there is none."""
    try:
        top, own = top_of(settings.folder), settings.folder.resolve()
        content = file_at(top, revision, path)
    except NotDoneError:
        return None
    name = visible_name(PurePath(os.path.relpath(top / path, own)).as_posix())
    return PlanFile(plan_id=PurePath(path).stem, name=f"{name}@{revision}", content=content, revision=revision)


def _path_of_id_at(plan: str, revision: str, settings: Settings) -> Path:
    folder, inside = _existing_folder(settings.strategies)
    files = [PurePath(name) for name in paths_at(folder, revision, inside) if _is_plan(PurePath(name).name)]
    found = [settings.strategies / file.name for file in files if file.stem == plan]
    if not found:
        remedy = _did_you_mean(plan, (file.stem for file in files))
        raise NotDoneError(f"There is no plan '{plan}' in revision '{revision}'.", remedy)
    _refuse_two_files(found, settings)
    return found[0]


def _existing_folder(folder: Path, name: str = "") -> tuple[Path, str]:
    """Return the nearest folder that exists today, and the way on from there to what may have existed once."""
    rest = PurePath(name)
    while not folder.is_dir() and folder != folder.parent:
        folder, rest = folder.parent, folder.name / rest
    return folder, rest.as_posix()


def _plans_in(folder: Path, settings: Settings) -> tuple[PlanFile, ...]:
    """Return the plans of a folder, sorted by file name; hidden files and folders are none."""
    if _leads_out(folder, settings):
        name = _shown(folder, settings)
        raise NotDoneError(
            f"The folder '{name}' {_LEADS_OUT}.", "Name the folder it leads to, if those are the plans you mean."
        )
    paths = _plan_paths(folder, settings)
    _refuse_two_files(paths, settings)
    return tuple(_plan_file(path, settings) for path in paths)


def _plan_paths(folder: Path, settings: Settings) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in entries if _is_plan(entry.name) and not _is_folder(entry))
    except OSError as error:
        message = f"The folder '{_shown(folder, settings)}' cannot be read: {error.strerror}."
        raise NotDoneError(
            message, "Run pcstrat in the folder that holds your plans' folder, or name a PLAN."
        ) from None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _is_plan(file_name: str) -> bool:
    return PurePath(file_name).suffix.lower() in _SUFFIXES and not file_name.startswith(".")


def _is_id(text: str) -> bool:
    return PurePath(text).name == text and "\\" not in text and PurePath(text).suffix.lower() not in _SUFFIXES


def _refuse_two_files(paths: Iterable[Path], settings: Settings) -> None:
    """Refuse two files whose names differ only in their ending, or in upper and lower case."""
    first: dict[str, Path] = {}
    for path in paths:
        other = first.setdefault(path.stem.casefold(), path)
        if other is not path:
            names = f"'{_shown(other, settings)}' and '{_shown(path, settings)}'"
            raise UsageError(f"The plan '{visible_name(path.stem)}' has two files: {names}.", _ONE_FILE)


def _plan_file(path: Path, settings: Settings) -> PlanFile:
    """One file; that it cannot be read is a problem of this file alone."""
    name = _shown(path, settings)
    plan = PlanFile(plan_id=visible_name(path.stem), name=name, content=b"", path=path)
    if _leads_out(path, settings):
        remedy = "Put the plan itself in its place, or name the file it leads to."
        return plan._replace(unreadable=f"'{name}' {_LEADS_OUT}.", remedy=remedy)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # reading a named pipe would wait for somebody to write
            return plan._replace(unreadable=f"'{name}' is {_kind_of(mode)}, not a file.", remedy=_PUT_OR_REMOVE)
        with path.open("rb") as file:
            return plan._replace(content=file.read(MAX_BYTES + 1))
    except OSError as error:
        return plan._replace(unreadable=f"'{name}' cannot be read: {error.strerror}.", remedy=_PUT_OR_REMOVE)


def _kind_of(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a folder" if stat.S_ISDIR(mode) else "a device or a socket"


def _leads_out(path: Path, settings: Settings) -> bool:
    """Whether what seems to be in the user's folders is a symbolic link to somewhere else, or lies behind one."""
    for folder in (settings.folder, settings.strategies):
        if Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder)):  # noqa: PTH100 - must not follow links
            return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    return False


def _exists(path: Path) -> bool:
    """Whether something is there; what may not be looked at is there, and fails when it is read."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _shown(path: Path, settings: Settings) -> str:
    shown = path.relative_to(settings.folder) if path.is_relative_to(settings.folder) else path
    return visible_name(shown.as_posix())


def _some(plans: tuple[PlanFile, ...], folder: Path, settings: Settings) -> tuple[PlanFile, ...]:
    if not plans:
        message = f"The folder '{_shown(folder, settings)}' holds no plans."
        raise NotDoneError(message, "Plans are files that end in .yaml or .yml.")
    return plans


def _plans_there_are(argument: str, settings: Settings) -> str:
    """Say which plans there are, the one most like the argument first."""
    try:
        ids = [path.stem for path in _plan_paths(settings.strategies, settings)]
    except NotDoneError as error:
        return error.message
    return _did_you_mean(PurePath(argument).stem, ids)


def _did_you_mean(text: str, ids: Iterable[str]) -> str:
    names = sorted(map(visible_name, ids))
    close = difflib.get_close_matches(text[:100], names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"The plans are: {', '.join(names)}." if 0 < len(names) <= _FEW else ""
