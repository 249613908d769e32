"""Turns who answers for something, before and after, into what became of it: stated, taken away, or others.

As long as somebody is named who answers, nothing is lost where others are named less: rule O02 asks for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pcstrat.diff.changes import Said
from pcstrat.diff.kinds import Kind
from pcstrat.placeholders import filled
from pcstrat.text import listed

OWNERS = frozenset({"owner", "led_by", "accountable"})


class OwnerFact(NamedTuple):
    """What became of those who answer for something, with those that either side names."""

    kind: Kind
    before: Said | None
    after: Said | None


def owner_kind(old: str, new: str) -> Kind:
    """Whether an owner is another one, or took the place of “TBC”, or gave way to it."""
    return _kind([old], [new])


def compare_owners(old: Sequence[str], new: Sequence[str]) -> OwnerFact | None:
    """The one fact between two lists of owners; none where both name the same ones, in any order."""
    gone, come = (list((Counter(one) - Counter(other)).elements()) for one, other in ((old, new), (new, old)))
    if not gone and not come:
        return None
    kind = _kind(old, new)
    if kind is Kind.OWNER_CHANGED and not (old and new):
        kind = Kind.STATED if new else Kind.NO_LONGER_STATED
    both = (gone, come) if gone and come else (old, new)
    return OwnerFact(kind, *(_said(names) for names in both))


def _kind(old: Sequence[str], new: Sequence[str]) -> Kind:
    was, now = (bool(filled(*names)) for names in (old, new))
    if was is now:
        return Kind.OWNER_CHANGED
    return Kind.OWNER_ADDED if now else Kind.OWNER_REMOVED


def _said(names: Sequence[str]) -> Said | None:
    return Said(text=listed(list(names)), value=tuple(names)) if names else None
