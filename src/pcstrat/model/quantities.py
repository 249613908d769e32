"""Turns numbers as plans publish them - "c. 400", "33 out of 35", "£18.76" - into exact values, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pcstrat.model._amounts import (
    APPROXIMATE,
    KEPT,
    LARGEST,
    LONGEST,
    NUMBER,
    in_digits,
    in_words,
    quote,
    take_qualifier,
    tidy,
    value_of,
)
from pcstrat.model.money import pounds_in_words
from pcstrat.numerals import WORDS, number_of
from pcstrat.patterns import Pattern
from pcstrat.placeholders import is_placeholder


class QuantityError(ValueError):
    """A number that cannot be read. The message says, in full sentences, what is wrong and how it may be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a plan: the wording published, and what it means.

    `number` is the value, or the lower one of a range whose upper one is `upper`; `None` when no number can be given.
    `of` is the whole in "33 out of 35". `unit` is the text after the number ("%", "m²", "GP practices"); for money it
    begins with "£". `qualifier` is one of "about", "over", "at least", "under", "up to", "nearly" and "approaching".
    `read_as` is the reading that the long form gives, as written there.
    """

    published: str
    number: Decimal | None = None
    upper: Decimal | None = None
    of: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    approximate: bool = False
    read_as: str | None = None

    def __hash__(self) -> int:
        """Quantities are looked up by what they are printed as, and mostly differ in their wording."""
        return hash(self.published)

    @property
    def is_stated(self) -> bool:
        """Whether it says how much, if only in words: "third highest" does, "TBC" does not."""
        return self.number is not None or not is_placeholder(self.published)

    @property
    def as_written(self) -> str | dict[str, str]:
        """What stands in a plan file for this quantity, so that it loads again as the same: text, or the long form."""
        if self.number is not None and self.read_as is None:
            return self.published
        long_form = {"published": self.published}
        return long_form if self.read_as is None else long_form | {"read_as": self.read_as}


_DIGITS = rf"(?:{NUMBER})(?![0-9]|[,.][0-9])"
_MULTIPLIER = r"(?:(?: ?(?P<word{0}>thousand|million|billion|bn|mn)|(?P<letter{0}>[km]))(?![\w²³]))?"
_NAME = rf"{WORDS}(?![a-z])"
_VALUES = [
    rf"(?:(?P<digits{place}>-?{_DIGITS})|(?P<name{place}>{_NAME}))" + _MULTIPLIER.format(place) for place in range(3)
]
_LINK_WORDS = "of(?: the| all| our| its)?|out of(?: the| all)?|in(?: every)?"
_PER_CENT = r"(?: ?(?:%|per ?cent(?![a-z])))"
_CORE = Pattern(
    rf"(?P<between>between (?=.+ and ))?(?P<pound>£ ?)?{_VALUES[0]}(?P<plus>\+)?"
    rf"(?:{_PER_CENT}?(?: ?- ?| to |(?(between) and |-))(?(pound)£ ?){_VALUES[1]})?"
    rf"(?: (?P<link>{_LINK_WORDS}) {_VALUES[2]})?",
    re.IGNORECASE,
)
_PER_CENT_FIRST = Pattern(_PER_CENT, re.IGNORECASE)
_UNIT = Pattern(r"(?:%|[ -]?\(?[^\W\d_]).*")
_ORDINAL = Pattern(r"[0-9](?:st|nd|rd|th)\b", re.IGNORECASE)
_BAD_UNIT = Pattern(r"(?:thousand|million|billion|bn|mn|k|m)(?![\w²³])|(?:to|of|out of|in|and) [-£0-9]", re.IGNORECASE)
_SECOND_NUMBER = Pattern(r"\S+ (?:to|and) [£0-9]|\S*-[£0-9]", re.IGNORECASE)
_LENGTH_OF_TIME = Pattern(r"(?:minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
_YEAR = Pattern("(?:19|20|21)[0-9]{2}")
_LINK = Pattern(rf"\b({_LINK_WORDS}) (?=[0-9]|{_NAME})", re.IGNORECASE)
_SHORT = 1000
_HOW = (
    "Write the number first, then its unit, like 30%, about 400 people, over 280,000, 33 out of 35 or 10 to 15 years."
)
_LONG_FORM = "If the source says it this way, use the long form: {{published: {}}}, with read_as if it can be read."


@lru_cache(maxsize=KEPT)
def parse_quantity(text: str) -> Quantity:
    """Read a number with what stands around it.

    Raises:
        QuantityError: if there is no number, or it cannot be read; the message says how to write it.
    """
    line = tidy(text)
    if len(line) > LONGEST:
        raise QuantityError(f"A number has at most {LONGEST} characters, and this text has {len(line)}. {_HOW}")
    qualifier, rest = take_qualifier(line)
    match = _CORE.match(rest)
    if match is None or _ORDINAL.match(rest):
        raise QuantityError(_explain(text, line))
    if match["plus"]:
        if qualifier or match["digits1"]:
            raise QuantityError(_explain(text, line))
        qualifier = "at least"
    return _quantity(text, qualifier, match, rest[match.end() :])


def read_quantity(value: object) -> Quantity:
    """Read what a plan file holds for a number: text, a whole number, or `{published: ..., read_as: ...}`.

    Raises:
        QuantityError: if the value is none of these, or the text cannot be read.
    """
    if isinstance(value, Quantity):
        return value
    if isinstance(value, str):
        return parse_quantity(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return parse_quantity(f"{value:f}" if isinstance(value, Decimal) else str(value))
    if isinstance(value, Mapping):
        return _long_form(value)
    raise QuantityError(f"A number is written as text, like over 280,000, and not as {value!r}. {_HOW}")


def _long_form(value: Mapping[object, object]) -> Quantity:
    published, read_as = value.get("published"), value.get("read_as")
    unknown = sorted(str(key) for key in value if key not in ("published", "read_as"))
    if unknown:
        raise QuantityError(f"The long form of a number has only published and read_as, not {', '.join(unknown)}.")
    if not isinstance(published, str) or not published.strip():
        raise QuantityError("The long form of a number needs the wording as published: {published: third highest}.")
    if read_as is None:
        return Quantity(published=published)
    if not isinstance(read_as, str):
        raise QuantityError(f"read_as is text that can be read as a number, like over 1 in 4, and not {read_as!r}.")
    return replace(parse_quantity(read_as), published=published, read_as=read_as)


def _quantity(text: str, qualifier: str, match: re.Match[str], rest: str) -> Quantity:
    number, upper, of = (_value(match, place) for place in range(3))
    unit = _unit(text, match, rest)
    quantity = Quantity(
        published=text,
        number=number,
        upper=upper,
        of=of,
        unit=unit,
        qualifier=qualifier,
        approximate=qualifier in APPROXIMATE,
    )
    _check(quantity, match)
    return quantity


def _value(match: re.Match[str], place: int) -> Decimal | None:
    digits, name = match[f"digits{place}"], match[f"name{place}"]
    if not digits and not name:
        return None
    return value_of(digits or str(number_of(name)), match[f"word{place}"] or match[f"letter{place}"])


def _unit(text: str, match: re.Match[str], rest: str) -> str:
    """The unit after a number, with "%" for "per cent" and "£" before what money is counted by.

    Raises:
        QuantityError: if what follows the number cannot be a unit.
    """
    rest = _PER_CENT_FIRST.sub("%", rest, count=1) if _PER_CENT_FIRST.match(rest) else rest
    unit = rest.lstrip(" -")
    if rest and (not _UNIT.fullmatch(rest) or _BAD_UNIT.match(unit) or _SECOND_NUMBER.match(unit)):
        raise QuantityError(_explain(text, tidy(text)))
    if not match["pound"]:
        return unit
    return f"£ {unit}" if unit else "£"


def _check(quantity: Quantity, match: re.Match[str]) -> None:
    """Refuse what reads as a number and does not mean one.

    Raises:
        QuantityError: if a number is too large, a range falls or is half written, a part exceeds its whole, or "in"
            joins a number to a year or a length of time.
    """
    numbers = [number for number in (quantity.number, quantity.upper, quantity.of) if number is not None]
    for is_wrong, problem in (
        (max(map(abs, numbers)) >= LARGEST, f"is larger than any number of a plan. {_HOW}"),
        (
            quantity.upper is not None and numbers[0] >= quantity.upper,
            "does not rise to the second number. Write a range with the smaller first, and a change as two values.",
        ),
        (_is_half_written(match, numbers[0]), "gives only one unit. Write both, as in 1 million to 2 million."),
        (
            quantity.of is not None and (max(numbers[:-1]) > quantity.of or numbers[0] < 0),
            "has a part that is not within the whole. Write the part first, as in 33 out of 35.",
        ),
        (_joins_time(quantity, match), "joins a number to a time. Write the number alone, and the time as its date."),
    ):
        if is_wrong:
            raise QuantityError(f"“{quote(quantity.published)}” {problem}")


def _is_half_written(match: re.Match[str], lower: Decimal) -> bool:
    """Whether the first number of "1-2 million" may be meant in millions too."""
    first, second = (match[f"word{place}"] or match[f"letter{place}"] for place in range(2))
    return bool(second) and not first and not match["pound"] and lower < _SHORT


def _joins_time(quantity: Quantity, match: re.Match[str]) -> bool:
    by_in = (match["link"] or "").lower().startswith("in")
    return by_in and bool(_YEAR.fullmatch(match["digits2"] or "") or _LENGTH_OF_TIME.match(quantity.unit))


def _explain(text: str, line: str) -> str:
    quoted = quote(text)
    long_form = _LONG_FORM.format(quoted)
    if not line:
        return "The number is empty. Leave it out if none is stated."
    if is_placeholder(text):
        return f"“{quoted}” states no number. Leave out the entry whose value it is: it is then shown as not stated."
    if _ORDINAL.search(line) or not re.search(rf"[0-9]|\b{WORDS}\b", line, re.IGNORECASE):
        return f"“{quoted}” has no number that counts something. {long_form}"
    if re.search(r"[0-9] m(?![\w²³])", line):
        return f"In “{quoted}” the m may be million or metres. Write the word."
    return f"“{quoted}” cannot be read as a number with a unit. {_HOW} {long_form}"


def _printer(quantity: Quantity) -> Callable[[Decimal], str]:
    """How the numbers are printed: as pounds, or with words for millions where the range stays clear."""
    if quantity.unit.startswith("£"):
        return pounds_in_words
    lower = quantity.number
    return in_digits if quantity.upper is not None and lower is not None and lower < _SHORT else in_words


@lru_cache(maxsize=KEPT)
def format_quantity(quantity: Quantity) -> str:
    """Print a number in NHS style, exactly; without a number, its wording as published."""
    if quantity.number is None:
        return " ".join(quantity.published.split())
    words = _printer(quantity)
    unit = quantity.unit.removeprefix("£").strip()
    printed = words(quantity.number)
    if quantity.upper is not None:
        printed += f"{'%' if unit.startswith('%') else ''} to {words(quantity.upper)}"
    if quantity.of is not None:
        link = _LINK.search(quantity.published)
        printed += f" {link[1].lower() if link else 'of'} {in_words(quantity.of)}"
    space = "" if unit.startswith("%") or not unit else " "
    return f"{quantity.qualifier} {printed}{space}{unit}".strip()
