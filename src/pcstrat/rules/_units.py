"""Turns the values of a measure into numbers of one unit, as far as that can be done exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from pcstrat.model.quantities import Quantity
from pcstrat.patterns import Pattern

SHARE, MONEY, COUNT = "share", "money", "count"
LENGTH, MONTHS = "length of time", "months"

_SECONDS: Final = {
    "second": 1,
    "sec": 1,
    "minute": 60,
    "min": 60,
    "hour": 3_600,
    "hr": 3_600,
    "day": 86_400,
    "week": 604_800,
    "wk": 604_800,
    "fortnight": 1_209_600,
}
_MONTHS: Final = {"month": 1, "mth": 1, "quarter": 3, "year": 12, "yr": 12}
_IN_TIME: Final = tuple(name for name in (*_SECONDS, *_MONTHS) if name not in ("second", "minute"))
"""What stands in every name of a length of time: `sec` in `second`, `min` in `minute`."""
_NAMES: Final = "|".join((*_SECONDS, *_MONTHS))
_TIME = Pattern(
    rf"(?:(?P<sort>working|business|bed)[ -])?(?P<name>{_NAMES})s?\b(?![ -](?:olds?|groups?|checks?)\b)", re.IGNORECASE
)
_PER = Pattern(rf"(?:\bper |/ ?|\b(?:an?|each|every) (?=(?:{_NAMES})\b))(?P<basis>[0-9][0-9,.]*|[\w-]+)", re.IGNORECASE)
_SHARE = Pattern(r"(?:the )?(?:%|per ?cent(?:age)?\b|proportion\b|share\b)", re.IGNORECASE)
_MONEY = Pattern(r"£|(?:GBP|pounds?)\b", re.IGNORECASE)
_BEGINS_SHARE: Final = ("the ", "%", "per", "proportion", "share")
_BEGINS_MONEY: Final = ("£", "gbp", "pound")
_THINGS = Pattern(
    r"(?:[a-z-]+ ){0,2}(?!(?:percentages|points|proportions|rates|scores|shares|units|ranks|marks)$)"
    r"(?:people|children|staff|[a-z-]{3,}(?<!s)s)",
    re.IGNORECASE,
)


class Unit(NamedTuple):
    """What a value counts.

    Attributes:
        kind: A share, money, a length of time in seconds, one in months, working days and the like, or a count.
        basis: What it is counted by: "week" in "hours a week", "1000" in "per 1,000 people".
        size: How many of the smallest unit of its kind one is: 7 days' seconds for a week.
    """

    kind: str
    basis: str = ""
    size: Decimal = Decimal(1)


def unit_in(words: str) -> Unit:
    """The unit that some words name: those after a number, or those in which a measure states its unit."""
    lower = words.casefold()
    may_be_time = any(name in lower for name in _IN_TIME)
    per = _PER.search(words) if may_be_time or "/" in lower or "per " in lower else None
    basis = per["basis"].casefold().replace(",", "").rstrip(".") if per else ""
    if lower.startswith(_BEGINS_SHARE) and _SHARE.match(words):
        return Unit(SHARE)
    if lower.startswith(_BEGINS_MONEY) and _MONEY.match(words):
        return Unit(MONEY, basis)
    length = _TIME.match(words) if may_be_time else None
    if length is None:
        return Unit(COUNT, basis)
    name, sort = length["name"].casefold(), (length["sort"] or "").casefold()
    if sort:
        return Unit(f"{sort} {name}", basis)
    if name in _MONTHS:
        return Unit(MONTHS, basis, Decimal(_MONTHS[name]))
    return Unit(LENGTH, basis, Decimal(_SECONDS[name]))


def unit_of(value: Quantity, stated: str) -> Unit:
    """The unit of a value; where it has none of its own, the one stated for its measure."""
    return Unit(SHARE) if value.of else unit_in(value.unit or stated)


def in_smallest_units(number: Decimal, value: Quantity, unit: Unit) -> Decimal:
    """The number of a value in the smallest units of its kind; a share as a part of 1."""
    return number / (value.of or 100) if unit.kind == SHARE else number * unit.size


def names_things(stated: str) -> bool:
    """Whether the unit stated for a measure is things or people that can be counted, and nothing else."""
    return unit_in(stated) == Unit(COUNT) and _THINGS.fullmatch(stated.strip()) is not None
