"""Turns what pydantic says of plan data into findings: one table from its error types to our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.load.at_path import finding_at
from pcstrat.load.fields import description, field_names, may_be_text, needed_fields, possible_values
from pcstrat.load.leaves import Leaves
from pcstrat.load.long_form import how_to_write, is_misspelt_long_form, wrong_fields
from pcstrat.load.misspellings import did_you_mean, fields_meant, nearest, value_meant, where_field_belongs
from pcstrat.model.money import MoneyError
from pcstrat.model.quantities import QuantityError
from pcstrat.model.times import TimeError
from pcstrat.naming import id_from, shorten
from pcstrat.patterns import Pattern
from pcstrat.source import QUOTE_IT, Source, explain_accident
from pcstrat.text import listed

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
    "V11": "A text has characters that cannot be seen, or that change its order",
}
"""Every finding about the shape of a plan file."""

_NOTATION_ERRORS = {
    TimeError: ("V06", "Write it like April 2024, 2024/25 or by March 2026."),
    MoneyError: ("V07", "Write it like £1.3m, £200k or £2m (TBC)."),
    QuantityError: ("V08", "Write it like 30%, about 400 people or 33 out of 35."),
}
_FIRST_SENTENCE = Pattern(r"((?:“[^”]*”|[^“.]|\.(?! ))+\.) +(.+)", re.DOTALL)
"""A sentence ends at a full stop before a space, but not inside a quotation: “c. 400” is no end."""


_THOUSANDS = Pattern(r"\d{3}(?:\.\d+)?\D*")
_IN_THOUSANDS = Pattern(r"\d{1,3}(?:,\d{3})+")


class _Container(Protocol):
    """A mapping or list of a file."""

    def __getitem__(self, step: str | int, /) -> object: ...


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


def shape_findings(source: Source, leaves: Leaves, error: ValidationError | None) -> tuple[Finding, ...]:
    """Every shape problem of a file: values left empty, and what pydantic refused; one finding for one cause."""
    empty = set(leaves.empty())
    refused = [entry for entry in _without_repeats(_errors(source.data, error)) if entry.path not in empty]
    explained = {entry.path for entry in refused if _explains_what_is_below(entry)}
    around_empty = {path[:-1] for path in empty}
    found = [
        _finding(source, path, _nothing_written(path))
        for path in empty
        if not any(path[:length] in explained for length in range(1, len(path)))
    ]
    found += [
        _finding(source, entry.path, _describe(entry))
        for entry in refused
        if entry.kind != "value_error" or entry.path in explained or entry.path not in around_empty
    ]
    return tuple(finding for finding in found if not _is_said(finding, source))


def _is_said(finding: Finding, source: Source) -> bool:
    """Whether reading the text found the cause already: an accident of notation on the same line.

    What is missing may stand in the part of a text that is no YAML.
    """
    span = finding.span
    starts = [entry.span.start for entry in source.findings if entry.span and entry.severity is Severity.ERROR]
    if span is None or span.start in starts:
        return True
    if not source.is_whole:
        is_inside = any(span.start <= start <= span.end for start in starts)
        return (finding.code == "V01" and is_inside) or span.start.line in {start.line for start in starts}
    one_line = finding.code == "V03" and span.start.line == span.end.line
    return one_line and any(span.start < start < span.end for start in starts)


def _explains_what_is_below(error: Error) -> bool:
    """Whether the value as a whole is refused, so that nothing need be said of an empty place in it."""
    return error.kind not in {"missing", "value_error"} or isinstance(
        error.context.get("error"), tuple(_NOTATION_ERRORS)
    )


def _finding(source: Source, path: Path, problem: Problem) -> Finding:
    return finding_at(source, path, problem.code, problem.message, problem.remedy, at_key=problem.at_key)


def _nothing_written(path: Path) -> Problem:
    if isinstance(path[-1], int):
        return Problem("V09", "This list item is empty.", "Write the item, or delete the line.")
    needed = f"'{path[-1]}'" in needed_fields(path[:-1])
    remedy = (
        "Write the value." if needed else "Write the value, or delete the line: what is absent counts as not stated."
    )
    return Problem("V09", f"Nothing is written after '{path[-1]}:'.", remedy, at_key=True)


def _errors(data: object, error: ValidationError | None) -> Iterator[Error]:
    entries = error.errors(include_url=False) if error else []
    misspelt = set(_misspelt(data, entries))
    for entry in entries:
        kind = entry["type"]
        path = _path_in_data(data, entry["loc"], missing=kind == "missing")
        is_of_fields = kind in {"missing", "extra_forbidden"}
        around = _value_at(data, path[:-1]) if is_of_fields else None
        reason = _accident(data, path[:-1]) if is_of_fields else _split_number(data, path)
        if around is not None and is_misspelt_long_form(path[:-1], around):
            yield Error("long_form", path[:-1], around, {})
        elif reason:
            yield Error("accident", path[:-1], None, {"reason": reason})  # of all items there is one cause
        elif kind != "missing" or path not in misspelt:
            context = {"around": _value_at(data, path[:-1]), **entry.get("ctx", {})}
            yield Error(kind, path, entry["input"], context)


def _misspelt(data: object, entries: Iterable[ErrorDetails]) -> Iterator[Path]:
    """Paths of the fields that unknown ones are most likely meant to be: they are not missing as well."""
    for entry in entries:
        if entry["type"] == "extra_forbidden":
            path = _path_in_data(data, entry["loc"], missing=False)
            for meant in fields_meant(str(path[-1]), path[:-1], _value_at(data, path[:-1])):
                yield (*path[:-1], meant)


def _accident(data: object, path: Path) -> str | None:
    """What made a set of fields out of the text at a path; None where it does not look like an accident."""
    value = _value_at(data, path)
    fields = field_names(path)
    is_slip = isinstance(value, dict) and any(key in fields or nearest(key, fields) for key in value)
    return None if is_slip or not path else explain_accident(value)


def _split_number(data: object, path: Path) -> str | None:
    """What made list items of "£2,000,000", if the text at a path is such an item."""
    around = _value_at(data, path[:-1])
    if not path or not isinstance(path[-1], int) or not isinstance(around, list):
        return None
    item = around[path[-1]]
    if not isinstance(item, str) or not _THOUSANDS.fullmatch(item):
        return None
    whole = ",".join(_texts_together(around, path[-1]))
    return f"The commas in brackets made list items of '{shorten(whole)}'." if _IN_THOUSANDS.search(whole) else None


def _texts_together(items: list[object], index: int) -> Iterator[str]:
    """The texts of a list that stand together with the one at an index, which may be among other things."""
    first = next((place + 1 for place in range(index, -1, -1) if not isinstance(items[place], str)), 0)
    for item in items[first:]:
        if not isinstance(item, str):
            return
        yield item


def _value_at(data: object, path: Path) -> object:
    for step in path:
        data = data[step] if _has(data, step) else None
    return data


def _path_in_data(data: object, location: Iterable[str | int], *, missing: bool) -> Path:
    """Pydantic's location without the steps it invents (union members, fields that text stands for)."""
    path: list[str | int] = []
    steps = list(location)
    for number, step in enumerate(steps):
        if _has(data, step):
            data = data[step]
        elif not (missing and number == len(steps) - 1):
            continue
        path.append(step)
    return tuple(path)


