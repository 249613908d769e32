"""Turns what decides the bytes of documents into hashes: files by their content, and what is installed by its version.

Nothing here goes by the time of a file, and nothing loads WeasyPrint unless its libraries cannot be asked without it.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path

_INSTALLED = (".dist-info", ".egg-info")
_LIBRARIES = {
    "pango_version_string": ("libpango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "hb_version_string": ("libharfbuzz-0", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}
_SUBSETTER = (
    "libharfbuzz-subset-0",
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "libharfbuzz-subset-0.dll",
)


def hash_of(*parts: object) -> str:
    """One hash for plain data: texts, numbers, lists and mappings with texts as keys."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def hash_of_folder(folder: Path | None) -> str:
    """One hash for the names and the content of all files below a folder; empty without a folder."""
    return hash_of(list(_contents(folder))) if folder is not None else ""


def hash_of_files(paths: Iterable[Path]) -> str:
    """One hash for the content of files; that one is missing or cannot be read counts as its content."""
    return hash_of([_content_hash(path) for path in paths])


def _contents(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            yield path.relative_to(folder).as_posix(), str(path.readlink())
        if "__pycache__" not in path.parts and path.is_file():
            yield path.relative_to(folder).as_posix(), _content_hash(path)


def _content_hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read ({error.errno})"


@cache
def program() -> str:
    """One hash for pcstrat's own files, the version of Python, and the names and versions of all packages beside it."""
    installed = {name for folder in sys.path for name in _names(folder) if name.endswith(_INSTALLED)}
    return hash_of(hash_of_folder(Path(str(resources.files("pcstrat")))), sys.version, sys.platform, sorted(installed))


def _names(folder: str) -> list[str]:
    with contextlib.suppress(OSError):
        return [path.name for path in Path(folder or ".").iterdir()]
    return []


@cache
def engines() -> str:
    """The versions of the system libraries that decide the bytes of PDFs.

    Raises:
        NotDoneError: if PDFs cannot be made here.
    """
    found = [_version(function, names) for function, names in _LIBRARIES.items()]
    if not all(found):
        from pcstrat.publish.pdf import engine_versions  # noqa: PLC0415 - it knows more places, and takes a second

        return hash_of(engine_versions())
    return hash_of(found, _library(_SUBSETTER) is not None)


def _version(function: str, names: Iterable[str]) -> str:
    try:
        ask = getattr(_library(names), function)
    except AttributeError:
        return ""
    ask.restype = ctypes.c_char_p
    version: bytes = ask()
    return version.decode("ascii", "replace")


def _library(names: Iterable[str]) -> ctypes.CDLL | None:
    for name in names:
        with contextlib.suppress(OSError):
            return ctypes.CDLL(name)
    return None
