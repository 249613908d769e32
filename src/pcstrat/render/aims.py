"""Turns ambitions, objectives, enablers and strands into sections, in one fixed order with the plan's own headings.

The order is: what, why, what it consists of, what will be done, how, when, money, how progress is judged, who is
responsible, what will be different. Parts that the plan does not state are left out and named once, in the last line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from pcstrat.model.aims import Ambition, Band, Enabler, Labels, Objective, Period, Strand
from pcstrat.model.document import Quote
from pcstrat.model.vocabulary import Progress
from pcstrat.money_outline import speaks_of_money
from pcstrat.outline import all_parts, children_of, ids_in, placed_parts
from pcstrat.render import words
from pcstrat.render.blocks import Block, FactStrip, Item, Items, Link, Paragraph, Section
from pcstrat.render.index import PlanIndex, anchors_of, full_name, part_id
from pcstrat.render.items import (
    also_called,
    count_block,
    count_note,
    ending,
    fact,
    lineage_facts,
    measure_item,
    point_items,
    point_list,
    risk_item,
    statistics,
    tags,
    time_text,
    who_text,
)
from pcstrat.render.markdown import in_a_row, prose
from pcstrat.render.money import funding_table_blocks
from pcstrat.text import counted, listed, sentence_case, visible

_BEFORE_STRANDS = ("rationale", "quotes", "features", "involves", "actions", "approach", "achievements")
"""Parts that stand before the strands; the others tell when, with what money, and how it is judged."""


def heading(index: PlanIndex, part: str, aim: Objective | None = None, *, otherwise: str | None = None) -> str:
    """The heading of a part: the aim's own, else the plan's, else `otherwise` or pcstrat's."""
    for labels in (aim.labels if aim else None, index.plan.labels):
        own = getattr(labels, part, None) if isinstance(labels, Labels) else None
        if own:
            return visible(own)
    return words.PARTS[part] if otherwise is None else otherwise


def aim_section(index: PlanIndex, aim: Objective, level: int, neighbours: tuple[Link | None, Link | None]) -> Section:
    """An ambition, objective or enabler as a section with its parts below it."""
    below = list(_part_sections(index, aim, level + 1))
    objectives = [aim_section(index, child, level + 1, (None, None)) for child in children_of(aim)]
    below += grouped(objectives, heading(index, "objectives", aim, otherwise=""))
    return Section(
        id=aim.id,
        title=visible(aim.title),
        level=level,
        label=_label(aim),
        contents_title=full_name(aim),
        blocks=tuple(_opening(index, aim)),
        sections=tuple(below),
        foot=tuple(
            line for line in (_absence_line(index, aim), _names_line(aim), classification_line(index, aim)) if line
        ),
        anchors=aim.was,
        previous=neighbours[0],
        next=neighbours[1],
        style="ambition" if level == 2 else "",  # noqa: PLR2004 - h2
    )


def _part_sections(index: PlanIndex, aim: Objective, level: int) -> Iterator[Section]:
    """The parts in order, with the strands of the work before the first part that sums them up."""
    strands = [strand_section(index, strand, level, aim.id, number) for number, strand in enumerate(aim.strands, 1)]
    strands = grouped(strands, heading(index, "strands", aim, otherwise=""))
    for name, title, blocks in _parts(index, aim):
        if name not in _BEFORE_STRANDS:
            yield from strands
            strands = []
        yield _part(aim, name, title, blocks, level)
    yield from strands


def grouped(sections: list[Section], own_heading: str) -> list[Section]:
    """The sections, the first of them under the heading that the plan prints over them all."""
    return [replace(section, group=own_heading if number == 0 else "") for number, section in enumerate(sections)]


def _label(aim: Objective) -> str:
    return visible(", ".join([*([aim.label] if aim.label else []), *aim.also_labelled, *aim.marks]))


def _part(aim: Objective, name: str, title: str, blocks: tuple[Block, ...], level: int) -> Section:
    return Section(
        id=part_id(aim.id, name.replace("_", "-")), title=title, level=level, blocks=blocks, in_contents=False
    )


