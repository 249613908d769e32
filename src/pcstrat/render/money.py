"""Turns the money of a plan into tables, a chart and sentences; sums are kept apart by commitment and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from markupsafe import Markup, escape

from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable, StatedTotal
from pcstrat.model.money import AmountStatus, Money, format_money, pounds_in_words
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.money_outline import NamedAmount, amounts_in_line, amounts_in_plan, commitment_of
from pcstrat.outline import aims_of, children_of
from pcstrat.render import words
from pcstrat.render.blocks import (
    Block,
    Cell,
    Column,
    FactStrip,
    Item,
    Items,
    MoneyBar,
    MoneyChart,
    Paragraph,
    Row,
    Section,
    Table,
)
from pcstrat.render.evenly import evenly
from pcstrat.render.index import PlanIndex, anchors_of, part_id
from pcstrat.render.items import fact, lineage_facts, point_items, tags, time_text, who_text
from pcstrat.render.markdown import plain, prose
from pcstrat.text import counted, listed, sentence_case, visible

BARS_A_CHART = 12
"""So many bars fit on a page below the heading of the money."""
_AMOUNT_COLUMNS = (Column(title="What for"), Column(title="Amount", numeric=True), Column(title="Status"))


def funding_sentence(amounts: tuple[NamedAmount, ...]) -> str:
    """The money in sentences, one a commitment, with what is to be confirmed kept apart. No grand total.

    What was given up is in no sum, and how many amounts were is said.
    """
    if not amounts:
        return "This plan does not give amounts of money."
    standing = _standing(amounts)
    if not standing:
        return f"All the money that this plan names was {words.GIVEN_UP}: {counted(len(amounts), 'amount')}."
    return " ".join(filter(None, (*_sentences(standing), _given_up_sentence(len(amounts) - len(standing)))))


def _given_up_sentence(number: int) -> str:
    verb, them = ("was", "is") if number == 1 else ("were", "are")
    return f"{counted(number, 'amount')} that {verb} {words.GIVEN_UP} {them} not part of this." if number else ""


def _standing(amounts: tuple[NamedAmount, ...]) -> tuple[NamedAmount, ...]:
    return tuple(named for named in amounts if not named.is_given_up)


def _sentences(amounts: tuple[NamedAmount, ...]) -> Iterator[str]:
    if all(named.money.pounds is None for named in amounts):
        yield "This plan names money without saying how much."
        return
    for commitment in FundingCommitment:
        yield _commitment_sentence(commitment, amounts)
    yield _left_out_of_sums(amounts)
    if not any(named.year for named in amounts):
        yield "The plan does not say which years the money covers."


_LISTED_AS = {
    FundingCommitment.COMMITTED: "listed as committed",
    FundingCommitment.PROPOSED: "proposed",
    FundingCommitment.EXISTING: "existing money",
    FundingCommitment.NOT_STATED: "named without saying how certain it is",
}


def _commitment_sentence(commitment: FundingCommitment, amounts: tuple[NamedAmount, ...]) -> str:
    exact = _total(_of(amounts, commitment, AmountStatus.EXACT))
    unsure = _total(_of(amounts, commitment, AmountStatus.TO_BE_CONFIRMED))
    listed_as = _LISTED_AS[commitment]
    if not exact:
        return f"{sentence_case(unsure)} is {listed_as} but marked 'to be confirmed'." if unsure else ""
    sentence = f"{sentence_case(exact)} is {listed_as}."
    return f"{sentence} A further {unsure} is in the same list but marked 'to be confirmed'." if unsure else sentence


def _of(amounts: Iterable[NamedAmount], commitment: FundingCommitment, status: AmountStatus) -> list[Money]:
    """The amounts of one commitment and status that have a figure."""
    return [
        named.money
        for named in amounts
        if named.commitment is commitment and named.money.status is status and named.money.pounds is not None
    ]


def _total(amounts: list[Money]) -> str:
    """The sum of amounts in words, exact unless one of them is not; a single amount as it is stated."""
    if len(amounts) == 1:
        return _figure_alone(amounts[0])
    in_sum = [money for money in amounts if money.upper is None]
    if not in_sum:
        return ""
    total = pounds_in_words(sum((money.pounds or Decimal(0) for money in in_sum), Decimal(0)))
    return f"about {total}" if any(money.qualifier for money in in_sum) else total


def _left_out_of_sums(amounts: tuple[NamedAmount, ...]) -> str:
    """What no sum can hold: ranges beside other amounts, and amounts that are named without a figure."""
    groups = [_of(amounts, commitment, status) for commitment in FundingCommitment for status in AmountStatus]
    ranges = sum(money.upper is not None for group in groups if len(group) > 1 for money in group)
    without = sum(named.money.pounds is None for named in amounts)
    left = [counted(ranges, "range")] if ranges else []
    left += [f"{counted(without, 'amount')} without a figure"] if without else []
    return f"{listed(left)} {'is' if ranges + without == 1 else 'are'} not part of this." if left else ""


def money_chart(chart_id: str, amounts: tuple[NamedAmount, ...]) -> Iterator[MoneyChart]:
    """A bar for each amount with a number that was not given up, longest = 100 percent."""
    drawn = [named for named in _standing(amounts) if named.money.pounds is not None]
    longest = max((named.money.pounds or Decimal(0) for named in drawn), default=Decimal(0))
    if not longest:
        return
    bars = [_bar(named, longest) for named in drawn]
    for number, part in enumerate(evenly(bars, BARS_A_CHART), 1):
        part_of_chart = chart_id if number == 1 else f"{chart_id}-{number}"
        yield MoneyChart(id=part_of_chart, title="Amounts named in this plan", bars=tuple(part))


def largest_amounts(amounts: tuple[NamedAmount, ...], most: int) -> tuple[MoneyBar, ...]:
    """A bar for each of the largest amounts with a number, in the plan's order, longest = 100 percent."""
    bars = [bar for chart in money_chart("", amounts) for bar in chart.bars]
    largest = sorted(bars, key=lambda bar: -bar.length)[:most]
    return tuple(bar for bar in bars if bar in largest)[:most]


