"""Turns what pydantic says of plan data into findings: one table from its error types to our words."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ValidationError

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.model.money import MoneyError
from pcstrat.model.plan import Plan
from pcstrat.model.quantities import QuantityError
from pcstrat.model.times import TimeError
from pcstrat.naming import item_name, shorten
from pcstrat.source import Source, explain_accident

CODES = {
    "V01": "A field is missing",
    "V02": "A field does not exist",
    "V03": "A value is of the wrong shape",
    "V04": "A value is not in the list of possible values",
    "V05": "An id is badly written",
    "V06": "A date or period cannot be read",
    "V07": "An amount of money cannot be read",
    "V08": "A number cannot be read",
    "V09": "Nothing is written where a value should be",
    "V10": "A value is not allowed",
}
"""Every finding about the shape of a plan file."""

_NOTATION_ERRORS = {TimeError: "V06", MoneyError: "V07", QuantityError: "V08"}


class Problem(NamedTuple):
    """What one error comes to, before it is placed in the file."""

    code: str
    message: str
    remedy: str
    at_key: bool = False


class Error(NamedTuple):
    """One of pydantic's errors, as far as we use it."""

    kind: str
    path: Path
    given: object
    context: Mapping[str, Any]


def shape_findings(source: Source, error: ValidationError | None) -> tuple[Finding, ...]:
    """Every shape problem of a file: values left empty, and what pydantic refused."""
    empty = tuple(_empty_paths(source.data))
    found = [_finding(source, path, _nothing_written(path)) for path in empty]
    for refused in _without_repeats(_errors(source.data, error)):
        if refused.path not in empty:
            found.append(_finding(source, refused.path, _describe(refused)))
    return tuple(found)


def _finding(source: Source, path: Path, problem: Problem) -> Finding:
    span = source.key_span(path) if problem.at_key else source.span(path)
    return Finding(
        code=problem.code,
        severity=Severity.ERROR,
        file=source.file,
        message=problem.message,
        remedy=problem.remedy,
        span=span,
        path=path,
        where=item_name(source.data, path),
    )


def _empty_paths(data: object, path: Path = ()) -> Iterator[Path]:
    """Paths of keys and list items after which nothing is written."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _empty_paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _empty_paths(value, (*path, index))
    elif data is None and path:
        yield path


def _nothing_written(path: Path) -> Problem:
    if isinstance(path[-1], int):
        return Problem("V09", "This list item is empty.", "Write the item, or delete the line.")
    message = f"Nothing is written after '{path[-1]}:'."
    return Problem("V09", message, "Write the value, or delete the line: what is absent counts as not stated.", True)  # noqa: FBT003


def _errors(data: object, error: ValidationError | None) -> Iterator[Error]:
    for entry in error.errors(include_url=False) if error else ():
        path = _path_in_data(data, entry["loc"], missing=entry["type"] == "missing")
        yield Error(entry["type"], path, entry["input"], entry.get("ctx", {}))


def _path_in_data(data: object, location: Iterable[str | int], *, missing: bool) -> Path:
    """Pydantic's location without the steps it invents (union members, fields that text stands for)."""
    path: list[str | int] = []
    steps = list(location)
    for number, step in enumerate(steps):
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not (missing and number == len(steps) - 1):
            continue
        path.append(step)
    return tuple(path)


def _without_repeats(errors: Iterable[Error]) -> Iterator[Error]:
    """One error a place: where several forms are allowed, pydantic reports each form that failed."""
    seen: set[Path] = set()
    for error in sorted(errors, key=lambda error: error.kind == "literal_error"):
        if error.path not in seen:
            seen.add(error.path)
            yield error


def _describe(error: Error) -> Problem:
    describe = _DESCRIPTIONS.get(error.kind, _not_allowed)
    return describe(error)


def _field(error: Error) -> str:
    """The field's name, or what it is an item of."""
    names = [step for step in error.path if isinstance(step, str)]
    if not names:
        return "the plan"
    return f"each item of '{names[-1]}'" if isinstance(error.path[-1], int) else f"'{names[-1]}'"


def _missing(error: Error) -> Problem:
    name = str(error.path[-1])
    accident = explain_accident(error.given)
    if accident:
        return Problem("V03", accident, "Put the text in quotes, or write it as a block starting with >-.")
    description = _description(error.path)
    return Problem("V01", f"'{name}' is missing.", f"Add '{name}: ...'. {description}".strip())


def _unknown(error: Error) -> Problem:
    name = str(error.path[-1])
    fields = _field_names(error.path[:-1])
    if " " in name:
        message = f"The colon after '{shorten(name)}' made this text a key with a value."
        return Problem("V03", message, "Put the text in quotes, or write it as a block starting with >-.", True)  # noqa: FBT003
    close = difflib.get_close_matches(name, fields, n=1, cutoff=0.6)
    hint = f"Did you mean '{close[0]}'? " if close else ""
    remedy = f"{hint}Possible fields here: {', '.join(sorted(fields))}."
    return Problem("V02", f"'{name}' is not a field here.", remedy, True)  # noqa: FBT003


