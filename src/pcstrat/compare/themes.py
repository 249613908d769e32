"""Turns digests into objectives side by side: for each theme, what each plan sets out to achieve."""

from __future__ import annotations

from pcstrat import terms
from pcstrat.compare import words
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, NotStated, Row, SaidOutOfScope, Shape, Stated, Table, Topic
from pcstrat.compare.view import View, count_cell
from pcstrat.model.vocabulary import Theme
from pcstrat.text import counted, listed


def topic(view: View) -> Topic:
    """One matrix, a row for each theme."""
    rows = tuple(_row(view, theme) for theme in Theme)
    table = Table(
        id="objectives",
        title="Objectives by theme",
        finding=_finding(view, rows),
        heads="Theme",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=rows,
    )
    method = (
        (
            "Counted are ambitions, objectives, enablers, and their parts (strands). One that is about several themes "
            f"stands in the row of each. {words.THEMES_OF_AIMS}"
        ),
        (
            "Where none of them is about a theme, the cell says how many other items are: actions, milestones, "
            "measures, next steps and money."
        ),
        words.OUR_CLASSIFICATION,
    )
    return Topic(id="objectives", title="Objectives by theme", tables=(table,), method=method)


def _row(view: View, theme: Theme) -> Row:
    return view.matrix_row(theme.value, terms.THEMES[theme], lambda digest: _cell(digest, theme))


def _cell(digest: Digest, theme: Theme) -> Cell:
    objectives = [part.item for part in digest.parts if theme in part.themes]
    if objectives:
        return count_cell(objectives)
    others = tuple({item.id: item for item in digest.tagged.get(theme, ())}.values())
    if others:
        return Stated(f"{words.NO_OBJECTIVE}, but {counted(len(others), 'other item')}", 0, others)
    outside = [entry for entry in digest.document.out_of_scope if theme in entry.themes]
    return SaidOutOfScope(why=outside[0].why) if outside else NotStated(words.NO_OBJECTIVE, 0)


def _finding(view: View, rows: tuple[Row, ...]) -> str:
    """How many themes every plan has, and which themes no plan has an objective for."""
    everywhere = [row for row in rows if all(map(_has_objective, row.cells))]
    nowhere = [row for row in rows if not any(map(_has_objective, row.cells))]
    by_others = [row.title.lower() for row in nowhere if any(isinstance(cell, Stated) for cell in row.cells)]
    every, no = ("Every plan has", "No plan has an") if len(view.digests) > 1 else ("The plan has", "The plan has no")
    if len(nowhere) == len(rows):
        text = f"{no} objective for any of the {counted(len(rows), 'theme')}."
    else:
        text = f"{every} an objective for {len(everywhere) or 'none'} of {counted(len(rows), 'theme')}."
        text += f" {no} objective for {listed([row.title.lower() for row in nowhere], 'or')}." if nowhere else ""
    return f"{text} Other items, such as actions, are about {listed(by_others)}." if by_others else text


def _has_objective(cell: Cell) -> bool:
    return isinstance(cell, Stated) and bool(cell.value)
