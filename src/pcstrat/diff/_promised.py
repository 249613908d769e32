"""Turns an item that came or went into what it promised: its date, its money, its target, or how much stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pcstrat.diff._items import Node, band_of
from pcstrat.diff._values import published
from pcstrat.model.aims import Band, Objective, Strand
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.money import AmountStatus, pounds_in_words
from pcstrat.model.points import Action, Milestone, Retired
from pcstrat.model.times import Time
from pcstrat.outline import stated_time
from pcstrat.text import counted, listed


def promised(node: Node) -> str:
    """What came or went with an item, in words; empty where it promised nothing that can be counted."""
    part = node.part
    if isinstance(part, Retired) and node.parent is not None:
        return promised(node.parent)
    if isinstance(part, FundingLine | FundingTable):
        return _money(node)
    if isinstance(part, Objective | Strand | Band):
        return _inside(node)
    if isinstance(part, Action):
        time = _time_of(node)
        return published(time) if time else ""
    return _target(part) if isinstance(part, Measure) else ""


def _money(node: Node) -> str:
    """Its amounts as published; of many, the sum and how much of it is to be confirmed."""
    amounts = [below.part.amount for below in node.below() if isinstance(below.part, FundingAmount)]
    if len(amounts) < 2 or any(each.pounds is None or each.upper is not None for each in amounts):  # noqa: PLR2004
        return listed([published(amount) for amount in amounts])
    total = sum((each.pounds for each in amounts if each.pounds is not None), Decimal(0))
    unsure = (
        each.pounds for each in amounts if each.pounds is not None and each.status is AmountStatus.TO_BE_CONFIRMED
    )
    waiting = sum(unsure, Decimal(0))
    return pounds_in_words(total) + (f", of which {pounds_in_words(waiting)} to be confirmed" if waiting else "")


def _inside(node: Node) -> str:
    """How much stands in an aim or a band: "4 actions, 2 dated milestones, 1 measure (90% by March 2027)"."""
    below = list(node.below())
    actions = sum(isinstance(each.part, Action) and not isinstance(each.part, Milestone) for each in below)
    milestones = [each for each in below if isinstance(each.part, Milestone)]
    measures = [each.part for each in below if isinstance(each.part, Measure)]
    return ", ".join(filter(None, (*_counts(actions, milestones), *_measures(measures), *_codes(node, below))))


def _counts(actions: int, milestones: list[Node]) -> Iterator[str]:
    if actions:
        yield counted(actions, "action")
    if milestones:
        dated = sum(time.is_dated for each in milestones if (time := _time_of(each)))
        words = counted(len(milestones), "milestone")
        yield f"{words} ({dated} with a date)" if dated else words


def _measures(measures: list[Measure]) -> Iterator[str]:
    if measures:
        targets = listed([text for measure in measures if (text := _target(measure))])
        yield counted(len(measures), "measure") + (f" ({targets})" if targets else "")


def _codes(node: Node, below: list[Node]) -> Iterator[str]:
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


def _time_of(node: Node) -> Time | None:
    """The time that counts for an action or milestone, as the outline says."""
    return stated_time(node.part, band_of(node)) if isinstance(node.part, Action) else None
