"""Finds totals of money for named years that no sum of the lines for those years can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.funding import FundingTable, StatedTotal
from pcstrat.model.money import Money, MoneyError, parse_money
from pcstrat.model.times import Precision, financial_year_name, financial_year_of
from pcstrat.model.vocabulary import Recurrence
from pcstrat.numerals import number_of
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.funding import living_amounts
from pcstrat.rules.funding_sums import YEARS_TO, may_be_sum, sum_in_words, sum_of, years_named
from pcstrat.rules.subject import PlacedAmount, Subject
from pcstrat.text import listed

_YEAR = "20[0-9]{2}/[0-9]{2}"
_YEARS = (
    rf"(?:(?P<years>{_YEAR}(?:(?:, (?:and )?| and |{YEARS_TO}){_YEAR})*)"
    rf"|(?P<number>{COUNT}) years|(?:an?|each|every) year)"
)
_IS_OF_YEARS = Pattern(
    r"(?:the )?(?:(?:(?:grand|overall|combined) )?total |all(?: of)?(?: the| our)? |overall )?"
    r"(?:planned |proposed |additional |extra |new )?(?:investments?|funding|money|spend(?:ing)?|budget|costs?)"
    r"(?: (?:in|of|under|for) this (?:plan|strategy|programme))?[,:]? (?:(?:across|during|for|in|of|over) )?"
    rf"(?:all |the )?(?:next )?{_YEARS}(?: of (?:the|this) (?:plan|strategy|programme))?\.?",
    re.IGNORECASE,
)
_ALL_INVEST = (
    r"(?:(?:together|in all|in total|altogether),? (?:we|the icb|partners|the system)|this (?:plan|programme|strategy))"
)
_WE_INVEST = Pattern(
    rf"\b{_ALL_INVEST} (?:will |shall |plan to )?(?:invest|spend)s?"
    r" (?P<amount>£[0-9][0-9.,]*(?: ?(?:k|m|bn|thousand|million|billion)\b)?)"
    rf"(?: (?:across|during|in|over))? (?:all |the )?(?:next )?{_YEARS}"
    r"(?= of (?:the|this) (?:plan|strategy)|[.;]|,(?! of which)|$)",
    re.IGNORECASE,
)
_MAY_INVEST = ("invest £", "spend £", "invests £", "spends £")


class _Total(NamedTuple):
    """A total as stated: where, of which money, and for which financial years.

    It is of all years where these are empty, and of each where `number` is 0 too.
    """

    path: Path
    amount: Money
    words: str
    years: frozenset[int]
    number: int


class _Line(NamedTuple):
    """An amount with the first and the last financial year that it is for."""

    placed: PlacedAmount
    first: int
    last: int


_CORRECT_TOTAL = "Correct the total or the lines, name in `of` the ids of what it sums, or say what else is in it."


@rule(
    "F14",
    "total-of-years-differs",
    title="A total for some years is no sum of the lines for these years",
    severity=Severity.ADVICE,
    heuristic=True,
    why="Readers and boards add the lines up. Where the sum differs, they trust none of the amounts.",
    remedy="Correct the amount or the lines.",
    requires=("F12",),
    before="""
funding:
  - {title: Money, commitment: proposed, year: 2027/28, lines: [{title: Vans, amounts: [£300k]}]}
totals: [{amount: £500k, what: Total investment in 2027/28}]
""",
    after="""
funding:
  - {title: Money, commitment: proposed, year: 2027/28, lines: [{title: Vans, amounts: [£300k]}]}
