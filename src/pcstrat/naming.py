"""Turns a path in plan data into the name a planner would use for the item: "Objective 2b, milestone 'Publish it'"."""

from __future__ import annotations

import re
import unicodedata

from pcstrat.diagnostics import Path
from pcstrat.patterns import Pattern
from pcstrat.text import LONGEST_ID

NOUNS = {
    "about": "item it is about",
    "accountable": "accountable body",
    "achievements": "achievement",
    "actions": "action",
    "alignment": "document it fits with",
    "also": "other spelling",
    "also_called": "other title",
    "also_labelled": "other label",
    "also_serves": "other item it serves",
    "ambitions": "ambition",
    "amounts": "amount",
    "answer": "answer",
    "approach": "approach",
    "approvals": "approval",
    "audience": "reader",
    "benefits": "benefit",
    "bodies": "body",
    "by": "signatory",
    "case_studies": "case study",
    "columns": "column",
    "commitments": "commitment",
    "context": "context",
    "dates": "date",
    "depends_on": "item that must come first",
    "details": "detail",
    "elements": "element",
    "enablers": "enabler",
    "features": "feature",
    "figures": "figure",
    "funding": "funding table",
    "funding_statement": "statement on money",
    "glossary": "term",
    "groups": "group",
    "heard": "thing heard",
    "inherits": "ICB whose plan it continues",
    "involves": "group involved",
    "items": "item",
    "lead": "lead",
    "learning": "thing learned",
    "left_out": "item left out",
    "levels": "level",
    "lines": "funding line",
    "lists": "list",
    "marks": "mark",
    "measures": "measure",
    "members": "member",
    "mentions": "commitment mentioned",
    "merged_from": "earlier id",
    "messages": "message",
    "milestones": "milestone",
    "next": "next step",
    "next_steps": "next step",
    "numbers": "number",
    "objectives": "objective",
    "of": "item it is of",
    "out_of_scope": "item out of scope",
    "outcomes": "outcome",
    "partners": "partner",
    "parts": "part",
    "people": "person",
    "phases": "phase",
    "pillars": "pillar",
    "places": "place",
    "points": "point",
    "prepared_for": "body it was prepared for",
    "previous": "previous plan",
    "questions": "question",
    "quotes": "quote",
    "rationale": "reason",
    "requirements": "requirement",
    "risks": "risk",
    "says": "thing it says",
    "scope": "part of primary care",
    "see": "reference",
    "serves": "item it serves",
    "sources": "source",
    "splits": "split",
    "statistics": "statistic",
    "steps": "step",
    "strands": "strand",
    "themes": "theme",
    "timeline": "band",
    "totals": "total",
    "waivers": "waiver",
    "was": "earlier id",
}
"""What one item of a list under each key is called."""

NAMING_FIELDS = ("label", "title", "name", "term", "document", "text", "what", "key", "id")
"""The fields that can name an item, the most telling first."""

_SENTENCE_END = Pattern(r"(?<!\b[a-z])(?<!e\.g)[.!?](?=\s+[A-Z])")
"""The end of a sentence, not the dot of an abbreviation."""

_HANGING = Pattern(r"(?:,?\s+(?:and|or|to|the|an?|of|in|on|for|by|with|from|at|as|that|which|is|are|our|its))+$")
"""Words that promise more: a text that is cut ends before them."""

LONGEST_NAME = 48
"""Characters of an item's own words that its name quotes."""


def shorten(text: str, length: int = LONGEST_NAME) -> str:
    """The first words of a text, cut at a word with three dots when it is longer than `length`."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "..."


def opening(text: str, length: int) -> str:
    """As many whole sentences from the start of a text as fit; the first one shortened when it alone is too long."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= length]
    return text[: ends[-1]].rstrip() if ends else f"{_HANGING.sub('', shorten(text, length)[:-3])}..."


def item_name(data: object, path: Path) -> str:
    """The human name of the item that the path leads to or into; "the plan" for the root.

    Each list item on the way gives one part; so does a key at the top whose value is no list ("document").
    """
    parts: list[str] = []
    key, value = "", data
    for number, step in enumerate(path):
        value = _below(value, step)
        if isinstance(step, int):
            parts.append(_part(key, step, value))
        else:
            key = step
            if number == 0 and len(path) > 1 and isinstance(path[1], str):
                parts.append(step.replace("_", " "))
    return ", ".join(_outermost_and_innermost(parts)) or "the plan"


def _outermost_and_innermost(parts: list[str]) -> list[str]:
    """Enough to find the item: three parts at most."""
    return parts if len(parts) <= 3 else [*parts[:1], *parts[-2:]]  # noqa: PLR2004 - the first and the last two


def _part(key: str, index: int, item: object) -> str:
    noun = NOUNS.get(key, "item")
    own = _own_words(item)
    if not own:
        return f"{noun} {index + 1}"
    if own.lower().startswith(noun):
        return own
    return f"{noun} '{own}'"


def _own_words(item: object) -> str:
    if isinstance(item, str):
        return shorten(item)
    if isinstance(item, dict):
        for field in NAMING_FIELDS:
            value = item.get(field)
            if isinstance(value, str) and value.strip():
                return shorten(value)
    return ""


def _below(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def id_from(text: str) -> str:
    """An id made of a text: its letters without accents and its digits, in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_ID].strip("-")
