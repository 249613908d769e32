"""Turns two wordings into whether one leaves out parts of a list: "for adults" for what was "for children and adults".

Words that others took the place of are no part left out: the shorter wording must have no word of its own.
"""

from __future__ import annotations

import difflib
import enum
import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from pcstrat.diff._firmness import Firmness
from pcstrat.diff._units import GERUND, Unit

Sentences: TypeAlias = Sequence[Sequence[Unit]]

_UNSAID = frozenset({"a", "an", "the", "both", "either"})
"""Words that come and go with the parts of a list."""

_LONGEST_PART = 6
"""Words that a part of a list has at most; a longer one may say why something is done."""

_SHORT_PART = 4
"""Words that each part has at most where only commas tell that it is a list."""

_FEWEST_COMMAS = 2
_EITHER = "or"


class Omission(enum.IntEnum):
    """Whether a part of a list is left out, and whether less is promised then."""

    NONE = 0
    PERHAPS = 1
    SURE = 2


def left_out(longer: Sentences, shorter: Sentences, firmness: Firmness) -> Omission:
    """Whether a wording is another one without parts of its lists."""
    old, new = _words(longer, firmness), _words(shorter, firmness)
    if len(old) <= len(new):
        return Omission.NONE
    keys = [[word.unit.folded for word in side] for side in (old, new)]
    is_shorter_list = _joints(shorter, firmness) < _joints(longer, firmness)
    found = Omission.NONE
    for tag, first, last, *_ in difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag != "delete":
            return Omission.NONE
        gaps = (_Gap(longer, old, *part) for ends in _slid(keys[0], first, last) for part in _by_sentence(old, *ends))
        found = max([found, *(gap.omission(firmness) for gap in gaps if is_shorter_list or gap.is_sentence)])
    return found


def _joints(sentences: Sentences, firmness: Firmness) -> int:
    """How many joiners and commas there are: where no fewer are left, "new" may be gone from "hubs and new clinics"."""
    return sum(unit.is_comma or unit.text in firmness.joiners for sentence in sentences for unit in sentence)


