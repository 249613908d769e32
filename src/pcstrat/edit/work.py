"""Turns the plain data of a plan into the places of its work: milestones, actions, timelines and times."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pcstrat.diagnostics import Path

_NO_TEXTS = frozenset({"id", "kind", "by", "when", "until", "status", "source", "serves", "reason"})


def items_under(data: object, keys: Collection[str]) -> Iterator[Path]:
    """The paths of all items of lists under some keys, wherever they stand."""
    for path, _ in _values(data, ()):
        if len(path) > 1 and isinstance(path[-1], int) and path[-2] in keys:
            yield path


def timelines(data: object) -> Iterator[Path]:
    """The paths of all lists of bands."""
    yield from dict.fromkeys(path[:-1] for path in items_under(data, ("timeline",)))


def times(data: object, keys: Collection[str]) -> Iterator[tuple[Path, str]]:
    """The paths and the texts of all values under some keys that are text."""
    for path, value in _values(data, ()):
        if isinstance(value, str) and path[-1] in keys:
            yield path, value


def texts_under(data: object, keys: frozenset[str]) -> Iterator[Path]:
    """The paths of all texts under some keys, however deep: of a paragraph, and of each point of a list."""
    for path, value in _values(data, ()):
        if isinstance(value, str) and not keys.isdisjoint(map(str, path)) and path[-1] not in _NO_TEXTS:
            yield path


def _values(data: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Every value in the data with its path, outermost first."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in entries:
        yield (*path, step), value
        yield from _values(value, (*path, step))


def part_of(path: Path) -> Path:
    """The path of the objective, enabler or strand that a milestone or action belongs to."""
    return path[:-4] if path[-4:-3] == ("timeline",) else path[:-2]


def value_at_path(data: Any, path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    """What stands at a path."""
    for step in path:
        data = data[step]
    return data


def mapping_at(data: object, path: Path) -> Mapping[str, object]:
    """The mapping at a path; an empty one where something else stands."""
    value = value_at_path(data, path)
    return value if isinstance(value, dict) else {}


def list_at(data: object, path: Path) -> list[object]:
    """The list at a path; an empty one where something else stands."""
    value = value_at_path(data, path)
    return value if isinstance(value, list) else []
