"""Turns the plans of two ICBs into what both plan, what only one plans, and what neither does, topic by topic.

Plans of different boards share no ids. What makes them comparable is what they are tagged with: national commitments,
themes and pillars.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.diff._items import Node, band_of, nodes_of
from pcstrat.diff._values import own_text, published
from pcstrat.diff.changes import Version
from pcstrat.light_markdown import plain
from pcstrat.model.funding import FundingAmount, FundingLine
from pcstrat.model.measures import Measure
from pcstrat.model.money import AmountStatus
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action
from pcstrat.model.times import TimeKind, format_time
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.outline import stated_time
from pcstrat.registry import Registry
from pcstrat.registry.timing import Interval, Silence, days_published, newest_cited, silence, written
from pcstrat.text import listed

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
    """Who plans something for a topic."""

    BOTH = "both"
    ONLY_OLD = "only the first"
    ONLY_NEW = "only the second"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An objective, strand or other item that answers a topic, with its dates, money and measures as published.

    `anchor` is the id of the item or, where it has none, of the nearest part around it; the plan's page shows it there.
    """

    name: str
    anchor: str
    item_id: str
    path: Path
    dates: tuple[str, ...]
    money: tuple[str, ...]
    measures: tuple[str, ...]


class Standing(enum.StrEnum):
    """How a plan stands to a topic: it plans something, or why it does not, as far as that can be known."""

    PLANNED = "planned"
    MENTIONED = "mentioned"
    OUT_OF_SCOPE = "out of scope"
    NOT_MENTIONED = "not mentioned"
    NOT_YET_PUBLISHED = "not yet published"
    NOT_JUDGED = "not judged"


