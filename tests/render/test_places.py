"""The pages of a preview: each item that has no id has the anchor of its place, and nothing else is different."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pcstrat.load import Loaded
from pcstrat.model.base import Model
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.registry import Registry
from pcstrat.render.environment import Templates
from pcstrat.render.places import place_anchor, with_places
from pcstrat.render.plan_page import Particulars, plan_page

ROOT = Path(__file__).parents[2]
PLANS = [*sorted((ROOT / "strategies").glob("*.yaml")), ROOT / "tests" / "formats" / "1.yaml"]


def places_in(part: object) -> Iterator[str]:
    if isinstance(part, Model):
        own = getattr(part, "id", None)
        yield from (name for name in (own, *getattr(part, "was", ())) if name and name.startswith("place--"))
        for value in vars(part).values():
            yield from places_in(value)
    elif isinstance(part, tuple):
        for each in part:
            yield from places_in(each)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_item_has_its_place_once_and_the_words_are_the_same(
    path: Path, load: Callable[..., Loaded], registry: Registry
) -> None:
    plan = load(path.read_text(encoding="utf-8")).plan
    assert plan
    placed = with_places(plan)
    templates = Templates(None)
    particulars = Particulars(as_of=dt.date(2026, 11, 21))
    usual, marked = (
        templates.render("documents/plan.html.j2", page=plan_page(each, registry, particulars))
        for each in (plan, placed)
    )
    assert sorted(re.findall(r'id="(place--[^"]+)"', marked)) == sorted(places_in(placed))
    assert "place--" not in usual
    assert not inspect_page(marked).problems
    words, words_of_marked = (re.sub(r"<[^>]*>", " ", page).split() for page in (usual, marked))
    assert words == words_of_marked


def test_a_place_is_the_path_in_the_file(load: Callable[..., Loaded], minimal_text: Callable[..., str]) -> None:
    more = "    strands:\n      - {title: A, was: [before], actions: [Train staff., {id: here, text: Go.}]}\n"
    plan = load(minimal_text(more)).plan
    assert plan
    (strand,) = with_places(plan).ambitions[0].strands
    path = ("ambitions", 0, "strands", 0)
    assert strand.was == (place_anchor(path), "before")
    assert [(action.id, action.was) for action in strand.actions] == [
        (None, ("place--ambitions--0--strands--0--actions--0",)),
        ("here", ()),
    ]
