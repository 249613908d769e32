"""Turns a file's ids and references into findings: ids used twice, references that lead nowhere, unknown codes.

They are read off the data, so that a file whose shape is wrong elsewhere has its references judged all the same.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.load.at_path import finding_at
from pcstrat.load.fields import model_below
from pcstrat.model.base import Refers, marks_of
from pcstrat.model.plan import Plan
from pcstrat.patterns import Pattern
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

_WRITTEN_ID = Pattern(r"\bid: *[\"']?([a-z0-9-]+)")
"""An id in the text of a file that is not YAML."""

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that Windows keeps for devices: no file or folder can have them there."""

_OF_THE_SITE = frozenset({"accessibility", "compare", "findings", "index", "manifest", "schemas"})
"""Names that the site itself uses beside the folders of the plans."""


_ID_FIELDS = ("id", "was")
"""Fields that hold ids of the item they stand in, those of today and earlier ones."""


class Part(NamedTuple):
    """Some data of a file, where it stands, and the model that describes it."""

    path: Path
    model: type[BaseModel]
    data: Mapping[str, object]


class Use(NamedTuple):
    """An id or a reference, and where it stands."""

    name: str
    path: Path
    kind: str = ""


def reference_findings(
    source: Source, data: Mapping[str, object], registry: Registry, refused: Collection[Path] = ()
) -> Iterator[Finding]:
    """Everything in a file that names something which is not there, or not once.

    Args:
        source: The file.
        data: Its data in today's format, whether or not it is a valid plan.
        registry: The ICBs and national commitments whose codes a plan may use.
        refused: Where the shape of the data is wrong. Nothing more is said of these places; and what stands anywhere
            in such a file as an id may be what is meant, so that no reference to it is said to lead nowhere.
    """
    ids, references = _ids_and_references(data)
    yield from _used_twice(source, ids)
    targets = {"item": {use.name for use in ids}, "vision list": _ids_of(_at(data, "vision", "lists"))}
    targets |= {kind: _ids_of(data.get(field)) for kind, field in _LISTS.items()}
    somewhere = set(_all_ids(data)) if refused else set()
    somewhere |= set() if source.is_whole else set(_WRITTEN_ID.findall(source.text))
    for use in references:
        if use.path in refused:
            continue
        if use.kind in targets and use.name not in targets[use.kind] | somewhere:
            yield _leads_nowhere(source, use, targets[use.kind] | somewhere)
        elif use.kind == "icb" and registry.icb(use.name) is None:
            yield _unknown_icb(source, use, registry)
        elif use.kind == "commitment" and registry.commitment(use.name) is None:
            yield _unknown_commitment(source, use, registry)


def file_name_findings(source: Source, plan: Plan, file_id: str) -> Iterator[Finding]:
    """That the file is not named after its plan, so that its documents stand where nobody looks for them."""
    if file_id != plan.id:
        message = f"The file is called '{file_id}', but the id of the plan in it is '{plan.id}'."
        remedy = f"Call the file {plan.id}.yaml, or change the id."
        yield finding_at(source, ("id",), "R05", message, remedy, severity=Severity.WARNING)


def unusable_id_findings(source: Source, plan: Plan) -> Iterator[Finding]:
    """That no folder can be called like the plan, or that the site needs the name itself."""
    if plan.id in _OF_THE_SITE:
        message = f"A plan cannot have the id '{plan.id}': the site itself uses this name."
    elif plan.id in _DEVICES:
        message = f"A plan cannot have the id '{plan.id}': Windows keeps this name for a device."
    else:
        return
    yield finding_at(source, ("id",), "R07", message, f"Choose another id, such as {plan.id}-plan.")


def shared_id_finding(source: Source, other: str) -> Finding:
    """That another file has a plan with the same id, so that nobody can say which of the two is meant."""
    stated = source.data.get("id") if isinstance(source.data, dict) else None
    message = f"The file '{other}' has a plan with the id '{stated}' too; neither of the two is published."
    return finding_at(source, ("id",), "R06", message, "Give one of them another id, or remove one of the files.")


