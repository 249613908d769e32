"""Turns a text into its words, and the numbers, amounts, shares and dates among them, however they are written."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pcstrat.numerals import NUMBER_WORDS, TEENS, TENS, UNITS, WORDS, number_of
from pcstrat.patterns import Match, Pattern

_DOZENS = {"a dozen": 12, "half a dozen": 6, "two dozen": 24}
_OFTEN = {"once": 1, "twice": 2}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_MANY = {"hundred": 100, "thousand": 1000, "k": 1000, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9}
_MANY |= {"billion": 10**9}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:M)ay|may(?=,?[ ]20)|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_LONE_MONTH = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)[0-9]{2}"
_DIGITS = r"[0-9](?:[0-9.,]*[0-9])?"
_ONE_OR_MORE = rf"(?:{_DIGITS}|\b{WORDS}\b)"
_LARGE = r"hundred|thousand|million|billion"
_SMALL = "|".join(sorted(_MANY, key=len, reverse=True))

_FIGURE = Pattern(
    rf"""(?P<date>
          (?<![0-9])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<month>{_MONTH})\b(?:,?[ ](?P<year>{_YEAR}))?
        | \b(?P<month_first>{_MONTH})[ ](?P<year_of_month>{_YEAR})(?P<years_of_month>[/–-][0-9]{{2,4}})?(?![0-9])
        | \b{_LONE_MONTH}\b
        | (?<![0-9/]){_YEAR}[ ]?[/–-][ ]?(?:{_YEAR}|[0-9]{{2}})(?![0-9/])
        | (?<![0-9/])[0-9]{{1,2}}/[0-9]{{1,2}}/(?:{_YEAR}|[0-9]{{2}})(?![0-9/])
        | \b(?:spring|summer|autumn|winter)[ ]{_YEAR}(?![0-9])
        | \bq[1-4]\b
        | \b(?:first|second|third|fourth|last)[ ](?:quarter|half)\b)
      | (?P<clock>(?<![0-9])[0-9]{{1,2}}(?:[:.][0-9]{{2}})?[ ]?(?:am|pm|noon|o['’]clock)\b)
      | (?P<money>£[ ]?(?P<pounds>{_DIGITS})(?:[ ]?(?P<of_pounds>{_SMALL})\b)?)
      | (?P<share>\b(?:one|1)[ ]in[ ](?P<out_of>{_ONE_OR_MORE})(?=\s|[.,;:)]|$)
        | \b(?:a|one)[ ](?P<part>third|quarter|fifth|tenth)(?=[ ]of\b)
        | (?<=by[ ])(?:a|one)[ ](?P<part_by>third|quarter|fifth|tenth)\b
        | \b(?P<parts>two|three)[ -](?P<of_parts>thirds|quarters|fifths|tenths)\b
        | (?<!first[ ])(?<!second[ ])(?<!other[ ])\bhalf(?=[ ](?:of|the|all|our|these|those)\b|\s*[.,;:)]|\s*$))
      | (?P<dozen>\b(?:half[ ]a|a|two)[ ]dozen\b)
      | (?P<often>\b(?:twice\b|once(?=[ ](?:a|per|each|every|in)\b)|(?P<times>{_ONE_OR_MORE})[ ]times\b))
      | (?P<percent>(?P<hundredths>{_DIGITS})(?:[ ]?%|[ ]per[ ]?cent\b))
      | (?P<figures>{_DIGITS})(?:[ ]?(?P<many>(?:{_LARGE}))\b|(?P<short>k|m|mn|bn)\b)?
      | \b(?P<word_number>{WORDS})(?:[ ](?P<of_words>{_LARGE}))?\b""",
    re.VERBOSE | re.IGNORECASE,
)
_TOKEN = Pattern(
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|[0-9]|(?P<end>[.!?;:](?=\s|$))|(?P<pause>[,()\[\]–—])|[^\w\s]|_",
)
_STARTS = frozenset(
    {
        *"0123456789£",
        *("a", "half", "once", "twice", "q", "first", "second", "third", "fourth", "last"),
        *("spring", "summer", "autumn", "winter", *_MONTHS, "sept", *UNITS, *TEENS, *TENS),
        *("january", "february", "march", "april", "june", "july", "august", "september", "october", "november"),
        "december",
    }
)
"""What a figure begins with: of any other word, no figure need be looked for."""

_DASHES = frozenset({"-", "–", "−"})
"""A hyphen, a short dash and the sign itself: people write a minus as any of them."""

_LABELS = frozenset(
    {
        *("priority", "objective", "goal", "aim", "ambition", "action", "strand", "pillar", "theme", "option", "step"),
        *("year", "years", "quarter", "phase", "stage", "wave", "cohort", "level", "tier", "band", "grade", "type"),
        *("page", "section", "chapter", "part", "table", "figure", "appendix", "annex", "number", "no"),
    }
)
"""A number behind such a word names something and counts nothing."""

_BEFORE_DATES = frozenset(
    {
        *("in", "by", "from", "until", "till", "before", "after", "since", "during", "of", "to", "early", "mid"),
        *("late", "end", "throughout", "between", "than", "and", "for", "over", "into"),
    }
)
"""Behind such a word, a year is a date; elsewhere it may be part of a name ("the 2024 strategy")."""

_RANGES = frozenset({"to", "or", "-", "–"})
_BETWEEN = frozenset({"between"})
_NOT_COUNTED = frozenset({"to", "or", "and"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_KEPT = 16
"""Texts whose tokens are remembered: two wordings are looked at in several ways, one after the other."""

_TELEPHONES = frozenset({101, 111, 112, 119, 999})
"""Services that are called by their number."""


class Sort(enum.Enum):
    """What a figure says. A label names something: its number counts nothing."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    SHARE = "share"
    OFTEN = "how often"
    DATE = "date"
    LABEL = "label"


Value: TypeAlias = Decimal | Fraction | str


class Figure(NamedTuple):
    """A number, amount, share or date: of money in pounds, of shares up to 1; of dates and times of day, its words."""

    sort: Sort
    value: Value


class Token(NamedTuple):
    """A word or sign, with the figure that it is, if it is one. `is_end` and `is_pause` tell what a sign does."""

    text: str
    figure: Figure | None = None
    is_end: bool = False
    is_pause: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is a word, and no figure or sign."""
        return self.figure is None and self.text[:1].isalpha()


@lru_cache(maxsize=_KEPT)
def tokens(text: str) -> tuple[Token, ...]:
    """The words, figures and signs of a text in order."""
    line = " ".join(text.split())
    return tuple(_with_labels(_with_ranges(list(_read(line))), line))


class _Read(NamedTuple):
    """A token with its place in the line; `many` is what multiplies its number ("million"), where that is written."""

    token: Token
    start: int
    end: int
    many: str = ""


def _read(line: str) -> Iterator[_Read]:
    """The tokens with their places, and every number as a count."""
    place = 0
    is_after_figure = False
    while match := _TOKEN.search(line, place):
        figure = _FIGURE.match(line, match.start()) if match[0].lower() in _STARTS else None
        if match[0] in _DASHES and not is_after_figure:
            figure = _behind_minus(match, line)
        if figure:
            many = figure["of_pounds"] or figure["many"] or figure["short"] or figure["of_words"] or ""
            read = _figure(figure) if figure.start() == match.start() else _negative(_figure(figure))
            yield _Read(Token(line[match.start() : figure.end()], read), match.start(), figure.end(), many.lower())
        else:
            token = Token(match[0], is_end=match["end"] is not None, is_pause=match["pause"] is not None)
            yield _Read(token, match.start(), match.end())
        place, is_after_figure = (figure or match).end(), figure is not None


def _behind_minus(dash: Match, line: str) -> Match | None:
    """The number, amount or share that a dash stands before as its sign, with nothing between and no word before it."""
    figure = _FIGURE.match(line, dash.end()) if line[: dash.start()][-1:] in {"", " ", "("} else None
    is_number = figure and (figure["money"] or figure["percent"] or figure["figures"])
    return figure if is_number else None


def _negative(figure: Figure | None) -> Figure | None:
    """A figure behind a minus sign: "-5%" is less than "-4%"."""
    if figure is None or not isinstance(figure.value, Decimal):
        return figure
    return figure._replace(value=-figure.value)


def _figure(match: Match) -> Figure | None:
    """What a match says, as far as it says so alone; what stands beside it may yet make it a label."""
    return next((read(match) for group, read in _READERS.items() if match[group]), None)


def _label(match: Match) -> Figure:
    return Figure(Sort.LABEL, "".join(match[0].lower().split()))


def _how_often(match: Match) -> Figure:
    if match["times"]:
        return _number(Sort.OFTEN, match["times"])
    return Figure(Sort.OFTEN, Decimal(_OFTEN[match["often"].lower()]))


def _number(sort: Sort, written: str, many: str | None = None) -> Figure:
    value = _value(written)
    if value is None:
        return Figure(Sort.LABEL, written.lower())
    return Figure(sort, (value * _MANY[many.lower()] if many else value).normalize())


_PLAIN = Pattern(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,6})?")


def _value(written: str) -> Decimal | None:
    """The number that digits or a word stand for; nothing for digits that count chapters or versions ("1.2.3")."""
    if written.lower() in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[written.lower()])
    return Decimal(written.replace(",", "")) if _PLAIN.fullmatch(written) else None


def _share(match: Match) -> Figure:
    text = match[0].lower()
    if match["out_of"]:
        whole = _value(match["out_of"])
        return (
            Figure(Sort.SHARE, Fraction(1, int(whole))) if whole and whole == int(whole) else Figure(Sort.LABEL, text)
        )
    if match["parts"]:
        parts = _PARTS[match["of_parts"].lower().removesuffix("s")]
        return Figure(Sort.SHARE, Fraction(number_of(match["parts"]), parts))
    return Figure(Sort.SHARE, Fraction(1, _PARTS[(match["part"] or match["part_by"] or "half").lower()]))


def _date(match: Match) -> str:
    """A date in one spelling: "1st of April 2026" is "1 apr 2026"."""
    if match["day"]:
        year = f" {match['year']}" if match["year"] else ""
        return f"{int(match['day'])} {match['month'][:3].lower()}{year}"
    if match["month_first"]:
        years = (match["years_of_month"] or "").replace("–", "/").replace("-", "/")
        return f"{match['month_first'][:3].lower()} {match['year_of_month']}{years}"
    text = match[0].lower().replace(" ", "").replace("–", "/").replace("-", "/")
    return text[:3] if text[:3] in _MONTHS else text


_READERS: Mapping[str, Callable[[Match], Figure]] = {
    "date": lambda match: Figure(Sort.DATE, _date(match)),
    "clock": _label,
    "money": lambda match: _number(Sort.MONEY, match["pounds"], match["of_pounds"]),
    "share": _share,
    "dozen": lambda match: Figure(Sort.COUNT, Decimal(_DOZENS[match["dozen"].lower()])),
    "often": _how_often,
    "percent": lambda match: _number(Sort.PERCENT, match["hundredths"]),
    "figures": lambda match: _number(Sort.COUNT, match["figures"], match["many"] or match["short"]),
    "word_number": lambda match: _number(Sort.COUNT, match["word_number"], match["of_words"]),
}
"""How each sort of figure is read, by the group of the pattern that finds it."""


def _with_ranges(found: Sequence[_Read]) -> list[_Read]:
    """The tokens, where the first number of a range is of as many as the second: "£3 to £4 million", "£3-4m"."""
    ranged = list(found)
    for place in range(len(found) - 2):
        first, last = found[place].token.figure, found[place + 2].token.figure
        many = found[place + 2].many
        if first and last and many and not found[place].many and _is_range(found, place):
            numbers = first.value, last.value
            if isinstance(numbers[0], Decimal) and isinstance(numbers[1], Decimal):
                if numbers[0] * _MANY[many] >= numbers[1]:  # "£500 to £1 million"
                    continue
                number = Figure(first.sort, (numbers[0] * _MANY[many]).normalize())
                ranged[place] = found[place]._replace(token=found[place].token._replace(figure=number))
                if first.sort is Sort.MONEY:
                    upper = Figure(Sort.MONEY, last.value)
                    ranged[place + 2] = found[place + 2]._replace(token=found[place + 2].token._replace(figure=upper))
    return ranged


def _is_range(found: Sequence[_Read], place: int) -> bool:
    """Whether two numbers are the ends of a range: of money if the first is, else of things."""
    sorts = [found[end].token.figure for end in (place, place + 2)]
    if not all(figure and figure.sort in {Sort.COUNT, Sort.MONEY} for figure in sorts):
        return False
    if sorts[0] and sorts[1] and sorts[0].sort is Sort.COUNT and sorts[1].sort is Sort.MONEY:
        return False
    joiner = found[place + 1].token.text.lower()
    return joiner in _RANGES or (joiner == "and" and _is_behind(found, place, _BETWEEN))


def _with_labels(found: Sequence[_Read], line: str) -> Iterator[Token]:
    """The tokens, with numbers that name something, or are part of a word, as labels."""
    for place, read in enumerate(found):
        token = read.token
        if token.figure is None:
            yield token
        elif token.text == "May" and not _is_behind(found, place, _BEFORE_DATES):
            yield token._replace(figure=None)
        elif token.figure.sort is not Sort.COUNT:
            yield token
        else:
            figure = _of_count(token.figure, found, place, line)
            is_pronoun = token.text.lower() == "one" and figure.sort is Sort.LABEL
            yield token._replace(figure=None if is_pronoun else figure)


def _of_count(figure: Figure, found: Sequence[_Read], place: int, line: str) -> Figure:
    """How many of something there are, or a year, or only a label: part of a name or a word, or of a range."""
    read = found[place]
    number = figure.value
    first, last = _ends_of_range(found, place)
    before = line[found[first].start - 1 : found[first].start]
    is_in_word = before.strip("(“‘'\"£") not in {"", " "} or _joins(line[found[last].end :])
    if read.token.text.isdigit() and isinstance(number, Decimal) and _FIRST_YEAR <= number <= _LAST_YEAR:
        is_date = not is_in_word and len(read.token.text) == 4 and _is_behind(found, place, _BEFORE_DATES)  # noqa: PLR2004 - the digits of a year
        return Figure(Sort.DATE if is_date else Sort.LABEL, read.token.text)
    is_name = read.token.text.isdigit() and number in _TELEPHONES
    is_label = is_in_word or is_name or _is_named(found, first) or not _is_counting(found, last)
    return Figure(Sort.LABEL, f"{number:f}") if is_label and isinstance(number, Decimal) else figure


def _ends_of_range(found: Sequence[_Read], place: int) -> tuple[int, int]:
    """The places of the first and the last number of the range that a number is an end of, as in "5-10 GPs".

    Of a number alone they are its own. A range leads upwards: "24-7" and "1-1" are names.
    """
    for first in (place, place - 2):
        if first >= 0 and _is_close_range(found[first : first + 3]):
            return first, first + 2
    return place, place


def _is_close_range(found: Sequence[_Read]) -> bool:
    if len(found) < len(("5", "-", "10")) or found[1].token.text not in _DASHES:
        return False
    low, dash, high = found
    least, most = _count_in_digits(low.token), _count_in_digits(high.token)
    if least is None or most is None:
        return False
    return least < most and dash.start - low.end == high.start - dash.end


def _count_in_digits(token: Token) -> Decimal | None:
    figure = token.figure
    if figure is None or figure.sort is not Sort.COUNT or not token.text[:1].isdigit():
        return None
    return figure.value if isinstance(figure.value, Decimal) else None


def _is_counting(found: Sequence[_Read], place: int) -> bool:
    """Whether things follow that a number counts, perhaps behind a second number: "5 to 10 hubs"."""
    following = found[place + 1].token if place + 1 < len(found) else Token("")
    if following.text.lower() not in _NOT_COUNTED:
        return following.is_word
    further = found[place + 2].token.figure if place + 2 < len(found) else None
    return further is not None and further.sort is Sort.COUNT and _is_counting(found, place + 2)


def _joins(rest: str) -> bool:
    """Whether what follows a number makes one word of both: "24-hour", "2a", "24/7"."""
    return rest[:1].isalpha() or (rest[:1] in {"-", "/", "–", "'", "’"} and rest[1:2].isalnum())


def _is_behind(found: Sequence[_Read], place: int, words: frozenset[str]) -> bool:
    return place > 0 and found[place - 1].token.text.lower() in words


def _is_named(found: Sequence[_Read], place: int) -> bool:
    """Whether a number belongs to what stands before it: "Type 2 diabetes", "priority 3", "NHS 111 calls"."""
    before = found[place - 1].token if place else Token("")
    if not before.is_word:
        return False
    begins = place == 1 or found[place - 2].token.is_end
    return before.text.lower() in _LABELS or (before.text[:1].isupper() and not begins) or before.text.isupper()
