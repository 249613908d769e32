"""Turns comparison tables into charts: how far commitments go, milestones through time, money by certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, count
from typing import TypeAlias

from markupsafe import escape

from pcstrat.compare import words
from pcstrat.compare.funding import HEADINGS, Heading
from pcstrat.compare.table import Depth, Stated, Table, Topic
from pcstrat.model.money import AmountStatus, pounds_in_words
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.outline import part_id
from pcstrat.patterns import Pattern
from pcstrat.render.blocks import Block, MoneyBar, MoneyChart, Paragraph
from pcstrat.render.evenly import evenly
from pcstrat.render.matrix import CountColumn, Share, Shares, SharesRow, Spread, SpreadRow
from pcstrat.text import counted, listed, sentence_case

ROWS_A_CHART, ROWS_ON_PAPER = 20, 5
"""How many rows a chart has on a screen, and so that it fits on a landscape page below the heading of its topic."""
BAR_HEIGHT, BAR_HEIGHT_ON_PAPER = 42, 22
"""How high the highest bar of a chart through time is, in pixels."""
_CENTURY = Pattern(r"\b20(?=[0-9]{2}/)")
MOST_YEARS = 8
_ORDER = (
    ("depth-4", "measure", words.DEPTHS[Depth.MEASURE]),
    ("depth-3", "milestone", words.DEPTHS[Depth.MILESTONE]),
    ("depth-2", "objective", words.DEPTHS[Depth.OBJECTIVE]),
    ("depth-1", "mentioned", words.DEPTHS[Depth.MENTIONED]),
    ("not-mentioned", "none", words.NOT_MENTIONED),
    ("not-yet-published", "outside", "Not yet published then, not judged, or out of scope"),
)
_OUTSIDE = ("not-yet-published", "not-judged", "out-of-scope")


_Sum: TypeAlias = tuple[str, str, Decimal]
"""The name of a plan, the id of a heading, and the pounds under it."""


def charts_of(topic: Topic, *, on_paper: bool) -> tuple[Block, ...]:
    """The charts that belong to the leading table of a topic; most topics have none."""
    rows = ROWS_ON_PAPER if on_paper else ROWS_A_CHART
    match topic.id:
        case "commitments":
            return tuple(_coverage(topic, rows))
        case "milestones":
            return tuple(_through_time(topic, rows, BAR_HEIGHT_ON_PAPER if on_paper else BAR_HEIGHT))
        case "funding":
            return tuple(_money(topic, rows))
    return ()


def _numbers(table: Table, row: int) -> dict[str, int]:
    """The counts of one row by column."""
    cells = zip(table.columns, table.rows[row].cells, strict=True)
    return {
        column.id: cell.value if isinstance(cell, Stated) and isinstance(cell.value, int) else 0
        for column, cell in cells
    }


def _coverage(topic: Topic, rows_a_chart: int) -> Iterator[Block]:
    """How many commitments each plan takes how far."""
    table = topic.table("commitments-by-depth")
    if table.rows:
        yield _sentence(_coverage_in_words(table))
    for number, part in enumerate(evenly(range(len(table.rows)), rows_a_chart), 1):
        yield Shares(
            id=part_id("chart", "coverage", str(number)),
            title="How far each plan takes the national commitments",
            rows=tuple(SharesRow(text=table.rows[row].title, shares=_shares(_numbers(table, row))) for row in part),
            legend=tuple((style, word) for _, style, word in _ORDER),
        )


def _sentence(text: str) -> Paragraph:
    """What a chart shows, above it."""
    return Paragraph(text=escape(text))


def _coverage_in_words(table: Table) -> str:
    """How far all plans together take the commitments."""
    every = [_numbers(table, row) for row in range(len(table.rows))]
    sums = {key: sum(numbers[key] for numbers in every) for key in every[0]}
    dated = sums["depth-3"] + sums["depth-4"]
    which = "In all bars together" if len(every) > 1 else "In it"
    measured = f", {sums['depth-4'] or 'none'} of these a measure too" if dated else ""
    return (
        f"Each bar is the {sum(every[0].values()):,} commitments. {which}, {dated or 'none'} "
        f"{'has' if dated == 1 else 'have'} a dated milestone{measured}, and "
        f"{sums['not-mentioned'] or 'none'} {'is' if sums['not-mentioned'] == 1 else 'are'} not mentioned."
    )


def _shares(numbers: dict[str, int]) -> tuple[Share, ...]:
    counts = [sum(numbers[key] for key in (_OUTSIDE if style == "outside" else (name,))) for name, style, _ in _ORDER]
    whole = sum(counts) or 1
    starts = accumulate(counts, initial=0)
    return tuple(
        Share(style=style, number=count, start=round(start / whole * 100, 2), width=round(count / whole * 100, 2))
        for (_, style, _), count, start in zip(_ORDER, counts, starts, strict=False)
        if count
    )


def _through_time(topic: Topic, rows_a_chart: int, bar_height: int) -> Iterator[Block]:
    """How many milestones each plan has in each financial year, and how many without a clear date."""
    table = topic.table("milestones")
    every = list(dict.fromkeys(column.year for column in table.columns if column.year))
    years = every[-MOST_YEARS:]
    counts = [_by_year(table, row, years) for row in range(len(table.rows))]
    highest = max((number for each in counts for number in each), default=0)
    if not highest:
        return
    yield _sentence(_years_in_words(table, every, years))
    for number, part in enumerate(evenly(range(len(table.rows)), rows_a_chart), 1):
        rows = [(table.rows[row].title, counts[row]) for row in part]
        yield Spread(
            id=part_id("chart", "milestones", str(number)),
            title="Milestones by financial year",
            heads=(*(_CENTURY.sub("", year) for year in years), "No clear date"),
            undated=len(years),
            bar_height=bar_height,
            rows=tuple(SpreadRow(text=title, columns=_columns(numbers, highest)) for title, numbers in rows),
        )


def _years_in_words(table: Table, every: Sequence[str], shown: Sequence[str]) -> str:
    """How many milestones all plans have in each year, and in years that are not drawn."""
    sums = [
        sum(numbers) for numbers in zip(*(_by_year(table, row, every) for row in range(len(table.rows))), strict=True)
    ]
    by_year = dict(zip(every, sums, strict=False))
    dated = [f"{by_year[year]:,} in {year}" for year in shown if by_year[year]]
    earlier = sum(number for year, number in by_year.items() if year not in shown)
    told = (
        f"Milestones by year: {listed(dated)}." if dated else "",
        f"{counted(earlier, 'milestone')} of earlier years {'stands' if earlier == 1 else 'stand'} in the table alone."
        if earlier
        else "",
        f"{sums[-1]:,} {'has' if sums[-1] == 1 else 'have'} no clear date." if sums[-1] else "",
    )
    return " ".join(filter(None, told))


def _columns(counts: Sequence[int], highest: int) -> tuple[CountColumn, ...]:
    return tuple(CountColumn(number=count, height=round(count / highest * 100, 2)) for count in counts)


def _by_year(table: Table, row: int, years: Sequence[str]) -> list[int]:
    numbers = _numbers(table, row)
    by_year = Counter[str]()
    for column in table.columns:
        by_year[column.year] += numbers[column.id]
    return [*(by_year[year] for year in years), by_year[""]]


def _money(topic: Topic, rows_a_chart: int) -> Iterator[Block]:
    """The subtotals of plans whose money is alike, each such group on a scale of its own; and what is left out."""
    table = topic.table("funding")
    numbers = count(1)
    for scale in table.scales:
        shown = [(index, column.id) for index, column in enumerate(table.columns) if column.id in scale.columns]
        sums = [
            (row.title, heading, cell.value)
            for row in table.rows
            if row.plan in scale.plans
            for index, heading in shown
            if isinstance(cell := row.cells[index], Stated) and isinstance(cell.value, Decimal)
        ]
        longest = max((pounds for _, _, pounds in sums), default=Decimal(0)) or Decimal(1)
        yield _sentence(_sums_in_words(sums, len(scale.plans)))
        for part in evenly(sums, rows_a_chart):
            bars = tuple(_bar(*each, longest) for each in part)
            yield MoneyChart(id=part_id("chart", "money", str(next(numbers))), title=scale.title, bars=bars)
    yield from map(_sentence, table.apart)


def _sums_in_words(sums: Sequence[_Sum], plans: int) -> str:
    """How many plans have money that is alike, and from what to what its sums go, each sort of money by itself."""
    commitment = _heading(sums[0][1]).commitment
    is_stated = commitment is not FundingCommitment.NOT_STATED
    money = f"{commitment.value} money" if is_stated else "money without saying how certain it is, and it"
    told = [f"{sentence_case(words.plans_in_words(plans))} name {money}{' that' if is_stated else ''} is alike."]
    for status, beside in ((AmountStatus.EXACT, ""), (AmountStatus.TO_BE_CONFIRMED, " to be confirmed")):
        own = [(pounds, plan) for plan, heading, pounds in sums if _heading(heading).status is status]
        if own:
            told.append(_from_least_to_most(own, plans, beside))
    return " ".join(told)


def _from_least_to_most(sums: Sequence[tuple[Decimal, str]], plans: int, beside: str) -> str:
    ends = min(pounds for pounds, _ in sums), max(pounds for pounds, _ in sums)
    least, most = (
        f"{pounds_in_words(end)} ({_plans([plan for pounds, plan in sums if pounds == end])})" for end in ends
    )
    if ends[0] < ends[1]:
        return f"Sums{beside} go from {least} to {most}."
    who = "Each of them" if len(sums) == plans else _plans([plan for _, plan in sums])
    verb = "names" if len(sums) in {1, plans} else "each name"
    return f"{sentence_case(who)} {verb} {pounds_in_words(ends[1])}{beside}."


def _plans(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else words.plans_in_words(len(names))


def _heading(heading_id: str) -> Heading:
    return next(heading for heading in HEADINGS if heading.key == heading_id)


def _bar(plan: str, heading_id: str, pounds: Decimal, longest: Decimal) -> MoneyBar:
    heading = _heading(heading_id)
    unsure = heading.status is AmountStatus.TO_BE_CONFIRMED
    committed = heading.commitment is FundingCommitment.COMMITTED
    return MoneyBar(
        text=plan,
        amount=pounds_in_words(pounds),
        status="to-be-confirmed" if unsure else ("committed" if committed else "proposed"),
        status_text=heading.title,
        length=float(round(pounds / longest * 100, 2)),
    )
