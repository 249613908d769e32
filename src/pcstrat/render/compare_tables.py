"""Turns comparison tables into blocks: matrices with at most six plans, and lists with at most six columns.

On pages plans are always columns: a table whose rows are plans is turned. Wide tables are split, never shrunk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup, escape

from pcstrat.compare.table import (
    Cell,
    Depth,
    NotApplicable,
    NotComparable,
    NotStated,
    PlanFacts,
    Proof,
    Row,
    SaidOutOfScope,
    Shape,
    Stated,
    Table,
)
from pcstrat.compare.words import plans_in_words
from pcstrat.model.times import Time, format_time
from pcstrat.naming import shorten
from pcstrat.outline import part_id
from pcstrat.render import blocks as page
from pcstrat.render.evenly import evenly
from pcstrat.render.markdown import LinkNames, link
from pcstrat.render.matrix import Matrix, MatrixCell, MatrixRow
from pcstrat.text import counted, first_few, listed, sentence_case

PLANS_A_SHEET = {True: 6, False: 5}
"""How many plans stand beside each other where they are links, and on paper, where names of counties are wider."""
COLUMNS_A_SHEET = 6
MOST_ITEMS = {True: 3, False: 1}
"""How many items a cell names: where they are links, and on paper, where only cells with a depth name any."""

MOST_FOLDED = 20
"""How many more stand folded under those, where they are links; the rest is in the plan's page and in the files."""

LONGEST_ITEM = 60
_PART_OF_PAGE = part_id("part", "")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_STYLES = {
    Depth.MENTIONED: "mentioned",
    Depth.OBJECTIVE: "objective",
    Depth.MILESTONE: "milestone",
    Depth.MEASURE: "measure",
}
_SECTIONS = {
    "commitments": "commitments",
    "milestones": "timeline",
    "funding": "money",
    "measures": "measures",
    "accountability": "accountability",
}
"""The part of a plan's page that tells all of what a cell has no room for."""


@dataclass(slots=True)
class Way:
    """How items are shown on one page: as links to the pages of plans, or, where none are beside it, by name alone.

    Every link has a name of its own: its words, the plan, and a number where a plan has several things of that name.
    """

    topic: str
    plans: Mapping[str, str]
    linked: bool = True
    names: LinkNames = field(default_factory=LinkNames)

    def link(self, text: str, address: str, plan: str) -> Markup:
        """A link to a place in the page of a plan."""
        if not self.linked:
            return escape(text)
        return link(address, text, self.names.of(f"{text}, {self.plans[plan]}", address))

    def item(self, proof: Proof) -> Markup:
        """An item by its name, and its time if it has one."""
        time = f" ({format_time(proof.value)})" if isinstance(proof.value, Time) else ""
        return self.link(f"{shorten(proof.name, LONGEST_ITEM)}{time}", proof.address, proof.plan)

    def word(self, cell: Stated) -> Markup:
        """The word of a cell: a link itself, where a part of the page proves it and no item does."""
        parts = [proof for proof in cell.proofs if _is_part_of_page(proof)]
        return self.link(cell.text, parts[0].address, parts[0].plan) if parts else escape(cell.text)

    def plan(self, facts: PlanFacts) -> Markup:
        """A plan by its name."""
        if not self.linked:
            return escape(facts.name)
        return link(f"../{facts.plan}/index.html", facts.name)

    def more(self, number: int, plan: str) -> Markup:
        """That there are more items than are shown, and where."""
        section = _SECTIONS.get(self.topic)
        anchor = f"#{part_id('part', section)}" if section else ""
        return self.link(f"and {number:,} more", f"../{plan}/index.html{anchor}", plan)


def way_of(topic: str, plans: Sequence[PlanFacts], *, linked: bool = True) -> Way:
    """The way of one page."""
    return Way(topic, {facts.plan: facts.name for facts in plans}, linked)


def table_id(table: Table) -> str:
    """The id of a table's section."""
    return part_id("table", table.id)


def table_section(table: Table, way: Way, level: int, *, charts: Sequence[page.Block] = (), lead: bool) -> page.Section:
    """One table with its finding, if `lead`, its charts, and a part for each of its groups."""
    if not way.linked:
        table = _folded(table)
    groups = [(group, tuple(rows)) for group, rows in groupby(table.rows, key=lambda row: row.group)]
    opening: list[page.Block] = [page.Paragraph(text=escape(table.finding), style="lead")] if lead else []
    opening += charts
    opening += [page.Paragraph(text=escape(sentence)) for sentence in _notes(table)]
    alone = len(groups) <= 1
    below = () if alone else tuple(_group(table, group, rows, way, level + 1) for group, rows in groups)
    return page.Section(
        id=table_id(table),
        title=table.title,
        level=level,
        blocks=(*opening, *(_blocks(table, table.rows, way) if alone else ())),
        sections=below,
    )


