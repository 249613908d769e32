"""Turns a plan into the names of its area, so that a count in a text is known to be of all of it, or of a part."""

from __future__ import annotations

import re
from typing import NamedTuple

from pcstrat.patterns import Pattern
from pcstrat.rules.subject import Subject, once

_WORD = Pattern(r"[^\W_]+(?:['’&-][^\W_]+)*")
_BETWEEN_PARTS = Pattern(r",|\band\b|&", re.IGNORECASE)
_NO_NAME = frozenset(
    ("and", "in", "of", "the", "upon", "health", "care", "social", "integrated", "nhs", "primary", "our")
) | {
    *("board", "collaborative", "ics", "icb", "partnership", "partners", "system", "together"),
}


class Area(NamedTuple):
    """The area of a plan: the words of each of its names, and of each part that its board's name lists."""

    names: frozenset[frozenset[str]]
    parts: frozenset[frozenset[str]]

    def is_whole(self, name: str) -> bool:
        """Whether a name is one of the whole area."""
        return _words(name) in self.names

    def is_part(self, name: str) -> bool:
        """Whether a name is one of the parts of the area: "Cornwall" in "Cornwall and the Isles of Scilly"."""
        return _words(name) in self.parts


@once
def area_of(subject: Subject) -> Area:
    """The area of a plan, by the names of its board and of its system."""
    icb = subject.registry.icb(subject.plan.icb)
    named = (*((icb.short_name, *icb.aliases) if icb else ()), subject.plan.system_name or "")
    names = frozenset(filter(None, map(_words, named)))
    parts = _BETWEEN_PARTS.split(icb.short_name) if icb else ()
    return Area(names, frozenset(filter(None, map(_words, parts))) - names)


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(name.casefold()) if word not in _NO_NAME)
