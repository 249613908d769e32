"""Turns values in brackets into the same values with each entry on lines of its own, where it can be edited."""

from __future__ import annotations

from collections.abc import Iterable

from pcstrat.diagnostics import Path
from pcstrat.edit.brackets import on_lines
from pcstrat.edit.changes import Change, changed
from pcstrat.edit.structure import UneditableError, entry_at
from pcstrat.edit.tree import Entry, Tree, tree_of
from pcstrat.edit.values import STEP, Value
from pcstrat.source import Source, read_source

_WHY = "stands in brackets, in a way that cannot be edited"


def unfolded(source: Source, paths: Iterable[Path]) -> Source:
    """The file with the mappings and lists at some paths on lines of their own; the same where all are already.

    Raises:
        UneditableError: if that cannot be done without a change of meaning.
    """
    tree = tree_of(source)
    if isinstance(tree.root, Value):
        raise UneditableError(source, (), _WHY)
    for path in sorted(set(paths), key=len):
        entry = entry_at(tree, path)
        if isinstance(entry.value, Value) and entry.value.is_in_brackets:
            again = _with_lines(tree, entry, entry.value)
            if again is None or again.data != source.data:
                raise UneditableError(source, path, _WHY)
            tree = tree_of(again)
    return tree.source


def _with_lines(tree: Tree, entry: Entry, value: Value) -> Source | None:
    lines = on_lines(tree.text, value.place)
    if lines is None:
        return None
    comments = [line for line in (entry.head.strip(), *entry.between, entry.tail.strip()) if line]
    beside = f"  {comments.pop(0)}" if comments else ""
    if entry.key is None and not beside and not comments and not lines[0].startswith("#"):
        beside = f" {lines.pop(0)}"
    indent = " " * (entry.at - tree.text.rfind("\n", 0, entry.at) - 1 + STEP)
    below = "".join(f"\n{indent}{line}" if line else "\n" for line in (*comments, *lines))
    start, sign = (entry.at + 1, "") if entry.key is None else (entry.key[1], ":")
    change = Change(start, value.end + len(entry.tail), f"{sign}{beside}{below}")
    return read_source(changed(tree.text, [change]).encode(), tree.source.file)
