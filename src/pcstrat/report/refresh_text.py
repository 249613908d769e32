"""Turns what rolling a plan over did into text: what was done, and what there is to decide, ambition by ambition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pcstrat.diagnostics import Path, Span
from pcstrat.edit.decisions import Decision, DecisionKind, PlaceInPlan
from pcstrat.edit.refresh import Refreshed
from pcstrat.text import counted, sentence_case, visible

SpanOf = Callable[[Path], Span]
"""Where something stands in the new file."""

_TITLE_PAGE = "document"


def refreshed_text(file: str, archived: str, year: str, result: Refreshed, span_of: SpanOf) -> str:
    """Everything that was done, and everything that a person has to decide. Lines are those of the new file."""
    lines = [
        f"{file} is a draft for {year} now. Last year's plan is in {archived}.",
        f"Moved to achievements, because done: {counted(result.achieved, 'item')}.",
        f"Carried, because open: {counted(result.carried, 'item')}.",
    ]
    if result.rolled:
        lines += ["", f"Rolled over: {counted(len(result.rolled), 'band')}"]
        entries = [(one.place, f"{_full_name(one.place)}: {one.what}.") for one in result.rolled]
        lines += _listed(entries, span_of, indent=2)
    lines += ["", _heading(result.decisions)]
    for part in _in_file_order(result.decisions, span_of):
        lines += ["", *_part_lines(part, [one for one in result.decisions if one.place.part == part], span_of)]
    return "\n".join(map(visible, lines))


def _heading(decisions: Sequence[Decision]) -> str:
    number = len(decisions)
    return f"To decide: {counted(number, 'thing')}" if number else "There is nothing to decide."


def _in_file_order(decisions: Iterable[Decision], span_of: SpanOf) -> list[str]:
    """The parts of the plan with decisions, in the order of the file."""
    first: dict[str, int] = {}
    for decision in decisions:
        line = span_of(decision.place.path).start.line
        first[decision.place.part] = min(line, first.get(decision.place.part, line))
    return sorted(first, key=first.__getitem__)


def _part_lines(part: str, decisions: Sequence[Decision], span_of: SpanOf) -> Iterator[str]:
    yield f"{_part_title(part)}: {len(decisions)}"
    for kind in DecisionKind:
        entries = [(one.place, _said(one)) for one in decisions if one.kind is kind]
        if entries:
            yield f"  {kind.value}"
            yield from _listed(entries, span_of, indent=4)


def _part_title(part: str) -> str:
    return "The title page" if part == _TITLE_PAGE else sentence_case(part)


def _said(decision: Decision) -> str:
    if decision.place.part == _TITLE_PAGE:
        return decision.detail
    return f"{decision.place.name}: {decision.detail}" if decision.detail else decision.place.name


def _full_name(place: PlaceInPlan) -> str:
    return f"{place.part}, {place.name}"


def _listed(entries: Iterable[tuple[PlaceInPlan, str]], span_of: SpanOf, *, indent: int) -> list[str]:
    """A line for each entry that begins with its line in the file, in the order of the file."""
    numbered = sorted((span_of(place.path).start.line, text) for place, text in entries)
    width = max(len(str(line)) for line, _ in numbered)
    return [f"{' ' * indent}line {line:>{width}}  {text}" for line, text in numbered]
