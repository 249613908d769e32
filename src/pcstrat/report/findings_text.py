"""Turns what checking found into text for a terminal, grouped by plan and place, with what it comes to at the end.

Text from plans is shown as it is and nothing more: no markup in it means anything, and what would move the cursor,
reorder the line or command a machine that reads it is written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pcstrat.diagnostics import Finding, Span
from pcstrat.report.lines import BOLD, COLOURS, FAINT, excerpt, one_line, painted
from pcstrat.report.summary import FIXABLE, first_sentence, is_told_by_build, summary_lines
from pcstrat.review import CheckedFinding, CheckResult, FoundPlace, Review
from pcstrat.text import counted
from pcstrat.verdict import unrun_sentence

Lines = Mapping[tuple[str, int], str]
"""The lines that findings point into, by file and number."""

MOST_PLACES = 10
"""Places of one finding that are listed; other formats have all of them."""

SINCE = "Since this plan was written (no fault of the plan)"
WAIVED = "Accepted by waivers"


def review_text(review: Review, *, colour: bool = False) -> str:
    """Everything that was found, plan by plan, and the last lines."""
    plans = [_plan_text(result, review.lines, colour=colour) for result in review.results]
    parts = [*filter(None, plans), "\n".join(summary_lines(review))]
    return "\n\n".join(parts) + "\n"


def build_text(findings: Sequence[Finding], lines: Lines, *, colour: bool = False) -> str:
    """What a build tells of its findings, with an empty line after it: errors, and what `validate` cannot see."""
    told = [finding for finding in findings if is_told_by_build(finding)]
    return f"{findings_text(told, lines, colour=colour)}\n\n" if told else ""


def findings_text(findings: Sequence[Finding], lines: Lines, *, colour: bool = False) -> str:
    """Findings one after another; nothing when there are none."""
    return "\n\n".join(_finding_text(finding, lines, colour=colour) for finding in findings)


def _plan_text(result: CheckResult, lines: Lines, *, colour: bool) -> str:
    parts = [
        findings_text(result.faults, lines, colour=colour),
        unrun_sentence(result),
        _group(SINCE, [_since_text(finding) for finding in result.since], colour=colour),
        _group(WAIVED, [_waived_text(finding) for finding in result.waived], colour=colour),
    ]
    told = [part for part in parts if part]
    return "\n\n".join([painted(_plan_line(result), BOLD, colour=colour), *told]) if told else ""


def _plan_line(result: CheckResult) -> str:
    title = f": {one_line(result.title)}" if result.title else ""
    return f"{one_line(result.plan)}{title} ({one_line(result.file)})"


def _group(heading: str, texts: Sequence[str], *, colour: bool) -> str:
    return "\n".join([painted(f"{heading}:", BOLD, colour=colour), *texts]) if texts else ""


def _finding_text(finding: Finding, lines: Lines, *, colour: bool) -> str:
    return "\n".join(_finding_lines(finding, lines, colour=colour))


def _finding_lines(finding: Finding, lines: Lines, *, colour: bool) -> Iterator[str]:
    more = finding if isinstance(finding, CheckedFinding) else None
    line = lines.get((finding.file, finding.span.start.line), "") if finding.span else ""
    yield _head(finding, colour=colour)
    if finding.span and line.strip() and not (more and more.places):
        yield from excerpt(finding.span, line, finding.severity, colour=colour)
    yield from (f"  {one_line(text)}" for text in (finding.message, *finding.notes))
    if more:
        yield from _places(more.places)
        yield from (f"  See {_place_line(place)}" for place in more.related)
        if more.rule:
            yield painted(f"  Why: {one_line(first_sentence(more.why))}", FAINT, colour=colour)
    if finding.remedy:
        yield f"  -> {one_line(finding.remedy)}"


def _head(finding: Finding, *, colour: bool) -> str:
    mark = f" {FIXABLE}" if finding.fixable else ""
    level = painted(f"{finding.severity.value} {finding.code}{mark}", COLOURS[finding.severity], colour=colour)
    where = f" {one_line(finding.where)}" if finding.where else ""
    return f"{painted(_address(finding), BOLD, colour=colour)}: {level}{where}"


def _address(finding: Finding) -> str:
    return f"{one_line(finding.file)}{_position(finding.span)}"


def _position(span: Span | None) -> str:
    return f":{span.start.line}:{span.start.column}" if span else ""


def _places(places: Sequence[FoundPlace]) -> Iterator[str]:
    for place in places[:MOST_PLACES]:
        yield f"    {_place_line(place)}"
    if len(places) > MOST_PLACES:
        yield f"    and {counted(len(places) - MOST_PLACES, 'more place')}: `--format markdown` lists them all"


def _place_line(place: FoundPlace) -> str:
    where = place.span.start
    return f"{where.line}:{where.column} {one_line(place.where)}: {one_line(place.message)}"


def _since_text(finding: CheckedFinding) -> str:
    lines = [f"  {_address(finding)}: {finding.code} {one_line(finding.where)}", f"    {one_line(finding.message)}"]
    lines += [f"  {line}" for line in _places(finding.places)]
    if finding.remedy:
        lines.append(f"    -> {one_line(finding.remedy)}")
    return "\n".join(lines)


def _waived_text(finding: CheckedFinding) -> str:
    head = f"  {_address(finding)}: {finding.code} {one_line(finding.where)}: {one_line(finding.message)}"
    if finding.accepted is None:
        return head
    owner, until, reason = finding.accepted
    return f"{head}\n    {one_line(f'Accepted by {owner} until {until}: {reason}')}"
