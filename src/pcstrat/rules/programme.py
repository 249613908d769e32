"""Turns the bands of a plan's timelines into dates: what Year 1 is, and what "Years 3 to 5" then means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from pcstrat.model.aims import Band
from pcstrat.model.points import Milestone
from pcstrat.model.times import Time, resolve_years
from pcstrat.outline import is_open, periods_by_year, placed_period, year_one_of, years_of
from pcstrat.rules._walk import Item, Placed


class PlacedBand:
    """One band of a timeline: its programme years, if stated, and the period that it states itself.

    Attributes:
        years: The first and the last programme year that the band is for.
        is_open: Whether its years have no stated end: "Year 3 onwards".
        stated: The period that the band states, with both ends known.
        stated_in: The field that states it, which may be the label.
    """

    __slots__ = ("band", "is_open", "item", "stated", "stated_in", "years")

    def __init__(self, item: Placed[Band]) -> None:
        self.item: Final = item
        self.band: Final = item.part
        self.years: Final = years_of(item.part)
        self.is_open: Final = is_open(item.part)
        field, period = placed_period(item.part) or ("band", None)
        self.stated_in: Final[str] = field
        self.stated: Final[Time | None] = period


class Timeline:
    """The bands of one objective or strand, in the order printed.

    Attributes:
        by_year: The stated period of each programme year; where two bands claim a year, the first.
        year_one: The first day of Year 1, if a band states it.
    """

    __slots__ = ("bands", "by_year", "owner", "year_one")

    def __init__(self, owner: Item, bands: tuple[PlacedBand, ...]) -> None:
        self.owner: Final = owner
        self.bands: Final = bands
        self.by_year: Final = periods_by_year(placed.band for placed in bands)
        self.year_one: Final = next((day for placed in bands if (day := year_one_of(placed.band))), None)


class PlacedMilestone(NamedTuple):
    """A milestone with the band it stands in, if any, and the part of the plan whose timeline it belongs to."""

    item: Placed[Milestone]
    owner: Item
    band: PlacedBand | None

    @property
    def milestone(self) -> Milestone:
        """The milestone itself."""
        return self.item.part


def timelines_of(items: Iterable[Placed[Band]]) -> tuple[Timeline, ...]:
    """Every timeline with at least one band."""
    bands: dict[Item, list[PlacedBand]] = {}
    for item in items:
        if item.parent is not None:
            bands.setdefault(item.parent, []).append(PlacedBand(item))
    return tuple(Timeline(owner, tuple(found)) for owner, found in bands.items())


def milestones_of(items: Iterable[Placed[Milestone]], timelines: Iterable[Timeline]) -> tuple[PlacedMilestone, ...]:
    """Every milestone of an aim or strand, in the order given."""
    bands: dict[Item | None, PlacedBand] = {band.item: band for timeline in timelines for band in timeline.bands}
    placed = ((item, item.aim_or_strand) for item in items)
    return tuple(PlacedMilestone(item, owner, bands.get(item.parent)) for item, owner in placed if owner is not None)


def resolved(time: Time, timeline: Timeline | None, year_one: dt.date | None) -> Time:
    """A time with the dates that its programme years mean, where that is known."""
    return resolve_years(time, year_one, timeline.by_year if timeline else {})
