"""Turns the parts of a plan that readers look things up in into sections: control, commitments, people, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from markupsafe import Markup, escape

from pcstrat.model.delivery import Body, CaseStudy, Delivery, GovernanceLevel, Phase
from pcstrat.model.document import Document, Message, Term
from pcstrat.model.evidence import Source
from pcstrat.model.vocabulary import MessageKind
from pcstrat.render import words
from pcstrat.render.blocks import Block, Cell, Column, FactStrip, Item, Items, Paragraph, Row, Section, Table
from pcstrat.render.index import PlanIndex, anchors_of, part_id
from pcstrat.render.items import (
    count_block,
    fact,
    lineage_facts,
    lineage_strip,
    point_items,
    point_list,
    risk_item,
    tags,
    time_text,
    who_text,
)
from pcstrat.render.markdown import in_a_row, prose
from pcstrat.render.why import listed_points, printed
from pcstrat.text import in_a_sentence, listed, sentence_case, sorting_key, visible

Fact: TypeAlias = tuple[str, Markup | str | None]
"""What is stated, by its name; nothing where it is not stated."""

FACT_COLUMNS = (Column(title="What"), Column(title="What the document says"))


def facts_table(table_id: str, caption: str, facts: Iterable[Fact]) -> Table:
    """Two columns: what, and what is stated of it. What is not stated is named together in the last row."""
    return Table(id=table_id, caption=caption, columns=FACT_COLUMNS, rows=tuple(_fact_rows(facts)), style="facts")


def _fact_rows(facts: Iterable[Fact]) -> Iterator[Row]:
    missing: list[str] = []
    for name, value in facts:
        if shown := value if isinstance(value, Markup) else escape(visible(value or "")):
            yield Row(header=Cell(text=escape(name)), cells=(Cell(text=shown),))
        else:
            missing.append(name)
    if missing:
        names = sentence_case(", ".join(map(in_a_sentence, missing)))
        yield Row(header=Cell(text=escape(words.NOT_STATED)), cells=(Cell(text=escape(names), missing=True),))


def control_section(index: PlanIndex, *, publisher: str, accessibility_contact: str) -> Section:
    """Document control (what a public body must say of a document), then what else is stated of it."""
    document = index.plan.document
    blocks: list[Block] = []
    facts = _control_facts(index, document, publisher, accessibility_contact)
    blocks.append(facts_table(part_id("table", "control"), "Document control", facts))
    blocks += point_list(index, document.audience, "Who it is for")
    if document.comment_on and document.comment_on.text:
        blocks.append(Paragraph(text=prose(document.comment_on.text)))
    if document.out_of_scope:
        blocks.append(Items(heading="What it does not cover", items=tuple(_out_of_scope(index, document))))
    if document.board:
        blocks += _board_blocks(index, document)
    return Section(id=part_id("part", "control"), title=words.SECTIONS["control"], level=2, blocks=tuple(blocks))


def messages_section(index: PlanIndex, kind: MessageKind) -> Section | None:
    """The forewords, or the closing letters, reported; None when the document has none."""
    sections = tuple(
        _message_section(index, message, number)
        for number, message in enumerate(index.plan.messages, 1)
        if message.kind is kind
    )
    if not sections:
        return None
    return Section(id=part_id("part", kind.value), title=words.MESSAGES[kind], level=2, sections=sections)


def _board_name(index: PlanIndex, code: str) -> str:
    """The name of an ICB as the registry has it; its code where it has none."""
    icb = index.registry.icb(code)
    return icb.name if icb else code


def not_stated_of_document(index: PlanIndex) -> tuple[str, ...]:
    """What document control says is not stated, as far as it is for the plan to state, in words of a sentence."""
    return tuple(words.DOCUMENT_FACTS[name] for name, value in _own_facts(index.plan.document) if not value)


def _own_facts(document: Document) -> Iterator[Fact]:
    """What every document is expected to say of itself."""
    yield from _version_facts(document)
    yield "Covers", ", ".join(words.PILLARS[pillar] for pillar in document.scope)
    yield "Owner", who_text(document.owner)
    yield "Contact", document.contact


def _control_facts(index: PlanIndex, document: Document, publisher: str, accessibility_contact: str) -> Iterator[Fact]:
    yield from _identity_facts(index, document)
    yield from _own_facts(document)
    yield "Ask for another format", accessibility_contact or None
    optional_facts = (
        ("Prepared for", "; ".join(document.prepared_for)),
        ("Led by", index.links(document.lead)),
        *_comment_facts(document),
        ("Continues the plans of", listed([_board_name(index, code) for code in document.inherits])),
        ("Replaces", ", ".join(document.previous)),
        ("Note", prose(document.note)),
        ("Address of the original", document.original_url),
        ("Restated by", _restatement(document)),
        ("Publisher", "" if document.restated_by else publisher),
    )
    yield from ((name, value) for name, value in optional_facts if value)
    if document.restated_by and not document.original_url:
        yield "Address of the original", None


def _identity_facts(index: PlanIndex, document: Document) -> Iterator[Fact]:
    icb = index.registry.icb(index.plan.icb)
    yield "ICB", icb.name if icb else index.plan.icb
    yield "ODS code", index.plan.icb
    yield "System", index.plan.system_name
    yield "Kind of document", sentence_case(document.kind.value)
    if document.part_of:
        yield "Part of", document.part_of


def _version_facts(document: Document) -> Iterator[Fact]:
    yield "Status", sentence_case(document.status.value) if document.status else None
    if document.status_wording:
        yield "Status, as published", document.status_wording
    yield "Version", document.version
    yield "Published", sentence_case(time_text(document.published))
    yield "Approved", sentence_case(time_text(document.approved))
    yield "Next review", sentence_case(time_text(document.review))
    yield "Period", sentence_case(time_text(document.period))


def _comment_facts(document: Document) -> Iterator[Fact]:
    if comments := document.comment_on:
        yield "Comments to", comments.contact
        yield "Comments until", sentence_case(time_text(comments.closes))


def _restatement(document: Document) -> Markup:
    restated = document.restated_by
    if restated is None:
        return Markup()
    when = f", {time_text(restated.date)}" if restated.date else ""
    return Markup("{}. {}").format(sentence_case(visible(restated.publisher)) + when, prose(restated.note))


def _out_of_scope(index: PlanIndex, document: Document) -> Iterator[Item]:
    for entry in document.out_of_scope:
        facts = [
            *fact("Why", prose(entry.why)),
            *fact("Commitments", ", ".join(map(index.commitment_title, entry.commitments))),
            *tags(entry.pillars, entry.themes),
        ]
        yield Item(text=prose(entry.what), facts=tuple(facts))


def _board_blocks(index: PlanIndex, document: Document) -> Iterator[Block]:
    board = document.board
    if board is None:
        return
    facts = (
        ("Opinion of the health and wellbeing board", prose(board.health_and_wellbeing_board_opinion)),
        ("Equality impact assessment", prose(board.equality_impact_assessment)),
        ("Quality impact assessment", prose(board.quality_impact_assessment)),
        ("Consultation", prose(board.consultation)),
    )
    yield facts_table(part_id("table", "board"), "Details for boards", facts)
    yield from point_list(index, board.approvals, "Approvals")


def _message_section(index: PlanIndex, message: Message, number: int) -> Section:
    blocks: list[Block] = [Paragraph(text=prose(message.text))] if message.text else []
    blocks += point_list(index, message.points)
    if message.by:
        blocks.append(FactStrip(facts=tuple(fact("From", index.links(message.by)))))
    kind = sentence_case(message.kind.value)
    title = visible(message.title or kind)
    label = kind if title.casefold() != kind.casefold() else ""
    section_id = message.id or part_id("message", str(number))
    return Section(id=section_id, title=title, label=label, level=3, blocks=tuple(blocks))


def delivery_section(index: PlanIndex, delivery: Delivery) -> Section:
    """How the plan will be carried out: principles, governance, phases, monitoring, next steps."""
    blocks: list[Block] = [Paragraph(text=prose(delivery.text))] if delivery.text else []
    blocks += point_list(index, delivery.points)
    for entry, otherwise in (
        (delivery.principles, "Principles"),
        (delivery.monitoring, "How progress will be watched"),
        (delivery.recommendations, "Recommendations"),
    ):
        if entry:
            blocks += listed_points(index, entry, otherwise)
    blocks += point_list(index, delivery.next_steps, "Next steps")
    if delivery.levels_intro:
        blocks.append(Paragraph(text=prose(delivery.levels_intro)))
    sections = [_level_section(index, level, number) for number, level in enumerate(delivery.levels, 1)]
    sections += [_phase_section(index, phase, number) for number, phase in enumerate(delivery.phases, 1)]
    if delivery.levels_title:
        levels = tuple(_deeper(section) for section in sections[: len(delivery.levels)])
        title = visible(delivery.levels_title)
        sections = [
            Section(id=part_id("part", "levels"), title=title, level=3, sections=levels),
            *sections[len(delivery.levels) :],
        ]
    return Section(
        id=part_id("part", "delivery"),
        title=words.SECTIONS["delivery"],
        label=printed(delivery.label, delivery.title),
        level=2,
        blocks=tuple(blocks),
        sections=tuple(sections),
    )


def _deeper(section: Section) -> Section:
    return Section(id=section.id, title=section.title, level=section.level + 1, blocks=section.blocks)


def _level_section(index: PlanIndex, level: GovernanceLevel, number: int) -> Section:
    blocks: list[Block] = [Paragraph(text=prose(level.text))] if level.text else []
    if level.bodies:
        blocks.append(Items(items=tuple(_body_item(index, body) for body in level.bodies)))
    blocks += point_list(index, level.points)
    section_id = level.id or part_id("level", str(number))
    return Section(id=section_id, title=visible(level.title), level=3, blocks=tuple(blocks))


def _body_item(index: PlanIndex, body: Body) -> Item:
    facts = [
        *fact("Role", body.role.value if body.role else None),
        *fact("Status", body.status.value if body.status else None),
    ]
    below = [Item(title=escape("Members"), items=point_items(index, body.members))] if body.members else []
    return Item(
        title=escape(visible(body.name)),
        text=prose(body.text),
        facts=tuple(facts),
        items=(*below, *point_items(index, body.points)),
        anchors=anchors_of(body),
    )


def _phase_section(index: PlanIndex, phase: Phase, number: int) -> Section:
    blocks: list[Block] = [FactStrip(facts=tuple(fact("When", time_text(phase.when))))] if phase.when else []
    blocks += [Paragraph(text=prose(phase.text))] if phase.text else []
    blocks += [*point_list(index, phase.points), *lineage_strip(phase)]
    section_id = phase.id or part_id("phase", str(number))
    return Section(id=section_id, title=visible(phase.title), level=3, blocks=tuple(blocks), anchors=phase.was)


def list_section(name: str, items: tuple[Item, ...], intro: str = "") -> Section | None:
    """A section that is one list; None when the list is empty."""
    if not items:
        return None
    blocks: list[Block] = [Paragraph(text=escape(intro), style="lead")] if intro else []
    blocks.append(Items(items=items))
    return Section(id=part_id("part", name), title=words.SECTIONS[name], level=2, blocks=tuple(blocks))


def risks_section(index: PlanIndex) -> Section | None:
    """The risks of the plan as a whole, under the plan's own heading; None when it says nothing of them."""
    plan = index.plan
    intro = plan.risks_intro
    blocks: list[Block] = []
    if intro:
        blocks += [Paragraph(text=prose(intro.text), style="lead")] if intro.text else []
        blocks += [*point_list(index, intro.points), *count_block(intro.says), *lineage_strip(intro)]
    if plan.risks:
        blocks.append(Items(items=tuple(map(risk_item, plan.risks))))
    if not blocks:
        return None
    return Section(
        id=part_id("part", "risks"),
        title=words.SECTIONS["risks"],
        label=printed(intro.label, intro.title) if intro else "",
        level=2,
        blocks=tuple(blocks),
        anchors=anchors_of(intro),
    )


