"""Turns HTML into tags and texts, told one after the other, fast: enough to check a page, not to display one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<![^>]*+(?:>|\Z)"
    r"|</?[a-zA-Z][^\s/>]*+(?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+)?+)*+(?:>|\Z)",
    re.DOTALL,
)
"""A comment, the document type, or a tag, as browsers read them: a quote begins a value only behind its sign,
and what is open at the end of the page is left out, which is also what keeps the search short."""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)(.*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)))?")
_RAW_TEXT = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("style", "script")}
"""Elements whose content is no markup."""

_TAGS_KEPT = 2_000


class Tag(NamedTuple):
    """A start or end tag and its attributes. `closed` marks `<rect/>`."""

    name: str
    start: bool
    attributes: Mapping[str, str]
    closed: bool = False


def read_markup(
    markup: str,
    *,
    text: Callable[[str], None],
    start: Callable[[Tag], None],
    end: Callable[[Tag], None],
    raw: Callable[[str], None],
) -> None:
    """Tell of everything in a page, in order, but of comments and the document type.

    Args:
        markup: The page.
        text: Takes each text between tags, with character references resolved.
        start: Takes each tag that begins an element.
        end: Takes each tag that ends one.
        raw: Takes the content of each style and script.
    """
    position = 0
    while True:
        for match in _MARKUP.finditer(markup, position):
            begins, ends = match.span()
            if begins > position:
                text(_unescaped(markup[position:begins]))
            position = ends
            tag = _tag(match[0])
            if tag is None:
                continue
            if not tag.start:
                end(tag)
                continue
            start(tag)
            if tag.name in _RAW_TEXT:
                closing = _RAW_TEXT[tag.name].search(markup, position)
                position = closing.start() if closing else len(markup)
                raw(markup[ends:position])
                break
        else:
            if position < len(markup):
                text(_unescaped(markup[position:]))
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
