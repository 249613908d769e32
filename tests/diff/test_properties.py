"""What holds for every plan: no difference from itself, swapped sides give opposites, one edit gives one change."""

from __future__ import annotations

import copy
import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pcstrat.diff import Change, Kind, diff_plans
from pcstrat.diff.wording import Mark, word_changes
from pcstrat.light_markdown import plain
from pcstrat.model.plan import Plan
from pcstrat.source import read_source

TESTS = Path(__file__).parent.parent
PLANS = [*sorted((TESTS.parent / "strategies").glob("*.yaml")), TESTS / "formats" / "1.yaml"]
TAGS = {"themes", "pillars", "commitments", "mentions", "splits", "scope"}


def data_of(path: Path) -> dict[str, Any]:
    data = read_source(path.read_bytes(), path.name).data
    assert isinstance(data, dict)
    return data


EVERY_FIELD = data_of(PLANS[-1])
BASE = Plan.model_validate(EVERY_FIELD)


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from leaves(below, (*path, index))
    else:
        yield path


LEAVES = [path for path in leaves(EVERY_FIELD) if path != ("pcstrat",)]
MOST_EDITS = 3


def one_of_each_shape() -> list[tuple[str | int, ...]]:
    """One leaf for each field of each sort of item: the same field elsewhere has the same code behind it."""
    shapes = {tuple(step for step in path if isinstance(step, str))[-3:]: path for path in reversed(LEAVES)}
    return list(shapes.values())


EDITED = one_of_each_shape()


def value_at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def edited(path: tuple[str | int, ...], value: object) -> Plan | None:
    """The plan with another value at a path (None takes it away); None if that is no plan, or the same one."""
    data = copy.deepcopy(EVERY_FIELD)
    around = value_at(data, path[:-1])
    if value is None:
        del around[path[-1]]
    else:
        around[path[-1]] = value
    try:
        plan = Plan.model_validate(data)
    except ValidationError:
        return None
    return None if plan == BASE else plan


def edits_of(path: tuple[str | int, ...]) -> Iterator[Plan]:
    old = value_at(EVERY_FIELD, path)
    if path[-1] == "id":  # another id without declared lineage is another item
        yield from filter(None, [edited(path, None)])
        return
    candidates = [None, f"{old} and more", "May 2033", "£7m", "7%", "high", "done", "committed", "down", "final"]
    plans = (plan for candidate in candidates if (plan := edited(path, candidate)) is not None)
    yield from itertools.islice(plans, MOST_EDITS)


def swapped(changes: tuple[Change, ...]) -> Counter[object]:
    return Counter(
        (
            change.kind.opposite,
            change.significance.opposite,
            change.field,
            change.new_path,
            change.old_path,
            change.after,
            change.before,
        )
        for change in changes
    )


def as_found(changes: tuple[Change, ...]) -> Counter[object]:
    return Counter(
        (
            *(change.kind, change.significance, change.field),
            *(change.old_path, change.new_path, change.before, change.after),
        )
        for change in changes
    )


def is_one_replacement(changes: tuple[Change, ...]) -> bool:
    """One tag for another, or one word for another where an item has no id and nothing but that word to know it by."""
    kinds = sorted(change.kind.value for change in changes)
    if kinds == ["tag-added", "tag-dropped"]:
        return changes[0].field.rpartition(".")[2] in TAGS
    return kinds == ["added", "removed"] and not any(change.item_id for change in changes)


@pytest.mark.parametrize("part", sorted({str(path[0]) for path in EDITED}))
def test_every_edit_of_one_field_is_one_change(part: str) -> None:
    tried = 0
    for path in (path for path in EDITED if path[0] == part):
        for plan in edits_of(path):
            tried += 1
            changes = diff_plans([BASE], plan).changes
            assert len(changes) == 1 or is_one_replacement(changes), (path, changes)
            assert swapped(changes) == as_found(diff_plans([plan], BASE).changes), path
    assert tried or part in {"icb", "language", "id"}


WORD = re.compile(r"[^\W_]+")
WORDS = ("text", "title", "what", "about")
REAL_PLANS = PLANS[:-1]


@cache
def read(path: Path) -> tuple[dict[str, Any], Plan, list[tuple[str | int, ...]]]:
    """A plan with every text of more than a word by which an item without an id is known."""
    data = data_of(path)
    found = [place for place in leaves(data) if is_words_alone(data, place)]
    return data, Plan.model_validate(data), found


def is_words_alone(data: dict[str, Any], place: tuple[str | int, ...]) -> bool:
    text, around = value_at(data, place), value_at(data, place[:-1])
    is_item = isinstance(place[-1], int) and place[-2] in ITEMS
    is_text = place[-1] in WORDS and isinstance(place[-2], int) and place[-3] in ITEMS and "id" not in around
    return (is_item or is_text) and isinstance(text, str) and len(WORD.findall(text)) > 1


ITEMS = {"actions", "milestones", "outcomes", "achievements", "benefits", "points", "measures", "lines"}


