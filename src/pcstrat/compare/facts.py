"""What a digest holds: the few facts of a plan that tables compare, free of the plan itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from pcstrat.compare.table import Light, PlanFacts, Proof
from pcstrat.model.document import Document
from pcstrat.model.evidence import Figure
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import FundingCommitment, Pillar, Recurrence, Split, Theme


@dataclass(slots=True)
class MilestoneFact(Light):
    """A milestone, or an action that counts as one, the time that counts for it, and what it is about.

    What it is not tagged with itself it has from the part it stands in; so has `Judged`. `has_own_themes` and
    `has_own_pillars` say which of both it is. `is_dated` is whether a day is known for its start or its end, as
    `outline.Dated` says.
    """

    item: Proof
    time: Time | None
    is_dated: bool
    themes: tuple[Theme, ...]
    pillars: tuple[Pillar, ...]
    commitments: tuple[str, ...]
    has_own_themes: bool
    has_own_pillars: bool


@dataclass(slots=True)
class Judged(Light):
    """A measure: what it states, in words as written that are empty where there are none, and what it is about.

    `indicator` is the one that it names; of a measure that names none, its text, if a unit or a number says that the
    text is counted. `unit` is the one that it states, else the one that all its numbers are written with; `due` is by
    when the target is to be reached.
    """

    item: Proof
    indicator: str
    unit: str
    population: str
    baseline: Quantity | None
    baseline_when: Time | None
    latest: Quantity | None
    target: Quantity | None
    due: Time | None
    direction: str
    frequency: str
    source: str
    splits: tuple[Split, ...]
    themes: tuple[Theme, ...]
    pillars: tuple[Pillar, ...]
    commitments: tuple[str, ...]
    has_own_themes: bool
    has_own_pillars: bool

    @property
    def is_complete(self) -> bool:
        """Whether it states a baseline, a target and a date."""
        return self.baseline is not None and self.target is not None and self.due is not None


class Named(NamedTuple):
    """Who is named for some work: who is accountable, who answers for it, who leads it and who takes part.

    `in_parts` are those who answer for a part of it or lead one: a strand, an action or a milestone.
    """

    accountable: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    in_parts: tuple[str, ...] = ()

    @property
    def is_owned(self) -> bool:
        """Whether it says who is responsible for the whole of it, as `Objective.who_answers` does."""
        return bool(self.owners or self.accountable)

    @classmethod
    def together(cls, many: Sequence[Named]) -> Named:
        """Everybody who is named in any of them, each once in each role."""
        if len(many) == 1:
            return many[0]
        return cls(*(tuple(dict.fromkeys(chain.from_iterable(roles))) for roles in zip(cls(), *many, strict=True)))


@dataclass(slots=True)
class Part(Light):
    """An ambition, objective, enabler or strand. `aim` is the id of the aim it stands in, its own if it is one.

    `counts` is whether it is an objective or enabler, or an ambition without objectives under it; `has_money`, whether
    it speaks of money, or a line of money is for it. Its `named` are also those of its actions and milestones. Its
    pillars are its own, and so are its themes, unless it has none and takes those of the aim around it.
    """

    item: Proof
    aim: str
    kind: str
    counts: bool
    named: Named
    pillars: tuple[Pillar, ...]
    themes: tuple[Theme, ...]
    has_own_themes: bool
    actions: tuple[Proof, ...]
    has_money: bool
    milestones: tuple[MilestoneFact, ...]
    measures: tuple[Judged, ...]


@dataclass(slots=True)
class Amount(Light):
    """One amount, or a line without one, with what the line leaves to its table."""

    item: Proof
    table: str
    what: str
    money: Money | None
    commitment: FundingCommitment
    year: Time | None
    fund: str
    recurrence: Recurrence | None
    lasts: Time | None
    additional_to: str
    excludes: str
    note: str
    basis: str
    ring_fenced: str
    serves: tuple[Proof, ...]
    themes: tuple[Theme, ...]
    pillars: tuple[Pillar, ...]


@dataclass(slots=True)
class Answer:
    """What of a plan answers one national commitment, what only mentions it, and the dates and measures of both."""

    items: list[Proof] = field(default_factory=list)
    mentions: list[Proof] = field(default_factory=list)
    milestones: list[Proof] = field(default_factory=list)
    measures: list[Proof] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Digest:
    """One plan as tables see it. `parts` are aims and strands in the order of the plan.

    `tagged` is what it plans besides, by the themes that each states itself: actions, milestones, measures and money.
    `newest_cited` is the first day on which the newest document that it cites can have appeared.
    """

    facts: PlanFacts
    document: Document
    icb: str
    year_one: dt.date | None
    newest_cited: dt.date | None
    parts: tuple[Part, ...]
    amounts: tuple[Amount, ...]
    answers: dict[str, Answer]
    tagged: dict[Theme, list[Proof]]
    population: Figure | None
    reading_grade: float | None
    has_engagement: bool

    @cached_property
    def plan(self) -> str:
        """The id of the plan."""
        return self.facts.plan

    @cached_property
    def name(self) -> str:
        """What the plan is called in tables."""
        return self.facts.name

    @cached_property
    def objectives(self) -> tuple[Part, ...]:
        """What counts as an objective: objectives, and ambitions without any."""
        return tuple(part for part in self.parts if part.counts and part.kind != "enabler")

    @cached_property
    def leaves(self) -> tuple[tuple[Part, tuple[Part, ...]], ...]:
        """What somebody has to answer for: objectives and enablers, each with itself and its strands."""
        families = [tuple(family) for _, family in groupby(self.parts, attrgetter("aim"))]
        return tuple((family[0], family) for family in families if family[0].counts)

    @cached_property
    def named(self) -> tuple[tuple[Part, Named], ...]:
        """Who is named for each of the `leaves`, counted with its strands, actions and milestones."""
        return tuple([(leaf, Named.together([part.named for part in family])) for leaf, family in self.leaves])

    @cached_property
    def milestones(self) -> tuple[MilestoneFact, ...]:
        """Every milestone, once."""
        return tuple(chain.from_iterable(part.milestones for part in self.parts))

    @cached_property
    def measures(self) -> tuple[Judged, ...]:
        """Every measure, once."""
        return tuple(chain.from_iterable(part.measures for part in self.parts))

    @cached_property
    def complete_measures(self) -> tuple[Proof, ...]:
        """The measures that state a baseline, a target and a date."""
        return tuple([entry.item for entry in self.measures if entry.is_complete])

    @cached_property
    def milestone_items(self) -> tuple[Proof, ...]:
        """Every milestone, as what proves a count of them."""
        return tuple([entry.item for entry in self.milestones])

    @cached_property
    def dated(self) -> tuple[MilestoneFact, ...]:
        """The milestones that have a date."""
        return tuple([entry for entry in self.milestones if entry.is_dated])

    @cached_property
    def dated_items(self) -> tuple[Proof, ...]:
        """The milestones that have a date, as what proves a count of them."""
        return tuple([entry.item for entry in self.dated])

    def proof(self, anchor: str, name: str) -> Proof:
        """A part of the page itself, such as the table of document control."""
        return Proof(self.plan, anchor, anchor, name)
