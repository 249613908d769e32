"""Two boards side by side: what each plans, why the other does not, and money that is told once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest

from pcstrat.compare import compare, digest
from pcstrat.compare.commitments import is_answered
from pcstrat.compare.digest import answers_of
from pcstrat.compare.table import Stated
from pcstrat.diff import version_of
from pcstrat.diff.alignment import Alignment, Coverage, Group, Standing, Topic, align_plans
from pcstrat.diff.alignment_sentences import alignment_sentence
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.render.diff_page import diff_page
from pcstrat.render.environment import Templates
from pcstrat.report.diff_json import diff_json
from pcstrat.report.diff_markdown import diff_markdown
from pcstrat.report.diff_text import diff_text

AS_OF = dt.date(2026, 11, 21)
WORDS = {Standing.MENTIONED: "Mentioned", Standing.OUT_OF_SCOPE: "Out of scope"}


def board(plan_id: str = "a", icb: str = "QMM", **more: Any) -> Plan:
    document = {"title": "A plan", "kind": "delivery plan", **more.pop("document", {})}
    aims = more.pop("ambitions", [{"id": "one", "title": "Do one thing"}])
    return Plan.model_validate(
        {"pcstrat": "1", "id": plan_id, "icb": icb, "document": document, "ambitions": aims, **more}
    )


def aligned(old: Plan, new: Plan, registry: Registry) -> Alignment:
    return align_plans(old, new, registry, (version_of(old), version_of(new)))


def topic(found: Alignment, code: str) -> Topic:
    return next(each for each in found.topics if each.code == code)


def page(found: Alignment, registry: Registry) -> str:
    return Templates().render("documents/diff.html.j2", page=diff_page([found], registry))


@pytest.fixture(scope="module")
def real(strategies: Path, plan_of: Callable[[str], Plan]) -> list[Plan]:
    return [plan_of(path.read_text(encoding="utf-8")) for path in sorted(strategies.glob("*.yaml"))]


def test_both_commands_say_the_same_of_every_commitment(real: list[Plan], registry: Registry) -> None:
    digests = [digest(plan, registry) for plan in real]
    (commitments,) = compare(digests, registry, as_of=AS_OF, topics=["commitments"])
    cells = {(row.code, column.plan): cell for row, column, cell in commitments.tables[0].cells}
    for old, new in permutations(real, 2):
        topics = [each for each in aligned(old, new, registry).topics if each.group is Group.COMMITMENT]
        assert [each.code for each in topics] == list(registry.commitments), "every commitment is there"
        for each in topics:
            for plan, planned, stand in zip((old, new), (each.old, each.new), each.stands, strict=True):
                cell = cells[each.code, plan.id]
                assert bool(planned) is (stand.standing is Standing.PLANNED) is is_answered(cell)
                if not planned:
                    assert cell.text == WORDS.get(stand.standing, stand.words), (each.code, plan.id)


def themes_of(plan: Plan, registry: Registry) -> dict[str, bool]:
    """Whether the comparison finds anything planned for each theme in one plan."""
    (found,) = compare([digest(plan, registry)], registry, as_of=AS_OF, topics=["objectives"])
    return {row.id: isinstance(row.cells[0], Stated) for row in found.tables[0].rows}


def test_both_commands_find_something_planned_for_the_same_themes(real: list[Plan], registry: Registry) -> None:
    for old, new in pairwise([*real, real[0]]):
        found = aligned(old, new, registry)
        topics = [each for each in found.topics if each.group is Group.THEME]
        assert {each.code: bool(each.old) for each in topics} == themes_of(old, registry)
        assert {each.code: bool(each.new) for each in topics} == themes_of(new, registry)


GREEN: dict[str, Any] = {"text": "Plant trees.", "themes": ["green"]}
LINE = {"title": "Trees", "amounts": ["£1m", "£2m"], "themes": ["green"]}
PLACES: dict[str, dict[str, Any]] = {
    "an action": {"actions": [GREEN]},
    "an action with a date": {"actions": [GREEN | {"when": "May 2027"}]},
    "a milestone": {"milestones": [GREEN]},
    "a milestone of a band": {"timeline": [{"label": "First", "milestones": [GREEN]}]},
    "a measure": {"measures": [GREEN]},
    "a statement on money": {"funding_statement": [GREEN]},
    "a line of money": {"funding": [{"title": "Money", "commitment": "committed", "lines": [LINE]}]},
}
PLACES_OF_PLAN: dict[str, dict[str, Any]] = {
    "a next step": {"delivery": {"next_steps": [GREEN]}},
    "a next step of engagement": {"engagement": {"next": [GREEN]}},
    "a statement of the plan on money": {"funding_statement": [GREEN]},
    "a line of the plan's money": {"funding": [{"title": "Money", "commitment": "committed", "lines": [LINE]}]},
}


def given_up(part: Any) -> Any:
    """The same data with each item that has the theme given up."""
    if isinstance(part, list):
        return [given_up(each) for each in part]
    if not isinstance(part, dict):
        return part
    retired = {"retired": {"reason": "No land"}} if "themes" in part else {}
    return {key: given_up(value) for key, value in part.items()} | retired


@pytest.mark.parametrize("place", [*PLACES, *PLACES_OF_PLAN])
def test_a_theme_of_one_item_alone_is_planned_for_both_commands(place: str, registry: Registry) -> None:
    for change in (lambda part: part, given_up):
        aim = {"id": "one", "title": "One", **change(PLACES.get(place, {}))}
        plan = board(ambitions=[aim], **change(PLACES_OF_PLAN.get(place, {})))
        is_planned = bool(topic(aligned(plan, board("b", "QH8"), registry), "green").old)
        assert is_planned is themes_of(plan, registry)["green"] is (change is not given_up)


def test_nobody_is_blamed_for_what_came_later_or_cannot_be_judged(registry: Registry) -> None:
    found = aligned(board(document={"published": "1 November 2022"}), board("b", "QH8"), registry)
    later = topic(found, "MTP-SAME90")
    assert later.coverage is Coverage.NEITHER
    assert [stand.standing for stand in later.stands] == [Standing.NOT_YET_PUBLISHED, Standing.NOT_JUDGED]
    assert "were published after it or cannot be judged" in alignment_sentence(found)
    for report in (diff_text([found]), diff_markdown([found]), page(found, registry)):
        assert "Not yet published when this plan was written" in report
        assert "Plan date not stated, so not judged" in report


def test_what_is_only_mentioned_says_so_and_where(registry: Registry) -> None:
    aims = [{"id": "one", "title": "Do one thing", "mentions": ["LAW-INEQ"]}]
    found = aligned(board(ambitions=aims), board("b", "QH8"), registry)
    stand = topic(found, "LAW-INEQ").stands[0]
    assert (stand.standing, stand.words) == (Standing.MENTIONED, "Only mentioned: ambition 'Do one thing'")
    told = json.loads(diff_json([found]))["results"][0]["topics"]
    side = next(each["old"] for each in told if each["code"] == "LAW-INEQ")
    assert (side["standing"], side["why"], side["items"]) == ("mentioned", stand.words, [])


TEETH = {"id": "teeth", "title": "See a dentist sooner", "themes": ["green"], "pillars": ["dentistry"]}


def test_of_a_theme_without_a_tag_no_more_is_said_than_that(registry: Registry) -> None:
    """ "Open a green hub" may be about the theme, whatever its tags are."""
    plan = board(ambitions=[{"id": "one", "title": "Open a green hub", "pillars": ["optometry"]}])
    found = aligned(plan, board("b", "QH8", ambitions=[TEETH]), registry)
    untagged = "Nothing in it is tagged with this theme"
    assert [stand.words for stand in topic(found, "green").stands] == [untagged, ""]
    assert topic(found, "green").stands[0].standing is Standing.NOT_TAGGED
    for report in (diff_text([found]), diff_markdown([found])):
        assert f"a: {untagged}" in report
        assert "Nothing in it is tagged with this part of primary care" in report
        assert "Themes: Planned only by b, as far as the tags tell" in report
        assert "A plan may say more of a topic than its tags tell." in report
        assert "Nothing about" not in report
    html = page(found, registry)
    assert html.count("A plan may say more of a topic than its tags tell.") == len(Group)
    assert "<p>Nothing in the plan of Norfolk and Waveney is tagged with this topic.</p>" in html
    told = json.loads(diff_json([found]))["results"][0]["topics"]
    side = next(each["old"] for each in told if each["code"] == "green")
    assert (side["standing"], side["why"]) == ("not tagged", untagged)


def test_a_theme_that_is_a_part_of_primary_care_leads_to_what_is_tagged_with_that(registry: Registry) -> None:
    other = {"id": "two", "title": "Two", "themes": ["dental"], "pillars": ["community-pharmacy"]}
    found = aligned(board(ambitions=[TEETH]), board("b", "QH8", ambitions=[other]), registry)
    dental, dentistry = topic(found, "dental").stands[0], topic(found, "dentistry").stands[1]
    assert dental.words == "Nothing in it is tagged with this theme; see Dentistry under Parts of primary care"
    assert dentistry.words == "Nothing in it is tagged with this part of primary care; see Dental under Themes"
    html = page(found, registry)
    for stand in (dental, dentistry):
        assert stand.words in html


def test_what_was_given_up_plans_nothing(registry: Registry) -> None:
    action = {"text": "Do it", "commitments": ["LAW-INEQ"], "retired": {"reason": "No money"}}
    given_up = board(ambitions=[{"id": "one", "title": "One", "actions": [action]}])
    assert not topic(aligned(given_up, board("b", "QH8"), registry), "LAW-INEQ").old


def test_each_amount_is_told_once_with_how_certain_it_is_and_who_shares_it(registry: Registry) -> None:
    aims = [{"id": name, "title": name.title(), "themes": ["access"]} for name in ("first", "second")]
    lines = [
        {"title": "Hubs", "amounts": ["£20m"], "serves": ["first", "second"], "themes": ["access"]},
        {"title": "Phones", "amounts": ["£2m (TBC)"], "serves": ["second"], "commitment": "proposed"},
        {"title": "Kiosks", "amounts": ["£1m"], "themes": ["access"], "commitment": "not stated"},
    ]
    funding = [{"title": "Money", "commitment": "committed", "lines": lines}]
    found = aligned(board(ambitions=aims, funding=funding), board("b", "QH8"), registry)
    assert [entry.money for entry in topic(found, "access").old] == [
        ("£20m (committed, shared with ambition 'Second'): Hubs",),
        ("£2m (TBC) (proposed, to be confirmed): Phones", "shared with ambition 'First', above"),
        ("£1m (how certain: not stated): Kiosks",),
    ]


def test_what_is_planned_stands_there_in_words_alone(registry: Registry) -> None:
    parts = {"actions": [{"text": "Open **every** hub.", "when": "May 2026"}], "measures": [{"text": "*More* visits"}]}
    aim = {"id": "one", "title": "One", "themes": ["access"]}
    found = aligned(board(ambitions=[aim | parts]), board("b", "QH8"), registry)
    (planned,) = topic(found, "access").old
    assert planned.dates == ("May 2026: Open every hub.",)
    assert planned.measures == ("More visits",)


def test_what_the_documents_are_stands_beside_the_figures(registry: Registry) -> None:
    facts = {"kind": "briefing", "status": "draft", "published": "May 2024", "period": "2024/25"}
    found = aligned(board(document=facts), board("b", "QH8"), registry)
    for report in (diff_text([found]), diff_markdown([found])):
        assert "a: Briefing. Status: draft. Date: May 2024. Period: 2024/25." in report
        assert "b: Delivery plan. Status: not stated. Date: not stated. Period: not stated." in report
        assert "The documents are of different kinds: compare with care." in report
    html = page(found, registry)
    assert html.index("Read this first") < html.index("compare with care") < html.rindex("National commitments<")
    result = json.loads(diff_json([found]))["results"][0]
    assert [result["old"][0][name] for name in ("kind", "status", "period")] == ["briefing", "draft", "2024/25"]
    assert result["new"]["status"] == ""


def test_long_cells_fold_all_but_the_first_facts_and_say_repeats_once(registry: Registry) -> None:
    actions = [{"text": f"Step {number}.", "when": f"May {2024 + number}"} for number in range(5)]
    plan = board(
        ambitions=[{"id": "one", "title": "One", "commitments": ["FUL-INT", "FUL-ACCESS"], "actions": actions}]
    )
    other = board("b", "QKS", ambitions=[{"id": "one", "title": "One", "commitments": ["FUL-INT"]}])
    html = page(aligned(plan, other, registry), registry)
    cells = [cell.partition("</td>")[0] for cell in html.split("<td")[1:] if "Step 0." in cell.partition("</td>")[0]]
    first, again = cells[:2]
    assert first.index("Step 1.") < first.index("<summary>and 3 more dates</summary>") < first.index("Step 2.")
    assert again.index("<summary>5 dates, as above</summary>") < again.index("Step 0.")
    assert all(f"Step {number}." in cell for cell in cells for number in range(5))
    three = board(ambitions=[{"id": "one", "title": "One", "commitments": ["FUL-INT"], "actions": actions[:3]}])
    assert "<summary>and" not in page(aligned(three, other, registry), registry)


ABOUT = {"themes": ["continuity"]}
NO_PLANS: list[dict[str, Any]] = [
    {"challenges": {"items": [{"text": "Few see the doctor they know.", **ABOUT}]}},
    {"strengths": {"items": [{"text": "Many see the doctor they know.", **ABOUT}]}},
    {"context": [{"text": "People ask for it.", "points": [{"text": "Older people do.", **ABOUT}]}]},
    {"challenges": {"items": [{"text": "Few know theirs.", "statistics": [{"text": "40% do.", **ABOUT}]}]}},
    {"vision": {"elements": [{"title": "One team that you know", "commitments": ["FUL-INT"], **ABOUT}]}},
    {"risks": [{"text": "Doctors leave.", **ABOUT}]},
]


@pytest.mark.parametrize("part", NO_PLANS, ids=lambda part: next(iter(part)))
def test_what_only_describes_is_no_plan(part: dict[str, Any], registry: Registry) -> None:
    found = topic(aligned(board(**part), board("b", "QH8", **part), registry), "continuity")
    assert (found.coverage, found.stands[0].standing) == (Coverage.NEITHER, Standing.MENTIONED)
    assert found.stands[0].words.startswith("Only mentioned: ")


def test_an_element_of_the_vision_is_planned_for_the_commitment_that_it_states(registry: Registry) -> None:
    vision = {"elements": [{"title": "One team that you know", "commitments": ["FUL-INT"]}]}
    (planned,) = topic(aligned(board(vision=vision), board("b", "QH8"), registry), "FUL-INT").old
    assert planned.name == "vision, element 'One team that you know'"


@pytest.mark.parametrize("key", ["actions", "milestones", "measures"])
def test_an_action_a_milestone_or_a_measure_is_planned(key: str, registry: Registry) -> None:
    aim = {"id": "one", "title": "One", key: [{"text": "Every patient has a named doctor.", **ABOUT}]}
    found = topic(aligned(board(ambitions=[aim]), board("b", "QH8"), registry), "continuity")
    assert [entry.item_id for entry in found.old] == ["one"]


def test_one_mention_more_is_named_instead_of_counted(registry: Registry) -> None:
    def words(number: int) -> str:
        challenges = {"items": [{"text": f"Problem {each}.", **ABOUT} for each in range(1, number + 1)]}
        plan = board(ambitions=[{"id": "one", "title": "One"}], challenges=challenges)
        return topic(aligned(plan, board("b", "QH8"), registry), "continuity").stands[0].words

    assert words(4).endswith("'Problem 3.'; item 'Problem 4.'")
    assert words(5).endswith("'Problem 3.' and 2 more")


HUBS: dict[str, Any] = {
    "id": "hubs",
    "label": "Objective 1a",
    "title": "Open hubs",
    "milestones": [{"id": "north", "text": "Open the north hub.", "when": "May 2026"}],
    "measures": [{"text": "Seen on the day", "target": "90%"}],
}
ACCESS: dict[str, Any] = {
    "id": "access",
    "label": "Ambition 1",
    "title": "Getting help the same day",
    "commitments": ["FUL-ACCESS"],
    "themes": ["access"],
    "actions": [{"text": "Answer phones.", "when": "2026"}],
}
HUB_MONEY = {"title": "Money", "commitment": "committed", "lines": [{"title": "Hubs", "amounts": ["£4.2m"]}]}


def access(*objectives: dict[str, Any], serves: str = "hubs", **more: Any) -> Plan:
    (line,) = HUB_MONEY["lines"]
    funding = [{**HUB_MONEY, "lines": [{**line, "serves": [serves]}]}]  # type: ignore[dict-item]  # a dict of its own
    return board(ambitions=[{**ACCESS, "objectives": list(objectives), **more}], funding=funding)


@pytest.mark.parametrize("serves", ["hubs", "north"])
@pytest.mark.parametrize("code", ["FUL-ACCESS", "access"])
def test_what_its_objectives_hold_counts_for_an_ambition(code: str, serves: str, registry: Registry) -> None:
    (entry,) = topic(aligned(access(HUBS, serves=serves), board("b", "QH8"), registry), code).old
    assert entry.item_id == "access"
    assert entry.dates == ("2026: Answer phones.", "May 2026 (in Objective 1a): Open the north hub.")
    assert entry.measures == ("target 90% (in Objective 1a): Seen on the day",)
    served = {"hubs": "Objective 1a", "north": "milestone 'Open the north hub.'"}[serves]
    assert entry.money == (f"£4.2m (committed, for {served}): Hubs",)


def test_an_objective_of_another_topic_does_not_count_for_its_ambition(registry: Registry) -> None:
    other = {**HUBS, "commitments": ["FUL-INT"], "themes": ["estates"]}
    found = aligned(access(other), board("b", "QH8"), registry)
    for code in ("FUL-ACCESS", "access"):
        (entry,) = topic(found, code).old
        assert entry.dates == ("2026: Answer phones.",)
        there = ("stated only in Objective 1a, which is not tagged with this topic",)
        assert (entry.money, entry.measures) == (there, there), "what a part states is not called unstated"


def test_what_was_given_up_takes_no_commitment_from_other_parts(registry: Registry) -> None:
    strand = {"id": "part", "title": "Part", "commitments": ["FUL-ACCESS"]}
    old = {"id": "old", "title": "Old", "strands": [strand], "retired": {"reason": "No money"}}
    plan = access(HUBS, old)
    (entry,) = topic(aligned(plan, board("b", "QH8"), registry), "FUL-ACCESS").old
    assert entry.measures == ("target 90% (in Objective 1a): Seen on the day",)
    assert [proof.id for proof in answers_of(plan)["FUL-ACCESS"].items] == ["access", "hubs"]


def test_an_objective_that_answers_the_same_is_told_once_by_itself(registry: Registry) -> None:
    same = {**HUBS, "commitments": ["FUL-ACCESS"]}
    other = {"id": "rest", "title": "Rest", "measures": [{"text": "Calls"}]}
    found = topic(aligned(access(same, other), board("b", "QH8"), registry), "FUL-ACCESS")
    ambition, objective = found.old
    assert ambition.dates == ("2026: Answer phones.",)
    assert (ambition.money, ambition.measures) == (("see Objective 1a, below",), ("see Objective 1a, below",))
    assert objective.measures == ("target 90%: Seen on the day",)


def test_a_measure_says_where_it_starts_and_what_is_to_be_reached_by_when(registry: Registry) -> None:
    seen = {"text": "Children seen.", "baseline": {"value": "48%", "when": "2025/26"}, "latest": "52%"}
    dated: dict[str, Any] = {"target": {"value": "65%", "when": "2029/30"}}
    by: dict[str, Any] = {"target": "65%", "by": "by 2030"}
    aim = {"id": "one", "title": "One", "themes": ["access"], "measures": [seen | dated, seen | by]}
    found = aligned(board(ambitions=[aim]), board("b", "QH8"), registry)
    (entry,) = topic(found, "access").old
    assert entry.measures == (
        "baseline 48% (2025/26), latest 52%, target 65% by 2029/30: Children seen.",
        "baseline 48% (2025/26), latest 52%, target 65% by 2030: Children seen.",
    )
    for report in (diff_text([found]), diff_markdown([found]), diff_json([found]), page(found, registry)):
        assert "target 65% by 2029/30: Children seen." in report


MONEY_FOR_NONE = [
    {
        "title": "New money for access",
        "commitment": "committed",
        "year": "2027/28",
        "lines": [
            {"title": "Phone systems", "amounts": ["£420k"]},
            {"title": "Hubs", "amounts": ["£1m", {"amount": "£2m (TBC)", "what": "the north"}], "year": "2028/29"},
            {"title": "Kiosks", "amounts": ["£3m"], "themes": ["access"]},
            {"title": "Old", "amounts": ["£9m"], "retired": {"reason": "No need"}},
        ],
    }
]


def test_money_that_stands_with_no_topic_is_told_at_the_end(registry: Registry) -> None:
    aim = {"id": "one", "title": "One", "themes": ["estates"]}
    statement = [{"text": "It pays for:", "points": ["phones", "hubs"]}]
    plan = board(ambitions=[aim], funding=MONEY_FOR_NONE, funding_statement=statement)
    found = aligned(plan, board("b", "QH8", ambitions=[aim]), registry)
    assert found.loose_money == (
        (
            "£420k (committed, 2027/28): New money for access, Phone systems",
            "£1m (committed, 2028/29): New money for access, Hubs",
            "£2m (TBC) (committed, 2028/29, to be confirmed): New money for access, Hubs: the north",
            "in words, without an amount: It pays for: phones; hubs",
        ),
        (),
    )
    (kiosks,) = topic(found, "access").old
    assert kiosks.money == ("£3m (committed, 2027/28): Kiosks",)
    heading = "Money for none of these topics, as far as the tags tell"
    html = page(found, registry)
    for report in (diff_text([found]), diff_markdown([found]), html):
        assert report.index("Parts of primary care" if report is html else "Themes") < report.index(heading)
        for amount in found.loose_money[0]:
            assert report.index(heading) < report.rindex(amount)
        assert "Not stated: date, which money is for it, measure" in report
        assert "Not stated: date, money, measure" in report, "the other plan has no other money"
    told = json.loads(diff_json([found]))["results"][0]["money_of_no_topic"]
    assert told == {"old": list(found.loose_money[0]), "new": []}


def test_all_money_that_stands_with_a_topic_is_told_there_alone(registry: Registry) -> None:
    for serves in ("hubs", "north"):
        assert aligned(access(HUBS, serves=serves), board("b", "QH8"), registry).loose_money == ((), ())


def test_money_in_words_is_said_to_be_so(registry: Registry) -> None:
    statement = [{"text": "Existing allocations will pay."}]
    plan = board(ambitions=[{"id": "one", "title": "One", "themes": ["access"], "funding_statement": statement}])
    found = aligned(plan, board("b", "QH8"), registry)
    (entry,) = topic(found, "access").old
    assert entry.money == ("in words, without an amount: Existing allocations will pay.",)
    assert "Not stated: date, measure" in diff_text([found])


def test_items_are_called_by_label_and_title_everywhere(registry: Registry) -> None:
    found = aligned(access(HUBS), board("b", "QH8"), registry)
    for report in (diff_text([found]), diff_markdown([found]), page(found, registry)):
        assert "Ambition 1: Getting help the same day" in report


def test_a_long_title_of_an_aim_is_not_cut_to_half_a_line(registry: Registry) -> None:
    title = "People with several long-term conditions have one plan for their care"
    plan = board(ambitions=[{"id": "one", "title": title, "themes": ["access"]}])
    assert [entry.name for entry in topic(aligned(plan, board("b", "QH8"), registry), "access").old] == [
        f"ambition '{title}'"
    ]


def test_facts_of_a_kind_are_a_list_under_their_kind(registry: Registry) -> None:
    html = page(aligned(access(HUBS), board("b", "QH8"), registry), registry)
    assert "<li>Dates:<ul><li>2026: Answer phones.</li><li>May 2026 (in Objective 1a): Open the north hub.</li>" in html
    assert "<li>Measure: target 90% (in Objective 1a): Seen on the day</li>" in html


def test_dates_in_strands_of_other_commitments_are_not_called_unstated(registry: Registry) -> None:
    def strand(title: str, **more: Any) -> dict[str, Any]:
        return {"title": title, "milestones": [{"text": "Refit 40 rooms.", "when": "by March 2028"}], **more}

    def dates_of(*strands: dict[str, Any]) -> tuple[str, ...]:
        enabler = {"id": "e", "title": "Buildings", "commitments": ["FUL-ENABLE"], "strands": strands}
        found = aligned(board(enablers=[enabler]), board("b", "QH8"), registry)
        return next(entry.dates for entry in topic(found, "FUL-ENABLE").old if entry.item_id == "e")

    other = {"commitments": ["PCA-CAPACITY"]}
    assert dates_of(strand("Rooms", **other)) == ("stated only in strand 'Rooms', which is not tagged with this topic",)
    named = "strand 'A', strand 'B', strand 'C' and 2 more"
    told = f"stated only in parts that are not tagged with this topic: {named}"
    assert dates_of(*(strand(name, **other) for name in "ABCDE")) == (told,)
    assert dates_of(strand("Rooms", **other), strand("Plain")) == (
        "by March 2028 (in strand 'Plain'): Refit 40 rooms.",
    )
    assert dates_of(strand("Rooms", **other) | {"milestones": []}) == (), "nothing states any"
    both = strand("Rooms", **other), strand("Doors", commitments=["FUL-ENABLE"])
    assert dates_of(*both) == ("see strand 'Doors', below",), "what has the tag leads"


def test_an_item_is_told_in_full_once_and_then_named(registry: Registry) -> None:
    dated = [{"text": f"Open hub {number}.", "when": "2027"} for number in range(3)]
    aim = {"id": "o", "title": "Hubs", "commitments": ["FUL-INT", "FUL-PREV"], "milestones": dated}
    brief = {"id": "p", "title": "Phones", "commitments": ["FUL-INT", "FUL-PREV"], "milestones": dated[:2]}
    found = aligned(board(ambitions=[aim, brief]), board("b", "QH8", ambitions=[aim]), registry)
    for report in (diff_text([found]), diff_markdown([found])):
        assert report.count("Open hub 2.") == 2, "once for each plan"
        assert report.count("The same 3 facts as under FUL-INT, above") == 2
        assert report.count("Open hub 1.") == 4, "few facts are as short as a reference"
        assert report.count("Not stated: money, measure") == 6
    facts = json.loads(diff_json([found]))
    assert json.dumps(facts).count("Open hub 2.") == 4, "programs are told in full"
