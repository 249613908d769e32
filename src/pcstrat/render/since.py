"""Turns the registry's dated facts into what has happened since a plan was written: never a fault of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from markupsafe import Markup, escape

from pcstrat.model.vocabulary import DocumentStatus
from pcstrat.outline import first_day, known_start, last_day_written, parts_of
from pcstrat.registry.records import Icb
from pcstrat.registry.timing import ended_since
from pcstrat.render import words
from pcstrat.render.blocks import Item, Items, Notice, Section
from pcstrat.render.index import PlanIndex, part_id
from pcstrat.render.items import time_text
from pcstrat.text import listed, long_date


def short_icb_name(icb: Icb) -> str:
    """What people call an ICB: `Central East ICB`."""
    return f"{icb.short_name} ICB"


def closed_sentence(index: PlanIndex, as_of: dt.date) -> str:
    """That the ICB has closed, and what covers its area now; empty while it is open."""
    icb = index.registry.icb(index.plan.icb)
    if icb is None or icb.closed is None or icb.is_open(as_of):
        return ""
    successors = [short_icb_name(successor) for successor in index.registry.successors(icb.ods_code)]
    sentence = f"This ICB closed on {long_date(icb.closed)}."
    return f"{sentence} Its area is now covered by {listed(successors)}." if successors else sentence


def notices(index: PlanIndex, as_of: dt.date) -> Iterator[Notice]:
    """What the reader must know before anything else."""
    document = index.plan.document
    if document.status is DocumentStatus.DRAFT:
        yield Notice(text=escape("This is a draft."))
    if document.status is DocumentStatus.SUPERSEDED:
        yield Notice(text=escape("This document has been replaced by a newer one."))
    if document.restated_by:
        yield Notice(text=escape(restatement_sentence(index)))
    if closed := closed_sentence(index, as_of):
        yield Notice(text=escape(closed))


def restatement_sentence(index: PlanIndex) -> str:
    """Who restated the document, from what, and that it is no publication of the ICB; empty when it is one."""
    restated = index.plan.document.restated_by
    if not restated:
        return ""
    published = time_text(index.plan.document.published)
    origin = f"the ICB's document of {published}" if published else "an ICB document that states no date"
    return f"Restated by {restated.publisher} from {origin}. Not an ICB publication."


def since_section(index: PlanIndex, as_of: dt.date) -> Section | None:
    """The ICB's closure and the commitments whose period has ended, as at a date; None when nothing has happened."""
    items = [Item(text=escape(closed))] if (closed := closed_sentence(index, as_of)) else []
    items += _ended_commitments(index, as_of)
    if not items:
        return None
    intro = f"This is what has changed around the plan, as at {long_date(as_of)}. It is not a fault of the plan."
    begins = first_day(index.plan)
    if begins and not last_day_written(index.plan.document):
        intro += f" The plan does not say when it was written, so this counts from its first day, {long_date(begins)}."
    return Section(
        id=part_id("part", "since"),
        title=words.SECTIONS["since"],
        level=2,
        blocks=(Items(items=tuple(items), intro=escape(intro)),),
    )


def _ended_commitments(index: PlanIndex, as_of: dt.date) -> Iterator[Item]:
    """Commitments that were not over when the plan was written or began, and are over now; none if that is unknown."""
    start = known_start(index.plan)
    for code in dict.fromkeys(_codes(index)):
        commitment = index.registry.commitment(code)
        if commitment and ended_since(commitment, start, as_of):
            after = [index.commitment_title(next_code) for next_code in commitment.superseded_by]
            text = Markup("The period of this national commitment has ended: {}.").format(commitment.title)
            if after:
                text += Markup(" It is followed by: {}.").format(listed(after))
            yield Item(text=text)


def _codes(index: PlanIndex) -> Iterator[str]:
    for part in parts_of(index.plan):
        yield from part.commitments
        yield from part.mentions
