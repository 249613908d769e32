"""Turns differences between plans into text for a terminal: a summary, then the changes by what they mean.

Text from plans is shown as it is and nothing more, as in `console`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from pcstrat.diff.alignment import GROUP_TITLES, Alignment, Group, Topic
from pcstrat.diff.alignment_sentences import (
    CLASSIFICATION,
    LOOSE_MONEY,
    ToldOnce,
    alignment_sentence,
    caution_of_kinds,
    coverage_title,
    document_sentence,
)
from pcstrat.diff.changes import Change, Difference
from pcstrat.diff.contents import part_words, parts_lead
from pcstrat.diff.kinds import Significance
from pcstrat.diff.sentences import (
    HEADINGS,
    caution_sentence,
    fact_sentence,
    remarks,
    side_name,
    sides_sentence,
    summary_sentence,
    wording_lead,
)
from pcstrat.diff.wording import Mark, word_changes
from pcstrat.text import sentence_case, visible

Result: TypeAlias = Difference | Alignment
"""What comparing two sides gives: changes of one plan in time, or the plans of two boards side by side."""

_BOLD, _RED, _GREEN, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[0m"


def diff_text(results: Sequence[Result], *, colour: bool = False) -> str:
    """Everything that was found, one result after another."""
    return "\n\n".join("\n".join(_lines(result, colour=colour)) for result in results)


def _lines(result: Result, *, colour: bool) -> Iterator[str]:
    if isinstance(result, Alignment):
        yield from _alignment_lines(result, colour=colour)
        return
    yield f"{_bold(one_line(sides_sentence(result)), colour=colour)}: {summary_sentence(result.changes)}"
    if caution := caution_sentence(result):
        yield one_line(caution)
    for meaning in Significance:
        changes = result.of(meaning)
        if changes:
            yield ""
            yield _bold(HEADINGS[meaning], colour=colour)
            for change in changes:
                yield from _change_lines(change, colour=colour)


def _change_lines(change: Change, *, colour: bool) -> Iterator[str]:
    yield f"  {one_line(sentence_case(change.name))}"
    if change.is_worded:
        yield f"    {wording_lead(change)}{_reworded(change, colour=colour)}"
    else:
        yield f"    {one_line(fact_sentence(change))}"
    if change.parts:
        yield f"    {parts_lead(change)}:"
        yield from (f"      - {one_line(words)}" for words in part_words(change))
    yield from (f"    {one_line(sentence)}" for sentence in remarks(change))


def _reworded(change: Change, *, colour: bool) -> str:
    before, after = (side.text if side else "" for side in (change.before, change.after))
    return "".join(_piece(mark, one_line(text), colour=colour) for mark, text in word_changes(before, after))


def _piece(mark: Mark, text: str, *, colour: bool) -> str:
    if mark is Mark.KEPT:
        return text
    shown = f"[-{text}-]" if mark is Mark.REMOVED else f"{{+{text}+}}"
    return f"{_RED if mark is Mark.REMOVED else _GREEN}{shown}{_RESET}" if colour else shown


def one_line(text: str) -> str:
    """Text from a plan that stays on its line and moves no cursor."""
    return visible(text.replace("\t", " ").replace("\n", " "))


def _bold(text: str, *, colour: bool) -> str:
    return f"{_BOLD}{text}{_RESET}" if colour else text


def _alignment_lines(alignment: Alignment, *, colour: bool) -> Iterator[str]:
    title = one_line(f"{side_name(alignment.old)} and {side_name(alignment.new)}")
    yield f"{_bold(title, colour=colour)}: {one_line(alignment_sentence(alignment))}"
    for version in (alignment.old, alignment.new):
        yield f"  {one_line(document_sentence(version))}"
    if caution := caution_of_kinds(alignment):
        yield f"  {caution}"
    yield f"  {CLASSIFICATION}"
    told = ToldOnce()
    for group in Group:
        for coverage, topics in alignment.shown(group):
            yield ""
            heading = f"{GROUP_TITLES[group]}: {coverage_title(alignment, coverage)}"
            yield _bold(one_line(heading), colour=colour)
            yield from _topic_lines(alignment, topics, told)
    yield from _loose_money_lines(alignment, colour=colour)


def _topic_lines(alignment: Alignment, topics: Iterable[Topic], told: ToldOnce) -> Iterator[str]:
    for topic in topics:
        yield f"  {one_line(topic.title)} ({topic.code})"
        for side in alignment.sides_of(topic):
            label = one_line(side.version.label)
            if not side.planned:
                yield f"    {label}: {one_line(side.stand.words)}"
            for entry in side.planned:
                yield f"    {label}: {one_line(entry.name)}"
                yield from (f"      {one_line(fact)}" for fact in told.facts(entry, side, topic))


def _loose_money_lines(alignment: Alignment, *, colour: bool) -> Iterator[str]:
    """The money of each plan that stands with no topic; nothing where neither has any."""
    if not any(alignment.loose_money):
        return
    yield from ("", _bold(LOOSE_MONEY, colour=colour))
    for version, money in zip((alignment.old, alignment.new), alignment.loose_money, strict=True):
        yield from (f"  {one_line(version.label)}: {one_line(amount)}" for amount in money)
