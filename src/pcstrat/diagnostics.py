"""Findings are data: what pcstrat says about one place in one file, and the order in which it says it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value in plan data: mapping keys and list indexes, outermost first."""


class Severity(enum.Enum):
    """How much a finding matters, worst first.

    Attributes:
        rank: 0 for the worst; findings of a higher rank matter less.
    """

    rank: int

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    def __init__(self, _value: str) -> None:
        self.rank = len(type(self).__members__)


class Position(NamedTuple):
    """A place in a text file. Lines and columns count from 1; columns count Unicode characters."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of a text file: `end` is the place just after its last character."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to say about one place of one file.

    `where` is the item's human name ("Objective 2b, milestone 2"), `message` says what is wrong and `remedy` what to
    do about it, each as full sentences. `span` is `None` only when the file has no text to point at. `fixable` says
    whether `pcstrat validate --fix` can mend it.
    """

    code: str
    severity: Severity
    file: str
    message: str
    remedy: str
    span: Span | None = None
    path: Path = ()
    where: str = ""
    notes: tuple[str, ...] = field(default=())
    fixable: bool = False

    @property
    def sort_key(self) -> tuple[str, tuple[int, int], int, str, str]:
        """Findings are reported by file, then place, then severity, then code."""
        start = (self.span.start.line, self.span.start.column) if self.span else (0, 0)
        return self.file, start, self.severity.rank, self.code, self.message


def in_reading_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sort findings as a reader meets them in the files."""
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
