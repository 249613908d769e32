"""Turns a StratML file, of Part 1 or 2, into the data of a plan draft and a list of what was not taken over.

Goals become ambitions, or enablers where `write` says so; objectives become objectives; an indicator becomes a
measure unless its unit says that it is a milestone, an action or an outcome. Nothing is made up: what the file does not
state is left out, and what has no place in a plan is listed with its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pcstrat.model.quantities import QuantityError, read_quantity
from pcstrat.model.times import TimeError, parse_time
from pcstrat.naming import id_from
from pcstrat.registry import Registry
from pcstrat.stratml.tree import Element, StratmlError, to_tree
from pcstrat.stratml.words import (
    ACTION,
    BASELINE,
    ENABLER,
    KIND,
    LATEST,
    LEAD,
    MILESTONE,
    OUTCOME,
    PART_OF,
    ROLES,
    STATUS,
    WHEN,
    from_identifier,
)

_ROOTS = {"PerformancePlanOrReport", "StrategicPlan"}
_KIND = re.compile(re.escape(KIND) + r"([^.]+)\.(?: Language: ([a-z]{2}-[A-Z]{2})\.)?")
_POINT = re.compile(r"( *)- (.*)")
_LISTS = {ACTION: "actions", MILESTONE: "milestones", OUTCOME: "outcomes"}
_KINDS = {"Output": "output", "Outcome": "outcome"}
Data = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """The data of a plan draft, in the order of the format, and what of the source it lacks, each with its line."""

    data: Data
    left_out: tuple[str, ...]


@dataclass
class _Reading:
    """What is known while a file is read: its name, the ids in use, and what was left out."""

    file: str
    given: frozenset[str] = frozenset()
    ids: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    def leave(self, node: Element, why: str) -> None:
        self.left_out.append(f"{self.file}:{node.line}: {node.name}: {why}")

    def new_id(self, node: Element, title: str) -> str:
        """The id that the file gives, or one from the title; never one that another item has."""
        own = id_from(from_identifier(node.words("Identifier")))
        wanted = own or id_from(title) or node.name.lower()
        found, number = wanted, 1
        while found in self.ids or (found in self.given and found != own):
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found


def read_stratml(content: bytes, file: str, registry: Registry, *, icb: str = "", plan_id: str = "") -> Draft:
    """The draft of a plan from a StratML file.

    `icb` and `plan_id` are the ODS code and the id to use, where the file is not to be asked.

    Raises:
        StratmlError: The file is not StratML, has no goals, or does not say whose plan it is; with file, line, column.
    """
    root = to_tree(content, file)
    core = root.first("StrategicPlanCore")
    if root.name not in _ROOTS or core is None:
        message = f"{file}:{root.line}:{root.column}: This is XML, but not StratML: it begins with {root.name!r}."
        raise StratmlError(message, "Give a file whose first element is PerformancePlanOrReport or StrategicPlan.")
    given = (node.text.strip() for goal in core.all("Goal") for node in goal.everything() if node.name == "Identifier")
    reading = _Reading(file, frozenset(id_from(from_identifier(identifier)) for identifier in given))
    administration = root.first("AdministrativeInformation") or Element("")
    name = plan_id or id_from(from_identifier(administration.words("Identifier"))) or id_from(root.words("Name"))
    about = _KIND.search(root.words("OtherInformation"))
    aims = [(_is_enabler(goal), _aim(goal, reading)) for goal in core.all("Goal")]
    if not aims:
        raise StratmlError(f"{file}:{core.line}:{core.column}: The plan has no Goal, so there is nothing to take over.")
    people = list(_people(core, reading))
    data = _stated(
        pcstrat=1,
        id=name,
        icb=icb or _icb(core, registry, file),
        language=about[2] if about else None,
        document=_document(root, administration, about[1] if about else "", people),
        people=[{key: value for key, value in person.items() if key != "leads"} for person in people],
        vision=_stated(statement=(core.first("Vision") or Element("")).prose("Description")),
        ambitions=[aim for enabler, aim in aims if not enabler],
        enablers=[aim for enabler, aim in aims if enabler],
        delivery=_stated(principles=_stated(points=[_value(value) for value in core.all("Value")])),
    )
    _note_the_rest(root, core, reading, known=about is not None)
    return Draft(data, tuple(reading.left_out))


def _icb(core: Element, registry: Registry, file: str) -> str:
    """The ODS code of the ICB whose plan it is, by code or by name."""
    for organisation in core.all("Organization"):
        code = from_identifier(organisation.words("Identifier"))
        if registry.icb(code) is not None:
            return code
        name = organisation.words("Name")
        for icb in registry.icbs.values():
            if name and name.casefold() in {icb.name.casefold(), icb.short_name.casefold()}:
                return icb.ods_code
    message = f"{file}:{core.line}:{core.column}: The file does not name an ICB that the registry knows."
    raise StratmlError(message, "Say whose plan it is, with its ODS code: --icb QMM.")


def _document(root: Element, administration: Element, kind: str, people: list[Data]) -> Data:
    start, end = (_iso(administration.words(name)) for name in ("StartDate", "EndDate"))
    return _stated(
        title=root.words("Name"),
        kind=kind
        or ("delivery plan" if root.attributes.get("Type") == "Performance_Plan" else "primary care strategy"),
        published=_day(_iso(administration.words("PublicationDate"))),
        period=_period(start, end),
        purpose=root.prose("Description"),
        lead=[person["id"] for person in people if person.get("leads")],
        original_url=administration.words("Source"),
    )


def _people(core: Element, reading: _Reading) -> Iterator[Data]:
    """The people among the stakeholders of the organisations; the first of several roles counts."""
    for organisation in core.all("Organization"):
        for stakeholder in organisation.all("Stakeholder"):
            roles = [role.words("Name") for role in stakeholder.all("Role")]
            named = [role for role in roles if role != LEAD]
            name = stakeholder.words("Name")
            if stakeholder.attributes.get("StakeholderTypeType") != "Person" or not name:
                reading.leave(stakeholder, f"{name or 'a stakeholder without a name'} is not a person")
                continue
            for role in named[1:]:
                reading.leave(stakeholder, f"another role of {name}: {role}")
            person = _stated(
                id=reading.new_id(stakeholder, name),
                name=name,
                role=next(iter(named), None),
                organisation=stakeholder.words("Description"),
            )
            yield person | ({"leads": True} if LEAD in roles else {})


def _value(value: Element) -> Any:  # noqa: ANN401 - text alone, or a point
    text, points = _points(value.first("Description"))
    return _short(_stated(title=value.words("Name"), text=text, points=points))


def _is_enabler(goal: Element) -> bool:
    return goal.words("OtherInformation").startswith(ENABLER)


def _aim(goal: Element, reading: _Reading) -> Data:
    """The ambition or enabler that a goal is."""
    title = goal.words("Name")
    named = _named(goal, reading.new_id(goal, title), title)
    entries = list(goal.all("Objective"))
    own = [entry for entry in entries if not entry.words("Identifier") and entry.words("Name") == title]
    note = goal.prose("OtherInformation").removeprefix(ENABLER).strip()
    indicators = _indicators([indicator for entry in own for indicator in entry.all("PerformanceIndicator")], reading)
    aim = {**named, **indicators, **_who(goal, reading), "note": note, "strands": [], "objectives": []}
    for entry in entries:
        if entry not in own:
            _put_in(aim, entry, reading)
    return _stated(**aim | {"objectives": [_stated(**objective) for objective in aim["objectives"]]})


def _put_in(aim: Data, entry: Element, reading: _Reading) -> None:
    """Put an objective into its ambition, or where `write` took it from: the strands of the ambition or objective."""
    part = _objective(entry, reading)
    for whole in (aim, *aim["objectives"][-1:]):
        start = f"{PART_OF}{whole['title']}."
        if part["note"].startswith(start):
            whole["strands"].append(_stated(**part | {"note": part["note"].removeprefix(start).strip()}))
            return
    aim["objectives"].append(part)


def _objective(node: Element, reading: _Reading) -> Data:
    title = node.words("Name") or node.words("Description")
    text = node.prose("Description") if node.words("Name") else ""
    named = _named(node, reading.new_id(node, title), title) | {"text": text}
    indicators = _indicators(list(node.all("PerformanceIndicator")), reading)
    return {**named, **indicators, **_who(node, reading), "note": node.prose("OtherInformation"), "strands": []}


def _named(node: Element, item_id: str, title: str) -> Data:
    return {
        "id": item_id,
        "label": node.words("SequenceIndicator"),
        "title": title or "Not stated",
        "text": node.prose("Description"),
    }


def _who(node: Element, reading: _Reading) -> Data:
    """Who does what: the fields whose roles the stakeholders have; another performer takes part."""
    fields = {role: name for name, role in ROLES.items()}
    found: Data = {}
    for stakeholder in node.all("Stakeholder"):
        name = stakeholder.words("Name")
        roles = [role for entry in stakeholder.all("Role") for role in (entry.words("Name"), entry.words("RoleType"))]
        where = next((fields[role] for role in roles if role in fields), "partners" if "Performer" in roles else "")
        is_list = where in {"partners", "accountable"}
        if not name or not where or (where in found and not is_list):
            reading.leave(stakeholder, f"{name or 'a stakeholder without a name'}: no field for this role")
        elif is_list:
            found.setdefault(where, []).append(name)
        else:
            found[where] = name
    return found


def _indicators(nodes: list[Element], reading: _Reading) -> Data:
    """The measures, actions, milestones and outcomes that indicators are."""
    found: Data = {"actions": [], "milestones": [], "measures": [], "outcomes": []}
    for node in nodes:
        where = _LISTS.get(node.words("UnitOfMeasurement"), "measures")
        item = _measure(node, reading) if where == "measures" else _promise(node, where, reading)
        found[where].append(_short(item))
        for relationship in node.all("Relationship"):
            reading.leave(relationship, "a plan does not relate indicators to each other")
    return found


def _promise(node: Element, where: str, reading: _Reading) -> Data:
    results = [result for instance in node.all("MeasurementInstance") for result in instance.children]
    when = next((time for result in results if (time := _when(result))), None)
    status = next((value for result in results if (value := _descriptor(result, STATUS))), None)
    text, points = _points(node.first("OtherInformation"))
    if text:
        reading.leave(node, f"other information: {text}")
    kind = _KINDS.get(node.attributes.get("ValueChainStage", ""))
    return _stated(
        id=_given_id(node, reading),
        label=node.words("SequenceIndicator"),
        text=node.prose("MeasurementDimension"),
        points=points,
        when=when,
        status=None if where == "outcomes" else status,
        kind=kind if where == "milestones" else None,
    )


def _measure(node: Element, reading: _Reading) -> Data:
    said, points = _points(node.first("OtherInformation"))
    dimension = node.prose("MeasurementDimension")
    target, by = _target(node, reading)
    baseline, latest = _actuals(node, reading)
    return _stated(
        id=_given_id(node, reading),
        label=node.words("SequenceIndicator"),
        text=said or dimension or "Not stated",
        points=points,
        indicator=dimension if said else None,
        unit=node.words("UnitOfMeasurement"),
        baseline=baseline,
        latest=latest,
        target=target,
        by=by,
    )


def _target(node: Element, reading: _Reading) -> tuple[str | None, Data | str | None]:
    """The target of an indicator and its time; of several, the last, and the others are left out."""
    targets = [target for instance in node.all("MeasurementInstance") for target in instance.all("TargetResult")]
    for target in targets[:-1]:
        reading.leave(target, "an earlier target of the same indicator")
    if not targets:
        return None, None
    return _value_of(targets[-1], node), _when(targets[-1])


def _actuals(node: Element, reading: _Reading) -> tuple[Data | str | None, Data | str | None]:
    """Where an indicator starts and its newest value: as the file says, else the newest of the results."""
    actuals = [actual for instance in node.all("MeasurementInstance") for actual in instance.all("ActualResult")]
    baseline = next((actual for actual in actuals if actual.words("Description").startswith(BASELINE)), None)
    others = [actual for actual in actuals if actual is not baseline]
    for other in others[:-1]:
        reading.leave(other, "an earlier result of the same indicator")
    latest = others[-1] if others else None
    return _reading_of(baseline, node), _reading_of(latest, node)


def _reading_of(result: Element | None, node: Element) -> Data | str | None:
    value = _value_of(result, node) if result is not None else None
    if result is None or value is None:
        return None
    when = _when(result)
    return {"value": value, "when": when} if when else value


def _value_of(result: Element, node: Element) -> str | None:
    """The wording of a value where the file has one that can be read, else the number with its unit."""
    wording = result.words("Description").removeprefix(BASELINE).removeprefix(LATEST)
    number, unit = result.words("NumberOfUnits"), node.words("UnitOfMeasurement")
    with_unit = f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()
    return next((text for text in (wording, with_unit if number else "", number) if text and _is_quantity(text)), None)


def _is_quantity(text: str) -> bool:
    try:
        return read_quantity(text) is not None
    except QuantityError:
        return False


def _when(result: Element) -> Data | str | None:
    """The time of a result: its wording where that means the same days, else the wording with the days to read it as."""
    start, end = (_iso(result.words(name)) for name in ("StartDate", "EndDate"))
    days = _period(start, end) if start else (f"by {_day(end)}" if end else None)
    wording = _descriptor(result, WHEN)
    if wording is None:
        return days
    return wording if _means(wording, start, end) else _stated(published=wording, read_as=days)


def _means(wording: str, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a time is read as these days."""
    try:
        time = parse_time(wording)
    except TimeError:
        return False
    return (time.start, time.end) == (start, end)


