"""Turns what `init` and `import` did into text: the files written, what stays or was left out, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from pcstrat.text import visible


def started_text(written: Iterable[str], kept: Iterable[str], next_steps: Iterable[str]) -> str:
    """One line for each file, then the next steps."""
    lines = [f"wrote {visible(name)}" for name in written]
    lines += [f"kept  {visible(name)}, which was there already" for name in kept]
    return "\n".join([*lines, "", *map(visible, next_steps)]) + "\n"


def imported_text(written: str, left_out: Iterable[str], problems: Iterable[str]) -> str:
    """The plan file that was written, what its source says that it does not, and what is wrong with it."""
    lines = [f"wrote {visible(written)}"]
    for heading, entries in (("Not taken over:", left_out), ("Still to be put right:", problems)):
        listed = [f"  {visible(entry)}" for entry in entries]
        lines += ["", heading, *listed] if listed else []
    return "\n".join([*lines, "", f"Check it with: pcstrat validate {visible(written)}"]) + "\n"
