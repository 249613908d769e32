"""Turns the milestones of a plan into timeline charts by financial year, a list of undated ones, and a table of all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator

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
from pcstrat.render.index import PlanIndex, full_name, part_id
from pcstrat.render.items import in_full, time_text
from pcstrat.render.markdown import link, prose
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
    names = link_names(milestones, shown_name)
    tops = _top_aims(index.plan)
    by_aim: dict[str, list[Dated]] = {}
    for entry in milestones:
        by_aim.setdefault(tops[entry.aim.id].id, []).append(entry)
    for aim_id, entries in by_aim.items():
        yield Section(
            id=part_id("timeline", aim_id),
            title=full_name(tops[aim_id]),
            level=3,
            blocks=tuple(_aim_blocks(aim_id, tuple(entries), names)),
        )


def _top_aims(plan: Plan) -> dict[str, Objective]:
    """For the id of each ambition, objective and enabler, the ambition or enabler it stands in."""
    tops: dict[str, Objective] = {aim.id: aim for aim in aims_of(plan)}
    return tops | {child.id: aim for aim in plan.ambitions for child in aim.objectives}


def link_names(milestones: tuple[Dated, ...], shown: Callable[[Dated], str]) -> dict[str, str]:
    """What links to milestones are called, by id, where several are shown with the same words: with when and where."""
    counts = Counter(shown(entry).casefold() for entry in milestones)
    alike = [entry for entry in milestones if entry.milestone.id and counts[shown(entry).casefold()] > 1]
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, entry in enumerate(alike, 1):
        name = f"{shown(entry)}, {_when(entry)}, {visible(_standing(entry))}"
        name = f"{name}, {number}" if name in taken else name
        taken.add(name)
        names[entry.milestone.id or ""] = name
    return names


def milestone_link(entry: Dated, words_shown: str, names: dict[str, str]) -> Markup:
    """A link to a milestone by its words; a longer name of it is for those who hear it alone."""
    name = names.get(entry.milestone.id or "", "")
    return link(f"#{entry.milestone.id}", words_shown, name)


def shown_name(entry: Dated) -> str:
    """The words a link to a milestone has."""
    return shorten(_name(entry), 160)


def _aim_blocks(aim_id: str, entries: tuple[Dated, ...], names: dict[str, str]) -> Iterator[Block]:
    drawn = sorted((entry for entry in entries if entry.is_dated), key=lambda entry: entry.time.sort_key)  # type: ignore[union-attr]
    undated = [entry for entry in entries if not entry.is_dated]
    years = _years(drawn)
    for number, rows in enumerate(_evenly(drawn, ROWS_A_CHART), 1):
        yield chart(part_id("chart", aim_id, str(number)), rows, years)
    if drawn:
        yield _table(aim_id, drawn, names)
    if undated:
        items = tuple(_undated_item(entry, names) for entry in undated)
        yield Items(heading=f"No date stated ({len(undated)})", items=items)


def _undated_item(entry: Dated, names: dict[str, str]) -> Item:
    """A milestone without a date, with what it says of its time."""
    facts = (escape(sentence_case(time_text(entry.time))),) if entry.time else ()
    return Item(text=linked_name(entry, names), facts=facts)


def _evenly(entries: list[Dated], most: int) -> Iterator[list[Dated]]:
    """The entries in as few parts as `most` allows, each about as long as the others."""
    parts = -(-len(entries) // most)
    for number in range(parts):
        yield entries[len(entries) * number // parts : len(entries) * (number + 1) // parts]


def _years(entries: list[Dated]) -> range:
    """The financial years that dated milestones touch, by the year each begins in: at most eight, the first ones."""
    known = [day for entry in entries if entry.time for day in (entry.time.start, entry.time.end) if day]
    if not known:
        return range(0)
    first = min(map(financial_year_of, known))
    return range(first, min(max(map(financial_year_of, known)), first + MOST_YEARS - 1) + 1)


def chart(chart_id: str, entries: list[Dated], years: range) -> Timeline:
    """A chart of dated milestones, its columns the financial years."""
    span = dt.date(years[0], 4, 1), dt.date(years[-1] + 1, 3, 31)
    rows = tuple(
        TimelineRow(
            text=visible(shorten(_name(entry), LONGEST_LABEL)),
            when=sentence_case(time_text(entry.time)),
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


def _table(aim_id: str, entries: list[Dated], names: dict[str, str]) -> Table:
    several = len({_standing(entry) for entry in entries}) > 1
    columns: tuple[Column, ...] = (Column(title="What", width=70), Column(title="When", width=30))
    if several:
        columns = (Column(title="What", width=52), Column(title="When", width=23), Column(title=_PART, width=25))
    return Table(
        id=part_id("table", "timeline", aim_id),
        caption=f"{sentence_case(counted(len(entries), 'milestone'))} with a date",
        columns=columns,
        rows=tuple(_row(entry, names, with_part=several) for entry in entries),
    )


def _row(entry: Dated, names: dict[str, str], *, with_part: bool) -> Row:
    what = linked_name(entry, names)
    when = Cell(text=escape(_when(entry)), missing=entry.time is None)
    part = (Cell(text=escape(shorten(visible(_standing(entry)), LONGEST_PART))),) if with_part else ()
    return Row(header=Cell(text=what), cells=(when, *part))


def linked_name(entry: Dated, names: dict[str, str]) -> Markup:
    """What a milestone says, leading to where it stands if it has an id."""
    if entry.milestone.id:
        return milestone_link(entry, shown_name(entry), names)
    return prose(shorten(_name(entry), 160))


def _when(entry: Dated) -> str:
    if entry.own_time is not None and entry.time is not None:
        return sentence_case(format_time(entry.time))
    if entry.band_time is not None:
        return f"Within {format_time(entry.band_time)}"
    return "No date stated"


def _standing(entry: Dated) -> str:
    return entry.part.title if isinstance(entry.part, Strand) else (entry.aim.label or entry.aim.title)
