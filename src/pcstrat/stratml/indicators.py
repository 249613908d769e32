"""Turns the performance indicators of a StratML file into the measures, actions, milestones and outcomes of a draft."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from pcstrat.model.times import time_or_none
from pcstrat.naming import id_from, shorten
from pcstrat.stratml.tree import Element
from pcstrat.stratml.values import said
from pcstrat.stratml.words import (
    ACTION,
    BASELINE,
    DUE,
    GIVEN_UP,
    LATEST,
    MILESTONE,
    OUTCOME,
    STATUS,
    WHEN,
    from_identifier,
)
from pcstrat.text import long_date

_POINT = re.compile(r"( *)- (.*)")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_OVER = re.compile(r"(?:\((?P<when>[^()]+)\): )?(?P<reason>.+)")
_LISTS = {ACTION: "actions", MILESTONE: "milestones", OUTCOME: "outcomes"}
_KINDS = {"Output": "output", "Outcome": "outcome"}
Data = dict[str, Any]


@dataclass
class ImportNotes:
    """What is known while a file is read: its name, if it is one of ours, the ids in use, and what was left out."""

    file: str
    is_ours: bool = False
    given: frozenset[str] = frozenset()
    ids: set[str] = field(default_factory=set)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def leave(self, node: Element, why: str) -> None:
        """Note that an element was not taken over, why, and what else it says."""
        others = []
        for inside in node.everything():
            text = " ".join(inside.text.split())
            if text and not inside.was_read and inside is not node:
                others.append(f"{inside.name} {shorten(text)}")
            inside.was_read = True
        rest = f" ({'; '.join(others)})" if others else ""
        self.left_out.append((node.line, f"{self.file}:{node.line}: {node.name}: {why}{rest}"))

    def new_id(self, node: Element, title: str) -> str:
        """The id that the file gives, or one from the title; never one that another item has."""
        own = id_from(from_identifier(node.words("Identifier")))
        wanted = own or id_from(title) or node.name.lower()
        found, number = wanted, 1
        while found in self.ids or (found in self.given and found != own):
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found


def indicators_of(nodes: list[Element], notes: ImportNotes) -> Data:
    """The measures, actions, milestones and outcomes that indicators are."""
    found: Data = {"actions": [], "milestones": [], "measures": [], "outcomes": []}
    for node in nodes:
        where = _LISTS.get(node.words("UnitOfMeasurement"), "measures")
        item = _measure(node, notes) if where == "measures" else _promise(node, where, notes)
        found[where].append(short(item))
    return found


def _promise(node: Element, where: str, notes: ImportNotes) -> Data:
    results = [result for instance in node.all("MeasurementInstance") for result in instance.children]
    deadlines = [each for each in results if where == "milestones" and _descriptor(each, DUE) is not None]
    due = next((time for result in deadlines if (time := _when(result, DUE))), None)
    when = next((time for result in results if result not in deadlines and (time := _when(result))), None)
    status = next((value for result in results if (value := _descriptor(result, STATUS))), None)
    information = node.first("OtherInformation")
    text, points = text_and_points(information)
    if text and information is not None:
        notes.leave(information, text)
    kind = _KINDS.get(node.attribute("ValueChainStage"))
    return stated(
        id=_given_id(node, notes),
        retired=next((over for result in results if (over := given_up(_descriptor(result, GIVEN_UP)))), None),
        label=node.words("SequenceIndicator"),
        text=node.prose("MeasurementDimension"),
        points=points,
        when=when,
        due=due,
        status=None if where == "outcomes" else status,
        kind=kind if where == "milestones" else None,
    )


def _measure(node: Element, notes: ImportNotes) -> Data:
    """A measure. Other information is what the plan says it will see where `write` wrote it, elsewhere a remark."""
    information, points = text_and_points(node.first("OtherInformation"))
    dimension = node.prose("MeasurementDimension")
    text, note = (information, "") if notes.is_ours or not dimension else ("", information)
    target, by = _target(node, notes)
    baseline, latest = _actuals(node, notes)
    return stated(
        id=_given_id(node, notes),
        retired=next((over for result in _results(node) if (over := given_up(_descriptor(result, GIVEN_UP)))), None),
        label=node.words("SequenceIndicator"),
        text=text or dimension or "Not stated",
        points=points,
        indicator=dimension if text else None,
        unit=node.words("UnitOfMeasurement"),
        baseline=baseline,
        latest=latest,
        target=target,
        by=by,
        note=note,
    )


def _target(node: Element, notes: ImportNotes) -> tuple[Data | str | None, Data | str | None]:
    """The target of an indicator and its time; of several, the last, and the others are left out."""
    targets = [target for instance in node.all("MeasurementInstance") for target in instance.all("TargetResult")]
    for target in targets[:-1]:
        notes.leave(target, "an earlier target of the same indicator")
    if not targets:
        return None, None
    return _reading_of(targets[-1], node), _when(targets[-1])


def _actuals(node: Element, notes: ImportNotes) -> tuple[Data | str | None, Data | str | None]:
    """Where an indicator starts and its newest value: as the file says, else the newest of the results."""
    actuals = [actual for actual in _results(node) if _descriptor(actual, GIVEN_UP) is None]
    baseline = next((actual for actual in actuals if _is_baseline(actual)), None)
    others = [actual for actual in actuals if actual is not baseline]
    for other in others[:-1]:
        notes.leave(other, "an earlier result of the same indicator")
    first = _reading_of(baseline, node, BASELINE, timed=True) if baseline else None
    return first, _reading_of(others[-1], node, LATEST, timed=True) if others else None


def _is_baseline(actual: Element) -> bool:
    description = actual.first("Description")
    return description is not None and " ".join(description.text.split()).startswith(BASELINE)


def _results(node: Element) -> list[Element]:
    return [actual for instance in node.all("MeasurementInstance") for actual in instance.all("ActualResult")]


def given_up(told: str | None) -> Data | None:
    """When and why something was given up, from words such as "(May 2026): No money."."""
    match = _OVER.fullmatch(told or "")
    if match is None:
        return None
    when = match["when"]
    is_time = when is not None and time_or_none(when) is not None
    return stated(when=when if is_time or when is None else {"published": when}, reason=match["reason"])


def _reading_of(result: Element, node: Element, prefix: str = "", *, timed: bool = False) -> Data | str | None:
    """The value of a result with its note and, where wanted, its time; none, and nothing read, without a value."""
    number, wording = result.words("NumberOfUnits"), result.words("Description").removeprefix(prefix)
    value, note, has_number = said(number, wording, node.words("UnitOfMeasurement"))
    if not has_number:
        result.unread("NumberOfUnits")
    if value is None:
        return None
    when = _when(result) if timed else None
    return stated(value=value, when=when, note=note) if when or note else value


def _when(result: Element, name: str = WHEN) -> Data | str | None:
    """The time of a result: its wording where that means its days, else the wording with the days as its notes."""
    start, end = day_of(result, "StartDate"), day_of(result, "EndDate")
    is_past = result.name == "ActualResult"
    days = period_of(start, end) if start else f"{'' if is_past else 'by '}{written_day(end)}" if end else None
    return as_worded(_descriptor(result, name), days, start, end)


def as_worded(wording: str | None, days: str | None, start: dt.date | None, end: dt.date | None) -> Data | str | None:
    """A time in its wording, with the days as its reading where the wording alone does not mean them."""
    if wording is None:
        return days
    return wording if _means(wording, start, end) else stated(published=wording, read_as=days)


def _means(wording: str, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a time is read as these days."""
    time = time_or_none(wording)
    return time is not None and (time.start, time.end) == (start, end)


