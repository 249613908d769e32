"""Turns comparison tables into one Excel workbook: a sheet for each table, with typed numbers and dates.

Sheets have filters and frozen headers. Cells lead to what proves them in the pages of the plans, which are found from
the folder of the comparison. Text is written as text: nothing of a plan can become a formula or an address. The same
tables give the same bytes on every platform: the workbook carries a fixed date, and no mark of where it was made.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from decimal import Decimal
from itertools import chain, islice, repeat
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pcstrat.compare.table import PlanFacts, Topic
from pcstrat.export.csv_text import Plain, Written, looks_like_formula
from pcstrat.export.tables_flat import CellLink, Head, Sheet, Sort, facts_sheet, sheet_of
from pcstrat.text import visible

CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The date in every workbook, so that equal tables give equal files."""

_UNIX = 3
_ROWS_A_PIECE = 200
_ROW = "<row "
_TEXT = ' t="s"'
"""What stands once in each row, and once in each cell that holds text."""

_LONGEST_TEXT = 32_000
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900; what lies before it is written as text."""

_LONGEST_NAME = 31
_MOST_LINKS = 65_530
"""So many links, and no more, spreadsheets allow in a sheet."""

_NO_LINKS: tuple[CellLink, ...] = ()
_UNLINKED: frozenset[int] = frozenset()
_BYTES_IN_MEMORY = 100_000
"""Of the rows of one sheet; what is longer stands on the disk."""

_PIECE = 65_536

_WIDTHS = {Sort.TEXT: 24, Sort.NUMBER: 12, Sort.MONEY: 16, Sort.DATE: 14}
_WIDE, _NARROW = 44, 18


class _Page(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose rows are text: an object for each cell, the library's way, takes eight times as long.

    They stand apart, on the disk if they are many, until the library has made everything that stands around them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body: IO[bytes] = io.BytesIO()
        self.links: list[tuple[str, CellLink]] = []
        """The cells that lead somewhere, in their order."""
        self.links_left_out = 0
        self.place = 0
        """Where the rows belong in what the library makes, in characters."""

    def take(self, leads: Sequence[CellLink], columns: Sequence[tuple[str, Sort]], line: str) -> frozenset[int]:
        """Take over where the cells of a row lead, as far as spreadsheets allow; the columns of those taken over."""
        taken = leads[: _MOST_LINKS - len(self.links)]
        self.links_left_out += len(leads) - len(taken)
        self.links += ((f"{columns[link.column][0]}{line}", link) for link in taken)
        return frozenset(link.column for link in taken)

    def fill(self, body: IO[bytes], rows: int, columns: int) -> None:
        """Put so many rows of so many columns under the header."""
        self.body = body
        self.dim_rowmax, self.dim_colmax = rows, columns - 1

    def _write_rows(self) -> None:
        last, self.dim_rowmax = self.dim_rowmax, 0  # the library knows of the header alone
        super()._write_rows()
        self.dim_rowmax = last
        self.place = self.fh.tell()

    def _write_hyperlinks(self) -> None:
        """Write where cells lead. The library would name each page as often as cells lead to it."""
        if not self.links:
            return
        pages: dict[str, str] = {}
        self._xml_start_tag("hyperlinks")
        for place, link in self.links:
            page, _, anchor = link.address.partition("#")
            if page not in pages:
                self.rel_count += 1
                pages[page] = f"rId{self.rel_count}"
                self.external_hyper_links.append(["/hyperlink", page, "External"])
            more = [(name, text) for name, text in (("location", anchor), ("tooltip", link.tip)) if text]
            self._xml_empty_tag("hyperlink", [("ref", place), ("r:id", pages[page]), *more])
        self._xml_end_tag("hyperlinks")

    def write_into(self, part: IO[bytes], around: bytes) -> None:
        """Write the whole sheet; `around` is what the library made."""
        text = around.decode()
        part.write(text[: self.place].encode())
        self.body.seek(0)
        shutil.copyfileobj(self.body, part)
        part.write(text[self.place :].encode())


class _Book:
    """A workbook being written, with its few formats."""

    def __init__(self, book: Workbook, spool: Callable[[], IO[bytes]]) -> None:
        self.book = book
        self.spool = spool
        cell = {"valign": "top", "text_wrap": True}
        self.head: Format = book.add_format(cell | {"bold": True, "bg_color": "#f0f4f5", "bottom": 1})
        self.text = self._style(cell)
        self.quoted = self._style(cell | {"quote_prefix": True})
        self.styles = {
            Sort.TEXT: self.text,
            Sort.NUMBER: self._style(cell | {"num_format": "#,##0"}),
            Sort.MONEY: self._style(cell | {"num_format": "£#,##0.00"}),
            Sort.DATE: self._style(cell | {"num_format": "d mmmm yyyy"}),
        }
        self.fraction = self._style(cell | {"num_format": "#,##0.##########"})
        leads = cell | {"font_color": "#005eb8", "underline": 1}
        self.link = self._style(leads)
        self.linked_number = self._style(leads | {"num_format": "#,##0"})
        self.words = Written(self._words)
        self.links = Written(self._link)

    def _style(self, properties: dict[str, object]) -> str:
        """A format as cells name it."""
        return f's="{self.book.add_format(properties)._get_xf_index()}"'  # noqa: SLF001 - not known otherwise

    def add(self, name: str, sheet: Sheet) -> None:
        """Add a sheet with its header, filter and frozen panes."""
        page: _Page = self.book.add_worksheet(name[:_LONGEST_NAME], _Page)
        for number, head in enumerate(sheet.heads):
            page.write_string(0, number, _shown(head.title), self.head)
            page.set_column(number, number, _width(head, number, sheet.fixed))
        columns = [(xl_col_to_name(number), head.sort) for number, head in enumerate(sheet.heads)]
        body = self.spool()
        count, texts = 0, self.book.str_table.count
        links = chain(sheet.links, repeat(_NO_LINKS))
        rows = (
            self._row(str(line), row, columns, page.take(leads, columns, str(line)) if leads else _UNLINKED)
            for line, (row, leads) in enumerate(zip(sheet.rows, links, strict=False), 2)
        )
        while some := "".join(islice(rows, _ROWS_A_PIECE)):
            body.write(some.encode())
            count += some.count(_ROW)
            texts += some.count(_TEXT)
        self.book.str_table.count = texts
        page.fill(body, count, len(columns))
        page.freeze_panes(1, min(sheet.fixed, 3))
        page.autofilter(0, 0, max(1, count), len(sheet.heads) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0)

    def _row(self, line: str, row: Sequence[Plain], columns: Sequence[tuple[str, Sort]], linked: frozenset[int]) -> str:
        """A row, with the numbers of the columns whose cells lead somewhere.

        A cell that holds nothing is not written, so that spreadsheets do not count it as filled.
        """
        cells = [
            f'<c r="{column}{line}" {self._linked(value) if number in linked else self._cell(value, sort)}</c>'
            for number, (value, (column, sort)) in enumerate(zip(row, columns, strict=True))
            if value is not None and value != ""
        ]
        return f'{_ROW}r="{line}">{"".join(cells)}</row>'

    def _cell(self, value: str | int | Decimal | dt.date, sort: Sort) -> str:
        return self.words[value] if isinstance(value, str) else self._value(value, sort)

    def _linked(self, value: str | int | Decimal | dt.date) -> str:
        """What a cell that leads somewhere holds: words or a count."""
        return self.links[value] if isinstance(value, str) else f"{self.linked_number}><v>{value}</v>"

    def _link(self, text: str) -> str:
        return self._text(text, self.link)

    def _words(self, text: str) -> str:
        return self._text(text, self.text)

    def _text(self, text: str, style: str) -> str:
        """Text as the number that the workbook gives it."""
        shown = _shown(text)
        style = self.quoted if looks_like_formula(shown) else style
        number = self.book.str_table._get_shared_string_index(shown)  # noqa: SLF001 - not known otherwise
        return f"{style}{_TEXT}><v>{number}</v>"

    def _value(self, value: int | Decimal | dt.date, sort: Sort) -> str:
        """A number, or a date as the days since the start of Excel's calendar."""
        style = self.styles[Sort.NUMBER if sort is Sort.TEXT else sort]
        if not isinstance(value, dt.date):
            # A format with places for a fraction shows the point of a whole number too: "2.".
            is_fraction = sort is not Sort.MONEY and value % 1 != 0
            return f"{self.fraction if is_fraction else style}><v>{float(value):.16G}</v>"
        if value < _FIRST_DAY:
            return self.words[value.isoformat()]
        return f"{style}><v>{(value - _DAY_ZERO).days}</v>"


