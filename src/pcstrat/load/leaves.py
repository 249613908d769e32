"""Turns plan data into the flat list of what is written in it: every text and every empty place, each with its path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pcstrat.diagnostics import Path

Leaves: TypeAlias = list[tuple[Path, object]]
"""Texts, and `None` where nothing is written, in the order of the file."""


def leaves_of(data: Mapping[str, object]) -> Leaves:
    """Everything that is written in some data. What several checks look through is gathered once."""
    found: Leaves = []
    _gather(data.items(), (), found)
    return found


def _gather(entries: Iterable[tuple[str | int, object]], path: Path, found: Leaves) -> None:
    for step, value in entries:
        if isinstance(value, dict):
            _gather(value.items(), (*path, step), found)
        elif isinstance(value, list):
            _gather(enumerate(value), (*path, step), found)
        else:
            found.append(((*path, step), value))
