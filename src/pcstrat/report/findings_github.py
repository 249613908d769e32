"""Turns what checking found into annotations in GitHub Actions: workflow commands, worst first, a few of a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pcstrat.diagnostics import Severity
from pcstrat.report.lines import one_line
from pcstrat.review import CheckedFinding, Review
from pcstrat.text import counted

MOST_OF_A_LEVEL = 10
"""GitHub shows no more of one level for one step."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def findings_github(review: Review, prefix: str = "") -> str:
    """One workflow command a line; `prefix` leads from the top of the repository to where pcstrat runs."""
    lines: list[str] = []
    for severity in Severity:
        lines += _level(severity, [finding for finding in review.faults if finding.severity is severity], prefix)
    return "".join(f"{line}\n" for line in lines)


def _level(severity: Severity, findings: Sequence[CheckedFinding], prefix: str) -> Iterator[str]:
    for finding in findings[:MOST_OF_A_LEVEL]:
        yield f"::{_LEVELS[severity]} {_properties(finding, prefix)}::{_data(_message(finding))}"
    if len(findings) > MOST_OF_A_LEVEL:
        left = counted(len(findings) - MOST_OF_A_LEVEL, "more finding")
        yield f"pcstrat: {left} of severity '{severity.value}' without an annotation; the step summary has all."


def _properties(finding: CheckedFinding, prefix: str) -> str:
    values: dict[str, object] = {"file": prefix + finding.file}
    if finding.span:
        start, end = finding.span.start, finding.span.end
        values |= {"line": start.line, "endLine": end.line}
        if start.line == end.line:
            values |= {"col": start.column, "endColumn": end.column}
    values["title"] = f"{finding.code} {finding.where}"
    return ",".join(f"{name}={_property(str(value))}" for name, value in values.items())


def _message(finding: CheckedFinding) -> str:
    lines = ", ".join(f"{place.span.start.line}" for place in finding.places)
    places = f"Lines: {lines}." if lines else ""
    return " ".join(filter(None, (finding.message, *finding.notes, places, finding.remedy)))


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
