"""Turns what a plan says of its area and its reasons into sections: background, vision, strengths, challenges."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from pcstrat.model import points
from pcstrat.model.evidence import Context, Evidence
from pcstrat.model.points import PointList
from pcstrat.model.vision import (
    Alignment,
    Engagement,
    PartSide,
    Vision,
    VisionElement,
    VisionList,
    VisionPart,
)
from pcstrat.render import words
from pcstrat.render.aims import quote_blocks
from pcstrat.render.blocks import Block, FactStrip, Item, Items, Paragraph, Section, Statistics
from pcstrat.render.index import PlanIndex, anchors_of, part_id
from pcstrat.render.items import (
    also_called,
    count_block,
    count_note,
    evidence_item,
    fact,
    figure,
    lineage_facts,
    lineage_strip,
    point_item,
    point_items,
    point_list,
    statistics,
    tags,
    time_text,
)
from pcstrat.render.markdown import prose
from pcstrat.text import sentence_case, visible


def titled(label: str | None, title: str | None, otherwise: str) -> str:
    """A heading as printed, with its number, or the words of pcstrat."""
    return visible(" ".join(part for part in (label, title or otherwise) if part))


def printed(label: str | None, title: str | None) -> str:
    """The plan's own heading of a section that every plan has; it stands small above the common one."""
    return visible(" ".join(part for part in (label, title) if part))


def why_section(index: PlanIndex) -> Section | None:
    """Why change: the vision first, then strengths, challenges and background; None when nothing is stated."""
    plan = index.plan
    below: list[Section] = []
    if plan.vision:
        below.append(vision_section(index, plan.vision))
    below += _evidence_section(index, "strengths", plan.strengths)
    below += _evidence_section(index, "challenges", plan.challenges)
    below += _context_sections(index, plan.context)
    below += _requirement_sections(index, plan.requirements)
    below += _figures_section(index)
    if not below:
        return None
    return Section(id=part_id("part", "why"), title=words.SECTIONS["why"], level=2, sections=tuple(below))


def vision_section(index: PlanIndex, vision: Vision) -> Section:
    """The vision: its statement, its aims, its lists of elements, and its parts."""
    blocks: list[Block] = []
    if vision.statement:
        blocks.append(Paragraph(text=prose(vision.statement), style="statement"))
    if vision.text:
        blocks.append(Paragraph(text=prose(vision.text)))
    if vision.aims:
        blocks += listed_points(index, vision.aims)
    loose = tuple(element for element in vision.elements if not element.lists)
    if loose:
        blocks.append(Items(items=tuple(_element(index, element) for element in loose)))
    below = [_list_section(index, vision, entry) for entry in vision.lists]
    below += [_part_section(index, part, number) for number, part in enumerate(vision.parts, 1)]
    return Section(
        id=part_id("part", "vision"),
        title=words.SECTIONS["vision"],
        label=printed(vision.label, vision.title),
        level=3,
        blocks=tuple(blocks),
        sections=tuple(below),
    )


def listed_points(index: PlanIndex, entry: PointList, otherwise: str = "") -> Iterator[Block]:
    """Points under the plan's own heading, with how many the document counts."""
    if entry.points or entry.intro or entry.label:
        heading = visible(entry.label or otherwise)
        yield Items(items=point_items(index, entry.points), heading=heading, intro=prose(entry.intro))
    yield from count_block(entry.says)


def _list_section(index: PlanIndex, vision: Vision, entry: VisionList) -> Section:
    """A list of elements. An element is told in full in the first of its lists; later lists lead back to it."""
    items: list[Item] = []
    for element in vision.elements:
        if entry.id in element.lists:
            first = element.lists[0] == entry.id
            items.append(_element(index, element) if first else _element_again(index, element, entry))
    intro = [prose(entry.intro)] if entry.intro else []
    intro += [escape(sentence_case(time_text(entry.when)) + ".")] if entry.when else []
    blocks: list[Block] = [Items(items=tuple(items), intro=Markup(" ").join(intro), style="elements")]
    if entry.note:
        blocks.append(Paragraph(text=prose(entry.note), style="aside"))
    blocks += count_block(entry.says)
    title = titled(entry.label, entry.title, words.SECTIONS["vision"])
    return Section(id=entry.id, title=title, level=4, blocks=tuple(blocks))


