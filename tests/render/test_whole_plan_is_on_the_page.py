"""The whole plan is on the page: whatever the YAML says can be read in the HTML, or is named here with the reason."""

from __future__ import annotations

import enum
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel, ValidationError

from pcstrat.load.references import _fields_with_meaning, _ids_and_references
from pcstrat.model.money import Money, format_money
from pcstrat.model.plan import Plan
from pcstrat.model.quantities import Quantity, format_quantity
from pcstrat.model.times import Time, format_time
from pcstrat.model.vocabulary import FigureKey, FundingCommitment, MilestoneKind, Pillar, Theme
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.markdown import plain
from pcstrat.source import read_source
from pcstrat.text import visible

TESTS = Path(__file__).parent.parent
PLANS = [*sorted((TESTS.parent / "strategies").glob("*.yaml")), *sorted((TESTS / "formats").glob("*.yaml"))]

NOT_SHOWN = {
    "Plan.pcstrat": "the version of the file format, of no interest to a reader",
    "Plan.id": "the name of the page's folder",
    "Plan.waivers": "waivers are internal and never published",
    "*.merged_from": "ids of items that are gone; what became of them is for the comparison of two versions",
    "*.split_from": "an id of an item that is gone",
    "VisionElement.lists": "the element stands under the heading of each list",
    "Figure.key": "our word for what is counted; where the plan has words of its own they stand in its place",
}
"""Fields that no reader needs to see, each with the reason."""

NAMES: dict[type[enum.Enum], dict[Any, str]] = {
    Pillar: words.PILLARS,
    Theme: words.THEMES,
    FundingCommitment: words.FUNDING,
    MilestoneKind: {
        MilestoneKind.ACTION: "",  # what a milestone is unless something else is said
        MilestoneKind.OUTPUT: "An output",
        MilestoneKind.OUTCOME: "An outcome",
    },
}
"""Enumerations for which the page has names of its own; others are shown as they are written."""


class Leaf(NamedTuple):
    """One value of a plan: the field it stands in, and what it refers to, if anything."""

    field: str
    value: object
    refers_to: str


class Shown(NamedTuple):
    """What a page says: its visible text, the ids in it, the places its links lead to, and its language."""

    text: str
    ids: frozenset[str]
    links: frozenset[str]
    language: str


def leaves(value: object, field: str = "", refers_to: str = "") -> Iterator[Leaf]:
    if isinstance(value, BaseModel):
        kinds = _fields_with_meaning(type(value))
        for name in value.model_fields_set:
            key = type(value).model_fields[name].alias or name
            below = f"{type(value).__name__}.{key}"
            if below not in NOT_SHOWN and f"*.{key}" not in NOT_SHOWN:
                yield from leaves(getattr(value, name), below, kinds.get(key, ""))
    elif isinstance(value, tuple):
        for entry in value:
            yield from leaves(entry, field, refers_to)
    elif value is not None:
        yield Leaf(field, value, refers_to)


def one_line(text: str) -> str:
    return " ".join(visible(text).split()).casefold().removesuffix(".")


def is_shown(leaf: Leaf, page: Shown, registry: Registry) -> bool:
    value = leaf.value
    if leaf.field == "Plan.language":
        return page.language == value
    if leaf.refers_to == "id":
        return value in page.ids
    if leaf.refers_to in {"item", "source", "person", "place", "case study"} and value != "not stated":
        return f"#{value}" in page.links
    return one_line(wording(leaf, registry)) in page.text


def wording(leaf: Leaf, registry: Registry) -> str:  # noqa: PLR0911 - one line for each kind of value
    match leaf.value:
        case Time() as time:
            return format_time(time)
        case Money() as money:
            return format_money(money)
        case Quantity() as quantity:
            return format_quantity(quantity)
        case enum.Enum() as member:
            return NAMES.get(type(member), {}).get(member, member.value)
        case bool() as yes:
            return "beyond those that the document counts" if yes else ""
        case int() as count:
            return f"The document counts {count}"
        case str() as code if leaf.refers_to == "commitment":
            commitment = registry.commitment(code)
            return commitment.title if commitment else code
        case str() as text:
            return "source not stated" if (text, leaf.refers_to) == ("not stated", "source") else plain(text)
    raise AssertionError(leaf)


@pytest.fixture(scope="module", params=PLANS, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest, plan_at: Callable[[Path], Plan]) -> Plan:
    return plan_at(request.param)


