"""Turns "Year 1: 2023/24" and "Years 2 to 4" into times: years of a programme, with the period stated, if any."""

from __future__ import annotations

import re

from pcstrat.model._time_calendar import Moment
from pcstrat.model._time_moments import MONTH, YEAR, read_moment
from pcstrat.model._time_range import join, read_range
from pcstrat.model._time_types import Precision, Time, TimeKind
from pcstrat.numerals import WORDS, number_of
from pcstrat.patterns import Pattern

_N = f"(?:[0-9]{{1,2}}|{WORDS})(?![0-9a-z/])"
_YEARS = Pattern(
    f"(?:year|yr)(?P<many>s)? (?P<first>{_N})"
    "(?:(?:(?: to |-| and |/)(?:years?|yrs?) | to |(?(many)(?:-| and |/)|(?P<dash>-)))"
    f"(?P<last>{_N})(?(dash)$))?"
)
_LABEL_LAST = Pattern(r"(.+?),? \((y(?:ea)?rs? [^()]+)\)")
_TWO_BANDS = Pattern(r"(?:from )?(y(?:ea)?r .+?)(?: to |-)(y(?:ea)?r .+)")
_LOST_DASH = Pattern(f"({MONTH} {YEAR}) ({MONTH} {YEAR})")
_AROUND_PERIOD = " ,:-("


def read_band(words: str) -> Time | None:
    """A band of programme years, with or without a stated period; `None` if the words are none.

    Raises:
        BackwardsError: if the period ends before it starts.
    """
    label_last = _LABEL_LAST.fullmatch(words) if words.endswith(")") else None
    if label_last:
        words = f"{label_last[2]} {label_last[1]}"
    match = _YEARS.match(words) if words.startswith("y") else None
    years = _years(match) if match else None
    if match is None or years is None:
        return None
    period_words = words[match.end() :].lstrip(_AROUND_PERIOD).removesuffix(")")
    if not period_words:
        return Time(published=words, kind=TimeKind.BAND, years=years)
    period = _period(period_words)
    return None if period is None else _dated(TimeKind.BAND, years, period)


def read_band_range(words: str) -> Time | None:
    """A range between two labelled financial years: "from Year 1: 2023/24 to Year 3: 2025/26"."""
    match = _TWO_BANDS.fullmatch(words) if words.startswith(("y", "from y")) else None
    first = read_band(match[1]) if match else None
    last = read_band(match[2]) if match else None
    if not (first and last and _is_financial_year(first) and _is_financial_year(last)):
        return None
    if not (first.years and last.years and first.start and last.end):
        return None
    years = first.years[0], last.years[0]
    if first.start >= last.end or years[0] >= years[1]:
        return None
    return _dated(TimeKind.RANGE, years, Moment(first.start, last.end, Precision.FINANCIAL_YEAR))


def _years(match: re.Match[str]) -> tuple[int, int] | None:
    numbers = [number_of(number) for number in match.group("first", "last") if number]
    first, last = numbers[0], numbers[-1]
    side_by_side = " and " in match[0] or "/" in match[0]
    if first < 1 or (len(numbers) > 1 and (last <= first or (side_by_side and last != first + 1))):
        return None
    return first, last


def _period(words: str) -> Moment | None:
    lost_dash = _LOST_DASH.fullmatch(words)
    if lost_dash:
        return join(lost_dash[1], lost_dash[2])
    return read_moment(words) or read_range(words)


def _is_financial_year(band: Time) -> bool:
    one = band.years is not None and band.years[0] == band.years[1]
    return one and band.precision is Precision.FINANCIAL_YEAR and len(band.financial_years) == 1


def _dated(kind: TimeKind, years: tuple[int, int], period: Moment) -> Time:
    return Time(
        published="",
        kind=kind,
        start=period.start,
        end=period.end,
        precision=period.precision,
        approximate=period.approximate,
        years=years,
    )
