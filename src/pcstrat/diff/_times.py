"""Turns two times into the facts between them: later or earlier by how much, stated, unclear, less precise."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple, TypeAlias

from pcstrat.diff.kinds import Kind
from pcstrat.model.times import Precision, Time, TimeKind, span_of
from pcstrat.text import counted

_MONTHS = 12
_FINENESS = (
    Precision.DAY,
    Precision.PART_OF_MONTH,
    Precision.MONTH,
    Precision.QUARTER,
    Precision.SEASON,
    Precision.PART_OF_YEAR,
    Precision.FINANCIAL_YEAR,
    Precision.CALENDAR_YEAR,
    Precision.NONE,
)

_PERIODS = frozenset({TimeKind.RANGE, TimeKind.RECURRING})
_WAYS = {Kind.DATE_LATER: "later", Kind.DATE_EARLIER: "earlier"}
_MINUTE, _MONTH = "minute", "month"
_SIZES = {
    **{unit: (_MINUTE, size) for unit, size in (("minute", 1), ("hour", 60), ("day", 1440), ("week", 10_080))},
    **{unit: (_MONTH, size) for unit, size in (("month", 1), ("quarter", 3), ("year", 12), ("decade", 120))},
    "fortnight": (_MINUTE, 20_160),
    "working day": ("working day", 1),
}
"""What a unit is made of, and of how many: a month has no certain number of days."""

UNITS_OF_TIME = frozenset({"second", *(word for unit in _SIZES for word in unit.split())})
"""What time is counted in, each word alone ("working", "day")."""

Days: TypeAlias = tuple[dt.date | None, dt.date | None]
"""The days on which two plans say something, where they are known."""

_UNKNOWN: Days = (None, None)


class Fact(NamedTuple):
    """What happened to a value, and by how much in words."""

    kind: Kind
    amount: str = ""


def compare_times(old: Time, new: Time, said_on: Days = _UNKNOWN) -> Fact | None:
    """The fact between two times; `None` when they say the same in the same words.

    Spans of months and years are counted from the days `said_on`: "in 5 years' time". A shorter one may end as late as
    one of last year; shorter ones are how long somebody waits ("within 2 hours").
    """
    if _meaning(old) == _meaning(new):
        return Fact(Kind.REWORDED) if " ".join(old.published.split()) != " ".join(new.published.split()) else None
    unclear = old.kind is TimeKind.UNCLEAR, new.kind is TimeKind.UNCLEAR
    if unclear[0] != unclear[1]:
        return Fact(Kind.DATE_UNCLEAR if unclear[1] else Kind.DATE_CLEAR)
    if old.is_dated != new.is_dated and TimeKind.RECURRING in {old.kind, new.kind}:
        return Fact(Kind.DATE_CHANGED)  # a duty that came round again is another than one that ends, and no weaker
    if old.is_dated != new.is_dated:
        return Fact(Kind.DATE_DATED if new.is_dated else Kind.DATE_UNDATED)
    if not old.is_dated:
        return _compare_spans(old, new, said_on) or _compare_years(old, new)
    return _compare_dates(old, new)


def _meaning(time: Time) -> tuple[object, ...]:
    words = time.published if time.kind in {TimeKind.RELATIVE, TimeKind.DURATION} else ""
    return (
        *(time.kind, time.start, time.end, time.precision, time.approximate, time.years, time.every, time.ongoing),
        *(time.qualifier, time.read_as, " ".join(words.split())),
        time.published if time.kind is TimeKind.UNCLEAR and time.read_as is None else "",
    )


def _compare_spans(old: Time, new: Time, said_on: Days) -> Fact | None:
    """The fact between two lengths: by the end of some, something is to be done; of others, none is better."""
    before, after = span_of(old), span_of(new)
    if before is None or after is None or before.is_deadline is not after.is_deadline:
        return None
    (unit, first), (other_unit, last) = _SIZES[before.unit], _SIZES[after.unit]
    if unit != other_unit:
        return None
    longer = after.number * last - before.number * first
    if not longer:
        return Fact(Kind.REWORDED)
    finest = before.unit if first <= last else after.unit
    by = counted(abs(longer) // min(first, last), finest)
    if not before.is_deadline:
        return Fact(Kind.DATE_CHANGED, f"{by} {'longer' if longer > 0 else 'shorter'}")
    is_from_one_day = unit != _MONTH or said_on[0] == said_on[1]
    if not is_from_one_day and not _moves_apart(said_on, longer):
        return Fact(Kind.DATE_CHANGED)
    return Fact(Kind.DATE_LATER if longer > 0 else Kind.DATE_EARLIER, by if is_from_one_day else "")


def _moves_apart(said_on: Days, longer: int) -> bool:
    """Whether a longer span is counted from a later day, or a shorter one from an earlier day."""
    first, last = said_on
    return first is not None and last is not None and (last > first) == (longer > 0)


def _compare_years(old: Time, new: Time) -> Fact:
    """Years of a programme can be counted even where they have no dates."""
    if old.years is None or new.years is None:
        return Fact(Kind.DATE_CHANGED)
    first, last = (after - before for before, after in zip(old.years, new.years, strict=True))
    if not last:
        is_start = first and _is_period(old) and _is_period(new)
        kind = _way(first > 0)
        return (
            Fact(kind, f"starts {counted(abs(first), 'year')} {_WAYS[kind]}") if is_start else Fact(Kind.DATE_CHANGED)
        )
    kind, starts, ends = _way(last > 0), counted(abs(first), "year"), counted(abs(last), "year")
    is_both = first * last > 0 and (_is_period(old) or _is_period(new))
    return Fact(kind, _of_both_ends(kind, starts, ends) if is_both else ends)


def _compare_dates(old: Time, new: Time) -> Fact:
    if (old.end is None) != (new.end is None):
        return Fact(Kind.DEADLINE_DROPPED if new.end is None else Kind.DEADLINE_SET)
    ends = (old.end, new.end) if old.end and new.end else (old.start, new.start)
    if ends[0] and ends[1] and ends[0] != ends[1]:
        if (_is_period(old) or _is_period(new)) and (both := _move_of_both_ends(old, new)):
            return both
        return _moved(ends[0], ends[1], "up to " if _overlap(old, new) and not _moves_whole(old, new) else "")
    if (old.start, old.end, old.approximate) == (new.start, new.end, new.approximate):
        return Fact(Kind.REWORDED)
    fineness = _width(old), _width(new)
    if fineness[0] != fineness[1] and _is_one_start(old, new):
        return Fact(Kind.DATE_LESS_PRECISE if fineness[1] > fineness[0] else Kind.DATE_MORE_PRECISE)
    return _start_moved(old, new) or Fact(Kind.DATE_CHANGED)


def _start_moved(old: Time, new: Time) -> Fact | None:
    """How far the start of a period moved whose end stayed."""
    if not (old.start and new.start and old.end) or old.start == new.start or not (_is_period(old) and _is_period(new)):
        return None
    kind = _way(new.start > old.start)
    return Fact(kind, f"starts {length(*sorted((old.start, new.start)))} {_WAYS[kind]}")


def _is_one_start(old: Time, new: Time) -> bool:
    """Whether two times with one end differ in how exactly they say it, and not in when something starts."""
    if (old.start is None) != (new.start is None):
        return False
    both_ranges = old.kind is new.kind is TimeKind.RANGE and old.precision is new.precision
    return old.start == new.start or not both_ranges


def _overlap(old: Time, new: Time) -> bool:
    """Whether both are stated periods that share a day, so that only their ends can be told apart."""
    if not (old.start and old.end and new.start and new.end):
        return False
    return old.start <= new.end and new.start <= old.end


def _moves_whole(old: Time, new: Time) -> bool:
    """Whether both ends of a period are as much later, or earlier."""
    if not (old.start and old.end and new.start and new.end) or (new.start > old.start) != (new.end > old.end):
        return False
    return length(*sorted((old.start, new.start))) == length(*sorted((old.end, new.end)))


def _is_period(time: Time) -> bool:
    """Whether a time has two ends that can move apart from each other, and is no single month or year."""
    return time.kind in _PERIODS or (time.years is not None and time.years[0] != time.years[1])


def _move_of_both_ends(old: Time, new: Time) -> Fact | None:
    """How far both ends moved, where both are later or both earlier."""
    if not (old.start and old.end and new.start and new.end) or old.start == new.start:
        return None
    if (new.start > old.start) != (new.end > old.end):
        return None
    kind = _way(new.end > old.end)
    starts, ends = length(*sorted((old.start, new.start))), length(*sorted((old.end, new.end)))
    return Fact(kind, _of_both_ends(kind, starts, ends))


def _of_both_ends(kind: Kind, starts: str, ends: str) -> str:
    way = _WAYS[kind]
    return f"starts and ends {ends} {way}" if starts == ends else f"starts {starts} and ends {ends} {way}"


def _moved(old: dt.date, new: dt.date, up_to: str) -> Fact:
    return Fact(_way(new > old), f"{up_to}{length(min(old, new), max(old, new))}")


def _way(is_later: bool) -> Kind:  # noqa: FBT001 - what it is about
    return Kind.DATE_LATER if is_later else Kind.DATE_EARLIER


def _width(time: Time) -> tuple[int, int, bool]:
    """How wide a time is: its days, then the unit it was stated in, then whether it is only "about" then."""
    days = (time.end - time.start).days if time.start and time.end else -1
    return days, _FINENESS.index(time.precision), time.approximate


def length(first: dt.date, last: dt.date) -> str:
    """The time between two days, in the largest unit that says it exactly."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    if months and (first.day == last.day or (_ends_month(first) and _ends_month(last))):
        if months % _MONTHS == 0:
            return counted(months // _MONTHS, "year")
        return counted(months, "month")
    return counted((last - first).days, "day")


def _ends_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
