"""Turns what `doctor` looked at into text for people and JSON for machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from pcstrat.export.json_text import to_text
from pcstrat.text import counted, visible

FORMAT_VERSION = 1
_MARKS = {"fine": "ok", "attention": "look", "missing": "MISSING"}


class Looked(Protocol):
    """One thing that was looked at."""

    @property
    def name(self) -> str:
        """What it is."""

    @property
    def state(self) -> str:
        """`fine`, `attention` or `missing`."""

    @property
    def found(self) -> str:
        """What was found."""

    @property
    def remedy(self) -> str:
        """What mends it; may be empty."""


def doctor_text(checks: Iterable[Looked]) -> str:
    """A line for each thing, with what to do below it, and a sentence on the whole."""
    checks = tuple(checks)
    width = max(len(check.name) for check in checks)
    lines: list[str] = []
    for check in checks:
        lines.append(f"{_MARKS[check.state]:<8}{check.name:<{width}}  {visible(check.found)}")
        if check.remedy:
            lines.append(f"        -> {visible(check.remedy)}")
    missing = sum(check.state == "missing" for check in checks)
    look = sum(check.state == "attention" for check in checks)
    said = "Everything that pcstrat needs here is there."
    if missing:
        said = f"{counted(missing, 'thing is', 'things are').capitalize()} missing."
    if look:
        said += f" {counted(look, 'more deserves', 'more deserve').capitalize()} a look."
    return "\n".join([*lines, "", said]) + "\n"


def doctor_json(checks: Iterable[Looked]) -> str:
    """The same as data: `pcstrat_doctor` (the version of this shape, 1), and `checks`."""
    rows = [
        {"name": check.name, "state": str(check.state), "found": check.found, "remedy": check.remedy or None}
        for check in checks
    ]
    return to_text({"pcstrat_doctor": FORMAT_VERSION, "checks": rows})
