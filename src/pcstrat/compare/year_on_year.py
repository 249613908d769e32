"""Turns digests, and what changed in plans since earlier ones, into the tables of year on year."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from pcstrat.compare import words
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, Column, ColumnKind, NotJudged, Proof, Row, Shape, Stated, Table, Topic
from pcstrat.compare.view import View, text_cell
from pcstrat.diff import Change, Difference, Kind, Significance
from pcstrat.diff.sentences import HEADINGS, LEADS, caution_sentence, side_name, whole_fact
from pcstrat.light_markdown import plain_words
from pcstrat.outline import part_id
from pcstrat.text import counted, listed, sentence_case

NO_EARLIER = "No earlier plan is known"
_LATER = {
    *(Kind.DATE_LATER, Kind.DEADLINE_DROPPED, Kind.DATE_REMOVED, Kind.DATE_UNDATED),
    *(Kind.END_LATER, Kind.END_DROPPED),
}
_EARLIER = {kind.opposite for kind in _LATER}
_UP, _DOWN = {Kind.MONEY_UP, Kind.AMOUNT_STATED}, {Kind.MONEY_DOWN, Kind.AMOUNT_REMOVED}
_TARGETS = {kind for kind in Kind if kind.value.startswith("target-")}
_BASELINES = {kind for kind in Kind if kind.value.startswith("baseline-")}
_DROPPED = {Kind.REMOVED, Kind.RETIRED}

_OF_MONEY = frozenset({"FundingTable", "FundingLine"})
_OF_WORK = frozenset(
    {"Ambition", "Objective", "Enabler", "Strand", "Band", "Action", "Milestone", "Measure", "Outcome"}
)
_PROMISES = _OF_WORK | _OF_MONEY
"""What a plan promises: everything else in it, such as its sources, people and glossary, explains that."""

_REPORTED = ("baseline", "latest")
"""Fields of a measure that tell of the past: their days move on with each plan."""


def _is_promise(change: Change) -> bool:
    return change.subject.partition(".")[0] in _PROMISES


def _is_date_of_work(change: Change) -> bool:
    """Whether a change is about when something will be done, and not about the past, the document or the money."""
    model, _, field = change.subject.partition(".")
    return model in _OF_WORK and not field.startswith(_REPORTED)


def _means(meaning: Significance) -> Callable[[Change], bool]:
    return lambda change: change.significance is meaning


_COUNTED: dict[str, tuple[str, Callable[[Change], bool]]] = {
    "added": ("Added", lambda change: change.kind is Kind.ADDED and _is_promise(change)),
    "dropped": ("Removed or given up", lambda change: change.kind in _DROPPED and _is_promise(change)),
    "later": ("Dates later or gone", lambda change: change.kind in _LATER and _is_date_of_work(change)),
    "earlier": ("Dates earlier or new", lambda change: change.kind in _EARLIER and _is_date_of_work(change)),
    "money-up": ("Amounts up or new", lambda change: change.kind in _UP),
    "money-down": ("Amounts down or gone", lambda change: change.kind in _DOWN),
    "targets": ("Targets changed", lambda change: change.kind in _TARGETS),
    "baselines": ("Baselines changed", lambda change: change.kind in _BASELINES),
    "other-parts": (
        "Other parts that came or went",
        lambda change: change.kind in {Kind.ADDED, *_DROPPED} and not _is_promise(change),
    ),
    **{meaning.value: (HEADINGS[meaning], _means(meaning)) for meaning in Significance},
}


def topic(view: View) -> Topic:
    """How many changes of which sort each plan has, and every change."""
    return Topic(
        id="year-on-year",
        title="Year on year",
        tables=(_counts(view), _changes(view)),
        method=(
            (
                "An earlier plan is the one at the git revision that was asked for. Where none was, it is the last one "
                "of the same id in the archive beside the plan, or else a plan among those compared that the newer one "
                "says it replaces or continues, or else the plans of the boards that its board took over."
            ),
            (
                "What a change means is pcstrat's classification. A change counts in each column that it fits, so the "
                "columns do not add up."
            ),
            (
                "Added, removed and given up count what is promised: ambitions, objectives, enablers and their parts, "
                "actions, milestones, measures, outcomes and money. Sources, people, terms and whatever else came or "
                "went have a column of their own. Dates are those of the work: not those of the document, of baselines "
                "or of money."
            ),
        ),
    )


def _known(view: View) -> list[tuple[Digest, Difference]]:
    """The plans that have an earlier one, each with what changed."""
    found = ((digest, view.differences.get(digest.plan)) for digest in view.digests)
    return [(digest, difference) for digest, difference in found if difference and difference.old]


def _counts(view: View) -> Table:
    """The plans that have an earlier one; all, with that none is known, while none has. Columns are always the same."""
    known = [digest for digest, _ in _known(view)]
    return Table(
        id="year-on-year",
        title="Year on year",
        finding=_finding(view),
        heads="Plan",
        shape=Shape.PLANS,
        plans=tuple(digest.facts for digest in known or view.digests),
        columns=(
            Column("compared-with", "Compared with"),
            *(Column(name, title, ColumnKind.COUNT) for name, (title, _) in _COUNTED.items()),
        ),
        rows=tuple(
            Row(digest.plan, digest.name, tuple(_cells(view, digest)), plan=digest.plan)
            for digest in known or view.digests
        ),
        is_derived=True,
    )


def _finding(view: View) -> str:
    known = _known(view)
    number = len(view.digests)
    if not known:
        which = "The plan has no" if number == 1 else f"None of the {words.plans_in_words(number)} has an"
        return f"{which} earlier plan here, so nothing can be compared from year to year."
    changes = [change for _, difference in known for change in difference.published]
    weakened = sum(change.significance is Significance.WEAKENED for change in changes)
    start = words.of_plans(known, number, "has", "have")
    found = f"Of {counted(len(changes), 'change')}, {weakened or 'none'} weakened what was planned."
    cautions = dict.fromkeys(plain_words(caution_sentence(difference)) for _, difference in known)
    told = filter(None, (f"{start} an earlier plan to compare with.", found, *_others(view, known), *cautions))
    return " ".join(told)


def _others(view: View, known: list[tuple[Digest, Difference]]) -> Iterator[str]:
    """Which plans have no earlier one, those first that are new since the revision."""
    compared = {digest.plan for digest, _ in known}
    others = [digest for digest in view.digests if digest.plan not in compared]
    new = [digest.name for digest in others if digest.plan in view.differences]
    if new:
        yield f"New since {next(iter(view.differences.values())).since}: {listed(new)}."
    rest = [digest.name for digest in others if digest.plan not in view.differences]
    if rest:
        yield f"{NO_EARLIER} of: {listed(rest)}."


def _cells(view: View, digest: Digest) -> Iterator[Cell]:
    difference = view.differences.get(digest.plan)
    if difference is None or not difference.old:
        new = NotJudged(f"New since {difference.since}" if difference and difference.since else NO_EARLIER)
        yield from itertools.repeat(new, 1 + len(_COUNTED))
        return
    yield Stated(_earlier(difference))
    for _, counts in _COUNTED.values():
        proofs = tuple(_proof(view, digest, change) for change in difference.published if counts(change))
        yield Stated(f"{len(proofs):,}" if proofs else "None", len(proofs), proofs)


def _earlier(difference: Difference) -> str:
    """What the earlier plans are called, with version and date where they state them."""
    return plain_words(listed([side_name(version) for version in difference.old]))


def _proof(view: View, digest: Digest, change: Change) -> Proof:
    """Where a change can be seen: the item or, where that is gone, the earlier plan if it is among those compared."""
    name = plain_words(sentence_case(change.name))
    if change.item_id and change.new_path is not None:
        return Proof(digest.plan, change.item_id, change.item_id, name)
    if change.item_id and change.old_plan != digest.plan and change.old_plan in view.names:
        return Proof(change.old_plan, change.item_id, change.item_id, name)
    anchor = part_id("part", "changes") if view.differences[digest.plan].since else "page--main"
    return Proof(digest.plan, change.item_id or change.fingerprint, anchor, name)


def _changes(view: View) -> Table:
    rows = tuple(_row(view, digest, change) for digest, difference in _known(view) for change in difference.published)
    return Table(
        id="year-on-year-changes",
        title="Every change",
        finding=f"{sentence_case(counted(len(rows), 'change'))} since the earlier plans." if rows else f"{NO_EARLIER}.",
        heads="What changed",
        shape=Shape.LIST,
        plans=view.facts,
        columns=(
            Column("plan", "Plan"),
            Column("kind", "Kind of change"),
            Column("meaning", "What it means"),
            Column("change", "Change"),
            Column("reason", "Reason or remark"),
        ),
        rows=rows,
    )


def _row(view: View, digest: Digest, change: Change) -> Row:
    proof = _proof(view, digest, change)
    said = (
        digest.name,
        LEADS[change.kind],
        HEADINGS[change.significance],
        plain_words(whole_fact(change.beside_reason)),
    )
    proofs = (proof,)
    cells = (*(Stated(text, None, proofs) for text in said), text_cell(plain_words(change.reason), proofs))
    return Row(f"{digest.plan}/{change.fingerprint}", proof.name, cells, group=digest.name, plan=digest.plan)
