"""Turns a plan into a tree of its parts, with what tells one part from another: id, place, and its own words."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple, TypeAlias

from pydantic.fields import FieldInfo

from pcstrat.diagnostics import Path
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Band, Objective, Period, Strand
from pcstrat.model.base import LightMarkdown, Model, Refers, marks_of
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.money import Money
from pcstrat.model.plan import Plan
from pcstrat.model.points import Lineage
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import FundingCommitment, Recurrence
from pcstrat.money_outline import commitment_of, funded_year, recurrence_of
from pcstrat.naming import NOUNS, shorten
from pcstrat.outline import Calendar, calendar_of

NAMES = ("title", "name", "term", "document")
"""Fields that name an item."""

IDENTIFYING = (*NAMES, "text", "what", "about", "of", "says", "rule", "key", "why", "means")
"""Fields whose words tell an item without an id from its neighbours, the most telling first."""

UNPUBLISHED = frozenset({"waivers"})
"""Parts of a plan that no public page shows."""

_LONGEST_TITLE = 80
_TELLING_LABEL = re.compile(r"[A-Za-z]{3,}.*\d|[A-Za-z]{3,} [a-z]+$", re.IGNORECASE)


class FieldSpec(NamedTuple):
    """What the models say of a field: its key in a file, and what its text is."""

    name: str
    key: str
    prose: bool
    refers: str


@cache
def field_specs(model: type[Model]) -> tuple[FieldSpec, ...]:
    """The fields of a model, in order."""
    return tuple(_spec(name, info) for name, info in model.model_fields.items())


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    marks = marks_of(info)
    refers = next((mark.to for mark in marks if isinstance(mark, Refers)), "")
    return FieldSpec(name, info.alias or name, any(isinstance(mark, LightMarkdown) for mark in marks), refers)


_OF_LINES: Mapping[str, Callable[[FundingLine, FundingTable], FundingCommitment | Recurrence | Time | None]] = {
    "commitment": commitment_of,
    "recurrence": recurrence_of,
    "year": funded_year,
}


def of_money(node: Node, name: str) -> FundingCommitment | Recurrence | Time | None:
    """Whether money is promised, comes every year, or for which: as its line says, else the table of the line.

    Args:
        node: A line of money, or an amount of one.
        name: The field: "commitment", "recurrence" or "year".
    """
    line = next((each for each in (node, *node.above()) if isinstance(each.part, FundingLine)), None)
    table = line.parent.part if line is not None and line.parent is not None else None
    if line is None or not isinstance(line.part, FundingLine) or not isinstance(table, FundingTable):
        return None
    return _OF_LINES[name](line.part, table)


@dataclass(eq=False)
class Node:
    """One part of a plan. `key` is the field it stands in; `listed` tells an entry of a list from a part of its own."""

    plan: Plan
    part: Model
    path: Path
    parent: Node | None
    key: str
    listed: bool
    order: int
    children: list[Node] = field(default_factory=list)

    @property
    def of_plan(self) -> ItemOfPlan:
        """What it is called among the items of several plans."""
        return self.plan.id, self.id

    @property
    def id(self) -> str:
        """The permanent id; empty where the part has none."""
        return vars(self.part).get("id") or ""

    @property
    def is_given_up(self) -> bool:
        """Whether the plan says that it, and not only something around it, was given up."""
        return isinstance(self.part, Lineage) and self.part.retired is not None

    @cached_property
    def is_retired(self) -> bool:
        """Whether it, or something around it, was given up."""
        return self.is_given_up or (self.parent is not None and self.parent.is_retired)

    def above(self) -> Iterator[Node]:
        """The parts around it, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def below(self) -> Iterator[Node]:
        """Every part under it."""
        for child in self.children:
            yield child
            yield from child.below()

    @cached_property
    def item(self) -> Node:
        """The entry of a list that it is or belongs to; the plan where it is in none."""
        node = self
        while not node.listed and node.parent is not None:
            node = node.parent
        return node

    @cached_property
    def prefix(self) -> str:
        """The way from the item to this part, as fields are written: "target."; empty for the item itself."""
        return "" if self.listed or self.parent is None else f"{self.parent.prefix}{self.key}."

    @cached_property
    def aim(self) -> Node:
        """The nearest objective or strand that it is or stands in; the plan where it stands in none."""
        return next((node for node in (self, *self.above()) if isinstance(node.part, Objective | Strand | Plan)), self)

    @cached_property
    def calendar(self) -> Calendar:
        """What "Year 1" means in its plan."""
        return self.parent.calendar if self.parent else calendar_of(self.plan)

    @property
    def said_on(self) -> dt.date | None:
        """The day of its plan, from which spans like "in 5 years' time" are counted; nothing where it is not stated."""
        document = self.plan.document
        dated = document.approved or document.published
        return dated.start if dated else None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What tells it from its neighbours when it has no id."""
        part = self.part
        names = (*IDENTIFYING, "label") if isinstance(part, Band | Period) else IDENTIFYING
        found = tuple(identifying_text(part, name) for name in names)
        if any(found):
            return found
        return self.children[0].words if self.children else ()

    @cached_property
    def name(self) -> str:
        """The human name: the outermost and the three innermost items around it."""
        return _joined(node.own_name() for node in self._chain())

    @cached_property
    def full_name(self) -> str:
        """The same, with the title of each aim that is called by its label."""
        return _joined(node.own_name() + node.title_beside_label() for node in self._chain())

    def _chain(self) -> list[Node]:
        """The items that it stands in, the outermost first, and itself."""
        return [node for node in (self, *self.above()) if node.listed or node.parent is None][::-1][1:]

    @cached_property
    def is_internal(self) -> bool:
        """Whether it stands in a part that is never published."""
        return bool(self.path) and self.path[0] in UNPUBLISHED

    def own_name(self) -> str:
        """Its own part of the name: what it is, and its words."""
        noun, own = NOUNS.get(self.key, "item"), own_words(self.part)
        if isinstance(self.part, FundingAmount) and not self.part.what:
            return ""  # the line it stands in says it all
        if not own:
            return f"{noun} {self.path[-1] + 1}" if isinstance(self.path[-1], int) else noun
        return own if own.lower().startswith(noun) else f"{noun} '{own}'"

    def title_beside_label(self) -> str:
        """The title of an aim that is called by its label, in brackets; empty of anything else."""
        part = self.part
        if not isinstance(part, Objective) or own_words(part) == shorten(plain(part.title)):
            return ""
        return f" ({shorten(plain(part.title), _LONGEST_TITLE)})"


def _joined(names: Iterable[str]) -> str:
    parts = list(filter(None, names))
    return ", ".join(parts if len(parts) <= 4 else [*parts[:1], *parts[-3:]]) or "the plan"  # noqa: PLR2004 - the first and the last three


def band_of(node: Node) -> Band | None:
    """The band of a timeline that a part stands in, if it stands in one."""
    around = node.parent.part if node.parent else None
    return around if isinstance(around, Band) else None


ItemOfPlan: TypeAlias = tuple[str, str]
"""The id of a plan, and of an item in it."""

Elsewhere: TypeAlias = Mapping[ItemOfPlan, Sequence[Node]]
"""What became of an old plan's items in other plans of now, where a board was split."""


