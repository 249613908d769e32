"""What a comparison is made of: tables with typed cells, each with the items of the plans that prove it.

A table has one of three shapes. In a matrix the columns are plans; in a table of plans the rows are; a list has a row
for each item, and names its plan. Rows and columns have ids that stay the same while the plans do.

Nothing changes a cell or a proof once it is made.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar, NamedTuple, TypeAlias

from pcstrat.light_markdown import plain_words
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time
from pcstrat.naming import shorten

LONGEST_NAME = 110
_NAMES_KEPT = 16_384

Value: TypeAlias = int | Decimal | dt.date | Time | Money | Quantity | None
"""What a cell means, where that is more than its words."""


class Shape(enum.StrEnum):
    """What the rows and columns of a table stand for."""

    MATRIX = "matrix"
    """Columns are plans."""
    PLANS = "plans"
    """Rows are plans."""
    LIST = "list"
    """Rows are items of plans."""


class ColumnKind(enum.StrEnum):
    """What stands in a column, for formats that have types."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """A count of a whole that the cell names."""
    MONEY = "money"
    TIME = "time"
    NUMBER = "number"


class Depth(enum.IntEnum):
    """How far a plan takes a national commitment."""

    MENTIONED = 1
    OBJECTIVE = 2
    MILESTONE = 3
    MEASURE = 4


class Light:
    """What there is very much of where many plans are compared. Nothing changes one, and yet none is of a frozen class.

    To make one of those takes eight times as long, and a named tuple half as long again. One travels to another process
    as the values of its fields: with their names, as usual, that would take a third longer.
    """

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type[Light], tuple[object, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


@dataclass(slots=True, unsafe_hash=True)
class Proof(Light):
    """An item of a plan. `id` is its own, or a path where it has none; `anchor` is where the plan's page shows it.

    `label` is what it is called there, and `words` what it says, as prose; one of them may be empty. `value` is what
    the item itself means, wherever it is cited: the time of a milestone, the money of an amount.
    """

    plan: str
    id: str
    anchor: str
    label: str = ""
    words: str = ""
    value: Value = None

    @property
    def name(self) -> str:
        """What it is called in a cell: its label, and its words as far as they fit.

        It is put together when it is shown: of most items, most formats show no more than how many there are.
        """
        if not self.words:
            return self.label
        words = _in_short(self.words)
        return f"{self.label}: {words}" if self.label else words

    @property
    def address(self) -> str:
        """Where it is shown, from the folder that holds the comparison."""
        return f"../{self.plan}/index.html#{self.anchor}"


@lru_cache(maxsize=_NAMES_KEPT)
def _in_short(text: str) -> str:
    words = plain_words(text)
    return shorten(words, LONGEST_NAME) if len(words) > LONGEST_NAME else words


@dataclass(slots=True, unsafe_hash=True)
class Stated(Light):
    """What a plan states. A matrix shades it by `depth`; `note` stands beside the figure; a share is of a `whole`."""

    kind: ClassVar[str] = "stated"
    text: str
    value: Value = None
    proofs: tuple[Proof, ...] = ()
    depth: Depth | None = None
    note: str = ""
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class NotStated:
    """What a plan could state and does not. Where none of a `whole` states it, the value is 0."""

    kind: ClassVar[str] = "not stated"
    text: str = "Not stated"
    value: int | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """What cannot be stated, or not of this plan."""

    kind: ClassVar[str] = "not applicable"
    text: str = "Not applicable"


@dataclass(frozen=True, slots=True)
class NotComparable:
    """What is stated, and means different things."""

    kind: ClassVar[str] = "not comparable"
    text: str


@dataclass(frozen=True, slots=True)
class SaidOutOfScope:
    """What the plan says that it does not cover."""

    kind: ClassVar[str] = "out of scope"
    why: str = ""
    text: str = "Out of scope"


@dataclass(frozen=True, slots=True)
class NotYetPublished:
    """A commitment that appeared after the plan was written."""

    kind: ClassVar[str] = "not yet published"
    text: str = "Not yet published when this plan was written"


@dataclass(frozen=True, slots=True)
class NotJudged:
    """What cannot be known, with the reason."""

    kind: ClassVar[str] = "not judged"
    text: str


Cell: TypeAlias = Stated | NotStated | NotApplicable | NotComparable | SaidOutOfScope | NotYetPublished | NotJudged


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `plan` is the plan it stands for, in a matrix; `year` the financial year, or two, that it counts in."""

    id: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    plan: str = ""
    year: str = ""


class Row(NamedTuple):
    """A row: a cell for each column. `group` is the heading it stands under; `code` stands beneath its title."""

    id: str
    title: str
    cells: tuple[Cell, ...]
    code: str = ""
    group: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a reader must know of a plan before any figure of it."""

    plan: str
    name: str
    icb: str
    kind: str
    status: Stated | NotStated
    published: Stated | NotStated
    period: Stated | NotStated


class SharedScale(NamedTuple):
    """Sums that are alike, so that a chart may draw them on one scale: those columns of those plans."""

    title: str
    columns: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table. `finding` says in a sentence what it shows; `heads` is what the row headers are.

    Sums are drawn only on `scales`; `apart` says which are on none, and why.

    A derived table counts what another table of its topic tells, and stays out of the long table of facts.
    """

    id: str
    title: str
    finding: str
    heads: str
    shape: Shape
    plans: tuple[PlanFacts, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_derived: bool = False
    scales: tuple[SharedScale, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def cells(self) -> Iterator[tuple[Row, Column, Cell]]:
        """Every cell with its row and column, row by row."""
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=True):
                yield row, column, cell

    @property
    def not_stated(self) -> int:
        """How many cells say that something is not stated."""
        return sum(type(cell) is NotStated for row in self.rows for cell in row.cells)

    @property
    def statable(self) -> int:
        """How many cells a plan could fill: those that it did, and those that say that something is not stated."""
        every = [cell for row in self.rows for cell in row.cells]
        return self.not_stated + sum(
            isinstance(cell, Stated) and (bool(cell.proofs) or cell.value != 0) for cell in every
        )

    @property
    def told(self) -> tuple[int, ...]:
        """The places of the columns to read: none that repeats of every row why its first column is not judged."""
        return tuple(
            index
            for index in range(len(self.columns))
            if index == 0
            or not all(
                isinstance(row.cells[index], NotJudged) and row.cells[index] == row.cells[0] for row in self.rows
            )
        )

    def absent_in(self, column: Column) -> int:
        """How many cells of a column say that something is not stated."""
        index = self.columns.index(column)
        return sum(isinstance(row.cells[index], NotStated) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The tables of one subject, the leading one first. `method` says how they were made."""

    id: str
    title: str
    tables: tuple[Table, ...]
    method: tuple[str, ...] = ()

    @property
    def finding(self) -> str:
        """What the subject shows, in a sentence."""
        return self.tables[0].finding

    def table(self, table_id: str) -> Table:
        """The table of this id, which the subject always has."""
        return next(table for table in self.tables if table.id == table_id)
