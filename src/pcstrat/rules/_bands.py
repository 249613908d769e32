"""Turns bands into what the rules about them say: their periods, their neighbours, and the time in a label."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pcstrat.diagnostics import Path
from pcstrat.model.times import (
    KEPT,
    Precision,
    Time,
    TimeKind,
    financial_year_of,
    format_time,
    resolve_years,
    time_or_none,
)
from pcstrat.outline import common_year_one
from pcstrat.patterns import Pattern
from pcstrat.rules._rule import Related
from pcstrat.rules.programme import PlacedBand, Timeline
from pcstrat.rules.subject import Subject, once
from pcstrat.text import counted

ONE_DAY = dt.timedelta(days=1)
MONTHS = 12
_LONGEST_LABEL = 12
_MAY_BE_TIME = Pattern(r"y(ea)?rs?\b|[0-9]{2}|[a-z]{3,9}\.? [0-9]{4}", re.IGNORECASE)
_DAYS_OF_EVERY_MONTH = 28

Ends: TypeAlias = tuple[dt.date, dt.date]


def all_bands(subject: Subject) -> Iterator[PlacedBand]:
    """Every band of every timeline."""
    for timeline in subject.timelines:
        yield from timeline.bands


def ends_of(band: PlacedBand) -> Ends | None:
    """The first and the last day that a band states."""
    stated = band.stated
    return (stated.start, stated.end) if stated and stated.start and stated.end else None


def neighbours(timeline: Timeline) -> Iterator[tuple[PlacedBand, Ends, PlacedBand, Ends]]:
    """Each two bands of a timeline that follow each other by their first day, with their periods.

    A band of the whole time, beside bands that have all of it between them, is followed by none: "Throughout". Nor is
    one whose ends are only known roughly: "Early 2028".
    """
    dated = [(ends, band) for band in timeline.bands if (ends := ends_of(band)) and not _is_approximate(band)]
    dated.sort(key=lambda entry: entry[0])
    whole = _span(dated)
    parts = [(ends, band) for ends, band in dated if ends != whole]
    followed = parts if len(parts) > 1 and _span(parts) == whole else dated
    for (first, before), (second, band) in itertools.pairwise(followed):
        yield before, first, band, second


_MOMENTS = frozenset({Precision.DAY, Precision.PART_OF_MONTH, Precision.MONTH, Precision.SEASON})


def is_moment(band: PlacedBand) -> bool:
    """Whether a band is for one day, month or season, as in a list of dates, and not for a period with two ends."""
    stated = band.stated
    return stated is not None and stated.kind is TimeKind.DATE and stated.precision in _MOMENTS


def _is_approximate(band: PlacedBand) -> bool:
    return band.stated is not None and band.stated.approximate


def _span(dated: list[tuple[Ends, PlacedBand]]) -> Ends | None:
    """From the first day of any band to the last day of any."""
    periods = [ends for ends, _ in dated]
    return (min(start for start, _ in periods), max(end for _, end in periods)) if periods else None


def stands_here(band: PlacedBand) -> Related:
    """The other band, as a place that has to do with a hit."""
    return Related(period_path(band), f"{band.band.label} stands here.")


def period_path(band: PlacedBand) -> Path:
    """Where a band states its period."""
    return (*band.item.path, band.stated_in)


def period_text(band: PlacedBand) -> str:
    """The period of a band as we read it, in NHS style."""
    ends = ends_of(band)
    return format_time(from_to(*ends)) if ends else band.band.label


def shown(band: PlacedBand) -> str:
    """The label of a band, with its period unless the label says it already."""
    said = time_in_label(band.band.label)
    name = band.band.label
    return f"“{name}”" if said and said.start and not contradicts(said, band) else f"“{name}” ({period_text(band)})"


def from_to(start: dt.date, end: dt.date) -> Time:
    """A time from its first to its last day, to be printed in NHS style."""
    whole_months = start.day == 1 and (end + ONE_DAY).day == 1
    whole_years = whole_months and start.month == 4 and (end + ONE_DAY).month == 4  # noqa: PLR2004 - 1 April
    precision = Precision.FINANCIAL_YEAR if whole_years else Precision.MONTH if whole_months else Precision.DAY
    one = whole_years and end.year == start.year + 1
    kind = TimeKind.DATE if one else TimeKind.RANGE
    return Time(published="", kind=kind, start=start, end=end, precision=precision)


def months_between(start: dt.date, end: dt.date) -> float:
    """How many months a period has, as a fraction where its days do not fit."""
    after = end + ONE_DAY
    whole = (after.year - start.year) * MONTHS + after.month - start.month
    return whole if after.day == start.day else whole + (after.day - start.day) / 31


def is_part_of_one_year(band: PlacedBand, months: float) -> bool:
    """Whether a band of one year states only a part of it: "Year 1", from September."""
    years = band.years
    return years is not None and years[0] == years[1] and months < MONTHS


def years_in_words(years: tuple[int, int] | None) -> str:
    """The programme years of a band: "Years 2 to 4"."""
    if years is None:
        return "The band"
    return f"Year {years[0]}" if years[0] == years[1] else f"Years {years[0]} to {years[1]}"


def that_many_years(number: int) -> str:
    """A number of years with its verb: "is 1 year"."""
    return "is 1 year" if number == 1 else f"are {number} years"


def length_in_words(months: float) -> str:
    """A length with its verb: "are 2 years", "is 9 months"."""
    if months % MONTHS == 0:
        return that_many_years(int(months) // MONTHS)
    return f"is {'' if months == int(months) else 'about '}{counted(round(months), 'month')}"


@lru_cache(maxsize=KEPT)
def counted_from(year_one: dt.date | None, years: tuple[int, int] | None) -> Ends | None:
    """The first and the last day of programme years when counted from Year 1."""
    if year_one is None or years is None:
        return None
    resolved = resolve_years(Time(published="", kind=TimeKind.BAND, years=years), year_one, {})
    return (resolved.start, resolved.end) if resolved.start and resolved.end else None


class YearOne(NamedTuple):
    """The first day of Year 1 that the bands of a timeline count from.

    `against` is the band that states another Year 1, if the other bands outvote it, and `witness` one of those.
    `begun` is the day on which a short Year 1 begins, which is only the last part of a financial year.
    """

    day: dt.date | None
    against: PlacedBand | None = None
    witness: PlacedBand | None = None
    begun: dt.date | None = None


@once
def year_ones(subject: Subject) -> Mapping[Timeline, YearOne]:
    """What each timeline counts from: what it states, unless its other bands and the period of the plan outvote that.

    A timeline that states no Year 1 counts from that of the plan: what the others state with one voice, unless all
    other bands and the period outvote that too, else the first day of the period. What begins within a financial year,
    counts from the first day of that.
    """
    begun = subject.period.start if subject.period else None
    began = _first_of_year(subject.period) if subject.period else None
    own = {line: _own_year_one(line, began) for line in subject.timelines}
    days = {counted.day for counted in own.values() if counted.day}
    common = common_year_one(days, None) if days else began
    of_plan = _outvoted(common, tuple(all_bands(subject)), began) or YearOne(common, begun=begun)
    return {line: counted if line.year_one else of_plan for line, counted in own.items()}


def _own_year_one(line: Timeline, began: dt.date | None) -> YearOne:
    """What a timeline counts from by itself."""
    begun = line.year_one
    short = (band for band in line.bands if band.stated and band.stated.start == begun and _is_short_year_one(band))
    day = next((_financial_year_start(begun) for _ in short), begun) if begun else None
    return _outvoted(day, line.bands, began) or YearOne(day, begun=begun)


def _is_short_year_one(band: PlacedBand) -> bool:
    """Whether a band of Year 1 is only a part of one financial year: from October to March."""
    ends = ends_of(band)
    is_in_one_year = ends is not None and _financial_year_start(ends[0]) == _financial_year_start(ends[1])
    return band.years == (1, 1) and is_in_one_year


def _financial_year_start(day: dt.date) -> dt.date:
    return dt.date(financial_year_of(day), 4, 1)


def _first_of_year(period: Time) -> dt.date | None:
    """The first day of a period; of one that ends with a financial year, the first day of the one it begins in."""
    start, end = period.start, period.end
    is_of_years = start and end and _financial_year_start(end + ONE_DAY) == end + ONE_DAY
    return _financial_year_start(start) if start and is_of_years else start


def _outvoted(stated: dt.date | None, bands: Iterable[PlacedBand], began: dt.date | None) -> YearOne | None:
    """The Year 1 that most bands imply instead of the stated one; none if the plan begins with that."""
    if stated is None or stated == began:
        return None
    implied = [(day, band) for band in bands if (day := _implied_year_one(band))]
    votes = Counter(day for day, _ in implied) + Counter([began] if began else [])
    day, most = votes.most_common(1)[0] if votes else (stated, 0)
    if day == stated or 2 * most <= votes.total():
        return None
    witness = next((band for of_band, band in implied if of_band == day), None)
    against = next((band for of_band, band in implied if of_band == stated and band.years == (1, 1)), None)
    return YearOne(day, against, witness) if witness else None


def _implied_year_one(band: PlacedBand) -> dt.date | None:
    """The first day of Year 1 if a band stands right: "Years 3 to 4: 2029/30 to 2030/31" implies 1 April 2027."""
    ends, years = ends_of(band), band.years
    if ends is None or years is None:
        return None
    if _is_short_year_one(band):
        return _financial_year_start(ends[0])
    return _months_after(ends[0], (1 - years[0]) * MONTHS)


def wrong_length(band: PlacedBand) -> float | None:
    """How many months a band states, if that is not as many years as it is for; a part of one year is no fault.

    What is for a year and all that follow may be as long as it likes.
    """
    period, years = ends_of(band), band.years
    if period is None or years is None or band.is_open:
        return None
    months = months_between(*period)
    is_right = months == months_of(years) or is_part_of_one_year(band, months)
    return None if is_right else months


def months_of(years: tuple[int, int]) -> int:
    """How many months programme years have."""
    return (years[1] - years[0] + 1) * MONTHS


def readings(band: PlacedBand, year_one: dt.date | None = None) -> tuple[Ends, ...]:
    """Every period that may be meant by a band: the stated one, and what it becomes once a fault of it is put right.

    A wrong length is put right at either end, a label by its own dates, and a wrong year by counting from Year 1. What
    holds under each of these is not explained by any such fault.
    """
    stated = ends_of(band)
    if stated is None:
        return ()
    found = [stated]
    if wrong_length(band) is not None and band.years is not None:
        months = months_of(band.years)
        found.append((stated[0], _months_after(stated[0], months) - ONE_DAY))
        found.append((_months_after(stated[1] + ONE_DAY, -months), stated[1]))
    said = time_in_label(band.band.label)
    if said is not None and said.start and said.end and contradicts(said, band):
        found.append((said.start, said.end))
    counted = counted_from(year_one, band.years)
    return (*found, counted) if counted else tuple(found)


def _months_after(day: dt.date, months: int) -> dt.date:
    month = day.month - 1 + months
    return dt.date(day.year + month // MONTHS, month % MONTHS + 1, min(day.day, _DAYS_OF_EVERY_MONTH))


def year_readings(band: PlacedBand) -> set[tuple[int, int]]:
    """The programme years that may be meant by a band: those of its fields and those of its label."""
    said = time_in_label(band.band.label)
    return {years for years in (band.years, said.years if said else None) if years is not None}


def single_years(timeline: Timeline) -> Iterator[tuple[int, dt.date, dt.date, PlacedBand]]:
    """Each programme year that a timeline dates, and the band that does."""
    by_year = timeline.by_year
    for band in timeline.bands:
        years = band.years if band.stated else None
        for year in range(years[0], years[1] + 1) if years else ():
            time = by_year[year]
            if time.years != (year, year):
                time = resolve_years(Time(published="", kind=TimeKind.BAND, years=(year, year)), None, by_year)
            if time.start and time.end:
                yield year, time.start, time.end, band


def contradicts(said: Time, band: PlacedBand) -> bool:
    """Whether a time in a label cannot be the period of the band: other years, or no day in common."""
    ends = ends_of(band)
    if ends is None or not said.start or not said.end:
        return False
    same_unit = said.precision is Precision.FINANCIAL_YEAR and band.stated is not None
    if same_unit and band.stated and band.stated.precision is Precision.FINANCIAL_YEAR:
        return (said.start, said.end) != ends
    return said.end < ends[0] or ends[1] < said.start


@lru_cache(maxsize=KEPT)
def time_in_label(text: str) -> Time | None:
    """The longest stretch of a label that is a time with dates or programme years."""
    words = text.split()[:_LONGEST_LABEL]
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            stretch = " ".join(words[first : first + size])
            if _MAY_BE_TIME.match(stretch):
                time = time_or_none(stretch)
                if time is not None and (time.is_dated or time.years):
                    return time
    return None
