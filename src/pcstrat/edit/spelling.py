"""Turns dates and amounts into the notation that pcstrat's documents use, where the meaning is certain and the same."""

from __future__ import annotations

import re
from dataclasses import replace

from pcstrat.model.money import MoneyError, parse_money
from pcstrat.model.times import TimeError, parse_time, time_or_none

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_MONTH = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?=\s)", re.IGNORECASE)
_HYPHEN_IN_YEAR = re.compile(r"\b(20[0-9]{2})[-\u2010-\u2013](?=[0-9]{2}\b(?![-\u2010-\u2013/]))")
_DAY_IN_FIGURES = re.compile(r"\b([0-9]{1,2})([/.-])([0-9]{1,2})\2(20[0-9]{2})\b")
_SPACE_IN_AMOUNT = re.compile(r"(?<=£) (?=[0-9])|(?<=[0-9]) (?=(?:k|m|bn)\b)", re.IGNORECASE)
_POUNDS_AS_CODE = re.compile(
    r"(?:GBP ?(?=[0-9])|(?<![\w£])([0-9][0-9.,]* ?(?:k|m|bn|million|billion)?) ?(?:GBP|pounds)\b)"
)
_LAST_MONTH = 12


def usual_time(text: str) -> str | None:
    """A readable time with whole names of months and financial years as 2024/25; `None` if it would mean another."""
    usual = _HYPHEN_IN_YEAR.sub(r"\1/", _SHORT_MONTH.sub(_whole_month, text))
    try:
        same = replace(parse_time(usual), published="") == replace(parse_time(text), published="")
    except TimeError:
        return None
    return usual if same else None


def usual_amount(text: str) -> str | None:
    """A readable amount without spaces inside it; `None` if it would mean another."""
    usual = _SPACE_IN_AMOUNT.sub("", text)
    try:
        same = replace(parse_money(usual), published="") == replace(parse_money(text), published="")
    except MoneyError:
        return None
    return usual if same else None


def readable_time(text: str) -> str | None:
    """A time whose month is in figures, where day and month cannot be mistaken for each other."""
    readable = _DAY_IN_FIGURES.sub(_day_in_words, text)
    return readable if time_or_none(readable) is not None else None


def readable_amount(text: str) -> str | None:
    """An amount that has GBP or the word pounds for the pound sign."""
    readable = _POUNDS_AS_CODE.sub(lambda match: f"£{(match[1] or '').strip()}", text)
    try:
        parse_money(readable)
    except MoneyError:
        return None
    return usual_amount(readable)


def _whole_month(match: re.Match[str]) -> str:
    return next(month for month in _MONTHS if month.lower().startswith(match[1].lower()[:3]))


def _day_in_words(match: re.Match[str]) -> str:
    day, month = int(match[1]), int(match[3])
    if not 1 <= month <= _LAST_MONTH or (day <= _LAST_MONTH and day != month):
        return match[0]
    return f"{day} {_MONTHS[month - 1]} {match[4]}"
