"""Turns money that both plans have into whether a later year puts it off: money that comes once, in plans of one year.

Of any other money a later year may be the next one's: a plan for a new year promises its money anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from pcstrat.diff._items import Node, of_money
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.vocabulary import Recurrence

_SAME_YEAR = dt.timedelta(days=273)
"""Nine months: a plan for the next year may come somewhat early."""


def comes_once(old: Node, new: Node) -> bool:
    """Whether it is certain that two lines, or some line of two tables, are the same money, which comes once."""
    return bool(_lines_that_come_once(old) & _lines_that_come_once(new)) and _are_of_one_year(old, new)


def _lines_that_come_once(node: Node) -> frozenset[Hashable]:
    """The lines of a table that come once, by id, else by their words; of a line, only whether it comes once."""
    if isinstance(node.part, FundingLine):
        return frozenset({"the line"} if _is_once(node) else ())
    if not isinstance(node.part, FundingTable):
        return frozenset()
    return frozenset(
        line.id or line.words
        for line in node.children
        if isinstance(line.part, FundingLine) and line.part.year is None and _is_once(line)
    )


def _is_once(line: Node) -> bool:
    return of_money(line, "recurrence") is Recurrence.NON_RECURRENT


def _are_of_one_year(old: Node, new: Node) -> bool:
    """Whether two plans are for the same period and of nearly the same time, so that neither is the next year's."""
    days = old.said_on, new.said_on
    if days[0] is None or days[1] is None or abs(days[1] - days[0]) >= _SAME_YEAR:
        return False
    periods = [(period.start, period.end) for node in (old, new) if (period := node.plan.document.period)]
    return len(set(periods)) <= 1
