"""Turns a plan into the flat lists that rules read: every item, every text and every time, each with its path."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from pcstrat.diagnostics import Path
from pcstrat.model.aims import Band, Objective, Period, Strand
from pcstrat.model.base import Model
from pcstrat.model.delivery import Phase
from pcstrat.model.document import Document
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome
from pcstrat.model.times import Time
from pcstrat.model.vision import VisionList
from pcstrat.reading import OUR_PARTS, REMARKS, is_prose, plain


class Role(enum.StrEnum):
    """What a time in a plan is for."""

    PLANNED = "planned"
    """When something will be done or will have changed."""
    DUE = "due"
    """The second time of a milestone."""
    REPEATS = "repeats"
    YEARS = "years"
    """The programme years of a band: `Year 1`."""
    PERIOD = "period"
    """The time over a part of the plan: a band, a strand, a phase."""
    PLAN = "plan"
    """The period of the whole plan."""
    TARGET = "target"
    """By when a measure is to reach its target."""
    MONEY = "money"
    """The year of money, or how long it lasts."""
    EVIDENCE = "evidence"
    """When a fact held, a document appeared or something was done already."""
    CONTROL = "control"
    """Dates of the document itself and of this file."""


@dataclass(frozen=True, eq=False)
class Item:
    """One part of the plan: where it stands and what it stands in. `parent` is `None` for the plan itself."""

    path: Path
    part: Model
    parent: Item | None

    def above(self) -> Iterator[Item]:
        """The items around it, the nearest first."""
        item = self.parent
        while item is not None:
            yield item
            item = item.parent

    def nearest(self, *types: type[Model]) -> Item | None:
        """The item itself or the nearest around it that is one of these."""
        item: Item | None = self
        while item is not None and not isinstance(item.part, types):
            item = item.parent
        return item

    def get(self, field: str) -> Any:  # noqa: ANN401 - the type of the field
        """What the part holds in a field; `None` where its type has no such field.

        The fields of a model are its variables. Asking a model for a field that it lacks takes pydantic very long.
        """
        return vars(self.part).get(field)

    @property
    def is_ours(self) -> bool:
        """Whether it stands in a part that is not the plan's own words."""
        return not OUR_PARTS.isdisjoint(self.path)

    @cached_property
    def is_retired(self) -> bool:
        """Whether it, or something around it, was given up."""
        return bool(self.get("retired")) or (self.parent is not None and self.parent.is_retired)


@dataclass(frozen=True, eq=False)
class Leaf:
    """One text of the plan. `prose` tells sentences from names, titles and labels."""

    path: Path
    text: str
    field: str
    prose: bool
    item: Item

    @property
    def is_remark(self) -> bool:
        """Whether it is a remark of whoever writes the file, not the plan's own text."""
        return self.field in REMARKS or self.item.is_ours

    @cached_property
    def plain(self) -> str:
        """Its words, without emphasis and mark-up of links."""
        return plain(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Timed:
    """One time of the plan as written; `Subject.resolved` dates the years of a programme."""

    path: Path
    time: Time
    field: str
    role: Role
    item: Item


@cache
def _aliases(model: type[Model]) -> Mapping[str, str]:
    return {name: field.alias for name, field in model.model_fields.items() if field.alias}


@dataclass(frozen=True, slots=True)
class Walk:
    """Everything found on one way through a plan, outer things first, in the order of the fields."""

    items: list[Item] = field(default_factory=list)
    texts: list[Leaf] = field(default_factory=list)
    times: list[Timed] = field(default_factory=list)

    def through(self, part: Model, path: Path = (), parent: Item | None = None) -> Walk:
        """Walk through a part of a plan and everything in it."""
        item = Item(path, part, parent)
        self.items.append(item)
        aliases = _aliases(type(part))
        for name, value in vars(part).items():
            if not value:
                continue
            key = aliases.get(name, name)
            if type(value) is tuple:
                for index, entry in enumerate(value):
                    self._value(item, name, entry, (*path, key, index))
            elif type(value) is Time:
                self.times.append(Timed((*path, key), value, key, role_of(item, key), item))
            else:
                self._value(item, name, value, (*path, key))
        return self

    def _value(self, item: Item, name: str, value: object, path: Path) -> None:
        if type(value) is str:
            prose = is_prose(type(item.part), name)
            if prose is not None:
                key = path[-1] if type(path[-1]) is str else str(path[-2])
                self.texts.append(Leaf(path, value, key, prose, item))
        elif isinstance(value, Model):
            self.through(value, path, item)


_BY_FIELD = {
    "due": Role.DUE,
    "repeats": Role.REPEATS,
    "band": Role.YEARS,
    "by": Role.TARGET,
    "year": Role.MONEY,
    "lasts": Role.MONEY,
    "outcomes_when": Role.PLANNED,
    "until": Role.CONTROL,
    "closes": Role.CONTROL,
}
_WITH_PERIOD = (Band, Period, Phase, VisionList)
_PLANNED = (Action, Outcome)


def role_of(item: Item, name: str) -> Role:
    """What the time in a field of an item is for."""
    if isinstance(item.part, Document):
        return Role.PLAN if name == "period" else Role.CONTROL
    if item.is_ours:
        return Role.CONTROL
    if name in _BY_FIELD:
        return _BY_FIELD[name]
    if isinstance(item.part, _WITH_PERIOD):
        return Role.PERIOD
    if isinstance(item.part, _PLANNED):
        return Role.PLANNED
    return _role_of_when(item)


def _role_of_when(item: Item) -> Role:
    """A `when` of something that is not an action says what the things around it say: a target, a promise, a fact."""
    if isinstance(item.part, Measure) or item.path[-1:] == ("target",):
        return Role.TARGET
    if item.path[-1:] == ("review",):
        return Role.PLANNED
    around = item.nearest(Action, Outcome, FundingLine, FundingTable)
    if around is not None and around is not item:
        return Role.PLANNED
    promised = {"features", "approach", "details"} & set(map(str, item.path))
    return Role.PLANNED if promised and item.nearest(Objective, Strand) else Role.EVIDENCE
