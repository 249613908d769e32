"""Finds times that cannot hold where they stand: in the wrong band, outside the plan, or against another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.aims import Objective
from pcstrat.model.evidence import Source
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.points import Milestone, Outcome, Point
from pcstrat.model.times import (
    Precision,
    Time,
    TimeKind,
    financial_year_of,
    format_time,
)
from pcstrat.model.vision import Alignment
from pcstrat.model.vocabulary import MilestoneKind
from pcstrat.outline import time_of_band
from pcstrat.rules._bands import ONE_DAY, readings, stands_here, year_ones
from pcstrat.rules._deadlines import earliest_end
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.programme import PlacedBand, PlacedMilestone, Timeline
from pcstrat.rules.subject import Item, Role, Subject

_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones"
_MONTHS, _SEASON, _MONTHS_BEFORE_SPRING = 12, 3, 2
"""How many months a year and a season have, and how many of a year are before spring."""
_FIRST_DAY = (4, 1)
"""Month and day on which financial years begin."""
PROMISED = frozenset({Role.PLANNED, Role.DUE})
_WITHIN_PLAN = PROMISED | {Role.PERIOD, Role.MONEY}


@rule(
    "T07",
    "milestone-in-wrong-band",
    title="A milestone stands under another time than its own",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. Under the wrong year, it is looked for, reported and compared in the wrong year.",
    remedy="Move it to the band of its own time, or correct its time.",
    requires=("T02", "T04", "T06", "T17"),
    before="""
timeline:
  - {label: Start, when: 2027/28}
  - {label: Later, when: 2028/29, milestones: [{text: Open the clinic., when: by June 2027}]}
""",
    after="""
timeline:
  - {label: Start, when: 2027/28, milestones: [{text: Open the clinic., when: by June 2027}]}
  - {label: Later, when: 2028/29, milestones: [{text: Close the hut., when: by June 2028}]}
