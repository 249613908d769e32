"""The public view of a page, `template_api: 1`: sections of blocks, ready to show, that templates turn into HTML.

A page is a cover and a tree of sections; a section is a heading and blocks. Each block class has one template,
`blocks/<kind>.html.j2`, so a new kind of block is one class here and one file there. Everything in a view is final:
text is escaped HTML (`Markup`) or plain text that templates escape, numbers and dates are in words, links are resolved.
Templates loop and choose; they do not compute.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeAlias, TypeVar

from markupsafe import Markup

from pcstrat.render.matrix import ComparisonBlock
from pcstrat.text import is_number

NOTHING = Markup()
"""The markup of what is not there."""

TEMPLATE_API = 1
"""Version of these views; raised when a template written for an older one could break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link inside the page (`#id`), to a file beside it, or to the web."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph. `style` is "" or "lead" (larger, opens a section), "aside" (a remark), "statement" (a vision)."""

    kind: ClassVar[str] = "paragraph"
    text: Markup
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a list: what is printed before it, its lead, its text, what is known of it, and what is under it.

    `facts` are short statements about the item, such as "by March 2026" or "Led by NHS England"; `only_tags` says that
    there is nothing among them but what the item is about, which needs no line of its own on paper. `anchors` are its
    id and the ids it had before.
    """

    label: str = ""
    title: Markup = NOTHING
    text: Markup = NOTHING
    facts: tuple[Markup, ...] = ()
    items: tuple[Item, ...] = ()
    note: Markup = NOTHING
    anchors: tuple[str, ...] = ()
    only_tags: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of items, with what stands before it. `heading` is a small heading that is not part of the outline.

    `anchors` are the ids of the list as a whole, such as those of a band of a timeline.
    """

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]
    heading: str = ""
    intro: Markup = NOTHING
    style: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNumber:
    """A number, the sentence it belongs to, what qualifies it, and where it comes from."""

    number: str
    text: Markup
    facts: tuple[Markup, ...] = ()
    source: Link | None = None
    note: Markup = NOTHING
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Numbers with their sentences. `style` is "" or "band" (at most four large figures in a row)."""

    kind: ClassVar[str] = "statistics"
    items: tuple[StatedNumber, ...]
    heading: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table. `missing` marks words that stand for an absence ("not stated")."""

    text: Markup
    numeric: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `width` is its share in percent; 0 leaves it to whoever lays the table out."""

    title: str
    numeric: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: its header cell, then one cell for each further column."""

    header: Cell
    cells: tuple[Cell, ...]
    anchors: tuple[str, ...] = ()