def _opening(index: PlanIndex, aim: Objective) -> Iterator[Block]:
    """What stands right under the heading: statement, text, the strip of facts, other names, what it is about."""
    if aim.statement:
        yield Paragraph(text=prose(aim.statement), style="statement")
    yield from _text_blocks(aim.text, heading(index, "text", aim, otherwise=""))
    if strip := tuple(_strip(index, aim)):
        yield FactStrip(facts=strip)
    if facts := [*_links(index, aim), *lineage_facts(aim)]:
        yield FactStrip(facts=tuple(facts))
    if aim.period:
        yield period_paragraph(aim.period)
    if aim.note:
        yield Paragraph(text=prose(aim.note), style="aside")


def _text_blocks(text: str | None, own_heading: str) -> Iterator[Block]:
    """What an aim is, under the plan's own heading where it has one."""
    if text and own_heading:
        yield Items(items=(), heading=own_heading, intro=prose(text))
    elif text:
        yield Paragraph(text=prose(text), style="lead")


def _strip(index: PlanIndex, aim: Objective) -> Iterator[Markup]:
    """How much there is, with everything under the aim: "4 actions", "3 milestones". What is absent is named once."""
    ids = {part.id for part in all_parts(aim) if isinstance(part, Objective)}
    parts = [(part, over) for around, part, over in placed_parts(index.plan) if around.id in ids]
    below = {child.id for child in children_of(aim)}
    ends = {
        "objective": [ending(part, is_given_up=over) for part, over in parts if part.id in below],
        "action": [ending(action, is_given_up=over) for part, over in parts for action in part.actions],
        "milestone": [ending(each.milestone, is_given_up=each.is_given_up) for each in index.milestones_under(aim)],
        "measure": [ending(measure, is_given_up=over) for part, over in parts for measure in part.measures],
    }
    yield from (escape(_tally(noun, found)) for noun, found in ends.items() if found)
    if isinstance(aim, Ambition) and aim.says is not None:
        yield escape(count_note(aim.says, "objective" if aim.says == 1 else "objectives").rstrip("."))
    if aim.additional:
        yield escape("Beyond those that the document counts")


def _tally(noun: str, ends: Sequence[str]) -> str:
    """How many there are, and how many of them ended: "4 actions, of which 1 given up"."""
    over = Counter(filter(None, ends))
    said = listed([f"{over[end]} {end}" for end in (words.GIVEN_UP, Progress.STOPPED.value) if over[end]])
    return f"{counted(len(ends), noun)}, of which {said}" if said else counted(len(ends), noun)


def _links(index: PlanIndex, aim: Objective) -> Iterator[Markup]:
    yield from fact("Also serves", index.links(aim.also_serves))
    yield from fact("See", index.links(aim.see))
    yield from fact("After", index.links(aim.depends_on))
    yield from fact("Case studies", index.links(aim.case_studies))


def classification_line(index: PlanIndex, part: Objective | Strand) -> Markup:
    """What the part is about and which national commitments it answers: our classification, and said to be."""
    facts = [
        *tags(part.pillars, part.themes),
        *fact("Answers", "; ".join(map(index.commitment_title, part.commitments))),
        *fact("Mentions", "; ".join(map(index.commitment_title, part.mentions))),
    ]
    whose = f" of {index.names.get(part.id or '', part.title)}" if children_of(part) else ""
    return Markup("Our classification{}. {}.").format(whose, in_a_row(facts)) if facts else Markup()


def period_paragraph(period: Period) -> Paragraph:
    """The time printed over a part, as published and in words."""
    when = time_text(period.when)
    text = visible(period.label) + (f" ({when})" if when else "")
    return Paragraph(text=escape(text), style="aside")


