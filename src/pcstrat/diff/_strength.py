"""Turns two wordings of a promise into whether it became softer or firmer, where nothing else can have been meant.

That is so where the two differ in nothing but hedges that came or went, words that say more or less in each other's
place, and numbers of things that fell or rose with them. Anything else is left to a reader: a false "weakened" is worse
than none.
"""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pcstrat.diff._figures import Figure, Sort
from pcstrat.diff._firmness import Firmness
from pcstrat.diff._given import gives_numbers
from pcstrat.diff._grades import alike_in_grade, step_in_grade
from pcstrat.diff._inflection import folded, gerunds
from pcstrat.diff._names import same_names
from pcstrat.diff._narrowing import is_narrowed
from pcstrat.diff._omissions import Omission, left_out
from pcstrat.diff._turns import is_ceased, is_turned
from pcstrat.diff._units import GERUND, Unit, sentences_of, units
from pcstrat.diff.kinds import Kind
from pcstrat.diff.wording import MOST_WORDS

_BEFORE_DATES = frozenset(
    {"the", "the end of", "end", "start", "beginning", "of", "early", "mid", "late", "-", "spring", "around"}
)


_STEM = 4
"""Letters that tell a word from others, whatever its ending: "wait" in "waiting"."""

_HARDLY_ANY = 0.2
"""The share of its words that a text has in common with another one."""

_NO = "no"
_SAYING_NOTHING = frozenset({"we", "will", "do", "does", "a", "an", "any"})
"""What stands beside a denial, or in its place."""


class _Steps(NamedTuple):
    """Whether words, and numbers, in the place of others say less (-1), as much (0) or more (1)."""

    words: frozenset[int]
    numbers: frozenset[int]


class _LeftOut(NamedTuple):
    """That a wording names less or more of a list, and whether that is less or more of what is promised."""

    kind: Kind
    is_sure: bool


