"""Turns a plan into its page: cover, notices and sections, in the order that every plan's page has."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import escape

from pcstrat.diff import Difference
from pcstrat.light_markdown import is_safe_link
from pcstrat.model.aims import AmbitionsIntro, Objective
from pcstrat.model.plan import Plan
from pcstrat.model.vision import Engagement
from pcstrat.model.vocabulary import MessageKind
from pcstrat.naming import shorten
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.aims import aim_section, heading
from pcstrat.render.blocks import Block, Cover, Link, Page, Paragraph, Section
from pcstrat.render.diff_page import changes_section, since_sentence
from pcstrat.render.glance import glance_section, not_stated_section
from pcstrat.render.index import PlanIndex, index_plan, part_id
from pcstrat.render.items import count_block, point_items, point_list, time_text
from pcstrat.render.markdown import plain, prose
from pcstrat.render.money import money_section
from pcstrat.render.progress import progress_section
from pcstrat.render.reference import (
    case_study_section,
    control_section,
    delivery_section,
    glossary_section,
    left_out_items,
    list_section,
    messages_section,
    people_items,
    risks_section,
    source_items,
)
from pcstrat.render.section_links import told_apart
from pcstrat.render.services import services_section
from pcstrat.render.since import notices, restatement_sentence, since_section
from pcstrat.render.summaries import accountability_section, commitments_section, measures_section
from pcstrat.render.timeline import timeline_section
from pcstrat.render.why import alignment_section, engagement_section, printed, why_section
from pcstrat.text import sentence_case, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the page needs to know besides the plan: who publishes, as at when, and what stands beside it.

    `difference` is what has changed since a revision; without it the page does not speak of changes.
    """

    as_of: dt.date
    publisher: str = ""
    accessibility_contact: str = ""
    pdf: Link | None = None
    home: Link | None = None
    downloads: tuple[Link, ...] = ()
    difference: Difference | None = None


def content_hash(plan: Plan) -> str:
    """SHA-256 of the plan's data, the same for every spelling of the same plan."""
    return hashlib.sha256(plan.model_dump_json(by_alias=True, exclude_defaults=True).encode()).hexdigest()


def plan_page(plan: Plan, registry: Registry, particulars: Particulars) -> Page:
    """The whole page of one plan."""
    index = index_plan(plan, registry)
    sections = told_apart(tuple(section for section in _sections(index, particulars) if section), index.link_names)
    restatement = restatement_sentence(index)
    return Page(
        id=plan.id,
        language=plan.language,
        cover=_cover(index, restatement, particulars),
        sections=sections,
        notices=tuple(notices(index, particulars.as_of)),
        description=_description(plan),
        publisher=particulars.publisher or _publisher(index),
        running_head=visible(plan.document.title),
        foot=restatement,
        content_hash=content_hash(plan),
        pdf=particulars.pdf,
        home=particulars.home,
        downloads=particulars.downloads,
    )


def _publisher(index: PlanIndex) -> str:
    restated = index.plan.document.restated_by
    icb = index.registry.icb(index.plan.icb)
    return restated.publisher if restated else (icb.name if icb else index.plan.icb)


def _description(plan: Plan) -> str:
    text = plain(plan.document.purpose or (plan.vision.statement if plan.vision else None)) or plan.document.title
    return shorten(visible(text), 300)


def _cover(index: PlanIndex, restatement: str, particulars: Particulars) -> Cover:
    document = index.plan.document
    icb = index.registry.icb(index.plan.icb)
    status = document.status.value if document.status else "Status: not stated"
    period = time_text(document.period) or "not stated"
    published = time_text(document.published) or "not stated"
    scope = ", ".join(words.PILLARS[pillar] for pillar in document.scope)
    return Cover(
        organisation=visible(icb.name if icb else index.plan.icb),
        title=visible(document.title),
        subtitle=visible(document.subtitle or ""),
        strapline=visible(document.strapline or ""),
        facts=tuple(
            fact
            for fact in (
                sentence_case(document.kind.value),
                sentence_case(status),
                f"Published: {published}",
                f"Period: {period}",
                scope,
                since_sentence(particulars.difference) if particulars.difference else "",
            )
            if fact
        ),
        restatement=escape(restatement),
        original=_original(document.original_url),
    )


