"""Finds times that do not follow: dependencies and starts out of order, early outcomes, empty years, ending sources."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome
from pcstrat.model.times import Time, TimeKind, financial_year_of, format_time, time_or_none
from pcstrat.model.vision import Alignment
from pcstrat.model.vocabulary import MilestoneKind
from pcstrat.naming import shorten
from pcstrat.outline import stated_time
from pcstrat.patterns import Pattern
from pcstrat.rules._bands import ONE_DAY, ends_of, from_to
from pcstrat.rules._deadlines import earliest_end, first_day
from pcstrat.rules._foretold import says_what_follows
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Item, PlacedMilestone, Subject
from pcstrat.rules.time import is_before
from pcstrat.text import listed

_FIRST_DAY = (4, 1)
"""Month and day on which financial years begin."""
_DAYS_OF_EVERY_MONTH = 28
_A_YEAR = dt.timedelta(days=365)
_HALF_A_YEAR = dt.timedelta(days=180)
_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones"


@rule(
    "T14",
    "before-what-it-depends-on",
    title="An item comes before what it depends on",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. What depends on something else cannot be there first, nor before itself.",
    remedy="Correct one of the two times, or remove the dependency.",
    before="""
milestones:
  - {id: hire, text: Hire the team., when: April 2028}
  - {id: open, text: Open the clinic., when: by June 2027, depends_on: [hire]}
""",
    after="""
milestones:
  - {id: hire, text: Hire the team., when: April 2027}
  - {id: open, text: Open the clinic., when: by June 2027, depends_on: [hire]}
""",
)
def depends(subject: Subject) -> Iterator[Hit]:
    """Items whose time ends before that of an item they depend on, or a measure judges, begins; or in a circle.

    Of two deadlines, that of what an item depends on must not be in a later month or year.
    """
    joined = [item for item in subject.of(Action, Objective, Measure) if item.get("depends_on") or item.get("of")]
    yield from _in_a_circle(joined)
    for item in joined:
        names = (*(item.get("depends_on") or ()), *(item.get("of") or ()))
        time, path = _time_and_path(subject, item)
        for name in names:
            other = subject.by_id.get(name)
            if time is None or other is None:
                continue
            needed, there = _time_and_path(subject, other)
            judges = isinstance(item.part, Measure)
            if needed is not None and (is_before(time, needed) or (not judges and _is_due_before(time, needed))):
                verb = "judges" if judges else "depends on"
                message = f"This is for {format_time(time)}, but '{name}', which it {verb}, for {format_time(needed)}."
                yield Hit(path=path, message=message, related=(Related(there, f"'{name}' stands here."),))


def _is_due_before(time: Time, needed: Time) -> bool:
    """Whether a time is over before the month or year of a deadline begins."""
    first = first_day(needed) if needed.kind is TimeKind.BY else None
    return first is not None and time.end is not None and time.end < first


def _in_a_circle(joined: Iterable[Item]) -> Iterator[Hit]:
    """Items that depend on themselves, at once or through others: each circle once, where it stands first."""
    items = {item.get("id"): item for item in joined if item.get("id") and not item.is_retired}
    needed = {name: dict.fromkeys(item.get("depends_on") or ()) for name, item in items.items()}
    while circle := _circle(needed):
        first = min(circle, key=list(items).index)
        names = [*circle[circle.index(first) :], *circle[: circle.index(first)]]
        pairs = list(zip(names, (*names[1:], first), strict=True))
        for name, other in pairs:
            del needed[name][other]
        says = [f"'{name}' depends on '{other}'" for name, other in pairs]
        message = f"{listed(says)}." if len(names) > 1 else f"'{first}' depends on itself."
        path = (*items[first].path, "depends_on", items[first].get("depends_on").index(pairs[0][1]))
        related = tuple(Related((*items[name].path, "depends_on"), f"'{name}' stands here.") for name in names[1:])
        yield Hit(path=path, message=message, remedy="Remove one of the dependencies.", related=related)


def _circle(needed: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of one circle, each of which needs the next; empty if there is none."""
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))[:-1]
    return []


