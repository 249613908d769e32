"""Turns a revision into the plan files of then: by the id of a plan, wherever it stood, or all of the folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from pcstrat.revisions import Tree
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile

_ID = re.compile(rb"""^(?:\xef\xbb\xbf)?id:[ \t]+["']?([a-z0-9-]{1,80})["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_SUFFIXES = (".yaml", ".yml")


def stated_id(content: bytes) -> str:
    """The id that the text of a plan file states, without reading all of it; empty where it cannot be seen."""
    match = _ID.search(content)
    return match[1].decode() if match else ""


class PlansAt:
    """The plan files of one revision, each read once.

    Args:
        revision: Anything git takes for a commit.
        settings: Say where the user's folder is.

    Raises:
        NotDoneError: if git cannot be asked, or knows no such revision.
    """

    def __init__(self, revision: str, settings: Settings) -> None:
        self._revision = revision
        self._settings = settings
        self._tree = Tree(settings.folder, revision)
        self._paths = tuple(path for path in self._tree.paths if path.endswith(_SUFFIXES))
        self._read: dict[str, PlanFile] = {}

    def with_id(self, plan_id: str, now: Path | None = None) -> PlanFile | None:
        """The file that held a plan: where it stands `now`, else in the folder of the plans, else anywhere."""
        today = _inside(now, self._settings) if now else ""
        places = [path for path in self._paths if path == today], self._folder(), self._paths
        for paths in places:
            named_like_it = sorted(paths, key=lambda path: (PurePosixPath(path).stem != plan_id, path))
            for file in self._files(named_like_it):
                if stated_id(file.content) == plan_id:
                    return file
        return None

    def in_folder(self) -> tuple[PlanFile, ...]:
        """Every plan file that stood in the folder of the plans."""
        return self._files(self._folder())

    def _folder(self) -> list[str]:
        folder = _inside(self._settings.strategies, self._settings)
        return [path for path in self._paths if folder and PurePosixPath(path).parent.as_posix() == folder]

    def _files(self, paths: Iterable[str]) -> tuple[PlanFile, ...]:
        paths = tuple(paths)
        contents = self._tree.contents(path for path in paths if path not in self._read)
        self._read |= {path: self._file(path, content) for path, content in contents.items()}
        return tuple(self._read[path] for path in paths if path in self._read)

    def _file(self, path: str, content: bytes) -> PlanFile:
        stem = PurePosixPath(path).stem
        return PlanFile(plan_id=stem, name=f"{path}@{self._revision}", content=content, revision=self._revision)


def _inside(path: Path, settings: Settings) -> str:
    """A path as git names it; empty for one outside the user's folder."""
    return path.relative_to(settings.folder).as_posix() if path.is_relative_to(settings.folder) else ""
