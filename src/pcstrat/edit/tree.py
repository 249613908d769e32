"""Turns a source into a tree of stretches of its text: every item with the comments and blank lines that belong to it.

Each character of the file is accounted for: it is part of a key or a value, a comment, white space, or a sign that
YAML needs. A comment on a line of its own belongs to the item below it, unless its indentation says that it ends the
items above; a comment at the end of a line belongs to the item on that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pcstrat.diagnostics import Path
from pcstrat.edit.brackets import comments_in
from pcstrat.edit.values import NOTHING, Stretch, Value, value_at
from pcstrat.errors import NotDoneError
from pcstrat.source import Place, Source

_TOKEN = re.compile(
    r"(?P<space>[ \t]+)|(?P<newline>\n)|(?P<comment>#[^\n]*)|(?P<mark>^(?:---|\.\.\.)(?=\s|\Z))|(?P<sign>.)",
    re.MULTILINE,
)
_MODELINE = re.compile(r"#\s*yaml-language-server\s*:")
_LANDMARK = re.compile(rf"$|---|{_MODELINE.pattern}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line between items: its comment, nothing where it is blank; the column of that, counted from 0; its offsets."""

    text: str = ""
    column: int = 0
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Entry:
    """An entry of a mapping, with its key, or an item of a list; `at` is where its key or its dash starts.

    Lines of comments are held without indentation, blank ones as an empty text, never two of them in a row. `above`
    and `after` stand on lines of their own before and after it, `between` after its key and before its value. `head`
    and `tail` end the line of the key and of the value, with the space before them.

    All of it lies between the offsets `start`, where a line starts unless a dash stands on it too, and `end`.
    """

    at: int
    start: int
    key: Stretch | None
    value: Value | Block = NOTHING
    end: int = 0
    on_next_line: bool = False
    above: list[str] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    head: str = ""
    tail: str = ""


