"""Turns characters in a plan that nobody can see, or that reorder what is read, into findings: one for each text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.load.at_path import finding_at
from pcstrat.load.leaves import Leaves
from pcstrat.source import Source
from pcstrat.text import counted, has_unsafe_characters, listed

_MOST_NAMED = 3


def character_findings(source: Source, leaves: Leaves) -> Iterator[Finding]:
    """Every text of a plan with such a character, whether it is written as it is or as an escape."""
    if "\\" not in source.text and not has_unsafe_characters(source.text):
        return
    for path, text in leaves.texts():
        if has_unsafe_characters(text):
            yield _finding(source, path, text)


def _finding(source: Source, path: Path, text: str) -> Finding:
    unsafe = [character for character in dict.fromkeys(text) if has_unsafe_characters(character)]
    names = [_name(character) for character in unsafe[:_MOST_NAMED]]
    if len(unsafe) > _MOST_NAMED:
        names.append(counted(len(unsafe) - _MOST_NAMED, "other"))
    message = f"This text has characters that cannot be seen, or that change its order: {listed(names)}."
    remedy = "Delete them. Documents show each as its number, such as [U+202E]."
    return finding_at(source, path, "V11", message, remedy, severity=Severity.WARNING)


def _name(character: str) -> str:
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} ({name})"
