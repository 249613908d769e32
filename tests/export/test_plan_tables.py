"""The tables of a plan and what their columns mean agree, and no cell says what the plan does not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pcstrat.export.plan_tables import SHEETS, Sheet, sheet_csv, tables_metadata
from pcstrat.load import Loaded
from pcstrat.model.plan import Plan

Load: TypeAlias = Callable[..., Loaded]

ROOT = Path(__file__).parents[2]
PLANS = [*sorted((ROOT / "strategies").glob("*.yaml")), ROOT / "tests" / "formats" / "1.yaml"]
BY_FILE = {sheet.file: sheet for sheet in SHEETS}
PARSERS: dict[str, Callable[[str], object]] = {"string": str, "decimal": Decimal, "date": dt.date.fromisoformat}


def rows_of(sheet: Sheet, plan: Plan) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet_csv(sheet, plan).decode())))


@pytest.fixture(params=PLANS, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest, load: Callable[..., Loaded]) -> Plan:
    loaded = load(request.param.read_text(encoding="utf-8")).plan
    assert loaded
    return loaded


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.file)
def test_every_cell_is_of_the_type_that_the_metadata_names(plan: Plan, sheet: Sheet) -> None:
    tables = {table["url"]: table for table in json.loads(tables_metadata())["tables"]}
    columns = tables[sheet.file]["tableSchema"]["columns"]
    for row in rows_of(sheet, plan):
        assert list(row) == [column["titles"] for column in columns]
        for column in columns:
            if row[column["titles"]]:
                PARSERS[column["datatype"]](row[column["titles"]])


def test_there_is_a_row_for_each_thing(plan: Plan) -> None:
    rows = rows_of(BY_FILE["objectives.csv"], plan)
    aims = [aim for ambition in plan.ambitions for aim in (ambition, *ambition.objectives)] + [*plan.enablers]
    assert [row["id"] for row in rows] == [aim.id for aim in aims]
    measures = sum(len(part.measures) for aim in aims for part in (aim, *aim.strands))
    assert len(rows_of(BY_FILE["measures.csv"], plan)) == measures


def test_no_amount_is_lost_and_none_invented(plan: Plan) -> None:
    tables = [*plan.funding]
    for aim in (*plan.ambitions, *(child for each in plan.ambitions for child in each.objectives), *plan.enablers):
        tables += aim.funding
    published = [amount.amount.published for table in tables for line in table.lines for amount in line.amounts]
    without = sum(not line.amounts for table in tables for line in table.lines)
    rows = rows_of(BY_FILE["funding.csv"], plan)
    assert sorted(row["amount"] for row in rows if row["amount"]) == sorted(published)
    assert sum(not row["amount"] for row in rows) == without
    assert all(row["amount_status"] for row in rows)


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ("60%", ("60", "", "", "")),
        ("at least 60%", ("60", "", "", "at least")),
        ("20 to 25 days", ("20", "25", "", "")),
        ("3 in 5", ("3", "", "5", "")),
        ("33 out of 35 practices", ("33", "", "35", "")),
    ],
)
def test_the_numbers_of_a_measure_keep_what_they_are_part_of(
    published: str, parts: tuple[str, ...], load: Load, minimal: dict[str, Any]
) -> None:
    measure = {"text": "Calls", "baseline": published, "target": {"value": published, "when": "Q4 2026/27"}}
    aims = [{"id": "one", "title": "One", "measures": [measure]}]
    plan = load(json.dumps(minimal | {"ambitions": aims})).plan
    assert plan
    (row,) = rows_of(BY_FILE["measures.csv"], plan)
    for name in ("baseline", "target"):
        assert row[name] == published
        assert tuple(row[f"{name}_{part}"] for part in ("number", "upper", "of", "qualifier")) == parts
    assert row["target_when"] == "Q4 2026/27"


def test_a_time_stands_in_words_of_ours_and_as_published(load: Load, minimal: dict[str, Any]) -> None:
    milestones = [{"text": "Open it.", "when": "Q4 2026/27"}, {"text": "Meet.", "when": "quarterly"}]
    aims = [{"id": "one", "title": "One", "milestones": milestones}]
    plan = load(json.dumps(minimal | {"ambitions": aims})).plan
    assert plan
    times = [(row["when"], row["when_published"]) for row in rows_of(BY_FILE["milestones.csv"], plan)]
    assert times == [("quarter 4 of 2026/27", "Q4 2026/27"), ("every 3 months", "quarterly")]


CONDITIONS = """\
ambitions:
  - id: one
    title: One
    depends_on: [two]
    note: Printed twice.
    milestones:
      - id: hub
        title: Hub
        text: Open a hub.
        when: April 2026 to March 2027
        repeats: monthly
        led_by: Ann
        partners: [Bob, Cat]
        if: The money comes.
        set_by: NHS England
        depends_on: [two]
        note: As printed.
      - {text: Plain.}
    measures:
      - text: Calls
        target: {value: 90%, note: if staff stay}
        splits: [age, sex]
        source: survey
        of: [hub]
        note: As printed.
    funding:
      - title: Money
        commitment: committed
        commitment_wording: signed
        basis: FYE
        text: All of it.
        note: Draft.
        lines:
          - title: Practices
            text: For all.
            amounts: [{amount: £2m, ring_fenced: rural practices, note: if Treasury agrees}, £1m]
            additional_to: last year
            excludes: enhanced services
            lasts: 2 years
            note: As printed.
          - {title: Others, excludes: dentists}
  - {id: two, title: Two}