totals: [{amount: £300k, what: Total investment in 2027/28}]
""",
)
def total_of_years(subject: Subject) -> Iterator[Hit]:
    """Totals without `of`, and sentences on all that is invested, that name years and that no sum for these fits.

    The lines are those of the plan, of one table, or of what is alike committed; what recurs counts once or every year.
    Nothing is said where a line states no amount or no financial year, or runs on past the years that are named.
    """
    totals = list(_totals(subject))
    lines = list(_lines(subject)) if totals else []
    if any(line is None for line in lines):
        return
    for total in totals:
        sums = _sums([line for line in lines if line is not None], total)
        if sums and not any(may_be_sum(total.amount, *ends) for ends in sums):
            years = listed([financial_year_name(year) for year in sorted(total.years)]) or (
                f"all {total.number} years" if total.number else "each year"
            )
            message = (
                f"“{total.amount.published}” is stated for {years}, but the lines add up to {sum_in_words(*sums[0])}."
            )
            remedy = "" if total.words else _CORRECT_TOTAL
            yield Hit(path=total.path, message=message, remedy=remedy, at_words=total.words)


def is_of_years(what: str) -> bool:
    """Whether a total says that it is all the money of some years, so that it is compared with the lines of these."""
    return _IS_OF_YEARS.fullmatch(what) is not None


def _totals(subject: Subject) -> Iterator[_Total]:
    for item in subject.of(StatedTotal):
        found = None if item.part.of else _IS_OF_YEARS.fullmatch(plain(item.part.what))
        if found is not None and item.part.amount.pounds is not None:
            yield _Total(item.path, item.part.amount, "", *_years_in(found))
    for leaf in subject.own_words.naming(*_MAY_INVEST):
        for found in _WE_INVEST.finditer(leaf.plain):
            try:
                yield _Total(leaf.path, parse_money(found["amount"].rstrip(",.")), found["amount"], *_years_in(found))
            except MoneyError:
                continue


def _years_in(found: Match) -> tuple[frozenset[int], int]:
    """The financial years that a match names, by their first calendar year, or else how many there are."""
    if not found["years"]:
        return frozenset(), number_of(found["number"]) if found["number"] else 0
    years = years_named(found["years"])
    return years, len(years)


def _lines(subject: Subject) -> Iterator[_Line | None]:
    """Every living amount with its years; `None` for one that states no pounds or no financial year."""
    for placed in living_amounts(subject):
        year = placed.named.year
        start, end = (year.start, year.end) if year and year.precision is Precision.FINANCIAL_YEAR else (None, None)
        if start is None or end is None or placed.named.money.pounds is None:
            yield None
        else:
            yield _Line(placed, financial_year_of(start), financial_year_of(end))


def _sums(lines: list[_Line], total: _Total) -> list[tuple[Decimal, Decimal]]:
    """What the lines for the years of a total can add up to; nothing where that cannot be told.

    What is paid each year is what recurs, in the first year or as soon as all of it is paid.
    """
    if not total.years and not total.number:
        recurrent = [line for line in lines if line.placed.named.recurrence is Recurrence.RECURRENT]
        begun = {line.first: [other for other in recurrent if other.first <= line.first] for line in recurrent}
        return [_once(group) for part in begun.values() for group in _groups(part)]
    every = {year for line in lines for year in range(line.first, line.last + 1)}
    if not every or len(every) > total.number > len(total.years):
        return []
    years = total.years or frozenset(range(min(every), min(every) + total.number))
    if any(_is_in_part(line, years) for line in lines):
        return []
    inside = [line for line in lines if line.first in years]
    return [ends for group in _groups(inside) for ends in (_once(group), _each_year(group, years))]


def _is_in_part(line: _Line, years: frozenset[int]) -> bool:
    own = set(range(line.first, line.last + 1))
    return bool(own & years) and not own <= years


def _groups(lines: list[_Line]) -> Iterator[list[_Line]]:
    """All lines, those of each table, and those of each state of commitment."""
    if lines:
        yield lines
    by_kind: dict[object, list[_Line]] = {}
    for line in lines:
        table = line.placed.item.nearest(FundingTable)
        by_kind.setdefault(table and table.path, []).append(line)
        by_kind.setdefault(line.placed.named.commitment, []).append(line)
    yield from by_kind.values()


def _once(lines: Iterable[_Line]) -> tuple[Decimal, Decimal]:
    return sum_of(line.placed.named.money for line in lines)


def _each_year(lines: Iterable[_Line], years: frozenset[int]) -> tuple[Decimal, Decimal]:
    """The sum where what recurs is paid again in each of the years from its first."""
    amounts: list[Money] = []
    for line in lines:
        is_recurrent = line.placed.named.recurrence is Recurrence.RECURRENT
        times = sum(year >= line.first for year in years) if is_recurrent else 1
        amounts += [line.placed.named.money] * times
    return sum_of(amounts)


RULES = (total_of_years,)
