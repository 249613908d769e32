"""Turns digests into the matrix of national commitments: how far each plan takes each of them."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

from pcstrat.compare import words
from pcstrat.compare.facts import Answer, Digest
from pcstrat.compare.table import (
    Cell,
    Column,
    ColumnKind,
    Depth,
    NotJudged,
    NotStated,
    NotYetPublished,
    Proof,
    Row,
    SaidOutOfScope,
    Shape,
    Stated,
    Table,
    Topic,
)
from pcstrat.compare.view import View
from pcstrat.registry import Commitment
from pcstrat.registry.timing import Silence, came_later, silence
from pcstrat.text import counted, listed

_PART_OF_SOURCE = re.compile(r"(, pillar \d| adults| children|; .*)$")
_FEW = 3
_LAW = "National Health Service Act 2006"

METHOD = (
    (
        "Mentioned: an item only mentions it, or money is named for it. Objective: something that the plan sets out "
        "to do answers it. That is an ambition, objective or enabler, a part of one, an action, a milestone, a "
        "measure, an element of the vision, or a next step. With milestone: what answers it has or is a milestone with "
        "a date, or is a next step with a date. With milestone and measure: there is a measure too."
    ),
    (
        "Milestones and measures are those of the ambition or objective, or the part of it, that answers the "
        "commitment. They may be about something else in it. "
        f"{words.COMMITMENTS_OF_AIMS} What is tagged with other commitments of its own is not counted."
    ),
    "Out of scope: the plan says that it does not cover it.",
    (
        "Not yet published: the plan states a date, and the commitment appeared later. A plan that states no date is "
        "judged only by commitments that are at least as old as its ICB, or as the newest document it cites."
    ),
    words.OUR_CLASSIFICATION,
)


def topic(view: View) -> Topic:
    """The matrix, and how many commitments reach each depth."""
    rows = tuple(_row(view, commitment) for commitment in view.registry.commitments.values())
    return Topic(
        id="commitments",
        title="National commitments",
        tables=(_matrix(view, rows), _totals(view, rows)),
        method=METHOD,
    )


def _matrix(view: View, rows: tuple[Row, ...]) -> Table:
    return Table(
        id="commitments",
        title="National commitments",
        finding=_finding(view, rows),
        heads="Commitment",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=rows,
    )


def _finding(view: View, rows: tuple[Row, ...]) -> str:
    """How many are answered by all, and how many by none; those that nobody mentions are named if they are few."""
    everywhere = sum(all(is_answered(cell) for cell in row.cells) for row in rows)
    judged = [row for row in rows if all(isinstance(cell, NotStated) for cell in row.cells)]
    silent = sum(not any(isinstance(cell, Stated) for cell in row.cells) for row in rows)
    known = f"Of {counted(len(rows), 'national commitment')}, "
    if len(view.digests) == 1:
        answered = sum(is_answered(row.cells[0]) for row in rows)
        return f"{known}the plan has an objective for {answered}."
    unsure = silent - len(judged)
    text = f"{known}{everywhere or 'none'} {'has' if everywhere == 1 else 'have'} an objective in every plan."
    if silent == len(rows):
        text = f"No plan mentions any of the {counted(len(rows), 'national commitment')}."
    elif silent:
        few = silent <= _FEW and not unsure
        text += f" No plan mentions {listed([row.code for row in judged]) if few else counted(silent, 'commitment')}."
    if not unsure:
        return text
    return f"{text} For {unsure} of them, at least one plan is older, or has no date that would tell."


def is_answered(cell: Cell) -> bool:
    """Whether at least an objective answers the commitment."""
    return isinstance(cell, Stated) and cell.depth is not None and cell.depth >= Depth.OBJECTIVE


def _row(view: View, commitment: Commitment) -> Row:
    return view.matrix_row(
        commitment.code,
        commitment.title,
        partial(commitment_cell, view, commitment=commitment),
        group=source_of(commitment),
        code=commitment.code,
    )


def source_of(commitment: Commitment) -> str:
    """The document that a commitment comes from, without its sections and parts."""
    title = commitment.source_title
    return _LAW if title.startswith(_LAW) else _PART_OF_SOURCE.sub("", title)


def commitment_cell(view: View, digest: Digest, commitment: Commitment) -> Cell:
    """How far a plan takes a commitment, or why nothing is said of it."""
    code = commitment.code
    plan, known = view.written[digest.plan], view.published[code]
    answer = digest.answers.get(code)
    if answer:
        return _stated(answer, later=came_later(plan, known))
    for entry in digest.document.out_of_scope:
        if code in entry.commitments:
            return SaidOutOfScope(why=entry.why)
    return _ABSENCE[silence(plan, known)]


def _stated(answer: Answer, *, later: bool) -> Stated:
    """How far a plan goes, and whether the commitment was published after the plan that answers it."""
    items = _once(answer.items)
    notes = [words.CAME_LATER] if later else []
    if not items:
        mentions = _once(answer.mentions)
        return Stated(words.DEPTHS[Depth.MENTIONED], len(mentions), mentions, Depth.MENTIONED, note="".join(notes))
    milestones, measures = _once(answer.milestones), _once(answer.measures)
    depth = Depth.OBJECTIVE
    if milestones:
        depth = Depth.MEASURE if measures else Depth.MILESTONE
    found = [counted(len(milestones), "dated milestone")] if milestones else []
    found += [counted(len(measures), "measure")] if measures else []
    if found:
        notes.insert(0, f"{listed(found)} in {'it' if len(items) == 1 else 'them'}")
    return Stated(words.DEPTHS[depth], len(items), items, depth, note="; ".join(notes))


def _once(proofs: list[Proof]) -> tuple[Proof, ...]:
    """Each item once; the id of an item that answers is its own alone."""
    return tuple({proof.id: proof for proof in proofs}.values())


_ABSENCE: dict[Silence, Cell] = {
    Silence.NOT_MENTIONED: NotStated(Silence.NOT_MENTIONED.value),
    Silence.NOT_YET_PUBLISHED: NotYetPublished(Silence.NOT_YET_PUBLISHED.value),
    Silence.NO_DATE: NotJudged(Silence.NO_DATE.value),
    Silence.SAME_TIME: NotJudged(Silence.SAME_TIME.value),
}
"""What the cell of a plan says that is silent on a commitment."""


def _totals(view: View, rows: tuple[Row, ...]) -> Table:
    columns = (
        *(Column(f"depth-{depth.value}", words.DEPTHS[depth], ColumnKind.COUNT) for depth in Depth),
        Column("not-mentioned", words.NOT_MENTIONED, ColumnKind.COUNT),
        Column("not-yet-published", "Not yet published then", ColumnKind.COUNT),
        Column("not-judged", "Not judged", ColumnKind.COUNT),
        Column("out-of-scope", "Out of scope", ColumnKind.COUNT),
    )

    totals = (
        Row(digest.plan, digest.name, _total_cells([row.cells[index] for row in rows]), plan=digest.plan)
        for index, digest in enumerate(view.digests)
    )
    return Table(
        id="commitments-by-depth",
        title="How far each plan takes the commitments",
        finding=_deepest(view, rows),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=columns,
        rows=tuple(totals),
        is_derived=True,
    )


_KINDS = (NotStated, NotYetPublished, NotJudged, SaidOutOfScope)


def _total_cells(own: list[Cell]) -> tuple[Cell, ...]:
    stated = [cell for cell in own if isinstance(cell, Stated)]
    silent = Counter(map(type, own))
    return (*(_depths(stated, depth) for depth in Depth), *(Stated(str(silent[kind]), silent[kind]) for kind in _KINDS))


def _depths(stated: list[Stated], depth: Depth) -> Cell:
    found = [cell for cell in stated if cell.depth is depth]
    proofs = _once([proof for cell in found for proof in cell.proofs])
    return Stated(str(len(found)), len(found), proofs)


def _deepest(view: View, rows: tuple[Row, ...]) -> str:
    cells = [cell for row in rows for cell in row.cells if isinstance(cell, Stated)]
    number = sum(cell.depth is Depth.MEASURE for cell in cells)
    answers = sum(map(is_answered, cells))
    plans = "The plan gives" if len(view.digests) == 1 else "Together the plans give"
    deepest = f"; {number or 'none'} with a dated milestone and a measure" if answers else ""
    return f"{plans} {counted(answers, 'answer')} to a commitment{deepest}."
