"""Turns a plan into its outline: its aims and their parts, times and amounts, and where the page shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from pcstrat.model.aims import Ambition, Band, Objective, Strand
from pcstrat.model.base import Model
from pcstrat.model.document import Document
from pcstrat.model.measures import Measure
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action, Lineage, Milestone, Point
from pcstrat.model.times import KEPT, Precision, SortKey, Time, TimeKind, resolve_years, time_or_none
from pcstrat.model.vocabulary import Progress
from pcstrat.patterns import Pattern
from pcstrat.placeholders import filled

_LABEL_END = Pattern(r"\s*(?:[:;,(]|(?<!\d)[–—]|[–—](?!\d))|\s[–—]|\s+-")
"""Where the first part of a label ends. A dash between two numbers joins them: "2029–31"."""
_LABEL_BREAK = Pattern(r"\s*[:;,()]")
_AROUND_TIME = " .)–—-"
_MONTHS = 12


def part_id(*steps: str) -> str:
    """The anchor of a part that has no id of its own. Two hyphens keep it apart from the ids of plans."""
    return "--".join(steps)


def aims_of(plan: Plan) -> tuple[Objective, ...]:
    """The ambitions and enablers of a plan, without what stands under them."""
    return (*plan.ambitions, *plan.enablers)


def children_of(part: Objective | Strand) -> tuple[Objective, ...]:
    """The objectives of an ambition; of anything else, none."""
    return part.objectives if isinstance(part, Ambition) else ()


def ambitions_above(plan: Plan) -> Mapping[str, Objective]:
    """The ambition that each objective stands under, by the id of the objective."""
    return {objective.id: ambition for ambition in plan.ambitions for objective in ambition.objectives}


def answering(aim: Objective, above: Objective | None) -> Objective | None:
    """Whose accountable bodies and owner answer for an aim: its own, else those of the ambition it stands under."""
    return next((each for each in (aim, above) if each is not None and each.who_answers), None)


def all_parts(aim: Objective) -> Iterator[Objective | Strand]:
    """The aim, its strands, and the same of its objectives."""
    yield aim
    yield from aim.strands
    for child in children_of(aim):
        yield from all_parts(child)


def passed_down(part: Model, codes: Sequence[str]) -> tuple[str, ...]:
    """Which national commitments of a part hold for those parts of it that say nothing: none that another one answers.

    What was given up answers nothing.
    """
    if not codes or not isinstance(part, Objective | Strand):
        return tuple(codes)
    answered = {code for each in _standing_parts(part) if each is not part for code in each.commitments}
    return tuple(code for code in codes if code not in answered)


def _standing_parts(part: Objective | Strand) -> Iterator[Objective | Strand]:
    """A part, its strands and its objectives, without those that were given up and what stands in them."""
    yield part
    below: tuple[Objective | Strand, ...] = part.strands if isinstance(part, Objective) else ()
    for each in (*below, *children_of(part)):
        if each.retired is None:
            yield from _standing_parts(each)


def parts_of(plan: Plan) -> Iterator[Objective | Strand]:
    """Every aim and strand of a plan, outer ones first."""
    return (part for aim in aims_of(plan) for part in all_parts(aim))


def placed_parts(plan: Plan) -> Iterator[tuple[Objective, Objective | Strand, bool]]:
    """Every aim and strand of a plan with its aim, and whether it, or what it stands in, was given up."""
    for top in aims_of(plan):
        aim = top
        for part in all_parts(top):
            aim = part if isinstance(part, Objective) else aim
            yield aim, part, any(each.retired is not None for each in (top, aim, part))


def given_up_aims(plan: Plan) -> frozenset[str]:
    """The ids of the ambitions, objectives and enablers that were given up, or stand in an ambition that was."""
    return frozenset(part.id for _, part, is_given_up in placed_parts(plan) if is_given_up and part.id)


def milestones_of(part: Objective | Strand) -> Iterator[Milestone]:
    """Every milestone of one part, inside and outside bands."""
    for band in part.timeline:
        yield from band.milestones
    yield from part.milestones


def ids_in(part: Objective | Strand) -> Iterator[str]:
    """The ids of a part and of what stands in it, without the objectives and strands below it."""
    points = (*part.actions, *milestones_of(part), *part.outcomes, *part.features, *part.approach)
    for item in (part, *part.timeline, *_with_points(points), *_with_points(part.measures)):
        if item.id:
            yield item.id


def _with_points(items: Iterable[Point | Measure]) -> Iterator[Point | Measure]:
    for item in items:
        yield item
        yield from _with_points(item.points)


def counts_as_milestone(action: Action) -> bool:
    """Whether an action counts as a milestone: where the plan says when it is to happen, or how far it has got."""
    return action.when is not None or action.status is not None


def goes_on(item: Lineage) -> bool:
    """Whether a plan still means to do something: it was not given up, and is not stopped."""
    return item.retired is None and not (isinstance(item, Action) and item.status is Progress.STOPPED)


class Dated(NamedTuple):
    """A milestone, or an action that counts as one, and where it stands.

    `time` is the one that counts, as `stated_time` says, with the dates that programme years mean. `is_given_up` says
    that it was, or something around it. `above` is the ambition that an objective stands under.
    """

    aim: Objective
    part: Objective | Strand
    band: Band | None
    milestone: Action
    time: Time | None
    is_given_up: bool
    above: Objective | None

    @property
    def stated_owner(self) -> str | None:
        """The nearest owner that is stated, if only as a placeholder: its own, or that of what it stands in."""
        around = (self.milestone, self.part, answering(self.aim, self.above) or self.aim)
        return next((each.owner for each in around if each.owner), None)

    @property
    def owner(self) -> str:
        """The nearest owner that is stated; empty where that is a placeholder."""
        return "".join(filled(self.stated_owner))

    @property
    def own_time(self) -> Time | None:
        """The time that the milestone itself states."""
        milestone = self.milestone
        return milestone.when or (milestone.due if isinstance(milestone, Milestone) else None)

    @property
    def band_time(self) -> Time | None:
        """The time of the band it stands in."""
        return None if self.band is None else time_of_band(self.band)

    @property
    def goes_on(self) -> bool:
        """Whether the plan still means it to happen."""
        return not self.is_given_up and goes_on(self.milestone)

    @property
    def sort_key(self) -> SortKey:
        """Dated milestones by their days; those without a time come last."""
        return self.time.sort_key if self.time is not None else (True, dt.date.max, dt.date.max, "")

    @property
    def is_dated(self) -> bool:
        """Whether a day is known for its start or its end, if only by a reading of a date that is printed unclearly."""
        return self.time is not None and self.time.is_dated


def first_day(plan: Plan) -> dt.date | None:
    """The first day of a plan: of its period, else of its Year 1, else of its first band."""
    if plan.document.period is not None and plan.document.period.start is not None:
        return plan.document.period.start
    stated = (stated_period(band) for part in parts_of(plan) for band in part.timeline)
    return calendar_of(plan).year_one or min((time.start for time in stated if time and time.start), default=None)


def last_day_written(document: Document) -> dt.date | None:
    """The last day that a plan's date can mean: of its approval or publication, whichever is later."""
    stated = (document.approved, document.published)
    return max((time.end for time in stated if time and time.end), default=None)


