"""Finds an action and a milestone of one objective that say the same, but name other times or other numbers for it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from pcstrat.diagnostics import Severity
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.points import Milestone
from pcstrat.model.times import Time, TimeKind, format_time
from pcstrat.naming import shorten
from pcstrat.numerals import number_of
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._deadlines import Deadline, deadlines_in
from pcstrat.rules._promises import Promise, promises
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules._stems import stems
from pcstrat.rules.objective_alike import STAGES, days_meant, is_repeated
from pcstrat.rules.subject import Item, Leaf, Subject

_NUMBER = Pattern(rf"(?<![\w£/.,-])(?=[0-9efnost])(?!20[0-9]{{2}}\b|one\b)({COUNT})\b(?![/.,-]?[0-9])", re.IGNORECASE)
"""A count. The letters that number words begin with stand first, as most words are no numbers; a year is none, nor is
"one", which is as often a pronoun."""
_PREPOSITION = Pattern(r"^(?:about|at|by|during|from|in|on|until|within) (?:the end of |end of )?")
_AFTER_NUMBER = Pattern(r"%?(?: [^\s,.;:]+){1,3}")
_IN_PLACE = frozenset(("can", "plac", "post", "road", "use"))
"""Stems of what a milestone may say beyond what the action says that brings it about: "in place", "can ring"."""
_DONE_AS = {
    "bought": "buy",
    "brought": "bring",
    "built": "build",
    "given": "give",
    "held": "hold",
    "laid": "lay",
    "made": "make",
    "paid": "pay",
    "sent": "send",
    "taught": "teach",
    "written": "write",
}
"""Verbs whose participle has another stem: what a milestone says is done, by what the action says will be."""
_DONE = Pattern(rf"\b(?:{'|'.join(_DONE_AS)})\b", re.IGNORECASE)
_FEWEST, _FEWEST_OF_MORE = 2, 3
_OTHER_STRANDS = 2
_LONG_BEFORE = dt.timedelta(days=180)


class _Step:
    """What an action or milestone says will be done. Few are like another; only of these more than words is asked.

    Attributes:
        text: What it says, without the times that it names.
        words: The words that carry meaning, without times and numbers.
    """

    def __init__(self, promise: Promise, text: str, words: frozenset[str], time: Time | Deadline) -> None:
        self.promise: Final = promise
        self.text: Final = text
        self.words: Final = words
        self._time: Final = time

    @cached_property
    def counts(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Each number, with the words after it: what it may count."""
        found = _NUMBER.finditer(self.text)
        return tuple((number_of(number[1]), _counted(self.text, number.end())) for number in found)

    @cached_property
    def days(self) -> tuple[dt.date, dt.date]:
        """The days between which it may fall; of a deadline, those that may be its last day."""
        time = self._time
        return days_meant(time) if isinstance(time, Time) else (time.first, time.last)

    @property
    def is_deadline(self) -> bool:
        """Whether it may be done before."""
        return self._time.kind is TimeKind.BY if isinstance(self._time, Time) else self._time.is_last

    @property
    def when(self) -> str:
        """The time in words, as they stand inside a sentence."""
        if isinstance(self._time, Time):
            return format_time(self._time)
        wording = self._time.wording
        return wording[:1].lower() + wording[1:]

    @property
    def later(self) -> frozenset[str]:
        """The words after the only time that the text names, which may be of a second step."""
        time = self._time
        named = "" if isinstance(time, Time) or not time.is_last else time.wording
        return stems(self.promise.whole.partition(named)[2]) if named else frozenset()


