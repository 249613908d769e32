"""The schema of a plan file accepts what pcstrat accepts, as editors read it, and refuses what a schema can."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import ruamel.yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from jsonschema.protocols import Validator

from pcstrat.diagnostics import Finding
from pcstrat.export.plan_schema import plan_schema, plan_schema_text
from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.registry import load_registry
from pcstrat.source import read_source

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
REGISTRY = load_registry(None)
VALIDATOR: Validator = Draft7Validator(plan_schema(REGISTRY))
PLANS = [*sorted((ROOT / "strategies").glob("*.yaml")), *sorted((TESTS / "formats").glob("*.yaml"))]
SHAPES = sorted((TESTS / "examples" / "shape").glob("*.yaml"))
SHAPE_CODES = {"V01", "V02", "V03", "V04", "V05", "V09", "R03", "R04"}
"""What is wrong with the shape, the words or the codes: a schema can know it. Ids, times and amounts take a reader."""


def as_an_editor_reads(text: str) -> Any:
    """The data of a file in YAML 1.2, where a scalar may be a number; a date is text there."""
    yaml = ruamel.yaml.YAML(typ="safe", pure=True)
    return with_days_as_text(yaml.load(io.StringIO(text)))


def with_days_as_text(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): with_days_as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_days_as_text(value) for value in data]
    return data.isoformat() if isinstance(data, dt.date) else data


def refused(data: Any) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in VALIDATOR.iter_errors(data)
    ]


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(plan_schema(REGISTRY))
    assert json.loads(plan_schema_text(REGISTRY)) == plan_schema(REGISTRY)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_real_plans_and_frozen_examples_are_accepted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert refused(as_an_editor_reads(text)) == []
    assert refused(read_source(text.encode(), path.name).data) == []


SPLIT_BY_COMMAS = "The commas in brackets made"
"""An amount that its commas split is a list of texts, which a schema cannot tell from several amounts."""


def shape_findings() -> list[Any]:
    """Every finding about shape, words or codes in the examples of files that are no plans, with the file's data."""
    loaded = [load_plan(path.read_bytes(), path.stem, REGISTRY) for path in SHAPES]
    return [
        pytest.param(entry.source.data, finding, id=f"{entry.source.file}-{finding.code}-{number}")
        for entry in loaded
        for number, finding in enumerate(entry.errors)
        if finding.code in SHAPE_CODES and not finding.message.startswith(SPLIT_BY_COMMAS)
    ]


@pytest.mark.parametrize(("data", "finding"), shape_findings())
def test_what_is_wrong_with_the_shape_is_refused_where_it_is(data: Any, finding: Finding) -> None:
    path = finding.path
    places = [place for error in VALIDATOR.iter_errors(data) if (place := tuple(error.absolute_path)) or len(path) < 2]
    assert any(place == path[: len(place)] or path == place[: len(path)] for place in places), finding


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("document", "title"), 1.10),
        (("document", "contact"), 123),
        (("document", "title"), True),
        (("document", "published"), 2024),
        (("ambitions", 0, "additional"), "no"),
        (("ambitions", 0, "additional"), True),
        (("ambitions", 0, "says"), "3"),
        (("ambitions", 0, "says"), 3),
        (("ambitions", 0, "actions"), ["Text alone", {"text": "Text with more", "if": "it works"}]),
        (("ambitions", 0, "outcomes_when"), {"published": "August 2023/24", "read_as": "August 2023"}),
        (("ambitions", 0, "measures"), [{"text": "People seen", "baseline": {"published": "most of them"}}]),
    ],
)
def test_what_an_editor_takes_for_a_number_or_truth_value_is_accepted(
    minimal: dict[str, Any], place: tuple[Any, ...], value: Any
) -> None:
    assert refused(changed(minimal, place, value)) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("document", "kind"), "delivery"),
        (("document", "title"), None),
        (("document", "title"), " "),
        (("document", "titel"), "x"),
        (("icb",), "ZZZ"),
        (("ambitions", 0, "themes"), ["acess"]),
        (("ambitions", 0, "commitments"), ["MTP-NONE"]),
        (("ambitions", 0, "id"), "Not an id"),
        (("ambitions", 0, "actions"), "one"),
        (("ambitions", 0, "actions"), [{"owner": "Somebody, but for what"}]),
        (("ambitions", 0, "additional"), "maybe"),
        (("ambitions", 0, "says"), -1),
        (("totals",), [{"amount": "2 million", "what": "All of it"}]),
        (("pcstrat",), 2),
    ],
)
def test_what_cannot_be_is_refused(minimal: dict[str, Any], place: tuple[Any, ...], value: Any) -> None:
    assert refused(minimal) == []
    assert len(refused(changed(minimal, place, value))) == 1


def changed(plan: dict[str, Any], place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(plan)
    part: Any = data
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    return data


SEED = read_source((TESTS / "formats" / "1.yaml").read_bytes(), "1.yaml").data
WORDS = st.sampled_from(
    ["no", "yes", "on", "true", "012", "1.10", "5", "+5", "5_0", "1e3", "0x1F", "12:30", "2024-01-31", "£2m"]
)


def scalars(data: Any) -> Iterator[tuple[Any, Any]]:
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            yield from scalars(value)
        else:
            yield data, step


def plain_yaml(data: Any) -> str:
    """YAML in flow style whose scalars stand without quotes where they can, as people write them."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {plain_yaml(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(plain_yaml, data)) + "]"
    return data if data and data.replace(".", "").replace("_", "").isalnum() else json.dumps(data, ensure_ascii=False)


PLACES = list(scalars(SEED))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(PLACES) - 1), WORDS), min_size=1, max_size=12))
def test_whatever_pcstrat_accepts_the_schema_accepts(changes: list[tuple[int, str]]) -> None:
    data = copy.deepcopy(SEED)
    places = list(scalars(data))
    for place, word in changes:
        part, step = places[place]
        before, part[step] = part[step], word
        if load_plan(plain_yaml(data).encode(), "plan.yaml", REGISTRY).errors:
            part[step] = before
    text = plain_yaml(data)
    assert not load_plan(text.encode(), "plan.yaml", REGISTRY).errors
    assert refused(as_an_editor_reads(text)) == []


def test_every_field_is_described_and_codes_say_what_they_mean() -> None:
    schema = plan_schema(REGISTRY)
    assert set(schema["properties"]) == {field.alias or name for name, field in Plan.model_fields.items()}
    for name, definition in schema["definitions"].items():
        for field, part in definition.get("properties", {}).items():
            target = schema["definitions"].get(part.get("$ref", "").rpartition("/")[2], {})
            assert part.get("description") or target.get("description"), f"{name}.{field}"
        if "enumDescriptions" in definition:
            assert len(definition["enum"]) == len(definition["enumDescriptions"])
            assert all(definition["enumDescriptions"])


def test_codes_of_a_registry_of_ones_own_are_accepted(tmp_path: Path, minimal: dict[str, Any]) -> None:
    (tmp_path / "commitments.yaml").write_text(
        "commitments:\n  - {code: OWN-1, title: Our own, source_title: Us, kind: duty, status: current}\n",
        encoding="utf-8",
    )
    registry = load_registry(tmp_path)
    data = changed(minimal, ("ambitions", 0, "commitments"), ["OWN-1"])
    assert not list(Draft7Validator(plan_schema(registry)).iter_errors(data))
    assert refused(data)
