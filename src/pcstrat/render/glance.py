"""Turns a plan into what a reader can take in at a glance, and into what it does not state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import escape

from pcstrat.model.aims import Ambition, Objective, Strand
from pcstrat.model.base import Prose
from pcstrat.model.evidence import Figure
from pcstrat.model.plan import Plan
from pcstrat.model.vocabulary import FigureKey, Progress
from pcstrat.money_outline import amounts_in_plan
from pcstrat.naming import opening
from pcstrat.outline import Dated, aims_of, children_of, goes_on, milestones_of
from pcstrat.render import words
from pcstrat.render.aims import absences
from pcstrat.render.blocks import (
    Block,
    Card,
    Cards,
    Item,
    Items,
    MoneyLines,
    Paragraph,
    Section,
    StatedNumber,
    Statistics,
)
from pcstrat.render.index import PlanIndex, label_and_title, part_id
from pcstrat.render.items import LONGEST_WORDS, figure, in_full, time_text
from pcstrat.render.markdown import link, plain, prose
from pcstrat.render.money import funding_sentence, largest_amounts
from pcstrat.render.reference import not_stated_of_document
from pcstrat.render.timeline import MilestoneLinks
from pcstrat.text import counted, first_few, listed, sentence_case

MOST_CARDS = 6
MOST_ACTIONS = 3
MOST_DATES = 5
MOST_FIGURES = 4
MOST_AMOUNTS = 5


def glance_section(index: PlanIndex) -> Section:
    """The plan in one screen: purpose, four numbers, ambitions, first dates, money, what is missing."""
    plan = index.plan
    blocks: list[Block] = []
    if purpose := purpose_of(plan):
        blocks.append(Paragraph(text=prose(purpose), style="lead"))
    if numbers := headlines(index):
        blocks.append(Statistics(items=numbers, style="band"))
    if aims := card_aims(plan):
        blocks.append(Cards(cards=tuple(_linked(index, aim) for aim in aims)))
    if more := more_aims(plan):
        blocks.append(Paragraph(text=escape(f"{sentence_case(more)}."), style="aside"))
    blocks += _key_dates(index)
    amounts = amounts_in_plan(plan)
    blocks.append(Paragraph(text=escape(funding_sentence(amounts))))
    if bars := largest_amounts(amounts, MOST_AMOUNTS):
        text = "All amounts in a table" if len(bars) == len(amounts) else f"All {len(amounts)} amounts in a table"
        blocks += [MoneyLines(bars=bars), Paragraph(text=link(f"#{part_id('part', 'money')}", text))]
    if sentence := not_stated_sentence(index):
        blocks.append(Paragraph(text=escape(sentence), style="aside"))
    return Section(
        id=part_id("part", "glance"), title=words.SECTIONS["glance"], level=2, blocks=tuple(blocks), style="glance"
    )


def purpose_of(plan: Plan) -> Prose | None:
    """What the document is for; else what it hopes for."""
    return plan.document.purpose or (plan.vision.statement if plan.vision else None)


def not_stated_sentence(index: PlanIndex) -> str:
    """What the plan states nowhere, as one sentence; empty when it states everything."""
    missing = not_stated_by_plan(index)
    return f"Not stated in this plan: {listed(missing)}." if missing else ""


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


def headlines(index: PlanIndex) -> tuple[StatedNumber, ...]:
    """Numbers without their qualifications: the section with all figures has those."""
    shown = (figure(index, entry) for entry in headline_figures(index.plan))
    return tuple(StatedNumber(number=entry.number, text=entry.text) for entry in shown)


def card_aims(plan: Plan) -> tuple[Objective, ...]:
    """Whichever level has two to six items: the ambitions, or the objectives of a single ambition.

    What was given up has no card.
    """
    return _aims_of_level(plan)[:MOST_CARDS]


def more_aims(plan: Plan) -> str:
    """How many ambitions or objectives have no card, in words; empty when all have one."""
    every = _aims_of_level(plan)
    if len(every) <= MOST_CARDS:
        return ""
    noun = "ambition" if isinstance(every[0], Ambition) else "objective"
    return f"and {counted(len(every) - MOST_CARDS, f'more {noun}')}"


def _aims_of_level(plan: Plan) -> tuple[Objective, ...]:
    every = tuple(aim for aim in plan.ambitions if goes_on(aim))
    ambitions = tuple(aim for aim in every if not aim.additional) or every
    objectives = tuple(aim for aim in ambitions[0].objectives if goes_on(aim)) if len(ambitions) == 1 else ()
    return objectives if len(objectives) > 1 else ambitions


def card(index: PlanIndex, aim: Objective, *, actions: int = MOST_ACTIONS, length: int = LONGEST_WORDS) -> Card:
    """An ambition or objective in few words: so many things to do, or one more if those are all, each in short."""
    things = [plain(text) for text in _things_to_do(aim)]
    shown = first_few(things, actions) if actions else ()
    more = len(things) - len(shown)
    label, title = label_and_title(aim)
    return Card(
        label=label,
        title=title,
        href="",
        actions=tuple(escape(opening(text, length)) for text in shown),
        more=f"and {more} more" if more > 0 else "",
        foot=_date_sentence(index, aim),
    )


def _linked(index: PlanIndex, aim: Objective) -> Card:
    """A card whose title leads to its aim."""
    shown = card(index, aim)
    name = index.link_name(aim, shown.title)
    return replace(shown, href=f"#{aim.id}", link_name="" if name == shown.title else name)


def _things_to_do(aim: Objective) -> Iterator[str]:
    """Objectives, else actions, else milestones, else strands: what says most about an ambition in few words."""
    if children := [child for child in children_of(aim) if goes_on(child)]:
        yield from (child.title for child in children)
        return
    strands = [strand for strand in aim.strands if goes_on(strand)]
    parts: tuple[Objective | Strand, ...] = (aim, *strands)
    actions = [in_full(action) for part in parts for action in part.actions if goes_on(action)]
    milestones = [in_full(each) for part in parts for each in milestones_of(part) if goes_on(each)]
    yield from actions or milestones or [strand.title for strand in strands] or filter(None, [aim.text])


def _date_sentence(index: PlanIndex, aim: Objective) -> str:
    """The first date of an aim; where none is stated, or nothing that has one goes on, that."""
    milestones = index.milestones_under(aim)
    if first := _first_to_come(milestones):
        return f"First date: {time_text(first[0].time)}"
    is_over = any(entry.is_dated for entry in milestones)
    return "What has a date was given up or stopped" if is_over else "No date stated"


def first_dates(index: PlanIndex) -> tuple[Dated, ...]:
    """The milestones with a date, the first first, and what the plan says is over only where there is nothing else.

    None where no milestone has a date of its own: what stands under periods alone is told by `dates_sentence`.
    """
    if not any(entry.is_dated and entry.own_time and entry.goes_on for entry in index.milestones):
        return ()
    return _first_to_come(index.milestones)


def number_of_dates(index: PlanIndex) -> int:
    """How many milestones that go on have a date."""
    return sum(entry.is_dated and entry.goes_on for entry in index.milestones)


def _first_to_come(milestones: Iterable[Dated]) -> tuple[Dated, ...]:
    """Milestones that go on, with a date, by their first day, without those that are done, unless all are."""
    dated = [entry for entry in milestones if entry.is_dated and entry.goes_on]
    to_come = [entry for entry in dated if entry.milestone.status is not Progress.DONE]
    return tuple(sorted(to_come or dated, key=lambda entry: entry.sort_key))


def dates_sentence(index: PlanIndex) -> str:
    """What to say where no milestone has a date of its own: the periods they stand under, else that there are none."""
    times = {entry.time for entry in index.milestones if entry.is_dated and entry.goes_on and entry.time}
    if not times:
        return words.NO_DATES
    periods = dict.fromkeys(time_text(time) for time in sorted(times, key=lambda time: time.sort_key))
    return words.PERIODS_ONLY.format(periods=listed(tuple(periods)))


def _key_dates(index: PlanIndex) -> Iterator[Block]:
    first = first_dates(index)[:MOST_DATES]
    if not first:
        if number_of_dates(index):
            yield Paragraph(text=escape(dates_sentence(index)))
        return
    links = MilestoneLinks(index, index.milestones, date_words)
    yield Items(heading="First dates", items=tuple(_date_item(entry, links) for entry in first), style="dates")
    if more := number_of_dates(index) - len(first):
        link_text = f"{sentence_case(counted(more, 'more date'))} in the timeline"
        yield Paragraph(text=link(f"#{part_id('part', 'timeline')}", link_text))


def date_words(entry: Dated, length: int = LONGEST_WORDS) -> str:
    """What happens at a date, in at most so many characters."""
    return opening(in_full(entry.milestone), length)


def _date_item(entry: Dated, links: MilestoneLinks) -> Item:
    return Item(title=escape(sentence_case(time_text(entry.time))), text=links.of(entry))


def not_stated_by_plan(index: PlanIndex) -> tuple[str, ...]:
    """What the plan states nowhere, in words: of its content first, then what document control lacks as well."""
    plan = index.plan
    aims = [aim for aim in aims_of(plan) if aim.id not in index.given_up]
    missing = [
        name
        for name in ("dates", "money", "measures", "owner")
        if aims and all(name in absences(index, aim) for aim in aims)
    ]
    if "money" in missing and not all(named.is_given_up for named in amounts_in_plan(plan)):
        missing.remove("money")
    if not plan.risks and not any(aim.risks for aim in aims):
        missing.append("risks")
    named = tuple({"owner": "owners of objectives"}.get(name, name) for name in missing)
    return (*named, *not_stated_of_document(index))


def not_stated_section(index: PlanIndex) -> Section | None:
    """One list of what the plan states nowhere, then each objective with what it does not state."""
    plan = index.plan
    missing = not_stated_by_plan(index)
    every = (child for aim in plan.ambitions for child in (aim.objectives or (aim,)))
    leaves = [aim for aim in every if aim.id not in index.given_up]
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
