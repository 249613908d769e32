"""Turns a plan into its own prose, and prose into sentences, words and a reading grade; for rules and comparison."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from pcstrat.light_markdown import plain
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

_NOT_READ = frozenset({"pcstrat", "id", "was", "merged_from", "split_from", "url", "original_url", "language"})
_SENTENCE_END = Pattern(r"[.!?][”\"')]?\s+(?=[A-Z0-9“\"'(])")
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
    _gather_prose(plan, texts)
    step = max(1, sum(map(len, texts)) // _SAMPLE)
    shown = [without_quotations(plain(text)) for text in texts[::step]]
    words = _WORD.findall("\n".join(shown))
    if len(words) < FEWEST_WORDS:
        return None
    return _grade(sum(_WORD.search(part) is not None for text in shown for part in _parts(text)), words)


def _gather_prose(part: Model, found: list[str]) -> None:
    """Add the prose of a part and of everything in it to `found`, but for remarks and the words of others."""
    values = vars(part)  # where pydantic keeps the fields of a model; `getattr` looks elsewhere first
    for name, prose in _fields(type(part)):
        value = values[name]
        if not value:
            continue
        for entry in value if type(value) is tuple else (value,):
            if type(entry) is not str:
                _gather_prose(entry, found)
            elif prose:
                found.append(entry)


@cache
def _fields(model: type) -> tuple[tuple[str, bool], ...]:
    """The fields that can hold the plan's own prose or parts that do, and whether their texts are prose.

    None in what is no part of a plan, or holds the words of others. Asking this cache is quicker than `isinstance`,
    which pydantic makes slow.
    """
    if not issubclass(model, Model) or issubclass(model, NOT_OWN):
        return ()
    found = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        prose = is_prose(model, name)
        if key not in REMARKS | OUR_PARTS and (prose or _holds_prose(info.annotation, model)):
            found.append((name, bool(prose)))
    return tuple(found)


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
    return _grade(len(found), list(chain.from_iterable(found)))


def _grade(sentences: int, words: list[str]) -> float:
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def reading_age(grade: float) -> str:
    """A grade in words: "a reading age of about 14"."""
    age = round(grade) + _SCHOOL_BEGINS
    return f"a reading age of about {age}" if age < _GROWN_UP else f"a reading age of {_GROWN_UP} or more"


@lru_cache(maxsize=_WORDS_KEPT)
def syllables(word: str) -> int:
    """About how many syllables a word has; an abbreviation or number counts as it is mostly said."""
    bare = _NO_LETTER.sub("", word.casefold())
    if not bare or (word.isupper() and len(word) > 1):
        return max(1, len(_NO_SIGN.sub("", word)) // 2)
    groups = len(_VOWELS.findall(bare))
    return max(1, groups - 1 if groups > 1 and _SILENT.search(bare) else groups)
