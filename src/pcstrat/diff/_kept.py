"""Turns a fact about what was kept into one that is no loss: work done and set again, or a target met early."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diff._amounts import measure_direction
from pcstrat.diff._fields import KEPT, FieldFact
from pcstrat.diff._items import Node
from pcstrat.diff._links import Link
from pcstrat.diff._milestone_times import last_day
from pcstrat.diff.kinds import Kind
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action
from pcstrat.model.quantities import Quantity
from pcstrat.model.vocabulary import Direction, Progress

_MOVES = frozenset({Kind.DATE_LATER, Kind.DATE_EARLIER})
_PROGRESS = frozenset({Kind.PROGRESS_BACK, Kind.PROGRESS_FORWARD})
_TARGET_DATES = frozenset({"by", "target.when"})
_DONE, _AGAIN, _MET = "done", "again", "met"


def in_view_of_what_was_kept(fact: FieldFact, link: Link) -> FieldFact:
    """The fact with the context that makes it no loss and no gain, where there is one."""
    if isinstance(link.old.part, Action) and isinstance(link.new.part, Action):
        context = _context_of_work(fact, link)
    else:
        context = _MET if fact.kind in _MOVES and fact.field in _TARGET_DATES and _was_met(fact, link) else ""
    return fact._replace(context=context) if context else fact


def _context_of_work(fact: FieldFact, link: Link) -> str:
    """Of a time, that both sides say it is done; of that and of how far it is, that it was done and is set again."""
    is_time = fact.kind.value.startswith(("date-", "deadline-"))
    if is_time and _is_done(link.old) and _is_done(link.new):
        return _DONE
    is_progress = fact.kind in _PROGRESS or fact.context == KEPT
    return _AGAIN if (fact.kind in _MOVES or is_progress) and _is_set_again(link) else ""


def _is_done(node: Node) -> bool:
    return isinstance(node.part, Action) and node.part.status is Progress.DONE


def _is_set_again(link: Link) -> bool:
    """Whether only one side says that it was done, and the other sets it for a later time, in no earlier plan."""
    if _is_done(link.old) is _is_done(link.new):
        return False
    done, other = (link.old, link.new) if _is_done(link.old) else (link.new, link.old)
    days = last_day(done), last_day(other)
    if days[0] is None or days[1] is None or days[0] >= days[1]:
        return False
    return done.said_on is None or other.said_on is None or done.said_on <= other.said_on


def _was_met(fact: FieldFact, link: Link) -> bool:
    """Whether the side with the later target says that the earlier one is reached, and asks for no less."""
    measures = [node.item.part for node in (link.old, link.new)]
    first, last = measures if fact.kind is Kind.DATE_LATER else measures[::-1]
    if not (isinstance(first, Measure) and isinstance(last, Measure) and first.target and last.target):
        return False
    direction = measure_direction(first)
    if direction is None or direction is not measure_direction(last):
        return False
    goal = first.target.value
    is_reached = any(_reaches(reading, goal, direction) for reading in _readings(last))
    return is_reached and _reaches(last.target.value, goal, direction)


def _readings(measure: Measure) -> Iterator[Quantity]:
    return (reading.value for reading in (measure.latest, measure.baseline) if reading)


def _reaches(value: Quantity, goal: Quantity, direction: Direction) -> bool:
    """Whether a number, if need be the worse end of a range, is as good as another; not if their scales differ."""
    if value.number is None or goal.number is None or (value.unit, value.of) != (goal.unit, goal.of):
        return False
    if direction is Direction.UP:
        return value.number >= (goal.upper if goal.upper is not None else goal.number)
    return direction is Direction.DOWN and (value.upper if value.upper is not None else value.number) <= goal.number