def _time_and_path(subject: Subject, item: Item) -> tuple[Time | None, Path]:
    """The time that counts for an item, and where it is stated."""
    placed = subject.milestone_at.get(item)
    if placed is not None:
        own = stated_time(placed.milestone, band=None)
        field = "due" if own is placed.milestone.due else "when"
        return subject.time_of(placed), (*item.path, field) if own else item.path
    for field in ("when", "by"):
        time = item.get(field)
        if isinstance(time, Time):
            return subject.resolved(time, item), (*item.path, field)
    period = item.part.period if isinstance(item.part, Objective | Strand) else None
    return (period.when if period else None), item.path


_STARTS = Pattern(
    r"(?:(?:we|the \S+(?: \S+)?) (?:will|shall|plan to) )?(?:start|begin|commence|launch)(?:ing|s)?\b", re.IGNORECASE
)
_RUNS = Pattern(
    r"(?:(?:we|the \S+(?: \S+)?) (?:will|shall|plan to) )?"
    r"(?:carry out|continue|deliver|finish|implement|roll out|run)(?:ing|s)?\b",
    re.IGNORECASE,
)
_WORD = Pattern(r"[^\W\d_]{3,}")
_NOT_TELLING_WORDS = (
    "all and first for from its last next new our part phase second stage step the their third this to with year"
)
_NOT_TELLING = frozenset(_NOT_TELLING_WORDS.split(" "))
_FEWEST = 2


@rule(
    "T27",
    "starts-after-it-runs",
    title="Something is to start after another part of the plan has carried it out",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_DELIVERY}. What runs already cannot start later: one of the two places has the wrong year.",
    remedy="Correct one of the two times, or say what it is that starts.",
    before="""
timeline:
  - {label: Start, when: 2027/28, milestones: [{id: first, text: Implement stage 1 of the travel plan.}]}
  - {label: Later, when: 2028/29, milestones: [{text: Start work on the travel plan., see: [first]}]}
""",
    after="""
timeline:
  - {label: Start, when: 2027/28, milestones: [{text: Start work on the travel plan., see: [first]}]}
  - {label: Later, when: 2028/29, milestones: [{id: first, text: Implement stage 1 of the travel plan.}]}
""",
)
def starts_late(subject: Subject) -> Iterator[Hit]:
    """Starts of what an item that they point to, or a part of it, carries out at an earlier time: all its words."""
    for item in subject.of(Action):
        text = item.part.text or ""
        named = [subject.by_id[name] for name in item.part.see if name in subject.by_id]
        if not named or not _STARTS.match(text) or item.is_retired:
            continue
        time, path = _time_and_path(subject, item)
        running = (_running(subject, other, text) for other in named) if time is not None and time.start else ()
        for other, other_time in (found for entries in running for found in entries):
            if time is not None and is_before(other_time, time):
                message = (
                    f"This start is for {format_time(time)}, but {_short(other)}, to which it points, is for "
                    f"{format_time(other_time)}."
                )
                yield Hit(path=path, message=message, related=(Related(other.path, "It stands here."),))
                break


def _running(subject: Subject, around: Item, text: str) -> Iterator[tuple[Item, Time]]:
    """The actions at or under an item that carry out what a text is about, with their times."""
    words = _telling(text)
    for item in subject.of(Action):
        own = item.part.text or ""
        verb = _RUNS.match(own)
        if verb is None or not (item is around or around in item.above()):
            continue
        wanted, (time, _) = _telling(own[verb.end() :]), _time_and_path(subject, item)
        if time is not None and len(wanted) >= _FEWEST and wanted <= words:
            yield item, time


def _telling(text: str) -> set[str]:
    """The words of a text that say what it is about."""
    return {word.casefold() for word in _WORD.findall(plain(text))} - _NOT_TELLING


