"""Turns the settings file, the environment and the command line into one frozen object that knows where each came from.

The command line counts over `PCSTRAT_*` variables, those over the file, and that over the defaults. The file is
`pcstrat.toml`, or the table `[tool.pcstrat]` of `pyproject.toml`, in the folder pcstrat runs in; folders above are not
searched. A variable that is empty, and an option that is `None`, count as not given.
"""

from __future__ import annotations

import datetime as dt
import difflib
import enum
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple

from pcstrat.errors import NotDoneError, UsageError
from pcstrat.settings import _values as values
from pcstrat.settings._values import FAIL_ON, FORMATS, PROFILES, PlanSettings, WrongValueError

__all__ = [
    "FAIL_ON",
    "FILE_NAME",
    "FORMATS",
    "PROFILES",
    "PYPROJECT",
    "Origin",
    "PlanSettings",
    "Setting",
    "Settings",
    "has_settings_file",
    "load_settings",
]

FILE_NAME = "pcstrat.toml"
PYPROJECT = "pyproject.toml"
PREFIX = "PCSTRAT_"


class Origin(enum.Enum):
    """Where the value of a setting comes from, the strongest first."""

    OPTION = "command line"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


class Setting(NamedTuple):
    """One line of the `settings` command: the value in words, and where it comes from ("file pcstrat.toml")."""

    name: str
    value: str
    origin: str
    meaning: str


class Settings(NamedTuple):
    """Every setting of a run. Folders are joined to `folder`, where pcstrat runs, and so can be opened as they are.

    `marks_places` is no setting of a user: pages then have an anchor for each item, as the preview needs.
    """

    folder: Path
    strategies: Path
    templates: Path
    output: Path
    registry: Path
    formats: tuple[str, ...]
    publisher: str | None
    accessibility_contact: str | None
    accessibility_results: Path | None
    profile: str
    fail_on: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    plans: Mapping[str, PlanSettings]
    publish_findings: bool
    as_of: dt.date | None
    all_or_nothing: bool
    user_templates: bool
    embed_fonts: bool
    jobs: int | None
    cache: Path | None
    origins: Mapping[str, str]
    marks_places: bool = False

    @property
    def registry_folder(self) -> Path | None:
        """The folder for `load_registry`; nothing when it was not asked for and does not exist."""
        asked_for = self.origins["registry"] != Origin.DEFAULT.value
        return self.registry if asked_for or self.registry.is_dir() else None

    def listing(self) -> tuple[Setting, ...]:
        """Every setting with its value, its origin and its meaning, in the order of the table."""
        return tuple(
            Setting(name, _shown(getattr(self, name), self.folder), self.origins[name], kind.meaning)
            for name, kind in _KINDS.items()
        )


class _Kind(NamedTuple):
    """One row of the table of settings. `read` turns what was given into the value or raises `WrongValueError`."""

    default: object
    read: Callable[[object], object]
    meaning: str


class _Given(NamedTuple):
    """A value before it is read, where it comes from, and the name of that place: "PCSTRAT_OUTPUT"."""

    value: object
    origin: Origin
    place: str = ""


_KINDS: Mapping[str, _Kind] = {
    "strategies": _Kind("strategies", values.folder, "The folder of the plans, one YAML file each."),
    "templates": _Kind("templates", values.folder, "The folder of your own templates, which go before the shipped."),
    "output": _Kind("output", values.folder, "The folder that everything is built into."),
    "registry": _Kind("registry", values.folder, "The folder of your own icbs.csv and commitments.yaml."),
    "formats": _Kind(FORMATS, values.formats, "What build writes for each plan: html, pdf."),
    "publisher": _Kind(None, values.text, "Who publishes the documents; shown in each of them."),
    "accessibility_contact": _Kind(None, values.text, "Where readers ask for a document in another format."),
    "accessibility_results": _Kind(
        None, values.file, "The file of what `make accessibility` found, for the page on accessibility."
    ),
    "profile": _Kind("draft", values.profile, "How strict the rules are: draft, board or publish."),
    "fail_on": _Kind("error", values.fail_on, "From which severity a check fails: error, warning or advice."),
    "select": _Kind((), values.codes, "The rules to run; all unless stated."),
    "ignore": _Kind((), values.codes, "Rules that do not run."),
    "plans": _Kind({}, values.plans, "Profile, select and ignore of single plans, as tables [plans.<id>]."),
    "publish_findings": _Kind(default=False, read=values.switch, meaning="Publish the report of findings in output."),
    "as_of": _Kind(None, values.date, "The date that documents and rules count from; today unless stated."),
    "all_or_nothing": _Kind(default=False, read=values.switch, meaning="Publish nothing while any plan has errors."),
    "user_templates": _Kind(default=True, read=values.switch, meaning="Use the templates in your own folder."),
    "embed_fonts": _Kind(default=False, read=values.switch, meaning="Embed the font in web pages, not only in PDFs."),
    "jobs": _Kind(None, values.workers, "How many plans to check or build at a time; as many as fit unless stated."),
    "cache": _Kind(
        None, values.folder, "Where pcstrat remembers what it made and found; your own cache folder unless stated."
    ),
}
"""Each setting once: the `settings` command, the file, the environment and the command line all go by this table."""


_CACHES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "linux": (("XDG_CACHE_HOME", ()), ("HOME", (".cache",))),
    "darwin": (("HOME", ("Library", "Caches")),),
    "win32": (("LOCALAPPDATA", ()),),
}
"""Variables that lead to the folder for caches, and the way on from there, by platform."""

