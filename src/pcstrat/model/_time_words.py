"""Turns wording without a date - "monthly", "over the next 3 years", "five-year" - into an undated kind of time."""

from __future__ import annotations

import re
from typing import NamedTuple

from pcstrat.model._time_calendar import MONTH_NAMES, MONTH_NUMBERS, SEASON_STARTS
from pcstrat.model._time_moments import MONTH
from pcstrat.model._time_types import Time, TimeKind
from pcstrat.numerals import WORDS, number_of
from pcstrat.patterns import Pattern

NUMBER = f"(?:[0-9]{{1,3}}|{WORDS})"
_MANY = f"(?:{NUMBER}\\+?|{NUMBER}(?:-| to | or ){NUMBER}|a few|few|several|a couple of|couple of)"
_UNIT = "(?:minute|hour|(?:working )?day|week|fortnight|month|quarter|year|decade)s?'?"
_LENGTH = f"{_MANY}[ -]?{_UNIT}"
_OVER = "(?:in|over|for|across|during|within|throughout)"

_RELATIVE = Pattern(
    "|".join(
        (
            f"(?:{_OVER} )?(?:the |this )?(?:next|coming|following|last|past|previous)(?: {_MANY})?[ -]{_UNIT}",
            f"(?:{_OVER} )?another {_LENGTH}",
            f"(?:over|across|during|throughout) (?:a |the )?{_LENGTH}(?: period)?",
            f"(?:in )?{_LENGTH} time",
            f"{_LENGTH} ago",
            f"(?:{_OVER} )?a (?:small )?number of {_UNIT}",
            "(?:up )?to date",
            f"(?:{_OVER} )?(?:the )?(?:this |next |last )?(?:{'|'.join(SEASON_STARTS)})(?: planning)?",
            f"(?:{_OVER} |later )?(?:the )?(?:this|next|last|current) (?:week|month|quarter|(?:financial )?year)",
            "(?:(?:in|over|for) )?(?:the )?(?:short|medium|long)(?:er)?(?:(?:-| to )(?:medium|long)(?:er)?)?[ -]term",
        )
    )
)
_DURATION = Pattern(
    f"(?:(?:for|within) )?(?:a )?(?:(?:fixed[- ]term|term|duration)(?: of)? )?"
    f"(?:(?:at least|up to|about|around|approximately|more than|over|under|less than) (?=[0-9])|)"
    f"(?:a )?{_LENGTH}(?: (?:fixed[- ]term|period))?"
)
_SPAN_UNIT = "((?:working )?day|minute|hour|week|fortnight|month|quarter|year|decade)s?'?"
_SPAN_ENDING = Pattern(
    f"in ({NUMBER})[ -]?{_SPAN_UNIT} time|(?:in|within) (?:the )?(?:next|coming|following) ({NUMBER})[ -]{_SPAN_UNIT}"
    f"|within (?:a )?({NUMBER})[ -]?{_SPAN_UNIT}"
)
_SPAN = Pattern(
    "(?:(?:for|over|across|during|throughout) )?(?:a |the )?(?:(?:next|coming|following) )?"
    f"(?:(?:fixed[- ]term|term|duration)(?: of)? )?({NUMBER})[ -]?{_SPAN_UNIT}(?: (?:fixed[- ]term|period))?"
)
_COUNTED = Pattern(
    f"(?:{_OVER} )?(?:a |the )?(?:(?:next|first|coming|following) )?({NUMBER})[ -]?(day|week|month|year)s?"
    "(?: period)?,? (?:from|starting|starting from|beginning) (.+?)(?: onwards?)?"
)

_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "fortnightly": "2 weeks",
    "monthly": "month",
    "quarterly": "3 months",
    "half-yearly": "6 months",
    "half yearly": "6 months",
    "six-monthly": "6 months",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
    "termly": "term",
}
_NOUNS = {"quarter": "3 months", "fortnight": "2 weeks", "half-year": "6 months", "half year": "6 months"}
_PERIOD = "(hour|day|week|fortnight|month|quarter|half[- ]year|year|term)"
_EVERY_ONE = Pattern(f"(?:once )?(?:each|every|per|a) (?:(other) )?(?:single )?{_PERIOD}")
_EVERY_MANY = Pattern(f"(?:once )?every ({NUMBER}) (hour|day|week|month|year)s")
_SO_MANY_LY = Pattern(f"({NUMBER})[ -]?(week|month|year)ly")
_AFTER_EACH_OTHER = Pattern("(month|quarter|year)[ -](?:on|by|after)[ -]\\1")
_EITHER = Pattern(f"({'|'.join(_ADVERBS)})(?: or |/)({'|'.join(_ADVERBS)})")
_EVERY_EITHER = Pattern(f"(?:each|every) {_PERIOD} or {_PERIOD}")
_NAMED_MONTHS = Pattern(f"(?:(each|every) )?({MONTH}(?:, {MONTH})*(?:,? and {MONTH})?)")
_MONTH = Pattern(MONTH)


