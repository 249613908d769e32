"""Turns what a milestone says itself and the band it stands in into one fact about its time, the one that counts."""

from __future__ import annotations

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._items import Node, band_of
from pcstrat.diff._links import Link
from pcstrat.diff._times import Fact, compare_times
from pcstrat.diff._values import said
from pcstrat.diff.kinds import Kind
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.points import Action
from pcstrat.model.times import Time, resolve_years
from pcstrat.outline import periods_by_year, stated_time

OWN_TIMES = ("when", "due")
"""The fields in which a milestone states a time itself."""

_DATES = frozenset({Kind.DATE_LATER, Kind.DATE_EARLIER})


def time_of(node: Node) -> Time | None:
    """The time that counts for an action or milestone, as the outline says."""
    return stated_time(node.part, band_of(node)) if isinstance(node.part, Action) else None


def with_dates(time: Time, node: Node) -> Time:
    """A time that a part states, with the dates that programme years have in its plan."""
    timeline = node.aim.part.timeline if isinstance(node.aim.part, Objective | Strand) else ()
    return resolve_years(time, node.calendar.year_one, periods_by_year(timeline))


def own_time(node: Node) -> Time | None:
    """The time that an action or milestone states itself."""
    return stated_time(node.part, band=None) if isinstance(node.part, Action) else None


def is_told_otherwise(link: Link) -> bool:
    """Whether the two sides state their times in other fields, so that only the times that count can be compared.

    One may have at most that of a band, or state a deadline where the other states when it is to happen.
    """
    return _is_work(link) and _own_fields(link.old) != _own_fields(link.new)


def _own_fields(node: Node) -> tuple[str, ...]:
    return tuple(name for name in OWN_TIMES if getattr(node.part, name, None) is not None)


def _is_work(link: Link) -> bool:
    """Whether it is still to be done on both sides: what was done has no deadline."""
    return isinstance(link.old.part, Action) and isinstance(link.new.part, Action)


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


def _between(link: Link, before: Time | None, after: Time | None, *, moved: bool) -> FieldFact | None:
    fields = _own_fields(link.old), _own_fields(link.new)
    field = next(name for name in OWN_TIMES if (name in fields[0]) != (name in fields[1]))
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
    return FieldFact(Kind.DATE_CHANGED, field, said(before), said(after))


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
    return compare_times(before, after)


def _stated(field: str, before: Time | None, after: Time | None) -> FieldFact:
    kind = Kind.DATE_STATED if before is None else Kind.DATE_REMOVED
    return FieldFact(kind, field, said(before), said(after), weighty=True)
