"""Turns a plan's aims into everything under them that has a time: milestones, and actions that state one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.model.aims import Ambition, Band, Objective, Strand
from pcstrat.model.points import Action, Milestone
from pcstrat.model.times import Time


def all_parts(aim: Objective) -> Iterator[Objective | Strand]:
    """The aim, its strands, and the same of its objectives."""
    yield aim
    yield from aim.strands
    for child in aim.objectives if isinstance(aim, Ambition) else ():
        yield from all_parts(child)


def milestones_of(part: Objective | Strand) -> Iterator[Milestone]:
    """Every milestone of one part, inside and outside bands."""
    for band in part.timeline:
        yield from band.milestones
    yield from part.milestones


class Dated(NamedTuple):
    """A milestone or dated action, where it stands, and the time it has: its own, else its band's."""

    aim: Objective
    part: Objective | Strand
    band: Band | None
    milestone: Action

    @property
    def own_time(self) -> Time | None:
        """The time that the milestone itself states."""
        due = self.milestone.due if isinstance(self.milestone, Milestone) else None
        return self.milestone.when or due

    @property
    def band_time(self) -> Time | None:
        """The time of the band it stands in, the stated period first."""
        if self.band is None:
            return None
        return self.band.when or self.band.band

    @property
    def time(self) -> Time | None:
        """Its own time, else its band's."""
        return self.own_time or self.band_time

    @property
    def is_dated(self) -> bool:
        """Whether a day is known for its start or its end."""
        return self.time is not None and self.time.is_dated


def dated_milestones(plan_aims: tuple[Objective, ...]) -> Iterator[Dated]:
    """Every milestone under the aims, in the order of the plan; an action that states a time is one too."""
    for aim in plan_aims:
        for part in all_parts(aim):
            owner = part if isinstance(part, Objective) else aim
            for band in part.timeline:
                for milestone in band.milestones:
                    yield Dated(owner, part, band, milestone)
            for action in (*part.milestones, *(action for action in part.actions if action.when)):
                yield Dated(owner, part, None, action)
