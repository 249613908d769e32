"""Milestones that go from one band of a timeline to another, and bands whose own time is stated in another place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from pcstrat.diff import diff_plans
from pcstrat.model.plan import Plan

Read = Callable[[str], Plan]
Bands = Mapping[str, Sequence[str]]

DENTAL = """\
pcstrat: 1
id: dental
icb: QRL
document: {title: Dental plan, kind: delivery plan, period: 2026/27 to 2028/29}
ambitions:
  - id: teeth
    title: Healthy teeth
    timeline:
"""
REPORT, VAN, CLINIC = "Publish the yearly report.", "Send out a dental van.", "Open a clinic in Frome."


def timeline(bands: Bands) -> str:
    """A plan with these bands; a key is a label, and what is stated below it: "Year 1 | when: 2026/27"."""
    text = DENTAL
    for heading, milestones in bands.items():
        label, *stated = heading.split(" | ")
        text += f"      - label: '{label}'\n" + "".join(f"        {line}\n" for line in stated)
        text += "        milestones:\n" + "".join(f"          - {milestone}\n" for milestone in milestones)
    return text


def told(old: Plan, new: Plan) -> list[str]:
    """Every change as "kind significance field amount"; swapped sides must say the opposite."""
    forth, back = diff_plans([old], new).changes, diff_plans([new], old).changes
    opposite = sorted((change.kind.opposite, change.significance.opposite) for change in back)
    assert sorted((change.kind, change.significance) for change in forth) == opposite
    return [" ".join(filter(None, (each.kind, each.significance, each.field, each.amount))) for each in forth]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2026/27", "2027/28", "date-later weakened timeline 1 year"),
        (
            "April 2026 to March 2027",
            "April 2027 to March 2028",
            "date-later weakened timeline starts and ends 1 year later",
        ),
        ("Year 1", "Year 3", "date-later weakened timeline 2 years"),
        ("Year 1 (2026/27)", "2028/29: the end", "date-later weakened timeline 2 years"),
        ("By March 2027", "Year 2 | when: by September 2027", "date-later weakened timeline 6 months"),
        ("2027/28", "2026/27", "date-earlier strengthened timeline 1 year"),
        ("Building on 2026/27", "Preparing for 2028/29", "moved changed"),
        ("Now", "Next", "moved changed"),
    ],
)
def test_a_milestone_in_a_later_band_is_later(first: str, second: str, expected: str, plan_of: Read) -> None:
    before, after = ({first: [VAN, CLINIC], second: [REPORT]}, {first: [CLINIC], second: [VAN, REPORT]})
    assert told(plan_of(timeline(before)), plan_of(timeline(after))) == [expected]


@pytest.mark.parametrize("stated", ["{}", "{} | when: {}"])
def test_what_comes_round_each_year_did_not_slip(stated: str, plan_of: Read) -> None:
    first, second, third = (stated.format(year, year) for year in ("2026/27", "2027/28", "2028/29"))
    before = timeline({first: [REPORT, VAN], second: [REPORT]})
    after = timeline({second: [REPORT], third: [REPORT, CLINIC]})
    found = told(plan_of(before), plan_of(after))
    moved = "date-changed changed timeline the same words stand between the two as well"
    assert moved in found
    assert not any(each.startswith("date-later") for each in found)
    assert [each.split()[:2] for each in found if each != moved] == [["removed", "weakened"], ["added", "strengthened"]]


def test_the_last_of_several_that_slips_is_later(plan_of: Read) -> None:
    bands = {"2026/27": [REPORT], "2027/28": [REPORT, VAN], "2028/29": [CLINIC]}
    slipped = bands | {"2027/28": [VAN], "2028/29": [CLINIC, REPORT]}
    assert told(plan_of(timeline(bands)), plan_of(timeline(slipped))) == ["date-later weakened timeline 1 year"]


def test_a_date_of_its_own_may_come_round_too(plan_of: Read) -> None:
    def reports(*years: int) -> str:
        return timeline({"Reports": [f"{{text: {REPORT}, when: March {year}}}" for year in years]})

    passed = "date-changed changed when the same words stand between the two as well"
    assert told(plan_of(reports(2027, 2028)), plan_of(reports(2028, 2029))) == [passed]
    assert told(plan_of(reports(2027, 2028)), plan_of(reports(2027, 2029))) == ["date-later weakened when 1 year"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Year 1 | band: Year 1", "Year 1 | when: 2026/27", "reworded reworded when"),
        ("Year 1 | band: Year 1", "Year 1 | when: 2027/28", "date-later weakened when 1 year"),
        ("Year 1 | band: Year 1", "Year 1 | band: Year 1 | when: 2026/27", "stated changed when"),
        ("Start | when: 2026/27", "Start | band: Year 1 | when: 2026/27", "stated changed band"),
        ("2026/27", "2026/27 | when: 2026/27", "stated changed when"),
        ("2026/27", "2026/27 | when: by December 2027", "date-later weakened when 9 months"),
        ("Year 1", "Year 1 | band: Year 1", "stated changed band"),
        ("Start", "Start | when: 2026/27", "date-stated strengthened when"),
        ("2026/27", "2027/28", "date-later weakened label 1 year"),
        ("Year 2", "Year 1", "date-earlier strengthened label 1 year"),
        ("2026/27: start", "Year 1 (2026/27)", "relabelled changed label"),
        ("First steps", "2026/27", "date-stated strengthened label"),
        ("First steps", "Next steps", "relabelled reworded label"),
    ],
)
def test_the_time_of_a_band_is_one_comparison(before: str, after: str, expected: str, plan_of: Read) -> None:
    both = [timeline({heading: [VAN, CLINIC]}) for heading in (before, after)]
    assert told(plan_of(both[0]), plan_of(both[1])) == [expected]


def test_a_band_that_held_nothing_is_no_loss(plan_of: Read) -> None:
    full = {"2026/27": [VAN], "2027/28": [CLINIC]}
    one = plan_of(timeline({"2026/27": [VAN]}))
    assert told(plan_of(timeline(full)), one) == ["removed weakened 1 milestone (1 with a date)"]
    empty = timeline({"2026/27": [VAN]}) + "      - label: 2027/28\n"
    assert told(plan_of(empty), one) == ["removed changed"]
