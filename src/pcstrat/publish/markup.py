"""Turns HTML into a stream of tags and texts, fast: enough to check a page, not to display one."""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator
from typing import NamedTuple

_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<!(?P<declaration>[^>]*)>|<(?P<end>/)?(?P<name>[a-zA-Z][^\s/>]*)"
    r"(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_RAW_TEXT = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("style", "script")}
"""Elements whose content is no markup."""


class Tag(NamedTuple):
    """A start or end tag, its attributes, and where it stands in the text. `closed` marks `<rect/>`."""

    name: str
    start: bool
    attributes: dict[str, str]
    offset: int
    closed: bool = False


class Text(NamedTuple):
    """Text between tags, with character references resolved. `raw` marks the content of styles and scripts."""

    text: str
    offset: int
    raw: bool = False


def pieces(markup: str) -> Iterator[Tag | Text]:
    """Every tag and every text of a page, in order; comments and the document type are left out."""
    position = 0
    while match := _PIECE.search(markup, position):
        if match.start() > position:
            yield Text(_unescaped(markup[position : match.start()]), position)
        position = match.end()
        name = match["name"]
        if name is None:
            continue
        tag = _tag(match, name.lower())
        yield tag
        if tag.start and tag.name in _RAW_TEXT:
            position = yield from _raw_text(markup, position, tag.name)
    if position < len(markup):
        yield Text(_unescaped(markup[position:]), position)


def _raw_text(markup: str, position: int, name: str) -> Generator[Text, None, int]:
    end = _RAW_TEXT[name].search(markup, position)
    stop = end.start() if end else len(markup)
    yield Text(markup[position:stop], position, raw=True)
    return stop


def _tag(match: re.Match[str], name: str) -> Tag:
    written = match["attributes"]
    if not written:
        return Tag(name, match["end"] is None, {}, match.start())
    attributes: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(written):
        attributes.setdefault(key.lower(), _unescaped(double or single or bare))
    return Tag(name, match["end"] is None, attributes, match.start(), written.endswith("/"))


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text