""",
)
def wrong_band(subject: Subject) -> Iterator[Hit]:
    """Milestones in a band whose own time, deadline or points lie outside the period of the band."""
    for milestone in subject.milestones:
        band = milestone.band
        ends = _ends_of_band(subject, band) if band else None
        if band is None or ends is None:
            continue
        moved_to: PlacedBand | None = None
        for path, time in _times_of(subject, milestone):
            if not _is_filed_outside(time, *ends) or (moved_to and _stands_right(subject, moved_to, time)):
                continue
            moved_to = moved_to or _right_band(subject, milestone, time)
            beyond = _beyond_plan(subject, milestone.item, time)
            message = f"“{time.published}” is not within “{band.band.label}”, under which this stands."
            message += f" It {beyond}." if beyond else ""
            remedy = "Correct its time, or the period of the plan and its bands." if beyond else ""
            remedy = f"Move it to “{moved_to.band.label}”, or correct its time." if moved_to else remedy
            here = path[:-1]
            explained_at = (here,) if _is_outside_anyhow(subject, milestone, time) else (here, band.item.path)
            yield Hit(
                path=path, message=message, remedy=remedy, related=(stands_here(band),), explained_at=explained_at
            )


def _ends_of_band(subject: Subject, band: PlacedBand) -> tuple[dt.date, dt.date] | None:
    for time in filter(None, (band.stated, band.band.band, time_of_band(band.band))):
        dated = subject.resolved(time, band.item)
        if dated.start and dated.end and (time is band.stated or time.precision is not Precision.CALENDAR_YEAR):
            return dated.start, dated.end
    return None


def _times_of(subject: Subject, milestone: PlacedMilestone) -> Iterator[tuple[Path, Time]]:
    """The times a milestone states itself, those of its points last."""
    parts: list[tuple[Path, Point]] = [(milestone.item.path, milestone.milestone)]
    parts += [
        ((*milestone.item.path, "points", index), point) for index, point in enumerate(milestone.milestone.points)
    ]
    for path, part in parts:
        for field in ("when", "due"):
            time = getattr(part, field, None)
            if time is not None:
                yield (*path, field), subject.resolved(time, milestone.item)


def _is_filed_outside(time: Time, start: dt.date, end: dt.date) -> bool:
    """Whether a time cannot stand in a period: a start and a deadline have to lie in it, anything else to touch it."""
    if time.start is None:
        first = earliest_end(time)
        return time.end is not None and (time.end < start or (time.kind is TimeKind.BY and (first or time.end) > end))
    if time.end is None:
        return not start <= time.start <= end
    return time.end < start or end < time.start


def _right_band(subject: Subject, milestone: PlacedMilestone, time: Time) -> PlacedBand | None:
    """The band of the same timeline in which a time would stand right; best one where the milestone's others do too.

    One year is better than the band of all years.
    """
    own = _timeline_of(subject, milestone)
    right = [band for band in own.bands if _stands_right(subject, band, time)] if own else []
    right.sort(key=lambda band: _length_of_band(subject, band))
    times = [other for _, other in _times_of(subject, milestone)]
    for_all = (band for band in right if all(_stands_right(subject, band, other) for other in times))
    return next(itertools.chain(for_all, right), None)


def _length_of_band(subject: Subject, band: PlacedBand) -> dt.timedelta:
    ends = _ends_of_band(subject, band)
    return ends[1] - ends[0] if ends else dt.timedelta.max


def _timeline_of(subject: Subject, milestone: PlacedMilestone) -> Timeline | None:
    return next((line for line in subject.timelines if milestone.band in line.bands), None)


def _stands_right(subject: Subject, band: PlacedBand, time: Time) -> bool:
    ends = _ends_of_band(subject, band)
    return ends is not None and not _is_filed_outside(time, *ends)


def _is_outside_anyhow(subject: Subject, milestone: PlacedMilestone, time: Time) -> bool:
    """Whether a time stands in the wrong band however a fault of the band is put right."""
    own, band = _timeline_of(subject, milestone), milestone.band
    year_one = year_ones(subject)[own].day if own else subject.year_one
    return band is not None and all(_is_filed_outside(time, *ends) for ends in readings(band, year_one))


@rule(
    "T08",
    "time-outside-plan",
    title="A time reaches beyond the period of the plan",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. Nobody answers for what is planned before the plan begins or after it has ended.",
    remedy="Correct the time, or the period of the plan.",
    requires=("T07", "T16", "T17"),
    before="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
ambitions:
  - id: clinics
    title: Clinics
    milestones: [{text: Open the clinic., when: by June 2031}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
ambitions:
  - id: clinics
    title: Clinics
    milestones: [{text: Open the clinic., when: by June 2029}]
""",
)
def outside_plan(subject: Subject) -> Iterator[Hit]:
    """Times of what is planned, or of money, that begin before or end after the period stated over them.

    What is to be done before the plan begins, once readers have the plan, prepares for it.
    """
    for timed in subject.times:
        if timed.role not in _WITHIN_PLAN:
            continue
        time = subject.resolved(timed.time, timed.item)
        if timed.role in PROMISED and _prepares(subject, timed.item, time):
            continue
        beyond = _beyond_plan(subject, timed.item, time)
        if beyond and not timed.item.nearest(Source, Alignment):
            yield Hit(path=timed.path, message=f"“{time.published}” {beyond}.", explained_at=(timed.path,))


def _prepares(subject: Subject, item: Item, time: Time) -> bool:
    """Whether a time begins before its plan or objective does, but only after readers had the plan."""
    over, first = subject.period_around(item), time.start or time.end
    if over is None or not over.start or not over.end or first is None or first >= over.start:
        return False
    return not subject.was_over(first) and (time.end is None or time.end <= over.end)


def _beyond_plan(subject: Subject, item: Item, time: Time) -> str:
    """How a time reaches beyond the period stated over an item, in words with the period; empty if it does not."""
    over = subject.period_around(item)
    if over is None or time is over or not over.start or not over.end:
        return ""
    words = _beyond(time, over.start, over.end, is_outcome=_is_outcome(item))
    return words and f"{words}, {format_time(over)}"


def _is_outcome(item: Item) -> bool:
    return isinstance(item.part, Outcome | Objective) or item.get("kind") is MilestoneKind.OUTCOME


def _beyond(time: Time, start: dt.date, end: dt.date, *, is_outcome: bool) -> str:
    """How a time reaches beyond a period, in words. Outcomes may well follow after a plan has ended."""
    if _touches(time, start, end) or _is_within(time, start, end):
        return ""
    start, end = _ends_for(time, start, end)
    if time.start is not None and time.start < start:
        return "begins before the period of the plan"
    if time.start is None and time.end is not None and time.end < start:
        return "is before the period of the plan"
    if is_outcome:
        return ""
    last = earliest_end(time)
    if (time.start is not None and time.start > end) or (last is not None and last > end):
        return (
            "ends after the period of the plan"
            if time.start and time.start <= end
            else "is after the period of the plan"
        )
    return ""


