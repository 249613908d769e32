"""`normal_form`: what it changes, and all that it never changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from yaml_texts import flow_texts, yaml_texts

from pcstrat.diagnostics import Severity
from pcstrat.edit.layout import sorted_keys
from pcstrat.edit.normal_form import normal_form
from pcstrat.edit.order import POINT_FIELDS, key_order
from pcstrat.errors import NotDoneError
from pcstrat.load import Loaded
from pcstrat.load.fields import field_names
from pcstrat.source import Source, read_source

ROOT = Path(__file__).parents[2]
REAL = [*sorted((ROOT / "strategies").glob("*.yaml")), ROOT / "tests" / "formats" / "1.yaml"]
COMMENT = re.compile(r"# c\d+")


def read(text: str) -> Source:
    return read_source(text.encode(), "plan.yaml")


def formatted(text: str) -> str:
    return normal_form(read(text))


def is_readable(source: Source) -> bool:
    return not any(finding.severity is Severity.ERROR for finding in source.findings)


@settings(max_examples=150)
@given(yaml_texts())
def test_any_file_keeps_its_meaning_and_its_comments_and_stays_as_it_becomes(text: str) -> None:
    source = read(text)
    assume(is_readable(source))
    result = normal_form(source)
    assert read(result).data == source.data
    assert normal_form(read(result)) == result
    assert sorted(COMMENT.findall(result)) == sorted(COMMENT.findall(text))


@settings(max_examples=100)
@given(flow_texts())
def test_any_file_in_brackets_keeps_its_meaning_and_its_comments_and_stays_as_it_becomes(text: str) -> None:
    source = read(text)
    assume(is_readable(source))
    result = normal_form(source)
    again = read(result)
    assert again.data == source.data
    assert normal_form(again) == result
    assert sorted(COMMENT.findall(result)) == sorted(COMMENT.findall(text))
    assert in_usual_order(again.data, ()) or "?" in text or not fully_valued(again.data)


def in_usual_order(data: object, path: tuple[str | int, ...]) -> bool:
    """Whether no mapping has a key before one that usually precedes it, but for unknown keys."""
    if isinstance(data, list):
        return all(in_usual_order(item, (*path, number)) for number, item in enumerate(data))
    if not isinstance(data, dict):
        return True
    keys = list(data)
    return sorted_keys(keys, key_order(path)) == list(range(len(keys))) and all(
        in_usual_order(value, (*path, key)) for key, value in data.items()
    )


def fully_valued(data: object) -> bool:
    """Whether no key is without a value."""
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return data is not None and all(map(fully_valued, inside))


@settings(max_examples=10)
@given(data=st.data())
def test_a_remark_anywhere_in_a_real_plan_stays_and_changes_nothing_else(data: st.DataObject) -> None:
    text = (ROOT / "strategies" / "norfolk-waveney.yaml").read_text(encoding="utf-8")
    lines = text.split("\n")
    number = data.draw(st.integers(0, len(lines) - 2))
    place = len(lines[number]) - len(lines[number].lstrip())
    disturbed = [*lines[:number], " " * place + "# a remark", *lines[number:]]
    source = read("\n".join(disturbed))
    assume(is_readable(source) and source.data == read(text).data)
    result = normal_form(source)
    assert result.count("# a remark") == 1
    assert formatted(result.replace(" " * place + "# a remark\n", "", 1)) == text


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_plan_stays_the_same_plan(path: Path, load: Callable[..., Loaded]) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = load(text), load(formatted(text))
    assert before.plan is not None
    assert after.plan == before.plan


@pytest.mark.parametrize("path", REAL[:-1], ids=lambda path: path.name)
def test_the_plans_of_this_repository_are_in_normal_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


CHANGES = {
    "keys come in the order of the models": (
        "id: x\ndocument:\n  kind: briefing\n  title: T\npcstrat: 1\n",
        "pcstrat: 1\nid: x\n\ndocument:\n  title: T\n  kind: briefing\n",
    ),
    "a comment moves with the item below it or beside it": (
        """\
        document:
          # of the kind
          kind: briefing  # really
          # of the title
          title: T
        """,
        """\
        document:
          # of the title
          title: T
          # of the kind
          kind: briefing  # really
        """,
    ),
    "a comment above the first key of an item stands above its dash": (
        """\
        ambitions:
        - title: One
          # the name
          id: one
        -   # second
            id: two
        """,
        """\
        ambitions:
          # the name
          - id: one
            title: One
          # second
          - id: two
        """,
    ),
    "the indentation of a comment says whose it is": (
        """\
        ambitions:
            - id: one
              points:
                  - a
                  # after a
              # after the points
            # before two
            - id: two
        # the end
        """,
        """\
        ambitions:
          - id: one
            points:
              - a
              # after a
            # after the points
          # before two
          - id: two
        # the end
        """,
    ),
    "blank lines are single, and none begins a part": (
        """\


        # the file


        pcstrat: 1
        id: x


        document:

          title: T


          kind: briefing
        labels: {}


        """,
        """\
        # the file

        pcstrat: 1
        id: x

        document:
          title: T

          kind: briefing

        labels: {}
        """,
    ),
    "text keeps its folds, and what stands further in": (
        """\
        title:   a text
              in two lines
        text: >-
             folded

             text
               with more
        note: "quoted \\
                  further"
        """,
        """\
        title: a text
          in two lines
        text: >-
          folded

          text
            with more
        note: "quoted \\
          further"
        """,
    ),
    "a stated indentation is stated anew": (
        "text: |4-\n      two more\n    x\nlabel: >+1\n  y\n\n\nnote: z\n",
        "text: |2-\n    two more\n  x\nlabel: >+2\n   y\n\n\nnote: z\n",
    ),
    "blank lines that belong to a text stay with it": (
        "document:\n  subtitle: |+\n    a\n\n\n  title: T\nlabels: {}\n",
        "document:\n  title: T\n  subtitle: |+\n    a\n\n\nlabels: {}\n",
    ),
    "brackets keep their lines and their distance": (
        "document:\n    scope: [a,   # first\n            b,\n    ]\n",
        "document:\n  scope: [a,   # first\n          b,\n  ]\n",
    ),
    "keys in braces come in the order of the models, too": (
        "icb: QU9\ndocument: {kind: briefing, 'title': 'A, b: c', version: \"1.10\"}\n",
        "icb: QU9\ndocument: {'title': 'A, b: c', kind: briefing, version: \"1.10\"}\n",
    ),
    "keys in braces inside brackets inside braces": (
        "ambitions: [{title: A, id: a, actions: [{when: '2027', text: T, id: t}]}, {title: B, id: b}]\n",
        "ambitions: [{id: a, title: A, actions: [{id: t, text: T, when: '2027'}]}, {id: b, title: B}]\n",
    ),
    "braces over several lines keep their lines, commas and folds": (
        "document: {\n    kind: briefing,\n    title: a\n      folded title,\n  }\n",
        "document: {\n    title: a\n      folded title,\n    kind: briefing,\n  }\n",
    ),
    "comments in braces go with their entries": (
        """\
        document: {  # all of it
            # of the kind
            kind: briefing,  # really
            # of the title
            title: T  # T for title
            # the end
            }
        """,
        """\
        document: {  # all of it
            # of the title
            title: T,  # T for title
            # of the kind
            kind: briefing  # really
            # the end
            }
        """,
    ),
    "a comment beside the only line of braces": (
        "document: {kind: briefing, title: T}  # beside\n",
        "document: {title: T, kind: briefing}  # beside\n",
    ),
    "braces that hold more than entries and commas stay as they are": (
        "document: {kind: briefing, ? title : T}\n",
        "document: {kind: briefing, ? title : T}\n",
    ),
    "keys without values in braces stay where they are": (
        "document: {kind: , title: T}\n",
        "document: {kind: , title: T}\n",
    ),
    "a whole file in braces": ("# c\n{id: x,\n pcstrat: 1}\n\n", "# c\n{pcstrat: 1,\n id: x}\n"),
    "line ends and byte order marks go": ("\ufeffid: x\r\nicb: Q\r\n", "id: x\nicb: Q\n"),
    "a document's marks stay": ("# c\n---  # d\nid: x\n...\n# e\n", "# c\n---  # d\nid: x\n...\n# e\n"),
    "a modeline stays on top": (
        "# yaml-language-server: $schema=x\n# of id\nid: x\npcstrat: 1\n",
        "# yaml-language-server: $schema=x\npcstrat: 1\n# of id\nid: x\n",
    ),
    "unknown keys stay after the key they stand after": (
        "id: x\nunknown: y\npcstrat: 1\n",
        "pcstrat: 1\nid: x\nunknown: y\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
def test_a_change(before: str, after: str) -> None:
    assert formatted(dedent(before)) == dedent(after)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: x\n id: y\n", "plan.yaml:2"),
        ("id: x\nid: y\n", "written twice"),
        ("a: &x 1\n", "anchor"),
        ("? id\n: x\n", "plan.yaml:1"),
    ],
)
def test_what_cannot_be_read_or_edited_safely_is_refused(text: str, words: str) -> None:
    with pytest.raises(NotDoneError, match=re.escape(words)):
        formatted(text)


def test_a_comment_under_a_list_in_the_column_of_its_key_is_that_of_the_next_key() -> None:
    text = dedent(
        """\
        ambitions:
        - id: a
          title: A
          themes:
          - dental
          # Agreed in May.
          owner: Director
        # Of the board.
        risks:
        - text: R
        # The end.
        """
    )
    assert formatted(text) == dedent(
        """\
        ambitions:
          - id: a
            title: A
            # Agreed in May.
            owner: Director
            themes:
              - dental

        # Of the board.
        risks:
          - text: R
        # The end.
        """
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\na: 2\n", "written twice"),
        ("a: 1\na: 2\na: 3\n", r"\. There is 1 more problem\.$"),
        ("a: 1\na: 2\na: 3\na: 4\n", r"\. There are 2 more problems\.$"),
    ],
)
def test_how_many_more_problems_there_are_is_said(text: str, told: str) -> None:
    with pytest.raises(NotDoneError, match=told) as caught:
        formatted(text)
    assert ("more problem" in str(caught.value)) == ("more" in told)


def test_every_field_of_a_point_has_its_place() -> None:
    for path in (("vision", "points"), ("ambitions", 0, "actions", 0), ("ambitions", 0, "milestones", 0)):
        assert set(field_names(path)) <= set(POINT_FIELDS)
    order = key_order(("ambitions", 0, "milestones", 0))
    assert order == [name for name in POINT_FIELDS if name in order]
    assert set(order) == set(field_names(("ambitions", 0, "milestones", 0)))


@given(st.lists(st.text("abcxyz", max_size=1), unique=True))
def test_sorting_keys_is_stable_and_final(keys: list[str]) -> None:
    once = [keys[number] for number in sorted_keys(keys, "cba")]
    assert sorted(once) == sorted(keys)
    assert [key for key in once if key in "cba" and key] == sorted(
        (key for key in keys if key in set("cba")), reverse=True
    )
    assert [once[number] for number in sorted_keys(once, "cba")] == once