def _slid(keys: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """All stretches that leave the same words: "in Dover and" or "Dover and in" of "in Dover and in Deal"."""
    yield first, last
    start, end = first, last
    while start > 0 and keys[start - 1] == keys[end - 1]:
        start, end = start - 1, end - 1
        yield start, end
    start, end = first, last
    while end < len(keys) and keys[start] == keys[end]:
        start, end = start + 1, end + 1
        yield start, end


class _Word(NamedTuple):
    """A unit that is no pause, joiner or article, and where it stands."""

    unit: Unit
    sentence: int
    place: int


def _words(sentences: Sentences, firmness: Firmness) -> list[_Word]:
    return [
        _Word(unit, number, place)
        for number, sentence in enumerate(sentences)
        for place, unit in enumerate(sentence)
        if not (unit.is_pause or unit.text in firmness.joiners or unit.text in _UNSAID)
    ]


def _by_sentence(words: Sequence[_Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """A stretch of words, cut where sentences end."""
    start = first
    for place in range(first + 1, last + 1):
        if place == last or words[place].sentence != words[start].sentence:
            yield start, place
            start = place


class _Gap:
    """Words of one sentence that are left out, from `first` to before `last`."""

    def __init__(self, sentences: Sentences, words: Sequence[_Word], first: int, last: int) -> None:
        number = words[first].sentence
        self._sentence = sentences[number]
        self._gone = [word.unit for word in words[first:last]]
        self._kept = [word.unit for word in (*words[:first], *words[last:]) if word.sentence == number]
        self._start, self._end = words[first].place, words[last - 1].place + 1
        is_behind = first > 0 and words[first - 1].sentence == number
        is_before = last < len(words) and words[last].sentence == number
        self._from = words[first - 1].place + 1 if is_behind else None
        self._to = words[last].place if is_before else None

    @property
    def is_sentence(self) -> bool:
        """Whether nothing of the sentence stays."""
        return not self._kept

    def omission(self, firmness: Firmness) -> Omission:
        """What it leaves out."""
        content = [unit for unit in self._gone if _says_something(unit, firmness)]
        if not content:
            return Omission.NONE
        if self.is_sentence:
            return Omission.PERHAPS
        if not self._is_part(firmness) or self._is_said_still(content, firmness):
            return Omission.NONE
        return Omission.PERHAPS if self._is_unsure(content, firmness) else Omission.SURE

    def _is_part(self, firmness: Firmness) -> bool:
        """Whether the words are parts of a list: a joiner stands beside them, or a comma and a joiner further on."""
        before = self._sentence[self._from : self._start] if self._from is not None else ()
        after = self._sentence[self._end : self._to] if self._to is not None else ()
        if any(unit.text in firmness.joiners for unit in (*before, *after)):
            return True
        if any(unit.is_comma for unit in before):
            inside = self._sentence[self._start : self._end]
            has_joiner = any(unit.text in firmness.joiners for unit in inside)
            return has_joiner or self._is_among_parts(firmness) or (self._to is None and self._is_of_commas(firmness))
        return self._from is not None and any(unit.is_comma for unit in after) and self._is_among_parts(firmness)

    def _is_among_parts(self, firmness: Firmness) -> bool:
        """Whether short parts follow, up to a joiner."""
        length = 0
        for unit in self._sentence[self._end :]:
            if unit.text in firmness.joiners:
                return True
            length = 0 if unit.is_comma else length + 1
            if length > _SHORT_PART:
                return False
        return False

    def _is_of_commas(self, firmness: Firmness) -> bool:
        """Whether the sentence ends with at least three short parts, and nothing else joins any."""
        if any(unit.text in firmness.joiners for unit in self._sentence):
            return False
        places = [place for place, unit in enumerate(self._sentence) if unit.is_comma]
        ends = [*places[1:], len(self._sentence)]
        is_short = all(end - place <= _SHORT_PART + 1 for place, end in zip(places, ends, strict=True))
        return len(places) >= _FEWEST_COMMAS and is_short

    def _is_said_still(self, content: Sequence[Unit], firmness: Firmness) -> bool:
        """Whether other words of the sentence say as much, or what follows is what it was done for."""
        said = {_meaning(unit, firmness) for unit in self._kept} - {""}
        if all(_meaning(unit, firmness) in said for unit in content):
            return True
        return self._to is not None and all(_is_among(unit, firmness.preparing) for unit in content)

    def _is_unsure(self, content: Sequence[Unit], firmness: Firmness) -> bool:
        """Whether a reader must judge if less is promised."""
        texts = [unit.text for unit in self._sentence[: self._end]]
        return (
            not all(unit.is_judged for unit in content)
            or not (firmness.examples | firmness.attaching).isdisjoint(texts)
            or self._is_choice(firmness)
            or any(_is_doubtful(unit, firmness) for unit in self._gone)
            or all(_is_among(unit, firmness.qualities | firmness.preparing) for unit in content)
            or max(self._lengths(firmness)) > _LONGEST_PART
            or self._is_aside(firmness)
        )

    def _is_choice(self, firmness: Firmness) -> bool:
        """Whether one of several is left out of which one is enough: "today" promises more than "today or tomorrow"."""
        start = self._start if self._from is None else self._from
        end = self._end if self._to is None else self._to
        joiners = [unit.text for unit in self._sentence[start:end] if unit.text in firmness.joiners]
        further = (unit.text for unit in self._sentence[end:] if unit.text in firmness.joiners)
        return _EITHER in (joiners or [*itertools.islice(further, 1)])

    def _lengths(self, firmness: Firmness) -> Iterator[int]:
        """The words of each part that is left out."""
        length = 0
        for unit in self._sentence[self._start : self._end]:
            if unit.is_pause or unit.text in firmness.joiners:
                yield length
                length = 0
            else:
                length += 1
        yield length

    def _is_aside(self, firmness: Firmness) -> bool:
        """Whether anything begins behind a comma in another way than the parts that stay."""
        start = self._start if self._from is None else self._from
        units = self._sentence[start : self._end]
        pairs = itertools.pairwise(units)
        return any(before.is_comma and self._begins_aside(first.text, firmness) for before, first in pairs)

    def _begins_aside(self, first: str, firmness: Firmness) -> bool:
        if first.endswith(GERUND):
            return not any(unit.text.endswith(GERUND) for unit in self._kept)
        return first in firmness.asides and first not in {unit.text for unit in self._kept}


def _meaning(unit: Unit, firmness: Firmness) -> str:
    """The line of synonyms that a word stands in; empty where in none."""
    return firmness.synonyms.get(unit.text) or firmness.synonyms.get(unit.folded, "")


def _is_among(unit: Unit, words: Collection[str]) -> bool:
    return unit.text in words or unit.folded in words


def _says_something(unit: Unit, firmness: Firmness) -> bool:
    return not (unit.figure or unit.text in firmness.small or firmness.sense_of(unit.text))


def _is_doubtful(unit: Unit, firmness: Firmness) -> bool:
    """Whether more than the name of a part goes with it: a hedge, or a word that denies."""
    return bool(firmness.sense_of(unit.text)) and unit.text not in firmness.ladders["amounts"]
