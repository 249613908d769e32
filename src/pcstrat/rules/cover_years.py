"""Finds titles and purposes that speak of other years than the period of the plan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.times import Time, financial_year_of, time_or_none
from pcstrat.numerals import number_of
from pcstrat.patterns import Pattern
from pcstrat.rules._bands import ONE_DAY
from pcstrat.rules._counts import COUNT
from pcstrat.rules._promises import MONTHS
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.horizons import CLAIMS, LENGTH, OF_OTHERS, horizons_in, in_months, length_of, shown
from pcstrat.rules.subject import Leaf, Subject

_OF_YEARS = Pattern(
    r"(?<![\w/.,-])(20[0-9]{2})(?P<begins>/[0-9]{2})?(?: ?[-–—/] ?| (?:to|until) )"
    r"(20[0-9]{2})(?P<ends>/[0-9]{2})?(?![\w/])"
)
_PLAN_OF_LENGTH = rf"({COUNT})[- ](year)(?: (?!for\b|of\b|to\b)[\w-]+){{0,4}}? (?:plan|programme|strategy)\b(?!['’])"
_OF_OWN_LENGTH = Pattern(
    rf"(?:(?:^|(?<=: )|(?<=[–—-] ))(?:(?:an?|our|the) )?|\bthis |\bis (?:an?|our|the) ){_PLAN_OF_LENGTH}", re.IGNORECASE
)
"""The length of the plan itself: "this five-year plan". "Part of our five-year plan" speaks of another."""
_SPEAKS_OF_OTHER_PLAN = Pattern(rf"^(?:our|the) {_PLAN_OF_LENGTH} [a-z]", re.IGNORECASE)
"""A sentence on a plan by its length, which tells it from the one that it stands in."""
_OF_ANOTHER_PLAN = Pattern(
    r"\b(?:annual|chapter|part|progress|refresh(?:ed)?|report|review|update|year [0-9])\b", re.IGNORECASE
)
"""Words of titles in which the years may be those of a plan that this one reports on or belongs to."""
_ON_THE_COVER = frozenset(("document", field) for field in ("title", "subtitle", "purpose"))
_MONTH_AND_YEAR = rf"(?:{MONTHS} )?20[0-9]{{2}}"
_OF_MONTHS = Pattern(
    rf"\bbetween ({_MONTH_AND_YEAR}) and ({_MONTH_AND_YEAR})(?![\w/])"
    rf"|(?<![\w,-])({MONTHS} 20[0-9]{{2}}) ?(?:to|until|[-–—]) ?({MONTHS} 20[0-9]{{2}})(?![\w/])",
    re.IGNORECASE,
)
"""From which month to which, "between" them or not."""
_SENTENCES = Pattern(r"(?<=[.!?])\s+")
_FINANCIAL_YEARS = Pattern(r"(?<![\w/-])20[0-9]{2}/[0-9]{2}(?![\w/-])")
_NAMES_DOCUMENT = Pattern(
    r"\b(?:[A-Z]\w+ (?:Framework|Plan|Programme|Strategy)|council|county|framework|government|joint|law|national|survey"
    r"|trust"
    r"|answers?|buil(?:ds?|t)|earlier|first|follow(?:ed|s)?|last|old|previous|ran|replace[ds]?|second|written)\b"
)
"""In a purpose: that the years in it may be those of another document, or of how this one came about."""
_OVER_YEARS = Pattern(rf"\bover ({COUNT}) (year)s\b", re.IGNORECASE)
_TIME = rf"(?:(?:{MONTHS}|spring|summer|autumn|winter) 20[0-9]{{2}}|20[0-9]{{2}}/[0-9]{{2}})(?![\w/])"
_LENGTH_AND_TIME = Pattern(
    rf"\b(?:across|during|for|in|of|over|within) (?:the|these) ({COUNT}) years"
    rf" (?:(?P<up>(?:up )?to|until|ending(?: in)?)|from|beginning(?: in)?|starting(?: in)?|since) (?P<time>{_TIME})",
    re.IGNORECASE,
)
"""How many years, up to when or since when: "for the five years to March 2030"."""
_UNTIL = Pattern(
    rf"\b(?:(?:this|the|our) (?:plan|programme|strategy) (?:ends|finishes|goes on|is|lasts|runs|takes us)"
    rf"|we have)\b(?: for [\w ]+?)? (?:in|until|till|(?:up )?to) (?:the end of )?(?P<time>{_TIME})",
    re.IGNORECASE,
)
_SAYS_BY_WHEN = Pattern(
    rf"^(?:it|(?:this|the|our) (?:plan|programme|strategy)) (?:describes|explains|says|sets out|shows|tells [\w ]+?)"
    rf" (?:how|what)\b.*\b(?:before|by|until) (?:the end of )?(?P<time>{_TIME})",
    re.IGNORECASE,
)
_GOES_FURTHER = Pattern(
    r"\b(?:after|afterwards|beg[iau]n\w*|beyond|first|follow\w*|half|longer|next|on (?:our|the) way|prepar\w*|readies"
    r"|start\w*|then|towards?|(?:take|takes|first) steps?)\b",
    re.IGNORECASE,
)
"""What says of a plan that it is a step to what is reached after it."""
_HALF_A_YEAR = 6
_MONTHS = 12
_THIRD_OF_A_YEAR = dt.timedelta(days=120)


@rule(
    "T29",
    "title-and-period-differ",
    title="The title or the purpose speaks of other years than the period of the plan",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""The years on the cover are what readers remember and what other documents quote. Rules, charts and comparison
    go by the period: both must say the same.""",
    remedy="Correct the words or `document.period`.",
    before="""
document: {title: A five-year plan for ponds, kind: primary care strategy, period: 2027-2030}
""",
    after="""
document: {title: A three-year plan for ponds, kind: primary care strategy, period: 2027-2030}
""",
)
def title_differs(subject: Subject) -> Iterator[Hit]:
    """A title, subtitle or purpose whose years, or number of years, are none that the stated period can mean."""
    period = subject.document.period
    if period is None or subject.document.part_of is not None:
        return
    for leaf in subject.own_texts:
        if leaf.path[0] != "document" or leaf.path not in _ON_THE_COVER:
            continue
        wording = _other_years(leaf, period) or _other_length(leaf, length_of(period))
        if wording:
            message = f"“{wording}” stands here, but the period of the plan is {shown(period)}."
            related = (Related(("document", "period"), "The period of the plan stands here."),)
            yield Hit(path=leaf.path, message=message, at_words=wording, related=related)


