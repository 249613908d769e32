"""Turns wording that is no time into the sentence that says what is wrong with it and how it may be written."""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Callable

from pcstrat.model._time_calendar import MONTH_NAMES, MONTH_NUMBERS, MONTHS_OF_YEAR, Moment
from pcstrat.model._time_grammar import read_words
from pcstrat.model._time_moments import MONTH, YEAR, read_moment
from pcstrat.model._time_range import BackwardsError
from pcstrat.model._time_types import Precision, financial_year_name, financial_year_of
from pcstrat.patterns import Pattern
from pcstrat.placeholders import is_placeholder

Match = re.Match[str]
_LONGEST_QUOTE = 80
_EXAMPLES = "1 April 2024, April 2024, 2024/25, spring 2024, by March 2026, from May 2024 or April 2024 to March 2025"
_LONG_FORM = "published: {published}, read_as: {read_as}"
_FIRST_MONTH = 4
_MONTHS = [name.casefold() for name in MONTH_NAMES]
_NAMES = Pattern(rf"\b(?:{MONTH}|q[1-4])(?![a-z])")
_CLOSE = 0.75
_OTHER_YEAR = Pattern(r"(?:the )?(?!an?\b|each\b|every\b|last\b|next\b|per\b|the\b|this\b)[a-z]+ year")
_WRITE_MONTHS = "Write its first and its last month, as in September 2027 to August 2028."


def explain(text: str, words: str) -> str:
    """Say in full sentences why text cannot be read as a time. `words` is the same text, normalised."""
    quoted = _quote(text)
    if not words:
        return "The date or period is empty. Leave it out if none is stated."
    if is_placeholder(text):
        return f"“{quoted}” is not a date or period. Leave it out: what is absent is shown as not stated."
    for pattern, advise in _DEFECTS:
        match = pattern.search(words)
        advice = advise(match, quoted) if match else None
        if advice:
            return advice
    unknown = (
        f"“{quoted}” cannot be read as a date or period. Write it like {_EXAMPLES}. If the source says it this way, "
        "use the long form, with published for its wording and read_as for how to read it."
    )
    return _misspelt(words, quoted) or _leftover(words, quoted) or unknown


def backwards(text: str, error: BackwardsError) -> str:
    """Say that a period ends before it starts; if one year was written for both dates, how it may be meant."""
    quoted = _quote(text)
    if not error.shared:
        return f"“{quoted}” ends before it starts. Write the earlier date first."
    problem = f"In “{quoted}” the first date comes after the second, so one year cannot serve both."
    if error.start.precision is not Precision.MONTH or error.end.precision is not Precision.MONTH:
        return f"{problem} Write the year of each."
    read_as = f"{_month(error.start, years=-1)} to {_month(error.end)}"
    return (
        f"{problem} Write the year of each, as in {read_as}. To keep the wording of the source, use the long form: "
        f"{{{_LONG_FORM.format(published=quoted, read_as=read_as)}}}."
    )


def _month(moment: Moment, years: int = 0) -> str:
    return _month_of(moment.start.replace(day=1, year=moment.start.year + years))


