"""Finds money that nobody can follow: without amount, year, recurrence or objective, or shared without saying how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.money import AmountStatus, Money
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.money_outline import fund_of, funded_year, recurrence_of
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._foretold import says_when_known
from pcstrat.rules._money_in_text import said_of_year
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Item, Placed, PlacedAmount, Subject, once
from pcstrat.text import counted, listed

_LIMITS = "ICBs have to live within their limits (NHS Act 2006, sections 223GB to 223N)"
_COMPARED = "Money is compared by financial year, certainty and recurrence"
_PAIR = Pattern(
    r"\b(?:care and support|diagnosis and treatment|digital and data|education and training|health and (?:social )?care"
    r"|health and well-?being|primary and community|quality and safety|recruitment and retention"
    r"|research and (?:development|innovation)|training and development|urgent and emergency"
    r"|voluntary and community)\b",
    re.IGNORECASE,
)
"""Words that are mostly said together, of one thing."""
_MOST_NAMED = 3
_BETWEEN_THINGS = Pattern(r"(?:, plus| plus|, as well as| and) ")
_HALVES = 2
_OF_A_THING = Pattern(r"\b(?:across|around|at|between|for|from|in|of|on|through|to|under|with)\b", re.IGNORECASE)
"""After such a word an "and" mostly joins two places or groups, and not two things."""
_ONE_BUDGET = Pattern(
    r"\b(?:(?<!not )(?:one(?: (?:common|joint|pooled|shared|single))?|the same|common|joint|pooled|shared|single)"
    r" (?:allocation|amount|budget|envelope|fund|grant|pot|sum)"
    r"|(?:not|never|nor) (?:been |be )?(?:divided|shared out|split)|undivided"
    r"|for (?:all|both) (?:of (?:them|these)|(?:the )?parts)(?: together)?)\b",
    re.IGNORECASE,
)
"""That money is one budget for all that it pays for."""
_LONGEST = 90
_YEAR = r"(?:20)?[0-9]{2}(?: ?[/–-] ?(?:20)?[0-9]{2})?"
_TOTAL = Pattern(
    rf"(?:{_YEAR} )?(?:grand |overall |sub-? ?)?totals?"
    r"(?: (?:(?:of )?(?:all|the above|lines?)|allocations?|amounts?|bids?|budgets?|costs?|envelope|expenditure|funds?"
    r"|funding|investments?|money|programme|requests?|requirements?|resources?|spend(?:ing)?|value))*"
    rf"(?: (?:for |in )?{_YEAR})?(?: ?\([^)]*\))?[.:]?",
    re.IGNORECASE,
)
"""The whole title of a line that is a total: "Total", "Sub-total", "Total investment 2027/28 (£)"."""


class _Line(NamedTuple):
    """A line with its place, and the table around it."""

    item: Item
    line: FundingLine
    table: FundingTable

    @property
    def name(self) -> str:
        """The title in quotation marks, as short as a message needs it."""
        return f"“{shorten(self.line.title)}”"


def _lines(subject: Subject) -> Iterator[_Line]:
    """Every line that has not been given up and is no total of its table."""
    totals = rows_of_totals(subject)
    for item in subject.of(FundingLine):
        table = item.nearest(FundingTable)
        if table is not None and not item.is_retired and item not in totals:
            yield _Line(item, item.part, table.part)


@once
def rows_of_totals(subject: Subject) -> frozenset[Item]:
    """Lines that are called a total and have money of other lines beside them: they say again what those say."""
    called = {item for item in subject.of(FundingLine) if _is_total(item.part.title)}
    beside = {item.parent for item in subject.of(FundingLine) if _has_money(item) and item not in called}
    return frozenset(item for item in called if _has_money(item) and item.parent in beside)


def _is_total(title: str) -> bool:
    return "total" in title.casefold() and _TOTAL.fullmatch(title) is not None


def _has_money(line: Placed[FundingLine]) -> bool:
    return bool(line.part.amounts) and not line.is_retired


def _with_money(subject: Subject) -> Iterator[_Line]:
    return (line for line in _lines(subject) if line.line.amounts)


def living_amounts(subject: Subject) -> Iterator[PlacedAmount]:
    """Every amount of a line that has not been given up and is no total of its table."""
    totals = rows_of_totals(subject)
    return (placed for placed in subject.amounts if not placed.item.is_retired and placed.item.parent not in totals)


@rule(
    "F01",
    "amount-missing",
    title="A line of money states no amount",
    severity=Severity.WARNING,
    why=f"{_LIMITS}. A line without an amount promises something that nobody can hold the budget against.",
    remedy="""State the amount, or a range. If nobody knows it yet, say in the `text` of the line when it will be known:
    “The board sets the amount in May 2027” is enough.""",
    requires=("F02",),
    before="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: A van for every town}]}
""",
    after="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: A van for every town, amounts: [£300k]}]}
