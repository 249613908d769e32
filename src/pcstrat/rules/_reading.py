"""Turns the plan's own text into sections, sentences and a reading grade, for rules on plain English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pcstrat.model.aims import Objective
from pcstrat.model.document import Person, Quote, Term
from pcstrat.model.evidence import Source
from pcstrat.model.vision import Alignment
from pcstrat.naming import shorten
from pcstrat.rules._promises import plain
from pcstrat.rules.subject import Leaf, Subject
from pcstrat.text import sentence_case

_SHORTEST_LABEL = 4
_NOT_OURS = (Quote, Source, Alignment, Person, Term)
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"')]?\s+(?=[A-Z0-9“\"'(])")
_WORD = re.compile(r"[A-Za-z0-9£%][\w'’&%/.-]*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycgszx]es)\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    text: str
    leaf: Leaf

    @property
    def words(self) -> list[str]:
        """Its words."""
        return _WORD.findall(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of one section, which a planner knows by its name."""

    name: str
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade: years at school that a reader needs."""
        words = [word for sentence in self.sentences for word in sentence.words]
        return 0.39 * len(words) / len(self.sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def own_prose(subject: Subject) -> Iterator[Leaf]:
    """The texts that are the plan's own sentences: none where it is restated, or not in English."""
    if subject.document.restated_by is None and subject.plan.language == "en-GB":
        for leaf in subject.own_texts:
            if leaf.prose and leaf.item.nearest(*_NOT_OURS) is None:
                yield leaf


def sections(subject: Subject) -> tuple[Reading, ...]:
    """The plan's own sentences by section: an ambition, objective or enabler, else the part of the plan."""
    found: dict[str, Reading] = {}
    for leaf in own_prose(subject):
        name = section_of(leaf)
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
    text = _QUOTED.sub("", plain(leaf.text))
    return [Sentence(part.strip(), leaf) for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def syllables(word: str) -> int:
    """About how many syllables a word has; an abbreviation or number counts as it is mostly said."""
    bare = re.sub(r"[^a-z]", "", word.casefold())
    if not bare or (word.isupper() and len(word) > 1):
        return max(1, len(re.sub(r"\W", "", word)) // 2)
    groups = len(_VOWELS.findall(bare))
    return max(1, groups - 1 if groups > 1 and _SILENT.search(bare) else groups)