def identifying_text(part: Model, name: str) -> str:
    """The words of a field, without what only a different spelling of the file would change."""
    value = vars(part).get(name)  # asking pydantic for what is not there is slow
    if value is None:
        return ""
    if isinstance(value, Money):
        value = value.published
    if isinstance(value, enum.Enum):
        return str(value.value)
    return " ".join(value.split()) if isinstance(value, str) else ""


def own_words(part: Model) -> str:
    """What an item is called: a label that tells it apart ("Objective 2b"), else its title or first words."""
    label = getattr(part, "label", None)
    if isinstance(part, Objective | Band) and label and (_TELLING_LABEL.search(label) or isinstance(part, Band)):
        return shorten(plain(label))
    for name in (*NAMES, "text", "what", "about", "label", "key", "rule", "id"):
        if text := identifying_text(part, name):
            return shorten(plain(text))
    return ""


def nodes_of(plan: Plan) -> list[Node]:
    """Every part of a plan, outer ones first, in the order of the file."""
    found: list[Node] = []
    _collect(Node(plan, plan, (), None, "", listed=False, order=0), found)
    return found


def _collect(node: Node, found: list[Node]) -> None:
    node.order = len(found)
    found.append(node)
    for spec in field_specs(type(node.part)):
        value = getattr(node.part, spec.name)
        if isinstance(value, Model):
            _add(node, value, (*node.path, spec.key), spec.key, found, listed=False)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Model):
                    _add(node, entry, (*node.path, spec.key, index), spec.key, found, listed=True)


def _add(  # noqa: PLR0913 - one for each thing a node is made of
    parent: Node, part: Model, path: Path, key: str, found: list[Node], *, listed: bool
) -> None:
    child = Node(parent.plan, part, path, parent, key, listed=listed, order=0)
    parent.children.append(child)
    _collect(child, found)
