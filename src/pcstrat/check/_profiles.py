"""Turns `data/profiles.yaml` into the severity of a rule in a profile."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pcstrat.diagnostics import Severity
from pcstrat.rules import Rule
from pcstrat.settings import PROFILES
from pcstrat.source import read_source


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables = read_source(files("pcstrat").joinpath("data", "profiles.yaml").read_bytes(), "profiles.yaml").data
    assert isinstance(tables, dict)  # noqa: S101 - the file is ours
    return tables


@cache
def profile_table(profile: str) -> Mapping[str, Severity]:
    """The severities that a profile sets by code, those of the profiles before it included."""
    found: dict[str, Severity] = {}
    for name in PROFILES[: PROFILES.index(profile) + 1]:
        found |= {code: Severity(severity) for code, severity in _tables()[name].items()}
    return found


def severity_in(profile: str, rule: Rule, at_most: Severity | None = None) -> Severity:
    """How much a rule counts in a profile; `at_most` caps it."""
    severity = profile_table(profile).get(rule.code, rule.severity)
    return severity if at_most is None or severity.rank >= at_most.rank else at_most
