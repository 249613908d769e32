"""Turns what checking found into the sentences of every report: what was checked, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pcstrat.diagnostics import Finding, Severity
from pcstrat.patterns import Pattern
from pcstrat.report.lines import one_line
from pcstrat.text import counted, listed, sentence_case
from pcstrat.verdict import found_sentence, profile_words, severities_sentence, unrun_sentence

if TYPE_CHECKING:
    from pcstrat.review import CheckResult, Review

FIXABLE = "[*]"
"""Marks what `pcstrat validate --fix` can mend, as other linters do."""

_SENTENCE = Pattern(r"(?:[^.]|\.(?!\s|$))+\.?")

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
    yield found_sentence(review)
    yield from (f"{one_line(result.plan)}: {text}" for result in review.results if (text := unrun_sentence(result)))
    beside = list(_beside(review))
    if beside:
        yield sentence_case(f"{listed(beside)}.")
    if fixable := sum(finding.fixable for finding in review.faults):
        yield f"{FIXABLE} {counted(fixable, 'finding')} can be mended with `pcstrat validate --fix`."
    yield highest_sentence(review)


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


def highest_sentence(review: Review) -> str:
    """The highest profile that passes, for one plan or for each."""
    groups: dict[str, list[CheckResult]] = {}
    for _, results in review.passing():
        for result in results:
            groups.setdefault(profile_words(result), []).append(result)
    if len(groups) == 1:
        return f"Highest profile that passes: {next(iter(groups))}."
    parts = (f"{words} ({_names(results)})" for words, results in groups.items())
    return f"Highest profile that passes: {', '.join(parts)}."


def _names(results: Iterable[CheckResult]) -> str:
    return ", ".join(one_line(result.plan) for result in results)


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    match = _SENTENCE.match(text)
    return match.group().strip() if match else text