@rule(
    "O18",
    "step-at-odds",
    title="An action and a milestone name different times or numbers for one thing",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones. Where
    the list of actions and the timeline differ, nobody can say which of the two has been promised.""",
    remedy="Correct one of the two, or say how they differ: the first clinic, half of the clinics.",
    requires=("T22",),
    owed_by=PLANS,
    before="""
actions: [Open a clinic in the old library by March 2030.]
milestones: [{text: Open a clinic in the old library., when: by March 2028}]
""",
    after="""
actions: [Open a clinic in the old library by March 2028.]
milestones: [{text: Open a clinic in the old library., when: by March 2028}]
""",
)
def at_odds(subject: Subject) -> Iterator[Hit]:
    """Milestones all of whose words stand in an action of their objective that has another time or number."""
    for actions, milestones in _by_aim(subject):
        steps = list(filter(None, (_step(subject, promise) for promise in actions)))
        of_word: defaultdict[str, list[_Step]] = defaultdict(list)
        for step in steps:
            for word in step.words:
                of_word[word].append(step)
        placed = (_step(subject, promise) for promise in milestones) if steps else ()
        alike: dict[_Step, list[_Step]] = {}
        for milestone in filter(None, placed):
            for action in of_word.get(min(milestone.words, default=""), ()):
                if _is_said_in(milestone, action):
                    alike.setdefault(action, []).append(milestone)
        for action, same in alike.items():
            yield from _conflicts(action, same)


def _is_said_in(milestone: _Step, action: _Step) -> bool:
    """Whether an action says all that a milestone says, as no other step, and in no other strand."""
    if not milestone.words <= action.words or (action.words - milestone.words) & STAGES:
        return False
    strands = {step.promise.item.nearest(Strand) for step in (milestone, action)} - {None}
    return len(strands) < _OTHER_STRANDS


def _by_aim(subject: Subject) -> Iterable[tuple[list[Promise], list[Promise]]]:
    """Of each objective with actions that name a time, these actions and its milestones."""
    found: defaultdict[Item | None, tuple[list[Promise], list[Promise]]] = defaultdict(lambda: ([], []))
    for promise in promises(subject):
        is_milestone = isinstance(promise.item.part, Milestone)
        if is_milestone or promise.is_dated:
            found[promise.item.nearest(Objective)][is_milestone].append(promise)
    return (pair for pair in found.values() if all(pair))


def _step(subject: Subject, promise: Promise) -> _Step | None:
    """What a promise says, if it has one time, happens once and has words enough."""
    item, text = promise.item, promise.whole
    if item.get("repeats") or is_repeated(text.casefold()):
        return None
    deadlines = deadlines_in(subject, Leaf(promise.path, text, str(promise.path[-1]), item, prose=True))
    time = _time_of(subject, item)
    if time is None and len(deadlines) != 1:
        return None
    for deadline in deadlines:
        text = text.replace(deadline.wording, " ")
    words = stems(_DONE.sub(lambda verb: _DONE_AS[verb[0].casefold()], _NUMBER.sub(" ", text)))
    if isinstance(item.part, Milestone):
        words -= _IN_PLACE
    return _Step(promise, text, words, time or deadlines[0]) if len(words) >= _FEWEST else None


def _counted(text: str, end: int) -> frozenset[str]:
    after = _AFTER_NUMBER.match(text, end)
    return stems(after[0]) if after else frozenset()


def _time_of(subject: Subject, item: Item) -> Time | None:
    placed = subject.milestone_at.get(item)
    time = subject.time_of(placed) if placed is not None else item.get("when")
    time = subject.resolved(time, item) if time is not None else None
    return time if time is not None and time.is_dated else None


def _conflicts(action: _Step, milestones: list[_Step]) -> Iterator[Hit]:
    """What milestones say otherwise than an action of the same words; no time, if one of them has the action's."""
    has_its_time = any(_overlap(action, milestone) for milestone in milestones)
    for milestone in milestones:
        conflict = _numbers_differ(action, milestone) if _overlap(action, milestone) else ""
        if not conflict and not has_its_time and _times_differ(action, milestone):
            conflict = f"{milestone.when} here, {action.when} there"
        if conflict:
            said = shorten(action.promise.whole)
            yield Hit(
                path=milestone.promise.path,
                message=f"“{shorten(milestone.promise.whole)}” differs from the action “{said}”: {conflict}.",
                related=(Related(action.promise.path, "The action stands here."),),
            )


def _overlap(one: _Step, other: _Step) -> bool:
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


def _numbers_differ(action: _Step, milestone: _Step) -> str:
    """The numbers of one counted thing, if each says one and they differ."""
    if len(milestone.counts) != 1:
        return ""
    [(number, nouns)] = milestone.counts
    beside = [other for other, counted in action.counts if counted & nouns]
    return f"{number:,} here, {beside[0]:,} there" if len(beside) == 1 and beside[0] != number else ""


def _times_differ(action: _Step, milestone: _Step) -> bool:
    """Whether two times cannot both hold: what has more words cannot be done first, but a part of it can.

    A time that the action names as well is that of a second step in it: "Buy it by March, to start in October."; so is
    that of what it does after its time: "Review it by March and publish the review."
    """
    if stems(milestone.promise.doing.partition(" ")[0]) & action.later:
        return False
    if _PREPOSITION.sub("", milestone.when) in action.promise.whole:
        return False
    if {number for number, _ in action.counts} != {number for number, _ in milestone.counts}:
        return False
    (action_begins, action_ends), (begins, ends) = action.days, milestone.days
    if begins > action_ends:
        return milestone.words == action.words or len(milestone.words) >= _FEWEST_OF_MORE
    is_met = action.is_deadline and not milestone.is_deadline and action_begins - ends < _LONG_BEFORE
    return milestone.words == action.words and not is_met


RULES = (at_odds,)
