"""Divides what one chart would be too high for into parts that fit: a chart is never divided between two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

_Entry = TypeVar("_Entry")


def evenly(entries: Sequence[_Entry], most: int) -> Iterator[Sequence[_Entry]]:
    """The entries in as few parts as `most` allows, each about as long as the others."""
    parts = -(-len(entries) // most)
    for number in range(parts):
        yield entries[len(entries) * number // parts : len(entries) * (number + 1) // parts]
