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
    time_or_none,
)
from pcstrat.model.vision import VisionList
from pcstrat.patterns import Pattern
from pcstrat.rules._bands import ONE_DAY
from pcstrat.rules._counts import COUNT, count_of
from pcstrat.rules._promises import MONTHS
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Item, Leaf, Role, Subject
from pcstrat.text import counted

_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones"
_UNDATED = frozenset({TimeKind.RELATIVE, TimeKind.DURATION})
_LENGTH = Pattern(rf"(?<!last )(?<!past )(?<!previous )\b({COUNT})[ -]?(year|month)s?\b(?! ago)", re.IGNORECASE)
_HORIZON = Pattern(
    rf"""\b(?:(?:in|over|within|during|across)\ the\ (?:next|coming|following)\ ({COUNT})\ (year|month)s?\b
         |(?:in|within)\ ({COUNT})\ (year|month)s?['’]?\ time\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_AHEAD = tuple(map(Pattern, ("next", "coming", "following", r"years?['’]?\s+time", r"months?['’]?\s+time")))
_OF_OTHERS = Pattern(
    r"""\b(?:population|demand|demograph\w+|ageing|retir\w+|contracts?|leases?|expected|expects?|forecast|project(?:ed|ions?)
          |predict\w*|likely|estimated?|risk|vision|ambitions?|national(?:ly)?|government|NHS\ England|hopes?|wants?
          |wish\w*|first\ steps?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of texts in which a horizon is that of a forecast, of a wish, or of somebody else."""
_SENTENCE = Pattern(r"(?<=[.!?;])\s+")
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
    whole = _length_of(period) if period else 0
    if not period or not whole:
        return
    told: set[Item] = set()
    for horizon, item in (*_stated(subject), *_in_texts(subject)):
        if horizon.months <= whole or item in told or not _is_counted(item):
            continue
        told.add(item)
        message = f"“{horizon.wording}” is longer than the plan, which is for {_shown(period)}."
        related = (Related(("document", "period"), "The period of the plan stands here."),)
        yield Hit(path=horizon.path, message=message, at_words=horizon.wording, related=related)


def _shown(period: Time) -> str:
    return format_time(period) if period.is_dated else f"“{period.published}”"


def _length_of(time: Time) -> int:
    """How long a period is, in months; 0 if it does not say. "Next year" and "a few years" have no number."""
    if time.start and time.end:
        days = (time.end - time.start).days + 1
        return round(days / 365.25 * _MONTHS)
    found = _LENGTH.search(time.published) if time.kind in _UNDATED else None
    return _months(found[1], found[2]) if found else 0


def _months(number: str, unit: str) -> int:
    return count_of(number) * (_MONTHS if unit.casefold() == "year" else 1)


def _stated(subject: Subject) -> Iterator[tuple[_Horizon, Item]]:
    """The undated lengths that stand as times of what is planned, each with its item."""
    for timed in subject.times:
        if timed.time.kind is TimeKind.RELATIVE and timed.role in (Role.PLANNED, Role.DUE, Role.TARGET):
            months = _length_of(timed.time)
            if months:
                yield _Horizon(months, timed.time.published, timed.path), timed.item


def _in_texts(subject: Subject) -> Iterator[tuple[_Horizon, Item]]:
    """The lengths that texts look ahead, each with its item."""
    for leaf in subject.own_words.having(*_AHEAD):
        if leaf.field in _TEXTS:
            yield from ((horizon, leaf.item) for horizon in _horizons(leaf))


def _horizons(leaf: Leaf) -> Iterator[_Horizon]:
    is_purpose = leaf.field == "purpose"
    for sentence in _SENTENCE.split(leaf.plain):
        if not _OF_OTHERS.search(sentence) and (not is_purpose or _CLAIMS.search(sentence)):
            for found in _HORIZON.finditer(sentence):
                number, unit = (group for group in found.groups() if group)
                yield _Horizon(_months(number, unit), found[0], leaf.path)


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
        if whole and timed.time.kind in _UNDATED and (months := _length_of(timed.time)):
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


_OF_YEARS = Pattern(
    r"(?<![\w/.,-])(20[0-9]{2})(?P<begins>/[0-9]{2})?(?: ?[-–—/] ?| (?:to|until) )"
    r"(20[0-9]{2})(?P<ends>/[0-9]{2})?(?![\w/])"
)
_PLAN_OF_LENGTH = rf"({COUNT})[- ](year)(?: (?!for\b|of\b|to\b)[\w-]+){{0,4}}? (?:plan|programme|strategy)\b(?!['’])"
_OF_OWN_LENGTH = Pattern(
    rf"(?:(?:^|(?<=: )|(?<=[–—-] ))(?:(?:an?|our|the) )?|\bthis |\bis (?:an?|our|the) ){_PLAN_OF_LENGTH}", re.IGNORECASE
)
"""The length of the plan itself: "this five-year plan". "Part of our five-year plan" speaks of another."""
_SPEAKS_OF_OTHER_PLAN = Pattern(rf"^(?:our|the) {_PLAN_OF_LENGTH} [a-z]", re.IGNORECASE)
"""A sentence on a plan by its length, which tells it from the one that it stands in."""
_CLAIMS = Pattern(
    r"\b(?:plan|programme|strategy|document)\b|\bwe (?:will|shall|plan to|are going to)\b"
    r"|\b(?:how|what) (?:we|the|will)\b|^(?:how|it|to|what)\b",
    re.IGNORECASE,
)
"""What says in a purpose that the plan covers a time; forecasts say what others will do."""
_OF_ANOTHER_PLAN = Pattern(
    r"\b(?:annual|chapter|part|progress|refresh(?:ed)?|report|review|update|year [0-9])\b", re.IGNORECASE
)
"""Words of titles in which the years may be those of a plan that this one reports on or belongs to."""
_ON_THE_COVER = frozenset(("document", field) for field in ("title", "subtitle", "purpose"))
_MONTH_AND_YEAR = rf"(?:{MONTHS} )?20[0-9]{{2}}"
_OF_MONTHS = Pattern(
    rf"\bbetween ({_MONTH_AND_YEAR}) and ({_MONTH_AND_YEAR})(?![\w/])"
    rf"|(?<![\w,-])({MONTHS} 20[0-9]{{2}}) ?(?:to|until|[-–—]) ?({MONTHS} 20[0-9]{{2}})(?![\w/])",
    re.IGNORECASE,
)
"""From which month to which, "between" them or not."""
_SENTENCES = Pattern(r"(?<=[.!?])\s+")
_FINANCIAL_YEARS = Pattern(r"(?<![\w/-])20[0-9]{2}/[0-9]{2}(?![\w/-])")
_NAMES_DOCUMENT = Pattern(
    r"\b(?:[A-Z]\w+ (?:Framework|Plan|Programme|Strategy)|council|county|framework|government|joint|law|national|survey"
    r"|trust)\b"
)
"""In a purpose: that the years in it may be those of another document."""
_OVER_YEARS = Pattern(rf"\bover ({COUNT}) (year)s\b", re.IGNORECASE)
_HALF_A_YEAR = 6
_THIRD_OF_A_YEAR = dt.timedelta(days=120)


@rule(
    "T29",
    "title-and-period-differ",
    title="The title or the purpose speaks of other years than the period of the plan",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""The years on the cover are what readers remember and what other documents quote. Rules, charts and comparison
    go by the period: both must say the same.""",
    remedy="Correct the words or `document.period`.",
    before="""
document: {title: A five-year plan for ponds, kind: primary care strategy, period: 2027-2030}
""",
    after="""
document: {title: A three-year plan for ponds, kind: primary care strategy, period: 2027-2030}
""",
)
def title_differs(subject: Subject) -> Iterator[Hit]:
    """A title, subtitle or purpose whose years, or number of years, are none that the stated period can mean."""
    period = subject.document.period
    if period is None or subject.document.part_of is not None:
        return
    for leaf in subject.own_texts:
        if leaf.path[0] != "document" or leaf.path not in _ON_THE_COVER:
            continue
        wording = _other_years(leaf, period) or _other_length(leaf, _length_of(period))
        if wording:
            message = f"“{wording}” stands here, but the period of the plan is {_shown(period)}."
            related = (Related(("document", "period"), "The period of the plan stands here."),)
            yield Hit(path=leaf.path, message=message, at_words=wording, related=related)


def _other_years(leaf: Leaf, period: Time) -> str:
    """The years from and to which a title runs, if they are not those of a dated period, as written.

    A purpose may look less far ahead than the plan, but no further, and from no earlier day.
    """
    if not period.start or not period.end or "20" not in leaf.plain or _OF_ANOTHER_PLAN.search(leaf.plain):
        return ""
    if leaf.field == "purpose":
        return _years_outside(leaf, period)
    if months := _months_named(leaf.plain):
        begin, end, wording = months
        return "" if _is_month_of(begin, period.start) and _is_month_of(end, period.end) else wording
    found = list(_OF_YEARS.finditer(leaf.plain))
    fits = any(
        _may_mean(match[1], match["begins"], period.start, 1) and _may_mean(match[3], match["ends"], period.end, -1)
        for match in found
    )
    if found:
        return "" if fits else found[0][0]
    return _year_outside(leaf.plain, period.start, period.end)


def _years_outside(leaf: Leaf, period: Time) -> str:
    """The years that a sentence of a purpose gives the plan, if they begin before its period or end after it."""
    if not period.start or not period.end:
        return ""
    for sentence in _SENTENCES.split(leaf.plain):
        if not _CLAIMS.search(sentence) or _NAMES_DOCUMENT.search(sentence):
            continue
        if months := _months_named(sentence):
            begin, end, wording = months
            is_before = begin < period.start and not _is_month_of(begin, period.start)
            if is_before or (end > period.end and not _is_month_of(end, period.end)):
                return wording
        elif years := _OF_YEARS.search(sentence):
            first, last = int(years[1]), int(years[3])
            if first < period.start.year or last > (period.end + ONE_DAY).year:
                return years[0]
        elif wording := _year_outside(sentence, period.start, period.end):
            return wording
    return ""


def _months_named(words: str) -> tuple[dt.date, dt.date, str] | None:
    """The first day and the last that words run from and to, month by month, and the words."""
    found = _OF_MONTHS.search(words)
    if found is None:
        return None
    first, last = (time_or_none(name) for name in found.groups() if name)
    return (first.start, last.end, found[0]) if first and last and first.start and last.end else None


def _is_month_of(day: dt.date, other: dt.date) -> bool:
    """Whether two days are in one month, or a day apart, as 31 March and 1 April are."""
    return (day.year, day.month) == (other.year, other.month) or abs(day - other) <= ONE_DAY


def _year_outside(words: str, begin: dt.date, end: dt.date) -> str:
    """The first financial year that words name, if it is wholly outside a period; no word for one of several years."""
    within = range(financial_year_of(begin), financial_year_of(end) + 1)
    years = _FINANCIAL_YEARS.findall(words)
    return next((year for year in years if int(year[:4]) not in within), "")


def _may_mean(year: str, is_financial: str | None, day: dt.date, inwards: int) -> bool:
    """Whether a year on a cover, 2027 or 2027/28, can be that of the first or last day of a period.

    Where the plan's own years are not financial ones, 2027/28 may be one from July to June.
    """
    if not is_financial:
        return int(year) in {day.year, financial_year_of(day), (day + ONE_DAY).year}
    return int(year) in {financial_year_of(day), financial_year_of(day + inwards * _THIRD_OF_A_YEAR)}


def _other_length(leaf: Leaf, whole: int) -> str:
    """The number of years that a text gives the plan or looks ahead, if no such number fits its months, as written.

    A purpose may look less far ahead than the plan.
    """
    if not whole or "year" not in leaf.plain.casefold() or _OF_ANOTHER_PLAN.search(leaf.plain):
        return ""
    is_other = leaf.field == "purpose" and _SPEAKS_OF_OTHER_PLAN.match(leaf.plain)
    found = () if is_other else _OF_OWN_LENGTH.finditer(leaf.plain)
    own = [(_months(match[1], match[2]), match[0]) for match in found]
    ahead = [(horizon.months, horizon.wording) for horizon in _horizons(leaf)]
    ahead += [(_months(match[1], match[2]), match[0]) for match in _OVER_YEARS.finditer(leaf.plain)]
    named = (_months(match[1], match[2]) for match in _LENGTH.finditer(leaf.plain))
    if any(abs(months - whole) <= _HALF_A_YEAR for months in named):
        return ""
    return next((wording for _, wording in (*own, *(entry for entry in ahead if entry[0] > whole))), "")


RULES = (exceeds_plan, left_empty, title_differs)
