"""Turns the plan files of a run into the ids that two of them have: nobody can say which of the two is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pcstrat.history import stated_id
from pcstrat.source import read_source
from pcstrat.workspace import PlanFile


def same_ids(files: Iterable[PlanFile]) -> Mapping[str, str]:
    """For each file whose plan has the id of another, by its name, the name of the other file.

    A plan at a revision is the same plan at another time, and so does not count.
    """
    by_id: dict[str, list[str]] = {}
    for file in files:
        if file.revision is None and (plan_id := _id_in(file)):
            by_id.setdefault(plan_id, []).append(file.name)
    groups = [names for names in by_id.values() if len(names) > 1]
    return {name: names[0] if place else names[1] for names in groups for place, name in enumerate(names)}


def _id_in(file: PlanFile) -> str:
    """The id that a file states, in whatever notation."""
    if plan_id := stated_id(file.content):
        return plan_id
    data = read_source(file.content, file.name).data
    plan_id = data.get("id") if isinstance(data, dict) else None
    return plan_id if isinstance(plan_id, str) else ""