def _shown(text: str) -> str:
    return visible(text)[:_LONGEST_TEXT]


def _width(head: Head, number: int, fixed: int) -> int:
    if number == fixed - 1:
        return _WIDE
    return _NARROW if number == 0 else _WIDTHS[head.sort]


def tables_xlsx(topics: Iterable[Topic]) -> Iterator[bytes]:
    """The workbook, in pieces: what to read first, every table, and the long table of facts.

    Long sheets stand in nameless temporary files until the workbook is put together, and so does the workbook.

    Raises:
        OSError: if they cannot be written.
    """
    found = list(topics)
    return workbook_of(_sheets(found))


def _sheets(topics: list[Topic]) -> Iterator[tuple[str, Sheet]]:
    yield "read-this-first", _plans_sheet(topics[0].tables[0].plans if topics else ())
    for topic in topics:
        for table in topic.tables:
            yield table.id, sheet_of(table)
    yield "facts", facts_sheet(topics)


def workbook_of(sheets: Iterable[tuple[str, Sheet]]) -> Iterator[bytes]:
    """A workbook of sheets with their names. As `tables_xlsx`."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with ExitStack() as spools:

        def spool() -> IO[bytes]:
            return spools.enter_context(tempfile.SpooledTemporaryFile(_BYTES_IN_MEMORY))

        written, whole = io.BytesIO(), spool()
        with xlsxwriter.Workbook(written, options) as workbook:
            workbook.set_properties({"title": "Comparison of primary care plans", "created": CREATED})
            book = _Book(workbook, spool)
            for name, sheet in sheets:
                book.add(name, sheet)
            if any(page.links_left_out for page in workbook.worksheets()):
                book.add("links-left-out", _left_out_sheet(workbook.worksheets()))
        _put_together(written, workbook.worksheets(), whole)
        whole.seek(0)
        while piece := whole.read(_PIECE):
            yield piece


def _plans_sheet(plans: Iterable[PlanFacts]) -> Sheet:
    heads = tuple(map(Head, ("id", "plan", "ICB", "kind of document", "status", "published", "period")))
    shown = tuple(plans)
    rows = tuple(
        (facts.plan, facts.name, facts.icb, facts.kind, facts.status.text, facts.published.text, facts.period.text)
        for facts in shown
    )
    return Sheet(heads, rows, 2, [[CellLink(1, f"../{facts.plan}/index.html")] for facts in shown])


def _left_out_sheet(pages: Iterable[_Page]) -> Sheet:
    """Which sheets have more cells that would lead somewhere than spreadsheets allow."""
    why = f"Excel allows {_MOST_LINKS:,} links in a sheet. What these cells say is complete; the pages have the links."
    rows = tuple((page.get_name(), page.links_left_out, why) for page in pages if page.links_left_out)
    return Sheet((Head("sheet"), Head("cells without a link", Sort.NUMBER), Head("why")), rows, 1)


def _put_together(made: IO[bytes], pages: Sequence[_Page], whole: IO[bytes]) -> None:
    """Write the workbook with the rows in their sheets, and without the mark of the platform that it was made on."""
    sheets = {f"xl/worksheets/sheet{number}.xml": page for number, page in enumerate(pages, 1)}
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(whole, "w") as workbook:
        for entry in parts.infolist():
            settled = zipfile.ZipInfo(entry.filename, entry.date_time)
            settled.compress_type, settled.create_system = entry.compress_type, _UNIX
            with parts.open(entry) as content, workbook.open(settled, "w") as part:
                if page := sheets.get(entry.filename):
                    page.write_into(part, content.read())
                else:
                    shutil.copyfileobj(content, part)
