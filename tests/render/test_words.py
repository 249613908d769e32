"""What pcstrat writes itself into documents reads at an age of 9 to 11: UK school years 4 to 6."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pcstrat.reading import syllables
from pcstrat.render import words

OLDEST_GRADE = 6.0
MOST_WORDS = 20
LEAST_WORDS = 6
"""Fewer words are a heading or a label, which no formula can judge."""


def sentences() -> Iterator[str]:
    catalogue = [value for name, value in vars(words).items() if name.isupper()]
    for value in catalogue:
        for text in value.values() if isinstance(value, dict) else [value]:
            if isinstance(text, str):
                yield from (each for each in re.split(r"(?<=[.:])\s+", text) if len(each.split()) >= LEAST_WORDS)


def grade(sentence: str) -> float:
    """Flesch-Kincaid grade."""
    found = re.findall(r"[A-Za-z']+", sentence)
    return 0.39 * len(found) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


@pytest.mark.parametrize("sentence", [each for each in sentences() if "/" not in each])
def test_a_sentence_is_short_and_plain(sentence: str) -> None:
    assert len(sentence.split()) <= MOST_WORDS
    assert grade(sentence) <= OLDEST_GRADE


def test_the_formula_sees_what_is_hard() -> None:
    assert grade("Organisational transformation necessitates multidisciplinary collaboration.") > OLDEST_GRADE
    assert len(list(sentences())) > 3
