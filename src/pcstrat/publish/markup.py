"""Turns HTML into tags and texts, told one after the other, fast: enough to check a page, not to display one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

_ATTRIBUTES = r"(?:[^<>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s\"'>][^\s>]*+)?+)*+"
_RAW_TEXT = "|".join(
    rf"<(?i:{name})(?=[\s/>]){_ATTRIBUTES}>.*?(?=</(?i:{name})[\s/>]|\Z)" for name in ("style", "script")
)
"""Elements whose content is no markup, up to their end."""

_MARKUP = re.compile(
    rf"({_RAW_TEXT}|<!--(?:-?>|.*?(?:--!?>|\Z))|<![^>]*+(?:>|\Z)|</?[a-zA-Z][^\s/>]*+{_ATTRIBUTES}(?:>|\Z))", re.DOTALL
)
"""A comment, the document type, or a tag, as browsers read them: a quote begins a value only behind its sign,
and what is open at the end of the page is left out, which is also what keeps the search short."""
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>(.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)))?")

_PIECE = 65_536
_TAGS_KEPT = 2_000


class Tag(NamedTuple):
    """A start or end tag and its attributes. `closed` marks `<rect/>`; `raw` is the content of a style or script."""

    name: str
    start: bool
    attributes: Mapping[str, str]
    closed: bool = False
    raw: str = ""


Steps: TypeAlias = Sequence[Callable[[Tag], None]]
"""What is done with a tag."""


class MarkupReader:
    """Tells of everything in a page that comes piece by piece, in order, but of comments and the document type.

    Args:
        text: Takes each text between tags, with character references resolved.
        steps: Says what is to be done with a tag. It is seldom asked of a tag that is written as one before.
    """

    def __init__(self, *, text: Callable[[str], None], steps: Callable[[Tag], Steps]) -> None:
        self._text = text
        self._known = _Known(steps)
        self._rest = ""

    def feed(self, piece: str) -> None:
        """Read on. The last tag so far and what stands around it wait: what comes may belong to them."""
        told = _MARKUP.split(self._rest + piece)
        self._rest = "".join(told[-3:])
        self._tell(told[:-3])

    def close(self) -> None:
        """Read what waits, at the end of the page."""
        *told, last = _MARKUP.split(self._rest)
        self._rest = ""
        self._tell(told)
        if last:
            self._text(_unescaped(last))

    def _tell(self, told: list[str]) -> None:
        """Tell of texts and tags in turn."""
        known, text, both = self._known, self._text, iter(told)
        for words, written in zip(both, both, strict=True):
            if words:
                text(_unescaped(words))
            tag, steps = known[written]
            for step in steps:
                step(tag)


def read_markup(markup: str, *, text: Callable[[str], None], steps: Callable[[Tag], Steps]) -> None:
    """Tell of everything in a page, as `MarkupReader`."""
    reader = MarkupReader(text=text, steps=steps)
    for piece in pieces_of(markup):
        reader.feed(piece)
    reader.close()


def pieces_of(markup: str) -> Iterator[str]:
    """A page in pieces, of which little more than one is taken apart at a time."""
    return (markup[place : place + _PIECE] for place in range(0, len(markup), _PIECE))


_NO_TAG = Tag("", start=False, attributes={})


class _Known(dict[str, tuple[Tag, Steps]]):
    """Tags as they are written, most of them many times in a page, and what is done with each."""

    def __init__(self, steps: Callable[[Tag], Steps]) -> None:
        super().__init__()
        self._steps = steps

    def __missing__(self, written: str) -> tuple[Tag, Steps]:
        if len(self) >= _TAGS_KEPT:
            self.clear()
        tag = _tag(written)
        self[written] = found = (_NO_TAG, ()) if tag is None else (tag, self._steps(tag))
        return found


def _tag(written: str) -> Tag | None:
    """A tag as it is written; None for a comment, the document type, and a tag that does not end."""
    match = _TAG.fullmatch(written)
    if match is None:
        return None
    end, name, rest, raw = match.groups()
    attributes: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(rest) if rest else ():
        attributes.setdefault(key.lower(), _unescaped(double or single or bare))
    return Tag(name.lower(), not end, attributes, rest.endswith("/"), raw)


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text
