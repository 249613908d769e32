"""Turns the wording of one date - a day, month, quarter, season, year, or a part of one - into first and last day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeAlias

from pcstrat.model._time_calendar import (
    HALVES,
    MONTH_NAMES,
    MONTH_NUMBERS,
    SEASON_STARTS,
    THIRDS,
    Moment,
    calendar_year,
    financial_year,
    months,
    part_of_year,
    season,
    third_of_month,
)
from pcstrat.model._time_types import Precision
from pcstrat.patterns import Pattern

Match: TypeAlias = re.Match[str]

MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember|t)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)\\.?"
)
YEAR = "(?:19|20|21)[0-9]{2}"
_FINANCIAL = f"(?:(?:the )?(?:financial year|fy) ?|the year )?({YEAR}[/-][0-9]{{1,4}}|[0-9]{{2}}/[0-9]{{2}})"
_OF = ",? (?:of |in )?(?:the )?"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'")
_CHARACTERS = _DASHES | _QUOTES
_TIGHT = Pattern(r" ?([-/]) ?")
_ORDINAL_DAY = Pattern(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")
_ABOUT = Pattern(r"(?:(?:about|around|approximately|approx\.?|circa|c\.|roughly) ?|~ ?|c )")
_BEGINS_ABOUT = ("about", "around", "approx", "circa", "c.", "roughly", "~", "c ")
_FIRST_TWO_DIGIT_YEAR, _LAST_TWO_DIGIT_YEAR = 12, 59


def normalise(text: str) -> str:
    """One spelling for what is written in many: lower case, single spaces, one dash, no ordinals, no outer brackets."""
    words = " ".join(text.translate(_CHARACTERS).split()).lower()
    words = _ORDINAL_DAY.sub(r"\1", _TIGHT.sub(r"\1", words))
    if words.startswith("(") and words.endswith(")") and words.count("(") == 1:
        words = words[1:-1].strip()
    return words


def first_year(written: str) -> int | None:
    """The year a financial year begins in: 2024 for `2024/25`, `2024-25`, `2024/2025`, `2024/5` and `24/25`.

    `None` when the second number is not the year after the first, when `YYYY-YYYY` is a range of years, and when two
    digits may be a day and a month (`10/11`) or leave the century open (`98/99`).
    """
    first, dash, second = written.replace("/", " / ").replace("-", " - ").split()
    century = 0
    if len(first) == len("24"):
        if not _FIRST_TWO_DIGIT_YEAR <= int(first) <= _LAST_TWO_DIGIT_YEAR:
            return None
        century = 2000
    if dash == "-" and len(second) != len("25"):
        return None
    start = int(first) + century
    follows = str(start + 1).endswith(second)
    return start if follows and len(second) != len("025") else None


def _financial_year(match: Match) -> Moment | None:
    first = first_year(match[1])
    return None if first is None else financial_year(first)


def _calendar_year(match: Match) -> Moment:
    return calendar_year(int(match[1]))


def _month(match: Match) -> Moment:
    return months(int(match[2]), MONTH_NUMBERS[match[1].rstrip(".")], 1, Precision.MONTH)


def _day(year: str, month: int, day: str) -> Moment | None:
    try:
        date = dt.date(int(year), month, int(day))
    except ValueError:
        return None
    return Moment(date, date, Precision.DAY)


def _day_in_words(match: Match) -> Moment | None:
    return _day(match[3], MONTH_NUMBERS[match[2].rstrip(".")], match[1])


def _month_first(match: Match) -> Moment | None:
    return _day(match[3], MONTH_NUMBERS[match[1].rstrip(".")], match[2])


def _iso_day(match: Match) -> Moment | None:
    return _day(match[1], int(match[2]), match[3])


def _quarter(number: str, year: str) -> Moment | None:
    first = first_year(year)
    index = _ORDINALS[number] if number in _ORDINALS else int(number)
    return None if first is None else months(first, 1 + 3 * index, 3, Precision.QUARTER)


def _season(match: Match) -> Moment | None:
    name, year = match[1], match[2]
    if year.isdigit():
        return season(name, int(year))
    first = first_year(year)
    return season(name, first) if name == "winter" and first is not None else None


def _third(match: Match) -> Moment | None:
    return _third_of(match[2], THIRDS.index("mid" if match[1] == "middle" else match[1]))


def _third_of(words: str, index: int) -> Moment | None:
    whole = _plain_moment(words)
    if whole is None or whole.approximate:
        return None
    if whole.precision is Precision.MONTH:
        return third_of_month(whole, index)
    return part_of_year(whole, index, len(THIRDS)) if _is_year(whole) else None


def _edge_of_month(match: Match) -> Moment | None:
    whole = _plain_moment(match[2])
    if whole is None or whole.precision is not Precision.MONTH:
        return None
    return third_of_month(whole, 2 if match[1] == "end" else 0)


def _half(match: Match) -> Moment | None:
    whole = _plain_moment(match[3])
    index = HALVES.index(match[1]) if match[1] else int(match[2]) - 1
    return part_of_year(whole, index, len(HALVES)) if whole is not None and _is_year(whole) else None


def _is_year(whole: Moment) -> bool:
    return whole.precision in (Precision.FINANCIAL_YEAR, Precision.CALENDAR_YEAR)


_MONTHS = tuple(name.lower()[:3] for name in MONTH_NAMES)
_DIGITS = tuple("0123456789")
_CENTURIES = ("19", "20", "21")
_FORMS: tuple[tuple[tuple[str, ...], Pattern, Callable[[Match], Moment | None]], ...] = tuple(
    (beginnings, Pattern(pattern), read)
    for beginnings, pattern, read in (
        (_MONTHS, f"({MONTH}){_OF}({YEAR})", _month),
        (("the ", "fin", "fy", *_DIGITS), _FINANCIAL, _financial_year),
        (("the ", "cal", *_CENTURIES), f"(?:the )?(?:calendar year )?({YEAR})", _calendar_year),
        (("the ", *_DIGITS), f"(?:the )?([0-9]{{1,2}}) (?:of )?({MONTH}),? ({YEAR})", _day_in_words),
        (_MONTHS, f"({MONTH}) ([0-9]{{1,2}}),? ({YEAR})", _month_first),
        (_CENTURIES, f"({YEAR})-([0-9]{{2}})-([0-9]{{2}})", _iso_day),
        (tuple(SEASON_STARTS), f"({'|'.join(SEASON_STARTS)}){_OF}({YEAR}(?:[/-][0-9]{{1,4}})?)", _season),
        (("q",), f"(?:q|quarter ?)([1-4]){_OF}{_FINANCIAL}", lambda match: _quarter(match[1], match[2])),
        (
            ("the ", "fin", "fy", *_DIGITS),
            f"{_FINANCIAL},? (?:q|quarter ?)([1-4])",
            lambda match: _quarter(match[2], match[1]),
        ),
        (
            ("the ", *_ORDINALS),
            f"(?:the )?({'|'.join(_ORDINALS)}) quarter{_OF}{_FINANCIAL}",
            lambda match: _quarter(match[1], match[2]),
        ),
        (
            ("the ", *"1234"),
            f"(?:the )?([1-4]) quarter{_OF}{_FINANCIAL}",
            lambda match: _quarter(match[1], match[2]),
        ),
        (
            ("the ", "early", "mid", "late"),
            "(?:the )?(early|mid|middle|late)(?: of the | in the | of | in |[ -])(.+)",
            _third,
        ),
        (("the ", "end", "start", "beg"), "(?:the )?(end|start|beginning) of (?:the )?(.+)", _edge_of_month),
        (("the ", "first", "second", "h"), "(?:the )?(?:(first|second) half|h([12]))(?: of)? (.+)", _half),
    )
)
"""What each form can begin with, its pattern, and what reads it."""


def _plain_moment(words: str) -> Moment | None:
    for beginnings, pattern, read in _FORMS:
        match = pattern.fullmatch(words) if words.startswith(beginnings) else None
        if match is not None:
            return read(match)
    return None


def read_moment(words: str) -> Moment | None:
    """The days that one date means, or `None`. `words` is normalised text without "in", "by" or "from".

    Half a year cannot be approximate, since nobody could say what it then is.
    """
    moment = _plain_moment(words)
    if moment is not None:
        return moment
    about = _ABOUT.match(words) if words.startswith(_BEGINS_ABOUT) else None
    moment = _plain_moment(words[about.end() :]) if about else None
    if moment is None or (moment.precision is Precision.PART_OF_YEAR and not moment.approximate):
        return None
    return moment._replace(approximate=True)
