"""Turns the catalogue of rules into text, JSON and Markdown."""

from __future__ import annotations

import json
from typing import Any

from pcstrat.check import PROFILES, severity_in
from pcstrat.rules import FAMILIES, PLANS, RULES, Rule
from pcstrat.text import counted, listed

FORMAT_VERSION = 1
_HEADINGS = ("code", "name", "what is wrong", *PROFILES)


def ordered_rules() -> list[Rule]:
    """Every rule, families in the order of the catalogue, then by code."""
    families = list(FAMILIES)
    return sorted(RULES, key=lambda rule: (families.index(rule.family), rule.code))


def rules_text() -> str:
    """The rules as a table for a terminal, family by family."""
    rows = [_row(rule) for rule in ordered_rules()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines: list[str] = []
    family = ""
    for rule, row in zip(ordered_rules(), rows, strict=True):
        if rule.family != family:
            family = rule.family
            lines += ["", FAMILIES[family]]
        lines.append(f"  {_aligned(row, widths)}".rstrip())
    counts = f"{counted(len(rows), 'rule')}, with what each counts for in {listed(PROFILES)}."
    return "\n".join([*lines[1:], "", f"{counts} `pcstrat explain CODE` explains one.", ""])


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))


def _row(rule: Rule) -> tuple[str, ...]:
    return rule.code, rule.name, rule.title, *(severity_in(profile, rule).value for profile in PROFILES)


def rules_markdown() -> str:
    """The rules as one table in Markdown."""
    lines = [f"| {' | '.join(_HEADINGS)} |", f"|{'---|' * len(_HEADINGS)}"]
    for code, name, *rest in map(_row, ordered_rules()):
        lines.append(f"| {code} | `{name}` | {' | '.join(rest)} |")
    return "\n".join(lines) + "\n"


def rules_json() -> str:
    """The rules as JSON, with everything that is said of each."""
    data = {
        "pcstrat_rules": FORMAT_VERSION,
        "profiles": list(PROFILES),
        "rules": [_data(rule) for rule in ordered_rules()],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": FAMILIES[rule.family],
        "title": rule.title,
        "severity": rule.severity.value,
        "profiles": {profile: severity_in(profile, rule).value for profile in PROFILES},
        "exact": not rule.heuristic,
        "since": rule.since,
        "asked_of_briefings": rule.owed_by != PLANS,
        "requires": list(rule.requires),
        "why": rule.why,
        "remedy": rule.remedy,
        "before": rule.before.strip("\n"),
        "after": rule.after.strip("\n"),
    }
