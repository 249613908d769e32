"""Turns work that was merged or split into one fact: how many of something it comes to together, before and after.

Told one by one, two numbers that became one would each look as if it had gone up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pcstrat.diff._counts import compare_counts
from pcstrat.diff._figures import Sort, Token, tokens
from pcstrat.diff._inflection import folded
from pcstrat.diff._items import Node
from pcstrat.diff._links import Link, Links
from pcstrat.diff._times import UNITS_OF_TIME, Fact
from pcstrat.diff.kinds import Kind
from pcstrat.model.points import Action, Outcome
from pcstrat.text import listed, singular

_FIGURES = frozenset({Sort.MONEY, Sort.PERCENT, Sort.SHARE, Sort.OFTEN})
_RATES = frozenset({"every", "each", "per", "average"})
"""With such a word in it, a number is of one of several, and two of them make no sum."""

_BEFORE_LIMITS = frozenset({"within", "in", "by", "after", "before", "over", "under", "above", "below", "than", "aged"})
"""A number behind such a word is a limit, an age or a rate, and counts nothing that is done."""


class JoinedCount(NamedTuple):
    """The fact about items that belong together, with their numbers in words.

    `told` are the links of which it says all that became of their words: only the number is another.
    """

    olds: tuple[Node, ...]
    news: tuple[Node, ...]
    fact: Fact
    before: str
    after: str
    told: frozenset[Link]


class _Count(NamedTuple):
    number: Decimal
    noun: str


def joined_counts(new: Iterable[Node], links: Links) -> Iterator[JoinedCount]:
    """The facts about work of which several became one, or one became several, all with one number of one thing."""
    seen: set[Node] = set()
    for node in new:
        if node not in seen and node.listed and isinstance(node.part, Action | Outcome) and links.of_new.get(node):
            olds, news = links.joined(node)
            seen.update(news)
            if len(olds) + len(news) > len(("before", "after")) and (found := _together(olds, news, links)):
                yield found


def _together(olds: tuple[Node, ...], news: tuple[Node, ...], links: Links) -> JoinedCount | None:
    """What the numbers come to; nothing where they are not sure to count the same, or each is what all others are."""
    if len(olds) > 1 and len(set(map(_text, olds))) == 1:
        return None  # what several plans say in the same words may be one thing that they do together
    sides = [[_count(node) for node in side] for side in (olds, news)]
    counts = [[count for count in side if count is not None] for side in sides]
    if counts != sides or len({count.noun for side in counts for count in side}) > 1:
        return None
    numbers = [[count.number for count in side] for side in counts]
    if len({number for side in numbers for number in side}) == 1:
        return None  # one item that all plans have, or that became several
    before, after = (sum(side, Decimal(0)) for side in numbers)
    told = frozenset(
        link for old in olds for link in links.of_old[old] if compare_counts(_text(link.old), _text(link.new))
    )
    if before == after and not told:
        return None
    return JoinedCount(olds, news, _fact(before, after), _in_words(olds, numbers[0]), _in_words(news, numbers[1]), told)


def _fact(before: Decimal, after: Decimal) -> Fact:
    if before == after:
        return Fact(Kind.NUMBER_CHANGED, "the same in all")
    return Fact(Kind.NUMBER_UP if after > before else Kind.NUMBER_DOWN, f"{abs(after - before):,f}")


def _in_words(nodes: Sequence[Node], numbers: Sequence[Decimal]) -> str:
    """`200 in a and 90 in b, 290 together`."""
    plans = len({node.plan.id for node in nodes}) > 1
    texts = [
        f"{number:,f}{f' in {node.plan.id}' if plans else ''}" for node, number in zip(nodes, numbers, strict=True)
    ]
    return f"{listed(texts)}, {sum(numbers, Decimal(0)):,f} together" if len(texts) > 1 else texts[0]


def _text(node: Node) -> str:
    return (node.part.text or "") if isinstance(node.part, Action | Outcome) else ""


def _count(node: Node) -> _Count | None:
    """The one number of a text and what it counts; nothing where it may be a limit, a rate or a length of time."""
    found = tokens(_text(node))
    places = [place for place, token in enumerate(found) if token.figure and token.figure.sort is Sort.COUNT]
    has_others = any(token.figure and token.figure.sort in _FIGURES for token in found)
    if len(places) != 1 or has_others or any(_lower(token) in _RATES for token in found):
        return None
    place = places[0]
    figure, noun = found[place].figure, _lower(found[place + 1]) if place + 1 < len(found) else ""
    before = _lower(found[place - 1]) if place else ""
    if figure is None or not isinstance(figure.value, Decimal) or before in _BEFORE_LIMITS:
        return None
    return None if singular(noun) in UNITS_OF_TIME else _Count(figure.value, folded(noun))


def _lower(token: Token) -> str:
    return token.text.lower()