def _is_within(time: Time, start: dt.date, end: dt.date) -> bool:
    """Whether all days of a time are in a period: most are, and no unit makes a period shorter."""
    return time.start is not None and time.end is not None and start <= time.start <= time.end <= end


def _touches(time: Time, start: dt.date, end: dt.date) -> bool:
    """Whether a part of a year, such as early 2027, has days in a period: on one of these it may be meant."""
    is_part = time.kind is TimeKind.DATE and time.precision is Precision.PART_OF_YEAR
    return is_part and time.start is not None and time.end is not None and time.start <= end and time.end >= start


def _ends_for(time: Time, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The ends of a period in the unit of a time: for years and seasons, those in which it begins and ends.

    What begins in spring may begin in April.
    """
    if time.precision is Precision.CALENDAR_YEAR:
        return dt.date(start.year, 1, 1), dt.date(end.year + 1, 1, 1) - ONE_DAY
    if time.precision is Precision.SEASON:
        return _first_day_of_season(start), _first_day_of_season(end, later=1) - ONE_DAY
    if time.precision is not Precision.FINANCIAL_YEAR or time.kind is TimeKind.BY:
        return start, end
    first, last = financial_year_of(start), financial_year_of(end)
    return dt.date(first, *_FIRST_DAY), dt.date(last + 1, *_FIRST_DAY) - ONE_DAY


def _first_day_of_season(day: dt.date, *, later: int = 0) -> dt.date:
    """The first day of the season of a day, or of one so many seasons later. Spring begins in March."""
    months = day.year * _MONTHS + day.month - 1
    months += later * _SEASON - (months - _MONTHS_BEFORE_SPRING) % _SEASON
    return dt.date(months // _MONTHS, months % _MONTHS + 1, 1)


@rule(
    "T09",
    "times-contradict",
    title="Two times of one item cannot both hold",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. An end before its start, or a target before its baseline, cannot be delivered or measured.",
    remedy="Correct one of the two.",
    before="""
milestones:
  - {text: Open the clinic by March 2028., when: from June 2028, due: by March 2028}
""",
    after="""
milestones:
  - {text: Open the clinic by March 2029., when: from June 2028, due: by March 2029}
""",
)
def contradict(subject: Subject) -> Iterator[Hit]:
    """Items with two times of which the later one, by its meaning, ends before the other starts."""
    for item in subject.of(Milestone, Measure):
        for (first_path, first), (second_path, second), words in _pairs(subject, item):
            if is_before(second, first) or (words == "both" and is_before(first, second)):
                message = f"“{second.published}” does not fit “{first.published}”, which is also stated."
                related = (Related(first_path, f"“{first.published}” stands here."),)
                yield Hit(path=second_path, message=message, related=related)


def _pairs(subject: Subject, item: Item) -> Iterator[tuple[tuple[Path, Time], tuple[Path, Time], str]]:
    """Pairs of times of one item: the second must not end before the first starts; "both": they must meet."""
    part = item.part
    if isinstance(part, Milestone) and part.when and part.due:
        when, due = (subject.resolved(time, item) for time in (part.when, part.due))
        yield ((*item.path, "when"), when), ((*item.path, "due"), due), "both"
    if isinstance(part, Measure):
        read = [(field, reading.when) for field in ("baseline", "latest") if (reading := _reading(part, field))]
        wanted = [("target", reading.when)] if (reading := _reading(part, "target")) else []
        for (early, first), (late, second) in ((a, b) for a in read for b in wanted):
            if first and second:
                yield ((*item.path, early, "when"), first), ((*item.path, late, "when"), second), "order"
        if len(read) > 1 and read[0][1] and read[1][1]:
            yield ((*item.path, "baseline", "when"), read[0][1]), ((*item.path, "latest", "when"), read[1][1]), "order"
        if wanted and wanted[0][1] and part.by:
            yield ((*item.path, "target", "when"), wanted[0][1]), ((*item.path, "by"), part.by), "both"


def _reading(measure: Measure, field: str) -> Reading | None:
    reading = getattr(measure, field)
    return reading if isinstance(reading, Reading) and reading.when else None


def is_before(first: Time, second: Time) -> bool:
    """Whether a time is over before another begins, however they are read."""
    return first.end is not None and second.start is not None and first.end < second.start


RULES = (wrong_band, outside_plan, contradict)
