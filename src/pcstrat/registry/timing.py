"""Turns the dates of a plan and of a national commitment into whether the plan could know of it, or it ended since."""

from __future__ import annotations

import datetime as dt
import enum
import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pcstrat.model.document import Document
from pcstrat.model.plan import Plan
from pcstrat.model.times import Precision, Time, time_or_none
from pcstrat.patterns import Pattern
from pcstrat.registry import Commitment, Registry

Interval: TypeAlias = tuple[dt.date, dt.date]
"""The first and the last day on which something can have happened."""

_JUDGED_KEPT = 4_096
_LEAD = Pattern(r"^(in force|from|since)\s+", re.IGNORECASE)


class Silence(enum.Enum):
    """Why a plan says nothing of a commitment, as far as the dates of both tell; each with its words."""

    NOT_MENTIONED = "Not mentioned"
    NOT_YET_PUBLISHED = "Not yet published when this plan was written"
    NO_DATE = "Plan date not stated, so not judged"
    SAME_TIME = "Plan and commitment are of about the same time, so not judged"


class Written(NamedTuple):
    """When a plan can have been written: in `days`, if it states a date; else not before a day, if that is known."""

    days: Interval | None
    not_before: dt.date | None


def written(document: Document, icb: str, cited: dt.date | None, registry: Registry) -> Written:
    """When a plan can have been written: not before its ICB began, nor before the newest document that it cites."""
    board = registry.icb(icb)
    founded = board.opened if board else None
    not_before = max((day for day in (founded, cited) if day), default=None)
    ends = [time for time in (document.approved, document.published) if time and time.end]
    if not ends:
        return Written(None, not_before)
    time = max(ends, key=lambda time: time.end or dt.date.min)
    start = time.start or founded or dt.date.min
    return Written((start, time.end or start), not_before)


def ended_since(commitment: Commitment, start: dt.date | None, as_of: dt.date) -> bool:
    """Whether a commitment was not over on the first day, and is over on the second; never where that is unknown."""
    last = commitment.applies_to or commitment.applies_from
    return start is not None and last is not None and last >= start and commitment.has_ended(as_of)


def newest_cited(plan: Plan) -> dt.date | None:
    """The first day on which the newest document that a plan has facts from, or says that it answers, can be from."""
    cited = (*(source.date for source in plan.sources), *(document.when for document in plan.alignment))
    return max((time.start for time in cited if time and time.start), default=None)


def days_published(commitment: Commitment) -> Interval | None:
    """When a commitment can have appeared; None when nothing is known."""
    time = time_published(commitment)
    return (time.start, time.end) if time is not None and time.start and time.end else None


def time_published(commitment: Commitment) -> Time | None:
    """When a commitment appeared, with both ends known; None when nothing is known.

    A document appears on the day of its first publication. Where no more than the year is stated, as for sections of an
    Act, it is the day from which the commitment applies: before that day there was no board that had the duty.
    """
    time = bounded_time(_LEAD.sub("", commitment.published.split(";")[0].strip()))
    applies = commitment.applies_from
    if time is not None and (time.precision is not Precision.CALENDAR_YEAR or not applies):
        return time
    return bounded_time(applies.isoformat()) if applies else None


@lru_cache(maxsize=_JUDGED_KEPT)
def bounded_time(text: str) -> Time | None:
    """A time with both ends known, or nothing."""
    time = time_or_none(text)
    return time if time is not None and time.start and time.end else None


def came_later(plan: Written, commitment: Interval | None) -> bool:
    """Whether a commitment is certain to be newer than a plan."""
    return bool(plan.days and commitment and plan.days[1] < commitment[0])


@lru_cache(maxsize=_JUDGED_KEPT)
def silence(plan: Written, commitment: Interval | None) -> Silence:
    """Why a plan says nothing of a commitment."""
    if commitment is None:
        return Silence.NOT_MENTIONED
    last = commitment[1]
    if plan.days is None:
        judged = plan.not_before is not None and last <= plan.not_before
        return Silence.NOT_MENTIONED if judged else Silence.NO_DATE
    if came_later(plan, commitment):
        return Silence.NOT_YET_PUBLISHED
    return Silence.NOT_MENTIONED if last <= plan.days[0] else Silence.SAME_TIME
