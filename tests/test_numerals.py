"""Number words: all from one to ninety-nine are read, whole, and nothing that only looks like one."""

from __future__ import annotations

import re

import pytest

from pcstrat.numerals import NUMBER_WORDS, WORDS, number_of

SEARCHED = re.compile(rf"\b{WORDS}\b", re.IGNORECASE)


def test_there_is_a_word_for_each_number_up_to_99() -> None:
    assert sorted(NUMBER_WORDS.values()) == [*range(1, 100)]


@pytest.mark.parametrize("word", NUMBER_WORDS)
def test_each_word_is_found_whole_and_read(word: str) -> None:
    found = SEARCHED.search(f"About {word.capitalize()}-year plans, or six")
    assert found is not None
    assert found[0] == word.capitalize()
    assert number_of(found[0]) == NUMBER_WORDS[word]


@pytest.mark.parametrize(("digits", "number"), [("0", 0), ("7", 7), ("12,500", 12_500)])
def test_digits_are_read(digits: str, number: int) -> None:
    assert number_of(digits) == number


@pytest.mark.parametrize("text", ["twenty-first century", "sixteenth", "someone", "often", "Forty-second"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert SEARCHED.search(text) is None


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="many"):
        number_of("many")