def _element_again(index: PlanIndex, element: VisionElement, entry: VisionList) -> Item:
    """An element in a further list: its title there, and the way to where it is told in full."""
    places = {entry.label, entry.title} - {None}
    there = [name.title for name in element.also_called if name.where in places]
    title = there[0] if there else (element.title or element.text or "")
    told_in_full = (Markup("See {}").format(index.link(element.id)),) if element.id else ()
    return Item(label=visible(element.label or ""), title=escape(visible(title)), facts=told_in_full)


def _element(index: PlanIndex, element: VisionElement) -> Item:
    below = [Item(title=escape("Details"), items=point_items(index, element.details))] if element.details else []
    if element.benefits:
        below.append(Item(title=escape("Benefits"), items=point_items(index, element.benefits)))
    facts = [
        *also_called(element.also_called),
        *lineage_facts(element),
        *tags(element.pillars, element.themes),
        *fact("Answers", ", ".join(map(index.commitment_title, element.commitments))),
        *fact("Mentions", ", ".join(map(index.commitment_title, element.mentions))),
    ]
    return Item(
        label=visible(element.label or ""),
        title=escape(visible(element.title or "")),
        text=prose(element.text),
        facts=tuple(facts),
        items=tuple(below),
        note=prose(element.note),
        anchors=anchors_of(element),
    )


def _part_section(index: PlanIndex, part: VisionPart, number: int) -> Section:
    blocks: list[Block] = []
    if part.statement:
        blocks.append(Paragraph(text=prose(part.statement), style="statement"))
    if part.text:
        blocks.append(Paragraph(text=prose(part.text)))
    if facts := (*lineage_facts(part), *tags(part.pillars, part.themes)):
        blocks.append(FactStrip(facts=facts))
    for side, otherwise in ((part.today, "Today"), (part.future, "The future")):
        if side:
            blocks += _side_blocks(index, side, otherwise)
    return Section(
        id=part.id or part_id("vision", str(number)),
        title=titled(part.label, part.title, part.title),
        level=4,
        blocks=tuple(blocks),
        anchors=part.was,
    )


def _side_blocks(index: PlanIndex, side: PartSide, otherwise: str) -> Iterator[Block]:
    yield Items(
        heading=visible(side.label or otherwise),
        intro=prose(side.text),
        items=point_items(index, side.points),
        style="side",
    )
    yield from statistics(index, side.statistics)


def _evidence_section(index: PlanIndex, name: str, evidence: Evidence | None) -> Iterator[Section]:
    if evidence is None:
        return
    blocks: list[Block] = [Paragraph(text=prose(evidence.intro))] if evidence.intro else []
    for entry in evidence.items:
        item, numbers = evidence_item(index, entry)
        blocks.append(Items(items=(item,), style="evidence"))
        if numbers:
            blocks.append(Statistics(items=numbers))
    yield Section(
        id=part_id("part", name),
        title=words.SECTIONS[name],
        label=printed(None, evidence.title),
        level=3,
        blocks=(*_joined(blocks), *count_block(evidence.says)),
    )


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """Neighbouring lists as one list, so that a list of plain points reads as a list."""
    pending: list[Item] = []
    for block in blocks:
        if isinstance(block, Items) and block.style == "evidence":
            pending += block.items
            continue
        if pending:
            yield Items(items=tuple(pending), style="evidence")
            pending = []
        yield block
    if pending:
        yield Items(items=tuple(pending), style="evidence")


def _context_sections(index: PlanIndex, contexts: tuple[Context, ...]) -> Iterator[Section]:
    for number, context in enumerate(contexts, 1):
        blocks: list[Block] = [Paragraph(text=prose(context.text))] if context.text else []
        blocks += point_list(index, context.points)
        blocks += [*statistics(index, context.statistics), *lineage_strip(context)]
        title = titled(context.label, context.title, words.SECTIONS["context"])
        section_id = context.id or part_id("context", str(number))
        yield Section(id=section_id, title=title, level=3, blocks=tuple(blocks), anchors=context.was)


def _requirement_sections(index: PlanIndex, sections: tuple[points.Section, ...]) -> Iterator[Section]:
    for number, section in enumerate(sections, 1):
        yield plain_section(index, section, part_id("requirements", str(number)), words.SECTIONS["requirements"])