def _kind_of(value: object) -> str:
    if isinstance(value, dict):
        return "a set of fields"
    if isinstance(value, list):
        return "a list"
    return "text"


def _not_text(error: Error) -> Problem:
    accident = explain_accident(error.given)
    message = accident or f"{_field(error).capitalize()} should be text, but {_kind_of(error.given)} is written."
    return Problem("V03", message, "Put the text in quotes, or write it as a block starting with >-.")


def _not_list(error: Error) -> Problem:
    message = f"{_field(error)} should be a list, but {_kind_of(error.given)} is written."
    return Problem("V03", _upper(message), "Put each item on a line of its own that starts with '- '.")


def _not_fields(error: Error) -> Problem:
    message = f"{_field(error)} should have fields of its own, but {_kind_of(error.given)} is written."
    fields = ", ".join(sorted(_field_names(error.path)))
    return Problem("V03", _upper(message), f"Write the fields below it, indented. Possible fields: {fields}.")


def _not_listed(error: Error) -> Problem:
    allowed = re.findall(r"'([^']+)'", str(error.context.get("expected", "")))
    given = str(error.given)
    close = difflib.get_close_matches(given, allowed, n=1, cutoff=0.5)
    hint = f"Did you mean '{close[0]}'? " if close else ""
    message = f"'{shorten(given)}' is not a possible value of {_field(error)}."
    return Problem("V04", message, f"{hint}Possible values: {', '.join(allowed)}.")


def _not_whole_number(error: Error) -> Problem:
    message = f"{_field(error)} should be a whole number, but '{shorten(str(error.given))}' is written."
    return Problem("V03", _upper(message), "Write the number in figures, such as 5.")


def _not_yes_or_no(error: Error) -> Problem:
    message = f"{_field(error)} should be yes or no, but '{shorten(str(error.given))}' is written."
    return Problem("V03", _upper(message), "Write yes or no.")


def _bad_id(error: Error) -> Problem:
    given = str(error.given)
    proposal = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")
    remedy = "Use lower-case letters, figures and single hyphens."
    if proposal:
        remedy += f" For example: {proposal}."
    return Problem("V05", f"'{shorten(given)}' cannot be an id.", remedy)


def _too_long(error: Error) -> Problem:
    return Problem("V05", f"This id is longer than {error.context.get('max_length')} characters.", "Shorten it.")


def _too_short(error: Error) -> Problem:
    return Problem("V09", f"{_upper(_field(error))} is empty.", "Write the value, or delete the line.")


def _refused_by_us(error: Error) -> Problem:
    reason = error.context.get("error")
    code = next((code for kind, code in _NOTATION_ERRORS.items() if isinstance(reason, kind)), "V10")
    message, _, remedy = str(reason).partition(". ")
    return Problem(code, f"{_upper(message).rstrip('.')}.", remedy)


def _not_allowed(error: Error) -> Problem:
    message = f"'{shorten(str(error.given))}' cannot stand for {_field(error)}."
    return Problem("V10", message, _description(error.path) or "See the description of the file format.")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


_DESCRIPTIONS = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "tuple_type": _not_list,
    "model_type": _not_fields,
    "model_attributes_type": _not_fields,
    "dict_type": _not_fields,
    "enum": _not_listed,
    "literal_error": _not_listed,
    "int_parsing": _not_whole_number,
    "int_type": _not_whole_number,
    "int_from_float": _not_whole_number,
    "greater_than_equal": _not_whole_number,
    "bool_parsing": _not_yes_or_no,
    "bool_type": _not_yes_or_no,
    "string_pattern_mismatch": _bad_id,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "value_error": _refused_by_us,
}


def _description(path: Path) -> str:
    """The sentence that documents the field at a path."""
    model = _model_at(path[:-1])
    name = path[-1] if path else ""
    for field_name, field in model.model_fields.items() if model else ():
        if name in {field_name, field.alias}:
            return field.description or ""
    return ""


def _field_names(path: Path) -> list[str]:
    model = _model_at(path)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(path: Path) -> type[BaseModel] | None:
    """The model that the data at a path should have; None where it is no model."""
    model: type[BaseModel] | None = Plan
    for step in path:
        if isinstance(step, int):
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
        model = _model_in(fields[step].annotation) if step in fields else None
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside a field's type: in a list, beside None, or with validators around it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in {tuple, Annotated, types.UnionType, typing.Union}:
        return next((model for part in typing.get_args(annotation) if (model := _model_in(part))), None)
    return None