def _folded(table: Table) -> Table:
    """A table for paper, where many short tables are long: groups are named in the rows, plans in their column.

    What a matrix of depths says in a cell is long, and its groups stay apart.
    """
    cells = (cell for _, _, cell in table.cells)
    has_depths = any(isinstance(cell, Stated) and cell.depth for cell in cells)
    if has_depths or len({row.group for row in table.rows}) <= 1:
        return table
    told = {"", *(facts.name for facts in table.plans if table.shape is Shape.LIST)}
    rows = (row if row.group in told else row._replace(title=f"{row.group}: {row.title}") for row in table.rows)
    return replace(table, rows=tuple(row._replace(group="") for row in rows))


def _group(table: Table, group: str, rows: tuple[Row, ...], way: Way, level: int) -> page.Section:
    return page.Section(
        id=part_id(table_id(table), _slug(group)), title=group, level=level, blocks=tuple(_blocks(table, rows, way))
    )


def _slug(text: str) -> str:
    return _NOT_IN_IDS.sub("-", text.lower()).strip("-") or "other"


def _notes(table: Table) -> Iterator[str]:
    """How much is not stated, and what a list leaves out."""
    if table.shape is not Shape.LIST:
        if table.statable:
            yield f"Not stated or not mentioned: {table.not_stated:,} of {counted(table.statable, 'cell')}."
        return
    dropped = [column.title.lower() for column in table.columns if table.absent_in(column) == len(table.rows)]
    if dropped and table.rows:
        yield f"No row states: {listed(dropped)}."
    silent = sum(_says_nothing(row) for row in table.rows)
    if silent:
        text = counted(silent, "row that states none of this", "rows that state none of this")
        yield f"{sentence_case(text)} can be read in the CSV file."


def _says_nothing(row: Row) -> bool:
    return all(isinstance(cell, NotStated) for cell in row.cells[1:])


def _blocks(table: Table, rows: tuple[Row, ...], way: Way) -> Iterator[page.Block]:
    if table.shape is Shape.LIST:
        yield from _list_blocks(table, rows, way)
        return
    if not rows:
        return
    for number, part in enumerate(evenly(range(len(table.plans)), PLANS_A_SHEET[way.linked]), 1):
        shown = slice(part[0], part[-1] + 1)
        plans = table.plans[shown]
        lines = _lines(table, rows, shown)
        group = rows[0].group or table.title
        yield Matrix(
            id=part_id("matrix", table.id, _slug(group), str(number)),
            caption=_caption(group, len(lines), part[0], len(plans), len(table.plans)),
            heads=table.heads if table.shape is Shape.MATRIX else "What",
            plans=tuple(facts.name for facts in plans),
            rows=tuple(
                MatrixRow(title=title, code=code, cells=tuple(_cell(cell, way) for cell in cells))
                for title, code, cells in lines
            ),
        )


def _lines(table: Table, rows: tuple[Row, ...], part: slice) -> list[tuple[str, str, Sequence[Cell]]]:
    """Rows whose cells belong to plans; a table of plans is turned."""
    if table.shape is Shape.MATRIX:
        return [(row.title, row.code, row.cells[part]) for row in rows]
    plans = rows[part]
    return [(table.columns[index].title, "", [row.cells[index] for row in plans]) for index in table.told]


def _caption(group: str, rows: int, first: int, shown: int, every: int) -> str:
    if shown == every:
        return f"{group}: {counted(rows, 'row')}, {counted(every, 'plan')}"
    return f"{group}: plans {first + 1} to {first + shown} of {every}"


def _cell(cell: Cell, way: Way) -> MatrixCell:
    match cell:
        case Stated():
            return _stated(cell, way)
        case NotStated():
            return MatrixCell(style="none" if cell.whole is None else "zero", word=escape(cell.text))
        case SaidOutOfScope():
            return MatrixCell(style="outside", word=escape(cell.text), count=cell.why)
    return MatrixCell(style="outside", word=escape(cell.text))


