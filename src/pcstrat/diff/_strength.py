"""Turns two wordings of a promise into whether it became softer or firmer, where its words show that surely.

Anything else is left to a reader: other words may say the same, more or less, and nothing here can know.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pcstrat.diff.kinds import Kind
from pcstrat.diff.wording import MOST_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MONTH = "May"
_LEVELS = ("amounts", "duties")
LISTS = ("hedges", "negations", "endings", "small", *_LEVELS)
"""The keys of the table `[words]`."""

_STEM = 4
_NEAR = 3

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Strengths:
    """Words that tell how much a promise is worth, from the table `[words]` of `significance.toml`.

    `hedges` soften wherever they come; `negations` where next to nothing comes with them, unless what they negate is
    one of the `endings`. In `amounts` and `duties`, a word may take the place of one that says more. `small` words
    say nothing by themselves.
    """

    lists: Mapping[str, Sequence[str]]

    def kind_of(self, before: str, after: str) -> Kind:
        """What became of a wording: softer, firmer, or only reworded. Swapped texts give the opposite."""
        old, new = _words(before), _words(after)
        if max(len(old), len(new)) > MOST_WORDS or old == new:
            return Kind.REWORDED
        if old > new:  # `difflib` finds other words in common the other way round
            return self._kind(new, old).opposite
        return self._kind(old, new)

    def _kind(self, old: Sequence[str], new: Sequence[str]) -> Kind:
        firmer = {sign > 0 for sign in self._signs(old, new) if sign}
        if len(firmer) != 1:
            return Kind.REWORDED
        return Kind.WORDING_FIRMER if firmer.pop() else Kind.WORDING_SOFTER

    def _signs(self, old: Sequence[str], new: Sequence[str]) -> Iterator[int]:
        """Below 0 for each thing that softens, above it for each that makes firmer."""
        hedges = [Counter(_found(words, self._hedges)) for words in (old, new)]
        yield -len(hedges[1] - hedges[0])
        yield len(hedges[0] - hedges[1])
        for tag, first, last, start, end in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
            if tag != "equal":
                gone, come = old[first:last], new[start:end]
                yield from self._level_signs(gone, come)
                if self._says_nothing_else(gone, come):
                    yield from (-1 for _ in self._negated(come, new[end : end + _NEAR]))
                    yield from (1 for _ in self._negated(gone, old[last : last + _NEAR]))

    def _level_signs(self, gone: Sequence[str], come: Sequence[str]) -> Iterator[int]:
        """Of words in the place of others, which say less; a word for a part of something is less than none."""
        for levels in self._levels:
            ranks = [[levels[word] for word in words if word in levels] for words in (gone, come)]
            if all(len(found) == 1 for found in ranks):
                yield ranks[1][0] - ranks[0][0]
        amounts = self._levels[0]
        if self._says_nothing_else(gone, come):
            yield from (-1 for word in come if not gone and self._is_part(word, amounts))
            yield from (1 for word in gone if not come and self._is_part(word, amounts))

    def _is_part(self, word: str, amounts: Mapping[str, int]) -> bool:
        return word in amounts and amounts[word] < max(amounts.values()) and word not in self._small

    def _negated(self, words: Sequence[str], following: Sequence[str]) -> Iterator[Phrase]:
        if not self._endings.intersection((*words, *following)):
            yield from _found(words, self._negations)

    def _says_nothing_else(self, gone: Sequence[str], come: Sequence[str]) -> bool:
        """Whether, besides words that are told apart here, only other forms of the same words went and came."""
        rest = [[word for word in words if not self._is_told(word)] for words in (gone, come)]
        stems = [Counter(word[:_STEM] for word in words) for words in rest]
        return stems[0] == stems[1]

    def _is_told(self, word: str) -> bool:
        return word in self._small or any(word in levels for levels in self._levels) or word in self._negating

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(map(str.casefold, self.lists["small"]))

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset(map(str.casefold, self.lists["endings"]))

    @cached_property
    def _hedges(self) -> tuple[Phrase, ...]:
        return _phrases(self.lists["hedges"])

    @cached_property
    def _negations(self) -> tuple[Phrase, ...]:
        return _phrases(self.lists["negations"])

    @cached_property
    def _negating(self) -> frozenset[str]:
        return frozenset(word for phrase in self._negations for word in phrase)

    @cached_property
    def _levels(self) -> tuple[Mapping[str, int], ...]:
        return tuple(
            {word: rank for rank, words in enumerate(self.lists[name]) for word in words.casefold().split()}
            for name in _LEVELS
        )


def _words(text: str) -> list[str]:
    """The words in small letters; the month keeps its capital, which tells it from the verb."""
    return [word if word == _MONTH else word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Phrases as words, the longest first: "may not" is no "may"."""
    return tuple(sorted((tuple(text.casefold().split()) for text in texts), key=lambda phrase: (-len(phrase), phrase)))


def _found(words: Sequence[str], phrases: Iterable[Phrase]) -> Iterator[Phrase]:
    """The phrases in a text, none inside another."""
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    place = 0
    while place < len(words):
        phrases_here = by_first.get(words[place], [])
        fitting = [each for each in phrases_here if tuple(words[place : place + len(each)]) == each]
        yield from fitting[:1]
        place += len(fitting[0]) if fitting else 1
