"""Turns one rule, or one code that is no rule, into its explanation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pcstrat.check import ALWAYS_REPORTED, PROFILES, severity_in
from pcstrat.rules import PLANS, Rule
from pcstrat.text import listed, sentence_case

WIDTH = 100

_GROUPS = {
    "Y": (
        "The file cannot be understood for certain as it is written, so the rules cannot judge what it says.",
        "Mend the notation at the place that the finding names. docs/writing-a-plan.md explains it.",
    ),
    "V": (
        "The rules can only judge a file that is a valid plan, and nothing new is published until it is one.",
        "Correct the field at the place that the finding names. docs/format.md lists every field.",
    ),
    "R": (
        "What refers to nothing cannot be shown, linked or compared.",
        "Correct the id or code, or add what it names.",
    ),
    "D": (
        "A document that is not accessible, or not complete in one file, is not published.",
        "Change the plan or the template at the place that the finding names.",
    ),
}
"""What to say of codes that are no rules, by their first letter: why they matter, and what to do."""


def rule_text(rule: Rule) -> str:
    """What a rule looks for, why, what to do, and an example."""
    parts = [
        f"{rule.code} {rule.name}: {rule.title}",
        " ".join(_facts(rule)),
        *_paragraph("Why it matters", rule.why),
        *_paragraph("What to do", rule.remedy),
        *_example("Before", rule.before),
        *_example("After", rule.after),
    ]
    return "\n\n".join(parts) + "\n"


def code_text(code: str, title: str) -> str:
    """What a code that is no rule means."""
    about, (why, remedy) = sentence_case(ALWAYS_REPORTED[code[0]]), _GROUPS[code[0]]
    parts = [f"{code}: {title}", f"{about}. Always reported, in every profile; it cannot be waived."]
    return "\n\n".join([*parts, *_paragraph("Why it matters", why), *_paragraph("What to do", remedy)]) + "\n"


def _facts(rule: Rule) -> Iterator[str]:
    severities = [f"{severity_in(profile, rule).value} in {profile}" for profile in PROFILES]
    yield f"Profiles: {listed(severities)}."
    if rule.heuristic:
        yield f"It may be wrong about a plan{f' ({rule.proven})' if rule.proven else ''}."
    if rule.since:
        yield "It is about what has happened since the plan was written, and never a fault."
    if rule.requires:
        yield f"It is silent where {listed(rule.requires, 'or')} has been found."
    if rule.owed_by == PLANS:
        yield "Briefings are not asked for it."


def _paragraph(heading: str, text: str) -> Iterator[str]:
    if text:
        yield f"{heading}:\n{textwrap.fill(text, WIDTH, initial_indent='  ', subsequent_indent='  ')}"


def _example(heading: str, yaml: str) -> Iterator[str]:
    if yaml.strip():
        yield f"{heading}:\n{textwrap.indent(yaml.strip(chr(10)), '  ')}"
