"""Turns a plan into ways to find one's own service or place: what it says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from pcstrat.model.aims import Objective, Strand
from pcstrat.model.document import Place
from pcstrat.model.plan import Plan
from pcstrat.model.vocabulary import Pillar
from pcstrat.naming import opening
from pcstrat.outline import all_parts, milestones_of
from pcstrat.render import words
from pcstrat.render.blocks import Block, Item, Items, Link, Links, Paragraph, Section
from pcstrat.render.index import PlanIndex, full_name, part_id
from pcstrat.render.items import in_full
from pcstrat.render.markdown import plain, prose
from pcstrat.text import sentence_case, visible


def services_section(index: PlanIndex) -> Section:
    """For each service and each place named: the items that speak of it."""
    below = [_service(index, pillar) for pillar in Pillar]
    if shared := tuple(_about(index, frozenset(Pillar))):
        below.append(
            Section(id=part_id("service", "all"), title="All four services", level=3, blocks=(Links(links=shared),))
        )
    said = tuple(_said(index.plan)) if index.plan.places else ()
    places = tuple(_place_item(index, place, said) for place in index.plan.places)
    if places:
        section_id = part_id("part", "places")
        below.append(Section(id=section_id, title=words.SECTIONS["places"], level=3, blocks=(Items(items=places),)))
    return Section(id=part_id("part", "services"), title=words.SECTIONS["services"], level=2, sections=tuple(below))


def _service(index: PlanIndex, pillar: Pillar) -> Section:
    links = tuple(_about(index, pillar))
    title = words.SERVICES[pillar]
    block: Block = Links(links=links)
    if not links:
        block = Paragraph(text=escape(f"This plan says nothing of its own on {words.PILLARS[pillar].lower()}."))
    return Section(id=part_id("service", pillar.value), title=title, level=3, blocks=(block,))


def _about(index: PlanIndex, wanted: Pillar | frozenset[Pillar]) -> Iterator[tuple[Link, Markup]]:
    """What is about one pillar, or about all four, each with a sentence: the narrowest items, not those around them."""
    every = frozenset(Pillar)
    for aim in (*index.plan.ambitions, *index.plan.enablers):
        parts = [part for part in all_parts(aim) if _is_about(frozenset(part.pillars), wanted, every)]
        inside = {id(below) for part in parts for below in _below(part)}
        about = inside & set(map(id, parts))
        holders = {id(part) for part in parts if any(id(below) in about for below in _below(part))}
        for part in parts:
            if id(part) not in holders:
                yield Link(text=full_name(part), href=f"#{part.id or aim.id}"), _sentence(part, wanted)


def _is_about(pillars: frozenset[Pillar], wanted: Pillar | frozenset[Pillar], every: frozenset[Pillar]) -> bool:
    """Whether an item belongs under a heading: what is about all four services stands apart from each of them."""
    if isinstance(wanted, frozenset):
        return pillars == wanted
    return wanted in pillars and pillars != every


def _below(part: Objective | Strand) -> tuple[Objective | Strand, ...]:
    return tuple(all_parts(part))[1:] if isinstance(part, Objective) else ()


def _sentence(part: Objective | Strand, wanted: Pillar | frozenset[Pillar]) -> Markup:
    """What a part says of a pillar in a sentence: its text, else the first thing it will do about it."""
    things = (*part.actions, *milestones_of(part), *part.features, *part.approach)
    about = [thing for thing in things if wanted in thing.pillars] or list(things)
    text = part.text or (in_full(about[0]) if about else "")
    return escape(opening(plain(text), 240))


def _place_item(index: PlanIndex, place: Place, said: Iterable[tuple[str, str]]) -> Item:
    mentions = tuple(_mentions(said, (place.name, *place.also_called), place.id))
    facts = [escape(sentence_case(place.kind.value))] if place.kind else []
    facts += [escape(f"Also called: {', '.join(place.also_called)}")] if place.also_called else []
    if mentions:
        facts.append(Markup("Named in: {}").format(index.links(mentions)))
    return Item(
        title=escape(visible(place.name)),
        text=prose(place.text),
        facts=tuple(facts),
        note=prose(place.note),
        anchors=(place.id,),
    )


def _mentions(said: Iterable[tuple[str, str]], names: tuple[str, ...], own_id: str) -> Iterator[str]:
    """Ids of the items whose words name a place."""
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)
    for item_id, text in said:
        if item_id != own_id and pattern.search(text):
            yield item_id


def _said(plan: Plan) -> Iterator[tuple[str, str]]:
    """The ids of ambitions, enablers, strands, strengths and challenges, each with what it says."""
    parts = (part for aim in (*plan.ambitions, *plan.enablers) for part in all_parts(aim))
    evidence = (entry for each in (plan.strengths, plan.challenges) if each for entry in each.items)
    for item in (*parts, *evidence):
        if item.id:
            yield item.id, _words_of(item)


def _words_of(part: object) -> str:
    """What a part says itself, without the objectives and strands below it."""
    fields = type(part).model_fields  # type: ignore[attr-defined]
    return str([getattr(part, name) for name in fields if name not in {"objectives", "strands"}])
