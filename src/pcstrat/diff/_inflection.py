"""Turns words into forms that other words beside them do not bend: "hubs" into "hub", "open" into "opening"."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.text import singular

_AGREES = {"are": "is", "be": "is", "have": "has", "do": "does", "does": "does", "were": "was"}
_VOWELS = "aeiou"


def folded(word: str) -> str:
    """A word without the ending that a number or a verb beside it gives it."""
    return _AGREES.get(word) or singular(word)  # a verb drops the same endings: "carries", "reaches"


def gerunds(verb: str) -> Iterator[str]:
    """The forms in "-ing" that a verb may have: one of them is right."""
    return _with_ending(verb, "ing")


def participles(verb: str) -> Iterator[str]:
    """The forms in "-ed" that a verb may have: one of them is right, if it has any."""
    return _with_ending(verb, "ed")


def _with_ending(verb: str, ending: str) -> Iterator[str]:
    for base in {verb, folded(verb)}:
        yield f"{base}{ending}"
        if base.endswith("e"):
            yield f"{base[:-1]}{ending}"
        elif len(base) > 1 and base[-1] not in _VOWELS:
            yield f"{base}{base[-1]}{ending}"
