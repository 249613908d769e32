"""Turns two wordings into whether one begins with the opposite of what the other promises: "stop" for "start"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pcstrat.diff._firmness import Firmness
from pcstrat.diff._inflection import gerunds
from pcstrat.diff._units import GERUND, Unit


def is_ceased(affirmed: Sequence[Unit], ceased: Sequence[Unit], firmness: Firmness) -> bool:
    """Whether a wording stops what the other promises in the same words: "stop supporting" for "support"."""
    place = next((place for place, unit in enumerate(ceased) if _ceases(ceased, place, firmness)), None)
    if place is None:
        return False
    verb = next(iter(affirmed[place : place + 1]), None)
    return (
        verb is not None
        and verb.begins
        and verb.text in firmness.wanted
        and ceased[place + 1].text in {*gerunds(verb.text)}
        and _words(affirmed[:place]) == _words(ceased[:place])
        and _words(affirmed[place + 1 :]) == _words(ceased[place + 2 :])
    )


def is_turned(old: Sequence[Unit], new: Sequence[Unit], firmness: Firmness) -> bool:
    """Whether one of two wordings begins more often than the other with words that end or deny something.

    Nor may one begin with a word of which the other has an opposite.
    """
    counts = {sum(unit.begins and unit.text in firmness.reversals for unit in side) for side in (old, new)}
    return len(counts) > 1 or any(_are_apart(old, new, line) for line in firmness.turns)


def _are_apart(old: Sequence[Unit], new: Sequence[Unit], line: Mapping[str, int]) -> bool:
    sides = [{line[unit.text] for unit in side if unit.begins and unit.text in line} for side in (old, new)]
    return all(sides) and sides[0].isdisjoint(sides[1])


def _ceases(side: Sequence[Unit], place: int, firmness: Firmness) -> bool:
    unit, following = side[place], side[place + 1 : place + 2]
    return unit.begins and unit.text in firmness.ceasing and any(each.text.endswith(GERUND) for each in following)


def _words(side: Sequence[Unit]) -> list[str]:
    return [unit.folded for unit in side]
