"""Finds money that may be counted twice: proposed money that includes what is there, and lines that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pcstrat.diagnostics import Severity
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.money import MoneyError, parse_money
from pcstrat.model.times import KEPT
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.money_outline import commitment_of
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.funding import living_amounts
from pcstrat.rules.subject import Item, Leaf, Placed, PlacedAmount, Subject
from pcstrat.text import listed

_EXISTING = Pattern(
    r"\b(?:existing|already|current|baseline|within (?:the )?core)\b[^.;:]{0,40}?"
    r"\b(?:fund(?:s|ing|ed)?|budgets?|allocations?|ring-? ?fenced|money|monies|investment)\b",
    re.IGNORECASE,
)
_MAY_BE_MONEY = ("fund", "budget", "allocation", "fenced", "money", "monies", "investment")
_BESIDE = Pattern(
    r"\b(?:addition(?:al)? to|on top of|over and above|not includ\w*|exclud\w*|as well as|alongside|beside|instead of|"
    r"replac\w+|match\w*)\b",
    re.IGNORECASE,
)
_POUNDS = r"£[0-9][0-9.,]*(?: ?(?:bn|k|m|billion|million|thousand)\b)?"
_STANDS_ELSEWHERE = Pattern(
    rf"\b(?:(?:part|out) of the (?P<amount>{_POUNDS})"
    r"|(?:already|also) (?:counted|included|listed|shown|stated)"
    r" (?:above|below|elsewhere|(?:in|under) the (?:line|row|table))"
    r"|(?:already|also) (?:counted|shown|stated) under [a-z]\w+|(?:comes?|paid|taken) out of the (?:line|row|table)"
    r"|counted in the (?:line|row|table) (?:for|of)\b.*\b(?:as well|too))\b"
    rf"|{_POUNDS} (?:of (?:it|this) )?is (?:also |already )?in the (?:line|row|table) (?:above|below|for|of)\b"
    rf"|{_POUNDS} (?:that|which) we already (?:have|pay|spend)\b|{_POUNDS} of (?:it|this) is (?:existing|old) money\b",
    re.IGNORECASE,
)
"""What says of money that some of it stands in another line, or is there already."""
_MAY_STAND_ELSEWHERE = ("part of the £", "out of the ", "already", "also", " in the ", " money")
_DENIED = Pattern(r"\b(?:no|none|nor|not|never|nothing|without)\b|n['’]t\b", re.IGNORECASE)


@rule(
    "F06",
    "counted-twice",
    title="Money may be counted twice",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""Proposed money that includes what exists already looks like more than it is, and the same pound is shown to
    the board twice.""",
    remedy="State the new money alone, and show what exists already in a line of its own.",
    before="""
funding:
  - title: New money
    commitment: proposed
    lines: [{title: Vans, parts: [Drivers from existing funding], amounts: [£300k]}]
""",
    after="""
funding:
  - title: New money
    commitment: proposed
    lines: [{title: Vans, additional_to: Drivers from existing funding, amounts: [£300k]}]
""",
)
def counted_twice(subject: Subject) -> Iterator[Hit]:
    """Proposed lines that name existing money among what they are for, and lines that stand twice or say so."""
    for leaf in subject.own_words.naming(*_MAY_BE_MONEY):
        around = leaf.item.nearest(FundingLine)
        found = _EXISTING.search(leaf.text) if around and leaf.field not in ("additional_to", "excludes") else None
        if around and found and _is_proposed(around) and not _BESIDE.search(leaf.text):
            amounts = listed([entry.amount.published for entry in around.part.amounts]) or "the amount"
            message = f"“{shorten(leaf.text)}” is part of “{shorten(around.part.title)}”, which is proposed as new."
            message += f" Whether {amounts} includes money that is there already is not said."
            yield Hit(path=leaf.path, message=message, related=tuple(_ring_fenced(subject, leaf, around)))
    yield from _said_to_stand_elsewhere(subject)
    yield from _in_two_lines(subject)


def _said_to_stand_elsewhere(subject: Subject) -> Iterator[Hit]:
    """Texts of lines that state pounds and say that these are part of another line, or there already."""
    for leaf in subject.own_words.naming(*_MAY_STAND_ELSEWHERE):
        line = leaf.item.nearest(FundingLine) if leaf.field not in ("additional_to", "excludes") else None
        found = _STANDS_ELSEWHERE.search(leaf.plain) if line and not line.is_retired else None
        if not line or not found or _DENIED.search(leaf.plain) or _BESIDE.search(leaf.plain):
            continue
        if _is_proposed(line) and _EXISTING.search(leaf.text):  # said already
            continue
        amounts = [entry.amount.published for entry in line.part.amounts if entry.amount.pounds]
        if amounts and (not found["amount"] or _is_of_other_line(subject, found["amount"], line)):
            message = f"“{shorten(leaf.plain)}” says that not all of {listed(amounts)} is new, or in this line alone."
            yield Hit(path=leaf.path, message=message, remedy=_REMEDY_OF_PART, at_words=found[0])


