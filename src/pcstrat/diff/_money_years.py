"""Turns what became of an amount into a fact that names both years, where the money is of two: neither less nor more.

A table that was rolled on to the next year promises that year's money. Only of money that comes once, in plans of one
year, is it certain that it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._items import Node, of_money
from pcstrat.diff._links import YEARS, Link
from pcstrat.diff._one_time_money import comes_once
from pcstrat.diff._values import published
from pcstrat.diff.kinds import Kind
from pcstrat.light_markdown import plain
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable, StatedTotal
from pcstrat.model.money import Money
from pcstrat.model.times import Time, time_or_none

_VERDICTS = frozenset(
    {
        *(Kind.MONEY_UP, Kind.MONEY_DOWN, Kind.AMOUNT_STATED, Kind.AMOUNT_REMOVED),
        *(Kind.AMOUNT_CONFIRMED, Kind.AMOUNT_UNCONFIRMED, Kind.AMOUNT_CHANGED),
    }
)
_NAMING = {FundingAmount: "what", FundingLine: "title", FundingTable: "title", StatedTotal: "what"}
"""The field of each part of money in which it may name its year in words."""


class Years(NamedTuple):
    """The year that money was for, and the other one that it is for now, as published."""

    old: str
    new: str
    is_same_money: bool


def for_year(year: str) -> str:
    """A year as it stands behind an amount: "for 2027/28", "from April 2027"."""
    return f"for {year}" if year[:1].isdigit() else year


def in_view_of_years(facts: Iterable[FieldFact], link: Link) -> Iterator[FieldFact]:
    """The facts of two parts; those of amounts of two years as one that names both."""
    years = years_of(link.old, link.new) if _is_money(link.new) else None
    is_told = False
    for fact in facts:
        if years is None or not _is_of_amounts(fact):
            yield fact
        elif years.is_same_money:
            yield _with_years(fact, years)
        elif not is_told:
            is_told = True
            yield _with_years(fact, years)._replace(kind=Kind.AMOUNT_CHANGED, amount="")


def years_of(old: Node, new: Node) -> Years | None:
    """The years of two amounts, or lines of money; nothing where they are the same, or either is not known."""
    before, after = _year(old), _year(new)
    if not before or not after or _is_one_year(before, after):
        return None
    return Years(before, after, comes_once(_line_of(old), _line_of(new)))


def _line_of(money: Node) -> Node:
    return next((node for node in (money, *money.above()) if isinstance(node.part, FundingLine)), money)


def _is_money(node: Node) -> bool:
    return isinstance(node.part, FundingAmount | StatedTotal)


def _is_of_amounts(fact: FieldFact) -> bool:
    amounts = all(side is not None and isinstance(side.value, Money) for side in (fact.before, fact.after))
    return fact.kind in _VERDICTS and amounts


def _with_years(fact: FieldFact, years: Years) -> FieldFact:
    sides = ((fact.before, years.old), (fact.after, years.new))
    before, after = (replace(side, text=f"{side.text} {for_year(year)}") if side else None for side, year in sides)
    return fact._replace(before=before, after=after)


def _year(money: Node) -> str:
    """The year that money is for: as its part says, else the line or the table, in a field or in words."""
    stated = of_money(money, "year")
    own = _named_in(money) if _is_money(money) else ""
    known = published(stated) if isinstance(stated, Time) else ""
    return own or known or next(filter(None, map(_named_in, (money, *money.above()))), "")


def _named_in(node: Node) -> str:
    """The years that the words of a part name: "2025/26" of "Money for 2025/26"."""
    text = plain(getattr(node.part, _NAMING.get(type(node.part), ""), None) or "")
    found = list(YEARS.finditer(text))
    return text[found[0].start() : found[-1].end()] if found else ""


def _is_one_year(one: str, other: str) -> bool:
    times = [time_or_none(text) for text in (one, other)]
    days = [(time.start, time.end, time.years) for time in times if time is not None]
    return one == other or (len(days) == 2 and days[0] == days[1] and any(days[0]))  # noqa: PLR2004 - both can be read
