"""Turns the milestones of a plan into an iCalendar file (RFC 5545) that a calendar can subscribe to.

Every event lasts whole days. A vague time, such as "March 2026", becomes the whole range it may mean; of a deadline, a
start without an end and what happens again and again, the event covers the days that are named. Its title has the time
in words, and its text says what it covers. What has no date is not in the file; how many these are stands in its
description. The bytes depend on the plan alone: DTSTAMP is the day of the document.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

from icalendar import Calendar
from icalendar.parser import Contentline
from icalendar.prop import vText

from pcstrat.light_markdown import plain_words
from pcstrat.model.plan import Plan
from pcstrat.model.points import Milestone
from pcstrat.model.times import Precision, Time, TimeKind, format_time
from pcstrat.outline import Dated, milestones_in_plan
from pcstrat.status import words_of
from pcstrat.text import counted, visible

PRODUCT = "-//pcstrat//milestones//EN"
REFRESH = dt.timedelta(days=1)
_END = b"END:VCALENDAR"
_LONGEST = 74
_ESCAPES = "\\^"
_MONTHS = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.FINANCIAL_YEAR: 12,
    Precision.CALENDAR_YEAR: 12,
}
"""How many months a time stated in each unit may mean."""


def milestones_calendar(plan: Plan) -> bytes | None:
    """The milestones with a date as an iCalendar file; `None` without any, as a calendar must hold something (3.6)."""
    milestones = list(milestones_in_plan(plan))
    dated = [(entry, entry.time) for entry in milestones if entry.time is not None and entry.is_dated]
    if not dated:
        return None
    calendar: Any = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    name = visible(plan.document.title)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", _description(len(dated), len(milestones) - len(dated)))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    head, end, tail = bytes(calendar.to_ical()).rpartition(_END)
    stamp = _stamp(plan, [time for _, time in dated])
    taken: set[str] = set()
    events = (_event(plan, entry, time, stamp, taken) for entry, time in dated)
    return b"".join((head, *events, end, tail))


def _description(dated: int, undated: int) -> str:
    without = f" {counted(undated, 'more has', 'more have').capitalize()} no date." if undated else ""
    return f"The milestones of the plan that have a date: {dated}.{without}"


def _stamp(plan: Plan, times: list[Time]) -> dt.date:
    """The day of the document: when it was published or approved, when its period or its first milestone begins."""
    document = plan.document
    stated = [document.published, document.approved, document.period, *times]
    days = [day for time in stated if time for day in (time.start or time.end,) if day]
    return days[0] if days else dt.date(2000, 1, 1)


def _event(plan: Plan, entry: Dated, time: Time, stamp: dt.date, taken: set[str]) -> bytes:
    """The lines of an event, in the order in which the library has them.

    The library escapes and folds; but an object of its own for each line of each event takes four times as long.
    """
    first, last = days_of(time)
    words = visible(words_of(entry.milestone))
    covers = _covers(time)
    facts = "\n".join(map(visible, _facts(entry, time, covers)))
    lines = (
        "BEGIN:VEVENT",
        f"SUMMARY:{_text(f'{words} ({visible(format_time(time))})' if covers else words)}",
        f"DTSTART;VALUE=DATE:{_day(first)}",
        f"DTEND;VALUE=DATE:{_day(last + dt.timedelta(days=1))}",
        f"DTSTAMP:{_day(stamp)}T000000Z",
        f"UID:{_text(_uid(plan, entry, taken))}",
        f"DESCRIPTION:{_text(facts)}",
        *([] if entry.goes_on else ["STATUS:CANCELLED"]),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )
    return b"".join(folded(line) + b"\r\n" for line in lines)


def _text(value: str) -> str:
    return vText(value).to_ical().decode()


def _day(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def folded(line: str) -> bytes:
    """A line of content in pieces of less than 75 bytes, cut where the library cuts it.

    It goes character by character, which is needed only where one takes several bytes.
    """
    if not line.isascii():
        content_line: Any = Contentline(line)  # type: ignore[no-untyped-call]  # the library has no types for it
        return bytes(content_line.to_ical())
    pieces, start = [], 0
    while len(line) - start > _LONGEST:
        end = start + _LONGEST
        end -= line[end - 1] in _ESCAPES  # what it escapes stays beside it
        pieces.append(line[start:end])
        start = end
    return "\r\n ".join((*pieces, line[start:])).encode()


def days_of(time: Time) -> tuple[dt.date, dt.date]:
    """The first and the last day that a dated time may mean; an open end takes the unit that it was stated in.

    An end that is named as such, as in "by the end of 2026/27", is one day.
    """
    if time.start and time.end:
        return time.start, time.end
    months = 0 if time.names_its_end else _MONTHS.get(time.precision, 0)
    if time.end:
        if not months:
            return time.end, time.end
        return _months_later((time.end + dt.timedelta(days=1)), -months), time.end
    first = time.start or dt.date.max
    return first, (_months_later(first, months) - dt.timedelta(days=1) if months else first)


def _months_later(first_of_month: dt.date, months: int) -> dt.date:
    years, month = divmod(first_of_month.month - 1 + months, 12)
    return first_of_month.replace(year=first_of_month.year + years, month=month + 1)


def _uid(plan: Plan, entry: Dated, taken: set[str]) -> str:
    """A name that stays while the milestone keeps its id or, without one, its words."""
    own = entry.milestone.id
    if not own:
        said = f"{entry.aim.id}\0{words_of(entry.milestone)}"
        own = f"{entry.aim.id}--{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    uid, number = own, 1
    while uid in taken:
        number += 1
        uid = f"{own}--{number}"
    taken.add(uid)
    return f"{plan.id}.{uid}@pcstrat"


def _covers(time: Time) -> str:
    """What an event covers of a time that is not one exact day; empty for one that is."""
    first, last = days_of(time)
    if time.every:
        whole = "the whole time in which it does" if time.start and time.end else "only the days that are named"
        return f"This happens again and again: the event covers {whole}."
    if time.start is None or time.kind is TimeKind.BY:
        days = "that day" if first == last else "the days that it names"
        if time.kind is not TimeKind.BY:
            return f"The plan says until when this goes on, and not since when: the event covers only {days}."
        return f"This is a deadline: it may happen before, and the event covers only {days}."
    if time.end is None:
        return "The plan says when this begins, and not when it ends: the event covers only the beginning."
    if first != last:
        return "This is not one exact day: the event covers every day that the plan may mean."
    return ""


def _facts(entry: Dated, time: Time, covers: str) -> Iterator[str]:
    milestone = entry.milestone
    if milestone.title and milestone.text:
        yield milestone.text
    yield f"When, in the plan: {time.published or format_time(time)}."
    if covers:
        yield covers
    if isinstance(milestone, Milestone) and milestone.repeats is not None:
        yield f"It happens again: {milestone.repeats.published}."
    if milestone.condition:
        yield f"On this condition: {plain_words(milestone.condition)}"
    if milestone.set_by:
        yield f"Set by: {milestone.set_by}."
    yield f"Part of: {' '.join(filter(None, (entry.aim.label, entry.aim.title)))}."
    yield f"Owner: {entry.owner or 'not stated'}."
    if milestone.status:
        yield f"Progress: {milestone.status.value}."
    if milestone.note:
        yield f"Note: {plain_words(milestone.note)}"
