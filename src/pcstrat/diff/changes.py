"""What a comparison of a plan in time says: typed changes, each with its place, its fact and its meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.diff.kinds import Kind, Significance

_IN_WORDS = frozenset(
    {
        *(Kind.NUMBER_UP, Kind.NUMBER_DOWN, Kind.NUMBER_CHANGED),
        *(Kind.DATE_CHANGED, Kind.DATE_LATER, Kind.DATE_EARLIER),
    }
)
"""What can be said of numbers and dates in words too, not only where a field holds nothing else."""


SHOWN = "shown"
"""The context of a remark that other changes of its item show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one side says: the text as published, and the value it was read as (a time, an amount, a number, text).

    `title` is what readers are told instead of a text that is a code or an id.
    """

    text: str
    value: object = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An item that an added, removed or reworded one may be the same as. `score` is 0 to 1; nothing is certain."""

    name: str
    path: Path
    item_id: str
    score: float


@dataclass(frozen=True, slots=True)
class PartOf:
    """An item that an item which came, went or changed may be part of, or that may be part of it; nothing is certain.

    Attributes:
        score: The share of the part's words that stand in the whole, 0 to 1.
        total: What both sides come to together, where that is the same ("£1.72 million"); else empty.
        sums: What money came to and comes to together, in pounds, where that differs.
        is_whole: Whether the named item is the whole; else it is the part.
        is_joined: Whether the part is the older one, so that both were joined; else the whole was divided.
    """

    name: str
    path: Path
    item_id: str
    score: float
    total: str
    is_whole: bool
    is_joined: bool
    sums: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that came or went with the item that it stood in.

    Attributes:
        noun: What it is ("milestone").
        text: Its words in full.
        promise: What it promised ("by June 2027", "target 90% by March 2028", "stated as done"); empty where nothing.
        is_telling: Whether it promised something by a date, for a national commitment, with a target or with money.
        suggestion: What it may be the same as, which came or went elsewhere.
    """

    noun: str
    text: str
    item_id: str = ""
    promise: str = ""
    is_telling: bool = False
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change.

    Attributes:
        item_id: Permanent id of the item, as new as possible; empty where it has none.
        name: Human name of the item ("Objective 2b, milestone 'Publish it'").
        full_name: The same with the titles of the aims that are called by their labels, for readers of a page
            ("Objective 2b (Open hubs), milestone 'Publish it'"), and without the old plan that it stood in.
        whose: Label of that old plan, where there are several.
        subject: Class of the item and field, as `significance.toml` names them ("Milestone.when").
        field: The field that changed, below the item ("target.value"); empty when the item itself came or went.
        amount: By how much, in words ("3 months", "£1.2 million, 12.5%"); of an item that came or went, what it
            promised ("by March 2027", "£9.6m"); empty where nothing can be counted.
        parts: What came or went with the item, in the order of the plan, where the item alone does not say it.
        commitments: The national commitments that an item which came or went answers, with what stands in it.
        context: What decides about the meaning besides kind and field, one word of those that `significance.toml`
            lists: the direction of a measure ("up"), how an item came or went ("done"), what is about its words
            ("numbers") or its time ("once").
        reason: Why it was given up, or the remark that the new plan has beside it.
        part_of: Items that it may have been joined with, or divided from, without a declared lineage.
        is_together: Whether it is about what several items, or all amounts of a line, come to together.
        internal: Whether it stands in a part that is never published (waivers).
        fingerprint: The same for the same change in every run, wherever the item stands in the file.
    """

    kind: Kind
    significance: Significance
    name: str
    full_name: str = ""
    whose: str = ""
    item_id: str = ""
    subject: str = ""
    field: str = ""
    old_plan: str = ""
    new_plan: str = ""
    old_path: Path | None = None
    new_path: Path | None = None
    before: Said | None = None
    after: Said | None = None
    amount: str = ""
    parts: tuple[Part, ...] = ()
    commitments: tuple[Said, ...] = ()
    context: str = ""
    reason: str = ""
    suggestion: Suggestion | None = None
    part_of: tuple[PartOf, ...] = ()
    is_together: bool = False
    internal: bool = False
    fingerprint: str = ""

    @property
    def is_worded(self) -> bool:
        """Whether it is best read word by word: two wordings, if only numbers or dates in them are others."""
        if self.before is None or self.after is None:
            return False
        is_text = isinstance(self.before.value, str) and isinstance(self.after.value, str)
        return self.kind.is_wording or (self.kind in _IN_WORDS and is_text)

    @property
    def beside_reason(self) -> Change:
        """The change where its reason has a column: of what was given up, the fact does not repeat it."""
        if self.kind is not Kind.RETIRED or not self.reason or self.after is None:
            return self
        return replace(self, after=replace(self.after, text=""))


class Called(NamedTuple):
    """What one side of a comparison is called, where that is not its id, and the revision it is of, if it is of one."""

    label: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side of a comparison: which plan, as who calls it, and as of when.

    `revision` is empty for a plan of today. `recorded` is the day on which git took it in, as far as that was asked.
    What sort of document it is (`kind`, `status`, `period`) is told of two boards, whose documents may differ.
    """

    plan_id: str
    icb: str
    title: str
    label: str
    revision: str = ""
    version: str = ""
    date: str = ""
    recorded: str = ""
    kind: str = ""
    status: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that changed between one or more old plans and a new one; in the order of the plan.

    `since` is the revision that the old ones are of, where the question was what changed since then. `unrelated` are
    the labels of old plans that nothing says the new one follows: neither itself nor the registry. `divided` has, by
    the labels of old plans whose boards were split, the ids of the other plans of now that each became, `mixed` are
    those of them that took over from other boards too, `of_one_board` those, in groups, whose board has several;
    `siblings` are all of them. `unseen` has, by the same labels, the boards that took over a part and whose plans
    were not given; `unseen_before` are the boards that the new plan's board took over too and whose old plans were not
    given.
    """

    old: tuple[Version, ...]
    new: Version | None
    changes: tuple[Change, ...]
    since: str = ""
    unrelated: tuple[str, ...] = ()
    divided: tuple[tuple[str, tuple[str, ...]], ...] = ()
    siblings: tuple[Version, ...] = ()
    mixed: tuple[str, ...] = ()
    of_one_board: tuple[tuple[str, ...], ...] = ()
    unseen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unseen_before: tuple[str, ...] = ()

    @property
    def divided_with(self) -> tuple[str, ...]:
        """The other plans of now that any old one became, each once."""
        return tuple(dict.fromkeys(plan for _, plans in self.divided for plan in plans))

    def of(self, significance: Significance) -> tuple[Change, ...]:
        """The changes that mean one thing."""
        return tuple(change for change in self.changes if change.significance is significance)

    @property
    def published(self) -> tuple[Change, ...]:
        """The changes that may be shown to the public."""
        return tuple(change for change in self.changes if not change.internal)
