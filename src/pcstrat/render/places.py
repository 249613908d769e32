"""Turns a plan into the same plan with an anchor for each item that has none, which says where it stands in its file.

The preview shows what was found beside the very item by it. Nothing that is published has such anchors.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pcstrat.diagnostics import Path
from pcstrat.model.base import Model, names_in_files
from pcstrat.outline import part_id

_AnyModel = TypeVar("_AnyModel", bound=Model)


def place_anchor(path: Path) -> str:
    """The anchor of what stands at a path in the file: `place--ambitions--0--milestones--2`."""
    return part_id("place", *map(str, path))


def with_places(part: _AnyModel, path: Path = ()) -> _AnyModel:
    """A plan, or the part of it at a path, in which all that may have an id and has none answers to its place.

    The anchor counts as an earlier id, where there may be one: a page links to items by their own ids alone.
    """
    names = names_in_files(type(part))
    changed = {name: _within(value, (*path, names[name])) for name, value in vars(part).items() if value}
    if path and "id" in names and not vars(part)["id"]:
        anchor = place_anchor(path)
        changed |= {"was": (anchor, *vars(part)["was"])} if "was" in names else {"id": anchor}
    return part.model_copy(update=changed)


def _within(value: Any, path: Path) -> Any:  # noqa: ANN401 - whatever a field may hold
    if isinstance(value, Model):
        return with_places(value, path)
    if isinstance(value, tuple):
        return tuple(_within(each, (*path, number)) for number, each in enumerate(value))
    return value
