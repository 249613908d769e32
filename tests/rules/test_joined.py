"""Searching many texts at once finds what searching each would find, in the same order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.patterns import Pattern
from pcstrat.rules._joined import Joined

TEXTS = st.lists(st.text(alphabet="ab1 \n", max_size=12), max_size=8)
PATTERNS = (
    Pattern("ab"),
    Pattern("[0-9]"),
    Pattern(r"\bb"),
    Pattern(r"a\s+b"),
    Pattern(r"b[^1]{0,5}a"),
    Pattern("a(?!b)"),
)


@given(TEXTS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_text_with_a_match_is_found_once_and_in_order(pattern: Pattern, texts: list[str]) -> None:
    numbered = list(enumerate(texts))
    found = Joined(numbered, lambda entry: entry[1]).having(pattern)
    assert found == sorted(set(found))
    assert {entry for entry in numbered if pattern.search(entry[1])} <= set(found)


@given(TEXTS)
def test_a_match_on_one_line_is_found_nowhere_else(texts: list[str]) -> None:
    pattern = Pattern("ab|1")
    assert Joined(texts, str).having(pattern) == [text for text in texts if pattern.search(text)]


@given(TEXTS)
def test_a_text_counts_once_however_many_patterns_it_matches(texts: list[str]) -> None:
    first, second = Pattern("a"), Pattern("1")
    assert Joined(texts, str).having(first, second) == [text for text in texts if "a" in text or "1" in text]


def test_a_match_that_runs_on_hides_none_below() -> None:
    assert Joined(["a", "b", "ab"], str).having(Pattern(r"a\s*b")) == ["a", "ab"]


def test_there_may_be_no_texts() -> None:
    assert Joined([], str).having(Pattern("a")) == []


@given(TEXTS, st.lists(st.sampled_from(["ab", "b1", " ", "a"]), max_size=3))
def test_texts_that_hold_a_word_are_found_once_and_in_order(texts: list[str], words: list[str]) -> None:
    assert Joined(texts, str).naming(*words) == [text for text in texts if any(word in text for word in words)]
