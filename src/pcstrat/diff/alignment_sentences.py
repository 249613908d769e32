"""Turns the plans of two boards side by side into sentences: who answers what, and what sort of document each is."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diff.alignment import Alignment, Coverage, Group, Side, Topic
from pcstrat.diff.alignment_items import Planned
from pcstrat.diff.changes import Version
from pcstrat.diff.sentences import side_name
from pcstrat.text import counted, sentence_case

CLASSIFICATION = (
    "Topics are found by tags. Whoever wrote the plan's file chose them; they may not be the board's own. A plan may "
    "say more of a topic than its tags tell. What it has given up does not count."
)
"""What the answers rest on, to be read before them."""

_WHICH_MONEY = "which money is for it"
_FEW = 2
"""So many facts are said again as briefly as where they stand."""

_AS_FAR = "as far as the tags tell"
LOOSE_MONEY = f"Money for none of these topics, {_AS_FAR}"
"""The heading over money that stands with no topic."""


def coverage_title(alignment: Alignment, coverage: Coverage) -> str:
    """The heading over topics that two plans cover alike."""
    return {
        Coverage.BOTH: "Planned by both",
        Coverage.ONLY_OLD: f"Planned only by {side_name(alignment.old)}, {_AS_FAR}",
        Coverage.ONLY_NEW: f"Planned only by {side_name(alignment.new)}, {_AS_FAR}",
        Coverage.NEITHER: f"Planned by neither, {_AS_FAR}",
    }[coverage]


def alignment_sentence(alignment: Alignment) -> str:
    """The answer before the evidence: how many commitments both, one and neither answer."""
    counts = [len(alignment.of(Group.COMMITMENT, coverage)) for coverage in Coverage]
    both, *others = (str(count) if count else "none" for count in counts)
    first, second = side_name(alignment.old), side_name(alignment.new)
    return (
        f"Both answer {both} of {counted(sum(counts), 'national commitment')}. {first} alone answers {others[0]}, "
        f"{second} alone {others[1]}; neither answers {others[2]}."
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


def planned_parts(entry: Planned) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What an item states for its topic: dates, money and measures, each under its name."""
    return ("Date", entry.dates), ("Money", entry.money), ("Measure", entry.measures)


def unstated_sentence(entry: Planned, *, has_loose_money: bool) -> str:
    """What of these it does not state, in one line; empty where it states all.

    Args:
        entry: The item.
        has_loose_money: Whether its plan has money that stands with no topic: some of that may be for it.
    """
    missing = [label for label, texts in planned_parts(entry) if not texts]
    words = [_WHICH_MONEY if label == "Money" and has_loose_money else label.lower() for label in missing]
    return f"Not stated: {', '.join(words)}" if words else ""


class ToldOnce:
    """What items state for their topics, in words. What is told of an item under one topic is named under the next."""

    def __init__(self) -> None:
        self._told: dict[tuple[Version, Planned], str] = {}

    def facts(self, entry: Planned, side: Side, topic: Topic) -> Iterator[str]:
        """All that an item states for a topic, a line for each fact, and in one line what it does not state."""
        facts = [f"{label}: {text}" for label, texts in planned_parts(entry) for text in texts]
        before = self._told.setdefault((side.version, entry), topic.code)
        if before != topic.code and len(facts) > _FEW:
            yield f"The same {len(facts)} facts as under {before}, above"
        else:
            yield from facts
        if missing := unstated_sentence(entry, has_loose_money=side.has_loose_money):
            yield missing
