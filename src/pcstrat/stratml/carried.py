"""What of a plan StratML can carry: one table, which the export follows and from which the rest is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from pcstrat.model.aims import Ambition, Band, Enabler, Objective, Strand
from pcstrat.model.base import names_in_files, stated_fields
from pcstrat.model.delivery import Delivery
from pcstrat.model.document import Document, Person, Restatement
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action, Milestone, Outcome, Point, PointList, Retired
from pcstrat.model.times import Precision, Time
from pcstrat.model.vision import Vision

_PLAN = frozenset(
    {"pcstrat", "id", "icb", "language", "document", "people", "vision", "delivery", "ambitions", "enablers"}
)
_WHO = frozenset({"owner", "accountable", "led_by", "partners"})
_PROMISED = frozenset({"actions", "timeline", "milestones", "measures", "outcomes"})
_AIM = frozenset({"id", "label", "title", "text", "strands", "note", "retired"}) | _WHO | _PROMISED
_POINT = frozenset({"id", "label", "title", "text", "points"})
CARRIED: Mapping[type[BaseModel], frozenset[str]] = {
    Plan: _PLAN,
    Document: frozenset({"title", "kind", "purpose", "published", "period", "lead", "original_url", "restated_by"}),
    Restatement: frozenset({"publisher"}),
    Person: frozenset({"id", "name", "role", "organisation"}),
    Vision: frozenset({"statement"}),
    Delivery: frozenset({"principles"}),
    PointList: frozenset({"points"}),
    Ambition: _AIM | {"objectives"},
    Enabler: _AIM,
    Objective: _AIM,
    Strand: _AIM - {"accountable", "strands"},
    Band: frozenset({"when", "band", "milestones"}),
    Action: _POINT | {"when", "status", "retired"},
    Milestone: _POINT | {"when", "due", "status", "kind", "retired"},
    Outcome: _POINT | {"when", "retired"},
    Retired: frozenset({"reason", "when"}),
    Point: _POINT,
    Measure: _POINT | {"retired", "indicator", "unit", "baseline", "latest", "target", "by"},
    Reading: frozenset({"value", "when"}),
}
"""The fields of each part of a plan that StratML carries. Of a part that is not here it carries nothing."""

_NAMES: Mapping[type[BaseModel], str] = {
    Plan: "the plan",
    Document: "the document",
    Restatement: "the restatement",
    Vision: "the vision",
    Delivery: "delivery",
    PointList: "principles",
    Person: "people",
    Ambition: "ambitions",
    Enabler: "enablers",
    Objective: "objectives",
    Strand: "strands",
    Band: "bands",
    Action: "actions",
    Milestone: "milestones",
    Outcome: "outcomes",
    Retired: "what was given up",
    Point: "points",
    Measure: "measures",
    Reading: "readings",
}


def not_carried(plan: Plan) -> tuple[str, ...]:
    """What of a plan its StratML file does not carry: the fields, how often they are stated, in order."""
    counts = Counter(_lost(plan))
    return tuple(f"{part}: {field.replace('_', ' ')} ({count})" for (part, field), count in counts.items())


def fields_not_carried() -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each part of a plan that StratML carries something of: its name, and the fields that it cannot carry."""
    for model, kept in CARRIED.items():
        lost = tuple(_name(model, field) for field in model.model_fields if field not in kept)
        if lost:
            yield _NAMES[model], lost


def _lost(part: BaseModel) -> Iterator[tuple[str, str]]:
    kept = CARRIED[type(part)]
    for field, value in stated_fields(part):
        entries = value if isinstance(value, tuple) else (value,)
        for entry in entries:
            if field not in kept or _is_lost_here(part, field):
                yield _NAMES[type(part)], _name(type(part), field)
            elif isinstance(entry, BaseModel):
                yield from _lost(entry)


def _is_lost_here(part: BaseModel, field: str) -> bool:
    """Whether a field that StratML can carry has no place in the file of this plan."""
    match part:
        case Document(published=Time() as published) if field == "published":
            return published.precision is not Precision.DAY
        case Band() if field in {"when", "band"}:
            # A band is carried as the time of its milestones, and one time is all that a milestone has.
            is_their_time = part.milestones and not any(milestone.when for milestone in part.milestones)
            return not is_their_time or (field == "band" and part.when is not None)
        case Measure(target=Reading(when=Time() as when), by=Time() as by) if field == "by":
            return when != by  # a result has one time
    return False


def _name(model: type[BaseModel], field: str) -> str:
    return names_in_files(model)[field]
