"""Turns a value in brackets into the same value with keys in their usual order, without some of them, or on lines.

Every entry keeps its own characters. Where no comment stands inside, all that lies between the entries stays where it
is, so that the lines keep their shape. A comment goes with its entry, and whatever follows it begins a new line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pcstrat.diagnostics import Path
from pcstrat.edit.values import Value, reindented
from pcstrat.source import Place

Sorter = Callable[[Path, Sequence[str]], Sequence[int]]
"""For the path of a mapping and its keys, the places of the keys in the order wanted."""

_GAP = re.compile(r"(?P<space>[ \t]+)|(?P<newline>\n)|(?P<comment>#[^\n]*)|(?P<comma>,)|(?P<sign>.)")


@dataclass(slots=True)
class _Gap:
    """What lies between two entries: the comment that ends the line, comments on lines of their own, other signs."""

    text: str
    beside: str = ""
    lines: list[str] = field(default_factory=list)
    commas: int = 0
    signs: str = ""


def in_order(text: str, place: Place, path: Path, sort: Sorter) -> str:
    """The text of a value in brackets, with the keys of every mapping in it in the order wanted."""
    children = place[4]
    if not isinstance(children, dict):
        items = enumerate(children) if isinstance(children, list) else ()
        return _replaced(text, place, [(item, in_order(text, item, (*path, step), sort)) for step, item in items])
    values = [(inside, in_order(text, inside, (*path, step), sort)) for step, inside in children.items()]
    order = list(sort(path, list(children)))
    if order == sorted(order) or not _can_move(text, place):
        return _replaced(text, place, values)
    return _arranged(text, place, values, order)


def without_keys(text: str, place: Place, dropped: Collection[str]) -> str | None:
    """The text of a mapping in braces without some of its keys and their comments; nothing where that is not safe."""
    children = place[4]
    if not isinstance(children, dict) or not _can_move(text, place):
        return None
    values = [(inside, text[inside[0] : inside[1]]) for inside in children.values()]
    kept = [number for number, key in enumerate(children) if key not in dropped]
    return text[place[0] : place[1]] if len(kept) == len(values) else _arranged(text, place, values, kept)


def on_lines(text: str, place: Place, dropped: Collection[str] = ()) -> list[str] | None:
    """The lines of a mapping in braces or a list in brackets, each entry and each comment on lines of its own.

    Some keys of a mapping are left out with their comments. There is nothing where that is not safe.
    """
    children = place[4]
    if not children or not _can_move(text, place):
        return None
    keyed = isinstance(children, dict)
    gaps = _gaps(text, place, _entries(children), keyed=keyed)
    lines = [gaps[0].beside] if gaps[0].beside else []
    for step, inside, before, after in zip(_steps(children), _entries(children), gaps, gaps[1:], strict=False):
        entry = _entry_lines(text, inside, keyed=keyed)
        if entry is None:
            return None
        if step not in dropped:
            lines += [*before.lines, *entry[:-1], f"{entry[-1]}  {after.beside}".rstrip()]
    return [*lines, *gaps[-1].lines]


def _entry_lines(text: str, place: Place, *, keyed: bool) -> list[str] | None:
    """The lines of one entry of a mapping or a list, after the comments between its key and its value."""
    gap = _gap(text[place[3] : place[0]]) if keyed else _Gap("")
    if keyed and gap.signs != ":":
        return None
    lead = f"{text[place[2] : place[3]]}: " if keyed else "- "
    value = reindented(text, Value(place, *place[:2]), 0, len(lead))
    comments = [gap.beside, *gap.lines] if gap.beside else gap.lines
    return [*comments, *f"{lead}{value}".split("\n")]


def comments_in(text: str, place: Place) -> Iterator[str]:
    """Every comment in a value in brackets, in no order that matters."""
    children = place[4]
    if not isinstance(children, dict | list):
        return
    keyed = isinstance(children, dict)
    for gap in _gaps(text, place, _entries(children), keyed=keyed):
        yield from (comment for comment in (gap.beside, *gap.lines) if comment)
    for inside in _entries(children):
        inner = _gap(text[inside[3] : inside[0]]) if keyed else _Gap("")
        yield from (comment for comment in (inner.beside, *inner.lines) if comment)
        yield from comments_in(text, inside)


def _entries(children: dict[str, Place] | list[Place]) -> Collection[Place]:
    return children.values() if isinstance(children, dict) else children


def _steps(children: dict[str, Place] | list[Place]) -> Collection[str | int]:
    return list(children) if isinstance(children, dict) else range(len(children))


def _replaced(text: str, place: Place, values: Sequence[tuple[Place, str]]) -> str:
    """The text of a place, with other text for some places in it."""
    parts: list[str] = []
    at = place[0]
    for inside, value in values:
        parts += [text[at : inside[0]], value]
        at = inside[1]
    return "".join([*parts, text[at : place[1]]])


def _gaps(text: str, place: Place, entries: Collection[Place], *, keyed: bool = True) -> list[_Gap]:
    """What lies before the first entry with its bracket, between entries, and after the last one with its bracket."""
    starts = [*((inside[2] if keyed else inside[0]) for inside in entries), place[1]]
    ends = [place[0], *(inside[1] for inside in entries)]
    return [_gap(text[end:start]) for end, start in zip(ends, starts, strict=True)]


def _gap(text: str) -> _Gap:
    gap = _Gap(text)
    newlines = 0
    for match in _GAP.finditer(text):
        kind, token = match.lastgroup, match.group()
        newlines += kind == "newline"
        gap.commas += kind == "comma"
        gap.signs += token if kind == "sign" else ""
        if kind == "comment" and newlines:
            gap.lines.append(token.rstrip())
        elif kind == "comment":
            gap.beside = token.rstrip()
    return gap


def _can_move(text: str, place: Place) -> bool:
    """Whether brackets stand around it, nothing but commas parts the entries, and each has a value."""
    children = place[4]
    if not children:
        return False
    first, *between, last = _gaps(text, place, _entries(children), keyed=isinstance(children, dict))
    return (
        (first.signs, last.signs) == (("{", "}") if isinstance(children, dict) else ("[", "]"))
        and all(gap.commas == 1 and not gap.signs for gap in between)
        and all(inside[0] < inside[1] for inside in _entries(children))
    )


def _arranged(text: str, place: Place, values: Sequence[tuple[Place, str]], order: Sequence[int]) -> str:
    """The entries with these numbers, in this order."""
    gaps = _gaps(text, place, [inside for inside, _ in values])
    entries = [text[inside[2] : inside[0]] + value for inside, value in values]
    if any(gap.beside or gap.lines for gap in gaps):
        return _on_lines(entries, gaps, order, _column(text, values[0][0][2]))
    between = [*(gap.text for gap in gaps[1 : len(order)]), gaps[-1].text]
    return gaps[0].text + "".join(entries[old] + gap for old, gap in zip(order, between, strict=True))


def _on_lines(entries: Sequence[str], gaps: Sequence[_Gap], order: Sequence[int], column: int) -> str:
    """The entries with the comments that are theirs, each on a line of its own."""
    first, *after = gaps
    lines = ["{" + (f"  {first.beside}" if first.beside else "")]
    for slot, old in enumerate(order):
        comma = "," if slot < len(order) - 1 or after[-1].commas else ""
        beside = f"  {after[old].beside}" if after[old].beside else ""
        lines += [*gaps[old].lines, f"{entries[old]}{comma}{beside}"]
    return f"\n{' ' * column}".join([*lines, *after[-1].lines, "}"])


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1
