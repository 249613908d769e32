"""The SARIF log has the structure that SARIF 2.1.0 asks for, and nothing beside what is written here."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pcstrat.check import check_plan
from pcstrat.load import load_plan
from pcstrat.registry import Registry
from pcstrat.report.findings_sarif import findings_sarif
from pcstrat.review import Review
from pcstrat.text import has_unsafe_characters

AS_OF = dt.date(2026, 11, 21)


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
MESSAGE = closed(["text"], text=TEXT)
NUMBER = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = closed([], startLine=NUMBER, startColumn=NUMBER, endLine=NUMBER, endColumn=NUMBER)
LOCATION = closed(
    ["physicalLocation"],
    physicalLocation=closed(
        ["artifactLocation"],
        artifactLocation=closed(["uri"], uri={"type": "string", "pattern": r"^[A-Za-z0-9/._~%-]+$"}),
        region=REGION,
    ),
    logicalLocations={"type": "array", "items": closed(["name"], name=TEXT), "uniqueItems": True},
    message=MESSAGE,
)
RULE = closed(
    ["id"],
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed(["level"], level=LEVEL),
)
RESULT = closed(
    ["message", "ruleId", "ruleIndex", "level", "locations", "partialFingerprints"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations={"type": "array", "items": LOCATION, "minItems": 1, "maxItems": 1},
    relatedLocations={"type": "array", "items": LOCATION, "uniqueItems": True},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{16}$"}},
    suppressions={"type": "array", "items": closed(["kind"], kind={"const": "inSource"}, justification=TEXT)},
)
NOTE = closed(["message"], level=LEVEL, message=MESSAGE)
RUN = closed(
    ["tool", "results"],
    tool=closed(
        ["driver"],
        driver=closed(["name"], name=TEXT, version=TEXT, rules={"type": "array", "items": RULE, "uniqueItems": True}),
    ),
    columnKind={"const": "unicodeCodePoints"},
    invocations={
        "type": "array",
        "items": closed(
            ["executionSuccessful"],
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications={"type": "array", "items": NOTE},
        ),
    },
    results={"type": "array", "items": RESULT},
)
LOG = closed(
    ["version", "runs"],
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN, "minItems": 1},
    **{"$schema": {"type": "string", "format": "uri"}},
)


def run_of(review: Review) -> dict[str, Any]:
    data = json.loads(findings_sarif(review))
    jsonschema.Draft202012Validator(LOG).validate(data)
    run: dict[str, Any] = data["runs"][0]
    return run


def checked_with_every_rule(registry: Registry, *plans: tuple[str, bytes]) -> Review:
    results = [check_plan(load_plan(content, file, registry), registry, AS_OF) for file, content in plans]
    return Review(results=tuple(results), as_of=AS_OF)


@pytest.fixture
def the_five(registry: Registry, strategies: Path) -> Review:
    """The plans of this repository, with every rule."""
    plans = [(f"strategies/{path.name}", path.read_bytes()) for path in sorted(strategies.glob("*.yaml"))]
    return checked_with_every_rule(registry, *plans)


@pytest.fixture
def broken(registry: Registry, strategies: Path) -> Review:
    """The same text with a slip in its notation, a field that is not there, a value and a code that are not."""
    text = (strategies / "bob.yaml").read_text(encoding="utf-8")
    text = text.replace("icb: QU9", "icb: QU99\nicbs: [x", 1).replace("kind: ", "kind: no ", 1)
    nothing = ("strategies/näht.yaml", b"")
    return checked_with_every_rule(registry, ("strategies/bob.yaml", text.encode()), nothing)


@pytest.fixture
def waived(registry: Registry, strategies: Path) -> Review:
    """A plan with waivers that hold, one that has expired, and one that matches nothing."""
    row = "  - {{rule: {}, reason: 'Agreed, see [minutes] {{0}}', owner: The board, until: {}}}\n"
    rows = [("S10", "March 2030"), ("T08", "2028/29"), ("M01", "March 2020"), ("P05", "March 2030")]
    waivers = "waivers:\n" + "".join(row.format(*entry) for entry in rows)
    text = (strategies / "herts-west-essex.yaml").read_text(encoding="utf-8")
    return checked_with_every_rule(registry, ("strategies/herts-west-essex.yaml", f"{text}\n{waivers}".encode()))


def test_runs_on_real_plans_hold_what_they_are_to_show(the_five: Review, broken: Review, waived: Review) -> None:
    assert len(run_of(the_five)["results"]) > 250
    assert {result["level"] for result in run_of(the_five)["results"]} == {"warning", "note", "none"}
    assert {"error"} == {result["level"] for result in run_of(broken)["results"]}
    assert not run_of(broken)["invocations"][0]["executionSuccessful"]
    suppressed = {result["ruleId"] for result in run_of(waived)["results"] if "suppressions" in result}
    assert suppressed == {"S10", "T08"}
    assert {"W01", "W03"} <= {result["ruleId"] for result in run_of(waived)["results"]}


@pytest.mark.parametrize("name", ["whole", "clean", "crashed", "hostile", "the_five", "broken", "waived"])
def test_every_run_has_the_structure_of_sarif(name: str, request: pytest.FixtureRequest) -> None:
    run = run_of(request.getfixturevalue(name))
    prints = [result["partialFingerprints"]["pcstratFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert ("kind" in result) == (result["level"] == "none")


def test_each_place_is_a_result(whole: Review) -> None:
    results = run_of(whole)["results"]
    actions = [result for result in results if result["ruleId"] == "Q03"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in actions]
    assert [region["startLine"] for region in regions] == [12, 13, 14, 18]
    prints = [result["partialFingerprints"]["pcstratFinding/v1"] for result in results]
    assert len(set(prints)) == len(prints)
    first = actions[0]
    assert first["message"]["text"] == "ambition 'Boats for all', action 'Buy a boat': Action 1 is short. Mend Q03."


def test_levels_suppressions_and_what_happened_since(whole: Review) -> None:
    results = run_of(whole)["results"]
    assert {result["ruleId"]: result["level"] for result in results} == {
        "Q01": "warning", "Q02": "note", "Q03": "warning", "Q04": "none",
        "V02": "error",
    }  # fmt: skip
    suppressed = [result for result in results if "suppressions" in result]
    assert [result["suppressions"][0]["justification"] for result in suppressed] == ["The weather is not ours."]
    related = next(result for result in results if "relatedLocations" in result)["relatedLocations"]
    assert related[0]["message"]["text"] == "The storms stand here."


def test_rules_that_could_not_run_are_told(whole: Review, clean: Review, crashed: Review) -> None:
    invocations = [run_of(review)["invocations"][0] for review in (whole, clean, crashed)]
    assert [invocation["executionSuccessful"] for invocation in invocations] == [False, True, False]
    assert "strategies/plan-2.yaml" in invocations[0]["toolExecutionNotifications"][0]["message"]["text"]


def test_hostile_text_makes_no_link_and_no_placeholder(hostile: Review) -> None:
    text = findings_sarif(hostile)
    assert not has_unsafe_characters(text)
    messages = [result["message"]["text"] for result in run_of(hostile)["results"]]
    assert any("\\[link\\](javascript" in message for message in messages)
    assert any("{{{{ self" in message for message in messages)