def _descriptor(result: Element, name: str) -> str | None:
    found = result.first("Descriptor")
    return found.words("DescriptorValue") if found is not None and found.words("DescriptorName") == name else None


def _period(first: dt.date | None, last: dt.date | None) -> str | None:
    """A period as planners write it; none where no day is known."""
    if first and last:
        return _day(first) if first == last else f"{_day(first)} to {_day(last)}"
    return f"from {_day(first)}" if first else (f"until {_day(last)}" if last else None)


def _iso(text: str) -> dt.date | None:
    """The day of a date in XML, which may have a time zone; none where there is none."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _day(day: dt.date | None) -> str | None:
    """A day as planners write it."""
    return None if day is None else f"{day.day} {day:%B} {day.year}"


def _points(node: Element | None) -> tuple[str, list[Any]]:
    """The text before a list that `write` made of points, and the points."""
    lines = [line for line in (node.text if node is not None else "").splitlines() if line.strip()]
    first = next((number for number, line in enumerate(lines) if _POINT.fullmatch(line)), len(lines))
    if not all(_POINT.fullmatch(line) for line in lines[first:]):
        return " ".join(" ".join(lines).split()), []
    tops: list[Data] = []
    levels: list[list[Data]] = [tops]
    for line in lines[first:]:
        match = _POINT.fullmatch(line)
        depth = min(len(match[1]) // 2, len(levels) - 1) if match else 0
        point: Data = {"text": match[2] if match else line, "points": []}
        levels[depth].append(point)
        levels[depth + 1 :] = [point["points"]]
    return " ".join(" ".join(lines[:first]).split()), [_short_point(point) for point in tops]


def _short_point(point: Data) -> Any:  # noqa: ANN401 - text alone, or a point
    return _short(_stated(text=point["text"], points=[_short_point(below) for below in point["points"]]))


def _short(item: Data) -> Any:  # noqa: ANN401 - text alone, or the item
    return item["text"] if item.keys() == {"text"} else item


def _given_id(node: Element, reading: _Reading) -> str | None:
    """The id of an item that may do without."""
    return reading.new_id(node, "") if node.words("Identifier") else None


def _stated(**fields: object) -> Data:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _note_the_rest(root: Element, core: Element, reading: _Reading, *, known: bool) -> None:
    """List what the draft has no place for."""
    if not known and (other := root.first("OtherInformation")):
        reading.leave(other, " ".join(other.text.split()))
    if mission := core.first("Mission"):
        reading.leave(mission, mission.words("Description") or "empty")
    for submitter in root.all("Submitter"):
        reading.leave(submitter, "who sent the file is not part of a plan")
    for organisation in list(core.all("Organization"))[1:]:
        reading.leave(organisation, f"another organisation: {organisation.words('Name')}")
