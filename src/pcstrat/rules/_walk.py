"""Turns a plan into the flat lists that rules read: every item, every text and every time, each with its path."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import compress
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
from pcstrat.model.vocabulary import Progress
from pcstrat.outline import placed_period
from pcstrat.reading import NOT_OWN, OUR_PARTS, REMARKS, is_prose

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
    SETTLED = "settled"
    """When something was given up, and any time of what was given up or stopped."""


@cache
def kinds(*types: type[Model]) -> frozenset[type[Model]]:
    """These types and all types made from them: to look a type up here is quicker than to ask for its ancestors."""
    return frozenset(types).union(*(kinds(*kind.__subclasses__()) for kind in types))


_OBJECTIVES = kinds(Objective)
_OBJECTIVES_AND_STRANDS = kinds(Objective, Strand)
_ACTIONS = kinds(Action)
_WORDS_OF_OTHERS = kinds(*NOT_OWN)


class Placed(Generic[_Part_co]):
    """One part of the plan: where it stands and what it stands in. `parent` is `None` for the plan itself.

    What most rules ask of an item it inherits from the one around it, which is quicker than to look for it each time.

    Attributes:
        get: What the part holds in a field; `None` where its type has no such field. The fields of a model are its
            variables, and asking a model for a field that it lacks takes pydantic very long.
        aim: The ambition, objective or enabler that it is or stands in.
        aim_or_strand: The same, or the strand of it.
        action: The action or milestone that it is or stands in.
        is_of_others: Whether it is or stands in the words of others.
        is_ours: Whether it stands in a part that is not the plan's own words.
        is_retired: Whether it, or something around it, was given up.
    """

    __slots__ = (
        "action",
        "aim",
        "aim_or_strand",
        "get",
        "is_of_others",
        "is_ours",
        "is_retired",
        "parent",
        "part",
        "path",
    )

    def __init__(self, path: Path, part: _Part_co, parent: Item | None) -> None:
        self.path: Final = path
        self.part: Final = part
        self.parent: Final = parent
        self.get: Final[Callable[[str], Any]] = vars(part).get
        kind = type(part)
        self.aim: Placed[Objective] | None = parent.aim if parent else None
        self.aim_or_strand: Placed[Objective | Strand] | None = parent.aim_or_strand if parent else None
        self.action: Placed[Action] | None = parent.action if parent else None
        if kind in _OBJECTIVES:
            self.aim = cast("Placed[Objective]", self)
        if kind in _OBJECTIVES_AND_STRANDS:
            self.aim_or_strand = cast("Placed[Objective | Strand]", self)
        if kind in _ACTIONS:
            self.action = cast("Placed[Action]", self)
        self.is_of_others: Final[bool] = kind in _WORDS_OF_OTHERS or bool(parent and parent.is_of_others)
        self.is_ours: Final[bool] = not OUR_PARTS.isdisjoint(path[-2:]) or bool(parent and parent.is_ours)
        self.is_retired: Final[bool] = bool(self.get("retired") or (parent and parent.is_retired))

    def aims(self) -> Iterator[Placed[Objective]]:
        """Its aim, and the one that this stands in."""
        aim = self.aim
        while aim is not None:
            yield aim
            aim = aim.parent.aim if aim.parent else None

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
        if isinstance(part, Band):
            self._label(item, part)
        keys, fields = _keys(type(part)), vars(part)
        for name, value in compress(fields.items(), fields.values()):  # most fields of most parts hold nothing
            key, kind = keys[name], type(value)
            if kind is str:
                self._text(item, name, key, (*path, key), value)
            elif kind is tuple:
                self._entries(item, name, key, value)
            elif kind is Time:
                self.times.append(Timed((*path, key), value, key, role_of(item, key), item))
            elif isinstance(value, Model):
                self.through(value, (*path, key), item)
        return self

    def _entries(self, item: Item, name: str, key: str, entries: tuple[object, ...]) -> None:
        for index, entry in enumerate(entries):
            path = (*item.path, key, index)
            if isinstance(entry, Model):
                self.through(entry, path, item)
            elif type(entry) is str:  # members of closed lists are no texts, though they are made from `str`
                self._text(item, name, key, path, entry)

    def _label(self, item: Item, band: Band) -> None:
        """The period that only the label of a band states is a time like that of its fields."""
        field, period = placed_period(band) or ("", None)
        if period is not None and field == "label":
            self.times.append(Timed((*item.path, field), period, field, role_of(item, field), item))

    def _text(self, item: Item, name: str, key: str, path: Path, text: str) -> None:
        prose = is_prose(type(item.part), name)
        if prose is not None:
            self.texts.append(Leaf(path, text, key, item, prose=prose))


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
    is_stopped = item.action is not None and item.action.part.status is Progress.STOPPED
    return Role.SETTLED if item.is_retired or is_stopped else _role_of_work(item, name)


def _role_of_work(item: Item, name: str) -> Role:
    """What a time of something that goes on is for: by its field, else by what it stands in."""
    if name in _BY_FIELD and not _is_period(item, name):
        return _BY_FIELD[name]
    if isinstance(item.part, _WITH_PERIOD):
        return Role.PERIOD
    if isinstance(item.part, _PLANNED):
        return Role.PLANNED
    return _role_of_when(item)


def _is_period(item: Item, name: str) -> bool:
    """Whether a field that is mostly for programme years states the period of a band: `band: 2027/28`."""
    return name == "band" and isinstance(item.part, Band) and (placed_period(item.part) or ("",))[0] == name


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
    return Role.PLANNED if promised and item.aim_or_strand else Role.EVIDENCE
