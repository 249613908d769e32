"""Turns an interrupted publication into a finished or an undone one.

A publication writes everything into a staging folder, then this journal, and only then moves files. A staging folder
without a journal has changed nothing and is removed. One with a journal is finished if every file is still at hand,
else undone from the copies it kept.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pcstrat.memory.fingerprint import sha256
from pcstrat.publish.manifest import is_safe_path

FILE_NAME = "journal.json"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Journal:
    """What a publication is about to do: files to move in (path and hash, in order), and files to remove."""

    moves: tuple[tuple[str, str], ...]
    removals: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """The text of the file."""
        data = {"pcstrat_journal": FORMAT_VERSION, "moves": self.moves, "removals": self.removals}
        return json.dumps(data).encode()


@dataclass(frozen=True, slots=True)
class Stage:
    """A staging folder and where its files belong. `target` checks a path and gives its place in the output."""

    folder: Path
    target: Callable[[str], Path]

    def new(self, path: str) -> Path:
        """Where a file waits to be moved."""
        return self.folder / "new" / path

    def old(self, path: str) -> Path:
        """Where the file that was there before is kept until all is done."""
        return self.folder / "old" / path

    def journal(self) -> Journal | None:
        """The journal, if it was written to its end."""
        try:
            data = json.loads((self.folder / FILE_NAME).read_bytes())
            moves = tuple((path, digest) for path, digest in data["moves"])
            removals = tuple(data["removals"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not all(map(is_safe_path, (*(path for path, _ in moves), *removals))):
            return None
        return Journal(moves, removals)

    def carry_out(self, journal: Journal) -> None:
        """Remove and move everything that is not yet removed and moved, the last move last."""
        for path in journal.removals:
            if os.path.lexists(self.target(path)):
                _prepared(self.old(path))
                self.target(path).replace(self.old(path))
        for path, _ in journal.moves:
            if self.new(path).exists():
                self._keep(path)
                self.new(path).replace(self.target(path))

    def _keep(self, path: str) -> None:
        """Keep what is there now, without a moment in which it is not there."""
        target, old = self.target(path), _prepared(self.old(path))
        _prepared(target)
        if target.is_symlink() or not target.exists() or old.exists():
            return
        try:
            os.link(target, old)
        except OSError:
            shutil.copy2(target, old)

    def undo(self, journal: Journal) -> None:
        """Bring back what was there before."""
        for path, digest in reversed(journal.moves):
            if self.old(path).exists():
                self.old(path).replace(self.target(path))
            elif not self.new(path).exists() and _hash(self.target(path)) == digest:
                self.target(path).unlink()
        for path in journal.removals:
            if os.path.lexists(self.old(path)):
                self.old(path).replace(_prepared(self.target(path)))

    def is_complete(self, journal: Journal) -> bool:
        """Whether every file is at hand: still staged, or in its place already."""
        return all(digest in (_hash(self.new(path)), _hash(self.target(path))) for path, digest in journal.moves)

    def recover(self) -> str:
        """Finish or undo, remove the staging folder, and say what was done."""
        journal = self.journal()
        if journal is None:
            shutil.rmtree(self.folder)
            return "An earlier build was interrupted before it published anything; its remains were removed."
        if self.is_complete(journal):
            self.carry_out(journal)
            shutil.rmtree(self.folder)
            return "An earlier build was interrupted while it published; that is now finished."
        self.undo(journal)
        shutil.rmtree(self.folder)
        return "An earlier build was interrupted while it published, and files of it are lost; it was undone."


def _prepared(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""