@dataclass(frozen=True)
class Strengths:
    """How words compare that tell how much a promise is worth: the lists of `[words]` in `significance.toml`."""

    lists: Mapping[str, Sequence[str]]

    def kind_of(self, before: str, after: str) -> Kind:
        """What became of a wording: softer, firmer, or only reworded. Swapped texts give the opposite."""
        old, new = (units(text, self._firmness) for text in (before, after))
        if max(len(old), len(new)) > MOST_WORDS:
            return Kind.REWORDED
        if denial := self._denial(old, new):
            return denial
        if _order(old) > _order(new):  # `difflib` finds other words in common the other way round
            return self._kind(new, old, (after, before)).opposite
        return self._kind(old, new, (before, after))

    def promises_dates(self, text: str) -> bool:
        """Whether each date of a text is one of something promised."""
        dated = [unit for unit in units(text, self._firmness) if unit.figure and unit.figure.sort is Sort.DATE]
        return bool(dated) and all(unit.is_judged for unit in dated)

    def same_sense(self, before: str, after: str) -> bool:
        """Whether two wordings have the same hedges, limits, denials and the like, wherever these stand.

        Nor may one leave out a part of a list, or grade what it promises otherwise.
        """
        if self._sense(before) != self._sense(after) or self._left_out(before, after) is not None:
            return False
        return alike_in_grade(units(before, self._firmness), units(after, self._firmness), self._firmness)

    def doubt(self, before: str, after: str) -> str:
        """Why a reader must judge two wordings of which neither is softer: a context of `significance.toml`, or ""."""
        if not self.same_sense(before, after):
            return "hedges"
        firmness = self._firmness
        if is_turned(units(before, firmness), units(after, firmness), firmness):
            return "reversed"
        if not same_names(before, after, firmness.opening_words):
            return "names"
        if self.is_written_anew(before, after):
            return "anew"
        is_more = is_narrowed(sentences_of(before, firmness), sentences_of(after, firmness), firmness)
        return "narrowed" if is_more else ""

    def gives_numbers(self, before: str, after: str) -> bool:
        """Whether two wordings that differ in numbers alone promise so many of something wanted."""
        return gives_numbers(units(before, self._firmness), units(after, self._firmness), self._firmness)

    def doubts(self, text: str) -> frozenset[str]:
        """The hedges, limits, denials and the like of a text, and words that only prepare something."""
        found = units(text, self._firmness)
        preparing = {unit.text for unit in found if unit.text in self._firmness.preparing}
        return frozenset((*self._sense(text), *preparing, *(unit.text for unit in found if self._denies(unit))))

    def is_written_anew(self, before: str, after: str) -> bool:
        """Whether two wordings have hardly a word in common that says anything."""
        old, new = (
            {unit.folded[:_STEM] for unit in units(text, self._firmness)} - self._stems for text in (before, after)
        )
        return bool(old and new) and 2 * len(old & new) < _HARDLY_ANY * (len(old) + len(new))

    @property
    def small(self) -> frozenset[str]:
        """Words that say nothing alone."""
        return self._firmness.small

    def _denies(self, unit: Unit) -> bool:
        return unit.text in self._firmness.denials

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(folded(word)[:_STEM] for word in self._firmness.small)

    def _sense(self, text: str) -> Counter[str]:
        firmness = self._firmness
        found = units(text, firmness)
        said = (firmness.sense_of(unit.text) for unit in found if unit.figure is None)
        bounds = (firmness.bound_of(unit.text) for place, unit in enumerate(found) if _is_before_figure(found, place))
        return Counter(filter(None, (*said, *bounds)))

    @cached_property
    def _firmness(self) -> Firmness:
        return Firmness.of(self.lists)

    def _denial(self, old: Sequence[Unit], new: Sequence[Unit]) -> Kind | None:
        """What became of what one text gives, and the other, in the same words, stops or does not give."""
        for affirmed, denied, kind in ((old, new, Kind.WORDING_SOFTER), (new, old, Kind.WORDING_FIRMER)):
            if is_ceased(affirmed, denied, self._firmness):
                return kind
            if all(unit.is_judged for unit in affirmed) and _plain(affirmed) == self._undenied(denied):
                return kind
        return None

    def _undenied(self, side: Sequence[Unit]) -> list[str] | None:
        """The words of a text without the one denial of what it gives; nothing if it denies none, or more."""
        denials = [place for place, unit in enumerate(side) if unit.text in self._firmness.denials]
        if len(denials) != 1:
            return None
        before, after = side[: denials[0]], side[denials[0] + 1 :]
        beside = after[:1] if side[denials[0]].text != _NO else before[-1:]
        gives = any(unit.text in self._firmness.giving for unit in beside)
        return _plain([*before, *after]) if gives else None

    def _kind(self, old: Sequence[Unit], new: Sequence[Unit], texts: tuple[str, str]) -> Kind:
        """What became of a wording, by its hedges, then by the grade of its words, then by the parts that it lists."""
        kind = self._kind_by_hedges(old, new)
        if kind is not Kind.REWORDED:
            return kind
        step = step_in_grade(self._differences(old, new), self._firmness)
        if step:
            return Kind.WORDING_SOFTER if step < 0 else Kind.WORDING_FIRMER
        left_out = self._left_out(*texts)
        return left_out.kind if left_out is not None and left_out.is_sure else Kind.REWORDED

    def _left_out(self, before: str, after: str) -> _LeftOut | None:
        """What one wording leaves out of a list in the other; none where both do."""
        old, new = (sentences_of(text, self._firmness) for text in (before, after))
        gone, come = (left_out(one, other, self._firmness) for one, other in ((old, new), (new, old)))
        if gone is Omission.NONE:
            return None if come is Omission.NONE else _LeftOut(Kind.WORDING_WIDER, come is Omission.SURE)
        return _LeftOut(Kind.WORDING_NARROWER, gone is Omission.SURE)

    def _kind_by_hedges(self, old: Sequence[Unit], new: Sequence[Unit]) -> Kind:
        words: set[int] = set()
        numbers: set[int] = set()
        for gone, come in self._differences(old, new):
            found = self._steps(gone, come)
            if found is None:
                return Kind.REWORDED
            words |= found.words
            numbers |= found.numbers
        if not words - {0}:  # that numbers alone fell says nothing of how firmly they are promised
            return Kind.REWORDED
        steps = frozenset((words | numbers) - {0})
        return {frozenset({-1}): Kind.WORDING_SOFTER, frozenset({1}): Kind.WORDING_FIRMER}.get(steps, Kind.REWORDED)

    def _differences(self, old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
        """The stretches in which two wordings differ: what went, and what came in its place."""
        inflecting = [self._firmness.inflecting.intersection(unit.text for unit in side) for side in (old, new)]
        folds = inflecting[0] != inflecting[1]
        before, after = ([unit.folded if folds else unit.text for unit in side] for side in (old, new))
        before, after = _as_gerunds(before, self._considered(new)), _as_gerunds(after, self._considered(old))
        for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag != "equal":
                yield old[first:last], new[start:end]

    def _considered(self, side: Sequence[Unit]) -> frozenset[str]:
        """What is only considered: "opening" behind "explore"."""
        pairs = itertools.pairwise(unit.text for unit in side)
        return frozenset(
            after for before, after in pairs if before in self._firmness.considering and after.endswith(GERUND)
        )

    def _steps(self, gone: Sequence[Unit], come: Sequence[Unit]) -> _Steps | None:
        """What other words in the place of some say; nothing where that is not sure."""
        if not all(unit.is_judged for unit in (*gone, *come)):
            return None
        numbers = _steps_of_numbers(*([unit for unit in side if unit.figure] for side in (gone, come)))
        words = self._steps_of_words(*([unit for unit in side if not unit.figure] for side in (gone, come)))
        return None if numbers is None or words is None else _Steps(frozenset(words), numbers)

    def _steps_of_words(self, gone: Sequence[Unit], come: Sequence[Unit]) -> set[int] | None:
        firmness = self._firmness
        graded = [[unit for unit in side if firmness.is_graded(unit.text)] for side in (gone, come)]
        if len(graded[0]) != len(graded[1]):
            graded = [[unit for unit in side if not self._softens(unit)] for side in graded]
        rest = [[unit for unit in side if unit not in both] for side, both in zip((gone, come), graded, strict=True)]
        if not all(map(self._softens, (*rest[0], *rest[1]))):
            return None
        hedged = {1 for _ in rest[0]} | {-1 for _ in rest[1]}
        texts = [[unit.text for unit in side] for side in graded]
        if firmness.is_duty(texts[0]) and not texts[1] and hedged == {-1}:
            return {-1}  # "we aim to" for "we will"
        if firmness.is_duty(texts[1]) and not texts[0] and hedged == {1}:
            return {1}
        if len(texts[0]) != len(texts[1]):
            return None
        found = [firmness.step(before, after) for before, after in zip(*texts, strict=True)]
        return hedged | {step for step in found if step is not None} if None not in found else None

    def _softens(self, unit: Unit) -> bool:
        """Whether a promise is worth less with it: "may", "except in Deal", or "up to" before what is promised."""
        return self._firmness.softens(unit.text) or unit.limits


def _steps_of_numbers(gone: Sequence[Unit], come: Sequence[Unit]) -> frozenset[int] | None:
    """Whether less or more of the same is promised; nothing where other figures differ."""
    if len(gone) != len(come):
        return None
    found: set[int] = set()
    for before, after in zip(gone, come, strict=True):
        if before.number is None or after.number is None or not _alike(before.figure, after.figure):
            return None
        found.add((after.number > before.number) - (after.number < before.number))
    return frozenset(found)


def _alike(one: Figure | None, other: Figure | None) -> bool:
    return one is not None and other is not None and one.sort is other.sort


def _plain(side: Sequence[Unit]) -> list[str]:
    """The words, without those that say who does it: "do", "will", "a"."""
    return [unit.folded for unit in side if unit.text not in _SAYING_NOTHING]


def _is_before_figure(found: Sequence[Unit], place: int) -> bool:
    """Whether a number or a date follows, perhaps behind "the end of"."""
    following = (unit for unit in found[place + 1 :] if unit.text not in _BEFORE_DATES)
    return (unit := next(following, None)) is not None and unit.figure is not None


def _order(side: Sequence[Unit]) -> list[tuple[str, bool]]:
    return [(unit.text, unit.is_judged) for unit in side]


def _as_gerunds(texts: Sequence[str], considered: Collection[str]) -> list[str]:
    """The words, those that are only considered on the other side as they stand there: "open" as "opening"."""
    if not considered:
        return list(texts)
    return [next((form for form in gerunds(text) if form in considered), text) for text in texts]
