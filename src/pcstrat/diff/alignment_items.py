"""Turns a plan into the items by which it answers topics, each with the dates, money and measures that count for it.

A topic is a national commitment, a theme or a pillar. What counts for an item is what it holds: also what stands in a
part of it, unless that part says that it is about something else, or answers the same topic as an item of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pcstrat.diagnostics import Path
from pcstrat.diff._items import Node, band_of, nodes_of, of_money, own_words
from pcstrat.diff._values import own_text, published, reading_words, target_words
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.funding import FundingAmount, FundingLine
from pcstrat.model.measures import Measure
from pcstrat.model.money import AmountStatus
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action
from pcstrat.model.times import TimeKind, format_time
from pcstrat.model.vision import VisionElement
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.naming import NOUNS, shorten
from pcstrat.outline import passed_down, stated_time
from pcstrat.text import first_few, listed

COMMITMENTS, MENTIONS = "commitments", "mentions"
_TAGS = (COMMITMENTS, "themes", "pillars", MENTIONS)
_PLANNING = Objective | Strand | Action | Measure | FundingLine
_MONEY_IN_WORDS = "funding_statement"
_NO_AMOUNT = "in words, without an amount"
_NOT_ABOUT = "out_of_scope"
_LONGEST_TITLE = 110
_FEW = 3

Held: TypeAlias = Sequence[Node]
"""What counts for an item: itself, and the parts in it and in its parts."""


class Holding(NamedTuple):
    """What counts for an item, the parts of it that answer the topic themselves, and those that are about others."""

    held: list[Node]
    apart: list[Node]
    others: dict[Node, list[Node]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An objective, strand or other item that answers a topic, with its dates, money and measures as published.

    `anchor` is the id of the item or, where it has none, of the nearest part around it; the plan's page shows it there.
    `money_at` are the ways to the amounts and statements that are told of it, here or with another item.
    """

    name: str
    anchor: str
    item_id: str
    path: Path
    dates: tuple[str, ...]
    money: tuple[str, ...]
    measures: tuple[str, ...]
    money_at: tuple[Path, ...] = ()