@rule(
    "T21",
    "outcome-before-actions",
    title="An outcome begins before any action that could bring it about",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_DELIVERY}. A benefit that is claimed before any work has begun cannot be its result.",
    remedy="Let the outcome begin when the first of its actions can have had an effect.",
    before="""
milestones:
  - {text: Train the first volunteers., when: June 2027}
  - {text: Fewer people are lonely., when: April 2027 to March 2028, kind: outcome}
""",
    after="""
milestones:
  - {text: Train the first volunteers., when: June 2027}
  - {text: Fewer people are lonely., when: January 2028 to March 2028, kind: outcome}
""",
)
def early_outcome(subject: Subject) -> Iterator[Hit]:
    """Outcomes whose own time begins before that of every action and output of the same part of the plan.

    One with a deadline is early if all of them begin after it, and no work with a deadline may have begun before it.
    """
    actions: dict[Item | None, list[tuple[dt.date, Time, Item]]] = {}
    due: dict[Item | None, list[dt.date]] = {}
    outcomes: list[Item] = []
    for item in subject.of(Action, Outcome):
        if isinstance(item.part, Outcome) or item.get("kind") is MilestoneKind.OUTCOME:
            outcomes.append(item)
        elif (time := _time_and_path(subject, item)[0]) and time.start:
            actions.setdefault(item.aim_or_strand, []).append((time.start, time, item))
        elif time is not None and time.end:
            due.setdefault(item.aim_or_strand, []).append(first_day(time) or time.end)
    for outcome in outcomes:
        own = outcome.get("when") or outcome.get("due")
        beside = actions.get(outcome.aim_or_strand)
        begins = own and _latest_start(own)
        first_due = min(due.get(outcome.aim_or_strand, ()), default=None)
        if own and begins and beside and not _may_have_begun(first_due, begins):
            start, time, first = min(beside, key=lambda entry: entry[0])
            if begins < start:
                message = (
                    f"This outcome is {_planned(own)}, but the first action beside it ({_short(first)}) "
                    f"{_planned(time)}."
                )
                related = (Related(first.path, "The first action stands here."),)
                field = "when" if outcome.get("when") else "due"
                yield Hit(path=(*outcome.path, field), message=message, related=related)


def _planned(time: Time) -> str:
    """A time as one says that something is planned for it: "for May 2027", "due by May 2027", "from May 2027"."""
    words = {TimeKind.BY: "due ", TimeKind.FROM: ""}.get(time.kind, "for ")
    return f"{words}{format_time(time)}"


def _may_have_begun(first_due: dt.date | None, day: dt.date) -> bool:
    """Whether work with a deadline may have begun by a day: it is due by then, or so late that it takes long."""
    return first_due is not None and not day < first_due <= day + _A_YEAR


def _latest_start(time: Time) -> dt.date | None:
    """The day on which something begins at the latest: a range on its first day, what falls in a year on its last."""
    return time.end or time.start if time.kind in {TimeKind.DATE, TimeKind.BY} else time.start


def _short(item: Item) -> str:
    return f"“{shorten(item.get('title') or item.get('text') or 'a milestone')}”"


@rule(
    "T15",
    "year-without-milestone",
    title="A year of the plan has no milestone",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. A year in which nothing falls due is a year in which nobody can see whether the plan works.",
    remedy="Add what is planned for that year, or shorten the period of the plan.",
    owed_by=PLANS,
    before="""
document: {title: A plan, kind: primary care strategy, period: 2027-2029}
ambitions:
  - id: clinics
    title: Clinics
    milestones: [{text: Open the clinic., when: by June 2027}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: 2027-2029}
ambitions:
  - id: clinics
    title: Clinics
    milestones: [{text: Open the clinic., when: by June 2027}, {text: Add a second., when: 2028/29}]
""",
)
def empty_year(subject: Subject) -> Iterator[Hit]:
    """Years of the plan's stated period that no dated milestone touches, when there are any.

    They are financial years where the plan begins or ends with one, else years counted from its first day. What is less
    than half a year is no year of the plan.
    """
    period = subject.period
    if period is None or not period.start or not period.end:
        return
    held = [_days_held(subject, placed, period.end) for placed in subject.milestones]
    within = [ends for ends in held if ends is not None]
    is_covered = any(first <= period.end and period.start <= last for first, last in within)
    missing = [
        year
        for year in _years_of(period.start, period.end)
        if not any(year.start <= last and first <= year.end for first, last in within)
    ]
    if is_covered and missing:
        names = listed([format_time(from_to(year.start, year.end)) for year in missing])
        message = f"No milestone falls in {names}, although the plan is for {format_time(period)}."
        yield Hit(path=("document", "period"), message=message)


