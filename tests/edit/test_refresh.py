"""`refresh`: which bands are rolled over, what is asked for and how, and the story that `diff` tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.commands.refresh import refresh
from pcstrat.diff import Kind, diff_plans
from pcstrat.edit.decisions import DecisionKind
from pcstrat.edit.refresh import Refreshed, financial_year, refreshed
from pcstrat.edit.rolling import LeftBand, RolledBand, counted_on, last_day_named, rolled_bands
from pcstrat.load import Loaded
from pcstrat.model.times import financial_year_name, parse_time
from pcstrat.settings import load_settings
from pcstrat.source import read_source

PLAN = """\
pcstrat: 1
id: bob
icb: QU9
document:
  title: T
  kind: briefing
  status: final
  published: April 2026
  period: 2026/27
ambitions:
  - id: access
    title: Access
    actions:
      - Do a thing.
      - {text: Another thing., id: thing, status: done, when: May 2026, owner: Ann}
    timeline:
      - label: Actions for 26/27
        when: 26/27  # the year
        milestones:
          - text: Open the hub.
            status: done
          - id: shop
            text: Open the shop.
            when: by June 2026
          - Train pharmacists.
    measures:
      - text: Calls answered
        by: March 2027
  - id: staff
    title: Staff
    timeline:
      - {label: Year 1 – 2026/27, band: Year 1, when: 2026/27, milestones: [Train nurses.]}
      - {label: Year 2 – 2027/28, band: Year 2, when: 2027/28, milestones: [Train more nurses.]}
    strands:
      - title: Dentists
        timeline:
          - label: Quarter 1 of 2026/27
            when: April to June 2026
            milestones:
              - {text: Open a chair., when: May 2026, status: delayed}
          - label: Quarter 2 of 2026/27
            when: July to September 2026
            milestones:
              # with a remark
              - {id: chairs, text: Open two chairs., status: done}
delivery:
  next_steps:
    - {text: Publish it., when: June 2026, status: done}
"""


def rolled(text: str = PLAN, year: str = "2027/28") -> Refreshed:
    return refreshed(read_source(text.encode(), "bob.yaml"), financial_year(year))


def asked(result: Refreshed) -> list[tuple[str, str, DecisionKind]]:
    return [(one.place.part, one.place.name, one.kind) for one in result.decisions]


def test_what_comes_of_it_is_a_valid_plan_with_the_same_ids(load: Callable[..., Loaded]) -> None:
    after = load(rolled().text)
    assert after.errors == ()
    for name in ("access", "thing", "shop", "staff", "chairs"):
        assert f"id: {name}" in rolled().text


def test_bands_of_one_year_that_is_over_are_rolled_over_and_each_is_named() -> None:
    result = rolled()
    assert "      - label: Actions for 27/28\n        when: 27/28  # the year\n" in result.text
    assert "          - label: Quarter 1 of 2027/28\n            when: April to June 2027\n" in result.text
    assert [one.place.name for one in result.rolled] == [
        "band 'Actions for 26/27'",
        "strand 'Dentists', band 'Quarter 1 of 2026/27'",
        "strand 'Dentists', band 'Quarter 2 of 2026/27'",
    ]
    assert result.rolled[0].what == (
        "'when' was '26/27' and is now '27/28'; 'label' was 'Actions for 26/27' and is now 'Actions for 27/28'"
    )


def test_open_work_that_a_rolled_band_makes_later_is_asked_for() -> None:
    later = [entry for entry in asked(rolled()) if entry[2] is DecisionKind.ROLLED_WORK]
    assert later == [
        ("ambition 'Access'", "band 'Actions for 26/27', milestone 'Train pharmacists.'", DecisionKind.ROLLED_WORK)
    ]


def test_bands_that_count_the_years_of_a_plan_that_goes_on_stay() -> None:
    result = rolled()
    assert "- {label: Year 1 – 2026/27, band: Year 1, when: 2026/27, milestones: [Train nurses.]}" in result.text
    (left,) = (one for one in result.decisions if one.kind is DecisionKind.BAND_LEFT)
    assert left.place.name == "band 'Year 1 – 2026/27'"
    assert left.detail == "1 open item. It stays: another band of the timeline is for 2027/28 or later."


def test_a_title_page_in_braces_is_rolled_over_like_one_on_lines() -> None:
    lines = "document:\n  title: T\n  kind: briefing\n  status: final\n  published: April 2026\n  period: 2026/27\n"
    braces = "document: {title: T, kind: briefing, status: final, published: April 2026, period: 2026/27}\n"
    result = rolled(PLAN.replace(lines, braces))
    assert result.text == rolled().text
    assert asked(result) == asked(rolled())


def test_what_is_done_keeps_its_id_comments_and_the_time_of_its_band() -> None:
    text = rolled().text
    assert "      - {text: Another thing., id: thing, when: May 2026}\n" in text
    assert "      - text: Open the hub.\n        when: 26/27\n" in text
    done = "        achievements:\n          # with a remark\n"
    assert f"{done}          - {{when: July to September 2026, id: chairs, text: Open two chairs.}}\n" in text


@pytest.mark.parametrize(
    ("when", "is_asked"),
    [("by June 2027", True), ("by 31 March 2027", True), ("June 2027", True), ("March 2027", False)],
)
def test_a_deadline_or_a_day_to_come_is_no_time_of_what_was_done(
    when: str, *, is_asked: bool, load: Callable[..., Loaded]
) -> None:
    result = rolled(PLAN.replace("when: May 2026, owner: Ann", f"when: {when}, owner: Ann"))
    assert load(result.text).errors == ()
    assert (f"when: {when}" in result.text) is not is_asked
    details = [one.detail for one in result.decisions if one.kind is DecisionKind.DONE_WHEN]
    assert details == ([f"It was to be done '{when}'."] if is_asked else [])


def test_the_deadline_of_a_band_is_no_time_of_what_was_done() -> None:
    text = PLAN.replace("        when: 26/27  # the year\n", "        when: by March 2027\n")
    result = rolled(text)
    assert "      - text: Open the hub.\n" in result.text
    assert "      - text: Open the hub.\n        when:" not in result.text
    assert [one.place.name for one in result.decisions if one.kind is DecisionKind.DONE_WHEN] == [
        "band 'Actions for 26/27', milestone 'Open the hub.'"
    ]


def test_what_is_added_to_the_title_page_is_said() -> None:
    result = rolled(PLAN.replace("  status: final\n", "").replace("  period: 2026/27\n", ""))
    added = [one.detail for one in result.decisions if one.kind is DecisionKind.ADDED]
    assert added == [
        "'status' was not stated and is now 'draft'.",
        "'period' was not stated and is now '2027/28'.",
    ]
    assert not [one for one in rolled().decisions if one.kind is DecisionKind.ADDED]


def test_how_long_money_lasts_and_the_day_of_a_number_are_asked_for() -> None:
    more = """\
    statistics:
      - {value: 12%, text: Waits, as_at: March 2026}
    funding:
      - {title: Money, commitment: committed, lines: [{title: Chairs, amounts: [£1m], lasts: until March 2027}]}
