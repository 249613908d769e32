"""Finds baselines and targets that do not fit each other, their direction or their unit, or exceed the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pcstrat.diagnostics import Severity
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.quantities import Quantity
from pcstrat.model.vocabulary import Direction
from pcstrat.patterns import Pattern
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules._units import (
    COUNT,
    LENGTH,
    MONEY,
    MONTHS,
    SHARE,
    UNCLEAR,
    WORKING,
    Unit,
    in_base_units,
    is_change,
    is_rise,
    is_share_of_start,
    names_things,
    unit_in,
    unit_of,
)
from pcstrat.rules.measure import placed_measures
from pcstrat.rules.subject import Subject

_ALL = 100
_INCOMPARABLE, _DIFFER = "they cannot be compared", "the units differ as written"
_BEYOND = {"over": 1, "under": -1, "nearly": -1, "approaching": -1}
"""On which side of its number a value lies by its wording; with the others it may be the number itself."""
_CONVERT = "readers have to convert one of them"


@rule(
    "M14",
    "target-against-direction",
    title="A target lies against the direction of its measure",
    severity=Severity.WARNING,
    why="Either the number or the direction is wrong, and charts would show a setback as progress.",
    remedy="Correct the baseline, the target or the direction, whichever is wrong.",
    before="""
measures: [{text: Towns that have a clinic., baseline: 9, target: 4, direction: up}]
""",
    after="""
measures: [{text: Towns that have a clinic., baseline: 4, target: 9, direction: up}]
""",
)
def against_direction(subject: Subject) -> Iterator[Hit]:
    """Targets below the baseline of what should rise, above that of what should fall, or no change in either.

    A target of "300 more" is a rise from any baseline, and "below 15%" is less than 15%.
    """
    for item, measure in placed_measures(subject):
        rise = None if measure.direction in (None, Direction.MAINTAIN) else _rise(measure)
        if rise is not None and rise * (1 if measure.direction is Direction.UP else -1) <= 0:
            before, after = _published(measure)
            message = f"This should go {measure.direction}, but its target is {after} and its baseline {before}."
            related = (Related((*item.path, "baseline"), "The baseline stands here."),)
            yield Hit(path=(*item.path, "target"), message=message, related=related)


def _rise(measure: Measure) -> int | None:
    """Whether a target is more than its baseline (1), less (-1) or the same (0); `None` where nobody can tell."""
    target = measure.target
    if target is not None and target.value.number is not None and is_change(target.value):
        return 1 if is_rise(target.value) else -1
    values = _in_one_unit(measure)
    if not values:
        return None
    start, end = values
    if start != end:
        return 1 if end > start else -1
    before, after = (_BEYOND.get(value.qualifier, 0) for value in _values(measure))
    return after - before if after != before else 0


def _in_one_unit(measure: Measure) -> list[Decimal] | None:
    """Baseline and target as numbers of one unit; `None` for ranges and wordings, and where units do not convert."""
    values = [reading.value for reading in (measure.baseline, measure.target) if reading and not reading.value.upper]
    units = _units(measure)
    if units is None or len(values) != len(units) or units[0][:2] != units[1][:2]:
        return None
    stated = zip(values, units, strict=True)
    return [in_base_units(value.number, value, unit) for value, unit in stated if value.number is not None]


def _units(measure: Measure) -> tuple[Unit, Unit] | None:
    """The units of baseline and target, if both are numbers; one that has none takes the other's basis."""
    if measure.baseline is None or measure.target is None:
        return None
    values = (measure.baseline.value, measure.target.value)
    if any(value.number is None for value in values):
        return None
    first, second = (unit_of(value, measure.unit or "") for value in values)
    if not values[0].unit:
        first = first._replace(basis=first.basis or second.basis)
    if not values[1].unit:
        second = second._replace(basis=second.basis or first.basis)
    return first, second


def _published(measure: Measure) -> tuple[str, str]:
    """Baseline and target as written."""
    before, after = (reading.value.published if reading else "" for reading in (measure.baseline, measure.target))
    return before, after


@rule(
    "M15",
    "units-differ",
    title="Baseline and target of a measure are in different units",
    severity=Severity.WARNING,
    why="""A baseline of 40 practices and a target of 60% cannot be compared, and no chart can show them. Of 3 months
    and 10 weeks, each reader has to work out which is more.""",
    remedy="State both in the same unit.",
    before="""
measures: [{text: Towns that have a clinic., baseline: 9 towns, target: 60%}]
""",
    after="""
measures: [{text: Towns that have a clinic., baseline: 40%, target: 60%}]
""",
)
def units_differ(subject: Subject) -> Iterator[Hit]:
    """Values in units that do not compare, or that readers have to convert, or that contradict the stated unit."""
    for item, measure in placed_measures(subject):
        units = _units(measure)
        before, after = _published(measure)
        related = (Related((*item.path, "baseline"), "The baseline stands here."),)
        is_share = measure.target is not None and is_share_of_start(measure.target.value)
        words, cap = _how_units_differ(measure, *units) if units and not is_share else ("", None)
        if words:
            message = f"The baseline is {before}, the target {after}: {words}."
            yield Hit(path=(*item.path, "target"), message=message, related=related, at_most=cap)
            continue
        odd = _against_stated_unit(measure)
        if odd is not None:
            field, reading = odd
            message = f"The unit is “{measure.unit}”, but the {field} is {reading.value.published}."
            related = (Related((*item.path, field), f"The {field} stands here."),)
            remedy = "Write in `unit` what the values are in, as in “% of practices”, or correct the value."
            path = (*item.path, "unit")
            yield Hit(path=path, message=message, remedy=remedy, related=related, at_most=Severity.ADVICE)