class Items:
    """The items of a plan by what they are tagged with. What the plan has given up is no part of it."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = [node for node in nodes_of(plan) if not node.is_retired]
        self._tagged = {field: self._with_tags(field) for field in _TAGS}
        self._by_id = {node.id: node for node in self._nodes if node.id}
        self._serving: dict[str, list[Node]] = defaultdict(list)
        for node in self._nodes:
            for served in node.part.serves if isinstance(node.part, FundingLine) else ():
                self._serving[served].append(node)

    def _with_tags(self, field: str) -> Mapping[str, Sequence[Node]]:
        """Everything with each tag, in the order of the plan."""
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._nodes:
            for code in getattr(node.part, field, ()) if node.key != _NOT_ABOUT else ():
                found[str(code)].append(node)
        return found

    def planned(self, field: str, code: str) -> tuple[Planned, ...]:
        """What is planned for a topic, each amount of money once; money for a commitment only mentions it.

        Args:
            field: The field that is tagged with topics of this kind: "commitments", "themes" or "pillars".
            code: The topic.
        """
        tagged = (node for node in self._tagged[field].get(code, ()) if _plans(node, field))
        every = dict.fromkeys(node.aim if node.aim.path else node for node in tagged)
        return tuple(self._once(sorted(every, key=_is_line), field, code))

    def is_tagged(self, field: str, code: str) -> bool:
        """Whether anything is tagged with a topic."""
        return code in self._tagged[field]

    def only_mentioned(self, field: str, code: str) -> tuple[str, ...]:
        """The names of the items that are about a topic for which nothing is planned."""
        mentions = self._tagged[MENTIONS].get(code, ()) if field == COMMITMENTS else ()
        return tuple(dict.fromkeys(node.name for node in (*mentions, *self._tagged[field].get(code, ()))))

    def _once(self, nodes: Sequence[Node], field: str, code: str) -> Iterator[Planned]:
        """Items with what they state. An amount that several have in common is told with the first of them."""
        told: dict[Node, str] = {}
        answering = frozenset(nodes)
        parts = {node: _held(node, field, code, answering) for node in nodes}
        for node, (held, apart, others) in parts.items():
            amounts = self._amounts(held)
            fresh = [amount for amount in amounts if amount not in told]
            if _is_line(node) and amounts and not fresh:
                continue
            before = dict.fromkeys(told[amount] for amount in amounts if amount in told)
            told |= dict.fromkeys(fresh, node.own_name())
            money = (
                *(self._amount(amount, node, frozenset(held)) for amount in fresh),
                *(f"shared with {name}, above" for name in before),
                *_in_words(held, node),
            )
            within = [(part, parts[part].held) for part in apart]
            besides = list(others.items())
            yield Planned(
                name=_full_name(node),
                anchor=next((part.id for part in (node, *node.above()) if part.id and part.parent), ""),
                item_id=node.id,
                path=node.path,
                dates=tuple(_dates(held, node)) or _see(within, _dates) or _untagged(besides, _dates),
                money=money or _see(within, self._all_money) or _untagged(besides, self._all_money),
                measures=tuple(_measures(held, node)) or _see(within, _measures) or _untagged(besides, _measures),
                money_at=tuple(part.path for part in (*amounts, *_statements(held))),
            )

    def loose_money(self, planned: Iterable[Planned]) -> Iterator[str]:
        """The amounts that none of some items tells, each with its table and its line, and what is said without one."""
        told = {path for entry in planned for path in entry.money_at}
        loose = [node for node in self._nodes if node.path not in told]
        for node in loose:
            line = node.parent
            if isinstance(node.part, FundingAmount) and line and line.parent:
                amount, colon, what = self._amount(node, line, ()).partition(": ")
                yield f"{amount}{colon}{plain(own_text(line.parent))}, {what}"
        yield from (f"{_NO_AMOUNT}: {_in_full(node)}" for node in _statements(loose))

    def _all_money(self, held: Held, item: Node) -> Iterable[object]:
        return *self._amounts(held), *_in_words(held, item)

    def _amounts(self, held: Held) -> list[Node]:
        """The amounts in an item's own tables, and those of the whole plan that it, or a part of it, is served by."""
        lines = (line for node in held if node.id for line in self._serving.get(node.id, ()))
        every = dict.fromkeys((*held, *(below for line in lines for below in line.below())))
        return [part for part in every if isinstance(part.part, FundingAmount) and not part.is_retired]

    def _amount(self, node: Node, item: Node, held: Collection[Node]) -> str:
        """An amount as published, how certain it is, for which part it is, who shares it, and what it is for."""
        line, amount = node.parent, node.part
        if line is None or not isinstance(line.part, FundingLine) or not isinstance(amount, FundingAmount):
            return own_text(node)
        commitment = of_money(line, "commitment")
        is_stated = commitment not in {None, FundingCommitment.NOT_STATED}
        beside = [published(commitment) if is_stated else "how certain: not stated"]
        if year := of_money(line, "year"):
            beside.append(published(year))
        if amount.amount.status is AmountStatus.TO_BE_CONFIRMED:
            beside.append("to be confirmed")
        served = [self._by_id[ref] for ref in line.part.serves if ref != item.id and ref in self._by_id]
        inside = served if item is line else [each for each in served if each in held]
        outside = [each for each in served if each not in inside]
        if inside and item.id not in line.part.serves:
            beside.append(f"for {listed([each.own_name() for each in inside])}")
        if outside:
            beside.append(f"shared with {listed([each.own_name() for each in outside])}")
        what = plain(f"{own_text(line)}: {published(amount.what)}" if amount.what else own_text(line))
        return f"{published(amount.amount)} ({', '.join(beside)}): {what}"


def _plans(node: Node, field: str) -> bool:
    """Whether an item says what is to be done, reached or paid; most else describes, such as a challenge.

    An element of the vision does where it answers a national commitment; money for one does not.
    """
    if field == COMMITMENTS:
        return isinstance(node.part, VisionElement | _PLANNING) and not _is_line(node)
    return isinstance(node.part, _PLANNING) or node.key == _MONEY_IN_WORDS


def _is_line(node: Node) -> bool:
    return isinstance(node.part, FundingLine)


def _held(item: Node, field: str, code: str, answering: Collection[Node]) -> Holding:
    found = Holding([], [], {})
    is_passed_down = _is_passed_down(item, field, code)

    def gather(node: Node, into: list[Node]) -> None:
        into.append(node)
        for child in node.children:
            if child.is_retired:
                continue
            if child in answering and child.aim is child:
                found.apart.append(child)
            elif into is found.held and child.aim is child and not counts(child):
                gather(child, found.others.setdefault(child, []))
            else:
                gather(child, into)

    def counts(part: Node) -> bool:
        return is_passed_down and not getattr(part.part, field)

    gather(item, found.held)
    return found


