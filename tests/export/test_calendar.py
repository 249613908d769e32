"""The calendar of a plan: whole days, vague times that say so, names that stay, and the same bytes each time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.parser import Contentline

from pcstrat.export.calendar import days_of, folded, milestones_calendar
from pcstrat.load import Loaded
from pcstrat.model.plan import Plan
from pcstrat.model.times import format_time, parse_time
from pcstrat.outline import milestones_in_plan

TEXT = """\
pcstrat: 1
id: minimal
icb: QMM
document: {title: "A plan, small; but \\\\ fine", kind: briefing, published: 9 May 2023}
ambitions:
  - id: one
    title: Do one thing
    milestones:
      - {id: day, text: On a day, when: 1 April 2024}
      - {id: month, text: "By a month, or so; £ and ŵ", when: by March 2026, owner: Grace}
      - {text: Without an id, when: 2025/26}
      - {text: Without an id, when: 2025/26}
      - {id: gone, text: Stopped, when: 2024, status: stopped}
      - {id: undated, text: Whenever}
"""


def calendar_of(plan: Plan) -> bytes:
    content = milestones_calendar(plan)
    assert content is not None
    return content


@pytest.fixture
def plan(load: Callable[..., Loaded]) -> Plan:
    loaded = load(TEXT)
    assert loaded.plan, loaded.findings
    return loaded.plan


def events(content: bytes) -> dict[str, Any]:
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_each_dated_milestone_is_an_event_of_whole_days(plan: Plan) -> None:
    found = events(calendar_of(plan))
    day, month = found["minimal.day"], found["minimal.month"]
    assert (day["dtstart"].dt, day["dtend"].dt) == (dt.date(2024, 4, 1), dt.date(2024, 4, 2))
    assert (month["dtstart"].dt, month["dtend"].dt) == (dt.date(2026, 3, 1), dt.date(2026, 4, 1))
    assert day["summary"] == "On a day"
    assert len(found) == 5


def test_a_vague_time_says_so(plan: Plan) -> None:
    month = events(calendar_of(plan))["minimal.month"]
    assert month["summary"] == "By a month, or so; £ and ŵ (by March 2026)"
    assert "When, in the plan: by March 2026." in month["description"]
    assert "This is a deadline: it may happen before" in month["description"]
    assert "Owner: Grace." in month["description"]


@pytest.mark.parametrize(
    ("when", "days", "said"),
    [
        ("31 October 2027", ("31 October 2027", "31 October 2027"), ""),
        ("October 2027", ("1 October 2027", "31 October 2027"), "not one exact day: the event covers every day"),
        ("May to July 2027", ("1 May 2027", "31 July 2027"), "not one exact day: the event covers every day"),
        ("by 31 October 2027", ("31 October 2027", "31 October 2027"), "a deadline: it may happen before, .* that day"),
        ("by October 2027", ("1 October 2027", "31 October 2027"), "a deadline: .* the days that it names"),
        (
            "until October 2027",
            ("1 October 2027", "31 October 2027"),
            "until when .* not since when: .* the days that it",
        ),
        ("by the end of 2026/27", ("31 March 2027", "31 March 2027"), "a deadline: it may happen before, .* that day"),
        ("by the end of Q2 2026/27", ("30 September 2026", "30 September 2026"), "a deadline: .* only that day"),
        ("by 2026/27", ("1 April 2026", "31 March 2027"), "a deadline: .* the days that it names"),
        (
            "until the end of 2027",
            ("31 December 2027", "31 December 2027"),
            "until when this goes on, .* only that day",
        ),
        ("until 31 October 2027", ("31 October 2027", "31 October 2027"), "until when this goes on, .* only that day"),
        ("Q3 2027/28", ("1 October 2027", "31 December 2027"), "not one exact day"),
        ("from May 2027", ("1 May 2027", "31 May 2027"), "not when it ends: the event covers only the beginning"),
        ("from 3 May 2027", ("3 May 2027", "3 May 2027"), "not when it ends: the event covers only the beginning"),
        ("every 3 months, from April 2027", ("1 April 2027", "30 April 2027"), "again and again: .* are named"),
    ],
)
def test_the_text_says_what_the_event_covers_and_the_title_how_the_plan_puts_it(
    when: str, days: tuple[str, str], said: str, load: Callable[..., Loaded]
) -> None:
    plan = load(TEXT.replace("when: 1 April 2024", f'when: "{when}"')).plan
    assert plan
    event = events(calendar_of(plan))["minimal.day"]
    assert event["dtstart"].dt == parse_time(days[0]).start
    assert event["dtend"].dt == parse_time(days[1]).end + dt.timedelta(days=1)  # type: ignore[operator]
    assert event["summary"] == (f"On a day ({format_time(parse_time(when))})" if said else "On a day")
    assert f"When, in the plan: {when}." in event["description"]
    assert re.search(f"(?s){said}", event["description"])
    assert ("the event covers" in event["description"]) is bool(said)


def test_what_makes_a_milestone_less_than_certain_is_said(load: Callable[..., Loaded]) -> None:
    more = "repeats: monthly, if: The *money* comes., set_by: NHS England, note: As printed."
    plan = load(TEXT.replace("when: 1 April 2024", f"when: April 2026 to March 2027, {more}")).plan
    assert plan
    facts = str(events(calendar_of(plan))["minimal.day"]["description"]).splitlines()
    assert facts[2:] == [
        "It happens again: monthly.",
        "On this condition: The money comes.",
        "Set by: NHS England.",
        "Part of: Do one thing.",
        "Owner: not stated.",
        "Note: As printed.",
    ]


def test_what_was_stopped_is_cancelled_and_what_has_no_date_is_counted(plan: Plan) -> None:
    content = calendar_of(plan)
    assert events(content)["minimal.gone"]["status"] == "CANCELLED"
    calendar = Calendar.from_ical(content)
    assert calendar["x-wr-caldesc"] == "The milestones of the plan that have a date: 5. 1 more has no date."
    assert calendar["x-wr-calname"] == plan.document.title
    assert (calendar["method"], calendar["refresh-interval"].dt) == ("PUBLISH", dt.timedelta(days=1))


def test_without_a_date_there_is_no_calendar(load: Callable[..., Loaded]) -> None:
    undated = load(TEXT.partition("      - {id: day")[0] + "      - {id: undated, text: Whenever}\n").plan
    assert undated
    assert milestones_calendar(undated) is None


def test_the_bytes_are_those_of_the_plan_alone(plan: Plan, load: Callable[..., Loaded]) -> None:
    content = calendar_of(plan)
    assert content == calendar_of(plan)
    assert {event["dtstamp"].dt for event in events(content).values()} == {dt.datetime(2023, 5, 9, tzinfo=dt.UTC)}
    later = load(TEXT.replace("On a day", "On another day").replace("milestones:", "text: More\n    milestones:")).plan
    assert later
    assert set(events(content)) == set(events(calendar_of(later)))


def test_lines_are_folded_and_ended_as_the_standard_says(plan: Plan) -> None:
    lines = calendar_of(plan).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_hidden_characters_do_not_reach_a_calendar(load: Callable[..., Loaded]) -> None:
    plan = load(TEXT.replace("On a day", '"On\\u202e a day\\r\\nEND:VEVENT"')).plan
    assert plan
    content = calendar_of(plan)
    assert "\u202e" not in content.decode()
    assert len(events(content)) == 5


@given(
    st.sampled_from(["by {}", "from {}", "{}"]),
    st.sampled_from(["March 2026", "2025/26", "2026", "Q2 2025/26", "winter 2025", "9 May 2025", "early June 2025"]),
)
def test_an_event_covers_what_the_time_states(how: str, period: str) -> None:
    time, whole = parse_time(how.format(period)), parse_time(period)
    first, last = days_of(time)
    assert first <= last
    assert whole.start
    assert whole.end
    assert whole.start <= first
    assert last <= whole.end
    assert time.start in {None, first}
    assert time.end in {None, last}


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "strategies").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_dated_milestone_of_the_real_plans_is_there(path: Path, load: Callable[..., Loaded]) -> None:
    plan = load(path.read_text(encoding="utf-8")).plan
    assert plan
    content = milestones_calendar(plan)
    found = events(content) if content else ()
    assert len(found) == sum(entry.is_dated for entry in milestones_in_plan(plan))


def test_the_library_would_write_the_same_file(load: Callable[..., Loaded]) -> None:
    for title in ("A plan, small; but \\\\ fine", "END:VCALENDAR", "Cynllun Tŷ Gŵyr ^ £1"):
        loaded = load(TEXT.replace("A plan, small; but \\\\ fine", title))
        assert loaded.plan, loaded.findings
        content = calendar_of(loaded.plan)
        assert Calendar.from_ical(content).to_ical() == content


@given(st.text(st.sampled_from("ab \\^;,£ŵ"), max_size=400))
def test_lines_are_folded_as_the_library_folds_them(line: str) -> None:
    assert folded(line) == Contentline(line).to_ical()
