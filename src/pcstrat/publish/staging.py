"""Turns documents into the files of the output folder: staged first, moved into place together, recorded last.

Whatever happens, the folder holds either what it held before or everything new; an interruption in between is mended
by the next run (`journal`). Only files that the manifest found there lists are ever removed or overwritten.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pcstrat.errors import NotDoneError, PcstratError
from pcstrat.memory.fingerprint import sha256
from pcstrat.publish import manifest as manifests
from pcstrat.publish.folder import OutputFolder
from pcstrat.publish.journal import FILE_NAME as JOURNAL
from pcstrat.publish.journal import Journal, Stage
from pcstrat.publish.lock import FILE_NAME as LOCK
from pcstrat.publish.lock import exclusive, is_abandoned
from pcstrat.publish.manifest import ForeignManifestError, Manifest, PublishedFile
from pcstrat.publish.scratch import temporary_files_in

PREFIX = ".pcstrat-staging-"
_SCRATCH = "tmp"
_INDEX = "index.html"
_OUR_MARK = b'<meta name="generator" content="pcstrat">'
_ANOTHER = "Name another folder with --output."
_MOVE_AWAY = "Move it away, or name another folder with --output."


@dataclass(frozen=True, slots=True)
class Changes:
    """What a publication did: the paths written, removed, and left because they hold the same already."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def remains_of(output: Path) -> tuple[Path, ...]:
    """What builds left in a folder that were killed, until the next one: their lock, and what they had staged."""
    lock = output / LOCK
    if lock.exists() and not is_abandoned(output):
        return ()
    return tuple(path for path in (lock, *sorted(output.glob(f"{PREFIX}*"))) if path.exists())


