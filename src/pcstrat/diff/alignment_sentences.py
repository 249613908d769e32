"""Turns the plans of two boards side by side into sentences: who answers what, and what sort of document each is."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diff.alignment import Alignment, Coverage, Group, Planned
from pcstrat.diff.changes import Version
from pcstrat.diff.sentences import side_name
from pcstrat.text import counted, sentence_case


def coverage_title(alignment: Alignment, coverage: Coverage) -> str:
    """The heading over topics that two plans cover alike."""
    return {
        Coverage.BOTH: "Planned by both",
        Coverage.ONLY_OLD: f"Planned only by {side_name(alignment.old)}",
        Coverage.ONLY_NEW: f"Planned only by {side_name(alignment.new)}",
        Coverage.NEITHER: "Planned by neither",
    }[coverage]


def alignment_sentence(alignment: Alignment) -> str:
    """The answer before the evidence: how many commitments both, one and neither answer."""
    counts = [len(alignment.of(Group.COMMITMENT, coverage)) for coverage in Coverage]
    first, second = side_name(alignment.old), side_name(alignment.new)
    return (
        f"Both answer {counted(counts[0], 'national commitment')}. Only {first} answers {counts[1]}, "
        f"only {second} {counts[2]}; neither answers {counts[3]}."
        f"{_open_sentence(alignment)}"
    )


def _open_sentence(alignment: Alignment) -> str:
    """How much of the silence is no omission."""
    topics = (topic for topic in alignment.topics if topic.group is Group.COMMITMENT)
    number = sum(any(stand.is_open for stand in topic.stands) for topic in topics)
    if not number:
        return ""
    were = "was" if number == 1 else "were"
    return f" Of those that a plan does not answer, {number} {were} published after it or cannot be judged."


def document_sentence(version: Version) -> str:
    """What sort of document one side is, to be read before any figure of it."""
    facts = (("Status", version.status), ("Date", version.date), ("Period", version.period))
    told = (f"{name}: {text or 'not stated'}" for name, text in facts)
    return f"{version.label}: {'. '.join((sentence_case(version.kind), *told))}."


def caution_of_kinds(alignment: Alignment) -> str:
    """That documents of different kinds do not say the same sort of thing; empty where they are of one kind."""
    kinds = alignment.old.kind, alignment.new.kind
    return "" if kinds[0] == kinds[1] else "The documents are of different kinds: compare with care."


def planned_facts(entry: Planned) -> Iterator[str]:
    """What an item states for its topic: dates, money and measures, and in one line what it does not state."""
    parts = (("Date", entry.dates), ("Money", entry.money), ("Measure", entry.measures))
    for label, texts in parts:
        yield from (f"{label}: {text}" for text in texts)
    missing = [label.lower() for label, texts in parts if not texts]
    if missing:
        yield f"Not stated: {', '.join(missing)}"
