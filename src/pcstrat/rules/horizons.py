"""Finds numbers of years that do not fit the plan: promised for longer than it runs, or spoken of and left empty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.measures import Measure
from pcstrat.model.points import Milestone, Outcome
from pcstrat.model.times import (
    Time,
    TimeKind,
    financial_year_name,
    financial_year_of,
    format_time,
)
from pcstrat.model.vision import VisionList
from pcstrat.numerals import number_of
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Item, Leaf, Role, Subject
from pcstrat.text import counted

_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones"
_UNDATED = frozenset({TimeKind.RELATIVE, TimeKind.DURATION})
LENGTH = Pattern(rf"(?<!last )(?<!past )(?<!previous )\b({COUNT})[ -]?(year|month)s?\b(?! ago)", re.IGNORECASE)
_HORIZON = Pattern(
    rf"""\b(?:(?:in|over|within|during|across)\ the\ (?:next|coming|following)\ ({COUNT})\ (year|month)s?\b
         |(?:in|within)\ ({COUNT})\ (year|month)s?['’]?\ time\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_AHEAD = tuple(map(Pattern, ("next", "coming", "following", r"years?['’]?\s+time", r"months?['’]?\s+time")))
OF_OTHERS = Pattern(
    r"""\b(?:population|demand|demograph\w+|ageing|retir\w+|contracts?|leases?|expected|expects?|forecast|project(?:ed|ions?)
          |predict\w*|likely|estimated?|risk|vision|ambitions?|national(?:ly)?|government|NHS\ England|hopes?|wants?
          |wish\w*|first\ steps?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of texts in which a horizon is that of a forecast, of a wish, or of somebody else."""
_SENTENCE = Pattern(r"(?<=[.!?;])\s+")
CLAIMS = Pattern(
    r"\b(?:plan|programme|strategy|document)\b|\bwe (?:will|shall|plan to|are going to)\b"
    r"|\b(?:how|what) (?:we|the|will)\b|^(?:how|it|to|what)\b",
    re.IGNORECASE,
)
"""What says in a purpose that the plan covers a time; forecasts say what others will do."""
_YEAR = Pattern(r"\b20[0-9]{2}\b")
_TEXTS = frozenset({"text", "title"})
_MONTHS = 12


class _Horizon(NamedTuple):
    """A length of time that a plan looks ahead, in months, as worded, and where."""

    months: int
    wording: str
    path: Path


@rule(
    "T25",
    "horizon-exceeds-plan",
    title="Something is promised within more years than the plan has",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"""{_DELIVERY}. What is to be there after the plan has ended, the plan cannot show, and nobody answers for
    it.""",
    remedy="Say what will be reached by the end of the plan, or correct the number of years.",
    before="""
document: {title: A plan, kind: primary care strategy, period: across a three year period}
ambitions:
  - id: clinics
    title: Clinics
    outcomes: [{text: 300 fewer falls., when: in the next 4 years}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: across a three year period}
ambitions:
  - id: clinics
    title: Clinics
    outcomes: [{text: 300 fewer falls., when: in the next 3 years}]
""",
)
def exceeds_plan(subject: Subject) -> Iterator[Hit]:
    """Measures, milestones and outcomes with a number that look further ahead than the plan's stated period is long."""
    period = subject.document.period
    whole = length_of(period) if period else 0
    if not period or not whole:
        return
    told: set[Item] = set()
    for horizon, item in (*_stated(subject), *_in_texts(subject)):
        if horizon.months <= whole or item in told or not _is_counted(item):
            continue
        told.add(item)
        message = f"“{horizon.wording}” is longer than the plan, which is for {shown(period)}."
        related = (Related(("document", "period"), "The period of the plan stands here."),)
        yield Hit(path=horizon.path, message=message, at_words=horizon.wording, related=related)


def shown(period: Time) -> str:
    """A period as it is written where it has no dates, else in dates."""
    return format_time(period) if period.is_dated else f"“{period.published}”"


def length_of(time: Time) -> int:
    """How long a period is, in months; 0 if it does not say. "Next year" and "a few years" have no number."""
    if time.start and time.end:
        days = (time.end - time.start).days + 1
        return round(days / 365.25 * _MONTHS)
    found = LENGTH.search(time.published) if time.kind in _UNDATED else None
    return in_months(found[1], found[2]) if found else 0


def in_months(number: str, unit: str) -> int:
    """A number of years or months, in months."""
    return number_of(number) * (_MONTHS if unit.casefold() == "year" else 1)


def _stated(subject: Subject) -> Iterator[tuple[_Horizon, Item]]:
    """The undated lengths that stand as times of what is planned, each with its item."""
    for timed in subject.times:
        if timed.time.kind is TimeKind.RELATIVE and timed.role in (Role.PLANNED, Role.DUE, Role.TARGET):
            months = length_of(timed.time)
            if months:
                yield _Horizon(months, timed.time.published, timed.path), timed.item


def _in_texts(subject: Subject) -> Iterator[tuple[_Horizon, Item]]:
    """The lengths that texts look ahead, each with its item."""
    for leaf in subject.own_words.having(*_AHEAD):
        if leaf.field in _TEXTS:
            yield from ((horizon, leaf.item) for horizon in horizons_in(leaf))


def horizons_in(leaf: Leaf) -> Iterator[_Horizon]:
    """The lengths of time that a text of the plan looks ahead; of a purpose, where it says so of the plan."""
    is_purpose = leaf.field == "purpose"
    for sentence in _SENTENCE.split(leaf.plain):
        if not OF_OTHERS.search(sentence) and (not is_purpose or CLAIMS.search(sentence)):
            for found in _HORIZON.finditer(sentence):
                number, unit = (group for group in found.groups() if group)
                yield _Horizon(in_months(number, unit), found[0], leaf.path)


def _is_counted(item: Item) -> bool:
    """Whether somebody will count at the end whether it came about: a vision may look further."""
    around = item.nearest(Measure, Milestone, Outcome)
    if around is None or around.is_retired:
        return False
    return not isinstance(around.part, Outcome) or any(sign.isdigit() for sign in around.get("text") or "")


@rule(
    "T26",
    "years-left-empty",
    title="A plan speaks of more years than it has milestones for",
    severity=Severity.ADVICE,
    heuristic=True,
    owed_by=PLANS,
    why=f"""{_DELIVERY}. Readers who are told of five years, and find work for two, cannot see how the rest will be
    reached.""",
    remedy="Add what is planned for the later years, or say in `document.period` for which years the plan is.",
    before="""
document: {title: A plan, kind: primary care strategy}
vision: {text: Care for all., lists: [{id: aims, title: Our aims, when: over the next five years}]}
ambitions:
  - id: clinics
    title: Clinics
    timeline:
      - {label: Start, when: 2027/28, milestones: [Open the first clinic.]}
      - {label: End, when: 2028/29, milestones: [Open the second clinic.]}
""",
    after="""
document: {title: A plan, kind: primary care strategy}
vision: {text: Care for all., lists: [{id: aims, title: Our aims, when: over the next two years}]}
ambitions:
  - id: clinics
    title: Clinics
    timeline:
      - {label: Start, when: 2027/28, milestones: [Open the first clinic.]}
      - {label: End, when: 2028/29, milestones: [Open the second clinic.]}
""",
)
def left_empty(subject: Subject) -> Iterator[Hit]:
    """Undated periods over the whole plan, its vision or the outcomes of an aim that outlast its last dated year."""
    if subject.period is not None:
        return
    horizon = max(_over_the_plan(subject), key=lambda found: found.months, default=None)
    years = sorted({financial_year_of(day) for day in _planned_days(subject)}) if horizon else []
    if horizon is None or not years or _goes_on(subject):
        return
    begins = subject.written_from
    first = min(years[0], financial_year_of(begins)) if begins else years[0]
    missing = first + horizon.months // _MONTHS - 1 - years[-1]
    if missing > 0 and not _names_later_year(subject, years[-1]):
        last = financial_year_name(years[-1])
        message = (
            f"The plan speaks of “{horizon.wording}”, but nothing is planned after {last}: "
            f"{counted(missing, 'year')} of {horizon.months // _MONTHS} would be left empty, counted from "
            f"{financial_year_name(first)}."
        )
        yield Hit(path=horizon.path, message=message, at_words=horizon.wording)


def _over_the_plan(subject: Subject) -> Iterator[_Horizon]:
    """The undated lengths of the plan as a whole, and of the outcomes of its aims."""
    for timed in subject.times:
        whole = timed.role is Role.PLAN or isinstance(timed.item.part, VisionList) or timed.field == "outcomes_when"
        if whole and timed.time.kind in _UNDATED and (months := length_of(timed.time)):
            yield _Horizon(months, timed.time.published, timed.path)


_PLANNED = frozenset({Role.PLANNED, Role.DUE, Role.TARGET, Role.PERIOD})


def _planned_times(subject: Subject) -> Iterator[Time]:
    """The times of what is planned under the plan's aims, and of the bands that hold something."""
    for timed in subject.times:
        if timed.role in _PLANNED and timed.item.aim_or_strand:
            yield subject.resolved(timed.time, timed.item)


def _planned_days(subject: Subject) -> Iterator[dt.date]:
    """The first and the last day of each."""
    for time in _planned_times(subject):
        yield from (day for day in (time.start, time.end) if day)


def _names_later_year(subject: Subject, last: int) -> bool:
    """Whether a text under an aim names a year after the last dated one."""
    texts = (leaf.text for leaf in subject.own_texts if leaf.field in _TEXTS and leaf.item.aim_or_strand)
    return any(int(year) > last + 1 for text in texts for year in _YEAR.findall(text))


def _goes_on(subject: Subject) -> bool:
    """Whether something planned has no end, so that no later year is left empty."""
    return any(time.start and not time.end for time in _planned_times(subject))


RULES = (exceeds_plan, left_empty)
