"""Says what `check` itself finds: waivers that no longer hold, and rules that could not run."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Subject

_WAIVED = """
waivers:
  - rule: T01
    reason: The last year is planned in the autumn.
    owner: Director of Strategy
    until: {until}
"""


@rule(
    "W01",
    "waiver-expired",
    title="A waiver has expired",
    severity=Severity.WARNING,
    why="A waiver accepts a finding until a day. After it the finding counts again: nothing is accepted for ever.",
    remedy="Put the finding right, or decide again and set a new day.",
    before=_WAIVED.format(until="March 2024"),
    after=_WAIVED.format(until="March 2031"),
)
def expired(subject: Subject) -> Iterator[Hit]:
    """Waivers whose last day is before the day of the run."""
    for index, waiver in enumerate(subject.plan.waivers):
        if waiver.until.end is not None and waiver.until.end < subject.as_of:
            message = f"This waiver of {waiver.rule} held until {waiver.until.published}, so the finding counts again."
            yield Hit(path=("waivers", index, "until"), message=message)


@rule(
    "W02",
    "waiver-without-end",
    title="A waiver does not say until when it holds",
    severity=Severity.WARNING,
    why="A waiver without a last day would accept the finding for ever.",
    remedy="Write a day, month or year, such as `March 2028`.",
    before=_WAIVED.format(until="ongoing"),
    after=_WAIVED.format(until="March 2031"),
)
def without_end(subject: Subject) -> Iterator[Hit]:
    """Waivers whose time has no last day; they do not hold."""
    for index, waiver in enumerate(subject.plan.waivers):
        if waiver.until.end is None:
            message = f"“{waiver.until.published}” has no last day, so this waiver does not hold."
            yield Hit(path=("waivers", index, "until"), message=message)


def _by_engine(_subject: Subject) -> Iterator[Hit]:
    """Nothing: `check` finds these, since they are about the run."""
    return iter(())


unmatched = rule(
    "W03",
    "waiver-matches-nothing",
    title="A waiver matches no finding",
    severity=Severity.WARNING,
    why="A waiver that matches nothing is a leftover, or does not accept what it was meant to.",
    remedy="Delete it if the finding is gone. Otherwise correct its rule or its path.",
    before=_WAIVED.format(until="March 2031"),
    after="",
    by_engine=True,
)(_by_engine)

unknown = rule(
    "W04",
    "waiver-of-unknown-rule",
    title="A waiver names a rule that does not exist",
    severity=Severity.ERROR,
    why="A code that does not exist is never right. Findings about the shape of the file cannot be waived.",
    remedy="Write the code of a rule; `pcstrat rules` lists them.",
    before=_WAIVED.format(until="March 2031").replace("T01", "T99"),
    after="",
    by_engine=True,
)(_by_engine)

crashed = rule(
    "X01",
    "rule-crashed",
    title="A rule of pcstrat failed",
    severity=Severity.WARNING,
    why="The fault is in pcstrat, not in the plan. All other rules ran, but what this one looks for is not known.",
    remedy="Report it with the plan, or the part of it that the message names.",
    before="",
    after="",
    by_engine=True,
)(_by_engine)

RULES = (expired, without_end, unmatched, unknown, crashed)
