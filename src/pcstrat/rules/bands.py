"""Finds faults in timelines: bands that overlap, leave gaps, or disagree with their years, labels or each other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.times import Time, TimeKind, format_time
from pcstrat.rules._bands import (
    MONTHS,
    ONE_DAY,
    Ends,
    YearOne,
    all_bands,
    contradicts,
    counted_from,
    ends_of,
    from_to,
    is_moment,
    length_in_words,
    months_between,
    months_of,
    neighbours,
    period_path,
    period_text,
    readings,
    shown,
    single_years,
    stands_here,
    that_many_years,
    time_in_label,
    wrong_length,
    year_ones,
    year_readings,
    years_in_words,
)
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.programme import PlacedBand, Timeline
from pcstrat.rules.subject import Subject

_MILESTONES = "NHS England's guidance on joint forward plans asks for specific objectives, trajectories and milestones"


@rule(
    "T01",
    "bands-overlap",
    title="Two bands of one timeline overlap",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. Where bands overlap, nobody can tell in which of them an action falls.",
    remedy="Let each band begin when the one before it has ended.",
    requires=("T02", "T04", "T06"),
    before="""
timeline:
  - {label: First phase, when: 2027/28 to 2028/29}
  - {label: Second phase, when: 2028/29}
""",
    after="""
timeline:
  - {label: First phase, when: 2027/28}
  - {label: Second phase, when: 2028/29}
""",
)
def overlap(subject: Subject) -> Iterator[Hit]:
    """Neighbouring bands whose stated periods share days."""
    for timeline in subject.timelines:
        for before, first, band, second in neighbours(timeline):
            if _overlap(first, second):
                message = f"{shown(band)} overlaps {shown(before)}."
                explained_at = () if _in_any_case(_overlap, subject, timeline, before, band) else None
                related = (stands_here(before),)
                yield Hit(path=period_path(band), message=message, related=related, explained_at=explained_at)


def _overlap(first: Ends, second: Ends) -> bool:
    return second[0] <= first[1] and first[0] <= second[1]


def _leave_gap(first: Ends, second: Ends) -> bool:
    return second[0] - first[1] > ONE_DAY


def _in_any_case(
    fault: Callable[[Ends, Ends], bool], subject: Subject, timeline: Timeline, before: PlacedBand, band: PlacedBand
) -> bool:
    """Whether two bands have a fault however other faults of theirs are put right, so that none explains it."""
    year_one = year_ones(subject)[timeline].day
    pairs = itertools.product(readings(before, year_one), readings(band, year_one))
    return all(fault(first, second) for first, second in pairs)


@rule(
    "T02",
    "band-length",
    title="A band is longer or shorter than the years it is for",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. A label that says three years over dates of two leaves the year of each action open.",
    remedy="Correct the years or the dates, whichever is wrong.",
    requires=("T06",),
    before="""
timeline:
  - {label: Later, band: Years 2 to 4, when: April 2028 to March 2030}
""",
    after="""
timeline:
  - {label: Later, band: Years 2 to 4, when: April 2028 to March 2031}
""",
)
def length(subject: Subject) -> Iterator[Hit]:
    """Bands whose stated period is not as many years long as their programme years are."""
    for band in all_bands(subject):
        months = wrong_length(band)
        if months is not None and band.years is not None:
            wanted = that_many_years(months_of(band.years) // MONTHS)
            message = f"{years_in_words(band.years)} {wanted}, but {period_text(band)} {length_in_words(months)}."
            explained_at = None if _has_length_of_label(band, months) else ()
            yield Hit(path=period_path(band), message=message, explained_at=explained_at)


def _has_length_of_label(band: PlacedBand, months: float) -> bool:
    """Whether the length of a band is right for the years, or the dates of its years right, that its label says."""
    lengths = {months_of(years) for years in year_readings(band)}
    said = time_in_label(band.band.label)
    dates = months_between(said.start, said.end) if said and said.start and said.end else None
    return months in lengths or dates in lengths


@rule(
    "T03",
    "bands-gap",
    title="A timeline has a gap between two bands",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. In a gap the plan promises nothing, which is seldom meant.",
    remedy="""Let each band begin on the day after the one before it ends, or add a band for the time between that says
    in its `text` why nothing is planned.""",
    requires=("T02", "T04", "T06"),
    before="""
