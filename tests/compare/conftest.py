"""What tests of the comparison share: hand-made plans, the five real ones, and tables read by id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from pcstrat.compare import Digest, Topic, compare, digest
from pcstrat.compare.table import Cell, Table
from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry

AS_OF = dt.date(2026, 11, 21)
PLANS = sorted((Path(__file__).parents[2] / "strategies").glob("*.yaml"))


class Tables:
    """The tables of a comparison, by id."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self.by_id = {table.id: table for topic in self.topics for table in topic.tables}

    def __getitem__(self, table_id: str) -> Table:
        return self.by_id[table_id]

    def cell(self, table_id: str, row: str, column: str) -> Cell:
        table = self.by_id[table_id]
        index = [each.id for each in table.columns].index(column)
        return next(each for each in table.rows if each.id == row).cells[index]

    def text(self, table_id: str, row: str, column: str) -> str:
        return self.cell(table_id, row, column).text


def plan_data(plan_id: str, icb: str = "QMM", **more: Any) -> dict[str, Any]:
    """The data of a small plan; `document` is laid over what a document must have."""
    document = {"title": f"Plan {plan_id}", "kind": "delivery plan"} | more.pop("document", {})
    aims = more.pop("ambitions", [{"id": "one", "title": "Do one thing"}])
    return {"pcstrat": "1", "id": plan_id, "icb": icb, "document": document, "ambitions": aims} | more


@pytest.fixture(scope="session")
def made(registry: Registry) -> Callable[..., Tables]:
    """Compare plans given as data."""

    def tables(*plans: dict[str, Any], as_of: dt.date = AS_OF) -> Tables:
        return Tables(compare([digest(Plan.model_validate(plan), registry) for plan in plans], registry, as_of=as_of))

    return tables


@pytest.fixture(scope="session")
def plans(registry: Registry) -> tuple[Plan, ...]:
    loaded = [load_plan(path.read_bytes(), path.name, registry) for path in PLANS]
    return tuple(each.plan for each in loaded if each.plan)


@pytest.fixture(scope="session")
def digests(plans: tuple[Plan, ...], registry: Registry) -> tuple[Digest, ...]:
    return tuple(digest(plan, registry) for plan in plans)


@pytest.fixture(scope="session")
def real(digests: tuple[Digest, ...], registry: Registry) -> Tables:
    return Tables(compare(digests, registry, as_of=AS_OF))


@pytest.fixture(scope="session")
def hostile(registry: Registry) -> Tables:
    content = (Path(__file__).parents[1] / "hostile" / "plan.yaml").read_bytes()
    loaded = load_plan(content, "hostile.yaml", registry)
    assert loaded.plan is not None, loaded.findings
    return Tables(compare([digest(loaded.plan, registry)], registry, as_of=AS_OF))


@pytest.fixture(scope="session")
def data() -> Callable[..., dict[str, Any]]:
    return plan_data