def _quote(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"


def _misspelt(words: str, quoted: str) -> str | None:
    """Propose the name of the month that a word most resembles, if the words are a time with it."""
    parts = words.split(" ")
    for index, part in enumerate(parts):
        close = difflib.get_close_matches(part, _MONTHS, n=1, cutoff=_CLOSE) if part.isalpha() else []
        if close and _is_dated(" ".join([*parts[:index], close[0], *parts[index + 1 :]])):
            return f"“{part.capitalize()}” in “{quoted}” is not a month. Did you mean {close[0].capitalize()}?"
    return None


def _leftover(words: str, quoted: str) -> str | None:
    """Name the words that are not part of a time, if the others are one."""
    parts = words.split(" ")
    for size in range(len(parts) - 1, 0, -1):
        for kept, left in ((parts[:size], parts[size:]), (parts[-size:], parts[:-size])):
            if _is_dated(" ".join(kept).strip(",;:")):
                if _OTHER_YEAR.fullmatch(" ".join(left)):
                    return f"“{quoted}” may be another year than one from April to March. {_WRITE_MONTHS}"
                return (
                    f"“{quoted}” holds a time, “{' '.join(kept).strip(',;:')}”, and other words, “{' '.join(left)}”. "
                    "Write the time alone, and the other words where they belong."
                )
    return None


def _is_dated(words: str) -> bool:
    try:
        time = read_words(words)
    except BackwardsError:
        return False
    return time is not None and time.is_dated


def _numeric_date(_match: Match, quoted: str) -> str:
    return f"“{quoted}” gives the month as a number. Write it in words, as in 1 April 2024."


def _iso(match: Match, quoted: str) -> str | None:
    month = int(match[2])
    if not 1 <= month <= MONTHS_OF_YEAR:
        return f"“{quoted}” is not a date: there is no month {match[2]}. Write 2024-04-01 or 1 April 2024."
    return _missing_day(int(match[3]), month, int(match[1]))


def _day(match: Match, _quoted: str) -> str | None:
    return _missing_day(int(match[1]), MONTH_NUMBERS[match[2].rstrip(".")], int(match[3]))


def _missing_day(day: int, month: int, year: int) -> str | None:
    length = calendar.monthrange(year, month)[1]
    if 1 <= day <= length:
        return None
    name = f"{MONTH_NAMES[month - 1]} {year}"
    return f"There is no {day} {name}. {name} has {length} days. Write the day that is meant, or {name} alone."


def _month_of_financial_year(match: Match, quoted: str) -> str:
    month, first = MONTH_NUMBERS[match[1].rstrip(".")], int(match[2])
    read_as = f"{MONTH_NAMES[month - 1]} {first if month >= _FIRST_MONTH else first + 1}"
    return (
        f"“{quoted}” joins a month to a financial year. Write {read_as}, if that is meant. To keep the wording of the "
        f"source, use the long form: {{{_LONG_FORM.format(published=quoted, read_as=read_as)}}}."
    )


def _not_a_financial_year(match: Match, _quoted: str) -> str | None:
    first, second = int(match[1]), int(match[2])
    right = financial_year_name(first)
    if match[0].replace("-", "/") in (right, f"{first}/{first + 1}") or match[0] == f"{first}-{max(first + 1, second)}":
        return None
    if 1 <= second <= MONTHS_OF_YEAR:
        return (
            f"{match[0]} is neither a financial year nor a month. Write {right} or {MONTH_NAMES[second - 1]} {first}."
        )
    last = second if second >= first else first - first % 100 + second
    several = f" for one year, or {first} to {last} for several" if last > first + 1 else ""
    return f"{match[0]} is not a financial year, whose second year follows the first. Write {right}{several}."


def _two_digits(match: Match, _quoted: str) -> str:
    return (
        f"{match[0]} may be a financial year or not. Write a financial year with its century, as in 2024/25, and the "
        "month of a date in words."
    )


def _calendar_quarter(match: Match, quoted: str) -> str:
    number, year = (match[1], match[2]) if match[1] else (match[4], match[3])
    return (
        f"“{quoted}” does not say whether the quarter is of a calendar or a financial year. Write quarter "
        f"{number} of {financial_year_name(int(year))}, or the months, as in April to June {year}."
    )


def _edge(match: Match, quoted: str) -> str | None:
    is_end, words = match[1] == "end", match[2]
    whole = read_moment(words)
    if whole is None or whole.precision is Precision.DAY:
        return None
    other, shown = "by the end of" if is_end else "from the start of", _shown(words)
    if whole.precision is Precision.MONTH:
        return f"“{quoted}” may be a day or some days. Write {other} {shown}, or {match[1]} of {shown}."
    if whole.precision in (Precision.FINANCIAL_YEAR, Precision.CALENDAR_YEAR):
        part = f"{'late' if is_end else 'early'} {shown}, or the month"
        return f"“{quoted}” may be a day or some months. Write {other} {shown}, {part}."
    month = _month_of(whole.end if is_end else whole.start)
    return f"“{quoted}” may be a day or some weeks. Write {other} {shown}, or the month, as in {month}."


def _no_year(match: Match, quoted: str) -> str:
    return f"“{quoted}” has no year. Add it, as in {_name(match[1])} 2024."


def _short_year(_match: Match, quoted: str) -> str:
    return f"“{quoted}” may mean a day or a year. Write the year in full, as in April 2024."


def _name(month: str) -> str:
    return MONTH_NAMES[MONTH_NUMBERS[month.rstrip(".")] - 1]


def _unknown_month(match: Match, quoted: str) -> str | None:
    return f"“{match[1].capitalize()}” in “{quoted}” is not a month or a season. Write it like October {match[2]}."


def _bi(match: Match, quoted: str) -> str:
    unit = match[1].replace("annual", "year").removesuffix("ly")
    return f"“{quoted}” may mean twice a {unit} or every 2 {unit}s. Write every 2 {unit}s, or how often in other words."


def _beyond(match: Match, quoted: str) -> str | None:
    """What is before or after a time may include it or not: the two ways in which each is said for certain."""
    is_after, words = match[1] == "after", match[2]
    whole = read_moment(words)
    preposition = "from" if is_after else "by"
    if whole is None:
        return (
            None
            if any(map(str.isdigit, words))
            else (
                f"“{quoted}” counts from something whose date is not stated. Write {preposition} and a month, as in "
                f"{preposition} April 2024, and in the text what it has to do with."
            )
        )
    step = dt.timedelta(days=1)
    day = whole.end + step if is_after else whole.start - step
    other = _like(whole, day)
    return (
        f"“{quoted}” does not say whether {_shown(words)} is included. Write {preposition} {_shown(words)} if it is, "
        f"else {preposition} {other}."
    )


def _like(whole: Moment, day: dt.date) -> str:
    """The day, month or year of a day, in the unit of a time; of seasons and parts of years, the month."""
    if whole.precision is Precision.DAY:
        return f"{day.day} {_month_of(day)}"
    if whole.precision is Precision.FINANCIAL_YEAR:
        return financial_year_name(financial_year_of(day))
    return str(day.year) if whole.precision is Precision.CALENDAR_YEAR else _month_of(day)


def _month_of(day: dt.date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _shown(words: str) -> str:
    """Normalised words with the capitals of months and quarters."""
    return _NAMES.sub(lambda match: match[0].capitalize(), words)


def _more_than_one(_match: Match, quoted: str) -> str:
    return f"“{quoted}” gives more than one time. Write each as an item of its own, with one time."


_DEFECTS: tuple[tuple[Pattern, Callable[[Match, str], str | None]], ...] = tuple(
    (Pattern(pattern), advise)
    for pattern, advise in (
        (r"^bi-?(weekly|monthly|annually|annual|yearly)$", _bi),
        (r"\b[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})\b", _numeric_date),
        (rf"\b({YEAR})-([0-9]{{2}})-([0-9]{{2}})\b", _iso),
        (rf"\b([0-9]{{1,2}}) (?:of )?({MONTH}),? ({YEAR})\b", _day),
        (rf"\b({MONTH}),? (?:of )?({YEAR})[/-][0-9]{{1,4}}\b", _month_of_financial_year),
        (rf"{YEAR}.*{YEAR}.*{YEAR}", _more_than_one),
        (rf"(?<![0-9])({YEAR})[/-]([0-9]{{1,4}})(?![0-9])", _not_a_financial_year),
        (r"^(before|after|prior to) (?:the )?(.+)", _beyond),
        (r"\b(end|start|beginning)(?: of)? (?:the )?(.+)$", _edge),
        (r"(?<![0-9/-])[0-9]{2}/[0-9]{2}(?![0-9/-])", _two_digits),
        (
            rf"(?:\bq(?:uarter ?)?|\b(?=. quarter))([1-4])(?: quarter)?,? (?:of )?({YEAR})$|^({YEAR}) q([1-4])$",
            _calendar_quarter,
        ),
        (rf"^(?:[a-z ]+ )?({MONTH}) '?[0-9]{{2}}$", _short_year),
        (rf"^(?:[a-z ]+ |[0-9]{{1,2}} )?({MONTH})(?:(?:-| to | and |/)(?:[0-9]{{1,2}} )?{MONTH})?$", _no_year),
        (rf"^([a-z]+) ({YEAR})$", _unknown_month),
    )
)
