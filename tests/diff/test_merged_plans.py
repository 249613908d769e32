"""Plans of several boards in one: what all of them say once each is one item, whatever it stands in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pcstrat.diff import Difference, Kind, Significance, diff_plans
from pcstrat.model.plan import Plan


def board(name: str, icb: str, amount: str, table: str, *actions: str) -> Plan:
    lines = [{"title": "Same-day hubs", "amounts": [amount]}]
    aims: list[dict[str, Any]] = [
        {"id": f"access-{name}", "title": "Access to care", "actions": [{"text": text} for text in actions]}
    ]
    document = {"title": "A plan", "kind": "delivery plan"}
    funding = [{"title": table, "commitment": "committed", "lines": lines}]
    data = {"pcstrat": "1", "id": name, "icb": icb, "document": document, "ambitions": aims, "funding": funding}
    return Plan.model_validate(data)


def merged(new: Plan, *old: Plan) -> Difference:
    return diff_plans(list(old), new)


HUB = "Open a hub in every town."


def test_one_line_of_several_plans_is_added_up_whatever_its_tables_are_called() -> None:
    old = board("a", "QMJ", "£6.4m", "Money for access", HUB), board("b", "QRV", "£2.1m", "Investment", HUB)
    for table in ("Investment", "Funding of this plan"):
        found = merged(board("n", "Z9B2Z", "£7.5m", table, HUB), *old)
        (less,) = found.of(Significance.WEAKENED)
        assert (less.kind, less.amount) == (Kind.MONEY_DOWN, "£1 million, 11.8%")
        assert not found.of(Significance.STRENGTHENED)


def test_a_promise_that_stands_in_the_new_plan_did_not_go() -> None:
    old = board("a", "QMJ", "£1m", "Money", HUB), board("b", "QRV", "£1m", "Money", HUB)
    found = merged(board("n", "Z9B2Z", "£2m", "Money", HUB), *old)
    assert Counter(change.kind for change in found.changes) == {Kind.MERGED: 1, Kind.AMOUNT_CHANGED: 1}
    assert {change.significance for change in found.changes} == {Significance.CHANGED}


def test_what_only_one_of_them_promised_still_goes() -> None:
    old = board("a", "QMJ", "£1m", "Money", HUB, "Train nurses."), board("b", "QRV", "£1m", "Money", HUB)
    found = merged(board("n", "Z9B2Z", "£2m", "Money", HUB), *old)
    (gone,) = found.of(Significance.WEAKENED)
    assert gone.kind is Kind.REMOVED
    assert gone.after is None
