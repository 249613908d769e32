"""Turns an item and the plan without it into whether its time was over there, and what is then known of it.

A plan does not look back: it says nothing of work that was due before it, of a target whose date has passed, or of the
money of a year that is over. That such an item is not in it says nothing of what was promised, kept or missed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pcstrat.diff._items import Node, of_money
from pcstrat.diff._milestone_times import time_of, with_dates
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.points import Action, Outcome
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import Progress, Recurrence

_KNOWN = frozenset({Progress.DONE, Progress.DELAYED, Progress.STOPPED})
"""How far work is when it is known whether it was done by its date."""

_TARGET = "target"
_NAMED = {
    **dict.fromkeys((Measure, Reading, Outcome), "date"),
    **dict.fromkeys((FundingLine, FundingTable), "year"),
}
"""What had passed, where it is not the time of work."""


class Beginning(NamedTuple):
    """The first day that a plan looks at, and how that is known: "when the new plan was dated"."""

    day: dt.date
    known_from: str


class OtherSide(NamedTuple):
    """The side without an item: where its plan begins to look, and the national commitments it answers.

    `name_of_this` is what the plan with the item is called: "old" or "new".
    """

    begins: Beginning | None
    codes: Callable[[], frozenset[str]]
    name_of_this: str

    def begins_after(self, node: Node) -> Beginning | None:
        """Where the side without an item begins to look, or the one with it was dated, if its time was over by then."""
        time = _time_promised(node)
        end = with_dates(time, node).end if time else None
        said_on = node.said_on
        days = [self.begins, Beginning(said_on, _dated(self.name_of_this)) if said_on else None]
        return next((day for day in days if day is not None and end is not None and end < day.day), None)


def _dated(name: str) -> str:
    return f"when the {name} plan was dated"


def begins(roots: Iterable[Node], name: str) -> Beginning | None:
    """Where plans begin to look, the first of several; nothing where that is not known of one of them."""
    found = [_begins(root, name) for root in roots]
    known = [each for each in found if each is not None]
    return min(known) if known and len(known) == len(found) else None


def _begins(root: Node, name: str) -> Beginning | None:
    """On the day of the plan, or on the first of its period where that is later or alone is stated."""
    period = root.plan.document.period
    days = [(root.said_on, _dated(name))]
    days.append((period.start if period else None, f"before the period of the {name} plan"))
    known = [Beginning(day, words) for day, words in days if day is not None]
    return max(known, key=lambda each: each.day) if known else None


def is_past(node: Node, other: OtherSide) -> bool:
    """Whether the time of an item was over before a plan looked, and none says whether it was kept."""
    return not node.is_given_up and other.begins_after(node) is not None


def year_of(money: Node) -> Time | None:
    """The year that money is for: what a line leaves open, its table says."""
    year = money.part.year if isinstance(money.part, FundingTable) else of_money(money, "year")
    return year if isinstance(year, Time) else None


def _time_promised(node: Node) -> Time | None:
    """The time by which what an item promises is due, or for which it gives money; nothing where that goes on."""
    part = node.part
    if isinstance(part, Action):
        return None if part.status in _KNOWN else time_of(node)
    if isinstance(part, Outcome):
        return part.when
    if isinstance(part, Measure):
        return part.by or (part.target.when if part.target else None)
    if isinstance(part, Reading):
        return _time_promised(node.item) if node.key == _TARGET and isinstance(node.item.part, Measure) else None
    if isinstance(part, FundingLine | FundingTable):
        return None if _goes_on(node) else year_of(node)
    return None


def _goes_on(money: Node) -> bool:
    """Whether money comes again or lasts, or is a table of lines, each of which may have a year of its own."""
    if isinstance(money.part, FundingTable):
        return bool(money.part.lines) or money.part.recurrence is Recurrence.RECURRENT
    return of_money(money, "recurrence") is Recurrence.RECURRENT or getattr(money.part, "lasts", None) is not None


def what_is_known(node: Node, parts: Sequence[Node], other: OtherSide, *, has_others: bool) -> str:
    """What is known of an item that is past: that its time was over, and of work, that no status says more.

    Args:
        node: The item.
        parts: What stood in it and is past; none where it holds nothing.
        other: The side without it.
        has_others: Whether something else in it is known to be done.
    """
    past = parts or [node]
    beginning = other.begins_after(past[0])
    if beginning is None:
        return ""
    known = f"{_times(past)} had passed {beginning.known_from}"
    if not any(isinstance(part.part, Action) for part in past):
        return known
    who = "the rest was" if has_others else "it was" if len(past) == 1 else "they were"
    return f"{known}, and no status says whether {who} done"


def _times(past: Sequence[Node]) -> str:
    """What had passed, by the name that fits all of it: "the time", "the year", "the times"."""
    names = {_NAMED.get(type(part.part), "time") for part in past}
    (only,) = names if len(names) == 1 else ("time",)
    stated = {" ".join(time.published.split()) for part in past if (time := _time_promised(part))}
    return f"the {only}" if len(stated) == 1 else f"the {only}s"
