"""Turns a plan into what rules read: one walk, made once and shared by every rule."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, wraps
from typing import Any, Final, NamedTuple, TypeVar, cast, overload

from pcstrat.diagnostics import Path
from pcstrat.model.aims import Band, Enabler, Objective, Period, Strand
from pcstrat.model.base import Model
from pcstrat.model.delivery import Body
from pcstrat.model.document import Document
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.plan import Plan
from pcstrat.model.points import Lineage, Milestone
from pcstrat.model.times import Time
from pcstrat.money_outline import NamedAmount
from pcstrat.outline import children_of, common_year_one, first_day, last_day_written, stated_time
from pcstrat.placeholders import is_placeholder
from pcstrat.registry import Registry
from pcstrat.rules._joined import Joined
from pcstrat.rules._walk import Item, Leaf, Placed, Role, Timed, Walk, kinds
from pcstrat.rules.programme import PlacedBand, PlacedMilestone, Timeline, milestones_of, resolved, timelines_of

__all__ = [
    "Aim",
    "Item",
    "Leaf",
    "Placed",
    "PlacedAmount",
    "PlacedBand",
    "PlacedMilestone",
    "Role",
    "Subject",
    "Timed",
    "Timeline",
    "kinds",
    "once",
]

_Found = TypeVar("_Found")
_Kind = TypeVar("_Kind", bound=Model)
_Other = TypeVar("_Other", bound=Model)

_BODY_FIELDS = frozenset({"owner", "led_by", "accountable", "partners", "set_by", "organisation", "by", "prepared_for"})


class Aim(NamedTuple):
    """An ambition, objective or enabler, with what stands under it but not under an objective of its own."""

    item: Placed[Objective]
    inside: tuple[Item, ...]

    @property
    def aim(self) -> Objective:
        """The part of the plan itself."""
        return self.item.part

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self.item.path

    @property
    def name(self) -> str:
        """What the plan calls it: its label, else its title."""
        return self.aim.label or self.aim.title

    @property
    def is_enabler(self) -> bool:
        """Whether it serves several ambitions."""
        return isinstance(self.aim, Enabler)

    @property
    def counts_as_objective(self) -> bool:
        """Whether it is an objective: an ambition is one when it has no objectives."""
        return not (self.is_enabler or children_of(self.aim))

    def of(self, *types: type[_Kind]) -> tuple[Placed[_Kind], ...]:
        """The parts of these types under it: its own, its strands' and its bands'."""
        wanted = kinds(*types)
        return tuple(cast("Placed[_Kind]", item) for item in self.inside if type(item.part) in wanted)


class PlacedAmount(NamedTuple):
    """An amount with its line and table, and where it stands."""

    item: Placed[FundingAmount]
    named: NamedAmount


class Subject:
    """A plan and what rules need to judge it. Positions are not known here.

    `as_of` is the day that the run counts from. Rules that say what has happened since the plan was written compare it
    with `written_on`. `known` holds what functions marked with `once` have worked out.
    """

    def __init__(self, plan: Plan, registry: Registry, as_of: dt.date) -> None:
        self.plan: Final = plan
        self.registry: Final = registry
        self.as_of: Final = as_of
        self.known: Final[dict[Callable[[Subject], Any], Any]] = {}
        self._of: Final[dict[tuple[type[Model], ...], tuple[Item, ...]]] = {}
        self._holding: Final[dict[str, tuple[Item, ...]]] = {}
        self._periods: Final[dict[Item, Time | None]] = {}

    @property
    def document(self) -> Document:
        """The title page and document control."""
        return self.plan.document

    @property
    def written_on(self) -> dt.date | None:
        """The last day that the plan's date can mean: of its approval or publication, whichever is later."""
        return last_day_written(self.document)

    @property
    def written_from(self) -> dt.date | None:
        """The first day that the plan's date can mean."""
        stated = (self.document.approved, self.document.published)
        return max((time.start for time in stated if time and time.start), default=None)

    @property
    def issued(self) -> Time | None:
        """When readers had the plan: when it was published, else approved."""
        stated = (self.document.published, self.document.approved)
        return next((time for time in stated if time and time.start), None)

    @cached_property
    def _walk(self) -> Walk:
        return Walk().through(self.plan)

    @property
    def items(self) -> Sequence[Item]:
        """Every part of the plan, outer ones first; the first is the plan itself."""
        return self._walk.items

    @cached_property
    def _by_type(self) -> Mapping[type[Model], tuple[Item, ...]]:
        found: defaultdict[type[Model], list[Item]] = defaultdict(list)
        for item in self.items:
            found[type(item.part)].append(item)
        return {kind: tuple(items) for kind, items in found.items()}

    @overload
    def of(self, kind: type[_Kind], /) -> tuple[Placed[_Kind], ...]: ...
    @overload
    def of(self, kind: type[_Kind], other: type[_Other], /) -> tuple[Placed[_Kind | _Other], ...]: ...
    @overload
    def of(self, *types: type[Model]) -> tuple[Item, ...]: ...
    def of(self, *types: type[Model]) -> tuple[Item, ...]:
        """Every part of these types or of types made from them, in the order of the plan for each type."""
        if types not in self._of:
            wanted = kinds(*types)
            self._of[types] = tuple(item for kind, items in self._by_type.items() if kind in wanted for item in items)
        return self._of[types]

    def holding(self, field: str) -> Sequence[Item]:
        """Every part that holds something in a field, in the order of the plan."""
        if field not in self._holding:
            self._holding[field] = tuple(item for item in self.items if item.get(field))
        return self._holding[field]

    @property
    def texts(self) -> Sequence[Leaf]:
        """Every text of the file. `Leaf.is_remark` tells the plan's own from remarks on it."""
        return self._walk.texts

    @cached_property
    def own_texts(self) -> tuple[Leaf, ...]:
        """Every text that is the plan's own."""
        return tuple(leaf for leaf in self.texts if not leaf.is_remark)

    @cached_property
    def own_words(self) -> Joined[Leaf]:
        """The plan's own texts in lower case, to be searched at once."""
        return Joined(self.own_texts, lambda leaf: leaf.text.casefold())

    @cached_property
    def own_plain_words(self) -> Joined[Leaf]:
        """The plan's own texts without emphasis and mark-up of links, to be searched at once."""
        return Joined(self.own_texts, lambda leaf: leaf.plain)

    @cached_property
    def bodies(self) -> tuple[Leaf, ...]:
        """Every text that is nothing but the name of a body or post: owners, leads, partners, publishers."""
        named = (leaf for leaf in self.own_texts if leaf.field in _BODY_FIELDS and not is_placeholder(leaf.text))
        own = (leaf for leaf in self.own_texts if leaf.field == "name" and isinstance(leaf.item.part, Body))
        return (*named, *own)

    @property
    def times(self) -> Sequence[Timed]:
        """Every time as written, with what it is for."""
        return self._walk.times

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        """Every timeline that has bands."""
        return timelines_of(self.of(Band))

    @cached_property
    def milestones(self) -> tuple[PlacedMilestone, ...]:
        """Every milestone with its band."""
        return milestones_of(self.of(Milestone), self.timelines)

    @cached_property
    def milestone_at(self) -> Mapping[Item, PlacedMilestone]:
        """Each milestone by its item."""
        return {milestone.item: milestone for milestone in self.milestones}

    @cached_property
    def year_one(self) -> dt.date | None:
        """The first day of the plan's Year 1, if it is stated and its timelines agree."""
        return common_year_one((timeline.year_one for timeline in self.timelines), self.document.period)

    @cached_property
    def period(self) -> Time | None:
        """The period that the plan states for the whole of itself, with both ends known."""
        period = self.document.period
        return period if period is not None and period.start and period.end else None

    @cached_property
    def begins(self) -> dt.date | None:
        """The first day of the plan: of its period, else of its Year 1, else of its first band."""
        return first_day(self.plan)

    def was_over(self, day: dt.date) -> bool:
        """Whether a day was over when readers had the plan, so that nothing can be promised for it.

        Of a plan without a date, and of one that is still to be published, the day of the run tells.
        """
        issued = self.issued and self.issued.start
        return day < min(issued or self.as_of, self.as_of)

    def period_around(self, item: Item) -> Time | None:
        """The nearest period stated over an item, with both ends known: of its strand, its objective or the plan."""
        around = item.parent
        if around is not None and around.get("period") is item.part:  # a period is no period over itself
            around = around.parent
        return self._period_in(around and around.aim_or_strand)

    def _period_in(self, part: Item | None) -> Time | None:
        """The nearest period stated for an aim or strand, or over it; without one, that of the plan."""
        if part is None:
            return self.period
        if part not in self._periods:
            own: Period | None = part.get("period")
            time = own.when if own else None
            is_whole = time is not None and time.start and time.end
            self._periods[part] = time if is_whole else self._period_in(part.parent and part.parent.aim_or_strand)
        return self._periods[part]

    @cached_property
    def _timeline_of(self) -> Mapping[Item, Timeline]:
        return {timeline.owner: timeline for timeline in self.timelines}

    def resolved(self, time: Time, item: Item) -> Time:
        """A time found in an item, with the dates that "Year 5" means there."""
        if time.years is None or time.is_dated:
            return time
        timeline = next(
            (self._timeline_of[around] for around in (item, *item.above()) if around in self._timeline_of), None
        )
        return resolved(time, timeline, self.year_one)

    def time_of(self, milestone: PlacedMilestone) -> Time | None:
        """The time that counts for a milestone, as `outline.stated_time` says; programme years are dated."""
        return self._time_of[milestone.item]

    @cached_property
    def _time_of(self) -> Mapping[Item, Time | None]:
        found: dict[Item, Time | None] = {}
        for item, _, band in self.milestones:
            time = stated_time(item.part, band.band if band else None)
            found[item] = None if time is None else self.resolved(time, item)
        return found

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """Every ambition, objective and enabler, in the order of the plan."""
        inside: dict[Placed[Objective], list[Item]] = {}
        for item in self.items:
            if item.aim is item:
                inside[item.aim] = []
            elif item.aim is not None:
                inside[item.aim].append(item)
        return tuple(Aim(item, tuple(found)) for item, found in inside.items())

    @cached_property
    def objectives(self) -> tuple[Aim, ...]:
        """The aims that count as objectives: ambitions without children, and objectives."""
        return tuple(aim for aim in self.aims if aim.counts_as_objective)

    @cached_property
    def strands(self) -> tuple[Placed[Strand], ...]:
        """Every strand."""
        return self.of(Strand)

    @cached_property
    def measures(self) -> tuple[Placed[Measure], ...]:
        """Every measure."""
        return self.of(Measure)

    @cached_property
    def amounts(self) -> tuple[PlacedAmount, ...]:
        """Every amount of every funding table."""
        found = []
        for item in self.of(FundingAmount):
            line, table = item.nearest(FundingLine), item.nearest(FundingTable)
            if line and table:
                found.append(PlacedAmount(item, NamedAmount(table.part, line.part, item.part, item.is_retired)))
        return tuple(found)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The item of each id; earlier ids of an item lead to it too."""
        found: dict[str, Item] = {}
        for item in self.items[1:]:
            own = item.get("id")
            earlier = item.part.was if isinstance(item.part, Lineage) else ()
            for name in (own, *earlier):
                if name:
                    found.setdefault(name, item)
        return found


def once(work: Callable[[Subject], _Found]) -> Callable[[Subject], _Found]:
    """Let a function of a plan work once a plan: what it finds is kept for every rule that asks for it."""

    @wraps(work)
    def found(subject: Subject) -> _Found:
        if work not in subject.known:
            subject.known[work] = work(subject)
        result: _Found = subject.known[work]
        return result

    return found
