"""Turns a path in plan data into the name a planner would use for the item: "Objective 2b, milestone 'Publish it'"."""

from __future__ import annotations

from pcstrat.diagnostics import Path

NOUNS = {
    "achievements": "achievement",
    "actions": "action",
    "alignment": "document it fits with",
    "ambitions": "ambition",
    "amounts": "amount",
    "benefits": "benefit",
    "bodies": "body",
    "case_studies": "case study",
    "context": "context",
    "details": "detail",
    "elements": "element of the vision",
    "enablers": "enabler",
    "features": "feature",
    "figures": "figure",
    "funding": "funding table",
    "glossary": "term",
    "groups": "group",
    "items": "item",
    "left_out": "item left out",
    "levels": "level",
    "lines": "funding line",
    "lists": "list",
    "measures": "measure",
    "messages": "message",
    "milestones": "milestone",
    "next_steps": "next step",
    "objectives": "objective",
    "outcomes": "outcome",
    "parts": "part",
    "people": "person",
    "phases": "phase",
    "places": "place",
    "points": "point",
    "quotes": "quote",
    "rationale": "reason",
    "requirements": "requirement",
    "risks": "risk",
    "sources": "source",
    "statistics": "statistic",
    "steps": "step",
    "strands": "strand",
    "timeline": "band",
    "totals": "total",
    "waivers": "waiver",
}
"""What one item of a list under each key is called."""

NAMING_FIELDS = ("label", "title", "name", "term", "document", "text", "what", "key", "id")
"""The fields that can name an item, the most telling first."""

LONGEST_NAME = 48
"""Characters of an item's own words that its name quotes."""


def shorten(text: str, length: int = LONGEST_NAME) -> str:
    """The first words of a text, cut at a word with three dots when it is longer than `length`."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "..."


def item_name(data: object, path: Path) -> str:
    """The human name of the item that the path leads to or into; "the plan" for the root.

    Each list item on the way gives one part; keys without items ("document") give their own name.
    """
    parts: list[str] = []
    key, value = "", data
    for step in path:
        value = _below(value, step)
        if isinstance(step, int):
            parts.append(_part(key, step, value))
        else:
            key = step
    if not parts:
        return f"{str(path[0]).replace('_', ' ')}" if path else "the plan"
    return ", ".join(_outermost_and_innermost(parts))


def _outermost_and_innermost(parts: list[str]) -> list[str]:
    """Enough to find the item: three parts at most."""
    return parts if len(parts) <= 3 else [*parts[:1], *parts[-2:]]  # noqa: PLR2004


def _part(key: str, index: int, item: object) -> str:
    noun = NOUNS.get(key, key.replace("_", " ").removesuffix("s") or "item")
    own = _own_words(item)
    if not own:
        return f"{noun} {index + 1}"
    if own.lower().startswith(noun.split()[-1]):
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
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