def _parts(index: PlanIndex, aim: Objective) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    """Name, heading and blocks of each part that the plan states."""
    builders: dict[str, Callable[[], Iterable[Block]]] = {
        "rationale": lambda: (*point_list(index, aim.rationale), *statistics(index, aim.statistics)),
        "quotes": lambda: quote_blocks(index, aim.quotes),
        "features": lambda: point_list(index, aim.features),
        "involves": lambda: point_list(index, aim.involves),
        "achievements": lambda: point_list(index, aim.achievements),
        "actions": lambda: point_list(index, aim.actions),
        "approach": lambda: point_list(index, aim.approach),
        "timeline": lambda: (*band_blocks(index, aim.timeline), *point_list(index, aim.milestones)),
        "review": lambda: _review_blocks(aim),
        "funding": lambda: _money_blocks(index, aim),
        "measures": lambda: measure_blocks(index, aim),
        "responsible": lambda: _responsible_blocks(aim),
        "outcomes": lambda: _outcome_blocks(index, aim),
        "benefits": lambda: point_list(index, aim.benefits),
        "risks": lambda: [Items(items=tuple(map(risk_item, aim.risks)))] if aim.risks else [],
    }
    for name, build in builders.items():
        if blocks := tuple(build()):
            yield name, _part_heading(index, name, aim), blocks
    for number, extra in enumerate(aim.lists, 1):
        blocks = (*point_list(index, extra.points, intro=extra.intro), *count_block(extra.says))
        yield f"list-{number}", visible(extra.label or extra.intro or words.PARTS["features"]), blocks


def _part_heading(index: PlanIndex, name: str, aim: Objective) -> str:
    if name == "funding" and aim.funding_statement and not aim.funding:
        return heading(index, "funding_statement", aim)
    if name == "rationale" and not aim.rationale:
        return heading(index, "statistics", aim)
    return heading(index, name, aim) if name in words.PARTS else name


def band_blocks(index: PlanIndex, bands: Iterable[Band]) -> Iterator[Block]:
    """Each band under its printed heading, with the period it states in words."""
    for band in bands:
        yield Items(
            heading=visible(band.label),
            intro=Markup(" ").join(_band_intro(band)),
            items=point_items(index, band.milestones),
            style="band",
            anchors=anchors_of(band),
        )
        if band.note:
            yield Paragraph(text=prose(band.note), style="aside")


def says_the_same(time: str, label: str) -> bool:
    """Whether a label already has every word of a time, so that printing both would repeat it."""
    return re.findall(r"\w+", time.casefold()) == re.findall(r"\w+", label.casefold())


def _band_intro(band: Band) -> Iterator[Markup]:
    stated = [time_text(band.band), time_text(band.when)]
    times = [text for text in stated if text]
    if times and not says_the_same(": ".join(times), band.label):
        yield escape(sentence_case(": ".join(times)) + ".")
    if band.text:
        yield prose(band.text)


def _review_blocks(aim: Objective) -> Iterator[Block]:
    if aim.review:
        facts = tuple([escape(sentence_case(time_text(aim.review.when)))] if aim.review.when else [])
        yield Items(items=(Item(text=prose(aim.review.text), facts=facts),))


def _money_blocks(index: PlanIndex, aim: Objective) -> Iterator[Block]:
    yield from point_list(index, aim.funding_statement)
    for number, table in enumerate(aim.funding, 1):
        within = part_id(aim.id, "funding", str(number))
        over = aim.id in index.given_up
        yield from funding_table_blocks(index, table, within, anchors=anchors_of(table), is_given_up=over)


def measure_blocks(index: PlanIndex, part: Objective | Strand) -> Iterator[Block]:
    """The measures of a part as a list."""
    if part.measures:
        yield Items(items=tuple(measure_item(index, measure) for measure in part.measures))


def _responsible_blocks(aim: Objective) -> Iterator[Block]:
    facts = [
        *fact("Owner", who_text(aim.owner)),
        *fact("Accountable", who_text(*aim.accountable)),
        *fact("Led by", who_text(aim.led_by)),
        *fact("Partners", who_text(*aim.partners)),
    ]
    if facts:
        yield FactStrip(facts=tuple(facts))


def _outcome_blocks(index: PlanIndex, aim: Objective) -> Iterator[Block]:
    intro = Markup(" ").join(
        part
        for part in (
            escape(f"{sentence_case(time_text(aim.outcomes_when))}.") if aim.outcomes_when else Markup(),
            prose(aim.outcomes_intro),
        )
        if part
    )
    if aim.outcomes or intro:
        yield Items(items=point_items(index, aim.outcomes), intro=intro)


def quote_blocks(index: PlanIndex, quotes: Iterable[Quote]) -> Iterator[Block]:
    """What people said, each with who said it and about what."""
    items = tuple(
        Item(text=prose(quote.says), facts=tuple(_quote_facts(index, quote)), anchors=anchors_of(quote))
        for quote in quotes
    )
    if items:
        yield Items(items=items)


