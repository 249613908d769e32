"""What can be wrong with a file before its content is looked at, and where: problems become findings with positions."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from pcstrat.diagnostics import Finding, Path, Position, Severity, Span, in_reading_order

CODES: dict[str, str] = {
    "Y01": "The file cannot be read as text",
    "Y02": "The file is not valid YAML",
    "Y03": "A key is written twice",
    "Y04": "An alias, an anchor or a merge key",
    "Y05": "More than one document in a file",
    "Y06": "The file is too deep or too large",
    "Y07": "A tag",
    "Y08": "A key that is not text",
    "Y09": "An accident of notation",
    "Y10": "The file is empty or not a mapping",
}
"""Every code that reading a file can give, with its title."""

QUOTE_IT = "Put the text in quotes, or write it as a block starting with >-."
"""What to do about most accidents of notation."""

MAX_PROBLEMS = 500
"""A file with more problems than this is not read any further."""

MAX_QUOTED = 40


class TooManyProblemsError(Exception):
    """Raised inside the package when reading on would only lengthen an already useless list."""


class Problem(NamedTuple):
    """One thing wrong with the text between two offsets."""

    code: str
    start: int
    end: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    path: Path = ()


class Problems(list[Problem]):
    """The problems of one file, in the order in which they were met."""

    def report(self, problem: Problem) -> None:
        """Note one more problem, or give up when there are too many."""
        if len(self) >= MAX_PROBLEMS:
            raise TooManyProblemsError
        self.append(problem)


class Lines:
    """Turns offsets into a text into lines and columns that count from 1."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))

    def position(self, offset: int) -> Position:
        """Return the place of an offset; offsets past the end mean the end."""
        offset = min(offset, len(self._text))
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of a place."""
        return self._starts[position.line - 1] + position.column - 1

    def span(self, start: int, end: int) -> Span:
        """Return the stretch between two offsets."""
        return Span(self.position(start), self.position(max(start, end)))

    def line(self, number: int) -> str:
        """Return the text of a line without its newline, or nothing outside the text."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._text.find("\n", start)
        return self._text[start:] if end < 0 else self._text[start:end]

    def start_of(self, offset: int) -> int:
        """Return the offset at which the line of an offset starts."""
        return self._starts[self.position(offset).line - 1]


def to_findings(problems: Problems, file: str, lines: Lines) -> tuple[Finding, ...]:
    """Turn the problems of a file into findings in reading order."""
    return in_reading_order(
        [
            Finding(
                code=problem.code,
                severity=problem.severity,
                file=file,
                message=problem.message,
                remedy=problem.remedy,
                span=lines.span(problem.start, problem.end),
                path=problem.path,
            )
            for problem in problems
        ],
    )


def quoted(text: str) -> str:
    """Quote a piece of the file in a message: one line, not too long."""
    short = " ".join(text.split())
    if len(short) > MAX_QUOTED:
        short = short[: MAX_QUOTED - 3].rstrip() + "..."
    return f"'{short}'"
