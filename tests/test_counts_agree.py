"""One number for one thing: milestones, and those with a date, are as many wherever a site counts them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pcstrat.compare import compare, digest
from pcstrat.compare.table import Stated
from pcstrat.export.calendar import milestones_calendar
from pcstrat.export.plan_tables import SHEETS, sheet_csv
from pcstrat.export.status_data import status_csv
from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.model.points import Milestone
from pcstrat.outline import counts_as_milestone, milestones_in_plan
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.aims import absences
from pcstrat.render.blocks import (
    Cards,
    FactStrip,
    Items,
    MoneyChart,
    MoneyLines,
    Paragraph,
    Progress,
    Section,
    Table,
    Timeline,
)
from pcstrat.render.environment import Templates
from pcstrat.render.glance import card, card_aims, dates_sentence, first_dates, number_of_dates
from pcstrat.render.index import index_plan
from pcstrat.render.one_page import one_pages
from pcstrat.render.plan_page import Particulars, plan_page
from pcstrat.render.progress import progress_section
from pcstrat.render.timeline import timeline_section
from pcstrat.report.status_text import status_text
from pcstrat.status import Standing, status_of

AS_OF = dt.date(2026, 11, 21)
PLANS = sorted((Path(__file__).parent.parent / "strategies").glob("*.yaml"))
Load = Callable[[str], Any]


@pytest.fixture(scope="module", params=PLANS, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest, registry: Registry) -> Plan:
    loaded = load_plan(request.param.read_bytes(), request.param.name, registry)
    assert loaded.plan is not None
    return loaded.plan


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def counted(plan: Plan) -> tuple[int, int]:
    """All milestones and those with a date, by the one definition."""
    found = list(milestones_in_plan(plan))
    return len(found), sum(entry.is_dated for entry in found)


def test_the_page(plan: Plan, registry: Registry) -> None:
    section = timeline_section(index_plan(plan, registry))
    every, dated = counted(plan)
    if section is None:
        assert every == 0
        return
    lead = section.blocks[0]
    assert isinstance(lead, Paragraph)
    text = str(lead.text).partition(".")[0].replace("all of them", f"{every} of them")
    assert numbers(text) == [every, dated]


def test_the_status(plan: Plan) -> None:
    every, dated = counted(plan)
    status = status_of(plan, AS_OF)
    assert len(status.milestones) == every
    assert sum(each.time is not None and each.time.is_dated for each in status.milestones) == dated
    assert len(list(csv.DictReader(io.StringIO(status_csv([status]))))) == every
    if every:
        assert numbers(status_text([status]).splitlines()[1])[0] == every


def test_the_table_of_milestones(plan: Plan) -> None:
    sheet = next(each for each in SHEETS if each.file == "milestones.csv")
    rows = list(csv.DictReader(io.StringIO(sheet_csv(sheet, plan).decode("utf-8-sig"))))
    assert len(rows) == counted(plan)[0]
    assert sum(bool(row["first_day"] or row["last_day"]) for row in rows) == counted(plan)[1]


def test_the_calendar(plan: Plan) -> None:
    every, dated = counted(plan)
    content = milestones_calendar(plan)
    assert (content is None) == (not dated)
    if content is None:
        return
    text = content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == dated
    said = next(line for line in text.splitlines() if line.startswith("X-WR-CALDESC"))
    assert numbers(said) == [dated, *([every - dated] if every > dated else [])]


def test_the_comparison(plan: Plan, registry: Registry) -> None:
    every, dated = counted(plan)
    found = digest(plan, registry)
    assert len(found.milestones) == every
    assert sum(entry.is_dated for entry in found.milestones) == dated
    topics = {topic.id: topic for topic in compare([found], registry, as_of=AS_OF)}
    if every:
        assert numbers(topics["milestones"].tables[0].finding)[:2] == [every, dated]


def test_first_dates_and_those_left_out_are_all_dates(plan: Plan, registry: Registry) -> None:
    dated = counted(plan)[1]
    index = index_plan(plan, registry)
    assert number_of_dates(index) == dated
    for sheet in one_pages(plan, registry, plan_page(plan, registry, Particulars(as_of=AS_OF))):
        section = next(each for each in sheet.sections if each.style == "dates")
        shown = sum(len(block.items) for block in section.blocks if hasattr(block, "items"))
        said = [str(block.text) for block in section.blocks if isinstance(block, Paragraph) and block.style == "more"]
        left_out = sum(number for text in said for number in numbers(text))
        assert shown + left_out == (dated if first_dates(index) else 0)


def with_aim(minimal: dict[str, Any], **fields: object) -> dict[str, Any]:
    return minimal | {"ambitions": [{"id": "one", "title": "Do one thing", **fields}]}


def test_what_counts_as_a_milestone(minimal: dict[str, Any], load: Load) -> None:
    timeline = [{"label": "Year 1", "when": "2027/28", "milestones": ["In a band."]}]
    actions = [
        {"text": "With a time.", "when": "June 2027"},
        {"text": "With progress.", "status": "under way"},
        "With neither.",
    ]
    plan = load(json.dumps(with_aim(minimal, timeline=timeline, milestones=["Outside bands."], actions=actions))).plan
    found = list(milestones_in_plan(plan))
    said = [(entry.milestone.text, entry.is_dated) for entry in found]
    assert said == [
        ("In a band.", True),
        ("Outside bands.", False),
        ("With a time.", True),
        ("With progress.", False),
    ]
    assert [counts_as_milestone(action) for action in plan.ambitions[0].actions] == [True, True, False]
    assert all(isinstance(entry.milestone, Milestone) or counts_as_milestone(entry.milestone) for entry in found)


def test_an_unclear_date_that_is_read_counts_as_a_date(minimal: dict[str, Any], load: Load) -> None:
    unclear = {"published": "August 2027/28", "read_as": "August 2027"}
    plan = load(json.dumps(with_aim(minimal, milestones=[{"text": "Open it.", "when": unclear}]))).plan
    assert counted(plan) == (1, 1)


def test_a_programme_year_counts_as_a_date_where_the_plan_says_which_it_is(minimal: dict[str, Any], load: Load) -> None:
    bands = [
        {"label": "Start", "band": "Year 1", "when": "2027/28", "milestones": ["Begin."]},
        {"label": "Later", "band": "Year 3", "milestones": ["End."]},
    ]
    plan = load(json.dumps(with_aim(minimal, timeline=bands))).plan
    assert [entry.is_dated for entry in milestones_in_plan(plan)] == [True, True]


def test_what_is_done_is_no_first_date(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    milestones = [
        {"text": "Done.", "when": "May 2025", "status": "done"},
        {"text": "Later.", "when": "June 2027"},
        {"text": "Sooner.", "when": "April 2027"},
    ]
    index = index_plan(load(json.dumps(with_aim(minimal, milestones=milestones))).plan, registry)
    assert [entry.milestone.text for entry in first_dates(index)] == ["Sooner.", "Later."]
    assert number_of_dates(index) == 3


def test_where_all_is_done_its_dates_are_shown(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    milestones = [{"text": "Done.", "when": "May 2025", "status": "done"}]
    index = index_plan(load(json.dumps(with_aim(minimal, milestones=milestones))).plan, registry)
    assert [entry.milestone.text for entry in first_dates(index)] == ["Done."]


GIVEN_UP = [
    {"text": "Given up.", "when": "April 2026", "retired": {"reason": "No money."}},
    {"text": "Stopped.", "when": "May 2026", "status": "stopped"},
]


def test_what_was_given_up_or_stopped_is_no_date_to_come_but_stays_in_the_timeline_and_says_so(
    minimal: dict[str, Any], load: Load, registry: Registry
) -> None:
    actions = [
        *GIVEN_UP,
        {"text": "Go on.", "when": "June 2026"},
        {"text": "Done.", "when": "May 2026", "status": "done"},
    ]
    index = index_plan(load(json.dumps(with_aim(minimal, actions=actions))).plan, registry)
    assert [entry.milestone.text for entry in first_dates(index)] == ["Go on."]
    assert number_of_dates(index) == 2
    section = timeline_section(index)
    assert section is not None
    lead, *_ = section.blocks
    assert isinstance(lead, Paragraph)
    assert str(lead.text).startswith(
        "This plan names 4 milestones, all of them with a date. 2 of them were given up or"
    )
    (aim,) = section.sections
    chart, table = aim.blocks
    assert isinstance(chart, Timeline)
    assert isinstance(table, Table)
    whens = ["April 2026, given up", "May 2026, stopped", "May 2026", "June 2026"]
    assert sorted(row.when for row in chart.rows) == sorted(whens)
    assert [row.text for row in chart.rows][:2] == ["Given up. (given up)", "Stopped. (stopped)"]
    assert sorted(str(row.cells[0].text) for row in table.rows) == sorted(whens)


def test_counts_of_an_ambition_say_how_many_were_given_up_or_stopped(
    minimal: dict[str, Any], load: Load, registry: Registry
) -> None:
    over = {"retired": {"reason": "No money."}}
    actions = [{"text": "Gone.", **over}, {"text": "Stopped.", "status": "stopped"}, "Go on.", "Go far."]
    gone = {"id": "b", "title": "B", "actions": ["Also over."], "measures": ["Calls"], **over}
    objectives = [{"id": "a", "title": "A", "actions": actions, "measures": ["Waits"]}, gone]
    plan = load(json.dumps(with_aim(minimal, objectives=objectives))).plan
    (page,) = (
        each for each in plan_page(plan, registry, Particulars(as_of=AS_OF)).sections if each.title == "Do one thing"
    )
    strips = {
        section.title: [str(fact) for fact in block.facts]
        for section in (page, *page.sections)
        for block in section.blocks
        if isinstance(block, FactStrip) and "measure" in str(block.facts[-1])
    }
    assert strips["B"] == ["1 action, of which 1 given up", "1 measure, of which 1 given up"]
    assert strips["A"] == [
        "4 actions, of which 1 given up and 1 stopped", "1 milestone, of which 1 stopped", "1 measure"
    ]  # fmt: skip
    assert strips["Do one thing"] == [
        "2 objectives, of which 1 given up",
        "5 actions, of which 2 given up and 1 stopped",
        "1 milestone, of which 1 stopped",
        "2 measures, of which 1 given up",
    ]


def test_what_stands_under_an_ambition_that_was_given_up_was_given_up(minimal: dict[str, Any], load: Load) -> None:
    one = {"id": "inside", "title": "Inside", "actions": [{"text": "Do it.", "when": "May 2026"}]}
    plan = load(json.dumps(with_aim(minimal, objectives=[one], retired={"reason": "No money."}))).plan
    assert [entry.is_given_up for entry in milestones_in_plan(plan)] == [True]
    assert status_of(plan, AS_OF).counts[Standing.STOPPED] == 1


def test_tables_and_services_say_that_what_stands_under_a_given_up_ambition_was_given_up(
    minimal: dict[str, Any], load: Load, registry: Registry
) -> None:
    milestones = [{"text": "Open it.", "when": "May 2026"}]
    gone = with_aim(minimal, milestones=milestones, pillars=["dentistry"], retired={"reason": "No money."})
    plan = load(json.dumps(gone)).plan
    sheet = next(each for each in SHEETS if each.file == "milestones.csv")
    (row,) = csv.DictReader(io.StringIO(sheet_csv(sheet, plan).decode("utf-8-sig")))
    assert row["given_up"] == "yes"
    page = plan_page(plan, registry, Particulars(as_of=AS_OF))
    assert "Markup('Given up. Open it.')" in repr(
        next(each for each in page.sections if each.title == "Find your service")
    )


def test_where_all_was_given_up_no_date_is_left(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    index = index_plan(load(json.dumps(with_aim(minimal, actions=GIVEN_UP))).plan, registry)
    assert first_dates(index) == ()
    assert dates_sentence(index) == words.NO_DATES
    (shown,) = (card(index, aim) for aim in card_aims(index.plan))
    assert (shown.foot, [str(text) for text in shown.actions]) == ("What has a date was given up or stopped", [])


def test_cards_leave_out_what_was_given_up(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    gone = {"retired": {"reason": "No money."}}
    strand = {"title": "A strand", "actions": ["Of a strand."]}
    aims = [
        {"id": "one", "title": "One", "actions": [*GIVEN_UP, "Go on."], "strands": [strand | gone]},
        {"id": "two", "title": "Two"} | gone,
        {"id": "three", "title": "Three", "objectives": [{"id": "a", "title": "A"} | gone, {"id": "b", "title": "B"}]},
    ]
    index = index_plan(load(json.dumps(minimal | {"ambitions": aims})).plan, registry)
    shown = [card(index, aim) for aim in card_aims(index.plan)]
    assert [(entry.title, [str(text) for text in entry.actions]) for entry in shown] == [
        ("One", ["Go on."]),
        ("Three", ["B"]),
    ]


def test_a_plan_that_gave_up_everything_has_no_cards(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    plan = load(json.dumps(with_aim(minimal, retired={"reason": "No money."}))).plan
    page = plan_page(plan, registry, Particulars(as_of=AS_OF))
    glance = next(section for section in page.sections if section.style == "glance")
    assert not [block for block in glance.blocks if isinstance(block, Cards)]
    assert one_pages(plan, registry, page)


def test_page_and_terminal_count_alike_what_was_given_up(
    minimal: dict[str, Any], load: Load, registry: Registry
) -> None:
    plan = load(json.dumps(with_aim(minimal, actions=GIVEN_UP))).plan
    section = progress_section(index_plan(plan, registry), AS_OF)
    assert section is not None
    shown = [count for block in section.blocks if isinstance(block, Progress) for count in block.counts]
    assert [(count.number, count.text) for count in shown] == [(2, "stopped")]
    assert "2 stopped" in status_text([status_of(plan, AS_OF)])
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert {str(row.cells[1].text) for row in table.rows} == {"Given up", "Stopped"}


@pytest.mark.parametrize(
    "fields",
    [
        {"actions": [{"text": "Build it.", "points": [{"text": "Lay bricks.", "id": "hub"}]}]},
        {"milestones": [{"text": "It is open.", "id": "hub"}]},
        {"timeline": [{"label": "Year 1", "milestones": [{"text": "It is open.", "id": "hub"}]}]},
        {"measures": [{"text": "More visits", "id": "hub"}]},
        {"strands": [{"title": "Buildings", "id": "hub"}]},
        {"objectives": [{"id": "inside", "title": "Inside", "actions": [{"text": "Build it.", "id": "hub"}]}]},
    ],
)
def test_money_for_something_in_an_ambition_is_money_of_the_ambition(
    minimal: dict[str, Any], load: Load, registry: Registry, fields: dict[str, Any]
) -> None:
    line = {"title": "A hub", "amounts": ["£1m"], "serves": ["hub"]}
    funding = [{"title": "Money", "commitment": "committed", "lines": [line]}]
    aims = [{"id": "one", "title": "One"} | fields, {"id": "two", "title": "Two"}]
    plan = load(json.dumps(minimal | {"ambitions": aims, "funding": funding})).plan
    index = index_plan(plan, registry)
    assert ["money" in absences(index, aim) for aim in plan.ambitions] == [False, True]
    parts = digest(plan, registry).parts
    assert [part.aim for part in parts if part.has_money] == [part.aim for part in parts if part.aim != "two"][-1:]


OVER = {"retired": {"reason": "No money."}}


def money(title: str, amount: str, **fields: object) -> dict[str, Any]:
    return {"title": title, "commitment": "committed", "lines": [{"title": title, "amounts": [amount]}]} | fields


@pytest.fixture
def with_money_given_up(minimal: dict[str, Any], load: Load) -> Plan:
    """£1m stands; the rest was given up: a line, a table, and tables under an ambition and a part of it."""
    lines = [
        {"title": "Hub", "amounts": ["£1m"]},
        {"title": "Annexe", "amounts": ["£2m (TBC)"], "serves": ["one"]} | OVER,
        {"title": "Bare"} | OVER,
    ]
    inside = {"id": "inside", "title": "Inside", "funding": [money("Chairs", "£16m")]}
    aims = [
        {"id": "one", "title": "One", "measures": ["Waits"], "owner": "Ann"},
        {"id": "gone", "title": "Gone", "funding": [money("Units", "£8m")], "objectives": [inside]} | OVER,
    ]
    funding = [money("Buildings", "", lines=lines), money("Vans", "£4m") | OVER]
    plan: Plan = load(json.dumps(minimal | {"funding": funding, "ambitions": aims})).plan
    return plan


def blocks_in(sections: tuple[Section, ...]) -> Iterator[Any]:
    for section in sections:
        yield from section.blocks
        yield from blocks_in(section.sections)


def test_money_that_was_given_up_is_in_no_sum_and_no_bar(with_money_given_up: Plan, registry: Registry) -> None:
    page = plan_page(with_money_given_up, registry, Particulars(as_of=AS_OF))
    said = "£1 million is listed as committed. The plan does not say which years the money covers. "
    said += "4 amounts that were given up are not part of this."
    sheet, *_ = one_pages(with_money_given_up, registry, page)
    for sections in (page.sections, sheet.sections):
        blocks = list(blocks_in(sections))
        assert said in [str(block.text) for block in blocks if isinstance(block, Paragraph)]
        drawn = [bar.amount for block in blocks if isinstance(block, MoneyChart | MoneyLines) for bar in block.bars]
        assert set(drawn) == {"£1 million"}
    found = digest(with_money_given_up, registry)
    assert [amount.money.published for amount in found.amounts if amount.money] == ["£1m"]
    funding = next(each for each in SHEETS if each.file == "funding.csv")
    rows = csv.DictReader(io.StringIO(sheet_csv(funding, with_money_given_up).decode("utf-8-sig")))
    assert {row["title"]: row["given_up"] for row in rows} == {
        "Hub": "", "Annexe": "yes", "Bare": "yes", "Vans": "yes", "Units": "yes", "Chairs": "yes"
    }  # fmt: skip


def test_every_table_says_which_money_was_given_up(with_money_given_up: Plan, registry: Registry) -> None:
    page = plan_page(with_money_given_up, registry, Particulars(as_of=AS_OF))
    tables = [block for block in blocks_in(page.sections) if isinstance(block, Table)]
    money_tables = [table for table in tables if table.columns[0].title == "What for"]
    shown = {(str(row.header.text), str(row.cells[1].text)) for table in money_tables for row in table.rows}
    over = {(title, "Given up") for title in ("Annexe", "Bare", "Vans", "Units", "Chairs")}
    assert shown == {("Hub", "Committed")} | over


def test_a_plan_that_gave_up_all_its_money_says_so(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    plan = load(json.dumps(minimal | {"funding": [money("Vans", "£4m") | OVER]})).plan
    page = plan_page(plan, registry, Particulars(as_of=AS_OF))
    texts = [str(block.text) for block in blocks_in(page.sections) if isinstance(block, Paragraph)]
    assert texts.count("All the money that this plan names was given up: 1 amount.") == 2
    assert not any(isinstance(block, MoneyChart | MoneyLines) for block in blocks_in(page.sections))


def test_money_that_was_given_up_is_money_of_no_ambition(with_money_given_up: Plan, registry: Registry) -> None:
    index = index_plan(with_money_given_up, registry)
    (one, _) = with_money_given_up.ambitions
    assert absences(index, one) == ("dates", "money")
    assert [part.has_money for part in digest(with_money_given_up, registry).parts] == [False]


@pytest.fixture
def with_measures_given_up(minimal: dict[str, Any], load: Load) -> Plan:
    whole = {"baseline": "10%", "target": {"value": "20%", "when": "March 2027"}}
    strand = {"title": "Strand", "measures": [{"text": "In a strand"} | whole]}
    aims = [
        {"id": "one", "title": "One", "owner": "Ann", "measures": ["Waits", {"text": "Calls"} | whole | OVER]},
        {"id": "gone", "title": "Gone", "owner": "Bob", "strands": [strand]} | OVER,
        {
            "id": "two",
            "title": "Two",
            "objectives": [{"id": "kept", "title": "Kept"}, {"id": "b", "title": "B"} | OVER],
        },
    ]
    plan: Plan = load(json.dumps(minimal | {"ambitions": aims})).plan
    return plan


def section_of(plan: Plan, registry: Registry, section_id: str) -> Section:
    page = plan_page(plan, registry, Particulars(as_of=AS_OF))
    return next(section for section in page.sections if section.id == section_id)


def test_page_and_comparison_count_alike_the_measures_that_stand(
    with_measures_given_up: Plan, registry: Registry
) -> None:
    lead, *_, table = section_of(with_measures_given_up, registry, "part--measures").blocks
    assert isinstance(lead, Paragraph)
    assert str(lead.text) == (
        "This plan names 1 measure. None states a baseline, a target and a date together. "
        "2 measures that were given up are not counted."
    )
    assert isinstance(table, Table)
    titles = [str(row.header.text) for row in table.rows]
    assert titles == ["Waits", "Calls (given up)", "In a strand (given up)"]
    assert len(digest(with_measures_given_up, registry).measures) == 1


def test_where_all_measures_were_given_up_that_is_said(minimal: dict[str, Any], load: Load, registry: Registry) -> None:
    plan = load(json.dumps(with_aim(minimal, measures=["Waits"], **OVER))).plan
    lead, *_ = section_of(plan, registry, "part--measures").blocks
    assert isinstance(lead, Paragraph)
    assert str(lead.text) == "All the measures that this plan names were given up: 1 measure."


def test_page_and_comparison_count_alike_who_is_responsible(with_measures_given_up: Plan, registry: Registry) -> None:
    lead, table = section_of(with_measures_given_up, registry, "part--accountability").blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(table, Table)
    found = digest(with_measures_given_up, registry)
    owned = [named.is_owned for _, named in found.named]
    assert numbers(str(lead.text)) == [sum(owned), len(owned)] == [1, 2]
    assert [str(row.header.text).endswith("(given up)") for row in table.rows] == [False, True]


NAMED = {
    "its owner": ({"owner": "Ann"}, True),
    "its accountable body": ({"accountable": ["Board"]}, True),
    "who leads the work": ({"led_by": "Bob"}, False),
    "the owner of an action": ({"actions": [{"text": "Do it.", "owner": "Ann"}]}, False),
    "the owner of a milestone": ({"milestones": [{"text": "Done.", "owner": "Ann"}]}, False),
    "the owner of a part": ({"strands": [{"title": "Part", "owner": "Ann"}]}, False),
    "a placeholder": ({"owner": "TBC"}, False),
}


@pytest.mark.parametrize("named", NAMED)
def test_everything_counts_alike_who_answers_for_an_aim(
    named: str, minimal: dict[str, Any], load: Load, registry: Registry
) -> None:
    fields, answers = NAMED[named]
    plan = load(json.dumps(with_aim(minimal, **fields))).plan
    lead, *_ = section_of(plan, registry, "part--accountability").blocks
    assert isinstance(lead, Paragraph)
    assert str(lead.text).startswith("1 of 1") == answers
    assert str(lead.text).endswith("For 1 it says only who leads the work.") == (named == "who leads the work")
    assert ("owner" not in absences(index_plan(plan, registry), plan.ambitions[0])) == answers
    found = digest(plan, registry)
    assert [named.is_owned for _, named in found.named] == [answers]
    topics = {topic.id: topic for topic in compare([found], registry, as_of=AS_OF)}
    said = topics["accountability"].tables[0].finding
    assert said.startswith("1 of 1" if answers else "None of 1")


def test_page_and_comparison_count_alike_who_answers_for_the_aims_of_a_plan(plan: Plan, registry: Registry) -> None:
    lead, *_ = section_of(plan, registry, "part--accountability").blocks
    assert isinstance(lead, Paragraph)
    owned = [named.is_owned for _, named in digest(plan, registry).named]
    assert numbers(str(lead.text))[:2] == ([sum(owned), len(owned)] if any(owned) else [])


def test_what_was_given_up_is_blamed_for_nothing(with_measures_given_up: Plan, registry: Registry) -> None:
    section = section_of(with_measures_given_up, registry, "part--not-stated")
    blamed = [str(item.text) for block in section.blocks if isinstance(block, Items) for item in block.items]
    assert len(blamed) == 2
    assert not [text for text in blamed if "#gone" in text or "#b" in text]
    page = plan_page(with_measures_given_up, registry, Particulars(as_of=AS_OF))
    feet = {each.id: "does not state" in str(each.foot) for each in page.sections if each.style == "ambition"}
    assert feet == {"one": True, "gone": False, "two": False}


def test_only_money_without_an_amount_is_said_to_be_without_one(
    minimal: dict[str, Any], load: Load, registry: Registry
) -> None:
    aims = [
        {"id": "sums", "title": "Sums", "funding": [money("Chairs", "£180k")]},
        {"id": "words", "title": "Words", "funding_statement": ["Money will be found."]},
        {
            "id": "some",
            "title": "Some",
            "funding": [money("Vans", "", lines=[{"title": "Vans"}, {"title": "a", "amounts": ["£1m"]}])],
        },
    ]
    plan = load(json.dumps(minimal | {"ambitions": aims})).plan
    (listed,) = (
        block
        for block in section_of(plan, registry, "part--money").blocks
        if isinstance(block, Items) and block.heading == "What is said of money without an amount"
    )
    assert [re.findall(r"#(\w+)", str(item.text)) for item in listed.items] == [["words"], ["some"]]


APP, SAME_DAY, TRIAGE, PHARMACY = "PCA-APP", "MTP-SAME90", "FUL-ACCESS", "PCA-PHFIRST"


@pytest.fixture
def with_answers_everywhere(minimal: dict[str, Any], load: Load) -> Plan:
    """Commitments are answered in and outside the aims, with and without ids, by what stands and what was given up."""
    element = {"title": "Care *near* home", "commitments": [SAME_DAY], "mentions": [APP]}
    lines = [{"title": "Vans", "amounts": ["£1m"], "commitments": [PHARMACY]}]
    over = {"commitments": ["LAW-INVOLVE"]} | OVER
    aims = [
        {"id": "one", "title": "One", "commitments": [SAME_DAY], "strands": [{"title": "Inherits"}]},
        {"id": "two", "title": "Two", "actions": [{"text": "Open it.", "commitments": [APP]}, {"text": "No."} | over]},
        {"id": "gone", "title": "Gone", "objectives": [{"id": "in", "title": "In", "commitments": [SAME_DAY]}]} | over,
    ]
    everywhere = {
        "vision": {"statement": "Care.", "elements": [element, {"title": "Not this"} | over]},
        "engagement": {"text": "We asked.", "next": [{"text": "Ask again.", "commitments": [TRIAGE]}]},
        "delivery": {"next_steps": [{"id": "step", "text": "Begin.", "commitments": [TRIAGE]}]},
        "funding": [money("Money", "", lines=lines), money("Over", "", lines=[{"title": "Bikes"} | over])],
        "ambitions": aims,
    }
    plan: Plan = load(json.dumps(minimal | everywhere)).plan
    return plan


def commitments_on_the_page(plan: Plan, registry: Registry) -> tuple[str, dict[str, list[list[tuple[str, str]]]]]:
    """The lead of the section, and address and name of each link of each cell by the commitment of the row."""
    lead, table = section_of(plan, registry, "part--commitments").blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(table, Table)
    rows = {
        str(row.header.text).rpartition("(")[2].rstrip(")"): [
            re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', str(cell.text)) for cell in row.cells
        ]
        for row in table.rows
    }
    return str(lead.text), rows


def test_the_page_names_what_answers_a_commitment_wherever_it_stands_but_not_what_was_given_up(
    with_answers_everywhere: Plan, registry: Registry
) -> None:
    lead, rows = commitments_on_the_page(with_answers_everywhere, registry)
    assert lead.startswith("This plan answers 3 national commitments.")
    assert rows == {
        SAME_DAY: [[("#one", "One"), ("#one--strand--1", "Inherits"), ("#part--vision", "Care near home")], []],
        APP: [[("#two", "Open it.")], [("#part--vision", "Care near home")]],
        TRIAGE: [[("#part--engagement", "Ask again."), ("#step", "Begin.")], []],
        PHARMACY: [[], [("#funding--1", "Vans")]],
    }


def test_page_and_comparison_agree_on_what_answers_a_commitment(plan: Plan, registry: Registry) -> None:
    lead, rows = commitments_on_the_page(plan, registry)
    found = digest(plan, registry)
    topics = {topic.id: topic for topic in compare([found], registry, as_of=AS_OF)}
    counted_there = {row.code: row.cells[0] for row in topics["commitments"].table("commitments").rows}
    answered = {code for code, (answers, _) in rows.items() if answers}
    assert numbers(lead)[0] == len(answered)
    for code, (answers, mentions) in rows.items():
        cell = counted_there.pop(code)
        assert isinstance(cell, Stated)
        assert cell.value == len(answers or mentions)
    assert not [code for code, cell in counted_there.items() if isinstance(cell, Stated)]


def test_links_to_what_answers_a_commitment_lead_somewhere_on_the_page(
    with_answers_everywhere: Plan, registry: Registry
) -> None:
    page = plan_page(with_answers_everywhere, registry, Particulars(as_of=AS_OF))
    html = Templates().render("documents/plan.html.j2", page=page)
    _, rows = commitments_on_the_page(with_answers_everywhere, registry)
    for address, _ in (link for cells in rows.values() for links in cells for link in links):
        assert f'id="{address[1:]}"' in html


@pytest.fixture
def with_an_owner_over_objectives(minimal: dict[str, Any], load: Load) -> Plan:
    """An ambition with an owner has an objective without one, one with its own, and one where it is to be confirmed."""
    milestones = [{"text": "Open it.", "when": "May 2027"}]
    objectives = [
        {"id": "silent", "title": "Silent", "milestones": milestones, "led_by": "Cy"},
        {"id": "own", "title": "Own", "milestones": milestones, "accountable": ["Board"]},
        {"id": "open", "title": "Open", "owner": "TBC"},
    ]
    aims = [{"id": "over", "title": "Over", "owner": "Ann", "objectives": objectives}, {"id": "none", "title": "None"}]
    plan: Plan = load(json.dumps(minimal | {"ambitions": aims})).plan
    return plan


def test_who_answers_for_an_ambition_answers_for_its_objectives_everywhere(
    with_an_owner_over_objectives: Plan, registry: Registry
) -> None:
    plan = with_an_owner_over_objectives
    lead, table = section_of(plan, registry, "part--accountability").blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(table, Table)
    assert str(lead.text) == (
        "3 of 4 ambitions, objectives and enablers state who is responsible. "
        "For 2 it is who answers for the ambition that it stands under."
    )
    assert [re.findall(r"#(\w+)", str(row.header.text)) for row in table.rows] == [
        ["over"],
        ["silent"],
        ["own"],
        ["open"],
    ]
    named = {part.item.id: (named.accountable, named.owners) for part, named in digest(plan, registry).named}
    assert named == {"silent": ((), ("Ann",)), "own": (("Board",), ()), "open": ((), ("Ann",)), "none": ((), ())}
    assert [each.owner for each in status_of(plan, AS_OF).milestones] == ["Ann", ""]
    sheet = next(sheet for sheet in SHEETS if sheet.file == "milestones.csv")
    assert [row["owner"] for row in csv.DictReader(io.StringIO(sheet_csv(sheet, plan).decode()))] == ["Ann", ""]
    calendar = milestones_calendar(plan)
    assert calendar is not None
    assert re.findall(r"Owner: ([\w ]+)", calendar.decode().replace("\r\n ", "")) == ["Ann", "not stated"]
