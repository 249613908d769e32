"""Holds what checking found: for one plan file, and for a whole run, which is all that reports are made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pcstrat.check._findings import CheckedFinding
from pcstrat.check._profiles import PROFILES
from pcstrat.diagnostics import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
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
    def is_clean(self) -> bool:
        """Whether rules ran, all that should have, and nothing was found."""
        return self.rules_run > 0 and not (self.findings or self.unrun_rules)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a run found in several plans. `lines` holds the source line of every finding, by file and number."""

    results: tuple[CheckResult, ...]
    as_of: dt.date
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)

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
