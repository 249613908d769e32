"""Turns two wordings of a promise into whether it became softer or firmer, where nothing else can have been meant.

That is so where the two differ in nothing but hedges that came or went, words that say more or less in each other's
place, and numbers of things that fell or rose with them. Anything else is left to a reader: a false "weakened" is worse
than none.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pcstrat.diff._conditions import Conditions
from pcstrat.diff._figures import Figure, Sort, tokens
from pcstrat.diff._inflection import folded, gerunds
from pcstrat.diff.kinds import Kind
from pcstrat.diff.wording import MOST_WORDS

_PAUSE = ","
_CONDITION = "subject to "
_MONTH = "May"
_MAY_BEFORE_YEAR = re.compile(r"\bmay(?=\s+\d)", re.IGNORECASE)
_LADDERS = ("amounts", "exceptions", "duties", "limits")
LISTS = (
    *("conditions", "openers", "grounds", "needs", "hedges", "considering"),
    *(*_LADDERS, "reversals", "clauses", "relations", "spans", "fillers"),
)
"""The keys of the table `[words]`."""

_INFLECTING = frozenset(
    {"one", "each", "every", "not every", "may", "might", "could", "should", "will", "must", "shall"}
)
"""Words beside which others take another form: "every hub opens", "most hubs open", "every hub may open"."""
_AHEAD = 4
"""How far behind "at least" the thing that is counted may stand: "5 working days"."""
_OF = "of"
_DETERMINERS = frozenset({"the", "our", "these", "those", "its", "their"})
_GERUND = "ing"


class Unit(NamedTuple):
    """A word, a phrase that counts as one, or a figure; `is_judged` where it stands in the promise, and as it says.

    `number` is how much of something is promised, and `limits` says that a word like "up to" stands before that.
    """

    text: str
    is_judged: bool
    figure: Figure | None = None
    number: Decimal | None = None
    limits: bool = False


class _Word(NamedTuple):
    """A word or phrase of a sentence in small letters, or a figure."""

    text: str
    figure: Figure | None = None


class _Steps(NamedTuple):
    """Whether words, and numbers, in the place of others say less (-1), as much or more (1)."""

    words: frozenset[int]
    numbers: frozenset[int]


@dataclass(frozen=True)
class Strengths:
    """Words that tell how much a promise is worth: the lists of the table `[words]` of `significance.toml`."""

    lists: Mapping[str, Sequence[str]]

    def kind_of(self, before: str, after: str) -> Kind:
        """What became of a wording: softer, firmer, or only reworded. Swapped texts give the opposite."""
        old, new = self._units(before), self._units(after)
        if max(len(old), len(new)) > MOST_WORDS:
            return Kind.REWORDED
        if _order(old) > _order(new):  # `difflib` finds other words in common the other way round
            return self._kind(new, old).opposite
        return self._kind(old, new)

    def same_hedges(self, before: str, after: str) -> bool:
        """Whether two wordings have the same hedges and limits, wherever these stand."""
        return self._hedging(before) == self._hedging(after)

    def _hedging(self, text: str) -> Counter[str]:
        units = (unit.text for unit in self._units(text) if unit.figure is None)
        return Counter(text for text in units if self._is_hedge(text) or text in self._ladders["limits"])

    def _kind(self, old: Sequence[Unit], new: Sequence[Unit]) -> Kind:
        words: set[int] = set()
        numbers: set[int] = set()
        for gone, come in self._differences(old, new):
            found = self._steps(gone, come)
            if found is None:
                return Kind.REWORDED
            words |= found.words
            numbers |= found.numbers
        steps = frozenset((words | numbers) - {0})
        if not words - {0}:  # that numbers alone fell says nothing of how firmly they are promised
            return Kind.REWORDED
        return {frozenset({-1}): Kind.WORDING_SOFTER, frozenset({1}): Kind.WORDING_FIRMER}.get(steps, Kind.REWORDED)

    def _steps(self, gone: Sequence[Unit], come: Sequence[Unit]) -> _Steps | None:
        """What other words in the place of some say; nothing where that is not sure."""
        if not all(unit.is_judged for unit in (*gone, *come)):
            return None
        numbers = _steps_of_numbers(*([unit for unit in side if unit.figure] for side in (gone, come)))
        words = self._steps_of_words(*([unit for unit in side if not unit.figure] for side in (gone, come)))
        return None if numbers is None or words is None else _Steps(frozenset(words), numbers)

    def _steps_of_words(self, gone: Sequence[Unit], come: Sequence[Unit]) -> set[int] | None:
        sides = [[unit.text for unit in side] for side in (gone, come)]
        graded = [[text for text in side if self._is_graded(text)] for side in sides]
        if len(graded[0]) != len(graded[1]):
            limiting = {unit.text for unit in (*gone, *come) if unit.limits}
            graded = [[text for text in side if not self._is_hedge(text) and text not in limiting] for side in graded]
        rest = [[text for text in side if text not in both] for side, both in zip(sides, graded, strict=True)]
        if not all(self._is_hedge(text) or self._limits_most(text) for text in rest[0] + rest[1]):
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

    def _differences(
        self, old: Sequence[Unit], new: Sequence[Unit]
    ) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
        """The stretches in which two wordings differ: what went, and what came in its place."""
        inflecting = [self._inflecting.intersection(unit.text for unit in side) for side in (old, new)]
        folds = inflecting[0] != inflecting[1]
        before, after = ([_folded(unit) if folds else unit.text for unit in side] for side in (old, new))
        before, after = _as_gerunds(before, self._considered(new)), _as_gerunds(after, self._considered(old))
        for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag != "equal":
                yield old[first:last], new[start:end]

    def _considered(self, units: Sequence[Unit]) -> frozenset[str]:
        """What is only considered: "opening" behind "explore"."""
        return frozenset(
            after.text
            for before, after in zip(units, units[1:], strict=False)
            if before.text in self._considering and after.text.endswith(_GERUND)
        )

    def _is_graded(self, text: str) -> bool:
        return any(text in ranks for ranks in self._ladders.values())

    def _limits_most(self, text: str) -> bool:
        """Whether a word says how many at most."""
        return self._ladders["limits"].get(text) == 0

    def _is_hedge(self, text: str) -> bool:
        return text in self._hedges or self._conditions.is_open(text)

    def _is_of_a_sentence(self, text: str) -> bool:
        """Whether it is a condition, or a hedge of that form: "subject to approval"."""
        return self._conditions.holds(text) or (text in self._hedges and text.startswith(_CONDITION))

    def _is_duty(self, texts: Sequence[str]) -> bool:
        duties = self._ladders["duties"]
        return len(texts) == 1 and duties.get(texts[0], -1) == max(duties.values(), default=0)

    def _units(self, text: str) -> list[Unit]:
        return [unit for sentence in _sentences(text) for unit in self._units_of(list(self._phrased(sentence)))]

    def _phrased(self, words: Sequence[_Word]) -> Iterator[_Word]:
        """The words, those of a known phrase as one, and the longest phrase first: "may not" is no "may"."""
        texts = [word.text for word in words]
        place = 0
        before = _PAUSE
        while place < len(words):
            if length := self._conditions.length_at(texts, place):
                yield _Word(self._conditions.named(texts[place : place + length]))
            else:
                length = self._length_of_phrase(texts, place, before)
                yield words[place] if length == 1 else _Word(" ".join(texts[place : place + length]))
            before = " ".join(texts[place : place + length])
            place += length
            if before in self._ladders["amounts"]:
                place += _of_the(texts, place)

    def _length_of_phrase(self, texts: Sequence[str], place: int, before: str) -> int:
        for length in self._phrase_lengths.get(texts[place], ()):
            phrase = " ".join(texts[place : place + length])
            if phrase in self._known and (phrase not in self._considering or self._is_of_verb(texts, place, before)):
                return length
        return 1

    def _is_of_verb(self, texts: Sequence[str], place: int, before: str) -> bool:
        """Whether "explore" is what those who promise do: it begins the sentence, or "we" or "will" stands before."""
        is_third_person = texts[place].endswith("s")
        return is_third_person or before in {_PAUSE, "we"} or before in self._ladders["duties"] or before in self._hedges

    def _units_of(self, sentence: Sequence[_Word]) -> Iterator[Unit]:
        """The units of a sentence, and which of them can be judged.

        What stands in a clause of its own ("who may need help") says whom or when, not how firmly. Nor can words be
        judged where something ends or is denied from the start of the sentence to the next clause: less of it is more.
        But a condition before or behind a sentence is one for all of it, whatever it says.
        """
        texts = [word.text for word in sentence]
        around = self._around(texts)
        turn = next((place for place, text in enumerate(texts) if text in self._reversals), None)
        starts = [place for place, text in enumerate(texts) if text in self._clauses]
        last = len(texts) if turn is None else max((place for place in starts if place < turn), default=0)
        is_aside = is_exception = False
        for place, (text, figure) in enumerate(sentence):
            if text == _PAUSE:
                following = texts[place + 1 : place + 2]
                is_aside = is_aside and starts[0] > 0 and following != ["we"]
                continue
            is_aside = is_aside or text in self._clauses
            is_exception = is_exception or self._ladders["exceptions"].get(text) == 0
            is_after_pause = place > 0 and texts[place - 1] == _PAUSE and self._is_of_a_sentence(text)
            is_span = text in self._ladders["limits"] and self._spans.intersection(texts[place + 1 : place + _AHEAD])
            if is_exception and text in self._fillers:
                continue
            is_sure = ((place < last or place in around) and (not is_aside or is_after_pause)) and not is_span
            if figure is not None:
                number = figure.value if self._promises_so_many(sentence, place) else None
                yield Unit(text, is_sure, figure, number if isinstance(number, Decimal) else None)
            else:
                limits = self._limits_most(text) and self._promises_so_many(sentence, place + 1)
                yield Unit(text, is_sure, limits=limits)

    def _promises_so_many(self, sentence: Sequence[_Word], place: int) -> bool:
        """Whether so many of something, or so much money, is promised there: more is better than less.

        Not where a number stands behind a word like "within" or "per", or says how long something takes.
        """
        figure = sentence[place].figure if place < len(sentence) else None
        if figure is None or figure.sort not in {Sort.COUNT, Sort.MONEY}:
            return False
        texts = [word.text for word in sentence]
        first = place - 1 if place and texts[place - 1] in self._ladders["limits"] else place
        is_related = first > 0 and texts[first - 1] in self._relations
        return not is_related and not self._spans.intersection(texts[place + 1 : place + _AHEAD - 1])

    def _around(self, texts: Sequence[str]) -> frozenset[int]:
        """The places of a condition that a sentence ends with, or begins with before a pause."""
        found = {len(texts) - 1} if texts and self._is_of_a_sentence(texts[-1]) else set()
        if texts[1:2] == [_PAUSE] and self._is_of_a_sentence(texts[0]):
            found.add(0)
        return frozenset(found)

    @cached_property
    def _ladders(self) -> Mapping[str, Mapping[str, int]]:
        """The rank of each word in each list that leads from less to more."""
        return {
            name: {word: rank for rank, step in enumerate(self.lists[name]) for word in _phrases(step.split(","))}
            for name in _LADDERS
        }

    @cached_property
    def _conditions(self) -> Conditions:
        return Conditions(*(_phrases(self.lists[name]) for name in ("conditions", "openers", "grounds", "needs")))

    @cached_property
    def _considering(self) -> frozenset[str]:
        return _phrases(self.lists["considering"])

    @cached_property
    def _hedges(self) -> frozenset[str]:
        return self._conditions.known | self._considering | _phrases(self.lists["hedges"])

    @cached_property
    def _inflecting(self) -> frozenset[str]:
        """Words beside which verbs take another form, hedges of one person among them: "the team aims to open"."""
        return _INFLECTING | {hedge for hedge in self._hedges if hedge.partition(" ")[0].endswith("s")}

    @cached_property
    def _reversals(self) -> frozenset[str]:
        return _phrases(self.lists["reversals"])

    @cached_property
    def _clauses(self) -> frozenset[str]:
        return _phrases(self.lists["clauses"])

    @cached_property
    def _relations(self) -> frozenset[str]:
        return _phrases(self.lists["relations"])

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


def _phrases(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(text.casefold().split()) for text in texts)


def _sentences(text: str) -> Iterator[list[_Word]]:
    """The words of each sentence in small letters, with its pauses; the month keeps its capital, unlike the verb."""
    found: list[_Word] = []
    for token in tokens(_MAY_BEFORE_YEAR.sub(_MONTH, text)):
        if token.is_end:
            yield found
            found = []
        elif token.is_pause:
            found.append(_Word(_PAUSE))
        elif token.figure is not None and not _is_one(token.figure):
            found.append(_Word(f"{token.figure.sort.value} {token.figure.value}", token.figure))
        elif token.text not in _UNREAD:
            found.append(_Word(token.text.casefold().replace("’", "'")))
    yield found


_UNREAD = frozenset(".!?;:'\"’‘“”-")


def _is_one(figure: Figure) -> bool:
    """Whether it may as well be "one": that is a word for little."""
    return figure == (Sort.COUNT, 1)


def _of_the(texts: Sequence[str], place: int) -> int:
    """How many words say no more than "12" does in "most of the 12"."""
    if texts[place : place + 1] != [_OF]:
        return 0
    return 1 + bool(_DETERMINERS.intersection(texts[place + 1 : place + 2]))


def _order(units: Sequence[Unit]) -> list[tuple[str, bool]]:
    return [(unit.text, unit.is_judged) for unit in units]


def _folded(unit: Unit) -> str:
    return unit.text if unit.figure else folded(unit.text)


def _as_gerunds(texts: Sequence[str], considered: Collection[str]) -> list[str]:
    """The words, those that are only considered on the other side as they stand there: "open" as "opening"."""
    if not considered:
        return list(texts)
    return [next((form for form in gerunds(text) if form in considered), text) for text in texts]