def _figure_alone(money: Money) -> str:
    """An amount without its status, which stands beside it; its status where there is no figure."""
    return format_money(replace(money, status=AmountStatus.EXACT) if money.pounds is not None else money)


def _bar(named: NamedAmount, longest: Decimal) -> MoneyBar:
    unsure = named.money.status is AmountStatus.TO_BE_CONFIRMED
    committed = named.commitment is FundingCommitment.COMMITTED
    status = "to-be-confirmed" if unsure else ("committed" if committed else "proposed")
    word = words.FUNDING[named.commitment]
    return MoneyBar(
        text=visible(plain(named.amount.what) or named.line.title),
        amount=_figure_alone(named.money),
        status=status,
        status_text=f"{word}, to be confirmed" if unsure else word,
        length=float(round((named.money.pounds or Decimal(0)) / longest * 100, 2)),
    )


def funding_table_blocks(
    index: PlanIndex, table: FundingTable, within: str, anchors: tuple[str, ...] = (), *, is_given_up: bool = False
) -> Iterator[Block]:
    """A funding table as printed: what is said of it, its lines in a table, and each line in full below.

    `within` is the anchor of the part of the page it stands in, of which it is the only table. `anchors` are its own,
    where it is not a section. `is_given_up` says that something around it was.
    """
    if table.text:
        yield Paragraph(text=prose(table.text))
    yield FactStrip(facts=tuple(_table_facts(table)))
    if table.lines:
        yield replace(_amount_table(table, is_given_up=is_given_up), id=part_id(within, "amounts"), anchors=anchors)
        yield Items(heading="The lines in full", items=tuple(_line_item(index, line) for line in table.lines))
    else:
        yield Items(heading=visible(table.title), items=(), anchors=anchors)
    if table.note:
        yield Paragraph(text=prose(table.note), style="aside")


def _table_facts(table: FundingTable) -> Iterator[Markup]:
    yield from fact("Commitment", words.FUNDING[table.commitment])
    yield from fact("In the plan's words", table.commitment_wording)
    yield from fact("Columns as printed", "; ".join(table.columns))
    yield from fact("Basis", table.basis)
    yield from fact("Year", time_text(table.year))
    yield from fact("Fund", table.fund)
    yield from fact("Recurrence", table.recurrence.value if table.recurrence else None)
    yield from lineage_facts(table)


def _amount_table(table: FundingTable, *, is_given_up: bool) -> Table:
    return Table(
        id="",
        caption=visible(table.title),
        columns=_AMOUNT_COLUMNS,
        rows=tuple(row for line in table.lines for row in _amount_rows(table, line, is_given_up=is_given_up)),
    )


def _every_amount(amounts: tuple[NamedAmount, ...]) -> Table:
    """The table that says what the chart shows, where the plan's own tables stand in several parts of the page."""
    rows = tuple(map(_amount_row, amounts))
    return Table(id=part_id("table", "money"), caption="Every amount", columns=_AMOUNT_COLUMNS, rows=rows)


def _amount_rows(table: FundingTable, line: FundingLine, *, is_given_up: bool) -> Iterator[Row]:
    named = amounts_in_line(table, line, is_given_up=is_given_up)
    if not named:
        over = is_given_up or table.retired is not None or line.retired is not None
        missing = Cell(text=escape(words.NOT_STATED), numeric=True, missing=True)
        status = Cell(text=escape(_standing_of(commitment_of(line, table), is_given_up=over)))
        yield Row(header=Cell(text=escape(visible(line.title))), cells=(missing, status))
    yield from map(_amount_row, named)


def _amount_row(named: NamedAmount) -> Row:
    title, what = escape(visible(named.line.title)), named.amount.what
    header = Markup("{}: {}").format(title, prose(what)) if what else title
    cells = (Cell(text=escape(_figure_alone(named.money)), numeric=True), Cell(text=escape(_status(named))))
    return Row(header=Cell(text=header), cells=cells)


