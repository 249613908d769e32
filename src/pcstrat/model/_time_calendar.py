"""The calendar planners count by: turns years, months, quarters and seasons into first and last days."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from pcstrat.model._time_types import Precision

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(MONTH_NAMES, start=1)
    for spelling in (name.lower(), name.lower()[:3], *(("sept",) if name == "September" else ()))
}
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
MONTHS_OF_YEAR = 12
THIRDS = ("early", "mid", "late")
HALVES = ("first", "second")


class Moment(NamedTuple):
    """One stated stretch of time: its first and its last day, and the unit it was stated in."""

    start: dt.date
    end: dt.date
    precision: Precision
    approximate: bool = False


def months(year: int, month: int, count: int, precision: Precision, *, approximate: bool = False) -> Moment:
    """`count` whole months from a month on, which may lie beyond December."""
    start = first_of_month(year, month)
    end = first_of_month(year, month + count) - dt.timedelta(days=1)
    return Moment(start, end, precision, approximate)


def first_of_month(year: int, month: int) -> dt.date:
    """The first day of a month counted from January of `year` as 1; 13 is January of the next year."""
    years, index = divmod(month - 1, MONTHS_OF_YEAR)
    return dt.date(year + years, index + 1, 1)


def month_length(day: dt.date) -> int:
    """How many days the month of `day` has."""
    return calendar.monthrange(day.year, day.month)[1]


def financial_year(first: int) -> Moment:
    """1 April of `first` to 31 March of the next year."""
    return Moment(dt.date(first, 4, 1), dt.date(first + 1, 3, 31), Precision.FINANCIAL_YEAR)


def calendar_year(year: int) -> Moment:
    """1 January to 31 December."""
    return Moment(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.CALENDAR_YEAR)


def season(name: str, year: int) -> Moment:
    """Three months; winter begins in December of `year` and ends in the next year."""
    return months(year, SEASON_STARTS[name], 3, Precision.SEASON)


def third_of_month(whole: Moment, index: int) -> Moment:
    """About the 1st to the 10th (0), the 11th to the 20th (1) or the 21st to the last day (2) of a month."""
    start = whole.start.replace(day=1 + 10 * index)
    last = (10, 20, month_length(whole.start))[index]
    return Moment(start, whole.start.replace(day=last), Precision.PART_OF_MONTH, approximate=True)


def part_of_year(whole: Moment, index: int, parts: int) -> Moment:
    """One of 3 thirds, which are approximate, or of 2 halves, which are not, of a calendar or financial year."""
    length = MONTHS_OF_YEAR // parts
    start = whole.start
    return months(
        start.year, start.month + index * length, length, Precision.PART_OF_YEAR, approximate=parts == len(THIRDS)
    )


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of a later month; a day which that month lacks becomes the first of the month after.

    Raises:
        ValueError: if the calendar ends before, in the year 9999.
    """
    month = first_of_month(day.year, day.month + count)
    if day.day > month_length(month):
        return first_of_month(month.year, month.month + 1)
    return month.replace(day=day.day)
