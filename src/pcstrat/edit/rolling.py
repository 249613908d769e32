"""Turns the bands of a timeline that is over into bands of a later year, where that can only mean one thing.

The years in the wording are counted on, and what comes of it is read again: only if it means the same days of the later
year does it count as rolled. What is left says why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pcstrat.model.times import Time, TimeError, financial_year_name, financial_year_of, parse_time, read_time
from pcstrat.patterns import Pattern

_COUNTED_THINGS = (
    r"(?:more |new |extra )?(?:people|patients|residents|carers|children|adults|volunteers|nurses|doctors|GPs|"
    r"pharmacists|dentists|appointments|homes|places)\b(?! (?:plan|strategy|survey))"
)
_YEARS = Pattern(
    r"(?<![\d/£])(?P<century>20[1-9]\d)(?:(?P<dash>\s?[/–-]\s?)(?P<next>20\d\d|\d\d)(?![\d/])|"
    rf"(?!%|[,.]\d|\s{_COUNTED_THINGS}))(?!\d)"
    r"|(?<![\d/])(?P<short>\d\d)/(?P<short_next>\d\d)(?![\d/])"
)
"""Years in a text. 2000 to 2009, "£2026" and "2030 people" are none: they are counts, not years of a plan."""

_MONTHS = Pattern(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) 20[1-9]\d\b",
    re.IGNORECASE,
)
_COUNTED = Pattern(r"(?i)\by(?:ea)?rs? (?:\d|one|two|three|four|five)")
_AROUND = "()[],:;.–- "


@dataclass(frozen=True, slots=True)
class RolledBand:
    """The new wording of a band by key: its times, and its `label` where that names the time."""

    number: int
    wording: Mapping[str, str]
    years: int


@dataclass(frozen=True, slots=True)
class LeftBand:
    """A band that is over and stays as it is, and why."""

    number: int
    why: str


def rolled_bands(bands: Sequence[object], year: int) -> list[RolledBand | LeftBand]:
    """What becomes of the bands of one timeline that end before a financial year, named by the year it begins in."""
    periods = [_period(band) for band in bands]
    over = [number for number, period in enumerate(periods) if period and financial_year_of(period[1]) < year]
    counting = frozenset(number for number in over if _counts_years(bands[number]))
    reasons = {number: _why_left(number, counting, periods, over, year) for number in over}
    return [LeftBand(number, why) if why else _rolled(bands[number], number, year) for number, why in reasons.items()]


def _period(band: object) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a band states."""
    for key in ("when", "band"):
        time = _time(band.get(key)) if isinstance(band, Mapping) else None
        if time and time.start and time.end:
            return time.start, time.end
    return None


def _time(value: object) -> Time | None:
    try:
        return None if value is None else read_time(value)
    except TimeError:
        return None


def _why_left(
    number: int,
    counting: frozenset[int],
    periods: Sequence[tuple[dt.date, dt.date] | None],
    over: Sequence[int],
    year: int,
) -> str:
    """Why one of the bands that are over cannot be rolled over; empty where it can.

    `counting` are those that count the years of the plan: beside "Year 1", another band may be part of that year.
    """
    name = financial_year_name(year)
    if any(period and financial_year_of(period[1]) >= year for period in periods):
        return f"another band of the timeline is for {name} or later"
    if number in counting:
        return f"it counts the years of the plan; say which of them {name} is"
    ends = [period for number in over if (period := periods[number])]
    if len({financial_year_of(day) for period in ends for day in period}) > 1:
        return "the bands of the timeline cover more than one year"
    if counting:
        return f"another band of the timeline counts the years of the plan; say which of them {name} is"
    return ""


def _counts_years(band: object) -> bool:
    assert isinstance(band, Mapping)  # noqa: S101 - it has a period
    time = _time(band.get("band")) or _time(band.get("when"))
    return bool(time and time.years) or _COUNTED.search(str(band.get("label", ""))) is not None


