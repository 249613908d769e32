"""What is known of the five real plans, and what holds for any plans whatever their order."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any, get_args

import pytest

from pcstrat.compare import TABLES, TOPICS, Digest, compare, digest
from pcstrat.compare.table import Cell, Depth, NotComparable, NotJudged, NotStated, NotYetPublished, Shape, Stated
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry

AS_OF = dt.date(2026, 11, 21)
HWE, NW, BOB = "herts-west-essex", "norfolk-waveney", "bob"
NN, SEL = "nottingham-nottinghamshire", "south-east-london"

_CODES = {"LAW-INEQ", "C20-POP", "C20-PLUS", "C20-ADULT5", "C20-CYP5"}


def test_the_catalogue(real: Any) -> None:
    assert [topic.id for topic in real.topics] == list(TOPICS)
    assert {topic.tables[0].id for topic in real.topics} == set(TOPICS), "the leading table has the topic's id"
    assert set(real.by_id) == set(TOPICS) | set(TABLES)


def test_money_of_hertfordshire_and_west_essex(real: Any) -> None:
    committed, unsure = (
        real.cell("funding", HWE, "committed-exact"),
        real.cell("funding", HWE, "committed-to-be-confirmed"),
    )
    assert committed.value == Decimal(28_500_000)
    assert unsure.value == Decimal(4_600_000)
    assert committed.value + unsure.value == Decimal(33_100_000)
    assert real.cell("funding", HWE, "proposed-exact").value == Decimal(5_440_000)
    assert real.text("funding", HWE, "years") == "Not stated"
    assert isinstance(real.cell("funding", HWE, "per-head"), NotComparable)
    assert all(real.text("funding", plan, "committed-exact") == "No amount stated" for plan in (NW, BOB, NN, SEL))
    assert real["funding"].finding == (
        "Hertfordshire and West Essex lists £28.5 million as committed, £4.6 million as committed but "
        "'to be confirmed' and £5.44 million as proposed. The other four plans state no amounts."
    )


def test_victims_of_abuse_are_mentioned_by_none(real: Any) -> None:
    row = next(row for row in real["commitments"].rows if row.id == "LAW-ABUSE")
    assert all(cell == NotStated("Not mentioned") for cell in row.cells)


def test_a_commitment_has_one_depth_on_every_page(real: Any) -> None:
    inequalities = real["inequalities"]
    codes = {column.id: column.id.upper() for column in inequalities.columns if column.id.upper() in _CODES}
    assert len(codes) == len(_CODES)
    for row in inequalities.rows:
        for column, code in codes.items():
            assert real.cell("inequalities", row.id, column) == real.cell("commitments", code, row.id)


def test_year_one_differs(real: Any) -> None:
    assert real.text("profile", NW, "year-one") == "2024/25"
    assert real.text("profile", HWE, "year-one") == "2023/24"
    assert real.text("profile", BOB, "year-one") == "Not stated"


def test_commitments_that_came_later_are_no_fault_of_a_plan(real: Any) -> None:
    assert isinstance(real.cell("commitments", "PCA-PHSERV", NN), NotYetPublished)
    assert isinstance(real.cell("commitments", "TYP-COMM", BOB), NotJudged)
    assert real.cell("commitments", "DEN-ACCESS", NW).depth is Depth.MEASURE


def test_no_plan_has_a_complete_measure(real: Any) -> None:
    assert "None of them states a baseline, a target and a date together." in real["measures"].finding
    assert "None of the five plans splits a measure" in real["inequalities"].finding


def test_nottingham_has_no_dates(real: Any) -> None:
    row = next(row for row in real["milestones"].rows if row.id == NN)
    assert all(cell.text == "No milestones" for cell in row.cells)


def test_every_milestone_is_counted_once(real: Any, digests: tuple[Digest, ...]) -> None:
    for each in digests:
        row = next(row for row in real["milestones"].rows if row.id == each.plan)
        assert sum(cell.value for cell in row.cells if isinstance(cell, Stated)) == len(each.milestones)


def test_order_does_not_matter_and_each_plan_counts_once(
    digests: tuple[Digest, ...], registry: Registry, real: Any
) -> None:
    mixed = [*digests, *digests]
    random.Random(4).shuffle(mixed)  # noqa: S311 - any order will do
    assert compare(mixed, registry, as_of=AS_OF) == real.topics


def test_every_cell_is_typed_and_has_words(real: Any) -> None:
    for table in real.by_id.values():
        columns = [column.id for column in table.columns]
        assert len(set(columns)) == len(columns)
        rows = [row.id for row in table.rows]
        assert len(set(rows)) == len(rows), table.id
        for row, _, cell in table.cells:
            assert isinstance(cell, get_args(Cell))
            assert cell.text.strip()
            assert row.title
            if isinstance(cell, Stated):
                assert all(proof.plan in {facts.plan for facts in table.plans} for proof in cell.proofs)


def test_shapes(real: Any) -> None:
    plans = [facts.plan for facts in real["profile"].plans]
    for table in real.by_id.values():
        if table.shape is Shape.MATRIX:
            assert [column.plan for column in table.columns] == plans
        elif table.shape is Shape.PLANS:
            assert [row.plan for row in table.rows] == plans
        else:
            assert {row.plan for row in table.rows} <= set(plans)


def test_classified_items_have_proofs_that_name_them(real: Any) -> None:
    for row, _, cell in real["commitments"].cells:
        if isinstance(cell, Stated):
            assert cell.value == len(cell.proofs) > 0, row.id


def test_one_plan_alone(digests: tuple[Digest, ...], registry: Registry) -> None:
    for topic in compare(digests[:1], registry, as_of=AS_OF):
        assert topic.finding.endswith(".")
        assert "plans" not in topic.finding.split(".")[0].replace("other plans", "")


@pytest.mark.parametrize("number", [2, 42])
def test_many_plans(plans: tuple[Plan, ...], registry: Registry, number: int) -> None:
    copies = [digest(plans[index % 5].model_copy(update={"id": f"plan-{index}"}), registry) for index in range(number)]
    topics = compare(copies, registry, as_of=AS_OF)
    for table in (table for topic in topics for table in topic.tables):
        assert len(table.plans) == number
        assert len({facts.name for facts in table.plans}) == number, "plans of one ICB are told apart"
        assert len({row.id for row in table.rows}) == len(table.rows)
