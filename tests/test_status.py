"""How milestones stand on a day: vague dates count to their last day, and what is recorded comes first."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pcstrat.commands.status import status
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.export.status_data import COLUMNS, status_csv, status_json
from pcstrat.load import Loaded
from pcstrat.model.plan import Plan
from pcstrat.model.times import parse_time
from pcstrat.model.vocabulary import Progress
from pcstrat.registry import Registry
from pcstrat.render.index import index_plan
from pcstrat.render.progress import progress_section
from pcstrat.report.status_text import status_text
from pcstrat.settings import load_settings
from pcstrat.status import PlanStatus, Standing, standing_of, status_of

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "schemas" / "status.json").read_text(encoding="utf-8"))
AS_OF = dt.date(2026, 3, 31)

TEXT = """\
pcstrat: 1
id: minimal
icb: QMM
document: {title: A small plan, kind: briefing}
ambitions:
  - id: one
    title: Do one thing
    owner: Ada
    actions:
      - {id: early, text: Talk to people, status: done}
      - {text: No status and no date}
    timeline:
      - label: Year 1
        when: 2025/26
        milestones:
          - {id: band, text: Open a hub}
          - {id: late, text: Publish it, when: by 30 March 2026, status: delayed, owner: Grace}
          - {id: named, text: Two times, due: by September 2025}
    milestones:
      - {id: vague, text: By the end of the year, when: by 2025/26}
      - {id: far, text: Much later, when: by March 2030}
      - {id: open, text: Goes on, when: from April 2024}
      - {id: never, text: Whenever, when: monthly}
      - {id: gone, text: "=Given up", when: 2024, retired: {reason: No money}}
      - {id: halted, text: Stopped, when: 2024, status: stopped}
