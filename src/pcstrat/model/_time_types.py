"""The vocabulary of time: what `times` reads a planner's wording into, free of any grammar."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

SortKey: TypeAlias = tuple[bool, dt.date, dt.date, str]
"""Undated last, then the first day, then the last day, then the wording."""

_APRIL = 4
_KEPT = 1_024


class TimeError(ValueError):
    """A time that cannot be read. The message says, in full sentences, what is wrong and how it may be written."""


class TimeKind(enum.StrEnum):
    """What sort of time a planner wrote."""

    DATE = "date"
    """One day, month, quarter, season or year, or a named part of one."""
    RANGE = "range"
    """From one date to another; with no start, "until" a date."""
    BY = "by"
    """A deadline: only the end is known."""
    FROM = "from"
    """A start without an end."""
    BAND = "band"
    """`Year N` or `Years N to M` of a programme, with or without a stated period."""
    RELATIVE = "relative"
    """Counted from a moment that is not stated ("over the next 3 years"), or a season without a year."""
    DURATION = "duration"
    """A length without a start ("five-year", "within 2 hours")."""
    RECURRING = "recurring"
    """Again and again ("monthly"), perhaps from or until a date."""
    ONGOING = "ongoing"
    """Nothing but the word "ongoing"."""
    UNCLEAR = "unclear"
    """Published in a way that cannot be read; the long form may say how it is read here."""


class Precision(enum.StrEnum):
    """How exactly a time was stated: the unit its first and last day were taken from."""

    DAY = "day"
    PART_OF_MONTH = "part of month"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    PART_OF_YEAR = "part of year"
    FINANCIAL_YEAR = "financial year"
    CALENDAR_YEAR = "calendar year"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A date or period: the wording published, and what it means.

    `start` and `end` are the first and the last day, both included; `None` is open or unknown. `years` are the
    programme years of "Year N" and "Years N to M". `every` is the interval of a recurring time ("month", "3 months",
    "January and September"). `ongoing` says that the word stands there, alone or beside a date. `qualifier` is how it
    happens ("in a phased way"). `read_as` is the reading that the long form gives, as written there.
    """

    published: str
    kind: TimeKind
    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision = Precision.NONE
    approximate: bool = False
    years: tuple[int, int] | None = None
    every: str | None = None
    ongoing: bool = False
    qualifier: str = ""
    read_as: str | None = None

    def __hash__(self) -> int:
        """Times are looked up often, and mostly differ in their wording."""
        return hash(self.published)

    @property
    def is_dated(self) -> bool:
        """Whether at least one end is a known day."""
        return self.start is not None or self.end is not None

    @property
    def names_its_end(self) -> bool:
        """Whether the one known end is named as such: "by the end of 2026/27" is its last day, "by 2026/27" any day."""
        words = (self.read_as or self.published).lower().split()
        return self.start is None and self.end is not None and not self.approximate and "end" in words

    @property
    def financial_years(self) -> tuple[str, ...]:
        """Every financial year (1 April to 31 March) touched, as `2024/25`; of an open time, the known end's."""
        first, last = self.start or self.end, self.end or self.start
        if first is None or last is None:
            return ()
        return _financial_years(first, last)

    @property
    def as_written(self) -> str | dict[str, str]:
        """What stands in a plan file for this time, so that reading it gives the same time: text, or the long form."""
        if self.kind is not TimeKind.UNCLEAR:
            return self.published
        long_form = {"published": self.published}
        return long_form if self.read_as is None else long_form | {"read_as": self.read_as}

    @property
    def sort_key(self) -> SortKey:
        """Dated times by their first known day, then by their last; undated ones after them, by their wording."""
        first, last = self.start or self.end, self.end or dt.date.max
        return first is None, first or dt.date.max, last, self.published


@lru_cache(maxsize=_KEPT)
def _financial_years(first: dt.date, last: dt.date) -> tuple[str, ...]:
    return tuple(map(financial_year_name, range(financial_year_of(first), financial_year_of(last) + 1)))


def financial_year_of(day: dt.date) -> int:
    """The calendar year in which the financial year of `day` began, on 1 April."""
    return day.year if day.month >= _APRIL else day.year - 1


def financial_year_name(first: int) -> str:
    """The financial year that began on 1 April of `first`, as the NHS writes it: 2024 gives `2024/25`."""
    return f"{first}/{(first + 1) % 100:02d}"
