"""Turns comparison tables into one Excel workbook: a sheet for each table, with typed numbers and dates.

Sheets have filters and frozen headers. Text is written as text: nothing of a plan can become a formula or a link. The
same tables give the same bytes: the workbook carries a fixed date, and its parts are packed again in one fixed way.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pcstrat.compare.table import PlanFacts, Topic
from pcstrat.export.tables_csv import looks_like_formula
from pcstrat.export.tables_flat import Head, Plain, Sheet, Sort, facts_sheet, sheet_of
from pcstrat.text import visible

CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The date in every workbook, so that equal tables give equal files."""

_PACKED = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LONGEST_TEXT = 32_000
_FIRST_YEAR = 1900
_LONGEST_NAME = 31
_WIDTHS = {Sort.TEXT: 24, Sort.NUMBER: 12, Sort.MONEY: 16, Sort.DATE: 14}
_WIDE, _NARROW = 44, 18


class _Book:
    """A workbook being written, with its few formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        cell = {"valign": "top", "text_wrap": True}
        self.head: Format = book.add_format(cell | {"bold": True, "bg_color": "#f0f4f5", "bottom": 1})
        self.text: Format = book.add_format(cell)
        self.quoted: Format = book.add_format(cell | {"quote_prefix": True})
        self.formats: dict[Sort, Format] = {
            Sort.TEXT: self.text,
            Sort.NUMBER: book.add_format(cell | {"num_format": "#,##0.##"}),
            Sort.MONEY: book.add_format(cell | {"num_format": "£#,##0.00"}),
            Sort.DATE: book.add_format(cell | {"num_format": "d mmmm yyyy"}),
        }

    def add(self, name: str, sheet: Sheet) -> None:
        """Add a sheet with its header, filter and frozen panes."""
        page: Worksheet = self.book.add_worksheet(name[:_LONGEST_NAME])
        for number, head in enumerate(sheet.heads):
            page.write_string(0, number, self._shown(head.title), self.head)
            page.set_column(number, number, _width(head, number, sheet.fixed))
        for line, row in enumerate(sheet.rows, 1):
            for number, (value, head) in enumerate(zip(row, sheet.heads, strict=True)):
                self._write(page, line, number, value, head)
        page.freeze_panes(1, min(sheet.fixed, 3))
        page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.heads) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0)

    def _write(self, page: Worksheet, line: int, number: int, value: Plain, head: Head) -> None:
        match value:
            case str():
                text = self._shown(value)
                page.write_string(line, number, text, self.quoted if looks_like_formula(text) else self.text)
            case dt.date() if value.year < _FIRST_YEAR:
                page.write_string(line, number, value.isoformat(), self.text)
            case dt.date():
                page.write_datetime(line, number, value, self.formats[Sort.DATE])
            case int() | Decimal():
                page.write_number(line, number, float(value), self.formats[head.sort])
            case None:
                page.write_blank(line, number, None, self.text)

    @staticmethod
    def _shown(text: str) -> str:
        return visible(text)[:_LONGEST_TEXT]


def _width(head: Head, number: int, fixed: int) -> int:
    if number == fixed - 1:
        return _WIDE
    return _NARROW if number == 0 else _WIDTHS[head.sort]


def tables_xlsx(topics: Iterable[Topic]) -> bytes:
    """The workbook: what to read first, every table, and the long table of facts."""
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
        book.add("facts", facts_sheet(found))
    return _packed(written.getvalue())


def _plans_sheet(plans: Iterable[PlanFacts]) -> Sheet:
    heads = tuple(map(Head, ("id", "plan", "ICB", "kind of document", "status", "published", "period")))
    rows = tuple(
        (facts.plan, facts.name, facts.icb, facts.kind, facts.status, facts.published, facts.period) for facts in plans
    )
    return Sheet(heads, rows, 2)


def _packed(workbook: bytes) -> bytes:
    """The same parts in a ZIP file that tells nothing of when and where it was made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            new.writestr(entry, old.read(name))
    return packed.getvalue()
