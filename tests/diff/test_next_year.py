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


TABLE = "    commitment: committed\n"
LINE = "        serves: [access]\n"


def with_year(text: str, year: str, *, of_line: str = "", published: str = "April 2026", period: str = "") -> str:
    """The plan with a table of money of a year, and with what its first line says besides."""
    dated = text.replace("  published: April 2025\n", f"  published: {published}\n{period}" if published else "")
    return dated.replace(TABLE, f"{TABLE}    year: {year}\n", 1).replace(LINE, f"{LINE}{of_line}", 1)


ONCE = "        recurrence: non-recurrent\n"


@pytest.mark.parametrize(
    ("of_line", "published", "period", "meaning"),
    [
        ("", "April 2026", "", "changed"),
        ("        recurrence: recurrent\n", "April 2026", "", "changed"),
        (ONCE, "April 2026", "", "weakened"),
        (ONCE, "October 2026", "", "weakened"),
        (ONCE, "March 2027", "", "changed"),
        (ONCE, "June 2026", "  period: 2027 to 2030\n", "changed"),
        (ONCE, "", "", "changed"),
    ],
)
def test_money_is_put_off_only_where_it_comes_once_in_plans_of_one_year(  # noqa: PLR0913, PLR0917 - a table and two fixtures
    of_line: str, published: str, period: str, meaning: str, text: str, plan_of: Read
) -> None:
    old = with_year(text, "2026/27", of_line=of_line, period="  period: 2026 to 2029\n" if period else "")
    new = with_year(text, "2027/28", of_line=of_line, published=published, period=period)
    found = [each for each in told(plan_of(old), plan_of(new)) if "later" in each]
    assert f"date-later {meaning}" in found
    assert (meaning == "weakened") == any("weakened" in each for each in found)


def test_a_table_that_is_back_under_another_id_for_the_next_year_is_no_loss(text: str, plan_of: Read) -> None:
    old = with_year(text, "2026/27")
    new = with_year(text, "2027/28", published="April 2027").replace("id: investment", "id: investment-2027")
    changes = diff_plans([plan_of(old)], plan_of(new)).changes
    assert [change.name for change in changes if change.field == "year"] == ["funding table 'Investment'"]
    assert not any("weakened" in each for each in told(plan_of(old), plan_of(new)))


def test_money_that_is_only_likely_to_be_the_same_is_not_put_off(text: str, plan_of: Read) -> None:
    old, new = (with_year(text, year, of_line=ONCE) for year in ("2026/27", "2027/28"))
    new = new.replace("id: investment", "id: next").replace("id: hub-money", "id: next-hubs")
    new = new.replace("id: phone-money", "id: next-phones")
    assert not any("weakened" in each for each in told(plan_of(old), plan_of(new)))