def _how_units_differ(measure: Measure, one: Unit, other: Unit) -> tuple[str, Severity | None]:
    """How two units differ, in words, and how much that counts at most; nothing if they are alike, or may be."""
    kinds = {one.kind, other.kind}
    if UNCLEAR in kinds:
        return "", None
    if len(kinds) == 1:
        return _how_sizes_differ(one, other), Severity.ADVICE
    if all(map(_is_length, kinds)):
        return _CONVERT, Severity.ADVICE
    if kinds == {SHARE, COUNT} and any(basis.kind == COUNT for basis in one.basis | other.basis):
        return "" if any(value.of for value in _values(measure)) else _CONVERT, Severity.ADVICE
    return (_INCOMPARABLE, None) if _cannot_be_compared(measure, kinds) else (_DIFFER, Severity.ADVICE)


def _how_sizes_differ(one: Unit, other: Unit) -> str:
    """How two units of one kind differ, in words: in their size, or in what they are counted by where both say so."""
    first, second = one.basis - other.basis, other.basis - one.basis
    if first and second:
        by = {LENGTH if basis.kind == MONTHS else basis.kind for basis in first | second}
        return _CONVERT if by in ({COUNT}, {LENGTH}) else _DIFFER
    return _CONVERT if _is_length(one.kind) and one.size != other.size else ""


def _is_length(kind: str) -> bool:
    return kind in (LENGTH, MONTHS) or kind.startswith(WORKING)


def _cannot_be_compared(measure: Measure, kinds: set[str]) -> bool:
    """Whether values of two kinds are certain not to compare: what has no unit, or an unknown one, may be anything."""
    if COUNT not in kinds:
        return all(kind in (SHARE, MONEY) or _is_length(kind) for kind in kinds)
    units = [value.unit or measure.unit or "" for value in _values(measure) if not value.of]
    return bool(kinds & {SHARE, MONEY}) and any(names_things(unit) for unit in units)


def _values(measure: Measure) -> list[Quantity]:
    return [reading.value for reading in (measure.baseline, measure.target) if reading]


def _against_stated_unit(measure: Measure) -> tuple[str, Reading] | None:
    """The first value of a measure whose own unit is of another kind than the one stated for the measure."""
    stated = (measure.unit or "").strip()
    kind = unit_in(stated).kind
    readings = {"baseline": measure.baseline, "target": measure.target}
    units = {field: reading.value.unit for field, reading in readings.items() if reading and not reading.value.of}
    if not stated or any(stated.casefold() in unit.casefold() for unit in units.values()):
        return None
    for field, unit in units.items():
        reading, own = readings[field], unit_in(unit).kind
        is_known = UNCLEAR not in (kind, own) and (kind != COUNT or (own in (SHARE, MONEY) and names_things(stated)))
        if reading and unit and is_known and own != kind and not is_share_of_start(reading.value):
            return field, reading
    return None


_OF_A_WHOLE = Pattern(
    r"""(?:%|\b(?:shares?|proportions?|percentages?|per\ cent))\ of
        \ (?:all|(?:[a-z-]+\ )?(?:adults|children|men|patients|people|women))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_ANOTHER_NUMBER = Pattern(
    r"""\b(?:activity|average|baseline|budget|capacity|compared|contract\w*|establishment|expected|fund(?:ed|ing)|growth|increase
        |levels?|lists?|numbers?|places?|plan(?:ned)?|posts?|rates?|ratio|register(?:s|ed)?|relative|slots?|target|value
        |pre-pandemic|20[0-9]{2})\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a share may be more than all of: a number that is fixed beforehand."""


@rule(
    "M17",
    "more-than-all",
    title="A share of a whole is more than 100%",
    severity=Severity.ADVICE,
    heuristic=True,
    why="No more than all can be reached. A target of 120% is a slip, or is counted from something that is not named.",
    remedy="Correct the value, or name the number that it is a percentage of.",
    before="""
measures: [{text: Share of all towns that have a clinic., baseline: 60%, target: 120%}]
""",
    after="""
measures: [{text: Share of all towns that have a clinic., baseline: 60%, target: 100%}]
""",
)
def more_than_all(subject: Subject) -> Iterator[Hit]:
    """Values over 100% of measures that are of a part of people or things, and of no level, plan or earlier year."""
    for item, measure in placed_measures(subject):
        for field in ("baseline", "latest", "target"):
            reading = getattr(measure, field)
            value = reading.value if isinstance(reading, Reading) else None
            if value is None or value.number is None or max(value.number, value.upper or 0) <= _ALL:
                continue
            if value.of or unit_of(value, measure.unit or "").kind != SHARE:
                continue
            words = " ".join(filter(None, (measure.title, measure.text, measure.indicator, measure.unit, value.unit)))
            if _OF_A_WHOLE.search(words) and not _OF_ANOTHER_NUMBER.search(words):
                yield Hit(path=(*item.path, field), message=f"{value.published} is more than all there can be.")


RULES = (against_direction, units_differ, more_than_all)
