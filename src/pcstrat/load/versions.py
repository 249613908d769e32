"""Turns plan data of any format version into data of today's: pure functions, one a version, oldest first.

A version that was released stays readable for ever. To change the format: raise `FORMAT_VERSION`, add the function
that upgrades the version before it, the one that rewrites its text (`edit.migrations`), and freeze an example under
`tests/formats/`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pcstrat.diagnostics import Finding
from pcstrat.load.at_path import finding_at
from pcstrat.model.plan import FORMAT_VERSION
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.source import Source

CODES = {
    "V12": "The file does not say which version of the format it is written in",
    "V13": "The file is written for a newer pcstrat",
}
"""Every finding about the format version."""

_VERSION = Pattern(r"[1-9][0-9]{0,3}")

UPGRADES: dict[int, Callable[[Any], Any]] = {}
"""For each old version, the function that turns its data into the next version's."""


def version_findings(source: Source) -> tuple[Finding, ...]:
    """What is wrong with the format version; a file of an unknown version is not looked at further."""
    data = source.data if isinstance(source.data, dict) else {}
    given = data.get("pcstrat")
    if given is None:
        message = "The file does not say which version of the plan format it is written in."
        found = ("V12", message, f"Make 'pcstrat: {FORMAT_VERSION}' its first line.")
    elif not isinstance(given, str) or not _VERSION.fullmatch(given):
        written = f"'{shorten(given)}'" if isinstance(given, str) else "What is written after 'pcstrat:'"
        found = ("V12", f"{written} is not a format version.", f"Write 'pcstrat: {FORMAT_VERSION}'.")
    elif int(given) > FORMAT_VERSION:
        message = f"The file is written in format {given}; this pcstrat reads formats up to {FORMAT_VERSION}."
        found = ("V13", message, "Install a newer pcstrat, or ask for the file in an older format.")
    else:
        return ()
    return (finding_at(source, ("pcstrat",), *found),)


def upgrade(data: dict[str, Any]) -> dict[str, Any]:
    """The data in today's format. Expects a version that `version_findings` accepts."""
    for version in range(int(data["pcstrat"]), FORMAT_VERSION):
        data = UPGRADES[version](data)
    return data
