"""Turns a plan into StratML Part 2.

Ambitions and enablers become goals; objectives and strands become objectives; measures, milestones, actions and
outcomes become performance indicators. What stands directly under an ambition becomes an objective without an
identifier, as goals have no indicators of their own. Wording is kept beside each date and number, in a descriptor or
description. What StratML cannot carry is listed in the `OtherInformation` of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pcstrat.model.aims import Enabler, Objective, Strand
from pcstrat.model.document import Person
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action, Lineage, Milestone, Outcome, Point
from pcstrat.model.times import Precision, Time
from pcstrat.outline import aims_of, children_of, time_of_band
from pcstrat.registry import Registry
from pcstrat.stratml.carried import not_carried
from pcstrat.stratml.tree import Element, element, leaf, to_text
from pcstrat.stratml.values import number_and_wording
from pcstrat.stratml.words import (
    ACTION,
    BASELINE,
    DUE,
    ENABLER,
    GIVEN_UP,
    KIND,
    LANGUAGE,
    LATEST,
    LEAD,
    MILESTONE,
    NOT_CARRIED,
    OUTCOME,
    PART_OF,
    PERIOD,
    RESTATED,
    ROLES,
    STAGES,
    STATUS,
    WHEN,
    as_uri,
    icb_identifier,
    item_identifier,
    plan_identifier,
)


def plan_stratml(plan: Plan, registry: Registry) -> str:
    """The text of the StratML file of a plan; the same bytes for the same plan and registry."""
    document = plan.document
    root = element(
        "PerformancePlanOrReport",
        Element("Name", document.title),
        leaf("Description", document.purpose),
        leaf("OtherInformation", _about_the_file(plan)),
        element(
            "StrategicPlanCore",
            _organisation(plan, registry),
            _described("Vision", plan.vision.statement if plan.vision else None),
            *_values(plan),
            *map(_goal, aims_of(plan)),
        ),
        _administration(plan),
        Type="Strategic_Plan",
    )
    return to_text(root)


def _about_the_file(plan: Plan) -> str:
    """What StratML has no element for, each on a line of its own, and what it has no place for at all."""
    period, restated, lost = plan.document.period, plan.document.restated_by, not_carried(plan)
    lines = (
        f"{KIND}{plan.document.kind.value}.",
        f"{LANGUAGE}{plan.language}." if plan.language != "en-GB" else "",
        f"{RESTATED}{restated.publisher}." if restated else "",
        f"{PERIOD}{period.published}." if period else "",
        f"{NOT_CARRIED}{'; '.join(lost)}." if lost else "",
    )
    return "\n".join(filter(None, lines))


def _organisation(plan: Plan, registry: Registry) -> Element:
    icb = registry.icb(plan.icb)
    return element(
        "Organization",
        leaf("Name", icb.name if icb else None),
        leaf("Identifier", icb_identifier(plan.icb)),
        *(_person(person, leads=person.id in plan.document.lead) for person in plan.people),
    )


def _person(person: Person, *, leads: bool) -> Element:
    roles = (person.role, LEAD if leads else None)
    return element(
        "Stakeholder",
        Element("Name", person.name),
        leaf("Description", person.organisation),
        *(element("Role", Element("Name", role)) for role in roles if role),
        StakeholderTypeType="Person",
    )


def _described(name: str, text: str | None) -> Element | None:
    return element(name, Element("Description", text)) if text else None


def _values(plan: Plan) -> Iterator[Element]:
    principles = plan.delivery.principles if plan.delivery else None
    for point in principles.points if principles else ():
        yield element("Value", leaf("Name", point.title), leaf("Description", _text_and_points(point)))


def _goal(aim: Objective) -> Element:
    enabler = ENABLER if isinstance(aim, Enabler) else None
    return element(
        "Goal",
        Element("Name", aim.title),
        Element("Description", aim.text or ""),
        *_named(aim),
        *_stakeholders(aim),
        leaf("OtherInformation", _other_information(enabler, aim)),
        *_of_its_own(aim),
        *(_objective(strand, aim) for strand in aim.strands),
        *(entry for objective in children_of(aim) for entry in _with_strands(objective)),
    )


def _of_its_own(aim: Objective) -> Iterator[Element]:
    """What stands directly under an ambition, as an objective that has its name and nothing else."""
    indicators = list(_indicators(aim))
    if indicators:
        yield element("Objective", Element("Name", aim.title), *indicators)


def _with_strands(objective: Objective) -> Iterator[Element]:
    yield _objective(objective)
    for strand in objective.strands:
        yield _objective(strand, objective)


def _objective(part: Objective | Strand, whole: Objective | None = None) -> Element:
    part_of = f"{PART_OF}{whole.title}." if whole else None
    return element(
        "Objective",
        Element("Name", part.title),
        leaf("Description", part.text),
        *_named(part),
        *_stakeholders(part),
        leaf("OtherInformation", _other_information(part_of, part)),
        *_indicators(part),
    )


def _other_information(start: str | None, part: Objective | Strand) -> str:
    """What a part is a part of, its note, and in a paragraph of its own that it was given up."""
    when = f" ({part.retired.when.published})" if part.retired and part.retired.when else ""
    over = f"{GIVEN_UP}{when}: {' '.join(part.retired.reason.split())}" if part.retired else None
    return "\n\n".join(filter(None, (" ".join(filter(None, (start, part.note))), over)))


def _given_up(item: Lineage) -> Element | None:
    """That an item was given up, when and why, as a result without days: its days would be those of what was done."""
    if item.retired is None:
        return None
    when = f"({item.retired.when.published}): " if item.retired.when else ""
    return element("ActualResult", _descriptor(GIVEN_UP, f"{when}{' '.join(item.retired.reason.split())}"))


def _named(item: Objective | Strand | Point | Measure) -> Iterator[Element | None]:
    """The identifier and the label of an item, in the order that goals and objectives have them."""
    yield leaf("Identifier", item_identifier(item.id) if item.id else None)
    yield leaf("SequenceIndicator", item.label)


def _stakeholders(part: Objective | Strand) -> Iterator[Element]:
    for field, role in ROLES.items():
        value = getattr(part, field, None)
        for name in (value,) if isinstance(value, str) else value or ():
            roles = element("Role", Element("Name", role), Element("RoleType", "Performer"))
            yield element("Stakeholder", Element("Name", name), roles)


def _indicators(part: Objective | Strand) -> Iterator[Element]:
    yield from (_measure(measure) for measure in part.measures)
    yield from (_promise(action, ACTION, STAGES[ACTION], _times(action.when)) for action in part.actions)
    for band in part.timeline:
        for milestone in band.milestones:
            yield _milestone(milestone, time_of_band(band))
    yield from (_milestone(milestone, None) for milestone in part.milestones)
    yield from (_promise(outcome, OUTCOME, STAGES[OUTCOME], _times(outcome.when)) for outcome in part.outcomes)


def _milestone(milestone: Milestone, band: Time | None) -> Element:
    """A milestone with its own time, else that of its band, and the deadline that its text names beside it."""
    times = _times(milestone.when or band), _times(milestone.due, DUE)
    return _promise(milestone, MILESTONE, STAGES[milestone.kind], *times)


def _promise(point: Action | Outcome, unit: str, stage: str, *times: Sequence[Element]) -> Element:
    """Something promised, as an indicator that is reached or not; for each of its times there is a result."""
    status = point.status if isinstance(point, Action) else None
    targets = [element("TargetResult", *time) for time in times if time]
    actual = element("ActualResult", _descriptor(STATUS, status.value)) if status else None
    over = _given_up(point)
    return element(
        "PerformanceIndicator",
        leaf("SequenceIndicator", point.label),
        Element("MeasurementDimension", _title_and_text(point)),
        Element("UnitOfMeasurement", unit),
        leaf("Identifier", item_identifier(point.id) if point.id else None),
        element("MeasurementInstance", *targets, over, actual) if targets or over or actual else None,
        leaf("OtherInformation", "\n".join(_lines(point.points))),
        ValueChainStage=stage,
        PerformanceIndicatorType="Qualitative",
    )


def _measure(measure: Measure) -> Element:
    unit = measure.unit or ""
    target = _reading("TargetResult", unit, measure.target, measure.by)
    baseline = _reading("ActualResult", unit, measure.baseline, None, BASELINE)
    latest = _reading("ActualResult", unit, measure.latest, None, LATEST)
    results = [each for each in (target, _given_up(measure), baseline, latest) if each is not None]
    numbers = (reading for reading in (measure.target, measure.baseline, measure.latest) if reading)
    kind = "Quantitative" if any(reading.value.number is not None for reading in numbers) else "Qualitative"
    said = _title_and_text(measure)
    return element(
        "PerformanceIndicator",
        leaf("SequenceIndicator", measure.label),
        Element("MeasurementDimension", measure.indicator or said),
        Element("UnitOfMeasurement", unit),
        leaf("Identifier", item_identifier(measure.id) if measure.id else None),
        element("MeasurementInstance", *results) if results else None,
        leaf("OtherInformation", "\n".join([*([said] if measure.indicator else []), *_lines(measure.points)])),
        PerformanceIndicatorType=kind,
    )


def _reading(name: str, unit: str, reading: Reading | None, by: Time | None, prefix: str = "") -> Element | None:
    when = (reading.when if reading else None) or by
    if reading is None and when is None:
        return None
    number, wording = number_and_wording(reading.value, unit) if reading else (None, None)
    return element(
        name,
        *_days(when),
        leaf("NumberOfUnits", number),
        _descriptor(WHEN, when.published) if when else None,
        leaf("Description", f"{prefix}{wording}" if wording else None),
    )


def _times(time: Time | None, name: str = WHEN) -> tuple[Element, ...]:
    """The days and the wording of a time, in the order that results have them; the name says what time it is."""
    return () if time is None else (*_days(time), _descriptor(name, time.published))


def _days(time: Time | None) -> tuple[Element, ...]:
    named = (("StartDate", time.start), ("EndDate", time.end)) if time else ()
    return tuple(Element(name, day.isoformat()) for name, day in named if day)


def _descriptor(name: str, value: str) -> Element:
    return element("Descriptor", Element("DescriptorName", name), Element("DescriptorValue", value))


def _title_and_text(item: Point | Measure) -> str:
    return ": ".join(filter(None, (item.title, item.text)))


def _text_and_points(point: Point) -> str:
    return "\n".join([*([point.text] if point.text else []), *_lines(point.points)])


def _lines(points: Iterable[Point], depth: int = 0) -> Iterator[str]:
    """Points as lines that begin with a hyphen, two spaces further in for each level."""
    for point in points:
        words = " ".join(filter(None, (point.label, _title_and_text(point))))
        yield f"{'  ' * depth}- {' '.join(words.split())}"
        yield from _lines(point.points, depth + 1)


def _administration(plan: Plan) -> Element:
    period, published = plan.document.period, plan.document.published
    day = published.start if published and published.precision is Precision.DAY else None
    return element(
        "AdministrativeInformation",
        Element("Identifier", plan_identifier(plan.id)),
        *_days(period),
        leaf("PublicationDate", day.isoformat() if day else None),
        leaf("Source", as_uri(plan.document.original_url)),
    )