def _rolled(band: object, number: int, year: int) -> RolledBand | LeftBand:
    assert isinstance(band, Mapping)  # noqa: S101 - it has a period
    period = _period(band)
    assert period is not None  # noqa: S101 - it is over
    years = year - financial_year_of(period[1])
    label = str(band.get("label", ""))
    wording: dict[str, str] = {}
    for key in ("when", "band"):
        old = band.get(key)
        new = counted_on(old, years) if isinstance(old, str) else None
        if new is None and old is not None:
            return LeftBand(number, "its time cannot be counted on")
        wording |= {key: new} if new is not None else {}
    stretch = _stretch_of(label, period)
    if stretch is None:
        return LeftBand(number, "its label names another time, too")
    if stretch:
        new = counted_on(stretch, years)
        if new is None:
            return LeftBand(number, "the time in its label cannot be counted on")
        wording["label"] = label.replace(stretch, new)
    return RolledBand(number, wording, years)


def _stretch_of(label: str, period: tuple[dt.date, dt.date]) -> str | None:
    """The words of a label that say its period; empty if it names no year, nothing if it names another time."""
    years = list(_YEARS.finditer(label))
    if not years:
        return ""
    words = list(re.finditer(r"\S+", label))
    for first in (word.start() for word in words if word.start() <= years[0].start()):
        for last in (word.end() for word in reversed(words) if word.end() >= years[-1].end()):
            stretch = label[first:last].strip(_AROUND)
            time = _time(stretch)
            if time and (time.start, time.end) == period and label.count(stretch) == 1:
                return stretch
    return None


def counted_on(text: str, years: int) -> str | None:
    """The wording of a time, some years later; nothing if it would not mean the same days of the later year."""
    later = _YEARS.sub(lambda match: _later(match, years), text)
    try:
        before, after = parse_time(text), parse_time(later)
        ends = [(old.replace(year=old.year + years), new) for old, new in _ends(before, after)]
    except (TimeError, ValueError):
        return None
    is_same = before.kind is after.kind and before.precision is after.precision and later != text
    return later if is_same and all(old == new for old, new in ends) else None


def last_day_named(text: str) -> dt.date | None:
    """The last day of the years that a text names; nothing if it names none, or one that cannot be read."""
    times = [_time_named(match) for match in _YEARS.finditer(text)]
    days = [time.end for time in times if time and time.end]
    return max(days) if days and len(days) == len(times) else None


def names_year_before(text: str, start: dt.date) -> bool:
    """Whether a text names the twelve months before a day, a year that ends in them, or a month of them."""
    years = [_time_named(match) for match in _YEARS.finditer(_MONTHS.sub(" ", text))]
    months = [_time(match[0]) for match in _MONTHS.finditer(text)]
    begin = start.replace(year=start.year - 1)
    return any(time.end and begin <= time.end < start for time in (*years, *months) if time)


def _time_named(match: re.Match[str]) -> Time | None:
    """One year or one stretch of years as a title has it: "2026/27" and "2026-27", or "2023-2026" and "2023-26"."""
    if not match["next"]:
        return _time(match[0])
    return _time(f"{match['century']}/{match['next']}") or _time(f"{match['century']} to 20{match['next'][-2:]}")


def _ends(before: Time, after: Time) -> list[tuple[dt.date, dt.date]]:
    """The first and the last day of each. The last day of February counts as its 28th."""
    days = (before.start, after.start, before.end, after.end)
    first, new_first, last, new_last = (_without_leap_day(day) for day in days)
    return [(first, new_first), (last, new_last)]


def _without_leap_day(day: dt.date | None) -> dt.date:
    if day is None:
        raise ValueError
    return day.replace(day=28) if (day.month, day.day) == (2, 29) else day


def _later(match: re.Match[str], years: int) -> str:
    if match["short"]:
        return f"{_short(match['short'], years)}/{_short(match['short_next'], years)}"
    later = str(int(match["century"]) + years)
    following = match["next"]
    if not following:
        return later
    return later + match["dash"] + (str(int(following) + years) if len(following) > 2 else _short(following, years))  # noqa: PLR2004 - 2027, not 27


def _short(year: str, years: int) -> str:
    return f"{(int(year) + years) % 100:02d}"
