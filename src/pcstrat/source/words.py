"""Finds words of a text in the file where the text stands on several lines: folded, literal, or simply wrapped."""

from __future__ import annotations

import re
from itertools import islice

from pcstrat.patterns import Pattern

_BLOCK, _QUOTES = "|>", "\"'"
_ESCAPED = {"'": Pattern("''"), '"': Pattern(r'\\["\\/\s]')}
_PART = Pattern(r"\w+|\s+|[*\[\]\\]+|.")
_ADDRESS = Pattern(r"(?<=\])\([^()]*(?:\([^()]*\)[^()]*)*\)|\bhttps?://[^\s)]*")
_HIDDEN = "\0"
"""Stands for each letter of an address, in which no words are found. No file can have it."""
_MARKS = rf"[*_\[\]\\{_HIDDEN}]*"
"""What may stand between words that readers see side by side: emphasis, links and escapes."""


def place_of_words(written: str, value: str, words: str, before: str = "") -> tuple[int, int] | None:
    """Where words of a value stand in what is written for it, as offsets of their start and end.

    Of several uses it is the first after as many as there are in `before`, the text before it, with or without mark-up.
    `None` where all stands on one line, which is short enough to be pointed at whole; where the words are not in the
    value; and where what is written is not the value letter by letter, as with an escape that stands for a letter.
    """
    if "\n" not in written:
        return None
    uses = _uses(words)
    earlier = sum(1 for _ in uses.finditer(_without_addresses(before)))
    found = next(islice(uses.finditer(_without_addresses(value)), earlier, None), None)
    places = _places_of_letters(written)
    if found is None or [written[place] for place in places] != _letters(value):
        return None
    first = len(_letters(value[: found.start()]))
    number = len(_letters(value[found.start() : found.end()]))
    return places[first], places[first + number - 1] + 1


def _places_of_letters(written: str) -> list[int]:
    """Where the letters of a value stand, without the marks around it and those before an escaped letter."""
    begin, end = _begin(written), len(written) - (written[0] in _QUOTES)
    escaped = _ESCAPED.get(written[0])
    dropped = {begin + match.start() for match in escaped.finditer(written[begin:end])} if escaped else set()
    return [place for place in range(begin, end) if not written[place].isspace() and place not in dropped]


def _begin(written: str) -> int:
    """Where the text begins: after the line with the sign of a block, or after the quotation mark."""
    if written[0] in _BLOCK:
        return written.index("\n")
    return 1 if written[0] in _QUOTES else 0


def _without_addresses(text: str) -> str:
    """A text in which nothing can be found in the addresses of links, and everything else stands where it stood."""
    return _ADDRESS.sub(lambda match: _HIDDEN * len(match[0]), text) if "](" in text or "://" in text else text


def _uses(words: str) -> re.Pattern[str]:
    """A pattern of words as words of their own, however they are spaced, broken, emphasised and linked."""
    before, after = (
        (r"(?<![^\W_])(?<![^\W_]_)" if words[:1].isalnum() else ""),
        (r"(?![^\W_])(?!_[^\W_])" if words[-1:].isalnum() else ""),
    )
    parts = (r"\s+" if part.isspace() else re.escape(part) for part in _PART.findall(words.strip()))
    return re.compile(before + _MARKS.join(parts) + after)


def _letters(text: str) -> list[str]:
    return [letter for letter in text if not letter.isspace()]
