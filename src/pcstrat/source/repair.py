"""Turns a text that is not YAML into one that is, at the cost of what is wrong in it, so that the rest can be read.

Only what a person has to put right anyway is overwritten, and nothing moves: every offset stays what it was. What comes
of it serves to look for more problems; it is never taken for the plan.
"""

from __future__ import annotations

import re

from pcstrat.patterns import Pattern
from pcstrat.source.problems import Problem

MAX_REPAIRS = 20
"""A file with more places than this that are not YAML is not read any further."""

MAX_LENGTH = 500_000
"""A longer text is not read again and again."""

_QUOTES = "\"'"
_SIGNS = ":?[]{}@`%|>-!*&,"
_LACKS_SPACE = ":-"
"""Signs that a space must follow."""
_INDENT = Pattern(" *")
_HARMLESS = "…"


class Repairs:
    """The repairs of one text: each line is tried with one sign fewer first, then without what it holds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tried: set[int] = set()
        self._emptied: set[int] = set()

    def mend(self, problem: Problem) -> bool:
        """Overwrite what is wrong; say whether it is worth reading again."""
        line = self.text.rfind("\n", 0, problem.start) + 1
        if line in self._emptied or len(self._tried) >= MAX_REPAIRS or len(self.text) > MAX_LENGTH:
            return False
        if line in self._tried or not self._without_sign(problem.start):
            self._emptied.add(line)
            self._empty(line)
        self._tried.add(line)
        return True

    def _without_sign(self, start: int) -> bool:
        sign = self.text[start : start + 1]
        if not sign or sign not in _SIGNS + _QUOTES:
            return False
        if sign in _LACKS_SPACE and self.text[start + 1 : start + 2].strip():
            self._write(start + 1, start + 2, " ")
            return True
        end = self._line_end(start) if sign in _QUOTES else start + 1
        self._write(start, end, self.text[start:end].replace(sign, _HARMLESS))
        return True

    def _empty(self, line: int) -> None:
        """Empty a line and the deeper ones below it, which would hang in the air."""
        end = self._line_end(line)
        indent = self._indent(line)
        while end < len(self.text) and (self._indent(end + 1) > indent or self._line_end(end + 1) == end + 1):
            end = self._line_end(end + 1)
        self._write(line, end, re.sub(r"[^\n]", " ", self.text[line:end]))

    def _indent(self, line: int) -> int:
        match = _INDENT.match(self.text, line)
        return len(match[0]) if match else 0

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end

    def _write(self, start: int, end: int, instead: str) -> None:
        self.text = self.text[:start] + instead + self.text[end:]