def people_items(index: PlanIndex) -> tuple[Item, ...]:
    """Everybody the document names, with role and organisation."""
    return tuple(
        Item(
            title=escape(visible(person.name)),
            text=escape(visible(", ".join(part for part in (person.role, person.organisation) if part))),
            anchors=(person.id,),
        )
        for person in index.plan.people
    )


def glossary_section(terms: tuple[Term, ...]) -> Section | None:
    """Terms with what they stand for in alphabetical order; those that the document never explains in one sentence."""
    if not terms:
        return None
    ordered = sorted(terms, key=lambda term: sorting_key(term.term))
    told = [term for term in ordered if term.means or term.also or term.note]
    untold = [visible(term.term) for term in ordered if term not in told]
    blocks: list[Block] = []
    if told:
        columns = (Column(title="Word or abbreviation"), Column(title="What it stands for"))
        caption = "Words that the document explains, or writes in several ways"
        rows = tuple(Row(header=Cell(text=escape(visible(term.term))), cells=(_meaning(term),)) for term in told)
        blocks.append(
            Table(id=part_id("table", "glossary"), caption=caption, columns=columns, rows=rows, style="facts")
        )
    if untold:
        blocks.append(Paragraph(text=escape(f"Used, but not explained in the document: {', '.join(untold)}.")))
    return Section(id=part_id("part", "glossary"), title=words.SECTIONS["glossary"], level=2, blocks=tuple(blocks))


