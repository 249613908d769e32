"""Finds money that does not add up, or is written or called in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable, StatedTotal
from pcstrat.model.money import Money, pounds_in_words
from pcstrat.model.vocabulary import FundingCommitment, Recurrence
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._bands import time_in_label
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.funding import living_amounts
from pcstrat.rules.subject import Item, Placed, PlacedAmount, Subject
from pcstrat.text import counted, listed

_ADDS_UP = "Readers and boards add the lines up. Where the sum differs, they trust none of the amounts"
_NUMBER = Pattern(r"([0-9][0-9,]*)(?:\.([0-9]+))?\s?(thousand|million|billion|bn|mn|[kKmM])?(?![\w.])")
_MULTIPLIERS = {"thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9}
_THOUSAND = 1000
_ABOUT = Decimal("0.05")
_YEAR = "20[0-9]{2}/[0-9]{2}"
YEARS_TO = "(?: to | until | ?[–-] ?)"
"""What stands between the first and the last of several years."""
_NAMED_YEAR = Pattern(_YEAR)
_YEAR_RANGE = Pattern(rf"({_YEAR}){YEARS_TO}({_YEAR})")
_RECURS = Pattern(r"\b(?:(?P<once>one-?off|non-?recurr(?:ent|ing))|recurr(?:ent|ing))\b", re.IGNORECASE)


@rule(
    "F05",
    "money-styles-mixed",
    title="Amounts of money are written in more than one style",
    severity=Severity.ADVICE,
    why="The NHS content style guide asks for one style of numbers. Another style looks like another size.",
    remedy="Write all amounts alike, as in £1.3m and £200k.",
    before="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: Vans, amounts: [£2M]}, {title: Huts, amounts: [£1m]}]}
""",
    after="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: Vans, amounts: [£2m]}, {title: Huts, amounts: [£1m]}]}
""",
)
def styles_mixed(subject: Subject) -> Iterator[Hit]:
    """The first amount of each rarer style of one size, as one finding for the whole plan."""
    uses = list(_styles(subject))
    counts = Counter(style for style, _, _ in uses)
    by_size: dict[int, list[_Style]] = {}
    for style in counts:
        by_size.setdefault(style.size, []).append(style)
    mixed = [styles for styles in by_size.values() if len(styles) > 1]
    rare = {style for styles in mixed for style in styles if style != max(styles, key=lambda each: counts[each])}
    first = {style: (path, words) for style, path, words in reversed(uses) if style in rare}
    if first:
        (path, _), *others = sorted(first.values(), key=lambda entry: [there for _, there, _ in uses].index(entry[0]))
        shown = {style: words for style, _, words in reversed(uses)}
        used = [f"like {shown[style]} ({counted(counts[style], 'time')})" for styles in mixed for style in styles]
        related = tuple(Related(there, f"“{words}” stands here.") for there, words in others)
        yield Hit(path=path, message=f"Amounts of one size are written {listed(used)}.", related=related)


class _Style(NamedTuple):
    """How amounts of one size are written: the power of ten, and its letter or word; none where all digits stand."""

    size: int
    unit: str


def _styles(subject: Subject) -> Iterator[tuple[_Style, Path, str]]:
    """The style of each amount of a thousand or more, where it stands, and how it is written."""
    for item in subject.of(FundingAmount, StatedTotal):
        money = item.part.amount
        number = _NUMBER.search(money.published) if money.pounds else None
        if number and money.pounds and money.pounds >= _THOUSAND:
            yield _Style(money.pounds.adjusted() // 3 * 3, number[3] or ""), item.path, money.published


_OF_SEVERAL_YEARS = Pattern(r"\byears\b|20[0-9]{2}/[0-9]{2}.*20[0-9]{2}/[0-9]{2}")


def _is_recurrent(placed: PlacedAmount) -> bool:
    return placed.named.recurrence is Recurrence.RECURRENT


@rule(
    "F08",
    "total-differs",
    title="A stated total is not the sum of its lines",
    severity=Severity.WARNING,
    why=f"{_ADDS_UP}.",
    remedy="Correct the total or the lines, or name in `of` what the total is the sum of.",
    before="""
funding:
  - id: new
    title: New money
    commitment: proposed
    lines: [{title: Vans, amounts: [£300k]}, {title: Huts, amounts: [£200k]}]