def _standing_of(commitment: FundingCommitment, *, is_given_up: bool) -> str:
    return sentence_case(words.GIVEN_UP) if is_given_up else words.FUNDING[commitment]


def _status(named: NamedAmount) -> str:
    status = [_standing_of(named.commitment, is_given_up=named.is_given_up)]
    if not named.is_given_up and named.money.status is AmountStatus.TO_BE_CONFIRMED:
        status.append("to be confirmed")
    if named.amount.ring_fenced:
        status.append(f"ring-fenced to {visible(named.amount.ring_fenced)}")
    return ", ".join(status)


def _line_item(index: PlanIndex, line: FundingLine) -> Item:
    parts = point_items(index, line.parts)
    outcomes = point_items(index, line.outcomes)
    below = [Item(title=escape("Covers"), items=parts)] if parts else []
    below += [Item(title=escape("Outcomes"), items=outcomes)] if outcomes else []
    return Item(
        title=escape(visible(line.title)),
        text=prose(line.text),
        facts=tuple(_line_facts(index, line)),
        items=tuple(below),
        note=prose(line.note),
        anchors=anchors_of(line),
    )


def _line_facts(index: PlanIndex, line: FundingLine) -> Iterator[Markup]:
    for amount in line.amounts:
        yield from _amount_facts(amount)
    yield from fact("On top of", prose(line.additional_to))
    yield from fact("Does not include", prose(line.excludes))
    yield from fact("Fund", line.fund)
    yield from fact("Recurrence", line.recurrence.value if line.recurrence else None)
    yield from fact("Lasts", time_text(line.lasts))
    yield from fact("Year", time_text(line.year))
    yield from fact("Commitment", words.FUNDING[line.commitment] if line.commitment else None)
    yield from fact("Owner", who_text(line.owner))
    yield from fact("Pays for", index.links(line.serves))
    yield from fact("Answers", ", ".join(map(index.commitment_title, line.commitments)))
    yield from lineage_facts(line)
    yield from tags(line.pillars, line.themes)


def _amount_facts(amount: FundingAmount) -> Iterator[Markup]:
    text = escape(format_money(amount.amount))
    if amount.what:
        text += Markup(" for {}").format(prose(amount.what))
    yield from fact("Amount", text)
    if amount.note:
        yield prose(amount.note)


def _total_item(index: PlanIndex, total: StatedTotal) -> Item:
    facts = tuple(fact("Sum of", index.links(total.of)))
    return Item(title=escape(format_money(total.amount)), text=prose(total.what), facts=facts)


def money_section(index: PlanIndex) -> Section:
    """Every amount the plan names, with a sentence, a chart, and each table as printed."""
    plan = index.plan
    section = part_id("part", "money")
    amounts = amounts_in_plan(plan)
    blocks: list[Block] = [Paragraph(text=escape(funding_sentence(amounts)), style="lead")]
    charts = list(money_chart(part_id("chart", "money"), amounts))
    blocks += charts
    if charts and sum(len(line.amounts) for table in plan.funding for line in table.lines) < len(amounts):
        blocks.append(_every_amount(amounts))
    if plan.funding_statement:
        blocks.append(Items(items=point_items(index, plan.funding_statement)))
    if plan.totals:
        heading = "Totals that the document states"
        blocks.append(Items(heading=heading, items=tuple(_total_item(index, total) for total in plan.totals)))
    statements = tuple(_statements(index))
    if statements:
        blocks.append(Items(heading="What is said of money without an amount", items=statements))
    return Section(
        id=section,
        title=words.SECTIONS["money"],
        level=2,
        blocks=tuple(blocks),
        sections=tuple(_table_section(index, table, number) for number, table in enumerate(plan.funding, 1)),
    )


def _statements(index: PlanIndex) -> Iterator[Item]:
    """Where the plan speaks of money without an amount under an ambition, objective or enabler."""
    given_up = index.given_up
    for aim in aims_of(index.plan):
        for child in (aim, *children_of(aim)):
            if child.funding_statement or any(map(_lacks_amounts, child.funding)):
                over = f" ({words.GIVEN_UP})" if child.id in given_up else ""
                yield Item(text=Markup("{}{}").format(index.link(child.id), over))


def _lacks_amounts(table: FundingTable) -> bool:
    return not table.lines or any(not line.amounts for line in table.lines)


def _under_its_title(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a table whose title is the heading above them: the caption need not say it again."""
    for block in blocks:
        yield replace(block, caption="Amounts, line by line") if isinstance(block, Table) else block


def _table_section(index: PlanIndex, table: FundingTable, number: int) -> Section:
    section_id = table.id or part_id("funding", str(number))
    return Section(
        id=section_id,
        title=visible(table.title),
        level=3,
        blocks=tuple(_under_its_title(funding_table_blocks(index, table, section_id))),
        anchors=table.was,
    )


__all__ = ["funding_sentence", "funding_table_blocks", "largest_amounts", "money_chart", "money_section"]