"""
    result = rolled(PLAN.replace("    measures:\n", f"{more}    measures:\n"))
    asked_for = [one.detail for one in result.decisions if one.kind is DecisionKind.EARLIER_YEAR]
    assert "'until March 2027'" in asked_for
    assert "'March 2026'" in asked_for


@pytest.mark.parametrize("key", ["statement", "rationale", "approach"])
def test_texts_of_an_ambition_that_speak_of_last_year_are_asked_for(key: str) -> None:
    said = "In 2026/27 we open hubs."
    value = said if key == "statement" else f"[{said}]"
    result = rolled(PLAN.replace("    title: Access\n", f"    title: Access\n    {key}: {value}\n"))
    asked_for = [one.detail for one in result.decisions if one.kind is DecisionKind.EARLIER_YEAR]
    assert f"'{said}'" in asked_for


def test_what_kind_of_milestone_was_done_is_asked_for_unless_it_is_the_usual_one() -> None:
    text = PLAN.replace("            status: done\n", "            status: done\n            kind: output\n", 1)
    text = text.replace("text: Open two chairs.", "text: Open two chairs., kind: action")
    asked_for = [one.detail for one in rolled(text).decisions if one.kind is DecisionKind.DONE_WITHOUT]
    assert asked_for == ["'owner' is 'Ann'.", "'kind' is 'output'."]


COMMENTED = """\
pcstrat: 1
id: bob
icb: QU9
document:
  title: T
  kind: briefing
  published: April 2026  # after the meeting
ambitions:
  - id: access
    title: Access
    # Checked with finance in May.
    actions:  # all in hand
      # the first
      - {text: Open one.,
         status: done,  # Ann says
         when: May 2026
        }
      - text: Open two.
        # Bob says
        status: done
       # more to come
    owner: Ann
"""


def test_comments_on_a_list_that_is_all_done_go_with_what_was_in_it() -> None:
    assert (
        rolled(COMMENTED).text.partition("    achievements:\n")[2]
        == """\
      # Checked with finance in May.
      # all in hand
      # the first
      - text: Open one.
        when: May 2026
      - text: Open two.
        # more to come
    owner: Ann