def _other_years(leaf: Leaf, period: Time) -> str:
    """The years from and to which a title runs, if they are not those of a dated period, as written.

    A purpose may look less far ahead than the plan, but no further, and from no earlier day.
    """
    if not period.start or not period.end or "20" not in leaf.plain or _OF_ANOTHER_PLAN.search(leaf.plain):
        return ""
    if leaf.field == "purpose":
        return _years_outside(leaf, period)
    if named := _months_named(leaf.plain):
        begin, end, wording = named
        return "" if _is_month_of(begin, period.start) and _is_month_of(end, period.end) else wording
    found = list(_OF_YEARS.finditer(leaf.plain))
    fits = any(
        _may_mean(match[1], match["begins"], period.start, 1) and _may_mean(match[3], match["ends"], period.end, -1)
        for match in found
    )
    if found:
        return "" if fits else found[0][0]
    return _year_outside(leaf.plain, period.start, period.end)


def _years_outside(leaf: Leaf, period: Time) -> str:
    """The years that a sentence of a purpose gives the plan, if they begin before its period or end after it."""
    sentences = (sentence for sentence in _SENTENCES.split(leaf.plain) if not _NAMES_DOCUMENT.search(sentence))
    return next(filter(None, (_outside(sentence, period) for sentence in sentences)), "")


def _outside(sentence: str, period: Time) -> str:
    if not period.start or not period.end:
        return ""
    wording = _end_outside(sentence, period.end)
    if wording or not CLAIMS.search(sentence):
        return wording
    return _length_outside(sentence, period) or _range_outside(sentence, period.start, period.end)


