"""Turns normalised wording into a time: deadlines, starts, ranges, programme years and repetition.

The rules are those of the five source documents. A word beside a time ("ongoing", "in a phased way") is peeled off
first; what then stays over is either wholly understood or not read at all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pcstrat.model._time_bands import read_band, read_band_range
from pcstrat.model._time_calendar import MONTHS_OF_YEAR, Moment, add_months
from pcstrat.model._time_moments import read_moment
from pcstrat.model._time_range import read_deadline, read_range, read_start
from pcstrat.model._time_types import Precision, Time, TimeKind
from pcstrat.model._time_words import INTERVAL, Counted, read_counted, read_interval, read_undated
from pcstrat.patterns import Pattern

_IN = Pattern(r"(?:in|during|for|over|on|at|as of|as at|throughout|within|across)(?: the)? |the (?=[a-z])")
_BY = Pattern(r"(?:by|no later than|not later than)(?: the)? (.+)")
_OR_SOONER = Pattern(r"(?:(?:by|in|for) )?(.+?),? or (?:sooner|earlier|before)")
_FROM = Pattern(r"(?:from|since|starting(?: from| in| on)?|beginning(?: in| on)?|as from)(?: the)? (.+)")
_ONWARDS = Pattern(r"(?:from |in |since )?(.+?),? (?:onwards?|and (?:beyond|later))")
_UNTIL = Pattern(r"(?:until|till|up to|to|up until)(?: the)? (.+)")
_WAY = r"(?:in|on) a phased (?:way|manner|approach|basis)|in phases|in stages|phased"
_EXTRA_LAST = Pattern(rf"(.*?)(?:^|[ ,;(-]+)(?:and )?(on[- ]?going|{_WAY})\)?")
_EXTRA_FIRST = Pattern(rf"(on[- ]?going|{_WAY})[ ,;:-]+(.+)")
_EXTRAS = ("going", "phase", "stages")
_INTERVAL_FIRST = Pattern(rf"({INTERVAL}),? (.+)")
_INTERVAL_LAST = Pattern(rf"(.+?),? (?:and )?({INTERVAL})")
_OPEN_END = Pattern(r"(?:from )?(.+?)(?:-| to )on[- ]?going")


def read_words(words: str) -> Time | None:
    """The time that normalised words mean, or `None` if any part of them is not understood.

    Raises:
        BackwardsError: if a period ends before it starts.
    """
    return (_with_extra(words) if any(extra in words for extra in _EXTRAS) else None) or _whole(words)


def _whole(words: str) -> Time | None:
    for read in _READERS:
        time = read(words)
        if time is not None:
            return time
    return None


def _date(words: str) -> Time | None:
    moment = read_moment(words)
    if moment is None:
        prefix = _IN.match(words)
        moment = read_moment(words[prefix.end() :]) if prefix else None
    return None if moment is None else _time(TimeKind.DATE, moment.start, moment.end, moment)


def _deadline(words: str) -> Time | None:
    match = _BY.fullmatch(words) or _OR_SOONER.fullmatch(words)
    if match is None:
        return None
    moment = read_deadline(match[1])
    if moment is not None:
        return _time(TimeKind.BY, None, moment.end, moment)
    band = _one_year(match[1].removeprefix("end of "))
    return None if band is None else replace(band, kind=TimeKind.BY, start=None)


def _start(words: str) -> Time | None:
    match = _ONWARDS.fullmatch(words) or _FROM.fullmatch(words)
    if match is None:
        return None
    moment = read_start(match[1])
    if moment is not None:
        return _time(TimeKind.FROM, moment.start, None, moment)
    band = _one_year(match[1].removeprefix("start of "))
    return None if band is None else replace(band, kind=TimeKind.FROM, end=None)


def _until(words: str) -> Time | None:
    match = _UNTIL.fullmatch(words)
    moment = read_deadline(match[1]) if match else None
    return None if moment is None else _time(TimeKind.RANGE, None, moment.end, moment)


def _range(words: str) -> Time | None:
    prefix = _IN.match(words)
    moment = read_range(words[prefix.end() :] if prefix else words)
    return None if moment is None else _time(TimeKind.RANGE, moment.start, moment.end, moment)


def _band(words: str) -> Time | None:
    prefix = _IN.match(words)
    rest = words[prefix.end() :] if prefix else words
    return read_band(rest) or read_band_range(rest)


def _counted(words: str) -> Time | None:
    counted = read_counted(words)
    start = read_start(counted.start) if counted else None
    if counted is None or start is None:
        return None
    return _from_start(counted, start)


def _from_start(counted: Counted, start: Moment) -> Time | None:
    """A length from a start on. Days and weeks count only from a day, since a month's first day may not be meant."""
    by_day = start.precision in (Precision.DAY, Precision.PART_OF_MONTH)
    if counted.unit in ("day", "week"):
        if start.precision is not Precision.DAY:
            return None
        after = start.start + dt.timedelta(days=counted.number * (7 if counted.unit == "week" else 1))
    else:
        after = add_months(start.start, counted.number * (MONTHS_OF_YEAR if counted.unit == "year" else 1))
    whole_years = start.precision is Precision.FINANCIAL_YEAR and counted.unit == "year"
    precision = Precision.DAY if by_day else Precision.FINANCIAL_YEAR if whole_years else Precision.MONTH
    end = after - dt.timedelta(days=1)
    return _time(TimeKind.RANGE, start.start, end, start._replace(precision=precision)) if counted.number else None


def _recurring(words: str) -> Time | None:
    """Repetition within dates: "monthly from April 2024"."""
    first, last = _INTERVAL_FIRST.fullmatch(words), _INTERVAL_LAST.fullmatch(words)
    pairs = ((first[1], first[2]) if first else None, (last[2], last[1]) if last else None)
    for interval, bounds in filter(None, pairs):
        every, time = read_interval(interval), _bounds(bounds)
        if every and time and time.years is None:
            return replace(time, kind=TimeKind.RECURRING, every=every)
    return None


def _bounds(words: str) -> Time | None:
    """The dates within which something is repeated: a date, a range or a start."""
    return _date(words) or _range(words) or _start(words) or _until(words)


_READERS = (_date, _band, _range, _deadline, _start, _until, _counted, _recurring, read_undated)


def _with_extra(words: str) -> Time | None:
    """A time with "ongoing" or "in a phased way" beside it; a date up to "ongoing" is a start."""
    open_end = _OPEN_END.fullmatch(words)
    start = _start(f"from {open_end[1]}") if open_end else None
    if start is not None:
        return replace(start, ongoing=True)
    last = _EXTRA_LAST.fullmatch(words)
    first = None if last else _EXTRA_FIRST.fullmatch(words)
    if not (last or first):
        return None
    rest, extra = (last[1], last[2]) if last else (first[2], first[1]) if first else ("", "")
    if "phase" in extra or "stages" in extra:
        time = read_words(rest) if rest else None
        return replace(time, qualifier=extra) if time and not time.qualifier else None
    if not rest:
        return Time(published=words, kind=TimeKind.ONGOING, ongoing=True)
    time = read_words(rest)
    return replace(time, ongoing=True) if time and not time.ongoing else None


def _time(kind: TimeKind, start: dt.date | None, end: dt.date | None, moment: Moment) -> Time:
    return Time(
        published="",
        kind=kind,
        start=start,
        end=end,
        precision=moment.precision,
        approximate=moment.approximate,
    )


def _one_year(words: str) -> Time | None:
    """A band of a single programme year: a deadline or a start in several would be no one date."""
    band = read_band(words)
    return band if band and band.years and band.years[0] == band.years[1] else None