@pytest.mark.parametrize("path", REAL_PLANS, ids=lambda path: path.stem)
@settings(max_examples=6)
@given(data=st.data())
def test_another_word_of_an_item_without_an_id_is_one_rewording(path: Path, data: st.DataObject) -> None:
    """Whatever the word is, wherever the item stands, and either way."""
    stated, plan, places = read(path)
    place = data.draw(st.sampled_from(places))
    text = value_at(stated, place)
    word = data.draw(st.sampled_from(list(WORD.finditer(text))))
    changed = copy.deepcopy(stated)
    value_at(changed, place[:-1])[place[-1]] = f"{text[: word.start()]}zebras{text[word.end() :]}"
    new = Plan.model_validate(changed)
    (change,) = diff_plans([plan], new).changes
    assert change.kind in {Kind.REWORDED, Kind.RENAMED, *WORDINGS}
    assert change.suggestion is None or change.suggestion.score >= 1 / 2
    assert swapped((change,)) == as_found(diff_plans([new], plan).changes)


WORDINGS = {kind for kind in Kind if kind.is_wording}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32))
def test_a_plan_differs_in_nothing_from_itself_in_another_order(path: Path, seed: int) -> None:
    data = data_of(path)
    plan, shuffled = Plan.model_validate(data), Plan.model_validate(reordered(data, random.Random(seed)))  # noqa: S311
    assert diff_plans([plan], shuffled).changes == ()


def reordered(value: Any, seed: random.Random) -> Any:
    if isinstance(value, dict):
        items = [(name, reordered(below, seed)) for name, below in value.items()]
        seed.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        entries = [reordered(entry, seed) for entry in value]
        seed.shuffle(entries)
        return entries
    return value


@settings(max_examples=25)
@given(data=st.data())
def test_swapping_the_sides_swaps_every_change(data: st.DataObject) -> None:
    """With many edits at once, items without ids among them."""
    old, new = (several_edits(data) for _ in range(2))
    assert swapped(diff_plans([old], new).changes) == as_found(diff_plans([new], old).changes)


WORDED = [
    *("Open 5 hubs by 1 May.", "Open up to 5 hubs by 1 May.", "Open 3 hubs by 1 May, where possible."),
    *("Consider opening a hub.", "Open a hub.", "Open two hubs by 1 June.", "in 5 years time", "in 7 years time"),
    *("within 2 days", "12 months", "24 months", "Open a hub if NHS England agrees."),
]
RECURRENCES = ["recurrent", "non-recurrent"]


def several_edits(data: st.DataObject) -> Plan:
    changed = copy.deepcopy(EVERY_FIELD)
    for path in data.draw(st.lists(st.sampled_from(LEAVES), max_size=6, unique=True)):
        before = value_at(changed, path)
        values = RECURRENCES if path[-1] == "recurrence" else [f"{before} more", "May 2033", "£7m", "7%", *WORDED]
        value_at(changed, path[:-1])[path[-1]] = data.draw(st.sampled_from(values))
        try:
            Plan.model_validate(changed)
        except ValidationError:
            value_at(changed, path[:-1])[path[-1]] = before
    return Plan.model_validate(changed)


def test_real_plans_compare_with_each_other_either_way(plan_of: Callable[[str], Plan]) -> None:
    first, second = (plan_of(path.read_text(encoding="utf-8")) for path in PLANS[3:5])
    forth, back = diff_plans([first], second).changes, diff_plans([second], first).changes
    assert len(forth) > 20
    assert Counter(change.kind.opposite for change in forth) == Counter(change.kind for change in back)


def test_fingerprints_are_stable_and_unlike(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    edit = text.replace("£9.6m", "£8.4m").replace("by September 2026", "by March 2027")
    prints = [change.fingerprint for change in diff_plans([base], plan_of(edit)).changes]
    later = edit.replace("ambitions:\n", "ambitions:\n  - {id: first, title: Before all others}\n")
    assert len(set(prints)) == len(prints) == 2
    assert set(prints) < {change.fingerprint for change in diff_plans([base], plan_of(later)).changes}


def test_opposites_are_mutual() -> None:
    assert all(kind.opposite.opposite is kind for kind in Kind)


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_a_word_view_holds_the_words_of_both_texts_or_where_they_are_the_same_the_texts(
    before: str, after: str
) -> None:
    pieces = word_changes(before, after)
    if plain(before) != plain(after):
        before, after = plain(before), plain(after)
    old = "".join(text for mark, text in pieces if mark is not Mark.ADDED)
    new = "".join(text for mark, text in pieces if mark is not Mark.REMOVED)
    assert ("".join(old.split()), "".join(new.split())) == ("".join(before.split()), "".join(after.split()))


def test_a_very_long_rewording_is_shown_whole() -> None:
    before, after = "a b " * 2000, "c d " * 2000
    assert [piece.mark for piece in word_changes(before, after)] == [Mark.REMOVED, Mark.ADDED]