def _original(address: str | None) -> Link | None:
    """The way to the ICB's own document; an address that is no link stands in the document control only."""
    return Link(text="The ICB's own document", href=address) if address and is_safe_link(address) else None


def _sections(index: PlanIndex, particulars: Particulars) -> Iterator[Section | None]:
    plan = index.plan
    contact = particulars.accessibility_contact
    yield control_section(index, publisher=particulars.publisher, accessibility_contact=contact)
    yield glance_section(index)
    yield services_section(index)
    yield messages_section(index, MessageKind.FOREWORD)
    yield why_section(index)
    if plan.engagement or plan.quotes:
        yield engagement_section(index, plan.engagement or Engagement())
    yield alignment_section(index)
    yield from _aims(index, "ambitions", plan.ambitions_intro, plan.ambitions)
    yield _enablers(index)
    yield timeline_section(index)
    yield progress_section(index, particulars.as_of)
    yield money_section(index)
    yield measures_section(index)
    yield commitments_section(index)
    yield accountability_section(index)
    yield delivery_section(index, plan.delivery) if plan.delivery else None
    yield messages_section(index, MessageKind.CLOSING)
    yield _list("outcomes", index)
    yield _list("benefits", index)
    yield risks_section(index)
    yield case_study_section(index, plan.case_studies)
    yield list_section("people", people_items(index))
    yield glossary_section(plan.glossary)
    yield list_section("sources", source_items(index))
    yield changes_section(particulars.difference, index.registry) if particulars.difference else None
    yield not_stated_section(index)
    yield since_section(index, particulars.as_of)
    yield list_section("left_out", left_out_items(index))


def _list(name: str, index: PlanIndex) -> Section | None:
    return list_section(name, point_items(index, getattr(index.plan, name)))


def _aims(
    index: PlanIndex, part: str, intro: AmbitionsIntro | None, aims: tuple[Objective, ...]
) -> Iterator[Section | None]:
    """The introduction, then each ambition as a section of its own that leads to the next."""
    blocks = tuple(_intro_blocks(index, intro))
    own_title = printed(intro.label, intro.title) if intro else ""
    own_heading = heading(index, part, otherwise="")
    if blocks:
        title = own_title or own_heading or heading(index, part)
        label = own_heading if own_heading != title else ""
        yield Section(id=part_id("part", part), title=title, label=label, level=2, blocks=blocks)
    links = [Link(text=index.link_name(aim, visible(aim.title)), href=f"#{aim.id}") for aim in aims]
    for number, aim in enumerate(aims):
        before = links[number - 1] if number else None
        after = links[number + 1] if number + 1 < len(links) else None
        section = aim_section(index, aim, 2, (before, after))
        yield section if number or blocks else replace(section, group=own_title or own_heading)


def _intro_blocks(index: PlanIndex, intro: AmbitionsIntro | None) -> Iterator[Block]:
    if intro:
        if intro.text:
            yield Paragraph(text=prose(intro.text), style="lead")
        yield from point_list(index, intro.points)
        yield from count_block(intro.says)
        yield from count_block(intro.says_objectives, "objectives in all")


def _enablers(index: PlanIndex) -> Section | None:
    plan = index.plan
    intro = plan.enablers_intro
    if not plan.enablers and not intro:
        return None
    names = [printed(intro.label, intro.title) if intro else "", heading(index, "enablers", otherwise="")]
    return Section(
        id=part_id("part", "enablers"),
        title=words.SECTIONS["enablers"],
        label=", ".join(dict.fromkeys(name for name in names if name)),
        level=2,
        blocks=tuple(_intro_blocks(index, intro)),
        sections=tuple(aim_section(index, enabler, 3, (None, None)) for enabler in plan.enablers),
    )
