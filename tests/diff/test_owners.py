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


def told(old: Plan, new: Plan) -> list[str]:
    """Every change as its meaning and fact; swapped sides must say the opposite."""
    forth, back = diff_plans([old], new).changes, diff_plans([new], old).changes
    opposite = sorted((change.kind.opposite, change.significance.opposite) for change in back)
    assert sorted((change.kind, change.significance) for change in forth) == opposite
    return [f"{change.significance} {fact_sentence(change)}" for change in forth]


THEMES = "    themes: [access, workforce]\n"
OWNER = "    owner: Chief medical officer\n"
MOVED = "changed Same body, named in another place: from"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("accountable: [Chief medical officer]", [f"{MOVED} owner to accountable body (Chief medical officer)."]),
        ("led_by: Chief medical officer", [f"{MOVED} owner to lead (Chief medical officer)."]),
        (
            "owner: Quality Committee\n    led_by: Chief medical officer",
            [
                "strengthened Owner now stated: Quality Committee.",
                f"{MOVED} owner to lead (Chief medical officer).",
            ],
        ),
        ("owner: TBC\n    led_by: Chief medical officer", ["changed Now stated: TBC."]),
        ("led_by: Chief nurse", ["weakened Owner no longer stated: Chief medical officer."]),
    ],
)
def test_a_body_that_is_named_in_another_field_is_neither_lost_nor_won(
    now: str, expected: list[str], text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    assert OWNER in text
    found = told(base, plan_of(text.replace(OWNER, f"    {now}\n", 1)))
    assert [each for each in expected if each not in found] == []
    assert any(each.startswith(MOVED) for each in found) is ("Chief medical officer" in now)


AMBITION = """\
pcstrat: 1
id: kent
icb: QKS
document: {title: Primary care plan, kind: delivery plan}
ambitions:
  - id: access
    label: Ambition 1
    title: Same-day care
    %s
    objectives:
      - {id: hubs, title: Open hubs%s}
      - {id: phones, title: New phones%s}
"""


def ambition(plan_of: Callable[[str], Plan], own: str, *objectives: str) -> Plan:
    """The plan with who is named for its ambition, and for each of its two objectives."""
    below = (f", {each}" if each else "" for each in objectives)
    return plan_of(AMBITION % (own or "text: It is for all.", *below))


NURSE, DOCTOR = "owner: Chief nurse", "owner: Chief doctor"
UP = f"{MOVED} owner to owner of Ambition 1 (Chief nurse)."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("text: A", NURSE, NURSE), (f"text: A\n    {NURSE}", "", ""), [UP, UP]),
        (("text: A", NURSE, DOCTOR), (f"text: A\n    {NURSE}", "", DOCTOR), [UP]),
        (
            ("text: A", NURSE, NURSE),
            ("text: A\n    accountable: [Chief nurse]", "", ""),
            [f"{MOVED} owner to accountable body of Ambition 1 (Chief nurse)."] * 2,
        ),
        (
            ("text: A", NURSE, ""),
            (f"text: A\n    {NURSE}", "", ""),
            ["strengthened Owner now stated: Chief nurse.", UP],
        ),
        ((NURSE, NURSE, DOCTOR), (NURSE, "", DOCTOR), [UP]),
        ((NURSE, DOCTOR, DOCTOR), (NURSE, "", DOCTOR), ["weakened Owner no longer stated: Chief doctor."]),
        ((NURSE, "", ""), (DOCTOR, "", ""), ["changed Owner changed: from Chief nurse to Chief doctor."]),
        (("text: A", NURSE, NURSE), ("text: A", "", NURSE), ["weakened Owner no longer stated: Chief nurse."]),
    ],
)
def test_who_answers_from_the_ambition_for_objectives_that_name_nobody_was_not_lost(
    before: tuple[str, ...], after: tuple[str, ...], expected: list[str], plan_of: Callable[[str], Plan]
) -> None:
    assert told(ambition(plan_of, *before), ambition(plan_of, *after)) == expected


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
