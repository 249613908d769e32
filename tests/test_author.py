"""The commands that help while writing, as functions and as processes: schema, init, doctor and status."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pcstrat.commands.doctor import Check, State, doctor
from pcstrat.commands.init import InitRequest, Started, init
from pcstrat.commands.schema import schema
from pcstrat.compare import compare, digest
from pcstrat.edit.normal_form import normal_form
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.load import Loaded, load_plan
from pcstrat.model.plan import Plan
from pcstrat.publish import pdf
from pcstrat.publish.system_packages import GIT, PANGO, how_to_install
from pcstrat.registry import load_registry
from pcstrat.settings import load_settings
from pcstrat.source import read_source


def pcstrat(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PCSTRAT_")}
    command = [sys.executable, "-m", "pcstrat", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=kept | changes,
        capture_output=True,
        check=False,
        timeout=120,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


# --- schema ---------------------------------------------------------------------------------------------------------


def test_the_schema_goes_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {}, {})
    said = schema(settings, "editor/plan.json")
    assert said == "The schema is written to editor/plan.json."
    assert (tmp_path / "editor" / "plan.json").read_text(encoding="utf-8") == schema(settings)
    assert [path.name for path in (tmp_path / "editor").iterdir()] == ["plan.json"]
    with pytest.raises(NotDoneError, match="'editor' cannot be written"):
        schema(settings, "editor")
    assert [path.name for path in tmp_path.iterdir()] == ["editor"]


def test_the_command_prints_the_schema(tmp_path: Path) -> None:
    done = pcstrat(tmp_path, "schema")
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    assert json.loads(done.stdout)["$schema"] == "http://json-schema.org/draft-07/schema#"


# --- init -----------------------------------------------------------------------------------------------------------


AS_OF = dt.date(2026, 11, 21)
CODES = sorted(load_registry(None).icbs)


def start(folder: Path, **request: str) -> Started:
    return init(load_settings(folder, {}, {}), InitRequest(**request), AS_OF)


def load_in(folder: Path, name: str) -> Loaded:
    return load_plan((folder / "strategies" / f"{name}.yaml").read_bytes(), name, load_registry(None), file_id=name)


def uncommented(text: str) -> str:
    """A started plan with every example in it taken into use."""
    lines = [re.sub(r"^( *)#(?=[a-z]|  )", r"\1", line) for line in text.splitlines()]
    return "\n".join(lines).replace("\nambitions: []", "") + "\n"


def test_a_new_folder_builds_at_once(tmp_path: Path) -> None:
    done = pcstrat(tmp_path, "init", "plans", "--icb", "T6Y0W", "--as-of", "2026-11-21")
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    folder = tmp_path / "plans"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert names == [
        ".gitignore",
        "README.md",
        "pcstrat.toml",
        "strategies/norfolk-and-suffolk.yaml",
        "strategies/plan.schema.json",
    ]
    assert all(f"wrote {name}\n" in done.stdout for name in names)
    built = pcstrat(folder, "build", "--format", "html", "--as-of", "2026-11-21")
    assert built.returncode == ExitCode.CLEAN, built.stdout + built.stderr
    page = (folder / "output" / "norfolk-and-suffolk" / "index.html").read_text(encoding="utf-8")
    assert "Published: not stated" in page
    assert "NHS Norfolk and Suffolk Integrated Care Board" in page


@pytest.mark.parametrize("code", CODES)
def test_a_plan_for_any_board_is_valid_as_it_stands_and_with_every_example_in_use(tmp_path: Path, code: str) -> None:
    icb = load_registry(None).icbs[code]
    start(tmp_path, icb=code, plan_id="plan")
    loaded = load_in(tmp_path, "plan")
    assert loaded.plan is not None, loaded.findings
    assert not loaded.findings
    assert set(loaded.plan.document.inherits) == {each.ods_code for each in load_registry(None).predecessors(code)}
    text = loaded.source.text
    assert icb.name in text
    assert icb.region_name in text
    assert max(map(len, text.splitlines())) <= 120
    whole = load_plan(uncommented(text).encode(), "plan.yaml", load_registry(None))
    assert whole.plan is not None, whole.findings
    assert not whole.findings
    for one in (loaded.source, whole.source):
        assert normal_form(one) == one.text


def test_each_example_that_is_taken_into_use_alone_is_in_normal_form(tmp_path: Path) -> None:
    start(tmp_path, icb="T6Y0W", plan_id="plan")
    text = load_in(tmp_path, "plan").source.text
    examples = [part for part in text.rstrip("\n").split("\n\n") if uncommented(part) != f"{part}\n"]
    assert len(examples) > 20
    for example in examples:
        used = text.replace(example, uncommented(example).rstrip("\n"))
        source = read_source(used.encode(), "plan.yaml")
        assert normal_form(source) == used


def test_every_part_of_a_plan_is_in_the_started_file(tmp_path: Path) -> None:
    start(tmp_path, icb="T6Y0W", plan_id="plan")
    text = uncommented(load_in(tmp_path, "plan").source.text)
    assert set(load_plan(text.encode(), "plan.yaml", load_registry(None)).source.data) == set(Plan.model_fields)  # type: ignore[arg-type]
    assert text.startswith("# yaml-language-server: $schema=plan.schema.json\n")


def test_the_measures_of_two_plans_that_took_the_example_into_use_compare(tmp_path: Path) -> None:
    registry = load_registry(None)
    digests = []
    for plan_id, code in (("one", "T6Y0W"), ("two", "QMF")):
        start(tmp_path, icb=code, plan_id=plan_id)
        plan = load_plan(uncommented(load_in(tmp_path, plan_id).source.text).encode(), "plan.yaml", registry).plan
        assert plan is not None
        digests.append(digest(plan, registry))
    (measures,) = compare(digests, registry, as_of=AS_OF, topics=["measures"])
    comparable = [cell.text for _, column, cell in measures.table("measures-all").cells if column.id == "comparable"]
    assert sorted(comparable) == ["Yes, with Norfolk and Suffolk", "Yes, with North East London"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Mine", encoding="utf-8")
    started = start(tmp_path, icb="QMF")
    assert started.kept == ("README.md",)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "Mine"
    plan = tmp_path / "strategies" / "north-east-london.yaml"
    plan.write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=r"There is a plan 'strategies/north-east-london\.yaml' already"):
        start(tmp_path, icb="QMF")
    assert plan.read_text(encoding="utf-8") == "mine"
    assert sorted(tmp_path.rglob("*")) == before
    again = start(tmp_path, icb="QMF", plan_id="second", title='It\'s: a "test"', kind="briefing")
    assert again.written == ("strategies/second.yaml",)
    second = load_in(tmp_path, "second").plan
    assert second is not None
    assert second.document.title == 'It\'s: a "test"'


def test_settings_that_stand_elsewhere_are_followed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.pcstrat]\nstrategies = "plans"\n', encoding="utf-8")
    assert set(start(tmp_path, icb="QMF").written) == {
        ".gitignore",
        "README.md",
        "plans/north-east-london.yaml",
        "plans/plan.schema.json",
    }


@pytest.mark.parametrize(
    ("request_", "message", "remedy"),
    [
        ({"icb": "QMN"}, "No ICB has the code 'QMN'", "QMM"),
        ({"icb": "norfolk"}, "No ICB has the code 'norfolk'", "T6Y0W"),
        ({"icb": "T6Y0W", "plan_id": "Not an id"}, "cannot be an id", "not-an-id"),
        ({"icb": "T6Y0W", "plan_id": "../out"}, "cannot be an id", "out"),
        ({"icb": "T6Y0W", "plan_id": "compare"}, "the site itself uses this name", "compare-plan"),
        ({"icb": "T6Y0W", "kind": "leaflet"}, "--kind is 'leaflet'", "briefing"),
    ],
)
def test_what_cannot_be_started_leaves_nothing(
    tmp_path: Path, request_: dict[str, str], message: str, remedy: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(message)) as caught:
        start(tmp_path, **request_)
    assert remedy in caught.value.remedy
    assert not list(tmp_path.iterdir())


def test_a_closed_board_names_its_successor(tmp_path: Path) -> None:
    (remark,) = start(tmp_path, icb="QMM").remarks
    assert "closed on 31 March 2026" in remark
    assert "T6Y0W" in remark


def test_without_a_board_the_codes_of_the_open_ones_are_listed(tmp_path: Path) -> None:
    done = pcstrat(tmp_path, "init", "--as-of", "2026-11-21")
    assert done.returncode == ExitCode.CLEAN
    assert re.search(r"^  T6Y0W +Norfolk and Suffolk$", done.stdout, re.MULTILINE)
    assert "QMM" not in done.stdout
    assert sorted(path.name for path in (tmp_path / "strategies").iterdir()) == ["plan.schema.json"]


# --- doctor ---------------------------------------------------------------------------------------------------------


def found(folder: Path, **environment: str) -> dict[str, Check]:
    return {check.name: check for check in doctor(folder, environment, "UTF-8").checks}


@pytest.mark.pdf
def test_where_everything_is_there_the_doctor_says_so(tmp_path: Path) -> None:
    start(tmp_path, icb="T6Y0W")
    diagnosis = doctor(tmp_path, {}, "utf8")
    assert {check.state for check in diagnosis.checks} <= {State.FINE, State.ATTENTION}
    assert diagnosis.code == ExitCode.CLEAN
    names = {check.name for check in diagnosis.checks}
    assert {"Python", "pcstrat", "weasyprint", "pydantic", "The settings", "The plans", "The output folder"} <= names
    assert "pytest" not in names


def test_a_package_that_is_missing_or_old_comes_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name == "xlsxwriter":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.9" if name == "pydantic" else real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    checks = found(tmp_path)
    assert (checks["xlsxwriter"].state, checks["xlsxwriter"].found) == (State.MISSING, "not installed")
    assert re.search(r"-m pip install 'xlsxwriter>=3\.2'$", checks["xlsxwriter"].remedy)
    assert checks["pydantic"].found == "1.9; pcstrat needs 2.12 or newer"
    assert doctor(tmp_path, {}, "UTF-8").code == ExitCode.NOT_DONE


def test_pango_counts_only_where_pdfs_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> dict[str, str]:
        raise NotDoneError("PDFs cannot be made: the system library 'pango' is missing.", "Run: brew install pango")

    monkeypatch.setattr(pdf, "engine_versions", missing)
    check = found(tmp_path)["Pango, for PDFs"]
    assert (check.state, check.remedy) == (State.MISSING, "Run: brew install pango")
    assert found(tmp_path, PCSTRAT_FORMATS="html")["Pango, for PDFs"].state is State.ATTENTION


@pytest.mark.parametrize(
    ("what", "platform", "present", "command"),
    [
        (PANGO, "linux", {"apt-get", "brew"}, "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        (PANGO, "linux", {"dnf"}, "dnf install pango harfbuzz"),
        (PANGO, "darwin", {"brew"}, "brew install pango"),
        (PANGO, "win32", {"winget"}, "pacman -S mingw-w64-ucrt-x86_64-pango"),
        (GIT, "win32", {"winget"}, "winget install --id Git.Git"),
        (GIT, "darwin", set(), "xcode-select --install"),
        (GIT, "linux", set(), "Install the package of git"),
    ],
)
def test_the_command_is_that_of_this_system(what: str, platform: str, present: set[str], command: str) -> None:
    said = how_to_install(what, platform=platform, find=lambda name: name if name in present else None)
    assert command in said


def test_what_else_can_be_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    (tmp_path / "output").write_text("a file", encoding="utf-8")
    checks = {check.name: check for check in doctor(tmp_path, {}, "cp1252").checks}
    assert checks["git, for plans at a revision"].state is State.ATTENTION
    assert checks["The plans"].remedy == "Start one with: pcstrat init --icb CODE"
    assert checks["The output folder"].state is State.MISSING
    assert checks["The terminal's encoding"].state is State.ATTENTION
    (tmp_path / "pcstrat.toml").write_text("outptu = 1", encoding="utf-8")
    broken = doctor(tmp_path, {}, "UTF-8")
    assert [check.found for check in broken.checks if check.name == "The settings"] == [
        "pcstrat.toml: There is no setting 'outptu'."
    ]
    assert broken.code == ExitCode.NOT_DONE


def test_the_command_reports_as_text_and_as_data(tmp_path: Path) -> None:
    (tmp_path / "pcstrat.toml").write_text("outptu = 1", encoding="utf-8")
    done = pcstrat(tmp_path, "doctor")
    assert done.returncode == ExitCode.NOT_DONE
    assert "MISSING The settings" in done.stdout
    assert "-> Did you mean 'output'?" in done.stdout
    data = json.loads(pcstrat(tmp_path, "doctor", "--format", "json").stdout)
    assert data["pcstrat_doctor"] == 1
    assert {"name", "state", "found", "remedy"} == set(data["checks"][0])
    assert pcstrat(tmp_path, "doctor", "--format", "xml").returncode == ExitCode.USAGE
