"""Turns a time back into words, in NHS style: "to" in ranges, months in full, financial years as 2024/25."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from pcstrat.model._time_calendar import HALVES, MONTH_NAMES, SEASON_STARTS, THIRDS
from pcstrat.model._time_types import Precision, Time, TimeKind, financial_year_name, financial_year_of
from pcstrat.patterns import Pattern

_KEPT = 4_096
"""Times that are remembered as printed: every document of a plan shows the same ones."""

_BEFORE_UNIT = {"early": "early ", "mid": "mid-", "late": "late "}
_PART_SAID = Pattern(r"\b(?:early|mid|late|end)\b")
_DASH_OF_RANGE = Pattern(r"(?<=[0-9])\s*[-\u2010-\u2015\u2212]\s*(?=[0-9])")
_SEASON_STARTING = {month: name for name, month in SEASON_STARTS.items()}
_SEASON_ENDING = {(month + 1) % 12 + 1: name for name, month in SEASON_STARTS.items()}
_CALENDAR_PARTS = {3: (1, 5, 9), 2: (1, 7)}
_FINANCIAL_PARTS = {3: (4, 8, 12), 2: (4, 10)}
_SPLIT_WINTER = Pattern(r"winter.{0,8}[0-9]{4}\s*[^a-z0-9]\s*[0-9]", re.IGNORECASE)


@lru_cache(_KEPT)
def format_time(time: Time) -> str:
    """Print a time. Undated lengths and relative times keep their wording, which nothing else could replace."""
    if time.kind is TimeKind.UNCLEAR:
        return _unclear(time)
    if time.kind in (TimeKind.RELATIVE, TimeKind.DURATION):
        return _DASH_OF_RANGE.sub(" to ", " ".join(time.published.split()))
    body = _body(time)
    if time.ongoing and time.kind is not TimeKind.ONGOING:
        body += ", ongoing"
    return f"{body}, {time.qualifier}" if time.qualifier else body


def _unclear(time: Time) -> str:
    wording = " ".join(time.published.split())
    return f"“{wording}” (date unclear; read as {time.read_as})" if time.read_as else f"“{wording}” (date unclear)"


def _body(time: Time) -> str:
    match time.kind:
        case TimeKind.ONGOING:
            return "ongoing"
        case TimeKind.RECURRING:
            return f"every {time.every}, {_bounds(time)}" if time.is_dated else f"every {time.every}"
        case TimeKind.BAND:
            return f"{_years(time)}: {_bounds(time)}" if time.is_dated else _years(time)
        case TimeKind.BY:
            return f"by {_labelled(time)}"
        case TimeKind.FROM:
            return f"from {_labelled(time)}"
        case _:
            return _band_range(time) if time.years else _period(time)


def _years(time: Time) -> str:
    first, last = time.years or (0, 0)
    return f"Year {first}" if first == last else f"Years {first} to {last}"


def _labelled(time: Time) -> str:
    """The one known end of a deadline or start, after its programme year if it has one."""
    if not time.is_dated:
        return _years(time)
    edge = _about(time, _last(time) if time.start is None else _first(time))
    return f"{_years(time)}: {edge}" if time.years else edge


def _band_range(time: Time) -> str:
    first, last = time.years or (0, 0)
    return f"from Year {first}: {_first(time)} to Year {last}: {_last(time)}"


def _bounds(time: Time) -> str:
    """The dates of something that has its own label."""
    if time.end is None:
        return f"from {_about(time, _first(time))}"
    one = time.start is not None and _first(time) == _last(time)
    return _about(time, _first(time)) if one else _period(time)


def _period(time: Time) -> str:
    """A date, or the two ends of a range."""
    if time.kind is TimeKind.DATE:
        return _about(time, _first(time))
    if time.start is None:
        return f"until {_about(time, _last(time))}"
    first, last = _first(time), _last(time)
    if time.precision is Precision.FINANCIAL_YEAR and first == last:
        return _about(time, first)
    return _about(time, f"{_shortened(time, first)} to {last}")


def _shortened(time: Time, first: str) -> str:
    """The first date without what the second repeats: "April to June 2024", "1 to 14 April 2024"."""
    start, end = time.start, time.end
    if start is None or end is None or start.year != end.year:
        return first
    if time.precision is Precision.MONTH:
        return MONTH_NAMES[start.month - 1]
    if time.precision is Precision.DAY:
        return str(start.day) if start.month == end.month else f"{start.day} {MONTH_NAMES[start.month - 1]}"
    return first


def _about(time: Time, words: str) -> str:
    """Say that a time is approximate, unless "early", "mid" or "late" says it already."""
    return f"about {words}" if time.approximate and not _PART_SAID.search(words) else words


def _first(time: Time) -> str:
    return _label(time, time.start, last=False) if time.start else ""


def _last(time: Time) -> str:
    if time.end is None:
        return ""
    label = _label(time, time.end, last=True)
    whole = time.precision not in (Precision.DAY, Precision.MONTH, Precision.PART_OF_MONTH, Precision.PART_OF_YEAR)
    return f"the end of {label}" if whole and time.kind is TimeKind.BY and time.names_its_end else label


def _label(time: Time, day: dt.date, *, last: bool) -> str:
    """Name the unit that begins, or ends if `last`, on `day`."""
    if time.precision in _PLAIN:
        return _PLAIN[time.precision](day)
    if time.precision is Precision.PART_OF_MONTH:
        return f"{_third(time, day)}{_month(day)}"
    return _season(time, day, last=last) if time.precision is Precision.SEASON else _part_of_year(time, day, last=last)


def _day(day: dt.date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: dt.date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _quarter(day: dt.date) -> str:
    return f"quarter {((day.month - 4) % 12) // 3 + 1} of {_financial_year(day)}"


def _calendar_year(day: dt.date) -> str:
    return str(day.year)


def _financial_year(day: dt.date) -> str:
    return financial_year_name(financial_year_of(day))


def _third(time: Time, day: dt.date) -> str:
    """Name a third of a month; "end of May" is said only where it cannot mean the last day."""
    third = THIRDS[min((day.day - 1) // 10, 2)]
    if third == "late" and time.kind is TimeKind.DATE and "late" not in time.published.lower():
        return "end of "
    return _BEFORE_UNIT[third]


def _season(time: Time, day: dt.date, *, last: bool) -> str:
    """Name a season; a winter keeps both its years if the wording had them."""
    name = (_SEASON_ENDING if last else _SEASON_STARTING)[day.month]
    if name != "winter":
        return f"{name} {day.year}"
    first = day.year - 1 if last else day.year
    both = _SPLIT_WINTER.search(time.published)
    return f"winter {financial_year_name(first)}" if both else f"winter {first}"


def _part_of_year(time: Time, day: dt.date, *, last: bool) -> str:
    """Name a third or half of the calendar or financial year that has one beginning or ending on `day`."""
    parts = 3 if time.approximate else 2
    month = (day.month - 12 // parts) % 12 + 1 if last else day.month
    financial = month in _FINANCIAL_PARTS[parts]
    index = (_FINANCIAL_PARTS if financial else _CALENDAR_PARTS)[parts].index(month)
    year = _financial_year(day) if financial else str(day.year)
    return f"{_BEFORE_UNIT[THIRDS[index]]}{year}" if time.approximate else f"the {HALVES[index]} half of {year}"


_PLAIN: dict[Precision, Callable[[dt.date], str]] = {
    Precision.DAY: _day,
    Precision.MONTH: _month,
    Precision.QUARTER: _quarter,
    Precision.FINANCIAL_YEAR: _financial_year,
    Precision.CALENDAR_YEAR: _calendar_year,
}
