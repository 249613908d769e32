"""Turns the plan's own text into sections, sentences and a reading grade, for rules on plain English."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pcstrat.model.aims import Objective
from pcstrat.model.document import Person, Quote, Term
from pcstrat.model.evidence import Source
from pcstrat.model.vision import Alignment
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules.subject import Leaf, Subject, once
from pcstrat.text import sentence_case

_SHORTEST_LABEL = 4
_NOT_OURS = (Quote, Source, Alignment, Person, Term)
_SENTENCE_END = Pattern(r"(?<=[.!?])[”\"')]?\s+(?=[A-Z0-9“\"'(])")
_WORD = Pattern(r"[A-Za-z0-9£%][\w'’&%/.-]*")
_QUOTED = Pattern(r"“[^”]*”|\"[^\"]*\"")
_VOWELS = Pattern(r"[aeiouy]+")
_WORDS_KEPT = 16_384
_SILENT = Pattern(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycgszx]es)\Z")


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence and where it stands."""

    text: str
    words: list[str]
    leaf: Leaf


@dataclass(frozen=True, eq=False)
class Reading:
    """The sentences of one section, which a planner knows by its name."""

    name: str
    sentences: list[Sentence] = field(default_factory=list)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @cached_property
    def grade(self) -> float:
        """Flesch-Kincaid grade: years at school that a reader needs."""
        spoken = sum(syllables(word) for sentence in self.sentences for word in sentence.words)
        return 0.39 * self.words / len(self.sentences) + 11.8 * spoken / self.words - 15.59


@once
def own_prose(subject: Subject) -> tuple[Leaf, ...]:
    """The texts that are the plan's own sentences: none where it is restated, or not in English."""
    if subject.document.restated_by is not None or subject.plan.language != "en-GB":
        return ()
    return tuple(leaf for leaf in subject.own_texts if leaf.prose and leaf.item.nearest(*_NOT_OURS) is None)


def without_quotations(leaf: Leaf) -> str:
    """The plain words of a text, without what it quotes."""
    text = leaf.plain
    return _QUOTED.sub("", text) if "“" in text or '"' in text else text


@once
def sections(subject: Subject) -> tuple[Reading, ...]:
    """The plan's own sentences by section: an ambition, objective or enabler, else the part of the plan."""
    found: dict[str, Reading] = {}
    names: dict[object, str] = {}
    for leaf in own_prose(subject):
        around = leaf.item.nearest(Objective) or leaf.path[0]
        name = names[around] if around in names else names.setdefault(around, section_of(leaf))
        found.setdefault(name, Reading(name)).sentences.extend(sentences(leaf))
    return tuple(section for section in found.values() if section.sentences)


def section_of(leaf: Leaf) -> str:
    """What a planner calls the section that a text stands in."""
    around = leaf.item.nearest(Objective)
    if around is not None and isinstance(around.part, Objective):
        label = around.part.label or ""
        return shorten(around.part.title if len(label) < _SHORTEST_LABEL else label)
    return sentence_case(str(leaf.path[0]).replace("_", " "))


def sentences(leaf: Leaf) -> list[Sentence]:
    """The sentences of a text, without emphasis and what is quoted."""
    text = without_quotations(leaf)
    is_one = not any(mark in text[:-1] for mark in ".!?")
    parts = [text] if is_one else _SENTENCE_END.split(text)
    return [Sentence(part.strip(), words, leaf) for part in parts if (words := _WORD.findall(part))]


@lru_cache(maxsize=_WORDS_KEPT)
def syllables(word: str) -> int:
    """About how many syllables a word has; an abbreviation or number counts as it is mostly said."""
    bare = re.sub(r"[^a-z]", "", word.casefold())
    if not bare or (word.isupper() and len(word) > 1):
        return max(1, len(re.sub(r"\W", "", word)) // 2)
    groups = len(_VOWELS.findall(bare))
    return max(1, groups - 1 if groups > 1 and _SILENT.search(bare) else groups)
