"""Turns text from a plan into text that is safe to show anywhere: nothing invisible, nothing that reorders."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from pcstrat.patterns import Pattern

_UNSAFE = Pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\u00ad]")
"""Control characters, and those that change the order in which text is shown (Unicode Technical Report 36)."""

_LOG_COMMAND = Pattern(r"(?P<colon>^[^\S\n]*):(?=:)|#(?=#\[)", re.MULTILINE)
"""What begins a command to GitHub Actions: two colons first in a line, or two hashes and a bracket anywhere."""

_NUMBER = Pattern(r"(?:about )?[£+−-]?\d[\d,.]*(?: ?(?:%|million|billion|m|bn|k))?", re.IGNORECASE)

_SINGULARS = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "lives": "life",
    "halves": "half",
    "analyses": "analysis",
    "crises": "crisis",
    "diagnoses": "diagnosis",
    "criteria": "criterion",
    "calories": "calorie",
    "series": "series",
    "species": "species",
    "diabetes": "diabetes",
    "news": "news",
}
"""Plurals that no ending tells, and words that only look like one."""
_IN_ES = ("sses", "shes", "xes", "tches", "nches", "rches", "oaches", "eaches", "nuses", "puses", "ruses", "tuses")
_NO_PLURAL = ("ss", "us", "is", "'s", "’s")
_SHORTEST_PLURAL = 4
"""A word of fewer letters with an "s" at its end is a sign, such as "ms", or no noun; "GPs" is told by its capitals."""
_SHORTEST_IN_IES = 5

_Shown = TypeVar("_Shown")

FILE_SIZE_UNIT = 1024

LONGEST_ID = 80
"""The most characters that an id in a plan has."""


def visible(text: str, written: str = "[U+{:04X}]") -> str:
    """The text with each control or reordering character written out, such as `[U+202E]`; otherwise composed (NFC).

    `written` says how: its braces take the number of the character.
    """
    if not text.isprintable():
        text = _UNSAFE.sub(lambda match: written.format(ord(match.group())), text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def visible_name(name: str) -> str:
    """The name of a file on one line, with line ends and bytes that are no text written out as well."""
    text = name.encode("utf-8", "backslashreplace").decode()
    return visible(text).replace("\n", "[U+000A]").replace("\t", "[U+0009]")


def without_commands(text: str) -> str:
    """Text in which nothing is a command to GitHub Actions, such as `::error::`; JSON stays the same data."""
    hashes = r"\u0023" if text.startswith("{") else "[U+0023]"
    return _LOG_COMMAND.sub(lambda match: hashes if match["colon"] is None else f"{match['colon']}[U+003A]", text)


def has_unsafe_characters(text: str) -> bool:
    """Whether `visible` would write a character out."""
    return not text.replace("\n", "").isprintable() and _UNSAFE.search(text) is not None


def listed(words: list[str] | tuple[str, ...], joiner: str = "and") -> str:
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def first_few(items: Sequence[_Shown], most: int) -> Sequence[_Shown]:
    """The first of some items, at most so many; all where one alone would be left, as "1 more" takes its place."""
    return items if len(items) <= most + 1 else items[:most]


def sorting_key(name: str) -> str:
    """What names are sorted by: accents and capitals do not count, so that `Ŵyre` stands beside `Wyre`."""
    letters = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else, as cells of tables hold: `1,200`, `60%`, `about £1.3 million`."""
    return _NUMBER.fullmatch(text) is not None


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun: `no dates`, `1 date`, `1,200 dates`. `many` is needed where an `s` does not do."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{f'{number:,}' if number else 'no'} {noun}"


def singular(noun: str) -> str:
    """A noun as it stands after "1": `hub` for `hubs`, `body`, `practice`, `person`, `GP`; any other word as it is."""
    if one := _SINGULARS.get(noun.lower()):
        return one if noun.islower() else sentence_case(one)
    is_abbreviation = len(noun) > len("As") and noun[:-1].isupper()
    if not noun.endswith("s") or noun.endswith(_NO_PLURAL) or (len(noun) < _SHORTEST_PLURAL and not is_abbreviation):
        return noun
    if noun.endswith("ies") and len(noun) >= _SHORTEST_IN_IES:
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(_IN_ES) else noun[:-1]


def long_date(day: dt.date) -> str:
    """A day as the NHS writes it: `31 March 2026`."""
    return f"{day.day} {day:%B} {day.year}"


def sentence_case(text: str) -> str:
    """The text with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]


def in_a_sentence(text: str) -> str:
    """The text with its first letter in lower case and the rest untouched, as other words before it ask for."""
    return text[:1].lower() + text[1:]