totals: [{amount: £600k, what: All new money, of: [new]}]
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
def total_differs(subject: Subject) -> Iterator[Hit]:
    """Stated totals that cannot be the sum of what they name, even when rounded; what is not stated may be anything.

    In a total of several years, what is recurrent may stand more than once. One that says of which years it is, or that
    it is one-off or recurrent, may be the sum of those amounts alone.
    """
    for item in subject.of(StatedTotal):
        total = item.part
        if total.amount.pounds is None:
            continue
        summed = [subject.by_id.get(name) for name in total.of]
        named = [placed for placed in living_amounts(subject) if _is_in(placed.item, summed)]
        inside = _amounts_meant(subject, item, named)
        stated = [placed.named.money for placed in inside]
        amounts = [money for money in stated if money.pounds is not None]
        if not amounts or not all(summed):
            continue
        low, high = sum_of(amounts)
        is_open = len(amounts) < len(stated) or any(
            _is_in(line, summed) and not line.is_retired and not line.part.amounts for line in subject.of(FundingLine)
        )
        comes_again = _OF_SEVERAL_YEARS.search(total.what) is not None and any(map(_is_recurrent, inside))
        if not may_be_sum(total.amount, low, Decimal("Infinity") if is_open or comes_again else high):
            shown = sum_in_words(low, high)
            add_up = f"{counted(len(amounts), 'amount')} {'adds' if len(amounts) == 1 else 'add'} up"
            message = f"“{total.amount.published}” is stated, but {add_up} to {shown}."
            message += " Others are not stated yet." if is_open else ""
            related = tuple(Related(entry.path, "This is summed.") for entry in summed if entry)
            yield Hit(path=(*item.path, "amount"), message=message, related=related)


def _amounts_meant(subject: Subject, total: Placed[StatedTotal], named: list[PlacedAmount]) -> list[PlacedAmount]:
    """The amounts that a total sums: those of its years and recurrence, unless it fits all or there are none.

    What recurs from an earlier year may be among those of its years.
    """
    years, recurrence = _years_of(subject, total), _recurrence_in(total.part.what)
    alike = [placed for placed in named if _is_of_recurrence(placed, recurrence)]
    begun = [placed for placed in alike if _is_of_years(placed, years)]
    paid = [placed for placed in alike if placed in begun or (_is_recurrent(placed) and _has_begun(placed, years))]
    for meant in (named, begun, paid):
        if meant and may_be_sum(total.part.amount, *sum_of(placed.named.money for placed in meant)):
            return meant
    return begun or named


def _years_of(subject: Subject, total: Placed[StatedTotal]) -> frozenset[int]:
    """The financial years that a total names, or that the dates or programme years in its words touch."""
    words = total.part.what
    time = time_in_label(words)
    dated = subject.resolved(time, total) if time else None
    return years_named(words) or years_named(" ".join(dated.financial_years) if dated else "")


def years_named(words: str) -> frozenset[int]:
    """The financial years that words name, by their first calendar year; all of "2027/28 to 2029/30"."""
    years = {int(year[:4]) for year in _NAMED_YEAR.findall(words)}
    for first, last in _YEAR_RANGE.findall(words):
        years |= set(range(int(first[:4]), int(last[:4]) + 1))
    return frozenset(years)


def _is_of_years(placed: PlacedAmount, years: frozenset[int]) -> bool:
    own = _own_years(placed)
    return not years or not own or own <= years


def _has_begun(placed: PlacedAmount, years: frozenset[int]) -> bool:
    own = _own_years(placed)
    return bool(own and years) and min(own) <= max(years)


def _own_years(placed: PlacedAmount) -> frozenset[int]:
    stated = placed.named.year
    return years_named(" ".join(stated.financial_years)) if stated else frozenset()


def _recurrence_in(words: str) -> Recurrence | None:
    """Whether words name what is paid once or what is paid every year; neither if they name both."""
    found = {Recurrence.NON_RECURRENT if match["once"] else Recurrence.RECURRENT for match in _RECURS.finditer(words)}
    return found.pop() if len(found) == 1 else None


def _is_of_recurrence(placed: PlacedAmount, recurrence: Recurrence | None) -> bool:
    return recurrence is None or placed.named.recurrence in (None, recurrence)


def _is_in(item: Item, summed: Iterable[Item | None]) -> bool:
    wanted = [entry for entry in summed if entry is not None]
    return any(around in wanted for around in (item, *item.above()))


def sum_of(amounts: Iterable[Money]) -> tuple[Decimal, Decimal]:
    """The least and the most that amounts can add up to, each as exact as it is written."""
    low = high = Decimal(0)
    for money in amounts:
        first = money.pounds or Decimal(0)
        low += first * (1 - _ABOUT) if money.qualifier else first
        high += (money.upper or first) * (1 + _ABOUT if money.qualifier else 1)
    return low, high


def sum_in_words(low: Decimal, high: Decimal) -> str:
    """A sum as printed: one amount, or from the least to the most."""
    return pounds_in_words(low) if low == high else f"{pounds_in_words(low)} to {pounds_in_words(high)}"


def may_be_sum(total: Money, low: Decimal, high: Decimal) -> bool:
    """Whether a total can stand for a sum: rounded as written, or on the side that its qualifier says."""
    stated = total.pounds or Decimal(0)
    half = _last_digit(total) / 2
    if total.approximate:
        half = max(half, stated * _ABOUT)
    if total.qualifier in ("over", "at least"):
        return high >= stated
    if total.qualifier in ("under", "up to"):
        return low <= stated
    return low - half <= (total.upper or stated) and stated <= high + half


