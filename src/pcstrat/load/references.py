"""Turns a plan's ids and references into findings: ids used twice, references that lead nowhere, unknown codes."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.model.base import Model, Refers
from pcstrat.model.plan import Plan
from pcstrat.naming import item_name
from pcstrat.registry import Registry
from pcstrat.source import Source

CODES = {
    "R01": "A reference leads nowhere",
    "R02": "An id is used twice",
    "R03": "No ICB has this code",
    "R04": "No national commitment has this code",
    "R05": "The id of the plan is not the name of its file",
    "R06": "Two files have plans with one id",
    "R07": "The id of the plan cannot be the name of a folder of the site",
}
"""Every finding about ids, references and codes."""

_LISTS = {"source": "sources", "person": "people", "place": "places", "case study": "case_studies"}
"""Where the items stand that a reference of each kind may name."""

_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for devices: no file or folder can have them there."""

_OF_THE_SITE = frozenset({"accessibility", "compare", "findings", "index", "manifest"})
"""Names that the site itself uses beside the folders of the plans."""


class Use(NamedTuple):
    """An id or a reference, and where it stands."""

    name: str
    path: Path
    kind: str = ""


def reference_findings(source: Source, plan: Plan, registry: Registry) -> Iterator[Finding]:
    """Everything in a plan that names something which is not there, or not once."""
    ids, references = _ids_and_references(plan)
    yield from _used_twice(source, ids)
    targets = {"item": {use.name for use in ids}, "vision list": _ids_of(plan.vision.lists if plan.vision else ())}
    targets |= {kind: _ids_of(getattr(plan, field)) for kind, field in _LISTS.items()}
    for use in references:
        if use.kind in targets and use.name not in targets[use.kind]:
            yield _leads_nowhere(source, use, targets[use.kind])
        elif use.kind == "icb" and registry.icb(use.name) is None:
            yield _unknown_code(source, use, "R03", "ICB", registry.suggest_icb(use.name))
        elif use.kind == "commitment" and registry.commitment(use.name) is None:
            yield _unknown_code(source, use, "R04", "national commitment", registry.suggest_commitment(use.name))


def file_name_findings(source: Source, plan: Plan, file_id: str) -> Iterator[Finding]:
    """That the file is not named after its plan, so that its documents stand where nobody looks for them."""
    if file_id != plan.id:
        message = f"The file is called '{file_id}', but the id of the plan in it is '{plan.id}'."
        remedy = f"Call the file {plan.id}.yaml, or change the id."
        yield replace(_finding(source, ("id",), "R05", message, remedy), severity=Severity.WARNING)


def unusable_id_findings(source: Source, plan: Plan) -> Iterator[Finding]:
    """That no folder can be called like the plan, or that the site needs the name itself."""
    if plan.id in _OF_THE_SITE:
        message = f"A plan cannot have the id '{plan.id}': the site itself uses this name."
    elif _DEVICES.fullmatch(plan.id):
        message = f"A plan cannot have the id '{plan.id}': Windows keeps this name for a device."
    else:
        return
    yield _finding(source, ("id",), "R07", message, f"Choose another id, such as {plan.id}-plan.")


def shared_id_finding(source: Source, other: str) -> Finding:
    """That another file has a plan with the same id, so that nobody can say which of the two is meant."""
    stated = source.data.get("id") if isinstance(source.data, dict) else None
    message = f"The file '{other}' has a plan with the id '{stated}' too; neither of the two is published."
    return _finding(source, ("id",), "R06", message, "Give one of them another id, or remove one of the files.")


def _ids_of(items: Iterable[object]) -> set[str]:
    return {getattr(item, "id", "") for item in items}


def _ids_and_references(plan: Plan) -> tuple[list[Use], list[Use]]:
    ids: list[Use] = []
    references: list[Use] = []
    for path, part in _parts(plan, ()):
        for name, kind in _fields_with_meaning(type(part)):
            target = ids if kind == "id" else references
            value = getattr(part, name)
            many = isinstance(value, tuple)
            for index, entry in enumerate(value if many else (value,)):
                if entry is not None:
                    target.append(Use(entry, (*path, name, index) if many else (*path, name), kind))
    return [use for use in ids if use.path != ("id",)], [use for use in references if use.name != "not stated"]


def _parts(model: Model, path: Path) -> Iterator[tuple[Path, Model]]:
    """A model and every model inside it, with the paths of their data."""
    yield path, model
    for name, key in _fields_with_models(type(model)):
        value = getattr(model, name)
        if isinstance(value, Model):
            yield from _parts(value, (*path, key))
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Model):
                    yield from _parts(entry, (*path, key, index))


@cache
def _fields_with_models(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that can hold models, each with the key that a plan file has for it."""
    fields = model.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _can_hold_model(field.annotation))


def _can_hold_model(annotation: object) -> bool:
    """Whether a model may stand in a field of this type; a model that holds its own kind names it as text."""
    if isinstance(annotation, str | typing.ForwardRef):
        return True
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    is_choice = typing.get_origin(annotation) is typing.Literal
    return not is_choice and any(map(_can_hold_model, typing.get_args(annotation)))


@cache
def _fields_with_meaning(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that hold ids ("id") or refer to something, with the kind of thing."""
    found: list[tuple[str, str]] = [(name, "id") for name in ("id", "was") if name in model.model_fields]
    for name, field in model.model_fields.items():
        kinds = [mark.to for mark in (*field.metadata, *_marks(field.annotation)) if isinstance(mark, Refers)]
        found += [(name, kind) for kind in kinds[:1]]
    return tuple(found)


def _marks(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for part in typing.get_args(annotation):
        yield from _marks(part)


def _used_twice(source: Source, ids: Iterable[Use]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for use in ids:
        if use.name in first:
            line = source.span(first[use.name]).start.line
            message = f"The id '{use.name}' is used twice: it already stands on line {line}."
            yield _finding(source, use.path, "R02", message, "Give one of them another id.")
        first.setdefault(use.name, use.path)


def _leads_nowhere(source: Source, use: Use, targets: set[str]) -> Finding:
    close = difflib.get_close_matches(use.name, sorted(targets), n=1, cutoff=0.6)
    otherwise = f"Give this id to the {use.kind} that is meant, or remove it here."
    remedy = f"Did you mean '{close[0]}'?" if close else otherwise
    return _finding(source, use.path, "R01", f"No {use.kind} of the plan has the id '{use.name}'.", remedy)


def _unknown_code(source: Source, use: Use, code: str, what: str, close: str | None) -> Finding:
    otherwise = f"Use a code that the registry has, or add this {what} to a registry of your own."
    remedy = f"Did you mean '{close}'?" if close else otherwise
    return _finding(source, use.path, code, f"No {what} has the code '{use.name}'.", remedy)


def _finding(source: Source, path: Path, code: str, message: str, remedy: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        file=source.file,
        message=message,
        remedy=remedy,
        span=source.span(path),
        path=path,
        where=item_name(source.data, path),
    )
