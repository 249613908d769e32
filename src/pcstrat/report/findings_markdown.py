"""Turns what checking found into Markdown, for a step summary or a comment: plan by plan, every place.

Text from plans is escaped: no markup, no mention and no reference in it means anything to whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Span
from pcstrat.report.markdown import escaped
from pcstrat.report.summary import first_sentence, summary_lines
from pcstrat.review import CheckedFinding, CheckResult, Review
from pcstrat.text import sentence_case
from pcstrat.verdict import severities_sentence, unrun_sentence

LONGEST_SUMMARY = 1_000_000
"""Bytes; a step summary in GitHub Actions may have 1 MiB, and is not shown at all above that."""

_CUT = "\n_The list is longer than what may be shown here, so its end is left out._\n"


def findings_markdown(review: Review, *, longest: int | None = None) -> str:
    """The report; with `longest`, as many whole lines as fit into so many bytes."""
    lines = ["# What pcstrat found", "", *(f"{escaped(line)}  " for line in summary_lines(review))]
    for result in review.results:
        lines += _plan(result)
    text = "\n".join(lines) + "\n"
    return text if longest is None or len(text.encode()) <= longest else _cut(text, longest)


def _cut(text: str, longest: int) -> str:
    room = longest - len(_CUT.encode())
    start = text.encode()[:room].decode(errors="ignore")
    return start[: start.rfind("\n") + 1] + _CUT


def _plan(result: CheckResult) -> Iterator[str]:
    yield from ("", f"## {escaped(result.title or result.plan)}", "", f"{escaped(result.file)}")
    if unrun := unrun_sentence(result):
        yield from ("", f"**{escaped(unrun)}**")
    if result.faults:
        yield from ("", f"{sentence_case(severities_sentence(result.faults))}.")
    yield from _list(result.faults, "")
    yield from _list(result.since, "Since this plan was written (no fault of the plan)")
    yield from _list(result.waived, "Accepted by waivers")


def _list(findings: tuple[CheckedFinding, ...], heading: str) -> Iterator[str]:
    if findings and heading:
        yield from ("", f"### {heading}")
    if findings:
        yield ""
    for finding in findings:
        yield from _finding(finding)


def _finding(finding: CheckedFinding) -> Iterator[str]:
    level = "" if finding.since else f"{finding.severity.value} "
    texts = [finding.message, *finding.notes, "" if finding.accepted else finding.remedy, _accepted(finding)]
    text = " ".join(escaped(text) for text in texts if text)
    yield f"- **{level}{finding.code}**{_line(finding.span)}, {escaped(finding.where)}: {text}"
    if finding.rule and not (finding.since or finding.accepted):
        yield f"    - Why: {escaped(first_sentence(finding.why))}"
    for place in (*finding.places, *finding.related):
        yield f"    - line {place.span.start.line}, {escaped(place.where)}: {escaped(place.message)}"


def _line(span: Span | None) -> str:
    return f" line {span.start.line}" if span else ""


def _accepted(finding: CheckedFinding) -> str:
    if finding.accepted is None:
        return ""
    owner, until, reason = finding.accepted
    return f"Accepted by {owner} until {until}: {reason}"
