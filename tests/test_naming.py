"""What items are called where something is said about them."""

from __future__ import annotations

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from pcstrat.diagnostics import Path
from pcstrat.model.plan import Plan
from pcstrat.naming import LONGEST_NAME, NOUNS, item_name, shorten

DATA = {
    "document": {"title": "T", "out_of_scope": [{"what": "Hospitals"}]},
    "strengths": {"items": ["Kind people", {"points": ["Deep"]}]},
    "ambitions": [
        {
            "label": "Ambition 2",
            "title": "Access",
            "objectives": [
                {"label": "2b", "timeline": [{"label": "Year 1", "milestones": [{"text": "Publish it"}, None]}]}
            ],
            "actions": [{"title": " ", "text": "Open late.\nAnd early."}, {}],
        },
    ],
    "funding": {"not": "a list"},
}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), "the plan"),
        (("icb",), "the plan"),
        (("ambitions",), "the plan"),
        (("document", "title"), "document"),
        (("document", "out_of_scope", 0), "document, item out of scope 'Hospitals'"),
        (("strengths", "items", 0), "strengths, item 'Kind people'"),
        (("strengths", "items", 1, "points", 0), "strengths, item 2, point 'Deep'"),
        (("ambitions", 0), "Ambition 2"),
        (("ambitions", 0, "objectives", 0, "title"), "Ambition 2, objective '2b'"),
        (("ambitions", 0, "actions", 0, "owner"), "Ambition 2, action 'Open late. And early.'"),
        (("ambitions", 0, "actions", 1), "Ambition 2, action 2"),
        (
            ("ambitions", 0, "objectives", 0, "timeline", 0, "milestones", 0),
            "Ambition 2, band 'Year 1', milestone 'Publish it'",
        ),
        (
            ("ambitions", 0, "objectives", 0, "timeline", 0, "milestones", 1),
            "Ambition 2, band 'Year 1', milestone 2",
        ),
        (("ambitions", 7, "nowhere", 3), "ambition 8, item 4"),
        (("funding", 0), "funding table 1"),
        (("title", "deeper"), "title"),
    ],
)
def test_names(path: Path, name: str) -> None:
    assert item_name(DATA, path) == name


def lists_in(model: type[BaseModel], seen: set[type[BaseModel]]) -> typing.Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        if typing.get_origin(field.annotation) is tuple:
            yield field.alias or name
        for part in models_in(field.annotation):
            yield from lists_in(part, seen)


def models_in(annotation: object) -> typing.Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from models_in(part)


def test_items_of_every_list_have_a_noun_of_their_own() -> None:
    names = set(lists_in(Plan, set()))
    assert len(names) > 80
    assert names - NOUNS.keys() == set()


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("", 13, ""),
        (" a \n b ", 13, "a b"),
        ("one two three", 13, "one two three"),
        ("one two three four", 13, "one two..."),
        ("one, two, three four", 13, "one, two..."),
        ("onetwothreefourfive", 12, "onetwothreef..."),
    ],
)
def test_shortened_texts(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short


@given(text=st.text(), length=st.integers(4, 60))
def test_a_shortened_text_is_one_line_and_not_much_longer_than_asked(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= length + len("...")
    assert short == " ".join(short.split())


STEPS = st.one_of(st.sampled_from(["title", "a", "0"]), st.integers(-3, 3))
VALUES = st.recursive(
    st.none() | st.text(max_size=60),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "a", "0"]), inner, max_size=3)
    ),
)


@given(path=st.lists(STEPS, max_size=6), data=VALUES)
def test_everything_has_a_name(path: list[str | int], data: object) -> None:
    name = item_name(data, tuple(path))
    assert name
    assert len(name) < 4 * (LONGEST_NAME + 20)
