"""Turns a plan into what a reader can take in at a glance, and into ways to find one's own service or place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from pcstrat.model.aims import Ambition, Objective, Strand
from pcstrat.model.document import Place
from pcstrat.model.evidence import Figure
from pcstrat.model.plan import Plan
from pcstrat.model.points import Point
from pcstrat.model.vocabulary import FigureKey, Pillar
from pcstrat.naming import opening
from pcstrat.outline import Dated, all_parts, amounts_of, dated_milestones, milestones_of, tables_of
from pcstrat.render import words
from pcstrat.render.aims import absences
from pcstrat.render.blocks import (
    Block,
    Card,
    Cards,
    Item,
    Items,
    Link,
    Links,
    Paragraph,
    Section,
    Statistic,
    Statistics,
)
from pcstrat.render.index import PlanIndex, full_name, part_id
from pcstrat.render.items import figure, time_text
from pcstrat.render.markdown import link, plain, prose
from pcstrat.render.money import funding_sentence, money_chart
from pcstrat.render.timeline import link_names, milestone_link
from pcstrat.text import listed, sentence_case, visible

MOST_CARDS = 6
MOST_ACTIONS = 3
MOST_DATES = 5
MOST_FIGURES = 4


def glance_section(index: PlanIndex) -> Section:
    """The plan in one screen: purpose, four numbers, ambitions, first dates, money, what is missing."""
    plan = index.plan
    blocks: list[Block] = []
    purpose = plan.document.purpose or (plan.vision.statement if plan.vision else None)
    if purpose:
        blocks.append(Paragraph(text=prose(purpose), style="lead"))
    numbers = tuple(_headline(index, entry) for entry in headline_figures(plan))
    if numbers:
        blocks.append(Statistics(items=numbers, style="band"))
    blocks.append(Cards(cards=tuple(_card(aim) for aim in card_aims(plan))))
    blocks += _key_dates(plan)
    amounts = amounts_of(tables_of(plan))
    blocks.append(Paragraph(text=escape(funding_sentence(amounts))))
    charts = list(money_chart(part_id("chart", "glance-money"), amounts))
    if charts:
        blocks += [*charts, Paragraph(text=link(f"#{part_id('part', 'money')}", "All amounts in a table"))]
    missing = not_stated_by_plan(index)
    if missing:
        blocks.append(Paragraph(text=escape(f"Not stated in this plan: {listed(missing)}."), style="aside"))
    return Section(
        id=part_id("part", "glance"), title=words.SECTIONS["glance"], level=2, blocks=tuple(blocks), style="glance"
    )


HEADLINES = (
    FigureKey.POPULATION,
    FigureKey.GENERAL_PRACTICES,
    FigureKey.COMMUNITY_PHARMACIES,
    FigureKey.DENTAL_PRACTICES,
    FigureKey.OPTICIANS,
    FigureKey.PRIMARY_CARE_NETWORKS,
    FigureKey.BOROUGHS,
)
"""The counts that tell most about an area, in this order."""


def headline_figures(plan: Plan) -> tuple[Figure, ...]:
    """At most four figures of the standard list, each counted once and without a remark on what it means."""
    clear = {entry.key: entry for entry in reversed(plan.figures) if not entry.note}
    return tuple(clear[key] for key in HEADLINES if key in clear)[:MOST_FIGURES]


def _headline(index: PlanIndex, entry: Figure) -> Statistic:
    """A number without its qualifications: the section with all figures has those."""
    shown = figure(index, entry)
    return Statistic(number=shown.number, text=shown.text)


def card_aims(plan: Plan) -> tuple[Objective, ...]:
    """Whichever level has two to six items: the ambitions, or the objectives of a single ambition."""
    ambitions = tuple(aim for aim in plan.ambitions if not aim.additional) or plan.ambitions
    if len(ambitions) == 1 and len(ambitions[0].objectives) > 1:
        return ambitions[0].objectives[:MOST_CARDS]
    return ambitions[:MOST_CARDS]


def _card(aim: Objective) -> Card:
    actions = [plain(text) for text in _things_to_do(aim)]
    more = len(actions) - MOST_ACTIONS
    first = _first_date(aim)
    return Card(
        label=visible(aim.label or ""),
        title=visible(aim.title),
        href=f"#{aim.id}",
        actions=tuple(escape(opening(text, 110)) for text in actions[:MOST_ACTIONS]),
        more=f"and {more} more" if more > 0 else "",
        foot=f"First date: {first}" if first else "No date stated",
    )


def _things_to_do(aim: Objective) -> Iterator[str]:
    """Objectives, else actions, else milestones, else strands: what says most about an ambition in few words."""
    if isinstance(aim, Ambition) and aim.objectives:
        yield from (child.title for child in aim.objectives)
        return
    parts = list(all_parts(aim))
    actions = [_in_full(action) for part in parts for action in part.actions]
    milestones = [_in_full(milestone) for part in parts for milestone in milestones_of(part)]
    yield from actions or milestones or [strand.title for strand in aim.strands] or [aim.text or ""]


def _in_full(point: Point) -> str:
    """What a point says: its title where it has one, else its text, with the points that a colon announces."""
    said = visible(plain(point.title or point.text))
    if said and not said.endswith(":"):
        return said
    return f"{said} {'; '.join(map(_in_full, point.points))}".strip()


def _first_date(aim: Objective) -> str:
    dated = [entry for entry in dated_milestones((aim,)) if entry.is_dated and entry.time]
    if not dated:
        return ""
    return time_text(min(dated, key=lambda entry: entry.time.sort_key).time)  # type: ignore[union-attr]


def _key_dates(plan: Plan) -> Iterator[Block]:
    entries = [entry for entry in dated_milestones(plan.ambitions) if entry.own_time and entry.own_time.is_dated]
    if not entries:
        return
    first = sorted(entries, key=lambda entry: entry.time.sort_key)[:MOST_DATES]  # type: ignore[union-attr]
    names = link_names(tuple(dated_milestones((*plan.ambitions, *plan.enablers))), _date_words)
    yield Items(heading="First dates", items=tuple(_date_item(entry, names) for entry in first), style="dates")


def _date_words(entry: Dated) -> str:
    return opening(_in_full(entry.milestone), 110)


def _date_item(entry: Dated, names: dict[str, str]) -> Item:
    name = _date_words(entry)
    text = milestone_link(entry, name, names) if entry.milestone.id else escape(name)
    return Item(title=escape(sentence_case(time_text(entry.time))), text=text)


def not_stated_by_plan(index: PlanIndex) -> tuple[str, ...]:
    """What the plan states nowhere, in words."""
    plan = index.plan
    aims = (*plan.ambitions, *plan.enablers)
    missing = [
        name
        for name in ("dates", "money", "measures", "owner")
        if aims and all(name in absences(index, aim) for aim in aims)
    ]
    if amounts_of(tables_of(plan)) and "money" in missing:
        missing.remove("money")
    document = {
        "document date": plan.document.published,
        "period": plan.document.period,
        "version": plan.document.version,
    }
    parts = {"risks": plan.risks or any(aim.risks for aim in aims), "review date": plan.document.review}
    missing += [name for name, value in {**document, **parts}.items() if not value]
    return tuple({"owner": "owners of objectives"}.get(name, name) for name in missing)


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
    text = part.text or (_in_full(about[0]) if about else "")
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


def not_stated_section(index: PlanIndex) -> Section | None:
    """One list of what the plan states nowhere, then each objective with what it does not state."""
    plan = index.plan
    missing = not_stated_by_plan(index)
    leaves = [child for aim in plan.ambitions for child in (aim.objectives or (aim,))]
    alike: dict[tuple[str, ...], list[str]] = {}
    for aim in leaves:
        alike.setdefault(absences(index, aim), []).append(aim.id)
    items = tuple(
        Item(title=escape(sentence_case(listed(names))), text=index.links(tuple(ids)))
        for names, ids in alike.items()
        if names
    )
    if not missing and not items:
        return None
    blocks: list[Block] = []
    if missing:
        blocks.append(Paragraph(text=escape(f"The plan does not state: {listed(missing)}."), style="lead"))
    if items:
        blocks.append(Items(heading="What each objective does not state", items=items))
    return Section(id=part_id("part", "not-stated"), title=words.SECTIONS["not_stated"], level=2, blocks=tuple(blocks))
