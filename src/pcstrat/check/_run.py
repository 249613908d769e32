"""Runs rules over a plan: what each found, which failed, and which hits one cause explains."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.rules import Hit, Rule, Subject


class Found(NamedTuple):
    """A hit and the rule that made it."""

    rule: Rule
    hit: Hit


class Crash(NamedTuple):
    """A rule that failed, and how."""

    rule: Rule
    how: str


def run(rules: Iterable[Rule], subject: Subject) -> tuple[list[Found], list[Crash]]:
    """Run each rule. One that fails keeps what it had found, and hides nothing else."""
    found: list[Found] = []
    crashes: list[Crash] = []
    for rule in rules:
        try:
            found.extend(Found(rule, hit) for hit in rule.check(subject))
        except Exception as error:  # noqa: BLE001 - whatever a rule does wrong, the others have their say
            crashes.append(Crash(rule, _how(error)))
    return found, crashes


def _how(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {PurePath(frame.filename).name}: {error}"


def without_consequences(found: Iterable[Found], causes: Mapping[str, Iterable[Path]]) -> Iterator[Found]:
    """Leave out each hit that a finding of a rule it requires explains, by standing where the hit says.

    Args:
        found: What the rules found.
        causes: The paths of other findings that may be required, by code.
    """
    found = tuple(found)
    places: dict[str, set[Path]] = {code: set(_with_items(paths)) for code, paths in causes.items()}
    for entry in found:
        places.setdefault(entry.rule.code, set()).update(_with_items([entry.hit.path]))
    for entry in found:
        where = _explained_at(entry.hit) if entry.rule.requires else set()
        if not any(where & places.get(code, set()) for code in entry.rule.requires):
            yield entry


def _with_items(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (path, _item_path(path))


def _explained_at(hit: Hit) -> set[Path]:
    if hit.explained_at is not None:
        return set(hit.explained_at)
    return {_item_path(path) for path in (hit.path, *(entry.path for entry in hit.related))}


def _item_path(path: Path) -> Path:
    """The path of the list item that a path leads into; the path itself where there is none."""
    last = max((index for index, step in enumerate(path) if isinstance(step, int)), default=None)
    return path if last is None else path[: last + 1]
