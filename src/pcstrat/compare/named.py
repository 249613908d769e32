"""Turns what a part of a plan says of its owners, leads and partners into who is named for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from pcstrat.compare.facts import Named
from pcstrat.model.aims import Objective, Strand
from pcstrat.outline import answering
from pcstrat.placeholders import filled
from pcstrat.text import visible


def named_for_aim(aim: Objective, above: Objective | None) -> Named:
    """Who is named for an aim, or else answers for the ambition over it, and who for its actions and milestones.

    Who answers for one of these does not answer for the aim.
    """
    partners, in_parts = _named_inside(aim)
    answering_for_it = answering(aim, above) or aim
    return Named(
        accountable=_names(answering_for_it.accountable),
        owners=_names((answering_for_it.owner,)),
        led_by=_names((aim.led_by,)),
        partners=partners,
        in_parts=_names(in_parts),
    )


def named_for_strand(strand: Strand) -> Named:
    """Who is named for a strand, which is a part of an aim, and for its actions and milestones."""
    partners, in_parts = _named_inside(strand)
    return Named(partners=partners, in_parts=_names((strand.owner, strand.led_by, *in_parts)))


def _named_inside(part: Objective | Strand) -> tuple[tuple[str, ...], list[str | None]]:
    """The partners of a part and of its actions and milestones, and who answers for one of these or leads it."""
    every = chain(part.actions, chain.from_iterable([band.milestones for band in part.timeline]), part.milestones)
    named = [item for item in every if (item.owner or item.led_by or item.partners) and not item.retired]
    partners = _names([*part.partners, *[name for item in named for name in item.partners]])
    return partners, [name for item in named for name in (item.owner, item.led_by)]


def _names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """The names among some texts, each once; what only keeps the place of a name is none."""
    found = filled(*texts)
    return tuple(dict.fromkeys(map(visible, found))) if found else ()
