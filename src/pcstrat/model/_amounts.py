"""What amounts of money and quantities share: turns qualifiers and written numbers into exact values, and back."""

from __future__ import annotations

from decimal import Decimal

LONGEST = 200
"""Characters; a longer text is prose, not a number."""
KEPT = 4_096
"""Texts that are remembered as read: plans state the same numbers again and again."""

ABOUT = "about"
APPROXIMATE = frozenset((ABOUT, "nearly", "approaching"))
"""The qualifiers that leave open on which side of the number the value lies, or how far from it."""

_WORDINGS = {
    ABOUT: "about|around|approximately|approx.|approx|circa|c.|c|roughly|some|an estimated|estimated|~",
    "over": "over|more than|above|greater than|in excess of|>",
    "at least": "at least|no fewer than|no less than|not less than|a minimum of|minimum of|≥",
    "under": "under|less than|fewer than|below|<",
    "up to": "up to|at most|no more than|not more than|a maximum of|maximum of|≤",
    "nearly": "nearly|almost",
    "approaching": "approaching",
}
_QUALIFIERS = {wording: qualifier for qualifier, wordings in _WORDINGS.items() for wording in wordings.split("|")}
_LONGEST_FIRST = sorted(_QUALIFIERS, key=len, reverse=True)
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")

NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,6})?"
"""Digits with or without thousands commas. What follows must not be more digits, commas or points."""
LARGEST = Decimal(10) ** 15
"""No plan counts this far; below it every number that can be written is exact and can be printed."""

MULTIPLIERS = {
    "k": 1000,
    "thousand": 1000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_MILLION, _BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
_MOST_DECIMALS = 2


def tidy(text: str) -> str:
    """One line with single spaces and plain hyphens."""
    return " ".join(text.split()).translate(_DASHES)


def take_qualifier(text: str) -> tuple[str, str]:
    """The qualifier that tidy text begins with, in its one spelling (or nothing), and the rest."""
    lower = "" if text[:1].isdecimal() or text.startswith("£") else text.lower()
    for wording in _LONGEST_FIRST if lower else ():
        if lower.startswith(wording):
            behind = text[len(wording) :]
            rest = behind.lstrip()
            if rest and (rest != behind or not wording[-1].isalpha()):
                return _QUALIFIERS[wording], rest
    return "", text


def value_of(digits: str, multiplier: str | None) -> Decimal:
    """The exact value of `1.3` and `m`. A multiplier's value has no zeros after the point that it does not need."""
    number = Decimal(digits.replace(",", ""))
    if not multiplier:
        return number
    return plain(number * MULTIPLIERS[multiplier.lower()])


def plain(number: Decimal) -> Decimal:
    """The same value without trailing zeros after the point, and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def in_words(number: Decimal) -> str:
    """Print a number exactly: `1.3 million` where two decimals suffice, else digits with thousands commas."""
    for unit, name in ((_BILLION, "billion"), (_MILLION, "million")):
        if abs(number) >= unit:
            scaled = (number / unit).normalize()
            exponent = scaled.as_tuple().exponent
            if isinstance(exponent, int) and -exponent <= _MOST_DECIMALS:
                return f"{scaled:,f} {name}"
    return in_digits(number)


def in_digits(number: Decimal) -> str:
    """Print a number exactly, with thousands commas."""
    return f"{number:,f}"


def quote(text: str) -> str:
    """The beginning of a text, short enough for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"  # noqa: PLR2004 - as much as a message can carry
