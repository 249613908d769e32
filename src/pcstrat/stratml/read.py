"""Turns a StratML file, of Part 1 or 2, into the data of a plan draft and a list of what was not taken over.

Goals become ambitions, or enablers where `write` says so; objectives become objectives; an indicator becomes a
measure unless its unit says that it is a milestone, an action or an outcome. Nothing is made up: what the file does not
state is left out, and what has no place in a plan is listed with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pcstrat.model.times import time_or_none
from pcstrat.naming import id_from, shorten
from pcstrat.registry import Registry
from pcstrat.stratml.indicators import (
    Data,
    ImportNotes,
    as_worded,
    day_of,
    indicators_of,
    period_of,
    short,
    stated,
    text_and_points,
    written_day,
)
from pcstrat.stratml.tree import Element, StratmlError, to_tree
from pcstrat.stratml.words import (
    ENABLER,
    GIVEN_UP,
    KIND,
    LANGUAGE,
    LEAD,
    NOT_CARRIED,
    PART_OF,
    PERIOD,
    RESTATED,
    ROLES,
    from_identifier,
)

_ROOTS = {"PerformancePlanOrReport", "StrategicPlan"}
_USUAL_KIND = "primary care strategy"
_KINDS = {"Strategic_Plan": _USUAL_KIND, "Performance_Plan": "delivery plan"}
_PERFORMER = "Performer"
_OVER = re.compile(rf"(?:^|\n\n){GIVEN_UP}(?: \((?P<when>[^()]+)\))?: (?P<reason>[^\n]+)$")
_FACTS = re.compile(f"({'|'.join(map(re.escape, (KIND, LANGUAGE, RESTATED, PERIOD, NOT_CARRIED)))})")


@dataclass(frozen=True)
class Draft:
    """The data of a plan draft in the order of the format, what of the source it lacks, and if its kind is stated."""

    data: Data
    left_out: tuple[str, ...]
    kind_is_stated: bool


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
    about = _About(root.first("OtherInformation"))
    ids = frozenset(id_from(from_identifier(identifier)) for identifier in given)
    notes = ImportNotes(file, is_ours=bool(about.facts), given=ids)
    administration = root.first("AdministrativeInformation") or Element("")
    name = plan_id or id_from(from_identifier(administration.words("Identifier"))) or id_from(root.words("Name"))
    aims = [(_is_enabler(goal), _aim(goal, notes)) for goal in core.all("Goal")]
    if not aims:
        raise StratmlError(f"{file}:{core.line}:{core.column}: The plan has no Goal, so there is nothing to take over.")
    people = list(_people(core, notes))
    data = stated(
        pcstrat=1,
        id=name,
        icb=icb or _icb(core, registry, file),
        language=about.said(LANGUAGE),
        document=_document(root, administration, about, people),
        people=[{key: value for key, value in person.items() if key != "leads"} for person in people],
        vision=stated(statement=(core.first("Vision") or Element("")).prose("Description")),
        ambitions=[aim for enabler, aim in aims if not enabler],
        enablers=[aim for enabler, aim in aims if enabler],
        delivery=stated(principles=stated(points=[_value(value) for value in core.all("Value")])),
    )
    about.leave_the_rest(notes)
    _note_the_rest(root, notes)
    left_out = tuple(message for _, message in sorted(notes.left_out))
    return Draft(data, left_out, kind_is_stated=about.said(KIND) is not None)


class _About:
    """What the other information of a document says: the facts that `write` puts there, or words of somebody else."""

    def __init__(self, node: Element | None) -> None:
        self.node = node
        self.text = " ".join(node.text.split()) if node is not None else ""
        parts = _FACTS.split(self.text) if self.text.startswith(KIND) else [""]
        self.facts = dict(zip(parts[1::2], parts[2::2], strict=True))

    def said(self, start: str) -> str | None:
        """What stands after the words that a fact begins with, without its full stop."""
        fact = self.facts.get(start)
        return fact.strip().removesuffix(".") if fact else None

    def leave_the_rest(self, notes: ImportNotes) -> None:
        """Note what was not taken over: what the file itself says it lacks, or all that somebody else wrote."""
        if self.node is None or not self.text:
            return
        lost = f"{NOT_CARRIED}{self.facts[NOT_CARRIED]}" if NOT_CARRIED in self.facts else ""
        self.node.was_read = True
        if lost or not self.facts:
            notes.leave(self.node, lost or shorten(self.text))


def _icb(core: Element, registry: Registry, file: str) -> str:
    """The ODS code of the ICB whose plan it is, by code or by name."""
    for organisation in core.all("Organization"):
        code, name = from_identifier(organisation.words("Identifier")), organisation.words("Name")
        if registry.icb(code) is not None:
            return code
        organisation.unread("Identifier")
        for icb in registry.icbs.values():
            if name and name.casefold() in {icb.name.casefold(), icb.short_name.casefold()}:
                return icb.ods_code
    message = f"{file}:{core.line}:{core.column}: The file does not name an ICB that the registry knows."
    raise StratmlError(message, "Say whose plan it is, with its ODS code: --icb QMM.")


def _document(root: Element, administration: Element, about: _About, people: list[Data]) -> Data:
    start, end = day_of(administration, "StartDate"), day_of(administration, "EndDate")
    usual = _KINDS.get(root.attributes.get("Type", ""))
    root.attributes_read |= {"Type"} if usual else set()
    return stated(
        title=root.words("Name"),
        kind=about.said(KIND) or usual or _USUAL_KIND,
        published=written_day(day_of(administration, "PublicationDate")),
        period=as_worded(about.said(PERIOD), period_of(start, end), start, end),
        restated_by=stated(publisher=about.said(RESTATED)),
        purpose=root.prose("Description"),
        lead=[person["id"] for person in people if person.get("leads")],
        original_url=administration.words("Source"),
    )


def _people(core: Element, notes: ImportNotes) -> Iterator[Data]:
    """The people among the stakeholders of the organisations; the first of several roles counts.

    What describes a person is an organisation only where `write` wrote it; elsewhere it may be anything.
    """
    for organisation in core.all("Organization"):
        for stakeholder in organisation.all("Stakeholder"):
            name = stakeholder.words("Name")
            if stakeholder.attribute("StakeholderTypeType") != "Person" or not name:
                notes.leave(stakeholder, f"{name or 'a stakeholder without a name'} is not a person")
                continue
            roles = [role.words("Name") for role in stakeholder.all("Role")]
            named = [role for role in roles if role != LEAD]
            for role in [role for role in stakeholder.all("Role") if role.words("Name") in named[1:]]:
                notes.leave(role, f"another role of {name}: {role.words('Name')}")
            person = stated(
                id=notes.new_id(stakeholder, name),
                name=name,
                role=next(iter(named), None),
                organisation=stakeholder.words("Description") if notes.is_ours else None,
            )
            yield person | ({"leads": True} if LEAD in roles else {})


def _value(value: Element) -> Any:  # noqa: ANN401 - text alone, or a point
    text, points = text_and_points(value.first("Description"))
    return short(stated(title=value.words("Name"), text=text, points=points))


def _is_enabler(goal: Element) -> bool:
    return goal.words("OtherInformation").startswith(ENABLER)


def _aim(goal: Element, notes: ImportNotes) -> Data:
    """The ambition or enabler that a goal is."""
    title = goal.words("Name")
    named = _named(goal, notes.new_id(goal, title), title)
    entries = list(goal.all("Objective"))
    own = [entry for entry in entries if not entry.words("Identifier") and entry.words("Name") == title]
    note, retired = _note_and_end(goal)
    note = note.removeprefix(ENABLER).strip()
    indicators = indicators_of([indicator for entry in own for indicator in entry.all("PerformanceIndicator")], notes)
    aim = {**named, **retired, **indicators, **_who(goal, notes), "note": note, "strands": [], "objectives": []}
    for entry in entries:
        if entry not in own:
            _put_in(aim, entry, notes)
    return stated(**aim | {"objectives": [stated(**objective) for objective in aim["objectives"]]})


def _put_in(aim: Data, entry: Element, notes: ImportNotes) -> None:
    """Put an objective into its ambition, or where `write` took it from: the strands of the ambition or objective."""
    part = _objective(entry, notes)
    for whole in (aim, *aim["objectives"][-1:]):
        start = f"{PART_OF}{whole['title']}."
        if part["note"].startswith(start):
            own_id = part["id"] if entry.words("Identifier") else None
            whole["strands"].append(stated(**part | {"id": own_id, "note": part["note"].removeprefix(start).strip()}))
            return
    aim["objectives"].append(part)


def _objective(node: Element, notes: ImportNotes) -> Data:
    title = node.words("Name") or node.words("Description")
    text = node.prose("Description") if node.words("Name") else ""
    named = _named(node, notes.new_id(node, title), title) | {"text": text}
    indicators = indicators_of(list(node.all("PerformanceIndicator")), notes)
    note, retired = _note_and_end(node)
    return {**named, **retired, **indicators, **_who(node, notes), "note": note, "strands": []}


def _note_and_end(node: Element) -> tuple[str, Data]:
    """The note of a part, and that it was given up where `write` says so at its end."""
    note = node.prose("OtherInformation")
    match = _OVER.search(note)
    if match is None:
        return note, {}
    when = match["when"]
    time = {"when": when if time_or_none(when) is not None else {"published": when}} if when else {}
    return note[: match.start()].strip(), {"retired": {"reason": match["reason"], **time}}


def _named(node: Element, item_id: str, title: str) -> Data:
    return {
        "id": item_id,
        "label": node.words("SequenceIndicator"),
        "title": title or "Not stated",
        "text": node.prose("Description"),
    }


def _who(node: Element, notes: ImportNotes) -> Data:
    """Who does what: the fields whose roles the stakeholders have; another performer takes part."""
    found: Data = {}
    for stakeholder in node.all("Stakeholder"):
        name = stakeholder.words("Name")
        where = _field_of_role(stakeholder)
        is_list = where in {"partners", "accountable"}
        if not name or not where:
            notes.leave(stakeholder, f"{name or 'a stakeholder without a name'}: no field for this role")
        elif where in found and not is_list:
            notes.leave(stakeholder, f"{name}: {found[where]} has this role already, which is {ROLES[where]}")
        elif is_list:
            found.setdefault(where, []).append(name)
        else:
            found[where] = name
    return found


def _field_of_role(stakeholder: Element) -> str:
    """The field for what a stakeholder does, from its first role that has one; other words of its roles stay unread."""
    fields = {role: name for name, role in ROLES.items()}
    found = ""
    for role in stakeholder.all("Role"):
        for part, known in (("Name", fields), ("RoleType", {**fields, _PERFORMER: "partners"})):
            field = known.get(role.words(part), "")
            if not field or (found and field not in {found, "partners"}):
                role.unread(part)
            found = found or field
    return found


def _note_the_rest(root: Element, notes: ImportNotes) -> None:
    """List every text and every attribute that was not read: the draft has no place for it.

    The attributes of a file of ours say again what its elements say.
    """
    for node in root.everything():
        if node.text.strip() and not node.was_read:
            notes.leave(node, shorten(" ".join(node.text.split())))
    if not notes.is_ours:
        _note_attributes(root, notes)


def _note_attributes(root: Element, notes: ImportNotes) -> None:
    """List the attributes of the standard that were not read, each value once for all elements of a name."""
    places: dict[tuple[str, str, str], list[Element]] = {}
    for node in root.everything():
        for name in node.attributes.keys() - node.attributes_read:
            if " " not in name:  # what has a namespace of its own is about the XML, not about the plan
                places.setdefault((node.name, name, node.attributes[name]), []).append(node)
    for (_, name, value), nodes in sorted(places.items()):
        times = f", {len(nodes)} times, first here" if len(nodes) > 1 else ""
        notes.leave(nodes[0], f"{name} {shorten(value)}{times}")
