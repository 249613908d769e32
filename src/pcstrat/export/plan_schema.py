"""Turns the models and the registry into the JSON Schema of a plan file, for editors that help while writing.

The schema is in draft 7, the newest that the YAML language server reads. An editor reads YAML 1.2, where `1.10` is a
number and `true` a truth value; pcstrat reads text as it is written. So wherever a plan has text, the schema takes
numbers and truth values too. Whatever pcstrat accepts is accepted, with one exception: `Null` and `NULL` in a text must
stand in quotes, because an editor cannot tell them from nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from pcstrat.model.base import LONG_FORM
from pcstrat.model.plan import FORMAT_VERSION, Plan
from pcstrat.registry import Registry

JsonSchema: TypeAlias = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
SCALARS = ["string", "number", "boolean"]
_REFERS, _NOTATION = "x-refers-to", "x-notation"
_IN_LONG_FORM = {"published": "third highest"}
_TEXT: JsonSchema = {"type": SCALARS, "pattern": r"\S"}
_LISTS_OF_CODES = frozenset({"icb code", "commitment code"})
_YES_OR_NO = "[Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff]|[Tt]([Rr][Uu][Ee])?|[Ff]([Aa][Ll][Ss][Ee])?|[01]"
_WHOLE_NUMBER = r"^\s*[+-]?[0-9_]+(?:\.0*)?\s*$"


def plan_schema_text(registry: Registry) -> str:
    """The schema as a file: UTF-8, one newline at its end."""
    return json.dumps(plan_schema(registry), ensure_ascii=False, indent=1) + "\n"


def plan_schema(registry: Registry) -> JsonSchema:
    """The schema of a plan file, with the codes that a registry knows."""
    generated = Plan.model_json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=_PlanFileSchema
    )
    definitions: dict[str, JsonSchema] = generated.pop("$defs")
    schema: JsonSchema = {
        "$schema": DIALECT,
        **generated,
        "title": f"pcstrat plan file, format {FORMAT_VERSION}",
        "definitions": definitions | _code_lists(registry),
    }
    for name, names in (("Theme", registry.themes), ("Pillar", registry.pillars)):
        definitions[name]["enumDescriptions"] = [names[key] for key in definitions[name]["enum"]]
    for part in schema_parts(schema):
        _tidy(part)
    return schema


class _PlanFileSchema(GenerateJsonSchema):
    """Says what may stand in the file, which is more than the models hold: text for fields, numbers for text."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        """Field names say enough."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchema:
        """Text, which an editor may take for a number or a truth value."""
        text = super().str_schema(schema) | {"type": SCALARS}
        if schema.get("strip_whitespace"):
            text = {"pattern": r"\S"} | text
            text.pop("minLength", None)
        return text

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchema:
        """A whole number, in quotes or not."""
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": _WHOLE_NUMBER}]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchema:
        """Yes or no, in any of the spellings that are read."""
        del schema
        return {
            "anyOf": [
                {"enum": ["yes", "no", True, False, 1, 0]},
                {"type": "string", "pattern": rf"^\s*({_YES_OR_NO})\s*$"},
            ]
        }

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchema:
        """What may be absent may not be empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchema:
        """Only a default that is a word is worth saying."""
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return inner | {"default": str(default)} if isinstance(default, str) else inner

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchema:
        """All validators before ours read what stands alone for a set of fields: text, or the long form of a number."""
        read_alone = cast("Callable[[object], object]", schema["function"]["function"])
        reads_long_form = read_alone(_IN_LONG_FORM) != _IN_LONG_FORM
        return {"anyOf": [_TEXT, *([LONG_FORM] if reads_long_form else []), self.generate_inner(schema["schema"])]}


def _code_lists(registry: Registry) -> dict[str, JsonSchema]:
    """The codes of the registry, each with what it stands for; an editor shows both."""
    boards = {
        code: f"{icb.name}, closed {icb.closed}" if icb.closed else icb.name for code, icb in registry.icbs.items()
    }
    commitments = {code: item.title for code, item in registry.commitments.items()}
    return {"icb code": _codes(boards), "commitment code": _codes(commitments)}


def _codes(meanings: Mapping[str, str]) -> JsonSchema:
    return {"enum": sorted(meanings), "enumDescriptions": [meanings[code] for code in sorted(meanings)]}


def schema_parts(schema: object) -> Iterator[JsonSchema]:
    """Every set of keywords in a schema; what stands for a property or definition by its name is gone into."""
    if isinstance(schema, dict):
        yield schema
        for keyword, value in schema.items():
            if keyword in {"properties", "definitions"}:
                for each in value.values():
                    yield from schema_parts(each)
            elif keyword in {"items", "anyOf", "allOf"}:
                yield from schema_parts(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from schema_parts(each)


def _tidy(part: JsonSchema) -> None:
    """Name the list of codes that a text refers to, and keep what stands beside a reference, which draft 7 ignores."""
    part.pop(_NOTATION, None)
    target = part.pop(_REFERS, None)
    if f"{target} code" in _LISTS_OF_CODES:
        for keyword in ("type", "minLength"):
            part.pop(keyword, None)
        part["$ref"] = f"#/definitions/{target} code"
    if "$ref" in part and len(part) > 1:
        part["allOf"] = [{"$ref": part.pop("$ref")}]
    if isinstance(part.get("description"), str):
        part["description"] = re.sub(r"\s+", " ", part["description"]).strip()
