"""Items that were joined or divided without a declared lineage: what is gone is looked for in what is there now."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pcstrat.diff import Change, diff_plans
from pcstrat.diff.suggestion_sentences import suggestion_sentence
from pcstrat.model.plan import Plan
from pcstrat.report.diff_json import diff_json

Read = Callable[[str], Plan]
AIM = """\
  - id: teeth
    title: Teeth
    text: Every child has a dentist.
"""
VAN = "Bring a dental van to 30 primary schools each year"
THERAPISTS = "recruit six dental therapists"
OPENS = "Saturday clinic opens in"


@pytest.fixture
def plan(text: str, plan_of: Read) -> Callable[..., Plan]:
    def read(field: str, *entries: str) -> Plan:
        items = "".join(f"      - {entry}\n" for entry in entries)
        return plan_of(text.replace("funding:\n", f"{AIM}    {field}:\n{items}funding:\n", 1))

    return read


@pytest.fixture
def money(text: str, plan_of: Read) -> Callable[..., Plan]:
    def read(**lines: str) -> Plan:
        items = "".join(
            f"      - title: {title.replace('_', ' ')}\n        amounts: [{amount}]\n"
            for title, amount in lines.items()
        )
        return plan_of(
            text.replace(
                "  - id: bids\n",
                f"  - title: Access money\n    commitment: committed\n    lines:\n{items}  - id: bids\n",
                1,
            )
        )

    return read


def both_ways(old: Plan, new: Plan) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    return diff_plans([old], new).changes, diff_plans([new], old).changes


def meanings(changes: tuple[Change, ...]) -> set[str]:
    return {change.significance.value for change in changes}


def test_an_action_that_went_into_another_is_not_lost(plan: Callable[..., Plan]) -> None:
    old, new = plan("actions", f"{VAN}.", f"{THERAPISTS.capitalize()}."), plan("actions", f"{VAN}, and {THERAPISTS}.")
    joined, divided = both_ways(old, new)
    assert meanings(joined) == meanings(divided) == {"changed"}
    assert [change.kind.value for change in joined] == ["removed", "wording-wider"]
    gone, holder = joined
    assert suggestion_sentence(gone) == (
        "Possibly part of ambition 'Teeth', action 'Bring a dental van to 30 primary schools each...' now "
        "(100% of its words stand there)."
    )
    assert "Possibly holds ambition 'Teeth', action 'Recruit six dental therapists.' now" in suggestion_sentence(holder)
    assert any("Possibly held" in suggestion_sentence(change) for change in divided)


def test_milestones_that_became_one_no_later_are_not_lost(plan: Callable[..., Plan]) -> None:
    old = plan(
        "milestones",
        f"{{text: {OPENS} Oswestry., when: by October 2027}}",
        f"{{text: {OPENS} Ludlow., when: by January 2028}}",
    )
    new = plan("milestones", "{text: Saturday clinics open in Oswestry and in Ludlow., when: by October 2027}")
    for changes in both_ways(old, new):
        assert meanings(changes) == {"changed"}
        assert len(changes) == 3


@pytest.mark.parametrize(
    "one",
    [
        "{text: Saturday clinics open in Oswestry and in Ludlow., when: by March 2028}",
        "{text: Saturday clinics open in Oswestry and in Ludlow.}",
    ],
)
def test_a_date_that_is_later_or_gone_is_still_a_loss(plan: Callable[..., Plan], one: str) -> None:
    old = plan(
        "milestones",
        f"{{text: {OPENS} Oswestry., when: by October 2027}}",
        f"{{text: {OPENS} Ludlow., when: by January 2028}}",
    )
    changes, back = both_ways(old, plan("milestones", one))
    assert [change.significance.value for change in changes if change.kind.value == "removed"] == ["weakened"] * 2
    assert all(change.part_of for change in changes)
    assert [change.significance.value for change in back if change.kind.value == "added"] == ["strengthened"] * 2


def test_numbers_and_owners_that_are_not_there_are_still_a_loss(plan: Callable[..., Plan]) -> None:
    for gone in ("Recruit nine dental therapists.", "{text: Recruit six dental therapists., owner: Chief dentist}"):
        changes, _ = both_ways(plan("actions", f"{VAN}.", gone), plan("actions", f"{VAN}, and {THERAPISTS}."))
        assert ("removed", "weakened") in {(change.kind.value, change.significance.value) for change in changes}


def test_work_that_was_divided_with_its_number_is_the_same_in_sum(plan: Callable[..., Plan]) -> None:
    old = plan("actions", "Recruit six dental therapists.")
    new = plan("actions", "Recruit three dental therapists for Telford.", "Recruit three dental therapists for Ludlow.")
    for changes in both_ways(old, new):
        assert meanings(changes) == {"changed"}
        assert all("Together, both sides come to the same: 6." in suggestion_sentence(change) for change in changes)


def test_a_line_of_money_that_was_divided_is_no_less(money: Callable[..., Plan]) -> None:
    old = money(Saturday_clinics="£1.3m")
    new = money(Saturday_clinics_in_Oswestry="£700k", Saturday_clinics_in_Ludlow="£600k")
    for changes in both_ways(old, new):
        assert "weakened" not in meanings(changes)
        assert "strengthened" not in meanings(changes)
        assert all("come to the same: £1.3 million." in suggestion_sentence(change) for change in changes)


def test_lines_of_money_that_became_one_are_no_less(money: Callable[..., Plan]) -> None:
    old = money(Saturday_clinics="£1.3m", Phone_systems="£420k")
    new = money(Saturday_clinics_and_phone_systems="£1.72m")
    for changes in both_ways(old, new):
        assert meanings(changes) == {"changed"}
        assert any("come to the same: £1.72 million." in suggestion_sentence(change) for change in changes)


def test_lines_that_came_to_less_when_they_were_joined_are_less(money: Callable[..., Plan]) -> None:
    old = money(Saturday_clinics="£1.3m", Phone_systems="£420k")
    changes, back = both_ways(old, money(Saturday_clinics_and_phone_systems="£1.5m"))
    assert ("removed", "weakened") in {(change.kind.value, change.significance.value) for change in changes}
    said = " ".join(map(suggestion_sentence, changes))
    assert "come to the same" not in said
    assert "Together, they came to £1.72 million and come to £1.5 million now, £220,000 less." in said
    assert "strengthened" in meanings(back)


@pytest.mark.parametrize(
    ("second", "meaning", "said"),
    [
        ("£600k", "changed", "Together, both sides come to the same: £1.3 million."),
        ("£400k", "weakened", "Together, they came to £1.3 million and come to £1.1 million now, £200,000 less."),
        ("£900k", "strengthened", "Together, they came to £1.3 million and come to £1.6 million now, £300,000 more."),
    ],
)
@pytest.mark.parametrize("first", ["Saturday_clinics", "Saturday_clinics_phase_1"])
def test_phases_of_money_are_judged_by_their_sum(
    first: str, second: str, meaning: str, said: str, money: Callable[..., Plan]
) -> None:
    old = money(Saturday_clinics="£1.3m")
    changes, back = both_ways(old, money(**{first: "£700k", "Saturday_clinics_phase_2": second}))
    assert meanings(changes) - {"changed", "reworded"} == {meaning} - {"changed"}
    assert any(said in suggestion_sentence(change) for change in changes)
    opposite = {"weakened": "strengthened", "strengthened": "weakened"}.get(meaning, "changed")
    assert meanings(back) - {"changed", "reworded"} == {opposite} - {"changed"}


def test_a_line_that_came_beside_one_that_stays_is_more_money(money: Callable[..., Plan]) -> None:
    old, new = money(Saturday_clinics="£1.3m"), money(Saturday_clinics="£1.3m", Saturday_clinics_phase_2="£400k")
    (change,), _ = both_ways(old, new)
    assert (change.kind.value, change.significance.value) == ("added", "strengthened")


def test_a_line_of_money_with_another_ending_was_renamed_and_cut(money: Callable[..., Plan]) -> None:
    changes, _ = both_ways(money(Care_navigators="£350k"), money(Care_navigator_training="£250k"))
    found = {change.kind.value: change for change in changes}
    assert set(found) == {"renamed", "money-down"}
    assert found["money-down"].amount == "£100,000, 28.6%"
    assert "Possibly the same as" in suggestion_sentence(found["money-down"])


def test_words_that_the_other_item_had_before_keep_nothing(plan: Callable[..., Plan]) -> None:
    both = "Recruit nurses and therapists in every town."
    old, new = plan("actions", "Recruit nurses in every town.", both), plan("actions", both.replace("town", "village"))
    changes, _ = both_ways(old, new)
    assert ("removed", "weakened") in {(change.kind.value, change.significance.value) for change in changes}


def test_a_measure_in_new_words_with_the_same_numbers_may_be_the_same(plan: Callable[..., Plan]) -> None:
    numbers = "baseline: {value: 74%, when: March 2026}, target: {value: 90%, when: March 2028}"
    old = plan("measures", f"{{text: Children with pain who are seen on the day., {numbers}}}")
    new = plan("measures", f"{{text: Nobody under 12 waits overnight for a dentist., {numbers}}}")
    for changes in both_ways(old, new):
        assert meanings(changes) == {"changed"}
        assert all("the same baseline, target and dates" in suggestion_sentence(change) for change in changes)
    lower = plan("measures", f"{{text: Nobody under 12 waits overnight for a dentist., {numbers}}}".replace("90", "80"))
    assert meanings(diff_plans([old], lower).changes) == {"weakened", "strengthened"}


def test_what_may_have_been_joined_stands_in_json(plan: Callable[..., Plan]) -> None:
    old, new = plan("actions", f"{VAN}.", f"{THERAPISTS.capitalize()}."), plan("actions", f"{VAN}, and {THERAPISTS}.")
    found = json.loads(diff_json([diff_plans([old], new)]))["results"][0]["changes"]
    assert [entry["possibly_joined_with"][0]["is_whole"] for entry in found] == [True, False]
    assert all(entry["possibly_joined_with"][0]["is_joined"] for entry in found)
    assert found[0]["possibly_joined_with"][0]["score"] == 1


@pytest.mark.parametrize(
    "joined",
    [
        f"{VAN}. We will not {THERAPISTS}.",
        f"{VAN}, and consider whether to {THERAPISTS}.",
        f"Subject to funding, {VAN.lower()} and {THERAPISTS}.",
    ],
)
def test_what_is_denied_or_made_softer_where_it_stands_now_is_lost(plan: Callable[..., Plan], joined: str) -> None:
    apart = plan("actions", f"{VAN}.", f"{THERAPISTS.capitalize()}.")
    changes, swapped = both_ways(apart, plan("actions", joined))
    assert "weakened" in meanings(changes)
    assert "strengthened" not in meanings(changes)
    assert "strengthened" in meanings(swapped)
    assert "weakened" not in meanings(swapped)


def test_what_holds_less_of_a_part_is_not_won(plan: Callable[..., Plan]) -> None:
    apart = plan("actions", f"{VAN}.", f"{THERAPISTS.capitalize()}.")
    fewer = plan("actions", f"{VAN}, and {THERAPISTS.replace('six', 'four')}.")
    changes, swapped = both_ways(apart, fewer)
    assert meanings(changes) == {"weakened", "changed"}
    assert meanings(swapped) == {"strengthened", "changed"}
