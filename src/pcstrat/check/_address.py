"""Turns a path into an address that survives edits elsewhere, and an address that a planner wrote into a path.

An address starts at the nearest item with an id; below it stand keys, and the numbers of list items counted from 1:
`objective-2b/timeline/3/when`. What fingerprints are made of has the words of an item where it has no id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from pcstrat.diagnostics import Path
from pcstrat.naming import NAMING_FIELDS

_LENGTH = 16


def address(data: object, path: Path) -> str:
    """The address of a path: what a waiver may name."""
    return "/".join(_steps(data, path, by_words=False))


def fingerprint(code: str, plan_id: str, place: str, message: str) -> str:
    """What one finding is known by from run to run."""
    normalised = " ".join(message.casefold().split())
    return hashlib.sha256(f"{code}\0{plan_id}\0{place}\0{normalised}".encode()).hexdigest()[:_LENGTH]


def lasting_address(data: object, path: Path) -> str:
    """The address of a path with words in place of list numbers, so that it holds when lists are reordered."""
    return "/".join(_steps(data, path, by_words=True))


def _steps(data: object, path: Path, *, by_words: bool) -> list[str]:
    parts: list[str] = []
    value = data
    for step in path:
        value = _below(value, step)
        if isinstance(step, str):
            parts.append(step)
        elif isinstance(value, dict) and isinstance(value.get("id"), str):
            parts = [value["id"]]
        else:
            parts.append(_words(value) if by_words else str(step + 1))
    return parts


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


def owner_of(data: object, path: Path) -> str:
    """Who answers for what a path leads to: the owner of the innermost item around it that states one."""
    owner, value = "", data
    for step in (*path, ""):
        stated = value.get("owner") if isinstance(value, dict) else None
        owner = stated if isinstance(stated, str) else owner
        value = _below(value, step)
    return owner


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
