"""Prose has one reading everywhere: what the page shows of it is what rules read and what comparisons quote."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pcstrat import light_markdown
from pcstrat.compare.digest import plain_words
from pcstrat.light_markdown import Piece, pieces
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.render import markdown
from pcstrat.rules.subject import Subject

WORDS = {
    "Plain text, £1.3m (30%).": "Plain text, £1.3m (30%).",
    "two\n  lines": "two lines",
    "an *old* and **new** way": "an old and new way",
    "an _old_ and __new__ way": "an old and new way",
    "***both***": "both",
    "_**both**_ (_one_)": "both (one)",
    "mid*word*s": "midwords",
    "Write to primary_care_team@nhs.example": "Write to primary_care_team@nhs.example",
    "qof_register_2027 and __init__2": "qof_register_2027 and __init__2",
    "5 * 3 * 2 = 30": "5 * 3 * 2 = 30",
    "5*3 = 15": "5*3 = 15",
    "* a footnote": "* a footnote",
    "**never ended": "**never ended",
    r"\*not this\* and \_this\_": "*not this* and _this_",
    "[NHS](https://www.nhs.uk/a_b_c)": "NHS",
    "[the *new* [TBC] way](https://x.uk)": "the new [TBC] way",
    "[not a link] (https://x.uk)": "[not a link] (https://x.uk)",
    "[TBC] and [a][b]": "[TBC] and [a][b]",
    "[a](javascript:alert)": "[a](javascript:alert)",
    "a < b > c & <b>d</b>": "a < b > c & <b>d</b>",
    "`code_a_b` &amp; &lt;": "`code_a_b` &amp; &lt;",
}


def words_for_rules(minimal: dict[str, Any], registry: Registry, text: str) -> str:
    plan = Plan.model_validate(minimal | {"vision": {"statement": text}})
    return next(leaf.plain for leaf in Subject(plan, registry, dt.date(2027, 1, 1)).texts if leaf.field == "statement")


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_every_reader_of_prose_reads_the_same_words(
    text: str, words: str, minimal: dict[str, Any], registry: Registry
) -> None:
    assert light_markdown.plain(text) == words
    assert markdown.plain(text) == words
    assert plain_words(text) == words
    assert words_for_rules(minimal, registry, text) == words
    assert markdown.prose(text).striptags() == words


def test_pieces_tell_words_from_where_emphasis_and_links_begin_and_end() -> None:
    assert list(pieces("See *the [NHS](https://x.uk)*.")) == [
        Piece("See "),
        Piece(tag="em"),
        Piece("the "),
        Piece(tag="a", address="https://x.uk"),
        Piece("NHS"),
        Piece(tag="a", ends=True),
        Piece(tag="em", ends=True),
        Piece("."),
    ]
    assert list(pieces("No\nmarks")) == [Piece("No marks")]


IN_FILES = st.characters(codec="utf-8", exclude_characters="\0")  # the parser replaces NUL, which no plan can have
MARKS = st.sampled_from(["*", "**", "_", "__", "[", "](", ")", "\\", "https://x.uk", " ", "\n", "a", "B2"])


@given(text=st.lists(MARKS | st.text(IN_FILES, max_size=4), max_size=25).map("".join))
@example(text="a _b_")
@example(text="é_b_")
@example(text="\\_\\_")
def test_whether_a_text_is_given_to_the_parser_makes_no_difference(text: str) -> None:
    line = " ".join(text.split())
    tokens = light_markdown._parser().parseInline(line)[0].children or ()
    assert light_markdown.plain(text) == "".join(token.content for token in tokens)


@pytest.mark.parametrize(
    ("address", "other", "is_one"),
    [
        ("https://x.uk", "https://x.uk/", True),
        ("HTTPS://X.uk?a", "https://x.uk/?a", True),
        ("https://x.uk#top", "https://x.uk/#top", True),
        ("https://x.uk/a", "https://x.uk/A", False),
        ("https://x.uk/a", "https://x.uk/a/", False),
        ("#part", "#part/", False),
        ("mailto:a@x.uk", "mailto:a@x.uk/", False),
    ],
)
def test_two_spellings_of_one_address_lead_to_one_place(address: str, other: str, *, is_one: bool) -> None:
    assert (light_markdown.one_spelling(address) == light_markdown.one_spelling(other)) is is_one
