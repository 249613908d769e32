"""An ordinary next year of a plan is no loss: dates that promise nothing, yearly money, what was kept or is past."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diff import diff_plans
from pcstrat.model.plan import Plan

Read = Callable[[str], Plan]


def told(old: Plan, new: Plan) -> list[str]:
    """Every change as "kind significance"; swapped sides must say the opposite."""
    forth, back = diff_plans([old], new).changes, diff_plans([new], old).changes
    opposite = sorted((change.kind.opposite, change.significance.opposite) for change in back)
    assert sorted((change.kind, change.significance) for change in forth) == opposite
    return [f"{change.kind} {change.significance}" for change in forth]


@pytest.mark.parametrize(
    ("find", "replace", "meaning"),
    [
        (
            "  version: v1\n",
            "  version: v1\n  board: {approvals: [{text: Approved by the board., when: YEAR}]}\n",
            "changed",
        ),
        (
            "    owner: Chief medical officer\n",
            "    rationale: [{text: A survey found long waits., when: YEAR}]\n",
            "changed",
        ),
        ("funding:\n", "engagement: {heard: [{text: People wait too long., when: YEAR}]}\nfunding:\n", "changed"),
        (
            "    owner: Chief medical officer\n",
            "    review: {text: The board looks at it again., when: YEAR}\n",
            "changed",
        ),
        ("status: planned\n", "points: [{text: Agreed in the plan., when: YEAR}]\n", "changed"),
        ("    owner: Chief medical officer\n", "    outcomes: [{text: Nobody waits., when: YEAR}]\n", "weakened"),
        ("    owner: Chief medical officer\n", "    outcomes_when: YEAR\n", "weakened"),
        ("when: monthly\n", "when: YEAR\n", "weakened"),
        ("by September 2026", "YEAR", "weakened"),
        ("        target: 14 days\n", "        target: 14 days\n        by: YEAR\n", "weakened"),
        ("        target: 14 days\n", "        target: {value: 14 days, when: YEAR}\n", "weakened"),
    ],
)
def test_only_a_date_that_promises_something_slips(
    find: str, replace: str, meaning: str, text: str, plan_of: Read
) -> None:
    assert find in text
    old, new = (plan_of(text.replace(find, replace.replace("YEAR", year), 1)) for year in ("May 2026", "May 2027"))
    assert told(old, new) == [f"date-later {meaning}"]
