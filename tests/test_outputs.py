"""Files that a user names for a report: a report may replace a report, and nothing else."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from folders import SMALL_PLAN
from pcstrat.commands.build import build
from pcstrat.commands.compare import FORMATS as COMPARE_FORMATS
from pcstrat.commands.compare import compare_plans
from pcstrat.commands.diff import FORMATS as DIFF_FORMATS
from pcstrat.commands.diff import DiffRequest, diff
from pcstrat.commands.reports import FORMATS as VALIDATE_FORMATS
from pcstrat.commands.schema import schema
from pcstrat.commands.validate import ValidateRequest, validate
from pcstrat.errors import UsageError
from pcstrat.settings import Settings, load_settings

AS_OF = dt.date(2026, 11, 21)


def validate_into(settings: Settings, kind: str, path: str) -> None:
    validate(settings, ValidateRequest(outputs=(f"{kind}={path}",)), as_of=AS_OF)


def compare_into(settings: Settings, kind: str, path: str) -> None:
    compare_plans(settings, (), form="text", as_of=AS_OF, outputs=(f"{kind}={path}",))


def diff_into(settings: Settings, kind: str, path: str) -> None:
    diff(settings, DiffRequest(plans=("bob", "kent"), outputs=(f"{kind}={path}",)))


def schema_into(settings: Settings, _kind: str, path: str) -> None:
    schema(settings, path)


Into = Callable[[Settings, str, str], None]
WRITERS = [
    *((validate_into, kind) for kind in VALIDATE_FORMATS),
    *((compare_into, kind) for kind in COMPARE_FORMATS),
    *((diff_into, kind) for kind in DIFF_FORMATS),
    (schema_into, "json"),
]
every_writer = pytest.mark.parametrize(("write_into", "kind"), WRITERS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a folder with two plans of two boards, one other file among them, and one plan elsewhere."""
    plans = tmp_path / "strategies"
    (plans / "archive").mkdir(parents=True)
    for place, plan_id, icb in (("bob", "bob", "QMM"), ("kent", "kent", "QKS"), ("archive/old", "old", "QMM")):
        text = SMALL_PLAN.replace("id: small-plan", f"id: {plan_id}").replace("QMM", icb)
        (plans / f"{place}.yaml").write_text(text, encoding="utf-8")
    (plans / "notes.txt").write_text("Ask Ann about the dates.\n", encoding="utf-8")
    return load_settings(tmp_path, {}, {})


def refused(settings: Settings, write_into: Into, kind: str, path: str) -> UsageError:
    """Check that a report is refused with words on what to do, and that nothing at all is changed."""
    before = contents(settings.folder)
    with pytest.raises(UsageError) as refusal:
        write_into(settings, kind, path)
    assert contents(settings.folder) == before
    assert path in refusal.value.message
    assert "--output" in refusal.value.remedy
    return refusal.value


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@every_writer
@pytest.mark.parametrize(
    "path", ["strategies/bob.yaml", "strategies/notes.txt", "strategies/new.yml", "strategies/archive/old.yaml"]
)
def test_no_report_is_written_over_a_plan_or_among_plans(
    settings: Settings, write_into: Into, kind: str, path: str
) -> None:
    refused(settings, write_into, kind, path)


@pytest.mark.parametrize(("write_into", "kind"), [each for each in WRITERS if each[0] is not schema_into])
def test_no_report_stands_beside_plans(settings: Settings, write_into: Into, kind: str) -> None:
    refused(settings, write_into, kind, "strategies/new.json")


def test_the_schema_may_stand_beside_plans_and_be_written_again(settings: Settings) -> None:
    schema(settings, "strategies/plan.schema.json")
    schema(settings, "strategies/plan.schema.json")
    assert (settings.strategies / "plan.schema.json").read_text(encoding="utf-8") == schema(settings)


@every_writer
def test_a_way_round_leads_to_the_same_refusal(settings: Settings, write_into: Into, kind: str) -> None:
    (settings.folder / "link.json").symlink_to("strategies/bob.yaml")
    refused(settings, write_into, kind, "link.json")
    refused(settings, write_into, kind, "./output/../strategies/bob.yaml")
    os.link(settings.strategies / "bob.yaml", settings.folder / "same.json")
    refused(settings, write_into, kind, "same.json")


@every_writer
def test_settings_are_no_report(settings: Settings, write_into: Into, kind: str) -> None:
    (settings.folder / "pcstrat.toml").write_text('publisher = "A board"\n', encoding="utf-8")
    refused(settings, write_into, kind, "pcstrat.toml")


@every_writer
@pytest.mark.parametrize("path", ["pcstrat.toml", "pyproject.toml"])
def test_no_report_becomes_settings(settings: Settings, write_into: Into, kind: str, path: str) -> None:
    assert "settings" in refused(settings, write_into, kind, path).message


@pytest.mark.parametrize(("write_into", "kind"), [each for each in WRITERS if each[1] in {"json", "sarif", "html"}])
def test_somebody_elses_file_is_kept_where_it_can_be_told(settings: Settings, write_into: Into, kind: str) -> None:
    (settings.folder / "package.json").write_text('{"name": "somebody-else"}\n', encoding="utf-8")
    error = refused(settings, write_into, kind, "package.json")
    assert "that pcstrat wrote" in error.message


@every_writer
def test_a_report_replaces_the_report_of_last_time(settings: Settings, write_into: Into, kind: str) -> None:
    (settings.folder / "report").touch()
    write_into(settings, kind, "report")
    first = (settings.folder / "report").read_bytes()
    assert first
    write_into(settings, kind, "report")
    assert (settings.folder / "report").read_bytes() == first


@pytest.mark.parametrize("write_into", [compare_into, diff_into, schema_into])
@pytest.mark.parametrize("path", ["output/bob/index.html", "output/manifest.json"])
def test_what_is_published_is_no_report(settings: Settings, write_into: Into, path: str) -> None:
    build(load_settings(settings.folder, {}, {"formats": ["html"]}), (), as_of=AS_OF)
    error = refused(settings, write_into, "html", path)
    assert "published" in error.message