""",
)
def amount_missing(subject: Subject) -> Iterator[Hit]:
    """Lines with no amount, or only "to be confirmed" or "not stated", that do not say either when it will be known."""
    for line in _lines(subject):
        if line.line.text and says_when_known(subject, line.line.text):
            continue
        if not line.line.amounts:
            yield Hit(path=line.item.path, message=f"{line.name} states no amount.")
        for index, entry in enumerate(line.line.amounts):
            if entry.amount.pounds is None and not (entry.note and says_when_known(subject, entry.note)):
                message = f"“{entry.amount.published}” stands where the amount for {line.name} should be."
                yield Hit(path=(*line.item.path, "amounts", index), message=message)


@rule(
    "F02",
    "committed-but-unconfirmed",
    title="Money is called committed and still to be confirmed",
    severity=Severity.WARNING,
    why=f"{_COMPARED}. Money that is both committed and to be confirmed is sure to one reader and open to another.",
    remedy="Confirm the amount, or move the line to what is proposed.",
    before="""
funding:
  - {title: Agreed money, commitment: committed, lines: [{title: A van, amounts: [£300k (TBC)]}]}
""",
    after="""
funding:
  - {title: Agreed money, commitment: committed, lines: [{title: A van, amounts: [£300k]}]}
""",
)
def unconfirmed(subject: Subject) -> Iterator[Hit]:
    """Amounts marked to be confirmed in a line or table that is committed."""
    for item, named in living_amounts(subject):
        is_open = named.money.status is AmountStatus.TO_BE_CONFIRMED
        if is_open and named.commitment is FundingCommitment.COMMITTED:
            said = f", “{named.table.commitment_wording}”," if named.table.commitment_wording else ""
            message = (
                f"“{named.money.published}” for “{shorten(named.line.title)}” is to be confirmed, but the "
                f"table{said} lists it as committed."
            )
            yield Hit(path=item.path, message=message)


@rule(
    "F03",
    "money-without-year",
    title="Money does not say for which financial year it is",
    severity=Severity.WARNING,
    why=f"{_COMPARED}. Without a year, nobody can tell a yearly budget from the sum of several years.",
    remedy="Set `year` on the table or on each line, as in 2027/28.",
    owed_by=PLANS,
    before="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: A van, amounts: [£300k]}]}
""",
    after="""
funding:
  - {title: New money, commitment: proposed, year: 2027/28, lines: [{title: A van, amounts: [£300k]}]}
""",
)
def without_year(subject: Subject) -> Iterator[Hit]:
    """Lines with an amount for which neither they nor their table state a year; one finding where none has any."""
    for hit in _gaps(subject, _lacks_year, "No financial year is stated for"):
        said = said_of_year(subject, hit.path)
        if said is None:
            yield hit
            continue
        yield hit._replace(
            message=f"{hit.message[:-1]} here. Elsewhere the plan says: “{shorten(said.plain, _LONGEST)}”.",
            remedy="If that is said of this money, repeat the year in `year`. Otherwise state the year that it is for.",
            related=(Related(said.path, "It stands here."),),
            at_most=Severity.ADVICE,
        )


