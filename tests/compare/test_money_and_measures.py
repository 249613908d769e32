"""The tables of money and of measures, on hand-made plans."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pcstrat.compare.table import NotApplicable, NotComparable, Stated

Make = Callable[..., Any]


def aim(**more: Any) -> dict[str, Any]:
    return {"id": "one", "title": "Do one thing"} | more


def money(*lines: dict[str, Any], commitment: str = "committed", **more: Any) -> dict[str, Any]:
    return {"title": "Money", "commitment": commitment, "lines": list(lines)} | more


def line(*amounts: str, **more: Any) -> dict[str, Any]:
    return {"title": "Line", "amounts": list(amounts)} | more


def test_subtotals_are_kept_apart(made: Make, data: Make) -> None:
    tables_of_money = [
        money(line("£1.3m", "£2m (TBC)"), line(), line("TBC"), line("£1m to £2m")),
        money(line("£200k"), line("£5m", commitment="existing"), commitment="proposed"),
    ]
    tables = made(data("a", funding=tables_of_money), data("b"))
    assert tables.text("funding", "a", "committed-exact") == "£1.3 million"
    assert tables.text("funding", "a", "committed-to-be-confirmed") == "£2 million"
    assert tables.text("funding", "a", "proposed-exact") == "£200,000"
    assert tables.text("funding", "a", "existing-exact") == "£5 million"
    assert tables.text("funding", "a", "not-summed") == "3"
    assert tables.text("funding", "b", "committed-exact") == "No amount stated"
    assert len(tables["funding-lines"].rows) == 7
    assert tables["funding"].finding.startswith("Norfolk and Waveney (a) lists £1.3 million as committed")


def people(plan_id: str, count: str, year: str = "2024/25", scope: str = "dentistry") -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "document": {"scope": [scope]},
        "figures": [{"key": "population", "value": count}],
        "funding": [money(line("£3m"), year=year)],
    }


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (people("b", "1 million"), "£1.50"),
        (people("b", "1 million", year="2025/26"), "Not comparable: the amounts cover different things"),
        (people("b", "1 million", scope="optometry"), "Not comparable: the amounts cover different things"),
        ({"plan_id": "b"}, "Only one plan states amounts, so there is nothing to compare"),
    ],
)
def test_pounds_per_head_only_where_the_scope_is_alike(made: Make, data: Make, other: Any, expected: str) -> None:
    tables = made(data(**people("a", "2 million")), data(**other))
    assert tables.text("funding", "a", "per-head") == expected
    if expected == "£1.50":
        cell = tables.cell("funding", "a", "per-head")
        assert isinstance(cell, Stated)
        assert cell.value == Decimal("1.50")


def test_pounds_per_head_need_a_population_and_an_amount(made: Make, data: Make) -> None:
    without = people("b", "1 million") | {"figures": []}
    tables = made(data(**people("a", "2 million")), data(**without), data("c"))
    assert tables.text("funding", "b", "per-head") == "Population not stated"
    assert isinstance(tables.cell("funding", "c", "per-head"), NotApplicable)


def measure(**more: Any) -> dict[str, Any]:
    return {"id": "m", "text": "More people are seen", "indicator": "Seen the same day", "unit": "%"} | more


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (measure(), measure(indicator="seen the SAME day"), "Yes, with Norfolk and Waveney (b)"),
        (measure(unit="people"), measure(), "No: units differ"),
        (measure(by="2024/25"), measure(by="2025/26"), "No: target years differ"),
        (measure(population="adults"), measure(unit="people"), "No: units and populations differ"),
        (measure(indicator="Another"), measure(), "No: no other plan has this indicator"),
        ({"id": "m", "text": "x"}, measure(), "No: indicator not stated"),
        ({"id": "m", "text": "x", "indicator": "Seen the same day"}, measure(), "No: unit not stated"),
    ],
)
def test_which_measures_compare(made: Make, data: Make, first: Any, second: Any, expected: str) -> None:
    tables = made(data("a", ambitions=[aim(measures=[first])]), data("b", ambitions=[aim(measures=[second])]))
    cell = tables.cell("measures-all", "a/m", "comparable")
    assert cell.text == expected
    assert isinstance(cell, Stated if expected.startswith("Yes") else NotComparable)


def test_what_measures_state(made: Make, data: Make) -> None:
    full = measure(baseline="50%", target={"value": "90%", "when": "2024/25"}, splits=["age"], direction="up")
    tables = made(data("a", ambitions=[aim(measures=[full, "Another"])]), data("b"))
    assert tables.text("measures", "a", "complete") == "1 of 2"
    assert tables.text("measures", "b", "complete") == "No measures stated"
    assert tables.text("inequalities", "a", "split-age") == "1 of 2"
    assert tables.text("inequalities", "a", "split-sex") == "0 of 2"
    assert tables.text("measures-all", "a/m", "by") == "2024/25"
