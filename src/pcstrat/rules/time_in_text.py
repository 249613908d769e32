"""Finds times in the text of promises that cannot hold where the promise stands, or that nobody can date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.points import Milestone
from pcstrat.model.times import Precision, Time, TimeKind, format_time
from pcstrat.model.vocabulary import MilestoneKind, Progress
from pcstrat.patterns import Pattern
from pcstrat.rules._bands import ONE_DAY, readings
from pcstrat.rules._deadlines import (
    IN_EVERY_YEAR,
    READY_WHEN_IT_BEGINS,
    Deadline,
    days_of_start,
    deadlines_in,
    first_day,
)
from pcstrat.rules._promises import promises
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Leaf, Subject, once
from pcstrat.text import listed, long_date

_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones"
_TEXTS = frozenset({"text", "title", "lead"})
_DATED = frozenset({TimeKind.DATE, TimeKind.RANGE, TimeKind.BY, TimeKind.FROM, TimeKind.BAND})
_ON_THE_WAY = Pattern(
    r"\b(?:then|first|initial(?:ly)?|draft|pilots?|phases?|stages?|interim|start|begin)\b", re.IGNORECASE
)
_SECOND_STEP = Pattern(
    r"""\bso\ that\b|\bin\ order\ to\b|\bready\ (?:for|to)\b|\bbefore\ \w+ing\b
        |[,;:–—(]\s*(?:and\ |in\ order\ )?(?:to|with|so|which|who|then|followed|\w{2,}ing|half|all|most
               |the\ (?:others|rest))\b
        |[,;]\s*(?:and|but)\b
        |\band\ (?:then|be|have|has|are|is|will|to)\b
        |\bto\ (?!(?:an?|the|all|both|each|every|half|its|more|most|our|their|these)\b|(?-i:[A-Z0-9])|\w+(?<!s)s\b)
        |\b(?:if|how|that|until|what|when|where|whether|which|while|who|whom|whose|why)\b
        |\b(?:about|of|on)\ \w+ing\b
        |\b(?:beginning|closing|ending|expiring|finishing|lasting|leaving|opening|retiring|running|starting)\ $
        |\bfor\ (?!(?:[\w-]+\ ){0,3}?(?:\w+[eo]rs|adults|babies|children|everybody|everyone|families|men|parents
               |patients|people|residents|staff|students|women)\b)
        |\bwith\ (?:a|an|all|each|every|half|its|most|the\ (?:first|last|rest)|their)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words between the beginning of a sentence and a deadline by which that may be one of another step than the item.

They open a clause, or name what the item is for: "a plan for the move by March". People have no deadline.
"""
_GIVEN_TO = Pattern(
    r"\b(?:bring|expand|extend|give|lend|link|move|offer|roll out|send|spread|switch|take|transfer)\b"
    r"(?: (?!to\b)[^\s,;:]+){0,8} to (?=(?:[\w-]+ )?\w+(?<!s)s $)",
    re.IGNORECASE,
)
"""What is given to somebody or taken to a place, in which "to" opens no second step: "Lend lamps to village halls"."""


_AGREED_WITH = Pattern(
    r"\b(?:agree|settle|share|sign)\b(?: [^\s,;:]+){1,8}? with (?=(?:all|each|every|our|the)\b)", re.IGNORECASE
)


@once
def _named(subject: Subject) -> tuple[tuple[Leaf, tuple[Deadline, ...]], ...]:
    """Each text of something still to be done that names deadlines, with them."""
    may_name = subject.own_words.naming(*IN_EVERY_YEAR)
    found = ((leaf, deadlines_in(subject, leaf)) for leaf in may_name if _is_promise(leaf))
    return tuple((leaf, deadlines) for leaf, deadlines in found if deadlines)


def _is_promise(leaf: Leaf) -> bool:
    around = leaf.item.action if leaf.field in _TEXTS else None
    return (
        around is not None
        and around.get("status") not in {Progress.DONE, Progress.STOPPED}
        and not around.get("set_by")
        and not around.is_retired
    )


@rule(
    "T22",
    "text-time-contradicts",
    title="The text of an item names another time than its fields or its band",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_DELIVERY}. Readers go by the text, charts and comparison by the fields: both must say the same.",
    remedy="Correct one of the two. A second time of a milestone stands in `due`.",
    requires=("T02", "T04", "T06", "T23"),
    before="""
milestones:
  - {text: Open the clinic by March 2028., when: by March 2029}
""",
    after="""
milestones:
  - {text: Open the clinic by March 2029., when: by March 2029}
""",
)
def text_contradicts(subject: Subject) -> Iterator[Hit]:
    """Promises none of whose deadlines in the text fits their own times or, where they have none, their band.

    A deadline of a second step ("Award the contract, to begin by ...") is no contradiction.
    """
    for leaf, deadlines in _named(subject):
        for words, periods, related in _stated_over(subject, leaf):
            is_missed = all(_misses(deadline, periods) for deadline in deadlines)
            own = [deadline for deadline in deadlines if not _is_of_second_step(leaf, deadline)] if is_missed else []
            if own and not _is_on_the_way(leaf, periods):
                message = f"The text says “{own[0].wording}”, but {words}."
                yield _at(leaf, own[0], message, related)


def _at(leaf: Leaf, deadline: Deadline, message: str, related: tuple[Related, ...] = ()) -> Hit:
    """A hit at a deadline in a text."""
    text_before = leaf.plain[: deadline.begin]
    return Hit(path=leaf.path, message=message, at_words=deadline.wording, text_before=text_before, related=related)


def _stated_over(subject: Subject, leaf: Leaf) -> Iterator[tuple[str, tuple[Time, ...], tuple[Related, ...]]]:
    """What is stated for the item of a text: its own times, else the period of its band, however that is put right."""
    for item in (leaf.item, leaf.item.action):
        stated = {field: item.get(field) for field in ("when", "due")} if item else {}
        times = {field: subject.resolved(time, leaf.item) for field, time in stated.items() if isinstance(time, Time)}
        if item and times:
            if all(time.kind in _DATED and time.is_dated for time in times.values()):
                said = listed([f"“{time.published}”" for time in times.values()])
                related = tuple(
                    Related((*item.path, field), f"“{time.published}” stands here.") for field, time in times.items()
                )
                yield f"{said} {'is' if len(times) == 1 else 'are'} stated for it", tuple(times.values()), related
            return
    milestone = leaf.item.action
    placed = subject.milestone_at.get(milestone) if milestone else None
    if placed is not None and placed.band is not None:
        own = next((line for line in subject.timelines if placed.band in line.bands), None)
        periods = readings(placed.band, (own.year_one if own else None) or subject.year_one)
        times_of_band = tuple(Time(published="", kind=TimeKind.RANGE, start=start, end=end) for start, end in periods)
        if times_of_band:
            label = placed.band.band.label
            yield (
                f"it stands under “{label}”",
                times_of_band,
                (Related(placed.band.item.path, f"{label} stands here."),),
            )


def _misses(deadline: Deadline, periods: tuple[Time, ...]) -> bool:
    return all(
        _is_early(deadline, time) or _is_late(deadline, time) or _starts_apart(deadline, time) for time in periods
    )


def _is_early(deadline: Deadline, time: Time) -> bool:
    """Whether a deadline is over before a time begins or, where that is a deadline too, before its month or year.

    What is done in a month may well be done before the deadline of the item.
    """
    if time.kind is TimeKind.BY and not deadline.is_last:
        return False
    begins = first_day(time) if time.kind is TimeKind.BY else time.start
    return begins is not None and deadline.last < begins


def _starts_apart(deadline: Deadline, time: Time) -> bool:
    """Whether something is to begin in another month, season or year than a text says, and go on in both."""
    if deadline.last != dt.date.max or time.kind is not TimeKind.FROM:
        return False
    said, stated = (days_of_start(published) for published in (deadline.wording, time.published))
    return said is not None and stated is not None and (said[1] < stated[0] or stated[1] < said[0])


def _is_late(deadline: Deadline, time: Time) -> bool:
    """Whether a deadline comes after a time. What is to be ready by April, or runs from then on, may be so in March."""
    is_ready_by = deadline.is_last and deadline.precision in READY_WHEN_IT_BEGINS
    is_first_day = is_ready_by or deadline.last == dt.date.max
    first = deadline.first - ONE_DAY if is_first_day else deadline.first
    return time.end is not None and time.end < first


def _is_of_second_step(leaf: Leaf, deadline: Deadline) -> bool:
    """Whether a deadline may be that of what comes after or before the item, and not of the item itself."""
    sentence = _AGREED_WITH.sub(" ", _GIVEN_TO.sub(" ", re.split(r"[.!?]\s", leaf.plain[: deadline.begin])[-1]))
    return deadline.is_last and _SECOND_STEP.search(sentence) is not None


def _is_on_the_way(leaf: Leaf, periods: tuple[Time, ...]) -> bool:
    """Whether the text may name a step on the way to the deadline of the item."""
    return any(time.kind is TimeKind.BY for time in periods) and bool(_ON_THE_WAY.search(leaf.plain))


@rule(
    "T23",
    "text-time-outside-plan",
    title="The text of a promise names a time before or after the plan",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_DELIVERY}. Nobody can keep a promise that was due before it was made, or answers for it after the plan.",
    remedy="Correct the time in the text, or say with `status` that it is done.",
    requires=("T07", "T08", "T16", "T17"),
    before="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
ambitions: [{id: clinics, title: Clinics, actions: [Open the clinic by March 2026.]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
ambitions: [{id: clinics, title: Clinics, actions: [Open the clinic by March 2028.]}]
""",
)
def text_outside_plan(subject: Subject) -> Iterator[Hit]:
    """Promises all of whose deadlines in the text are over before the plan begins or was written, or come after it."""
    for leaf, deadlines in _named(subject):
        outside = [_outside(subject, leaf, deadline) for deadline in deadlines]
        if all(outside):
            hit = _at(leaf, deadlines[0], f"The text says “{deadlines[0].wording}”, which {outside[0]}.")
            is_late = outside[0].startswith(_AFTER)
            yield hit._replace(remedy=_remedy_for_late(leaf)) if is_late else hit


