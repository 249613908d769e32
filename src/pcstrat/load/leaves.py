"""Turns plan data into the flat list of what is written in it: every text and every empty place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pcstrat.diagnostics import Path


class Leaves:
    """Everything that is written in some data, in the order of the file, gathered once for all that look through it.

    Most plans have nothing that is looked for, so that the way to each leaf is only followed where some have.
    """

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data: Final = data
        written: list[str | None] = []
        _gather(data.values(), written)
        self._has_empty: Final = None in written
        self._words: Final = "\n".join(filter(None, written))

    def empty(self) -> list[Path]:
        """Every place where nothing is written."""
        return [path for path, value in self._placed() if value is None] if self._has_empty else []

    def texts(self, words: str = "") -> Iterator[tuple[Path, str]]:
        """Every text, or every one that holds some words, with its path."""
        if words in self._words:
            yield from ((path, value) for path, value in self._placed() if isinstance(value, str) and words in value)

    def _placed(self) -> Iterator[tuple[Path, object]]:
        return _placed(self._data.items(), ())


def _gather(values: Iterable[object], written: list[str | None]) -> None:
    for value in values:
        if isinstance(value, str):
            written.append(value)
        elif isinstance(value, dict):
            _gather(value.values(), written)
        elif isinstance(value, list):
            _gather(value, written)
        else:
            written.append(None)


def _placed(entries: Iterable[tuple[str | int, object]], path: Path) -> Iterator[tuple[Path, object]]:
    for step, value in entries:
        if isinstance(value, dict):
            yield from _placed(value.items(), (*path, step))
        elif isinstance(value, list):
            yield from _placed(enumerate(value), (*path, step))
        else:
            yield (*path, step), value
