"""Turns the two ends of a period into one: "April to June 2023", "2023-2026", "by the end of March 2024"."""

from __future__ import annotations

import datetime as dt

from pcstrat.model._time_calendar import Moment, calendar_year
from pcstrat.model._time_moments import YEAR, read_moment
from pcstrat.model._time_types import Precision, TimeError
from pcstrat.patterns import Pattern

_BARE_YEAR = Pattern(YEAR)
_SEPARATOR = Pattern(r" to (?:the )?| until | till | through |-")
_NEIGHBOURS = Pattern(r"/(?=[a-z])| and |&")
_BETWEEN = Pattern(r"between (?:the )?(.+) and (?:the )?(.+)")
_FROM = Pattern(r"from (?=.+(?: to | until |-))")
_END_OF = Pattern(r"(?:the )?end (?:of )?(?:the )?(.+)")
_START_OF = Pattern(r"(?:the )?(?:start|beginning) of (?:the )?(.+)")
_YEAR_WRITTEN = Pattern(rf"(?:[a-z]+ |,? of )?({YEAR}(?:/[0-9]{{1,4}})?|[0-9]{{2}}/[0-9]{{2}})$")
_MONTH_AND_YEAR = Pattern(rf"[a-z]+\.?,? {YEAR}$")
_DAY_NUMBER = Pattern("(?:about )?[0-9]{1,2}")
_PART_ALONE = Pattern("early|mid|middle|late")
_PART = Pattern("(?:early|mid|middle|late)([ -].+)")
_YEARS = frozenset((Precision.FINANCIAL_YEAR, Precision.CALENDAR_YEAR))


class BackwardsError(TimeError):
    """A period whose second date comes before its first. `shared` says that one year was written for both."""

    def __init__(self, start: Moment, end: Moment, *, shared: bool) -> None:
        super().__init__("It ends before it starts.")
        self.start = start
        self.end = end
        self.shared = shared


def read_range(words: str) -> Moment | None:
    """The first day of one date to the last day of another, or `None`.

    Raises:
        BackwardsError: if the second date comes before the first.
    """
    between = _BETWEEN.fullmatch(words) if words.startswith("between ") else None
    if between:
        return join(between[1], between[2])
    words = _FROM.sub("", words, count=1) if "from " in words else words
    for match in _SEPARATOR.finditer(words):
        joined = join(words[: match.start()], words[match.end() :])
        if joined is not None:
            return joined
    for match in _NEIGHBOURS.finditer(words):
        joined = _neighbours(words[: match.start()], words[match.end() :])
        if joined is not None:
            return joined
    return None


def read_deadline(words: str) -> Moment | None:
    """A date whose last day counts: "the end of March 2024" is that day, and the start of a period is no deadline."""
    if " of " in words and _START_OF.match(words):
        return None
    end_of = _END_OF.fullmatch(words) if "end " in words else None
    if end_of is None:
        return read_moment(words)
    return _edge(end_of[1], last=True)


def read_start(words: str) -> Moment | None:
    """A date whose first day counts: "the start of April 2024" is that day."""
    start_of = _START_OF.fullmatch(words) if " of " in words else None
    return read_moment(words) if start_of is None else _edge(start_of[1], last=False)


def _edge(words: str, *, last: bool) -> Moment | None:
    """The first or last day of a month, or a longer period whose own precision it keeps."""
    whole = read_moment(words)
    if whole is None or whole.approximate or whole.precision is Precision.DAY:
        return None
    if whole.precision is not Precision.MONTH:
        return whole
    day = whole.end if last else whole.start
    return Moment(day, day, Precision.DAY)


def join(first: str, second: str) -> Moment | None:
    """The period between two dates; the first may leave out what only the second states.

    Raises:
        BackwardsError: if the second date comes before the first.
    """
    if _BARE_YEAR.fullmatch(first) and _BARE_YEAR.fullmatch(second):
        return _bare_years(int(first), int(second))
    end = read_deadline(second)
    if end is None:
        return None
    start, shared = _first_of_two(first, second, end)
    if start is None or {start.precision, end.precision} == _YEARS:
        return None
    if start.start > end.end:
        raise BackwardsError(start, end, shared=shared)
    return Moment(start.start, end.end, common_precision(start, end), start.approximate or end.approximate)


def _bare_years(first: int, last: int) -> Moment | None:
    if first == last:
        return None
    if first > last:
        raise BackwardsError(calendar_year(first), calendar_year(last), shared=False)
    return Moment(dt.date(first, 4, 1), dt.date(last, 3, 31), Precision.FINANCIAL_YEAR)


def _first_of_two(first: str, second: str, end: Moment) -> tuple[Moment | None, bool]:
    """The first date, and whether it takes its year from the second."""
    start = read_start(first)
    if start is not None:
        return start, False
    completed = _complete(first, second, end.precision)
    return (read_start(completed) if completed else None), True


def _complete(first: str, second: str, precision: Precision) -> str | None:
    """Give the first date the month and year that stand only at the second."""
    if _DAY_NUMBER.fullmatch(first):
        month = _MONTH_AND_YEAR.search(second)
        return f"{first} {month[0]}" if month and precision is Precision.DAY else None
    if _PART_ALONE.fullmatch(first):
        part = _PART.fullmatch(second)
        return f"{first}{part[1]}" if part else None
    year = _YEAR_WRITTEN.search(second)
    return f"{first} {year[1]}" if year else None


def common_precision(start: Moment, end: Moment) -> Precision:
    """One precision in which both ends can be written."""
    pair = {start.precision, end.precision}
    halves_differ = start.precision is Precision.PART_OF_YEAR and start.approximate is not end.approximate
    if len(pair) == 1 and start.precision is not Precision.CALENDAR_YEAR and not halves_differ:
        return start.precision
    return Precision.DAY if pair & {Precision.DAY, Precision.PART_OF_MONTH} else Precision.MONTH


def _neighbours(first: str, second: str) -> Moment | None:
    """The whole of "July/August 2023": periods that follow each other are one; others are two times."""
    end = read_moment(second)
    if end is None or end.approximate or end.precision in _YEARS:
        return None
    start, shared = _first_of_two(first, second, end)
    if start is None or start.approximate or start.precision is not end.precision:
        return None
    if start.start > end.end:
        raise BackwardsError(start, end, shared=shared)
    follows = end.start - start.end == dt.timedelta(days=1)
    return Moment(start.start, end.end, start.precision) if follows else None
