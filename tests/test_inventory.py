"""Each plan states every figure, date, amount, name, title and label of its source, and no figure besides."""

import pytest

import inventory_tools as tools

PLANS = sorted(path.stem for path in tools.INVENTORIES.glob("*.csv"))


def test_each_of_the_five_plans_has_an_inventory() -> None:
    assert sorted(path.stem for path in (tools.ROOT / "strategies").glob("*.yaml")) == PLANS
    assert len(PLANS) == 5


@pytest.mark.parametrize("plan_id", PLANS)
def test_every_value_of_the_source_stands_at_its_path(plan_id: str) -> None:
    rows = tools.read_inventory(plan_id)
    found = tools.problems(tools.read_plan(plan_id), rows)
    assert rows
    assert not found, f"{len(found)} of {len(rows)} rows:\n" + "\n".join(found)


@pytest.mark.parametrize("plan_id", PLANS)
def test_every_figure_of_the_plan_is_in_its_source(plan_id: str) -> None:
    extra = tools.figures_without_row(tools.read_plan(plan_id), tools.read_inventory(plan_id))
    assert not extra, f"figures in {plan_id} that its inventory lacks: {sorted(extra)}"


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_missing_fact_is_noticed(plan_id: str) -> None:
    row = next(row for row in tools.read_inventory(plan_id) if row.kind == "title")
    assert tools.problems(tools.read_plan(plan_id), [row._replace(value=f"{row.value} 9876")])
