"""Turns a plan into the flat lists that rules read: every item, every text and every time, each with its path."""

from __future__ import annotations

import enum
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from pcstrat.diagnostics import Path
from pcstrat.model.aims import Band, Objective, Period, Strand
from pcstrat.model.base import LightMarkdown, Model, Refers
from pcstrat.model.delivery import Phase
from pcstrat.model.document import Document
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome
from pcstrat.model.times import Time

REMARKS = frozenset({"note", "where"})
"""Fields that hold what the file says of the plan, not what the plan says."""

OUR_PARTS = frozenset({"restated_by", "left_out", "waivers"})
"""Parts of a file that are not the plan's own words either."""


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
        return next((item for item in (self, *self.above()) if isinstance(item.part, types)), None)

    @property
    def is_ours(self) -> bool:
        """Whether it stands in a part that is not the plan's own words."""
        return any(step in OUR_PARTS for step in self.path)


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
class Timed:
    """One time of the plan as written; `Subject.resolved` dates the years of a programme."""

    path: Path
    time: Time
    field: str
    role: Role
    item: Item


class _Field(NamedTuple):
    name: str
    key: str
    prose: bool


@cache
def _text_fields(model: type[Model]) -> tuple[_Field, ...]:
    """The fields of a model that hold words to read, not ids, codes or references."""
    found = []
    for name, field in model.model_fields.items():
        marks = set(map(type, _marks(field)))
        strings = _is_words(field.annotation)
        if strings and Refers not in marks and name not in {"id", "was", "merged_from", "split_from", "url"}:
            found.append(_Field(name, field.alias or name, LightMarkdown in marks))
    return tuple(found)


def _is_words(annotation: Any) -> bool:  # noqa: ANN401 - any type a model may use
    if annotation is str:
        return True
    return any(_is_words(part) for part in typing.get_args(annotation) if isinstance(part, type) or _is_generic(part))


def _is_generic(annotation: object) -> bool:
    return typing.get_origin(annotation) is not None


def _marks(field: FieldInfo) -> Iterator[object]:
    yield from field.metadata
    yield from _marks_of(field.annotation)


def _marks_of(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for part in typing.get_args(annotation):
        yield from _marks_of(part)


@cache
def _keys(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


def walk(part: Model, path: Path = (), parent: Item | None = None) -> Iterator[Item]:
    """Every item from a part on, outer ones first, in the order of the fields."""
    item = Item(path, part, parent)
    yield item
    for name, key in _keys(type(part)):
        value = getattr(part, name)
        if isinstance(value, Model):
            yield from walk(value, (*path, key), item)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Model):
                    yield from walk(entry, (*path, key, index), item)


def leaves(item: Item) -> Iterator[Leaf]:
    """Every text that an item itself holds."""
    for field in _text_fields(type(item.part)):
        value = getattr(item.part, field.name)
        if isinstance(value, str):
            yield Leaf((*item.path, field.key), value, field.key, field.prose, item)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, str):
                    yield Leaf((*item.path, field.key, index), entry, field.key, field.prose, item)


def times(item: Item) -> Iterator[Timed]:
    """Every time that an item itself holds."""
    for name, key in _keys(type(item.part)):
        value = getattr(item.part, name)
        if isinstance(value, Time):
            yield Timed((*item.path, key), value, key, role_of(item, key), item)


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


def role_of(item: Item, field: str) -> Role:
    """What the time in a field of an item is for."""
    if isinstance(item.part, Document):
        return Role.PLAN if field == "period" else Role.CONTROL
    if item.is_ours:
        return Role.CONTROL
    if field in _BY_FIELD:
        return _BY_FIELD[field]
    if isinstance(item.part, Band | Period | Phase):
        return Role.PERIOD
    if isinstance(item.part, Action | Outcome):
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