"""
    )


def test_comments_on_what_is_taken_out_are_listed() -> None:
    gone = {
        (one.place.part, one.place.name, one.detail)
        for one in rolled(COMMENTED).decisions
        if one.kind is DecisionKind.COMMENT_GONE
    }
    assert gone == {
        ("document", "document", "'# after the meeting' at 'published'"),
        ("ambition 'Access'", "action 'Open one.'", "'# Ann says'"),
        ("ambition 'Access'", "action 'Open two.'", "'# Bob says' at 'status'"),
    }


def test_of_comments_with_the_same_words_the_one_whose_place_is_gone_is_listed() -> None:
    text = COMMENTED.replace("# the first", "# Bob says").replace("# more to come", "# Bob says")
    gone = [one.detail for one in rolled(text).decisions if "Bob" in one.detail]
    assert gone == ["'# Bob says' at 'status'"]


def test_achievements_in_brackets_are_added_to() -> None:
    text = COMMENTED.replace("    owner: Ann\n", "    achievements: [It is open., {text: So is this.}]\n")
    assert "    achievements:\n      - It is open.\n      - {text: So is this.}\n      # Checked" in rolled(text).text


def test_an_empty_list_of_achievements_is_filled() -> None:
    text = COMMENTED.replace("    owner: Ann\n", "    achievements: []  # none yet\n    owner: Ann\n")
    result = rolled(text)
    assert result.text == rolled(COMMENTED).text
    assert "'# none yet' at 'achievements'" in [one.detail for one in result.decisions]


def test_every_question_stands_with_its_ambition() -> None:
    found = asked(rolled())
    assert [entry for entry in found if entry[0] == "ambition 'Access'"] == [
        ("ambition 'Access'", "action 'Another thing.'", DecisionKind.DONE_WITHOUT),
        ("ambition 'Access'", "band 'Actions for 26/27', milestone 'Train pharmacists.'", DecisionKind.ROLLED_WORK),
        ("ambition 'Access'", "band 'Actions for 26/27', milestone 'Open the shop.'", DecisionKind.OVERDUE),
        ("ambition 'Access'", "measure 'Calls answered'", DecisionKind.EARLIER_YEAR),
    ]
    empty = ("ambition 'Staff'", "strand 'Dentists', band 'Quarter 2 of 2026/27'", DecisionKind.BAND_EMPTY)
    assert empty in found
    assert ("delivery", "delivery, next step 'Publish it.'", DecisionKind.DONE_HERE) in found


def test_a_target_and_a_title_of_a_year_gone_by_are_asked_for() -> None:
    text = PLAN.replace("title: T\n", "title: A plan for 2026/27\n  subtitle: The years 2024-2029\n")
    text = text.replace("title: Staff\n", "title: Staff in 2026-27\n").replace(
        "title: Access\n", "title: Access by 2030\n"
    )
    target = "baseline: {value: 80%, when: March 2025}, target: {value: 90%, when: March 2027}"
    text = text.replace("        by: March 2027\n", f"      - {{text: Calls, {target}}}\n")
    text += "funding:\n  - {title: New money 2025/26, commitment: proposed, lines: [{title: A van, amounts: [£1m]}]}\n"
    asked_for = [
        (one.place.path[0], one.place.path[-1], one.detail)
        for one in rolled(text).decisions
        if one.kind is DecisionKind.EARLIER_YEAR
    ]
    assert asked_for == [
        ("document", "title", "'A plan for 2026/27'"),
        ("ambitions", "when", "'March 2027'"),
        ("ambitions", "title", "'Staff in 2026-27'"),
        ("funding", "title", "'New money 2025/26'"),
    ]


def test_texts_that_speak_of_last_year_are_asked_for() -> None:
    text = PLAN.replace("title: T\n", "title: T\n  purpose: What we will do in 2026/27.\n") + (
        "vision: {statement: By March 2027 everyone is seen., elements: [{title: Since 2019}]}\n"
        "messages: [{kind: foreword, text: In 2020 we merged., points: [This is for 2026-27.]}]\n"
        "funding_statement: [In 2026/27 we will spend £2m., In 2027/28 more.]\n"
    )
    text = text.replace(
        "delivery:\n", "delivery:\n  phases: [{title: First, when: 2026/27}, {title: Next, when: 2027/28}]\n"
    )
    asked_for = [
        (one.place.path[0], one.detail)
        for one in rolled(text).decisions
        if one.kind is DecisionKind.EARLIER_YEAR and one.place.path[0] != "ambitions"
    ]
    assert asked_for == [
        ("delivery", "'2026/27'"),
        ("document", "'What we will do in 2026/27.'"),
        ("vision", "'By March 2027 everyone is seen.'"),
        ("messages", "'This is for 2026-27.'"),
        ("funding_statement", "'In 2026/27 we will spend £2m.'"),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Plan for 2026/27", dt.date(2027, 3, 31)),
        ("Plan 2026", dt.date(2026, 12, 31)),
        ("2023 – 2028 plan", dt.date(2028, 3, 31)),
        ("Plan 2023-2026", dt.date(2026, 3, 31)),
        ("Plan 2023-28", dt.date(2028, 3, 31)),
        ("Plan 2026-2023", None),
        ("From 2024/25 to 26/27", dt.date(2027, 3, 31)),
        ("Core20PLUS5 in 12/24 places", None),
        ("Train 2000 people", None),
        ("Train 2030 people by 2026", dt.date(2026, 12, 31)),
        ("Train 2050 more nurses", None),
        ("Spend £2026 a head", None),
        ("Our 2026 people plan", dt.date(2026, 12, 31)),
        ("2026 priorities", dt.date(2026, 12, 31)),
        ("A plan", None),
    ],
)
def test_the_last_year_that_a_title_names_counts(text: str, last: dt.date | None) -> None:
    assert last_day_named(text) == last


def test_the_command_groups_what_there_is_to_decide_with_lines_of_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "strategies" / "bob.yaml"
    path.parent.mkdir()
    path.write_text(PLAN, encoding="utf-8")
    told = refresh(load_settings(tmp_path, {}, {}), "bob", "2027/28").text
    line = path.read_text(encoding="utf-8").splitlines().index("          - id: shop") + 1
    assert (
        "Ambition 'Access': 4\n"
        "  Its time is over, and nobody says that it is done. Is it done, or what is its new time?\n"
        f"    line {line}  band 'Actions for 26/27', milestone 'Open the shop.': 'by June 2026'\n"
    ) in told
    titles = [text.partition(":")[0] for text in told.split("\n\n")[2:]]
    assert titles == ["To decide", "The title page", "Ambition 'Access'", "Ambition 'Staff'", "Delivery"]


def test_a_plan_without_work_asks_for_its_period_alone(tmp_path: Path) -> None:
    path = tmp_path / "strategies" / "bob.yaml"
    path.parent.mkdir()
    plain = "pcstrat: 1\nid: bob\nicb: QU9\ndocument:\n  title: T\n  kind: briefing\n  status: draft\n"
    path.write_text(f"{plain}  period: 2026/27\nambitions: [{{id: a, title: A}}]\n", encoding="utf-8")
    told = refresh(load_settings(tmp_path, {}, {}), "bob", "2027/28").text
    assert "To decide: 1 thing" in told
    assert "'period' was '2026/27' and is now '2027/28'." in told


def test_the_diff_of_old_and_new_tells_the_story(load: Callable[..., Loaded]) -> None:
    old, new = load(PLAN).plan, load(rolled().text).plan
    assert old is not None
    assert new is not None
    told = {(change.kind, change.name) for change in diff_plans([old], new).changes}
    assert told == {
        (Kind.CHANGED, "the plan"),
        (Kind.DATE_REMOVED, "the plan"),
        (Kind.DATE_LATER, "the plan"),
        (Kind.ACHIEVED, "ambition 'Access', achievement 'Another thing.'"),
        (Kind.ACHIEVED, "ambition 'Access', achievement 'Open the hub.'"),
        (Kind.ACHIEVED, "ambition 'Staff', strand 'Dentists', achievement 'Open two chairs.'"),
        (Kind.DATE_LATER, "ambition 'Access', band 'Actions for 27/28'"),
        (Kind.RELABELLED, "ambition 'Access', band 'Actions for 27/28'"),
        (Kind.DATE_LATER, "ambition 'Staff', strand 'Dentists', band 'Quarter 1 of 2027/28'"),
        (Kind.RELABELLED, "ambition 'Staff', strand 'Dentists', band 'Quarter 1 of 2027/28'"),
        (Kind.DATE_CHANGED, "ambition 'Staff', strand 'Dentists', band 'Quarter 2 of 2027/28'"),
        (Kind.RELABELLED, "ambition 'Staff', strand 'Dentists', band 'Quarter 2 of 2027/28'"),
    }
    back = {(change.kind.opposite, change.item_id) for change in diff_plans([new], old).changes}
    assert back == {(change.kind, change.item_id) for change in diff_plans([old], new).changes}


BAND = {"label": "Actions for 2026/27", "when": "2026/27"}


@pytest.mark.parametrize(
    ("bands", "why"),
    [
        ([BAND | {"label": "Year 1 – 2026/27"}], "counts the years of the plan"),
        ([BAND | {"band": "Year 1"}], "counts the years of the plan"),
        ([BAND, {"label": "Later", "when": "2027/28"}], "for 2027/28 or later"),
        ([BAND, {"label": "Before", "when": "2025/26"}], "more than one year"),
        ([{"label": "Two years", "when": "2025/26 to 2026/27"}], "more than one year"),
        ([BAND | {"label": "Actions for 2025/26"}], "names another time"),
        ([BAND | {"label": "2026/27, agreed in 2024"}], "names another time"),
        ([BAND | {"when": {"published": "x", "read_as": "2026/27"}}], "cannot be counted on"),
        ([BAND | {"band": "from 2026"}], "cannot be counted on"),
    ],
)
def test_a_band_that_may_mean_more_than_one_thing_stays_and_says_why(bands: list[object], why: str) -> None:
    found = rolled_bands(bands, 2027)
    assert found
    assert isinstance(found[0], LeftBand)
    assert why in found[0].why


def test_a_band_is_not_blamed_for_what_another_band_says() -> None:
    found = rolled_bands([BAND, BAND | {"label": "Year 1 – 2026/27"}], 2027)
    assert [band.why for band in found if isinstance(band, LeftBand)] == [
        "another band of the timeline counts the years of the plan; say which of them 2027/28 is",
        "it counts the years of the plan; say which of them 2027/28 is",
    ]


def test_bands_without_a_time_or_of_the_new_year_are_no_matter() -> None:
    assert rolled_bands([{"label": "Later"}, "no band", {"label": "Next", "when": "2027/28"}], 2027) == []


@pytest.mark.parametrize(
    ("label", "after"),
    [
        ("Actions for 2026/27", "Actions for 2029/30"),
        ("Our first steps", None),
        ("Train 2000 people", None),
        ("April 2026 to March 2027: first steps", "April 2029 to March 2030: first steps"),
        ("2026-27", "2029-30"),
    ],
)
def test_the_label_of_a_rolled_band_names_the_new_year(label: str, after: str | None) -> None:
    (band,) = rolled_bands([BAND | {"label": label}], 2029)
    assert isinstance(band, RolledBand)
    assert (band.wording["when"], band.wording.get("label")) == ("2029/30", after)


WORDINGS = ("{}", "April {0} to March {1}", "by June {0}", "spring {0}", "28 February {1}", "Q2 {}", "{0} - {1}")


@given(st.sampled_from(WORDINGS), st.integers(2020, 2090), st.integers(1, 9))
def test_a_time_that_is_counted_on_means_the_same_days_of_the_later_year(wording: str, first: int, years: int) -> None:
    written = [
        wording.format(*((financial_year_name(year),) if "{}" in wording else (year, year + 1)))
        for year in (first, first + years)
    ]
    later = counted_on(written[0], years)
    if parse_time(written[0]).start is None:
        assert later is None
    else:
        assert later == written[1]
        assert parse_time(later).start == parse_time(written[1]).start


@given(st.text(max_size=40), st.integers(1, 9))
def test_what_is_no_time_is_never_counted_on(text: str, years: int) -> None:
    assert counted_on(f"{text} nonsense", years) is None


SETTLED = """\
pcstrat: 1
id: bob
icb: QU9
document: {title: T, kind: briefing, period: 2026/27}
ambitions:
  - id: gone
    title: Gone
    retired: {when: May 2026, reason: No money.}
    actions: [{text: Buy phones., when: June 2026, status: delayed}]
    measures: [{text: Calls, by: March 2027}]
  - id: kept
    title: Kept
    actions:
      - {text: Buy vans., when: June 2026, status: stopped}
      - {text: Buy desks., when: June 2026, retired: {reason: No room.}}
      - {text: Buy lamps., when: June 2026}
"""


def test_of_settled_work_nothing_is_asked_but_why_it_stopped() -> None:
    result = refreshed(read_source(SETTLED.encode(), "bob.yaml"), financial_year("2027/28"))
    asked = [(one.kind, one.place.name) for one in result.decisions if one.place.part != "document"]
    assert [kind for kind, _ in asked] == [DecisionKind.STOPPED, DecisionKind.OVERDUE]
    assert "Buy vans" in asked[0][1]
    assert "Buy lamps" in asked[1][1]
    assert result.carried == 1