def _quote_facts(index: PlanIndex, quote: Quote) -> Iterator[Markup]:
    yield from fact("Said by", quote.who)
    yield from fact("Said by", index.link(quote.person) if quote.person else None)
    yield from fact("About", quote.about)
    if quote.source:
        yield index.source_link(quote.source)


def _names_line(aim: Objective | Strand) -> Markup:
    """The other names that the document gives the same thing."""
    names = tuple(also_called(aim.also_called))
    return Markup("{}.").format(in_a_row(names)) if names else Markup()


def _absence_line(index: PlanIndex, aim: Objective) -> Markup:
    """One quiet line that names what the aim does not state; only where it has no aims below it."""
    missing = absences(index, aim)
    if not missing or children_of(aim):
        return Markup()
    noun = {Ambition: "ambition", Enabler: "enabler"}.get(type(aim), "objective")
    return escape(f"This {noun} does not state: {', '.join(missing)}.")


def absences(index: PlanIndex, aim: Objective) -> tuple[str, ...]:
    """What an aim could state and does not, in a fixed order; nothing of one that was given up.

    What was given up in an aim states nothing for it.
    """
    if aim.id in index.given_up:
        return ()
    ids = {part.id for part in all_parts(aim) if isinstance(part, Objective)}
    parts = [part for around, part, over in placed_parts(index.plan) if around.id in ids and not over]
    stated = {
        "dates": any(entry.is_dated and not entry.is_given_up for entry in index.milestones_under(aim)),
        "money": not index.paid_for.isdisjoint(item_id for part in parts for item_id in ids_in(part))
        or any(map(speaks_of_money, parts)),
        "measures": any(measure.retired is None for part in parts for measure in part.measures),
        "owner": any(part.who_answers for part in parts if isinstance(part, Objective)),
    }
    return tuple(name for name, there in stated.items() if not there)


def strand_section(index: PlanIndex, strand: Strand, level: int, parent: str, number: int) -> Section:
    """A part of the work as a section; its own parts are lists under small headings."""
    return Section(
        id=strand.id or part_id(parent, "strand", str(number)),
        title=visible(strand.title),
        level=level,
        label=visible(strand.label or ""),
        blocks=tuple(_strand_blocks(index, strand)),
        anchors=strand.was,
        foot=tuple(line for line in (_names_line(strand), classification_line(index, strand)) if line),
    )


def _strand_blocks(index: PlanIndex, strand: Strand) -> Iterator[Block]:
    if strand.text:
        yield Paragraph(text=prose(strand.text))
    if facts := tuple(_strand_facts(index, strand)):
        yield FactStrip(facts=facts)
    if strand.period:
        yield period_paragraph(strand.period)
    for name in ("rationale", "features", "involves", "actions", "approach"):
        yield from point_list(index, getattr(strand, name), _small_heading(index, strand, name))
    yield from band_blocks(index, strand.timeline)
    yield from point_list(index, strand.milestones, _small_heading(index, strand, "timeline"))
    yield from point_list(index, strand.funding_statement, heading(index, "funding_statement"))
    if strand.measures:
        items = tuple(measure_item(index, measure) for measure in strand.measures)
        yield Items(items=items, heading=heading(index, "measures"))
    yield from statistics(index, strand.statistics, heading(index, "statistics"))
    yield from point_list(index, strand.outcomes, heading(index, "outcomes"))
    yield from point_list(index, strand.achievements, heading(index, "achievements"))
    if strand.note:
        yield Paragraph(text=prose(strand.note), style="aside")


def _small_heading(index: PlanIndex, strand: Strand, name: str) -> str:
    """A heading over a strand's list; none when the list is all that the strand has."""
    lists = ("rationale", "features", "involves", "actions", "approach", "milestones", "measures", "outcomes")
    return heading(index, name) if sum(bool(getattr(strand, other)) for other in lists) > 1 else ""


def _strand_facts(index: PlanIndex, strand: Strand) -> Iterator[Markup]:
    yield from fact("Owner", who_text(strand.owner))
    yield from fact("Led by", who_text(strand.led_by))
    yield from fact("Partners", ", ".join(strand.partners))
    yield from fact("Case studies", index.links(strand.case_studies))
    yield from lineage_facts(strand)
