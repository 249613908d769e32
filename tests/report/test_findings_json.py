"""The JSON of findings has its published shape, and keeps what it promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pcstrat.report.findings_json import findings_json
from pcstrat.review import Review
from pcstrat.text import has_unsafe_characters

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "findings.json").read_text(encoding="utf-8"))


def data_of(review: Review) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(findings_json(review))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(data)
    return data


def described(schema: Any) -> set[str]:
    """Every property that a schema names, at any depth."""
    if isinstance(schema, list):
        return {name for part in schema for name in described(part)}
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())) | {name for part in schema.values() for name in described(part)}


@pytest.mark.parametrize("name", ["whole", "clean", "crashed", "hostile"])
def test_every_run_fits_the_published_schema(name: str, request: pytest.FixtureRequest) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = data_of(request.getfixturevalue(name))
    for part in (data, *data["plans"], *data["findings"]):
        assert set(part) <= described(SCHEMA)


def test_a_finding_says_everything(whole: Review) -> None:
    found = next(entry for entry in data_of(whole)["findings"] if entry["rule"] == "Q01")
    assert found.pop("fingerprint")
    assert found == {
        "rule": "Q01",
        "name": "rule-q01",
        "severity": "warning",
        "plan": "larkshire",
        "file": "strategies/plan-1.yaml",
        "line": 9,
        "column": 12,
        "end": {"line": 9, "column": 25},
        "where": "ambition 'Boats for all'",
        "address": "alpha/title",
        "owner": "Harbour Team",
        "message": "“Boats for all” is too many.",
        "why": "Because of the law. And more.",
        "remedy": "Mend Q01.",
        "fixable": False,
        "since": False,
        "waived": None,
        "places": [],
        "related": [
            {
                "line": 16,
                "column": 12,
                "end": {"line": 16, "column": 24},
                "where": "ambition 'Fewer storms'",
                "message": "The storms stand here.",
            }
        ],
    }


def test_places_waivers_and_what_happened_since_are_told_apart(whole: Review) -> None:
    findings = data_of(whole)["findings"]
    rolled = next(entry for entry in findings if entry["places"])
    assert [place["owner"] for place in rolled["places"]] == ["Harbour Team"] * 3 + [None]
    assert len({place["address"] for place in rolled["places"]} - {None}) == 4
    assert len({place["fingerprint"] for place in rolled["places"]} | {rolled["fingerprint"]}) == 5
    waived = next(entry for entry in findings if entry["waived"])
    assert waived["waived"] == {"reason": "The weather is not ours.", "owner": "The board", "until": "March 2028"}
    assert [entry["rule"] for entry in findings if entry["since"]] == ["Q04"]


def test_a_run_that_is_not_whole_says_so(whole: Review, clean: Review, crashed: Review) -> None:
    assert [data_of(review)["complete"] for review in (whole, clean, crashed)] == [False, True, False]
    broken = data_of(whole)["plans"][1]
    assert (broken["valid"], broken["rules_run"], broken["highest_profile"]) == (False, 0, None)
    assert len(broken["rules_not_run"]) == 6
    counts = {"error": 1, "warning": 2, "advice": 1, "since": 1, "waived": 1, "fixable": 0}
    assert data_of(whole)["summary"] == {"plans": 2, **counts}


def test_hostile_characters_are_escapes(hostile: Review) -> None:
    text = findings_json(hostile)
    assert not has_unsafe_characters(text)
    assert any("\u202e" in entry["message"] for entry in json.loads(text)["findings"])
