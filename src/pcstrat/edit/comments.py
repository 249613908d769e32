"""Turns the trees of a text before and after an edit into the comments that only the first has, with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pcstrat.diagnostics import Path
from pcstrat.edit.brackets import comments_in
from pcstrat.edit.decisions import path_in
from pcstrat.edit.structure import key_of
from pcstrat.edit.tree import Block, Entry, Tree


def lost_comments(before: Tree, after: Tree) -> dict[Path, list[str]]:
    """The comments that are gone, by the path of what they stood at in the old text.

    Of several with the same words, those count as gone whose place is gone, fields before whole items.
    """
    stood = list(_comments(before))
    left = Counter(text for _, text in stood) - Counter(text for _, text in _comments(after))
    old, new = before.source.data, after.source.data

    def likeliest_first(comment: tuple[Path, str]) -> tuple[bool, int]:
        path = comment[0]
        return len(path_in(new, old, path)) == len(path), -len(path)

    lost: dict[Path, list[str]] = {}
    for path, text in sorted(stood, key=likeliest_first):
        if left[text]:
            left[text] -= 1
            lost.setdefault(path, []).append(text)
    return lost


def _comments(tree: Tree) -> Iterator[tuple[Path, str]]:
    """Every comment with the path of the entry it stands at; those in brackets stand at the whole value."""
    yield from _each((), tree.head)
    if isinstance(tree.root, Block):
        yield from _comments_in(tree, tree.root)
    else:
        yield from _each((), comments_in(tree.text, tree.root.place))


def _comments_in(tree: Tree, block: Block) -> Iterator[tuple[Path, str]]:
    for number, entry in enumerate(block.entries):
        step = key_of(tree, entry)
        path = (*block.path, number if step is None else step)
        yield from _each(path, _around(entry))
        if isinstance(entry.value, Block):
            yield from _comments_in(tree, entry.value)
        else:
            yield from _each(path, comments_in(tree.text, entry.value.place))
    yield from _each(block.path, block.below)


def _around(entry: Entry) -> Iterator[str]:
    yield from (*entry.above, entry.head.strip(), *entry.between, entry.tail.strip(), *entry.after)


def _each(path: Path, lines: Iterable[str]) -> Iterator[tuple[Path, str]]:
    yield from ((path, line) for line in lines if line.startswith("#"))
