"""Turns the progress that a plan records into a section: counts, and a table of the milestones of each kind.

Only what the plan records is shown: a milestone of which it says nothing is neither done nor late here. The section
counts from a date, so a page that has it depends on that date.
"""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup, escape

from pcstrat.render import words
from pcstrat.render.blocks import Block, Cell, Column, Paragraph, Progress, ProgressCount, Row, Section, Table
from pcstrat.render.index import PlanIndex, part_id
from pcstrat.render.timeline import MilestoneLinks, shown_name
from pcstrat.status import MilestoneStatus, PlanStatus, Standing, counts_of, status_of
from pcstrat.text import counted, long_date, sentence_case, visible


def progress_section(index: PlanIndex, as_of: dt.date) -> Section | None:
    """How the milestones with recorded progress stand; None when the plan records none."""
    status = status_of(index.plan, as_of)
    if not any(each.recorded for each in status.milestones):
        return None
    counts = tuple(
        ProgressCount(number=number, text=words.STANDINGS[standing], style=standing.value.replace(" ", "-"))
        for standing, number in counts_of(status.recorded).items()
        if number
    )
    blocks: list[Block] = [
        Paragraph(text=escape(_finding(status)), style="lead"),
        Progress(counts=counts),
        Paragraph(text=escape(words.PROGRESS_LEGEND), style="aside"),
    ]
    links = MilestoneLinks(index, (each.dated for each in status.recorded), shown_name)
    blocks += [table for standing in Standing if (table := _table(status, standing, links))]
    return Section(id=part_id("part", "progress"), title=words.SECTIONS["progress"], level=2, blocks=tuple(blocks))


def _finding(status: PlanStatus) -> str:
    whole = counted(len(status.milestones), "milestone")
    text = (
        f"The plan says how far {len(status.recorded)} of {whole} {'has' if len(status.recorded) == 1 else 'have'} got."
    )
    return f"{text} This is how they stand on {long_date(status.as_of)}."


def _table(status: PlanStatus, standing: Standing, links: MilestoneLinks) -> Table | None:
    milestones = [each for each in status.recorded if each.standing is standing]
    if not milestones:
        return None
    return Table(
        id=part_id("table", "progress", standing.value.replace(" ", "-")),
        caption=f"{sentence_case(words.STANDINGS[standing])}: {counted(len(milestones), 'milestone')}",
        columns=tuple(Column(title=title) for title in ("What", "When", "What the plan says", "Owner")),
        rows=tuple(_row(each, links) for each in milestones),
    )


def _row(milestone: MilestoneStatus, links: MilestoneLinks) -> Row:
    when = _cell(sentence_case(milestone.when), "No date stated")
    recorded = milestone.recorded.value if milestone.recorded else ""
    said = _cell(sentence_case(words.GIVEN_UP if milestone.dated.is_given_up else recorded), words.NOT_STATED)
    owner = _cell(visible(milestone.owner), words.NOT_STATED)
    header: Markup = links.of(milestone.dated)
    return Row(header=Cell(text=header), cells=(when, said, owner))


def _cell(text: str, otherwise: str) -> Cell:
    return Cell(text=escape(text or otherwise), missing=not text)
