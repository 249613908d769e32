"""Turns two wordings that differ in one date into how much later or earlier something is to be done by then."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.diff._figures import Sort, Token, tokens
from pcstrat.diff._times import Fact, compare_times
from pcstrat.diff.kinds import Kind
from pcstrat.model.times import time_or_none

_BY = "by"
_BETWEEN = frozenset({"the", "end", "of"})
_MOVED = {Kind.DATE_LATER: "later", Kind.DATE_EARLIER: "earlier"}


def compare_deadlines(before: str, after: str, *, is_promised: bool) -> Fact | None:
    """The fact between two wordings alike but for the date by which something is to be done; else none.

    Where nothing tells that it is promised, a later date is only another one.
    """
    old, new = tokens(before), tokens(after)
    places = [place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0].figure != pair[1].figure]
    if len(old) != len(new) or len(places) != 1:
        return None
    times = [time_or_none(_deadline(side, places[0])) for side in (old, new)]
    if times[0] is None or times[1] is None:
        return None
    fact = compare_times(times[0], times[1])
    if fact is None or fact.kind not in _MOVED:
        return None
    return fact if is_promised else Fact(Kind.DATE_CHANGED, f"{fact.amount} {_MOVED[fact.kind]}")


def _deadline(side: Sequence[Token], place: int) -> str:
    """The words of a deadline that ends with a date: "by the end of March 2028"; empty if there is none."""
    figure = side[place].figure
    if figure is None or figure.sort is not Sort.DATE:
        return ""
    start = place - 1
    while start > 0 and side[start].text.lower() in _BETWEEN:
        start -= 1
    if start < 0 or side[start].text.lower() != _BY:
        return ""
    return " ".join(token.text for token in side[start : place + 1]).lower().replace("  ", " ")
