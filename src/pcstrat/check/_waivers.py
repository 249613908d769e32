"""Turns the waivers of a plan into what they accept, and into findings about the waivers themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from pcstrat.check._address import path_of
from pcstrat.check._choice import rule_meant
from pcstrat.check._run import Found
from pcstrat.diagnostics import Path
from pcstrat.model.delivery import Waiver
from pcstrat.rules import Hit, Rule
from pcstrat.rules.engine import unknown, unmatched


class PlacedWaiver(NamedTuple):
    """A waiver, its number in the list, the rule it names and the path it leads to; `None` if there is none."""

    number: int
    waiver: Waiver
    rule: Rule | None
    path: Path | None

    def accepts(self, found: Found) -> bool:
        """Whether a hit stands at, or inside, what this waiver names."""
        return self.rule is found.rule and self.path is not None and found.hit.path[: len(self.path)] == self.path

    def holds(self, as_of: dt.date) -> bool:
        """Whether its last day is stated and not over."""
        return self.waiver.until.end is not None and as_of <= self.waiver.until.end


def placed_waivers(waivers: Iterable[Waiver], data: object, rules: Collection[Rule]) -> tuple[PlacedWaiver, ...]:
    """The waivers of a plan with what they name: a rule by its code or name, and a place by its address."""
    by_name = {name: rule for rule in rules for name in (rule.code.casefold(), rule.name)}
    return tuple(
        PlacedWaiver(index, waiver, by_name.get(waiver.rule.casefold()), path_of(data, waiver.path or ""))
        for index, waiver in enumerate(waivers)
    )


def judged(
    waivers: Iterable[PlacedWaiver],
    found: Collection[Found],
    rules: Collection[Rule],
    ran: Collection[Rule],
    as_of: dt.date,
) -> Iterator[Found]:
    """What is wrong with waivers: a rule that is not among all rules, a path that leads nowhere, nothing to accept."""
    for placed in waivers:
        if placed.rule is None:
            message = f"No rule that can be waived has the code '{placed.waiver.rule}'."
            remedy = rule_meant(placed.waiver.rule, rules)
            yield Found(unknown, Hit(path=("waivers", placed.number, "rule"), message=message, remedy=remedy))
        elif placed.holds(as_of) and placed.rule in ran and not any(map(placed.accepts, found)):
            key = "path" if placed.path is None else "rule"
            yield Found(unmatched, Hit(path=("waivers", placed.number, key), message=_why_unmatched(placed)))


def accepting_waiver(waivers: Iterable[PlacedWaiver], found: Found, as_of: dt.date) -> Waiver | None:
    """The first waiver that accepts a hit today, if any."""
    return next((placed.waiver for placed in waivers if placed.holds(as_of) and placed.accepts(found)), None)


def _why_unmatched(placed: PlacedWaiver) -> str:
    if placed.path is None:
        return f"'{placed.waiver.path}' leads nowhere in this plan, so the waiver accepts nothing."
    where = f"at '{placed.waiver.path}'" if placed.waiver.path else "in this plan"
    return f"{placed.waiver.rule} finds nothing {where}, so the waiver accepts nothing."
