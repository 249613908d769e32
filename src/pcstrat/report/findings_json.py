"""Turns what checking found into JSON of a published shape, `docs/schemas/findings.json`.

The shape is its own and not that of our classes, so that it stays when they change. Any version may have new fields; a
field is removed or changes its meaning only with a new version.
"""

from __future__ import annotations

from typing import Any

from pcstrat.diagnostics import Severity, Span
from pcstrat.export.json_text import to_text
from pcstrat.review import Acceptance, CheckedFinding, CheckResult, FoundPlace, Review

FORMAT_VERSION = 1


def findings_json(review: Review) -> str:
    """The text of the JSON document: UTF-8, one newline at its end, the same bytes for the same input."""
    findings = [_finding(finding) for result in review.results for finding in (*result.findings, *result.waived)]
    plans = [_plan(result) for result in review.results]
    data = {
        "pcstrat_findings": FORMAT_VERSION,
        "as_of": review.as_of.isoformat(),
        "complete": review.is_complete,
        "summary": _summary(review),
        "plans": plans,
        "findings": findings,
    }
    return to_text(data)


def _summary(review: Review) -> dict[str, int]:
    levels = [finding.severity for finding in review.faults]
    counts = {severity.value: levels.count(severity) for severity in Severity}
    beside = {"since": len(review.since), "waived": len(review.waived)}
    return {"plans": len(review.results), **counts, **beside, "fixable": sum(each.fixable for each in review.faults)}


def _plan(result: CheckResult) -> dict[str, Any]:
    return {
        "plan": result.plan,
        "file": result.file,
        "title": result.title or None,
        "valid": result.is_plan,
        "profile": result.profile,
        "highest_profile": result.highest_profile,
        "rules_run": result.rules_run,
        "rules_left_out": result.rules_left_out,
        "rules_not_run": list(result.unrun_rules),
    }


def _finding(finding: CheckedFinding) -> dict[str, Any]:
    return {
        "rule": finding.code,
        "name": finding.rule.name if finding.rule else None,
        "severity": finding.severity.value,
        "plan": finding.plan,
        "file": finding.file,
        **_span(finding.span),
        "where": finding.where,
        "address": finding.address or None,
        "owner": finding.owner or None,
        "message": " ".join((finding.message, *finding.notes)),
        "why": finding.why,
        "remedy": finding.remedy,
        "fixable": finding.fixable,
        "fingerprint": finding.fingerprint,
        "since": finding.since,
        "waived": _waiver(finding.accepted),
        "places": [_place(place) for place in finding.places],
        "related": [_related(place) for place in finding.related],
    }


def _span(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"line": None, "column": None, "end": None}
    end = {"line": span.end.line, "column": span.end.column}
    return {"line": span.start.line, "column": span.start.column, "end": end}


def _place(place: FoundPlace) -> dict[str, Any]:
    lasting = {"owner": place.owner or None, "fingerprint": place.fingerprint}
    return _related(place) | {"address": place.address or None} | lasting


def _related(place: FoundPlace) -> dict[str, Any]:
    return {**_span(place.span), "where": place.where, "message": place.message}


def _waiver(accepted: Acceptance | None) -> dict[str, str] | None:
    if accepted is None:
        return None
    return {"reason": accepted.reason, "owner": accepted.owner, "until": accepted.until}
