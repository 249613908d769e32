"""What became of the rest of a board that was divided: the other plans of now, and what is not known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pcstrat.diff._items import ItemOfPlan, Node, nodes_of
from pcstrat.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Where, besides the new plan, what old plans said may be now.

    Attributes:
        siblings: The other plans of now that an old one became, by its id: what went there is not gone.
        mixed: The ids of those siblings that took over from other boards too: their money is not the old plans' alone.
        unseen: The boards that took over a part and of which there is no plan, by the id of the old plan: what is not
            in the new plan may be there.
        unseen_before: The boards from which the new plan's board took over too and of which there is no old plan: what
            is in the new plan may be from there.
    """

    siblings: Mapping[str, Sequence[Plan]] = field(default_factory=dict)
    mixed: frozenset[str] = frozenset()
    unseen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unseen_before: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[Plan, ...]:
        """The siblings of all old plans, each once."""
        return tuple({plan.id: plan for plans in self.siblings.values() for plan in plans}.values())

    @property
    def of_one_board(self) -> tuple[tuple[str, ...], ...]:
        """The ids of siblings that are plans of one board, where it has several."""
        boards: dict[str, list[str]] = defaultdict(list)
        for plan in self.others:
            boards[plan.icb].append(plan.id)
        return tuple(tuple(plans) for plans in boards.values() if len(plans) > 1)

    def items(self, new: Sequence[Node]) -> dict[ItemOfPlan, list[Node]]:
        """The items of the siblings, by the old plan that these followed and their own ids.

        What several plans of one board have is there once: in the new plan if that is one of them, else in the first.
        """
        nodes = {plan.id: [node for node in nodes_of(plan) if node.id and node.path] for plan in self.others}
        known = {(node.plan.icb, node.id) for node in new if node.id and node.path}
        found: dict[ItemOfPlan, list[Node]] = defaultdict(list)
        for old, plans in self.siblings.items():
            seen = set(known)
            for node in (node for plan in plans for node in nodes[plan.id]):
                if (node.plan.icb, node.id) not in seen:
                    seen.add((node.plan.icb, node.id))
                    found[old, node.id].append(node)
        return dict(found)
