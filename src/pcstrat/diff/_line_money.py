"""Turns lines of money that were merged, split or divided into one fact: what they come to together, before and after.

Compared amount by amount, two lines that became one would each look like more money, and one amount that became two
like less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pcstrat.diff._amounts import compare_pounds, pounds_of
from pcstrat.diff._items import Elsewhere, Node
from pcstrat.diff._links import Links
from pcstrat.diff._money_years import Years, for_year, years_of
from pcstrat.diff._times import Fact
from pcstrat.diff._values import own_text, published
from pcstrat.diff.kinds import Kind
from pcstrat.model.funding import FundingAmount, FundingLine
from pcstrat.model.money import AmountStatus, Money, pounds_in_words
from pcstrat.text import listed

Side = tuple[Node, ...]
Ends = tuple[Decimal, Decimal]
_NO_AMOUNT = "no amount"


class LineMoney(NamedTuple):
    """The fact about lines that belong together, and their money in words. Some of the new may be in other plans."""

    olds: Side
    news: Side
    fact: Fact
    before: str
    after: str

    @property
    def amounts(self) -> Iterator[Node]:
        """The amounts that the fact speaks for."""
        for line in (*self.olds, *self.news):
            yield from _amounts(line)


def joined_money(new: Iterable[Node], links: Links, elsewhere: Elsewhere) -> Iterator[LineMoney]:
    """The facts about lines of which several became one, or the amounts are more or fewer than before."""
    seen: set[Node] = set()
    for node in new:
        if isinstance(node.part, FundingLine) and node not in seen and links.of_new.get(node):
            olds, news = links.joined(node)
            seen.update(news)
            others = dict.fromkeys(other for old in olds for other in elsewhere.get(old.of_plan, ()))
            if (found := _together(olds, (*news, *others))) is not None:
                yield found


def _together(olds: Side, news: Side) -> LineMoney | None:
    """What lines come to together; nothing where each amount has one of its own to compare with, or a side none."""
    before, after = (tuple(amount for line in side for amount in _amounts(line)) for side in (olds, news))
    one_by_one = len(olds) == len(news) == 1 and len(before) == len(after)
    if one_by_one or not (_has_figure(before) and _has_figure(after)):
        return None
    totals = [_total(side) for side in (olds, news)]
    fact = _fact(totals[0], totals[1], [_unsettled(side) for side in (before, after)])
    words = [_in_words(olds, totals[0]), _in_words(news, totals[1])]
    if (years := _years(olds, news)) is not None:
        words = [f"{said} {for_year(year)}" for said, year in zip(words, (years.old, years.new), strict=True)]
        fact = fact if years.is_same_money else Fact(Kind.AMOUNT_CHANGED)
    return LineMoney(olds, news, fact, *words)


def _years(olds: Side, news: Side) -> Years | None:
    """The years of lines, where all that were are for one and all that are now for another."""
    found = {years_of(old, new) for old in olds for new in news}
    return found.pop() if len(found) == 1 else None


def _amounts(line: Node) -> tuple[Node, ...]:
    return tuple(child for child in line.children if isinstance(child.part, FundingAmount))


def _money(amount: Node) -> Money:
    assert isinstance(amount.part, FundingAmount)  # noqa: S101 - `_amounts` gives no others
    return amount.part.amount


def _has_figure(amounts: Iterable[Node]) -> bool:
    return any(_money(amount).pounds is not None for amount in amounts)


def _total(lines: Side) -> Ends | None:
    """Both ends of the sum; nothing where it is not known: an amount is "up to" or "about" one, or is not stated."""
    if not all(_amounts(line) for line in lines):
        return None
    money = [_money(amount) for line in lines for amount in _amounts(line)]
    if any(each.pounds is None or each.qualifier for each in money):
        return None
    ends = [pounds_of(each) for each in money]
    return sum((lower for lower, _ in ends), Decimal(0)), sum((upper for _, upper in ends), Decimal(0))


def _unsettled(amounts: Sequence[Node]) -> Decimal:
    """How much of it is to be confirmed."""
    waiting = (_money(amount) for amount in amounts if _money(amount).status is AmountStatus.TO_BE_CONFIRMED)
    return sum((pounds_of(each)[1] for each in waiting), Decimal(0))


def _fact(before: Ends | None, after: Ends | None, unsettled: Sequence[Decimal]) -> Fact:
    if before is None or after is None:
        return Fact(Kind.AMOUNT_CHANGED)
    if before != after:
        return compare_pounds(before, after)
    if unsettled[0] == unsettled[1]:
        return Fact(Kind.AMOUNT_CHANGED, "the same in all")
    return Fact(Kind.AMOUNT_CONFIRMED if unsettled[1] < unsettled[0] else Kind.AMOUNT_UNCONFIRMED, "the same in all")


def _in_words(lines: Side, total: Ends | None) -> str:
    """`£9.6m for “Hubs” and £2m (TBC) for “Training”, £11.6 million together`; an unknown sum is left out."""
    several = len(lines) > 1
    plans = len({line.plan.id for line in lines}) > 1
    texts = [
        f"{said}{_whose(line, plans=plans) if several else ''}"
        for line in lines
        for said in [published(_money(amount)) for amount in _amounts(line)] or [_NO_AMOUNT]
    ]
    if total is None or len(texts) == 1:
        return listed(texts)
    return f"{listed(texts)}, {' to '.join(map(pounds_in_words, dict.fromkeys(total)))} together"


def _whose(line: Node, *, plans: bool) -> str:
    return f" in {line.plan.id}" if plans else f" for “{own_text(line)}”"
