"""Turns the wording of a date or period, as planners write it, into an interval, a precision and a kind - and back.

`parse_time` reads text, `time_or_none` text that may be no time, and `read_time` what stands in a plan file.
`resolve_years` dates the years of a programme, `span_of` measures a time without dates, and `format_time` prints a time
in NHS style, so that parsing the print gives the same time again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from pcstrat.model._time_calendar import MONTHS_OF_YEAR, Moment, add_months
from pcstrat.model._time_format import format_time
from pcstrat.model._time_grammar import read_words
from pcstrat.model._time_help import backwards, explain
from pcstrat.model._time_moments import normalise
from pcstrat.model._time_range import BackwardsError, common_precision
from pcstrat.model._time_types import (
    Precision,
    SortKey,
    Time,
    TimeError,
    TimeKind,
    financial_year_name,
    financial_year_of,
)
from pcstrat.model._time_words import Span, read_span

__all__ = [
    "Precision",
    "SortKey",
    "Span",
    "Time",
    "TimeError",
    "TimeKind",
    "financial_year_name",
    "financial_year_of",
    "format_time",
    "parse_time",
    "read_time",
    "resolve_years",
    "span_of",
    "time_or_none",
]

LONGEST = 200
"""Characters; a longer text is prose, not a time."""
LAST_YEAR = 2199
KEPT = 4_096
"""Times that are remembered as read: plans state the same few again and again."""


@lru_cache(maxsize=KEPT)
def parse_time(text: str) -> Time:
    """Read a date or period.

    Raises:
        TimeError: if any part of the text is not understood; the message says how to write it.
    """
    if len(text) > LONGEST:
        raise TimeError(f"A date or period has at most {LONGEST} characters, and this text has {len(text)}.")
    words = normalise(text)
    try:
        time = read_words(words)
    except BackwardsError as error:
        raise TimeError(backwards(text, error)) from None
    if time is None or (time.end is not None and time.end.year > LAST_YEAR):
        raise TimeError(explain(text, words))
    return replace(time, published=text)


def time_or_none(text: str) -> Time | None:
    """The date or period that a text is; nothing if it cannot be read as one."""
    try:
        return parse_time(text)
    except TimeError:
        return None


def read_time(value: object) -> Time:
    """Read what a plan file holds for a time: text, or `{published: ..., read_as: ...}` for a defect of the source.

    Raises:
        TimeError: if the value is neither, or the text cannot be read.
    """
    if isinstance(value, Time):
        return value
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, Mapping):
        return _long_form(value)
    raise TimeError(f"A date or period is written as text, like April 2024 or 2024/25, and not as {value!r}.")


def _long_form(value: Mapping[object, object]) -> Time:
    published, read_as = value.get("published"), value.get("read_as")
    unknown = sorted(str(key) for key in value if key not in ("published", "read_as"))
    if unknown:
        raise TimeError(f"The long form of a time has only published and read_as, not {', '.join(unknown)}.")
    if not isinstance(published, str) or not published.strip():
        raise TimeError("The long form of a time needs the wording as published: {published: August 2023/24}.")
    if read_as is None:
        return Time(published=published, kind=TimeKind.UNCLEAR)
    if not isinstance(read_as, str):
        raise TimeError(f"read_as is text that can be read as a time, like August 2023, and not {read_as!r}.")
    return replace(parse_time(read_as), published=published, kind=TimeKind.UNCLEAR, read_as=read_as)


def span_of(time: Time) -> Span | None:
    """The length that a time without dates states exactly: "within 12 months", "in 5 years' time"; else `None`."""
    is_span = time.kind in {TimeKind.RELATIVE, TimeKind.DURATION} and not time.qualifier
    return read_span(normalise(time.published)) if is_span else None


def resolve_years(time: Time, year_one: dt.date | None, bands: Mapping[int, Time]) -> Time:
    """Give "Year 5", "from Year 1" or "Years 2 to 4" its dates; any other time, or one with dates, stays as it is.

    Args:
        time: the time as read.
        year_one: the first day of the programme's Year 1, if the plan states it.
        bands: the bands of the same objective, under each year that they cover.

    Returns:
        The time with the dates its band states or, without a band, with those counted from Year 1; unchanged when
        neither is known.
    """
    if time.years is None or time.is_dated:
        return time
    if time.kind is TimeKind.UNCLEAR and time.read_as is not None:
        reading = resolve_years(parse_time(time.read_as), year_one, bands)
        return replace(reading, published=time.published, kind=TimeKind.UNCLEAR, read_as=time.read_as)
    period = _period_of_years(time.years, year_one, bands)
    if period is None:
        return time
    return replace(
        time,
        start=None if time.kind is TimeKind.BY else period.start,
        end=None if time.kind is TimeKind.FROM else period.end,
        precision=period.precision,
        approximate=period.approximate,
    )


def _period_of_years(years: tuple[int, int], year_one: dt.date | None, bands: Mapping[int, Time]) -> Moment | None:
    """From the first day of the first year to the last day of the last."""
    same = bands.get(years[0])
    if same is not None and same.years == years and same.start and same.end:
        return Moment(same.start, same.end, same.precision, same.approximate)
    first, last = (_year(number, year_one, bands) for number in years)
    if first is None or last is None or first.start > last.end:
        return None
    return Moment(first.start, last.end, common_precision(first, last), first.approximate or last.approximate)


def _year(number: int, year_one: dt.date | None, bands: Mapping[int, Time]) -> Moment | None:
    """One programme year: as its band states it, else counted from the first."""
    band = bands.get(number)
    if band is not None and band.start and band.end:
        return _part_of_band(number, band)
    first = bands.get(1)
    if year_one is None and first is not None and first.years in (None, (1, 1)):
        year_one = first.start
    return None if year_one is None else _counted(number, year_one)


def _part_of_band(number: int, band: Time) -> Moment | None:
    """The one year of a band of several, if the band is as long as its label says."""
    if band.start is None or band.end is None:
        return None
    first, last = band.years or (number, number)
    if first == last:
        return Moment(band.start, band.end, band.precision, band.approximate)
    whole = _counted(last - first + 1, band.start)
    if whole is None or whole.end != band.end or not first <= number <= last:
        return None
    return _counted(number - first + 1, band.start)


def _counted(number: int, year_one: dt.date) -> Moment | None:
    """Programme year `number` when Year 1 begins on `year_one`; `None` beyond the end of the calendar."""
    try:
        start = add_months(year_one, (number - 1) * MONTHS_OF_YEAR)
        end = add_months(year_one, number * MONTHS_OF_YEAR) - dt.timedelta(days=1)
    except ValueError:
        return None
    precision = Precision.DAY if start.day > 1 else Precision.MONTH
    if (start.month, start.day) == (4, 1):
        precision = Precision.FINANCIAL_YEAR
    return Moment(start, end, precision)
