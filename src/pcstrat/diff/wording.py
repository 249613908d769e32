"""Turns two wordings into the words that stayed, went and came, for a reader who wants to see what was reworded."""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pcstrat.light_markdown import plain

MOST_WORDS = 1500
"""Longer texts are shown as replaced whole: the comparison would take too long."""

_TOKEN = re.compile(r"\s+|[0-9]+(?:[.,][0-9]+)+\w*|[\w'’]+|[^\w\s]")


class Mark(enum.StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Words that share one fate."""

    mark: Mark
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in reading order; those that were replaced come before those that replaced them.

    Signs of emphasis and addresses of links are left out, unless nothing else has changed.
    """
    if plain(before) != plain(after):
        before, after = plain(before), plain(after)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return Piece(Mark.REMOVED, before), Piece(Mark.ADDED, after)
    pieces: list[Piece] = []
    for tag, first, last, start, end in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Mark.KEPT, "".join(old[first:last])))
            continue
        pieces += [Piece(Mark.REMOVED, "".join(old[first:last]))] if last > first else []
        pieces += [Piece(Mark.ADDED, "".join(new[start:end]))] if end > start else []
    return tuple(_joined(pieces))


def apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with a space between words that went and words that came in their place, for outputs without marks."""
    before = ""
    for piece in pieces:
        if piece.mark is Mark.ADDED and before and not (before.endswith(" ") or piece.text.startswith(" ")):
            yield Piece(Mark.KEPT, " ")
        yield piece
        before = piece.text if piece.mark is Mark.REMOVED else ""


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without a lone space kept between two replaced words: a reader reads the phrase."""
    found: list[Piece] = []
    removed, added = "", ""
    for number, piece in enumerate(pieces):
        between = piece.mark is Mark.KEPT and piece.text.isspace() and 0 < number < len(pieces) - 1
        if piece.mark is Mark.KEPT and not between:
            found += _replaced(removed, added)
            removed, added = "", ""
            found.append(piece)
            continue
        removed += piece.text if piece.mark is not Mark.ADDED else ""
        added += piece.text if piece.mark is not Mark.REMOVED else ""
    return [*found, *_replaced(removed, added)]


def _replaced(removed: str, added: str) -> list[Piece]:
    return [
        *([Piece(Mark.REMOVED, removed)] if removed.strip() or (removed and not added) else []),
        *([Piece(Mark.ADDED, added)] if added.strip() or (added and not removed) else []),
    ]
