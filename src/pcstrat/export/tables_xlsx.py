"""Turns comparison tables into one Excel workbook: a sheet for each table, with typed numbers and dates.

Sheets have filters and frozen headers. Text is written as text: nothing of a plan can become a formula or a link. The
same tables give the same bytes on every platform: the workbook carries a fixed date, and no mark of where it was made.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pcstrat.compare.table import PlanFacts, Topic
from pcstrat.export.tables_csv import looks_like_formula
from pcstrat.export.tables_flat import Head, Plain, Sheet, Sort, sheet_of
from pcstrat.text import visible

CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The date in every workbook, so that equal tables give equal files."""

_UNIX = 3
_LONGEST_TEXT = 32_000
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900; what lies before it is written as text."""

_LONGEST_NAME = 31
_WIDTHS = {Sort.TEXT: 24, Sort.NUMBER: 12, Sort.MONEY: 16, Sort.DATE: 14}
_WIDE, _NARROW = 44, 18


class _Page(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose rows are text: an object for each cell, the library's way, takes eight times as long."""

    def __init__(self) -> None:
        super().__init__()
        self.body: list[str] = []

    def fill(self, rows: list[str], columns: int) -> None:
        """Put rows of so many columns under the header."""
        self.body = rows
        self.dim_rowmax, self.dim_colmax = len(rows), columns - 1

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.write("".join(self.body))


class _Book:
    """A workbook being written, with its few formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        cell = {"valign": "top", "text_wrap": True}
        self.head: Format = book.add_format(cell | {"bold": True, "bg_color": "#f0f4f5", "bottom": 1})
        self.text = self._style(cell)
        self.quoted = self._style(cell | {"quote_prefix": True})
        self.styles = {
            Sort.TEXT: self.text,
            Sort.NUMBER: self._style(cell | {"num_format": "#,##0.##"}),
            Sort.MONEY: self._style(cell | {"num_format": "£#,##0.00"}),
            Sort.DATE: self._style(cell | {"num_format": "d mmmm yyyy"}),
        }
        self.words: dict[str, str] = {}

    def _style(self, properties: dict[str, object]) -> str:
        """A format as cells name it."""
        return f's="{self.book.add_format(properties)._get_xf_index()}"'  # noqa: SLF001 - not known otherwise

    def add(self, name: str, sheet: Sheet) -> None:
        """Add a sheet with its header, filter and frozen panes."""
        page: _Page = self.book.add_worksheet(name[:_LONGEST_NAME], _Page)
        for number, head in enumerate(sheet.heads):
            page.write_string(0, number, _shown(head.title), self.head)
            page.set_column(number, number, _width(head, number, sheet.fixed))
        columns = [(xl_col_to_name(number), self.styles[head.sort]) for number, head in enumerate(sheet.heads)]
        page.fill([self._row(line, row, columns) for line, row in enumerate(sheet.rows, 2)], len(columns))
        page.freeze_panes(1, min(sheet.fixed, 3))
        page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.heads) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0)

    def _row(self, line: int, row: Sequence[Plain], columns: Sequence[tuple[str, str]]) -> str:
        """A row. A cell that holds nothing is not written, so that spreadsheets do not count it as filled."""
        cells = [
            f'<c r="{column}{line}" {self._words(value) if isinstance(value, str) else self._value(value, style)}</c>'
            for value, (column, style) in zip(row, columns, strict=True)
            if value is not None and value != ""
        ]
        return f'<row r="{line}">{"".join(cells)}</row>'

    def _words(self, text: str) -> str:
        """Text as the number that the workbook gives it; most words stand in many cells."""
        written = self.words.get(text)
        if written is None:
            shown = _shown(text)
            style = self.quoted if looks_like_formula(shown) else self.text
            number = self.book.str_table._get_shared_string_index(shown)  # noqa: SLF001 - not known otherwise
            written = self.words[text] = f'{style} t="s"><v>{number}</v>'
        else:
            self.book.str_table.count += 1
        return written

    def _value(self, value: int | Decimal | dt.date, style: str) -> str:
        """A number, or a date as the days since the start of Excel's calendar."""
        if not isinstance(value, dt.date):
            return f"{style}><v>{float(value):.16G}</v>"
        if value < _FIRST_DAY:
            return self._words(value.isoformat())
        return f"{style}><v>{(value - _DAY_ZERO).days}</v>"


def _shown(text: str) -> str:
    return visible(text)[:_LONGEST_TEXT]


def _width(head: Head, number: int, fixed: int) -> int:
    if number == fixed - 1:
        return _WIDE
    return _NARROW if number == 0 else _WIDTHS[head.sort]


def tables_xlsx(topics: Iterable[Topic], facts: Sheet) -> bytes:
    """The workbook: what to read first, every table, and `facts`, the long table of them (`facts_sheet`)."""
    found = list(topics)
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties({"title": "Comparison of primary care plans", "created": CREATED})
        book = _Book(workbook)
        book.add("read-this-first", _plans_sheet(found[0].tables[0].plans if found else ()))
        for topic in found:
            for table in topic.tables:
                book.add(table.id, sheet_of(table))
        book.add("facts", facts)
    return _settled(written)


def _plans_sheet(plans: Iterable[PlanFacts]) -> Sheet:
    heads = tuple(map(Head, ("id", "plan", "ICB", "kind of document", "status", "published", "period")))
    rows = tuple(
        (facts.plan, facts.name, facts.icb, facts.kind, facts.status, facts.published, facts.period) for facts in plans
    )
    return Sheet(heads, rows, 2)


def _settled(workbook: io.BytesIO) -> bytes:
    """The workbook without the mark of the platform that it was made on, which the list of a ZIP file carries."""
    with zipfile.ZipFile(workbook, "a") as parts:
        for entry in parts.infolist():
            entry.create_system = _UNIX
        parts.comment = b""  # makes it write the list again
    return workbook.getvalue()
