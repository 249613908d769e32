"""Turns digests into who answers for what: how many objectives say so, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pcstrat.compare.facts import Digest, Named, Part
from pcstrat.compare.table import Cell, Column, ColumnKind, NotStated, Row, Shape, Stated, Table, Topic
from pcstrat.compare.view import View, share_cell, text_cells
from pcstrat.compare.words import the_plans
from pcstrat.text import counted, listed

_NOTHING = "No objectives"
COLUMNS = (
    Column("objectives", "Objectives and enablers", ColumnKind.COUNT),
    Column("accountable", "With an accountable body", ColumnKind.SHARE),
    Column("two-accountable", "With two accountable bodies or more", ColumnKind.SHARE),
    Column("owner", "With a responsible lead", ColumnKind.SHARE),
    Column("led-by", "With somebody who leads the work", ColumnKind.SHARE),
    Column("partners", "With partners", ColumnKind.SHARE),
    Column("in-parts", "With somebody named for a part", ColumnKind.SHARE),
    Column("none", "With none of these", ColumnKind.SHARE),
)


def topic(view: View) -> Topic:
    """Counts of each plan, and a row for each objective and enabler."""
    return Topic(
        id="accountability",
        title="Who is responsible",
        tables=(_counts(view), _objectives(view)),
        method=(
            (
                "Counted are objectives, ambitions without objectives, and enablers. Who answers for an ambition "
                "answers for each of its objectives that names nobody else. Who is named for a part of one, such as an "
                "action or a milestone, answers for that part alone and has a column of their own. Partners of a part "
                "are partners of the whole."
            ),
        ),
    )


def _counts(view: View) -> Table:
    return Table(
        id="accountability",
        title="Who is responsible",
        finding=_finding(view),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=COLUMNS,
        rows=view.plan_rows(_shares),
        is_derived=True,
    )


def _finding(view: View) -> str:
    leaves = [named for digest in view.digests for _, named in digest.named]
    owned = sum(named.is_owned for named in leaves)
    if not leaves:
        return f"{the_plans(len(view.digests), 'have')} no objectives or enablers."
    whole = counted(len(leaves), "objective and enabler", "objectives and enablers")
    return f"{owned or 'None'} of {whole} {'states' if owned <= 1 else 'state'} who is responsible."


def _shares(digest: Digest) -> Iterator[Cell]:
    leaves = digest.named
    whole = len(leaves)
    yield Stated(str(whole), whole, tuple(part.item for part, _ in leaves)) if whole else NotStated(_NOTHING)
    for states in _ASPECTS:
        yield share_cell([part.item for part, named in leaves if states(named)], whole, _NOTHING)
    silent = [part.item for part, named in leaves if not any(named)]
    text = f"{len(silent):,} of {whole:,}"
    yield Stated(text, len(silent), tuple(silent), whole=whole) if whole else NotStated(_NOTHING)


_ASPECTS: tuple[Callable[[Named], object], ...] = (
    lambda named: named.accountable,
    lambda named: len(named.accountable) > 1,
    lambda named: named.owners,
    lambda named: named.led_by,
    lambda named: named.partners,
    lambda named: named.in_parts,
)


def _objectives(view: View) -> Table:
    rows = tuple(_row(digest, *leaf) for digest in view.digests for leaf in digest.named)
    silent = sum(all(isinstance(cell, NotStated) for cell in row.cells[1:]) for row in rows)
    return Table(
        id="accountability-objectives",
        title="Every objective and enabler",
        finding=f"{silent:,} of {counted(len(rows), 'objective and enabler', 'objectives and enablers')} name nobody."
        if rows
        else f"{the_plans(len(view.digests), 'have')} no objectives or enablers.",
        heads="Objective or enabler",
        shape=Shape.LIST,
        plans=view.facts,
        columns=(
            Column("plan", "Plan"),
            Column("accountable", "Accountable body"),
            Column("owner", "Responsible lead"),
            Column("led-by", "Led by"),
            Column("partners", "Partners"),
            Column("in-parts", "Named for a part"),
        ),
        rows=rows,
    )


def _row(digest: Digest, part: Part, named: Named) -> Row:
    plan, item = digest.facts, part.item
    proofs = (item,)
    cells = (Stated(plan.name, None, proofs), *text_cells(map(listed, named), proofs))
    return Row(f"{plan.plan}/{item.id}", item.name, cells, group=plan.name, plan=plan.plan)
