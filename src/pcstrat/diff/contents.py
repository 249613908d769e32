"""Turns what came or went with an item into words: each milestone, action and measure by name, and the commitments."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.diff.changes import Change, Part, Said
from pcstrat.diff.kinds import Kind
from pcstrat.light_markdown import plain
from pcstrat.naming import shorten
from pcstrat.text import first_few, listed

_MOST = 12
"""How many are named where people read: as many as a reader takes in, and as a comment has room for."""

_LONGEST = 160
_LEADS = {
    Kind.RETIRED: "Given up with it",
    Kind.REINSTATED: "Taken up again with it",
    Kind.ADDED: "With it came",
    Kind.STATED: "With it came",
}


def parts_lead(change: Change) -> str:
    """What stands before the parts: "With it went"."""
    return _LEADS.get(change.kind, "With it went")


def part_words(change: Change) -> tuple[str, ...]:
    """The parts by name, those with a date, a target, money or a national commitment before others; then how many more.

    They stand in the order of the plan.
    """
    if len(change.parts) <= _MOST + 1:
        return tuple(map(_words, change.parts))
    shown = sorted(sorted(range(len(change.parts)), key=lambda place: not change.parts[place].is_telling)[:_MOST])
    return *(_words(change.parts[place]) for place in shown), f"{len(change.parts) - _MOST} more"


def _words(part: Part) -> str:
    named = f"{part.noun} “{shorten(plain(part.text), _LONGEST)}”"
    likely = part.suggestion
    perhaps = f"possibly the same as {likely.name}, {likely.score:.0%} of the words alike" if likely else ""
    beside = "; ".join(filter(None, (part.promise, perhaps)))
    return f"{named} ({beside})" if beside else named


def parts_sentence(change: Change) -> str:
    """The parts in one sentence; empty where there are none."""
    return f"{parts_lead(change)}: {listed(part_words(change))}." if change.parts else ""


def commitments_sentence(change: Change) -> str:
    """Which national commitments went or came with an item; empty where none did."""
    if not change.commitments:
        return ""
    verb = "answers" if change.kind in {Kind.ADDED, Kind.REINSTATED} else "answered"
    noun = "commitment" if len(change.commitments) == 1 else "commitments"
    return f"It {verb} the national {noun}: {_some(change.commitments)}."


def _some(codes: Sequence[Said]) -> str:
    names = [said.title or said.text for said in codes]
    shown = first_few(names, _MOST)
    left = [f"{len(names) - len(shown)} more"] if len(shown) < len(names) else []
    return listed([*shown, *left])
