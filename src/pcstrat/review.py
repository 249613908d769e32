"""Holds what checking found: for one plan file, and for a whole run, which is all that reports are made from.

It is plain data that can be written down and read again. Nothing here loads plans, rules or the models of either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pcstrat.diagnostics import Finding, Path, Severity, Span
from pcstrat.settings import PROFILES


class RuleWords(NamedTuple):
    """What reports say of a rule; `severity` is what it counts for unless a profile says otherwise."""

    name: str
    title: str
    severity: Severity
    why: str
    remedy: str


class Acceptance(NamedTuple):
    """Who accepts a finding by a waiver, why, and until when, as the plan words it."""

    owner: str
    until: str
    reason: str


class FoundPlace(NamedTuple):
    """One place of a finding that has several, or a place that has to do with it; `message` says what is there."""

    path: Path
    span: Span
    where: str
    message: str
    fingerprint: str = ""
    owner: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFinding(Finding):
    """A finding with everything that reports show.

    Attributes:
        plan: Id of the plan.
        rule: What there is to say of the rule; `None` for what keeps a file from being a plan, which `code` tells.
        why: Why it matters.
        address: Where it stands, as a waiver would say it.
        fingerprint: The same from run to run, while the plan says the same at this item.
        places: Each place, when the finding stands for more than three; `span` is then the first.
        related: Other places that have to do with it.
        since: Whether it is about what happened since the plan was written: never a fault.
        accepted: How a waiver of the plan accepts it, if one does.
        owner: Who answers for the item it stands in, as the plan says; empty where nobody does.
    """

    plan: str
    rule: RuleWords | None = None
    why: str = ""
    address: str = ""
    fingerprint: str = ""
    places: tuple[FoundPlace, ...] = field(default=())
    related: tuple[FoundPlace, ...] = field(default=())
    since: bool = False
    accepted: Acceptance | None = None
    owner: str = ""


class CheckResult(NamedTuple):
    """What is to be said of one plan file.

    Attributes:
        plan: Id of the plan, as far as the file states one; else the name of the file.
        title: Title of the document, as far as the file states one.
        is_plan: Whether the file is a valid plan. If not, no rule could run.
        findings: What counts, in reading order; more than three of one rule are one.
        waived: What the plan's waivers accept, each with its waiver.
        rules_run: How many rules ran to their end.
        rules_left_out: How many were not selected, or ignored.
        unrun_rules: Codes of the rules that should have run and could not. Such a plan is never "clean".
        profile: The profile that set the severities.
        highest_profile: The strictest profile that the plan passes; `None` if it passes none.
    """

    file: str
    plan: str
    title: str
    is_plan: bool
    findings: tuple[CheckedFinding, ...]
    waived: tuple[CheckedFinding, ...]
    rules_run: int
    rules_left_out: int
    unrun_rules: tuple[str, ...]
    profile: str
    highest_profile: str | None

    @property
    def faults(self) -> tuple[CheckedFinding, ...]:
        """The findings, without what only happened since the plan was written."""
        return tuple(finding for finding in self.findings if not finding.since)

    @property
    def errors(self) -> tuple[CheckedFinding, ...]:
        """The findings that keep the plan from being published."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def since(self) -> tuple[CheckedFinding, ...]:
        """What has happened since the plan was written: never a fault."""
        return tuple(finding for finding in self.findings if finding.since)


class Review(NamedTuple):
    """What a run found in several plans. `lines` holds the source line of every finding, by file and number."""

    results: tuple[CheckResult, ...]
    as_of: dt.date
    lines: Mapping[tuple[str, int], str] = {}

    @property
    def findings(self) -> tuple[CheckedFinding, ...]:
        """Everything that counts, plan by plan."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def faults(self) -> tuple[CheckedFinding, ...]:
        """Everything that counts against a plan, plan by plan."""
        return tuple(finding for result in self.results for finding in result.faults)

    @property
    def since(self) -> tuple[CheckedFinding, ...]:
        """What has happened since the plans were written."""
        return tuple(finding for result in self.results for finding in result.since)

    @property
    def waived(self) -> tuple[CheckedFinding, ...]:
        """What waivers accept, plan by plan."""
        return tuple(finding for result in self.results for finding in result.waived)

    @property
    def is_complete(self) -> bool:
        """Whether every rule that should have run did, and at least one of them on some plan."""
        whole = not any(result.unrun_rules for result in self.results)
        return whole and any(result.rules_run for result in self.results)

    @property
    def rules_run(self) -> tuple[int, int]:
        """The fewest and the most rules that ran on a plan, of those on which any did."""
        numbers = [result.rules_run for result in self.results if result.rules_run]
        return min(numbers, default=0), max(numbers, default=0)

    def passing(self) -> Iterator[tuple[str | None, tuple[CheckResult, ...]]]:
        """Each profile with the plans for which it is the highest that passes, the strictest first; `None` last."""
        for profile in (*reversed(PROFILES), None):
            results = tuple(result for result in self.results if result.highest_profile == profile)
            if results:
                yield profile, results


class Checked(NamedTuple):
    """What checking one file found, and the lines that findings point into, by file and number."""

    result: CheckResult
    lines: Mapping[tuple[str, int], str]
