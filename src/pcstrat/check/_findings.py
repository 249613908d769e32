"""Turns hits into findings: each with its place in the file, its human name, its severity and its fingerprint."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from pcstrat.check._address import fingerprint, whereabouts
from pcstrat.check._profiles import severity_in
from pcstrat.check._run import Found
from pcstrat.diagnostics import Finding, Severity
from pcstrat.model.delivery import Waiver
from pcstrat.naming import item_name
from pcstrat.review import Acceptance, CheckedFinding, FoundPlace, RuleWords
from pcstrat.rules import Rule
from pcstrat.source import Source
from pcstrat.text import counted

MOST_ALIKE = 3
"""Findings of one rule that stand by themselves; more become one with a list of places."""


_WHY_NO_PLAN = "The rules can only judge a file that is a valid plan, and nothing new is published until it is one."
_WHY_CODES = "What refers to nothing cannot be shown, linked or compared."
_WHY_MISREAD = "Readers would see something else than what was meant."


def checked(found: Found, source: Source, plan: str, profile: str, waiver: Waiver | None = None) -> CheckedFinding:
    """Place one hit in its file."""
    rule, hit = found.rule, found.hit
    there = whereabouts(source.data, hit.path)
    related = tuple(
        FoundPlace(
            path=entry.path,
            span=source.words_span(entry.path, entry.at_words, entry.text_before),
            where=item_name(source.data, entry.path),
            message=entry.words,
        )
        for entry in hit.related
    )
    return CheckedFinding(
        code=rule.code,
        severity=severity_in(profile, rule, hit.at_most),
        file=source.file,
        message=hit.message,
        remedy=" ".join((hit.remedy or rule.remedy).split()),
        span=source.key_span(hit.path) if hit.at_key else source.words_span(hit.path, hit.at_words, hit.text_before),
        path=hit.path,
        where=item_name(source.data, hit.path),
        plan=plan,
        rule=_words(rule),
        why=rule.why,
        address=there.address,
        fingerprint=fingerprint(rule.code, plan, there.lasting, hit.message),
        related=related,
        since=rule.since,
        accepted=_acceptance(waiver) if waiver else None,
        owner=there.owner,
    )


@cache
def _words(rule: Rule) -> RuleWords:
    return RuleWords(rule.name, rule.title, rule.severity, rule.why, rule.remedy)


def _acceptance(waiver: Waiver) -> Acceptance:
    return Acceptance(owner=waiver.owner, until=waiver.until.published, reason=waiver.reason)


def from_loading(finding: Finding, source: Source, plan: str) -> CheckedFinding:
    """What loading said of a file, with the fields of every other finding."""
    there = whereabouts(source.data, finding.path)
    return CheckedFinding(
        code=finding.code,
        severity=finding.severity,
        file=finding.file,
        message=finding.message,
        remedy=finding.remedy,
        span=finding.span,
        path=finding.path,
        where=finding.where,
        notes=finding.notes,
        fixable=finding.fixable,
        plan=plan,
        why=_why(finding),
        address=there.address,
        fingerprint=fingerprint(finding.code, plan, there.lasting, finding.message),
        owner=there.owner,
    )


def _why(finding: Finding) -> str:
    if finding.code.startswith("R"):
        return _WHY_CODES
    return _WHY_NO_PLAN if finding.severity is Severity.ERROR else _WHY_MISREAD


def told_apart(findings: Sequence[CheckedFinding]) -> list[CheckedFinding]:
    """The same findings, with fingerprints of their own where items say the same in the same list."""
    seen: Counter[str] = Counter()
    distinct = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        number = seen[finding.fingerprint]
        own = fingerprint(finding.code, finding.plan, finding.fingerprint, str(number)) if number > 1 else ""
        distinct.append(dataclasses.replace(finding, fingerprint=own) if own else finding)
    return distinct


def rolled_up(findings: Iterable[CheckedFinding]) -> list[CheckedFinding]:
    """More than three findings of one rule and severity as one, at the first place, that lists all places."""
    alike: dict[tuple[str, Severity], list[CheckedFinding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.severity), []).append(finding)
    worst: dict[str, Severity] = {}
    for code, severity in sorted(alike, key=lambda key: key[1].rank):
        worst.setdefault(code, severity)
    result: list[CheckedFinding] = []
    for (code, severity), group in alike.items():
        own_name = "" if severity is worst[code] else severity.value
        result += group if len(group) <= MOST_ALIKE or group[0].rule is None else [_one(group, own_name)]
    return result


def _one(group: list[CheckedFinding], own_name: str) -> CheckedFinding:
    """One finding for all of a group; `own_name` tells its list from that of graver findings of the same rule."""
    first = min(group, key=lambda finding: finding.sort_key)
    rule = first.rule
    assert rule is not None  # noqa: S101 - the caller leaves findings without a rule alone
    places = tuple(
        FoundPlace(
            path=finding.path,
            span=finding.span,
            where=finding.where,
            message=finding.message,
            fingerprint=finding.fingerprint,
            owner=finding.owner,
            address=finding.address,
        )
        for finding in sorted(group, key=lambda finding: finding.sort_key)
        if finding.span is not None
    )
    return dataclasses.replace(
        first,
        message=f"{rule.title}, in {counted(len(group), 'place')}.",
        remedy=rule.remedy,
        where="the plan",
        address="",
        fingerprint=fingerprint(first.code, first.plan, own_name, rule.name),
        places=places,
        related=(),
        owner="",
    )
