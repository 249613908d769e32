"""The blocks of a comparison: the matrix, and the charts of shares and of counts through time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from markupsafe import Markup

NOTHING = Markup()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What one plan says of one row: a word, a count, and the items that prove it, as links.

    `style` is "stated", "figure" (a number), "zero", "none" (not stated or mentioned), "mentioned", "objective",
    "milestone", "measure" or "outside" (out of scope, or not judged). `folded` are further items, under the words of
    `fold`; `more` says how many are left after those, and where.
    """

    style: str
    word: Markup
    count: str = ""
    items: tuple[Markup, ...] = ()
    fold: str = ""
    folded: tuple[Markup, ...] = ()
    more: Markup = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row: its title, the code under it, and a cell for each plan."""

    title: str
    cells: tuple[MatrixCell, ...]
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Plans side by side, at most six. On a narrow screen each row becomes a card that lists the plans."""

    kind: ClassVar[str] = "matrix"
    id: str
    caption: str
    heads: str
    plans: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A piece of a bar, from `start` on, in percent. Its number is written in it where there is room."""

    style: str
    number: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesRow:
    """One bar of a chart of shares."""

    text: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """A chart of bars of equal length, each cut into shares. `legend` names the styles, in the order of the pieces."""

    kind: ClassVar[str] = "shares"
    id: str
    title: str
    rows: tuple[SharesRow, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountColumn:
    """A column of a row of counts: its number, and its height in percent of the highest."""

    number: int
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadRow:
    """The counts of one plan."""

    text: str
    columns: tuple[CountColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A chart of counts through time, a row for each plan. `heads` are the times; those from `undated` on are none.

    The highest bar is `bar_height` pixels high.
    """

    kind: ClassVar[str] = "spread"
    id: str
    title: str
    heads: tuple[str, ...]
    undated: int
    bar_height: int
    rows: tuple[SpreadRow, ...]


ComparisonBlock: TypeAlias = Matrix | Shares | Spread
