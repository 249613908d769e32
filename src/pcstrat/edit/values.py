"""Turns the place of a value into a stretch of text with the way in which its further lines may be indented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pcstrat.source import Place

Stretch = tuple[int, int]
"""Two offsets into a text: where something starts and where it ends."""

_BLOCK_SIGN = re.compile(
    r"(?:!\S*[ \t]+)?[|>](?P<digit_first>[1-9])?(?P<keep>[+-])?(?P<digit_last>[1-9])?[ \t]*(?:#[^\n]*)?$", re.MULTILINE
)
_DIGIT = re.compile(r"(?<=[|>])[1-9]|(?<=[|>][+-])[1-9]")
STEP = 2
"""How many columns an item stands further in than the one it belongs to."""
BLANKS = " \t"
_LEADING = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Value:
    """A text, a list or mapping in brackets, or nothing where nothing is written.

    `start` and `end` are offsets into the file. `inner` is the column at which the lines of a block after | or >
    begin, 0 elsewhere; `keeps` says that blank lines after it are part of it. `written` stands in its place where its
    keys come in another order.
    """

    place: Place
    start: int
    end: int
    inner: int = 0
    keeps: bool = False
    written: str | None = None

    @property
    def is_block(self) -> bool:
        """Whether it is a block after | or >, so that the indentation of all its lines changes together."""
        return self.inner > 0

    @property
    def is_in_brackets(self) -> bool:
        """Whether it is a list or a mapping in brackets."""
        return self.place[4] is not None


NOTHING = Value((0, 0, 0, 0, None), 0, 0)
"""What an entry holds before its value is read."""


def value_at(text: str, place: Place, column: int) -> Value:
    """The value at a place, of an entry that begins at a column; -1 for the whole file."""
    start, end = place[:2]
    match = _BLOCK_SIGN.match(text, start) if start < end else None
    if match is None:
        return Value(place, start, end)
    digit = match["digit_first"] or match["digit_last"]
    inner = column + int(digit) if digit else _detected(text, match.end(), column + 1)
    keeps = match["keep"] == "+"
    return Value(place, start, _block_end(text, match.end(), inner, keeps=keeps), inner, keeps)


def _lines(text: str, newline: int) -> Iterator[tuple[str, int]]:
    """Every line after an offset that ends one, with the offset of its end."""
    while newline < len(text) - 1:
        end = text.find("\n", newline + 1)
        end = len(text) if end < 0 else end
        yield text[newline + 1 : end], end
        newline = end


def _indentation(line: str) -> int:
    match = _LEADING.match(line)
    return match.end() if match else 0


def _detected(text: str, header_end: int, least: int) -> int:
    """The column at which the first line with text begins, or an emptier line before it if that is longer."""
    found = least
    for line, _ in _lines(text, header_end):
        found = max(found, _indentation(line))
        if line.strip(" \t"):
            break
    return found


def _block_end(text: str, header_end: int, inner: int, *, keeps: bool) -> int:
    """Where the last line of a block ends."""
    end = header_end
    for line, line_end in _lines(text, header_end):
        filled = bool(line.strip(" \t")) or len(line) > inner
        if filled and _indentation(line) < inner:
            break
        if filled or keeps:
            end = line_end
    return end


def reindented(text: str, value: Value, column: int, start_column: int) -> str:
    """The text of a value whose entry moves to a column, and whose own text to another one.

    The lines of a block begin two columns further in than its entry. Further lines of other text do so too. Those in
    brackets keep their distance to the opening bracket, but never stand further out than that.
    """
    written = text[value.start : value.end] if value.written is None else value.written
    first, *rest = written.split("\n")
    if value.is_block:
        first = _DIGIT.sub(str(STEP), first, count=1)
        moved = [f"{' ' * (column + STEP)}{line[value.inner :]}" if len(line) > value.inner else "" for line in rest]
    elif value.is_in_brackets:
        shift = start_column - (value.start - text.rfind("\n", 0, value.start) - 1)
        moved = [_shifted(line, shift, column) for line in rest]
    else:
        moved = [f"{' ' * (column + STEP)}{line.lstrip(BLANKS)}" if line.strip(BLANKS) else "" for line in rest]
    return "\n".join([first, *moved])


def _shifted(line: str, shift: int, column: int) -> str:
    inside = line.lstrip(BLANKS)
    least = column if inside[:1] in {"]", "}"} else column + STEP
    return f"{' ' * max(least, _indentation(line) + shift)}{inside}" if inside else ""
