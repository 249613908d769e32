"""Finds totals that the text beside a table of money tells, and that no sum of its lines can be."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.money import Money, MoneyError, parse_money
from pcstrat.model.vocabulary import Recurrence
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.funding import living_amounts, rows_of_totals
from pcstrat.rules.funding_sums import may_be_sum, sum_in_words, sum_of
from pcstrat.rules.subject import Leaf, PlacedAmount, Subject
from pcstrat.text import counted

_STATEMENT = "funding_statement"
_LINES = rf"(?:all )?(?:of )?(?:the |these )?(?:{COUNT} )?(?:amounts|lines|rows|sums)(?: above| below| here)?"
_ABOUT = "about|almost|around|just over|just under|less than|more than|nearly|over|under|up to"
_AMOUNT = rf"(?P<amount>(?:(?:{_ABOUT}) )?£[0-9][0-9.,]*(?: ?(?:bn|k|m|billion|million|thousand)\b)?)"
_TELLS_TOTAL = Pattern(
    rf"(?:(?:the )?(?:grand |overall )?total(?: (?:for|of) {_LINES})?(?: is| comes to|:)"
    rf"|(?:together,? )?(?:it all|it|they|this table|{_LINES})(?: together)?"
    rf" (?:(?:add|come|amount)s?(?: up)? to|totals?)"
    rf"|(?:all in all|altogether|in all|in total)[,:]?) {_AMOUNT}(?: (?:altogether|in all|in total))?\.?",
    re.IGNORECASE,
)
_SENTENCES = Pattern(r"(?<=[.!?])\s+")
_MOST_YEARS = 10


@rule(
    "F15",
    "total-in-text-differs",
    title="The total that a text tells is no sum of the lines beside it",
    severity=Severity.ADVICE,
    heuristic=True,
    why="Readers and boards add the lines up. Where the sum differs, they trust none of the amounts.",
    remedy="Correct the amount or the lines, or say what else is in it.",
    before="""
funding:
  - title: New money
    commitment: proposed
    text: The total is £600k.
    lines: [{title: Vans, amounts: [£300k]}, {title: Huts, amounts: [£200k]}]
""",
    after="""
funding:
  - title: New money
    commitment: proposed
    text: The total is £500k.
    lines: [{title: Vans, amounts: [£300k]}, {title: Huts, amounts: [£200k]}]
""",
)
def total_in_text(subject: Subject) -> Iterator[Hit]:
    """Sentences of a table, or of what is said of money, that tell a total and name no other amount.

    It may be that of the lines beside it, or of those of one table, year or state of commitment, once or every year.
    Nothing is said where a line states no amount.
    """
    for leaf in subject.own_words.naming("£"):
        place = _place_of_lines(leaf)
        total = _total_told(leaf.plain) if place is not None else None
        if place is None or total is None or _is_open(subject, place):
            continue
        lines = [placed for placed in living_amounts(subject) if placed.item.path[: len(place)] == place]
        if lines and not any(_fits(total, group) for group in _groups(lines)):
            summed = sum_in_words(*sum_of(placed.named.money for placed in lines))
            add_up = f"{counted(len(lines), 'amount')} {'adds' if len(lines) == 1 else 'add'} up"
            message = f"“{total.published}” is told as the total, but {add_up} to {summed}."
            related = (Related(lines[0].item.path, "The first amount stands here."),)
            yield Hit(path=leaf.path, message=message, at_words=total.published, related=related)


def _place_of_lines(leaf: Leaf) -> Path | None:
    """Where the lines stand that a text may tell the total of: its table, or the part of the plan that it is about."""
    if isinstance(leaf.item.part, FundingTable) and leaf.field == "text":
        return leaf.item.path
    return leaf.path[: leaf.path.index(_STATEMENT)] if _STATEMENT in leaf.path else None


def _total_told(words: str) -> Money | None:
    """The one amount of a text, where a sentence says no more than that it is the total."""
    found = [match for sentence in _SENTENCES.split(words) if (match := _TELLS_TOTAL.fullmatch(sentence.strip()))]
    if len(found) != 1 or words.count("£") != 1:
        return None
    try:
        total = parse_money(found[0]["amount"].rstrip(",."))
    except MoneyError:
        return None
    return total if total.pounds else None


def _is_open(subject: Subject, place: Path) -> bool:
    """Whether a line states no amount, or one without pounds, so that its sum is not known."""
    rows = rows_of_totals(subject)
    return any(
        not line.part.amounts or any(entry.amount.pounds is None for entry in line.part.amounts)
        for line in subject.of(FundingLine)
        if line.path[: len(place)] == place and not line.is_retired and line not in rows
    )


def _groups(lines: list[PlacedAmount]) -> Iterator[list[PlacedAmount]]:
    """All amounts, and those of each table, year, state of commitment and recurrence."""
    yield lines
    by_kind: dict[Hashable, list[PlacedAmount]] = {}
    for line in lines:
        table, named = line.item.nearest(FundingTable), line.named
        year = named.year.published if named.year else ""
        for kind in (("table", table and table.path), ("year", year), named.commitment, named.recurrence):
            by_kind.setdefault(kind, []).append(line)
    yield from by_kind.values()


def _fits(total: Money, lines: list[PlacedAmount]) -> bool:
    """Whether a total can be the sum of some amounts, where what recurs is paid once or in each of several years."""
    once = [line.named.money for line in lines if line.named.recurrence is not Recurrence.RECURRENT]
    again = [line.named.money for line in lines if line.named.recurrence is Recurrence.RECURRENT]
    times = range(1, _MOST_YEARS + 1) if again else (1,)
    return any(may_be_sum(total, *sum_of([*once, *again * number])) for number in times)


RULES = (total_in_text,)
