"""Finds faults in timelines: year bands that overlap, leave gaps, or disagree with their years, labels or each other."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.times import format_time
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.programme import PlacedBand, Timeline
from pcstrat.rules.subject import Subject

_JFP = "NHS England's guidance on joint forward plans asks for plans with specific milestones."


@rule(
    "T01",
    "bands-overlap",
    title="Two bands of one timeline overlap",
    severity=Severity.WARNING,
    why=f"A reader cannot tell in which year an action falls. {_JFP}",
    remedy="Give each band a period that begins when the one before it has ended.",
    before="""
timeline:
  - {label: First phase, when: 2027/28 to 2028/29}
  - {label: Second phase, when: 2028/29}
""",
    after="""
timeline:
  - {label: First phase, when: 2027/28}
  - {label: Second phase, when: 2028/29}
""",
)
def overlap(subject: Subject) -> Iterator[Hit]:
    """Neighbouring bands whose stated periods share days."""
    for timeline in subject.timelines:
        for before, band in _neighbours(timeline):
            first, second = before.stated, band.stated
            if first and second and first.start and first.end and second.start and second.end:
                if second.start <= first.end and first.start <= second.end:
                    message = f"{band.band.label} ({format_time(second)}) overlaps {before.band.label} ({format_time(first)})."
                    related = Related((*before.item.path, "when"), f"{before.band.label} stands here.")
                    yield Hit(path=(*band.item.path, "when"), message=message, related=(related,))


def _neighbours(timeline: Timeline) -> Iterator[tuple[PlacedBand, PlacedBand]]:
    stated = [band for band in timeline.bands if band.stated]
    yield from zip(stated, stated[1:], strict=False)


RULES = (overlap,)
