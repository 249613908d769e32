"""Turns a plan into the flat lists that rules read: every item, every text and every time, each with its path."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar, cast

from pcstrat.diagnostics import Path
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Band, Objective, Period, Strand
from pcstrat.model.base import Model
from pcstrat.model.delivery import Phase
from pcstrat.model.document import Document
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome
from pcstrat.model.times import Time
from pcstrat.model.vision import VisionList
from pcstrat.reading import OUR_PARTS, REMARKS, is_prose

_Part_co = TypeVar("_Part_co", bound=Model, covariant=True)
_Kind = TypeVar("_Kind", bound=Model)


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


@cache
def kinds(*types: type[Model]) -> frozenset[type[Model]]:
    """These types and all types made from them: to look a type up here is quicker than to ask for its ancestors."""
    return frozenset(types).union(*(kinds(*kind.__subclasses__()) for kind in types))


class Placed(Generic[_Part_co]):
    """One part of the plan: where it stands and what it stands in. `parent` is `None` for the plan itself.

    Attributes:
        get: What the part holds in a field; `None` where its type has no such field. The fields of a model are its
            variables, and asking a model for a field that it lacks takes pydantic very long.
        is_ours: Whether it stands in a part that is not the plan's own words.
        is_retired: Whether it, or something around it, was given up.
    """

    __slots__ = ("get", "is_ours", "is_retired", "parent", "part", "path")

    def __init__(self, path: Path, part: _Part_co, parent: Item | None) -> None:
        self.path: Final = path
        self.part: Final = part
        self.parent: Final = parent
        self.get: Final[Callable[[str], Any]] = vars(part).get
        self.is_ours: Final[bool] = (parent is not None and parent.is_ours) or not OUR_PARTS.isdisjoint(path[-2:])
        self.is_retired: Final[bool] = (parent is not None and parent.is_retired) or bool(self.get("retired"))

    def above(self) -> Iterator[Item]:
        """The items around it, the nearest first."""
        item = self.parent
        while item is not None:
            yield item
            item = item.parent

    def nearest(self, *types: type[_Kind]) -> Placed[_Kind] | None:
        """The item itself or the nearest around it that is one of these."""
        wanted = kinds(*types)
        item: Item | None = self
        while item is not None and type(item.part) not in wanted:
            item = item.parent
        return cast("Placed[_Kind] | None", item)


Item: TypeAlias = Placed[Model]
"""A part of the plan of any type."""


class Leaf:
    """One text of the plan.

    Attributes:
        prose: Whether it is sentences, and not a name, title or label.
        is_remark: Whether it is a remark of whoever writes the file, not the plan's own text.
    """

    __slots__ = ("_plain", "field", "is_remark", "item", "path", "prose", "text")

    def __init__(self, path: Path, text: str, field: str, item: Item, *, prose: bool) -> None:
        self.path: Final = path
        self.text: Final = text
        self.field: Final = field
        self.prose: Final = prose
        self.item: Final = item
        self.is_remark: Final[bool] = item.is_ours or field in REMARKS
        self._plain: str | None = None

    @property
    def plain(self) -> str:
        """Its words, without emphasis and mark-up of links."""
        if self._plain is None:
            self._plain = plain(self.text)
        return self._plain


class Timed(NamedTuple):
    """One time of the plan as written; `Subject.resolved` dates the years of a programme."""

    path: Path
    time: Time
    field: str
    role: Role
    item: Item


@cache
def _keys(model: type[Model]) -> Mapping[str, str]:
    """The key in files of each field of a model."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


class Walk:
    """Everything found on one way through a plan, outer things first, in the order of the fields."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.texts: list[Leaf] = []
        self.times: list[Timed] = []

    def through(self, part: Model, path: Path = (), parent: Item | None = None) -> Walk:
        """Walk through a part of a plan and everything in it."""
        item = Placed(path, part, parent)
        self.items.append(item)
        keys = _keys(type(part))
        for name, value in vars(part).items():
            if not value:
                continue
            key = keys[name]
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
                self.texts.append(Leaf(path, value, key, item, prose=prose))
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
