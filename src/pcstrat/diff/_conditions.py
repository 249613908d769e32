"""Finds conditions on which a promise hangs: those of a list, and "if NHS England agrees", "provided that money is found".

A condition that only asks for a need, or for what the patient wants, is none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

_OPEN = "? "
_PAUSE = ","
_JOINERS = frozenset({"and", "or"})
_MOST_WORDS = 12
_MOST_JOINED = 3
"""How many words may stand behind "and": with more, something else begins."""


@dataclass(frozen=True)
class Conditions:
    """The conditions that are known by their words, and those that are known by how they begin and what they name.

    Attributes:
        known: Conditions in full: "where possible".
        openers: What others begin with: "provided that".
        grounds: What one of those must name, such as money or leave.
        needs: What none of them names: it asks for a need.
    """

    known: frozenset[str]
    openers: frozenset[str]
    grounds: frozenset[str]
    needs: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether a text is a condition, as `named` calls it."""
        return text in self.known or self.is_open(text)

    def is_open(self, text: str) -> bool:
        """Whether a text is a condition of no list, as `named` calls it."""
        return text.startswith(_OPEN)

    def named(self, words: Sequence[str]) -> str:
        """A condition as one text: with a sign before it if it is of no list."""
        text = " ".join(words)
        return text if text in self.known else f"{_OPEN}{text}"

    def length_at(self, words: Sequence[str], place: int) -> int:
        """How many words a condition has that begins at a place; 0 if none begins there."""
        known = self._length_of_known(words, place)
        if self._ends(words, place + known) and known:
            return known
        return self._length_of_open(words, place) or known

    def _length_of_known(self, words: Sequence[str], place: int) -> int:
        """As many words as the longest known condition, with another that "and" or "or" joins to it."""
        longest = max(self._lengths.get(words[place], ()), default=0)
        for length in range(longest, 0, -1):
            phrase = words[place : place + length]
            if " ".join(phrase) in self.known:
                return length + self._length_of_joined(phrase, words[place + length : place + length + 2])
        return 0

    def _length_of_joined(self, phrase: Sequence[str], following: Sequence[str]) -> int:
        """The words of "and appropriate" behind "where possible"."""
        is_joined = len(following) > 1 and following[0] in _JOINERS
        return 2 if is_joined and " ".join((*phrase[:-1], following[1])) in self.known else 0

    def _length_of_open(self, words: Sequence[str], place: int) -> int:
        opener = next((n for n in (3, 2, 1) if " ".join(words[place : place + n]) in self.openers), 0)
        if not opener:
            return 0
        last = place + opener
        while not self._ends(words, last):
            last += 1
        inside = words[place + opener : last]
        is_long = len(inside) > _MOST_WORDS or not self._is_one(inside)
        return 0 if is_long or not self._names(inside, self.grounds) or self._names(inside, self.needs) else last - place

    def _is_one(self, inside: Sequence[str]) -> bool:
        """Whether what "and" joins belongs to the condition: few words, and grounds as well."""
        joiner = next((place for place, word in enumerate(inside) if word in _JOINERS), None)
        if joiner is None:
            return True
        joined = inside[joiner + 1 :]
        return len(joined) <= _MOST_JOINED and self._names(joined, self.grounds)

    def _names(self, words: Sequence[str], names: Collection[str]) -> bool:
        return any(
            " ".join(words[place : place + length]) in names for place in range(len(words)) for length in (1, 2)
        )

    def _ends(self, words: Sequence[str], place: int) -> bool:
        return place >= len(words) or words[place] == _PAUSE

    @cached_property
    def _lengths(self) -> dict[str, set[int]]:
        """How many words the known conditions have that begin with a word."""
        found: dict[str, set[int]] = {}
        for words in (condition.split() for condition in self.known):
            found.setdefault(words[0], set()).add(len(words))
        return found
