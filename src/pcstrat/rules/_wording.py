"""Turns text of a plan into the plain words that rules compare: without emphasis, and links as their words."""

from __future__ import annotations

from pcstrat.patterns import Pattern

_EMPHASIS = Pattern(r"\*+|\[([^\]]*)\]\([^)]*\)")


def plain(text: str) -> str:
    """A text without emphasis and with the words of its links."""
    words = " ".join(text.split())
    if "*" not in words and "[" not in words:
        return words
    return _EMPHASIS.sub(lambda match: match[1] or "", words)
