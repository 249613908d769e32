"""Turns what a milestone says itself and the band it stands in into one fact about its time, the one that counts.

A band states its own time in one of several places too: as dates, as years of the plan, or in its label alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._items import Node, band_of
from pcstrat.diff._links import Link
from pcstrat.diff._times import Fact, compare_times
from pcstrat.diff._values import said
from pcstrat.diff.kinds import Kind
from pcstrat.model.aims import Band, Objective, Strand
from pcstrat.model.points import Action
from pcstrat.model.times import Time, resolve_years
from pcstrat.outline import periods_by_year, stated_time, time_of_band

OWN_TIMES = ("when", "due")
"""The fields in which a milestone states a time itself."""

_BAND_TIMES = ("when", "band")
"""The fields in which a band states its time; what its label says counts where neither is stated."""

_DATES = frozenset({Kind.DATE_LATER, Kind.DATE_EARLIER})
_ROUND_AGAIN = "the same words stand between the two as well"


def time_of(node: Node) -> Time | None:
    """The time that counts for an action or milestone, or that a band gives, as the outline says."""
    if isinstance(node.part, Band):
        return time_of_band(node.part)
    return stated_time(node.part, band_of(node)) if isinstance(node.part, Action) else None


def with_dates(time: Time, node: Node) -> Time:
    """A time that a part states, with the dates that programme years have in its plan."""
    timeline = node.aim.part.timeline if isinstance(node.aim.part, Objective | Strand) else ()
    return resolve_years(time, node.calendar.year_one, periods_by_year(timeline))


def last_day(node: Node) -> dt.date | None:
    """The day on which the time that counts ends, or begins if it has no end."""
    time = time_of(node)
    dated = with_dates(time, node) if time else None
    return (dated.end or dated.start) if dated else None


def own_time(node: Node) -> Time | None:
    """The time that an action or milestone states itself."""
    return stated_time(node.part, band=None) if isinstance(node.part, Action) else None


def is_told_otherwise(link: Link) -> bool:
    """Whether the two sides state their times in other fields, so that only the times that count can be compared.

    One may have at most that of a band, or state a deadline where the other states when it is to happen.
    """
    return _time_fields(link) != () and _own_fields(link.old, link) != _own_fields(link.new, link)


def _own_fields(node: Node, link: Link) -> tuple[str, ...]:
    return tuple(name for name in _time_fields(link) if getattr(node.part, name, None) is not None)


def _time_fields(link: Link) -> tuple[str, ...]:
    """The fields for times of two bands, or of work that is still to be done on both sides: what was done has none."""
    if isinstance(link.old.part, Band) and isinstance(link.new.part, Band):
        return _BAND_TIMES
    return OWN_TIMES if _is_work(link) else ()


def _is_work(link: Link) -> bool:
    return isinstance(link.old.part, Action) and isinstance(link.new.part, Action)


def is_of_time(field: str, link: Link) -> bool:
    """Whether a field of two parts states their time."""
    return field in _time_fields(link)


def time_fact(link: Link, *, moved: bool) -> FieldFact | None:
    """The fact between the times that count, where a side has its own from its band; of bands, only on a move.

    A time that the band says as well says nothing new: it is stated now, or no longer.
    """
    before, after = time_of(link.old), time_of(link.new)
    if is_told_otherwise(link):
        return _between(link, before, after, moved=moved)
    if not (moved and _is_work(link)) or own_time(link.old) or own_time(link.new):
        return None
    if before is None or after is None:
        return None if before is after else _stated("timeline", before, after)
    fact = compare_dated((before, link.old), (after, link.new))
    if fact is None or fact.kind not in _DATES:
        return None
    return FieldFact(fact.kind, "timeline", said(before), said(after), fact.amount, weighty=True)


def labels_as_times(fact: FieldFact, link: Link) -> FieldFact:
    """The fact of two labels from which alone bands have their times, as the fact of those; any other as it is."""
    is_time = fact.kind is Kind.RELABELLED and _time_fields(link) == _BAND_TIMES
    if not is_time or _own_fields(link.old, link) or _own_fields(link.new, link):
        return fact
    before, after = time_of(link.old), time_of(link.new)
    if before is None or after is None:
        kind = Kind.DATE_STATED if before is None else Kind.DATE_REMOVED
        return fact if before is after else fact._replace(kind=kind, weighty=True)
    found = compare_dated((before, link.old), (after, link.new))
    if found is None or found.kind is Kind.REWORDED:
        return fact
    return fact._replace(kind=found.kind, amount=found.amount, context="", weighty=True)


def comes_round(fact: FieldFact, link: Link) -> FieldFact:
    """The fact of a time that passes over another of the same work, which comes round again, as no slip.

    Without ids nothing tells the report of one year from that of another; each year's list has one more and one less.
    """
    if fact.kind not in _DATES or not _is_work(link) or (link.old.id and link.new.id):
        return fact
    ends = [last_day(node) for node in (link.old, link.new)]
    if None in ends or not all(_has_between(node, ends) for node in (link.old, link.new)):
        return fact
    return fact._replace(kind=Kind.DATE_CHANGED, amount=_ROUND_AGAIN)


def _has_between(node: Node, ends: Sequence[dt.date | None]) -> bool:
    """Whether the same words stand in the same aim, with a time between two others."""
    first, last = sorted(day for day in ends if day)
    others = (other for other in node.aim.below() if other is not node and isinstance(other.part, Action))
    days = (last_day(other) for other in others if other.words == node.words)
    return any(day is not None and first < day < last for day in days)


def _between(link: Link, before: Time | None, after: Time | None, *, moved: bool) -> FieldFact | None:
    fields = _own_fields(link.old, link), _own_fields(link.new, link)
    field = next(name for name in _time_fields(link) if (name in fields[0]) != (name in fields[1]))
    if before is None or after is None:
        return _stated(field, before, after)
    fact = compare_dated((before, link.old), (after, link.new))
    if fact is not None and fact.kind is not Kind.REWORDED:
        return FieldFact(fact.kind, field, said(before), said(after), fact.amount, weighty=True)
    if moved:
        return None
    if _is_more(fields[1], fields[0]):
        return FieldFact(Kind.STATED, field, None, said(getattr(link.new.part, field)))
    if _is_more(fields[0], fields[1]):
        return FieldFact(Kind.NO_LONGER_STATED, field, said(getattr(link.old.part, field)), None)
    kind = Kind.REWORDED if isinstance(link.new.part, Band) else Kind.DATE_CHANGED
    return FieldFact(kind, field, said(before), said(after))


def _is_more(fields: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return set(fields) > set(others)


def as_dated(fact: FieldFact, link: Link) -> FieldFact:
    """The fact of a time that became a date, or was one, where the years of the plan are dates; any other as it is."""
    before, after = (side.value if side else None for side in (fact.before, fact.after))
    if fact.kind not in {Kind.DATE_DATED, Kind.DATE_UNDATED}:
        return fact
    if not (isinstance(before, Time) and isinstance(after, Time)):
        return fact
    found = compare_dated((before, link.old), (after, link.new)) or Fact(Kind.REWORDED)
    return fact._replace(kind=found.kind, amount=found.amount)


def compare_dated(old: tuple[Time, Node], new: tuple[Time, Node]) -> Fact | None:
    """The fact between two times with the parts that state them; years of a programme are compared as dates with dates.

    Two programme years are compared as they are counted: that their plan's period moved is told of the period.
    """
    (before, old_node), (after, new_node) = old, new
    if before.is_dated != after.is_dated:
        before, after = with_dates(before, old_node), with_dates(after, new_node)
    return compare_times(before, after, (old_node.said_on, new_node.said_on))


def _stated(field: str, before: Time | None, after: Time | None) -> FieldFact:
    kind = Kind.DATE_STATED if before is None else Kind.DATE_REMOVED
    return FieldFact(kind, field, said(before), said(after), weighty=True)
