"""`pcstrat compare`: tables, plans, formats, and what happens when a plan cannot take part."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pcstrat.commands.compare import FORMATS, compare_plans
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.settings import Settings, load_settings

AS_OF = dt.date(2026, 11, 21)
PLAN = (
    "pcstrat: 1\nid: {}\nicb: QMM\ndocument: {{title: A plan, kind: briefing}}\nambitions: [{{id: one, title: One}}]\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "strategies"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(PLAN.format(name), encoding="utf-8")
    return load_settings(tmp_path, {}, {})


def text_of(settings: Settings, *arguments: str, form: str = "text") -> str:
    outcome = compare_plans(settings, arguments, form=form, as_of=AS_OF)
    assert outcome.code is ExitCode.CLEAN
    return outcome.text


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(settings: Settings, form: str) -> None:
    text = text_of(settings, form=form)
    assert "Norfolk and Waveney (a)" in text
    assert "LAW-ABUSE" in text


def test_a_table_and_plans(settings: Settings) -> None:
    data = json.loads(text_of(settings, "funding", "b", form="json"))
    assert [topic["id"] for topic in data["topics"]] == ["funding"]
    assert [plan["id"] for plan in data["plans"]] == ["b"]


def test_a_further_table_of_a_topic(settings: Settings) -> None:
    rows = list(csv.reader(io.StringIO(text_of(settings, "accountability-objectives", form="csv"))))
    assert [row[0] for row in rows] == ["id", "a/one", "b/one"]


def test_csv_of_everything_is_the_long_table(settings: Settings) -> None:
    assert text_of(settings, form="csv").startswith("table,group,row id,")


def test_a_plan_with_errors_takes_no_part(settings: Settings) -> None:
    (settings.strategies / "c.yaml").write_text(PLAN.format("c") + "nonsense: yes\n", encoding="utf-8")
    outcome = compare_plans(settings, (), form="json", as_of=AS_OF)
    assert outcome.code is ExitCode.FOUND
    assert [plan["id"] for plan in json.loads(outcome.text)["plans"]] == ["a", "b"]
    assert outcome.messages == ("Left out, because of errors: strategies/c.yaml.",)
    assert outcome.findings
    assert {file for file, _ in outcome.lines} == {"strategies/c.yaml"}


def test_nothing_to_compare_is_no_success(settings: Settings) -> None:
    for name in ("a", "b"):
        (settings.strategies / f"{name}.yaml").write_text("pcstrat: 1\n", encoding="utf-8")
    with pytest.raises(NotDoneError, match="No plan can be compared"):
        compare_plans(settings, (), form="text", as_of=AS_OF)


def test_wrong_usage(settings: Settings) -> None:
    with pytest.raises(UsageError, match="--format is 'xml'"):
        compare_plans(settings, (), form="xml", as_of=AS_OF)
    with pytest.raises(UsageError, match="no plan 'nowhere'"):
        compare_plans(settings, ("nowhere",), form="text", as_of=AS_OF)


def test_each_plan_once(settings: Settings) -> None:
    (settings.folder / "copy.yaml").write_text(PLAN.format("a"), encoding="utf-8")
    with pytest.raises(UsageError, match="are both the plan 'a'"):
        compare_plans(settings, ("a", "copy.yaml"), form="text", as_of=AS_OF)


def test_the_command_line(settings: Settings) -> None:
    run = [sys.executable, "-m", "pcstrat", "compare", "funding", "--format"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795219200"}
    done = subprocess.run([*run, "csv"], cwd=settings.folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().replace("\r\n", "\n") == text_of(settings, "funding", form="csv")
    wrong = subprocess.run([*run, "xml"], cwd=settings.folder, env=environment, capture_output=True, check=False)
    assert wrong.returncode == 2
    assert b"text, csv, json, markdown, html" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (("fundng",), "no table and no plan 'fundng'", "Did you mean the table 'funding'?"),
        (("comitments", "a"), "no table and no plan 'comitments'", "Did you mean the table 'commitments'?"),
        (("xyzzy",), "no table and no plan 'xyzzy'", "The plans are: a, b. Tables: profile, commitments"),
        (("funding", "fundng"), "no plan 'fundng'", "The plans are: a, b."),
        (("a", "xyzzy"), "no plan 'xyzzy'", "The plans are: a, b."),
    ],
)
def test_a_misspelt_table_is_told_from_a_plan(
    settings: Settings, arguments: tuple[str, ...], message: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as caught:
        compare_plans(settings, arguments, form="text", as_of=AS_OF)
    assert message in caught.value.message
    assert caught.value.remedy.startswith(remedy)


def test_a_plan_may_be_named_by_its_id_where_its_file_has_another_name(settings: Settings) -> None:
    (settings.strategies / "a.yaml").rename(settings.strategies / "moved.yaml")
    table = text_of(settings, "profile", "a", form="csv")
    assert [row["Plan"] for row in csv.DictReader(io.StringIO(table))] == ["Norfolk and Waveney"]
    (settings.strategies / "twin.yaml").write_text(PLAN.format("a"), encoding="utf-8")
    with pytest.raises(UsageError, match="There is no table and no plan"):
        compare_plans(settings, ("a",), form="text", as_of=AS_OF)
