"""Turns a plan into hits: the explicit, ordered catalogue of rules, one subject to a module.

To add a rule, write it in the module of its subject with `@rule(...)`, list it here, and add examples to
`tests/examples/rules/<CODE>/`. `docs/rules.md` is generated from this list.
"""

from __future__ import annotations

from pcstrat.rules._rule import PLANS, Check, Hit, Related, Rule, rule
from pcstrat.rules.acronyms import RULES as ACRONYMS
from pcstrat.rules.bands import RULES as BANDS
from pcstrat.rules.cover_years import RULES as COVER_YEARS
from pcstrat.rules.document_dates import RULES as DOCUMENT_DATES
from pcstrat.rules.drafting import RULES as DRAFTING
from pcstrat.rules.engine import RULES as ENGINE
from pcstrat.rules.facts import RULES as FACTS
from pcstrat.rules.funding import RULES as FUNDING
from pcstrat.rules.funding_said import RULES as FUNDING_SAID
from pcstrat.rules.funding_sums import RULES as FUNDING_SUMS
from pcstrat.rules.funding_totals import RULES as FUNDING_TOTALS
from pcstrat.rules.funding_twice import RULES as FUNDING_TWICE
from pcstrat.rules.funding_years import RULES as FUNDING_YEARS
from pcstrat.rules.horizons import RULES as HORIZONS
from pcstrat.rules.measure import RULES as MEASURES
from pcstrat.rules.measure_steps import RULES as MEASURE_STEPS
from pcstrat.rules.measure_text import RULES as MEASURE_TEXTS
from pcstrat.rules.measure_units import RULES as MEASURE_UNITS
from pcstrat.rules.measure_values import RULES as MEASURE_VALUES
from pcstrat.rules.national import RULES as NATIONAL
from pcstrat.rules.objective import RULES as OBJECTIVES
from pcstrat.rules.objective_alike import RULES as OBJECTIVES_ALIKE
from pcstrat.rules.objective_commitments import RULES as OBJECTIVE_COMMITMENTS
from pcstrat.rules.objective_hedges import RULES as OBJECTIVE_HEDGES
from pcstrat.rules.objective_owners import RULES as OBJECTIVE_OWNERS
from pcstrat.rules.objective_steps import RULES as OBJECTIVE_STEPS
from pcstrat.rules.objective_words import RULES as OBJECTIVE_WORDS
from pcstrat.rules.past import RULES as PAST
from pcstrat.rules.plain_english import RULES as PLAIN_ENGLISH
from pcstrat.rules.sequence import RULES as SEQUENCE
from pcstrat.rules.since import RULES as SINCE
from pcstrat.rules.structure import RULES as STRUCTURE
from pcstrat.rules.structure_names import RULES as STRUCTURE_NAMES
from pcstrat.rules.structure_numbers import RULES as STRUCTURE_NUMBERS
from pcstrat.rules.structure_sources import RULES as STRUCTURE_SOURCES
from pcstrat.rules.structure_text import RULES as STRUCTURE_TEXT
from pcstrat.rules.subject import Subject
from pcstrat.rules.time import RULES as TIMES
from pcstrat.rules.time_in_text import RULES as TIMES_IN_TEXT
from pcstrat.rules.time_words import RULES as TIME_WORDS

__all__ = ["FAMILIES", "PLANS", "RULES", "Check", "Hit", "Related", "Rule", "Subject", "rule", "rule_by_code"]

FAMILIES = {
    "T": "Time",
    "O": "Objectives",
    "M": "Measures",
    "F": "Funding",
    "N": "National facts, and what has happened since",
    "S": "Structure and text",
    "P": "Plain English",
    "W": "Waivers",
    "X": "The run itself",
}
"""What the first letter of a code stands for, in the order of the catalogue."""

RULES: tuple[Rule, ...] = (
    *BANDS,
    *TIMES,
    *PAST,
    *SEQUENCE,
    *TIME_WORDS,
    *TIMES_IN_TEXT,
    *HORIZONS,
    *COVER_YEARS,
    *DOCUMENT_DATES,
    *OBJECTIVE_OWNERS,
    *OBJECTIVES,
    *OBJECTIVE_COMMITMENTS,
    *OBJECTIVE_WORDS,
    *OBJECTIVE_HEDGES,
    *OBJECTIVES_ALIKE,
    *OBJECTIVE_STEPS,
    *MEASURES,
    *MEASURE_VALUES,
    *MEASURE_UNITS,
    *MEASURE_TEXTS,
    *MEASURE_STEPS,
    *FUNDING,
    *FUNDING_SUMS,
    *FUNDING_TWICE,
    *FUNDING_TOTALS,
    *FUNDING_YEARS,
    *FUNDING_SAID,
    *SINCE,
    *NATIONAL,
    *STRUCTURE,
    *STRUCTURE_NUMBERS,
    *STRUCTURE_TEXT,
    *DRAFTING,
    *STRUCTURE_SOURCES,
    *FACTS,
    *STRUCTURE_NAMES,
    *ACRONYMS,
    *PLAIN_ENGLISH,
    *ENGINE,
)
"""Every rule, in the order in which it runs and is listed."""

_BY_CODE = {entry.code: entry for entry in RULES}


def rule_by_code(code: str) -> Rule | None:
    """The rule with a code, or with a name; `None` if there is none."""
    return _BY_CODE.get(code.upper()) or next((entry for entry in RULES if entry.name == code.lower()), None)
