"""Turns a path in plan data into what the models say of the field there: its sentence, its fields, its short form."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from pcstrat.diagnostics import Path
from pcstrat.model.plan import Plan


def description(path: Path) -> str:
    """The sentence that documents the field at a path, or the field that the path leads to an item of."""
    field = _field_at(path)
    return (field.description if field else None) or ""


def _fields(model: type[BaseModel] | None) -> dict[str, FieldInfo]:
    """The fields of a model by the names that a plan file has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()} if model else {}


def field_names(path: Path) -> list[str]:
    """The fields that may stand at a path; none where no set of fields is expected."""
    return list(_fields(_model_at(path)))


def needed_fields(path: Path) -> list[str]:
    """The fields that must stand at a path, in quotes."""
    return [f"'{name}'" for name, field in _fields(_model_at(path)).items() if field.is_required()]


def _model_at(path: Path) -> type[BaseModel] | None:
    """The model that the data at a path should have; None where it is no model."""
    model: type[BaseModel] | None = Plan
    for step in path:
        if isinstance(step, str):
            model = model_below(model, step) if model else None
    return model


@cache
def model_below(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model that data under a key of a model should have; None where it is no model or the key is unknown."""
    field = _fields(model).get(key)
    annotation: object = field.annotation if field else None
    if isinstance(annotation, typing.ForwardRef):
        # A model that holds its own kind names it as text, and only its own fields are resolved, not inherited ones.
        return next((found for base in model.__mro__[1:] if (found := _inherited(base, key))), None)
    return _model_in(annotation)


def _inherited(base: type, key: str) -> type[BaseModel] | None:
    is_model = issubclass(base, BaseModel) and base is not BaseModel
    return model_below(base, key) if is_model else None


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside a field's type: in a list, beside None, or with validators around it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in {tuple, Annotated, types.UnionType, typing.Union}:
        return next((model for part in typing.get_args(annotation) if (model := _model_in(part))), None)
    return None


def may_be_text(path: Path) -> bool:
    """Whether text alone may stand at a path for a set of fields."""
    names = [step for step in path if isinstance(step, str)]
    field = _fields(_model_at(tuple(names[:-1]))).get(names[-1]) if names else None
    return field is not None and _has_short_form(field.annotation, field.metadata)


def _has_short_form(annotation: object, marks: Iterable[object] = ()) -> bool:
    return next(_short_forms(annotation, marks), None) is not None


def _short_forms(annotation: object, marks: Iterable[object] = ()) -> Iterator[BeforeValidator]:
    """What makes the fields of a model out of text alone."""
    for mark in (*marks, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, BeforeValidator):
            yield mark
    for part in typing.get_args(annotation):
        yield from _short_forms(part)


def possible_values(path: Path) -> list[str]:
    """The values that may stand at a path, where only some may; else none."""
    field = _field_at(path)
    return list(dict.fromkeys(_choices(field.annotation))) if field else []


def is_notation(path: Path, kind: type) -> bool:
    """Whether text at a path is read from a notation as one of a kind, such as `Time` or `Money`.

    It may stand for a set of fields, one of which is of that kind.
    """
    field = _field_at(path)
    return field is not None and (
        _holds(field.annotation, kind) or any(_holds(alone.annotation, kind) for alone in _fields_of_text(field))
    )


def _fields_of_text(field: FieldInfo) -> Iterator[FieldInfo]:
    """The field that text fills where it stands alone for a set of fields."""
    fields = _fields(_model_in(field.annotation))
    for form in _short_forms(field.annotation, field.metadata):
        made = typing.cast(typing.Callable[[object], object], form.func)("")
        yield from (fields[name] for name in made if name in fields) if isinstance(made, dict) else ()


def _field_at(path: Path) -> FieldInfo | None:
    """The field at a path, or the one that the path leads to an item of."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return _fields(_model_at(path[:-1])).get(str(path[-1])) if path else None


def _choices(annotation: object) -> Iterator[str]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from (str(value) for value in typing.get_args(annotation))
    elif isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from (member.value for member in annotation)
    for part in typing.get_args(annotation):
        yield from _choices(part)


def _holds(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_holds(part, kind) for part in typing.get_args(annotation))
