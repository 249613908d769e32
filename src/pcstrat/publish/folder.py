"""Turns paths of published files into places in the output folder, and into their content if nobody changed it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pcstrat.errors import NotDoneError
from pcstrat.memory.fingerprint import hash_of_file, sha256
from pcstrat.publish.manifest import PublishedFile, is_safe_path


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """The folder that documents are published into, and how messages call it. It travels between processes."""

    output: Path
    shown: str
    _folders: dict[str, Path] = field(default_factory=dict, repr=False, compare=False)

    def target(self, path: str) -> Path:
        """The place of a file in the folder.

        Raises:
            NotDoneError: if the path leads out, is no name on every platform, or a link or folder is in the way.
        """
        if not is_safe_path(path):
            raise NotDoneError(f"'{path}' cannot be the name of a file in '{self.shown}'.", "Give the plan another id.")
        place = self.output.joinpath(*PurePosixPath(path).parts)
        expected = Path(os.path.realpath(self.output)).joinpath(*PurePosixPath(path).parts[:-1])
        if Path(os.path.realpath(place.parent)) != expected:
            raise NotDoneError(
                f"'{self.shown}/{path}' lies behind a symbolic link, which is not followed.", "Remove it."
            )
        if place.is_dir() and not place.is_symlink():
            raise NotDoneError(f"'{self.shown}/{path}' is a folder, where a file should be.", "Move it away.")
        return place

    def is_intact(self, file: PublishedFile) -> bool:
        """Whether a file that is published is still what the manifest says; it is read in pieces."""
        with contextlib.suppress(OSError, NotDoneError), self._place(file.path).open("rb", buffering=0) as content:
            return hash_of_file(content) == file.sha256
        return False

    def _place(self, path: str) -> Path:
        """The place of a file to read. Its folder is looked at once: of hundreds of files, that would take longest."""
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self.target(path).parent
        return self._folders[folder] / name

    def published(self, file: PublishedFile) -> bytes | None:
        """The content of a file that is published, if it is still what the manifest says."""
        with contextlib.suppress(OSError, NotDoneError):
            content = self.target(file.path).read_bytes()
            if sha256(content) == file.sha256:
                return content
        return None