sources:
  - {id: survey, title: A survey}
"""


def test_what_changes_the_meaning_of_an_item_stands_in_its_row(load: Load, minimal_text: Callable[..., str]) -> None:
    plan = load(minimal_text().partition("ambitions:")[0] + CONDITIONS).plan
    assert plan
    objective, _ = rows_of(BY_FILE["objectives.csv"], plan)
    assert (objective["depends_on"], objective["note"]) == ("two", "Printed twice.")
    hub, plain = rows_of(BY_FILE["milestones.csv"], plan)
    wanted = {
        "what": "Hub", "text": "Open a hub.", "if": "The money comes.", "repeats": "monthly", "led_by": "Ann",
        "partners": "Bob; Cat", "set_by": "NHS England", "depends_on": "two", "note": "As printed.",
    }  # fmt: skip
    assert {key: hub[key] for key in wanted} == wanted
    assert {key: plain[key] for key in wanted} == dict.fromkeys(wanted, "") | {"what": "Plain."}
    (measure,) = rows_of(BY_FILE["measures.csv"], plan)
    wanted = {
        "target": "90%", "target_note": "if staff stay", "splits": "age; sex", "source": "survey", "of": "hub",
        "note": "As printed.",
    }  # fmt: skip
    assert {key: measure[key] for key in wanted} == wanted
    fenced, free, other = rows_of(BY_FILE["funding.csv"], plan)
    wanted = {
        "text": "For all.", "additional_to": "last year", "excludes": "enhanced services", "lasts": "2 years",
        "note": "As printed.", "basis": "FYE", "commitment_wording": "signed", "table_text": "All of it.",
        "table_note": "Draft.",
    }  # fmt: skip
    assert {key: fenced[key] for key in wanted} == {key: free[key] for key in wanted} == wanted
    assert (fenced["ring_fenced"], fenced["amount_note"]) == ("rural practices", "if Treasury agrees")
    assert (free["ring_fenced"], free["amount_note"]) == ("", "")
    assert (other["excludes"], other["amount_status"], other["amount"]) == ("dentists", "not stated", "")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.file)
def test_a_column_has_a_field_or_a_field_is_named_as_left_out(sheet: Sheet) -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    columns = {column.name for column in sheet.columns}
    for shown, (what, left_out) in zip(sheet.shows, sheet.left_out(), strict=True):
        assert all(column in columns for column in shown.columns.values() if column)
        assert not left_out or f"- of {what}: {', '.join(f'`{field}`' for field in left_out)}" in page


GIVEN_UP = """\
pcstrat: 1
id: over
icb: QT6
document: {title: A plan, kind: briefing}
ambitions:
  - id: stays
    title: Stays
    objectives:
      - {id: gone, title: Gone, retired: {reason: No money.}, measures: [{text: Calls}]}
      - id: kept
        title: Kept
        strands: [{title: Part, retired: {reason: Merged.}, measures: [{text: Waits}]}, {title: Other}]
        measures: [{text: Visits, retired: {reason: Not counted.}}, {text: Beds}]
        funding:
          - title: Money
            commitment: proposed
            lines: [{title: A van, retired: {reason: Sold.}, amounts: [£1m]}, {title: A bus, amounts: [£2m]}]
  - id: over-as-a-whole
    title: Over
    retired: {reason: Done by others.}
    objectives: [{id: below, title: Below}]
    funding: [{title: More money, commitment: proposed, lines: [{title: A car}]}]
