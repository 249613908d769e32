"""Turns prose of a plan, light Markdown, into HTML that is safe to publish: emphasis and links, nothing else."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from pcstrat.text import visible

_PLAIN = re.compile(r"[A-Za-z0-9£% ,.;:'’()/?+=-]*")
"""Text without a character that Markdown or HTML could read anything into."""

_MARKED = re.compile(r"[\\*_\[]")
"""What every piece of Markdown that is read here begins with."""

_TEXTS_KEPT = 8_000
"""How many texts are remembered: a plan shows most of its texts in several places."""

_SAFE_LINK = re.compile(r"https?://|mailto:", re.IGNORECASE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "escape"])


@lru_cache(_TEXTS_KEPT)
def prose(text: str | None) -> Markup:
    """Prose as inline HTML. Absent prose gives empty markup. Raw HTML is shown as it was written."""
    if not text:
        return Markup()
    shown = " ".join(visible(text).split())
    if _PLAIN.fullmatch(shown):
        return Markup(shown)  # noqa: S704 - nothing in it means anything to HTML
    if not _MARKED.search(shown):
        return escape(shown)
    tokens = _parser().parseInline(shown)[0].children or []
    return Markup().join(_rendered(tokens))


def is_safe_link(address: str) -> bool:
    """Whether an address may be made a link: it leads to the web or to somebody's mail, and does nothing."""
    return _SAFE_LINK.match(address) is not None and visible(address) == address


def link(address: str, words: str, label: str = "") -> Markup:
    """A link with its words; `label` is a longer name of it, for those who hear it alone."""
    named = f' aria-label="{escape(label)}"' if label else ""
    return Markup(f'<a href="{escape(address)}"{named}>{escape(words)}</a>')  # noqa: S704 - each part is escaped


class LinkNames:
    """The names of the links on one page, so that each name leads to one place: a number follows one that is taken."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def of(self, name: str, address: str) -> str:
        """The name for a link to an address."""
        free, number = name, 1
        while self._places.setdefault(free.casefold(), address) != address:
            number += 1
            free = f"{name} ({number})"
        return free


@lru_cache(_TEXTS_KEPT)
def plain(text: str | None) -> str:
    """Prose as text without emphasis and links, for places where HTML cannot stand."""
    return prose(text).striptags()


def _rendered(tokens: list[Token]) -> list[Markup]:
    parts: list[Markup] = []
    closing: list[str] = []
    inside_link = False
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
            inside_link = is_safe_link(address)
            closing.append("</a>" if inside_link else "")
            parts.append(Markup('<a href="{}">').format(address) if inside_link else Markup())
        elif token.type == "link_close":
            parts.append(Markup(closing.pop()))  # noqa: S704 - one of two constants
            inside_link = False
        elif token.type in {"strong_open", "em_open", "strong_close", "em_close"}:
            # A tagged PDF may not have structure inside a link (PDF/UA-1, 7.18.5).
            parts.append(Markup() if inside_link else Markup(f"<{'/' * (token.nesting < 0)}{token.tag}>"))  # noqa: S704
        else:
            parts.append(escape(token.content))
    return parts
