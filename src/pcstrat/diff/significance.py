"""Turns a kind of change, its subject and its context into what the change means: a data file that users override."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pcstrat.diff.kinds import Kind, Significance
from pcstrat.errors import NotDoneError

FILE_NAME = "significance.toml"
_CONTEXT = "context:"
_DEFAULT = "default"
_Word = TypeVar("_Word", Kind, Significance)


@dataclass(frozen=True)
class Significances:
    """What every kind of change means."""

    table: Mapping[Kind, Mapping[str, Significance]]

    def of(self, kind: Kind, subject: str, context: str = "") -> Significance:
        """What a change means. `subject` is the class of the item, and the field with a dot."""
        row = self.table[kind]
        if context and (found := row.get(f"{_CONTEXT}{context}")):
            return found
        fitting = [pattern for pattern in row if fnmatchcase(subject, pattern)]
        return row[max(fitting, key=len)] if fitting else row[_DEFAULT]


def load_significances(folder: Path | None) -> Significances:
    """The shipped table with the user's own over it, key by key, if the folder holds one.

    Raises:
        NotDoneError: if the user's file cannot be read, or says something that is not known.
    """
    own = folder / FILE_NAME if folder else None
    try:
        content = own.read_bytes() if own else b""
    except FileNotFoundError:
        content = b""
    except OSError as error:
        raise NotDoneError(f"'{own}' cannot be read: {error.strerror}.") from None
    shipped = shipped_significances()
    return Significances(_overlaid(shipped.table, content, str(own))) if content else shipped


@cache
def shipped_significances() -> Significances:
    """The table that comes with pcstrat."""
    content = files("pcstrat").joinpath("data", FILE_NAME).read_bytes()
    return Significances(_overlaid({kind: {} for kind in Kind}, content, FILE_NAME))


def _overlaid(
    below: Mapping[Kind, Mapping[str, Significance]], content: bytes, file: str
) -> dict[Kind, dict[str, Significance]]:
    table = {kind: dict(row) for kind, row in below.items()}
    for name, row in _read(content, file).items():
        kind = _one_of(name, Kind, f"{file}: There is no kind of change '{name}'.")
        if not isinstance(row, dict):
            raise NotDoneError(f"{file}: '{name}' must be a table.", f'Write [{name}], then default = "changed".')
        for key, value in row.items():
            table[kind][key] = _one_of(value, Significance, f"{file}: [{name}] gives '{key}' the meaning {value!r}.")
    return table


def _read(content: bytes, file: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotDoneError(f"{file} is not UTF-8 text.", "Save it with the encoding UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise NotDoneError(f"{file} is not valid TOML: {error}.") from None


def _one_of(value: object, words: type[_Word], message: str) -> _Word:
    names = [word.value for word in words]
    if value not in names:
        close = difflib.get_close_matches(str(value)[:100], names, n=1)
        raise NotDoneError(message, f"Did you mean '{close[0]}'?" if close else f"It may be: {', '.join(names)}.")
    return words(value)
