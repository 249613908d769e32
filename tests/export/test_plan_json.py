"""plan.json holds the whole plan in its own shape, byte for byte the same each time."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pcstrat.export.json_text import to_text
from pcstrat.export.plan_json import money_data, number_data, plan_data, time_data
from pcstrat.load import load_plan
from pcstrat.model.money import parse_money
from pcstrat.model.plan import Plan
from pcstrat.model.quantities import parse_quantity
from pcstrat.model.times import parse_time
from pcstrat.registry import Registry

DATA = Path(__file__).parents[1] / "data"
HASH = "0" * 64
PLANS = [*sorted((DATA.parents[1] / "strategies").glob("*.yaml")), DATA.parent / "formats" / "1.yaml"]
SCHEMA = Draft202012Validator(
    json.loads(
        (DATA.parents[1] / "src" / "pcstrat" / "data" / "schemas" / "plan-data.json").read_text(encoding="utf-8")
    )
)


def text_of(plan: Plan, registry: Registry) -> str:
    return to_text(plan_data(plan, registry, as_of=dt.date(2026, 11, 21), content_hash=HASH))


@pytest.fixture
def plan(registry: Registry) -> Plan:
    loaded = load_plan((DATA / "small-plan.yaml").read_bytes(), "small-plan.yaml", registry)
    assert loaded.plan is not None, loaded.findings
    return loaded.plan


@pytest.fixture
def data(plan: Plan, registry: Registry) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text_of(plan, registry))
    return loaded


def test_the_envelope_says_what_it_is(data: dict[str, Any]) -> None:
    assert list(data) == ["$schema", "pcstrat_plan", "as_of", "content_hash", "icb", "plan"]
    assert data["$schema"] == "../schemas/plan-data.json"
    assert data["pcstrat_plan"] == 1
    assert data["as_of"] == "2026-11-21"
    assert data["content_hash"] == HASH


def test_the_registry_facts_stand_beside_the_plan(data: dict[str, Any]) -> None:
    assert data["icb"]["ods_code"] == "QMM"
    assert data["icb"]["closed"] == "2026-03-31"
    assert data["icb"]["region"] == "East of England"
    assert data["icb"]["successors"][0]["short_name"] == "Norfolk and Suffolk"


def test_times_money_and_numbers_are_objects(data: dict[str, Any]) -> None:
    milestone = data["plan"]["ambitions"][0]["timeline"][0]["milestones"][0]
    assert milestone["when"] == {
        "published": "by September 2024",
        "kind": "by",
        "start": None,
        "end": "2024-09-30",
        "precision": "month",
        "approximate": False,
        "financial_years": ["2024/25"],
        "text": "by September 2024",
    }
    first, second = (line["amounts"][0]["amount"] for line in data["plan"]["funding"][0]["lines"])
    assert (first["pounds"], first["upper"], first["status"]) == ("1300000", None, "exact")
    assert (second["pounds"], second["status"]) == ("200000", "to be confirmed")
    target = data["plan"]["ambitions"][0]["measures"][0]["target"]["value"]
    assert (target["number"], target["unit"], target["text"]) == ("90", "%", "90%")


def test_what_is_not_stated_is_left_out(data: dict[str, Any]) -> None:
    assert "challenges" not in data["plan"]
    assert "subtitle" in data["plan"]["document"]
    assert "strapline" not in data["plan"]["document"]


def test_fields_stand_in_the_order_of_the_model_under_their_names_in_the_file(plan: Plan, data: dict[str, Any]) -> None:
    order = [field.alias or name for name, field in type(plan).model_fields.items()]
    assert list(data["plan"]) == [name for name in order if name in data["plan"]]


def test_further_facts_of_the_notations() -> None:
    assert time_data(parse_time("Years 2 to 4"))["programme_years"] == [2, 4]
    assert time_data(parse_time("monthly"))["every"]
    assert money_data(parse_money("up to £1.5m"))["qualifier"] == "up to"
    assert money_data(parse_money("TBC"))["pounds"] is None
    assert number_data(parse_quantity("33 out of 35"))["of"] == "35"
    assert number_data(parse_quantity("10 to 15 years"))["upper"] == "15"


def test_the_bytes_are_stable(plan: Plan, registry: Registry) -> None:
    text = text_of(plan, registry)
    assert text == text_of(plan, registry)
    assert text.endswith("}\n")
    assert "\r" not in text


def test_hidden_characters_are_escaped_and_come_back(registry: Registry, minimal: dict[str, Any]) -> None:
    title = "A\u202eplan\ufeff with é and 漢"
    plan = Plan.model_validate(minimal | {"document": minimal["document"] | {"title": title}})
    text = text_of(plan, registry)
    assert "\u202e" not in text
    assert "é and 漢" in text
    assert json.loads(text)["plan"]["document"]["title"] == title


def test_an_unknown_board_has_its_code(registry: Registry, minimal: dict[str, Any]) -> None:
    plan = Plan.model_validate(minimal | {"icb": "XXX"})
    assert json.loads(text_of(plan, registry))["icb"] == {"ods_code": "XXX"}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_data_has_the_published_shape(path: Path, registry: Registry) -> None:
    loaded = load_plan(path.read_bytes(), path.name, registry)
    assert loaded.plan
    SCHEMA.validate(json.loads(text_of(loaded.plan, registry)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("$schema",), "schemas/plan-data.json"),
        (("pcstrat_plan",), 2),
        (("content_hash",), "x"),
        (("plan", "document", "title"), 5),
        (("plan", "ambitions"), "one"),
        (("plan", "ambitions", 0, "timeline", 0, "milestones", 0, "when"), "2024/25"),
        (("plan", "funding", 0, "lines", 0, "amounts", 0, "amount", "pounds"), 1300000),
    ],
)
def test_the_published_shape_refuses_another(data: dict[str, Any], place: tuple[Any, ...], value: object) -> None:
    assert SCHEMA.is_valid(data)
    part: Any = data
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    assert not SCHEMA.is_valid(data)
