"""Turns an old plan whose board was divided into where the rest of it went: the plans of now that follow it too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from pcstrat.commands.plan_files import load_file
from pcstrat.diff import Division
from pcstrat.errors import NotDoneError
from pcstrat.model.plan import Plan
from pcstrat.registry import Icb, Registry
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans


def rest_of(old: Sequence[Plan], new: Plan, others: Callable[[], Iterable[Plan]], registry: Registry) -> Division:
    """Where the rest of divided boards went. `others` gives the plans of now, if a board was divided at all."""
    is_divided = any(_other_successors(plan, new, registry) for plan in old)
    own = {new.id, *(plan.id for plan in old)}
    siblings = [plan for plan in others() if plan.id not in own] if is_divided else []
    return division_of(old, new, siblings, registry)


def division_of(old: Sequence[Plan], new: Plan, others: Sequence[Plan], registry: Registry) -> Division:
    """What is known of the rest of old plans, of which some of the `others` hold parts."""
    boards = {plan.id: _other_successors(plan, new, registry) for plan in old}
    siblings = {plan.id: _siblings(plan, others, boards[plan.id]) for plan in old}
    seen = {plan.icb for plans in siblings.values() for plan in plans}
    missing = {name: tuple(board.short_name for board in boards[name] if board.ods_code not in seen) for name in boards}
    compared = {plan.icb for plan in old}
    return Division(
        siblings={name: tuple(plans) for name, plans in siblings.items() if plans},
        mixed=frozenset(
            plan.id
            for plans in siblings.values()
            for plan in plans
            if {board.ods_code for board in registry.predecessors(plan.icb)} - compared
        ),
        unseen={name: names for name, names in missing.items() if names},
        unseen_before=_other_predecessors(compared, new, registry),
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


def _other_predecessors(compared: Collection[str], new: Plan, registry: Registry) -> tuple[str, ...]:
    """The boards that the new plan's board took over besides those compared; none where it is compared with itself."""
    before = registry.predecessors(new.icb)
    if new.icb in compared or not any(board.ods_code in compared for board in before):
        return ()
    return tuple(board.short_name for board in before if board.ods_code not in compared)


def _siblings(old: Plan, others: Iterable[Plan], boards: Iterable[Icb]) -> list[Plan]:
    """The plans that hold parts of an old one; of several plans of one board, those first that say so."""
    found = [other for other in others if _takes_over(other, old, boards)]
    return sorted(found, key=lambda other: old.id not in other.document.previous)


def _takes_over(plan: Plan, old: Plan, boards: Iterable[Icb]) -> bool:
    declared = old.id in plan.document.previous or old.icb in plan.document.inherits
    return declared or plan.icb in {board.ods_code for board in boards}
