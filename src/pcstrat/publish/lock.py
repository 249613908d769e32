"""Keeps two builds from writing to one folder at a time, with a lock that ends with the process that holds it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pcstrat.errors import NotDoneError

FILE_NAME = ".pcstrat-lock"
_FAR = 1 << 20
"""On Windows a locked byte cannot be read; this one is far behind the text of the file."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: staging alone must do
            return True
        return True


@contextmanager
def exclusive(folder: Path, shown: str) -> Iterator[None]:
    """Hold the lock of a folder that exists. One that a killed process left behind does not count.

    Raises:
        NotDoneError: if another process holds it.
        OSError: if the lock file cannot be written.
    """
    path = folder / FILE_NAME
    handle = _locked(path, shown)
    _held.add(handle)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0) if hasattr(os, "pwrite") else None
        yield
    finally:
        _held.discard(handle)
        _release(handle, path)


def is_abandoned(folder: Path) -> bool:
    """Whether a lock lies in a folder that no process holds: whoever held it was killed."""
    try:
        handle = os.open(folder / FILE_NAME, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return _try_lock(handle)
    finally:
        os.close(handle)


_held: set[int] = set()
"""The locks of this process."""


def _let_go() -> None:
    """Close the locks in a copy of the process that holds them, or they would outlive it with the copy."""
    for handle in _held:
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def _locked(path: Path, shown: str) -> int:
    """Open and lock the file; again when the holder before us removed it in between."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        if not _try_lock(handle):
            holder = _holder(path)
            os.close(handle)
            raise NotDoneError(
                f"Another build{holder} is writing to '{shown}'.", "Wait until it has ended, then try again."
            )
        if _is_same(handle, path):
            return handle
        os.close(handle)


def _is_same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _holder(path: Path) -> str:
    try:
        number = path.read_bytes()[:20].decode("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    return f" (process {number})" if number.isdecimal() else ""


def _release(handle: int, path: Path) -> None:
    """Remove and unlock; where an open file cannot be removed, the other way round."""
    with contextlib.suppress(OSError):
        path.unlink()
    os.close(handle)
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            path.unlink()
