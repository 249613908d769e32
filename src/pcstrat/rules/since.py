"""Says what has happened since a plan was written: closed boards, ended commitments, new plans, names and dates.

Nothing here is a fault of the plan. Where the plan does not say when it was written, commitments and dates are counted
from the day on which it begins, and the finding says so; where nothing tells that either, nothing is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.times import Time, format_time
from pcstrat.outline import known_start
from pcstrat.registry import Commitment, Registry
from pcstrat.registry.timing import ended_since, time_published
from pcstrat.rules._national import also_at, gone_names, linked, planned_for, time_of
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Subject, once
from pcstrat.text import listed, long_date

_ROW = """
document: {{title: A plan, kind: primary care strategy, {dated}}}
ambitions: [{{id: the-app, title: The app, commitments: [{code}]}}]
"""


@rule(
    "N01",
    "icb-closed",
    title="The ICB has closed since the plan was written",
    severity=Severity.ADVICE,
    since=True,
    why="""Whoever reads the plan now has to know who answers for it. 12 ICBs closed on 31 March 2026, and some areas
    were divided.""",
    remedy="Nothing is wrong with the plan. The successors may name it in `inherits` of their own plans.",
    requires=("N02",),
    before="icb: QMM",
    after="icb: QOC",
)
def icb_closed(subject: Subject) -> Iterator[Hit]:
    """The plan's own ICB, once it has closed, unless the plan was written later than that."""
    icb = subject.registry.icb(subject.plan.icb)
    if icb is None or icb.closed is None or icb.closed >= subject.as_of:
        return
    if subject.written_from is None or subject.written_from <= icb.closed:
        now = [f"{successor.short_name} ICB" for successor in subject.registry.successors(icb.ods_code)]
        message = f"{icb.name} closed on {long_date(icb.closed)}."
        message += f" Its area is now covered by {listed(now)}." if now else ""
        period = subject.period
        message += f" The plan is for {format_time(period)}." if period and _is_after(period.end, icb.closed) else ""
        yield Hit(path=("icb",), message=message)


def _is_after(day: dt.date | None, other: dt.date) -> bool:
    return day is not None and day > other


@rule(
    "N03",
    "commitment-ended",
    title="The period of a national commitment has ended since the plan began",
    severity=Severity.ADVICE,
    since=True,
    why="A reader of today should know that the national target behind an objective is no longer asked for.",
    remedy="Nothing is wrong with the plan. Its next version should say what followed.",
    requires=("O10",),
    before=_ROW.format(dated="published: June 2023", code="PCA-APP"),
    after=_ROW.format(dated="published: June 2026", code="MTP-APP95"),
)
def commitment_ended(subject: Subject) -> Iterator[Hit]:
    """Commitments that were not over when the plan was written or began, and are over now: once each."""
    start = known_start(subject.plan)
    for commitment, paths in _answered(subject):
        if ended_since(commitment, start, subject.as_of):
            when = f"ended on {long_date(commitment.applies_to)}" if commitment.applies_to else "has ended"
            after = (
                f" It is followed by {_named(subject, commitment.superseded_by)}." if commitment.superseded_by else ""
            )
            message = f"{commitment.code} ({commitment.title}) {when}.{after}{_counted_from(subject)}"
            also = also_at(paths, f"{commitment.code} stands here too.")
            yield Hit(path=paths[0], message=message, related=also, explained_at=(paths[0],))


def _counted_from(subject: Subject) -> str:
    """What "since" means where a plan does not say when it was written."""
    if subject.written_on or not subject.begins:
        return ""
    return f" The plan has no date, so this counts from the day it begins, {long_date(subject.begins)}."


def _named(subject: Subject, codes: Iterable[str]) -> str:
    return listed([f"{code} ({subject.registry.commitments[code].title})" for code in codes])


def _answered(subject: Subject) -> Iterator[tuple[Commitment, list[Path]]]:
    for code, paths in linked(subject).items():
        commitment = subject.registry.commitment(code)
        if commitment is not None:
            yield commitment, paths


@rule(
    "N04",
    "commitment-carried-on",
    title="A national commitment has been carried on by later ones since the plan began",
    severity=Severity.ADVICE,
    since=True,
    why="A reader of today looks for the commitments that count now. The plan answers the ones before them.",
    remedy="Nothing is wrong with the plan. Its next version may name the later commitments as well.",
    before=_ROW.format(dated="published: June 2023", code="FUL-ACCESS"),
    after=_ROW.format(dated="published: June 2026", code="NBH-SIX"),
)
def carried_on(subject: Subject) -> Iterator[Hit]:
    """Commitments with successors that came after the plan was written or began: once each."""
    start = known_start(subject.plan)
    for commitment, paths in _answered(subject):
        later = [
            code
            for code in commitment.superseded_by
            if start and _came_between(time_published(subject.registry.commitments[code]), start, subject.as_of)
        ]
        if later and not commitment.has_ended(subject.as_of):
            message = f"{commitment.code} ({commitment.title}) has since been carried on by {_named(subject, later)}."
            message += _counted_from(subject)
            yield Hit(path=paths[0], message=message, related=also_at(paths, f"{commitment.code} stands here too."))


