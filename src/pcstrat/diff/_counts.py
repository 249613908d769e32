"""Turns texts into the numbers they state, in figures or words, and two wordings into the one number that differs."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from pcstrat.diff._times import Fact
from pcstrat.diff.kinds import Kind
from pcstrat.patterns import Pattern

_UNITS = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IN_WORDS = {
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS), start=2)},
    **{word: number * 10 for number, word in enumerate(_TENS, start=2)},
    **{
        f"{ten}-{unit}": tens * 10 + units
        for (tens, ten), (units, unit) in product(enumerate(_TENS, start=2), enumerate(("one", *_UNITS), start=1))
    },
}
"""Numbers that mean nothing else; "one" may be a pronoun."""

_FIGURES = r"[0-9](?:[0-9.,]*[0-9])?"
_NUMBER = Pattern(
    rf"(?P<figures>{_FIGURES})|\b(?:{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b", re.IGNORECASE
)
_COUNT = Pattern(
    r"(?:(?P<figures>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)|(?P<word>[a-z]+(?:-[a-z]+)?))(?P<unit>%[.,;:)]*)?",
    re.IGNORECASE,
)
_COUNTED = Pattern(r"(?!(?:am|pm|noon|o['’]clock|to|or|and)\b)[^\W\d_]", re.IGNORECASE)
"""What is counted begins with a letter, and is no time of day."""

_MONTHS = Pattern(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_LABELS = frozenset(
    {
        *("priority", "objective", "goal", "aim", "ambition", "action", "strand", "pillar", "theme", "option", "step"),
        *("year", "years", "quarter", "phase", "stage", "wave", "cohort", "level", "tier", "band", "grade", "type"),
        *("page", "section", "chapter", "part", "table", "figure", "appendix", "annex", "number", "no", "no."),
    }
)
"""A number behind such a word names something and counts nothing."""

_YEARS = range(1900, 2101)
_TELEPHONES = frozenset({101, 111, 112, 119, 999})
"""Services that are called by their number."""


def numbers_in(text: str) -> Counter[str]:
    """The numbers that a text states, in figures, each as often as it stands there."""
    return Counter(match["figures"] or str(_IN_WORDS[match[0].lower()]) for match in _NUMBER.finditer(text))


class _Count(NamedTuple):
    number: Decimal
    unit: str


def compare_counts(before: str, after: str) -> Fact | None:
    """The fact between two wordings that differ in nothing but how many of something they name; else none."""
    old, new = before.split(), after.split()
    places = [place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]]
    if len(old) != len(new) or len(places) != 1:
        return None
    counts = [_count_at(words, places[0]) for words in (old, new)]
    if counts[0] is None or counts[1] is None or counts[0].unit != counts[1].unit:
        return None
    by = counts[1].number - counts[0].number
    if not by:
        return None
    unit = f" percentage point{'' if abs(by) == 1 else 's'}" if counts[0].unit else ""
    return Fact(Kind.NUMBER_UP if by > 0 else Kind.NUMBER_DOWN, f"{abs(by).normalize():,f}{unit}")


def _count_at(words: list[str], place: int) -> _Count | None:
    """How many of something a word names; nothing where it may be a label, a date, a time or part of a name."""
    match = _COUNT.fullmatch(words[place])
    figures, word = (match["figures"] or "", (match["word"] or "").lower()) if match else ("", "")
    if match is None or not (figures or word in _IN_WORDS):
        return None
    number = Decimal(figures.replace(",", "") or _IN_WORDS[word])
    if match["unit"]:
        return _Count(number, match["unit"])
    following = "".join(words[place + 1 : place + 2])
    is_counted = _COUNTED.match(following) and not _MONTHS.match(following)
    is_name = figures.isdigit() and (number in _YEARS or number in _TELEPHONES)
    return _Count(number, "") if is_counted and not is_name and not _is_named(words, place) else None


def _is_named(words: list[str], place: int) -> bool:
    """Whether a number belongs to what stands before it: "Type 2 diabetes", "priority 3", "NHS 111 calls"."""
    if place == 0:
        return False
    before = words[place - 1]
    begins = place == 1 or words[place - 2].endswith((".", "!", "?", ":"))
    return before.lower() in _LABELS or (before[:1].isupper() and not begins) or before.isupper()
