"""Turns findings and results of checking into plain data, and data back into what is equal to them.

What is said of a rule stands once, under the code of the rule, in a mapping that whoever calls keeps beside the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pcstrat.diagnostics import Finding, Position, Severity, Span
from pcstrat.review import Acceptance, Checked, CheckedFinding, CheckResult, FoundPlace, RuleWords

Lines = Mapping[tuple[str, int], str]
"""The lines that findings point into, by file and number."""


def finding_data(finding: Finding) -> list[Any]:
    """A finding as any part of pcstrat makes it."""
    texts = [finding.code, finding.severity.value, finding.file, finding.message, finding.remedy, finding.where]
    return [*texts, _span_data(finding.span), finding.path, finding.notes, finding.fixable]


def finding(data: list[Any]) -> Finding:
    """Undo `finding_data`. This and its like raise `KeyError`, `TypeError` or `ValueError` for other data."""
    return Finding(**_common(data))


def lines_data(lines: Lines) -> list[Any]:
    """Lines as data."""
    return [[file, number, text] for (file, number), text in lines.items()]


def lines(data: list[Any]) -> dict[tuple[str, int], str]:
    """Undo `lines_data`."""
    return {(file, number): text for file, number, text in data}


def checked_data(checked: Checked, rules: dict[str, Any]) -> dict[str, Any]:
    """What checking one file found. The words of rules are added to `rules`."""
    result = checked.result
    return {
        "file": result.file,
        "plan": result.plan,
        "title": result.title,
        "is_plan": result.is_plan,
        "findings": [_checked_finding_data(finding, rules) for finding in result.findings],
        "waived": [_checked_finding_data(finding, rules) for finding in result.waived],
        "rules_run": result.rules_run,
        "rules_left_out": result.rules_left_out,
        "unrun_rules": result.unrun_rules,
        "profile": result.profile,
        "highest_profile": result.highest_profile,
        "lines": lines_data(checked.lines),
    }


def checked(data: dict[str, Any], rules: Mapping[str, Any]) -> Checked:
    """Undo `checked_data`."""
    own = dict(data)
    own_lines = lines(own.pop("lines"))
    for name in ("findings", "waived"):
        own[name] = tuple(_checked_finding(entry, rules) for entry in own[name])
    own["unrun_rules"] = tuple(own["unrun_rules"])
    return Checked(CheckResult(**own), own_lines)


def _checked_finding_data(finding: CheckedFinding, rules: dict[str, Any]) -> list[Any]:
    rule = finding.rule
    if rule is not None:
        rules[finding.code] = [rule.name, rule.title, rule.severity.value, rule.why, rule.remedy]
    places = [_place_data(place) for place in finding.places]
    related = [_place_data(place) for place in finding.related]
    why = None if rule is not None and finding.why == rule.why else finding.why
    texts = [finding.plan, rule is not None, why, finding.address, finding.fingerprint]
    return [finding_data(finding), *texts, places, related, finding.since, finding.accepted, finding.owner]


def _checked_finding(data: list[Any], rules: Mapping[str, Any]) -> CheckedFinding:
    common, plan, has_rule, why, address, fingerprint, places, related, since, accepted, owner = data
    rule = _rule_words(rules[common[0]]) if has_rule else None
    return CheckedFinding(
        **_common(common),
        plan=plan,
        rule=rule,
        why=rule.why if rule and why is None else why,
        address=address,
        fingerprint=fingerprint,
        places=tuple(map(_place, places)),
        related=tuple(map(_place, related)),
        since=since,
        accepted=Acceptance(*accepted) if accepted else None,
        owner=owner,
    )


def _rule_words(data: list[str]) -> RuleWords:
    name, title, severity, why, remedy = data
    return RuleWords(name, title, Severity(severity), why, remedy)


def _common(data: list[Any]) -> dict[str, Any]:
    """What every finding has, by the names of its fields."""
    code, severity, file, message, remedy, where, places, path, notes, fixable = data
    return {
        "code": code,
        "severity": Severity(severity),
        "file": file,
        "message": message,
        "remedy": remedy,
        "span": _span(places) if places else None,
        "path": tuple(path),
        "where": where,
        "notes": tuple(notes),
        "fixable": fixable,
    }


def _span_data(span: Span | None) -> list[int] | None:
    return [span.start.line, span.start.column, span.end.line, span.end.column] if span else None


def _span(places: list[int]) -> Span:
    line, column, last_line, last_column = places
    return Span(Position(line, column), Position(last_line, last_column))


def _place_data(place: FoundPlace) -> list[Any]:
    return [place.path, _span_data(place.span), *place[2:]]


def _place(data: list[Any]) -> FoundPlace:
    path, places, *words = data
    return FoundPlace(tuple(path), _span(places), *words)
