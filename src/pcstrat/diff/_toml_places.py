"""Turns the text of a TOML file into the place of every key that stands on a line of its own.

The library that reads TOML knows no places. Each line is given to it alone: it then says which key stands there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple


class KeyPosition(NamedTuple):
    """Where a key stands: its line, its column, and the column of its value; all count from 1."""

    line: int
    key: int
    value: int


def places_in(text: str) -> dict[tuple[str, ...], KeyPosition]:
    """The first place of each table and key, by its path. The keys inside a value have no place of their own.

    Args:
        text: A valid TOML file.
    """
    found: dict[tuple[str, ...], KeyPosition] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        start = len(line) - len(line.lstrip()) + 1
        if line.lstrip().startswith("["):
            table = _path(_parsed(line)) or table
            found.setdefault(table, KeyPosition(number, start, start))
        elif (value := _value_column(line)) is not None:
            path = (*table, *_path(_parsed(f"{line[:value]} 0")))
            indent = len(line[value:]) - len(line[value:].lstrip())
            found.setdefault(path, KeyPosition(number, start, value + 1 + indent))
    return found


def _value_column(line: str) -> int | None:
    """How many characters stand before the value, with the equals sign; None where the line begins with no key."""
    ends = (index + 1 for index, character in enumerate(line) if character == "=")
    return next((end for end in ends if _parsed(f"{line[:end]} 0") is not None), None)


def _parsed(line: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None


def _path(value: object) -> tuple[str, ...]:
    """The keys that a line names, outermost first."""
    path: list[str] = []
    while isinstance(value, Mapping) and value:
        key, value = next(iter(value.items()))
        path.append(key)
    return tuple(path)
