"""Turns two wordings of a promise into whether it became softer or firmer, where nothing else can have been meant.

That is so where the two differ in nothing but hedges that came or went, and words that say more or less in each
other's place. Anything else is left to a reader: a false "weakened" is worse than none.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pcstrat.diff.kinds import Kind
from pcstrat.diff.wording import MOST_WORDS

_TOKEN = re.compile(
    r"""(?P<word>[^\W_]+(?:['’][^\W_]+)*)
      | (?P<end>[.!?;:](?=\s|$))
      | (?P<pause>[,()\[\]–—])
      | (?P<sign>[^\w\s.!?;:'"’‘“”-])""",
    re.VERBOSE,
)
_END, _PAUSE = ".", ","
_CONDITION = "subject to "
_MONTH = "May"
_MAY_BEFORE_YEAR = re.compile(r"\bmay(?=\s+\d)", re.IGNORECASE)
_LADDERS = ("amounts", "exceptions", "duties", "limits")
LISTS = ("conditions", "hedges", *_LADDERS, "reversals", "clauses", "spans", "fillers")
"""The keys of the table `[words]`."""

_INFLECTING = frozenset(
    {"one", "each", "every", "not every", "may", "might", "could", "should", "will", "must", "shall"}
)
"""Words beside which others take another form: "every hub opens", "most hubs open", "every hub may open"."""
_AGREES = {"are": "is", "be": "is", "have": "has", "do": "does"}
_SHORTEST = 4
_AHEAD = 4
"""How far behind "at least" the thing that is counted may stand: "5 working days"."""


class Unit(NamedTuple):
    """A word, or a phrase that counts as one; `is_judged` where it stands in the promise itself, and as it says."""

    text: str
    is_judged: bool


@dataclass(frozen=True)
class Strengths:
    """Words that tell how much a promise is worth: the lists of the table `[words]` of `significance.toml`."""

    lists: Mapping[str, Sequence[str]]

    def kind_of(self, before: str, after: str) -> Kind:
        """What became of a wording: softer, firmer, or only reworded. Swapped texts give the opposite."""
        old, new = self._units(before), self._units(after)
        if max(len(old), len(new)) > MOST_WORDS:
            return Kind.REWORDED
        if old > new:  # `difflib` finds other words in common the other way round
            return self._kind(new, old).opposite
        return self._kind(old, new)

    def _kind(self, old: Sequence[Unit], new: Sequence[Unit]) -> Kind:
        steps: set[int] = set()
        for gone, come in _differences(old, new):
            found = self._steps(gone, come)
            if found is None:
                return Kind.REWORDED
            steps |= found
        return {frozenset({-1}): Kind.WORDING_SOFTER, frozenset({1}): Kind.WORDING_FIRMER}.get(
            frozenset(steps - {0}), Kind.REWORDED
        )

    def _steps(self, gone: Sequence[Unit], come: Sequence[Unit]) -> set[int] | None:
        """Whether words in the place of others say less (-1), as much or more (1); nothing where that is not sure."""
        if not all(unit.is_judged for unit in (*gone, *come)):
            return None
        sides = [[unit.text for unit in side] for side in (gone, come)]
        graded = [[text for text in side if self._is_graded(text)] for side in sides]
        if len(graded[0]) != len(graded[1]):
            graded = [[text for text in side if text not in self._hedges] for side in graded]
        rest = [[text for text in side if text not in both] for side, both in zip(sides, graded, strict=True)]
        if not self._hedges.issuperset(rest[0] + rest[1]):
            return None
        hedged = {1 for _ in rest[0]} | {-1 for _ in rest[1]}
        if self._is_duty(graded[0]) and not graded[1] and hedged == {-1}:
            return {-1}  # "we aim to" for "we will"
        if self._is_duty(graded[1]) and not graded[0] and hedged == {1}:
            return {1}
        if len(graded[0]) != len(graded[1]):
            return None
        found = [self._step(before, after) for before, after in zip(*graded, strict=True)]
        return hedged | {step for step in found if step is not None} if None not in found else None

    def _step(self, before: str, after: str) -> int | None:
        ranks = next((ranks for ranks in self._ladders.values() if before in ranks and after in ranks), None)
        if ranks is None:
            return None
        return (ranks[after] > ranks[before]) - (ranks[after] < ranks[before])

    def _is_graded(self, text: str) -> bool:
        return any(text in ranks for ranks in self._ladders.values())

    def _is_duty(self, texts: Sequence[str]) -> bool:
        duties = self._ladders["duties"]
        return len(texts) == 1 and duties.get(texts[0], -1) == max(duties.values(), default=0)

    def _units(self, text: str) -> list[Unit]:
        return [unit for sentence in _sentences(text) for unit in self._units_of(list(self._phrased(sentence)))]

    def _phrased(self, words: Sequence[str]) -> Iterator[str]:
        """The words, those of a known phrase as one, and the longest phrase first: "may not" is no "may"."""
        place = 0
        while place < len(words):
            lengths = self._phrase_lengths.get(words[place], ())
            length = next((n for n in lengths if " ".join(words[place : place + n]) in self._known), 1)
            yield " ".join(words[place : place + length])
            place += length

    def _units_of(self, sentence: Sequence[str]) -> Iterator[Unit]:
        """The units of a sentence, and which of them can be judged.

        What stands in a clause of its own ("who may need help") says whom or when, not how firmly. Nor can words be
        judged where something ends or is denied from the start of the sentence to the next clause: less of it is more.
        But a condition before or behind a sentence is one for all of it, whatever it says.
        """
        around = _around(sentence, self._of_a_sentence)
        turn = next((place for place, text in enumerate(sentence) if text in self._reversals), None)
        starts = [place for place, text in enumerate(sentence) if text in self._clauses]
        last = len(sentence) if turn is None else max((place for place in starts if place < turn), default=0)
        is_aside = is_exception = False
        for place, text in enumerate(sentence):
            if text == _PAUSE:
                following = sentence[place + 1 : place + 2]
                is_aside = is_aside and starts[0] > 0 and following != ["we"]
                continue
            is_aside = is_aside or text in self._clauses
            is_exception = is_exception or self._ladders["exceptions"].get(text) == 0
            is_after_pause = place > 0 and sentence[place - 1] == _PAUSE and text in self._of_a_sentence
            is_span = text in self._ladders["limits"] and self._spans.intersection(sentence[place + 1 : place + _AHEAD])
            if not (is_exception and text in self._fillers):
                is_sure = (place < last or place in around) and (not is_aside or is_after_pause)
                yield Unit(text, is_sure and not is_span)

    @cached_property
    def _ladders(self) -> Mapping[str, Mapping[str, int]]:
        """The rank of each word in each list that leads from less to more."""
        return {
            name: {word: rank for rank, step in enumerate(self.lists[name]) for word in _phrases(step.split(","))}
            for name in _LADDERS
        }

    @cached_property
    def _conditions(self) -> frozenset[str]:
        return _phrases(self.lists["conditions"])

    @cached_property
    def _of_a_sentence(self) -> frozenset[str]:
        """The conditions, and hedges of their form: "subject to approval"."""
        return self._conditions | {hedge for hedge in self._hedges if hedge.startswith(_CONDITION)}

    @cached_property
    def _hedges(self) -> frozenset[str]:
        return self._conditions | _phrases(self.lists["hedges"])

    @cached_property
    def _reversals(self) -> frozenset[str]:
        return _phrases(self.lists["reversals"])

    @cached_property
    def _clauses(self) -> frozenset[str]:
        return _phrases(self.lists["clauses"])

    @cached_property
    def _spans(self) -> frozenset[str]:
        return _phrases(self.lists["spans"])

    @cached_property
    def _fillers(self) -> frozenset[str]:
        return _phrases(self.lists["fillers"])

    @cached_property
    def _known(self) -> frozenset[str]:
        """What counts as one word."""
        graded = (word for ranks in self._ladders.values() for word in ranks)
        return frozenset((*graded, *self._hedges, *self._reversals, *self._fillers))

    @cached_property
    def _phrase_lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words the phrases have that begin with a word, the most first."""
        found: dict[str, set[int]] = {}
        for words in (phrase.split() for phrase in self._known):
            found.setdefault(words[0], set()).add(len(words))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


def _around(sentence: Sequence[str], conditions: Collection[str]) -> frozenset[int]:
    """The places of a condition that a sentence ends with, or begins with before a pause."""
    found = {len(sentence) - 1} if sentence and sentence[-1] in conditions else set()
    if sentence[1:2] == [_PAUSE] and sentence[0] in conditions:
        found.add(0)
    return frozenset(found)


def _phrases(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(text.casefold().split()) for text in texts)


def _sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence in small letters, with its pauses; the month keeps its capital, unlike the verb."""
    found: list[str] = []
    for match in _TOKEN.finditer(_MAY_BEFORE_YEAR.sub(_MONTH, text)):
        if match["end"]:
            yield found
            found = []
        elif match["pause"]:
            found.append(_PAUSE)
        else:
            found.append(match[0] if match[0] == _MONTH else match[0].casefold().replace("’", "'"))
    yield found


def _differences(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """The stretches in which two wordings differ: what went, and what came in its place."""
    inflecting = [_INFLECTING.intersection(unit.text for unit in side) for side in (old, new)]
    folds = inflecting[0] != inflecting[1]
    before, after = ([_folded(unit.text) if folds else unit.text for unit in side] for side in (old, new))
    for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield old[first:last], new[start:end]


def _folded(word: str) -> str:
    """A word without the ending that what stands beside it gives it."""
    if len(word) < _SHORTEST or not word.endswith("s") or word.endswith("ss"):
        return _AGREES.get(word, word)
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
