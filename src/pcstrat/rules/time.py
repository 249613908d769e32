"""Finds faults in times."""

from __future__ import annotations

from pcstrat.rules._rule import Rule

RULES: tuple[Rule, ...] = ()
