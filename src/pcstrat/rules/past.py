"""Finds what is planned for a time that was over: before the plan was out, or before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.times import format_time
from pcstrat.model.vocabulary import Progress
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Item, Subject, Timed
from pcstrat.rules.time import PROMISED, is_before
from pcstrat.text import long_date

_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones"


@rule(
    "T16",
    "past-when-written",
    title="Something is planned for a time that was over when the plan was written",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. A deadline that had passed on the day of publication tells readers that nobody checked it.",
    remedy="Correct the time, or say with `status` that it is done.",
    requires=("T07", "T17"),
    before="""
document: {title: A plan, kind: primary care strategy, published: May 2027}
ambitions:
  - id: clinics
    title: Clinics
    milestones: [{text: Open the clinic., when: by March 2027}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: May 2027}
ambitions:
  - id: clinics
    title: Clinics
    milestones: [{text: Open the clinic., when: by March 2027, status: done}]
""",
)
def past_when_written(subject: Subject) -> Iterator[Hit]:
    """Times of actions and milestones not yet done that ended before the first day of the plan's own date."""
    issued = subject.issued
    for timed in _promised(subject):
        time = subject.resolved(timed.time, timed.item)
        if issued is not None and is_before(time, issued) and not _is_done(timed.item):
            done = "published" if issued is subject.document.published else "approved"
            message = f"“{time.published}” was over when the plan was {done}, {format_time(issued)}."
            yield Hit(path=timed.path, message=message, explained_at=(timed.path,))


def _promised(subject: Subject) -> Iterator[Timed]:
    """Times of actions and milestones, and of the points under them."""
    for timed in subject.times:
        if timed.role in PROMISED and timed.item.action:
            yield timed


def _is_done(item: Item) -> bool:
    around = item.action
    return around is not None and around.part.status is Progress.DONE


_ACHIEVED = "Move it to `achievements`."
_IF_ACHIEVED = "If it has been done, say so in `achievements` and delete it here. Otherwise correct its time."
_DELETE = "If it has been done, delete it here and tell of it in a `text`. Otherwise correct its time."
"""What can be done where there is no list of achievements."""


@rule(
    "T17",
    "past-among-plans",
    title="Something from before the plan stands among what will be done",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. An achievement in a list of promises makes the plan look fuller than it is.",
    remedy=_IF_ACHIEVED,
    before="""
timeline:
  - {label: Start, band: Year 1, when: 2027/28, milestones: [Open the second clinic.]}
actions:
  - {text: The first clinic opened., when: in June 2026}
""",
    after="""
timeline:
  - {label: Start, band: Year 1, when: 2027/28, milestones: [Open the second clinic.]}
achievements:
  - {text: The first clinic opened., when: in June 2026}
""",
)
def past_among_plans(subject: Subject) -> Iterator[Hit]:
    """Times of actions and milestones, or of points under them, over before the plan begins and before it was out.

    What says that it is done is only in the wrong list. What was still to come when the plan was out prepares for it.
    """
    for timed in _promised(subject):
        time = subject.resolved(timed.time, timed.item)
        if subject.begins is None or time.end is None or time.end >= subject.begins or not subject.was_over(time.end):
            continue
        is_done = _is_done(timed.item)
        what = "and this is done, so it is no work of the plan" if is_done else "but this is listed as future work"
        message = f"“{time.published}” is before the plan begins, on {long_date(subject.begins)}, {what}."
        remedy = (_ACHIEVED if is_done else _IF_ACHIEVED) if _can_achieve(timed.item) else _DELETE
        yield Hit(path=timed.path, message=message, remedy=remedy, at_most=Severity.ADVICE if is_done else None)


def _can_achieve(item: Item) -> bool:
    """Whether something around an item has a list of achievements, to which it can be moved."""
    return any("achievements" in type(around.part).model_fields for around in item.above())


RULES = (past_when_written, past_among_plans)