class Stand(NamedTuple):
    """How one plan stands to a topic, in words where it plans nothing."""

    standing: Standing
    words: str = ""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The plans of two ICBs side by side."""

    old: Version
    new: Version
    topics: tuple[Topic, ...]

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

    def sides_of(self, topic: Topic) -> Iterator[tuple[Version, tuple[Planned, ...], Stand]]:
        """Each plan with what it has for a topic, and how it stands to it."""
        return zip((self.old, self.new), (topic.old, topic.new), topic.stands, strict=True)


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
    return Alignment(old=first, new=second, topics=topics)


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


_FIELDS = {Group.COMMITMENT: "commitments", Group.THEME: "themes", Group.PILLAR: "pillars"}
_MENTIONS = "mentions"
_SILENCES = {
    Silence.NOT_MENTIONED: Standing.NOT_MENTIONED,
    Silence.NOT_YET_PUBLISHED: Standing.NOT_YET_PUBLISHED,
    Silence.NO_DATE: Standing.NOT_JUDGED,
    Silence.SAME_TIME: Standing.NOT_JUDGED,
}


class _Board:
    """The plan of one board, with its items by what they are tagged with. What it has given up is no part of it."""

    def __init__(self, plan: Plan, registry: Registry) -> None:
        self._plan = plan
        self._nodes = [node for node in nodes_of(plan) if not node.is_retired]
        self._tagged = {field: self._with_tags(field) for field in (*_FIELDS.values(), _MENTIONS)}
        self._by_id = {node.id: node for node in self._nodes if node.id}
        self._serving: dict[str, list[Node]] = defaultdict(list)
        for node in self._nodes:
            for served in node.part.serves if isinstance(node.part, FundingLine) else ():
                self._serving[served].append(node)
        self._written = written(plan.document, plan.icb, newest_cited(plan), registry)

    def _with_tags(self, field: str) -> dict[str, list[Node]]:
        """The items with each tag: the objective or strand in which it stands, else the tagged item."""
        found: dict[str, dict[Node, None]] = defaultdict(dict)
        for node in self._nodes:
            if node.key == "out_of_scope":
                continue
            for code in getattr(node.part, field, ()):
                found[str(code)][node.aim if node.aim.path else node] = None
        return {code: list(nodes) for code, nodes in found.items()}

    def planned(self, group: Group, code: str) -> tuple[Planned, ...]:
        """What the plan has for a topic, each amount of money once; money for a commitment only mentions it."""
        nodes = self._tagged[_FIELDS[group]].get(code, [])
        if group is Group.COMMITMENT:
            nodes = [node for node in nodes if not isinstance(node.part, FundingLine)]
        return tuple(self._once(sorted(nodes, key=lambda node: isinstance(node.part, FundingLine))))

    def stand(self, group: Group, code: str, planned: Sequence[Planned], appeared: Interval | None) -> Stand:
        """How the plan stands to a topic; `appeared` is when a national commitment did."""
        if planned:
            return Stand(Standing.PLANNED)
        field = _FIELDS[group]
        names = self._mentions(code) if group is Group.COMMITMENT else []
        if names:
            more = f" and {len(names) - _FEW:,} more" if len(names) > _FEW else ""
            return Stand(Standing.MENTIONED, f"Only mentioned: {'; '.join(names[:_FEW])}{more}")
        if any(code in getattr(entry, field) for entry in self._plan.document.out_of_scope):
            return Stand(Standing.OUT_OF_SCOPE, "Out of scope")
        if group is not Group.COMMITMENT:
            return Stand(Standing.NOT_MENTIONED, "Nothing about it")
        why = silence(self._written, appeared)
        return Stand(_SILENCES[why], why.value)

    def _mentions(self, code: str) -> list[str]:
        lines = (node for node in self._tagged["commitments"].get(code, ()) if isinstance(node.part, FundingLine))
        return list(dict.fromkeys(node.name for node in (*self._tagged[_MENTIONS].get(code, ()), *lines)))

    def _once(self, nodes: Iterable[Node]) -> Iterator[Planned]:
        """Items with what they state. An amount that several have in common is told with the first of them."""
        told: dict[Node, str] = {}
        for node in nodes:
            amounts = self._amounts(node)
            fresh = [amount for amount in amounts if amount not in told]
            if isinstance(node.part, FundingLine) and amounts and not fresh:
                continue
            before = dict.fromkeys(told[amount] for amount in amounts if amount in told)
            told |= dict.fromkeys(fresh, node.own_name())
            own = tuple(self._amount(amount, node) for amount in fresh)
            yield Planned(
                name=_place_and_name(node),
                anchor=next((part.id for part in (node, *node.above()) if part.id and part.parent), ""),
                item_id=node.id,
                path=node.path,
                dates=tuple(_dates(node)),
                money=(*own, *(f"shared with {name}, above" for name in before)),
                measures=tuple(_measures(node)),
            )

    def _amounts(self, node: Node) -> list[Node]:
        """The amounts in an item's own tables, and those of the whole plan that it is said to be served by."""
        lines = (below for line in self._serving.get(node.id, ()) for below in line.below())
        every = dict.fromkeys((*_own(node), *lines))
        return [part for part in every if isinstance(part.part, FundingAmount) and not part.is_retired]

    def _amount(self, node: Node, item: Node) -> str:
        """An amount as published, how certain it is, who shares it, and what it is for."""
        line, amount = node.parent, node.part
        if line is None or not isinstance(line.part, FundingLine) or not isinstance(amount, FundingAmount):
            return own_text(node)
        commitment = line.part.commitment or getattr(line.parent.part if line.parent else None, "commitment", None)
        stated = commitment if commitment is not FundingCommitment.NOT_STATED else None
        beside = [stated.value if stated else "how certain: not stated"]
        if amount.amount.status is AmountStatus.TO_BE_CONFIRMED:
            beside.append("to be confirmed")
        others = [self._by_id[ref].own_name() for ref in line.part.serves if ref != item.id and ref in self._by_id]
        if others:
            beside.append(f"{'for' if item is line else 'shared with'} {listed(others)}")
        what = plain(f"{own_text(line)}: {published(amount.what)}" if amount.what else own_text(line))
        return f"{published(amount.amount)} ({', '.join(beside)}): {what}"


def _place_and_name(node: Node) -> str:
    """The name of an item; what stands in a part that every plan has once says which: "vision, element 'Access'"."""
    part = node.path[0] if len(node.path) > 1 and isinstance(node.path[1], str) else ""
    return f"{part.replace('_', ' ')}, {node.name}" if isinstance(part, str) and part else node.name


def _own(node: Node) -> Iterator[Node]:
    """The parts of an item that belong to no objective or strand inside it."""
    yield from (below for below in (node, *node.below()) if below.aim is node.aim)


def _dates(node: Node) -> Iterator[str]:
    for part in _own(node):
        if isinstance(part.part, Action):
            time = stated_time(part.part, band_of(part))
            if time is not None:
                words = format_time(time) if time.kind is TimeKind.UNCLEAR else published(time)
                yield f"{words}: {plain(own_text(part))}"


def _measures(node: Node) -> Iterator[str]:
    for part in _own(node):
        if isinstance(part.part, Measure):
            target = part.part.target
            yield plain(own_text(part)) + (f" (target {published(target.value)})" if target else "")
