"""Turns how milestones stand into CSV and JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pcstrat.export.csv_text import csv_lines
from pcstrat.export.json_text import to_text
from pcstrat.export.plan_json import time_data
from pcstrat.status import MilestoneStatus, PlanStatus, Standing

FORMAT_VERSION = 1
COLUMNS = (
    "plan", "as_of", "standing", "milestone", "id", "ambition_or_objective", "strand", "owner",
    "when", "when_published", "first_day", "last_day", "days_over", "recorded",
)  # fmt: skip


def status_csv(plans: Iterable[PlanStatus]) -> str:
    """A row for each milestone; a cell is empty where the plan states nothing."""
    rows = (_row(plan, milestone) for plan in plans for milestone in plan.milestones)
    return "".join(csv_lines(chain((COLUMNS,), rows)))


def _row(plan: PlanStatus, milestone: MilestoneStatus) -> Iterator[str]:
    time = milestone.time
    yield from (plan.plan_id, plan.as_of.isoformat(), milestone.standing.value, milestone.what, milestone.item_id)
    yield from (milestone.aim, milestone.part, milestone.owner, milestone.when)
    yield time.published if time else ""
    yield from (_day(time.start if time else None), _day(time.end if time else None))
    yield str(milestone.days_over) if milestone.standing is Standing.OVERDUE else ""
    yield milestone.recorded.value if milestone.recorded else ""


def status_json(plans: Iterable[PlanStatus], *, as_of: dt.date) -> str:
    """`pcstrat_status` (the version of this shape, 1), `as_of`, and `plans` with counts, owners and milestones."""
    data = {"pcstrat_status": FORMAT_VERSION, "as_of": as_of.isoformat(), "plans": [_plan(plan) for plan in plans]}
    return to_text(data)


def _plan(plan: PlanStatus) -> dict[str, Any]:
    return {
        "id": plan.plan_id,
        "title": plan.title,
        "recorded": len(plan.recorded),
        "counts": {standing.value: number for standing, number in plan.counts.items()},
        "owners": [
            {"owner": owner or None, "counts": {standing.value: number for standing, number in counts.items()}}
            for owner, counts in plan.by_owner.items()
        ],
        "milestones": [_milestone(milestone) for milestone in plan.milestones],
    }


def _milestone(milestone: MilestoneStatus) -> dict[str, Any]:
    return {
        "standing": milestone.standing.value,
        "what": milestone.what,
        "id": milestone.item_id or None,
        "aim": milestone.aim,
        "strand": milestone.part or None,
        "owner": milestone.owner or None,
        "time": time_data(milestone.time) if milestone.time else None,
        "days_over": milestone.days_over if milestone.standing is Standing.OVERDUE else None,
        "recorded": milestone.recorded.value if milestone.recorded else None,
    }


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