"""


@pytest.fixture
def plan(load: Callable[..., Loaded]) -> Plan:
    loaded = load(TEXT)
    assert loaded.plan, loaded.findings
    return loaded.plan


@pytest.fixture
def found(plan: Plan) -> PlanStatus:
    return status_of(plan, AS_OF)


@pytest.mark.parametrize(
    ("written", "last_fine_day"),
    [
        ("by 2025/26", dt.date(2026, 3, 31)),
        ("2025/26", dt.date(2026, 3, 31)),
        ("by March 2026", dt.date(2026, 3, 31)),
        ("spring 2026", dt.date(2026, 5, 31)),
        ("by 9 May 2026", dt.date(2026, 5, 9)),
        ("2026", dt.date(2026, 12, 31)),
        ("Q1 2026/27", dt.date(2026, 6, 30)),
    ],
)
def test_a_vague_time_is_overdue_only_after_its_last_day(written: str, last_fine_day: dt.date) -> None:
    time = parse_time(written)
    assert standing_of(time, None, last_fine_day) is Standing.DUE
    assert standing_of(time, None, last_fine_day + dt.timedelta(days=1)) is Standing.OVERDUE


@pytest.mark.parametrize("written", ["monthly", "ongoing", "over the next 3 years", "Year 2"])
def test_without_a_day_nothing_is_overdue(written: str) -> None:
    assert standing_of(parse_time(written), None, dt.date(2199, 1, 1)) is Standing.NO_DATE
    assert standing_of(None, Progress.UNDER_WAY, AS_OF) is Standing.NO_DATE


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), recorded=st.sampled_from([None, *Progress]))
def test_time_passing_only_makes_things_more_urgent(day: dt.date, recorded: Progress | None) -> None:
    time = parse_time("April to June 2026")
    order = [Standing.UPCOMING, Standing.DUE, Standing.OVERDUE]
    now, later = (standing_of(time, recorded, each) for each in (day, day + dt.timedelta(days=40)))
    if recorded in {Progress.DONE, Progress.STOPPED}:
        assert now is later
    else:
        assert order.index(now) <= order.index(later)


def test_every_milestone_stands_somewhere(found: PlanStatus) -> None:
    assert {each.item_id: each.standing.value for each in found.milestones} == {
        "late": "overdue",
        "named": "overdue",
        "band": "due",
        "vague": "due",
        "open": "due",
        "far": "upcoming",
        "never": "no date",
        "early": "done",
        "gone": "stopped",
        "halted": "stopped",
    }
    assert [each.item_id for each in found.milestones][:2] == ["named", "late"]
    assert sum(found.counts.values()) == len(found.milestones)
    assert {each.item_id: each.days_over for each in found.milestones if each.days_over} == {"named": 182, "late": 1}


def test_owners_are_the_nearest_that_are_stated(found: PlanStatus) -> None:
    assert list(found.by_owner) == ["Ada", "Grace"]
    assert found.by_owner["Grace"][Standing.OVERDUE] == 1
    assert sum(sum(counts.values()) for counts in found.by_owner.values()) == len(found.milestones)


def test_an_owner_to_be_confirmed_is_none_and_does_not_pass_the_work_to_another(load: Callable[..., Loaded]) -> None:
    plan = load(TEXT.replace("owner: Grace", "owner: TBC")).plan
    assert plan
    found = status_of(plan, AS_OF)
    assert list(found.by_owner) == ["Ada", ""]
    assert next(each for each in found.milestones if each.item_id == "late").owner == ""


def test_years_of_the_programme_are_dated_by_the_plan(load: Callable[..., Loaded]) -> None:
    text = TEXT.replace("document: {", "document: {period: April 2024 to March 2027, ").replace(
        "when: by March 2030", "when: Year 2"
    )
    plan = load(text).plan
    assert plan
    far = next(each for each in status_of(plan, AS_OF).milestones if each.item_id == "far")
    assert far.time
    assert far.time.is_dated


def test_the_text_says_what_is_known(found: PlanStatus) -> None:
    text = status_text([found])
    assert "10 milestones as at 2026-03-31: 2 overdue, 3 due, 1 upcoming, 1 no date, 1 done, 2 stopped" in text
    assert "Progress is recorded for 4 of them: what is overdue may have been done." in text
    assert "by 30 March 2026; 1 day over; recorded as delayed; Grace; Do one thing" in text
    assert "    Grace: 1 overdue\n" in text


def test_the_csv_has_a_row_for_each_and_no_formula(found: PlanStatus) -> None:
    rows = list(csv.DictReader(io.StringIO(status_csv([found]))))
    assert tuple(rows[0]) == COLUMNS
    by_id = {row["id"]: row for row in rows}
    assert len(rows) == 10
    assert (by_id["late"]["last_day"], by_id["late"]["days_over"]) == ("2026-03-30", "1")
    assert (by_id["never"]["last_day"], by_id["never"]["when"]) == ("", "every month")
    assert by_id["never"]["when_published"] == "monthly"
    assert by_id["gone"]["milestone"] == "'=Given up"


def test_the_json_has_the_published_shape(found: PlanStatus) -> None:
    data: dict[str, Any] = json.loads(status_json([found], as_of=AS_OF))
    Draft202012Validator(SCHEMA).validate(data)
    (plan,) = data["plans"]
    assert plan["counts"]["overdue"] == 2
    assert plan["recorded"] == 4
    late = next(each for each in plan["milestones"] if each["id"] == "late")
    assert (late["owner"], late["days_over"], late["time"]["end"]) == ("Grace", 1, "2026-03-30")


def test_the_page_has_the_section_only_when_progress_is_recorded(
    plan: Plan, registry: Registry, load: Callable[..., Loaded]
) -> None:
    section = progress_section(index_plan(plan, registry), AS_OF)
    assert section
    assert section.blocks[0].text == (  # type: ignore[union-attr]
        "The plan says how far 4 of 10 milestones have got. This is how they stand on 31 March 2026."
    )
    silent = "\n".join(
        line.replace(", status: delayed", "")
        for line in TEXT.splitlines()
        if "status: " not in line or "delayed" in line
    )
    other = load(silent).plan
    assert other
    assert progress_section(index_plan(other, registry), AS_OF) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "minimal.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_what_is_overdue_is_no_failure_and_a_broken_plan_is(folder: Path) -> None:
    settings = load_settings(folder, {}, {})
    assert status(settings, (), form="text", as_of=AS_OF).code is ExitCode.CLEAN
    (folder / "strategies" / "broken.yaml").write_text("pcstrat: 1\n", encoding="utf-8")
    outcome = status(settings, (), form="csv", as_of=AS_OF)
    assert outcome.code is ExitCode.FOUND
    assert outcome.messages == ("Left out, because of errors: strategies/broken.yaml.",)
    assert outcome.text.startswith("plan,as_of,")
    with pytest.raises(NotDoneError, match="No plan can be read"):
        status(settings, ("broken",), form="text", as_of=AS_OF)
    with pytest.raises(UsageError, match="--format is 'html'"):
        status(settings, (), form="html", as_of=AS_OF)
