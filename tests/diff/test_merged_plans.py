"""Plans of several boards in one: what all of them say once each is one item, whatever it stands in."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pcstrat.diff import Difference, Kind, Significance, diff_plans
from pcstrat.diff.sentences import fact_sentence
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


TRAIN = "Train {} care navigators."


@pytest.mark.parametrize(
    ("now", "kind", "amount", "words"),
    [
        (250, Kind.NUMBER_DOWN, "40", "was 200 in a and 90 in b, 290 together, now 250"),
        (300, Kind.NUMBER_UP, "10", "was 200 in a and 90 in b, 290 together, now 300"),
        (290, Kind.NUMBER_CHANGED, "the same in all", "was 200 in a and 90 in b, 290 together, now 290"),
    ],
)
def test_what_several_plans_count_is_added_up(now: int, kind: Kind, amount: str, words: str) -> None:
    old = [board(name, "QMJ", "£1m", "Money", TRAIN.format(count)) for name, count in (("a", 200), ("b", 90))]
    found = merged(board("n", "Z9B2Z", "£2m", "Money", TRAIN.format(now)), *old)
    (change,) = [change for change in found.changes if change.subject.startswith("Action")]
    assert (change.kind, change.amount) == (kind, amount)
    assert words in fact_sentence(change)


@pytest.mark.parametrize(
    "text",
    ["Answer calls within {} minutes.", "Give every practice {} rooms.", "See {}% of patients.", "Visit {} times."],
)
def test_limits_and_rates_are_not_added_up(text: str) -> None:
    old = [board(name, "QMJ", "£1m", "Money", text.format(count)) for name, count in (("a", 40), ("b", 30))]
    found = merged(board("n", "Z9B2Z", "£2m", "Money", text.format(20)), *old)
    assert not any(change.is_together for change in found.changes if change.subject.startswith("Action"))


def test_what_several_plans_count_alike_is_one_thing() -> None:
    old = [board(name, "QMJ", "£1m", "Money", TRAIN.format(200)) for name in ("a", "b")]
    found = merged(board("n", "Z9B2Z", "£2m", "Money", TRAIN.format(200)), *old)
    assert not [change for change in found.changes if change.subject.startswith("Action")]


def with_teams(*actions: dict[str, str]) -> Plan:
    document = {"title": "A plan", "kind": "delivery plan"}
    aims = [{"id": "teams", "title": "Teams", "actions": list(actions)}]
    return Plan.model_validate({"pcstrat": "1", "id": "a", "icb": "QMJ", "document": document, "ambitions": aims})


@pytest.mark.parametrize(("north", "expected"), [(18, [Kind.NUMBER_DOWN, Kind.SPLIT]), (20, [Kind.SPLIT])])
def test_a_declared_split_says_how_many_were_lost(north: int, expected: list[Kind]) -> None:
    old = with_teams({"id": "all", "text": "Set up 48 teams."})
    new = with_teams(
        {"id": "north", "text": f"Set up {north} teams in the north.", "split_from": "all"},
        {"id": "south", "text": "Set up 28 teams in the south.", "split_from": "all"},
    )
    forth, back = diff_plans([old], new).changes, diff_plans([new], old).changes
    assert sorted(change.kind for change in forth) == expected
    assert Counter(change.kind.opposite for change in back) == Counter(expected)
    sums = [fact_sentence(change) for change in forth if change.is_together]
    assert sums == ["Number down: was 48, now 18 and 28, 46 together (2)."] * (len(expected) - 1)


def test_what_only_one_of_them_promised_still_goes() -> None:
    old = board("a", "QMJ", "£1m", "Money", HUB, "Train nurses."), board("b", "QRV", "£1m", "Money", HUB)
    found = merged(board("n", "Z9B2Z", "£2m", "Money", HUB), *old)
    (gone,) = found.of(Significance.WEAKENED)
    assert gone.kind is Kind.REMOVED
    assert gone.after is None
