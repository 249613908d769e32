"""Turns comparison tables into Markdown: pipe tables, at most six plans wide, in which text of plans is only text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pcstrat.compare.table import Cell, PlanFacts, Shape, Stated, Table, Topic
from pcstrat.report.markdown import escaped
from pcstrat.text import counted, listed

PLANS_A_TABLE = 6

Grid = tuple[str, list[str], list[list[str]]]
"""Heading, column titles, rows; every text is Markdown already."""


def topics_markdown(topics: Iterable[Topic]) -> str:
    """All tables under headings, with what to read first before them."""
    found = list(topics)
    lines = ["# Comparison of primary care plans", ""]
    if found:
        lines += ["## Read this first", "", *_pipe(_plans_grid(found[0].tables[0].plans))]
    for topic in found:
        lines += [f"## {escaped(topic.title)}", ""]
        for table in topic.tables:
            lines += _table_lines(table)
        lines += [f"How we judged this: {escaped(' '.join(topic.method))}", ""] if topic.method else []
    return "\n".join(lines).rstrip() + "\n"


def _plans_grid(plans: Iterable[PlanFacts]) -> Grid:
    rows = [[escaped(text) for text in (f.name, f.kind, f.status.text, f.published.text, f.period.text)] for f in plans]
    return "", ["Plan", "Kind", "Status", "Published", "Period"], rows


def _table_lines(table: Table) -> Iterator[str]:
    yield f"### {escaped(table.title)}"
    yield ""
    yield escaped(table.finding)
    if table.statable:
        yield f"Not stated: {table.not_stated:,} of {counted(table.statable, 'cell')}."
    yield ""
    for title, heads, rows in _grids(table):
        if title:
            yield f"#### {title}"
            yield ""
        yield from _pipe((title, heads, rows))


def _pipe(grid: Grid) -> Iterator[str]:
    _, heads, rows = grid
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _grids(table: Table) -> Iterator[Grid]:
    if table.shape is Shape.LIST:
        yield from _list_grids(table)
        return
    for first in range(0, len(table.plans), PLANS_A_TABLE):
        part = slice(first, first + PLANS_A_TABLE)
        heads = [escaped(table.heads if table.shape is Shape.MATRIX else "What"), *_names(table.plans[part])]
        for group, lines in groupby(_lines(table), key=lambda line: line[0]):
            yield escaped(group), heads, [[title, *map(_words, cells[part])] for _, title, cells in lines]


def _names(plans: Sequence[PlanFacts]) -> list[str]:
    return [escaped(facts.name) for facts in plans]


def _lines(table: Table) -> Iterator[tuple[str, str, Sequence[Cell]]]:
    """Rows whose cells belong to plans; a table of plans is turned."""
    if table.shape is Shape.PLANS:
        for index in table.told:
            yield "", escaped(table.columns[index].title), [row.cells[index] for row in table.rows]
        return
    for row in table.rows:
        yield row.group, escaped(f"{row.title} ({row.code})" if row.code else row.title), row.cells


def _words(cell: Cell) -> str:
    count = f" ({len(cell.proofs):,})" if isinstance(cell, Stated) and cell.depth else ""
    return f"{escaped(cell.text)}{count}"


def _list_grids(table: Table) -> Iterator[Grid]:
    """A list by its headings; columns that nobody states become a sentence."""
    keep = [index for index, column in enumerate(table.columns) if table.absent_in(column) < len(table.rows)]
    heads = [escaped(table.heads), *(escaped(table.columns[index].title) for index in keep)]
    for group, rows in groupby(table.rows, key=lambda row: row.group):
        cells = [[escaped(row.title), *(_words(row.cells[index]) for index in keep)] for row in rows]
        yield escaped(group), heads, cells
    missing = [column.title.lower() for index, column in enumerate(table.columns) if index not in keep]
    if missing and table.rows:
        yield "", [escaped(f"Stated by none: {listed(missing)}")], []
