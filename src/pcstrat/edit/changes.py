"""Turns a text and changes of stretches of it into the changed text, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PLAIN = re.compile(r"(?![-?:](?:\s|$)|[\s,\[\]{}#&*!|>'\"%@`~]|$)(?:(?!: | #|:$|[\n\t,\[\]{}]).)+(?<!\s)")
_NULLS = frozenset({"null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Change:
    """New text for what stands between two offsets; with equal offsets it is put there.

    `column` is where lines that are put in begin. Of those put in one place, the further indented come first, because
    they belong to what stands above.
    """

    start: int
    end: int
    text: str
    column: int = 0


class OverlapError(Exception):
    """Two changes of one text touch the same characters."""


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with all changes made; offsets are those of the text as it was.

    Texts that are put in one place come innermost first, and else in the order given.

    Raises:
        OverlapError: if two changes overlap.
    """
    parts: list[str] = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end, -change.column)):
        if change.start < at:
            message = f"{change} begins before the one before it ends"
            raise OverlapError(message)
        parts += [text[at : change.start], change.text]
        at = change.end
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
