"""Turns a plan's id and a revision into the plan's file as it was then, wherever it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pcstrat.errors import NotDoneError
from pcstrat.revisions import all_paths_at, file_at, paths_at
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile

_ID = re.compile(rb"""^(?:\xef\xbb\xbf)?id:[ \t]+["']?([a-z0-9-]{1,80})["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_SUFFIXES = (".yaml", ".yml")


def stated_id(content: bytes) -> str:
    """The id that the text of a plan file states, without reading all of it; empty where it cannot be seen."""
    match = _ID.search(content)
    return match[1].decode() if match else ""


def plan_at(plan_id: str, revision: str, settings: Settings, now: Path | None = None) -> PlanFile | None:
    """The file that held a plan in a revision: where it stands now, else under its name, else anywhere.

    Args:
        plan_id: The id that the plan states.
        revision: Anything git takes for a commit.
        settings: Say where the user's folder is.
        now: Where the plan stands today, if it does.

    Raises:
        NotDoneError: if git cannot be asked, or knows no such revision.
    """
    for path in _likeliest_first(plan_id, all_paths_at(settings.folder, revision), settings, now):
        found = _plan_file(path, revision, settings)
        if found and stated_id(found.content) == plan_id:
            return found
    return None


def plans_at(revision: str, settings: Settings) -> Iterator[PlanFile]:
    """Every plan that stood in the folder of the plans in a revision. Raises as `plan_at`."""
    folder = _inside(settings.strategies, settings)
    for path in paths_at(settings.folder, revision, folder) if folder else ():
        if path.endswith(_SUFFIXES) and (found := _plan_file(path, revision, settings)):
            yield found


def _likeliest_first(plan_id: str, paths: tuple[str, ...], settings: Settings, now: Path | None) -> list[str]:
    today = _inside(now, settings) if now else ""
    folder = _inside(settings.strategies, settings)

    def unlikeliness(path: str) -> tuple[bool, bool, bool, str]:
        pure = PurePosixPath(path)
        return path != today, pure.stem != plan_id, pure.parent.as_posix() != folder, path

    return sorted((path for path in paths if path.endswith(_SUFFIXES)), key=unlikeliness)


def _inside(path: Path, settings: Settings) -> str:
    """A path as git names it; empty for one outside the user's folder."""
    return path.relative_to(settings.folder).as_posix() if path.is_relative_to(settings.folder) else ""


def _plan_file(path: str, revision: str, settings: Settings) -> PlanFile | None:
    """The file at a path; nothing where that is no file that a plan may be in."""
    try:
        content = file_at(settings.folder, revision, path)
    except NotDoneError:
        return None
    return PlanFile(plan_id=PurePosixPath(path).stem, name=f"{path}@{revision}", content=content, revision=revision)
