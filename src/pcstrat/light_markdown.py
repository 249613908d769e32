"""Turns prose of a plan, light Markdown, into its pieces: words, emphasis and links; and into its words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pcstrat.patterns import Pattern
from pcstrat.text import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MAY_BE_MARKED = Pattern(r"\*\S.*\*|(?<![A-Za-z0-9])_\S.*_|\]\(|\\[!-/:-@\[-`{-~]")
"""What a text with emphasis, a link or an escape has, and few others: to load and ask the parser takes long."""

_HOST = Pattern(r"([a-z][a-z0-9+.-]*://[^/?#]*)(?=([/?#])?)", re.IGNORECASE)
_SAFE_LINK = Pattern(r"https?://|mailto:", re.IGNORECASE)
_WRITTEN_OUT = r"\[U+{:04X}\]"
"""How a character that cannot be shown is written out, so that with brackets behind it it is no link."""

_KEPT = 4_096
"""Texts whose words are remembered: those of some plans, since several rules read the same text."""


class Piece(NamedTuple):
    """Words of a text, or the begin or end of emphasis or a link around some.

    Attributes:
        words: The words; empty at a begin and an end.
        tag: `em`, `strong` or `a` at a begin and an end, as in HTML; empty for words.
        ends: Whether it is an end.
        address: Where a link leads, at its begin. It may be any address: nothing is said of its safety.
    """

    words: str = ""
    tag: str = ""
    ends: bool = False
    address: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text on one line, by the rules of CommonMark for emphasis, links and escapes, the only ones."""
    line = " ".join(text.split())
    if not _is_marked(line):
        yield Piece(line)
        return
    for token in _parser().parseInline(line)[0].children or ():
        tag = token.tag if token.nesting else ""
        yield Piece(token.content, tag, token.nesting < 0, str(token.attrGet("href") or ""))


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """The words of a text on one line: without emphasis, with the words of its links."""
    line = " ".join(text.split())
    return "".join(piece.words for piece in pieces(line)) if _is_marked(line) else line


def plain_words(text: str) -> str:
    """The words of a text on one line, safe to show."""
    return visible(plain(text))


def showable(text: str) -> str:
    """The text with each character that cannot be shown written out; what it means as Markdown stays the same."""
    return visible(text, _WRITTEN_OUT)


def is_safe_link(address: str) -> bool:
    """Whether an address may be made a link: it leads to the web or to somebody's mail, and does nothing."""
    return _SAFE_LINK.match(address) is not None and visible(address) == address


def links_in(text: str) -> Iterator[tuple[str, str]]:
    """The words and the address of each link that pages make of a text."""
    words: list[str] = []
    address = ""
    for piece in pieces(showable(text)) if "](" in text else ():
        if piece.tag != "a":
            words.append(piece.words)
        elif not piece.ends:
            words, address = [], piece.address
        elif is_safe_link(address):
            yield "".join(words), address


def one_spelling(address: str) -> str:
    """A web address as it is compared: two that differ here lead apart (RFC 3986, 6.2.2.1 and 6.2.3)."""
    host = _HOST.match(address)
    if host is None:
        return address
    return host[1].lower() + ("" if host[2] == "/" else "/") + address[host.end() :]


def has_marks(text: str) -> bool:
    """Whether a text has any sign of emphasis, links or escapes: without one, all of it is words."""
    return "*" in text or "_" in text or "[" in text or "\\" in text


def _is_marked(line: str) -> bool:
    return has_marks(line) and _MAY_BE_MARKED.search(line) is not None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - most texts need no parser

    return MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "escape"])