def _meaning(term: Term) -> Cell:
    parts = [escape(visible(term.means or "Not explained in the document"))]
    parts += fact("Also written", ", ".join(term.also))
    parts += [prose(term.note)] if term.note else []
    return Cell(text=in_a_row(parts), missing=not term.means)


def source_items(index: PlanIndex) -> tuple[Item, ...]:
    """The numbered sources; the number is the one that references use."""
    return tuple(_source_item(index, source) for source in index.plan.sources)


def _source_item(index: PlanIndex, source: Source) -> Item:
    facts = [
        *fact("By", source.by),
        *fact("Date", time_text(source.date)),
        *fact("Covers", source.covers),
        *fact("Scale", source.scale.value if source.scale else None),
        *fact("Note in the document", source.marker),
        *fact("Where", source.where),
        *fact("Address", source.url),
    ]
    return Item(
        label=index.source_name(source.id),
        text=escape(visible(source.title)),
        facts=tuple(facts),
        note=prose(source.note),
        anchors=(source.id,),
    )


def case_study_section(index: PlanIndex, studies: tuple[CaseStudy, ...]) -> Section | None:
    """The stories the document tells."""
    if not studies:
        return None
    return Section(
        id=part_id("part", "case-studies"),
        title=words.SECTIONS["case_studies"],
        level=2,
        sections=tuple(_case_study(index, study) for study in studies),
    )


def _case_study(index: PlanIndex, study: CaseStudy) -> Section:
    blocks: list[Block] = [Paragraph(text=prose(study.text))] if study.text else []
    facts = [
        *fact("Organisation", study.organisation),
        *fact("People", index.links(study.people)),
        *fact("Place", index.link(study.place) if study.place else None),
        *fact("About", index.links(study.about)),
        *lineage_facts(study),
        *tags(study.pillars, ()),
        *fact("Link in the document", study.link_text),
        *fact("Address", study.url),
    ]
    blocks += [FactStrip(facts=tuple(facts))] if facts else []
    blocks += point_list(index, study.points)
    blocks += point_list(index, study.learning, "What was said")
    if study.note:
        blocks.append(Paragraph(text=prose(study.note), style="aside"))
    return Section(
        id=study.id,
        title=visible(study.title),
        label=visible(study.label or ""),
        level=3,
        blocks=tuple(blocks),
        anchors=study.was,
    )


def left_out_items(index: PlanIndex) -> tuple[Item, ...]:
    """What the restatement leaves out, with reasons."""
    return tuple(
        Item(text=prose(entry.what), facts=tuple(fact("Why", prose(entry.why)))) for entry in index.plan.left_out
    )
