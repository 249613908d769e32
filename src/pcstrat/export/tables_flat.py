"""Turns comparison tables into rows of plain values, for CSV and spreadsheets: words, numbers and dates in columns.

Beside the words of a cell stand the values they mean: of a time its wording as published, first and last day and
precision; of money the pounds and the amount status; of a number the number and its unit.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from pcstrat.compare.table import (
    Cell,
    Column,
    ColumnKind,
    NotStated,
    PlanFacts,
    Proof,
    Row,
    Shape,
    Stated,
    Table,
    Topic,
    Value,
)
from pcstrat.export.csv_text import Plain
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time


class Sort(enum.Enum):
    """What a column of a file holds; words may stand in any."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


class Head(NamedTuple):
    """The head of a column of a file."""

    title: str
    sort: Sort = Sort.TEXT


class CellLink(NamedTuple):
    """Where the cell of a column leads: an address with an anchor, and what is said of it, if anything."""

    column: int
    address: str
    tip: str = ""


class Sheet(NamedTuple):
    """A table as a file shows it. The first `fixed` columns say which row it is. The rows can be read once.

    `links` are, for each row, the cells that lead to what proves them, for files that can have links.
    """

    heads: tuple[Head, ...]
    rows: Iterable[tuple[Plain, ...]]
    fixed: int = 1
    links: Iterable[Sequence[CellLink]] = ()


Part: TypeAlias = tuple[Head, Callable[[Cell], Plain]]


def sheet_of(table: Table) -> Sheet:
    """One table: the id, heading and title of each row, then its cells."""
    has_groups = any(row.group for row in table.rows)
    is_list = table.shape is Shape.LIST
    parts = [list(_parts(table, column, index)) for index, column in enumerate(table.columns)]
    heads = [Head("id"), *([Head("group")] if has_groups else []), Head(table.heads)]
    cells = [head for column in parts for head, _ in column]
    rows = (
        (
            row.id,
            *((row.group,) if has_groups else ()),
            row.title,
            *(value(cell) for cell, column in zip(row.cells, parts, strict=True) for _, value in column),
            *((_where(row),) if is_list else ()),
        )
        for row in table.rows
    )
    first = len(heads)
    places = [first + sum(map(len, parts[:index])) for index in range(len(parts))]
    links = (_title_link(row, first - 1) if is_list else _cell_links(row, places) for row in table.rows)
    return Sheet((*heads, *cells, *([Head("where")] if is_list else [])), rows, first, links)


def _title_link(row: Row, place: int) -> list[CellLink]:
    """Where the title of a row leads, which in a list stands for all its cells, as in the page."""
    where = _where(row)
    return [CellLink(place, where)] if where else []


def _cell_links(row: Row, places: Sequence[int]) -> list[CellLink]:
    """Where the cells of a row lead, each from the first column of its own."""
    proved = ((place, cell.proofs) for place, cell in zip(places, row.cells, strict=True) if isinstance(cell, Stated))
    return [
        CellLink(place, proofs[0].address, f"The first of {len(proofs):,} items" if len(proofs) > 1 else "")
        for place, proofs in proved
        if proofs
    ]


def _where(row: Row) -> str:
    proofs = [proof for cell in row.cells if isinstance(cell, Stated) for proof in cell.proofs]
    return proofs[0].address if proofs else ""


def _parts(table: Table, column: Column, index: int) -> Iterator[Part]:
    """The columns that one column becomes: its words, then what they mean."""
    cells = [row.cells[index] for row in table.rows]
    title = column.title
    yield Head(title), _shown
    if table.shape is Shape.MATRIX:
        yield Head(f"{title}: items", Sort.NUMBER), _count
    elif column.kind in {ColumnKind.COUNT, ColumnKind.SHARE}:
        yield Head(f"{title}: number", Sort.NUMBER), _count
    if column.kind is ColumnKind.SHARE:
        yield Head(f"{title}: of", Sort.NUMBER), _whole
    for name, sort in _MEANINGS.get(column.kind, ()):
        if column.kind is not ColumnKind.MONEY or name == "pounds" or any(_is_money(cell) for cell in cells):
            yield Head(f"{title}: {name.replace('_', ' ')}", sort), _meaning(name)


_MEANINGS: dict[ColumnKind, tuple[tuple[str, Sort], ...]] = {
    ColumnKind.TIME: (
        ("published", Sort.TEXT),
        ("first_day", Sort.DATE),
        ("last_day", Sort.DATE),
        ("precision", Sort.TEXT),
    ),
    ColumnKind.MONEY: (
        ("published", Sort.TEXT),
        ("pounds", Sort.MONEY),
        ("upper", Sort.MONEY),
        ("amount_status", Sort.TEXT),
    ),
    ColumnKind.NUMBER: (("published", Sort.TEXT), ("number", Sort.NUMBER), ("upper", Sort.NUMBER), ("unit", Sort.TEXT)),
}


