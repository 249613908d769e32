"""Turns points, actions, milestones and statistics of a plan into list items that are ready to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from pcstrat.model.aims import Risk
from pcstrat.model.evidence import EvidenceItem, Figure, Statistic
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.points import Achievement, Action, Lineage, Milestone, Point
from pcstrat.model.quantities import format_quantity
from pcstrat.model.times import Time, format_time
from pcstrat.model.vision import AlsoCalled
from pcstrat.model.vocabulary import MilestoneKind, Pillar, Progress, Theme
from pcstrat.outline import goes_on
from pcstrat.placeholders import is_placeholder, is_to_come
from pcstrat.render import words
from pcstrat.render.blocks import FactStrip, Item, Items, Link, Paragraph, StatedNumber, Statistics
from pcstrat.render.index import PlanIndex, anchors_of
from pcstrat.render.markdown import in_a_row, plain, prose
from pcstrat.text import sentence_case, visible

LONGEST_WORDS = 160
"""Characters of an action or a milestone where it is one of many."""


def fact(label: str, value: str | Markup | None) -> Iterator[Markup]:
    """A short fact, "Owner: Primary Care Team", when there is one."""
    if value:
        shown = value if isinstance(value, Markup) else escape(visible(value))
        yield Markup(f"{escape(label)}: {shown}")  # noqa: S704 - both are escaped


def who_text(*names: str | None) -> str:
    """What names or values say; where only a placeholder stands, that it is to be confirmed or not stated."""
    return ", ".join(map(_name_text, filter(None, names)))


def _name_text(name: str) -> str:
    if not is_placeholder(name):
        return name
    return words.TO_BE_CONFIRMED if is_to_come(name) else f"{words.NOT_STATED} (“{name}”)"


def time_text(time: Time | None) -> str:
    """A time in words, or nothing."""
    return format_time(time) if time is not None else ""


def tags(pillars: Iterable[Pillar], themes: Iterable[Theme]) -> Iterator[Markup]:
    """What an item is about, in our classification."""
    names = [*(words.PILLARS[pillar] for pillar in pillars), *(words.THEMES[theme] for theme in themes)]
    yield from fact("About", ", ".join(dict.fromkeys(names)))


def ending(item: Lineage, *, is_given_up: bool = False) -> str:
    """That the plan does not mean to do something any more, in words; empty where it does.

    `is_given_up` says that something around it was given up.
    """
    if is_given_up or item.retired:
        return words.GIVEN_UP
    return "" if goes_on(item) else Progress.STOPPED.value


def lineage_facts(item: Lineage) -> Iterator[Markup]:
    """That an item was given up, and why."""
    if item.retired:
        said = (escape(time_text(item.retired.when)), prose(item.retired.reason))
        yield from fact("Given up", in_a_row(said))


def also_called(names: Iterable[AlsoCalled]) -> Iterator[Markup]:
    """Other names of a thing as one fact, each with where it is used."""
    titles = (visible(name.title) + (f" ({visible(name.where)})" if name.where else "") for name in names)
    yield from fact("Also called", "; ".join(titles))


def lineage_strip(item: Lineage) -> Iterator[FactStrip]:
    """The same as a line of its own, when it was."""
    if facts := tuple(lineage_facts(item)):
        yield FactStrip(facts=facts)


def count_note(count: int | None, noun: str = "") -> str:
    """How many the document itself says there are. Whether that is so is a matter for validation, not for readers."""
    return f"The document counts {f'{count:,} {noun}'.strip()}." if count is not None else ""


def point_item(index: PlanIndex, point: Point) -> Item:
    """A point of any sort as a list item."""
    facts = tuple(_point_facts(index, point))
    return _item(index, point, facts, only_tags=_are_tags(facts, point))


def _item(
    index: PlanIndex, entry: Point | EvidenceItem | Measure, facts: tuple[Markup, ...], *, only_tags: bool = False
) -> Item:
    """What a plan lists, by its label, title and text, with what is stated of it and the points under it."""
    return Item(
        label=visible(entry.label or ""),
        title=escape(visible(entry.title or "")),
        text=prose(entry.text),
        facts=facts,
        items=point_items(index, entry.points),
        note=prose(entry.note),
        anchors=anchors_of(entry),
        only_tags=only_tags,
    )


def _are_tags(facts: tuple[Markup, ...], tagged: Point | EvidenceItem | Risk) -> bool:
    return bool(facts) and facts == tuple(tags(tagged.pillars, tagged.themes))


def point_items(index: PlanIndex, points: Iterable[Point]) -> tuple[Item, ...]:
    """Points as list items."""
    return tuple(point_item(index, point) for point in points)


def point_list(
    index: PlanIndex, points: tuple[Point, ...], heading: str = "", intro: str | None = None
) -> Iterator[Items]:
    """A list of points under a small heading, when there are any."""
    if points or intro:
        yield Items(items=point_items(index, points), heading=visible(heading), intro=prose(intro))


def count_block(count: int | None, noun: str = "") -> Iterator[Paragraph]:
    """The note on how many the document counts, when it does."""
    if count is not None:
        yield Paragraph(text=escape(count_note(count, noun)), style="aside")


def _point_facts(index: PlanIndex, point: Point) -> Iterator[Markup]:
    if point.when:
        yield escape(sentence_case(time_text(point.when)))
    if isinstance(point, Milestone):
        yield from _milestone_facts(point)
    if isinstance(point, Action):
        yield from _action_facts(index, point)
    if isinstance(point, Achievement):
        yield from fact("Led by", who_text(point.led_by))
    if point.source:
        yield index.source_link(point.source)
    yield from lineage_facts(point)
    yield from tags(point.pillars, point.themes)


def _milestone_facts(milestone: Milestone) -> Iterator[Markup]:
    yield from fact("Due", time_text(milestone.due))
    yield from fact("Repeats", time_text(milestone.repeats))
    if milestone.kind is not MilestoneKind.ACTION:
        yield escape("An outcome" if milestone.kind is MilestoneKind.OUTCOME else "An output")


def _action_facts(index: PlanIndex, action: Action) -> Iterator[Markup]:
    yield from fact("Owner", who_text(action.owner))
    yield from fact("Led by", who_text(action.led_by))
    yield from fact("With", ", ".join(action.partners))
    yield from fact("Condition", prose(action.condition))
    yield from fact("Status", action.status.value if action.status else None)
    yield from fact("Set by", action.set_by)
    yield from fact("See", index.links(action.see))
    yield from fact("After", index.links(action.depends_on))
    yield from fact("Answers", ", ".join(map(index.commitment_title, action.commitments)))


def statistic(index: PlanIndex, entry: Statistic) -> StatedNumber:
    """A statistic with its sentence, qualifiers and source."""
    return StatedNumber(
        number=_number_shown(entry),
        text=prose(entry.text),
        facts=tuple(_statistic_facts(entry)),
        source=_source(index, entry.source),
        note=prose(entry.note),
        anchors=anchors_of(entry),
    )


def _number_shown(entry: Statistic) -> str:
    """The number to show large; none where the sentence opens with the same words."""
    number = format_quantity(entry.value) if entry.value else ""
    return "" if plain(entry.text).casefold().startswith(number.casefold()) else number


def _statistic_facts(entry: Statistic) -> Iterator[Markup]:
    yield from fact("Of", entry.of)
    yield from fact("Period", time_text(entry.period))
    yield from fact("As at", time_text(entry.as_at))
    yield from fact("Stated in", entry.where)
    yield from fact("Note marker", entry.marker)
    if entry.source == "not stated":
        yield escape("Source not stated")
    yield from lineage_facts(entry)
    yield from tags(entry.pillars, entry.themes)


def _source(index: PlanIndex, source: str | None) -> Link | None:
    if not source or source == "not stated":
        return None
    return Link(text=index.source_name(source), href=f"#{source}")


def statistics(index: PlanIndex, entries: tuple[Statistic, ...], heading: str = "") -> Iterator[Statistics]:
    """Statistics as a block, when there are any."""
    if entries:
        yield Statistics(items=tuple(statistic(index, entry) for entry in entries), heading=visible(heading))


def figure(index: PlanIndex, entry: Figure) -> StatedNumber:
    """A count about the area as a statistic."""
    parts = ", ".join(f"{format_quantity(part.value)} {part.of}" for part in entry.parts)
    facts = [
        *fact("Made up of", parts),
        *fact("As at", time_text(entry.as_at)),
        *fact("Stated in", entry.where),
        *([escape("Source not stated")] if entry.source == "not stated" else []),
    ]
    return StatedNumber(
        number=format_quantity(entry.value),
        text=prose(entry.text or words.FIGURES[entry.key]),
        facts=tuple(facts),
        source=_source(index, entry.source),
        note=prose(entry.note),
        anchors=anchors_of(entry),
    )


def evidence_item(index: PlanIndex, entry: EvidenceItem) -> tuple[Item, tuple[StatedNumber, ...]]:
    """A strength or challenge, and the numbers that show it."""
    source = [index.source_link(entry.source)] if entry.source else []
    facts = (*source, *lineage_facts(entry), *tags(entry.pillars, entry.themes))
    item = _item(index, entry, facts, only_tags=_are_tags(facts, entry))
    return item, tuple(statistic(index, one) for one in entry.statistics)


def reading_text(index: PlanIndex, reading: Reading | None) -> Markup:
    """A value of an indicator with its time, source and remark."""
    if reading is None:
        return Markup()
    value = reading.value
    parts = [escape(format_quantity(value) if value.is_stated else who_text(value.published))]
    parts += [escape(f"({time_text(reading.when)})")] if reading.when else []
    parts += [index.source_link(reading.source)] if reading.source else []
    parts += [prose(reading.note)] if reading.note else []
    return Markup(" ").join(parts)


def measure_item(index: PlanIndex, measure: Measure) -> Item:
    """A measure as a list item: what will be seen, then everything stated of the indicator."""
    return _item(index, measure, tuple(_measure_facts(index, measure)))


def _measure_facts(index: PlanIndex, measure: Measure) -> Iterator[Markup]:
    yield from fact("Indicator", measure.indicator)
    yield from fact("Unit", measure.unit)
    yield from fact("Of", measure.population)
    yield from fact("Baseline", reading_text(index, measure.baseline))
    yield from fact("Latest", reading_text(index, measure.latest))
    yield from fact("Target", reading_text(index, measure.target))
    yield from fact("By", time_text(measure.by))
    yield from fact("Should go", measure.direction.value if measure.direction else None)
    yield from fact("Split by", ", ".join(measure.splits))
    yield from fact("How often", measure.frequency)
    yield from fact("Owner", who_text(measure.owner))
    yield from fact("Judges", index.links(measure.of))
    yield from fact("Answers", ", ".join(map(index.commitment_title, measure.commitments)))
    if measure.source:
        yield index.source_link(measure.source)
    yield from lineage_facts(measure)
    yield from tags(measure.pillars, measure.themes)


def risk_item(risk: Risk) -> Item:
    """A risk as a list item."""
    facts = (
        *fact("Category", risk.category),
        *fact("Likelihood", risk.likelihood.value if risk.likelihood else None),
        *fact("Impact", risk.impact.value if risk.impact else None),
        *fact("What will be done", prose(who_text(risk.mitigation))),
        *fact("Owner", who_text(risk.owner)),
        *lineage_facts(risk),
        *tags(risk.pillars, risk.themes),
    )
    return Item(
        label=visible(risk.label or ""),
        text=prose(risk.text),
        facts=facts,
        note=prose(risk.note),
        anchors=anchors_of(risk),
        only_tags=_are_tags(facts, risk),
    )


def in_full(point: Point) -> str:
    """What a point says: its title where it has one, else its text, with the points that a colon announces."""
    said = visible(plain(point.title or point.text))
    if said and not said.endswith(":"):
        return said
    return f"{said} {'; '.join(map(in_full, point.points))}".strip()
