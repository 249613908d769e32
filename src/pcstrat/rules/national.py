"""Finds what contradicts a national fact that was published already when the plan was written.

The plan's date decides. Where it is not stated, the newest fact that the plan reports as past may still tell that it
was written later than something; the finding is then advice. Unverified facts never cause more than advice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.evidence import Source
from pcstrat.model.times import format_time
from pcstrat.model.vocabulary import DocumentKind
from pcstrat.patterns import Pattern
from pcstrat.registry import Icb
from pcstrat.registry.timing import time_published
from pcstrat.rules._national import also_at, former_name, gone_names, linked, not_before, planned_for, time_of
from pcstrat.rules._promises import promised_words
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Subject
from pcstrat.text import long_date

_YEARS = 5
_FIVE_YEAR_PLANS = frozenset({DocumentKind.JOINT_FORWARD_PLAN, DocumentKind.STRATEGIC_COMMISSIONING_PLAN})


@rule(
    "N02",
    "icb-not-there",
    title="The ICB did not exist when the plan was written, or begins",
    severity=Severity.WARNING,
    why="Only an ICB that exists can make a plan (NHS Act 2006, section 14Z52). One of the two is wrong: code or date.",
    remedy="Correct `icb`, or the date of the document. The plan of a successor has the successor's code.",
    before="""
icb: QMM
document: {title: A plan, kind: primary care strategy, approved: May 2026}
""",
    after="""
icb: T6Y0W
document: {title: A plan, kind: primary care strategy, approved: May 2026}
""",
)
def icb_not_there(subject: Subject) -> Iterator[Hit]:
    """Plans dated after the last day of their ICB, or before its first; undated ones that begin after its last day."""
    icb = subject.registry.icb(subject.plan.icb)
    if icb is None:
        return
    first, last = subject.written_from, subject.written_on
    at_most = None if icb.verified_on else Severity.ADVICE
    begins = subject.period.start if subject.period else None
    after = "the plan's date" if first else f"the plan begins, on {long_date(begins)}" if begins else ""
    since = first or begins
    if icb.closed and since and since > icb.closed:
        successors = " or ".join(f"{entry.ods_code} ({entry.short_name})" for entry in _successors(subject))
        message = f"{icb.name} closed on {long_date(icb.closed)}, before {after}."
        what = "date" if first else "period, or say when the plan was written"
        remedy = f"Use {successors}, or correct the {what}." if successors else ""
        yield Hit(path=("icb",), message=message, remedy=remedy, at_most=at_most)
    elif last and last < icb.opened:
        message = f"{icb.name} opened on {long_date(icb.opened)}, after the plan's date."
        yield Hit(path=("icb",), message=message, at_most=at_most)


def _successors(subject: Subject) -> Iterator[Icb]:
    yield from subject.registry.successors(subject.plan.icb)


@rule(
    "N07",
    "name-gone",
    title="The plan relies on a body or programme that no longer existed",
    severity=Severity.WARNING,
    why="""What is to be done with a body that was abolished before will not be done by it. Readers look for it in
    vain.""",
    remedy="Name who does it now.",
    before="""
