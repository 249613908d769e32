"""Turns a mapping in braces into the same mapping with each entry on a line of its own, where it can be edited."""

from __future__ import annotations

from pcstrat.edit.brackets import on_lines
from pcstrat.edit.changes import Change, changed
from pcstrat.edit.structure import UneditableError, key_of
from pcstrat.edit.tree import Entry, tree_of
from pcstrat.edit.values import STEP, Value
from pcstrat.source import Source, read_source

_WHY = "stands in brackets, in a way that cannot be edited"


def unfolded(source: Source, key: str) -> Source:
    """The file with the mapping under a key of the plan on lines of its own; the same if it stands on lines already.

    Raises:
        UneditableError: if that cannot be done without a change of meaning.
    """
    tree = tree_of(source)
    if isinstance(tree.root, Value):
        raise UneditableError(source, (), _WHY)
    entry = next(one for one in tree.root.entries if key_of(tree, one) == key)
    if not isinstance(entry.value, Value):
        return source
    again = _with_lines(source, entry, entry.value)
    if again is None or again.data != source.data:
        raise UneditableError(source, (key,), _WHY)
    return again


def _with_lines(source: Source, entry: Entry, value: Value) -> Source | None:
    lines = on_lines(source.text, value.place)
    if lines is None or entry.key is None:
        return None
    indented = "".join(f"\n{' ' * STEP}{line}" for line in lines)
    text = changed(source.text, [Change(entry.key[1], value.end, f":{indented}")])
    return read_source(text.encode(), source.file)