_OPTIONS: Mapping[str, str] = {"formats": "format"}
"""Settings whose option has another name."""


def load_settings(folder: Path, environment: Mapping[str, str], options: Mapping[str, object]) -> Settings:
    """Read the settings that hold in a folder.

    Args:
        folder: Where pcstrat runs; the settings file stands in it, and relative folders start from it.
        environment: The variables of the process; only `PCSTRAT_*` are looked at.
        options: What the command line gave, by the name of the setting; `None` where it gave nothing.

    Raises:
        UsageError: for an unknown setting or variable, a value that its setting does not take, both files at once, or
            a folder in the file that lies outside `folder`.
        NotDoneError: if a settings file exists but cannot be read.
    """
    given = {name: _Given(kind.default, Origin.DEFAULT) for name, kind in _KINDS.items()}
    given |= _from_file(folder) | _from_environment(environment) | _from_options(options)
    read: dict[str, Any] = {name: _value(name, found, folder) for name, found in given.items()}
    origins = {name: f"{found.origin.value} {found.place}".strip() for name, found in given.items()}
    read["cache"] = read["cache"] or _own_cache(environment)
    return Settings(folder=folder, origins=origins, **read)


def _own_cache(environment: Mapping[str, str]) -> Path | None:
    """The folder that this platform gives each user for what programs remember; none if the environment names none."""
    for variable, below in _CACHES.get(sys.platform, _CACHES["linux"]):
        if folder := environment.get(variable):
            return Path(folder, *below, "pcstrat")
    return None


def has_settings_file(folder: Path) -> bool:
    """Whether a folder has settings in a file, in one of the two places.

    Raises:
        UsageError: if a file is not what it should be.
        NotDoneError: if it cannot be read.
    """
    return any(True for _ in _tables(folder))


def _value(name: str, given: _Given, folder: Path) -> object:
    if given.value is None:
        return None
    try:
        value = _KINDS[name].read(given.value)
        if not isinstance(value, Path):
            return value
        is_free = given.origin in {Origin.ENVIRONMENT, Origin.OPTION}
        what = "file" if _KINDS[name].read is values.file else "folder"
        return folder / value if is_free else _inside(value, folder, what)
    except WrongValueError as error:
        message = f"{given.place or given.origin.value}: '{name}' is {given.value!r}."
        if given.origin is Origin.OPTION:
            message = f"{given.place} is {given.value!r}."
        raise UsageError(message, f"It must be {error}.") from None


def _inside(value: Path, folder: Path, what: str) -> Path:
    """Join a path that must not lead out of the user's own folder: not by `..`, a drive, a root or a symbolic link."""
    rooted = PureWindowsPath(value).anchor or PurePosixPath(value).is_absolute()
    if rooted or not Path(os.path.realpath(folder / value)).is_relative_to(os.path.realpath(folder)):
        raise WrongValueError(f"a {what} inside the folder of the settings; the command line may name any")
    return folder / value


def _from_options(options: Mapping[str, object]) -> dict[str, _Given]:
    stray = options.keys() - _KINDS.keys()
    if stray:
        raise KeyError(f"no such settings: {', '.join(sorted(stray))}")
    return {
        name: _Given(value, Origin.OPTION, f"--{_OPTIONS.get(name, name).replace('_', '-')}")
        for name, value in options.items()
        if value is not None
    }


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Given]:
    known = {PREFIX + name.upper(): name for name in _KINDS}
    found: dict[str, _Given] = {}
    for variable, value in environment.items():
        if not variable.startswith(PREFIX):
            continue
        if variable not in known:
            raise UsageError(f"There is no setting for the variable {variable}.", _did_you_mean(variable, known))
        if value:
            found[known[variable]] = _Given(value, Origin.ENVIRONMENT, variable)
    return found


def _from_file(folder: Path) -> dict[str, _Given]:
    tables = list(_tables(folder))
    if len(tables) > 1:
        message = f"There are settings in {FILE_NAME} and in [tool.pcstrat] of {PYPROJECT}."
        raise UsageError(message, "Keep one of the two.")
    found: dict[str, _Given] = {}
    for file, table in tables:
        for name, value in table.items():
            if name not in _KINDS:
                raise UsageError(f"{file}: There is no setting '{name}'.", _did_you_mean(name, _KINDS))
            found[name] = _Given(value, Origin.FILE, file)
    return found


def _tables(folder: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the table of settings in each file that has one, with the name of the file."""
    own = _toml(folder / FILE_NAME)
    if own is not None:
        yield FILE_NAME, own
    tool = (_toml(folder / PYPROJECT) or {}).get("tool")
    if isinstance(tool, dict) and "pcstrat" in tool:
        if not isinstance(tool["pcstrat"], dict):
            raise UsageError(f"{PYPROJECT}: 'tool.pcstrat' is {tool['pcstrat']!r}.", "It must be a table of settings.")
        yield PYPROJECT, tool["pcstrat"]


def _toml(path: Path) -> dict[str, object] | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotDoneError(f"{path.name} cannot be read: {error.strerror}.") from None
    import tomllib  # noqa: PLC0415 - only where there is a file of settings

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} is not UTF-8 text.", "Save it with the encoding UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path.name} is not valid TOML: {error}.") from None


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else f"The settings are: {', '.join(known)}."


def _shown(value: object, folder: Path) -> str:
    if value is None or value in ((), {}):
        return "not stated"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{plan}: {own}" for plan, own in value.items())
    if isinstance(value, Path):
        return (value.relative_to(folder) if value.is_relative_to(folder) else value).as_posix()
    return str(value)