def words_of(cell: Cell) -> str:
    """The words of a cell, with what stands beside the figure."""
    note = cell.note if isinstance(cell, Stated) else ""
    return f"{cell.text} ({note})" if note else cell.text


def _shown(cell: Cell) -> Plain:
    """The words of a cell; a count of which that is all, as a number."""
    words = words_of(cell)
    value = _count(cell)
    return value if value is not None and words == f"{value:,}" else words


def _count(cell: Cell) -> int | None:
    value = cell.value if isinstance(cell, Stated | NotStated) else None
    return value if isinstance(value, int) else None


def _whole(cell: Cell) -> int | None:
    return cell.whole if isinstance(cell, Stated | NotStated) else None


def _is_money(cell: Cell) -> bool:
    return isinstance(cell, Stated) and isinstance(cell.value, Money)


def _meaning(name: str) -> Callable[[Cell], Plain]:
    def value(cell: Cell) -> Plain:
        found: Plain = getattr(meaning_of(cell.value), name) if isinstance(cell, Stated) else None
        return found

    return value


class Meaning(NamedTuple):
    """What a value means, in columns."""

    published: str = ""
    number: Decimal | int | None = None
    pounds: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    amount_status: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    precision: str = ""


_NOTHING_MEANT = Meaning()


def meaning_of(value: Value) -> Meaning:  # noqa: PLR0911 - one line for each kind of value
    """A value in columns."""
    match value:
        case None:
            return _NOTHING_MEANT
        case Time():
            return Meaning(
                published=value.published, first_day=value.start, last_day=value.end, precision=value.precision.value
            )
        case Money():
            return Meaning(
                published=value.published, pounds=value.pounds, upper=value.upper, amount_status=value.status.value
            )
        case Quantity():
            return Meaning(published=value.published, number=value.number, upper=value.upper, unit=value.unit)
        case Decimal():
            return Meaning(pounds=value)
        case dt.date():
            return Meaning(first_day=value)
        case int():
            return Meaning(number=value)


FACT_HEADS = (
    *map(
        Head,
        ("table", "group", "row id", "row", "column id", "column", "plan id", "plan", "kind of plan", "plan published"),
    ),
    *map(Head, ("plan period", "state", "words", "item id", "item", "where", "published")),
    Head("number", Sort.NUMBER),
    Head("pounds", Sort.MONEY),
    Head("upper", Sort.NUMBER),
    *map(Head, ("unit", "amount status")),
    Head("first day", Sort.DATE),
    Head("last day", Sort.DATE),
    Head("precision"),
)


def facts_sheet(topics: Iterable[Topic]) -> Sheet:
    """One long table: a row for each item that proves a cell, and one for each cell that no item proves."""
    rows = (
        row
        for topic in topics
        for table in topic.tables
        if not table.is_derived
        for row in _facts_of(table, {facts.plan: facts for facts in table.plans})
    )
    return Sheet(FACT_HEADS, rows, 4)


def _facts_of(table: Table, plans: dict[str, PlanFacts]) -> Iterator[tuple[Plain, ...]]:
    for row, column, cell in table.cells:
        if table.shape is Shape.LIST and column.id == "plan":
            continue
        facts = plans[column.plan or row.plan]
        about = (facts.plan, facts.name, facts.kind, facts.published.text, facts.period.text)
        start = (table.id, row.group, row.id, row.title, column.id, column.title, *about, cell.kind, words_of(cell))
        proofs: Sequence[Proof] = cell.proofs if isinstance(cell, Stated) else ()
        for proof in proofs:
            value = _meant(_value(cell), proof, alone=len(proofs) == 1)
            yield (*start, proof.id, proof.name, proof.address, *meaning_of(value))
        if not proofs:
            yield (*start, "", "", "", *meaning_of(_value(cell)))


def _meant(value: Value, proof: Proof, *, alone: bool) -> Value:
    """What a cell states of one item: what its words mean; of a count, what the item itself means.

    Each amount of money is told once, where it is what the cell states, so that a column of them can be added up.
    """
    if isinstance(value, Time | Money | Quantity):
        return value
    found = value if proof.value is None and alone else proof.value
    return None if isinstance(found, Money | Decimal) else found


def _value(cell: Cell) -> Value:
    return cell.value if isinstance(cell, Stated) else None
