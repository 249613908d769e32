"""Turns the plans of two ICBs into what both plan, what only one plans, and what neither does, topic by topic.

Plans of different boards share no ids. What makes them comparable is what they are tagged with: national commitments,
themes and pillars.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pcstrat.diff._values import published
from pcstrat.diff.alignment_items import Items, Planned
from pcstrat.diff.changes import Version
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.registry.timing import Interval, Silence, days_published, newest_cited, silence, written
from pcstrat.terms import PILLAR_OF_THEME
from pcstrat.text import first_few

_FEW = 3


class Group(enum.StrEnum):
    """What two plans are aligned by."""

    COMMITMENT = "commitment"
    THEME = "theme"
    PILLAR = "pillar"


GROUP_TITLES = {
    Group.COMMITMENT: "National commitments",
    Group.THEME: "Themes",
    Group.PILLAR: "Parts of primary care",
}


class Coverage(enum.StrEnum):
    """Who plans something for a topic, as far as the tags of the plans tell."""

    BOTH = "both"
    ONLY_OLD = "only the first"
    ONLY_NEW = "only the second"
    NEITHER = "neither"


class Standing(enum.StrEnum):
    """How a plan stands to a topic: it plans something, or why it does not, as far as that can be known."""

    PLANNED = "planned"
    MENTIONED = "mentioned"
    OUT_OF_SCOPE = "out of scope"
    NOT_MENTIONED = "not mentioned"
    NOT_TAGGED = "not tagged"
    NOT_YET_PUBLISHED = "not yet published"
    NOT_JUDGED = "not judged"


class Stand(NamedTuple):
    """How one plan stands to a topic, in words where it plans nothing.

    `is_elsewhere` is whether it has something of a topic of another group that is the same.
    """

    standing: Standing
    words: str = ""
    is_elsewhere: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its silence is no omission: it was too early, or that cannot be known."""
        return self.standing in {Standing.NOT_YET_PUBLISHED, Standing.NOT_JUDGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A national commitment, theme or pillar, what each plan has for it, and how each stands to it."""

    group: Group
    code: str
    title: str
    old: tuple[Planned, ...]
    new: tuple[Planned, ...]
    stands: tuple[Stand, Stand]

    @property
    def out_of_scope(self) -> tuple[bool, bool]:
        """Whether each plan says that it does not cover it."""
        old, new = (stand.standing is Standing.OUT_OF_SCOPE for stand in self.stands)
        return old, new

    @property
    def coverage(self) -> Coverage:
        """Who plans something for it."""
        if self.old and self.new:
            return Coverage.BOTH
        if not (self.old or self.new):
            return Coverage.NEITHER
        return Coverage.ONLY_OLD if self.old else Coverage.ONLY_NEW


class Side(NamedTuple):
    """A plan with what it has for a topic, how it stands to it, and whether it has money that stands with no topic."""

    version: Version
    planned: tuple[Planned, ...]
    stand: Stand
    has_loose_money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The plans of two ICBs side by side. `loose_money` is the money of each that stands with no topic, in words."""

    old: Version
    new: Version
    topics: tuple[Topic, ...]
    loose_money: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def differs(self) -> bool:
        """Whether anything is planned by one of them alone."""
        return any(topic.coverage in {Coverage.ONLY_OLD, Coverage.ONLY_NEW} for topic in self.topics)

    def of(self, group: Group, coverage: Coverage) -> tuple[Topic, ...]:
        """The topics of a group that the plans cover alike."""
        return tuple(topic for topic in self.topics if topic.group is group and topic.coverage is coverage)

    def shown(self, group: Group) -> Iterator[tuple[Coverage, tuple[Topic, ...]]]:
        """The topics of a group by who plans them, as reports show them.

        What neither plans is shown only of national commitments, which every plan is looked at for.
        """
        for coverage in Coverage:
            topics = self.of(group, coverage)
            if topics and (group is Group.COMMITMENT or coverage is not Coverage.NEITHER):
                yield coverage, topics

    def sides_of(self, topic: Topic) -> Iterator[Side]:
        """How each plan stands to a topic."""
        sides = zip((self.old, self.new), (topic.old, topic.new), topic.stands, self.loose_money, strict=True)
        return (Side(version, planned, stand, bool(money)) for version, planned, stand, money in sides)


def is_continuation(old: Sequence[Plan], new: Plan, registry: Registry) -> bool:
    """Whether a new plan follows each old one: the same plan or board, its declared heir, or the board's successor."""
    return all(follows(plan, new, registry) for plan in old)


def follows(old: Plan, new: Plan, registry: Registry) -> bool:
    """Whether a new plan follows an old one."""
    successors = {icb.ods_code for icb in registry.successors(old.icb)}
    declared = old.id in new.document.previous or old.icb in new.document.inherits
    return old.id == new.id or old.icb == new.icb or declared or new.icb in successors


def align_plans(old: Plan, new: Plan, registry: Registry, sides: tuple[Version, Version]) -> Alignment:
    """Put two plans side by side; `sides` say what each is called."""
    boards = _Board(old, registry), _Board(new, registry)
    topics = (
        *(
            _topic(Group.COMMITMENT, code, commitment.title, boards, days_published(commitment))
            for code, commitment in registry.commitments.items()
        ),
        *(_topic(Group.THEME, code, title, boards) for code, title in registry.themes.items()),
        *(_topic(Group.PILLAR, code, title, boards) for code, title in registry.pillars.items()),
    )
    first, second = (_with_facts(version, plan) for version, plan in zip(sides, (old, new), strict=True))
    loose_money = (
        boards[0].loose_money(entry for topic in topics for entry in topic.old),
        boards[1].loose_money(entry for topic in topics for entry in topic.new),
    )
    return Alignment(old=first, new=second, topics=topics, loose_money=loose_money)


def _with_facts(version: Version, plan: Plan) -> Version:
    document = plan.document
    return replace(
        version,
        kind=published(document.kind),
        status=published(document.status) if document.status else "",
        period=published(document.period) if document.period else "",
    )


def _topic(
    group: Group, code: str, title: str, boards: tuple[_Board, _Board], appeared: Interval | None = None
) -> Topic:
    old, new = (board.planned(group, code) for board in boards)
    first, second = (
        board.stand(group, code, planned, appeared) for board, planned in zip(boards, (old, new), strict=True)
    )
    return Topic(group=group, code=code, title=title, old=old, new=new, stands=(first, second))


_TAG_NAMES = {Group.THEME: "theme", Group.PILLAR: "part of primary care"}
_SAME_IN_OTHER_GROUP = {
    **{(Group.THEME, theme.value): (Group.PILLAR, pillar.value) for theme, pillar in PILLAR_OF_THEME.items()},
    **{(Group.PILLAR, pillar.value): (Group.THEME, theme.value) for theme, pillar in PILLAR_OF_THEME.items()},
}
_FIELDS = {Group.COMMITMENT: "commitments", Group.THEME: "themes", Group.PILLAR: "pillars"}
_SILENCES = {
    Silence.NOT_MENTIONED: Standing.NOT_MENTIONED,
    Silence.NOT_YET_PUBLISHED: Standing.NOT_YET_PUBLISHED,
    Silence.NO_DATE: Standing.NOT_JUDGED,
    Silence.SAME_TIME: Standing.NOT_JUDGED,
}


class _Board:
    """The plan of one board, with its items, and how it stands to each topic."""

    def __init__(self, plan: Plan, registry: Registry) -> None:
        self._plan = plan
        self._titles = {Group.THEME: registry.themes, Group.PILLAR: registry.pillars}
        self._items = Items(plan)
        self._written = written(plan.document, plan.icb, newest_cited(plan), registry)

    def planned(self, group: Group, code: str) -> tuple[Planned, ...]:
        """What the plan has for a topic."""
        return self._items.planned(_FIELDS[group], code)

    def loose_money(self, planned: Iterable[Planned]) -> tuple[str, ...]:
        """The money of the plan that none of what it has for topics tells."""
        return tuple(self._items.loose_money(planned))

    def stand(self, group: Group, code: str, planned: Sequence[Planned], appeared: Interval | None) -> Stand:
        """How the plan stands to a topic; `appeared` is when a national commitment did."""
        if planned:
            return Stand(Standing.PLANNED)
        names = self._items.only_mentioned(_FIELDS[group], code)
        is_outside = any(code in getattr(entry, _FIELDS[group]) for entry in self._plan.document.out_of_scope)
        if names and (group is Group.COMMITMENT or not is_outside):
            shown = first_few(names, _FEW)
            more = f" and {len(names) - len(shown):,} more" if len(shown) < len(names) else ""
            return Stand(Standing.MENTIONED, f"Only mentioned: {'; '.join(shown)}{more}")
        if is_outside:
            return Stand(Standing.OUT_OF_SCOPE, "Out of scope")
        if group is not Group.COMMITMENT:
            return self._untagged(group, code)
        why = silence(self._written, appeared)
        return Stand(_SILENCES[why], why.value)

    def _untagged(self, group: Group, code: str) -> Stand:
        """That nothing has the tag; some themes are parts of primary care too, which something may be tagged with."""
        words = f"Nothing in it is tagged with this {_TAG_NAMES[group]}"
        other, same = _SAME_IN_OTHER_GROUP.get((group, code), (group, code))
        if not self._items.is_tagged(_FIELDS[other], same):
            return Stand(Standing.NOT_TAGGED, words)
        see = f"{words}; see {self._titles[other].get(same, same)} under {GROUP_TITLES[other]}"
        return Stand(Standing.NOT_TAGGED, see, is_elsewhere=True)
