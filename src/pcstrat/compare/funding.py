"""Turns digests into the money that plans name: subtotals by commitment and amount status, and every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeAlias

from pcstrat import terms
from pcstrat.compare import words
from pcstrat.compare.alike import Likeness, is_summed, likeness
from pcstrat.compare.facts import Amount, Digest
from pcstrat.compare.table import (
    Cell,
    Column,
    ColumnKind,
    NotApplicable,
    NotComparable,
    NotStated,
    Proof,
    Row,
    Shape,
    SharedScale,
    Stated,
    Table,
    Topic,
)
from pcstrat.compare.view import NOT_STATED, View, tally_cell, text_cell, text_cells, time_cell
from pcstrat.model.money import AmountStatus, Money, format_figure, pounds_in_words
from pcstrat.model.quantities import format_quantity
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.outline import part_id
from pcstrat.text import counted, listed

NO_AMOUNT = "No amount stated"
NO_POPULATION = "Population not stated"
_PENNY = Decimal("0.01")
_SETTLED = (AmountStatus.EXACT, AmountStatus.TO_BE_CONFIRMED)


class Heading(NamedTuple):
    """A subtotal: money of one commitment and one amount status. They are never added up."""

    commitment: FundingCommitment
    status: AmountStatus

    @property
    def key(self) -> str:
        """Its id in tables: `committed-to-be-confirmed`."""
        return f"{self.commitment.value} {self.status.value}".replace(" ", "-")

    @property
    def title(self) -> str:
        """What it is called: `Committed, to be confirmed`."""
        unsure = self.status is AmountStatus.TO_BE_CONFIRMED
        word = _COMMITMENTS[self.commitment]
        return f"{word}, to be confirmed" if unsure else word


_COMMITMENTS = terms.FUNDING | {FundingCommitment.NOT_STATED: "How certain: not stated"}
HEADINGS = tuple(Heading(commitment, status) for commitment in FundingCommitment for status in _SETTLED)
_ALWAYS = frozenset({"committed-exact", "committed-to-be-confirmed", "proposed-exact"})


Summed: TypeAlias = Mapping[Heading, Sequence[Amount]]
"""The amounts of a plan under each heading that it has some for; ranges and amounts without a figure are under none."""


def _summed(digest: Digest) -> Summed:
    found: dict[Heading, list[Amount]] = {}
    for amount in digest.amounts:
        if amount.money is not None and is_summed(amount):
            found.setdefault(Heading(amount.commitment, amount.money.status), []).append(amount)
    return found


def _subtotal(summed: Summed, heading: Heading) -> Decimal | None:
    """The sum under a heading; None when the plan has no such amount."""
    pounds = [amount.money.pounds for amount in summed.get(heading, ()) if amount.money]
    return sum((each for each in pounds if each is not None), Decimal(0)) if pounds else None


def topic(view: View) -> Topic:
    """The subtotals of each plan, and every line."""
    return Topic(
        id="funding",
        title="Money",
        tables=(_subtotals(view), _lines(view)),
        method=(
            (
                "Committed and proposed money are kept apart, and so are amounts marked 'to be confirmed'. There is no "
                "grand total. Ranges and amounts without a figure are in no sum."
            ),
            (
                "Money for each head of population is given only where at least two plans are alike. They are of one "
                "kind. Their committed amounts are for the same parts of primary care, themes and years, recur alike, "
                "rest on the same basis, leave out the same and come on top of the same. No amount is a range or "
                "without a figure, and each plan says how many people it is for. Charts draw such plans alone."
            ),
        ),
    )


def _subtotals(view: View) -> Table:
    summed = {digest.plan: _summed(digest) for digest in view.digests}
    shown = [
        heading for heading in HEADINGS if heading.key in _ALWAYS or any(heading in each for each in summed.values())
    ]
    alike = {commitment: likeness(view.digests, commitment) for commitment in FundingCommitment}
    columns = (
        *(Column(heading.key, heading.title, ColumnKind.MONEY) for heading in shown),
        Column("not-summed", "Lines without one exact figure", ColumnKind.COUNT),
        Column("years", "Financial years of the money"),
        Column("population", "Population", ColumnKind.NUMBER),
        Column("per-head", "Committed £ per head", ColumnKind.MONEY),
    )
    return Table(
        id="funding",
        title="Money named in the plans",
        finding=_finding(view, summed),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=columns,
        rows=view.plan_rows(
            lambda digest: (
                *(_sum_cell(digest, summed[digest.plan], heading) for heading in shown),
                *_cells(view, digest, summed[digest.plan], alike[FundingCommitment.COMMITTED]),
            )
        ),
        scales=tuple(_scales(view, alike)),
        apart=tuple(_not_drawn(view, alike)),
    )


def _finding(view: View, summed: Mapping[str, Summed]) -> str:
    """What each plan lists when only one states amounts; else how many do."""
    stating = [digest for digest in view.digests if any(amount.money for amount in digest.amounts)]
    number = len(view.digests)
    if len(stating) != 1:
        text = f"{words.of_plans(stating, number, 'gives', 'give')} amounts of money."
        return text if not stating else f"{text} Committed and proposed money are shown apart."
    digest = stating[0]
    others = number - 1
    silent = (
        f" {'The other plan states' if others == 1 else f'The other {words.in_words(others)} plans state'} no amounts."
    )
    return f"{digest.name} {_listed(summed[digest.plan])}.{silent if others else ''}"


def _listed(summed: Summed) -> str:
    """`lists £28.5 million as committed, ... and £5.44 million as proposed`."""
    found = [(heading, _subtotal(summed, heading)) for heading in HEADINGS]
    texts = [f"{pounds_in_words(pounds)} as {_as_listed(heading)}" for heading, pounds in found if pounds is not None]
    return f"lists {listed(texts)}" if texts else "names money without an exact amount"


def _as_listed(heading: Heading) -> str:
    if heading.commitment is FundingCommitment.NOT_STATED:
        word = "money of which it does not say how certain it is"
    else:
        word = heading.commitment.value
    return f"{word} but 'to be confirmed'" if heading.status is AmountStatus.TO_BE_CONFIRMED else word


def _cells(view: View, digest: Digest, summed: Summed, alike: Likeness) -> Iterator[Cell]:
    unsummed = [amount.item for amount in digest.amounts if not is_summed(amount)]
    yield tally_cell(unsummed) if digest.amounts else NotStated(NO_AMOUNT)
    yield _years_cell(digest)
    figure = digest.population
    figures = digest.proof(part_id("part", "figures"), "The area in numbers")
    yield Stated(format_quantity(figure.value), figure.value, (figures,)) if figure else NotStated()
    yield _per_head(view, digest, _subtotal(summed, HEADINGS[0]), alike)


def _sum_cell(digest: Digest, summed: Summed, heading: Heading) -> Cell:
    pounds = _subtotal(summed, heading)
    if pounds is None:
        return NotStated("None stated" if digest.amounts else NO_AMOUNT)
    proofs = tuple(amount.item for amount in summed[heading])
    return Stated(pounds_in_words(pounds), pounds, proofs, note=counted(len(proofs), "amount"))


def _years_cell(digest: Digest) -> Cell:
    if not digest.amounts:
        return NotStated(NO_AMOUNT)
    years = sorted({year for amount in digest.amounts if amount.year for year in amount.year.financial_years})
    return text_cell(listed(years), tuple(amount.item for amount in digest.amounts if amount.year))


def _per_head(view: View, digest: Digest, pounds: Decimal | None, alike: Likeness) -> Cell:
    if pounds is None:
        return NotApplicable("No committed amount stated")
    if sum(any(amount.money for amount in other.amounts) for other in view.digests) == 1:
        return NotComparable(words.ONE_PLAN)
    if digest.plan in alike.reasons:
        return NotComparable(f"Not comparable: {alike.reasons[digest.plan]}")
    people = _people(digest)
    if not people:
        return NotStated(NO_POPULATION)
    like = alike.like(digest.plan)
    if not any(_people(other) for other in view.digests if other.plan in like):
        return NotComparable("Not comparable: no plan whose money is like it states its population")
    each = (pounds / people).quantize(_PENNY, ROUND_HALF_UP)
    note = f"like {listed([view.names[other] for other in like])} alone" if len(alike.groups) > 1 else ""
    return Stated(f"£{each:,}", each, (digest.proof(part_id("part", "money"), "Money named in this plan"),), note=note)


def _people(digest: Digest) -> Decimal | None:
    return digest.population.value.number if digest.population else None


def _scales(view: View, likenesses: Mapping[FundingCommitment, Likeness]) -> Iterator[SharedScale]:
    """Which sums may be drawn on one scale."""
    for commitment, alike in likenesses.items():
        columns = tuple(heading.key for heading in HEADINGS if heading.commitment is commitment)
        for plans in alike.groups:
            yield SharedScale(
                f"{_COMMITMENTS[commitment]}: {listed([view.names[plan] for plan in plans])}", columns, plans
            )


def _not_drawn(view: View, likenesses: Mapping[FundingCommitment, Likeness]) -> Iterator[str]:
    """Which money is on no scale, and why; said where more than one plan names any."""
    if sum(any(amount.money for amount in digest.amounts) for digest in view.digests) <= 1:
        return
    for commitment, alike in likenesses.items():
        by_reason: dict[str, list[str]] = {}
        for plan, reason in alike.reasons.items():
            by_reason.setdefault(reason, []).append(view.names[plan])
        if by_reason:
            told = "; ".join(f"{listed(names)} ({reason})" for reason, names in by_reason.items())
            yield f"{_COMMITMENTS[commitment]} money is not drawn where it is not alike: {told}."


_LINE_COLUMNS = (
    Column("plan", "Plan"),
    Column("amount", "Amount", ColumnKind.MONEY),
    Column("commitment", "Commitment"),
    Column("amount-status", "Amount status"),
    Column("year", "Financial year", ColumnKind.TIME),
    Column("recurrence", "Recurrence"),
    Column("lasts", "How long"),
    Column("fund", "Fund"),
    Column("ring-fenced", "Ring-fenced to"),
    Column("basis", "Basis"),
    Column("additional-to", "On top of"),
    Column("excludes", "Leaves out"),
    Column("note", "Remark"),
    Column("pays-for", "Pays for"),
)


def _line_cells(plan: str, amount: Amount) -> tuple[Cell, ...]:
    proofs = (amount.item,)
    return (
        Stated(plan, None, proofs),
        _amount_cell(amount.money, proofs),
        Stated(_COMMITMENTS[amount.commitment], None, proofs),
        _status_cell(amount.money, proofs),
        time_cell(amount.year, proofs),
        text_cell(amount.recurrence.value if amount.recurrence else ""),
        time_cell(amount.lasts, proofs),
        *text_cells(
            (amount.fund, amount.ring_fenced, amount.basis, amount.additional_to, amount.excludes, amount.note), proofs
        ),
        text_cell(listed([proof.name for proof in amount.serves]), amount.serves) if amount.serves else NOT_STATED,
    )


def _amount_cell(money: Money | None, proofs: tuple[Proof, ...]) -> Cell:
    if money is None or money.pounds is None:
        return NotStated("To be confirmed" if money and money.status is AmountStatus.TO_BE_CONFIRMED else "Not stated")
    return Stated(format_figure(money, money.pounds), money, proofs)


def _status_cell(money: Money | None, proofs: tuple[Proof, ...]) -> Cell:
    status = money.status if money else AmountStatus.NOT_STATED
    if status is AmountStatus.NOT_STATED:
        return NOT_STATED
    is_range = money is not None and money.upper is not None
    if status is AmountStatus.EXACT:
        return Stated("A range" if is_range else "Exact", None, proofs)
    return Stated("To be confirmed, as a range" if is_range else "To be confirmed", None, proofs)


def _lines(view: View) -> Table:
    rows = tuple(row for digest in view.digests for row in _line_rows(digest))
    return Table(
        id="funding-lines",
        title="Every amount",
        finding=f"{words.the_plans(len(view.digests), 'name')} {counted(len(rows), 'amount')}"
        + (", listed as published." if rows else "."),
        heads="What for",
        shape=Shape.LIST,
        plans=view.facts,
        columns=_LINE_COLUMNS,
        rows=rows,
    )


def _line_rows(digest: Digest) -> Iterator[Row]:
    plan, name = digest.plan, digest.name
    seen: Counter[str] = Counter()
    for amount in digest.amounts:
        item = amount.item
        seen[item.id] += 1
        number = seen[item.id]
        row_id = f"{plan}/{item.id}" + (f"/{number}" if number > 1 else "")
        title = f"{item.name}: {amount.what}" if amount.what else item.name
        yield Row(row_id, title, _line_cells(name, amount), group=name, plan=plan)
