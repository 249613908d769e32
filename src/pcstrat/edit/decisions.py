"""What rolling a plan over leaves to decide: which question, at what place; and where a place is in the new text."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from pcstrat.diagnostics import Path


class DecisionKind(enum.StrEnum):
    """What sort of decision is asked for, in the words of the question."""

    TAKEN_OUT = "Taken out, because it was last year's. State it anew:"
    CHANGED = "Changed. Is it right?"
    ADDED = "Added, because the plan did not state it. Is it right, or take it out?"
    LAST_YEARS = "Last year's. Look at all of it:"
    OVERDUE = "Its time is over, and nobody says that it is done. Is it done, or what is its new time?"
    DELAYED = "Delayed. What is its new time?"
    STOPPED = "Stopped. Take it out, or say why with 'retired':"
    DONE_WHEN = "Done, and an achievement now. When was it done?"
    DONE_WITHOUT = "Done, and an achievement now, which has no place for this. Say it in the text, or let it go:"
    DONE_HERE = "Done. There is no list of achievements here. Take it out, or let it stand?"
    ROLLED_WORK = "Open, and later now, because the band it stands in was rolled over. Is that right?"
    BAND_LEFT = "A band whose time is over, and which was not rolled over. What becomes of it?"
    BAND_EMPTY = "A band in which nothing is open any more. Plan something for it, or take it out:"
    COMMENT_GONE = "A comment on what was taken out. Write it where it belongs, or let it go:"
    EARLIER_YEAR = "Of an earlier year. Does it still stand?"


@dataclass(frozen=True, slots=True)
class PlaceInPlan:
    """Where something stands: its path, the part of the plan it belongs to, and its name in that part."""

    path: Path
    part: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person has to decide; `detail` says what stands or stood there."""

    place: PlaceInPlan
    kind: DecisionKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rolled:
    """A band that was rolled over, and what was changed in it."""

    place: PlaceInPlan
    what: str


def path_in(new: Any, old: Any, path: Path) -> Path:  # noqa: ANN401 - plain data
    """The path in new data of what stands at a path in old data, or of what is left around it.

    List items are found by what they hold; bands, which are reworded and never moved, by their number.
    """
    found: list[str | int] = []
    for step in path:
        old = old[step]
        if isinstance(step, str) and isinstance(new, dict) and step in new:
            new = new[step]
            found.append(step)
        elif isinstance(step, int) and isinstance(new, list) and (places := _places(new, old, step, found)):
            new = new[places[0]]
            found.append(places[0])
        else:
            break
    return tuple(found)


def _places(items: list[object], wanted: object, number: int, path: list[str | int]) -> list[int]:
    if path[-1:] == ["timeline"]:
        return [number]
    same = [number for number, item in enumerate(items) if item == wanted]
    names = [number for number, item in enumerate(items) if _name(item) == _name(wanted) is not None]
    return same or names


def _name(item: object) -> object:
    """What a list item is known by."""
    if not isinstance(item, dict):
        return None
    return next((item[key] for key in ("id", "label", "title", "text", "what") if key in item), None)
