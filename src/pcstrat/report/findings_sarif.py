"""Turns what checking found into SARIF 2.1.0, the OASIS standard that code hosts read.

Each place is a result of its own, with its own fingerprint. What a waiver accepts is suppressed, and what only happened
since the plan was written is informational.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pcstrat import __version__
from pcstrat.diagnostics import Severity, Span
from pcstrat.export.json_text import to_text
from pcstrat.review import CheckedFinding, CheckResult, FoundPlace, Review
from pcstrat.text import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def findings_sarif(review: Review) -> str:
    """The text of the SARIF log."""
    findings = [finding for result in review.results for finding in (*result.findings, *result.waived)]
    codes = sorted({finding.code for finding in findings})
    run = {
        "tool": {"driver": {"name": "pcstrat", "version": __version__, "rules": _rules(codes, findings)}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(review)],
        "results": [entry for finding in findings for entry in _results(finding, codes.index(finding.code))],
    }
    return to_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rules(codes: list[str], findings: list[CheckedFinding]) -> list[dict[str, Any]]:
    first = {finding.code: finding for finding in reversed(findings)}
    return [_rule(code, first[code]) for code in codes]


def _rule(code: str, finding: CheckedFinding) -> dict[str, Any]:
    rule = finding.rule
    if rule is None:
        return {"id": code, "fullDescription": {"text": finding.why}}
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(review: Review) -> dict[str, Any]:
    notes = [note for result in review.results for note in _notes(result)]
    return {"executionSuccessful": review.is_complete, "toolExecutionNotifications": notes}


def _notes(result: CheckResult) -> Iterator[dict[str, Any]]:
    if result.unrun_rules:
        text = f"{visible(result.file)}: these rules could not be run: {', '.join(result.unrun_rules)}."
        yield {"level": "error", "message": {"text": text}}


def _results(finding: CheckedFinding, index: int) -> Iterator[dict[str, Any]]:
    places = finding.places or (None,)
    for place in places:
        yield _common(finding, index) | _placed(finding, place)


def _common(finding: CheckedFinding, index: int) -> dict[str, Any]:
    common: dict[str, Any] = {"ruleId": finding.code, "ruleIndex": index}
    common |= {"kind": "informational", "level": "none"} if finding.since else {"level": _LEVELS[finding.severity]}
    if finding.accepted:
        common["suppressions"] = [{"kind": "inSource", "justification": visible(finding.accepted.reason)}]
    return common


def _placed(finding: CheckedFinding, place: FoundPlace | None) -> dict[str, Any]:
    where, message, span, print_ = finding.where, finding.message, finding.span, finding.fingerprint
    if place is not None:
        where, message, span, print_ = place.where, place.message, place.span, place.fingerprint
    text = " ".join((f"{where}: {message}", *finding.notes, finding.remedy)).strip()
    placed: dict[str, Any] = {
        "message": {"text": _text(text)},
        "locations": [_location(finding.file, span, where)],
        "partialFingerprints": {"pcstratFinding/v1": print_},
    }
    if finding.related:
        placed["relatedLocations"] = [_related(finding.file, entry) for entry in finding.related]
    return placed


def _related(file: str, place: FoundPlace) -> dict[str, Any]:
    return _location(file, place.span, place.where) | {"message": {"text": _text(place.message)}}


def _location(file: str, span: Span | None, where: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(file)}}
    if span is not None:
        physical["region"] = {
            "startLine": span.start.line,
            "startColumn": span.start.column,
            "endLine": span.end.line,
            "endColumn": span.end.column,
        }
    return {"physicalLocation": physical, "logicalLocations": [{"name": visible(where)}]}


def _text(text: str) -> str:
    """Plain text: in SARIF, brackets would make a link and braces a placeholder."""
    shown = visible(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return shown.replace("{", "{{").replace("}", "}}")
