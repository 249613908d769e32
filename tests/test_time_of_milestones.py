"""One milestone has one time: its list, the rules, the diff of two boards and what was promised all name the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pcstrat.diff import version_of
from pcstrat.diff._items import nodes_of
from pcstrat.diff._promised import Contents, OtherSide
from pcstrat.diff.alignment import align_plans
from pcstrat.model.plan import Plan
from pcstrat.model.points import Milestone
from pcstrat.outline import milestones_in_plan
from pcstrat.registry import Registry
from pcstrat.rules.sequence import RULES
from pcstrat.rules.subject import Subject
from pcstrat.stratml.read import read_stratml
from pcstrat.stratml.words import NOT_CARRIED
from pcstrat.stratml.write import plan_stratml

BAND = {"label": "2023 - 2026", "when": "2023 - 2026"}
UNCLEAR = {"published": "2040 - 2045"}
NO_TIME = None

CASES: dict[str, tuple[dict[str, Any], dict[str, Any] | None, str | None]] = {
    "a deadline alone": ({"due": "by March 2030"}, None, "by March 2030"),
    "a deadline beside a longer time": ({"when": "2023 - 2026", "due": "24/25"}, None, "24/25"),
    "a deadline in a band": ({"due": "by March 2030"}, BAND, "by March 2030"),
    "an unclear deadline in a band": ({"due": UNCLEAR}, BAND, "“2040 - 2045” (date unclear)"),
    "an unclear deadline beside a time": ({"when": "2023 - 2026", "due": UNCLEAR}, None, "2023 - 2026"),
    "a time in a band": ({"when": "May 2024"}, BAND, "May 2024"),
    "the time of the band": ({}, BAND, "2023 - 2026"),
    "the years of the band": ({}, {"label": "First", "band": "2023/24"}, "2023/24"),
    "a clear period before an unclear one": ({}, {"label": "First", "band": "2023/24", "when": UNCLEAR}, "2023/24"),
    "the label of the band": ({}, {"label": "2024/25: first steps"}, "2024/25"),
    "the label of the band behind its fields": ({}, {"label": "2024/25", "when": "2023 - 2026"}, "2023 - 2026"),
    "the dates of the label before the years of the band": (
        {},
        {"label": "2024/25: first steps", "band": "Year 2"},
        "2024/25",
    ),
    "a time among other words of a label": ({}, {"label": "Preparing for 2024/25"}, NO_TIME),
    "no time": ({}, None, NO_TIME),
}

every_case = pytest.mark.parametrize(("stated", "band", "expected"), CASES.values(), ids=CASES)
every_statement = pytest.mark.parametrize(("stated", "band"), [case[:2] for case in CASES.values()], ids=CASES)


def plan_with(stated: dict[str, Any], band: dict[str, Any] | None, icb: str = "QMM") -> Plan:
    milestone = {"id": "hub", "text": "Open the hub."} | stated
    where = {"timeline": [band | {"milestones": [milestone]}]} if band else {"milestones": [milestone]}
    aim = {"id": "one", "title": "Do one thing", "themes": ["access"]} | where
    document = {"title": "A plan", "kind": "delivery plan"}
    return Plan.model_validate({"pcstrat": "1", "id": "a", "icb": icb, "document": document, "ambitions": [aim]})


@every_case
def test_everybody_names_the_same_time(
    stated: dict[str, Any], band: dict[str, Any] | None, expected: str | None, registry: Registry
) -> None:
    plan = plan_with(stated, band)
    (listed,) = milestones_in_plan(plan)
    subject = Subject(plan, registry, dt.date(2026, 11, 21))
    (placed,) = subject.milestones
    assert subject.time_of(placed) == listed.time
    (node,) = (node for node in nodes_of(plan) if isinstance(node.part, Milestone))
    published = (expected or "").removesuffix(" (date unclear)").strip("“”")
    other_side = OtherSide(None, frozenset, "new")
    promised = Contents(node, lambda _part: False, lambda _part: False, other_side).in_words()
    assert promised == (listed.time.published if listed.time else "") == published
    other = plan_with({}, None, "QH8")
    found = align_plans(plan, other, registry, (version_of(plan), version_of(other)))
    (planned,) = next(topic for topic in found.topics if topic.code == "access").old
    assert planned.dates == ((f"{expected}: Open the hub.",) if expected else ())


@every_statement
def test_stratml_loses_no_time_of_a_milestone(
    stated: dict[str, Any], band: dict[str, Any] | None, registry: Registry
) -> None:
    plan = plan_with(stated, band)
    text = plan_stratml(plan, registry)
    draft = read_stratml(text.encode(), "plan.stratml", registry)
    assert all(NOT_CARRIED in entry for entry in draft.left_out)
    (back,) = draft.data["ambitions"][0]["milestones"]
    (listed,) = milestones_in_plan(plan)
    own = listed.milestone
    assert isinstance(own, Milestone)
    times = {"when": own.when or listed.band_time, "due": own.due}
    again = Milestone.model_validate(back)
    for field, time in times.items():
        kept = getattr(again, field)
        assert (kept and kept.published) == (time and time.published), field
    assert ("<DescriptorName>Deadline</DescriptorName>" in text) is (own.due is not None)


@pytest.mark.parametrize("field", ["when", "due"])
def test_what_comes_too_early_is_shown_at_the_time_that_counts(registry: Registry, load: Any, field: str) -> None:
    times = {"when": "2023 - 2026", "due": "by May 2024"} if field == "due" else {"when": "May 2024"}
    lines = "".join(f"        {name}: {time}\n" for name, time in times.items())
    text = (
        "pcstrat: 1\nid: a\nicb: QMM\ndocument: {title: A plan, kind: delivery plan}\n"
        "ambitions:\n  - id: one\n    title: Do one thing\n    milestones:\n"
        f"      - text: Open the hub.\n        depends_on: [site]\n{lines}"
        "      - {text: Find a site., id: site, when: 2027/28}\n"
    )
    plan = load(text, "a.yaml").plan
    (rule,) = (rule for rule in RULES if rule.code == "T14")
    (hit,) = rule.check(Subject(plan, registry, dt.date(2026, 11, 21)))
    assert hit.path[-1] == field
