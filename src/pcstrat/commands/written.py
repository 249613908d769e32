"""Turns text into files of the user's own: a whole file or none, and never over one that was there unless asked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pcstrat.errors import NotDoneError


def write_whole(path: Path, content: bytes, shown: str) -> None:
    """Write a file, or replace it, in one step; its folder is made.

    Raises:
        NotDoneError: if it cannot be written; what was there stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(_usual_mode())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotDoneError(f"'{shown}' cannot be written: {error.strerror}.") from None


def write_new(path: Path, content: bytes, shown: str) -> bool:
    """Write a file where none is; whether it was written. A file that is there stays as it is.

    Raises:
        NotDoneError: if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        if path.is_dir():
            raise NotDoneError(f"'{shown}' cannot be written: it is a folder.") from None
        return False
    except OSError as error:
        raise NotDoneError(f"'{shown}' cannot be written: {error.strerror}.") from None
    return True


def _usual_mode() -> int:
    """The rights that a new file gets here; a temporary one has fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
