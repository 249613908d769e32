"""Rewriting older formats, tried with a made-up version 2 that renames, moves, removes and adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from pcstrat.edit.changes import Change, changed
from pcstrat.edit.migrations import REWRITES, migrated
from pcstrat.edit.structure import added, appended, lines_at, removals, renamed
from pcstrat.edit.tree import Tree, tree_of
from pcstrat.errors import NotDoneError
from pcstrat.load.versions import UPGRADES
from pcstrat.source import read_source

OLD = """\
# the file
pcstrat: 1  # version
id: x
document:
    title: 'T'   # of the title
    # of the owner
    owner: Somebody
    gone: "with its comment"  # gone too
    kind: briefing
tags:
- one
- two
# the end
"""

NEW = """\
# the file
pcstrat: 2  # version
id: x
# of the owner
owner: Somebody
document:
    heading: 'T'   # of the title
    kind: briefing
tags:
- one
- two
- three
# the end
"""


def upgrade(data: dict[str, Any]) -> dict[str, Any]:
    """In the made-up version, `title` is `heading`, the owner is the plan's, `gone` is gone and tags have a third."""
    document = {key: value for key, value in data["document"].items() if key not in {"title", "owner", "gone"}}
    return {
        **data,
        "owner": data["document"]["owner"],
        "document": {"heading": data["document"]["title"], **document},
        "tags": [*data["tags"], "three"],
    }


def rewrite(tree: Tree, _data: Mapping[str, Any]) -> Iterator[Change]:
    yield renamed(tree, ("document", "title"), "heading")
    yield added(tree, (), lines_at(tree, ("document", "owner")), ["id", "owner", "document"])
    yield from removals(tree, ("document",), ["owner", "gone"])
    yield appended(tree, ("tags",), ["- three"])


def test_an_older_plan_is_rewritten_with_its_comments_and_nothing_else_changes() -> None:
    source = read_source(OLD.encode(), "x.yaml")
    assert migrated(source, newest=2, rewrites={1: rewrite}, upgrades={1: upgrade}) == NEW


def test_several_versions_are_passed_one_by_one() -> None:
    same: Any = lambda data: data  # noqa: E731
    none: Any = lambda _tree, _data: []  # noqa: E731
    source = read_source(OLD.encode(), "x.yaml")
    text = migrated(source, newest=4, rewrites=dict.fromkeys((1, 2, 3), none), upgrades=dict.fromkeys((1, 2, 3), same))
    assert text == OLD.replace("pcstrat: 1", "pcstrat: 4")


def test_an_edit_that_says_something_else_than_the_upgrade_is_refused() -> None:
    source = read_source(OLD.encode(), "x.yaml")
    with pytest.raises(NotDoneError, match="would not mean the same"):
        migrated(source, newest=2, rewrites={1: lambda _tree, _data: []}, upgrades={1: upgrade})


def test_the_newest_version_stays_byte_for_byte() -> None:
    assert migrated(read_source(OLD.encode(), "x.yaml")) == OLD


def test_every_upgrade_of_data_has_its_rewrite_of_text() -> None:
    assert REWRITES.keys() == UPGRADES.keys()


@pytest.mark.parametrize(
    ("text", "path", "steps", "left"),
    [
        ("- id: x\n  title: y\n", (0,), ["id"], "- title: y\n"),
        ("a: 1\n# c\nb:\n  - x\n  # inner\nc: 2\n", (), ["b"], "a: 1\nc: 2\n"),
        ("a: 1\nb: >-\n  x\n\n  y", (), ["b"], "a: 1\n"),
        ("a:\n  - id: x\n    # c\n    title: y\n", ("a", 0), ["id"], "a:\n  # c\n  - title: y\n"),
        ("- id: x\n  # c\n  note: n\n\n  title: y  # d\n", (0,), ["id", "note"], "- title: y  # d\n"),
        ("- - a\n  - b\n", (0,), [0], "- - b\n"),
        ("- id: x\n  title: y\n  note: n\n", (0,), ["id", "note"], "- title: y\n"),
    ],
)
def test_entries_go_with_their_comments_and_no_others(
    text: str, path: tuple[Any, ...], steps: list[Any], left: str
) -> None:
    tree = tree_of(read_source(text.encode(), "x"))
    assert changed(text, removals(tree, path, steps)) == left


@pytest.mark.parametrize(("text", "path"), [("a: 1\n", ()), ("a: {b: 1, c: 2}\n", ("a",))])
def test_what_cannot_go_alone_is_refused(text: str, path: tuple[Any, ...]) -> None:
    with pytest.raises(NotDoneError):
        removals(tree_of(read_source(text.encode(), "x")), path, ["a", "b"])


def test_lines_put_in_one_place_come_innermost_first() -> None:
    text = "a:\n  b:\n    c: 1\n"
    tree = tree_of(read_source(text.encode(), "x"))
    outer, inner = added(tree, ("a",), ["d: 2"], []), added(tree, ("a", "b"), ["d: 3"], [])
    assert changed(text, [outer, inner]) == "a:\n  b:\n    c: 1\n    d: 3\n  d: 2\n"


def test_an_entry_never_comes_before_the_first_that_stays() -> None:
    text = "- a: 1\n  b: 2\n  d: 4\n"
    tree = tree_of(read_source(text.encode(), "x"))
    changes = [added(tree, (0,), ["c: 3"], ["a", "c", "b", "d"], ["a"]), *removals(tree, (0,), ["a"])]
    assert changed(text, changes) == "- b: 2\n  c: 3\n  d: 4\n"
