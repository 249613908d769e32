"""Turns the lists of words that tell how much a promise is worth into what a single word or phrase does to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pcstrat.diff._conditions import Conditions
from pcstrat.diff._inflection import gerunds

_CONDITION = "subject to "
_LADDERS = ("amounts", "exceptions", "duties", "limits")
LISTS = (
    *(*Conditions.LISTS, "hedges", "aims", "considering"),
    *(
        *_LADDERS,
        "reversals",
        "clauses",
        "giving",
        "helping",
        "serving",
        "spans",
        "fillers",
        "senses",
        "bounds",
        "denials",
    ),
)
"""The keys of the table `[words]`."""

_SAYING_NOTHING = frozenset({"one"})
"""In the place of "a"."""

_INFLECTING = frozenset(
    {"one", "each", "every", "not every", "may", "might", "could", "would", "should", "will", "must", "shall"}
)


@dataclass(frozen=True, eq=False)
class Firmness:
    """What words in small letters do to a promise: the lists of the table `[words]` of `significance.toml`."""

    lists: Mapping[str, Sequence[str]]

    def is_hedge(self, text: str) -> bool:
        """Whether a promise with it is worth less: "may", "aim to", "where possible"."""
        return text in self._hedges or self.conditions.is_open(text)

    def sense_of(self, text: str) -> str:
        """What a reader must judge where it comes or goes; empty for what says nothing of how much is promised.

        That is a hedge, a condition that may be one of need, a word for more or less, or one of the list `senses`.
        """
        if self.is_hedge(text):
            return text
        for name, ranks in self.ladders.items():
            if text in ranks and text not in _SAYING_NOTHING and not self.is_duty([text]):
                return f"{name} {ranks[text]}"
        return self._senses.get(text, "") or self.conditions.doubt(text)

    def bound_of(self, text: str) -> str:
        """The same of a word that says something before a number or a date alone: "after" for "by"."""
        return self._bounds.get(text, "")

    def is_condition(self, text: str) -> bool:
        """Whether it is a condition, of which a promise need not be asked: nobody puts one on anything else."""
        return self.conditions.holds(text) or text.startswith(_CONDITION)

    def is_of_a_sentence(self, text: str) -> bool:
        """Whether it is a condition, or a hedge of that form: "subject to approval"."""
        return self.conditions.holds(text) or (text in self._hedges and text.startswith(_CONDITION))

    def is_graded(self, text: str) -> bool:
        """Whether another word of its list in its place would say less or more."""
        return any(text in ranks for ranks in self.ladders.values())

    def is_duty(self, texts: Sequence[str]) -> bool:
        """Whether they are one word, which says no more than that it will be so."""
        duties = self.ladders["duties"]
        return len(texts) == 1 and duties.get(texts[0], -1) == max(duties.values(), default=0)

    def is_exception(self, text: str) -> bool:
        """Whether it takes some out: "not all"."""
        return self.ladders["exceptions"].get(text) == 0

    def is_limit(self, text: str) -> bool:
        """Whether it says how many at most or at least."""
        return text in self.ladders["limits"]

    def limits_most(self, text: str) -> bool:
        """Whether it says how many at most."""
        return self.ladders["limits"].get(text) == 0

    def step(self, before: str, after: str) -> int | None:
        """Whether a word in the place of another says less (-1), as much (0) or more (1); else nothing."""
        ranks = next((ranks for ranks in self.ladders.values() if before in ranks and after in ranks), None)
        if ranks is None:
            return None
        return (ranks[after] > ranks[before]) - (ranks[after] < ranks[before])

    def phrase_at(self, words: Sequence[str], place: int) -> int:
        """How many words the longest known phrase has that begins at a place: "may not" is no "may"."""
        lengths = self._phrase_lengths.get(words[place], ())
        return next((n for n in lengths if " ".join(words[place : place + n]) in self._known), 1)

    @cached_property
    def ladders(self) -> Mapping[str, Mapping[str, int]]:
        """The rank of each word in each list that leads from less to more."""
        return {
            name: {word: rank for rank, step in enumerate(self.lists[name]) for word in _phrases(step.split(","))}
            for name in _LADDERS
        }

    @cached_property
    def conditions(self) -> Conditions:
        """The conditions on which a promise may hang."""
        return Conditions(**{name: self._list(name) for name in Conditions.LISTS})

    @cached_property
    def aims(self) -> frozenset[str]:
        """Hedges that say who hopes for it too: "the aim is to"."""
        return self._list("aims")

    @cached_property
    def denials(self) -> frozenset[str]:
        """Words by which what is given is not given: "not", "no"."""
        return self._list("denials")

    @cached_property
    def considering(self) -> frozenset[str]:
        """Words that, before a form in "-ing", say that it is not settled."""
        return self._list("considering")

    @cached_property
    def inflecting(self) -> frozenset[str]:
        """Words beside which others take another form: "most hubs open", "every hub may open", "a hub aims to open"."""
        return _INFLECTING | {hedge for hedge in self._hedges if hedge.partition(" ")[0].endswith("s")}

    @cached_property
    def reversals(self) -> frozenset[str]:
        """Words with which less may be more."""
        return self._list("reversals")

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Words that begin a clause of its own."""
        return self._list("clauses")

    @cached_property
    def giving(self) -> frozenset[str]:
        """Verbs of which the number behind them is a promise."""
        return self._list("giving")

    @cached_property
    def serving(self) -> frozenset[str]:
        """Verbs of what is good, whoever does it: "every hub offers it"."""
        return self._list("serving")

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Verbs of what is promised where somebody promises it: "train", "we will visit", "explore opening"."""
        verbs = self.giving | self._list("helping") | self.serving
        return verbs | {gerund for verb in verbs if " " not in verb for gerund in gerunds(verb)}

    @cached_property
    def spans(self) -> frozenset[str]:
        """Units of time."""
        return self._list("spans")

    @cached_property
    def fillers(self) -> frozenset[str]:
        """What says nothing behind an exception."""
        return self._list("fillers")

    @cached_property
    def _hedges(self) -> frozenset[str]:
        return self.conditions.conditions | self.considering | self.aims | self._list("hedges")

    @cached_property
    def _known(self) -> frozenset[str]:
        """What counts as one word."""
        graded = (word for ranks in self.ladders.values() for word in ranks)
        return frozenset((*graded, *self._hedges, *self.reversals, *self.fillers, *self._senses, *self._bounds))

    @cached_property
    def _phrase_lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words the phrases have that begin with a word, the most first."""
        found: dict[str, set[int]] = {}
        for words in (phrase.split() for phrase in self._known):
            found.setdefault(words[0], set()).add(len(words))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}

    @cached_property
    def _senses(self) -> Mapping[str, str]:
        return self._lines("senses")

    @cached_property
    def _bounds(self) -> Mapping[str, str]:
        return self._lines("bounds")

    def _lines(self, name: str) -> Mapping[str, str]:
        """The line that each word stands in: words of one line say the same."""
        return {word: line for line in self.lists[name] for word in _phrases(line.split(","))}

    def _list(self, name: str) -> frozenset[str]:
        return _phrases(self.lists[name])


def _phrases(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(text.casefold().split()) for text in texts)