def known_start(plan: Plan) -> dt.date | None:
    """The day from which on something has happened since: the plan's stated date, else the day on which it begins."""
    return last_day_written(plan.document) or first_day(plan)


class Calendar(NamedTuple):
    """What "Year 5" means in a plan: the first day of its Year 1, if the plan says so with one voice."""

    year_one: dt.date | None

    def time_of(self, milestone: Action, band: Band | None, part: Objective | Strand) -> Time | None:
        """The time that counts for a milestone of a part, as `Dated` says."""
        time = stated_time(milestone, band)
        if time is None or time.years is None or time.is_dated:
            return time
        return resolve_years(time, self.year_one, periods_by_year(part.timeline))


def stated_time(milestone: Action, band: Band | None) -> Time | None:
    """The time that counts for a milestone, or an action, that stands in a band or in none, as the plan states it.

    It is the deadline that its text names as a second time, else its own time, else that of its band. A deadline
    without a known last day stands behind its own time.
    """
    due = milestone.due if isinstance(milestone, Milestone) else None
    own = (due if due and due.end else None) or milestone.when or due
    return own or (None if band is None else time_of_band(band))


def time_of_band(band: Band) -> Time | None:
    """The time that a band gives to what stands in it.

    It is a period with both ends known, else what the band states first, else the time that its label is.
    """
    return stated_period(band) or band.when or band.band or time_of_label(band.label)


@lru_cache(maxsize=KEPT)
def time_of_label(label: str) -> Time | None:
    """The dates or programme years that a label is, or that one part of it is: "2026/27", "Year 1: first steps".

    Of words around a time nothing is taken: "Preparing for 2027/28" says no time. Dates come before programme years.
    """
    if not any(map(str.isdigit, label)) and label[:1] not in "yY":
        return None
    readings = [_times_in(parts) for parts in ((label,), _LABEL_BREAK.split(label), _LABEL_END.split(label))]
    dated = [found for times in readings if (found := [time for time in times if time.is_dated])]
    first = next(iter((*dated, *filter(None, readings))), [])
    return first[0] if len(first) == 1 else None


def _times_in(texts: Sequence[str]) -> list[Time]:
    """Those texts that are a time with dates or programme years."""
    read = (time_or_none(text.strip(_AROUND_TIME) if len(texts) > 1 else text) for text in texts)
    return [time for time in read if time is not None and (time.is_dated or time.years)]


