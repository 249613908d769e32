"""Who answers for an aim, where several bodies do: one edit is one change, and nothing is lost while one remains."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diff import diff_plans
from pcstrat.diff.sentences import fact_sentence
from pcstrat.model.plan import Plan

COAST, VALLEYS, QUALITY = "The Coastal Board", "The Valleys Board", "Quality Committee"

LISTS = [
    # who answered, who does now, the one change
    ([COAST, VALLEYS], [COAST], "changed Owner changed (accountable): from {0} and {1} to {0}."),
    ([COAST, VALLEYS], [QUALITY], "changed Owner changed (accountable): from {0} and {1} to {2}."),
    ([COAST, VALLEYS], [COAST, QUALITY], "changed Owner changed (accountable): from {1} to {2}."),
    ([COAST, VALLEYS, QUALITY], [VALLEYS], "changed Owner changed (accountable): from {0}, {1} and {2} to {1}."),
    ([COAST], [QUALITY], "changed Owner changed (accountable): from {0} to {2}."),
    ([COAST, VALLEYS], [], "weakened Owner no longer stated (accountable): {0} and {1}."),
    ([COAST], [], "weakened Owner no longer stated (accountable): {0}."),
    ([COAST, VALLEYS], ["TBC"], "weakened Owner no longer stated (accountable): from {0} and {1} to TBC."),
    ([COAST, "TBC"], ["TBC"], "weakened Owner no longer stated (accountable): from {0} and TBC to TBC."),
    ([COAST, VALLEYS], [COAST, "TBC"], "changed Owner changed (accountable): from {1} to TBC."),
    (["TBC"], [], "changed No longer stated (accountable): TBC."),
]


def answered_by(plan_of: Callable[[str], Plan], text: str, bodies: list[str]) -> Plan:
    named = f"    accountable: [{', '.join(bodies)}]\n" if bodies else ""
    return plan_of(text.replace("    themes: [access, workforce]\n", f"    themes: [access, workforce]\n{named}"))


@pytest.mark.parametrize(("was", "now", "told"), LISTS)
def test_one_edit_of_who_answers_is_one_change(
    text: str, plan_of: Callable[[str], Plan], was: list[str], now: list[str], told: str
) -> None:
    old, new = (answered_by(plan_of, text, bodies) for bodies in (was, now))
    (change,) = diff_plans([old], new).changes
    assert f"{change.significance} {fact_sentence(change)}" == told.format(COAST, VALLEYS, QUALITY)
    (back,) = diff_plans([new], old).changes
    assert (back.kind, back.significance) == (change.kind.opposite, change.significance.opposite)


def test_what_rule_o02_asks_for_is_no_loss(text: str, plan_of: Callable[[str], Plan]) -> None:
    old = answered_by(plan_of, text, [COAST, VALLEYS])
    new = plan_of(
        text.replace(
            "    themes: [access, workforce]\n", f"    themes: [access, workforce]\n    accountable: [{COAST}]\n"
        ).replace("[Kent County Council, Medway Council]", f"[Kent County Council, Medway Council, {VALLEYS}]")
    )
    for one, other in ((old, new), (new, old)):
        assert {change.significance.value for change in diff_plans([one], other).changes} == {"changed"}


def test_the_order_in_which_bodies_stand_says_nothing(text: str, plan_of: Callable[[str], Plan]) -> None:
    old, new = (answered_by(plan_of, text, bodies) for bodies in ([COAST, VALLEYS], [VALLEYS, COAST]))
    assert not diff_plans([old], new).changes


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([COAST, VALLEYS], []),
        ([COAST], [("medway", "owner-changed")]),
        ([COAST, VALLEYS, QUALITY], [("kent", "owner-changed"), ("medway", "owner-changed")]),
    ],
)
def test_who_answered_for_one_of_two_merged_aims_may_answer_for_both(
    text: str, plan_of: Callable[[str], Plan], now: list[str], told: list[tuple[str, str]]
) -> None:
    kent = answered_by(plan_of, text, [COAST])
    medway = answered_by(plan_of, text.replace("id: kent", "id: medway"), [VALLEYS])
    both = answered_by(plan_of, text.replace("id: kent", "id: both"), now)
    found = diff_plans([kent, medway], both).changes
    assert [(change.old_plan, change.kind.value) for change in found if change.field == "accountable"] == told
