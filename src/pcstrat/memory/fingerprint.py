"""Turns what decides a result into hashes: files by their content, and what is installed by its version.

Nothing here goes by the time of a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from io import FileIO
from pathlib import Path
from typing import BinaryIO

_INSTALLED = (".dist-info", ".egg-info")
_PIECE = 65_536


def sha256(content: bytes) -> str:
    """The hash of one content."""
    return hashlib.sha256(content).hexdigest()


def hash_of_file(file: BinaryIO | FileIO) -> str:
    """The hash of the rest of an open file, read in pieces; `sha256` of the same."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def hash_of(*parts: object) -> str:
    """One hash for plain data: texts, numbers, lists and mappings with texts as keys."""
    return sha256(json.dumps(parts, sort_keys=True).encode())


def hash_of_folder(folder: Path | None) -> str:
    """One hash for the names and the content of all files below a folder; empty without a folder."""
    return hash_of(sorted(_contents(os.fspath(folder)))) if folder is not None else ""


def hash_of_files(paths: Iterable[Path]) -> str:
    """One hash for the content of files; that one is missing or cannot be read counts as its content."""
    return hash_of([_content_hash(os.fspath(path)) for path in paths])


def _contents(folder: str, inside: str = "") -> Iterator[tuple[str, str]]:
    """Each file below a folder with its hash; of a link, where it leads too. Nothing below linked folders counts."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = f"{inside}{entry.name}"
            if entry.is_symlink():
                yield name, str(Path(entry.path).readlink())
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _contents(entry.path, f"{name}/")
            elif entry.is_file():
                yield name, _content_hash(entry.path)


def _content_hash(path: str) -> str:
    try:
        with FileIO(path) as file:  # of hundreds of files, a path object and a buffer would take longest
            return hash_of_file(file)
    except OSError as error:
        return f"cannot be read ({error.errno})"


@cache
def program() -> str:
    """One hash for pcstrat's own files, the version of Python, and the names and versions of all packages beside it."""
    installed = {name for folder in sys.path for name in _names(folder) if name.endswith(_INSTALLED)}
    return hash_of(hash_of_folder(Path(str(resources.files("pcstrat")))), sys.version, sys.platform, sorted(installed))


def _names(folder: str) -> list[str]:
    with contextlib.suppress(OSError):
        return os.listdir(folder or ".")  # noqa: PTH208 - names are all that is wanted, of hundreds
    return []
