"""Finds faults in timelines: bands that overlap, leave gaps, or disagree with their years, labels or each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.times import format_time
from pcstrat.rules._bands import (
    MONTHS,
    ONE_DAY,
    all_bands,
    contradicts,
    counted_from,
    ends_of,
    from_to,
    is_part_of_one_year,
    length_in_words,
    months_between,
    neighbours,
    period_path,
    period_text,
    shown,
    single_years,
    stands_here,
    that_many_years,
    time_in_label,
    years_in_words,
)
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.programme import PlacedBand
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
            if second[0] <= first[1]:
                message = f"{shown(band)} overlaps {shown(before)}."
                yield Hit(path=period_path(band), message=message, related=(stands_here(before),))


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
        period, years = ends_of(band), band.years
        if period is None or years is None:
            continue
        wanted, months = years[1] - years[0] + 1, months_between(*period)
        if months != wanted * MONTHS and not is_part_of_one_year(band, months):
            message = (
                f"{years_in_words(years)} {that_many_years(wanted)}, but {period_text(band)} {length_in_words(months)}."
            )
            yield Hit(path=period_path(band), message=message)


@rule(
    "T03",
    "bands-gap",
    title="A timeline has a gap between two bands",
    severity=Severity.WARNING,
    why=f"{_MILESTONES}. In a gap the plan promises nothing, which is seldom meant.",
    remedy="Let each band begin on the day after the one before it ends, or say why nothing is planned between them.",
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
    """Neighbouring bands between whose stated periods there are days."""
    for timeline in subject.timelines:
        for before, first, band, second in neighbours(timeline):
            if second[0] - first[1] > ONE_DAY:
                missing = format_time(from_to(first[1] + ONE_DAY, second[0] - ONE_DAY))
                message = f"No band covers {missing}, between {shown(before)} and {shown(band)}."
                yield Hit(path=period_path(band), message=message, related=(stands_here(before),))


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
    """Bands whose stated period begins on another day than their years do when counted from Year 1."""
    for timeline in subject.timelines:
        first = next((band for band in timeline.bands if band.years == (1, 1) and band.stated), None)
        overlapped = {band.item: before for before, ends, band, own in neighbours(timeline) if own[0] <= ends[1]}
        for band in timeline.bands:
            meant = counted_from(timeline.year_one() or subject.year_one, band)
            period = ends_of(band)
            if meant and meant.start and period and meant.start != period[0]:
                message = (
                    f"{years_in_words(band.years)} would be {format_time(meant)}, counted from Year 1, but "
                    f"{period_text(band)} is stated."
                )
                before = overlapped.get(band.item)
                message += f" It overlaps {shown(before)}." if before else ""
                related = tuple(map(stands_here, dict.fromkeys(filter(None, (first, before)))))
                yield Hit(path=period_path(band), message=message, related=related)


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
    """Timelines in which a programme year has other dates than in the first timeline that dates it."""
    known: dict[int, tuple[dt.date, dt.date, PlacedBand]] = {}
    for timeline in subject.timelines:
        told = False
        for year, start, end, band in single_years(timeline):
            first = known.setdefault(year, (start, end, band))
            if first[:2] != (start, end) and not told:
                here, there = (format_time(from_to(*ends)) for ends in ((start, end), first[:2]))
                message = f"Here Year {year} is {here}, elsewhere it is {there}."
                yield Hit(path=period_path(band), message=message, related=(stands_here(first[2]),))
                told = True


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
        if said.years and band.years and said.years != band.years:
            stated = years_in_words(band.years)
        elif contradicts(said, band):
            stated = period_text(band)
        else:
            continue
        message = f"The label says “{band.band.label}”, but {stated} is stated below it."
        yield Hit(path=(*band.item.path, "label"), message=message)


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
