"""Turns a time of work that moved into what is sure of it: where only the end of a span moved, no slip and no gain.

The end of "from April 2027 to March 2030" may be a deadline or the end of a service: which, the plan does not say.
"""

from __future__ import annotations

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._items import Node
from pcstrat.diff._links import Link
from pcstrat.diff._milestone_times import with_dates
from pcstrat.diff._times import length
from pcstrat.diff.kinds import Kind
from pcstrat.model.points import Action, Milestone
from pcstrat.model.times import Precision, Time, TimeKind, parse_time

_FIELD = "when"
_LONG = frozenset({Precision.SEASON, Precision.FINANCIAL_YEAR, Precision.CALENDAR_YEAR})
_STRETCHES = frozenset({TimeKind.RANGE, TimeKind.RECURRING, TimeKind.FROM})
_MOVES = {Kind.DATE_LATER: Kind.END_LATER, Kind.DATE_EARLIER: Kind.END_EARLIER}
_ENDS = {Kind.DEADLINE_SET: Kind.END_SET, Kind.DEADLINE_DROPPED: Kind.END_DROPPED}
_UNTIL = {
    Kind.DATE_STATED: Kind.END_SET,
    Kind.DATE_DATED: Kind.END_SET,
    Kind.DATE_REMOVED: Kind.END_DROPPED,
    Kind.DATE_UNDATED: Kind.END_DROPPED,
}


def in_view_of_spans(fact: FieldFact, link: Link) -> FieldFact:
    """The fact of a time of work as one about the end of a span, where that is all that is sure of it."""
    if fact.field != _FIELD or not (isinstance(link.old.part, Action) and isinstance(link.new.part, Action)):
        return fact
    old, new = (_as_read(side.value if side else None) for side in (fact.before, fact.after))
    if fact.kind in _UNTIL:
        return fact._replace(kind=_UNTIL[fact.kind]) if _only_until(old, new) else fact
    if old is None or new is None or not _are_spans((old, link.old), (new, link.new)):
        return fact
    if fact.kind in _ENDS:
        return _with_or_without_end(fact, old, new)
    if fact.kind not in _MOVES:
        return fact
    if old.is_dated != new.is_dated:
        old, new = with_dates(old, link.old), with_dates(new, link.new)
    return _moved(fact, old, new)


def _as_read(value: object) -> Time | None:
    if not isinstance(value, Time):
        return None
    return parse_time(value.read_as) if value.read_as is not None else value


def _only_until(old: Time | None, new: Time | None) -> bool:
    """Whether a side says nothing but how long work goes on, and the other no time, or that it is ongoing."""
    told = [time for time in (old, new) if time is not None and time.kind is not TimeKind.ONGOING]
    return len(told) == 1 and told[0].kind is TimeKind.RANGE and told[0].start is None


def _are_spans(*sides: tuple[Time, Node]) -> bool:
    """Whether work may go on for all of both times, one of which says so: with a first or a last day, or both."""
    return any(_is_stretch(time) for time, _ in sides) and all(
        _is_stretch(time) or _may_be_span(time, node) for time, node in sides
    )


def _is_stretch(time: Time) -> bool:
    is_of_years = time.kind is TimeKind.BAND and time.years is not None and time.years[0] != time.years[1]
    return time.kind in _STRETCHES or is_of_years


def _may_be_span(time: Time, node: Node) -> bool:
    """Whether work may go on for all of one year or season; a milestone is reached once in it."""
    is_long = time.kind is TimeKind.BAND or (time.kind is TimeKind.DATE and time.precision in _LONG)
    return is_long and not isinstance(node.part, Milestone)


def _moved(fact: FieldFact, old: Time, new: Time) -> FieldFact:
    """Both ends that went one way are a move; anything else is sure of the last day alone."""
    if old.end and old.end == new.end:
        return fact
    if old.end and new.end:
        starts = (new.start - old.start).days if old.start and new.start else 0
        if starts * (new.end - old.end).days > 0:
            return fact
        return fact._replace(kind=_MOVES[fact.kind], amount=length(*sorted((old.end, new.end))))
    if old.years and new.years and not (old.is_dated or new.is_dated):
        moves = new.years[0] - old.years[0], new.years[1] - old.years[1]
        go_one_way = moves[0] * moves[1] > 0 or not moves[1]
        return fact if go_one_way else fact._replace(kind=_MOVES[fact.kind])
    return fact


def _with_or_without_end(fact: FieldFact, old: Time, new: Time) -> FieldFact:
    """An end that came or went; or that all begins later or earlier, where that is so whatever the end means."""
    is_set = fact.kind is Kind.DEADLINE_SET
    closed, open_ = (new, old) if is_set else (old, new)
    if closed.start and open_.start and closed.end:
        first, last = sorted((closed.start, open_.start))
        is_later = closed.start > open_.start
        if is_later or open_.start > closed.end:
            kind = Kind.DATE_LATER if is_later is is_set else Kind.DATE_EARLIER
            way = "later" if kind is Kind.DATE_LATER else "earlier"
            return fact._replace(kind=kind, amount=f"starts {length(first, last)} {way}")
    return fact._replace(kind=_ENDS[fact.kind])
