"""Turns what a milestone says itself and the band it stands in into one fact about its time, the one that counts."""

from __future__ import annotations

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._items import Node, band_of
from pcstrat.diff._links import Link
from pcstrat.diff._times import compare_times
from pcstrat.diff._values import said
from pcstrat.diff.kinds import Kind
from pcstrat.model.points import Action
from pcstrat.model.times import Time
from pcstrat.outline import stated_time

OWN_TIMES = ("when", "due")
"""The fields in which a milestone states a time itself."""

_DATES = frozenset({Kind.DATE_LATER, Kind.DATE_EARLIER})


def time_of(node: Node) -> Time | None:
    """The time that counts for an action or milestone, as the outline says."""
    return stated_time(node.part, band_of(node)) if isinstance(node.part, Action) else None


def own_time(node: Node) -> Time | None:
    """The time that an action or milestone states itself."""
    return stated_time(node.part, band=None) if isinstance(node.part, Action) else None


def is_told_by_one_side(link: Link) -> bool:
    """Whether only one side states a time itself, so that the other has at most that of a band."""
    return _is_work(link) and (own_time(link.old) is None) != (own_time(link.new) is None)


def _is_work(link: Link) -> bool:
    """Whether it is still to be done on both sides: what was done has no deadline."""
    return isinstance(link.old.part, Action) and isinstance(link.new.part, Action)


def time_fact(link: Link, *, moved: bool) -> FieldFact | None:
    """The fact between the times that count, where a side has its own from its band; of bands, only on a move.

    A time that the band says as well says nothing new: it is stated now, or no longer.
    """
    before, after = time_of(link.old), time_of(link.new)
    if is_told_by_one_side(link):
        return _between(link, before, after, moved=moved)
    if not (moved and _is_work(link)) or own_time(link.old) or own_time(link.new):
        return None
    if before is None or after is None:
        return None if before is after else _stated("timeline", before, after)
    fact = compare_times(before, after)
    if fact is None or fact.kind not in _DATES:
        return None
    return FieldFact(fact.kind, "timeline", said(before), said(after), fact.amount, weighty=True)


def _between(link: Link, before: Time | None, after: Time | None, *, moved: bool) -> FieldFact | None:
    stated = next(node for node in (link.old, link.new) if own_time(node) is not None)
    field = next(name for name in OWN_TIMES if getattr(stated.part, name, None) is not None)
    if before is None or after is None:
        return _stated(field, before, after)
    fact = compare_times(before, after)
    if fact is not None and fact.kind is not Kind.REWORDED:
        return FieldFact(fact.kind, field, said(before), said(after), fact.amount, weighty=True)
    if moved:
        return None
    if stated is link.new:
        return FieldFact(Kind.STATED, field, None, said(after))
    return FieldFact(Kind.NO_LONGER_STATED, field, said(before), None)


def _stated(field: str, before: Time | None, after: Time | None) -> FieldFact:
    kind = Kind.DATE_STATED if before is None else Kind.DATE_REMOVED
    return FieldFact(kind, field, said(before), said(after), weighty=True)
