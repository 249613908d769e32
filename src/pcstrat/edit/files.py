"""Turns a new text into the content of a plan file: all of it or nothing, and only if nobody changed the file since."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
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
        _replace(real, after, stat.S_IMODE(real.stat().st_mode))
    except OSError as error:
        raise NotDoneError(f"'{name}' cannot be written: {error.strerror}.", "It is as it was.") from None


def create(path: Path, name: str, content: bytes) -> None:
    """Write a file that must not exist yet, with the folder it stands in.

    Raises:
        NotDoneError: if something of that name exists, or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise NotDoneError(f"'{name}' exists already, and is left as it is.", "Move it away first.") from None
    except OSError as error:
        raise NotDoneError(f"'{name}' cannot be written: {error.strerror}.") from None


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Write beside the file and move into its place."""
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        os.replace(beside, path)  # noqa: PTH105 - both are names of files here
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