def _came_between(time: Time | None, start: dt.date, as_of: dt.date) -> bool:
    return time is not None and time.start is not None and time.end is not None and start < time.start <= as_of


@rule(
    "N05",
    "national-plans-since",
    title="National plans have been published since the plan was written",
    severity=Severity.ADVICE,
    since=True,
    why="The plan could not know them. Who compares plans must not read their absence as a gap.",
    remedy="Nothing is wrong with the plan. Its next version should answer them.",
    before="document: {title: A plan, kind: primary care strategy, published: June 2023}",
    after="document: {title: A plan, kind: primary care strategy}",
)
def plans_since(subject: Subject) -> Iterator[Hit]:
    """The documents of national commitments that came after the plan's stated date, as one finding."""
    written = subject.written_on
    if written is None:
        return
    found: dict[str, tuple[dt.date, str]] = {}
    for commitment, time in _published(subject.registry):
        if time.start and _came_between(time, written, subject.as_of) and _concerns(subject, commitment):
            title = commitment.source_title.partition(";")[0].partition(", pillar")[0]
            found.setdefault(title, (time.start, f"{title} ({format_time(time)})"))
    if found:
        named = listed([words for _, words in sorted(found.values())])
        path = ("document", "published" if subject.document.published else "approved")
        yield Hit(path=path, message=f"Since the plan was written, these have been published: {named}.")


@cache
def _published(registry: Registry) -> tuple[tuple[Commitment, Time], ...]:
    """Every commitment of which it is known when it appeared, and when."""
    found = ((commitment, time_published(commitment)) for commitment in registry.commitments.values())
    return tuple((commitment, time) for commitment, time in found if time is not None)


def _concerns(subject: Subject, commitment: Commitment) -> bool:
    """Whether a commitment is for all of primary care, or for a part that the plan covers."""
    scope = _parts_covered(subject)
    return not (commitment.pillars and scope) or bool(scope & set(commitment.pillars))


@once
def _parts_covered(subject: Subject) -> frozenset[str]:
    """The parts of primary care that a plan states as its scope, else those of its ambitions if each states some."""
    ambitions = [ambition for ambition in subject.plan.ambitions if ambition.retired is None]
    if subject.document.scope or not all(ambition.pillars for ambition in ambitions):
        return frozenset(map(str, subject.document.scope))
    tagged = (item.get("pillars") for item in subject.holding("pillars") if item.aim is not None)
    return frozenset(str(pillar) for pillars in tagged for pillar in pillars)


@rule(
    "N06",
    "name-gone-since",
    title="A body or programme has been renamed or abolished since the plan was written",
    severity=Severity.ADVICE,
    since=True,
    why="A reader of today looks for the name in vain.",
    remedy="Nothing is wrong with the plan. Its next version should use the name of today.",
    before="""
document: {title: A plan, kind: primary care strategy, published: June 2022}
ambitions: [{id: staff, title: Staff, actions: [Train them with Health Education England.]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: June 2026}
ambitions: [{id: staff, title: Staff, actions: [Train them with NHS England.]}]
""",
)
def gone_since(subject: Subject) -> Iterator[Hit]:
    """Names in the plan that were changed or abolished after the plan's stated date, and before today: once each."""
    written = subject.written_on
    for gone in gone_names(subject):
        if written and gone.since.start and written < gone.since.start <= subject.as_of:
            before = gone.text_before
            yield Hit(
                path=gone.path, message=gone.message, at_words=gone.name, text_before=before, related=gone.related
            )


@rule(
    "N08",
    "national-date-moved",
    title="A national date has moved since the plan was written",
    severity=Severity.ADVICE,
    since=True,
    why="The plan gives the date that was planned nationally when it was written.",
    remedy="Nothing is wrong with the plan. Its next version should give the date as it came about.",
    before="""
document: {title: A plan, kind: primary care strategy, published: June 2023}
ambitions:
  - id: chemists
    title: Chemists
    milestones: [{text: Start the scheme., when: December 2023, commitments: [PCA-PHFIRST]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: June 2023}
ambitions:
  - id: chemists
    title: Chemists
    milestones: [{text: Start the scheme., when: March 2024, commitments: [PCA-PHFIRST]}]
""",
)
def date_moved(subject: Subject) -> Iterator[Hit]:
    """What is planned for a time before something national that it answers came about, later than planned."""
    start = known_start(subject.plan)
    for event in subject.registry.events.values():
        came = time_of(event) if event.planned else None
        if came is None or came.start is None or start is None or not start < came.start <= subject.as_of:
            continue
        for timed in planned_for(subject, event.about):
            time = subject.resolved(timed.time, timed.item)
            if time.end is not None and time.end < came.start:
                message = f"“{timed.time.published}” is stated. It came about later ({format_time(came)}): {event.what}"
                message += _counted_from(subject)
                yield Hit(path=timed.path, message=message)


RULES = (icb_closed, commitment_ended, carried_on, plans_since, gone_since, date_moved)
