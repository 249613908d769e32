"""What stands in brackets gets lines of its own before it is edited; where that is not safe, the place is named."""

from __future__ import annotations

import pytest

from pcstrat.edit.refresh import financial_year, refreshed
from pcstrat.edit.tree import tree_of
from pcstrat.edit.unfolding import unfolded
from pcstrat.errors import NotDoneError
from pcstrat.source import Source, read_source

PLAN = """\
pcstrat: 1
document: {  # what it is
  "title": "A: plan", kind: briefing,  # our kind
  # when
  published: May 2025, scope: [general-practice, dentistry],
  }  # end
ambitions:
  - {id: access, title: Access, milestones: [{text: Open one., status: done}]}
"""


def source_of(text: str) -> Source:
    return read_source(text.encode(), "plan.yaml")


def test_every_entry_and_comment_gets_a_line_of_its_own() -> None:
    source = source_of(PLAN)
    again = unfolded(source, [("document",)])
    assert again.data == source.data
    assert sorted(tree_of(again).comments) == sorted(tree_of(source).comments)
    assert again.text.splitlines()[1:8] == [
        "document:  # end",
        "  # what it is",
        '  "title": "A: plan"',
        "  kind: briefing  # our kind",
        "  # when",
        "  published: May 2025",
        "  scope: [general-practice, dentistry]",
    ]


def test_what_stands_on_lines_stays_as_it_is() -> None:
    source = unfolded(source_of(PLAN), [("document",)])
    assert unfolded(source, [("document",)]) is source


def test_comments_between_a_key_and_its_brace_stay() -> None:
    source = source_of("pcstrat: 1\ndocument: # agreed\n  # by the board\n  {title: T, kind: briefing}  # in May\n")
    again = unfolded(source, [("document",)])
    assert again.text.splitlines()[1:] == [
        "document:  # agreed",
        "  # by the board",
        "  # in May",
        "  title: T",
        "  kind: briefing",
    ]


def test_texts_and_brackets_over_several_lines_keep_what_they_mean() -> None:
    document = """{title: A
      plan, kind: [a,  # one
        b],
   text: "First.

     Second.", note:  # why
       yes}"""
    source = source_of(f"pcstrat: 1\ndocument: {document}\n")
    again = unfolded(source, [("document",)])
    assert again.text.splitlines()[1:] == [
        "document:",
        "  title: A",
        "    plan",
        "  kind: [a,  # one",
        "    b]",
        '  text: "First.',
        "",
        '    Second."',
        "  # why",
        "  note: yes",
    ]


def test_lists_and_their_items_get_lines_of_their_own() -> None:
    source = source_of("pcstrat: 1\ndocument: {}\nambitions: [First, {title: A, actions: [{text: Do}, # so\n  Go]}]\n")
    again = unfolded(source, [("ambitions",), ("ambitions", 1), ("ambitions", 1, "actions")])
    assert again.data == source.data
    assert again.text.splitlines()[2:] == [
        "ambitions:",
        "  - First",
        "  - title: A",
        "    actions:",
        "      - {text: Do}  # so",
        "      - Go",
    ]


@pytest.mark.parametrize(
    "document", ["&one {title: A plan, kind: *one}", "{title: A plan, kind}", "{? title : A plan}"]
)
def test_what_cannot_be_written_on_lines_is_refused_with_its_place(document: str) -> None:
    source = source_of(f"pcstrat: 1\ndocument: {document}\n")
    with pytest.raises(NotDoneError, match=r"^plan\.yaml:2: "):
        unfolded(source, [("document",)])


def test_a_plan_that_is_all_braces_is_refused_with_its_place() -> None:
    with pytest.raises(NotDoneError, match=r"^plan\.yaml:1: the plan stands in brackets"):
        unfolded(source_of("{pcstrat: 1, document: {title: A plan}}"), [("document",)])


def test_work_in_brackets_is_rolled_over_like_work_on_lines() -> None:
    assert refreshed(source_of(PLAN), financial_year("2026/27")).text.splitlines()[-5:] == [
        "ambitions:",
        "  - id: access",
        "    title: Access",
        "    achievements:",
        "      - {text: Open one.}",
    ]


def test_work_that_cannot_be_written_on_lines_is_refused_with_its_place_and_name() -> None:
    text = PLAN.replace("{id: access", "{? id : access")
    with pytest.raises(NotDoneError, match=r"^plan\.yaml:8: ambition 'Access' stands in brackets"):
        refreshed(source_of(text), financial_year("2026/27"))
