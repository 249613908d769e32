"""Turns a text and changes of stretches of it into the changed text, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PLAIN = re.compile(r"(?![-?:](?:\s|$)|[\s,\[\]{}#&*!|>'\"%@`~]|$)(?:(?!: | #|:$|[\n\t,\[\]{}]).)+(?<!\s)")
_NULLS = frozenset({"null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """New text for what stands between two offsets; with equal offsets it is put there."""

    start: int
    end: int
    text: str


class OverlapError(Exception):
    """Two changes of one text touch the same characters."""


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with all changes made; offsets are those of the text as it was.

    Raises:
        OverlapError: if two changes overlap, or two texts are to be put in one place.
    """
    parts: list[str] = []
    at = 0
    last: Change | None = None
    for change in sorted(changes):
        if change.start < at or (last and last.start == change.start):
            message = f"{change} overlaps {last}"
            raise OverlapError(message)
        parts += [text[at : change.start], change.text]
        at, last = change.end, change
    return "".join([*parts, text[at:]])


def rewritten(written: str, value: str) -> str | None:
    """Another value in the way in which one was written; `None` where that cannot be done on one line.

    Quotes stay; text without quotes gets them where it would be read as something else.
    """
    if "\n" in written or "\n" in value or written[:1] in {"|", ">", "!"}:
        return None
    if written[:1] == "'":
        return "'" + value.replace("'", "''") + "'"
    if written[:1] == '"' or not (_PLAIN.fullmatch(value) and value not in _NULLS):
        return None if re.search(r'["\\]', value) else f'"{value}"'
    return value
