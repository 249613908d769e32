"""Turns what checking found into the sentences of every report: what was checked, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pcstrat.diagnostics import Finding, Severity
from pcstrat.patterns import Pattern
from pcstrat.report.lines import one_line
from pcstrat.text import counted, listed, sentence_case

if TYPE_CHECKING:
    from pcstrat.review import CheckResult, Review

FIXABLE = "[*]"
"""Marks what `pcstrat validate --fix` can mend, as other linters do."""

_NOUNS = {Severity.ADVICE: ("piece of advice", "pieces of advice")}
_SENTENCE = Pattern(r"(?:[^.]|\.(?!\s|$))+\.?")
_READ_ON = "A person should still read the {}."

_OF_DOCUMENTS = "D"
"""What the codes of findings on documents begin with."""


def is_told_by_build(finding: Finding) -> bool:
    """Whether a build prints a finding itself: errors, and remarks on documents, which only a build makes."""
    return finding.severity is Severity.ERROR or finding.code.startswith(_OF_DOCUMENTS)


def build_sentence(checked: int, findings: Iterable[Finding]) -> str:
    """What a build found, in one line; beside it stands what `is_told_by_build`."""
    found = list(findings)
    plans = sentence_case(counted(checked, "plan"))
    if not found:
        return f"{plans} checked: no issues found."
    where = counted(len({finding.file for finding in found}), "plan")
    others = any(not is_told_by_build(finding) for finding in found)
    more = " `pcstrat validate` says more." if others else ""
    return f"{plans} checked: {severities_sentence(found)} in {where}.{more}"


def summary_lines(review: Review) -> Iterator[str]:
    """What was checked, what was found, and the highest profile that passes."""
    yield _found(review)
    yield from (f"{one_line(result.plan)}: {text}" for result in review.results if (text := unrun_sentence(result)))
    beside = list(_beside(review))
    if beside:
        yield sentence_case(f"{listed(beside)}.")
    if fixable := sum(finding.fixable for finding in review.faults):
        yield f"{FIXABLE} {counted(fixable, 'finding')} can be mended with `pcstrat validate --fix`."
    yield highest_sentence(review)


def _found(review: Review) -> str:
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
    """`1 error, 2 warnings and 3 pieces of advice`."""
    counts = Counter(finding.severity for finding in findings)
    return listed([_counted(counts[severity], severity) for severity in Severity if counts[severity]])


def _counted(number: int, severity: Severity) -> str:
    one, many = _NOUNS.get(severity, (severity.value, ""))
    return counted(number, one, many)


def _beside(review: Review) -> Iterator[str]:
    if review.waived:
        yield f"{counted(len(review.waived), 'finding')} accepted by waivers"
    if review.since:
        yield f"{counted(len(review.since), 'thing')} happened since the {_plans(review)} written"
    left_out = max((result.rules_left_out for result in review.results), default=0)
    if left_out:
        yield f"{counted(left_out, 'rule')} left out on request"


def _plans(review: Review) -> str:
    return "plan was" if len(review.results) == 1 else "plans were"


def unrun_sentence(result: CheckResult) -> str:
    """Why rules were not run on a plan; empty when all ran."""
    if not result.is_plan:
        return f"The file is no valid plan yet, so {counted(len(result.unrun_rules), 'rule')} could not be run."
    if result.unrun_rules:
        return f"{counted(len(result.unrun_rules), 'rule')} failed: {listed(result.unrun_rules)}."
    return "" if result.rules_run else "None of the rules that were asked for applies to this kind of document."


def highest_sentence(review: Review) -> str:
    """The highest profile that passes, for one plan or for each."""
    groups = list(review.passing())
    if len(groups) == 1:
        return f"Highest profile that passes: {groups[0][0] or _none(groups[0][1])}."
    parts = (f"{profile or _none(results)} ({_names(results)})" for profile, results in groups)
    return f"Highest profile that passes: {', '.join(parts)}."


def _none(results: Iterable[CheckResult]) -> str:
    """What to say of plans that pass no profile: rules that were left out could have found an error."""
    partial = all(result.rules_left_out and not (result.errors or result.unrun_rules) for result in results)
    return "not known, because rules were left out" if partial else "none"


def _names(results: Iterable[CheckResult]) -> str:
    return ", ".join(one_line(result.plan) for result in results)


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    match = _SENTENCE.match(text)
    return match.group().strip() if match else text