def _is_passed_down(item: Node, field: str, code: str) -> bool:
    """Whether parts of an item that say nothing are about a topic: because the item is, or what it stands in."""
    about = next((node for node in (item, *item.above()) if getattr(node.part, field, ())), None)
    if about is None or code not in getattr(about.part, field):
        return False
    return field != COMMITMENTS or code in passed_down(about.part, (code,))


def _see(parts: Iterable[tuple[Node, Held]], facts: Callable[[Held, Node], Iterable[object]]) -> tuple[str, ...]:
    """That facts of an item stand with parts of it that are told by themselves, each given with what counts for it."""
    names = _with_facts(parts, facts)
    return (f"see {listed(names)}, below",) if names else ()


def _untagged(parts: Iterable[tuple[Node, Held]], facts: Callable[[Held, Node], Iterable[object]]) -> tuple[str, ...]:
    """That facts of an item stand only with parts of it that are not said to be about the topic."""
    names = _with_facts(parts, facts)
    few = first_few(names, _FEW)
    if len(names) == 1:
        return (f"stated only in {names[0]}, which is not tagged with this topic",)
    more = [f"{len(names) - len(few):,} more"] if len(few) < len(names) else []
    return (f"stated only in parts that are not tagged with this topic: {listed([*few, *more])}",) if names else ()


def _with_facts(parts: Iterable[tuple[Node, Held]], facts: Callable[[Held, Node], Iterable[object]]) -> list[str]:
    return [part.own_name() for part, held in parts if any(True for _ in facts(held, part))]


def _full_name(node: Node) -> str:
    """The name of an item, of an aim or strand with its title beside its label.

    What stands in a part that every plan has once says which: "vision, element 'Access'".
    """
    around, own = node.name.removesuffix(node.own_name()), node.own_name()
    if isinstance(node.part, Objective | Strand):
        title, noun = shorten(plain(node.part.title), _LONGEST_TITLE), NOUNS.get(node.key, "item")
        is_label = own_words(node.part) != shorten(plain(node.part.title))
        own = f"{own}: {title}" if is_label else title if title.lower().startswith(noun) else f"{noun} '{title}'"
    part = node.path[0] if len(node.path) > 1 and isinstance(node.path[1], str) else ""
    where = f"{part.replace('_', ' ')}, " if isinstance(part, str) and part else ""
    return f"{where}{around}{own}"


def _within(part: Node, item: Node) -> str:
    """In which part of an item a fact stands; empty where it is the item's own."""
    return "" if part.aim is item.aim else f"in {part.aim.own_name()}"


def _bracketed(*texts: str) -> str:
    told = ", ".join(filter(None, texts))
    return f" ({told})" if told else ""


def _dates(held: Held, item: Node) -> Iterator[str]:
    for part in held:
        if isinstance(part.part, Action):
            time = stated_time(part.part, band_of(part))
            if time is not None:
                words = format_time(time) if time.kind is TimeKind.UNCLEAR else published(time)
                yield f"{words}{_bracketed(_within(part, item))}: {plain(own_text(part))}"


def _statements(nodes: Iterable[Node]) -> Iterator[Node]:
    """What is said of money without an amount."""
    return (node for node in nodes if node.key == _MONEY_IN_WORDS)


def _in_words(held: Held, item: Node) -> Iterator[str]:
    for part in _statements(held):
        yield f"{_NO_AMOUNT}{_bracketed(_within(part, item))}: {_in_full(part)}"


def _in_full(statement: Node) -> str:
    """What is said, with the points under it."""
    points = "; ".join(plain(own_text(child)) for child in statement.children if child.key == "points")
    return f"{plain(own_text(statement))} {points}".rstrip()


def _measures(held: Held, item: Node) -> Iterator[str]:
    """The measures with where they start and what is to be reached by when; the numbers first, for texts are long."""
    for part in held:
        if isinstance(part.part, Measure):
            numbers, where = _numbers(part.part), _bracketed(_within(part, item))
            yield f"{numbers}{where}: {plain(own_text(part))}" if numbers else f"{plain(own_text(part))}{where}"


def _numbers(measure: Measure) -> str:
    """The numbers of a measure, each with its time: "baseline 48% (2025/26), target 65% by March 2030"."""
    readings = (("baseline", measure.baseline), ("latest", measure.latest))
    known = (f"{name} {reading_words(reading)}" for name, reading in readings if reading)
    return ", ".join(filter(None, (*known, target_words(measure))))
