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


def people(plan_id: str, count: str = "1 million", **more: Any) -> dict[str, Any]:
    lines = more.pop("lines", [line("£3m")])
    table = money(*lines, year=more.pop("year", "2024/25"), **more.pop("table", {}))
    scope = {"scope": ["dentistry"], **more.pop("document", {})}
    return {
        "plan_id": plan_id,
        "document": scope,
        "figures": [{"key": "population", "value": count}],
        "funding": [table],
        **more,
    }


UNLIKE = [
    (people("b"), "£1.50"),
    (people("b", document={"scope": []}, lines=[line("£1m", pillars=["dentistry"])]), "£1.50"),
    (people("b", year="2025/26"), "it differs from {b} in years"),
    (people("b", document={"scope": ["optometry"]}), "it differs from {b} in parts of primary care"),
    (people("b", lines=[line("£1m", pillars=["optometry"])]), "it differs from {b} in parts of primary care"),
    (people("b", lines=[line("£1m", themes=["estates"])]), "it differs from {b} in themes"),
    (people("b", lines=[line("£1m", excludes="staff")]), "it differs from {b} in what the amounts leave out"),
    (people("b", lines=[line("£1m", additional_to="the grant")]), "it differs from {b} in what they come on top of"),
    (people("b", table={"recurrence": "recurrent"}), "it differs from {b} in whether the money comes again"),
    (people("b", lines=[line("£1m", "£2m (TBC)")]), "it differs from {b} in amounts still to be confirmed"),
    (
        people("b", document={"kind": "briefing"}, year="2025/26"),
        "it differs from {b} in kinds of document and years",
    ),
    (people("b", lines=[line("£1m"), line("£1m to £2m")]), "no other plan says enough of such money"),
    (people("b", lines=[line("£1m"), line("£1m", commitment="not stated")]), "no other plan says enough of such money"),
    (people("b", document={"scope": []}), "no other plan says enough of such money"),
]


@pytest.mark.parametrize(("other", "expected"), UNLIKE)
def test_pounds_per_head_only_where_the_money_is_alike(made: Make, data: Make, other: Any, expected: str) -> None:
    tables = made(data(**people("a", "2 million")), data(**other))
    cell = tables.cell("funding", "a", "per-head")
    if expected == "£1.50":
        assert (cell.text, cell.value) == (expected, Decimal("1.50"))
        assert [scale.plans for scale in tables["funding"].scales] == [("a", "b")]
        return
    assert cell.text == f"Not comparable: {expected.format(b='Norfolk and Waveney (b)')}"
    assert not tables["funding"].scales, "what is not comparable is not drawn"
    assert "Norfolk and Waveney (a)" in " ".join(tables["funding"].apart)


def test_why_money_of_a_plan_cannot_be_compared(made: Make, data: Make) -> None:
    gaps = people("a", lines=[line("£1m to £2m"), line("£1m"), line()], year=None, document={"scope": []})
    gaps["funding"][0].pop("year")
    tables = made(data(**gaps), data(**people("b")), data("c"))
    assert tables.text("funding", "a", "per-head") == (
        "Not comparable: 2 amounts are ranges or have no figure, the year of an amount is not stated and the part of "
        "primary care that an amount is for is not stated"
    )
    assert isinstance(tables.cell("funding", "c", "per-head"), NotApplicable)


def test_one_plan_alone_with_money_has_nothing_to_compare(made: Make, data: Make) -> None:
    tables = made(data(**people("a")), data("b"))
    assert tables.text("funding", "a", "per-head") == "Only one plan states amounts, so there is nothing to compare"
    assert not tables["funding"].apart


def test_pounds_per_head_need_a_population_in_two_plans(made: Make, data: Make) -> None:
    tables = made(data(**people("a")), data(**people("b") | {"figures": []}))
    assert tables.text("funding", "b", "per-head") == "Population not stated"
    assert "no plan whose money is like it states its population" in tables.text("funding", "a", "per-head")


def test_plans_alike_in_pairs_are_compared_in_pairs(made: Make, data: Make) -> None:
    tables = made(
        *(data(**people(name, year=year)) for name, year in zip("abcd", ["2024/25", "2025/26"] * 2, strict=True))
    )
    notes = [tables.cell("funding", name, "per-head").note for name in "abcd"]
    assert notes == [f"like Norfolk and Waveney ({other}) alone" for other in "cdab"]
    assert [scale.plans for scale in tables["funding"].scales] == [("a", "c"), ("b", "d")]


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


LIKE_INIT = {
    "id": "m",
    "text": "Patients with an urgent need are seen on the day they ask.",
    "baseline": {"value": "74%", "when": "March 2026"},
    "target": {"value": "90%", "when": "March 2028"},
}
SEEN = "patients with an urgent need are *seen* on the day they ask"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (LIKE_INIT, LIKE_INIT, "Yes, with Norfolk and Waveney (b)"),
        (LIKE_INIT, LIKE_INIT | {"text": SEEN}, "Yes, with Norfolk and Waveney (b)"),
        (LIKE_INIT, LIKE_INIT | {"text": "x", "indicator": LIKE_INIT["text"]}, "Yes, with Norfolk and Waveney (b)"),
        (LIKE_INIT, LIKE_INIT | {"indicator": "Seen"}, "No: no other plan has this indicator"),
        (LIKE_INIT, LIKE_INIT | {"text": "People are content"}, "No: no other plan has this indicator"),
        (LIKE_INIT, LIKE_INIT | {"target": "90%"}, "No: target years differ"),
        ({"id": "m", "text": SEEN}, {"id": "m", "text": SEEN}, "No: indicator not stated"),
    ],
)
def test_the_text_of_a_measure_with_numbers_says_what_is_counted(
    made: Make, data: Make, first: Any, second: Any, expected: str
) -> None:
    tables = made(data("a", ambitions=[aim(measures=[first])]), data("b", ambitions=[aim(measures=[second])]))
    assert tables.text("measures-all", "a/m", "comparable") == expected
    is_counted = "target" in first
    assert tables.text("measures", "a", "with-indicator") == ("1 of 1" if is_counted else "0 of 1")
    assert tables.text("measures-all", "a/m", "indicator") == (first["text"] if is_counted else "Not stated")


def test_what_measures_state(made: Make, data: Make) -> None:
    full = measure(baseline="50%", target={"value": "90%", "when": "2024/25"}, splits=["age"], direction="up")
    tables = made(data("a", ambitions=[aim(measures=[full, "Another"])]), data("b"))
    assert tables.text("measures", "a", "complete") == "1 of 2"
    assert tables.text("measures", "b", "complete") == "No measures stated"
    assert tables.text("inequalities", "a", "split-age") == "1 of 2"
    assert tables.text("inequalities", "a", "split-sex") == "0 of 2"
    assert tables.text("measures-all", "a/m", "by") == "2024/25"
