"""Turns the bands of a plan's timelines into dates: what Year 1 is, and what "Years 3 to 5" then means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pcstrat.model.aims import Band, Objective, Strand
from pcstrat.model.points import Milestone
from pcstrat.model.times import Time, resolve_years
from pcstrat.outline import periods_by_year, stated_period, year_one_of, years_of
from pcstrat.rules._walk import Item


@dataclass(frozen=True, slots=True, eq=False)
class PlacedBand:
    """One band of a timeline: its programme years, if stated, and the period that it states itself."""

    item: Item
    band: Band

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last programme year that the band is for."""
        return years_of(self.band)

    @property
    def stated(self) -> Time | None:
        """The period that the band states, with both ends known."""
        return stated_period(self.band)


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """The bands of one objective or strand, in the order printed."""

    owner: Item
    bands: tuple[PlacedBand, ...]

    def by_year(self) -> Mapping[int, Time]:
        """The stated period of each programme year; where two bands claim a year, the first."""
        return periods_by_year(placed.band for placed in self.bands)

    def year_one(self) -> dt.date | None:
        """The first day of Year 1, if a band states it."""
        return next((day for placed in self.bands if (day := year_one_of(placed.band))), None)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedMilestone:
    """A milestone with the band it stands in, if any, and the part of the plan whose timeline it belongs to."""

    item: Item
    milestone: Milestone
    owner: Item
    band: PlacedBand | None

    @property
    def own_time(self) -> Time | None:
        """The time that it states itself."""
        return self.milestone.when or self.milestone.due


def timelines_of(items: Iterable[Item]) -> tuple[Timeline, ...]:
    """Every timeline with at least one band."""
    bands: dict[Item, list[PlacedBand]] = {}
    for item in items:
        if isinstance(item.part, Band) and item.parent is not None:
            bands.setdefault(item.parent, []).append(PlacedBand(item, item.part))
    return tuple(Timeline(owner, tuple(found)) for owner, found in bands.items())


def milestones_of(items: Iterable[Item], timelines: Iterable[Timeline]) -> tuple[PlacedMilestone, ...]:
    """Every milestone, in the order of the plan."""
    bands = {band.item: band for timeline in timelines for band in timeline.bands}
    found = []
    for item in items:
        owner = item.nearest(Objective, Strand)
        if isinstance(item.part, Milestone) and item.parent is not None and owner is not None:
            found.append(PlacedMilestone(item, item.part, owner, bands.get(item.parent)))
    return tuple(found)


def resolved(time: Time, timeline: Timeline | None, year_one: dt.date | None) -> Time:
    """A time with the dates that its programme years mean, where that is known."""
    return resolve_years(time, year_one, timeline.by_year() if timeline else {})
