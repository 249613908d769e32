"""Turns what came and went, and what stood in it, into likely pairs, and tells which of a pair plainly is less."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pcstrat.diff._counts import compare_counts
from pcstrat.diff._draft import Draft
from pcstrat.diff._items import Node
from pcstrat.diff._links import Links
from pcstrat.diff._similar import Pair, suggestions
from pcstrat.diff.kinds import Kind
from pcstrat.model.funding import FundingLine
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome

CAME_OR_WENT = (Kind.REMOVED, Kind.ADDED)
LESS = "less"
"""The context of what came or went while the same with greater numbers went or came."""

_PROMISING = Action | Measure | Outcome | FundingLine


def unlinked_pairs(found: Iterable[Draft], links: Links) -> dict[Node, Pair]:
    """What was removed and added, with the promises in it, in pairs that may be the same, under both of their items."""
    sides: dict[Kind, dict[Node, None]] = {kind: {} for kind in CAME_OR_WENT}
    for draft in found:
        if draft.kind in sides:
            sides[draft.kind] |= dict.fromkeys((draft.node, *promises_in(draft.node, links)))
    return suggestions(*sides.values())


def promises_in(node: Node, links: Links) -> Iterator[Node]:
    """The promises that came or went with what they stand in."""
    return (
        part
        for part in node.below()
        if isinstance(part.part, _PROMISING) and not part.is_retired and not links.is_linked(part)
    )


def close_pairs(pairs: Mapping[Node, Pair], told: Collection[Node]) -> list[Pair]:
    """The pairs that are nearly the same: those that are `told` by themselves, and only then those within others.

    What stands within others is of one kind with them where they are. Two ids that no lineage joins are two items.
    """
    close = [pair for pair in dict.fromkeys(pairs.values()) if pair.is_close]
    outer = [pair for pair in close if pair.old in told and pair.new in told]
    return outer or [pair for pair in close if not (pair.old.id and pair.new.id)]


def lesser(pairs: Iterable[Pair]) -> frozenset[Node]:
    """Of pairs with the same words and other numbers, the items with the smaller numbers."""
    return frozenset(filter(None, map(_lesser, pairs)))


def _lesser(pair: Pair) -> Node | None:
    fact = compare_counts(*(" ".join(filter(None, node.words)) for node in (pair.old, pair.new)))
    return {Kind.NUMBER_DOWN: pair.new, Kind.NUMBER_UP: pair.old}.get(fact.kind) if fact else None


def is_only_less(draft: Draft, less: Collection[Node], links: Links) -> bool:
    """Whether what came or went is the lesser of a pair, or holds no other promise."""
    held = list(promises_in(draft.node, links))
    return draft.node in less or (bool(held) and all(part in less for part in held))
