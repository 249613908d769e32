"""Turns what was removed and what was added into suggestions of what may be the same, each with its score.

Only items of one sort are looked at, found through an index of their rarer words, so that the work grows with the
number of items and not with its square. A suggestion is never more than that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pcstrat.diff._counts import numbers_in
from pcstrat.diff._inflection import folded
from pcstrat.diff._items import Node
from pcstrat.model.funding import FundingLine

WORK = frozenset({"actions", "milestones", "achievements"})
"""Lists between which an item moves as its work goes on."""

LEAST_SCORE = 0.5
CLOSE_SCORE = 0.8
_COMMON = 25
"""A word in more items than this tells none of them apart."""
_CANDIDATES = 5
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 4000
"""Characters of an item that are looked at."""


class Pair(NamedTuple):
    """An old and a new item that may be the same. The score is the share of words that they have in common, 0 to 1."""

    score: float
    old: Node
    new: Node

    @property
    def is_close(self) -> bool:
        """Whether nearly all words are the same, and all numbers."""
        return self.score >= CLOSE_SCORE and _numbers(self.old) == _numbers(self.new)


def suggestions(old: Iterable[Node], new: Iterable[Node]) -> dict[Node, Pair]:
    """The likeliest pairs, each item in one pair at most, under both of their items."""
    pairs = likely_pairs(old, new)
    return {node: pair for pair in pairs for node in (pair.old, pair.new)}


def likely_pairs(old: Iterable[Node], new: Iterable[Node]) -> list[Pair]:
    """The likeliest pairs, the best first, each item in one pair at most."""
    olds = {node: _words(node) for node in old}
    news = {node: _words(node) for node in new}
    taken: set[Node] = set()
    found: list[Pair] = []
    for pair in sorted(_either_way(olds, news), key=_likeliest_first):
        if pair.old not in taken and pair.new not in taken:
            taken |= {pair.old, pair.new}
            found.append(pair)
    return found


def _likeliest_first(pair: Pair) -> tuple[float, int, int]:
    """The order in which pairs are taken; the same whichever side is the old one."""
    first, second = sorted((pair.old.order, pair.new.order))
    return -pair.score, first, second


def _either_way(olds: Mapping[Node, Counter[str]], news: Mapping[Node, Counter[str]]) -> set[Pair]:
    """The pairs that are found from either side."""
    back = (Pair(pair.score, pair.new, pair.old) for pair in _candidates(news, olds))
    return {*_candidates(olds, news), *back}


def _candidates(olds: Mapping[Node, Counter[str]], news: Mapping[Node, Counter[str]]) -> Iterator[Pair]:
    index = _index(olds)
    for new, words in news.items():
        shared = Counter(old for word in words for old in index.get((_sort(new), word), ()))
        for old, _ in shared.most_common(_CANDIDATES):
            score = _score(olds[old], words)
            if score >= LEAST_SCORE:
                yield Pair(score, old, new)


def _index(olds: Mapping[Node, Counter[str]]) -> Mapping[tuple[str, str], list[Node]]:
    """The items under each word that is not too common among items of their sort."""
    found: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node, words in olds.items():
        for word in words:
            found[_sort(node), word].append(node)
    return {key: nodes for key, nodes in found.items() if len(nodes) <= _COMMON}


def _sort(node: Node) -> str:
    """What items are of one sort: those of one list, and work, planned or done."""
    return "work" if node.key in WORK else node.key


def _words(node: Node) -> Counter[str]:
    """The words of an item; of one that has next to none of its own, those of what stands under it.

    A line of money has so few that "navigators" and "navigator" must be one.
    """
    text = " ".join((*node.words, *(word for child in node.children for word in child.words)))
    words = _WORD.findall(text[:_LONGEST].casefold())
    return Counter(map(folded, words) if isinstance(node.part, FundingLine) else words)


def _numbers(node: Node) -> Counter[str]:
    return numbers_in(" ".join(text for each in (node, *node.below()) for text in each.words))


def _score(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient: twice the words in common by the words of both."""
    total = one.total() + other.total()
    return round(2 * (one & other).total() / total, 2) if total else 0.0