def _at(data: Mapping[str, object], key: str, below: str) -> object:
    inside = data.get(key)
    return inside.get(below) if isinstance(inside, dict) else None


def _ids_of(items: object) -> set[str]:
    entries = items if isinstance(items, list) else []
    return {entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)}


def _all_ids(data: object) -> Iterator[str]:
    """Every id in some data, wherever it stands and whatever else is wrong there."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _ID_FIELDS:
                yield from _texts(value)
            yield from _all_ids(value)
    elif isinstance(data, list):
        for entry in data:
            yield from _all_ids(entry)


def _texts(value: object) -> Iterator[str]:
    yield from (entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, str))


def _ids_and_references(data: Mapping[str, object]) -> tuple[list[Use], list[Use]]:
    ids: list[Use] = []
    references: list[Use] = []
    for path, model, part in _parts(data):
        for key, kind in _fields_with_meaning(model).items():
            value = part.get(key)
            if value is None:
                continue
            target = ids if kind == "id" else references
            if isinstance(value, str):
                target.append(Use(value, (*path, key), kind))
            elif isinstance(value, list):
                target += [Use(e, (*path, key, i), kind) for i, e in enumerate(value) if isinstance(e, str)]
    return [use for use in ids if use.path != ("id",)], [use for use in references if use.name != "not stated"]


def _parts(data: Mapping[str, object]) -> list[Part]:
    """The data of a plan, and all data inside it that a model describes."""
    found: list[Part] = []
    _gather(Part((), Plan, data), found)
    return found


def _gather(part: Part, found: list[Part]) -> None:
    found.append(part)
    path, model, data = part
    for key, value in data.items():
        if isinstance(value, str):
            continue
        below = model_below(model, key)
        if below is None:
            continue
        if isinstance(value, dict):
            _gather(Part((*path, key), below, value), found)
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, dict):
                    _gather(Part((*path, key, index), below, entry), found)


@cache
def _fields_with_meaning(model: type[BaseModel]) -> Mapping[str, str]:
    """The keys of a model that hold ids ("id") or refer to something, each with the kind of thing."""
    found = {name: "id" for name in _ID_FIELDS if name in model.model_fields}
    for name, field in model.model_fields.items():
        kinds = [mark.to for mark in marks_of(field) if isinstance(mark, Refers)]
        if kinds:
            found[field.alias or name] = kinds[0]
    return found


def _used_twice(source: Source, ids: Iterable[Use]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for use in ids:
        if use.name in first:
            line = source.span(first[use.name]).start.line
            message = f"The id '{use.name}' is used twice: it already stands on line {line}."
            yield finding_at(source, use.path, "R02", message, "Give one of them another id.")
        first.setdefault(use.name, use.path)


def _leads_nowhere(source: Source, use: Use, targets: set[str]) -> Finding:
    close = difflib.get_close_matches(use.name, sorted(targets), n=1, cutoff=0.6)
    field = _LISTS.get(use.kind)
    add = f", add the {use.kind} under `{field}` with this id," if field else ","
    otherwise = f"Give this id to the {use.kind} that is meant{add} or remove it here."
    remedy = f"Did you mean '{close[0]}'?" if close else otherwise
    return finding_at(source, use.path, "R01", f"No {use.kind} of the plan has the id '{use.name}'.", remedy)


def _unknown_icb(source: Source, use: Use, registry: Registry) -> Finding:
    close = registry.suggest_icb(use.name)
    return _unknown_code(source, use, "ICB", close, registry.icbs[close].short_name if close else "")


def _unknown_commitment(source: Source, use: Use, registry: Registry) -> Finding:
    close = registry.suggest_commitment(use.name)
    return _unknown_code(source, use, "national commitment", close, registry.commitments[close].title if close else "")


def _unknown_code(source: Source, use: Use, what: str, close: str | None, name: str) -> Finding:
    otherwise = f"Use a code that the registry has, or add this {what} to a registry of your own."
    remedy = f"Did you mean '{close}'? It stands for: {name}." if close else otherwise
    code = "R03" if use.kind == "icb" else "R04"
    return finding_at(source, use.path, code, f"No {what} has the code '{use.name}'.", remedy)
