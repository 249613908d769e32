"""Turns text from plans into single lines that are safe on a terminal and in a log, and a place into its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pcstrat.diagnostics import Severity, Span
from pcstrat.patterns import Pattern
from pcstrat.text import visible

WIDEST_LINE = 100
BOLD, FAINT, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.ADVICE: "\x1b[1;36m"}
_BEFORE_SPAN = 30
_SPACE = Pattern(r"[ \t\n]+")
_COMMAND = Pattern(r"^(\s*:)(?=:)|(#)(?=#(?:\[|vso\[))", re.IGNORECASE)
"""What continuous integration takes for a command to itself: two colons that begin a line, or `##[` anywhere."""


def one_line(text: str) -> str:
    """Text as one line that does nothing: it moves no cursor, reorders nothing and commands nobody."""
    return _powerless(visible(_SPACE.sub(" ", text).strip()))


def painted(text: str, style: str, *, colour: bool) -> str:
    """Text in a style, if there are colours."""
    return f"{style}{text}{RESET}" if colour else text


def excerpt(span: Span, line: str, severity: Severity, *, colour: bool) -> Iterator[str]:
    """The line that a span starts in, cut around the place, with carets under it."""
    first = span.start.column - 1
    last = span.end.column - 1 if span.end.line == span.start.line else len(line)
    skipped = max(0, first - _BEFORE_SPAN) if len(line) > WIDEST_LINE else 0
    shown = line[skipped : skipped + WIDEST_LINE]
    before = ("..." if skipped else "") + _shown(line[skipped:first])
    marked = _shown(line[first : min(last, skipped + WIDEST_LINE)])
    rest = _shown(shown[max(first, last) - skipped :]) if last < skipped + len(shown) else ""
    after = "..." if skipped + WIDEST_LINE < len(line) else ""
    carets = "^" * max(1, _width(marked))
    yield _powerless(f"{span.start.line:>5} | {before}{marked}{rest}{after}")
    yield f"{'':>5} | {' ' * _width(before)}{painted(carets, COLOURS[severity], colour=colour)}"


def _powerless(text: str) -> str:
    return _COMMAND.sub(lambda match: f"{match[0]} ", text)


def _shown(text: str) -> str:
    return visible(text.replace("\t", " ").replace("\n", " "))


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