def milestones_in_plan(plan: Plan) -> Iterator[Dated]:
    """Everything that counts as a milestone, in the order of the plan: this is what every count of them counts."""
    calendar, above = calendar_of(plan), ambitions_above(plan)
    for aim, part, is_given_up in placed_parts(plan):
        yield from milestones_in_part(aim, part, calendar, above=above.get(aim.id), is_given_up=is_given_up)


def milestones_in_part(
    aim: Objective,
    part: Objective | Strand,
    calendar: Calendar,
    *,
    above: Objective | None = None,
    is_given_up: bool = False,
) -> Iterator[Dated]:
    """Everything that counts as a milestone in one part of an aim, without the parts below it.

    `above` is the ambition over an objective; `is_given_up` says that something around the part was.
    """
    for band, each in placed_milestones(part):
        given_up = is_given_up or part.retired is not None or each.retired is not None
        yield Dated(aim, part, band, each, calendar.time_of(each, band, part), given_up, above)


def placed_milestones(part: Objective | Strand) -> Iterator[tuple[Band | None, Action]]:
    """Everything that counts as a milestone in one part, each with the band it stands in."""
    for band in part.timeline:
        yield from zip(repeat(band), band.milestones)
    yield from zip(repeat(None), part.milestones)
    yield from zip(repeat(None), filter(counts_as_milestone, part.actions))


def calendar_of(plan: Plan) -> Calendar:
    """The calendar of a plan: what its timelines say of Year 1, else the start of its period."""
    stated = (year_one_of(band) for part in parts_of(plan) for band in part.timeline)
    return Calendar(common_year_one(stated, plan.document.period))


def common_year_one(stated: Iterable[dt.date | None], period: Time | None) -> dt.date | None:
    """The first day of Year 1: what timelines state with one voice, else the start of the plan's period."""
    days = {day for day in stated if day}
    if days:
        return days.pop() if len(days) == 1 else None
    return period.start if period is not None else None


def stated_period(band: Band) -> Time | None:
    """The period that a band states, with both ends known: in its fields, else as its label."""
    placed = placed_period(band)
    return None if placed is None else placed[1]


def placed_period(band: Band) -> tuple[str, Time] | None:
    """The field in which a band states its period, and the period; the label only where no field has a date."""
    for field, time in (("when", band.when), ("band", band.band)):
        if time is not None and time.start and time.end:
            return field, time
    if band.when is not None or (band.band is not None and band.band.is_dated):
        return None
    said = time_of_label(band.label)
    if said is None or not (said.start and said.end) or said.precision is Precision.CALENDAR_YEAR:
        return None  # "2027" over a band may be the financial year that begins in it
    return "label", said


def years_of(band: Band) -> tuple[int, int] | None:
    """The first and the last programme year that a band is for: as stated, else as its label begins.

    "Year 3 onwards" is for the years of its period, as many as it states.
    """
    said = _years_said(band)
    if said is None or said.years is None:
        return None
    first, last = said.years
    period = stated_period(band)
    if said.kind is TimeKind.FROM and period is not None and period.start and period.end:
        months = (period.end.year - period.start.year) * _MONTHS + period.end.month - period.start.month
        return first, first + months // _MONTHS
    return first, last


def is_open(band: Band) -> bool:
    """Whether a band says from which programme year on it is, and not until which: "Year 3 onwards"."""
    said = _years_said(band)
    return said is not None and said.kind is TimeKind.FROM


def _years_said(band: Band) -> Time | None:
    for time in (band.band, band.when):
        if time is not None and time.years:
            return time
    return _years_in_label(band.label)


@lru_cache(maxsize=KEPT)
def _years_in_label(label: str) -> Time | None:
    """The programme years of "Year 2", "Years 2 to 3: growing" and "2026/27 (Year 2)"; "Year 6 pupils" are none."""
    if label[:1] in "yY":
        time = time_or_none(label) or time_or_none(_LABEL_END.split(label, maxsplit=1)[0])
        return time if time is not None and time.years else None
    if label[:1] not in "0123456789" or time_of_label(label) is None:
        return None
    return next((time for time in _times_in(_LABEL_END.split(label)) if time.years), None)


def year_one_of(band: Band) -> dt.date | None:
    """The first day of Year 1, if the band states it."""
    said = _years_said(band)
    if said is None or said.years is None or said.years[0] != 1:
        return None
    period = stated_period(band)
    return period.start if period is not None and years_of(band) == (1, 1) else None


def periods_by_year(bands: Iterable[Band]) -> Mapping[int, Time]:
    """The stated period of each programme year; where two bands claim a year, the first."""
    found: dict[int, Time] = {}
    for band in bands:
        stated, years = stated_period(band), years_of(band)
        if stated is None or years is None:
            continue
        period = Time(
            published=stated.published,
            kind=TimeKind.BAND,
            start=stated.start,
            end=stated.end,
            precision=stated.precision,
            years=years,
        )
        for year in range(years[0], years[1] + 1):
            found.setdefault(year, period)
    return found
