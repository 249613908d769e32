"""Turns the registry's CSV and YAML files into rows: named cells that remember the line they stand on.

A user's rows lie over the shipped ones by code. A cell that the user writes counts, even an empty one; a column or
field that the user's row does not have keeps its shipped value.
"""

from __future__ import annotations

import csv
import datetime as dt
import difflib
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, NoReturn

from pcstrat.errors import NotDoneError
from pcstrat.patterns import Pattern
from pcstrat.source import read_source

_DATE = Pattern(r"\d{4}-\d{2}-\d{2}")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class Row(NamedTuple):
    """One row of a data file. `place` is its file and line, as in `icbs.csv:12`."""

    place: str
    cells: Mapping[str, object]

    def fail(self, message: str, remedy: str = "") -> NoReturn:
        """Raise the `NotDoneError` that names this row."""
        raise NotDoneError(f"{self.place}: {message}", remedy)

    def text(self, name: str) -> str:
        """Return the text of a cell, empty when it is not stated."""
        cell = self.cells.get(name)
        if cell is None:
            return ""
        if not isinstance(cell, str):
            self.fail(f"'{name}' must be text.")
        return cell.strip()

    def required(self, name: str) -> str:
        """Return the text of a cell that has to be stated."""
        return self.text(name) or self.fail(f"'{name}' is missing.")

    def choice(self, name: str, allowed: Collection[str]) -> str:
        """Return the text of a cell that is one of a closed list."""
        text = self.required(name)
        if text not in allowed:
            self.fail(f"'{name}' is {text!r}.", did_you_mean(text, allowed))
        return text

    def code(self, name: str, form: re.Pattern[str], example: str) -> str:
        """Return the text of a cell that has to have the form of a code."""
        text = self.required(name)
        if not form.fullmatch(text):
            self.fail(f"{text!r} does not have the form of a code.", f"Write it like {example}.")
        return text

    def date(self, name: str) -> dt.date | None:
        """Return a date written as 2026-04-01, or nothing when it is not stated."""
        text = self.text(name)
        if not text:
            return None
        date = _iso_date(text)
        return date or self.fail(f"'{name}' is {text!r}, which is not a date.", "Write it as 2026-04-01.")

    def number(self, name: str) -> Decimal:
        """Return a number, held exactly; a comma between thousands is allowed."""
        text = self.required(name)
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.fail(f"'{name}' is {text!r}, which is not a number.", "Write it as 6000 or 6,000.")
        return number

    def flag(self, name: str, *, default: bool) -> bool:
        """Return yes or no as a truth value."""
        text = self.text(name)
        return _FLAGS[self.choice(name, _FLAGS)] if text else default

    def many(self, name: str) -> tuple[str, ...]:
        """Return the items of a list: a YAML list of texts, or one text divided by semicolons."""
        cell = self.cells.get(name)
        items = cell if isinstance(cell, list) else self.text(name).split(";")
        if not all(isinstance(item, str) for item in items):
            self.fail(f"'{name}' must be a list of texts.")
        return tuple(item.strip() for item in items if item.strip())

    def codes(self, name: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """Return the items of a list that may name only what is known."""
        items = self.many(name)
        for item in items:
            if item not in known:
                self.fail(f"'{name}' names {item!r}, which is no {what}.", did_you_mean(item, known))
        return items

    def children(self, name: str) -> tuple[Row, ...]:
        """Return the mappings of a list inside this row, as rows of the same place."""
        cell = self.cells.get(name)
        items = [] if cell is None else cell
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.fail(f"'{name}' must be a list of items with fields.")
        return tuple(Row(self.place, item) for item in items)

    def only(self, columns: Collection[str]) -> Row:
        """Return this row, after refusing cells that no column is known for."""
        for name in self.cells:
            if name not in columns:
                self.fail(f"There is no column or field '{name}'.", did_you_mean(name, columns))
        return self


def _iso_date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Return "Did you mean ...?", or the whole list when it is short, or nothing."""
    names = sorted(known)
    close = difflib.get_close_matches(text[:100], names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"It may be one of: {', '.join(names)}." if len(names) <= 20 else ""  # noqa: PLR2004 - fits on a few lines


def csv_rows(content: bytes, file: str) -> Iterator[Row]:
    """Yield the rows of a CSV file with a header; empty lines are skipped.

    Raises:
        NotDoneError: for a file that is not UTF-8 or not CSV, a column that stands twice, a row with too many cells.
    """
    lines = _csv_lines(content, file)
    place, header = next(lines, (f"{file}:1", []))
    header_row = Row(place, {})
    while header and not header[-1]:  # spreadsheets leave commas at the end of every line
        header.pop()
    if not header:
        header_row.fail("The file is empty.", "The first line names the columns.")
    for name in header:
        if header.count(name) > 1:
            header_row.fail(f"The column '{name}' stands twice.")
    for place, cells in lines:
        row = Row(place, dict(zip(header, cells, strict=False)))
        if any(cells[len(header) :]):
            row.fail(f"The row has {len(cells)} cells for {len(header)} columns.", "Put text with commas in quotes.")
        yield row


def _csv_lines(content: bytes, file: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the cells of each line that has any, with its place."""
    reader = csv.reader(io.StringIO(_decoded(content, file), newline=""), strict=True)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield f"{file}:{before + 1}", [cell.strip() for cell in cells]
            before = reader.line_num
    except csv.Error as error:
        raise NotDoneError(f"{file}:{reader.line_num}: The file is not valid CSV: {error}.") from None


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotDoneError(f"{file}:{line}: The file is not UTF-8 text.", "Save it as 'CSV UTF-8'.") from None


def yaml_rows(content: bytes, file: str, key: str) -> Iterator[Row]:
    """Yield the mappings of the list `key`, the only key of a YAML file.

    Raises:
        NotDoneError: for a file that is not YAML of this shape.
    """
    source = read_source(content, file)
    for finding in source.findings:
        line = finding.span.start.line if finding.span else 1
        raise NotDoneError(f"{file}:{line}: {finding.message}", finding.remedy)
    data = source.data
    top = Row(f"{file}:1", data if isinstance(data, dict) else {}).only({key})
    for index, child in enumerate(top.children(key)):
        yield child._replace(place=f"{file}:{source.span((key, index)).start.line}")


def overlaid(shipped: Iterable[Row], added: Iterable[Row], key: str) -> dict[str, Row]:
    """Lay a user's rows over the shipped ones by the code in column `key`.

    Raises:
        NotDoneError: if a code stands twice among the shipped rows or among the user's.
    """
    rows = _by_code(shipped, key)
    for code, row in _by_code(added, key).items():
        rows[code] = Row(row.place, {**rows[code].cells, **row.cells}) if code in rows else row
    return rows


def _by_code(rows: Iterable[Row], key: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        code = row.required(key)
        if code in found:
            row.fail(f"{code!r} stands twice; first at {found[code].place}.", "Keep one of the two rows.")
        found[code] = row
    return found
