"""Finds a milestone and a measure of one objective that name different numbers for one thing and one day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Strand
from pcstrat.model.measures import Measure
from pcstrat.model.points import Milestone
from pcstrat.model.quantities import Quantity, QuantityError, parse_quantity
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import Progress
from pcstrat.naming import shorten
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._counts import may_agree
from pcstrat.rules._deadlines import deadlines_in
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules._stems import stems
from pcstrat.rules._units import COUNT, SHARE, is_change, unit_of
from pcstrat.rules.subject import Item, Leaf, Placed, Subject

_NUMBER = Pattern(
    r"(?:\b(?:about|almost|around|at least|at most|fewer than|less than|more than|nearly|over|under|up to) )?"
    r"(?<![\w£.,/-])[0-9][0-9,]*(?:\.[0-9]+)?(?:%| ?per ?cent\b)?(?![\w£/]|[.,-]?[0-9])",
    re.IGNORECASE,
)
_MORE_OR_SOME = Pattern(
    r" (?:additional|extra|fewer|further|less|more|new|other)\b|(?<=[0-9]) of (?:all|our|the|them|these|those)\b",
    re.IGNORECASE,
)
_OTHERS = Pattern(r"\b(?:additional|another|extra|first|further|last|new|next|other|remaining) \Z", re.IGNORECASE)
"""Behind and before a number: that it is of some, and not of all: "20 more", "5 of the", "a further 20"."""
_TIMES = Pattern(
    r"(?:\b(?:at|before|by|during|from|in)(?: [\w,]+){0,4}? )?\b20[0-9]{2}(?:[/–-][0-9]{2,4})?\b", re.IGNORECASE
)
_LIGHT_STEMS = (
    "amount can cent figur half how least man mor most now number per percent percentag proportion rat reach shar "
    "target than then ther total what when wher"
)
_NO_MEANING = frozenset(_LIGHT_STEMS.split(" "))
"""Stems that say that something is counted or reached, and not what."""
_FEWEST_WORDS = 2


class _Target(NamedTuple):
    """The target of a measure with a number and a day, and the words that say what is counted."""

    item: Placed[Measure]
    value: Quantity
    time: Time
    words: frozenset[str]
    own_numbers: Counter[str]

    @property
    def sign(self) -> str:
        """What stands in every text of the same words."""
        return max(self.words, key=len)


@rule(
    "M18",
    "milestone-against-target",
    title="A milestone and a measure name different numbers for one thing and one day",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""NHS England's guidance on joint forward plans asks for trajectories. Where milestone and target differ,
    nobody can say which of the two has been promised.""",
    remedy="Correct one of the two, or say how they differ: of whom, or by when.",
    requires=("M16", "T22"),
    before="""
milestones: [{text: 80% of towns have a clinic., when: by March 2029}]
measures: [{text: Towns that have a clinic., baseline: 40%, target: 85%, by: March 2029}]
""",
    after="""
milestones: [{text: 85% of towns have a clinic., when: by March 2029}]
measures: [{text: Towns that have a clinic., baseline: 40%, target: 85%, by: March 2029}]
""",
)
def milestone_against_target(subject: Subject) -> Iterator[Hit]:
    """Milestones that say in the words of a measure beside them, for the last day of its target, another number.

    "At least 80%" and 85% can both be true, and 80% of some boats says nothing of all.
    """
    targets: defaultdict[tuple[Item | None, Item | None], list[_Target]] = defaultdict(list)
    for item in subject.measures:
        target = None if item.is_retired else _target(subject, item)
        if target is not None:
            targets[item.aim, item.nearest(Strand)].append(target)
    for placed in subject.milestones if targets else ():
        beside = targets.get((placed.item.aim, placed.item.nearest(Strand)), [])
        if beside and not placed.item.is_retired and placed.item.part.status not in (Progress.DONE, Progress.STOPPED):
            yield from _against(subject, placed.item, beside)


def _target(subject: Subject, item: Placed[Measure]) -> _Target | None:
    """The target of a measure, if it has a number, no mere change, and a last day."""
    measure = item.part
    reading = measure.target
    time = measure.by or (reading.when if reading else None)
    if reading is None or time is None or reading.value.number is None or is_change(reading.value):
        return None
    time = subject.resolved(time, item)
    unit = unit_of(reading.value, measure.unit or "")
    counted = f"{measure.text} {measure.population or ''}"
    words = _words(counted)
    if time.end is None or unit.kind not in (SHARE, COUNT) or unit.basis or len(words) < _FEWEST_WORDS:
        return None
    own_numbers = Counter(number[0].casefold() for number in _numbers(plain(counted)))
    return _Target(item, reading.value, time, words, own_numbers)


def _against(subject: Subject, item: Placed[Milestone], targets: list[_Target]) -> Iterator[Hit]:
    text = plain(item.part.text or item.part.title or "")
    lower = text.casefold()
    near = [target for target in targets if target.sign in lower]
    numbers = _numbers(text) if near else []
    words = _words(text) if numbers else frozenset()
    alike = [target for target in near if target.words == words]
    last_day = _last_day(subject, item, text) if alike else None
    for target in alike:
        said = _said_beside(numbers, target.own_numbers)
        if said is None:
            continue
        is_share = unit_of(target.value, target.item.part.unit or "").kind == SHARE
        if target.time.end == last_day and is_share is (said.unit == "%") and not may_agree(said, target.value):
            message = f"“{shorten(text)}” differs from the measure, whose target is {target.value.published}."
            related = (Related((*target.item.path, "target"), "The target stands here."),)
            yield Hit(path=(*item.path, "text" if item.part.text else "title"), message=message, related=related)


def _words(text: str) -> frozenset[str]:
    """What a text says is counted, without numbers and times."""
    return stems(_NUMBER.sub(" ", _TIMES.sub(" ", plain(text)))) - _NO_MEANING


def _numbers(text: str) -> list[Match]:
    return list(_NUMBER.finditer(_TIMES.sub(" ", text)))


def _said_beside(numbers: list[Match], own_numbers: Counter[str]) -> Quantity | None:
    """The only number beside those that say what is counted ("within 60 seconds"), unless it is of more or of some."""
    left = own_numbers.copy()
    others = []
    for number in numbers:
        words = number[0].casefold()
        if left[words]:
            left[words] -= 1
        else:
            others.append(number)
    if len(others) != 1 or left.total():
        return None
    [number] = others
    is_of_others = _MORE_OR_SOME.match(number.string, number.end()) or _OTHERS.search(number.string, 0, number.start())
    return None if is_of_others else _quantity(number[0])


def _quantity(words: str) -> Quantity | None:
    try:
        return parse_quantity(words)
    except QuantityError:
        return None


def _last_day(subject: Subject, item: Placed[Milestone], text: str) -> dt.date | None:
    """The last day of the time of a milestone, or of the only deadline in its text."""
    time = subject.time_of(subject.milestone_at[item])
    if time is not None and time.end is not None:
        return time.end
    deadlines = deadlines_in(subject, Leaf((*item.path, "text"), text, "text", item, prose=True))
    return deadlines[0].last if len(deadlines) == 1 else None


RULES = (milestone_against_target,)
