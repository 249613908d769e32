"""Turns lists that name the plan's aims into hits where they give one of them another title than it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import AmbitionsIntro, Objective
from pcstrat.model.delivery import CaseStudy, Delivery, Phase
from pcstrat.model.document import Message, Quote
from pcstrat.model.evidence import Context, EvidenceItem
from pcstrat.model.points import Point, PointList, Section
from pcstrat.model.vision import Alignment
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._rule import Hit, Related
from pcstrat.rules.subject import Item, Placed, Subject

_WITH_LISTS = (AmbitionsIntro, Context, Delivery, EvidenceItem, Message, Phase, PointList, Section)
"""Where a plan lists what it will tell of; under actions and milestones stand their details."""
_OF_OTHERS = (Alignment, CaseStudy, Quote)
_LONGEST_TITLE = 120

_Stems = Callable[[str], frozenset[str]]


class _Given(NamedTuple):
    """A title that a list gives to an aim, and where."""

    aim: Placed[Objective]
    title: str
    path: Path


_NOUNS = "aims|ambitions|goals|missions|objectives|pillars|pledges|priorities|promises|themes"
_TELLS_AIMS = Pattern(
    r"(?:(?:these|they) are |(?:we|it|(?:the|this|our) (?:plan|programme|strategy)) (?:choose|chose|ha(?:s|ve)|makes?"
    r"|sets? out|set ourselves) |there are )?"
    rf"(?:(?:our|the|these) )?(?:{COUNT} )?(?:key |main |shared |strategic )?(?:{_NOUNS})(?: are)?:?\Z",
    re.IGNORECASE,
)
"""What stands before a list that is one of aims, and not of progress on them: "We make three promises:"."""
_NO_TITLE = Pattern(r"[.!?;]\Z|[0-9]%|\b(?:20[0-9]{2}|is|are|has|have|was|we|were|will)\b", re.IGNORECASE)
_MOST_WORDS = 10


def titles_given_otherwise(subject: Subject, stems: _Stems) -> Iterator[Hit]:
    """Points that name an aim by its label, or by its place in a list of all, with a title in other words than its own.

    What is said to be a list of aims, or has the titles of at least half of them, is a list of titles. Elsewhere, and
    where only its place says which aim is meant, a title has to be much like.
    """
    by_label = _by_label(subject)
    ambitions = [item for item in subject.of(Objective) if item.path[:-1] == ("ambitions",) and not item.is_retired]
    titles = frozenset(item.part.title.casefold() for item in ambitions)
    for item in subject.of(*_WITH_LISTS):
        points: Sequence[Point] = item.get("points") or ()
        given = _labelled(item, points, by_label) if by_label else []
        is_of_aims = bool(points) and _is_of_aims(item)
        is_sure = bool(given) and is_of_aims and all(_is_title(entry.title) for entry in given)
        if not given and len(points) == len(ambitions) > 1:
            is_same = is_of_aims or any(_words(point).casefold() in titles for point in points)
            given = _in_order(item, points, ambitions) if is_same else []
        if given and not item.is_retired and not item.nearest(*_OF_OTHERS):
            yield from _differing(given, stems, is_sure=is_sure)


def _is_of_aims(item: Item) -> bool:
    """Whether a list stands before the aims, or its heading or the sentence before it says that it is one of aims."""
    if isinstance(item.part, AmbitionsIntro):
        return True
    before = (item.get(field) for field in ("intro", "text", "title", "label"))
    words = next(filter(None, before), "")
    return _TELLS_AIMS.fullmatch(re.split(r"(?<=[.!?]) ", plain(words).strip())[-1]) is not None


def _is_title(words: str) -> bool:
    """Whether words are short and no sentence, so that they can be the title of an aim."""
    return len(words.split()) <= _MOST_WORDS and _NO_TITLE.search(words) is None


def _differing(given: list[_Given], stems: _Stems, *, is_sure: bool) -> Iterator[Hit]:
    differing = [entry for entry in given if not _is_called_so(entry, stems)]
    is_list_of_titles = is_sure or len(differing) * 2 <= len(given)
    for entry in differing:
        title = entry.aim.part.title
        if is_list_of_titles or _is_much_alike(stems(entry.title), stems(title)):
            yield Hit(
                path=entry.path,
                message=f"“{shorten(title)}” is called “{shorten(entry.title)}” here.",
                remedy="Use one title everywhere.",
                related=(Related((*entry.aim.path, "title"), "The title stands here."),),
                at_most=Severity.ADVICE,
            )


def _by_label(subject: Subject) -> dict[str, Placed[Objective]]:
    """The aims by those labels that name one aim, and of which sort it is: "Ambition 2", not "2"."""
    labelled = [item for item in subject.of(Objective) if " " in (item.part.label or "") and not item.is_retired]
    labels = [(item.part.label or "").casefold() for item in labelled]
    return {label: item for label, item in zip(labels, labelled, strict=True) if labels.count(label) == 1}


def _labelled(item: Item, points: Sequence[Point], by_label: Mapping[str, Placed[Objective]]) -> list[_Given]:
    """The titles of points with the label of an aim, in its field or before a colon: "Ambition 2: Nets for all"."""
    found = []
    for index, point in enumerate(points):
        words = _words(point)
        before, _, after = ("", "", words) if point.label else words.partition(":")
        aim = by_label.get((point.label or before).casefold())
        if aim is not None and 0 < len(after) <= _LONGEST_TITLE:
            found.append(_Given(aim, plain(after).strip(), _path(item, index, point)))
    return found


def _in_order(item: Item, points: Sequence[Point], ambitions: Sequence[Placed[Objective]]) -> list[_Given]:
    """The points of a list that is as long as that of the ambitions, each with the ambition in its place.

    A point that is the title of another ambition, and the place of one that is named elsewhere, are left out: the list
    has an order of its own.
    """
    named = [plain(_words(point)).strip() for point in points]
    given = {name.rstrip(".").casefold() for name in named}
    titles = [aim.part.title.rstrip(".").casefold() for aim in ambitions]
    return [
        _Given(aim, name, _path(item, index, point))
        for index, (point, aim, name, title) in enumerate(zip(points, ambitions, named, titles, strict=True))
        if title == name.rstrip(".").casefold() or not (title in given or name.rstrip(".").casefold() in titles)
    ]


def _words(point: Point) -> str:
    return point.title or point.text or ""


def _path(item: Item, index: int, point: Point) -> Path:
    return (*item.path, "points", index, "title" if point.title else "text")


def _is_called_so(given: _Given, stems: _Stems) -> bool:
    """Whether a title is one of those that the aim is known by, in full or in short."""
    words = {word[:6] for word in stems(given.title)}
    known = (given.aim.part.title, *(other.title for other in given.aim.part.also_called))
    return any(words <= own or own <= words for own in ({word[:6] for word in stems(title)} for title in known))


def _is_much_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 2 >= len(one | other)
