"""Turns a period that moved into how many milestones moved with it: those in "Year 2", counted from its start."""

from __future__ import annotations

from collections import Counter

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._links import Link
from pcstrat.diff.kinds import Kind
from pcstrat.model.plan import Plan
from pcstrat.model.vocabulary import Progress
from pcstrat.outline import calendar_of, milestones_in_plan
from pcstrat.text import counted

_FIELD = "document.period"


def with_years(fact: FieldFact, link: Link) -> FieldFact:
    """The fact of a plan's period with the milestones that it moves, if there are any; any other fact as it is."""
    if fact.field != _FIELD or fact.kind not in {Kind.DATE_LATER, Kind.DATE_EARLIER}:
        return fact
    old, new = link.old.plan, link.new.plan
    before, after = calendar_of(old).year_one, calendar_of(new).year_one
    if before is None or after is None or before == after or (after > before) != (fact.kind is Kind.DATE_LATER):
        return fact
    moved = (_counted_in_years(old) & _counted_in_years(new)).total()
    if not moved:
        return fact
    amount = f"{fact.amount}, and with it {counted(moved, 'milestone')} in years counted from its start"
    return fact._replace(amount=amount, context="years")


def _counted_in_years(plan: Plan) -> Counter[tuple[str | None, ...]]:
    """The milestones in programme years with dates that are not done, by id, else by their words.

    Others of a next plan's "Year 1" are that year's own, and were not put off.
    """
    return Counter(
        (each.milestone.id,) if each.milestone.id else (each.milestone.title, each.milestone.text)
        for each in milestones_in_plan(plan)
        if (time := each.time) is not None and time.years is not None and time.start is not None
        if not each.milestone.retired and each.milestone.status is not Progress.DONE
    )