def _lacks_year(line: _Line) -> bool:
    lasts = line.line.lasts
    return not (funded_year(line.line, line.table) or (lasts and lasts.is_dated))


def _gaps(subject: Subject, lacks: Callable[[_Line], bool], message: str) -> Iterator[Hit]:
    """A hit for each line that lacks something, or one for the table where all of several lines do."""
    tables: dict[Item, list[_Line]] = {}
    for line in _with_money(subject):
        if line.item.parent is not None:
            tables.setdefault(line.item.parent, []).append(line)
    for table, lines in tables.items():
        lacking = [line for line in lines if lacks(line)]
        if len(lacking) == len(lines) > 1:
            title = shorten(lines[0].table.title)
            yield Hit(path=table.path, message=f"{message} any of the {len(lines)} lines of “{title}”.")
        else:
            yield from (Hit(path=line.item.path, message=f"{message} {line.name}.") for line in lacking)


@rule(
    "F04",
    "amounts-not-told-apart",
    title="A line has several amounts and does not say what each is for",
    severity=Severity.WARNING,
    why=f"{_LIMITS}. Amounts that cannot be told apart may be parts, years or alternatives: readers add or choose.",
    remedy="Say with `what` beside each amount which part of the line it is for.",
    before="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: Vans and drivers, amounts: [£300k, £100k]}]}
""",
    after="""
funding:
  - title: New money
    commitment: proposed
    lines:
      - title: Vans and drivers
        amounts: [{amount: £300k, what: Vans}, {amount: £100k, what: Drivers}]
""",
)
def not_told_apart(subject: Subject) -> Iterator[Hit]:
    """Lines with two or more amounts that say neither what they are for nor to what they are ring-fenced."""
    for line in _with_money(subject):
        bare = [entry for entry in line.line.amounts if not (entry.what or entry.ring_fenced or entry.note)]
        if len(bare) > 1:
            amounts = listed([entry.amount.published for entry in bare])
            message = f"{amounts} stand beside {line.name}, and the plan does not say what each is for."
            yield Hit(path=(*line.item.path, "amounts"), message=message, at_key=True)


@rule(
    "F07",
    "recurrence-not-stated",
    title="Money does not say whether it comes every year",
    severity=Severity.WARNING,
    why=f"{_COMPARED}. One payment and a yearly one of the same size are different promises.",
    remedy="Set `recurrence` to recurrent or non-recurrent on the table or on each line.",
    owed_by=PLANS,
    before="""
funding:
  - {title: New money, commitment: proposed, year: 2027/28, lines: [{title: A van, amounts: [£300k]}]}
""",
    after="""
funding:
  - title: New money
    commitment: proposed
    year: 2027/28
    recurrence: non-recurrent
    lines: [{title: A van, amounts: [£300k]}]
""",
)
def without_recurrence(subject: Subject) -> Iterator[Hit]:
    """Lines with an amount that say neither how often it comes nor how long it lasts, here or of their fund."""
    said = [leaf.text.casefold() for leaf in subject.own_words.naming("recurrent")]
    lacks = _lacks_recurrence(said)
    return _gaps(subject, lacks, "Whether it is recurrent is not stated for")


def _lacks_recurrence(said: list[str]) -> Callable[[_Line], bool]:
    """Whether a line lacks it, where `said` is what the plan says elsewhere of recurrent money."""

    def lacks(line: _Line) -> bool:
        fund = (fund_of(line.line, line.table) or "").casefold().split()
        is_said_of_fund = bool(fund) and any(all(word in text for word in fund) for text in said)
        return not (recurrence_of(line.line, line.table) or line.line.lasts or is_said_of_fund)

    return lacks


@rule(
    "F09",
    "money-without-objective",
    title="Money does not say which objective it pays for",
    severity=Severity.ADVICE,
    why=f"{_LIMITS}. Money that serves no objective, and objectives without money, only show when the two are linked.",
    remedy="Name the ids of the ambitions, objectives or enablers in `serves`.",
    owed_by=PLANS,
    before="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: A van, amounts: [£300k]}]}
""",
    after="""
funding:
  - {title: New money, commitment: proposed, lines: [{title: A van, amounts: [£300k], serves: [the-only-ambition]}]}
""",
)
def without_objective(subject: Subject) -> Iterator[Hit]:
    """Lines that serve nothing and stand under no objective."""
    return _gaps(subject, _serves_nothing, "No objective is named for")


