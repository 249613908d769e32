"""Under "Find your service" stands whatever a plan tags with a service, and absence only where nothing is tagged."""

from __future__ import annotations

from typing import Any

import pytest

from pcstrat.model.plan import Plan
from pcstrat.model.vocabulary import Pillar
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.blocks import Items, Links, Paragraph, Section
from pcstrat.render.index import index_plan
from pcstrat.render.services import services_section

PHARMACY = {"pillars": ["community-pharmacy"]}
NOTHING = "This plan says nothing of its own on community pharmacy."


def service(plan: Plan, registry: Registry, pillar: Pillar = Pillar.COMMUNITY_PHARMACY) -> Section:
    section = services_section(index_plan(plan, registry))
    return next(each for each in section.sections if each.title == words.SERVICES[pillar])


def said(plan: Plan, registry: Registry) -> list[tuple[str, str, str]]:
    """The links under the service: words, target, and what stands beside; or one sentence without a link."""
    (block,) = service(plan, registry).blocks
    if isinstance(block, Paragraph):
        return [("", "", str(block.text))]
    assert isinstance(block, Links)
    return [(link.text, link.href, str(text)) for link, text in block.links]


def plan_with(minimal: dict[str, Any], aim: dict[str, Any], **others: object) -> Plan:
    return Plan.model_validate(minimal | {"ambitions": [{"id": "one", "title": "Do one thing"} | aim]} | others)


@pytest.mark.parametrize(
    ("field", "thing", "expected"),
    [
        ("actions", {"text": "Grow Pharmacy First.", "id": "grow"}, ("Grow Pharmacy First.", "#grow")),
        ("actions", {"text": "Grow Pharmacy First."}, ("Grow Pharmacy First.", "#one")),
        ("milestones", {"text": "Publish a plan.", "when": "June 2027"}, ("Publish a plan.", "#one")),
        ("milestones", {"title": "Plan", "text": "Publish it."}, ("Plan: Publish it.", "#one")),
        ("measures", {"text": "More people are seen.", "id": "seen"}, ("More people are seen.", "#seen")),
        ("outcomes", {"text": "More people are seen."}, ("More people are seen.", "#one")),
    ],
)
def test_a_thing_that_is_tagged_itself_is_named(
    minimal: dict[str, Any], registry: Registry, field: str, thing: dict[str, Any], expected: tuple[str, str]
) -> None:
    plan = plan_with(minimal, {field: [thing | PHARMACY, {"text": "Something else."}]})
    assert said(plan, registry) == [(*expected, "In: Do one thing")]


def test_a_milestone_in_a_band_and_a_point_of_an_action_count_too(minimal: dict[str, Any], registry: Registry) -> None:
    bands = [{"label": "Year 1", "milestones": [{"text": "Begin."} | PHARMACY]}]
    actions = [{"text": "Do this:", "points": [{"text": "Ask pharmacies."} | PHARMACY]}]
    plan = plan_with(minimal, {"timeline": bands, "actions": actions})
    assert sorted(text for text, _, _ in said(plan, registry)) == ["Ask pharmacies.", "Begin."]


def test_a_strand_that_is_tagged_stands_for_what_is_in_it(minimal: dict[str, Any], registry: Registry) -> None:
    strand = {"id": "pharmacy", "title": "Pharmacies", "actions": [{"text": "Ask them."} | PHARMACY]} | PHARMACY
    plan = plan_with(minimal, {"strands": [strand]})
    assert said(plan, registry) == [("Pharmacies", "#pharmacy", "Ask them.")]


def test_two_things_with_the_same_words_are_told_apart(minimal: dict[str, Any], registry: Registry) -> None:
    actions = [{"text": "Ask them.", "id": name} | PHARMACY for name in ("first", "second")]
    plan = plan_with(minimal, {"actions": actions})
    assert [text for text, _, _ in said(plan, registry)] == [
        "Ask them. (Do one thing)",
        "Ask them. (Do one thing) (2)",
    ]


def test_links_of_several_services_with_the_same_words_name_what_they_stand_in(
    minimal: dict[str, Any], registry: Registry
) -> None:
    aims = [
        {"id": name, "title": name.title(), "measures": [{"text": "Calls answered"} | {"pillars": [pillar]}]}
        for name, pillar in (("access", "dentistry"), ("staff", "optometry"))
    ]
    plan = Plan.model_validate(minimal | {"ambitions": aims})
    found = [service(plan, registry, pillar).blocks[0] for pillar in (Pillar.DENTISTRY, Pillar.OPTOMETRY)]
    links = [link for block in found if isinstance(block, Links) for link, _ in block.links]
    assert [(link.text, link.href) for link in links] == [
        ("Calls answered (Access)", "#access"),
        ("Calls answered (Staff)", "#staff"),
    ]


def test_what_is_about_all_four_services_stands_apart(minimal: dict[str, Any], registry: Registry) -> None:
    action = {"text": "Ask all.", "pillars": [pillar.value for pillar in Pillar]}
    plan = plan_with(minimal, {"actions": [action]})
    section = services_section(index_plan(plan, registry))
    everything = next(each for each in section.sections if each.title == "All four services")
    assert isinstance(everything.blocks[0], Links)
    assert [link.text for link, _ in everything.blocks[0].links] == ["Ask all."]


