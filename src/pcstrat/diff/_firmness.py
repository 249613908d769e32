"""Turns the lists of words that tell how much a promise is worth into what a single word or phrase does to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from pcstrat.diff._conditions import Conditions
from pcstrat.diff._exceptions import exception_at, is_exception
from pcstrat.diff._inflection import gerunds, participles

_CONDITION = "subject to "
_WE = "we"
_LADDERS = ("amounts", "exceptions", "duties", "limits")
_LINES = ("senses", "bounds", "synonyms")
_GRADED_LINES = ("grades", "deeds", "turns")

_SAYING_NOTHING = frozenset({"one"})
"""In the place of "a"."""

_INFLECTING = frozenset(
    {"one", "each", "every", "not every", "may", "might", "could", "would", "should", "will", "must", "shall"}
)


@dataclass(frozen=True, eq=False)
class WordSets:
    """Words and phrases in small letters of which each does the same to a promise.

    Attributes:
        hedges: With one of these a promise is worth less: "may".
        aims: Hedges that say who hopes for it too: "the aim is to".
        considering: Words that, before a form in "-ing", say that it is not settled.
        reversals: Words with which less may be more.
        clauses: Words that begin a clause of its own.
        giving: Verbs of which the number behind them is a promise.
        helping: Other verbs of what is wanted.
        serving: Verbs of what is good, whoever does it: "every hub offers it".
        spans: Units of time.
        fillers: What says nothing behind an exception.
        ceasing: Words that, before a form in "-ing", end what was done: "stop".
        goods: What is good to have, so that less of it is a loss: "funding".
        problems: Of what such a word names, less may be better: "vacancies".
        denials: Words by which what is given is not given: "not", "no".
        excepting: What takes some out: "except for".
        worth: Words without which a promise is worth less: "free".
        joiners: Words before the last part of a list: "and".
        examples: Words before parts that only say more of something: "such as".
        attaching: Words behind which a condition, an exception or a reason may stand: "apart" from.
        asides: Words that, behind a comma, begin no part of a list: "with".
        preparing: What is done for the sake of what follows: "develop and deliver".
        qualities: What something is like, not which: "safe and effective care".
        small: Words that say nothing alone: "the".
    """

    hedges: frozenset[str]
    aims: frozenset[str]
    considering: frozenset[str]
    reversals: frozenset[str]
    clauses: frozenset[str]
    giving: frozenset[str]
    helping: frozenset[str]
    serving: frozenset[str]
    spans: frozenset[str]
    fillers: frozenset[str]
    ceasing: frozenset[str]
    goods: frozenset[str]
    problems: frozenset[str]
    denials: frozenset[str]
    excepting: frozenset[str]
    worth: frozenset[str]
    joiners: frozenset[str]
    examples: frozenset[str]
    attaching: frozenset[str]
    asides: frozenset[str]
    preparing: frozenset[str]
    qualities: frozenset[str]
    small: frozenset[str]


_SETS = tuple(field.name for field in fields(WordSets))
_CONDITIONS = tuple(field.name for field in fields(Conditions))
LISTS = (*_CONDITIONS, *_SETS, *_LADDERS, *_LINES, *_GRADED_LINES)
"""The keys of the table `[words]`."""


@dataclass(frozen=True, eq=False)
class Firmness(WordSets):
    """What words in small letters do to a promise: the lists of the table `[words]` of `significance.toml`.

    Attributes:
        conditions: The conditions on which a promise may hang.
        ladders: The rank of each word in each list that leads from less to more.
        senses: The line of the list that a word stands in: words of one line say the same.
        bounds: The same of words before a number or a date.
        synonyms: The same of words of which one says as much as two, beside each other in a list.
        grades: The rank of each word in each line that leads from less to more: "temporary < permanent".
        deeds: The same of words with which a promise begins, in each of their forms: "consider" is less than "open".
        turns: The same of words that a promise begins with, where they are about something good: "stop the service".
    """

    conditions: Conditions
    ladders: Mapping[str, Mapping[str, int]]
    senses: Mapping[str, str]
    bounds: Mapping[str, str]
    synonyms: Mapping[str, str]
    grades: Sequence[Mapping[str, int]]
    deeds: Sequence[Mapping[str, int]]
    turns: Sequence[Mapping[str, int]]

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Firmness:
        """What the words of some lists do; `LISTS` says which lists there are."""
        sets = {name: _phrases(lists[name]) for name in (*_CONDITIONS, *_SETS)}
        return cls(
            **{name: sets[name] for name in _SETS},
            conditions=Conditions(**{name: sets[name] for name in _CONDITIONS}),
            ladders={name: _ranks(lists[name]) for name in _LADDERS},
            senses=_lines(lists["senses"]),
            bounds=_lines(lists["bounds"]),
            synonyms=_lines(lists["synonyms"]),
            grades=[_ranks(line.split("<")) for line in lists["grades"]],
            deeds=[_in_all_forms(_ranks(line.split("<"))) for line in lists["deeds"]],
            turns=[_in_all_forms(_ranks(line.split("<"))) for line in lists["turns"]],
        )

    def is_hedge(self, text: str) -> bool:
        """Whether a promise with it is worth less: "may", "aim to", "where possible"."""
        return text in self._all_hedges or self.conditions.is_open(text)

    def softens(self, text: str) -> bool:
        """Whether a promise is worth less with it: a hedge, or an exception."""
        return self.is_hedge(text) or is_exception(text)

    def exception_at(self, words: Sequence[str], place: int) -> str:
        """The exception that begins at a place of a sentence; empty where none does."""
        conditions = self.conditions
        clauses = self.clauses | conditions.openers | conditions.orders
        return exception_at(words, place, self.excepting, (*self.ladders["duties"], _WE), clauses)

    @cached_property
    def everyone(self) -> frozenset[str]:
        """Words that leave nobody out: "all", "everyone"."""
        ladders = (self.ladders["amounts"], self.ladders["exceptions"])
        return frozenset(word for ranks in ladders for word, rank in ranks.items() if rank == max(ranks.values()))

    @cached_property
    def deed_words(self) -> frozenset[str]:
        """The words that `deeds` and `turns` grade."""
        return frozenset(word for ranks in (*self.deeds, *self.turns) for word in ranks)

    def sense_of(self, text: str) -> str:
        """What a reader must judge where it comes or goes; empty for what says nothing of how much is promised.

        That is a hedge, a condition that may be one of need, a word for more or less, or one of the lists `worth` and
        `senses`.
        """
        if self.softens(text) or text in self.worth:
            return text
        for name, ranks in self.ladders.items():
            if text in ranks and text not in _SAYING_NOTHING and not self.is_duty([text]):
                return f"{name} {ranks[text]}"
        return self.senses.get(text, "") or self.conditions.doubt(text)

    def bound_of(self, text: str) -> str:
        """The same of a word that says something before a number or a date alone: "after" for "by"."""
        return self.bounds.get(text, "")

    def is_condition(self, text: str) -> bool:
        """Whether it is a condition, of which a promise need not be asked: nobody puts one on anything else."""
        return self.conditions.holds(text) or text.startswith(_CONDITION)

    def is_of_a_sentence(self, text: str) -> bool:
        """Whether it is a condition, or a hedge of that form: "subject to approval"."""
        return self.conditions.holds(text) or (text in self._all_hedges and text.startswith(_CONDITION))

    def is_graded(self, text: str) -> bool:
        """Whether another word of its list in its place would say less or more."""
        return any(text in ranks for ranks in self.ladders.values())

    def is_duty(self, texts: Sequence[str]) -> bool:
        """Whether they are one word, which says no more than that it will be so."""
        duties = self.ladders["duties"]
        return len(texts) == 1 and duties.get(texts[0], -1) == max(duties.values(), default=0)

    def is_not_all(self, text: str) -> bool:
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
    def inflecting(self) -> frozenset[str]:
        """Words beside which others take another form: "most hubs open", "every hub may open", "a hub aims to open"."""
        return _INFLECTING | {hedge for hedge in self._all_hedges if hedge.partition(" ")[0].endswith("s")}

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Verbs of what is promised where somebody promises it: "train", "we will visit", "explore opening"."""
        verbs = self.giving | self.helping | self.serving
        return verbs | {gerund for verb in verbs if " " not in verb for gerund in gerunds(verb)}

    @cached_property
    def opening_words(self) -> frozenset[str]:
        """Words that a sentence may begin with and that name nobody."""
        return self._known | self.wanted | self.preparing | self.small | self.qualities | frozenset(self.synonyms)

    @cached_property
    def _all_hedges(self) -> frozenset[str]:
        return self.conditions.conditions | self.considering | self.aims | self.hedges

    @cached_property
    def _known(self) -> frozenset[str]:
        """What counts as one word."""
        graded = (word for ranks in self.ladders.values() for word in ranks)
        ranked = (word for ranks in (*self.grades, *self.deeds, *self.turns) for word in ranks)
        listing = (*self.joiners, *self.examples)
        judged = (*self._all_hedges, *self.reversals, *self.fillers, *self.senses, *self.bounds)
        return frozenset((*graded, *ranked, *listing, *judged))

    @cached_property
    def _phrase_lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words the phrases have that begin with a word, the most first."""
        found: dict[str, set[int]] = {}
        for words in (phrase.split() for phrase in self._known):
            found.setdefault(words[0], set()).add(len(words))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


def _ranks(steps: Iterable[str]) -> Mapping[str, int]:
    """The rank of each word: each step says more than the one before."""
    return {word: rank for rank, step in enumerate(steps) for word in _phrases(step.split(","))}


def _in_all_forms(ranks: Mapping[str, int]) -> Mapping[str, int]:
    """The same of each verb in "-ing" and "-ed": "delivering hubs", "hubs will be delivered"."""
    forms: dict[str, int] = {}
    for phrase, rank in ranks.items():
        verb, space, rest = phrase.partition(" ")
        forms |= {f"{form}{space}{rest}": rank for form in (*gerunds(verb), *participles(verb))}
    return {**forms, **ranks}


def _lines(lines: Iterable[str]) -> Mapping[str, str]:
    return {word: line for line in lines for word in _phrases(line.split(","))}


def _phrases(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(text.casefold().split()) for text in texts)
