"""Finds conditions on which a promise hangs: those of a list, and others such as "if NHS England agrees".

A condition that only asks for a need, or for what the patient wants, is none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

_OPEN = "? "
_PAUSE = ","
_JOINERS = frozenset({"and", "or"})
_PREPOSITIONS = frozenset({"as", "at", "by", "for", "from", "in", "of", "on", "through", "to", "under", "with"})
"""With one of these no clause begins: it begins with what it is about."""

_MOST_WORDS = 12
_MOST_JOINED = 3
"""How many words may stand behind "and": with more, something else begins."""


@dataclass(frozen=True)
class Conditions:
    """The conditions that are known by their words, and those that are known by how they begin and what they name.

    Attributes:
        conditions: Conditions in full: "where possible".
        openers: What clauses begin with: "provided that".
        dependences: What nouns follow: "subject to".
        leave: What somebody does who gives leave, as a clause says.
        means: Money, leave and the like, which nouns are about; so are clauses that also say that it is ...
        secured: ... found or agreed.
        needs: What none names that is a condition: it asks for a need.
    """

    LISTS: ClassVar = ("conditions", "openers", "dependences", "leave", "means", "secured", "needs")

    conditions: frozenset[str]
    openers: frozenset[str]
    dependences: frozenset[str]
    leave: frozenset[str]
    means: frozenset[str]
    secured: frozenset[str]
    needs: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether a text is a condition, as `named` calls it."""
        return text in self.conditions or self.is_open(text)

    def is_open(self, text: str) -> bool:
        """Whether a text is a condition of no list, as `named` calls it."""
        return text.startswith(_OPEN)

    def named(self, words: Sequence[str]) -> str:
        """A condition as one text: with a sign before it if it is of no list."""
        text = " ".join(words)
        return text if text in self.conditions else f"{_OPEN}{text}"

    def length_at(self, words: Sequence[str], place: int) -> int:
        """How many words a condition has that begins at a place; 0 if none begins there."""
        if words[place] not in self._starts:
            return 0
        known = self._length_of_known(words, place)
        if self._ends(words, place + known) and known:
            return known
        return self._length_of_open(words, place) or known

    def _length_of_known(self, words: Sequence[str], place: int) -> int:
        """As many words as the longest known condition, with another that "and" or "or" joins to it."""
        longest = max(self._lengths.get(words[place], ()), default=0)
        for length in range(longest, 0, -1):
            phrase = words[place : place + length]
            if " ".join(phrase) in self.conditions:
                return length + self._length_of_joined(phrase, words[place + length : place + length + 2])
        return 0

    def _length_of_joined(self, phrase: Sequence[str], following: Sequence[str]) -> int:
        """The words of "and appropriate" behind "where possible"."""
        is_joined = len(following) > 1 and following[0] in _JOINERS
        return 2 if is_joined and " ".join((*phrase[:-1], following[1])) in self.conditions else 0

    def _length_of_open(self, words: Sequence[str], place: int) -> int:
        for length in (3, 2, 1):
            opener = " ".join(words[place : place + length])
            if opener in self.openers or opener in self.dependences:
                inside = words[place + length : self._end(words, place + length)]
                holds = self._depends(inside, is_clause=opener in self.openers)
                return length + len(inside) if holds else 0
        return 0

    def _depends(self, inside: Sequence[str], *, is_clause: bool) -> bool:
        """Whether a clause, or what something is subject to, is leave to be given, or money to be found."""
        if len(inside) > _MOST_WORDS or _names(inside, self.needs) or not self._is_one(inside):
            return False
        if is_clause and not _PREPOSITIONS.isdisjoint(inside[:1]):
            return False  # "provided by the council"
        has_means = _names(inside, self.means)
        return _names(inside, self.leave) or (has_means and _names(inside, self.secured)) if is_clause else has_means

    def _is_one(self, inside: Sequence[str]) -> bool:
        """Whether what "and" joins belongs to the condition: few words, and of the same sort."""
        joiner = next((place for place, word in enumerate(inside) if word in _JOINERS), None)
        if joiner is None:
            return True
        joined = inside[joiner + 1 :]
        return len(joined) <= _MOST_JOINED and _names(joined, self.leave | self.means)

    def _end(self, words: Sequence[str], place: int) -> int:
        """The next pause, or a word more than a condition may have."""
        last = place + _MOST_WORDS + 1
        while place < last and not self._ends(words, place):
            place += 1
        return place

    def _ends(self, words: Sequence[str], place: int) -> bool:
        return place >= len(words) or words[place] == _PAUSE

    @cached_property
    def _starts(self) -> frozenset[str]:
        """The words that conditions begin with."""
        return frozenset(text.partition(" ")[0] for text in (*self.conditions, *self.openers, *self.dependences))

    @cached_property
    def _lengths(self) -> dict[str, set[int]]:
        """How many words the known conditions have that begin with a word."""
        found: dict[str, set[int]] = {}
        for words in (condition.split() for condition in self.conditions):
            found.setdefault(words[0], set()).add(len(words))
        return found


def _names(words: Sequence[str], names: Collection[str]) -> bool:
    """Whether any word, or two words together, are among some names."""
    return any(" ".join(words[place : place + length]) in names for place in range(len(words)) for length in (1, 2))
