"""What moves between places while its container comes or goes: never a loss here and a gain there."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from pcstrat.diff import Change, Difference, Kind, Significance, diff_plans
from pcstrat.diff.contents import part_words
from pcstrat.model.plan import Plan
from pcstrat.report.diff_json import diff_json

HELPLINE = {"text": "Set up a helpline that finds you a dentist.", "when": "by July 2027"}


def plan(
    *actions: dict[str, Any], enabler: list[dict[str, Any]] | None = None, published: str = "April 2026", **more: Any
) -> Plan:
    """A plan with some work in its ambition, and an enabler with other work unless that is dissolved."""
    document = {"title": "A plan", "kind": "delivery plan", "published": published}
    enablers = [{"id": "premises", "title": "Buildings", "actions": enabler}] if enabler is not None else []
    aims = [{"id": "care", "title": "Care today", "actions": [*actions, {"text": "Answer each call."}]}]
    data = {"pcstrat": "1", "id": "a", "icb": "QMM", "document": document, "ambitions": aims, "enablers": enablers}
    return Plan.model_validate(data | more)


def work(text: str, when: str = "by March 2029") -> dict[str, Any]:
    return {"text": text, "when": when}


def both_ways(old: Plan, new: Plan) -> Difference:
    """What changed, once it is seen that all of it is the opposite the other way round."""
    found, back = diff_plans([old], new), diff_plans([new], old)
    assert Counter((each.kind.opposite, each.significance.opposite, each.field) for each in found.changes) == Counter(
        (each.kind, each.significance, each.field) for each in back.changes
    )
    return found


def the(found: Difference, kind: Kind) -> Change:
    (change,) = (change for change in found.changes if change.kind is kind)
    return change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Buy 54,000 extra urgent dental appointments.", "Buy 50,000 extra urgent dental appointments."),
        ("Put the NHS App in the hands of 75% of adults.", "Put the NHS App in the hands of 60% of adults."),
        ("Train 200 care navigators.", "Train 20 care navigators."),
    ],
)
def test_what_holds_less_where_it_stands_now_is_not_won(before: str, after: str) -> None:
    found = both_ways(plan(enabler=[work(before), HELPLINE]), plan(work(after)))
    gone, come = the(found, Kind.REMOVED), the(found, Kind.ADDED)
    assert (gone.significance, come.significance) == (Significance.WEAKENED, Significance.CHANGED)
    assert come.suggestion is not None
    assert come.suggestion.name.startswith("enabler 'Buildings', action '")
    (words, _) = part_words(gone)
    assert f"possibly the same as {come.name}, {come.suggestion.score:.0%} of the words alike" in words
    parts = next(each["parts"] for each in json.loads(diff_json([found]))["results"][0]["changes"] if "parts" in each)
    assert [part.get("possibly_same_as", {}).get("score") for part in parts] == [come.suggestion.score, None]


def test_the_same_where_its_container_stays() -> None:
    navigators, helpline = work("Train 200 care navigators."), HELPLINE
    found = both_ways(plan(enabler=[navigators, helpline]), plan(work("Train 20 care navigators."), enabler=[helpline]))
    assert the(found, Kind.REMOVED).significance is Significance.WEAKENED
    assert the(found, Kind.ADDED).significance is Significance.CHANGED


def test_what_comes_with_a_container_that_holds_nothing_else_is_not_won_either() -> None:
    old = plan(work("Train 200 care navigators."))
    found = both_ways(old, plan(enabler=[work("Train 20 care navigators.")]))
    assert the(found, Kind.ADDED).significance is Significance.CHANGED
    found = both_ways(old, plan(enabler=[work("Train 20 care navigators."), HELPLINE]))
    assert the(found, Kind.ADDED).significance is Significance.STRENGTHENED, "the helpline is new"


def test_other_words_with_smaller_numbers_are_another_promise() -> None:
    found = both_ways(plan(enabler=[work("Train 200 care navigators.")]), plan(work("Hire 20 nurses.")))
    assert the(found, Kind.ADDED).significance is Significance.STRENGTHENED


def test_what_moved_out_of_a_dissolved_container_tells_its_slip() -> None:
    text = "Refurbish 25 surgeries."
    found = both_ways(plan(enabler=[work(text)]), plan(work(text, "by March 2030")))
    later = the(found, Kind.DATE_LATER)
    assert (later.significance, later.amount) == (Significance.WEAKENED, "1 year")
    moved = the(found, Kind.MOVED)
    assert moved.suggestion is not None, "so few words may be another item's"
    assert moved.suggestion.score == 1
    assert not [change for change in found.changes if change.kind is Kind.ADDED]


def test_two_ids_within_containers_are_two_items() -> None:
    text = "Refurbish 25 surgeries."
    found = both_ways(plan(enabler=[work(text) | {"id": "one"}]), plan(work(text) | {"id": "two"}))
    assert {change.kind for change in found.changes} == {Kind.REMOVED, Kind.ADDED}


@pytest.mark.parametrize("when", ["by December 2026", "2026/27"])
def test_what_is_added_when_its_time_is_over_already_is_not_won(when: str) -> None:
    clinic = work("Open a walk-in clinic.", when)
    found = both_ways(plan(), plan(clinic, published="May 2027"))
    added = the(found, Kind.ADDED)
    assert added.significance is Significance.CHANGED
    assert "had passed when the new plan was dated, and no status says whether it was done" in added.amount
    in_time = both_ways(plan(), plan(clinic, published="June 2026"))
    assert the(in_time, Kind.ADDED).significance is Significance.STRENGTHENED
