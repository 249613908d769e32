"""Finds conditions on which a promise hangs: those of a list, and others such as "if NHS England agrees".

A condition that only asks for a need, or for what the patient wants, is none of them. Of others nobody can be sure
without a reader: "where appropriate", "if the practice agrees", "when funding is secured".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_OPEN = "? "
_DOUBTFUL = "?? "
_PAUSE = ","
_JOINERS = frozenset({"and", "or"})
_PREPOSITIONS = frozenset({"as", "at", "by", "for", "from", "in", "of", "on", "through", "to", "under", "with"})
"""With one of these no clause begins: it begins with what it is about."""

_DENIALS = frozenset({"no", "not", "never"})
_GRANTED = frozenset({"approved"})
"""What stands first in "if approved by NHS England"."""

_MOST_WORDS = 12
_MOST_JOINED = 3
"""How many words may stand behind "and": with more, something else begins."""


class Condition(NamedTuple):
    """How many words a condition has, and the one text that stands for them."""

    length: int
    text: str


@dataclass(frozen=True)
class Conditions:
    """The conditions that are known by their words, and those that are known by how they begin and what they name.

    Attributes:
        conditions: Conditions in full: "where possible".
        fitting: Conditions in full of which a reader must judge: "where appropriate".
        openers: What clauses begin with: "provided that".
        orders: What clauses begin with that may only say in which order things happen: "when".
        participles: Those of the openers that are ordinary words too: "care provided at home".
        dependences: What nouns follow: "subject to".
        trailing: Those of the dependences that are ordinary words too, but behind a pause: "pending".
        leave: What somebody does who gives leave, as a clause says.
        agreements: The nouns of that. Whose they are must be said.
        authorities: Who gives leave to those who plan.
        means: Money, approval and the like, which nouns are about; so are clauses that also say that it is ...
        secured: ... found or agreed.
        needs: What none names that is a condition: it asks for a need.
    """

    conditions: frozenset[str]
    fitting: frozenset[str]
    openers: frozenset[str]
    orders: frozenset[str]
    participles: frozenset[str]
    dependences: frozenset[str]
    trailing: frozenset[str]
    leave: frozenset[str]
    agreements: frozenset[str]
    authorities: frozenset[str]
    means: frozenset[str]
    secured: frozenset[str]
    needs: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether a text is a condition, as `at` calls it, of which anybody can be sure."""
        return text in self.conditions or self.is_open(text)

    def is_open(self, text: str) -> bool:
        """Whether a text is a condition of no list, as `at` calls it."""
        return text.startswith(_OPEN)

    def doubt(self, text: str) -> str:
        """What a condition begins with of which a reader must judge, as `at` calls it; empty for any other text."""
        return text.removeprefix(_DOUBTFUL).partition(" ")[0] if text.startswith(_DOUBTFUL) else ""

    def at(self, words: Sequence[str], place: int) -> Condition | None:
        """The condition that begins at a place."""
        if words[place] not in self._starts:
            return None
        known = self._known_at(words, place)
        if known and self._ends(words, place + known.length):
            return known
        clause = self._open_at(words, place)
        return clause if clause and (known is None or self.is_open(clause.text)) else known

    def _known_at(self, words: Sequence[str], place: int) -> Condition | None:
        """The longest known condition, with another that "and" or "or" joins to it."""
        longest = max(self._lengths.get(words[place], ()), default=0)
        for length in range(longest, 0, -1):
            phrase = words[place : place + length]
            text = " ".join(phrase)
            if text in self._in_full:
                joined = self._joined(phrase, words[place + length : place + length + 2])
                both = " ".join(words[place : place + length + 2]) if joined else text
                if self.conditions.isdisjoint({text, joined}):
                    return Condition(len(both.split()), f"{_DOUBTFUL}{both}")
                return Condition(len(both.split()), f"{_OPEN}{both}" if joined else text)
        return None

    def _joined(self, phrase: Sequence[str], following: Sequence[str]) -> str:
        """The second condition of "where possible and appropriate"."""
        second = " ".join((*phrase[:-1], *following[1:]))
        return second if len(following) > 1 and following[0] in _JOINERS and second in self._in_full else ""

    def _open_at(self, words: Sequence[str], place: int) -> Condition | None:
        for length in (3, 2, 1):
            opener = " ".join(words[place : place + length])
            if opener in self.openers or opener in self.dependences or opener in self.orders:
                inside = words[place + length : self._end(words, place + length)]
                sure = self._is_sure(opener, inside, is_apart=place == 0 or words[place - 1] == _PAUSE)
                text = " ".join((opener, *inside))
                return None if sure is None else Condition(length + len(inside), f"{_DOUBTS[sure]}{text}")
        return None

    def _is_sure(self, opener: str, inside: Sequence[str], *, is_apart: bool) -> bool | None:
        """Whether something hangs on leave to be given, or money to be found; nothing where it is a need."""
        if not inside or len(inside) > _MOST_WORDS or _names(inside, self.needs) or not self._is_one(inside):
            return None
        if opener in self.orders:
            return False if self._is_secured(inside) else None
        if opener in self.openers and not _PREPOSITIONS.isdisjoint(inside[:1]):
            return None  # "provided by the council"
        if _DENIALS.isdisjoint(inside):  # not "if no staff are available"
            if opener in self.openers and (self._is_secured(inside) or self._is_leave(inside)):
                return True
            if opener in self.dependences and self._is_of_means(inside):
                return is_apart or opener not in self.trailing
        return None if opener in self.participles else False

    def _is_secured(self, inside: Sequence[str]) -> bool:
        return _names(inside, self.means) and _names(inside, self.secured)

    def _is_leave(self, inside: Sequence[str]) -> bool:
        """Whether an authority gives leave, or it is "approved", by nobody named or by an authority."""
        is_theirs = _names(inside, self.authorities)
        is_granted = inside[0] in _GRANTED and (len(inside) == 1 or is_theirs)
        return is_granted or (is_theirs and _names(inside, self.leave))

    def _is_of_means(self, inside: Sequence[str]) -> bool:
        is_agreed = _names(inside, self.agreements) and _names(inside, self.authorities)
        return is_agreed or _names(inside, self.means)

    def _is_one(self, inside: Sequence[str]) -> bool:
        """Whether what "and" joins belongs to the condition: few words, and of the same sort."""
        joiner = next((place for place, word in enumerate(inside) if word in _JOINERS), None)
        if joiner is None:
            return True
        joined = inside[joiner + 1 :]
        return len(joined) <= _MOST_JOINED and _names(joined, self.leave | self.means | self.agreements)

    def _end(self, words: Sequence[str], place: int) -> int:
        """The next pause, or a word more than a condition may have."""
        last = place + _MOST_WORDS + 1
        while place < last and not self._ends(words, place):
            place += 1
        return place

    def _ends(self, words: Sequence[str], place: int) -> bool:
        return place >= len(words) or words[place] == _PAUSE

    @cached_property
    def _in_full(self) -> frozenset[str]:
        return self.conditions | self.fitting

    @cached_property
    def _starts(self) -> frozenset[str]:
        """The words that conditions begin with."""
        begins = (*self._in_full, *self.openers, *self.dependences, *self.orders)
        return frozenset(text.partition(" ")[0] for text in begins)

    @cached_property
    def _lengths(self) -> dict[str, set[int]]:
        """How many words the known conditions have that begin with a word."""
        found: dict[str, set[int]] = {}
        for words in (condition.split() for condition in self._in_full):
            found.setdefault(words[0], set()).add(len(words))
        return found


_DOUBTS = {True: _OPEN, False: _DOUBTFUL}
"""What stands before the text of a condition of no list."""


def _names(words: Sequence[str], names: Collection[str]) -> bool:
    """Whether any word, or two words together, are among some names."""
    return any(" ".join(words[place : place + length]) in names for place in range(len(words)) for length in (1, 2))