def _stated(cell: Stated, way: Way) -> MatrixCell:
    proofs = _items(cell.proofs)
    names_items = way.linked or cell.depth is not None
    shown = first_few(proofs, MOST_ITEMS[way.linked]) if names_items else ()
    folded = first_few(proofs[len(shown) :], MOST_FOLDED) if way.linked else ()
    left = len(proofs) - len(shown) - len(folded) if names_items else 0
    count = counted(len(proofs), "item") if cell.depth else ""
    return MatrixCell(
        style=_style(cell),
        word=way.word(cell),
        count=", ".join(text for text in (count, cell.note) if text),
        items=tuple(map(way.item, shown)),
        fold=f"and {len(proofs) - len(shown):,} more" if folded else "",
        folded=tuple(map(way.item, folded)),
        more=way.more(left, proofs[0].plan) if left else page.NOTHING,
    )


def _items(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """The items to name, each once: a line of money with two amounts proves two."""
    named = (proof for proof in proofs if not _is_part_of_page(proof))
    return tuple({(proof.plan, proof.id, proof.words): proof for proof in named}.values())


def _is_part_of_page(proof: Proof) -> bool:
    """Whether it is a part of the page itself; a step without an id of its own is named after the part it stands in."""
    return proof.id == proof.anchor and proof.id.startswith(_PART_OF_PAGE)


def _style(cell: Stated) -> str:
    if cell.depth:
        return _STYLES[cell.depth]
    if not isinstance(cell.value, int | Decimal):
        return "stated"
    return "figure" if cell.value else "zero"


def _list_blocks(table: Table, rows: tuple[Row, ...], way: Way) -> Iterator[page.Block]:
    """A list in tables of a few columns each. The plan's column is left out where the heading names the plan."""
    if not rows:
        return
    shown = [row for row in rows if not _says_nothing(row)]
    if not shown:
        text = f"{counted(len(rows), 'row')}, none of which states any of this."
        yield page.Paragraph(text=escape(sentence_case(text)))
        return
    names = {facts.name for facts in table.plans}
    keep = [
        index
        for index, column in enumerate(table.columns)
        if table.absent_in(column) < len(table.rows) and not (column.id == "plan" and rows[0].group in names)
    ]
    for number, first in enumerate(range(0, len(keep), COLUMNS_A_SHEET), 1):
        columns = keep[first : first + COLUMNS_A_SHEET]
        group = rows[0].group or table.title
        yield page.Table(
            id=part_id("list", table.id, _slug(group), str(number)),
            caption=f"{group}: {counted(len(shown), 'row')}" + (f", part {number}" if number > 1 else ""),
            columns=(page.Column(title=table.heads), *(page.Column(title=table.columns[i].title) for i in columns)),
            rows=tuple(_list_row(row, columns, way) for row in shown),
        )


def _list_row(row: Row, columns: list[int], way: Way) -> page.Row:
    proofs = [proof for cell in row.cells if isinstance(cell, Stated) for proof in cell.proofs]
    title = escape(row.title)
    if proofs and way.linked:
        title = way.link(row.title, proofs[0].address, proofs[0].plan)
    return page.Row(header=page.Cell(text=title), cells=tuple(_plain_cell(row.cells[index]) for index in columns))


def _plain_cell(cell: Cell) -> page.Cell:
    absent = isinstance(cell, NotStated | NotApplicable | NotComparable)
    note = f" ({cell.note})" if isinstance(cell, Stated) and cell.note else ""
    return page.Cell(text=escape(f"{cell.text}{note}"), missing=absent)


def read_first(plans: Sequence[PlanFacts], way: Way, level: int) -> page.Section:
    """Each plan's kind, status, date and period, to be read before any figure."""
    heads = ("Plan", "Kind of document", "Status", "Published", "Period")
    rows = tuple(
        page.Row(
            header=page.Cell(text=way.plan(facts)),
            cells=tuple(map(_plain_cell, (Stated(facts.kind), facts.status, facts.published, facts.period))),
        )
        for facts in plans
    )
    kinds = len({facts.kind for facts in plans})
    text = "The plans are documents of different kinds: compare with care."
    return page.Section(
        id=part_id("part", "read-first"),
        title="Read this first",
        level=level,
        style="read-first",
        blocks=(
            *([page.Paragraph(text=escape(text))] if kinds > 1 else []),
            page.Table(
                id=part_id("table", "read-first"),
                caption=f"What the {plans_in_words(len(plans))} are" if len(plans) > 1 else "What the plan is",
                columns=tuple(page.Column(title=head) for head in heads),
                rows=rows,
            ),
        ),
    )
