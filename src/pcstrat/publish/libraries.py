"""Says which system libraries decide the bytes of PDFs. It loads WeasyPrint only if it cannot ask them itself."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterable
from functools import cache

from pcstrat.memory.fingerprint import hash_of

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


@cache
def engines() -> str:
    """One hash for the versions of the system libraries that decide the bytes of PDFs.

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