@dataclass(slots=True)
class Block:
    """The entries of a mapping, or the items of a list, each on lines of its own.

    `column` is where they begin, counted from 0; `below` are the comments after the last of them.
    """

    path: Path
    column: int
    entries: list[Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """A whole file: the lines before its first item, its root, and every comment, those in brackets included.

    A root in brackets is a single value.
    """

    source: Source
    head: list[str]
    root: Block | Value
    comments: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.source.text


def tree_of(source: Source) -> Tree:
    """The tree of a source that has no errors.

    Raises:
        NotDoneError: if the file has a form of YAML that cannot be edited without risk.
    """
    return _Reader(source).tree()


@dataclass(slots=True)
class _Gap:
    """What stands between two things: a comment on the line of the first, then whole lines, and the signs of YAML."""

    beside: str = ""
    lines: list[Line] = field(default_factory=list)
    signs: str = ""
    newlines: int = 0


class _Reader:
    """Reads one text from start to end; `_at` is how far everything is accounted for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._at = 0
        self._comments: list[str] = []

    def tree(self) -> Tree:
        """Read the whole file."""
        place = self._source.places
        if not _is_block(place, self._text):
            root = value_at(self._text, place, -1)
            return Tree(self._source, [], root, list(comments_in(self._text, place)))
        gap = self._gap(place[0])
        if gap.signs.strip("-"):
            self._refuse(place[0])
        lines = gap.lines
        landmarks = [number for number, line in enumerate(lines, 1) if _LANDMARK.match(line.text)]
        cut = landmarks[-1] if landmarks else 0
        block = self._block(place, (), lines[cut:])
        self._share(block, self._gap(len(self._text)), more=False)
        return Tree(self._source, _single(lines[:cut]), block, self._comments)

    def _block(self, place: Place, path: Path, above: list[Line]) -> Block:
        """Read a mapping or a list, up to the end of its last value; `above` stands before its first entry."""
        children = place[4]
        keyed = isinstance(children, dict)
        block = Block(path, self._column(place[0]))
        for step, inside in _steps(children):
            at = inside[2] if keyed else self._next_sign()
            if not block.entries and at != place[0]:
                self._refuse(place[0])
            if block.entries:
                above = self._share(block, self._gap(at), more=True)
            entry = self._entry(inside, (*path, step), at, keyed=keyed)
            entry.above[:0] = _single(above)
            starts = [line.start for line in above if line.text]
            entry.start = starts[0] if starts else max(at - self._column(at), entry.start)
            block.entries.append(entry)
        return block

    def _entry(self, place: Place, path: Path, at: int, *, keyed: bool) -> Entry:
        on_dash_line = not self._text[at - self._column(at) : at].isspace()
        entry = Entry(at, at if on_dash_line else 0, (place[2], place[3]) if keyed else None)
        self._at = place[3] if keyed else at
        gap = self._gap(place[0])
        if gap.signs != (":" if keyed else "-"):
            self._refuse(at)
        if _is_block(place, self._text):
            entry.value = self._block(place, path, gap.lines)
            if keyed:
                entry.head = gap.beside
            elif gap.beside:
                entry.above.append(gap.beside.strip())
            return entry
        entry.value = value_at(self._text, place, self._column(at))
        self._at = entry.value.end
        self._comments += comments_in(self._text, place)
        entry.on_next_line, entry.between, entry.head = gap.newlines > 0, _single(gap.lines), gap.beside
        return entry

    def _share(self, block: Block, gap: _Gap, *, more: bool) -> list[Line]:
        """Give what stands after the last entry of a block to whom it belongs; return what belongs to the next one."""
        if gap.signs:
            self._refuse(self._at)
        open_blocks = list(_open_blocks(block))
        leaf = open_blocks[-1].entries[-1]
        assert isinstance(leaf.value, Value)  # noqa: S101 - the innermost block ends with no block
        leaf.tail = gap.beside
        for inner in open_blocks:
            inner.entries[-1].end = self._line_end(leaf.value.end)
        takers = [inner.below for inner in open_blocks]
        columns: list[int] = []
        for inner in open_blocks:  # a list may stand in the column of its key, where comments are those of the next key
            columns.append(max(inner.column, columns[-1] + 1) if columns else inner.column)
        if not leaf.value.is_block:
            takers.append(leaf.after)
            columns.append(columns[-1] + 1)
        level = len(takers) - 1
        blank: list[Line] = []
        for number, line in enumerate(gap.lines):
            if not line.text:
                blank = [line]
                continue
            while level and columns[level] > line.column:
                level -= 1
            if level == 0 and more:
                return [*blank, *gap.lines[number:]]
            takers[level] += [*(entry.text for entry in blank), line.text]
            for inner in open_blocks[:level]:
                inner.entries[-1].end = line.end
            blank = []
        return blank

    def _gap(self, until: int) -> _Gap:
        """Take everything up to an offset."""
        gap = _Gap(newlines=0 if self._at else 1)
        empty, space = self._at == 0, ""
        while self._at < until:
            match = _TOKEN.match(self._text, self._at, until)
            assert match is not None  # noqa: S101 - any character is a sign
            kind, token = match.lastgroup, match.group()
            self._at = match.end()
            if kind == "newline":
                if empty and gap.newlines:
                    gap.lines.append(Line())
                gap.newlines += 1
            elif kind in {"comment", "mark"}:
                self._take(gap, token.rstrip(), space, match.start(), own_line=empty and gap.newlines > 0)
            elif kind == "sign":
                gap.signs += token
            empty = kind == "newline" or (empty and kind == "space")
            space = token if kind == "space" else ""
        return gap

    def _take(self, gap: _Gap, token: str, space: str, start: int, *, own_line: bool) -> None:
        self._comments.append(token)
        column = self._column(start)
        if own_line:
            gap.lines.append(Line(token, column, start - column, self._line_end(start)))
        elif gap.lines and gap.lines[-1].text[:3] in {"---", "..."}:
            gap.lines[-1] = replace(gap.lines[-1], text=f"{gap.lines[-1].text}{space}{token}")
        else:
            gap.beside = f"{space}{token}"

    def _line_end(self, offset: int) -> int:
        """Just after the newline of the line of an offset."""
        return (self._text.find("\n", offset) + 1) or len(self._text)

    def _next_sign(self) -> int:
        at = self._at
        while (match := _TOKEN.match(self._text, at)) and match.lastgroup != "sign":
            at = match.end()
        return at

    def _column(self, offset: int) -> int:
        return offset - self._text.rfind("\n", 0, offset) - 1

    def _refuse(self, offset: int) -> None:
        number = self._text.count("\n", 0, offset) + 1
        message = f"{self._source.file}:{number}: this line is written in a form of YAML that cannot be edited safely."
        raise NotDoneError(message, "Write it as 'key: value', or as '- ' and an item; keys without a question mark.")


def _is_block(place: Place, text: str) -> bool:
    return place[4] is not None and text[place[0]] not in "{["


def _steps(children: object) -> Iterator[tuple[str | int, Place]]:
    if isinstance(children, dict):
        yield from children.items()
    elif isinstance(children, list):
        yield from enumerate(children)


def _open_blocks(block: Block) -> Iterator[Block]:
    """A block and every block in it that ends where it ends, outermost first."""
    inner: Block | Value = block
    while isinstance(inner, Block):
        yield inner
        inner = inner.entries[-1].value


def _single(lines: Iterable[Line]) -> list[str]:
    """The lines without indentation, with single blank ones."""
    found: list[str] = []
    for line in lines:
        if line.text or not found or found[-1]:
            found.append(line.text)
    return found
