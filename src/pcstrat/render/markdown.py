"""Turns prose of a plan, light Markdown, into HTML that is safe to publish: emphasis and links, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from pcstrat import light_markdown
from pcstrat.light_markdown import Piece, is_safe_link, showable

_PLAIN = re.compile(r"[A-Za-z0-9£% ,.;:'’()/?+=-]*")
"""Text without a character that Markdown or HTML could read anything into."""

_ENDS_A_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*(?:</\w+>)*\Z")
_TEXTS_KEPT = 4_096
"""How many texts are remembered: a plan shows most of its texts in several places."""


@lru_cache(_TEXTS_KEPT)
def prose(text: str | None) -> Markup:
    """Prose as inline HTML. Absent prose gives empty markup. Raw HTML is shown as it was written."""
    if not text:
        return Markup()
    shown = " ".join(showable(text).split())
    if _PLAIN.fullmatch(shown):
        return Markup(shown)  # noqa: S704 - nothing in it means anything to HTML
    return Markup().join(_rendered(light_markdown.pieces(shown)))


def in_a_row(statements: Iterable[Markup]) -> Markup:
    """Short statements one after the other: a full stop between two, unless the first ends like a sentence already."""
    line = Markup()
    for statement in filter(None, statements):
        mark = "" if not line or _ENDS_A_SENTENCE.search(line) else "."
        line += Markup(f"{mark} " if line else "") + statement  # noqa: S704 - a mark of ours
    return line


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
    return light_markdown.plain(showable(text or ""))


def _rendered(pieces: Iterable[Piece]) -> list[Markup]:
    parts: list[Markup] = []
    inside_link = False
    for piece in pieces:
        if not piece.tag:
            parts.append(escape(piece.words))
        elif piece.tag != "a":
            # A tagged PDF may not have structure inside a link (PDF/UA-1, 7.18.5).
            parts.append(Markup() if inside_link else Markup(f"<{'/' * piece.ends}{piece.tag}>"))  # noqa: S704 - ours
        elif piece.ends:
            parts.append(Markup("</a>") if inside_link else Markup())
            inside_link = False
        else:
            inside_link = is_safe_link(piece.address)
            parts.append(Markup('<a href="{}">').format(piece.address) if inside_link else Markup())
    return parts