def plain_section(index: PlanIndex, section: points.Section, otherwise_id: str, otherwise: str) -> Section:
    """A section of the plan's own with a text and points."""
    blocks: list[Block] = [Paragraph(text=prose(section.text))] if section.text else []
    blocks += [*point_list(index, section.points), *count_block(section.says), *lineage_strip(section)]
    title = titled(section.label, section.title, otherwise)
    return Section(id=section.id or otherwise_id, title=title, level=3, blocks=tuple(blocks), anchors=section.was)


def _figures_section(index: PlanIndex) -> Iterator[Section]:
    figures = index.plan.figures
    if figures:
        block = Statistics(items=tuple(figure(index, entry) for entry in figures))
        yield Section(id=part_id("part", "figures"), title=words.SECTIONS["figures"], level=3, blocks=(block,))


def engagement_section(index: PlanIndex, engagement: Engagement) -> Section:
    """Who was asked, how, and what they said; what people said of the whole plan stands here too."""
    blocks: list[Block] = [Paragraph(text=prose(engagement.text))] if engagement.text else []
    if engagement.steps:
        steps = []
        for step in engagement.steps:
            when = [escape(sentence_case(time_text(step.when)))] if step.when else []
            steps.append(
                Item(
                    title=escape(visible(step.title or "")),
                    text=prose(step.text),
                    facts=(*when, *lineage_facts(step)),
                    note=prose(step.note),
                    anchors=anchors_of(step),
                )
            )
        blocks.append(Items(heading="How the plan came about", items=tuple(steps)))
        for step in engagement.steps:
            blocks += statistics(index, step.statistics)
    blocks += point_list(index, engagement.dates, "Dates printed beside these steps")
    blocks += point_list(index, engagement.groups, "Who was asked")
    blocks += statistics(index, engagement.numbers)
    if engagement.questions:
        items = tuple(Item(text=escape(visible(question))) for question in engagement.questions)
        blocks.append(Items(heading="What was asked", items=items))
    blocks += point_list(index, engagement.heard, "What people said")
    blocks += point_list(index, engagement.next, "What will still be asked")
    blocks += quote_blocks(index, index.plan.quotes)
    return Section(
        id=part_id("part", "engagement"),
        title=words.SECTIONS["engagement"],
        label=printed(engagement.label, engagement.title),
        level=2,
        blocks=tuple(blocks),
    )


def alignment_section(index: PlanIndex) -> Section | None:
    """The documents that the plan fits with or answers."""
    plan = index.plan
    if not plan.alignment and not plan.alignment_intro:
        return None
    blocks: list[Block] = []
    label = ""
    if plan.alignment_intro:
        blocks = list(plain_section(index, plan.alignment_intro, "", "").blocks)
        label = printed(plan.alignment_intro.label, plan.alignment_intro.title)
    anchors = anchors_of(plan.alignment_intro)
    blocks.append(Items(items=tuple(_alignment_item(index, entry) for entry in plan.alignment), style="documents"))
    return Section(
        id=part_id("part", "alignment"),
        title=words.SECTIONS["alignment"],
        label=label,
        level=2,
        blocks=tuple(blocks),
        anchors=anchors,
    )


def _alignment_item(index: PlanIndex, entry: Alignment) -> Item:
    facts = [
        *also_called(entry.also_called),
        *fact("By", entry.by),
        *fact("Scale", entry.scale.value if entry.scale else None),
        *fact("Published", time_text(entry.when)),
        *fact("Covers", entry.covers),
        *fact("Status", entry.status),
        *([escape(count_note(entry.count, "priorities in it").rstrip("."))] if entry.count is not None else []),
        *fact("Address", entry.url),
        *fact("Answered by", index.links(entry.serves)),
        *lineage_facts(entry),
    ]
    below = [Item(title=escape("What it says"), items=point_items(index, entry.says))] if entry.says else []
    if entry.answer:
        below.append(Item(title=escape("What this plan says to it"), items=point_items(index, entry.answer)))
    return Item(
        title=escape(visible(entry.document)),
        facts=tuple(facts),
        items=tuple(below),
        note=prose(entry.note),
        anchors=anchors_of(entry),
    )


__all__ = ["alignment_section", "engagement_section", "point_item", "titled", "why_section"]
