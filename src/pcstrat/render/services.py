"""Turns a plan into ways to find one's own service or place: what it says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, TypeAlias

from markupsafe import Markup, escape

from pcstrat.model.aims import Objective, Strand
from pcstrat.model.base import Model
from pcstrat.model.document import Place
from pcstrat.model.measures import Measure
from pcstrat.model.money import Money
from pcstrat.model.plan import Plan
from pcstrat.model.points import Lineage, Point
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import Pillar, Progress
from pcstrat.naming import opening
from pcstrat.outline import aims_of, all_parts, goes_on, milestones_of, parts_of
from pcstrat.reading import is_prose
from pcstrat.render import words
from pcstrat.render.blocks import Block, Item, Items, Link, Links, Paragraph, Section
from pcstrat.render.index import PlanIndex, full_name, models_below, name_of, part_id, short_name
from pcstrat.render.items import LONGEST_WORDS, in_full
from pcstrat.render.markdown import plain, prose
from pcstrat.terms import PILLAR_OF_THEME
from pcstrat.text import listed, sentence_case, visible

_Wanted: TypeAlias = Pillar | frozenset[Pillar]
"""One service, or all of them together."""

_Links: TypeAlias = tuple[tuple[Link, Markup], ...]


_LONGEST_SENTENCE = 240
"""Characters of what a part says of a service."""


class _Found(NamedTuple):
    """Something about a service: its name, where the page shows it, the aim or part around it, and a sentence."""

    name: str
    href: str
    within: str
    text: Markup


_ELSEWHERE = {
    "vision": "vision",
    "requirements": "why",
    "context": "why",
    "figures": "why",
    "strengths": "why",
    "challenges": "why",
    "engagement": "engagement",
    "alignment": "alignment",
    "funding": "money",
    "funding_statement": "money",
    "outcomes": "outcomes",
    "benefits": "benefits",
    "delivery": "delivery",
    "risks": "risks",
    "case_studies": "case_studies",
}
"""Fields of a plan outside its aims, and the section of the page that shows each."""


class _Tagged(NamedTuple):
    """Something tagged with services, and what is tagged inside it."""

    item: Model
    pillars: frozenset[Pillar]
    below: tuple[_Tagged, ...]


def services_section(index: PlanIndex) -> Section:
    """For each service and each place named: the items that speak of it."""
    every = frozenset(Pillar)
    tagged = {id(part): _tagged_in(part) for part in parts_of(index.plan)}
    about = _told_apart({wanted: tuple(_about(index, wanted, tagged)) for wanted in (*Pillar, every)}, index)
    below = [_service(index, pillar, about[pillar]) for pillar in Pillar]
    if shared := about[every]:
        below.append(
            Section(id=part_id("service", "all"), title="All four services", level=3, blocks=(Links(links=shared),))
        )
    said = tuple(_said(index.plan)) if index.plan.places else ()
    places = tuple(_place_item(index, place, said) for place in index.plan.places)
    if places:
        section_id = part_id("part", "places")
        below.append(Section(id=section_id, title=words.SECTIONS["places"], level=3, blocks=(Items(items=places),)))
    return Section(id=part_id("part", "services"), title=words.SECTIONS["services"], level=2, sections=tuple(below))


def _service(index: PlanIndex, pillar: Pillar, links: _Links) -> Section:
    title = words.SERVICES[pillar]
    block: Block = Links(links=links)
    if not links:
        block = Paragraph(text=escape(_nothing_planned(index.plan, pillar)))
    return Section(id=part_id("service", pillar.value), title=title, level=3, blocks=(block,))


def _told_apart(about: Mapping[_Wanted, tuple[_Found, ...]], index: PlanIndex) -> dict[_Wanted, _Links]:
    """The links of every service; those that say the same as another of the page name what they stand in as well.

    Those that are alike even then, and lead elsewhere, get a number.
    """
    said: dict[str, set[str]] = {}
    for item_id, name in index.names.items():
        said.setdefault(name.casefold(), set()).add(f"#{item_id}")
    for entry in chain.from_iterable(about.values()):
        said.setdefault(entry.name.casefold(), set()).add(entry.href)

    def link(entry: _Found) -> Link:
        whole = entry.name
        if len(said[whole.casefold()]) > 1 and entry.within:
            whole = f"{whole} ({entry.within})"
        return Link(text=index.link_names.of(whole, entry.href), href=entry.href)

    return {wanted: tuple((link(entry), entry.text) for entry in found) for wanted, found in about.items()}


def _nothing_planned(plan: Plan, pillar: Pillar) -> str:
    """What to say where no aim has anything on a service: where else the plan speaks of it, or that it never does."""
    name = words.PILLARS[pillar].lower()
    every = frozenset(Pillar)
    speaking = {
        words.SECTIONS[section]
        for field, section in _ELSEWHERE.items()
        for part in _models_in(getattr(plan, field))
        if _is_about(_services(part), pillar, every)
        or any(_about_it(_tagged_in(part, within_part=False), pillar, every))
    }
    titles = [title for title in words.SECTIONS.values() if title in speaking]
    tagged = ((aim, _tagged_in(aim, within_part=False)) for aim in aims_of(plan))
    titles += [full_name(aim) for aim, things in tagged if any(_about_it(things, pillar, every))]
    if not titles:
        return f"This plan says nothing of its own on {name}."
    return f"This plan sets out no work of its own on {name}. It speaks of it under: {'; '.join(titles)}."


def _services(item: Model) -> frozenset[Pillar]:
    """What services an item is about: by its pillars, and by its themes that say the same."""
    fields = vars(item)
    by_theme = (PILLAR_OF_THEME[theme] for theme in fields.get("themes", ()) if theme in PILLAR_OF_THEME)
    return frozenset((*fields.get("pillars", ()), *by_theme))


def _models_in(value: object) -> tuple[Model, ...]:
    """The model or models that a field of a plan holds."""
    if isinstance(value, Model):
        return (value,)
    return value if isinstance(value, tuple) else ()


def _about(index: PlanIndex, wanted: _Wanted, tagged: Mapping[int, tuple[_Tagged, ...]]) -> Iterator[_Found]:
    """What is about one pillar, or about all four, each with a sentence: the narrowest items, not those around them.

    `tagged` is what is tagged in each part, by the identity of the part, since parts may be equal.
    """
    every = frozenset(Pillar)
    for aim in aims_of(index.plan):
        parts = [part for part in all_parts(aim) if _is_about(_services(part), wanted, every)]
        inside = {id(below) for part in parts for below in _below(part)}
        about = inside & set(map(id, parts))
        holders = {id(part) for part in parts if any(id(below) in about for below in _below(part))}
        for part in parts:
            if id(part) not in holders:
                within = "" if part is aim else short_name(aim)
                text = _by_theme(part, wanted, _sentence(part, wanted))
                yield _Found(full_name(part), f"#{part.id or aim.id}", within, _with_end(text, aim, part))
        covered = inside | set(map(id, parts))
        for part in (part for part in all_parts(aim) if id(part) not in covered):
            within = short_name(part)
            things = (
                thing for thing in _about_it(tagged[id(part)], wanted, every) if isinstance(thing, Point | Measure)
            )
            for thing in things:
                name, href = opening(_said_by(index, thing), LONGEST_WORDS), f"#{_anchor(thing, part, aim)}"
                text = _by_theme(thing, wanted, escape(f"In: {within}"))
                yield _Found(name, href, within, _with_end(text, aim, part, thing))


def _tagged_in(item: Model, *, within_part: bool = True) -> tuple[_Tagged, ...]:
    """What is tagged with any service inside an item, without the parts below it: the outermost things."""
    found: list[_Tagged] = []
    for below in models_below(item):
        if within_part and isinstance(below, Objective | Strand):
            continue
        pillars, inside = _services(below), _tagged_in(below)
        found += [_Tagged(below, pillars, inside)] if pillars else inside
    return tuple(found)


def _about_it(
    tagged: Iterable[_Tagged], wanted: Pillar | frozenset[Pillar], every: frozenset[Pillar]
) -> Iterator[Model]:
    """The outermost things that are about one pillar, or about all four."""
    for entry in tagged:
        if _is_about(entry.pillars, wanted, every):
            yield entry.item
        else:
            yield from _about_it(entry.below, wanted, every)


def _said_by(index: PlanIndex, thing: Point | Measure) -> str:
    """What an action, a milestone, an outcome or a measure says, in words."""
    if isinstance(thing, Measure):
        return index.names.get(thing.id, name_of(thing)) if thing.id else name_of(thing)
    more = thing.text or "; ".join(map(in_full, thing.points))
    return f"{visible(plain(thing.title))}: {visible(plain(more))}" if thing.title and more else in_full(thing)


def _anchor(thing: Model, part: Objective | Strand, aim: Objective) -> str:
    """Where the page shows a thing: at itself if it has an id, else at the nearest thing around it that has one."""
    return getattr(thing, "id", None) or part.id or aim.id


def _is_about(pillars: frozenset[Pillar], wanted: _Wanted, every: frozenset[Pillar]) -> bool:
    """Whether an item belongs under a heading: what is about all four services stands apart from each of them."""
    if isinstance(wanted, frozenset):
        return pillars == wanted
    return wanted in pillars and pillars != every


def _below(part: Objective | Strand) -> tuple[Objective | Strand, ...]:
    return tuple(all_parts(part))[1:] if isinstance(part, Objective) else ()


def _sentence(part: Objective | Strand, wanted: _Wanted) -> Markup:
    """What a part says of a pillar in a sentence: its text, else the first thing it will do about it."""
    every = (*part.actions, *milestones_of(part), *part.features, *part.approach)
    things = [thing for thing in every if goes_on(thing)]
    about = [thing for thing in things if wanted in _services(thing)] or things
    text = part.text or (in_full(about[0]) if about else "")
    return escape(opening(plain(text), _LONGEST_SENTENCE))


def _with_end(said: Markup, *items: Model) -> Markup:
    """What is said beside an item; first that the plan gave it up or stopped it, or what it stands in."""
    ended = [item for item in items if isinstance(item, Lineage) and not goes_on(item)]
    if not ended:
        return said
    end = words.GIVEN_UP if any(item.retired for item in ended) else Progress.STOPPED.value
    return Markup(" ").join(filter(None, (escape(f"{sentence_case(end)}."), said)))


def _by_theme(item: Model, wanted: _Wanted, said: Markup) -> Markup:
    """What is said beside an item; where only a theme says that it is about a service, that this is our reading."""
    services = wanted if isinstance(wanted, frozenset) else frozenset([wanted])
    if services <= frozenset(vars(item).get("pillars", ())):
        return said
    names = listed(tuple(words.PILLARS[pillar] for pillar in Pillar if pillar in services))
    return Markup(" ").join(filter(None, (said, escape(f"Our classification: {names}."))))


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
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_as_written, names))})(?!\w)")
    for item_id, text in said:
        if item_id != own_id and pattern.search(text):
            yield item_id


def _as_written(name: str) -> str:
    """A pattern of a name in any letter case; but "reading" does not name Reading."""
    words = re.escape(_with_straight_quotes(name))
    return f"(?i:{words})" if " " in name or not name[0].isalpha() else f"{words[0]}(?i:{words[1:]})"


def _with_straight_quotes(text: str) -> str:
    return text.replace("’", "'")


def _said(plan: Plan) -> Iterator[tuple[str, str]]:
    """The ids of ambitions, enablers, strands, strengths and challenges, each with what it says."""
    evidence = (entry for each in (plan.strengths, plan.challenges) if each for entry in each.items)
    for item in (*parts_of(plan), *evidence):
        if item.id:
            yield item.id, _with_straight_quotes("\n".join(_texts_of(item)))


def _texts_of(part: Model) -> Iterator[str]:
    """The texts that people read of a part, each on one line, without the objectives and strands below it."""
    for name, value in vars(part).items():
        for entry in value if type(value) is tuple else (value,):
            if isinstance(entry, Time | Money | Quantity):
                yield entry.published
            elif type(entry) is str and is_prose(type(part), name) is not None:
                yield " ".join(plain(entry).split())
            elif isinstance(entry, Model) and not isinstance(entry, Objective | Strand):
                yield from _texts_of(entry)
