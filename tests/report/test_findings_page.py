"""The page on the quality of the documents: complete, by plan and owner, without scores, and accessible."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pcstrat.commands.documents import findings_html
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.render.environment import Templates
from pcstrat.render.findings_page import findings_page
from pcstrat.review import Review
from pcstrat.settings import load_settings
from pcstrat.text import has_unsafe_characters


@pytest.fixture
def html(tmp_path: Path) -> Callable[[Review], str]:
    settings = load_settings(tmp_path, {}, {"publisher": "Us & them"})
    return lambda review: findings_html(review, settings, Templates())


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<body>") :]).split())


@pytest.mark.parametrize("name", ["whole", "clean", "crashed", "hostile"])
def test_every_run_makes_an_accessible_page(
    name: str, html: Callable[[Review], str], request: pytest.FixtureRequest
) -> None:
    assert inspect_page(html(request.getfixturevalue(name))).problems == ()


def test_plans_and_owners_are_sections(whole: Review) -> None:
    about, found, plan, broken = findings_page(whole).sections
    assert (about.title, found.title) == ("How to read this report", "What was found")
    assert (plan.title, plan.label) == ("A plan for Larkshire (larkshire)", "strategies/plan-1.yaml")
    assert [section.title for section in plan.sections] == [
        "For Harbour Team",
        "Nobody is named",
        "Since this plan was written",
        "Accepted",
    ]
    assert broken.title == "brokenshire"


def test_each_owner_sees_their_own_places(whole: Review, html: Callable[[Review], str]) -> None:
    text = text_of(html(whole))
    harbour, nobody = text.split("For Harbour Team", 1)[1].split("Nobody is named", 1)
    assert harbour.count("is short.") == 3
    assert nobody.split("Since this plan")[0].count("is short.") == 1
    assert "“Boats for all” is too many. Warning. Rule Q01. Line 9 What to do : Mend Q01. Why it matters : " in harbour
    assert "Why it matters : Because of the law. And more. See also : 1 place" in harbour
    assert "Accepted by The board until March 2028: The weather is not ours." in text
    assert "The file is no valid plan yet, so 6 rules could not be run." in text


def test_what_was_found_is_counted_in_all_and_for_each_plan(whole: Review, html: Callable[[Review], str]) -> None:
    text = text_of(html(whole))
    assert "Checked 2 plans with 6 rules: 1 error, 2 warnings and 1 piece of advice in 2 plans." in text
    labels = ("Errors", "Warnings", "Advice", "Since", "Accepted", "Highest profile")
    row = text.split("larkshire Errors: ")[1].split("brokenshire")[0]
    assert [int(count) for count in re.findall(r"\b\d+\b", row)] == [0, 2, 1, 1, 1]
    assert all(f"{label}: " in text for label in labels)
    assert "2 warnings and 1 piece of advice. Highest profile that passes: " in text


def test_severities_are_told_apart_without_colour(whole: Review, html: Callable[[Review], str]) -> None:
    page = html(whole)
    harbour = page.split("For Harbour Team</h3>", 1)[1].split("<h3", 1)[0]
    lists = re.findall(r'class="list list--finding list--(\w+)">\s*<p class="list__heading">([^<]+)</p>', harbour)
    assert lists == [("warning", "2 warnings"), ("advice", "1 piece of advice")]


def test_it_says_what_it_is_and_ranks_nobody(whole: Review, html: Callable[[Review], str]) -> None:
    text = text_of(html(whole))
    assert "This report is internal." in text
    assert not re.search(r"\b(score|rank|best|worst|poor|good plan)\b", text)


def test_a_clean_plan_sends_a_person(clean: Review, html: Callable[[Review], str]) -> None:
    text = text_of(html(clean))
    assert text.count("No issues found by 3 rules. A person should still read the plan.") == 2
    assert "Highest profile that passes: publish" in text


def test_a_plan_on_which_rules_failed_is_not_called_clean(crashed: Review, html: Callable[[Review], str]) -> None:
    text = text_of(html(crashed))
    assert "No issues" not in text
    assert "1 rule failed: Q08." in text


def test_two_files_of_one_plan_are_told_apart(reviewed: Callable[..., Review], html: Callable[[Review], str]) -> None:
    text = "pcstrat: 1\nid: x\nicb: QOC\ndocument: {title: X, kind: briefing}\nambitions: [{id: a, title: A}]\n"
    assert "X (strategies/plan-2.yaml)" in text_of(html(reviewed(text, text)))


def test_hostile_text_is_only_text(hostile: Review, html: Callable[[Review], str]) -> None:
    page = html(hostile)
    body = page[page.index("<body>") :]
    assert not has_unsafe_characters(body)
    assert not re.search(r"<(script|img|svg|iframe|b|i|style)\b", body)
    assert "javascript:" not in " ".join(re.findall(r'href="([^"]*)"', body))
    assert "MARK-44" in body
