"""The reading grade of a whole plan, from texts spread through it, is near that of all that the rules read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.reading import grade_of, reading_grade, sentences_of
from pcstrat.registry import Registry
from pcstrat.rules._reading import sections
from pcstrat.rules.subject import Subject

PLANS = sorted((Path(__file__).parents[1] / "strategies").glob("*.yaml"))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_grade_of_a_plan_is_near_that_of_all_that_the_rules_read(path: Path, registry: Registry) -> None:
    plan = load_plan(path.read_bytes(), path.name, registry).plan
    assert plan is not None
    assert reading_grade(plan) is None
    own = plan.model_copy(update={"document": plan.document.model_copy(update={"restated_by": None})})
    read = sections(Subject(own, registry, dt.date(2026, 11, 21)))
    expected = grade_of(sentence.words for section in read for sentence in section.sentences)
    assert reading_grade(own) == pytest.approx(expected, abs=0.75)


def test_a_short_plan_is_read_whole() -> None:
    text = "People can see a nurse on the same day. We will open two clinics in the town. "
    data = {"title": "A plan", "kind": "briefing"}
    aim = {"id": "one", "title": "One", "rationale": [f"{text * 3} “Nobody quotes this unbelievable impossibility.”"]}
    plan = Plan.model_validate({"pcstrat": "1", "id": "a", "icb": "QMM", "document": data, "ambitions": [aim]})
    assert reading_grade(plan) == pytest.approx(grade_of(words for _, words in sentences_of(text * 3)))
