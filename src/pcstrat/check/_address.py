"""Turns a path into an address that survives edits elsewhere, and an address that a planner wrote into a path.

An address starts at the nearest item with an id; below it stand keys, and the numbers of list items counted from 1:
`objective-2b/timeline/3/when`. What fingerprints are made of has the words of an item where it has no id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.naming import NAMING_FIELDS
from pcstrat.placeholders import filled

_LENGTH = 16


class Whereabouts(NamedTuple):
    """Where a path leads to.

    Attributes:
        address: Its address: what a waiver may name.
        lasting: The same with words in place of list numbers, so that it holds when lists are reordered.
        owner: Who answers for it: the owner of the innermost item around it that states one; empty if none does, or if
            only a placeholder stands there.
    """

    address: str
    lasting: str
    owner: str


def whereabouts(data: object, path: Path) -> Whereabouts:
    """Follow a path through the data."""
    numbered: list[str] = []
    worded: list[str] = []
    value, owner = data, _owner(data, "")
    for step in path:
        value = _below(value, step)
        owner = _owner(value, owner)
        if isinstance(step, str):
            numbered.append(step)
            worded.append(step)
        elif isinstance(value, dict) and isinstance(value.get("id"), str):
            numbered, worded = [value["id"]], [value["id"]]
        else:
            numbered.append(str(step + 1))
            worded.append(_words(value))
    return Whereabouts("/".join(numbered), "/".join(worded), owner)


def _owner(value: object, around: str) -> str:
    stated = value.get("owner") if isinstance(value, dict) else None
    return "".join(filled(stated)) if isinstance(stated, str) else around


def fingerprint(code: str, plan_id: str, place: str, message: str) -> str:
    """What one finding is known by from run to run."""
    normalised = " ".join(message.casefold().split())
    return hashlib.sha256(f"{code}\0{plan_id}\0{place}\0{normalised}".encode()).hexdigest()[:_LENGTH]


def _below(value: object, step: str | int) -> object:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _words(item: object) -> str:
    """What tells an item without id from its neighbours: its own words, else all that it holds."""
    if isinstance(item, dict):
        named = (item[field] for field in NAMING_FIELDS if isinstance(item.get(field), str))
        item = next(named, None) or json.dumps(item, sort_keys=True, ensure_ascii=False)
    return " ".join(str(item).casefold().split())


def path_of(data: object, written: str) -> Path | None:
    """The path that an address leads to, or `None`; no address is the whole plan."""
    steps = [step.strip() for step in written.strip().strip("/").split("/")] if written.strip("/ ") else []
    path: Path = ()
    for number, step in enumerate(steps):
        found = _step_into(data, path, step)
        if found is None and number == 0:
            found = next(_paths_of_id(data, step, ()), None)
        if found is None:
            return None
        path = found
    return path


def _step_into(data: object, path: Path, step: str) -> Path | None:
    value = data
    for part in path:
        value = _below(value, part)
    if isinstance(value, dict) and step in value:
        return (*path, step)
    if isinstance(value, list):
        for index, entry in enumerate(value):
            if step == str(index + 1) or (isinstance(entry, dict) and entry.get("id") == step):
                return (*path, index)
    return None


def _paths_of_id(data: object, item_id: str, path: Path) -> Iterator[Path]:
    if isinstance(data, dict):
        if path and data.get("id") == item_id:
            yield path
        for key, value in data.items():
            yield from _paths_of_id(value, item_id, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths_of_id(value, item_id, (*path, index))