def _range_outside(sentence: str, start: dt.date, end: dt.date) -> str:
    """From when to when a sentence runs, by months or years, or the one year that it names."""
    if named := _months_named(sentence):
        first, last, wording = named
        is_before = first < start and not _is_month_of(first, start)
        return wording if is_before or (last > end and not _is_month_of(last, end)) else ""
    if years := _OF_YEARS.search(sentence):
        earliest = financial_year_of(start) if years["begins"] else start.year
        latest = financial_year_of(end) if years["ends"] else (end + ONE_DAY).year
        return years[0] if int(years[1]) < earliest or int(years[3]) > latest else ""
    return _year_outside(sentence, start, end)


def _length_outside(sentence: str, period: Time) -> str:
    """A number of years up to a time, or since one, that the period of the plan is too short, late or early for."""
    found = _LENGTH_AND_TIME.search(sentence)
    time = time_or_none(found["time"]) if found else None
    if not found or not time or not (time.start and period.start and period.end):
        return ""
    years = number_of(found[1])
    last = time.start.year if found["up"] else time.start.year + years
    if last <= period.start.year:
        return ""
    is_beyond = time.start > period.end + ONE_DAY if found["up"] else time.start < period.start - _THIRD_OF_A_YEAR
    is_longer = years * _MONTHS > length_of(period) + _HALF_A_YEAR
    return found[0] if is_beyond or is_longer else ""


def _end_outside(sentence: str, end: dt.date) -> str:
    """The time up to which a sentence says that the plan runs, or by which it says how something comes, if it is later.

    A time may be that of the day after the last: by April.
    """
    found = _UNTIL.search(sentence)
    if not found and not OF_OTHERS.search(sentence) and not _GOES_FURTHER.search(sentence):
        found = _SAYS_BY_WHEN.search(sentence)
    time = time_or_none(found["time"]) if found else None
    return found["time"] if found and time and time.start and time.start > end + ONE_DAY else ""


def _months_named(words: str) -> tuple[dt.date, dt.date, str] | None:
    """The first day and the last that words run from and to, month by month, and the words."""
    found = _OF_MONTHS.search(words)
    if found is None:
        return None
    first, last = (time_or_none(name) for name in found.groups() if name)
    return (first.start, last.end, found[0]) if first and last and first.start and last.end else None


def _is_month_of(day: dt.date, other: dt.date) -> bool:
    """Whether two days are in one month, or a day apart, as 31 March and 1 April are."""
    return (day.year, day.month) == (other.year, other.month) or abs(day - other) <= ONE_DAY


def _year_outside(words: str, begin: dt.date, end: dt.date) -> str:
    """The first financial year that words name, if it is wholly outside a period; no word for one of several years."""
    within = range(financial_year_of(begin), financial_year_of(end) + 1)
    years = _FINANCIAL_YEARS.findall(words)
    return next((year for year in years if int(year[:4]) not in within), "")


def _may_mean(year: str, is_financial: str | None, day: dt.date, inwards: int) -> bool:
    """Whether a year on a cover, 2027 or 2027/28, can be that of the first or last day of a period.

    Where the plan's own years are not financial ones, 2027/28 may be one from July to June.
    """
    if not is_financial:
        return int(year) in {day.year, financial_year_of(day), (day + ONE_DAY).year}
    return int(year) in {financial_year_of(day), financial_year_of(day + inwards * _THIRD_OF_A_YEAR)}


def _other_length(leaf: Leaf, whole: int) -> str:
    """The number of years that a text gives the plan or looks ahead, if no such number fits its months, as written.

    A purpose may look less far ahead than the plan.
    """
    if not whole or "year" not in leaf.plain.casefold() or _OF_ANOTHER_PLAN.search(leaf.plain):
        return ""
    is_other = leaf.field == "purpose" and _SPEAKS_OF_OTHER_PLAN.match(leaf.plain)
    found = () if is_other else _OF_OWN_LENGTH.finditer(leaf.plain)
    own = [(in_months(match[1], match[2]), match[0]) for match in found]
    ahead = [(horizon.months, horizon.wording) for horizon in horizons_in(leaf)]
    ahead += [(in_months(match[1], match[2]), match[0]) for match in _OVER_YEARS.finditer(leaf.plain)]
    named = (in_months(match[1], match[2]) for match in LENGTH.finditer(leaf.plain))
    if any(abs(months - whole) <= _HALF_A_YEAR for months in named):
        return ""
    return next((wording for _, wording in (*own, *(entry for entry in ahead if entry[0] > whole))), "")


RULES = (title_differs,)