def _has(data: object, step: str | int) -> TypeGuard[_Container]:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


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


def _name(path: Path) -> str:
    """The field at a path, or the one that the path leads to an item of."""
    return f"'{next((step for step in reversed(path) if isinstance(step, str)), 'the plan')}'"


def _subject(error: Error) -> str:
    """The field as the subject of a sentence."""
    return f"Each item of {_name(error.path)}" if _is_item(error.path) else _name(error.path)


def _is_item(path: Path) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _explained(error: Error) -> Problem:
    return Problem("V03", str(error.context["reason"]), QUOTE_IT)


def _missing(error: Error) -> Problem:
    name = str(error.path[-1])
    return Problem("V01", f"'{name}' is missing.", f"Add '{name}: ...'. {description(error.path)}".strip())


def _unknown(error: Error) -> Problem:
    name = str(error.path[-1])
    around, written = error.path[:-1], error.context["around"]
    meant = fields_meant(name, around, written)
    remedy = where_field_belongs(name, around, written)
    if " " in name and not meant:
        message = f"The colon after '{shorten(name)}' made this text a key with a value."
        return Problem("V03", message, QUOTE_IT, at_key=True)
    if not remedy:
        remedy = did_you_mean(meant) if meant else f"Possible fields here: {', '.join(sorted(field_names(around)))}."
    return Problem("V02", f"There is no field '{shorten(name)}' here.", remedy, at_key=True)


def _kind_of(value: object) -> str:
    if isinstance(value, dict):
        return "a set of fields"
    if isinstance(value, list):
        return "a list"
    return "text"


def _not_text(error: Error) -> Problem:
    message = f"{_subject(error)} should be text, but {_kind_of(error.given)} is written."
    return Problem("V03", explain_accident(error.given) or message, QUOTE_IT)


