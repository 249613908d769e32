"""Turns an item that came or went into what it promised: its date, its money, its target, or how much stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from pcstrat.diff._items import Node
from pcstrat.diff._milestone_times import time_of
from pcstrat.diff._values import own_text, published
from pcstrat.model.aims import Band, Objective, Risk, Strand
from pcstrat.model.base import Model
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.money import AmountStatus, pounds_in_words
from pcstrat.model.points import Action, Milestone, Outcome, Retired
from pcstrat.model.vocabulary import Progress
from pcstrat.text import counted, listed

_CONTENTS: dict[type[Model], tuple[type[Model], ...]] = {
    Objective: (Action, Measure, Outcome, Risk, FundingLine),
    Strand: (Action, Measure, Outcome),
    Band: (Milestone,),
    FundingTable: (FundingLine,),
}
"""What promises something in an item that holds others."""

_OWN = {"text": "its text", "statement": "its statement", "owner": "its owner", "led_by": "its lead"}
"""What an aim or a strand says itself, besides its title."""

_DONE = "stated as done"
_MOVED = "what it held stands elsewhere"
_MOST_NAMED = 5
_REST_MOVED = "what else it held stands elsewhere"


class Contents:
    """What came or went with an item.

    Args:
        node: The item.
        is_elsewhere: Whether a part in it stands elsewhere on the other side.
        is_told: Whether what became of a part, and of all that stands in it, is told apart from the item.
        codes_there: The national commitments that are answered on the other side.
    """

    def __init__(
        self,
        node: Node,
        is_elsewhere: Callable[[Node], bool],
        is_told: Callable[[Node], bool],
        codes_there: Callable[[], frozenset[str]],
    ) -> None:
        self._node = node
        self._codes_there = codes_there
        below = [part for part in node.below() if not any(map(is_told, _between(part, node)))]
        self._below = [part for part in below if not is_elsewhere(part)]
        kinds = next((kinds for model, kinds in _CONTENTS.items() if isinstance(node.part, model)), ())
        held = [part for part in below if isinstance(part.part, kinds)]
        self._elsewhere = [part for part in held if is_elsewhere(part)]
        self._here = [part for part in held if not is_elsewhere(part)]

    def context(self) -> str:
        """Why its coming or going says less, if it does: it was given up, done, or what it held is not gone."""
        node = self._node
        if not node.listed:
            return ""
        if node.is_given_up:
            return "retired"
        return "done" if _is_done(node) else self._of_contents()

    def _of_contents(self) -> str:
        """The same of what it held; a band that held nothing promised nothing."""
        if isinstance(self._node.part, Band) and not (self._here or self._elsewhere):
            return "empty"
        if not (self._here or self._elsewhere) or any(not _is_settled(part) for part in self._here):
            return ""
        if (self._elsewhere and self._own()) or not self._codes_there().issuperset(
            getattr(self._node.part, "commitments", ())
        ):
            return ""
        return "moved" if self._elsewhere else "done" if any(map(_is_done, self._here)) else "retired"

    def in_words(self) -> str:
        """What it promised; empty where that was nothing that can be counted."""
        context = self.context()
        told = {"done": _DONE, "moved": _MOVED}.get(context, "")
        own = ""
        if self._elsewhere and context == "" and self._node.listed:
            own, told = ", ".join(self._own()), _REST_MOVED
        is_named = bool(own or told == _REST_MOVED) or isinstance(self._node.part, Band)
        names = _names(self._here) if is_named and context == "" else ""
        promised = ", ".join(filter(None, (own, _promised(self._node, self._below))))
        return "; ".join(filter(None, (promised, names, told)))

    def _own(self) -> list[str]:
        """What an aim says itself, which went with it."""
        part = self._node.part
        if not isinstance(part, Objective | Strand):
            return []
        return [words for name, words in _OWN.items() if getattr(part, name, None)]


def _between(part: Node, node: Node) -> Iterator[Node]:
    """What a part stands in, up to a node."""
    up = part.parent
    while up is not None and up is not node:
        yield up
        up = up.parent


def _names(nodes: Sequence[Node]) -> str:
    """What stands in an item, by its words, where neither its title nor a count says which of it is meant."""
    named = [f"“{own_text(node)}”" for node in nodes[:_MOST_NAMED]]
    words = listed([*named, *([f"{more} more"] if (more := len(nodes) - _MOST_NAMED) > 0 else [])])
    return f"namely {words}" if words else ""


def _is_settled(node: Node) -> bool:
    return _is_done(node) or node.is_given_up


def _is_done(node: Node) -> bool:
    return isinstance(node.part, Action) and node.part.status is Progress.DONE


def _promised(node: Node, below: Sequence[Node]) -> str:
    """What an item and those of the parts in it that count promise."""
    part = node.part
    if isinstance(part, Retired) and node.parent is not None:
        return _promised(node.parent, list(node.parent.below()))
    if isinstance(part, FundingLine | FundingTable):
        return _money(below)
    if isinstance(part, Objective | Strand | Band):
        return _inside(node, below)
    if isinstance(part, Action):
        time = time_of(node)
        return published(time) if time else ""
    return _target(part) if isinstance(part, Measure) else ""


def _money(below: Iterable[Node]) -> str:
    """The amounts as published; of many, the sum and how much of it is to be confirmed."""
    amounts = [part.part.amount for part in below if isinstance(part.part, FundingAmount)]
    if len(amounts) <= 1 or any(each.pounds is None or each.upper is not None for each in amounts):
        return listed([published(amount) for amount in amounts])
    total = sum((each.pounds for each in amounts if each.pounds is not None), Decimal(0))
    unsure = (
        each.pounds for each in amounts if each.pounds is not None and each.status is AmountStatus.TO_BE_CONFIRMED
    )
    waiting = sum(unsure, Decimal(0))
    return pounds_in_words(total) + (f", of which {pounds_in_words(waiting)} to be confirmed" if waiting else "")


def _inside(node: Node, below: Sequence[Node]) -> str:
    """How much stands in an aim or a band: "4 actions, 2 dated milestones, 1 measure (90% by March 2027)"."""
    actions = sum(isinstance(each.part, Action) and not isinstance(each.part, Milestone) for each in below)
    milestones = [each for each in below if isinstance(each.part, Milestone)]
    measures = [each.part for each in below if isinstance(each.part, Measure)]
    others = (
        counted(number, noun)
        for kind, noun in ((Outcome, "outcome"), (Risk, "risk"))
        if (number := sum(isinstance(each.part, kind) for each in below))
    )
    parts = (*_counts(actions, milestones), *_measures(measures), *others, *_codes(node, below))
    return ", ".join(filter(None, parts))


def _counts(actions: int, milestones: list[Node]) -> Iterator[str]:
    if actions:
        yield counted(actions, "action")
    if milestones:
        dated = sum(time.is_dated for each in milestones if (time := time_of(each)))
        words = counted(len(milestones), "milestone")
        yield f"{words} ({dated} with a date)" if dated else words


def _measures(measures: list[Measure]) -> Iterator[str]:
    if measures:
        targets = listed([text for measure in measures if (text := _target(measure))])
        yield counted(len(measures), "measure") + (f" ({targets})" if targets else "")


def _codes(node: Node, below: Iterable[Node]) -> Iterator[str]:
    """The national commitments that were answered there."""
    codes = dict.fromkeys(code for each in (node, *below) for code in getattr(each.part, "commitments", ()))
    if codes:
        yield f"for {listed(list(codes))}"


def _target(measure: Measure) -> str:
    """The target with its day: "90% by March 2027"."""
    if measure.target is None:
        return ""
    value, when = published(measure.target.value), measure.by or measure.target.when
    return f"target {value} {_with_by(published(when))}" if when else f"target {value}"


def _with_by(when: str) -> str:
    return when if when.startswith(("by ", "from ", "in ", "within ")) else f"by {when}"
