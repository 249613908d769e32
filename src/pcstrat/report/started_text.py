"""Turns what `init` started into text: the files written, those that stay as they were, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from pcstrat.text import visible


def started_text(written: Iterable[str], kept: Iterable[str], next_steps: Iterable[str]) -> str:
    """One line for each file, then the next steps."""
    lines = [f"wrote {visible(name)}" for name in written]
    lines += [f"kept  {visible(name)}, which was there already" for name in kept]
    return "\n".join([*lines, "", *map(visible, next_steps)]) + "\n"
