"""Turns comparison tables into text for a terminal: each row with what the plans say, equal answers together.

Lines do not depend on the number of plans, so that five plans and forty read alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pcstrat.compare.table import Cell, NotStated, PlanFacts, Row, Shape, Stated, Table, Topic
from pcstrat.text import counted, listed, visible


def topics_text(topics: Iterable[Topic]) -> str:
    """All tables, with what to read first before the first of them."""
    found = list(topics)
    lines: list[str] = []
    if found:
        lines += ["Read this first", *map(_plan_line, found[0].tables[0].plans), ""]
    for topic in found:
        for table in topic.tables:
            lines += [*_table_lines(table), ""]
    return "\n".join(visible(line) for line in lines).rstrip()


def _plan_line(facts: PlanFacts) -> str:
    return (
        f"  {facts.name}: {facts.kind}. Status: {_within(facts.status)}. Published: {_within(facts.published)}. "
        f"Period: {_within(facts.period)}."
    )


def _within(fact: Stated | NotStated) -> str:
    """A fact inside a sentence."""
    return fact.text if isinstance(fact, Stated) else fact.text.lower()


def _table_lines(table: Table) -> Iterator[str]:
    yield table.title.upper()
    yield table.finding
    statable = table.statable
    if statable:
        yield f"Not stated: {table.not_stated:,} of {counted(statable, 'cell')}."
    for group, rows in groupby(_turned(table), key=lambda row: row[0]):
        yield ""
        if group:
            yield group
        for _, title, cells_of_row in rows:
            yield f"  {title}"
            yield from (_answers if table.shape is not Shape.LIST else _fields)(cells_of_row)


Line = tuple[str, str, list[tuple[str, Cell]]]


def _turned(table: Table) -> Iterator[Line]:
    """Rows whose cells belong to plans (a table of plans is turned), or to the columns of a list."""
    if table.shape is Shape.PLANS:
        for index in table.told:
            yield "", table.columns[index].title, [(row.title, row.cells[index]) for row in table.rows]
        return
    for row in table.rows:
        cells = zip((column.title for column in table.columns), row.cells, strict=True)
        yield row.group, _title(row), list(cells)


def _title(row: Row) -> str:
    return f"{row.title} ({row.code})" if row.code else row.title


def _answers(cells: list[tuple[str, Cell]]) -> Iterator[str]:
    """`With milestone: A (3), B (1)`: each answer once, with those who give it."""
    by_answer: dict[str, list[str]] = {}
    for name, cell in cells:
        by_answer.setdefault(cell.text, []).append(f"{name}{_count(cell)}")
    for answer, names in by_answer.items():
        yield f"    {answer}: {', '.join(names)}"


def _count(cell: Cell) -> str:
    return f" ({counted(len(cell.proofs), 'item')})" if isinstance(cell, Stated) and cell.depth else ""


def _fields(cells: list[tuple[str, Cell]]) -> Iterator[str]:
    """What an item states, a line for each field; what it does not state on one line."""
    missing = []
    for name, cell in cells:
        if isinstance(cell, NotStated):
            missing.append(name.lower())
        else:
            yield f"    {name}: {cell.text}"
    if missing:
        yield f"    Not stated: {listed(missing)}"
