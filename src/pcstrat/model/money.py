"""Turns amounts of money as planners write them - £1.3m, £200k, £2m (TBC) - into exact pounds, and back."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pcstrat.model._amounts import (
    APPROXIMATE,
    KEPT,
    LARGEST,
    LONGEST,
    MULTIPLIERS,
    NUMBER,
    in_words,
    plain,
    quote,
    take_qualifier,
    tidy,
    value_of,
)
from pcstrat.patterns import Pattern


class MoneyError(ValueError):
    """An amount that cannot be read. The message says, in full sentences, what is wrong and how it may be written."""


class AmountStatus(enum.StrEnum):
    """How settled an amount is. Whether the money is promised is another question."""

    EXACT = "exact"
    """Stated without reserve, though perhaps as "over" or "about" an amount."""
    TO_BE_CONFIRMED = "to be confirmed"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount: the wording published, and what it means.

    `pounds` is the exact amount in pounds sterling, or the lower one of a range whose upper one is `upper`; `None`
    when no amount stands there. `qualifier` is one of "about", "over", "at least", "under", "up to", "nearly" and
    "approaching".
    """

    published: str
    pounds: Decimal | None = None
    upper: Decimal | None = None
    status: AmountStatus = AmountStatus.EXACT
    approximate: bool = False
    qualifier: str = ""


_MULTIPLIER = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
_AMOUNT = rf"£ ?({NUMBER}) ?({_MULTIPLIER})?(?![\w.])"
_TBC = r"(?:tbc|to be confirmed)"
_WHOLE = Pattern(rf"{_AMOUNT}(?: ?(?:-|to|and) ?{_AMOUNT})?(?:,? ?(\({_TBC}\)|{_TBC}))?", re.IGNORECASE)
_ONLY_TBC = Pattern(rf"\(?{_TBC}\)?", re.IGNORECASE)
_BETWEEN = Pattern("between (?=.+ and )", re.IGNORECASE)
_PENCE = 2
_HOW = "Write it like £1.3m, £200k, £1,200,000 or £2m (TBC)."


@lru_cache(maxsize=KEPT)
def parse_money(text: str) -> Money:
    """Read an amount of money in pounds.

    Raises:
        MoneyError: if any part of the text is not understood; the message says how to write it.
    """
    line = tidy(text)
    if len(line) > LONGEST:
        raise MoneyError(f"An amount has at most {LONGEST} characters, and this text has {len(line)}. {_HOW}")
    if "£" not in line and _ONLY_TBC.fullmatch(line):
        return Money(published=text, status=AmountStatus.TO_BE_CONFIRMED)
    if line.casefold() == "not stated":
        return Money(published=text, status=AmountStatus.NOT_STATED)
    qualifier, rest = take_qualifier(line)
    if not qualifier and "between " in rest.casefold():
        rest = _BETWEEN.sub("", rest)
    match = _WHOLE.fullmatch(rest)
    if match is None:
        raise MoneyError(_explain(text, line))
    return _money(text, qualifier, match)


def _money(text: str, qualifier: str, match: re.Match[str]) -> Money:
    pounds = _pounds(text, match[1], match[2])
    upper = _pounds(text, match[3], match[4]) if match[3] else None
    if upper is not None:
        _check_range(text, pounds, upper)
    return Money(
        published=text,
        pounds=pounds,
        upper=upper,
        status=AmountStatus.TO_BE_CONFIRMED if match[5] else AmountStatus.EXACT,
        approximate=qualifier in APPROXIMATE,
        qualifier=qualifier,
    )


def _pounds(text: str, digits: str, multiplier: str | None) -> Decimal:
    """The amount in pounds.

    Raises:
        MoneyError: if it is finer than a penny, or beyond all bounds.
    """
    pounds = plain(value_of(digits, multiplier))
    if pounds >= LARGEST:
        raise MoneyError(f"“{quote(text)}” is more money than there is. {_HOW}")
    exponent = pounds.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _PENCE:
        raise MoneyError(f"“{quote(text)}” is finer than a penny. Use a comma for thousands and a point for pence.")
    return pounds


def _check_range(text: str, lower: Decimal, upper: Decimal) -> None:
    if lower > upper:
        raise MoneyError(
            f"“{quote(text)}” falls from the first amount to the second. A fall in cost is a measure, with a baseline "
            "and a target, and not funding. For a range of funding write the smaller amount first."
        )
    if lower == upper:
        raise MoneyError(f"“{quote(text)}” gives the same amount twice. Write it once.")


def _explain(text: str, line: str) -> str:
    for pattern, advice in _DEFECTS:
        if pattern.search(line):
            return f"{advice(quote(text))} {_HOW}"
    return (
        f"“{quote(text)}” holds more than an amount. {_HOW} What it is for, how often it comes and its year "
        "have fields of their own."
    )


_DEFECTS: tuple[tuple[Pattern, Callable[[str], str]], ...] = tuple(
    (Pattern(pattern, re.IGNORECASE), advice)
    for pattern, advice in (
        ("^$", "The amount is empty: leave it out if none is stated.{0:.0}".format),
        (
            "^[^£0-9]+$",
            "“{}” states no amount. Put this wording into funding_statement, or write not stated.".format,
        ),
        (r"^\(?-|£ ?-|^\(£.*[0-9a-z]\)$", "“{}” is negative, and funding is not.".format),
        ("^[^£]+$", "“{}” has no £ sign, so that it may be a number of anything.".format),
        (r"£(?! ?[0-9])", "“{}” has no number after the £ sign.".format),
        (r"[0-9]\.[0-9]+\.|[0-9]\.(?![0-9])", "“{}” has a decimal point where none can stand.".format),
        (r"[0-9],(?![0-9]{3}(?![0-9]))|[0-9]{4},", "“{}” has a comma that does not mark thousands.".format),
        (r"£ ?[0-9.,]+ ?(?:-|to) ?[0-9]", "“{}” gives the second amount without its £ sign.".format),
    )
)


def format_money(money: Money) -> str:
    """Print an amount in NHS style, exactly: `£1.3 million`, `£40,000`, `£2 million, to be confirmed`."""
    if money.pounds is None:
        return money.status.value
    amount = format_figure(money, money.pounds)
    return f"{amount}, to be confirmed" if money.status is AmountStatus.TO_BE_CONFIRMED else amount


def format_figure(money: Money, pounds: Decimal) -> str:
    """Print the figure of an amount, whose pounds are known, without how settled it is: `about £1.3 million`."""
    figure = pounds_in_words(pounds)
    if money.upper is not None:
        figure += f" to {pounds_in_words(money.upper)}"
    return f"{money.qualifier} {figure}" if money.qualifier else figure


def pounds_in_words(pounds: Decimal) -> str:
    """Print pounds exactly: pence only where there are some, and millions where two decimals suffice."""
    if pounds == pounds.to_integral_value():
        return f"£{in_words(plain(pounds))}"
    in_pence = pounds == round(pounds, _PENCE)
    return f"£{pounds:,.2f}" if in_pence else f"£{pounds:,f}"
