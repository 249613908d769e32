"""Turns digests into the matrix of national commitments: how far each plan takes each of them."""

from __future__ import annotations

import datetime as dt
import re

from pcstrat.compare import words
from pcstrat.compare.facts import Answer, Digest
from pcstrat.compare.table import (
    Cell,
    Column,
    Depth,
    Kind,
    NotJudged,
    NotStated,
    NotYetPublished,
    OutOfScope,
    Proof,
    Row,
    Shape,
    Stated,
    Table,
    Topic,
)
from pcstrat.compare.view import View
from pcstrat.model.times import Precision, TimeError, parse_time
from pcstrat.registry import Commitment
from pcstrat.text import counted, listed

Interval = tuple[dt.date, dt.date]
_LEAD = re.compile(r"^(in force|from|since)\s+", re.IGNORECASE)
_PART_OF_SOURCE = re.compile(r"(, pillar \d| adults| children|; .*)$")
_FEW = 3
_LAW = "National Health Service Act 2006"

METHOD = (
    (
        "Mentioned: an item only mentions it, or money is named for it. Objective: an objective, a part of one, an "
        "action or a milestone answers it. With milestone: what answers it has a milestone with a date. With milestone "
        "and measure: it also has a measure."
    ),
    (
        "Milestones and measures are those of the objective, or the part of it, that answers the commitment. They may "
        "be about something else in it. One that is tagged with other commitments of its own is not counted."
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
    text = f"{known}{everywhere or 'none'} {'has' if everywhere == 1 else 'have'} an objective in every plan"
    if not silent:
        return f"{text}."
    unsure = silent - len(judged)
    few = silent <= _FEW and not unsure
    text = f"{text}. No plan mentions {listed([row.code for row in judged]) if few else counted(silent, 'commitment')}"
    return f"{text}; of {unsure} of them, some plan is too old or does not say how old it is." if unsure else f"{text}."


def is_answered(cell: Cell) -> bool:
    """Whether at least an objective answers the commitment."""
    return isinstance(cell, Stated) and cell.depth is not None and cell.depth >= Depth.OBJECTIVE


def _row(view: View, commitment: Commitment) -> Row:
    known = _published(commitment)
    return view.matrix_row(
        commitment.code,
        commitment.title,
        lambda digest: _cell(view, digest, commitment, known),
        group=source_of(commitment),
        code=commitment.code,
    )


def source_of(commitment: Commitment) -> str:
    """The document that a commitment comes from, without its sections and parts."""
    title = commitment.source_title
    return _LAW if title.startswith(_LAW) else _PART_OF_SOURCE.sub("", title)


def _cell(view: View, digest: Digest, commitment: Commitment, known: Interval | None) -> Cell:
    written = _written(view, digest)
    answer = digest.answers.get(commitment.code)
    if answer:
        return _stated(answer, came_later=bool(written and known and written[1] < known[0]))
    for entry in digest.document.out_of_scope:
        if commitment.code in entry.commitments:
            return OutOfScope(why=entry.why)
    return _absence(written, _not_before(view, digest), known)


def _stated(answer: Answer, *, came_later: bool) -> Stated:
    """How far a plan goes, and whether the commitment was published after the plan that answers it."""
    items = _once(answer.items)
    later = [words.CAME_LATER] if came_later else []
    if not items:
        mentions = _once(answer.mentions)
        return Stated(words.DEPTHS[Depth.MENTIONED], len(mentions), mentions, Depth.MENTIONED, note="".join(later))
    milestones, measures = _once(answer.milestones), _once(answer.measures)
    depth = Depth.OBJECTIVE
    if milestones:
        depth = Depth.MEASURE if measures else Depth.MILESTONE
    found = [counted(len(milestones), "dated milestone")] if milestones else []
    found += [counted(len(measures), "measure")] if measures else []
    notes = [f"{listed(found)} in {'it' if len(items) == 1 else 'them'}", *later] if found else later
    return Stated(words.DEPTHS[depth], len(items), items, depth, note="; ".join(notes))


def _once(proofs: list[Proof]) -> tuple[Proof, ...]:
    return tuple(dict.fromkeys(proofs))


def _absence(written: Interval | None, not_before: dt.date | None, known: Interval | None) -> Cell:
    """Why nothing is said of a commitment, as far as the dates of both tell."""
    if known is None:
        return NotStated(words.NOT_MENTIONED)
    first, last = known
    if written is None:
        judged = not_before is not None and last <= not_before
        return NotStated(words.NOT_MENTIONED) if judged else NotJudged(words.NO_DATE)
    if written[1] < first:
        return NotYetPublished()
    return NotStated(words.NOT_MENTIONED) if last <= written[0] else NotJudged(words.SAME_TIME)


def _written(view: View, digest: Digest) -> Interval | None:
    """The first and the last day on which the plan can have been written, as far as it states a date."""
    document = digest.document
    ends = [time for time in (document.approved, document.published) if time and time.end]
    if not ends:
        return None
    time = max(ends, key=lambda time: time.end or dt.date.min)
    start = time.start or _founded(view, digest) or dt.date.min
    return start, time.end or start


def _not_before(view: View, digest: Digest) -> dt.date | None:
    """The first day on which a plan without a date can have been written: after its ICB began, and what it cites."""
    days = [day for day in (_founded(view, digest), digest.newest_cited) if day]
    return max(days, default=None)


def _founded(view: View, digest: Digest) -> dt.date | None:
    """The first day of the ICB, before which it cannot have written a plan."""
    icb = view.registry.icb(digest.icb)
    return icb.opened if icb else None


def _published(commitment: Commitment) -> Interval | None:
    """The first and the last day on which a commitment can have appeared; None when nothing is known."""
    try:
        time = parse_time(_LEAD.sub("", commitment.published.split(";")[0].strip()))
    except TimeError:
        time = None
    applies = commitment.applies_from
    if time is not None and time.start and time.end and (time.precision is not Precision.CALENDAR_YEAR or not applies):
        return time.start, time.end
    return (applies, applies) if applies else None


def _totals(view: View, rows: tuple[Row, ...]) -> Table:
    columns = (
        *(Column(f"depth-{depth.value}", words.DEPTHS[depth], Kind.COUNT) for depth in Depth),
        Column("not-mentioned", words.NOT_MENTIONED, Kind.COUNT),
        Column("not-yet-published", "Not yet published then", Kind.COUNT),
        Column("not-judged", "Not judged", Kind.COUNT),
        Column("out-of-scope", "Out of scope", Kind.COUNT),
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


_KINDS = (NotStated, NotYetPublished, NotJudged, OutOfScope)


def _total_cells(own: list[Cell]) -> tuple[Cell, ...]:
    return (*(_depths(own, depth) for depth in Depth), *(_kinds(own, kind) for kind in _KINDS))


def _depths(cells: list[Cell], depth: Depth) -> Cell:
    found = [cell for cell in cells if isinstance(cell, Stated) and cell.depth is depth]
    proofs = tuple(dict.fromkeys(proof for cell in found for proof in cell.proofs))
    return Stated(str(len(found)), len(found), proofs)


def _kinds(cells: list[Cell], kind: type) -> Cell:
    number = sum(isinstance(cell, kind) for cell in cells)
    return Stated(str(number), number)


def _deepest(view: View, rows: tuple[Row, ...]) -> str:
    cells = [cell for row in rows for cell in row.cells if isinstance(cell, Stated)]
    number = sum(cell.depth is Depth.MEASURE for cell in cells)
    answers = counted(sum(map(is_answered, cells)), "answer")
    if len(view.digests) == 1:
        return f"The plan gives {answers} to a commitment; {number or 'none'} with a dated milestone and a measure."
    return (
        f"Together the plans give {answers} to a commitment; {number or 'none'} with a dated milestone and a measure."
    )
