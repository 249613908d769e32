"""Turns the milestones of a plan into timeline charts by financial year, a list of undated ones, and a table of all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from pcstrat import terms
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.plan import Plan
from pcstrat.model.points import Milestone
from pcstrat.model.times import Time, TimeKind, financial_year_name, financial_year_of, format_time
from pcstrat.naming import shorten
from pcstrat.outline import Dated, aims_of
from pcstrat.render import words
from pcstrat.render.blocks import (
    Block,
    Cell,
    Column,
    Item,
    Items,
    Mark,
    Paragraph,
    Row,
    Section,
    Table,
    Timeline,
    TimelineRow,
)
from pcstrat.render.evenly import evenly
from pcstrat.render.index import PlanIndex, full_name, part_id
from pcstrat.render.items import LONGEST_WORDS, ending, in_full, time_text
from pcstrat.text import counted, sentence_case, visible

ROWS_A_CHART = 10
"""At most: two charts fit on a sheet of paper."""

MOST_YEARS = 8
LONGEST_LABEL = 42
"""Characters of a label in a chart: what a phone of 320 pixels shows."""

LONGEST_PART = 60
"""Characters of the part of the plan that a milestone stands in; its whole title heads that part."""

A_MONTH = 31
_PART = "Part of the plan"
LAST_SEEN = 99.0
"""Percent of the width: what begins after the last column is drawn at its end."""


def timeline_section(index: PlanIndex) -> Section | None:
    """The timeline of the whole plan; None when it has no milestones."""
    milestones = index.milestones
    if not milestones:
        return None
    blocks: list[Block] = [Paragraph(text=escape(_finding(milestones)), style="lead")]
    if any(not isinstance(entry.milestone, Milestone) for entry in milestones):
        blocks.append(Paragraph(text=escape(terms.MILESTONES), style="aside"))
    if any(entry.is_dated for entry in milestones):
        blocks.append(Paragraph(text=escape(words.TIMELINE_LEGEND), style="aside"))
    return Section(
        id=part_id("part", "timeline"),
        title=words.SECTIONS["timeline"],
        level=2,
        blocks=tuple(blocks),
        sections=tuple(_aim_sections(index, milestones)),
    )


def _finding(milestones: tuple[Dated, ...]) -> str:
    """One sentence on what the timeline shows; "most" only when more than half do."""
    dated = [entry for entry in milestones if entry.is_dated]
    share = "all of them with a date" if len(dated) == len(milestones) else _count_dated(len(dated))
    text = f"This plan names {counted(len(milestones), 'milestone')}, {share}."
    if over := sum(not entry.goes_on for entry in milestones):
        text += f" {over} of them {'was' if over == 1 else 'were'} given up or stopped."
    years = Counter(year for entry in dated if entry.time for year in _only_year(entry.time))
    year, number = years.most_common(1)[0] if years else ("", 0)
    if number * 2 > len(dated) and len(dated) > 1:
        text += f" Most of the dates are in {year}."
    return text


def _count_dated(number: int) -> str:
    return "none of them with a date" if number == 0 else f"{number} of them with a date"


def _only_year(time: Time) -> tuple[str, ...]:
    """The financial year that a time lies in; none when it may lie in several, as "in 2024" does."""
    return time.financial_years if len(time.financial_years) == 1 else ()


def _aim_sections(index: PlanIndex, milestones: tuple[Dated, ...]) -> Iterator[Section]:
    links = MilestoneLinks(index, milestones, shown_name)
    tops = _top_aims(index.plan)
    by_aim: dict[str, list[Dated]] = {}
    for entry in milestones:
        by_aim.setdefault(tops[entry.aim.id].id, []).append(entry)
    for aim_id, entries in by_aim.items():
        yield Section(
            id=part_id("timeline", aim_id),
            title=full_name(tops[aim_id]),
            level=3,
            blocks=tuple(_aim_blocks(aim_id, tuple(entries), links)),
        )


def _top_aims(plan: Plan) -> dict[str, Objective]:
    """For the id of each ambition, objective and enabler, the ambition or enabler it stands in."""
    tops: dict[str, Objective] = {aim.id: aim for aim in aims_of(plan)}
    return tops | {child.id: aim for aim in plan.ambitions for child in aim.objectives}


class MilestoneLinks:
    """What milestones are called where they are shown, each leading to where it stands if it has an id.

    Where several are shown with the same words, who hears a link alone hears when and where as well.
    """

    def __init__(self, index: PlanIndex, milestones: Iterable[Dated], shown: Callable[[Dated], str]) -> None:
        self._index = index
        self._shown = shown
        self._counts = Counter(shown(entry).casefold() for entry in milestones)

    def of(self, entry: Dated) -> Markup:
        """A milestone as a link, else as text."""
        words_shown = self._shown(entry)
        if not entry.milestone.id:
            return escape(words_shown)
        is_alike = self._counts[words_shown.casefold()] > 1
        longer = f"{words_shown}, {_when(entry)}, {visible(_standing(entry))}" if is_alike else words_shown
        return self._index.link_showing(words_shown, f"#{entry.milestone.id}", longer)


def shown_name(entry: Dated) -> str:
    """The words of a milestone where it is one of many."""
    return shorten(_name(entry), LONGEST_WORDS)


def _aim_blocks(aim_id: str, entries: tuple[Dated, ...], links: MilestoneLinks) -> Iterator[Block]:
    drawn = sorted((entry for entry in entries if entry.is_dated), key=lambda entry: entry.sort_key)
    undated = [entry for entry in entries if not entry.is_dated]
    years = _years(drawn)
    for number, rows in enumerate(evenly(drawn, ROWS_A_CHART), 1):
        yield chart(part_id("chart", aim_id, str(number)), rows, years)
    if drawn:
        yield _table(aim_id, drawn, links)
    if undated:
        items = tuple(_undated_item(entry, links) for entry in undated)
        yield Items(heading=f"No date stated ({len(undated)})", items=items)


def _undated_item(entry: Dated, links: MilestoneLinks) -> Item:
    """A milestone without a date, with what it says of its time."""
    said = (time_text(entry.time), _ending(entry))
    return Item(text=links.of(entry), facts=tuple(escape(sentence_case(text)) for text in said if text))


def _years(entries: list[Dated]) -> range:
    """The financial years that dated milestones touch, by the year each begins in: at most eight, the first ones."""
    known = [day for entry in entries if entry.time for day in (entry.time.start, entry.time.end) if day]
    if not known:
        return range(0)
    first = min(map(financial_year_of, known))
    return range(first, min(max(map(financial_year_of, known)), first + MOST_YEARS - 1) + 1)


def chart(chart_id: str, entries: Sequence[Dated], years: range) -> Timeline:
    """A chart of dated milestones, its columns the financial years."""
    span = dt.date(years[0], 4, 1), dt.date(years[-1] + 1, 3, 31)
    rows = tuple(
        TimelineRow(
            text=visible(_label(entry)),
            when=_with_end(sentence_case(time_text(entry.time)), entry),
            marks=(_mark(entry, *span),),
        )
        for entry in entries
    )
    title = "When each milestone starts and ends"
    return Timeline(id=chart_id, title=title, years=tuple(map(financial_year_name, years)), rows=rows)


def _name(entry: Dated) -> str:
    """What a milestone says, with the points that a colon announces."""
    return in_full(entry.milestone)


def _mark(entry: Dated, first: dt.date, last: dt.date) -> Mark:
    time = entry.time
    assert time is not None  # noqa: S101 - only dated entries are drawn
    days = (last - first).days + 1

    def percent(day: dt.date | None, otherwise: float) -> float:
        if day is None:
            return otherwise
        return round(min(max((day - first).days / days * 100, 0), 100), 2)

    after = time.end + dt.timedelta(days=1) if time.end and time.end < dt.date.max else time.end
    return Mark(shape=_shape(entry, time), start=min(percent(time.start, 0), LAST_SEEN), end=percent(after, 100))


def _shape(entry: Dated, time: Time) -> str:
    if entry.own_time is None:
        return "band"
    if time.start is None or time.kind is TimeKind.BY:
        return "by"
    if time.end is None:
        return "from"
    return "dot" if (time.end - time.start).days <= A_MONTH else "bar"


def _table(aim_id: str, entries: list[Dated], links: MilestoneLinks) -> Table:
    several = len({_standing(entry) for entry in entries}) > 1
    columns: tuple[Column, ...] = (Column(title="What", width=70), Column(title="When", width=30))
    if several:
        columns = (Column(title="What", width=52), Column(title="When", width=23), Column(title=_PART, width=25))
    return Table(
        id=part_id("table", "timeline", aim_id),
        caption=f"{sentence_case(counted(len(entries), 'milestone'))} with a date",
        columns=columns,
        rows=tuple(_row(entry, links, with_part=several) for entry in entries),
    )


def _row(entry: Dated, links: MilestoneLinks, *, with_part: bool) -> Row:
    what = links.of(entry)
    when = Cell(text=escape(_with_end(_when(entry), entry)), missing=entry.time is None)
    part = (Cell(text=escape(shorten(visible(_standing(entry)), LONGEST_PART))),) if with_part else ()
    return Row(header=Cell(text=what), cells=(when, *part))


def _when(entry: Dated) -> str:
    if entry.own_time is not None and entry.time is not None:
        return sentence_case(format_time(entry.time))
    if entry.band_time is not None:
        return f"Within {format_time(entry.band_time)}"
    return "No date stated"


def _label(entry: Dated) -> str:
    """What a milestone is called in a chart, and that it was given up."""
    over = f" ({text})" if (text := _ending(entry)) else ""
    return f"{shorten(_name(entry), LONGEST_LABEL - len(over))}{over}"


def _ending(entry: Dated) -> str:
    return ending(entry.milestone, is_given_up=entry.is_given_up)


def _with_end(when: str, entry: Dated) -> str:
    return f"{when}, {over}" if (over := _ending(entry)) else when


def _standing(entry: Dated) -> str:
    return entry.part.title if isinstance(entry.part, Strand) else (entry.aim.label or entry.aim.title)
