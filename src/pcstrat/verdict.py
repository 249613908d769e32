"""Turns what checking found into the sentences that every report and page says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pcstrat.diagnostics import Finding, Severity
from pcstrat.text import counted, listed, sentence_case

if TYPE_CHECKING:
    from pcstrat.review import CheckResult, Review

_NOUNS = {Severity.ADVICE: ("piece of advice", "pieces of advice")}
_READ_ON = "A person should still read the {}."


def found_sentence(review: Review) -> str:
    """What was checked, and what was found in all."""
    plans = counted(len(review.results), "plan")
    rules = rules_sentence(review)
    if review.faults:
        where = counted(len({finding.file for finding in review.faults}), "plan")
        return f"Checked {plans} with {rules}: {severities_sentence(review.faults)} in {where}."
    if not review.is_complete:
        extent = "not every" if any(result.rules_run for result in review.results) else "no"
        return f"{sentence_case(plans)} checked, but {extent} rule was run."
    whole = _READ_ON.format("plan" if len(review.results) == 1 else "plans")
    return f"{sentence_case(plans)} checked. No issues found by {rules}. {whole}"


def rules_sentence(review: Review) -> str:
    """How many rules ran: `61 rules`; `58 to 61 rules` where kinds of document differ."""
    fewest, most = review.rules_run
    return counted(most, "rule") if fewest == most else f"{fewest} to {most} rules"


def severities_sentence(findings: Iterable[Finding]) -> str:
    """`1 error, 2 warnings and 3 pieces of advice`; empty for no findings."""
    counts = Counter(finding.severity for finding in findings)
    return listed([severity_count(counts[severity], severity) for severity in Severity if counts[severity]])


def severity_count(number: int, severity: Severity) -> str:
    """How many findings of one severity: `2 warnings`."""
    one, many = _NOUNS.get(severity, (severity.value, ""))
    return counted(number, one, many)


def unrun_sentence(result: CheckResult) -> str:
    """Why rules were not run on a plan; empty when all ran."""
    if not result.is_plan:
        return f"The file is no valid plan yet, so {counted(len(result.unrun_rules), 'rule')} could not be run."
    if result.unrun_rules:
        return f"{counted(len(result.unrun_rules), 'rule')} failed: {listed(result.unrun_rules)}."
    return "" if result.rules_run else "None of the rules that were asked for applies to this kind of document."


def profile_words(result: CheckResult) -> str:
    """The highest profile that a plan passes; not known where rules were left out that could have found an error."""
    if result.highest_profile is not None:
        return result.highest_profile
    is_partial = result.rules_left_out and not (result.errors or result.unrun_rules)
    return "not known, because rules were left out" if is_partial else "none"