_Part = TypeVar("_Part", Cell, Column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption, a header row and a header column; no empty cell and no merged cell.

    `style` is "" (stacks into cards on a narrow screen) or "wide" (scrolls inside a labelled, focusable frame), or
    "facts" (two columns: what, and what the plan says).
    """

    kind: ClassVar[str] = "table"
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    style: str = ""
    anchors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make each column that holds nothing but numbers a numeric one: numbers stand to the right."""
        places = [place for place in range(len(self.columns) - 1) if self._is_numeric(place)]
        columns = (self.columns[0], *_numeric(self.columns[1:], places))
        object.__setattr__(self, "columns", columns)
        rows = tuple(replace(row, cells=_numeric(row.cells, places)) for row in self.rows) if places else self.rows
        object.__setattr__(self, "rows", rows)

    def _is_numeric(self, place: int) -> bool:
        stated = [cell for cell in (row.cells[place] for row in self.rows) if not cell.missing]
        return bool(stated) and all(is_number(str(cell.text)) for cell in stated)


def _numeric(parts: tuple[_Part, ...], places: list[int]) -> tuple[_Part, ...]:
    return tuple(replace(part, numeric=True) if place in places else part for place, part in enumerate(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A time drawn in a timeline: from `start` to `end`, both in percent of the chart's width.

    `shape` is "dot" (one month or less), "bar" (a range), "by" (a bar that ends in a stop), "from" (a bar with an open
    arrow) or "band" (a hollow bar: a band without dates of its own).
    """

    shape: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One line of a timeline chart."""

    text: str
    when: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A chart of times, at most 20 rows. Its columns are financial years of equal width; a table follows it."""

    kind: ClassVar[str] = "timeline"
    id: str
    title: str
    years: tuple[str, ...]
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBar:
    """One bar of a money chart: its words, and its length in percent of the longest.

    `status` is "committed", "proposed" or "to-be-confirmed", drawn as solid, hatched and dashed.
    """

    text: str
    amount: str
    status: str
    status_text: str
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyChart:
    """A chart of amounts. A table follows it."""

    kind: ClassVar[str] = "money"
    id: str
    title: str
    bars: tuple[MoneyBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLines:
    """Amounts as a list of words, each with a bar, where there is no room for a chart and its table."""

    kind: ClassVar[str] = "money_lines"
    bars: tuple[MoneyBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An ambition or objective at a glance. `actions` are at most three; `foot` says when it starts.

    `href` leads to it; empty where nothing does. `link_name` is what the link is called where that is more than the
    title.
    """

    label: str
    title: str
    href: str
    link_name: str = ""
    actions: tuple[Markup, ...] = ()
    more: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Two to six cards side by side."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the reader must know first. It starts with the word "Important"."""

    kind: ClassVar[str] = "notice"
    text: Markup
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactStrip:
    """A line of short facts under a heading: "4 actions", "3 dates", "no measures stated"."""

    kind: ClassVar[str] = "fact_strip"
    facts: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressCount:
    """How many milestones stand in one way. `style` is "done", "overdue", "due", "upcoming", "no-date" or "stopped"."""

    number: int
    text: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the milestones of a plan stand on a day, as counts. Tables of them follow."""

    kind: ClassVar[str] = "progress"
    counts: tuple[ProgressCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """A list of links, each with a sentence."""

    kind: ClassVar[str] = "links"
    links: tuple[tuple[Link, Markup], ...]
    heading: str = ""


Chart: TypeAlias = Timeline | MoneyChart | MoneyLines | ComparisonBlock
Block: TypeAlias = Paragraph | Items | Statistics | Table | Chart | Cards | Notice | FactStrip | Progress | Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading (h2 to h4 by `level`), its blocks, and the sections under it.

    `label` stands small above the heading ("Ambition 2"); `group` above the whole section, as the plan's heading over
    this section and the next ones of its kind. `anchors` are further ids the section answers to. `previous` and `next`
    lead to its neighbours; `foot` holds the quiet lines at its end. `style` is "ambition", "glance", "read-first",
    "plan" (one of the index) or "". Common parts of ambitions and objectives ("Why") are not `in_contents`.
    `contents_title` is what the contents say where that is more than the title, and `link_title` what links to it are
    called where title and surroundings are those of another section.
    """

    id: str
    title: str
    level: int
    label: str = ""
    group: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    anchors: tuple[str, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    foot: tuple[Markup, ...] = ()
    style: str = ""
    in_contents: bool = True
    contents_title: str = ""
    link_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The title block: who, what, which status, when."""

    organisation: str
    title: str
    subtitle: str
    strapline: str
    facts: tuple[str, ...]
    restatement: Markup = NOTHING
    original: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole document. `content_hash` identifies the plan data it was made from (SHA-256, hexadecimal).

    `pdf` leads to the same as a PDF, `one_page` to the plan on a page. `not_made` says which downloads there are not.
    """

    id: str
    language: str
    cover: Cover
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...] = ()
    description: str = ""
    publisher: str = ""
    running_head: str = ""
    foot: str = ""
    content_hash: str = ""
    pdf: Link | None = None
    one_page: Link | None = None
    home: Link | None = None
    accessibility: Link | None = None
    downloads: tuple[Link, ...] = field(default=())
    not_made: tuple[str, ...] = ()
