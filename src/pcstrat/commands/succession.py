"""Turns an old plan whose board was divided into where the rest of it went: the plans of now that follow it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pcstrat.commands.plan_files import load_file
from pcstrat.diff import Division
from pcstrat.errors import NotDoneError
from pcstrat.model.plan import Plan
from pcstrat.registry import Icb, Registry
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans


def rest_of(old: Sequence[Plan], new: Plan, others: Callable[[], Iterable[Plan]], registry: Registry) -> Division:
    """Where the rest of divided boards went. `others` gives the plans of now, if a board was divided at all."""
    divided = {plan.id: (plan, _other_successors(plan, new, registry)) for plan in old}
    if not any(boards for _, boards in divided.values()):
        return Division()
    own = {new.id, *divided}
    siblings = [
        other
        for other in others()
        if other.id not in own and any(boards and _takes_over(other, plan, boards) for plan, boards in divided.values())
    ]
    return division_of(old, new, siblings, registry)


def division_of(old: Sequence[Plan], new: Plan, siblings: Sequence[Plan], registry: Registry) -> Division:
    """What is known of the rest of old plans, of which `siblings` hold parts."""
    seen = {plan.icb for plan in siblings}
    missing = {
        plan.id: tuple(
            board.short_name for board in _other_successors(plan, new, registry) if board.ods_code not in seen
        )
        for plan in old
    }
    compared = {plan.icb for plan in old}
    mixed = (plan.id for plan in siblings if {board.ods_code for board in registry.predecessors(plan.icb)} - compared)
    return Division(
        siblings=tuple(siblings),
        mixed=frozenset(mixed),
        unseen={name: boards for name, boards in missing.items() if boards},
    )


def plans_of_folder(settings: Settings) -> tuple[PlanFile, ...]:
    """The files in the folder of plans; none where there is no such folder."""
    try:
        return resolve_plans((), settings)
    except NotDoneError:
        return ()


def readable_plans(files: Iterable[PlanFile], registry: Registry) -> Iterable[Plan]:
    """The plans of files, without those that cannot be read."""
    return (plan for file in files if (plan := load_file(file, registry).plan) is not None)


def _other_successors(old: Plan, new: Plan, registry: Registry) -> tuple[Icb, ...]:
    """The boards that an old plan's board was divided into, besides the new plan's."""
    successors = registry.successors(old.icb)
    if old.id == new.id or old.icb == new.icb or len(successors) < 2:  # noqa: PLR2004 - one successor took over the whole
        return ()
    return tuple(board for board in successors if board.ods_code != new.icb)


def _takes_over(plan: Plan, old: Plan, boards: Iterable[Icb]) -> bool:
    declared = old.id in plan.document.previous or old.icb in plan.document.inherits
    return declared or plan.icb in {board.ods_code for board in boards}
