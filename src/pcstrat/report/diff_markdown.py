"""Turns differences between plans into Markdown that fits a comment on a pull request.

A summary line, then what was weakened, then the rest; nothing at all when nothing changed. Text from plans is escaped:
no markup, no mention and no reference in it means anything to whoever shows the comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    sides_sentence,
    summary_sentence,
    wording_lead,
)
from pcstrat.diff.wording import Mark, Piece, apart, word_changes
from pcstrat.naming import shorten
from pcstrat.report.diff_text import Result
from pcstrat.report.markdown import escaped
from pcstrat.text import sentence_case

LONGEST = 60_000
"""Characters; the places that show comments take little more."""

_NOTE = "\n_The comparison is longer than a comment may be: {} more lines are left out._\n"


def diff_markdown(results: Sequence[Result]) -> str:
    """The comment; empty when nothing changed. Of several plans, what was weakened in any of them comes first."""
    shown = [result for result in results if _has_something(result)]
    differences = [result for result in shown if isinstance(result, Difference)]
    if len(differences) > 1:
        blocks = [[_summary_of_all(differences, len(results))], *_by_plan(differences)]
    else:
        blocks = [list(_lines(result)) for result in shown]
    return _capped([line for block in blocks for line in (*block, "")]) if blocks else ""


def _summary_of_all(differences: Sequence[Difference], number: int) -> str:
    changes = [change for difference in differences for change in difference.changes]
    return f"**{len(differences):,} of {number:,} plans have changed**: {summary_sentence(changes)}"


def _by_plan(differences: Sequence[Difference]) -> Iterator[list[str]]:
    """What was weakened in each plan, then everything else in each."""
    weakened = [difference for difference in differences if difference.of(Significance.WEAKENED)]
    for difference in weakened:
        yield [_head(difference), *_by_meaning(difference, (Significance.WEAKENED,))]
    others = [meaning for meaning in Significance if meaning is not Significance.WEAKENED]
    for difference in differences:
        if any(map(difference.of, others)):
            again = f"**{escaped(sides_sentence(difference))}**, other changes"
            yield [again if difference in weakened else _head(difference), *_by_meaning(difference, others)]


def _has_something(result: Result) -> bool:
    return bool(result.changes) if isinstance(result, Difference) else bool(result.topics)


def _capped(lines: list[str]) -> str:
    """The lines that fit, whole ones, and a note of how many do not."""
    text = "\n".join(lines).rstrip("\n") + "\n"
    if len(text) <= LONGEST:
        return text
    room = LONGEST - len(_NOTE) - 10
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept) + "\n" + _NOTE.format(f"{len(lines) - len(kept):,}")


def _lines(result: Result) -> Iterator[str]:
    if isinstance(result, Alignment):
        yield from _alignment_lines(result)
        return
    yield _head(result)
    yield from _by_meaning(result, Significance)


def _head(difference: Difference) -> str:
    head = f"**{escaped(sides_sentence(difference))}**: {summary_sentence(difference.changes)}"
    return " ".join(filter(None, (head, escaped(caution_sentence(difference)))))


def _by_meaning(difference: Difference, meanings: Iterable[Significance]) -> Iterator[str]:
    for meaning in meanings:
        changes = difference.of(meaning)
        if changes:
            yield from ("", f"### {HEADINGS[meaning]}", "")
            for change in changes:
                yield from _change_lines(change)


def _change_lines(change: Change) -> Iterator[str]:
    """A change as one item of a list, and what came or went with it as items under it."""
    fact = f"{wording_lead(change)}{_reworded(change)}" if change.is_worded else escaped(fact_sentence(change))
    name = f"- **{escaped(sentence_case(change.name))}**:"
    lead = [f"{parts_lead(change)}:"] if change.parts else []
    yield " ".join([name, fact, *map(escaped, remarks(change)), *lead])
    yield from (f"  - {escaped(words)}" for words in part_words(change))


def _reworded(change: Change) -> str:
    before, after = (side.text if side else "" for side in (change.before, change.after))
    return "".join(map(_piece, apart(word_changes(before, after))))


def _piece(piece: Piece) -> str:
    """Words that went and came. Elements, because stars and tildes count only beside some characters."""
    text = escaped(piece.text)
    if piece.mark is Mark.KEPT:
        return text
    return f"<del>{text}</del>" if piece.mark is Mark.REMOVED else f"<ins>{text}</ins>"


def _alignment_lines(alignment: Alignment) -> Iterator[str]:
    title = f"{alignment.old.label} and {alignment.new.label}"
    yield f"**{escaped(title)}**: {escaped(alignment_sentence(alignment))}"
    yield ""
    for version in (alignment.old, alignment.new):
        yield f"- {escaped(document_sentence(version))}"
    if caution := caution_of_kinds(alignment):
        yield f"- {caution}"
    yield f"- {CLASSIFICATION}"
    told = ToldOnce()
    for group in Group:
        for coverage, topics in alignment.shown(group):
            yield from ("", f"### {GROUP_TITLES[group]}: {escaped(coverage_title(alignment, coverage))}", "")
            yield from _topic_lines(alignment, topics, told)
    yield from _loose_money_lines(alignment)


def _topic_lines(alignment: Alignment, topics: Iterable[Topic], told: ToldOnce) -> Iterator[str]:
    for topic in topics:
        yield f"- **{escaped(topic.title)}** ({escaped(topic.code)})"
        for side in alignment.sides_of(topic):
            label = escaped(side.version.label)
            if not side.planned:
                yield f"  - {label}: {escaped(side.stand.words)}"
            for entry in side.planned:
                facts = "; ".join(shorten(fact, 120) for fact in told.facts(entry, side, topic))
                yield f"  - {label}: {escaped(entry.name)}. {escaped(facts)}"


def _loose_money_lines(alignment: Alignment) -> Iterator[str]:
    """The money of each plan that stands with no topic; nothing where neither has any."""
    if not any(alignment.loose_money):
        return
    yield from ("", f"### {LOOSE_MONEY}", "")
    for version, money in zip((alignment.old, alignment.new), alignment.loose_money, strict=True):
        yield from (f"- {escaped(version.label)}: {escaped(shorten(amount, 120))}" for amount in money)
