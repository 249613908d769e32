"""Turns the path of a mapping in a plan into the usual order of its keys: that of the fields in the models.

A model declares the fields it inherits before its own. For points, which four kinds of items extend, that would part
what belongs together, so their order is written out here.
"""

from __future__ import annotations

from pcstrat.diagnostics import Path
from pcstrat.load.fields import field_names

POINT_FIELDS = (
    *("id", "was", "merged_from", "split_from", "retired"),
    *("label", "title", "kind", "text"),
    *("when", "due", "repeats", "if", "status"),
    "points",
    *("owner", "led_by", "partners", "set_by"),
    *("pillars", "themes", "commitments", "source", "see", "depends_on"),
    "note",
)
"""The fields of points, actions, milestones and all that extend points: what it is, what it says, when, who."""

_OF_A_POINT = frozenset({"was", "label", "title", "text", "points", "when", "pillars", "themes", "source", "note"})


def key_order(path: Path) -> list[str]:
    """The keys that may stand at a path, in their usual order."""
    names = field_names(path)
    return sorted(names, key=POINT_FIELDS.index) if _is_point(names) else names


def _is_point(names: list[str]) -> bool:
    return _OF_A_POINT.issubset(names) and set(names).issubset(POINT_FIELDS)
