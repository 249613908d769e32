"""Turns the values of a measure into numbers of one unit, as far as that can be done exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from pcstrat.model.quantities import Quantity
from pcstrat.patterns import Pattern

SHARE, MONEY, COUNT = "share", "money", "count"
LENGTH, MONTHS, WORKING = "length of time", "months", "working "
UNCLEAR = "unclear"
"""What begins like a length of time and may be a thing: "day cases", "minute books"."""

_KEPT: Final = 1_024
"""Units that are remembered: measures are counted in the same few again and again."""
_SECONDS: Final = {
    "second": 1,
    "sec": 1,
    "minute": 60,
    "min": 60,
    "hour": 3_600,
    "hr": 3_600,
    "h": 3_600,
    "day": 86_400,
    "week": 604_800,
    "wk": 604_800,
    "fortnight": 1_209_600,
}
_MONTHS: Final = {"month": 1, "mth": 1, "quarter": 3, "year": 12, "yr": 12, "annum": 12}
_IN_TIME: Final = tuple(name for name in (*_SECONDS, *_MONTHS) if name not in ("second", "minute", "h"))
"""What stands in every name of a length of time: `sec` in `second`, `min` in `minute`; of an hour, more than `h`."""
_BEGINS_TIME: Final = (*_SECONDS, *_MONTHS, "working", "business", "bed")
_NAMES: Final = "|".join((*_SECONDS, *_MONTHS))
_TIME = Pattern(rf"(?:(?P<sort>working|business|bed)[ -])?(?P<name>{_NAMES})(?P<many>s?)\b", re.IGNORECASE)
_IS_LENGTH = Pattern(
    r"\s*(?:$|[^\w\s-]|(?:a|an|and|at|before|each|every|for|from|in|late|long|of|on|or|per|to|until|waits?|waiting)\b)",
    re.IGNORECASE,
)
"""What may follow "day" where it is a length of time, and no part of the name of a thing."""
_NO_LENGTH = Pattern(r"[ -](?:olds?|groups?|checks?)\b", re.IGNORECASE)
_PER = Pattern(
    rf"""(?:\bper\ |/\ ?|\b(?:an?|each|every)\ (?=(?:calendar\ |financial\ )?(?:{_NAMES})\b))
    (?:(?:calendar|financial)\ )?
    (?:(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)?\ ?
    (?P<scale>(?:hundred|thousand|million|(?<=[0-9])[km])\b(?:\ thousand\b)?)?\ ?
    (?P<time>(?:{_NAMES})(?=s?\b))?)(?P<word>(?<!\w)[\w-]+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000}
_ONE_PERSON: Final = frozenset({"capita", "head", "people", "persons"})
_SHARE = Pattern(r"(?:the )?(?:%|pct\b|per ?cent(?:age)?\b|proportion\b|share\b)", re.IGNORECASE)
_MONEY = Pattern(r"£|(?:GBP|pounds?)\b|(?P<pence>p|pence)\b", re.IGNORECASE)
_BEGINS_SHARE: Final = ("the ", "%", "p", "share")
_BEGINS_MONEY: Final = ("£", "gbp", "p")
_THINGS = Pattern(
    r"(?:[a-z-]+ ){0,2}(?!(?:percentages|points|proportions|rates|scores|shares|units|ranks|marks)$)"
    r"(?:people|children|staff|[a-z-]{3,}(?<!s)s)",
    re.IGNORECASE,
)


class Basis(NamedTuple):
    """What something is counted by, the same however it is written: "per thousand" is "per 1,000".

    Attributes:
        kind: A count of people or things, a length of time in seconds, one in months, or the word for a thing.
        size: How many: 1000 in "per 1,000", 12 months in "a year".
    """

    kind: str
    size: Decimal = Decimal(1)


class Unit(NamedTuple):
    """What a value counts.

    Attributes:
        kind: A share, money, a length of time in seconds, one in months, working days and the like, or a count.
        basis: What it is counted by: a week in "hours a week", 1,000 in "per 1,000 people"; often more than one.
        size: How many of the base unit of its kind one is: 7 days' seconds for a week, a hundredth of a pound for 1p.
    """

    kind: str
    basis: frozenset[Basis] = frozenset()
    size: Decimal = Decimal(1)


