"""Turns words in the place of others into whether they promise less or more: "temporary" for "permanent"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from pcstrat.diff._firmness import Firmness
from pcstrat.diff._units import Unit

_UNSAID = frozenset({"a", "an", "the", "to", "that"})
"""Words that come and go with the others: "ensure that they do", "encourage them to do"."""
_Stretch: TypeAlias = tuple[Sequence[Unit], Sequence[Unit]]


def step_in_grade(differences: Iterable[_Stretch], firmness: Firmness) -> int:
    """Whether two wordings that differ in nothing but graded words promise less (-1) or more (1); else 0."""
    steps = {_step(_telling(gone), _telling(come), firmness) for gone, come in differences} - {0}
    return steps.pop() or 0 if len(steps) == 1 else 0


def alike_in_grade(old: Sequence[Unit], new: Sequence[Unit], firmness: Firmness) -> bool:
    """Whether what both wordings grade, they grade alike, wherever the words stand."""
    sides = (_ranks(side, firmness) for side in (old, new))
    return all(not (ranks[0] and ranks[1]) or not ranks[0].isdisjoint(ranks[1]) for ranks in zip(*sides, strict=True))


def _telling(side: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in side if unit.text not in _UNSAID]


def _step(gone: Sequence[Unit], come: Sequence[Unit], firmness: Firmness) -> int | None:
    """What other words in the place of some promise; nothing where that is not sure."""
    if not gone and not come:
        return 0
    if not all(unit.is_judged for unit in (*gone, *come)):
        return None
    if len(gone) + len(come) == 1 and (gone or come)[0].text in firmness.worth:
        return -1 if gone else 1
    if not len(gone) == len(come) == 1:
        return None
    lines = (_between(gone[0], come[0], ranks) for ranks in _lines(gone[0], come[0], firmness))
    steps = [step for step in lines if step is not None]
    return next(filter(None, steps), 0) if steps else None


def _lines(gone: Unit, come: Unit, firmness: Firmness) -> Iterator[Mapping[str, int]]:
    yield from firmness.grades
    if gone.begins and come.begins:
        yield from firmness.deeds
        if gone.is_of_good and come.is_of_good:
            yield from firmness.turns


def _between(gone: Unit, come: Unit, ranks: Mapping[str, int]) -> int | None:
    before, after = ranks.get(gone.plain), ranks.get(come.plain)
    return None if before is None or after is None else (after > before) - (after < before)


def _ranks(side: Sequence[Unit], firmness: Firmness) -> Iterator[set[int]]:
    """The ranks of a text in each line."""
    for ranks in firmness.grades:
        yield {ranks[unit.plain] for unit in side if unit.plain in ranks}
    for ranks in firmness.deeds:
        yield {ranks[unit.plain] for unit in side if unit.begins and unit.plain in ranks}
