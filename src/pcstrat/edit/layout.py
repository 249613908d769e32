"""Turns a tree of stretches of text into text in normal form: keys in order, two spaces a level, single blank lines.

Every line of the result is made of stretches of the text it came from. Inside texts nothing changes but the
indentation of their further lines; where text is folded and how it is quoted stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pcstrat.diagnostics import Path
from pcstrat.edit.brackets import in_order
from pcstrat.edit.tree import Block, Entry, Tree
from pcstrat.edit.values import STEP, Value, reindented

KeyOrder = Callable[[Path], Sequence[str]]
"""For the path of a mapping, its possible keys in their usual order; keys that it does not name stay where they are."""


def in_normal_form(tree: Tree, order: KeyOrder) -> str:
    """The text of a file in normal form."""
    if isinstance(tree.root, Value):
        value = _sorted_value(tree.root, tree.text, (), order)
        return f"{tree.text[: value.start]}{value.written}{tree.text[value.end :]}".rstrip() + "\n"
    _sort(tree.root, tree.text, order)
    return _Layout(tree).text(tree.root)


def entry_lines(tree: Tree, entry: Entry) -> list[str]:
    """The lines of one entry in normal form, without indentation, after the comments above it."""
    hoisted, own = _Layout(tree).entry(entry, 0)
    return [*_without_first_blank([*entry.above, *hoisted]), *own]


def sorted_keys(keys: Sequence[str], order: Sequence[str]) -> list[int]:
    """The places of keys in their usual order; a key that has none stays after the one it stands after."""
    usual = {key: rank for rank, key in enumerate(order)}
    ranks: list[int] = []
    for key in keys:
        ranks.append(usual.get(key, ranks[-1] if ranks else -1))
    return sorted(range(len(keys)), key=ranks.__getitem__)


def _sort(block: Block, text: str, order: KeyOrder) -> None:
    """Put the entries of a mapping, and of all mappings in it, in their usual order."""
    keys = [text[slice(*entry.key)].strip("\"'") for entry in block.entries if entry.key]
    if keys:
        block.entries[:] = [block.entries[number] for number in sorted_keys(keys, order(block.path))]
    for number, entry in enumerate(block.entries):
        if isinstance(entry.value, Block):
            _sort(entry.value, text, order)
        elif entry.value.is_in_brackets:
            step = text[slice(*entry.key)].strip("\"'") if entry.key else number
            entry.value = _sorted_value(entry.value, text, (*block.path, step), order)


def _sorted_value(value: Value, text: str, path: Path, order: KeyOrder) -> Value:
    """A value in brackets, with the entries of all mappings in it in their usual order."""
    written = in_order(text, value.place, path, lambda path, keys: sorted_keys(keys, order(path)))
    return replace(value, written=written)


class _Layout:
    """Writes the lines of one tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._text = tree.text

    def text(self, root: Block) -> str:
        lines = _without_first_blank(self._tree.head)
        for before, entry in zip([None, *root.entries], root.entries, strict=False):
            hoisted, own = self.entry(entry, 0)
            above = self._above(entry, before, hoisted)
            apart = before is not None and any(isinstance(one.value, Block) for one in (before, entry))
            if apart and not _keeps(before) and above[:1] != [""]:
                above = ["", *above]
            lines += above + own
        lines += self._below(root)
        return "\n".join([*lines, ""])

    def _block(self, block: Block, indent: int) -> tuple[list[str], list[str]]:
        """The comments above the first entry, without indentation, and all other lines."""
        lines: list[str] = []
        first: list[str] = []
        before: Entry | None = None
        for entry in block.entries:
            hoisted, own = self.entry(entry, indent)
            above = self._above(entry, before, hoisted)
            if before is None:
                first = above
            else:
                lines += _indented(above, indent)
            lines += own
            before = entry
        return first, lines + _indented(self._below(block), indent)

    @staticmethod
    def _above(entry: Entry, before: Entry | None, hoisted: list[str]) -> list[str]:
        """The lines above an entry; none is blank where it would be part of the text before, or begin a block."""
        above = [*entry.above, *hoisted]
        return _without_first_blank(above) if before is None or _keeps(before) else above

    @staticmethod
    def _below(block: Block) -> list[str]:
        return _without_first_blank(block.below) if _keeps(block.entries[-1]) else block.below

    def entry(self, entry: Entry, indent: int) -> tuple[list[str], list[str]]:
        """What stands above the first line inside an item and so above its dash, and the lines of an entry."""
        if entry.key is None:
            return self._item(entry, indent)
        key = f"{' ' * indent}{self._text[slice(*entry.key)]}:"
        if isinstance(entry.value, Value):
            return [], self._leaf(entry, entry.value, key, indent)
        deeper = indent + STEP
        above, lines = self._block(entry.value, deeper)
        return [], [key + entry.head, *_indented(above, deeper), *lines]

    def _item(self, entry: Entry, indent: int) -> tuple[list[str], list[str]]:
        dash = f"{' ' * indent}-"
        if isinstance(entry.value, Value):
            return [], self._leaf(entry, entry.value, dash, indent)
        above, lines = self._block(entry.value, indent + STEP)
        return above, [f"{dash} {lines[0].lstrip(' ')}", *lines[1:]]

    def _leaf(self, entry: Entry, value: Value, start: str, indent: int) -> list[str]:
        """An entry with a text, a value in brackets, or nothing."""
        deeper = indent + STEP
        after = _indented(entry.after, deeper)
        if value.start == value.end:
            return [start + entry.tail, *after]
        lead = " " * deeper if entry.on_next_line else f"{start} "
        text = reindented(self._text, value, indent, len(lead))
        lines = f"{lead}{text}{entry.tail}".split("\n")
        if entry.on_next_line:
            lines = [start + entry.head, *_indented(entry.between, deeper), *lines]
        return lines + after


def _keeps(entry: Entry | None) -> bool:
    """Whether an entry ends with a text that blank lines after it would belong to."""
    while entry is not None and isinstance(entry.value, Block):
        if entry.value.below:
            return False
        entry = entry.value.entries[-1]
    return entry is not None and isinstance(entry.value, Value) and entry.value.keeps


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else "" for line in lines]


def _without_first_blank(lines: list[str]) -> list[str]:
    return lines[1:] if lines[:1] == [""] else lines
