"""Turns number words up to ninety-nine ("three", "Forty-five"), and whole numbers in digits, into integers."""

from __future__ import annotations

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_RANKS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"

NUMBER_WORDS = {word: number for number, word in enumerate((*UNITS, *TEENS), start=1)}
NUMBER_WORDS |= {word: 10 * number for number, word in enumerate(TENS, start=2)}
NUMBER_WORDS |= {f"{tens}-{unit}": NUMBER_WORDS[tens] + NUMBER_WORDS[unit] for tens in TENS for unit in UNITS}
"""Every number word in small letters, with its number."""

WORDS = (
    rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(UNITS)})\b)?(?!-(?:{_RANKS})\b)"
    f"|{'|'.join(reversed(TEENS))}|{'|'.join(UNITS)})"
)
"""A pattern of the words, in small letters: of "twenty-one" the whole, of "twenty-first" nothing."""


def number_of(written: str) -> int:
    """The number that a number word, in letters of any size, or digits stand for, with or without commas.

    Raises:
        ValueError: if it is neither.
    """
    return NUMBER_WORDS.get(written.lower()) or int(written.replace(",", ""))
