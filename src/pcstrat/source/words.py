"""Finds words of a text in the file where the text stands on several lines: folded, literal, or simply wrapped."""

from __future__ import annotations

import re

from pcstrat.patterns import Pattern

_BLOCK, _QUOTES = "|>", "\"'"
_PART = Pattern(r"\w+|\s+|.")


def place_of_words(written: str, value: str, words: str) -> tuple[int, int] | None:
    """Where the first use of words of a value stands in what is written for it, as offsets of its start and end.

    `None` where all stands on one line, which is short enough to be pointed at whole; where the words are not in the
    value; and where what is written is not the value letter by letter, as with escapes.
    """
    if "\n" not in written:
        return None
    found = _uses(words).search(value)
    begin = _begin(written)
    letters = [place for place, letter in enumerate(written) if place >= begin and not letter.isspace()]
    if written[0] in _QUOTES:
        del letters[-1:]
    if found is None or [written[place] for place in letters] != _letters(value):
        return None
    first, number = len(_letters(value[: found.start()])), len(_letters(found[0]))
    return letters[first], letters[first + number - 1] + 1


def _begin(written: str) -> int:
    """Where the text begins: after the line with the sign of a block, or after the quotation mark."""
    if written[0] in _BLOCK:
        return written.index("\n")
    return 1 if written[0] in _QUOTES else 0


def _uses(words: str) -> re.Pattern[str]:
    """A pattern of words as words of their own, however they are spaced, broken and emphasised."""
    before, after = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    parts = (r"\s+" if part.isspace() else re.escape(part) for part in _PART.findall(words.strip()))
    return re.compile(before + r"\**".join(parts) + after)


def _letters(text: str) -> list[str]:
    return [letter for letter in text if not letter.isspace()]
