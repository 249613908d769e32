"""Turns the plans of two ICBs into what both plan, what only one plans, and what neither does, topic by topic.

Plans of different boards share no ids. What makes them comparable is what they are tagged with: national commitments,
themes and pillars.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pcstrat.diagnostics import Path
from pcstrat.diff._items import Node, nodes_of
from pcstrat.diff._values import own_text, published
from pcstrat.diff.changes import Version
from pcstrat.model.aims import Band
from pcstrat.model.funding import FundingAmount, FundingLine
from pcstrat.model.measures import Measure
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action
from pcstrat.registry import Registry


class Group(enum.StrEnum):
    """What two plans are aligned by."""

    COMMITMENT = "commitment"
    THEME = "theme"
    PILLAR = "pillar"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A national commitment, theme or pillar, and what each plan has for it. A plan may say it is out of scope."""

    group: Group
    code: str
    title: str
    old: tuple[Planned, ...]
    new: tuple[Planned, ...]
    out_of_scope: tuple[bool, bool] = (False, False)

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
    topics = (
        *_topics(Group.COMMITMENT, _commitments(registry, (old, new)), old, new),
        *_topics(Group.THEME, registry.themes, old, new),
        *_topics(Group.PILLAR, registry.pillars, old, new),
    )
    return Alignment(old=sides[0], new=sides[1], topics=topics)


def _commitments(registry: Registry, plans: Iterable[Plan]) -> dict[str, str]:
    """The commitments every plan is looked at for, and those that one of these names besides."""
    used = {code for plan in plans for code in _tagged(plan, "commitments")}
    return {
        code: commitment.title
        for code, commitment in registry.commitments.items()
        if commitment.short_list or code in used
    }


_FIELDS = {Group.COMMITMENT: "commitments", Group.THEME: "themes", Group.PILLAR: "pillars"}


def _topics(group: Group, titles: Mapping[str, str], old: Plan, new: Plan) -> Iterator[Topic]:
    field = _FIELDS[group]
    olds, news = _tagged(old, field), _tagged(new, field)
    for code, title in titles.items():
        out_of_scope = _is_out_of_scope(old, field, code), _is_out_of_scope(new, field, code)
        before, after = (_planned(nodes.get(code, ())) for nodes in (olds, news))
        yield Topic(group=group, code=code, title=title, old=before, new=after, out_of_scope=out_of_scope)


def _is_out_of_scope(plan: Plan, field: str, code: str) -> bool:
    return any(code in getattr(entry, field) for entry in plan.document.out_of_scope)


def _tagged(plan: Plan, field: str) -> dict[str, list[Node]]:
    """The items that answer each code: the objective or strand in which the tag stands, else the tagged item."""
    found: dict[str, dict[Node, None]] = defaultdict(dict)
    for node in nodes_of(plan):
        if node.key == "out_of_scope":
            continue
        for code in getattr(node.part, field, ()):
            found[str(code)][node.aim if node.aim.path else node] = None
    return {code: list(nodes) for code, nodes in found.items()}


def _planned(nodes: Iterable[Node]) -> tuple[Planned, ...]:
    return tuple(
        Planned(
            name=_place_and_name(node),
            anchor=next((part.id for part in (node, *node.above()) if part.id and part.parent), ""),
            item_id=node.id,
            path=node.path,
            dates=tuple(_dates(node)),
            money=tuple(_money(node)),
            measures=tuple(_measures(node)),
        )
        for node in nodes
    )


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
            band = part.parent.part if part.parent else None
            time = part.part.when or ((band.when or band.band) if isinstance(band, Band) else None)
            if time is not None:
                yield f"{published(time)}: {own_text(part)}"


def _money(node: Node) -> Iterator[str]:
    """The amounts in its own tables, and those of the whole plan that it is said to be served by."""
    root = list(node.above())[-1] if node.parent else node
    serving = [below for below in root.below() if isinstance(below.part, FundingLine) and node.id in below.part.serves]
    for part in dict.fromkeys((*_own(node), *(below for line in serving for below in line.below()))):
        if isinstance(part.part, FundingAmount):
            line = part.parent
            yield f"{published(part.part.amount)}: {own_text(line) if line else ''}"


def _measures(node: Node) -> Iterator[str]:
    for part in _own(node):
        if isinstance(part.part, Measure):
            target = part.part.target
            yield own_text(part) + (f" (target {published(target.value)})" if target else "")
