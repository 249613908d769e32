"""Turns findings into text for a terminal: each with its place, the line it stands in, what is wrong and what to do.

Text from plans is shown as it is and nothing more: no markup in it means anything, and what would move the cursor or
reorder the line is written out.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pcstrat.diagnostics import Finding, Severity, Span
from pcstrat.text import counted, listed, visible

Lines = Mapping[tuple[str, int], str]
"""The lines that findings point into, by file and number."""

WIDEST_LINE = 100
_BEFORE_SPAN = 30
_BOLD, _FAINT, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.ADVICE: "\x1b[1;36m"}
_PLURALS = {Severity.ADVICE: "pieces of advice"}
_SINGULARS = {Severity.ADVICE: "piece of advice"}


def findings_text(findings: Sequence[Finding], lines: Lines, *, colour: bool = False) -> str:
    """All findings, grouped by file; nothing when there are none."""
    groups = groupby(findings, key=lambda finding: finding.file)
    return "\n".join(_file_text(list(group), lines, colour=colour) for _, group in groups)


def _file_text(findings: list[Finding], lines: Lines, *, colour: bool) -> str:
    return "\n".join(f"{_finding_text(finding, lines, colour=colour)}\n" for finding in findings)


def _finding_text(finding: Finding, lines: Lines, *, colour: bool) -> str:
    line = lines.get((finding.file, finding.span.start.line), "") if finding.span else ""
    parts = [
        _head(finding, colour=colour),
        *(_excerpt(finding.span, line, colour=colour) if finding.span and line.strip() else ()),
        *(f"  {visible(text)}" for text in (finding.message, *finding.notes)),
        *([f"  -> {visible(finding.remedy)}"] if finding.remedy else ()),
    ]
    return "\n".join(parts)


def _head(finding: Finding, *, colour: bool) -> str:
    start = finding.span.start if finding.span else None
    place = f"{visible(finding.file)}:{start.line}:{start.column}" if start else visible(finding.file)
    level = f"{finding.severity.value} {finding.code}"
    where = f" {visible(finding.where)}" if finding.where else ""
    if colour:
        return f"{_BOLD}{place}{_RESET}: {_COLOURS[finding.severity]}{level}{_RESET}{where}"
    return f"{place}: {level}{where}"


def _excerpt(span: Span, line: str, *, colour: bool) -> Iterator[str]:
    """The line a finding points into, cut around the place, with carets under it."""
    first = span.start.column - 1
    last = span.end.column - 1 if span.end.line == span.start.line else len(line)
    skipped = max(0, first - _BEFORE_SPAN) if len(line) > WIDEST_LINE else 0
    shown = line[skipped : skipped + WIDEST_LINE]
    before = ("..." if skipped else "") + _shown(line[skipped:first])
    marked = _shown(line[first : min(last, skipped + WIDEST_LINE)])
    rest = _shown(shown[max(first, last) - skipped :]) if last < skipped + len(shown) else ""
    after = "..." if skipped + WIDEST_LINE < len(line) else ""
    number = f"{span.start.line:>5} | "
    carets = "^" * max(1, _width(marked))
    margin = f"{'':>5} | {' ' * _width(before)}"
    yield f"{number}{before}{marked}{rest}{after}"
    yield f"{margin}{_COLOURS[Severity.ERROR]}{carets}{_RESET}" if colour else f"{margin}{carets}"


def _shown(text: str) -> str:
    return visible(text.replace("\t", " "))


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def summary_text(checked: int, findings: Iterable[Finding]) -> str:
    """The last line: what was checked and what was found."""
    found = list(findings)
    plans = counted(checked, "plan")
    if not found:
        return f"{plans[0].upper()}{plans[1:]} checked: no problems."
    counts = Counter(finding.severity for finding in found)
    parts = [_counted(counts[severity], severity) for severity in Severity if counts[severity]]
    where = counted(len({finding.file for finding in found}), "plan")
    return f"Checked {plans}: {listed(parts)} in {where}."


def _counted(number: int, severity: Severity) -> str:
    singular = _SINGULARS.get(severity, severity.value)
    return counted(number, singular, _PLURALS.get(severity, ""))


def publication_text(output: str, written: int, unchanged: int, removed: int) -> str:
    """What a build did to the output folder, in one line."""
    parts = [f"{counted(written, 'file')} written"]
    if unchanged:
        parts.append(f"{unchanged:,} unchanged")
    if removed:
        parts.append(f"{removed:,} removed")
    text = f"{listed(parts)} in {visible(output)}."
    return text[0].upper() + text[1:]


def settings_text(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """The settings: name, value, where the value comes from, and what the setting means."""
    shown = [tuple(map(visible, row)) for row in rows]
    return "\n".join(f"{name} = {value}  ({origin})\n    {meaning}" for name, value, origin, meaning in shown)