timeline:
  - {label: First phase, when: 2027/28}
  - {label: Second phase, when: 2029/30}
""",
    after="""
timeline:
  - {label: First phase, when: 2027/28}
  - {label: Second phase, when: 2028/29 to 2029/30}
""",
)
def gap(subject: Subject) -> Iterator[Hit]:
    """Neighbouring bands between whose stated periods there are days. Months and seasons may only be the busy ones."""
    for timeline in subject.timelines:
        for before, first, band, second in neighbours(timeline):
            if _leave_gap(first, second) and not (is_moment(before) or is_moment(band)):
                missing = format_time(from_to(first[1] + ONE_DAY, second[0] - ONE_DAY))
                message = f"No band covers {missing}, between {shown(before)} and {shown(band)}."
                explained_at = () if _in_any_case(_leave_gap, subject, timeline, before, band) else None
                related = (stands_here(before),)
                yield Hit(path=period_path(band), message=message, related=related, explained_at=explained_at)


@rule(
    "T04",
    "band-off-count",
    title="A band is not where its years fall when counted from Year 1",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. Plans are compared by financial year, so a year with two meanings cannot be compared.",
    remedy="Correct the years or the dates, whichever is wrong.",
    requires=("T02", "T06"),
    before="""
timeline:
  - {label: Start, band: Year 1, when: 2027/28}
  - {label: Later, band: Years 3 to 4, when: 2028/29 to 2029/30}
""",
    after="""
timeline:
  - {label: Start, band: Year 1, when: 2027/28}
  - {label: Later, band: Years 2 to 3, when: 2028/29 to 2029/30}
""",
)
def off_count(subject: Subject) -> Iterator[Hit]:
    """Bands whose stated period begins on another day than their years do when counted from Year 1.

    Where the other bands and the period of the plan agree on another Year 1 than is stated, it is that which is wrong.
    """
    for timeline, year_one in year_ones(subject).items():
        stated = _states_year_one(timeline.bands) or _states_year_one(all_bands(subject))
        first = year_one.witness or stated
        overlapped = {band.item: before for before, ends, band, own in neighbours(timeline) if own[0] <= ends[1]}
        for band in timeline.bands:
            meant = counted_from(year_one.day, band.years)
            period = ends_of(band)
            begun = counted_from(year_one.begun, band.years)
            if meant and period and period[0] not in {ends[0] for ends in (meant, begun) if ends}:
                message = (
                    f"{years_in_words(band.years)} would be {format_time(from_to(*meant))}, "
                    f"{_basis(subject, year_one)}, but {period_text(band)} is stated."
                )
                before = overlapped.get(band.item)
                message += f" It overlaps {shown(before)}." if before else ""
                related = tuple(map(stands_here, dict.fromkeys(filter(None, (first, before)))))
                explained_at = None if _is_off_by_another_fault(band, year_one.against or stated) else ()
                yield Hit(path=period_path(band), message=message, related=related, explained_at=explained_at)


def _basis(subject: Subject, year_one: YearOne) -> str:
    """What the years of bands are counted from, in words."""
    if year_one.witness is None:
        return "counted from Year 1"
    is_begin = subject.period is not None and subject.period.start == year_one.day
    return f"as other bands{' and the period of the plan' if is_begin else ''} count"


def _states_year_one(bands: Iterable[PlacedBand]) -> PlacedBand | None:
    return next((band for band in bands if band.years == (1, 1) and band.stated), None)


def _is_off_by_another_fault(band: PlacedBand, first: PlacedBand | None) -> bool:
    """Whether a band stands right once another fault of it, or of the band of Year 1, is put right."""
    starts = {ends[0] for ends in readings(band)}
    year_ones = {ends[0] for ends in readings(first)} if first else set()
    counted = (counted_from(day, years) for day in year_ones for years in year_readings(band))
    return any(meant[0] in starts for meant in counted if meant)


@rule(
    "T05",
    "bands-differ",
    title="A year of the plan has different dates in different places",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. If Year 2 is one period here and another there, nobody can say what falls due in it.",
    remedy="Give each year of the plan the same dates everywhere.",
    requires=("T02", "T04", "T06"),
    before="""