@pytest.fixture(scope="module")
def read_page(html_of: Callable[..., str], tree: Callable[[str], Any]) -> Callable[[Plan], Shown]:
    return lambda plan: what_is_shown(tree(html_of(plan)))


@pytest.fixture(scope="module")
def shown(plan: Plan, read_page: Callable[[Plan], Shown]) -> Shown:
    return read_page(plan)


def what_is_shown(root: Any) -> Shown:
    (html,) = root.all("html")
    ids = frozenset(node.attributes["id"] for node in root.all() if "id" in node.attributes)
    links = frozenset(node.attributes.get("href", "") for node in root.all("a"))
    for node in (*root.all("svg"), *root.all("nav")):
        node.children.clear()  # charts and contents repeat what the text says; they must not stand for it
    return Shown(one_line(root.text()), ids, links, html.attributes["lang"])


def assert_all_is_shown(plan: Plan, page: Shown, registry: Registry) -> None:
    missing = [leaf for leaf in leaves(plan) if not is_shown(leaf, page, registry)]
    assert not missing, f"{plan.id}: {len(missing)} values are not on the page:\n" + "\n".join(
        f"{leaf.field}: {wording(leaf, registry)!r}" for leaf in missing
    )


def test_everything_the_plan_says_is_on_its_page(plan: Plan, shown: Shown, registry: Registry) -> None:
    assert len(list(leaves(plan))) > 300
    assert_all_is_shown(plan, shown, registry)


def test_what_is_missing_would_be_noticed(plan: Plan, shown: Shown, registry: Registry) -> None:
    aim = plan.ambitions[0].model_copy(update={"owner": "The Board of Flying Carpets", "id": "no-such-anchor"})
    damaged = plan.model_copy(update={"ambitions": (aim, *plan.ambitions[1:])})
    values = [leaf.value for leaf in leaves(damaged) if not is_shown(leaf, shown, registry)]
    assert "The Board of Flying Carpets" in values
    assert "no-such-anchor" in values


def test_a_figure_without_words_of_its_own_is_named_after_its_key() -> None:
    assert {key for key in FigureKey if not words.FIGURES[key]} == {FigureKey.OTHER}


# --- the same when only some of the fields are stated -------------------------------------------------------------

FROZEN = read_source((TESTS / "formats" / "1.yaml").read_bytes(), "1.yaml").data
POINTED_AT = {"sources", "people", "places", "case_studies", "ambitions", "vision", "lists", "elements"}


def thin_out(draw: Callable[..., bool], value: Any, keep: frozenset[str] = frozenset()) -> Any:
    """The data with some of its fields left out: each is kept two times out of three."""
    if isinstance(value, list):
        return [thin_out(draw, entry, keep) for entry in value]
    if not isinstance(value, dict):
        return value
    return {key: thin_out(draw, below, keep) for key, below in value.items() if key in keep or draw()}


@pytest.mark.parametrize("seed", range(60))
def test_a_part_is_shown_whatever_else_is_not_stated(
    seed: int, read_page: Callable[[Plan], Shown], registry: Registry
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret depends on it
    data = thin_out(lambda: chance.random() < 0.67, FROZEN, frozenset(POINTED_AT))
    data = completed(data, FROZEN)
    plan = Plan.model_validate(data)
    page = read_page(plan)
    dangling = {use.name for use in _ids_and_references(data)[1]} - page.ids
    missing = [leaf for leaf in leaves(plan) if leaf.value not in dangling and not is_shown(leaf, page, registry)]
    # A heading of the plan's own over a part that is not stated has nothing to stand over.
    assert not [leaf for leaf in missing if not leaf.field.startswith("Labels.")]


def completed(data: Any, whole: Any) -> Any:
    """The data with the fields back that every item must have: validated piece by piece against the whole."""
    while True:
        try:
            Plan.model_validate(data)
        except ValidationError as error:
            for entry in error.errors():
                put_back(data, whole, entry["loc"])
        else:
            return data


def put_back(data: Any, whole: Any, location: tuple[str | int, ...]) -> None:
    for step in location[:-1]:
        data, whole = data[step], whole[step]
    last = location[-1]
    if isinstance(data, dict) and last in whole:
        data[last] = whole[last]
    else:  # an item that says nothing any more
        data[last].update(whole[last])
