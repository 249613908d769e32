"""Turns a word that means nothing in a plan file into the one that was most likely meant, or into where it belongs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from pcstrat.diagnostics import Path
from pcstrat.load.fields import field_names
from pcstrat.text import listed

_CLOSE = 0.6
_VERY_CLOSE = 0.85
_SHORTEST_PART = 2

_WHEN = ("when", "by", "as_at", "published")
_WHO = ("owner", "led_by", "lead", "by")
_WORDS = ("text", "what")
_NAME = ("title", "name", "what")
_MONEY = ("funding", "amounts")
_MEASURES = ("measures", "target")
_GROUPS = ("ambitions", "objectives")
_ACTIONS = ("actions",)
_STRANDS = ("strands",)

FIELDS_MEANT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("by", "due_by"), ("when", "led_by")),
    **dict.fromkeys(("date", "deadline", "due", "due_date", "month", "timescale", "timeframe", "year", "when"), _WHEN),
    **dict.fromkeys(("lead", "leads", "led", "responsible", "sro", "who", "accountable_officer", "author"), _WHO),
    **dict.fromkeys(("body", "content", "description", "detail", "details", "summary"), _WORDS),
    **dict.fromkeys(("heading", "headline", "name", "what"), _NAME),
    **dict.fromkeys(("budget", "cost", "costs", "finance", "finances", "investment", "money"), _MONEY),
    **dict.fromkeys(("indicators", "kpi", "kpis", "metrics", "targets"), _MEASURES),
    **dict.fromkeys(("aims", "goals", "priorities", "priority", "strategic_objectives"), _GROUPS),
    **dict.fromkeys(("activities", "deliverables", "initiatives", "tasks"), _ACTIONS),
    **dict.fromkeys(("programmes", "projects", "workstreams"), _STRANDS),
    **dict.fromkeys(("comment", "comments", "remark", "remarks"), ("note",)),
    **dict.fromkeys(("approval_date", "approved_on", "signed_off"), ("approved",)),
    **dict.fromkeys(("publication_date", "published_on"), ("published",)),
    **dict.fromkeys(("dates", "duration", "end", "start", "years"), ("period", "when")),
    **dict.fromkeys(("code", "icb_code", "ods", "ods_code"), ("icb",)),
    **dict.fromkeys(("impact", "impacts", "results"), ("outcomes",)),
    **dict.fromkeys(("link", "links", "website"), ("url",)),
    **dict.fromkeys(("progress", "state"), ("status",)),
    "abbreviations": ("glossary",),
    "bibliography": ("sources",),
    "references": ("sources",),
    "stakeholders": ("partners",),
    "trend": ("direction",),
    "type": ("kind",),
}
"""What planners call a field that has another name here, best first."""

VALUES_MEANT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("gp", "gps", "doctors", "medical"), ("general-practice",)),
    **dict.fromkeys(("chemist", "chemists", "pharmacies", "pharmacists"), ("community-pharmacy", "pharmacy")),
    **dict.fromkeys(("dental", "dentist", "dentistry", "dentists", "teeth"), ("dentistry", "dental")),
    **dict.fromkeys(("eye", "eyes", "optical", "optician", "opticians", "optometrists"), ("optometry",)),
    **dict.fromkeys(("it", "technology"), ("digital-and-data",)),
    **dict.fromkeys(("people", "recruitment", "staff", "staffing", "training"), ("workforce",)),
    **dict.fromkeys(("buildings", "premises"), ("estates",)),
    **dict.fromkeys(("climate", "environment", "net-zero", "sustainability"), ("green",)),
    **dict.fromkeys(("funding", "money"), ("finance-and-contracting",)),
    **dict.fromkeys(("engagement", "involvement", "patients"), ("patient-voice",)),
    **dict.fromkeys(("int", "ints", "integration"), ("neighbourhood-teams",)),
    **dict.fromkeys(("achieved", "complete", "completed", "delivered", "finished"), ("done",)),
    **dict.fromkeys(("begun", "in-progress", "ongoing", "on-track", "started"), ("under way",)),
    **dict.fromkeys(("not-started", "to-do"), ("planned",)),
    **dict.fromkeys(("late", "postponed", "slipped"), ("delayed",)),
    **dict.fromkeys(("cancelled", "dropped", "ended", "paused"), ("stopped",)),
    **dict.fromkeys(("agreed", "approved", "published", "signed-off"), ("final",)),
    **dict.fromkeys(("replaced", "withdrawn"), ("superseded",)),
    **dict.fromkeys(("grow", "higher", "improve", "increase", "increasing", "more", "rise"), ("up",)),
    **dict.fromkeys(("decrease", "decreasing", "fall", "fewer", "less", "lower", "reduce"), ("down",)),
    **dict.fromkeys(("hold", "keep", "same", "stable"), ("maintain",)),
    **dict.fromkeys(("agreed", "allocated", "confirmed"), ("committed",)),
    **dict.fromkeys(("planned", "tbc", "unconfirmed"), ("proposed",)),
    **dict.fromkeys(("amber", "moderate"), ("medium",)),
    **dict.fromkeys(("green", "minor"), ("low",)),
    **dict.fromkeys(("critical", "major", "red", "severe"), ("high",)),
}
"""What planners write for a value that has another name here; the first that is possible in a field counts."""


def nearest(word: str, known: Iterable[str], cutoff: float = _CLOSE) -> str | None:
    """The known word that a word most resembles, or is a part of; case, spaces and hyphens do not count."""
    by_plain = {_plain(entry): entry for entry in known}
    plain = _plain(word)
    parts = [entry for entry in by_plain if len(plain) >= _SHORTEST_PART and plain in entry.split("-")]
    found = ([plain] if plain in by_plain else []) or parts
    found = found or difflib.get_close_matches(plain, list(by_plain), n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else None


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", word.casefold()).strip("-")


def value_meant(word: str, allowed: Iterable[str]) -> str | None:
    """The possible value that was most likely meant."""
    allowed = tuple(allowed)
    usual = [entry for entry in _usual(VALUES_MEANT, _plain(word)) if entry in allowed]
    return usual[0] if usual else nearest(word, allowed)


def _usual(meant: Mapping[str, tuple[str, ...]], plain: str) -> tuple[str, ...]:
    """What a word usually means, also when it is misspelt a little."""
    close = difflib.get_close_matches(plain, meant, n=1, cutoff=_VERY_CLOSE)
    return meant[close[0]] if close else ()


def fields_meant(word: str, path: Path, written: object) -> list[str]:
    """The fields that were most likely meant by an unknown one at a path, best first; those written there are taken."""
    left = [name for name in field_names(path) if name not in _keys(written)]
    of_several = [name for name in (f"{word}s", f"{word.removesuffix('y')}ies") if name in left]
    if of_several:
        return of_several
    usual = [name for name in _usual_fields(word, path) if name in left]
    close = None if _usual_fields(word, path) else nearest(word, left)
    return usual or ([close] if close else [])


def _usual_fields(word: str, path: Path) -> list[str]:
    possible = field_names(path)
    return [name for name in _usual(FIELDS_MEANT, _plain(word).replace("-", "_")) if name in possible][:2]


def _keys(written: object) -> frozenset[object]:
    return frozenset(written) if isinstance(written, Mapping) else frozenset()


def where_field_belongs(word: str, path: Path, written: object) -> str:
    """What to do about a field that stands in the wrong place or twice; empty where that does not explain it."""
    if not path and word in field_names(("document",)):
        return f"'{word}' belongs under 'document:', indented."
    if fields_meant(word, path, written):
        return ""
    for length in range(len(path) - 1, -1, -1):
        if word in field_names(path[:length]):
            around = next((step for step in reversed(path[:length]) if isinstance(step, str)), "")
            if not around:
                return f"'{word}' is a field of the plan itself: start it at the beginning of a line."
            return f"'{word}' is a field of the item of '{around}' around this one: indent it less."
    usual = _usual_fields(word, path)
    taken = usual[0] if usual else nearest(word, field_names(path), _VERY_CLOSE)
    return f"Did you mean '{taken}'? It stands here already: put both into one." if taken else ""


def did_you_mean(names: Iterable[str]) -> str:
    """The question that proposes names."""
    quoted = [f"'{name}'" for name in names]
    return f"Did you mean {listed(quoted, 'or')}?"