@lru_cache(maxsize=_KEPT)
def unit_in(words: str) -> Unit:
    """The unit that some words name: those after a number, or those in which a measure states its unit."""
    lower = words.casefold()
    may_be_by = "/" in lower or "per " in lower or any(name in lower for name in _IN_TIME)
    basis = frozenset(map(_basis, _PER.finditer(words)) if may_be_by else ())
    if lower.startswith(_BEGINS_SHARE) and _SHARE.match(words):
        return Unit(SHARE)
    money = _MONEY.match(words) if lower.startswith(_BEGINS_MONEY) else None
    if money is not None:
        return Unit(MONEY, basis, Decimal("0.01") if money["pence"] else Decimal(1))
    length = _TIME.match(words) if lower.startswith(_BEGINS_TIME) else None
    if length is None:
        return Unit(COUNT, basis)
    rest = words[length.end() :]
    if _NO_LENGTH.match(rest) or not (length["many"] or _IS_LENGTH.match(rest)):
        return Unit(UNCLEAR, basis)
    name, sort = length["name"].casefold(), (length["sort"] or "").casefold()
    if sort:
        return Unit(f"bed {name}" if sort == "bed" else WORKING + name, basis)
    kind, size = _length(name)
    return Unit(kind, basis, size)


def _length(name: str) -> tuple[str, Decimal]:
    """The kind of length of time that a name stands for, and how many of the smallest unit of its kind one is."""
    name = name.casefold()
    return (MONTHS, Decimal(_MONTHS[name])) if name in _MONTHS else (LENGTH, Decimal(_SECONDS[name]))


def _basis(match: re.Match[str]) -> Basis:
    number = Decimal((match["number"] or "1").replace(",", ""))
    for scale in (match["scale"] or "").casefold().split():
        number *= _SCALES[scale]
    if match["time"]:
        kind, size = _length(match["time"])
        return Basis(kind, number * size)
    if match["number"] or match["scale"]:
        return Basis(COUNT, number)
    word = (match["word"] or "").casefold()
    return Basis("person" if word in _ONE_PERSON else word)


def unit_of(value: Quantity, stated: str) -> Unit:
    """The unit of a value; where it has none of its own, the one stated for its measure."""
    return Unit(SHARE) if value.of else unit_in(value.unit or stated)


def in_base_units(number: Decimal, value: Quantity, unit: Unit) -> Decimal:
    """The number of a value in the base units of its kind, whose size is 1; a share as a part of 1."""
    return number / (value.of or 100) if unit.kind == SHARE else number * unit.size


_CHANGE = Pattern(
    rf"""(?:(?:(?P<share>%)\ ?|(?:percentage\ )?points?\ |(?:{_NAMES})s?\ )
            (?:(?P<longer>higher|longer|later|greater)|(?P<shorter>lower|shorter|quicker|faster|sooner|earlier))
        |(?:(?P<share_of>%)\ ?|(?:percentage\ )?points?\ |(?:{_NAMES})s?\ )?
            (?:(?P<more>more|extra|additional|increase|rise|growth)
            |(?P<less>fewer|less|decrease|reduction|cut|fall|drop)))\b
        (?!\ than\ [0-9])""",
    re.IGNORECASE | re.VERBOSE,
)
"""A unit of what is added or taken away: "more", "% fewer". Of "% longer than 4 hours" there is so much."""
_IN_CHANGE = (
    *("higher", "longer", "later", "greater", "lower", "shorter", "quicker", "faster", "sooner", "earlier", "more"),
    *(
        "extra",
        "additional",
        "increase",
        "rise",
        "growth",
        "fewer",
        "less",
        "decrease",
        "reduction",
        "cut",
        "fall",
        "drop",
    ),
)


@lru_cache(maxsize=_KEPT)
def _change_in(unit: str) -> re.Match[str] | None:
    lower = unit.casefold()
    return _CHANGE.match(unit) if any(word in lower for word in _IN_CHANGE) else None


def is_change(value: Quantity) -> bool:
    """Whether a value says how much is added or taken away, and not how much there is: "300 more", "10% fewer"."""
    return _change_in(value.unit) is not None


def is_share_of_start(value: Quantity) -> bool:
    """Whether a value says what share of the number before is added or taken away: "10% fewer"."""
    change = _change_in(value.unit)
    return change is not None and bool(change["share"] or change["share_of"])


def is_rise(value: Quantity) -> bool:
    """Whether a value that is a change says that there is more."""
    change = _change_in(value.unit)
    return change is not None and bool(change["more"] or change["longer"])


def names_things(stated: str) -> bool:
    """Whether the unit stated for a measure is things or people that can be counted, and nothing else."""
    return unit_in(stated) == Unit(COUNT) and _THINGS.fullmatch(stated.strip()) is not None