def _serves_nothing(line: _Line) -> bool:
    return not line.line.serves and line.item.aim is None


@rule(
    "F11",
    "one-amount-for-several",
    title="One amount is for several things, and their shares are not stated",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_LIMITS}. An undivided amount hides which of its parts was cut when the money did not suffice.",
    remedy="Give each part its amount with `what`, or say that the money is one budget for all of them.",
    owed_by=PLANS,
    before="""
funding:
  - title: New money
    commitment: proposed
    lines: [{title: Vans, parts: [Two vans, Four drivers], amounts: [£300k]}]
""",
    after="""
funding:
  - title: New money
    commitment: proposed
    lines: [{title: Vans, amounts: [{amount: £100k, what: Two vans}, {amount: £200k, what: Four drivers}]}]
""",
)
def one_for_several(subject: Subject) -> Iterator[Hit]:
    """Lines with parts, or with two things in their title, and only one amount."""
    for line in _with_money(subject):
        if joined := _joined_in(line):
            number = "several" if any(", " in half for half in joined) else "two"
            message = f"{line.line.amounts[0].amount.published} is for {number} things: {listed(joined)}."
            yield Hit(path=(*line.item.path, "amounts", 0), message=message)
            continue
        parts = [shorten(part.title or part.text or "others", 40) for part in line.line.parts]
        has_shares = any("£" in (part.text or "") for part in line.line.parts)
        if len(parts) > 1 and len(line.line.amounts) == 1 and not has_shares and not _is_one_budget(line.line):
            money: Money = line.line.amounts[0].amount
            more = [f"{len(parts) - _MOST_NAMED + 1} more"] if len(parts) > _MOST_NAMED else []
            named = listed([f"“{part}”" for part in parts[: _MOST_NAMED - len(more)]] + more)
            message = f"{money.published} is for {counted(len(parts), 'part')} together: {named}."
            related = (Related((*line.item.path, "parts"), "The parts stand here."),)
            yield Hit(path=(*line.item.path, "amounts", 0), message=message, related=related)


def _is_one_budget(line: FundingLine) -> bool:
    """Whether a line, or its only amount, says that its money is one budget."""
    said = (line.text, line.amounts[0].what, line.amounts[0].note)
    return any(_ONE_BUDGET.search(plain(text)) for text in said if text)


def _joined_in(line: _Line) -> list[str]:
    """The two things that the title of a line joins, if nothing says how they share its amount."""
    halves = _BETWEEN_THINGS.split(line.line.title)
    if len(halves) != _HALVES or line.line.parts or len(line.line.amounts) > 1:
        return []
    amount, title = line.line.amounts[0], halves[0]
    is_whole = not _OF_A_THING.search(title) or (title.split()[-1][0].isupper() and halves[1][0].islower())
    is_said = bool(amount.what or amount.note or line.line.text) or _PAIR.search(line.line.title)
    return [f"“{half}”" for half in halves] if is_whole and not is_said and _are_things(*halves) else []


def _are_things(first: str, second: str) -> bool:
    """Whether each half of a title names a thing of its own: "Pilots and fog horns", not "Pilots and their boats"."""
    if second.startswith(("its ", "their ")):
        return False
    are_many = first.endswith("s") and (second.endswith("s") or " for " in second)
    return " " in second and (" " in first or are_many)


RULES = (
    amount_missing,
    unconfirmed,
    without_year,
    not_told_apart,
    without_recurrence,
    without_objective,
    one_for_several,
)
