"""Finds totals of money that nobody can check: a row among the lines, or a total that names nothing it sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.funding import FundingLine, FundingTable, StatedTotal
from pcstrat.model.money import Money
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.funding import living_amounts, rows_of_totals
from pcstrat.rules.funding_sums import may_be_sum, sum_in_words, sum_of
from pcstrat.rules.funding_years import is_of_years
from pcstrat.rules.subject import Placed, Subject

_IS_OF_THESE = Pattern(
    r"""(?:\b(?:amounts?|budget|costs?|funding|investment|money|spend(?:ing)?|sum|total)
          \ (?:(?:committed|made|planned|proposed|set\ out|stated|listed)\ )?(?:in|of|under|from|for)
          \ (?:(?:all\ )?(?:of\ )?these\ (?:lines|amounts|rows)|this\ (?:plan|strategy|programme|table|list))
        |\bthis\ (?:plan|strategy|programme|table)['’]s
          \ (?:total|whole)\ (?:budget|costs?|funding|investment|money|spending)
        |^(?:all|(?:the\ sum|total)\ of(?:\ all)?)\ these\ (?:lines|amounts|rows))\s*(?:[.,;:]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words by which a total is that of the plan or of a table, and not of what these belong to or are a part of."""
_IS_OF_MORE_OR_LESS = Pattern(
    r"""\b(?:above|added?|addition|apart|before|below|besides?|beyond|excluding|except|half|including|largest|most|not|other|outside
          |part|per|share|third|top|with|without|quarter|year|20[0-9]{2})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_A_BARE_TOTAL = frozenset(
    (
        *("a", "additional", "agreed", "all", "amount", "amounts", "and", "approved", "are", "be", "by"),
        *("committed", "costs", "cost", "each", "expenditure", "extra", "financial", "for", "from", "funding"),
        *("grand", "in", "investment", "is", "it", "life", "made", "money", "new", "of", "on", "one-off", "our"),
        *("over", "overall", "period", "plan", "planned", "programme", "promised", "proposed", "recurrent"),
        *("set", "spend", "spending", "strategy", "sum", "table", "tables", "that", "the", "these", "this", "to"),
        *("together", "total", "totals", "until", "we", "what", "will", "year", "years"),
    )
)
_WORD = Pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
_YEAR = Pattern(r"20[0-9]{2}(?:/[0-9]{2})?")
_MUCH_THE_SAME = 3
_Sums: TypeAlias = Mapping[Placed[FundingTable], tuple[Decimal, Decimal]]
_LEADS_TO_TITLE = Pattern(
    r"^(?:(?:grand )?total|the (?:sum|total)|all)(?: (?:of|for|in|under))?(?: the)?[ :,–-]+", re.IGNORECASE
)


@rule(
    "F12",
    "total-not-checked",
    title="A stated total does not say what it is the sum of",
    severity=Severity.ADVICE,
    why="Only a total that names its tables or lines in `of` is compared with them. This one is printed unchecked.",
    remedy="Name in `of` the ids of the tables or lines that it sums.",
    before="""
funding:
  - {id: new, title: New money, commitment: proposed, lines: [{title: Vans, amounts: [£300k]}]}
totals: [{amount: £500k, what: All the money in this plan}]
""",
    after="""
funding:
  - {id: new, title: New money, commitment: proposed, lines: [{title: Vans, amounts: [£300k]}]}
totals: [{amount: £300k, what: All the money in this plan, of: [new]}]
""",
)
def not_checked(subject: Subject) -> Iterator[Hit]:
    """Totals without `of` whose words say that they are of this plan, these lines, a table, or just money.

    Which table they may be the sum of is proposed, not assumed. A total of something else has nothing to name.
    """
    sums = _sums(subject)
    titles = {_bare(table.part.title) for table in sums}
    for item in subject.of(StatedTotal):
        total = item.part
        if total.of or not sums or not (_is_of_these(total, titles) or _is_bare(subject, total, sums)):
            continue
        message = f"“{total.amount.published}” does not say which amounts it sums, so it is not checked."
        fitting = [table for table, ends in sums.items() if total.amount.pounds and may_be_sum(total.amount, *ends)]
        remedy = ""
        if len(fitting) == 1:
            title = shorten(fitting[0].part.title)
            remedy = f"If it is the total of “{title}”, whose lines add up to it, {_name_in_of(fitting[0])}."
        elif len(sums) == 1:
            ((table, ends),) = sums.items()
            message += f" The lines of “{shorten(table.part.title)}” add up to {sum_in_words(*ends)}."
        yield Hit(path=item.path, message=message, remedy=remedy)


def _is_of_these(total: StatedTotal, titles: set[str]) -> bool:
    """Whether a total says of itself that it is the sum of the plan, of these lines or of a table, by its title."""
    what = plain(total.what)
    if _bare(_LEADS_TO_TITLE.sub("", what, count=1)) in titles or _bare(what) in titles:
        return True
    return _IS_OF_THESE.search(what) is not None and not _IS_OF_MORE_OR_LESS.search(what)


def _is_bare(subject: Subject, total: StatedTotal, sums: _Sums) -> bool:
    """Whether a total that fits no table says no more than that it is money, of the years and subject of the tables.

    One that is many times as much as all tables, or far less than each, is of something else.
    """
    if is_of_years(plain(total.what)):  # another rule compares it
        return False
    what = plain(total.what).casefold()
    years = set(_YEAR.findall(what))
    words = set(_WORD.findall(_YEAR.sub("", what))) - _IN_A_BARE_TOTAL
    about = _WORD.findall(" ".join((subject.document.title, *(table.part.title for table in sums))).casefold())
    if not total.amount.pounds or not words <= set(about) or not years <= _years_of_tables(subject):
        return False
    low, high = (sum(ends) for ends in zip(*sums.values(), strict=True))
    least = min(ends[0] for ends in sums.values())
    is_near = least / _MUCH_THE_SAME < total.amount.pounds < high * _MUCH_THE_SAME
    return is_near and not any(may_be_sum(total.amount, *ends) for ends in ((low, high), *sums.values()))


def _years_of_tables(subject: Subject) -> set[str]:
    years = (placed.named.year for placed in living_amounts(subject))
    return {year for time in years if time for year in (*time.financial_years, *_YEAR.findall(time.published))}


def _bare(words: str) -> str:
    """Words in one form, whatever their capital letters, quotation marks and full stop."""
    return " ".join(words.casefold().split()).strip(" .:“”\"'‘’")


def _sums(subject: Subject) -> _Sums:
    """What the stated amounts of each table add up to at least and at most."""
    stated: dict[Placed[FundingTable], list[Money]] = {}
    for placed in living_amounts(subject):
        table = placed.item.nearest(FundingTable)
        if table is not None and placed.named.money.pounds is not None:
            stated.setdefault(table, []).append(placed.named.money)
    return {table: sum_of(amounts) for table, amounts in stated.items()}


def _name_in_of(table: Placed[FundingTable]) -> str:
    own = table.part.id
    return f"write `of: [{own}]`" if own else "give that table an `id` and name it in `of`"


@rule(
    "F13",
    "total-among-lines",
    title="The total of a table stands among its lines",
    severity=Severity.WARNING,
    why="""Every line is added up, on the page and in the comparison. A total among them counts the same money twice,
    and nothing compares it with the others.""",
    remedy="Delete the line, and state the total under `totals`, with the id of its table in `of`.",
    before="""
funding:
  - title: New money
    commitment: proposed
    lines: [{title: Vans, amounts: [£300k]}, {title: Huts, amounts: [£200k]}, {title: Total, amounts: [£500k]}]
""",
    after="""
funding:
  - id: new
    title: New money
    commitment: proposed
    lines: [{title: Vans, amounts: [£300k]}, {title: Huts, amounts: [£200k]}]
totals: [{amount: £500k, what: All new money, of: [new]}]
""",
)
def among_lines(subject: Subject) -> Iterator[Hit]:
    """Lines called a total, beside other lines with amounts, and whether they can be the sum of those."""
    rows, sums = rows_of_totals(subject), _sums(subject)
    for item in subject.of(FundingLine):
        table = item.nearest(FundingTable)
        if item not in rows or table is None:
            continue
        amounts = [amount.amount for amount in item.part.amounts]
        title, shown = shorten(item.part.title), amounts[0].published
        message = f"“{title}” is a line of “{shorten(table.part.title)}”, so its {shown} is counted as well."
        is_whole = not title.casefold().startswith("sub") and sum(row.parent is item.parent for row in rows) == 1
        ends = sums.get(table) if is_whole and len(amounts) == 1 else None
        if ends and amounts[0].pounds and not may_be_sum(amounts[0], *ends):
            message += f" The stated amounts of the other lines add up to {sum_in_words(*ends)}."
        remedy = f"Delete the line, and state the total under `totals`: {_name_in_of(table)} there."
        yield Hit(path=item.path, message=message, remedy=remedy)


RULES = (not_checked, among_lines)
