"""Turns two wordings into whether one is the other with words added inside a sentence: "in all towns in Kent".

Such words may say to whom, where or when alone something is promised, which only a reader can tell.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from pcstrat.diff._firmness import Firmness
from pcstrat.diff._units import GERUND, Unit

_REASONS = frozenset({"to", "so", "because", "as", "since"})
"""What begins with such a word says why."""

_NEEDS = frozenset({"if", "when", "where"})
"""What begins with such a word says when: "if needed" takes nothing away, and other conditions are judged as such."""


def is_narrowed(old: Sequence[Sequence[Unit]], new: Sequence[Sequence[Unit]], firmness: Firmness) -> bool:
    """Whether one of two wordings, given by their sentences, is the other with more words that say something."""
    if len(old) != len(new):
        return False
    shorter, longer = sorted((old, new), key=_length)
    if _length(shorter) == _length(longer):
        return False
    added = [_added(*pair, firmness) for pair in zip(shorter, longer, strict=True)]
    return None not in added and any(added)


def _length(side: Sequence[Sequence[Unit]]) -> int:
    """How many words a text has, without its pauses."""
    return sum(not unit.is_pause for sentence in side for unit in sentence)


def _added(shorter: Sequence[Unit], longer: Sequence[Unit], firmness: Firmness) -> bool | None:
    """Whether words were added to a sentence that may narrow it; nothing if other words differ."""
    old, new = ([unit.folded for unit in side if not unit.is_pause] for side in (shorter, longer))
    found = False
    places = [place for place, unit in enumerate(longer) if not unit.is_pause]
    for tag, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "insert":
            found = found or _narrows(longer, places[start], places[end - 1] + 1, firmness)
        elif tag != "equal":
            return None
    return found


def _narrows(sentence: Sequence[Unit], first: int, last: int, firmness: Firmness) -> bool:
    """Whether words of a sentence may say to whom, where or when alone: no reason, aside or further part of a list."""
    words = [unit for unit in sentence[first:last] if not unit.is_pause]
    text = words[0].text
    joins = {text, words[-1].text} & (firmness.joiners | firmness.examples)
    is_aside = first > 0 and sentence[first - 1].is_pause and (text in firmness.asides or text.endswith(GERUND))
    says = any(unit.plain not in firmness.small and unit.plain not in firmness.qualities for unit in words)
    return says and not joins and text.partition(" ")[0] not in _REASONS | _NEEDS and not is_aside
