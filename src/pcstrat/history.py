"""Turns a revision into the plan files of then: by the id of a plan, wherever it stood, or all of the folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath

from pcstrat.revisions import Tree, top_of
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
        """The file that held a plan: where it stands `now`, else in the folder of the plans, else anywhere.

        Anywhere is in the user's folder or, if that was moved, where it was in the repository.
        """
        today = _inside(now, self._settings) if now else ""
        places = [path for path in self._paths if path == today], self._folder(), self._paths
        for paths in places:
            named_like_it = sorted(paths, key=lambda path: (PurePosixPath(path).stem != plan_id, path))
            for file in self._files(named_like_it):
                if stated_id(file.content) == plan_id:
                    return file
        return self._moved_folder(plan_id)

    def _moved_folder(self, plan_id: str) -> PlanFile | None:
        """The file of a plan outside the user's folder of today, if the folder was elsewhere then.

        Only files that are gone from there count: one that still stands there is not the plan, but another like it.
        """
        for path, file in self._elsewhere.items():
            if stated_id(file.content) == plan_id:
                return file._replace(name=f"{path}@{self._revision}")
        return None

    @cached_property
    def _elsewhere(self) -> dict[str, PlanFile]:
        """The plan files that stood outside the user's folder and stand there no more, by path as the user sees it."""
        top = top_of(self._settings.folder)
        tree = Tree(self._settings.folder, self._revision, whole=True)
        gone = [path for path in tree.paths if path.endswith(_SUFFIXES) and not (top / path).exists()]
        own = self._settings.folder.resolve()
        outside = [path for path in gone if not (top / path).is_relative_to(own)]
        contents = tree.contents(outside)
        return {
            PurePath(os.path.relpath(top / path, own)).as_posix(): self._file(path, content)
            for path, content in contents.items()
        }

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