class Counted(NamedTuple):
    """A length of time and the wording of its start: "two years from April 2024"."""

    number: int
    unit: str
    start: str


def read_undated(words: str) -> Time | None:
    """The undated time that normalised words mean, or `None`. A season without a year is relative: it has no dates."""
    every = read_interval(words)
    if every is not None:
        return Time(published=words, kind=TimeKind.RECURRING, every=every)
    for pattern, kind in ((_RELATIVE, TimeKind.RELATIVE), (_DURATION, TimeKind.DURATION)):
        if pattern.fullmatch(words):
            return Time(published=words, kind=kind)
    return None


def read_counted(words: str) -> Counted | None:
    """The parts of "over the next two years from April 2024", or `None`. The start is still to be read."""
    match = _COUNTED.fullmatch(words)
    return Counted(number_of(match[1]), match[2], match[3]) if match else None


class Span(NamedTuple):
    """A length of time in a unit; `is_deadline` where something is to be done by its end."""

    number: int
    unit: str
    is_deadline: bool


def read_span(words: str) -> Span | None:
    """The length that "within 12 months", "in 5 years' time" or "for 2 years" states; `None` where it is not exact."""
    ending = _SPAN_ENDING.fullmatch(words)
    match = ending or _SPAN.fullmatch(words)
    if match is None:
        return None
    number, unit = filter(None, match.groups())
    return Span(number_of(number), unit, is_deadline=ending is not None)


def read_interval(words: str) -> str | None:
    """How often "monthly", "every 3 months" or "January and September" happens, without "every"; `None` if not so."""
    if words in _ADVERBS:
        return _ADVERBS[words]
    for pattern, read in _INTERVALS:
        match = pattern.fullmatch(words)
        if match is not None:
            return read(match)
    return None


def _one(match: re.Match[str]) -> str | None:
    unit = _NOUNS.get(match[2], match[2])
    if not match[1]:
        return unit
    return None if unit != match[2] else f"2 {unit}s"


def _many(match: re.Match[str]) -> str | None:
    count = number_of(match[1])
    return f"{count} {match[2]}s" if count > 1 else None


def _one_after_other(match: re.Match[str]) -> str:
    return _NOUNS.get(match[1], match[1])


def _either(match: re.Match[str]) -> str | None:
    first, second = (_single(_ADVERBS.get(word, word)) for word in match.groups())
    return f"{first} or {second}" if first != second else None


def _single(interval: str) -> str:
    return next((noun for noun, meaning in _NOUNS.items() if meaning == interval), interval)


def _months(match: re.Match[str]) -> str | None:
    names = [MONTH_NAMES[MONTH_NUMBERS[name.rstrip(".")] - 1] for name in _MONTH.findall(match[2])]
    if len(names) == 1:
        return names[0] if match[1] else None
    return f"{', '.join(names[:-1])} and {names[-1]}"


_INTERVALS = (
    (_EVERY_ONE, _one),
    (_EVERY_MANY, _many),
    (_SO_MANY_LY, _many),
    (_EITHER, _either),
    (_EVERY_EITHER, _either),
    (_AFTER_EACH_OTHER, _one_after_other),
    (_NAMED_MONTHS, _months),
)
INTERVAL = (
    f"(?:{'|'.join(_ADVERBS)}|{NUMBER}[ -]?(?:week|month|year)ly"
    f"|(?:once )?(?:each|every|per) (?:{NUMBER} |other )?{_PERIOD.replace('(', '(?:')}s?"
    "(?: or (?:day|week|month|quarter|half-year|year|term))?)"
)
"""Words of repetition that a date may stand beside."""