"""


@pytest.mark.parametrize(
    ("file", "named", "given_up"),
    [
        ("objectives.csv", "id", ["gone", "over-as-a-whole", "below"]),
        ("measures.csv", "text", ["Calls", "Visits", "Waits"]),
        ("funding.csv", "title", ["A van", "A car"]),
    ],
)
def test_what_was_given_up_and_all_in_it_says_so(
    load: Callable[..., Loaded], file: str, named: str, given_up: list[str]
) -> None:
    plan = load(GIVEN_UP).plan
    assert plan
    rows = rows_of(BY_FILE[file], plan)
    assert {row["given_up"] for row in rows} == {"", "yes"}
    assert [row[named] for row in rows if row["given_up"]] == given_up


def test_cells_are_no_formulas(load: Callable[..., Loaded], minimal_text: Callable[..., str]) -> None:
    plan = load(minimal_text().replace("title: Do one thing", 'title: "=1+1"')).plan
    assert plan
    assert rows_of(BY_FILE["objectives.csv"], plan)[0]["title"] == "'=1+1"


def test_names_are_unique_and_every_column_is_explained() -> None:
    for sheet in SHEETS:
        names = [column.name for column in sheet.columns]
        assert len(set(names)) == len(names)
        assert all(column.meaning.endswith(".") and column.datatype in PARSERS for column in sheet.columns)


def test_the_metadata_is_that_of_csv_on_the_web() -> None:
    data = json.loads(tables_metadata())
    assert data["@context"] == "http://www.w3.org/ns/csvw"
    assert [table["url"] for table in data["tables"]] == [sheet.file for sheet in SHEETS]


def test_who_answers_for_an_ambition_answers_for_its_objectives_that_name_nobody(
    load: Load, minimal: dict[str, Any]
) -> None:
    objectives = [
        {"id": "silent", "title": "Silent"},
        {"id": "kept-open", "title": "Kept open", "owner": "TBC"},
        {"id": "own", "title": "Own", "owner": "Chief Nurse"},
    ]
    above = {"owner": "Director of Primary Care", "accountable": ["Place Boards", "Director of Primary Care"]}
    aims = [{"id": "one", "title": "One", "objectives": objectives} | above, {"id": "two", "title": "Two"}]
    plan = load(json.dumps(minimal | {"ambitions": aims})).plan
    assert plan
    of_the_ambition = "Place Boards; Director of Primary Care"
    told = [(row["id"], row["owner"], row["answers"]) for row in rows_of(BY_FILE["objectives.csv"], plan)]
    assert told == [
        ("one", "Director of Primary Care", of_the_ambition),
        ("silent", "", of_the_ambition),
        ("kept-open", "TBC", of_the_ambition),
        ("own", "Chief Nurse", "Chief Nurse"),
        ("two", "", ""),
    ]
