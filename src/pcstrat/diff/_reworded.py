"""Turns parts without ids that nothing links into likely pairs: entries in one place, in much the same words.

In one place of a list are entries between the same neighbours, which are linked for certain. A pair is a suggestion
with its score, and every change of it says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pcstrat.diff._items import Node
from pcstrat.diff._links import Link, Links, Relation, link_below
from pcstrat.diff._similar import Pair, likely_pairs

_Gap = tuple[str, Node | None, Node | None]
"""A list, and the neighbours on either side as the new plan has them; the ends of a list are none."""


def link_reworded(links: Links) -> None:
    """Link what was likely reworded, and what stands in it."""
    found: list[Link] = []
    for pair in list(_all_pairs(links)):
        if not links.of_old.get(pair.old):
            fresh = links.add(pair.old, pair.new, Relation.SAME)
            links.guessed[pair.old, pair.new] = pair
            found.append(fresh)
    link_below(links, found)


def link_alike(pairs: Iterable[Pair], links: Links, told: Collection[Node]) -> None:
    """Link what went with what came in nearly the same words, so that what it promises now can be compared.

    Those that are `told` as removed and added stay so. What has no id and stands in the same list did not go or come.
    """
    found: list[Link] = []
    for pair in pairs:
        if not links.is_linked(pair.old):
            if pair.old in told:
                links.alike |= {pair.old: pair, pair.new: pair}
            links.guessed[pair.old, pair.new] = pair
            found.append(links.add(pair.old, pair.new, Relation.SAME))
    link_below(links, found)


def is_in_one_list(pair: Pair, links: Links) -> bool:
    """Whether two items, one of them without an id, stand in the same list, so that only their words differ."""
    is_one_list = pair.old.key == pair.new.key and links.are_linked(pair.old.parent, pair.new.parent)
    return is_one_list and not (pair.old.id and pair.new.id)


def _all_pairs(links: Links) -> Iterator[Pair]:
    for link in links:
        if link not in links.unchanged and link.old.children and link.new.children:
            yield from _pairs(link, links)


def _pairs(link: Link, links: Links) -> Iterator[Pair]:
    """The likely pairs under two linked parts."""
    theirs = {child: entry.new for child in link.old.children for entry in links.of_old.get(child, ())}
    stayed = {old: new for old, new in theirs.items() if new.parent is link.new and new.key == old.key}
    olds = _gaps(link.old.children, stayed, links.of_old)
    news = _gaps(link.new.children, {new: new for new in stayed.values()}, links.of_new)
    for gap, free in olds.items():
        for pair in likely_pairs(free, news.get(gap, ())):
            if not (pair.old.id and pair.new.id):
                yield pair


def _gaps(
    children: Iterable[Node], stayed: Mapping[Node, Node], linked: Mapping[Node, Sequence[Link]]
) -> dict[_Gap, list[Node]]:
    """The free entries of each list by the place where they stand."""
    lists: dict[str, list[Node]] = defaultdict(list)
    for child in children:
        if child.listed and (child in stayed or not linked.get(child)):
            lists[child.key].append(child)
    found: dict[_Gap, list[Node]] = {}
    for key, entries in lists.items():
        before: Node | None = None
        waiting: list[Node] = []
        for entry in (*entries, None):
            if entry is not None and entry not in stayed:
                waiting.append(entry)
                continue
            after = stayed[entry] if entry is not None else None
            if waiting:
                found[key, before, after] = waiting
            before, waiting = after, []
    return found