def _last_digit(money: Money) -> Decimal:
    """What one step of the last written digit is worth: £0.1m in £33.1m."""
    number = _NUMBER.search(money.published)
    if number is None or not number[3]:
        return Decimal(0)
    return Decimal(10) ** (_MULTIPLIERS[number[3].casefold()] - len(number[2] or ""))


_PROPOSED_WORDS = Pattern(
    r"\b(?:proposed|provisional|uncommitted|indicative|requested|sought|subject to|tbc"
    r"|(?:to be|not yet) (?:agreed|confirmed|decided))\b",
    re.IGNORECASE,
)
_COMMITTED_WORDS = Pattern(r"(?<!not )\b(?:already )?(?:committed|agreed|approved|secured)\b", re.IGNORECASE)
_STILL_OPEN = Pattern(
    r"\btbc\b|\bprovisional(?:ly)?\b|\b(?:(?<!was )(?<!were )to be|not yet) (?:agreed|approved|confirmed|secured)\b"
    r"|\bsubject to (?:(?:an?|its|our|the) )?(?:[\w-]+ ){0,2}?"
    r"(?:agreement|approval|business case|confirmation|sign-off)\b"
    r"|\bawaiting (?:\w+ ){0,2}?(?:agreement|approval|confirmation|sign-off)\b"
    r"|\b(?:amount|budget|cost|figure|funding|money|sum|value)s? (?:will|has yet to|have yet to) be"
    r" (?:agreed|approved|confirmed|decided|secured)\b",
    re.IGNORECASE,
)
_HOPED_FOR = Pattern(
    r"\b(?:hopes?|would like|wish(?:es)?) to (?:fund|get|invest|pay|receive|secure|spend)\b", re.IGNORECASE
)
_OF_MONEY = Pattern(r"£|\b(?:amounts?|funding|budget|costs?|money|value)\b", re.IGNORECASE)


@rule(
    "F10",
    "commitment-contradicted",
    title="The wording of a table of money contradicts whether it is committed",
    severity=Severity.ADVICE,
    heuristic=True,
    why="Readers take money under “proposed” for a wish and money under “committed” for a promise. It cannot be both.",
    remedy="Correct the heading or the column, or `commitment` if the file has it wrong.",
    before="""
funding:
  - {title: Agreed money, commitment: committed, columns: [Area, Proposed £], lines: [{title: Vans, amounts: [£1m]}]}
""",
    after="""
funding:
  - {title: Agreed money, commitment: committed, columns: [Area, Agreed £], lines: [{title: Vans, amounts: [£1m]}]}
""",
)
def contradicted(subject: Subject) -> Iterator[Hit]:
    """Titles, wordings, headings of columns and texts of money that say the opposite of its commitment."""
    opposite = {FundingCommitment.COMMITTED: _PROPOSED_WORDS, FundingCommitment.PROPOSED: _COMMITTED_WORDS}
    for item in subject.of(FundingTable):
        table = item.part
        if item.is_retired or table.commitment not in opposite:
            continue
        for path, words in _wordings(item.path, table):
            said = opposite[table.commitment].search(words)
            if said is None and table.commitment is FundingCommitment.COMMITTED:
                said = _HOPED_FOR.search(words)
            if said:
                message = f"“{words}” says {said[0].casefold()}, but the table is listed as {table.commitment.value}."
                yield Hit(path=path, message=message)
    yield from _said_to_be_open(subject)


def _said_to_be_open(subject: Subject) -> Iterator[Hit]:
    """Titles of lines, texts and remarks by which committed money still waits for somebody's word."""
    for item in subject.of(FundingTable, FundingLine, FundingAmount):
        fields = ("title", "text", "note") if isinstance(item.part, FundingLine) else ("text", "note")
        stated = {field: item.get(field) for field in fields if item.get(field)}
        if not stated or item.is_retired or not _is_committed(item):
            continue
        for field, words in stated.items():
            said = _STILL_OPEN.search(plain(words))
            if said:
                message = f"“{shorten(plain(words))}” says {said[0].casefold()}, but the money is listed as committed."
                yield Hit(path=(*item.path, field), message=message)


def _is_committed(item: Item) -> bool:
    around = (item.nearest(FundingLine), item.nearest(FundingTable))
    own = next((entry.part.commitment for entry in around if entry and entry.part.commitment), None)
    return own is FundingCommitment.COMMITTED


def _wordings(path: Path, table: FundingTable) -> Iterator[tuple[Path, str]]:
    yield (*path, "title"), table.title
    if table.commitment_wording:
        yield (*path, "commitment_wording"), table.commitment_wording
    yield from (
        ((*path, "columns", index), column) for index, column in enumerate(table.columns) if _OF_MONEY.search(column)
    )


RULES = (styles_mixed, total_differs, contradicted)
