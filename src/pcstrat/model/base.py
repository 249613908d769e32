"""The ground all plan models stand on: frozen, no unknown fields, and the scalar types of the notation.

A field is declared with `required`, `optional` or `many`, which take the sentence that documents it; `docs/format.md`
and the JSON Schema are generated from those sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from pcstrat.model.money import Money, MoneyError, parse_money
from pcstrat.model.quantities import Quantity, read_quantity
from pcstrat.model.times import Time, read_time
from pcstrat.text import LONGEST_ID


class Model(BaseModel):
    """A part of a plan: immutable, and every field it may have is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


@cache
def names_in_files(model: type[BaseModel]) -> Mapping[str, str]:
    """The fields of a model in its order, each with what it is called in a plan file."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


def stated_fields(part: BaseModel) -> Iterator[tuple[str, Any]]:
    """The fields of a part of a plan that say something, with what they say, in the order of its model."""
    values = vars(part)
    for name in names_in_files(type(part)):
        value = values[name]
        if value is not None and value is not False and (value or not isinstance(value, tuple)):
            yield name, value


class Refers:
    """Marks a field whose value names something else: an item of the plan, or a code in a registry."""

    def __init__(self, to: str) -> None:
        self.to: Final = to

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema) | {"x-refers-to": self.to}


class Written:
    """Marks text with what it must be like.

    pydantic's own mark says the same. But nearly every field is text, and this one gives the finished schema, where
    pydantic puts it together field by field.
    """

    def __init__(
        self,
        *,
        strip: bool | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        pattern: str | None = None,
        example: str = "",
    ) -> None:
        self.strip: Final = strip
        self.at_least: Final = at_least
        self.at_most: Final = at_most
        self.pattern: Final = pattern
        self.example: Final = example

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema) | ({"examples": [self.example]} if self.example else {})

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.str_schema(
            strip_whitespace=self.strip, min_length=self.at_least, max_length=self.at_most, pattern=self.pattern
        )


class LightMarkdown:
    """Marks text that may carry emphasis and links; everything else in it is shown as written."""


def marks_of(field: FieldInfo) -> tuple[object, ...]:
    """Everything that marks a field or a part of its type."""
    annotation: Any = field.annotation
    return (*field.metadata, *_marks_in(annotation))


@cache
def _marks_in(annotation: object) -> tuple[object, ...]:
    own: tuple[object, ...] = getattr(annotation, "__metadata__", ())
    parts: tuple[object, ...] = getattr(annotation, "__args__", ())
    return own + tuple(mark for part in parts for mark in _marks_in(part))


def required(description: str) -> Any:  # noqa: ANN401 - stands where a default stands, like pydantic's own Field
    """A field that must be there."""
    return Field(description=description)


def optional(description: str) -> Any:  # noqa: ANN401 - as above
    """A field that is "not stated" when absent."""
    return Field(default=None, description=description)


def many(description: str) -> Any:  # noqa: ANN401 - as above
    """A list that is empty when absent."""
    return Field(default=(), description=description)


def flag(description: str) -> Any:  # noqa: ANN401 - as above
    """A yes or no that is no when absent."""
    return Field(default=False, description=description)


def _money(value: object) -> Money:
    if isinstance(value, Money):
        return value
    if isinstance(value, str):
        return parse_money(value)
    raise MoneyError("An amount of money is written as text. Write it like £1.3m, £200k or £2m (TBC).")


def _published(value: Time | Quantity | Money) -> object:
    """What stood in the file, so that a dumped plan loads again as the same plan."""
    return getattr(value, "as_written", value.published)


class Notation:
    """Marks a field that is read from a notation of our own; pydantic then holds what `read` returns."""

    def __init__(self, name: str, read: Callable[[object], object], json_schema: dict[str, Any]) -> None:
        self.name: Final = name
        self.read: Final = read
        self.json_schema: Final = json_schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(_published)
        return core_schema.no_info_plain_validator_function(self.read, serialization=written)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema | {"x-notation": self.name}


LONG_FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "published": {"description": "The wording as published.", "type": ["string", "number", "boolean"]},
        "read_as": {"description": "How it is read here.", "type": ["string", "number"]},
    },
    "required": ["published"],
    "additionalProperties": False,
}
"""Schema of a notation in its long form: what was published, and how to read it."""


def _written(description: str, *examples: str) -> dict[str, Any]:
    """Schema of a notation: text, or what was published and how to read it. Editors take some texts for numbers."""
    short_form = {"type": ["string", "number"], "examples": list(examples)}
    return {"description": description, "anyOf": [short_form, LONG_FORM]}


Text = Annotated[str, Written(strip=True, at_least=1)]
"""Words on one line: a name, a title, a label."""

Prose = Annotated[Text, LightMarkdown()]
"""Sentences in light Markdown."""

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Written(pattern=ID_PATTERN, at_most=LONGEST_ID, example="same-day-care")]
"""A permanent name of an item: lower-case words joined by hyphens. It is also the anchor in the page."""

Ref = Annotated[Id, Refers("item")]
SourceRef = Annotated[Id, Refers("source")]
PersonRef = Annotated[Id, Refers("person")]
PlaceRef = Annotated[Id, Refers("place")]
CaseStudyRef = Annotated[Id, Refers("case study")]
VisionListRef = Annotated[Id, Refers("vision list")]
CommitmentCode = Annotated[str, Written(at_least=1), Refers("commitment")]
OdsCode = Annotated[str, Written(at_least=1), Refers("icb")]
PlanRef = Annotated[Id, Refers("plan")]

Count = Annotated[int, Field(ge=0)]
When = Annotated[
    Time,
    Notation(
        "time", read_time, _written("A date or period", "2024/25", "April 2024 to June 2024", "by March 2026", "Year 1")
    ),
]
Amount = Annotated[
    Money,
    Notation(
        "money",
        _money,
        {
            "description": "An amount",
            "type": "string",
            "pattern": r"£|[Tt][Bb][Cc]|[Tt][Oo]\s+[Bb][Ee]\s|[Nn][Oo][Tt]\s",
            "examples": ["£1.3m", "£200k", "£2m (TBC)", "TBC", "not stated"],
        },
    ),
]
Number = Annotated[
    Quantity,
    Notation(
        "number", read_quantity, _written("A number as published", "30%", "c. 400", "33 out of 35", "over 280,000")
    ),
]