def test_where_no_work_is_planned_the_places_that_speak_of_it_are_named(
    minimal: dict[str, Any], registry: Registry
) -> None:
    plan = plan_with(minimal, {}, challenges={"items": [{"text": "Pharmacies close."} | PHARMACY]})
    ((_, _, sentence),) = said(plan, registry)
    assert sentence == (
        "This plan sets out no work of its own on community pharmacy. It speaks of it under: Why change."
    )


def test_absence_is_said_where_nothing_is_tagged(minimal: dict[str, Any], registry: Registry) -> None:
    actions = [{"text": "Grow Pharmacy First.", "pillars": ["dentistry"]}]
    assert said(plan_with(minimal, {"actions": actions}), registry) == [("", "", NOTHING)]


def test_no_sentence_of_absence_contradicts_a_published_plan(registry: Registry, strategies: Any, load: Any) -> None:
    """What a plan file tags, by its text, is never said to be missing."""
    for path in sorted(strategies.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        plan = load(text, path.name).plan
        for pillar in Pillar:
            if "nothing of its own" in str(service(plan, registry, pillar).blocks[0]):
                tagged = [line for line in text.splitlines() if "pillars:" in line and pillar.value in line]
                assert all(other.value in line for line in tagged for other in Pillar), (path.name, pillar)


def named_in(minimal: dict[str, Any], registry: Registry, aim: dict[str, Any], *names: str) -> bool:
    """Whether the place of these names is said to be named in the plan's one ambition."""
    place = {"id": "somewhere", "name": names[0], "also_called": names[1:]}
    section = services_section(index_plan(plan_with(minimal, aim, places=[place]), registry))
    block = next(each for each in section.sections if each.title == words.SECTIONS["places"]).blocks[0]
    assert isinstance(block, Items)
    return any("Named in" in fact and "#one" in fact for fact in block.items[0].facts)


MEASURED = {"text": "Wait less.", "unit": "days", "baseline": {"value": "5 days", "when": "2025"}}


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Reading"], "Open a hub in Reading."),
        (["King's Lynn"], 'The "King\'s Lynn" hub.'),
        (["King's Lynn"], "The King’s Lynn hub."),
        (["North Kent (coast)"], "The hub of North Kent (coast)."),
        (["The Bay Hub"], "Open the Bay hub."),
        (["The Bay Hub"], "Open the **Bay** hub."),
        (["East", "The Old Town"], "The old\ntown comes first."),
    ],
)
def test_a_place_is_named_where_the_plans_words_name_it(
    minimal: dict[str, Any], registry: Registry, names: list[str], text: str
) -> None:
    assert named_in(minimal, registry, {"text": text}, *names)
    assert named_in(minimal, registry, {"measures": [MEASURED | {"points": [text]}]}, *names)
    assert named_in(minimal, registry, {"measures": [MEASURED | {"target": {"value": "9 days", "note": text}}]}, *names)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Reading"], "Help with reading."),
        (["Reading"], "The Readings."),
        (["North Kent (coast)"], "The hub of North Kent."),
        (["Ware"], "A software for all."),
    ],
)
def test_words_that_only_look_like_a_place_do_not_name_it(
    minimal: dict[str, Any], registry: Registry, names: list[str], text: str
) -> None:
    assert not named_in(minimal, registry, {"text": text}, *names)


@pytest.mark.parametrize("name", ["Reading", "Measure", "Quantity", "Progress", "None", "One"])
def test_a_place_is_not_named_by_what_the_file_holds_but_the_words(
    minimal: dict[str, Any], registry: Registry, name: str
) -> None:
    actions = [{"text": "Wait less.", "status": "done"}]
    aim = {"title": "Do a thing", "measures": [MEASURED], "actions": actions}
    assert not named_in(minimal, registry, aim, name)


THEME = {"themes": ["pharmacy", "workforce"]}
OURS = "Our classification: Community pharmacy."


def test_an_ambition_with_a_theme_that_stands_for_a_service_is_about_it(
    minimal: dict[str, Any], registry: Registry
) -> None:
    plan = plan_with(minimal, {"text": "Train more of them."} | THEME)
    assert said(plan, registry) == [("Do one thing", "#one", f"Train more of them. {OURS}")]


def test_what_a_theme_alone_says_of_a_thing_is_our_classification(minimal: dict[str, Any], registry: Registry) -> None:
    actions = [{"text": "Grow Pharmacy First."} | THEME, {"text": "Ask pharmacies."} | THEME | PHARMACY]
    plan = plan_with(minimal, {"actions": actions})
    assert said(plan, registry) == [
        ("Grow Pharmacy First.", "#one", f"In: Do one thing {OURS}"),
        ("Ask pharmacies.", "#one", "In: Do one thing"),
    ]


def test_a_theme_that_stands_for_no_service_is_none(minimal: dict[str, Any], registry: Registry) -> None:
    assert said(plan_with(minimal, {"themes": ["workforce"]}), registry) == [("", "", NOTHING)]


def test_a_theme_outside_the_aims_is_named_too(minimal: dict[str, Any], registry: Registry) -> None:
    plan = plan_with(minimal, {}, risks=[{"text": "Pharmacies close."} | THEME])
    ((_, _, sentence),) = said(plan, registry)
    assert sentence.endswith("It speaks of it under: Risks.")