_AFTER = "is after the period"


def _remedy_for_late(leaf: Leaf) -> str:
    """What can be done about a time after the plan: only a milestone can be marked as what comes of the work."""
    remedy = "Correct the time in the text, or the `period`. Work of later years belongs in a later plan."
    is_milestone = isinstance(leaf.item.part, Milestone)
    return f"{remedy} What will come of the work may come later: say `kind: outcome`." if is_milestone else remedy


def _outside(subject: Subject, leaf: Leaf, deadline: Deadline) -> str:
    """How a deadline lies outside the plan, in words. Outcomes, and goals for a year, may well come after it."""
    over = subject.period_around(leaf.item)
    begins, issued = (over.start if over else subject.begins), subject.issued
    if begins is not None and deadline.last < begins and subject.was_over(deadline.last):
        return f"is before the plan begins, on {long_date(begins)}"
    if issued is not None and issued.start and deadline.last < issued.start:
        return "was over when the plan was written"
    is_year = deadline.precision is Precision.CALENDAR_YEAR and not deadline.is_work
    is_goal = leaf.item.get("kind") is MilestoneKind.OUTCOME or is_year
    if over is not None and over.end is not None and deadline.first > over.end and not is_goal:
        whose = "of the plan" if over == subject.period else "stated for it"
        return f"{_AFTER} {whose}, {format_time(over)}"
    return ""


@rule(
    "T24",
    "text-time-relative",
    title="A promise says when only by counting from a day that is not stated",
    severity=Severity.ADVICE,
    heuristic=True,
    owed_by=PLANS,
    why=f"{_DELIVERY}. “In due course” and “the coming months” end on another day for each reader.",
    remedy="Say by which month or financial year, best in `when`.",
    before="""
actions: [Open the clinic in the coming months.]
""",
    after="""
actions: [{text: Open the clinic., when: by March 2028}]
""",
)
def text_relative(subject: Subject) -> Iterator[Hit]:
    """Promises without a date of their own or of their band whose text gives only a relative or an open time."""
    for promise in promises(subject):
        if promise.undated and not promise.is_dated and promise.item.get("when") is None:
            message = f"“{promise.undated}” does not say from when it counts, or when it ends."
            yield Hit(path=promise.path, message=message, at_words=promise.undated)


RULES = (text_contradicts, text_outside_plan, text_relative)
