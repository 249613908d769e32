"""Turns an item that came or went into what it promised: its date, its money, its target, or how much stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pcstrat.diff._items import Node, of_money
from pcstrat.diff._milestone_times import time_of
from pcstrat.diff._money_years import for_year
from pcstrat.diff._past import OtherSide, is_past, what_is_known, year_of
from pcstrat.diff._values import own_text, published, said, target_words
from pcstrat.diff.changes import Part, Said
from pcstrat.model.aims import Band, Objective, Risk, Strand
from pcstrat.model.base import Model
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.money import AmountStatus, Money, pounds_in_words
from pcstrat.model.points import Action, Milestone, Outcome, Retired
from pcstrat.model.vocabulary import FundingCommitment, Progress
from pcstrat.naming import NOUNS
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
_GIVEN_UP = "given up before"
_PAST = "past"
_WORK = "work"
_LISTED = ("", _PAST)
"""The contexts in which what came or went with an item is named."""

_PASSED = "which had passed"
_MOVED = "what it held stands elsewhere"
_REST_MOVED = "what else it held stands elsewhere"


class Contents:
    """What came or went with an item.

    Args:
        node: The item.
        is_elsewhere: Whether a part in it stands elsewhere on the other side.
        is_told: Whether what became of a part, and of all that stands in it, is told apart from the item.
        other: The side without the item.
    """

    def __init__(
        self,
        node: Node,
        is_elsewhere: Callable[[Node], bool],
        is_told: Callable[[Node], bool],
        other: OtherSide,
    ) -> None:
        self._node = node
        self._other = other
        below = [part for part in node.below() if not any(map(is_told, _between(part, node)))]
        self._below = [part for part in below if not is_elsewhere(part)]
        kinds = _kinds_in(node)
        held = [part for part in below if isinstance(part.part, kinds)]
        self._elsewhere = [part for part in held if is_elsewhere(part)]
        self._here = [part for part in held if not is_elsewhere(part)]

    def context(self) -> str:
        """Why its coming or going says less, if it does: it was given up, done or past, or what it held is not gone."""
        node = self._node
        if not node.listed:
            return _PAST if self._is_past(node) else _WORK if self._has_open_work() else ""
        if node.is_given_up:
            return "retired"
        if _is_done(node):
            return "done"
        return _PAST if self._is_past(node) else self._of_contents()

    def _of_contents(self) -> str:
        """The same of what it held; a band that held nothing promised nothing."""
        if isinstance(self._node.part, Band) and not (self._here or self._elsewhere):
            return "empty"
        if not (self._here or self._elsewhere) or self._has_open_parts():
            return ""
        has_past = any(map(self._is_past, self._here))
        if ((self._elsewhere or has_past) and self._own()) or not self._other.codes().issuperset(
            getattr(self._node.part, "commitments", ())
        ):
            return ""
        if self._elsewhere or has_past:
            return _PAST if has_past else "moved"
        return "done" if any(map(_is_done, self._here)) else "retired"

    def _has_open_work(self) -> bool:
        """Whether work was still to be done in a part that every plan has once, which is not told apart from it."""
        return any(isinstance(part.part, Action) and not self._is_past(part) for part in _open(self._below))

    def _has_open_parts(self) -> bool:
        return not all(_is_settled(part) or self._is_past(part) for part in self._here)

    def _is_past(self, node: Node) -> bool:
        return is_past(node, self._other)

    def in_words(self) -> str:
        """What it promised; empty where that was nothing that can be counted."""
        context = self.context()
        told = {"done": _DONE, "moved": _MOVED, _PAST: self._passed()}.get(context, "" if context else self._settled())
        promised = _promised(self._node, self._below if context else _open(self._below))
        if self._elsewhere and context == "" and self._node.listed:
            promised = ", ".join(filter(None, (*self._own(), promised)))
            told = "; ".join(filter(None, (told, _REST_MOVED if promised else _MOVED)))
        return "; ".join(filter(None, (promised, told)))

    def _passed(self) -> str:
        """That it, or what stood in it, was past."""
        past = [part for part in self._here if self._is_past(part)]
        return what_is_known(self._node, past, self._other, has_others=any(map(_is_done, self._here)))

    def _settled(self) -> str:
        """How many of its parts did not come or go with it, as they were done or given up before."""
        done = sum(map(_is_done, self._here))
        rest = sum(map(_is_settled, self._here)) - done
        return listed([f"{number} more {how}" for number, how in ((done, _DONE), (rest, _GIVEN_UP)) if number])

    def parts(self) -> Mapping[Node, Part]:
        """What came or went with it, each by name; of work that was given up, what is given up with it."""
        if isinstance(self._node.part, Retired) and self._node.parent is not None:
            around = self._node.parent
            return self._named(part for part in around.below() if isinstance(part.part, _kinds_in(around)))
        if not self._node.listed:
            return self._named(part for part in self._below if _is_first_in(part, self._node))
        return self._named(self._here) if self.context() in _LISTED else {}

    def commitments(self) -> tuple[Said, ...]:
        """The national commitments that were answered there."""
        if self.context() not in _LISTED:
            return ()
        codes = dict.fromkeys(
            code for each in (self._node, *self._below) for code in getattr(each.part, "commitments", ())
        )
        return tuple(filter(None, map(said, codes)))

    def _named(self, nodes: Iterable[Node]) -> Mapping[Node, Part]:
        """Parts that were not done or given up before, by what they are and say, each with what it promised."""
        return {
            node: Part(
                noun=NOUNS.get(node.key, "item"),
                text=own_text(node),
                item_id=node.id,
                promise=self._promise(node),
                is_telling=_is_telling(node),
            )
            for node in _open(nodes)
        }

    def _promise(self, node: Node) -> str:
        promised = _promised(node, list(node.below()))
        return f"{promised}, {_PASSED}" if self._is_past(node) and self.context() != _PAST else promised

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


def _is_first_in(part: Node, section: Node) -> bool:
    """Whether a part is an entry of a list of a section, and not of an entry of that."""
    return part.listed and not any(around.listed for around in _between(part, section))


def _kinds_in(node: Node) -> tuple[type[Model], ...]:
    """What promises something in a part."""
    return next((kinds for model, kinds in _CONTENTS.items() if isinstance(node.part, model)), ())


def _open(nodes: Iterable[Node]) -> list[Node]:
    """Without what was done or given up before."""
    return [node for node in nodes if not _is_settled(node)]


def _is_telling(node: Node) -> bool:
    """Whether it promises something by a date, for a national commitment, with a target or with money."""
    return bool(getattr(node.part, "commitments", ()) or _promised(node, list(node.below())))


def _is_settled(node: Node) -> bool:
    return _is_done(node) or node.is_given_up


def _is_done(node: Node) -> bool:
    return isinstance(node.part, Action) and node.part.status is Progress.DONE


def _promised(node: Node, below: Sequence[Node]) -> str:
    """What an item and those of the parts in it that count promise."""
    part = node.part
    if isinstance(part, Retired) and node.parent is not None:
        return _promised(node.parent, _open(node.parent.below()))
    if isinstance(part, FundingLine | FundingTable):
        return " ".join(filter(None, (_money(node, below), _years(node, below))))
    if isinstance(part, Objective | Strand | Band):
        return _inside(below)
    if isinstance(part, Action):
        time = time_of(node)
        return published(time) if time else ""
    if isinstance(part, Outcome):
        return published(part.when) if part.when else ""
    return target_words(part) if isinstance(part, Measure) else ""


def _money(node: Node, below: Iterable[Node]) -> str:
    """The amounts as published; of many, the sums of what is promised alike, and how much of each is to be confirmed.

    What is committed and what is proposed are never added up.
    """
    nodes = [part for part in (node, *below) if isinstance(part.part, FundingAmount)]
    amounts = [part.part.amount for part in nodes if isinstance(part.part, FundingAmount)]
    if len(amounts) <= 1 or any(each.pounds is None or each.upper is not None for each in amounts):
        return listed([published(amount) for amount in amounts])
    kinds: dict[object, list[Money]] = {}
    for part, amount in zip(nodes, amounts, strict=True):
        kinds.setdefault(of_money(part, "commitment"), []).append(amount)
    if len(kinds) == 1:
        return _sum(amounts)
    return listed([f"{_HOW_PROMISED[kind]}{_sum(same)}" for kind, same in kinds.items()])


def _years(node: Node, below: Iterable[Node]) -> str:
    """The year that all the money is for: "for 2027/28"; empty where its lines have several, or none."""
    lines = [part for part in below if isinstance(part.part, FundingLine)] or [node]
    years = {published(year) if (year := year_of(line)) else "" for line in lines}
    (only,) = years if len(years) == 1 else ("",)
    return for_year(only)


_HOW_PROMISED: dict[object, str] = {
    None: "",
    FundingCommitment.COMMITTED: "committed ",
    FundingCommitment.PROPOSED: "proposed ",
    FundingCommitment.EXISTING: "existing ",
    FundingCommitment.NOT_STATED: "without a word on how firm it is ",
}


def _sum(amounts: Sequence[Money]) -> str:
    """The sum in words, and how much of it is to be confirmed."""
    total = sum((each.pounds for each in amounts if each.pounds is not None), Decimal(0))
    unsure = (
        each.pounds for each in amounts if each.pounds is not None and each.status is AmountStatus.TO_BE_CONFIRMED
    )
    waiting = sum(unsure, Decimal(0))
    if waiting and waiting == total:
        return f"{pounds_in_words(total)} to be confirmed"
    return pounds_in_words(total) + (f", of which {pounds_in_words(waiting)} to be confirmed" if waiting else "")


def _inside(below: Sequence[Node]) -> str:
    """How much stands in an aim or a band: "4 actions, 2 dated milestones, 1 measure (90% by March 2027)"."""
    actions = sum(isinstance(each.part, Action) and not isinstance(each.part, Milestone) for each in below)
    milestones = [each for each in below if isinstance(each.part, Milestone)]
    measures = [each.part for each in below if isinstance(each.part, Measure)]
    others = (
        counted(number, noun)
        for kind, noun in ((Outcome, "outcome"), (Risk, "risk"))
        if (number := sum(isinstance(each.part, kind) for each in below))
    )
    parts = (*_counts(actions, milestones), *_measures(measures), *others)
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
        targets = listed([text for measure in measures if (text := target_words(measure))])
        yield counted(len(measures), "measure") + (f" ({targets})" if targets else "")
