"""Keeps what libraries put into temporary folders in a folder of ours, so that it goes with that, whoever is killed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLES = ("TMPDIR", "TEMP", "TMP")
"""Where `tempfile` looks, here and in the processes that start from here."""


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Let temporary files of this process and of those it starts be made in a folder, which is created.

    Raises:
        OSError: if it cannot be created.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = {name: os.environ.get(name) for name in _VARIABLES}
    usual = tempfile.tempdir
    os.environ.update(dict.fromkeys(_VARIABLES, str(folder.resolve())))
    tempfile.tempdir = None
    try:
        yield
    finally:
        tempfile.tempdir = usual
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
