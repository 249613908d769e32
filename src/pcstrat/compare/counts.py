"""Turns digests into counts of what is and is not stated, with denominators and without ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import attrgetter

from pcstrat.compare.facts import Digest, Part
from pcstrat.compare.table import Cell, Column, ColumnKind, NotStated, Row, Shape, Stated, Table, Topic
from pcstrat.compare.view import View, share_cell
from pcstrat.compare.words import the_plans
from pcstrat.outline import part_id
from pcstrat.text import counted

_NOTHING = "No objectives"
_is_dated = attrgetter("is_dated")
_OBJECTIVES: dict[str, tuple[str, Callable[[Part], object]]] = {
    "with-date": ("Objectives with a date", lambda part: any(map(_is_dated, part.milestones))),
    "with-measure": ("Objectives with a measure", lambda part: part.measures),
    "with-money": ("Objectives that speak of money, or have a line of money", lambda part: part.has_money),
    "with-owner": ("Objectives with an owner", lambda part: part.named.is_owned),
}
"""What counts is what any part of an objective has."""
_DOCUMENT = ("published", "period", "version", "review", "status")


def topic(view: View) -> Topic:
    """One table, a row for each plan."""
    columns = (
        *(Column(name, title, ColumnKind.SHARE) for name, (title, _) in _OBJECTIVES.items()),
        Column("milestones-dated", "Milestones with a date", ColumnKind.SHARE),
        Column("measures-complete", "Measures with baseline, target and date", ColumnKind.SHARE),
        Column("amounts-with-year", "Amounts of money with a year", ColumnKind.SHARE),
        Column("document", "Facts of the document: date, period, version, review, status", ColumnKind.SHARE),
    )
    rows = view.plan_rows(_cells)
    table = Table(
        id="counts",
        title="What is and is not stated",
        finding=_finding(view, rows),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=columns,
        rows=rows,
        is_derived=True,
    )
    return Topic(
        id="counts",
        title="What is and is not stated",
        tables=(table,),
        method=(
            (
                "These are counts, not marks. Plans of different kinds have different tasks: a briefing need not say "
                "what a delivery plan has to. Enablers are counted among the objectives, and each is counted with its "
                "strands, actions and milestones, but whoever owns only a part of one is not counted as its owner."
            ),
        ),
    )


def _finding(view: View, rows: Iterable[Row]) -> str:
    number = sum(len(digest.leaves) for digest in view.digests)
    if not number:
        return f"{the_plans(len(view.digests), 'have')} no objectives or enablers."
    whole = counted(number, "objective and enabler", "objectives and enablers")
    stated = ([cell.proofs if isinstance(cell, Stated) else () for cell in row.cells] for row in rows)
    dates, measures, money, owners = (
        f"{sum(map(len, column)) or 'none'}" for column in islice(zip(*stated, strict=True), len(_OBJECTIVES))
    )
    shares = f"{dates} have a date, {measures} a measure, {money} money and {owners} an owner"
    return f"Of {whole}, {shares}. Money is what they say of it, or a line of money that is for them."


def _cells(digest: Digest) -> Iterator[Cell]:
    leaves = digest.leaves
    for _, states in _OBJECTIVES.values():
        yield share_cell([part.item for part, family in leaves if any(map(states, family))], len(leaves), _NOTHING)
    yield share_cell(digest.dated_items, len(digest.milestones), "No milestones")
    yield share_cell(digest.complete_measures, len(digest.measures), "No measures stated")
    amounts = [amount for amount in digest.amounts if amount.money]
    yield share_cell([amount.item for amount in amounts if amount.year], len(amounts), "No amounts stated")
    yield _document(digest)


def _document(digest: Digest) -> Cell:
    number, whole = sum(bool(getattr(digest.document, name)) for name in _DOCUMENT), len(_DOCUMENT)
    proof = digest.proof(part_id("part", "control"), "About this document")
    text = f"{number} of {whole}"
    return Stated(text, number, (proof,), whole=whole) if number else NotStated(text, 0, whole)
