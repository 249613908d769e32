"""Turns the plan's own text into sections, sentences and a reading grade, for rules on plain English."""

from __future__ import annotations

from typing import NamedTuple

from pcstrat.naming import shorten
from pcstrat.reading import grade_of, is_judged, sentences_of, without_quotations
from pcstrat.rules.subject import Leaf, Subject, once
from pcstrat.text import sentence_case

_SHORTEST_LABEL = 4


class Sentence(NamedTuple):
    """One sentence and where it stands."""

    text: str
    words: list[str]
    leaf: Leaf


class ReadSection(NamedTuple):
    """The sentences of one section, which a planner knows by its name."""

    name: str
    sentences: list[Sentence]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade: years at school that a reader needs."""
        return grade_of(sentence.words for sentence in self.sentences)


@once
def own_prose(subject: Subject) -> tuple[Leaf, ...]:
    """The texts that are the plan's own sentences: none where it is restated, or not in English."""
    if not is_judged(subject.plan):
        return ()
    return tuple(leaf for leaf in subject.own_texts if leaf.prose and not leaf.item.is_of_others)


@once
def sections(subject: Subject) -> tuple[ReadSection, ...]:
    """The plan's own sentences by section: an ambition, objective or enabler, else the part of the plan."""
    by_name: dict[str, ReadSection] = {}
    by_place: dict[object, ReadSection] = {}
    for leaf in own_prose(subject):
        place = leaf.item.aim or leaf.path[0]
        if place not in by_place:
            name = section_of(leaf)
            by_place[place] = by_name.setdefault(name, ReadSection(name, []))
        by_place[place].sentences.extend(sentences(leaf))
    return tuple(section for section in by_name.values() if section.sentences)


def section_of(leaf: Leaf) -> str:
    """What a planner calls the section that a text stands in."""
    around = leaf.item.aim
    if around is not None:
        label = around.part.label or ""
        return shorten(around.part.title if len(label) < _SHORTEST_LABEL else label)
    return sentence_case(str(leaf.path[0]).replace("_", " "))


def sentences(leaf: Leaf) -> list[Sentence]:
    """The sentences of a text, without emphasis and what is quoted."""
    return [Sentence(text, words, leaf) for text, words in sentences_of(without_quotations(leaf.plain))]
