"""Turns a table of money into what the plan says elsewhere of the year that it may be for."""

from __future__ import annotations

import re

from pcstrat.diagnostics import Path
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.patterns import Pattern
from pcstrat.rules.subject import Item, Leaf, Subject, once

_MONEY = Pattern(r"£|\b(?:allocat|budget|fund|invest|money|pump)", re.IGNORECASE)
_FINANCIAL_YEAR = Pattern(r"\b(?:20)?[0-9]{2} ?/ ?(?:20)?[0-9]{2}\b")
_LONG_WORD = Pattern(r"[^\W\d_]{5,}")
_STEM = 6
_GENERAL_STEMS = (
    "across agreed alloca areas budget clinic commun develo fundin genera health improv includ integr invest levels "
    "partne patien people popula priori primar servic suppor system whole"
)
_GENERAL = frozenset(_GENERAL_STEMS.split(" "))
"""Beginnings of words that stand beside all money of a plan, and tell none from another."""
_WHAT_FOR = frozenset({"title", "text", "parts"})
_FEWEST = 2


def said_of_year(subject: Subject, table: Path) -> Leaf | None:
    """What the plan says outside tables of the money of a year, if it names what at least two lines here are for.

    `table` is the path of a table or of one of its lines, in which case it is enough to name that one.
    """
    said = _money_of_years(subject)
    lines = [own for path, own in _lines(subject).items() if path[: len(table)] == table] if said else []
    wanted = min(_FEWEST, len(lines))
    for leaf, words in said:
        if lines and sum(len(words & own) >= _FEWEST for own in lines) >= wanted:
            return leaf
    return None


@once
def _lines(subject: Subject) -> dict[Path, set[str]]:
    """The telling words of what each line is for, by its path."""
    found: dict[Path, set[str]] = {}
    for leaf in subject.own_texts:
        line = leaf.item.nearest(FundingLine)
        if line is not None and leaf.path[len(line.path)] in _WHAT_FOR:
            found.setdefault(line.path, set()).update(_telling(leaf.plain))
    return found


@once
def _money_of_years(subject: Subject) -> list[tuple[Leaf, set[str]]]:
    """Each text outside tables that speaks of the money of a financial year, and the words of its item."""
    found = [leaf for leaf in subject.own_texts if _is_of_money_and_year(leaf)]
    words: dict[Item, set[str]] = {leaf.item: set() for leaf in found}
    for leaf in subject.own_texts if found else ():
        for item in (leaf.item, *leaf.item.above()):
            if item in words:
                words[item].update(_telling(leaf.plain))
    return [(leaf, words[leaf.item]) for leaf in found]


def _is_of_money_and_year(leaf: Leaf) -> bool:
    is_of_both = _MONEY.search(leaf.text) is not None and _FINANCIAL_YEAR.search(leaf.text) is not None
    return is_of_both and leaf.item.nearest(FundingTable) is None


def _telling(text: str) -> set[str]:
    """The beginnings of long words, which tell what a text is about."""
    return {word[:_STEM] for word in _LONG_WORD.findall(text.casefold())} - _GENERAL
