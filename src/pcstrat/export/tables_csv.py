"""Turns comparison tables into CSV: UTF-8, LF, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from pcstrat.compare.table import Table, Topic
from pcstrat.export.tables_flat import Sheet, facts_sheet, sheet_of
from pcstrat.text import visible

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "|", "%")
"""What spreadsheets take a cell for a formula by, when it stands first; blanks before it do not help."""

_ROWS_A_PIECE = 1_000
_WORDS_KEPT = 4_096


def table_csv(table: Table) -> str:
    """One table as CSV."""
    return "".join(sheet_csv(sheet_of(table)))


def facts_csv(topics: Iterable[Topic]) -> Iterator[str]:
    """The long table, one row for each fact, in pieces: of many plans it is the longest file but one."""
    return sheet_csv(facts_sheet(topics))


def sheet_csv(sheet: Sheet) -> Iterator[str]:
    """A sheet as CSV, in pieces of some rows."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    words = lru_cache(_WORDS_KEPT)(harmless)  # most words stand in many cells that are near each other
    writer.writerow([words(head.title) for head in sheet.heads])
    rows = iter(sheet.rows)
    while some := list(islice(rows, _ROWS_A_PIECE)):
        writer.writerows(
            [[words(value) if isinstance(value, str) else _number(value) for value in row] for row in some]
        )
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def _number(value: int | Decimal | dt.date | None) -> object:
    """A value that is no text, as the writer of CSV shows it; None becomes an empty cell."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text."""
    return text.lstrip().startswith(FORMULA_STARTS) or text[:1] in {"\t", "\r"}


def harmless(text: str) -> str:
    """Text on one line that no spreadsheet runs: an apostrophe stands before what looks like a formula."""
    line = " ".join(visible(text).split())
    return f"'{line}" if looks_like_formula(line) else line
