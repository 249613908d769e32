"""Finds dates of the document itself that cannot all be right: reviewed before published, approved long after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.times import Time, format_time
from pcstrat.model.vocabulary import DocumentStatus
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.subject import Subject
from pcstrat.rules.time import is_before

_LATE = dt.timedelta(days=365)


class _Pair(NamedTuple):
    """Two dates of the document that do not go together: where each stands, and why not, in words."""

    path: Path
    time: Time
    words: str
    other_path: Path
    other: Time
    is_certain: bool = True


@rule(
    "T28",
    "document-dates-contradict",
    title="The dates of the document contradict each other",
    severity=Severity.WARNING,
    why="""Readers, and the rules on what was over or known when the plan was written, go by these dates. One of the two
    is wrong.""",
    remedy="Correct one of the two.",
    before="""
document: {title: A plan, kind: primary care strategy, published: May 2027, review: March 2024}
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: May 2027, review: March 2029}
""",
)
def contradict(subject: Subject) -> Iterator[Hit]:
    """One contradiction at most for each date, the surest first; dates that may touch are left alone."""
    seen: set[Path] = set()
    for pair in _pairs(subject):
        if pair.path not in seen:
            seen.add(pair.path)
            message = f"“{pair.time.published}” {pair.words}, {format_time(pair.other)}."
            related = (Related(pair.other_path, f"“{pair.other.published}” stands here."),)
            cap = None if pair.is_certain else Severity.WARNING
            yield Hit(path=pair.path, message=message, related=related, at_most=cap)


def _pairs(subject: Subject) -> Iterator[_Pair]:
    document = subject.document
    made = {"published": document.published, "approved": document.approved}
    stated = {field: time for field, time in made.items() if time is not None}
    for field, time in stated.items():
        own = ("document", field)
        if document.review and is_before(document.review, time):
            yield _Pair(("document", "review"), document.review, f"is a review before the plan was {field}", own, time)
    published = document.published
    if published is not None:
        yield from _against_publication(subject, published)
    period = subject.period
    for field, time in stated.items():
        if period is not None and is_before(period, time) and document.restated_by is None:
            words = f"is given as when the plan was {field}, after the end of its period"
            yield _Pair(("document", field), time, words, ("document", "period"), period, is_certain=False)


def _against_publication(subject: Subject, published: Time) -> Iterator[_Pair]:
    """What cannot have been before the plan was published, or only just after it; comments close before a final one."""
    document, here = subject.document, ("document", "published")
    restated = document.restated_by.date if document.restated_by else None
    if restated is not None and is_before(restated, published):
        words = "is given as when the document was restated, before it was published"
        yield _Pair(("document", "restated_by", "date"), restated, words, here, published)
    closes = document.comment_on.closes if document.comment_on else None
    is_asked_for = document.status is not DocumentStatus.FINAL
    if closes is not None and is_before(closes, published) and is_asked_for:
        words = "is the last day for comments, before the plan was published"
        yield _Pair(("document", "comment_on", "closes"), closes, words, here, published, is_certain=False)
    approved = document.approved
    if approved and approved.start and published.end and approved.start - published.end > _LATE:
        words = "is given as when the plan was approved, more than a year after it was published"
        yield _Pair(("document", "approved"), approved, words, here, published, is_certain=False)


RULES = (contradict,)
