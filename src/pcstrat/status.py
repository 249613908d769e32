"""Turns a plan and a date into how each milestone stands: done, overdue, due, upcoming, without a date, or stopped.

A vague time counts to its last possible day: "by 2025/26" is overdue from 1 April 2026 on. A milestone without a last
day is never overdue. Due is what has begun, or has to be done within the next three months.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pcstrat.model.aims import Strand
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action
from pcstrat.model.times import Time, format_time
from pcstrat.model.vocabulary import Progress
from pcstrat.outline import Dated, milestones_in_plan

SOON = dt.timedelta(days=91)
"""A quarter of a year: what has to be done within it is due."""


class Standing(enum.StrEnum):
    """How a milestone stands on a day, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    NO_DATE = "no date"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneStatus:
    """One milestone, or action that counts as one, and how it stands.

    `dated` is the milestone with the places it stands in and the time that counts for it. `owner` is the nearest that
    is stated: its own or that of what it stands in; empty if there is none.
    """

    dated: Dated
    recorded: Progress | None
    owner: str
    standing: Standing
    days_over: int

    @property
    def time(self) -> Time | None:
        """The time that counts for it."""
        return self.dated.time

    @property
    def item_id(self) -> str:
        """Its id; empty where the plan gives none."""
        return self.dated.milestone.id or ""

    @property
    def what(self) -> str:
        """What it says, on one line."""
        return words_of(self.dated.milestone)

    @property
    def aim(self) -> str:
        """The ambition, objective or enabler it stands under."""
        return " ".join(filter(None, (self.dated.aim.label, self.dated.aim.title)))

    @property
    def part(self) -> str:
        """The strand it stands in, if it stands in one."""
        return self.dated.part.title if isinstance(self.dated.part, Strand) else ""

    @property
    def when(self) -> str:
        """Its time in words; empty where none is stated."""
        return format_time(self.time) if self.time else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStatus:
    """Every milestone of a plan as it stands on a day, the most urgent first."""

    plan_id: str
    title: str
    as_of: dt.date
    milestones: tuple[MilestoneStatus, ...]

    @property
    def recorded(self) -> tuple[MilestoneStatus, ...]:
        """The milestones of which the plan says how far they have got, or that they were given up."""
        return tuple(each for each in self.milestones if each.recorded or each.dated.is_given_up)

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many milestones stand in each way, in the order of `Standing`."""
        return counts_of(self.milestones)

    @property
    def by_owner(self) -> Mapping[str, Mapping[Standing, int]]:
        """The counts of each owner, by name; those without an owner under ""."""
        owners = sorted(
            {milestone.owner for milestone in self.milestones}, key=lambda name: (not name, name.casefold())
        )
        return {owner: counts_of(each for each in self.milestones if each.owner == owner) for owner in owners}


def status_of(plan: Plan, as_of: dt.date) -> PlanStatus:
    """How every milestone of a plan stands on a day."""
    found = [_milestone(dated, as_of) for dated in milestones_in_plan(plan)]
    found.sort(key=lambda each: (list(Standing).index(each.standing), *_sort_key(each)))
    return PlanStatus(plan_id=plan.id, title=plan.document.title, as_of=as_of, milestones=tuple(found))


def words_of(item: Action) -> str:
    """What a milestone or action says, on one line: its title, else its text, else its first point."""
    first = item.points[0].text or item.points[0].title if item.points else ""
    return " ".join((item.title or item.text or first or "").split())


def standing_of(time: Time | None, recorded: Progress | None, as_of: dt.date) -> Standing:
    """How a milestone stands: what the plan records of it comes first, then its time."""
    if recorded is Progress.DONE:
        return Standing.DONE
    if recorded is Progress.STOPPED:
        return Standing.STOPPED
    if time is None or not time.is_dated:
        return Standing.NO_DATE
    if time.end is not None and time.end < as_of and not time.ongoing:
        return Standing.OVERDUE
    has_begun = time.start is not None and time.start <= as_of
    is_soon = time.end is not None and time.end - as_of <= SOON
    return Standing.DUE if has_begun or is_soon else Standing.UPCOMING


def _milestone(dated: Dated, as_of: dt.date) -> MilestoneStatus:
    item, time = dated.milestone, dated.time
    standing = Standing.STOPPED if dated.is_given_up else standing_of(time, item.status, as_of)
    end = time.end if time else None
    return MilestoneStatus(
        dated=dated,
        recorded=item.status,
        owner=dated.owner,
        standing=standing,
        days_over=(as_of - end).days if standing is Standing.OVERDUE and end else 0,
    )


def _sort_key(milestone: MilestoneStatus) -> tuple[dt.date, dt.date, str]:
    """By the day it has to be done, then by its first day."""
    time = milestone.time
    end = time.end if time and time.end else dt.date.max
    start = time.start if time and time.start else end
    return end, start, milestone.what


def counts_of(milestones: Iterable[MilestoneStatus]) -> dict[Standing, int]:
    """How many of some milestones stand in each way, in the order of `Standing`."""
    counted = Counter(milestone.standing for milestone in milestones)
    return {standing: counted[standing] for standing in Standing}