objectives:
  - id: here
    title: Here
    timeline: [{label: Start, band: Year 1, when: 2027/28}]
  - id: there
    title: There
    timeline: [{label: Start, band: Year 1, when: 2028/29}]
""",
    after="""
objectives:
  - id: here
    title: Here
    timeline: [{label: Start, band: Year 1, when: 2027/28}]
  - id: there
    title: There
    timeline: [{label: Start, band: Year 1, when: 2027/28}]
""",
)
def differ(subject: Subject) -> Iterator[Hit]:
    """Timelines in which a programme year has other dates than in the first timeline that dates it: once each.

    Bands without another fault go first: what differs between them is explained by nothing else.
    """
    faulty = _with_another_fault(subject)
    dated = [(timeline, list(single_years(timeline))) for timeline in subject.timelines]
    told: set[Timeline] = set()
    for is_sound in (True, False):
        known: dict[int, tuple[Ends, PlacedBand]] = {}
        for timeline, years in dated:
            for year, start, end, band in years:
                if is_sound and band.item.path in faulty:
                    continue
                ends, first = known.setdefault(year, ((start, end), band))
                if ends != (start, end) and timeline not in told:
                    here, there = (format_time(from_to(*each)) for each in ((start, end), ends))
                    message = f"Here Year {year} is {here}, elsewhere it is {there}."
                    related, explained_at = (stands_here(first),), () if is_sound else None
                    yield Hit(path=period_path(band), message=message, related=related, explained_at=explained_at)
                    told.add(timeline)


def _with_another_fault(subject: Subject) -> set[Path]:
    """The items of bands with a fault of their own; what is off the count for the fault of another band is not."""
    faulty = {hit.path[:-1] for fault in (length, label) for hit in fault.check(subject)}
    off = {hit.path[:-1]: {entry.path[:-1] for entry in hit.related} for hit in off_count.check(subject)}
    return faulty | {band for band, related in off.items() if not related & faulty}


@rule(
    "T06",
    "band-label",
    title="The label of a band says another time than its dates",
    severity=Severity.WARNING,
    why="Readers see the label, charts and comparison go by the dates: both must say the same.",
    remedy="Correct the label, or `band` and `when` below it.",
    before="""
timeline:
  - {label: Actions for 2027/28, when: 2028/29}
""",
    after="""
timeline:
  - {label: Actions for 2028/29, when: 2028/29}
""",
)
def label(subject: Subject) -> Iterator[Hit]:
    """Bands whose label holds a time or programme years that their fields contradict."""
    for band in all_bands(subject):
        said = time_in_label(band.band.label)
        if said is None:
            continue
        if said.years and band.years and not _may_be_years(said, band.years):
            stated = years_in_words(band.years)
        elif contradicts(said, band):
            stated = period_text(band)
        else:
            continue
        message = f"The label says “{band.band.label}”, but {stated} is stated below it."
        yield Hit(path=(*band.item.path, "label"), message=message)


def _may_be_years(said: Time, years: tuple[int, int]) -> bool:
    """Whether a label says the programme years of its band; one that ends in "onwards", only the first."""
    return said.years is not None and (said.years[0] == years[0] if said.kind is TimeKind.FROM else said.years == years)


@rule(
    "T20",
    "band-empty",
    title="A band of a timeline holds no milestone",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. A year that is printed with nothing under it promises nothing.",
    remedy="Add what is planned for it, or leave the band out.",
    before="""
timeline:
  - {label: Start, when: 2027/28, milestones: [Open the first clinic.]}
  - {label: Later, when: 2028/29}
""",
    after="""
timeline:
  - {label: Start, when: 2027/28, milestones: [Open the first clinic.]}
  - {label: Later, when: 2028/29, milestones: [Open the second clinic.]}
""",
)
def empty(subject: Subject) -> Iterator[Hit]:
    """Bands with neither milestones nor text, in a timeline that has some."""
    for timeline in subject.timelines:
        if any(band.band.milestones for band in timeline.bands):
            for band in timeline.bands:
                if not band.band.milestones and not band.band.text:
                    yield Hit(path=band.item.path, message=f"Nothing stands under {band.band.label}.")


RULES = (overlap, length, gap, off_count, differ, label, empty)
