"""Turns comparison tables into CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pcstrat.compare.table import Table, Topic
from pcstrat.export.csv_text import csv_lines
from pcstrat.export.tables_flat import Sheet, facts_sheet, sheet_of

_ROWS_A_PIECE = 200


def table_csv(table: Table) -> str:
    """One table as CSV."""
    return "".join(_lines(sheet_of(table)))


def facts_csv(topics: Iterable[Topic]) -> Iterator[str]:
    """The long table, one row for each fact, in pieces: of many plans it is the longest file but one."""
    lines = _lines(facts_sheet(topics))
    while piece := "".join(islice(lines, _ROWS_A_PIECE)):
        yield piece


def _lines(sheet: Sheet) -> Iterator[str]:
    return csv_lines(chain(([head.title for head in sheet.heads],), sheet.rows))
