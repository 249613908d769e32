"""What was due before the new plan is no loss when it goes: work, targets, outcomes, and money of a past year."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pcstrat.diff import Change, Kind, Significance, diff_plans
from pcstrat.diff.contents import commitments_sentence, part_words
from pcstrat.diff.sentences import fact_sentence, sentences
from pcstrat.diff.suggestion_sentences import suggestion_sentence
from pcstrat.model.plan import Plan
from pcstrat.report.diff_json import diff_json
from pcstrat.report.diff_markdown import diff_markdown
from pcstrat.report.diff_text import diff_text

Read = Callable[[str], Plan]

VISION = """\
pcstrat: 1
id: vision
icb: QRL
document:
  title: Eye care plan
  kind: delivery plan
  published: June 2026
  period: April 2026 to March 2030
ambitions:
  - id: sight
    title: Good sight
    outcomes:
      - {text: No child waits for glasses., when: by March 2027}
      - Everyone knows where to go.
    timeline:
      - label: 2026/27
        milestones:
          - {text: The optician's van visits Frome., when: by October 2026}
          - {text: All six shops can refer., commitments: [PCA-APP]}
      - label: 2028/29
        milestones: [The van visits Yeovil.]
    measures:
      - {text: Children tested before school., target: {value: 90%, when: March 2027}}
      - {text: People who miss a test., target: 4%, by: March 2029}
funding:
  - id: vans
    title: Vans and shops
    commitment: committed
    year: 2026/27
    lines:
      - {title: A van, amounts: [£300k]}
      - {title: Links for shops, amounts: [£80k]}
  - id: tests
    title: Tests
    commitment: proposed
    year: 2026/27
    text: Money for tests.
"""
NEXT = "published: May 2027"
DATED = "when the new plan was dated"
UNKNOWN = "and no status says whether"
VAN_PASSED = f"by October 2026; the time had passed {DATED}, {UNKNOWN} it was done"
VAN_VISITS = "          - {text: The optician's van visits Frome., when: by October 2026}\n"
LINKS = "      - {title: Links for shops, amounts: [£80k]}\n"
TABLE = VISION[VISION.index("  - id: vans") : VISION.index("  - id: tests")]
BAND = VISION[VISION.index("      - label: 2026/27") : VISION.index("      - label: 2028/29")]


def without(part: str, stated: str = NEXT, *, old: str = VISION) -> str:
    """The plan that follows, with another date, without a part of the old one."""
    assert part in old
    return old.replace(part, "").replace("published: June 2026", stated)


def gone(old: str, new: str, plan_of: Read) -> Change:
    """The one change to an item that went; it came, and means the opposite, with the sides swapped."""
    plans = plan_of(old), plan_of(new)
    forth, back = diff_plans([plans[0]], plans[1]).changes, diff_plans([plans[1]], plans[0]).changes
    opposite = sorted((change.kind.opposite, change.significance.opposite) for change in back)
    assert sorted((change.kind, change.significance) for change in forth) == opposite
    (change,) = [each for each in forth if each.kind in {Kind.REMOVED, Kind.TARGET_REMOVED}]
    return change


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (LINKS, f"Removed: Links for shops (£80k for 2026/27; the year had passed {DATED})."),
        (TABLE, f"Removed: Vans and shops (£380,000 for 2026/27; the year had passed {DATED})."),
        (
            VISION[VISION.index("  - id: tests") :],
            f"Removed: Tests: Money for tests (for 2026/27; the year had passed {DATED}).",
        ),
        (
            "      - {text: Children tested before school., target: {value: 90%, when: March 2027}}\n",
            f"Removed: Children tested before school (target 90% by March 2027; the date had passed {DATED}).",
        ),
        (
            ", target: {value: 90%, when: March 2027}",
            f"Target no longer stated: 90% (March 2027) (the date had passed {DATED}).",
        ),
        (
            "      - {text: No child waits for glasses., when: by March 2027}\n",
            f"Removed: No child waits for glasses (by March 2027; the date had passed {DATED}).",
        ),
        (
            VAN_VISITS,
            f"Removed: The optician's van visits Frome ({VAN_PASSED}).",
        ),
    ],
)
def test_what_was_due_before_the_new_plan_is_told_without_a_verdict(part: str, said: str, plan_of: Read) -> None:
    change = gone(VISION, without(part), plan_of)
    assert change.significance is Significance.CHANGED
    assert fact_sentence(change) == said
    assert gone(VISION, without(part, "published: July 2026"), plan_of).significance is Significance.WEAKENED


@pytest.mark.parametrize(
    ("of_line", "of_table", "meaning"),
    [
        ("", "", "changed"),
        (", recurrence: non-recurrent", "", "changed"),
        (", recurrence: recurrent", "", "weakened"),
        ("", "    recurrence: recurrent\n", "weakened"),
        (", recurrence: non-recurrent", "    recurrence: recurrent\n", "changed"),
        (", lasts: 3 years", "", "weakened"),
        (", year: 2027/28", "", "weakened"),
        (", year: 2026/27", "", "changed"),
        (", year: from April 2026", "", "weakened"),
    ],
)
def test_money_that_comes_every_year_or_lasts_is_not_over_with_its_year(
    of_line: str, of_table: str, meaning: str, plan_of: Read
) -> None:
    line = LINKS.replace("amounts: [£80k]", f"amounts: [£80k]{of_line}")
    old = VISION.replace(LINKS, line).replace("    year: 2026/27\n    lines", f"    year: 2026/27\n{of_table}    lines")
    assert gone(old, without(line, old=old), plan_of).significance.value == meaning


def test_a_table_that_rolls_on_to_the_next_year_loses_no_line_of_the_last(plan_of: Read) -> None:
    new = without(LINKS).replace("    year: 2026/27\n    lines", "    year: 2027/28\n    lines")
    assert gone(VISION, new, plan_of).amount == f"£80k for 2026/27; the year had passed {DATED}"
    assert not diff_plans([plan_of(VISION)], plan_of(new)).of(Significance.WEAKENED)


def test_a_table_is_past_only_with_all_its_lines(plan_of: Read) -> None:
    later = TABLE.replace("amounts: [£80k]", "amounts: [£80k], year: 2027/28")
    old = VISION.replace(TABLE, later)
    change = gone(old, without(later, old=old), plan_of)
    assert (change.significance, change.amount) == (Significance.WEAKENED, "£380,000")
    assert part_words(change) == (
        "funding line “A van” (£300k for 2026/27, which had passed)",
        "funding line “Links for shops” (£80k for 2027/28)",
    )


def test_a_band_that_was_past_names_each_milestone_in_every_format(plan_of: Read) -> None:
    new = without(BAND)
    change = gone(VISION, new, plan_of)
    assert change.significance is Significance.CHANGED
    assert fact_sentence(change) == (
        f"Removed: 2026/27 (2 milestones (2 with a date); the times had passed {DATED}, {UNKNOWN} they were done)."
    )
    assert part_words(change) == (
        "milestone “The optician's van visits Frome.” (by October 2026)",
        "milestone “All six shops can refer.” (2026/27)",
    )
    assert commitments_sentence(change) == "It answered the national commitment: PCA-APP."
    found = [diff_plans([plan_of(VISION)], plan_of(new))]
    for show in (diff_text, diff_markdown, diff_json):
        assert "All six shops can refer." in show(found)
    (removed,) = [each for each in json.loads(diff_json(found))["results"][0]["changes"] if each["kind"] == "removed"]
    assert len(removed["parts"]) == 2


def test_a_band_of_which_some_is_done_says_so_of_the_rest(plan_of: Read) -> None:
    old = VISION.replace("commitments: [PCA-APP]}", "status: done}")
    assert fact_sentence(
        gone(old, without(BAND.replace("commitments: [PCA-APP]}", "status: done}"), old=old), plan_of)
    ) == (f"Removed: 2026/27 (2 milestones (2 with a date); the time had passed {DATED}, {UNKNOWN} the rest was done).")


ACHIEVED = "    achievements: [{}]\n    timeline:\n"


@pytest.mark.parametrize(
    ("achievement", "score"),
    [
        ("The optician's van visited Frome.", "83%"),
        ("{text: The optician's van has visited Frome twice., when: September 2026}", "71%"),
        ("We opened a shop in Wells.", ""),
    ],
)
def test_work_that_went_may_be_what_was_achieved_in_other_words(achievement: str, score: str, plan_of: Read) -> None:
    new = without(VAN_VISITS).replace("    timeline:\n", ACHIEVED.format(achievement))
    change = gone(VISION, new, plan_of)
    assert change.significance is Significance.CHANGED
    assert not any("neither plan says" in sentence for sentence in sentences(change))
    said = suggestion_sentence(change)
    assert said.startswith("Possibly the same as ambition 'Good sight', achievement 'The optician's van") is bool(score)
    assert score in said
    kinds = {each.kind for each in diff_plans([plan_of(VISION)], plan_of(new)).changes}
    assert kinds == {Kind.REMOVED, Kind.ADDED, Kind.DATE_LATER}


def test_the_same_words_as_an_achievement_are_still_done(plan_of: Read) -> None:
    new = without(VAN_VISITS).replace("    timeline:\n", ACHIEVED.format("The optician's van visits Frome."))
    kinds = {each.kind for each in diff_plans([plan_of(VISION)], plan_of(new)).changes}
    assert kinds == {Kind.ACHIEVED, Kind.DATE_LATER}


@pytest.mark.parametrize(
    ("stated", "period", "meaning", "said"),
    [
        ("", "April 2027 to March 2031", "changed", "before the period of the new plan"),
        ("published: March 2027", "April 2027 to March 2031", "changed", "before the period of the new plan"),
        ("published: May 2027", "April 2027 to March 2031", "changed", DATED),
        ("", "April 2026 to March 2030", "weakened", ""),
        ("published: August 2026", "April 2026 to March 2030", "weakened", ""),
    ],
)
def test_a_draft_without_a_date_looks_ahead_from_the_start_of_its_period(
    stated: str, period: str, meaning: str, said: str, plan_of: Read
) -> None:
    new = without(VAN_VISITS, stated).replace("April 2026 to March 2030", period)
    change = gone(VISION, new, plan_of)
    assert change.significance.value == meaning
    assert f"had passed {said}" in change.amount if said else "had passed" not in change.amount


def test_an_action_that_became_a_milestone_in_nearly_the_same_words_is_no_loss(plan_of: Read) -> None:
    actions = "    actions: [{text: Ask the van to visit the three schools of Wells.}]\n    timeline:\n"
    old = VISION.replace("    timeline:\n", actions)
    van = "milestones: [The van visits Yeovil.]"
    new = VISION.replace(van, f"{van[:-1]}, Ask the van to visit all the three schools of Wells.]")
    change = gone(old, new, plan_of)
    assert change.significance is Significance.CHANGED
    assert change.suggestion is not None
    found = diff_plans([plan_of(old)], plan_of(new)).changes
    assert [(each.kind.value, each.significance.value) for each in found if each.context != "alike"] == [
        ("date-stated", "strengthened")
    ]