document: {title: A plan, kind: primary care strategy, published: June 2026}
ambitions: [{id: staff, title: Staff, actions: [Train them with Health Education England.]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: June 2026}
ambitions: [{id: staff, title: Staff, actions: [Train them with NHS England.]}]
""",
)
def name_gone(subject: Subject) -> Iterator[Hit]:
    """Names that were changed or abolished before the plan was written, in what it says of its own time: once each.

    A source that is dated after its publisher was abolished was published by somebody else.
    """
    written = not_before(subject)
    for gone in gone_names(subject):
        if written is None or gone.since.end is None or gone.since.end >= written:
            continue
        is_sure = gone.is_verified and subject.written_from is not None
        at_most = None if is_sure else Severity.ADVICE
        yield Hit(
            path=gone.path,
            message=gone.message,
            at_words=gone.name,
            text_before=gone.text_before,
            related=gone.related,
            at_most=at_most,
        )
    for item in subject.of(Source):
        source = item.part
        former = former_name(subject.registry, source.by) if source.by and source.date else None
        if former and source.date and source.date.start and former.since.end and source.date.start > former.since.end:
            message = f"The source is dated {format_time(source.date)}, but {former.message_on(source.by or '')}"
            at_most = None if former.is_verified else Severity.ADVICE
            remedy = "Correct the publisher or the date."
            yield Hit(path=(*item.path, "by"), message=message, remedy=remedy, at_most=at_most)


@rule(
    "N09",
    "national-date-contradicted",
    title="A time is earlier than the national event it depends on",
    severity=Severity.WARNING,
    why="A plan that was written after something happened can give its true date.",
    remedy="Correct the time, or remove the commitment from the item if it is about something else.",
    before="""
document: {title: A plan, kind: primary care strategy, published: June 2024}
ambitions:
  - id: chemists
    title: Chemists
    actions: [{text: Started the scheme., when: December 2023, commitments: [PCA-PHFIRST]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: June 2024}
ambitions:
  - id: chemists
    title: Chemists
    actions: [{text: Started the scheme., when: February 2024, commitments: [PCA-PHFIRST]}]
""",
)
def date_contradicted(subject: Subject) -> Iterator[Hit]:
    """Times of what answers a commitment that end before its national event, in a plan written after that event."""
    written = not_before(subject)
    for event in subject.registry.events.values():
        came = time_of(event) if event.planned else None
        if came is None or came.start is None or came.end is None or written is None or written <= came.end:
            continue
        for timed in planned_for(subject, event.about):
            time = subject.resolved(timed.time, timed.item)
            if time.end is not None and time.end < came.start:
                is_sure = event.verified_on and subject.written_from is not None
                message = f"“{timed.time.published}” is stated. It came about later ({format_time(came)}): {event.what}"
                yield Hit(path=timed.path, message=message, at_most=None if is_sure else Severity.ADVICE)


@rule(
    "N10",
    "not-five-years",
    title="A five-year plan does not cover five years",
    severity=Severity.WARNING,
    why="""The law asks an ICB and its partner trusts to plan for the next five years before each financial year (NHS
    Act 2006, section 14Z52). This is the duty that joint forward plans and strategic commissioning plans meet.""",
    remedy="Correct the period, or the kind of document.",
    before="document: {title: A plan, kind: joint forward plan, period: 2027-2030}",
    after="document: {title: A plan, kind: joint forward plan, period: 2027-2032}",
)
def not_five_years(subject: Subject) -> Iterator[Hit]:
    """Joint forward plans and strategic commissioning plans whose stated period is shorter than five years."""
    period = subject.period
    if subject.document.kind not in _FIVE_YEAR_PLANS or period is None or not period.start or not period.end:
        return
    last = period.start.replace(year=period.start.year + _YEARS, day=1) - dt.timedelta(days=1)
    if period.end < last:
        asked = subject.registry.commitment("LAW-PLAN")
        message = f"A {subject.document.kind.value} is for five years, and the period is {format_time(period)}."
        at_most = None if asked and asked.verified_on else Severity.ADVICE
        yield Hit(path=("document", "period"), message=message, at_most=at_most)


@rule(
    "N11",
    "commitment-too-early",
    title="A plan answers a national commitment that was published later",
    severity=Severity.ADVICE,
    why="""A plan cannot answer what did not exist when it was written. Comparison shows such commitments as not yet
    published.""",
    remedy="Remove the code, or move it to `mentions` if the subject is the same.",
    before="""
document: {title: A plan, kind: primary care strategy, published: June 2022}
ambitions: [{id: the-app, title: The app, commitments: [PCA-APP]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: June 2023}
ambitions: [{id: the-app, title: The app, commitments: [PCA-APP]}]
""",
)
def too_early(subject: Subject) -> Iterator[Hit]:
    """Commitments whose document came out after the last day that the plan's date can mean: once each."""
    written = subject.written_on
    for code, paths in linked(subject).items():
        commitment = subject.registry.commitment(code)
        time = time_published(commitment) if commitment else None
        if commitment and time and time.start and written and time.start > written:
            is_duty = commitment.kind == "duty" and commitment.applies_from == time.start
            came = "has been a duty only since" if is_duty else "was published later,"
            message = f"{code} ({commitment.title}) {came} {format_time(time)}."
            yield Hit(path=paths[0], message=message, related=also_at(paths, f"{code} stands here too."))


_LAUNCHED = Pattern(r"(?:The )?(?P<name>[A-Z][^.;,]*?) (?:was )?launched\b")
_LAUNCH = (
    r"(?:launch(?:es|ing)?|introduc(?:e|es|ing)|start(?:s|ing)?|begin(?:s|ning)?|bring(?:ing)? in|set(?:ting)? up)"
)
_WHOLE = (
    r"(?=[.,;:)]|$| (?:across|by|during|from|here|later|locally|on|this|throughout|when)\b"
    r"| in (?!(?:all |the )?(?:last|other|remaining|rest|these|those)\b))"
)
"""After the name of what is launched: that it is the thing itself, and not a campaign for it, or what is left of it."""


@rule(
    "N12",
    "launched-before",
    title="The plan is to launch what was launched before it was written",
    severity=Severity.ADVICE,
    heuristic=True,
    why="What is there already cannot be promised again. Who uses it will ask what else is out of date.",
    remedy="Say what is still to be done: to extend it, to improve it, or to make it better known.",
    before="""
document: {title: A plan, kind: primary care strategy, published: June 2026}
ambitions: [{id: chemists, title: Chemists, actions: [Launch Pharmacy First by May 2028.]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, published: June 2026}
ambitions: [{id: chemists, title: Chemists, actions: [Offer Pharmacy First on Sundays by May 2028.]}]
""",
)
def launched_before(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones that launch what, by the registry, was launched before the plan was written."""
    written = not_before(subject)
    for event in subject.registry.events.values():
        launched = _LAUNCHED.match(event.what) if "launched" in event.what else None
        came = time_of(event) if launched else None
        if launched is None or came is None or came.end is None or written is None or written <= came.end:
            continue
        name = re.escape(launched["name"])
        again = Pattern(
            rf"\b{_LAUNCH}(?: (?:the|our))? {name}{_WHOLE}|\b(?:launch|start|introduction) of {name}\b"
            rf"|\b{name} (?:is launched|launches|goes live|starts|begins)\b",
            re.IGNORECASE,
        )
        for promise in promised_words(subject).naming(launched["name"].casefold()):
            found = again.search(promise.whole)
            if found:
                message = f"“{found[0]}” is promised. It was launched before ({format_time(came)}): {event.what}"
                yield Hit(
                    path=promise.path, message=message, at_words=found[0], text_before=promise.whole[: found.start()]
                )


RULES = (icb_not_there, name_gone, date_contradicted, not_five_years, too_early, launched_before)
