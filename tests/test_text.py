"""Text from a plan shows every character, in the order in which it is written."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.text import (
    counted,
    has_unsafe_characters,
    is_number,
    listed,
    long_date,
    sentence_case,
    singular,
    sorting_key,
    visible,
    without_commands,
)

REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u00ad\ufeff\u2028\u2029"


def test_a_day_is_written_as_the_nhs_writes_it() -> None:
    assert long_date(dt.date(2026, 3, 1)) == "1 March 2026"


SINGULARS = {
    "people": "person",
    "People": "Person",
    "children": "child",
    "women": "woman",
    "analyses": "analysis",
    "practices": "practice",
    "services": "service",
    "nurses": "nurse",
    "cases": "case",
    "headaches": "headache",
    "bodies": "body",
    "therapies": "therapy",
    "ties": "tie",
    "processes": "process",
    "approaches": "approach",
    "viruses": "virus",
    "boxes": "box",
    "hubs": "hub",
    "GPs": "GP",
    "PCNs": "PCN",
    "Trusts": "Trust",
}
NO_PLURALS = [
    "ms",
    "hrs",
    "access",
    "virus",
    "basis",
    "series",
    "diabetes",
    "minute",
    "GP",
    "Ms",
    "As",
    "person",
    "",
    "s",
]


@pytest.mark.parametrize(("many", "one"), SINGULARS.items())
def test_a_noun_has_a_form_for_one(many: str, one: str) -> None:
    assert singular(many) == one
    assert singular(one) == one


@pytest.mark.parametrize("word", NO_PLURALS)
def test_what_is_no_plural_has_no_other_form(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize("character", [*REORDERING, *INVISIBLE, "\x00", "\x1b", "\x07", "\x7f", "\x85", "\r"])
def test_what_cannot_be_seen_is_written_out(character: str) -> None:
    assert has_unsafe_characters(f"a{character}b")
    assert visible(f"a{character}b") == f"a[U+{ord(character):04X}]b"


@pytest.mark.parametrize("text", ["", "a\tb\nc", "£1.3m – “Year 1” 😀", "Ynys Môn", "日本", "family: 👩‍👩‍👧"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert not has_unsafe_characters(text)
    assert visible(text) == text


def test_accents_are_composed() -> None:
    assert visible("o\u0302") == "ô"


@given(text=st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    shown = visible(text)
    assert not has_unsafe_characters(shown)
    assert visible(shown) == shown
    assert unicodedata.is_normalized("NFC", shown)
    assert has_unsafe_characters(text) or shown == unicodedata.normalize("NFC", text)


def test_lists_of_words() -> None:
    assert [listed(("a", "b", "c")[:number]) for number in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["dates", "money"], "or") == "dates or money"


def test_counts() -> None:
    assert counted(0, "date") == "no dates"
    assert counted(1, "date") == "1 date"
    assert counted(1200, "date") == "1,200 dates"
    assert counted(2, "body", "bodies") == "2 bodies"


def test_sentence_case_changes_the_first_letter_only() -> None:
    assert [sentence_case(text) for text in ("", "by NHS England", "élan")] == ["", "By NHS England", "Élan"]


def test_names_with_welsh_letters_and_accents_stand_beside_those_without() -> None:
    names = ["Zetland", "Ŷsgol", "Wyre", "Ŵyre Forest", "Éire", "eastern", "Ynys Môn"]
    assert sorted(names, key=sorting_key) == ["eastern", "Éire", "Wyre", "Ŵyre Forest", "Ynys Môn", "Ŷsgol", "Zetland"]


def test_a_number_is_a_number_and_nothing_else() -> None:
    assert all(map(is_number, ["12", "1,200", "60%", "£1.3 million", "about £2m", "-3"]))
    assert not any(map(is_number, ["", "12 people", "2024/25", "Year 1", "33 out of 35"]))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("::error file=x::y", "[U+003A]:error file=x::y"),
        ("a\n  ::warning::b\nc", "a\n  [U+003A]:warning::b\nc"),
        ("a ##[error]b", "a [U+0023]#[error]b"),
        ('{"a": "##[error]b"}', '{"a": "\\u0023#[error]b"}'),
        ("See 1::2 and C::D, ## and #.", "See 1::2 and C::D, ## and #."),
    ],
)
def test_no_line_is_a_command_to_a_log(text: str, safe: str) -> None:
    assert without_commands(text) == safe
    if text.startswith("{"):
        assert json.loads(without_commands(text)) == json.loads(text)
