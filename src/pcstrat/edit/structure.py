"""Turns the place of an item in a tree into changes of the text: remove it, rename its key, put lines before or after.

An item goes with the comments above and beside it. Lines that are put into a file stand in normal form.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pcstrat.diagnostics import Path
from pcstrat.edit.brackets import on_lines, without_keys
from pcstrat.edit.changes import Change
from pcstrat.edit.layout import entry_lines
from pcstrat.edit.tree import Block, Entry, Tree
from pcstrat.errors import NotDoneError
from pcstrat.naming import item_name
from pcstrat.source import Source

_ON_LINES = "Write each entry on a line of its own, without brackets."


class UneditableError(NotDoneError):
    """Something in a file cannot be edited where it stands. The message names its line, and the item for people."""

    def __init__(self, source: Source, path: Path, why: str, remedy: str = _ON_LINES) -> None:
        name = item_name(source.data, path)
        if path and isinstance(path[-1], str):
            name = f"'{path[-1]}'" if name in {path[-1], "the plan"} else f"'{path[-1]}' of {name}"
        line = source.key_span(path).start.line
        super().__init__(f"{source.file}:{line}: {name} {why}.", remedy)
        self.path = path
        self.why = why


def entry_at(tree: Tree, path: Path) -> Entry:
    """The entry at a path.

    Raises:
        UneditableError: if it stands in brackets, where it has no lines of its own.
    """
    block: object = tree.root
    entry: Entry | None = None
    for step in path:
        if not isinstance(block, Block):
            raise UneditableError(tree.source, path, "stands in brackets, where it cannot be edited")
        entry = next(one for number, one in enumerate(block.entries) if step in {number, key_of(tree, one)})
        block = entry.value
    assert entry is not None  # noqa: S101 - paths of items are not empty
    return entry


def key_of(tree: Tree, entry: Entry) -> str | None:
    """The key of an entry of a mapping."""
    return tree.text[slice(*entry.key)].strip("\"'") if entry.key else None


def block_at(tree: Tree, path: Path) -> Block:
    """The mapping or list at a path.

    Raises:
        UneditableError: if it is neither, or stands in brackets.
    """
    block = tree.root if not path else entry_at(tree, path).value
    if not isinstance(block, Block):
        raise UneditableError(tree.source, path, "is written in brackets, where it cannot be edited")
    return block


def removals(tree: Tree, path: Path, steps: Collection[str | int]) -> list[Change]:
    """Take entries out of the mapping or list at a path, with their comments.

    Where the first one shares its line with a dash, the first that stays moves up to that line.

    Raises:
        UneditableError: if nothing would be left there.
    """
    entries = block_at(tree, path).entries
    is_gone = [_is_one_of(tree, number, entry, steps) for number, entry in enumerate(entries)]
    if all(is_gone):
        raise UneditableError(tree.source, path, "would be empty: nothing else stands there", "")
    first = is_gone.index(False)
    shares_line = tree.text[entries[0].start - 1 : entries[0].start] not in {"", "\n"}
    moves_up = first > 0 and shares_line
    changes = [_moved_up(tree, entries[0], entries[first])] if moves_up else []
    rest = first if moves_up else 0
    gone = [entry for entry, goes in zip(entries[rest:], is_gone[rest:], strict=True) if goes]
    return changes + [Change(entry.start, entry.end, "") for entry in gone]


def _is_one_of(tree: Tree, number: int, entry: Entry, steps: Collection[str | int]) -> bool:
    return number in steps or key_of(tree, entry) in steps


def _moved_up(tree: Tree, first: Entry, staying: Entry) -> Change:
    """Put an entry in the place of the first one beside its dash, and the comments above it above the dash."""
    start = tree.text.rfind("\n", 0, first.at) + 1
    dash = tree.text[start : first.at]
    indent = dash[: len(dash) - len(dash.lstrip())]
    above = "".join(f"{indent}{line}\n" for line in staying.above if line)
    return Change(start, staying.at, above + dash)


def renamed(tree: Tree, path: Path, key: str) -> Change:
    """Give the key at a path another name."""
    entry = entry_at(tree, path)
    assert entry.key is not None  # noqa: S101 - only entries of mappings have names
    return Change(*entry.key, key)


def added(
    tree: Tree, path: Path, lines: Sequence[str], order: Sequence[str], gone: Collection[str | int] = ()
) -> Change:
    """Put a new entry, given as lines without indentation, into the mapping at a path where its key usually stands.

    It never comes first there, whatever other keys are taken out.
    """
    block = block_at(tree, path)
    first = next(number for number, entry in enumerate(block.entries) if key_of(tree, entry) not in gone)
    key = next(line for line in lines if line and not line.startswith("#")).partition(":")[0]
    later = set(order[order.index(key) + 1 :]) if key in order else set()
    following = next((entry for entry in block.entries[first + 1 :] if key_of(tree, entry) in later), None)
    place = following.start if following else block.entries[-1].end
    return _inserted(tree, lines, block.column, place)


def appended(tree: Tree, path: Path, lines: Sequence[str]) -> Change:
    """Put new items, given as lines without indentation, after the last one of the list at a path."""
    block = block_at(tree, path)
    place = block.entries[-1].end
    return _inserted(tree, lines, block.column, place)


def lines_at(tree: Tree, path: Path, without: Sequence[str] = (), more: Sequence[str] = ()) -> list[str]:
    """The lines of an item in normal form without indentation, its comments first.

    It is without some of its keys, and has some entries more, such as `when: 2027/28`. Braces over several lines go.

    Raises:
        UneditableError: if it stands in braces that hold more than entries, commas and comments.
    """
    entry = entry_at(tree, path)
    if isinstance(entry.value, Block):
        entry.value.entries[:] = [one for one in entry.value.entries if key_of(tree, one) not in without]
        return [*entry_lines(tree, entry), *(f"  {one}" for one in more)]
    if not (without or more):
        return entry_lines(tree, entry)
    if "\n" in tree.text[entry.value.start : entry.value.end]:
        lines = on_lines(tree.text, entry.value.place, without)
        if lines is not None:
            return _item_lines(entry, lines, more)
    written = without_keys(tree.text, entry.value.place, without)
    if written is None:
        raise UneditableError(tree.source, path, "is written in a way that cannot be edited safely")
    inside = "".join(f"{one}, " for one in more)
    entry.value = replace(entry.value, written=f"{{{inside}{written[1:].lstrip()}")
    return entry_lines(tree, entry)


def _item_lines(entry: Entry, lines: Sequence[str], more: Sequence[str]) -> list[str]:
    """The lines of a list item whose entries got lines of their own; comments before the first one stand above it."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    above = [*entry.above, entry.head.strip(), *entry.between, entry.tail.strip(), *lines[:first]]
    inside = [*lines[first + 1 :], *more, *entry.after]
    return [*filter(None, above), f"- {lines[first]}", *(f"  {line}" if line else "" for line in inside)]


def _inserted(tree: Tree, lines: Sequence[str], column: int, place: int) -> Change:
    text = "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)
    lead = "" if tree.text[place - 1 : place] in {"", "\n"} else "\n"
    return Change(place, place, f"{lead}{text}", column)
