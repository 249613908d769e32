"""Turns the parts of old plans and a new one into links: which part is which, by id and lineage, else by equal words.

Nothing is compared pairwise: ids and words are looked up. What is linked is certain. A part without an id is linked
only to one with the same words under the same part, or to the only one with the same words elsewhere; anything less
alike is a matter for `_reworded` and `_similar`.
"""

from __future__ import annotations

import enum
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pcstrat.diff._items import IDENTIFYING, Node, identifying_text, of_money
from pcstrat.diff._similar import WORK, Pair
from pcstrat.model.aims import Band
from pcstrat.model.funding import FundingAmount, FundingLine
from pcstrat.model.points import Lineage
from pcstrat.model.times import Time
from pcstrat.patterns import Pattern

YEARS = Pattern(r"\b20\d\d(?:\s?[/–-]\s?\d{2,4})?\b|\b\d\d/\d\d\b")

_TELLING_WORDS = 4
"""So many equal words tell an item from all others of a plan."""


class Relation(enum.Enum):
    """How a part of an old plan became a part of the new one."""

    SAME = "same"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """An old part and what it became."""

    old: Node
    new: Node
    relation: Relation


@dataclass
class Links:
    """All links, from either side."""

    of_old: dict[Node, list[Link]] = field(default_factory=lambda: defaultdict(list))
    of_new: dict[Node, list[Link]] = field(default_factory=lambda: defaultdict(list))
    unchanged: set[Link] = field(default_factory=set)
    """Links under a part that is equal on both sides: nothing can have happened there."""
    guessed: dict[tuple[Node, Node], Pair] = field(default_factory=dict)
    """Items whose link is only likely, with its score."""
    alike: dict[Node, Pair] = field(default_factory=dict)
    """Items of such a link that are told as removed and added too, as they stand elsewhere or under another id."""

    def guess_of(self, link: Link) -> Pair | None:
        """The likely pair that a link rests on: that of its items, of an amount that of its line."""
        pair = [node.item for node in (link.old, link.new)]
        if all(isinstance(node.part, FundingAmount) for node in pair):
            pair = [node.parent or node for node in pair]
        return self.guessed.get((pair[0], pair[1]))

    def add(self, old: Node, new: Node, relation: Relation) -> Link:
        """Link two parts, once."""
        for known in self.of_old[old]:
            if known.new is new:
                return known
        link = Link(old, new, relation)
        self.of_old[old].append(link)
        self.of_new[new].append(link)
        return link

    def is_linked(self, node: Node) -> bool:
        """Whether it is known what the part became, or came from."""
        return bool(self.of_old.get(node) or self.of_new.get(node))

    def are_linked(self, old: Node | None, new: Node | None) -> bool:
        """Whether one part became the other."""
        if old is None or new is None:
            return old is new
        return any(link.new is new for link in self.of_old.get(old, ()))

    def joined(self, new: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """Every old and every new part that mergers and splits join with a new one."""
        olds: dict[Node, None] = {}
        news: dict[Node, None] = {new: None}
        waiting = [new]
        while waiting:
            for old in (link.old for link in self.of_new.get(waiting.pop(), ()) if link.old not in olds):
                olds[old] = None
                others = [link.new for link in self.of_old.get(old, ()) if link.new not in news]
                news |= dict.fromkeys(others)
                waiting += others
        return tuple(olds), tuple(sorted(news, key=lambda node: node.order))

    def __iter__(self) -> Iterator[Link]:
        for links in list(self.of_new.values()):
            yield from links


def link_plans(old: Sequence[list[Node]], new: list[Node]) -> Links:
    """Link the parts of old plans, each as `nodes_of` lists them, with those of a new one."""
    links = Links()
    several = len(old) > 1
    for nodes in old:
        links.add(nodes[0], new[0], Relation.MERGED if several else Relation.SAME)
    _link_ids([node for nodes in old for node in nodes], new, links)
    if several:
        _link_words_of_several(old, new, links)
    link_below(links, links)
    _link_moved_words(old, new, links)
    link_below(links, links)
    return links


def _link_ids(old: list[Node], new: list[Node], links: Links) -> None:
    old_ids, new_ids = _by_id(old), _by_id(new)
    for name, news in new_ids.items():
        olds = old_ids.get(name, ())
        for earlier in olds:
            links.add(earlier, news[0], Relation.SAME if len(olds) == 1 else Relation.MERGED)
    _link_renamed(old_ids, new_ids, links)
    _link_merged(old_ids, new_ids, links)


def _by_id(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.id and node.path:
            found[node.id].append(node)
    return dict(found)


def _link_renamed(old_ids: dict[str, list[Node]], new_ids: dict[str, list[Node]], links: Links) -> None:
    """Link ids that one side declares to have been the other's, or that both declare to have been the same."""
    old_names = _earlier_names(old_ids, links)
    for news in list(new_ids.values()):
        for name in (news[0].id, *_lineage(news[0], "was")):
            for earlier in old_names.get(name, ()):
                if not links.is_linked(news[0]) and not links.is_linked(earlier):
                    links.add(earlier, news[0], Relation.SAME)


def _earlier_names(ids: dict[str, list[Node]], links: Links) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for nodes in ids.values():
        for node in nodes:
            if not links.is_linked(node):
                for name in (node.id, *_lineage(node, "was")):
                    found[name].append(node)
    return found


def _link_merged(old_ids: dict[str, list[Node]], new_ids: dict[str, list[Node]], links: Links) -> None:
    """Link what became one and what became several; each side may be the one that declares it."""
    gone = dict.fromkeys(node for nodes in old_ids.values() for node in nodes if not links.is_linked(node))
    come = dict.fromkeys(nodes[0] for nodes in new_ids.values() if not links.is_linked(nodes[0]))
    for one, several in _joined(new_ids, old_ids, gone):
        links.add(several, one, Relation.MERGED)
    for one, several in _joined(old_ids, new_ids, come):
        links.add(one, several, Relation.SPLIT)


def _joined(ones: dict[str, list[Node]], many: dict[str, list[Node]], free: Iterable[Node]) -> list[tuple[Node, Node]]:
    """Items of one side with what they are made of on the other: as they declare it, or as the others do."""
    parts = list(free)
    known = set(parts)
    declared = [
        (nodes[0], part)
        for nodes in ones.values()
        for part in _named(_lineage(nodes[0], "merged_from"), many)
        if part in known
    ]
    return declared + [(one, part) for part in parts for one in _named(_lineage(part, "split_from"), ones)]


def _named(names: Iterable[str], ids: dict[str, list[Node]]) -> Iterator[Node]:
    for name in names:
        yield from ids.get(name, ())


def _lineage(node: Node, name: str) -> tuple[str, ...]:
    if not isinstance(node.part, Lineage):
        return ()
    value = getattr(node.part, name)
    return value if isinstance(value, tuple) else ((value,) if value else ())


def link_below(links: Links, start: Iterable[Link]) -> None:
    """Link the parts without ids under what is linked, from the outside in."""
    waiting = deque(start)
    while waiting:
        link = waiting.popleft()
        if link in links.unchanged:
            continue
        if link.relation is Relation.SAME and link.old.part == link.new.part and _link_equal(link, links):
            continue
        waiting += _link_children(link, links)


def _link_equal(link: Link, links: Links) -> bool:
    """Link what stands under two equal parts, one by one; not if anything there belongs elsewhere."""
    pairs = list(zip(link.old.below(), link.new.below(), strict=True))
    if any((links.is_linked(old) or links.is_linked(new)) and not links.are_linked(old, new) for old, new in pairs):
        return False
    for old, new in pairs:
        links.unchanged.add(links.add(old, new, Relation.SAME))
    return True


def _link_children(link: Link, links: Links) -> list[Link]:
    """Link the free parts under two linked ones. A part may go into, or come from, each of several that were joined."""
    olds = [child for child in link.old.children if not links.of_old.get(child)]
    news = [child for child in link.new.children if not links.of_new.get(child)]
    if len(links.of_new[link.new]) > 1:
        came = {entry.new for child in link.old.children for entry in links.of_old.get(child, ())}
        news = [child for child in link.new.children if child not in came]
    if len(links.of_old[link.old]) > 1:
        went = {entry.old for child in link.new.children for entry in links.of_new.get(child, ())}
        olds = [child for child in link.old.children if child not in went]
    found: list[Link] = []
    groups = _by_key(news)
    for key, group in _by_key(olds).items():
        for old, new in _pairs(group, groups.get(key, [])):
            links.add(old, new, Relation.SAME if old.listed else link.relation)
            found.append(links.of_old[old][-1])
    return found


def _by_key(nodes: Iterable[Node]) -> dict[tuple[str, bool], list[Node]]:
    groups: dict[tuple[str, bool], list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.key, node.listed].append(node)
    return groups


class _Key(Protocol):
    def __call__(self, node: Node, /) -> Hashable: ...


def _pairs(olds: list[Node], news: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Pair what stands in one field: by all its words, then by one sort of them, then by all that stands under it.

    A part that a field holds alone is what stood in that field before.
    """
    if not olds or not news:
        return
    if not olds[0].listed:
        yield olds[0], news[0]
        return
    yield from _take(olds, news, lambda node: node.words, unique=False)
    for name in (*IDENTIFYING, "amount"):
        yield from _take(olds, news, lambda node, name=name: identifying_text(node.part, name), unique=True)
    yield from _take(olds, news, _all_below, unique=True)
    yield from _take(olds, news, _label_without_years, unique=True)


def _take(olds: list[Node], news: list[Node], key: _Key, *, unique: bool) -> Iterator[tuple[Node, Node]]:
    """Take the pairs of equal keys out of both lists."""
    groups, others = _grouped(olds, key), _grouped(news, key)
    taken: set[Node] = set()
    for value, group in groups.items():
        candidates = others.get(value, [])
        if candidates and not (unique and (len(group) > 1 or len(candidates) > 1)):
            for old, new in _alike_first(group, candidates):
                taken |= {old, new}
                yield old, new
    olds[:] = [old for old in olds if old not in taken]
    news[:] = [new for new in news if new not in taken]


def _grouped(nodes: Iterable[Node], key: _Key) -> dict[Hashable, list[Node]]:
    groups: dict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        value = key(node)
        if value != "":
            groups[value].append(node)
    return groups


def _alike_first(olds: list[Node], news: list[Node]) -> list[tuple[Node, Node]]:
    """Of several with one key, pair those that are alike in everything, then money of one year, then in order."""
    pairs: list[tuple[Node, Node]] = []
    rest = [olds, news]
    for key in (lambda node: (node.part,), _year) if len(olds) > 1 or len(news) > 1 else ():
        equal = _grouped(rest[1], key)
        pairs += [(old, equal[key(old)].pop(0)) for old in rest[0] if equal.get(key(old))]
        taken = {node for pair in pairs for node in pair}
        rest = [[node for node in nodes if node not in taken] for nodes in rest]
    pairs += zip(*rest, strict=False)
    # Two ids that no lineage joins are two items, whatever their words.
    return [(old, new) for old, new in pairs if not (old.id and new.id)]


def _year(node: Node) -> Hashable:
    """The year that a line of money is for, however it is written; nothing of anything else."""
    year = of_money(node, "year") if isinstance(node.part, FundingLine) else None
    if not isinstance(year, Time):
        return ""
    return (year.start, year.end) if year.is_dated else year.published


def _label_without_years(node: Node) -> Hashable:
    """What a band is called in any year: "Actions for" of "Actions for 2026/27"; nothing where it names no year."""
    if not isinstance(node.part, Band):
        return ""
    label = YEARS.sub("", node.part.label)
    return " ".join(label.split()) if label != node.part.label else ""


def _all_below(node: Node) -> Hashable:
    """What stands under a part; nothing when those words are too few to tell it apart."""
    found = sorted(" ".join(child.words) for child in node.children if child.listed)
    return tuple(found) if sum(len(words.split()) for words in found) >= _TELLING_WORDS else ""


def _link_moved_words(old: Sequence[list[Node]], new: list[Node], links: Links) -> None:
    """Link parts without ids that stand elsewhere: the same words, once on either side, and enough of them."""
    olds = _free_words([node for nodes in old for node in nodes], links)
    for key, nodes in _free_words(new, links).items():
        candidates = olds.get(key, [])
        if len(nodes) == len(candidates) == 1:
            one_aim = links.are_linked(candidates[0].aim, nodes[0].aim)
            if one_aim or sum(len(text.split()) for text in nodes[0].words) >= _TELLING_WORDS:
                links.add(candidates[0], nodes[0], Relation.SAME)


def _link_words_of_several(old: Sequence[list[Node]], new: list[Node], links: Links) -> None:
    """Link parts that several old plans have in the same words, once each, with that of the new plan.

    Each plan has ids of its own, so that these tell nothing.
    """
    by_plan = [_free_words(nodes, links, with_ids=True) for nodes in old]
    for key, nodes in _free_words(new, links, with_ids=True).items():
        olds = [found[key] for found in by_plan if key in found]
        if len(olds) > 1 and len(nodes) == 1 and all(len(found) == 1 for found in olds):
            for (node,) in olds:
                links.add(node, nodes[0], Relation.MERGED)


def _free_words(nodes: Iterable[Node], links: Links, *, with_ids: bool = False) -> dict[Hashable, list[Node]]:
    found: dict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.listed and (with_ids or not node.id) and any(node.words) and not links.is_linked(node):
            found["work" if node.key in WORK else node.key, node.words].append(node)
    return found