class _Year(NamedTuple):
    """The first and the last day of a year of a plan."""

    start: dt.date
    end: dt.date


def _years_of(start: dt.date, end: dt.date) -> Iterator[_Year]:
    """The years of a period, of which the first or the last may be a part."""
    is_financial = (start.month, start.day) == _FIRST_DAY or _first_day_after(end) == _FIRST_DAY
    year, month, day = (financial_year_of(start), *_FIRST_DAY) if is_financial else (start.year, start.month, start.day)
    day = min(day, _DAYS_OF_EVERY_MONTH)
    while dt.date(year, month, day) <= end:
        first, after = max(start, dt.date(year, month, day)), dt.date(year + 1, month, day)
        last = min(end, after - ONE_DAY)
        if last - first >= _HALF_A_YEAR:
            whole = _Year(dt.date(year, month, day), after - ONE_DAY)
            yield whole if is_financial else _Year(first, last)
        year += 1


def _first_day_after(day: dt.date) -> tuple[int, int]:
    after = day + ONE_DAY
    return after.month, after.day


def _days_held(subject: Subject, placed: PlacedMilestone, last: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which a milestone falls.

    One without an end falls on its first day, and what is repeated, until the last day of the plan. What is due by the
    first day of a year may well be done in the year before; under a band, from the first day of that.
    """
    time = subject.time_of(placed)
    if time is None:
        return None
    if time.end is None:
        is_repeated = bool(time.every or placed.milestone.repeats)
        return (time.start, max(time.start, last) if is_repeated else time.start) if time.start else None
    ends = ends_of(placed.band) if placed.band else None
    first = time.start or earliest_end(time) or time.end
    return (ends[0] if ends and time.start is None and ends[0] < first <= ends[1] else first), time.end


@rule(
    "T19",
    "source-ends-within-plan",
    title="A document that the plan builds on ends while the plan runs",
    severity=Severity.ADVICE,
    why="From then on, the plan answers a document that is no longer in force. It should say what happens then.",
    remedy="""Say in `answer` which document follows it, or in `document.review` when this plan will be looked at
    again.""",
    before="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
alignment: [{document: The county food strategy, covers: 2023-2028}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
alignment: [{document: The county food strategy, covers: 2023-2028, answer: [We will keep to the one that follows.]}]
""",
)
def source_ends(subject: Subject) -> Iterator[Hit]:
    """Documents the plan fits with whose period ends inside the plan's, if nothing is said of what comes then."""
    period, review = subject.period, subject.document.review
    if period is None or not period.start or not period.end:
        return
    if review is not None and any(end and end <= period.end for end in (review.start, review.end)):
        return
    for item in subject.of(Alignment):
        covers = _covered(item.part)
        ends_within = covers is not None and covers.end is not None and period.start <= covers.end < period.end
        if ends_within and covers is not None and not any(map(says_what_follows, _said_of(item.part))):
            message = f"“{covers.published}” ends before the plan, which is for {format_time(period)}."
            yield Hit(path=(*item.path, "covers"), message=message)


def _said_of(document: Alignment) -> Iterator[str]:
    """What the plan says of a document, and how it answers it."""
    points = (point.text for point in (*document.answer, *document.says))
    yield from filter(None, (*points, document.status, document.note))


def _covered(document: Alignment) -> Time | None:
    return time_or_none(document.covers) if document.covers else None


RULES = (depends, starts_late, early_outcome, empty_year, source_ends)
