"""Turns a plan into its own prose, and prose into sentences, words and a reading grade; for rules and comparison."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from pcstrat.light_markdown import has_marks, plain
from pcstrat.model.base import LightMarkdown, Model, Refers, marks_of
from pcstrat.model.document import Person, Quote, Term
from pcstrat.model.evidence import Source
from pcstrat.model.plan import Plan
from pcstrat.model.vision import Alignment
from pcstrat.patterns import Pattern

REMARKS = frozenset({"note", "where"})
"""Fields that hold what the file says of the plan, not what the plan says."""

OUR_PARTS = frozenset({"restated_by", "left_out", "waivers"})
"""Parts of a file that are not the plan's own words either."""

FEWEST_WORDS = 50
"""Of fewer, a grade says nothing."""

NOT_OWN = (Quote, Source, Alignment, Person, Term)
"""What holds the words of others."""

_NOT_OF_THE_PLAN = REMARKS | OUR_PARTS
_NOT_READ = frozenset({"pcstrat", "id", "was", "merged_from", "split_from", "url", "original_url", "language"})
_SENTENCE_END = Pattern(r"[.!?][”\"')]?\s+(?=[A-Z0-9“\"'(])")
_BETWEEN_TEXTS = ". ("
"""Ends a sentence, whatever stands before it and behind it, and adds nothing that is counted in words."""
_WORD = Pattern(r"[A-Za-z0-9£%][\w'’&%/.-]*")
_QUOTED = Pattern(r"“[^”]*”|\"[^\"]*\"")
_NO_LETTER = Pattern(r"[^a-z]")
_NO_SIGN = Pattern(r"\W")
_VOWELS = Pattern(r"[aeiouy]+")
_WORDS_KEPT = 16_384
_SCHOOL_BEGINS, _GROWN_UP = 5, 18
_SAMPLE = 6_000
_SILENT = Pattern(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycgszx]es)\Z")


def is_judged(plan: Plan) -> bool:
    """Whether its wording is the ICB's own and in English: restated wording says nothing about the ICB's."""
    return plan.document.restated_by is None and plan.language == "en-GB"


def reading_grade(plan: Plan) -> float | None:
    """The Flesch-Kincaid grade of a plan's own prose; `None` where it is not judged or is too short.

    Of a long plan it is that of texts spread evenly through it, some 1,000 words: to count every syllable of every plan
    would take a third as long as to load them, and the grades of the published plans move by half a year at most.
    """
    if not is_judged(plan):
        return None
    texts: list[str] = []
    _gather_prose((plan,), texts)
    step = max(1, sum(map(len, texts)) // _SAMPLE)
    shown = _BETWEEN_TEXTS.join(
        [without_quotations(plain(text) if has_marks(text) else text) for text in texts[::step]]
    )
    words = spoken = 0
    for run, times in Counter(shown.split()).items():
        words_of_run, syllables_of_run = _words_and_syllables(run)
        words += words_of_run * times
        spoken += syllables_of_run * times
    if words < FEWEST_WORDS:
        return None
    return _grade(len(list(filter(_WORD.search, _SENTENCE_END.split(shown)))), words, spoken)


def _gather_prose(parts: Iterable[Model], found: list[str]) -> None:
    """Add the prose of parts and of everything in them to `found`, but for remarks and the words of others."""
    model: type[Model] = Model
    prose_in = _prose_in(model)
    for part in parts:
        if type(part) is not model:
            model = type(part)
            prose_in = _prose_in(model)
        for value in prose_in(part.__dict__):  # pydantic keeps the fields there; `getattr` looks elsewhere first
            if not value:
                continue
            if type(value) is str:
                found.append(value)
            else:
                _gather_prose(value if type(value) is tuple else (value,), found)


@cache
def _prose_in(model: type[Model]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What takes from the values of a model those that are the plan's own prose, or parts that hold some."""
    names = _fields(model)
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple([values[name] for name in names])


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    """The fields that are the plan's own prose, or parts that hold some; none in what holds the words of others."""
    if issubclass(model, NOT_OWN):
        return ()
    kept = ((name, info) for name, info in model.model_fields.items() if (info.alias or name) not in _NOT_OF_THE_PLAN)
    return tuple(name for name, info in kept if is_prose(model, name) or _holds_prose(info.annotation, model))


def _holds_prose(annotation: object, inside: type) -> bool:
    """Whether a type of fields of the model `inside` names models that hold prose, such as itself."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation is inside or bool(_fields(annotation))
    return any(_holds_prose(part, inside) for part in typing.get_args(annotation))


@cache
def is_prose(model: type[Model], name: str) -> bool | None:
    """Whether the texts in a field are prose; `None` for ids, codes, references and other texts that nobody reads."""
    if name in _NOT_READ:
        return None
    field = model.model_fields[name]
    marks = set(map(type, marks_of(field)))
    return None if Refers in marks else LightMarkdown in marks


def without_quotations(text: str) -> str:
    """A text without what it quotes."""
    return _QUOTED.sub("", text) if "“" in text or '"' in text else text


def sentences_of(text: str) -> list[tuple[str, list[str]]]:
    """The sentences of a text without mark-up, each with its words; what has no words is no sentence."""
    return [(part.strip(), words) for part in _parts(text) if (words := _WORD.findall(part))]


def _parts(text: str) -> list[str]:
    """A text cut where a sentence ends, after its last mark."""
    parts, begin = [], 0
    for end in _SENTENCE_END.finditer(text):
        parts.append(text[begin : end.start() + 1])
        begin = end.end()
    return [*parts, text[begin:]]


def grade_of(sentences: Iterable[list[str]]) -> float:
    """Flesch-Kincaid grade of sentences, each as its words: years at school that a reader needs. Raises on none."""
    found = list(sentences)
    return _grade(len(found), sum(map(len, found)), sum(map(syllables, chain.from_iterable(found))))


def _grade(sentences: int, words: int, spoken: int) -> float:
    """Flesch-Kincaid grade of so many sentences, words and syllables."""
    return 0.39 * words / sentences + 11.8 * spoken / words - 15.59


def reading_age(grade: float) -> str:
    """A grade in words: "a reading age of about 14"."""
    age = round(grade) + _SCHOOL_BEGINS
    return f"a reading age of about {age}" if age < _GROWN_UP else f"a reading age of {_GROWN_UP} or more"


@lru_cache(maxsize=_WORDS_KEPT)
def _words_and_syllables(run: str) -> tuple[int, int]:
    """How many words a text without spaces has, and how many syllables they have."""
    words = _WORD.findall(run)
    return len(words), sum(map(syllables, words))


@lru_cache(maxsize=_WORDS_KEPT)
def syllables(word: str) -> int:
    """About how many syllables a word has; an abbreviation or number counts as it is mostly said."""
    bare = _NO_LETTER.sub("", word.casefold())
    if not bare or (word.isupper() and len(word) > 1):
        return max(1, len(_NO_SIGN.sub("", word)) // 2)
    groups = len(_VOWELS.findall(bare))
    return max(1, groups - 1 if groups > 1 and _SILENT.search(bare) else groups)
