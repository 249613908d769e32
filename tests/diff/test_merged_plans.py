"""Plans of several boards in one: what all of them say once each is one item, whatever it stands in."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pcstrat.diff import Difference, Kind, Significance, diff_plans
from pcstrat.diff.sentences import fact_sentence
from pcstrat.model.plan import Plan


def board(name: str, icb: str, amount: str, table: str, *actions: str) -> Plan:
    lines = [{"title": "Same-day hubs", "amounts": [amount] if amount else []}]
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


def with_teams(*actions: dict[str, Any]) -> Plan:
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


def giving_up(name: str, icb: str, *, is_given_up: bool, of_ambition: bool = False) -> Plan:
    retired = {"retired": {"reason": "no money"}} if is_given_up else {}
    action = {"text": HUB, "when": "by June 2027"} | ({} if of_ambition else retired)
    aim = {"id": f"access-{name}", "title": "Access to care", "actions": [action]} | (retired if of_ambition else {})
    document = {"title": "A plan", "kind": "delivery plan"}
    return Plan.model_validate({"pcstrat": "1", "id": name, "icb": icb, "document": document, "ambitions": [aim]})


@pytest.mark.parametrize("of_ambition", [False, True])
@pytest.mark.parametrize("live", ["a", "b"])
def test_what_one_of_them_still_promised_is_given_up_though_another_gave_it_up_before(
    live: str, *, of_ambition: bool
) -> None:
    old = [
        giving_up(name, icb, is_given_up=name != live, of_ambition=of_ambition)
        for name, icb in (("a", "QMJ"), ("b", "QRV"))
    ]
    found = merged(giving_up("n", "Z9B2Z", is_given_up=True, of_ambition=of_ambition), *old)
    (lost,) = found.of(Significance.WEAKENED)
    assert (lost.kind, lost.old_plan, lost.reason) == (Kind.RETIRED, live, "no money")
    assert fact_sentence(lost).startswith("Given up: no money. What it had promised: ")


def test_what_none_of_them_still_promised_is_not_given_up_again() -> None:
    old = [giving_up(name, icb, is_given_up=True) for name, icb in (("a", "QMJ"), ("b", "QRV"))]
    found = merged(giving_up("n", "Z9B2Z", is_given_up=True), *old)
    assert {change.kind for change in found.changes} == {Kind.MERGED}


def test_of_items_joined_in_one_plan_each_that_was_still_promised_is_given_up_and_back_taken_up() -> None:
    retired = {"reason": "no money"}
    apart = with_teams(
        {"id": "north", "text": "Set up teams in the north.", "retired": retired},
        {"id": "south", "text": "Set up teams in the south."},
    )
    joined = with_teams(
        {"id": "all", "text": "Set up teams.", "retired": retired, "merged_from": ["north", "south"]},
    )
    forth, back = diff_plans([apart], joined).changes, diff_plans([joined], apart).changes
    assert Counter(change.kind for change in forth) == {Kind.MERGED: 1, Kind.RETIRED: 1}
    assert Counter(change.kind for change in back) == {Kind.SPLIT: 1, Kind.REINSTATED: 1}
    (back_up,) = [change for change in back if change.kind is Kind.REINSTATED]
    assert back_up.item_id == "south"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            ("£2m to £3m", "£2m to £3m"),
            "£3m to £4m",
            (
                "Less money: was £2m to £3m in a and £2m to £3m in b, £4 million to £6 million together, "
                "now £3m to £4m (up to £3 million)."
            ),
        ),
        (
            ("£1m to £2m", "£6m"),
            "£4m",
            (
                "Less money: was £1m to £2m in a and £6m in b, £7 million to £8 million together, "
                "now £4m (£3 million to £4 million)."
            ),
        ),
        (
            ("£1m to £2m", "£6m"),
            "£6m to £9m",
            "Amount changed: was £1m to £2m in a and £6m in b, £7 million to £8 million together, now £6m to £9m.",
        ),
        (("about £1m", "£2m to £3m"), "£3m", "Amount changed: was about £1m in a and £2m to £3m in b, now £3m."),
        (("up to £3m", "at least £2m"), "£4m", "Amount changed: was up to £3m in a and at least £2m in b, now £4m."),
        (("£3m", "£2m"), "up to £4m", "Amount changed: was £3m in a and £2m in b, £5 million together, now up to £4m."),
        (("£3m", "TBC"), "£4m", "Amount changed: was £3m in a and TBC in b, now £4m."),
        (("£3m", ""), "£4m", "Amount changed: was £3m in a and no amount in b, now £4m."),
    ],
)
def test_only_money_whose_sum_is_known_is_less_or_more(old: tuple[str, str], new: str, sentence: str) -> None:
    olds = board("a", "QMJ", old[0], "Money", HUB), board("b", "QRV", old[1], "Money", HUB)
    found = merged(board("n", "Z9B2Z", new, "Money", HUB), *olds)
    (money,) = [change for change in found.changes if change.kind is not Kind.MERGED]
    assert fact_sentence(money) == sentence
    assert money.significance is (Significance.WEAKENED if "Less" in sentence else Significance.CHANGED)


def test_money_without_any_figure_is_not_added_up() -> None:
    olds = board("a", "QMJ", "TBC", "Money", HUB), board("b", "QRV", "TBC", "Money", HUB)
    found = merged(board("n", "Z9B2Z", "TBC", "Money", HUB), *olds)
    assert {change.kind for change in found.changes} == {Kind.MERGED}