class Publication:
    """One publication into one folder; a context manager. Without `commit` nothing changes.

    `old` is the manifest that was there, `None` if there was none; `messages` say what the user should know about the
    folder.
    """

    def __init__(self, output: Path, shown: str = "") -> None:
        self.output = output
        self.shown = shown or output.as_posix()
        self.folder = OutputFolder(self.output, self.shown)
        self.old: Manifest | None = None
        self.messages: list[str] = []
        self._stack = ExitStack()
        self._stage = Stage(output / f"{PREFIX}{os.getpid()}", self.folder.target)
        self._staged: dict[str, str] = {}
        self._unchanged: list[str] = []
        self._left_for_next_run = False

    def __enter__(self) -> Self:
        with self._explained(), ExitStack() as stack:
            self._create_folder(stack)
            stack.enter_context(exclusive(self.output, self.shown))
            self._recover()
            self.old = self._read_manifest()
            self._refuse_foreign_index()
            stack.enter_context(temporary_files_in(self._stage.folder / _SCRATCH))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._left_for_next_run:
            shutil.rmtree(self._stage.folder, ignore_errors=True)
        self._stack.close()

    def _create_folder(self, stack: ExitStack) -> None:
        """Create the folder; it goes away again if nothing comes into it."""
        missing = [folder for folder in (self.output, *self.output.parents) if not folder.exists()]
        self.output.mkdir(parents=True, exist_ok=True)
        stack.callback(_remove_empty, missing)

    def write(self, path: str, content: bytes) -> PublishedFile:
        """Stage a file; one that holds the same already is left alone."""
        with self._explained():
            self._refuse_vanished()
            if self._holds(path, content):
                self._unchanged.append(path)
                return PublishedFile(path, sha256(content), len(content))
            self._refuse_foreign(path)
            file = PublishedFile(path, *_write(self._stage.new(path), (content,)))
            self._staged[path] = file.sha256
        return file

    def write_parts(self, path: str, parts: Iterable[bytes]) -> PublishedFile:
        """Stage a file that is made part by part, so that it is never in memory as a whole; else as `write`."""
        with self._explained():
            self._refuse_vanished()
            staged = self._stage.new(path)
            file = PublishedFile(path, *_write(staged, parts))
            if self.folder.is_intact(file) and not self.folder.target(path).is_symlink():
                staged.unlink()
                self._unchanged.append(path)
            else:
                self._refuse_foreign(path)
                self._staged[path] = file.sha256
        return file

    def keep(self, file: PublishedFile) -> None:
        """Leave a published file as it is. Whoever calls has seen with `is_intact` that it is what it should be."""
        self._unchanged.append(file.path)

    def _refuse_foreign(self, path: str) -> None:
        """Refuse to overwrite a file that no manifest lists: it is somebody else's, or was changed by hand."""
        place = self.folder.target(path)
        if place.is_file() and not place.is_symlink() and path not in self._ours():
            message = f"'{self.shown}/{path}' is not listed in '{manifests.FILE_NAME}' and would be overwritten."
            raise NotDoneError(message, _MOVE_AWAY)

    def _ours(self) -> frozenset[str]:
        """The files that an earlier publication put here."""
        if self.old is None:
            return frozenset()
        return frozenset((manifests.FILE_NAME, *(file.path for file in self.old.all_files())))

    def commit(self, manifest: Manifest) -> Changes:
        """Move everything into place, remove what the old manifest lists and the new one does not, record it.

        Raises:
            NotDoneError: if a file cannot be moved or removed; everything is then as it was before.
        """
        listed = {file.path for file in manifest.all_files()}
        before = [file.path for file in self.old.all_files()] if self.old else []
        removals = tuple(sorted(path for path in set(before) - listed if os.path.lexists(self.folder.target(path))))
        unchanged = tuple(sorted(self._unchanged))
        self.write(manifests.FILE_NAME, manifest.to_bytes())
        if not self._staged and not removals:
            return Changes(unchanged=unchanged)
        self._move(Journal(self._moves(), removals))
        self._remove_empty_folders(removals)
        written = tuple(sorted(path for path in self._staged if path != manifests.FILE_NAME))
        return Changes(written, unchanged, removals)

    def _moves(self) -> tuple[tuple[str, str], ...]:
        """Staged files by path, the manifest last."""
        return tuple(sorted(self._staged.items(), key=lambda entry: (entry[0] == manifests.FILE_NAME, entry)))

    def _move(self, journal: Journal) -> None:
        with self._explained():
            self._refuse_vanished()
            partly = self._stage.folder / f"{JOURNAL}.part"
            _write(partly, (journal.to_bytes(),))
            partly.replace(self._stage.folder / JOURNAL)
            try:
                self._stage.carry_out(journal)
            except BaseException:
                self._undo(journal)
                raise

    def _undo(self, journal: Journal) -> None:
        """Bring everything back; what cannot be brought back now is left for the next run."""
        self._left_for_next_run = True
        self._stage.undo(journal)
        self._left_for_next_run = False
        self._remove_empty_folders(path for path, _ in journal.moves)

    def _refuse_vanished(self) -> None:
        """Staging would create the folder anew, without the lock."""
        if not self.output.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    def _holds(self, path: str, content: bytes) -> bool:
        place = self.folder.target(path)
        try:
            return not place.is_symlink() and place.stat().st_size == len(content) and place.read_bytes() == content
        except OSError:
            return False

    def _recover(self) -> None:
        """Finish or undo what earlier runs left; whoever holds the lock knows that they have ended."""
        for folder in sorted(self.output.glob(f"{PREFIX}*")):
            if folder.is_dir() and not folder.is_symlink():
                self.messages.append(Stage(folder, self.folder.target).recover())

    def _read_manifest(self) -> Manifest | None:
        try:
            with self.folder.target(manifests.FILE_NAME).open("rb") as file:
                return manifests.read_manifest(file.read(manifests.MAX_BYTES))
        except FileNotFoundError:
            return None
        except ForeignManifestError as error:
            message = f"'{self.shown}/{manifests.FILE_NAME}' {error} and would be overwritten."
            raise NotDoneError(message, _MOVE_AWAY) from None

    def _refuse_foreign_index(self) -> None:
        """Refuse a folder that holds somebody else's web site."""
        index = self.folder.target(_INDEX)
        if self.old is None and index.is_file() and _OUR_MARK not in index.read_bytes():
            raise NotDoneError(f"'{self.shown}/{_INDEX}' was not made by pcstrat and would be overwritten.", _MOVE_AWAY)

    def _remove_empty_folders(self, paths: Iterator[str] | tuple[str, ...]) -> None:
        folders = {self.folder.target(path).parent for path in paths} - {self.output}
        _remove_empty(sorted(folders, key=lambda folder: len(folder.parts), reverse=True))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what the file system says into a failure in plain words."""
        try:
            yield
        except PcstratError:
            raise
        except OSError as error:
            raise _explanation(error, self.shown, self._in_the_way(error)) from None

    def _in_the_way(self, error: OSError) -> str:
        """The file that stands where a folder has to be, as the user calls it."""
        path = Path(os.fsdecode(error.filename or ""))
        file = next((place for place in (path, *path.parents) if place.is_file()), self.output)
        inside = file.relative_to(self.output).parts if file.is_relative_to(self.output) else ()
        return "/".join((self.shown, *inside))


def _explanation(error: OSError, shown: str, in_the_way: str) -> NotDoneError:
    reason = error.strerror or str(error)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return NotDoneError(
                f"The disk of '{shown}' is full; nothing was changed.", "Free some space, then try again."
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            message = f"'{shown}' cannot be written to: {reason}. Nothing was changed."
            return NotDoneError(message, f"Close programs that have its files open. {_ANOTHER}")
        case errno.ENOENT:
            return NotDoneError(f"The folder '{shown}' vanished while it was written to.", "Try again.")
        case errno.ENOTDIR | errno.EEXIST:
            return NotDoneError(f"'{in_the_way}' is not a folder.", _MOVE_AWAY)
        case _:
            return NotDoneError(f"'{shown}' cannot be written to: {reason}. Nothing was changed.", _ANOTHER)


def _write(path: Path, parts: Iterable[bytes]) -> tuple[str, int]:
    """Write a file and wait until the disk has it: a journal must not outlive what it speaks of. Its hash and size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
            digest.update(part)
            size += len(part)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
