"""Turns rows of plain values into CSV: UTF-8, LF, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias

from pcstrat.text import visible

Plain: TypeAlias = str | int | Decimal | dt.date | None
"""What one cell of a file holds; None where nothing belongs."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take a cell for a formula by, when it stands first; blanks before it do not help."""

_WORDS_KEPT = 4_096


class Written(dict[str, str]):
    """Each text as a file has it. Most stand in many cells that are near each other; only so many are kept."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self.write = write

    def __missing__(self, text: str) -> str:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        self[text] = written = self.write(text)
        return written


def csv_lines(rows: Iterable[Iterable[Plain]]) -> Iterator[str]:
    """A line for each row.

    Each text is quoted once, however many cells hold it: `csv.writer` looks through the text of each cell anew, which
    takes three times as long.
    """
    words = Written(_field)
    for row in rows:
        fields = [words[value] if isinstance(value, str) else _number(value) for value in row]
        yield f"{','.join(fields)}\n"


def _field(text: str) -> str:
    """A text as RFC 4180 has it: in quotation marks where it holds a comma or such a mark. It has no ends of lines."""
    line = harmless(text)
    return f'"{line.replace(_QUOTE, _QUOTE * 2)}"' if "," in line or _QUOTE in line else line


_QUOTE = '"'


def _number(value: int | Decimal | dt.date | None) -> str:
    """What is no text; nothing for None."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text."""
    return text.lstrip().startswith(FORMULA_STARTS) or text[:1] in {"\t", "\r"}


def harmless(text: str) -> str:
    """Text on one line that no spreadsheet runs: an apostrophe stands before what looks like a formula."""
    line = " ".join(visible(text).split())
    return f"'{line}" if looks_like_formula(line) else line
