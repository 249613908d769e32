"""Turns two wordings that differ in numbers alone into whether they give less or more: "open 8 hubs" for "open 12"."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.diff._firmness import Firmness
from pcstrat.diff._units import Unit


def gives_numbers(old: Sequence[Unit], new: Sequence[Unit], firmness: Firmness) -> bool:
    """Whether all numbers in which two wordings differ are of what somebody gives, and of no problem."""
    if len(old) != len(new) or _names_problems(old, firmness):
        return False
    return all(
        _is_given(side, place, firmness)
        for place, pair in enumerate(zip(old, new, strict=True))
        if pair[0].folded != pair[1].folded
        for side in (old, new)
    )


def _names_problems(side: Sequence[Unit], firmness: Firmness) -> bool:
    return any({unit.text, unit.folded} & firmness.problems for unit in side)


def _is_given(side: Sequence[Unit], place: int, firmness: Firmness) -> bool:
    """Whether a number says how many of something wanted somebody promises, or "1" does."""
    verb = next((unit for unit in reversed(side[:place]) if unit.text in firmness.giving), None)
    if verb is None or not (verb.begins or verb.text in firmness.serving):
        return False
    return side[place].is_judged and (side[place].number is not None or side[place].figure is None)
