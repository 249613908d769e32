"""Turns raw text into what events do not tell: where labels and tags stand, and what a comment cut off."""

from __future__ import annotations

from typing import NamedTuple

from pcstrat.patterns import Pattern

Stretch = tuple[int, int]
"""Two offsets: where something starts and where it ends."""

_INDICATOR = Pattern(r"(?:\s|#[^\n]*)*+[-?:]")
_CUT = Pattern(r"[ \t]#+[^\s#][^\n]*")
_TAG = Pattern(r"!\S*")
_LONE_TAG = Pattern(r"(?<!\S)!(?!\S)")
_TAG_BEFORE = Pattern(r"!\S*\s+(?:#[^\n]*\n\s*)*+$")


class Properties(NamedTuple):
    """Where a value with its label and its tag starts, and where these stand."""

    start: int
    label: Stretch | None
    tag: Stretch | None


def find_cuts(text: str) -> dict[int, Stretch]:
    """Find what may be the rest of a text after ' #': by the offset where the text before it ends."""
    found: dict[int, Stretch] = {}
    for match in _CUT.finditer(text) if "#" in text else ():
        line_start = text.rfind("\n", 0, match.start()) + 1
        before = text[line_start : match.start()].rstrip()
        found[line_start + len(before)] = (match.start() + 1, match.end())
    return found


def has_lone_tag(text: str) -> bool:
    """Whether an exclamation mark stands alone, which the parsers drop from scalars without a word."""
    return "!" in text and _LONE_TAG.search(text) is not None


def after_indicator(text: str, offset: int) -> int | None:
    """Return the offset after the next dash, question mark or colon if only space and comments stand before it."""
    match = _INDICATOR.match(text, offset)
    return match.end() if match else None


def find_properties(text: str, start: int, label: str | None, *, tagged: bool) -> Properties:
    """Find the label and the tag, in either order, of a value that starts at an offset."""
    if label is not None:
        line_start = text.rfind("\n", 0, max(0, text.rfind("!", 0, start))) + 1
        tag_before = _TAG_BEFORE.search(text, line_start, start)
        start = tag_before.start() if tag_before else start
    tag = _TAG.match(text, start)
    after_tag = tag.end() if tag else start
    label_at = None
    if label is not None:
        at = max(start, text.find(f"&{label}", after_tag))
        label_at = at, at + 1 + len(label)
    if tag is None and tagged:
        tag = _TAG.search(text, after_tag)
    return Properties(start, label_at, tag.span() if tag else None)
