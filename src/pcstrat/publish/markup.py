"""Turns HTML into a stream of tags and texts, fast: enough to check a page, not to display one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<![^>]*>|</?[a-zA-Z][^\s/>]*+[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+>",
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)(.*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?")
_RAW_TEXT = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("style", "script")}
"""Elements whose content is no markup."""

_TAGS_KEPT = 2_000


class Tag(NamedTuple):
    """A start or end tag and its attributes. `closed` marks `<rect/>`."""

    name: str
    start: bool
    attributes: Mapping[str, str]
    closed: bool = False


class Raw(NamedTuple):
    """The content of a style or script."""

    text: str


Piece: TypeAlias = Tag | Raw | str
"""A tag, what is no markup, or text between tags with character references resolved."""


def pieces(markup: str) -> Iterator[Piece]:
    """Every tag and every text of a page, in order; comments and the document type are left out."""
    position = 0
    raw: Tag | None = None
    while position < len(markup):
        if raw is not None:
            end = _RAW_TEXT[raw.name].search(markup, position)
            start, position = position, end.start() if end else len(markup)
            yield Raw(markup[start:position])
            raw = None
        for match in _MARKUP.finditer(markup, position):
            start, end_of_tag = match.span()
            if start > position:
                yield _unescaped(markup[position:start])
            position = end_of_tag
            tag = _tag(match[0])
            if tag is None:
                continue
            yield tag
            if tag.start and tag.name in _RAW_TEXT:
                raw = tag
                break
        else:
            if position < len(markup):
                yield _unescaped(markup[position:])
            return


@lru_cache(_TAGS_KEPT)
def _tag(written: str) -> Tag | None:
    """A tag as it is written, most of them many times in a page; None for a comment or the document type."""
    match = _TAG.fullmatch(written)
    if match is None:
        return None
    end, name, rest = match.groups()
    attributes: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(rest) if rest else ():
        attributes.setdefault(key.lower(), _unescaped(double or single or bare))
    return Tag(name.lower(), not end, attributes, rest.endswith("/"))


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text
