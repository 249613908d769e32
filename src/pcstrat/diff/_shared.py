"""Turns what went and came without declared lineage into what it may be part of: two that became one, or one split.

Found through an index of words, so that the work grows with the number of items that changed and not with its square.
It is never more than a suggestion; but what stands in an item of the other side, with the same numbers and no later, is
not called lost or won.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pcstrat.diff._counts import numbers_in
from pcstrat.diff._draft import Draft
from pcstrat.diff._inflection import folded
from pcstrat.diff._items import Node
from pcstrat.diff._links import Links
from pcstrat.diff._milestone_times import last_day
from pcstrat.diff._similar import Pair
from pcstrat.diff._strength import Strengths
from pcstrat.diff.kinds import Kind
from pcstrat.model.funding import FundingAmount, FundingLine
from pcstrat.model.measures import Measure
from pcstrat.model.money import pounds_in_words
from pcstrat.model.points import Action, Outcome

ELSEWHERE = "elsewhere"
"""The context of what stands in another item on the other side."""

LEAST_SHARE = 0.6
_NEARLY_ALL = 0.8
_LEAST_ALIKE = 0.3
_FEWEST_WORDS = 2
_TELLING_WORDS = 4
_COMMON = 25
"""A word in more items than this tells none of them apart."""

_PHASES = frozenset({"phase", "stage", "year", "first", "second", "third", "fourth", "fifth", "one", "two", "three"})
"""Words that tell which part of some money a line has, and not what it is for."""

_CANDIDATES = 5
_WORD = re.compile(r"[^\W_]+")
_WORDINGS = frozenset({Kind.REWORDED, Kind.RENAMED})
_MONEY = frozenset({Kind.MONEY_UP, Kind.MONEY_DOWN})
_CAME_OR_WENT = frozenset({Kind.ADDED, Kind.REMOVED})


class Share(NamedTuple):
    """That a part may stand in a whole: the share of its words there, and the sum of both sides if it is the same.

    `is_joined` says that the part is the older of the two. `sums` are what money came to and comes to together, where
    that differs.
    """

    part: Node
    whole: Node
    score: float
    total: str
    is_joined: bool
    sums: tuple[Decimal, Decimal] | None = None


@dataclass
class Shares:
    """What may be part of what, from either side, and of which of these nothing is lost or won."""

    of: dict[Node, list[Share]] = field(default_factory=lambda: defaultdict(list))
    kept: set[Node] = field(default_factory=set)

    def of_draft(self, draft: Draft) -> list[Share]:
        """What the item that a change is about shares with others, where the change is about that."""
        nodes = dict.fromkeys(filter(None, (_holder(draft.old), _holder(draft.new))))
        return [share for node in nodes for share in self.of.get(node, ())] if _may_share(draft) else []

    def keeps(self, draft: Draft) -> bool:
        """Whether a change takes nothing away and adds nothing: it stands elsewhere on the other side."""
        return _may_share(draft) and any(node in self.kept for node in (_holder(draft.old), _holder(draft.new)))


def find_shares(found: Collection[Draft], links: Links, strengths: Strengths) -> Shares:
    """What may have been joined or divided among some changes."""
    shares = Shares()
    for gone, is_old in ((Kind.REMOVED, True), (Kind.ADDED, False)):
        parts = [draft.node for draft in found if draft.kind is gone and not draft.context and _may_be_part(draft.node)]
        wholes = dict(_wholes(found, is_old=is_old))
        _Finder(wholes, links, strengths, is_joining=is_old).add(parts, shares)
    return shares


def same_measures(found: Collection[Draft], links: Links, small: Collection[str]) -> dict[Node, Pair]:
    """Measures that went and came in other words under one aim, with the same baseline, target and dates."""
    sides: list[dict[Hashable, list[Node]]] = []
    for kind in (Kind.REMOVED, Kind.ADDED):
        groups: dict[Hashable, list[Node]] = defaultdict(list)
        for node in (draft.node for draft in found if draft.kind is kind and not draft.context):
            if isinstance(node.part, Measure) and node.part.target is not None:
                groups[_numbers_of(node.part)].append(node)
        sides.append(groups)
    pairs: dict[Node, Pair] = {}
    for key, olds in sides[0].items():
        news = sides[1].get(key, [])
        if len(olds) == len(news) == 1 and links.are_linked(olds[0].aim, news[0].aim):
            words = [_words(node, small) for node in (olds[0], news[0])]
            score = round(2 * len(words[0] & words[1]) / max(1, len(words[0]) + len(words[1])), 2)
            if score < _LEAST_ALIKE and getattr(olds[0].part, "baseline", None) is None:
                continue  # many targets are 90% by the end of a plan
            pairs |= dict.fromkeys((olds[0], news[0]), Pair(score, olds[0], news[0]))
    return pairs


def _numbers_of(measure: Measure) -> Hashable:
    return measure.unit, measure.baseline, measure.target, measure.by, measure.direction


def _holder(node: Node | None) -> Node | None:
    """The item that a change is about; of an amount, its line."""
    return node.parent if node is not None and isinstance(node.part, FundingAmount) else node


def _may_share(draft: Draft) -> bool:
    return draft.kind in _CAME_OR_WENT | _WORDINGS | _MONEY


def _may_be_part(node: Node) -> bool:
    return node.listed and isinstance(node.part, Action | Outcome | FundingLine)


def _wholes(found: Iterable[Draft], *, is_old: bool) -> Iterator[tuple[Node, Node | None]]:
    """Items of the other side that may hold what went, with what they were, if they are not new themselves."""
    for draft in found:
        if draft.kind in _CAME_OR_WENT:
            node = draft.new if is_old else draft.old
            if node is not None and not draft.context and _may_be_part(node):
                yield node, None
        elif draft.kind in _WORDINGS | _MONEY:
            sides = _holder(draft.old), _holder(draft.new)
            partner, whole = sides if is_old else sides[::-1]
            if whole is not None and _may_be_part(whole):
                yield whole, partner


class _Finder:
    """Wholes that parts may stand in, by their words."""

    def __init__(
        self, wholes: Mapping[Node, Node | None], links: Links, strengths: Strengths, *, is_joining: bool
    ) -> None:
        self._is_joining = is_joining
        self._wholes = wholes
        self._links = links
        self._strengths = strengths
        self._small = strengths.small
        self._known = {whole: _words(whole, self._small) for whole in wholes}
        self._index: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for whole, words in self._known.items():
            for word in words:
                self._index[_group(whole), word].append(whole)

    def add(self, parts: Iterable[Node], shares: Shares) -> None:
        """Say of each part which whole it may stand in, and keep what nothing was lost of."""
        held: dict[Node, list[Share]] = defaultdict(list)
        for part in parts:
            best = max(self._shares(part), key=lambda share: (bool(share.total), share.score), default=None)
            if best is not None:
                held[best.whole].append(best)
        for whole, found in held.items():
            total = self._total(whole, [share.part for share in found])
            sums = self._sums(whole, [share.part for share in found])
            for share in (each._replace(total=total, sums=sums) for each in found):
                shares.of[share.part].append(share)
                shares.of[whole].append(share)
            if sums is not None:
                _keep_lesser(whole, found, sums, shares, is_joining=self._is_joining)
            else:
                self._keep(whole, found, total, shares)

    def _shares(self, part: Node) -> Iterator[Share]:
        words = _words(part, self._small)
        if len(words) < _FEWEST_WORDS:
            return
        lists = (self._index.get((_group(part), word), ()) for word in words)
        near = Counter(whole for wholes in lists if len(wholes) <= _COMMON for whole in wholes)
        for whole, _ in near.most_common(_CANDIDATES):
            partner = self._wholes[whole]
            fresh = words - (_words(partner, self._small) if partner else frozenset())
            score = _share(words, self._known[whole])
            total = self._total(whole, [part])
            is_shorter = len(words) < len(self._known[whole])
            holds = is_shorter and bool(fresh) and _share(fresh, self._known[whole]) >= LEAST_SHARE
            is_phase = words == self._known[whole] and self._is_rest(whole)
            if score >= LEAST_SHARE and (total or holds or is_phase) and self._is_near(part, whole, words):
                yield Share(part, whole, score, total, self._is_joining)

    def _is_rest(self, whole: Node) -> bool:
        """Whether a line of money lost some of it to a line that came, or got some from one that went."""
        partner = self._wholes[whole]
        if partner is None or not isinstance(whole.part, FundingLine):
            return False
        sums = _sum(whole), _sum(partner)
        return sums[0] is not None and sums[1] is not None and sums[0] > sums[1]

    def _sums(self, whole: Node, parts: Sequence[Node]) -> tuple[Decimal, Decimal] | None:
        """What lines came to and come to together, where that differs."""
        partner = self._wholes[whole]
        one, *others = (_sum(node) for node in (whole, *parts, *([partner] if partner else [])))
        known = [each for each in others if each is not None]
        if not isinstance(whole.part, FundingLine) or one is None or len(known) < len(others):
            return None
        several = sum(known, Decimal(0))
        if one == several:
            return None
        return (several, one) if self._is_joining else (one, several)

    def _is_near(self, part: Node, whole: Node, words: Collection[str]) -> bool:
        """Whether both stand under one aim, or the words are enough to tell an item from all others of a plan."""
        aims = (part.aim, whole.aim) if self._is_joining else (whole.aim, part.aim)
        return len(words) >= _TELLING_WORDS or self._links.are_linked(*aims)

    def _total(self, whole: Node, parts: list[Node]) -> str:
        """What both sides come to together, where that is the same; of money in pounds, else of the number of each."""
        partner = self._wholes[whole]
        several = [*parts, *([partner] if partner else [])]
        sums = [_sum(node) for node in (whole, *several)]
        known = [each for each in sums if each is not None]
        if len(several) < _FEWEST_WORDS or len(known) != len(sums) or known[0] != sum(known[1:], Decimal(0)):
            return ""
        return pounds_in_words(known[0]) if isinstance(whole.part, FundingLine) else f"{known[0]:,f}"

    def _keep(self, whole: Node, found: list[Share], total: str, shares: Shares) -> None:
        """Keep the parts that promise as much in the whole, and the whole if it is made of such parts.

        A whole that holds less of a part than there was is neither lost nor won: the part tells it.
        """
        partner = self._wholes[whole]
        is_alike = self._doubts(whole) == self._doubts(
            *(share.part for share in found), *([partner] if partner else [])
        )
        kept = [share for share in found if is_alike and _is_kept(share, has_total=bool(total))]
        shares.kept.update(share.part for share in kept)
        fresh = self._known[whole] - (_words(partner, self._small) if partner else frozenset())
        held = frozenset(word for share in kept for word in _words(share.part, self._small))
        if len(kept) < len(found) or total or not fresh or _share(fresh, held) >= _NEARLY_ALL:
            shares.kept.add(whole)

    def _doubts(self, *nodes: Node) -> frozenset[str]:
        """What in the words of some work makes it worth less; money is told by its sums."""
        texts = (" ".join(node.words) for node in nodes if not isinstance(node.part, FundingLine))
        return frozenset().union(*map(self._strengths.doubts, texts))


def _keep_lesser(
    whole: Node, found: Iterable[Share], sums: tuple[Decimal, Decimal], shares: Shares, *, is_joining: bool
) -> None:
    """Keep the side that comes to less: the other tells by how much money is less, or more."""
    old, new = sums
    is_whole_less = new < old if is_joining else old < new
    shares.kept.update([whole] if is_whole_less else [share.part for share in found])


def _is_kept(share: Share, *, has_total: bool) -> bool:
    """Whether a part promises as much in the whole: nearly all its words, its numbers, its date and what it answers."""
    part, whole = share.part, share.whole
    if isinstance(part.part, FundingLine):
        return has_total
    has_numbers = has_total or not numbers_in(" ".join(part.words)) - numbers_in(" ".join(whole.words))
    has_words = share.score >= _NEARLY_ALL or has_total
    days = last_day(part), last_day(whole)
    is_in_time = days[0] is None or (days[1] is not None and days[1] <= days[0])
    owner = getattr(part.part, "owner", None)
    has_owner = owner is None or owner == getattr(whole.part, "owner", None)
    codes = set(getattr(part.part, "commitments", ()))
    return (
        has_words and has_numbers and is_in_time and has_owner and codes <= set(getattr(whole.part, "commitments", ()))
    )


def _group(node: Node) -> str:
    """Lists between which items may have been joined."""
    return "work" if isinstance(node.part, Action) else node.key


def _words(node: Node, small: Collection[str]) -> frozenset[str]:
    words = map(folded, _WORD.findall(" ".join(node.words).casefold()))
    phases = _PHASES if isinstance(node.part, FundingLine) else frozenset()
    return frozenset(word for word in words if word not in small and word not in phases and not word.isdigit())


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    return round(len(words & others) / len(words), 2) if words else 0.0


def _sum(node: Node) -> Decimal | None:
    """The money of a line, or the one number in a text; nothing where that is not sure."""
    if isinstance(node.part, FundingLine):
        amounts = [child.part.amount for child in node.children if isinstance(child.part, FundingAmount)]
        pounds = [amount.pounds for amount in amounts if amount.pounds is not None and amount.upper is None]
        return sum(pounds, Decimal(0)) if pounds and len(pounds) == len(amounts) else None
    numbers = list(numbers_in(" ".join(node.words)).elements())
    return Decimal(numbers[0]) if len(numbers) == 1 and numbers[0].isdigit() else None
