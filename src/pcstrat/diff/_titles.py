"""Turns the codes and ids that a change shows into what they stand for, for readers who know neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from pcstrat.diff._items import Node, nodes_of
from pcstrat.diff._subjects import reference_fields
from pcstrat.diff._values import published
from pcstrat.diff.changes import Change, Said
from pcstrat.diff.kinds import Kind
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry

_ABOUT_IDS = frozenset({Kind.ID_CHANGED, Kind.LINEAGE_CHANGED})


class Titles:
    """What codes stand for in the registry, and ids in plans."""

    def __init__(self, plans: Sequence[Plan], registry: Registry | None) -> None:
        self._plans = plans
        self._registry = registry

    def added_to(self, change: Change) -> Change:
        """The change with the titles of what it shows."""
        field = change.field.rpartition(".")[2]
        if change.commitments:
            answered = (self._titled(code, "commitments", "") or code for code in change.commitments)
            change = replace(change, commitments=tuple(answered))
        if change.kind in _ABOUT_IDS or not any(map(self._is_code, (change.before, change.after))):
            return change
        old, new = (
            self._titled(side, field, plan)
            for side, plan in ((change.before, change.old_plan), (change.after, change.new_plan))
        )
        return replace(change, before=old, after=new)

    @staticmethod
    def _is_code(side: Said | None) -> bool:
        return side is not None and isinstance(side.value, str)

    def _titled(self, side: Said | None, field: str, plan: str) -> Said | None:
        if side is None:
            return None
        title = self._of_plan(field, side.text) or self._of_code(field, side.text)
        title = title or self._of_item(field, plan, side.text)
        return replace(side, title=title) if title else side

    def _of_plan(self, field: str, plan_id: str) -> str:
        titles = (plan.document.title for plan in self._plans if field == "previous" and plan.id == plan_id)
        return next((f"{published(title)} ({plan_id})" for title in titles), "")

    def _of_code(self, field: str, code: str) -> str:
        registry = self._registry
        if registry is None:
            return ""
        if field in {"commitments", "mentions"}:
            commitment = registry.commitments.get(code)
            return f"{commitment.title} ({code})" if commitment else ""
        if field in {"icb", "inherits"}:
            board = registry.icb(code)
            return board.short_name if board else ""
        return {"themes": registry.themes, "pillars": registry.pillars}.get(field, {}).get(code, "")

    def _of_item(self, field: str, plan: str, item_id: str) -> str:
        node = self._items.get((plan, item_id)) if field in reference_fields() else None
        return node.own_name() if node else ""

    @cached_property
    def _items(self) -> dict[tuple[str, str], Node]:
        return {(plan.id, node.id): node for plan in self._plans for node in nodes_of(plan) if node.id and node.path}
