"""Turns what an item may be the same as, or part of, into sentences; none of it is ever certain."""

from __future__ import annotations

from decimal import Decimal

from pcstrat.diff.changes import Change, PartOf
from pcstrat.model.money import pounds_in_words


def suggestion_sentence(change: Change) -> str:
    """What the item may be the same as, or part of; never certain."""
    return " ".join(filter(None, (_same_sentence(change), *map(_part_sentence, change.part_of), _sum_sentence(change))))


def _part_sentence(found: PartOf) -> str:
    if found.is_whole:
        when = "now" if found.is_joined else "before"
        return f"Possibly part of {found.name} {when} ({found.score:.0%} of its words stand there)."
    verb, when = ("holds", "now") if found.is_joined else ("held", "before")
    return f"Possibly {verb} {found.name} {when} ({found.score:.0%} of the words of that stand in it)."


def _sum_sentence(change: Change) -> str:
    """That what was joined or divided comes to as much as before."""
    totals = dict.fromkeys(found.total for found in change.part_of if found.total)
    sums = dict.fromkeys(found.sums for found in change.part_of if found.sums)
    same = [f"Together, both sides come to the same: {total}." for total in totals]
    return " ".join((*same, *(_sums(*each) for each in sums)))


def _sums(old: Decimal, new: Decimal) -> str:
    was, now, by = map(pounds_in_words, (old, new, abs(new - old)))
    return f"Together, they came to {was} and come to {now} now, {by} {'less' if new < old else 'more'}."


def _same_sentence(change: Change) -> str:
    suggestion = change.suggestion
    if suggestion is None:
        return ""
    numbers = "the same baseline, target and dates, " if change.context == "elsewhere" else ""
    return f"Possibly the same as {suggestion.name} ({numbers}{suggestion.score:.0%} of the words alike)."
