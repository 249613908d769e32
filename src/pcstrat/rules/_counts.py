"""Turns numbers as plans state them into bounds, so that counts can be compared, and finds counts in texts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from pcstrat.model.quantities import Quantity
from pcstrat.numerals import WORDS
from pcstrat.patterns import Pattern

_LARGE = ("hundred", "thousand", "million")
_AFTER_LARGE = "".join(f"(?<!{large} )(?<!{large} and )" for large in _LARGE)
COUNT = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})*|{_AFTER_LARGE}(?<!ty-){WORDS})"
    rf"(?![\w-]* (?:{'|'.join(_LARGE)})\b)"
)
"""A pattern of a count in a text: digits, or a word up to ninety-nine; of "one hundred and twenty-five" nothing."""
DIVIDED = Pattern(
    rf" (?:about|are|for|in|on) [^.;:]*?(?:[.,;]|\b(?:and|as well as|plus|with)) (?:another|{COUNT})\b"
    r"|[^.:]*?\bthe (?:last|other|rest|third|fourth|fifth|sixth|seventh)\b",
    re.IGNORECASE,
)
"""Behind a count: that another one follows, of the rest: "two ambitions for children and one for their parents"."""

_ABOUT = Decimal("0.1")
_BOTH_ABOUT = _ABOUT / 2
_NO_END = Decimal("Infinity")

Bounds: TypeAlias = tuple[Decimal, Decimal]


def bounds(quantity: Quantity, about: Decimal = _ABOUT) -> Bounds | None:
    """The least and the most that a number can mean, as its wording says; `None` when no number is stated.

    `about` is the share of an approximate number that it may be off.
    """
    number = quantity.number
    if number is None:
        return None
    if quantity.approximate:
        return number * (1 - about), (quantity.upper or number) * (1 + about)
    if quantity.qualifier in ("over", "at least"):
        return number, _NO_END
    if quantity.qualifier in ("under", "up to"):
        return Decimal(0), number
    return number, quantity.upper or number


def may_agree(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can both be true: "over 150" and 156 can."""
    first, second = bounds_of_both(one, other)
    if first is None or second is None:
        return True
    return first[0] <= second[1] and second[0] <= first[1]


def bounds_of_both(one: Quantity, other: Quantity) -> tuple[Bounds | None, Bounds | None]:
    """The bounds of two numbers that are compared. Two that are approximate share the leeway of one."""
    about = _BOTH_ABOUT if one.approximate and other.approximate else _ABOUT
    return bounds(one, about), bounds(other, about)
