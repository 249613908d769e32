"""Turns an inventory of a source document and a plan into what the plan lacks, and what it has that the source lacks.

`python tests/inventory_tools.py fill <plan-id>` proposes a path for every row that has none; a person then checks them.
A path names keys, list indexes and ids of list items, joined by `/`: `ambitions/dental/timeline/0/milestones/2`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

from pcstrat.source import read_source

ROOT = Path(__file__).parent.parent
INVENTORIES = ROOT / "tests" / "inventory"
FIELDS = ("line", "kind", "value", "about", "path")

WIDEST_TEXT = 4_000
"""Characters below a path; a wider path would prove nothing."""

WORDS_IN_ANY_ORDER = {"item", "programme", "role", "condition", "quotation"}
"""Kinds whose words stand in prose, where a restatement may order them differently."""

NOT_TEXT = {
    "id", "icb", "pcstrat", "was", "source", "serves", "also_serves", "see", "depends_on", "of_items", "commitments",
    "mentions", "themes", "pillars", "lists", "key", "about_ids", "case_studies", "restated_by", "merged_from", "place",
    "person", "people_ids", "left_out", "note", "read_as", "url", "original_url", "scope",
}  # fmt: skip
"""Keys whose values are ours or point elsewhere; figures in them need no row."""

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}


class Row(NamedTuple):
    line: str
    kind: str
    value: str
    about: str
    path: str


def read_inventory(plan_id: str) -> list[Row]:
    with (INVENTORIES / f"{plan_id}.csv").open(encoding="utf-8", newline="") as file:
        return [Row(*(row[field] for field in FIELDS)) for row in csv.DictReader(file)]


def read_plan(plan_id: str) -> Any:
    path = ROOT / "strategies" / f"{plan_id}.yaml"
    source = read_source(path.read_bytes(), path.name)
    assert not source.findings, source.findings
    return source.data


def words(text: str) -> list[str]:
    """The words of a text, alike for spellings that mean the same: case, dashes, ordinals, small number words."""
    text = text.lower().replace("’", "'").replace("&", " and ").replace("’", "'")
    text = re.sub(r"[*_`]", "", text)
    text = re.sub(r"(\d),(?=\d{3}\b)", r"\1", text)
    text = re.sub(r"\b(\d+)(st|nd|rd|th)\b", r"\1", text)
    found = re.findall(r"£?\d+(?:\.\d+)?[a-z²%]*|[a-z²@]+(?:'[a-z]+)?", text)
    return [NUMBER_WORDS.get(word, word) for word in found]


def stem(word: str) -> str:
    return re.sub(r"(?:'s|s'|s)$", "", word)


def holds(text: str, row: Row) -> bool:
    """Whether the text states the value of the row."""
    wanted, there = words(row.value), words(text)
    if not wanted:
        return row.value in text
    if row.kind in WORDS_IN_ANY_ORDER:
        return {stem(word) for word in wanted} <= {stem(word) for word in there}
    return f" {' '.join(wanted)} " in f" {' '.join(there)} "


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif data is not None:
        yield str(data)


def text_below(data: Any) -> str:
    return " \n ".join(texts(data))


def child(data: Any, step: str) -> Any:
    """The value one step down: a key, an index, or the id of an item of a list. KeyError when there is none."""
    if isinstance(data, dict):
        return data[step]
    if not isinstance(data, list):
        raise KeyError(step)
    for item in data:
        if isinstance(item, dict) and item.get("id") == step:
            return item
    if step.isdigit() and int(step) < len(data):
        return data[int(step)]
    raise KeyError(step)


def value_at(plan: Any, path: str) -> Any:
    for step in path.split("/"):
        plan = child(plan, step)
    return plan


def problems(plan: Any, rows: list[Row]) -> list[str]:
    """What is wrong with each row: no path, a path that leads nowhere or is too wide, or a value that is not there."""
    return [
        f"{row.line}: {row.kind} {row.value!r} at {row.path!r}: {why}" for row in rows if (why := _problem(plan, row))
    ]


def _problem(plan: Any, row: Row) -> str:
    if not row.path:
        return "no path"
    try:
        value = value_at(plan, row.path)
    except KeyError as step:
        return f"the path leads nowhere at {step}"
    text = text_below(value)
    if len(text) > WIDEST_TEXT:
        return f"the path is too wide ({len(text)} characters)"
    is_there = holds(text, row) or any(holds(pair, row) for pair in _pairs(value))
    return "" if is_there else f"not there; there is: {text[:120]!r}"


def _pairs(value: Any) -> Iterator[str]:
    """Two fields of an item, in either order: a plan may part what the source prints as one, as in "by May - plan"."""
    fields = [text_below(field) for field in value.values()] if isinstance(value, dict) else []
    yield from (" \n ".join(pair) for pair in permutations(fields, 2))


def _own_texts(data: Any, key: str = "") -> Iterator[str]:
    if key in NOT_TEXT:
        return
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _own_texts(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _own_texts(value, key)
    elif data is not None:
        yield str(data)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(\d),(?=\d{3}\b)", r"\1", text)))


def figures_without_row(plan: Any, rows: list[Row]) -> set[str]:
    """Numbers in the plan's own text that no value of its inventory has."""
    known = {word for row in rows for word in figures(" ".join(words(row.value)))}
    return {number for text in _own_texts(plan) for number in figures(text)} - known


def _places(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every path with its value, deepest last."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _places_below(f"{path}/{key}".lstrip("/"), value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            step = value.get("id") if isinstance(value, dict) else None
            yield from _places_below(f"{path}/{step or index}", value)


def _places_below(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield path, value
    yield from _places(value, path)


def fill(plan_id: str) -> None:
    """Propose for each row without a valid path the narrowest place that states its value, in the source's order."""
    plan, rows = read_plan(plan_id), read_inventory(plan_id)
    candidates = [
        (path, text)
        for path, value in _places(plan)
        if path.split("/")[0] not in {"left_out", "pcstrat", "id", "icb"}
        and len(text := text_below(value)) <= WIDEST_TEXT
    ]
    last, filled = 0, []
    for row in rows:
        if row.path and not _problem(plan, row):
            filled.append(row)
            continue
        found = [(abs(i - last), len(text), i, path) for i, (path, text) in enumerate(candidates) if holds(text, row)]
        if found:
            narrowest = min(found, key=lambda item: item[1])[1]
            near = min((item for item in found if item[1] <= 3 * narrowest + 80), key=lambda item: (item[0], item[1]))
            last = near[2]
            row = row._replace(path=near[3])
        else:
            row = row._replace(path="")
        filled.append(row)
    with (INVENTORIES / f"{plan_id}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(filled)
    print(f"{sum(bool(row.path) for row in filled)} of {len(filled)} rows have a path")  # noqa: T201
    for row in filled:
        if not row.path:
            print(f"  line {row.line}: {row.kind}: {row.value!r} ({row.about})")  # noqa: T201


if __name__ == "__main__":
    fill(sys.argv[2])