def _is_of_other_line(subject: Subject, amount: str, line: Item) -> bool:
    """Whether an amount that a text names is that of another line, and no national fund."""
    try:
        pounds = parse_money(amount.rstrip(",.")).pounds
    except MoneyError:
        return False
    others = (placed for placed in living_amounts(subject) if placed.item.nearest(FundingLine) is not line)
    return any(placed.named.money.pounds == pounds for placed in others)


def _is_proposed(line: Placed[FundingLine]) -> bool:
    table = line.nearest(FundingTable)
    return table is not None and commitment_of(line.part, table.part) is FundingCommitment.PROPOSED


def _ring_fenced(subject: Subject, leaf: Leaf, around: Item) -> Iterator[Related]:
    """Amounts elsewhere that are ring-fenced to something the text names too."""
    for placed in living_amounts(subject):
        fence = placed.named.amount.ring_fenced
        if fence and fence.casefold() in leaf.text.casefold() and placed.item.nearest(FundingLine) is not around:
            words = f"{placed.named.money.published} ring-fenced to {fence} stands here."
            yield Related(placed.item.path, words)


_WORD = Pattern(r"[^\W_]+")
_SMALL = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "our", "the", "to"))
_PLURAL = Pattern(r"(?<=[^\Ws]{2})s$")
_NUMBERED = Pattern(r"[0-9]")
_REMEDY_OF_PART = (
    "State here only the money that stands in no other line and is new, and say in the text what it is beside."
)
_REMEDY_OF_TWO = "Delete one of the two lines or, if they are two amounts, say in each title what it is for."


def _in_two_lines(subject: Subject) -> Iterator[Hit]:
    """Amounts of one size and year whose lines have one title, or nearly one and are for the same objectives."""
    before: dict[Decimal, list[_Titled]] = {}
    for placed in living_amounts(subject):
        pounds = placed.named.money.pounds
        alike = before.setdefault(pounds, []) if pounds else []
        entry = _Titled(placed, _telling(placed.named.line.title), _served(placed))
        first = next((other for other in alike if other.may_be(entry)), None)
        alike.append(entry)
        if first is not None:
            named, other = placed.named, first.placed.named
            where = "in two tables" if other.table is not named.table else "twice in one table"
            also = "" if first.words == entry.words else f", once for “{shorten(other.line.title)}”"
            message = f"{named.money.published} for “{shorten(named.line.title)}” stands {where}{also}."
            related = (Related(first.placed.item.path, "It stands here first."),)
            yield Hit(path=placed.item.path, message=message, remedy=_REMEDY_OF_TWO, related=related)


class _Titled(NamedTuple):
    """An amount, the words that tell what its line is for, and the ids of the objectives that it is for."""

    placed: PlacedAmount
    words: frozenset[str]
    serves: frozenset[str]

    def may_be(self, other: _Titled) -> bool:
        """Whether two amounts of one size may be one: of another line, with nearly the same title, in one year."""
        one, two = self.placed.named, other.placed.named
        if one.line is two.line:
            return False
        years = {named.year.published if named.year else "" for named in (one, two)}
        if self.words == other.words:
            return len(years - {""}) < 2  # noqa: PLR2004 - two years are two amounts
        is_near = self.words < other.words or other.words < self.words
        is_same = bool(self.serves) and self.serves == other.serves and one.recurrence is two.recurrence
        return is_near and is_same and len(years) == 1 and not _NUMBERED.search(" ".join(self.words ^ other.words))


def _served(placed: PlacedAmount) -> frozenset[str]:
    aim = placed.item.aim
    return frozenset(placed.named.line.serves or ((aim.part.id,) if aim else ()))


@lru_cache(maxsize=KEPT)
def _telling(title: str) -> frozenset[str]:
    """The words of a title that tell what it is, each as if there were one: "The cameras" and "Camera" are the same."""
    words = [word for word in _WORD.findall(title.casefold()) if word not in _SMALL]
    return frozenset(_PLURAL.sub("", word) for word in words) or frozenset({title.casefold()})


RULES = (counted_twice,)