def _descriptor(result: Element, name: str) -> str | None:
    found = result.first("Descriptor")
    title = found.first("DescriptorName") if found is not None else None
    if found is None or title is None or title.text.strip() != name:
        return None
    value = found.words("DescriptorValue")
    title.was_read = bool(value)
    return value or None


def period_of(first: dt.date | None, last: dt.date | None) -> str | None:
    """A period as planners write it; none where no day is known."""
    if first and last:
        return written_day(first) if first == last else f"{written_day(first)} to {written_day(last)}"
    return f"from {written_day(first)}" if first else (f"until {written_day(last)}" if last else None)


def day_of(node: Element, name: str) -> dt.date | None:
    """The day in the first element of a name, which may have a time zone; none where there is none."""
    match = _DAY.fullmatch(node.words(name))
    try:
        return dt.date.fromisoformat(match[1] if match else "")
    except ValueError:
        node.unread(name)
        return None


def written_day(day: dt.date | None) -> str | None:
    """A day as planners write it."""
    return None if day is None else long_date(day)


def text_and_points(node: Element | None) -> tuple[str, list[Any]]:
    """The text before a list that `write` made of points, and the points."""
    if node is None:
        return "", []
    node.was_read = True
    lines = [line for line in node.text.splitlines() if line.strip()]
    first = next((number for number, line in enumerate(lines) if _POINT.fullmatch(line)), len(lines))
    if not all(_POINT.fullmatch(line) for line in lines[first:]):
        return " ".join(" ".join(lines).split()), []
    tops: list[Data] = []
    levels: list[list[Data]] = [tops]
    for line in lines[first:]:
        match = _POINT.fullmatch(line)
        depth = min(len(match[1]) // 2, len(levels) - 1) if match else 0
        point: Data = {"text": match[2] if match else line, "points": []}
        levels[depth].append(point)
        levels[depth + 1 :] = [point["points"]]
    return " ".join(" ".join(lines[:first]).split()), [_short_point(point) for point in tops]


def _short_point(point: Data) -> Any:  # noqa: ANN401 - text alone, or a point
    return short(stated(text=point["text"], points=[_short_point(below) for below in point["points"]]))


def short(item: Data) -> Any:  # noqa: ANN401 - text alone, or the item
    """An item that has only text is written as that text."""
    return item["text"] if item.keys() == {"text"} else item


def _given_id(node: Element, notes: ImportNotes) -> str | None:
    """The id of an item that may do without."""
    return notes.new_id(node, "") if node.words("Identifier") else None


def stated(**fields: object) -> Data:
    """The fields that have something in them."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
