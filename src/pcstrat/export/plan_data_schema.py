"""Turns the models into the JSON Schema of `plan.json`, for programs that read it."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from pcstrat.export.plan_json import FORMAT_VERSION, SCHEMA_ADDRESS
from pcstrat.export.plan_schema import schema_parts
from pcstrat.model.money import AmountStatus
from pcstrat.model.plan import Plan
from pcstrat.model.times import Precision, TimeKind

JsonSchema: TypeAlias = dict[str, Any]

_DAY = {"type": ["string", "null"], "format": "date"}
_EXACT = {"description": "An exact number, as text.", "type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_TEXT = {"type": "string"}
_FLAG = {"type": "boolean"}


def plan_data_schema_text() -> str:
    """The schema as a file."""
    return json.dumps(plan_data_schema(), ensure_ascii=False, indent=1) + "\n"


def plan_data_schema() -> JsonSchema:
    """The schema of `plan.json`."""
    plan = Plan.model_json_schema(by_alias=True, ref_template="#/$defs/{model}", schema_generator=_PlanDataSchema)
    definitions = plan.pop("$defs")
    for part in (*schema_parts(plan), *schema_parts({"definitions": definitions})):
        _tidy(part)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"pcstrat plan.json, version {FORMAT_VERSION}",
        "description": "A plan as data. A field that the plan does not state is absent. New fields may appear in any "
        "version; a field is removed or changes its meaning only with a new version.",
        "type": "object",
        "required": ["$schema", "pcstrat_plan", "as_of", "content_hash", "icb", "plan"],
        "properties": {
            "$schema": {"description": "Where this schema stands, seen from the file.", "const": SCHEMA_ADDRESS},
            "pcstrat_plan": {"description": "Version of this shape.", "const": FORMAT_VERSION},
            "as_of": {"description": "The date it was made for.", "type": "string", "format": "date"},
            "content_hash": {
                "description": "SHA-256 of the plan's data.",
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
            },
            "icb": {"$ref": "#/$defs/icb"},
            "plan": {"$ref": "#/$defs/Plan"},
        },
        "$defs": {"Plan": plan} | definitions | _notations() | {"icb": _icb()},
    }


class _PlanDataSchema(GenerateJsonSchema):
    """Says what stands in `plan.json`: what was read, in the shapes that the export gives it."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        """Field names say enough."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchema:
        """What is absent is left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchema:
        """What is absent is left out."""
        return self.generate_inner(schema["schema"])


def _tidy(part: JsonSchema) -> None:
    """Name the object that a notation is read into; new fields may appear in any version."""
    part.pop("x-refers-to", None)
    part.pop("additionalProperties", None)
    if notation := part.pop("x-notation", None):
        description = part.get("description")
        part.clear()
        part.update({"description": description, "$ref": f"#/$defs/{notation}"})


def _notations() -> dict[str, JsonSchema]:
    shapes = {
        "time": {
            "published": _TEXT, "kind": {"enum": [kind.value for kind in TimeKind]}, "start": _DAY, "end": _DAY,
            "precision": {"enum": [precision.value for precision in Precision]}, "approximate": _FLAG,
            "financial_years": {"type": "array", "items": _TEXT}, "text": _TEXT,
        },
        "money": {
            "published": _TEXT, "pounds": _EXACT, "upper": _EXACT,
            "status": {"enum": [status.value for status in AmountStatus]}, "approximate": _FLAG, "text": _TEXT,
        },
        "number": {
            "published": _TEXT, "number": _EXACT, "upper": _EXACT, "of": _EXACT, "unit": _TEXT, "approximate": _FLAG,
            "text": _TEXT,
        },
    }  # fmt: skip
    more: dict[str, JsonSchema] = {
        "time": {"programme_years": {"type": "array"}, "every": _TEXT, "qualifier": _TEXT, "read_as": _TEXT},
        "money": {"qualifier": _TEXT},
        "number": {"qualifier": _TEXT, "read_as": _TEXT},
    }
    return {
        name: {"type": "object", "required": list(shape), "properties": shape | more[name]}
        for name, shape in shapes.items()
    }


def _icb() -> JsonSchema:
    names = ("ods_code", "name", "short_name")
    board = {"type": "object", "required": list(names), "properties": dict.fromkeys(names, _TEXT)}
    facts = dict.fromkeys((*names, "region"), _TEXT) | {"opened": _DAY, "closed": _DAY}
    return {
        "description": "What the registry knows of the board; only its code where it knows nothing.",
        "type": "object",
        "required": ["ods_code"],
        "properties": facts | {"successors": {"type": "array", "items": board}},
    }
