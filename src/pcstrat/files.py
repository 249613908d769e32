"""Turns content into files of the user's own: each whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pcstrat.errors import NotDoneError


def rewrite(path: Path, name: str, before: bytes, after: bytes) -> None:
    """Replace the content of a file that was read; its permissions stay, and a link to it stays a link.

    Raises:
        NotDoneError: if the file holds something else than `before`, or cannot be written; it is then as it was.
    """
    real = Path(os.path.realpath(path))
    try:
        if real.read_bytes() != before:
            message = f"'{name}' was changed while pcstrat worked on it, and is left as it is."
            raise NotDoneError(message, "Run the command again.")
        with _beside(real, after, stat.S_IMODE(real.stat().st_mode)) as written:
            written.replace(real)
    except OSError as error:
        raise NotDoneError(f"'{name}' cannot be written: {error.strerror}.", "It is as it was.") from None


def write(path: Path, name: str, content: bytes) -> None:
    """Write a file, or replace it; its folder is made. A link stays a link, and a device is written to.

    Raises:
        NotDoneError: if it cannot be written; what was there stays.
    """
    real = Path(os.path.realpath(path))
    try:
        with _no_new_folders_left(real.parent):
            real.parent.mkdir(parents=True, exist_ok=True)
            _write(path, real, content)
    except OSError as error:
        raise NotDoneError(f"'{name}' cannot be written: {error.strerror}.") from None


def _write(path: Path, real: Path, content: bytes) -> None:
    if real.exists() and not real.is_file():
        path.write_bytes(content)
        return
    mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else _usual_mode()
    with _beside(real, content, mode) as written:
        written.replace(real)


def create(path: Path, name: str, content: bytes) -> bool:
    """Write a file where none is, with its folder; whether it was written. A file that is there stays as it is.

    Raises:
        NotDoneError: if it cannot be written; nothing is there then.
    """
    try:
        with _no_new_folders_left(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            with _beside(path, content, _usual_mode()) as written:
                _link(written, path)
    except FileExistsError:
        if path.is_dir():
            raise NotDoneError(f"'{name}' cannot be written: it is a folder.") from None
        if not os.path.lexists(path):
            raise NotDoneError(f"'{name}' cannot be written: a file stands where its folder should be.") from None
        return False
    except OSError as error:
        raise NotDoneError(f"'{name}' cannot be written: {error.strerror}.") from None
    return True


def create_all(contents: Mapping[Path, bytes], name: Callable[[Path], str]) -> tuple[list[str], list[str]]:
    """Write several files where none are, with their folders: all of them, or nothing.

    Returns:
        The names of the files that were written, and of those that were there and stay.

    Raises:
        NotDoneError: if one cannot be written; nothing that was not there before is there then.
    """
    written: list[Path] = []
    kept: list[Path] = []
    with ExitStack() as undo:
        for path, content in contents.items():
            undo.enter_context(_no_new_folders_left(path.parent))
            if create(path, name(path), content):
                undo.push(_removal(path))
                written.append(path)
            else:
                kept.append(path)
    return [name(path) for path in written], [name(path) for path in kept]


def _removal(path: Path) -> Callable[..., None]:
    """What removes a file if anything fails after it was written."""

    def remove(kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            with contextlib.suppress(OSError):
                path.unlink()

    return remove


@contextmanager
def _no_new_folders_left(folder: Path) -> Iterator[None]:
    """Remove a folder again, and those around it that were not there, if anything fails and they are empty."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        yield
    except BaseException:
        for place in missing:
            with contextlib.suppress(OSError):
                place.rmdir()
        raise


@contextmanager
def _beside(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """The content in a file beside another, to be moved into its place; it is gone afterwards."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(mode)
        yield written
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)


def _link(written: Path, path: Path) -> None:
    """Give a file its name, unless there is one of that name: in one step, where the file system has hard links."""
    try:
        path.hardlink_to(written)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError from None
        written.replace(path)


def _usual_mode() -> int:
    """The rights that a new file gets here; a temporary one has fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
