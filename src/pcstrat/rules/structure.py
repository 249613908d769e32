"""Finds counts that do not hold: stated beside a list, stated twice, or divided into parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.aims import Ambition, AmbitionsIntro
from pcstrat.model.base import Model
from pcstrat.model.evidence import Evidence, Figure
from pcstrat.model.points import PointList, Section
from pcstrat.model.quantities import format_quantity
from pcstrat.model.vision import Alignment, Vision, VisionList
from pcstrat.model.vocabulary import FigureKey
from pcstrat.rules._counts import bounds, may_agree
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.subject import Item, Subject
from pcstrat.text import counted

_CAREFUL = "A count that is wrong on the page is the first thing a reader sees, and the first doubt about all others"


class _Count(NamedTuple):
    """How many the text says there are, and how many are listed: any one of `listed` will do."""

    path: Path
    said: int
    listed: tuple[int, ...]
    noun: str


@rule(
    "S01",
    "count-differs",
    title="A stated count is not the number of items listed",
    severity=Severity.WARNING,
    why=f"{_CAREFUL}.",
    remedy="Change the number or the list.",
    before="""
strengths: {says: 3, items: [Volunteers in every town, New clinics]}
""",
    after="""
strengths: {says: 2, items: [Volunteers in every town, New clinics]}
""",
)
def count_differs(subject: Subject) -> Iterator[Hit]:
    """Counts in `says`, `says_objectives` and `count` that differ from the list they introduce, where there is one."""
    for count in (*_counts_of_aims(subject), *_counts_of_lists(subject)):
        found = count.listed[0]
        if count.said not in count.listed and any(count.listed):
            said = counted(count.said, count.noun[:-1], count.noun) if count.said else f"0 {count.noun}"
            message = f"The text says {said}, but {found or 'none'} {'is' if found == 1 else 'are'} listed."
            yield Hit(path=count.path, message=message)


def _counts_of_aims(subject: Subject) -> Iterator[_Count]:
    plan = subject.plan
    ambitions = [ambition for ambition in plan.ambitions if not (ambition.additional or ambition.retired)]
    objectives = sum(max(1, _living(ambition.objectives)) for ambition in ambitions)
    only = (objectives,) if len(ambitions) == 1 else ()
    enablers = sum(not (enabler.additional or enabler.retired) for enabler in plan.enablers)
    if plan.ambitions_intro:
        yield from _of_intro("ambitions_intro", plan.ambitions_intro, (len(ambitions), *only), objectives)
    if plan.enablers_intro:
        yield from _of_intro("enablers_intro", plan.enablers_intro, (enablers,), objectives)
    for item in subject.of(Ambition):
        if item.part.says is not None:
            listed = (_living(item.part.objectives),)
            yield _Count((*item.path, "says"), item.part.says, listed, "objectives")


def _of_intro(key: str, intro: AmbitionsIntro, listed: tuple[int, ...], objectives: int) -> Iterator[_Count]:
    if intro.says is not None:
        noun = "enablers" if key == "enablers_intro" else "ambitions"
        yield _Count((key, "says"), intro.says, listed, noun)
    if intro.says_objectives is not None:
        yield _Count((key, "says_objectives"), intro.says_objectives, (objectives,), "objectives")


def _living(parts: Iterable[Model]) -> int:
    return sum(not getattr(part, "retired", None) for part in parts)


def _counts_of_lists(subject: Subject) -> Iterator[_Count]:
    for item in subject.of(Evidence, PointList, Section):
        says = item.get("says")
        if says is not None:
            noun = str(item.path[0]) if isinstance(item.part, Evidence) else "points"
            parts: Iterable[Model] = getattr(item.part, "items", getattr(item.part, "points", ()))
            yield _Count((*item.path, "says"), says, (_living(parts),), noun)
    for item in subject.of(VisionList):
        vision = item.nearest(Vision)
        if vision is not None and item.part.says is not None:
            yield _Count((*item.path, "says"), item.part.says, (_elements_of(vision.part, item.part),), "elements")
    for item in subject.of(Alignment):
        if item.part.count is not None and item.part.says:
            listed = (*(len(point.points) for point in item.part.says if point.points), len(item.part.says))
            yield _Count((*item.path, "count"), item.part.count, listed, "points")


def _elements_of(vision: Vision, of: VisionList) -> int:
    in_lists = [element for element in vision.elements if element.lists]
    if in_lists or len(vision.lists) > 1:
        return _living(element for element in in_lists if of.id in element.lists)
    return _living(vision.elements)


@rule(
    "S16",
    "stated-twice",
    title="One number is stated in two places and differs",
    severity=Severity.WARNING,
    why=f"{_CAREFUL}.",
    remedy="Correct one of the two. If they hold for different days, add `as_at` to each.",
    before="""
figures: [{key: boroughs, value: 6}, {key: boroughs, value: seven}]
""",
    after="""
figures: [{key: boroughs, value: 6}, {key: boroughs, value: six}]
""",
)
def stated_twice(subject: Subject) -> Iterator[Hit]:
    """Figures of the same key and the same thing whose values cannot both be true."""
    known: dict[FigureKey, list[tuple[Item, Figure]]] = {}
    for item in subject.of(Figure):
        figure = item.part
        for there, other in known.setdefault(figure.key, []):
            if _count_the_same(figure, other) and not may_agree(figure.value, other.value):
                where = f" ({other.where})" if other.where else ""
                message = f"“{figure.value.published}” stands here, but “{other.value.published}” elsewhere{where}."
                related = (Related(there.path, f"“{other.value.published}” stands here."),)
                yield Hit(path=(*item.path, "value"), message=message, related=related)
                break
        known[figure.key].append((item, figure))


def _count_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures of one key count the same thing, on the same day as far as they say.

    Words that the key does not say narrow it: "Opticians in Barnsley" are a part of the opticians.
    """
    if one.as_at and other.as_at and one.as_at.published != other.as_at.published:
        return False
    first, second = (_stems(entry.text or "") for entry in (one, other))
    if one.key is FigureKey.OTHER:
        return bool(first) and first == second
    said_by_key = _stems(one.key.replace("-", " "))
    return first - said_by_key == second - said_by_key


def _stems(words: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", words.casefold())}


@rule(
    "S17",
    "parts-differ",
    title="The parts of a number do not add up to it",
    severity=Severity.WARNING,
    why=f"{_CAREFUL}.",
    remedy="Correct the number or its parts.",
    before="""
figures: [{key: gp-federations, value: 8, parts: [{value: 3, of: in the hills}, {value: 4, of: on the coast}]}]
""",
    after="""
figures: [{key: gp-federations, value: 7, parts: [{value: 3, of: in the hills}, {value: 4, of: on the coast}]}]
""",
)
def parts_differ(subject: Subject) -> Iterator[Hit]:
    """Figures whose parts cannot add up to the value."""
    for item in subject.of(Figure):
        figure = item.part
        whole = bounds(figure.value)
        if whole is None or len(figure.parts) < len("ab"):
            continue
        shares = [bounds(part.value) for part in figure.parts]
        low, high = (sum(share[end] for share in shares if share) for end in (0, 1))
        if None not in shares and (high < whole[0] or low > whole[1]):
            total = f"{low:,f}" if low == high else f"{low:,f} or more"
            message = f"The parts add up to {total}, but {format_quantity(figure.value)} is stated."
            yield Hit(path=(*item.path, "value"), message=message)


RULES = (count_differs, stated_twice, parts_differ)
