"""Turns the plan files of a run into loaded plans, and says what they have to do with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pcstrat.errors import ExitCode
from pcstrat.history import stated_id
from pcstrat.workspace import PlanFile

if TYPE_CHECKING:
    from pcstrat.load import Loaded
    from pcstrat.registry import Registry


def load_file(file: PlanFile, registry: Registry, *, same_id: str = "") -> Loaded:
    """Load a plan file; one that cannot be read has that as its only finding."""
    from pcstrat.load import load_plan, unreadable_plan  # noqa: PLC0415 - not where nothing has changed

    if file.unreadable:
        return unreadable_plan(file.name, file.unreadable)
    return load_plan(file.content, file.name, registry, file_id=file.plan_id, same_id=same_id)


def code_with(files: Iterable[PlanFile], code: ExitCode) -> ExitCode:
    """An exit code, 3 at least if a file could not be read."""
    return max(code, ExitCode.NOT_DONE) if any(file.unreadable for file in files) else code


def same_ids(files: Iterable[PlanFile]) -> Mapping[str, str]:
    """For each file whose plan has the id of another, by its name, the name of the other file.

    A plan at a revision is the same plan at another time, and so does not count.
    """
    by_id: dict[str, list[str]] = {}
    for file in files:
        if file.revision is None and not file.unreadable and (plan_id := _id_in(file)):
            by_id.setdefault(plan_id, []).append(file.name)
    groups = [names for names in by_id.values() if len(names) > 1]
    return {name: names[0] if place else names[1] for names in groups for place, name in enumerate(names)}


def _id_in(file: PlanFile) -> str:
    """The id that a file states, in whatever notation."""
    if plan_id := stated_id(file.content):
        return plan_id
    from pcstrat.source import read_source  # noqa: PLC0415 - rarely needed

    data = read_source(file.content, file.name).data
    written = data.get("id") if isinstance(data, dict) else None
    return written if isinstance(written, str) else ""
