"""Turns a wording into units: its words, the phrases that count as one, and its figures, and which can be judged."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pcstrat.diff._exceptions import as_exception, is_exception
from pcstrat.diff._figures import Figure, Sort, tokens
from pcstrat.diff._firmness import Firmness
from pcstrat.diff._inflection import folded

GERUND = "ing"
_PAUSE = ","
_MONTH = "May"
_MAY_BEFORE_YEAR = re.compile(r"\bmay(?=\s+\d)", re.IGNORECASE)
_UNREAD = frozenset(".!?;:'\"’‘“”-")
_OF = "of"
_WE = "we"
_AND = "and"
_TO = "to"
_BE = "be"
_FOR = "for"
_NEAR = 4
_DETERMINERS = frozenset({"the", "our", "these", "those", "its", "their"})
_BEFORE_NUMBERS = _DETERMINERS | {"a", "an", "all", "another", "further", "extra", "more", "new", "additional"}
_PLAIN = "= "
"""Before a word that might be a hedge and is none where it stands."""

_BEHIND_NUMBER = 3
_KEPT = 16
"""Texts whose units are remembered: two wordings are looked at in several ways, one after the other."""


class Unit(NamedTuple):
    """A word, a phrase that counts as one, or a figure; `is_judged` where it stands in the promise, and as it says.

    `number` is how much of something is promised, and `limits` says that a word like "up to" stands before that.
    `begins` says that what a sentence promises may begin with it: "open" in "we will open a hub".
    `is_of_good` says so where it is about what is good to have: "stop the service".
    """

    text: str
    is_judged: bool
    figure: Figure | None = None
    number: Decimal | None = None
    limits: bool = False
    begins: bool = False
    is_of_good: bool = False
    is_comma: bool = False

    @property
    def is_pause(self) -> bool:
        """Whether it is a comma, a bracket or a dash."""
        return self.text == _PAUSE

    @property
    def plain(self) -> str:
        """Its text as it stands in lists of words, also where it might be a hedge and is none."""
        return self.text.removeprefix(_PLAIN)

    @property
    def folded(self) -> str:
        """Its text without the endings that other words beside it give it."""
        return self.text if self.figure else folded(self.text)


class _Word(NamedTuple):
    """A word or phrase of a sentence in small letters, or a figure."""

    text: str
    figure: Figure | None = None
    is_comma: bool = False


@lru_cache(maxsize=_KEPT)
def units(text: str, firmness: Firmness) -> tuple[Unit, ...]:
    """The units of a text, without its pauses."""
    return tuple(unit for sentence in sentences_of(text, firmness) for unit in sentence if not unit.is_pause)


@lru_cache(maxsize=_KEPT)
def sentences_of(text: str, firmness: Firmness) -> tuple[tuple[Unit, ...], ...]:
    """The units of each sentence of a text, with its pauses."""
    sentences = (list(_phrased(_with_whole_verb(sentence, firmness), firmness)) for sentence in _sentences(text))
    return tuple(tuple(_units_of(sentence, firmness)) for sentence in sentences if sentence)


def _sentences(text: str) -> Iterator[list[_Word]]:
    """The words of each sentence in small letters, with its pauses; the month keeps its capital, unlike the verb."""
    found: list[_Word] = []
    for token in tokens(_MAY_BEFORE_YEAR.sub(_MONTH, text)):
        if token.is_end:
            yield found
            found = []
        elif token.is_pause:
            found.append(_Word(_PAUSE, is_comma=token.text == _PAUSE))
        elif token.figure is not None and not _is_one(token.figure):
            found.append(_Word(f"{token.figure.sort.value} {token.figure.value}", token.figure))
        elif token.text not in _UNREAD:
            found.append(_Word(token.text.casefold().replace("’", "'")))
    yield found


def _is_one(figure: Figure) -> bool:
    """Whether it may as well be "one": that is a word for little."""
    return figure.sort is Sort.COUNT and figure.value == 1


def _with_whole_verb(words: Sequence[_Word], firmness: Firmness) -> Sequence[_Word]:
    """The words of a sentence with both parts of its first verb beside each other: "keep open the hub"."""
    texts = [word.text for word in words]
    for place, text in enumerate(texts[:-2]):
        if f"{text} {texts[-1]}" in firmness.deed_words and _begins(texts[:place], firmness):
            return [*words[: place + 1], words[-1], *words[place + 1 : -1]]
    return words


def _phrased(words: Sequence[_Word], firmness: Firmness) -> Iterator[_Word]:
    """The words, and those of a condition or another known phrase as one."""
    texts = [word.text for word in words]
    place = 0
    before = _PAUSE
    while place < len(words):
        if condition := firmness.conditions.at(texts, place):
            length, before = condition
        elif exception := firmness.exception_at(texts, place):
            length, before = len(exception.split()), as_exception(exception)
        else:
            length = firmness.phrase_at(texts, place)
            phrase = " ".join(texts[place : place + length])
            is_plain = phrase in firmness.considering and not _considers(texts[place:], length, before, firmness)
            before = f"{_PLAIN}{phrase}" if is_plain else phrase
        if before in firmness.aims:  # "the aim is to" is "we aim to"
            yield _Word(_WE)
        yield words[place]._replace(text=before)
        place += length
        if before in firmness.ladders["amounts"]:
            place += _of_the(texts[place : place + 2])


def _considers(texts: Sequence[str], length: int, before: str, firmness: Firmness) -> bool:
    """Whether those who promise only "explore opening" something.

    That is what they do where it begins a sentence, or stands behind "we", "will" or a hedge; not in "help people
    explore".
    """
    is_verb = texts[0].endswith("s") or before in {_PAUSE, _WE}
    is_promised = is_verb or before in firmness.ladders["duties"] or firmness.is_hedge(before)
    return is_promised and "".join(texts[length : length + 1]).endswith(GERUND)


def _of_the(following: Sequence[str]) -> int:
    """How many words in "most of the 12" say no more than "most 12" does."""
    if following[:1] != [_OF]:
        return 0
    return 1 + bool(_DETERMINERS.intersection(following[1:]))


def _units_of(sentence: Sequence[_Word], firmness: Firmness) -> Iterator[Unit]:
    """The units of a sentence, and which of them can be judged.

    What stands in a clause of its own ("who may need help") says whom or when, not how firmly. Nor can words be
    judged where something ends or is denied from the start of the sentence to the next clause: less of it is more.
    But a condition before or behind a sentence is one for all of it, whatever it says.
    """
    texts = [word.text for word in sentence]
    around = _around(texts, firmness)
    turn = next((place for place, text in enumerate(texts) if text in firmness.reversals), None)
    starts = [place for place, text in enumerate(texts) if text in firmness.clauses]
    last = len(texts) if turn is None else max((place for place in starts if place < turn), default=0)
    asides = list(_asides(texts, firmness))
    promise = _promise([text if not aside else "" for text, aside in zip(texts, asides, strict=True)], firmness)
    is_not_all = False
    for place, (text, figure, is_comma) in enumerate(sentence):
        if text == _PAUSE:
            yield Unit(_PAUSE, is_judged=False, is_comma=is_comma)
            continue
        is_not_all = is_not_all or firmness.is_not_all(text)
        if (is_not_all and text in firmness.fillers) or (text == _WE and _is_before_verb(texts, place, firmness)):
            continue
        is_after_pause = place > 0 and texts[place - 1] == _PAUSE and firmness.is_of_a_sentence(text)
        begins = _begins(texts[:place], firmness)
        is_first_turn = place == turn and begins and text in firmness.deed_words  # "halve waits": nothing denies it
        is_sure = (place < last or place in around or is_first_turn) and (not asides[place] or is_after_pause)
        is_limit = firmness.is_limit(text)
        is_promise = _promises_so_many(sentence, place + 1, firmness) if is_limit else promise.holds(text, firmness)
        if figure is not None and figure.sort is Sort.DATE:
            is_promise = promise.is_wanted or promise.is_ours
        if place > 0 and texts[place - 1] == _TO and firmness.is_hedge(text):
            is_promise = is_promise and firmness.is_condition(text)  # "help people to try to stop"
        if is_exception(text):
            is_promise = promise.is_wanted or promise.is_ours or _is_of_everyone(texts[:place], firmness)
        is_of_good = begins and _is_good(texts[place + 1 :], firmness)
        found = Unit(text, is_sure and is_promise, figure, begins=begins, is_of_good=is_of_good)
        yield _unit(sentence, place, found, firmness)


def _asides(texts: Sequence[str], firmness: Firmness) -> Iterator[bool]:
    """Whether each word of a sentence stands in a clause of its own."""
    starts = next((place for place, text in enumerate(texts) if text in firmness.clauses), 0)
    is_aside = False
    for place, text in enumerate(texts):
        if text == _PAUSE:
            is_aside = is_aside and starts > 0 and texts[place + 1 : place + 2] != [_WE]
        else:
            is_aside = is_aside or text in firmness.clauses
        yield is_aside


class _Promise(NamedTuple):
    """Whether a sentence says that somebody does something wanted, and whether somebody says that they will do it."""

    is_wanted: bool
    is_ours: bool

    def holds(self, text: str, firmness: Firmness) -> bool:
        """Whether a word that says more or less, or how firmly, can be judged: any other can."""
        if firmness.is_condition(text):
            return True
        if firmness.is_graded(text) and not firmness.is_hedge(text) and not firmness.is_duty([text]):
            return self.is_wanted or (self.is_ours and text in firmness.ladders["duties"])
        return self.is_wanted or self.is_ours or not (firmness.is_hedge(text) or firmness.is_graded(text))


def _promise(texts: Sequence[str], firmness: Firmness) -> _Promise:
    """What a sentence without its asides promises."""
    before = [_PAUSE, *texts]
    phrases = [(texts[place], " ".join(texts[place : place + 2])) for place in range(len(texts))]
    begins = [_begins(texts[:place], firmness) for place in range(len(texts))]
    is_wanted = any(
        (begins[place] and not firmness.wanted.isdisjoint(both))
        or (not firmness.serving.isdisjoint(both) and _is_verb(before[place], firmness))
        for place, both in enumerate(phrases)
    )
    is_ours = any(
        (text == _WE and _is_before_verb(texts, place, firmness))
        or (firmness.is_hedge(text) and before[place] in {_PAUSE, _WE})
        for place, text in enumerate(texts)
    )
    return _Promise(is_wanted, is_ours)


def _begins(behind: Sequence[str], firmness: Firmness) -> bool:
    """Whether what a sentence promises may begin behind some words: "we will", "hubs will be"."""
    if behind[-1:] == [_BE]:
        behind = behind[:-1]
    before = behind[-1] if behind else _PAUSE
    return (
        before in {_PAUSE, _WE, _AND, *firmness.reversals}
        or before in firmness.ladders["duties"]
        or firmness.is_hedge(before)
    )


def _is_good(following: Sequence[str], firmness: Firmness) -> bool:
    """Whether what follows a verb is good to have: "the service", "funding for hubs", not "service delays"."""
    first = next((place for place, text in enumerate(following) if text not in _DETERMINERS), 0)
    ends = firmness.small | firmness.clauses | firmness.joiners | {_PAUSE}
    thing = list(itertools.takewhile(lambda text: text not in ends, following[first:]))
    is_good = not firmness.goods.isdisjoint((*thing[-1:], *map(folded, thing[-1:])))
    return is_good and firmness.reversals.isdisjoint(thing)


def _is_of_everyone(behind: Sequence[str], firmness: Firmness) -> bool:
    """Whether something is "for everyone", or "for all patients", right before an exception."""
    last = [text for text in behind if text != _PAUSE][-_NEAR:]
    pairs = itertools.pairwise(last)
    return any(before == _FOR and text in firmness.everyone for before, text in pairs)


def _is_verb(before: str, firmness: Firmness) -> bool:
    """Whether a word that may be a noun, such as "offers", is a verb behind another."""
    return before not in _DETERMINERS and before not in firmness.ladders["amounts"]


def _is_before_verb(texts: Sequence[str], place: int, firmness: Firmness) -> bool:
    """Whether "will", or a hedge in its place, follows."""
    following = next(iter(texts[place + 1 : place + 2]), "")
    return following in firmness.ladders["duties"] or firmness.is_hedge(following)


def _unit(sentence: Sequence[_Word], place: int, unit: Unit, firmness: Firmness) -> Unit:
    """The unit with how much it promises, or that it limits how much is promised."""
    if firmness.limits_most(unit.text):
        return unit._replace(limits=_promises_so_many(sentence, place + 1, firmness))
    if unit.figure is not None and isinstance(unit.figure.value, Decimal):
        return unit._replace(number=unit.figure.value if _promises_so_many(sentence, place, firmness) else None)
    return unit


def _promises_so_many(sentence: Sequence[_Word], place: int, firmness: Firmness) -> bool:
    """Whether so many of something, or so much money, is promised there: more is better than less.

    That is so where it is what somebody opens, trains or gives, and no time.
    """
    figure = sentence[place].figure if place < len(sentence) else None
    if figure is None or figure.sort not in {Sort.COUNT, Sort.MONEY}:
        return False
    texts = [word.text for word in sentence]
    before = [text for text in texts[:place] if text not in _BEFORE_NUMBERS and not firmness.is_limit(text)]
    gives = any(" ".join(before[-length:]) in firmness.giving for length in (1, 2))
    return gives and not firmness.spans.intersection(texts[place + 1 : place + _BEHIND_NUMBER])


def _around(texts: Sequence[str], firmness: Firmness) -> frozenset[int]:
    """The places of a condition that a sentence ends with, or begins with before a pause."""
    found = {len(texts) - 1} if texts and firmness.is_of_a_sentence(texts[-1]) else set()
    if texts[1:2] == [_PAUSE] and firmness.is_of_a_sentence(texts[0]):
        found.add(0)
    return frozenset(found)