def _not_list(error: Error) -> Problem:
    message = f"{_subject(error)} should be a list, but {_kind_of(error.given)} is written."
    return Problem("V03", message, "Put each item on a line of its own that starts with '- '.")


def _not_fields(error: Error) -> Problem:
    accident = explain_accident(error.given) if may_be_text(error.path) else None
    if accident:
        return Problem("V03", accident, QUOTE_IT)
    message = f"{_subject(error)} should have fields of its own, but {_kind_of(error.given)} is written."
    needed = needed_fields(error.path)
    fields = f"It needs {listed(needed)}." if needed else f"Possible fields: {', '.join(field_names(error.path))}."
    return Problem("V03", message, f"Write its fields below it, indented. {fields}")


def _not_listed(error: Error) -> Problem:
    allowed = possible_values(error.path)
    close = value_meant(str(error.given), allowed)
    hint = f"Did you mean '{close}'? " if close else ""
    message = f"'{shorten(str(error.given))}' is not a possible value of {_name(error.path)}."
    return Problem("V04", message, f"{hint}Possible values: {', '.join(allowed)}.")


def _not_whole_number(error: Error) -> Problem:
    given = f"'{shorten(error.given)}'" if isinstance(error.given, str) else _kind_of(error.given)
    message = f"{_subject(error)} should be a whole number, but {given} is written."
    return Problem("V03", message, "Write the number in figures, such as 5.")


def _negative(error: Error) -> Problem:
    message = f"{_subject(error)} cannot be less than 0, but '{error.given}' is written."
    return Problem("V10", message, "Write how many there are, in figures, such as 5.")


def _not_yes_or_no(error: Error) -> Problem:
    given = f"'{shorten(error.given)}'" if isinstance(error.given, str) else _kind_of(error.given)
    return Problem("V03", f"{_subject(error)} should be yes or no, but {given} is written.", "Write yes or no.")


def _bad_id(error: Error) -> Problem:
    given = str(error.given)
    proposal = id_from(given)
    remedy = "Use lower-case letters, figures and single hyphens."
    if proposal:
        remedy += f" For example: {proposal}."
    if error.path[-1] == "source":
        remedy += " Give the same id to the source itself, under `sources`."
    return Problem("V05", f"'{shorten(given)}' cannot be an id.", remedy)


def _too_long(error: Error) -> Problem:
    longest = error.context.get("max_length")
    message = f"The id '{shorten(str(error.given))}' is longer than {longest} characters."
    return Problem("V05", message, "Shorten it.")


def _too_short(error: Error) -> Problem:
    subject = f"An item of {_name(error.path)}" if _is_item(error.path) else _name(error.path)
    return Problem("V09", f"{subject} is empty.", "Write the value, or delete the line.")


def _refused_by_us(error: Error) -> Problem:
    reason = error.context.get("error")
    of_a_notation = (entry for kind, entry in _NOTATION_ERRORS.items() if isinstance(reason, kind))
    code, how = next(of_a_notation, ("V10", description(error.path)))
    if isinstance(error.given, list):
        return Problem(code, f"{_subject(error)} should be one value, but a list is written.", how)
    if isinstance(reason, QuantityError | TimeError) and isinstance(error.given, dict) and wrong_fields(error.given):
        return Problem(code, str(reason), how_to_write(error.path, error.given) or how)
    sentences = _FIRST_SENTENCE.fullmatch(str(reason))
    message, remedy = sentences.groups() if sentences else (str(reason), how)
    return Problem(code, _upper(message), remedy or "Change the value, or delete the line.")


def _misspelt_long_form(error: Error) -> Problem:
    wrong = [name for name in wrong_fields(error.given) if name not in field_names(error.path)]
    needs = f"not {', '.join(wrong)}" if wrong else "and needs published"
    message = f"The long form of a number has only published and read_as, {needs}."
    return Problem("V08", message, how_to_write(error.path, error.given) if isinstance(error.given, dict) else "")


def _not_allowed(error: Error) -> Problem:
    message = f"'{shorten(str(error.given))}' cannot stand for {_name(error.path)}."
    return Problem("V10", message, description(error.path) or "Change the value, or delete the line.")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


_DESCRIPTIONS = {
    "accident": _explained,
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
    "int_parsing_size": _not_whole_number,
    "greater_than_equal": _negative,
    "bool_parsing": _not_yes_or_no,
    "bool_type": _not_yes_or_no,
    "string_pattern_mismatch": _bad_id,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "value_error": _refused_by_us,
    "long_form": _misspelt_long_form,
}
