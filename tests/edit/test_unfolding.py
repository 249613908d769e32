"""A mapping in braces gets lines of its own before it is edited; where that is not safe, the place is named."""

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
    again = unfolded(source, "document")
    assert again.data == source.data
    assert sorted(tree_of(again).comments) == sorted(tree_of(source).comments)
    assert again.text.splitlines()[1:8] == [
        "document:",
        "  # what it is",
        '  "title": "A: plan"',
        "  kind: briefing  # our kind",
        "  # when",
        "  published: May 2025",
        "  scope: [general-practice, dentistry]  # end",
    ]


def test_what_stands_on_lines_stays_as_it_is() -> None:
    source = unfolded(source_of(PLAN), "document")
    assert unfolded(source, "document") is source


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("{title: A plan,\n  kind: brief\n   ing}", 2),
        ("&one {title: A plan, kind: *one}", 2),
        ("{title: A plan, kind}", 2),
    ],
)
def test_what_cannot_be_written_on_lines_is_refused_with_its_place(document: str, line: int) -> None:
    source = source_of(f"pcstrat: 1\ndocument: {document}\n")
    with pytest.raises(NotDoneError, match=rf"^plan\.yaml:{line}: "):
        unfolded(source, "document")


def test_a_plan_that_is_all_braces_is_refused_with_its_place() -> None:
    with pytest.raises(NotDoneError, match=r"^plan\.yaml:1: the plan stands in brackets"):
        unfolded(source_of("{pcstrat: 1, document: {title: A plan}}"), "document")


def test_work_in_brackets_is_refused_with_its_place_and_name() -> None:
    place = r"^plan\.yaml:8: ambition 'Access', milestone 'Open one\.' stands in brackets"
    with pytest.raises(NotDoneError, match=place):
        refreshed(source_of(PLAN), financial_year("2026/27"))
