"""The commands that edit files: what they write, what they say, and what they leave alone."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from folders import commit_all
from pcstrat.commands.fix import fix
from pcstrat.commands.fmt import FmtRequest, fmt, fmt_text
from pcstrat.commands.migrate import migrate
from pcstrat.commands.plan_files import refuse_mixture
from pcstrat.commands.refresh import refresh
from pcstrat.errors import ExitCode, NotDoneError, PcstratError, UsageError
from pcstrat.files import rewrite
from pcstrat.load import load_plan
from pcstrat.registry import load_registry
from pcstrat.settings import Settings, load_settings

UNTIDY = "id: {id}   # my id\npcstrat: 1\n"
TIDY = "pcstrat: 1\nid: {id}   # my id\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "strategies").mkdir()
    for name in ("bob", "kent"):
        (tmp_path / "strategies" / f"{name}.yaml").write_text(UNTIDY.format(id=name), encoding="utf-8")
    return tmp_path


@pytest.fixture
def given(folder: Path) -> Settings:
    return load_settings(folder, {}, {})


def plan(folder: Path, name: str = "bob") -> Path:
    return folder / "strategies" / f"{name}.yaml"


def text_of(folder: Path, name: str = "bob") -> str:
    return plan(folder, name).read_bytes().decode()


def command(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "pcstrat", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, check=False, timeout=60, input=stdin)


class TestFmt:
    def test_every_plan_is_put_in_normal_form(self, folder: Path, given: Settings) -> None:
        outcome = fmt(given, FmtRequest())
        assert outcome.code == ExitCode.CLEAN
        assert [text_of(folder, name) for name in ("bob", "kent")] == [TIDY.format(id="bob"), TIDY.format(id="kent")]
        assert "Formatted strategies/bob.yaml" in outcome.text
        assert fmt(given, FmtRequest()).text == "2 plans already in normal form."

    @pytest.mark.parametrize("request_", [FmtRequest(check=True), FmtRequest(diff=True)])
    def test_looking_changes_nothing_and_names_the_files(
        self, folder: Path, given: Settings, request_: FmtRequest
    ) -> None:
        plan(folder, "kent").write_text(TIDY.format(id="kent"), encoding="utf-8")
        outcome = fmt(given, request_)
        assert outcome.code == ExitCode.FOUND
        assert "strategies/bob.yaml" in outcome.text
        assert "kent.yaml" not in outcome.text
        assert text_of(folder) == UNTIDY.format(id="bob")

    def test_a_file_that_is_no_yaml_stays_and_the_others_are_formatted(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text("id: [\n", encoding="utf-8")
        outcome = fmt(given, FmtRequest())
        assert outcome.code == ExitCode.NOT_DONE
        assert [failure.message.partition(": ")[0] for failure in outcome.failures] == ["strategies/bob.yaml:2:1"]
        assert text_of(folder) == "id: [\n"
        assert text_of(folder, "kent") == TIDY.format(id="kent")

    def test_carriage_returns_and_byte_order_marks_go(self, folder: Path, given: Settings) -> None:
        plan(folder).write_bytes(b"\xef\xbb\xbfpcstrat: 1\r\nid: bob\r\n")
        assert "only the ends of lines" in fmt(given, FmtRequest(plans=("bob",), diff=True)).text
        fmt(given, FmtRequest(plans=("bob",)))
        assert plan(folder).read_bytes() == b"pcstrat: 1\nid: bob\n"

    def test_text_from_stdin_goes_to_stdout(self, folder: Path) -> None:
        done = command(folder, "fmt", "-", stdin=UNTIDY.format(id="x").encode())
        assert (done.returncode, done.stdout.decode()) == (0, TIDY.format(id="x"))
        assert fmt_text(b"id:  x\n", FmtRequest(check=True)).code == ExitCode.FOUND
        assert fmt_text(b"id: x\n", FmtRequest(check=True)).code == ExitCode.CLEAN
        with pytest.raises(NotDoneError, match="<stdin>:"):
            fmt_text(b"a: [", FmtRequest())
        with pytest.raises(UsageError, match="beside plans"):
            refuse_mixture(["-", "bob"])

    def test_a_plan_at_a_revision_cannot_be_changed(self, folder: Path, given: Settings) -> None:
        commit_all(folder)
        with pytest.raises(UsageError, match="at a revision"):
            fmt(given, FmtRequest(plans=("bob@HEAD",)))


class TestWriting:
    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
    def test_permissions_stay_and_nothing_is_left_beside_the_file(self, folder: Path, given: Settings) -> None:
        plan(folder).chmod(0o640)
        fmt(given, FmtRequest())
        assert stat.S_IMODE(plan(folder).stat().st_mode) == 0o640
        assert sorted(path.name for path in plan(folder).parent.iterdir()) == ["bob.yaml", "kent.yaml"]

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    def test_a_link_stays_a_link_and_never_leads_out(
        self, folder: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        given = load_settings(folder, {}, {})
        inside = folder / "real.yaml"
        plan(folder).rename(inside)
        plan(folder).symlink_to(inside)
        fmt(given, FmtRequest(plans=("bob",)))
        assert plan(folder).is_symlink()
        assert inside.read_text(encoding="utf-8") == TIDY.format(id="bob")
        outside = tmp_path_factory.mktemp("outside") / "kent.yaml"
        plan(folder, "kent").rename(outside)
        plan(folder, "kent").symlink_to(outside)
        outcome = fmt(given, FmtRequest(plans=("kent",)))
        assert outcome.code is ExitCode.NOT_DONE
        assert "leads out" in outcome.failures[0].message
        assert outside.read_text(encoding="utf-8") == UNTIDY.format(id="kent")

    def test_what_somebody_else_wrote_meanwhile_is_not_lost(self, folder: Path) -> None:
        with pytest.raises(NotDoneError, match="was changed while"):
            rewrite(plan(folder), "bob.yaml", b"what was read", b"new")
        assert text_of(folder) == UNTIDY.format(id="bob")

    def test_a_failure_leaves_the_file_as_it_was(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(NotDoneError, match="No space left"):
            rewrite(plan(folder), "bob.yaml", plan(folder).read_bytes(), b"new")
        assert text_of(folder) == UNTIDY.format(id="bob")
        assert len(list(plan(folder).parent.iterdir())) == 2


class TestFix:
    PLAN = "pcstrat: 1\nid: bob\nicb: qmm\ndocument: {title: T, kind: Briefing}\nambitions: [{id: a, title: A}]\n"

    def test_fixes_are_said_and_written(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text(self.PLAN, encoding="utf-8")
        outcome = fix(given, ["bob"])
        assert "strategies/bob.yaml:4: document: Briefing -> briefing" in outcome.text
        assert "icb: QMM" in text_of(folder)
        assert fix(given, ["bob"]).text == ""

    def test_the_difference_is_shown_and_nothing_written(self, folder: Path) -> None:
        plan(folder).write_text(self.PLAN, encoding="utf-8")
        done = command(folder, "validate", "bob", "--fix", "--diff")
        assert done.returncode == ExitCode.FOUND
        assert "+document: {title: T, kind: briefing}" in done.stdout.decode()
        assert text_of(folder) == self.PLAN
        assert command(folder, "validate", "--diff").returncode == ExitCode.USAGE

    def test_what_is_left_is_found_afterwards(self, folder: Path) -> None:
        plan(folder).write_text(self.PLAN.replace("title: T", "title: []"), encoding="utf-8")
        done = command(folder, "validate", "bob", "--fix")
        assert done.returncode == ExitCode.FOUND
        output = done.stdout.decode()
        assert output.index("Briefing -> briefing") < output.index("V03")


class TestMigrate:
    def test_there_is_one_version_so_far(self, folder: Path, given: Settings) -> None:
        outcome = migrate(given, ["bob"])
        assert (outcome.code, outcome.text) == (ExitCode.CLEAN, "strategies/bob.yaml is already at version 1.")
        assert text_of(folder) == UNTIDY.format(id="bob")

    def test_an_unknown_version_is_a_failure(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text("pcstrat: 99\n", encoding="utf-8")
        outcome = migrate(given, [], check=True)
        assert outcome.code == ExitCode.NOT_DONE
        assert "format 99" in outcome.failures[0].message


class TestRefresh:
    PLAN = """\
pcstrat: 1
id: bob
icb: QU9
document:
  title: T  # the title
  kind: briefing
  status: final
  published: April 2026
  period: 2026/27
ambitions:
  - id: a
    title: A
    timeline:
      - label: 2026/27
        when: 2026/27
        milestones:
          # a remark
          - id: hub
            text: Open the hub.  # now open
            status: done
            owner: The board
          - id: shop
            text: Open the shop.
            when: by June 2026
    # the end
"""

    def test_last_years_plan_is_kept_and_the_next_is_a_draft(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text(self.PLAN, encoding="utf-8")
        outcome = refresh(given, "bob", "2027/28")
        assert outcome.code == ExitCode.CLEAN
        archived = folder / "strategies" / "archive" / "bob-2026-27.yaml"
        assert archived.read_text(encoding="utf-8") == self.PLAN
        text = text_of(folder)
        assert "  title: T  # the title\n  kind: briefing\n  status: draft\n  period: 2027/28\n" in text
        assert "published" not in text
        achieved = (
            "    achievements:\n      # a remark\n      - id: hub\n        text: Open the hub.  # now open\n"
            "        when: 2026/27\n"
        )
        assert achieved in text
        assert text.count("hub") == 2
        assert "- id: shop" in text
        assert "# the end" in text
        line = text.splitlines().index("          - id: shop") + 1
        assert f"line {line}  band '2026/27', milestone 'Open the shop.'" in outcome.text
        assert load_plan(plan(folder).read_bytes(), "bob.yaml", load_registry(None)).errors == ()

    def test_an_empty_list_never_stays_behind(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text(self.PLAN.replace("when: by June 2026", "status: done"), encoding="utf-8")
        refresh(given, "bob", "2027/28")
        assert "milestones:" not in text_of(folder)
        assert text_of(folder).count("- id: shop") == 1

    @pytest.mark.parametrize(
        ("change", "year", "words"),
        [
            (("", ""), "2026/27", "is for 2026/27 already"),
            (("", ""), "next year", "not a financial year"),
            (("  period: 2026/27\n", ""), "1999/00", "which is later than 1999/00"),
            (("title: A", "tilte: A"), "2027/28", "no field 'tilte'"),
            (("id: bob", "id: ["), "2027/28", "strategies/bob.yaml"),
        ],
    )
    def test_what_is_unclear_is_refused_and_nothing_written(
        self, folder: Path, given: Settings, change: tuple[str, str], year: str, words: str
    ) -> None:
        text = self.PLAN.replace(*change)
        plan(folder).write_text(text, encoding="utf-8")
        with pytest.raises(PcstratError, match=words):
            refresh(given, "bob", year)
        assert text_of(folder) == text
        assert not (folder / "strategies" / "archive").exists()

    def test_a_plan_is_not_archived_twice(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text(self.PLAN, encoding="utf-8")
        archived = folder / "strategies" / "archive" / "bob-2026-27.yaml"
        archived.parent.mkdir()
        archived.write_text("mine", encoding="utf-8")
        with pytest.raises(NotDoneError, match="exists already"):
            refresh(given, "bob", "2027/28")
        assert (archived.read_text(encoding="utf-8"), text_of(folder)) == ("mine", self.PLAN)

    def test_a_longer_period_stays(self, folder: Path, given: Settings) -> None:
        plan(folder).write_text(self.PLAN.replace("period: 2026/27", "period: 2025/26 to 2029/30"), encoding="utf-8")
        outcome = refresh(given, "bob", "2027/28")
        assert "period: 2025/26 to 2029/30" in text_of(folder)
        assert "Does the plan roll on?" in outcome.text

    def test_a_plan_of_several_years_can_be_rolled_over_every_year(self, folder: Path, given: Settings) -> None:
        period = "period: April 2025 to March 2029"
        plan(folder).write_text(self.PLAN.replace("period: 2026/27", period), encoding="utf-8")
        for year in ("2026/27", "2027/28", "2028/29", "2029/30", "2030/31"):
            assert refresh(given, "bob", year).code == ExitCode.CLEAN
        names = sorted(path.name for path in (folder / "strategies" / "archive").iterdir())
        assert names == [f"bob-{year}.yaml" for year in ("2025-26", "2026-27", "2027-28", "2028-29", "2029-30")]

    @pytest.mark.parametrize("done", ["status: done", "status: planned"])
    def test_a_plan_of_several_years_is_not_rolled_over_to_one_year_twice(
        self, folder: Path, given: Settings, done: str
    ) -> None:
        long = self.PLAN.replace("period: 2026/27", "period: April 2025 to March 2029").replace("status: done", done)
        plan(folder).write_text(long, encoding="utf-8")
        for year, archived in (("2027/28", "bob-2026-27"), ("2028/29", "bob-2027-28")):
            refresh(given, "bob", year)
            before = text_of(folder)
            with pytest.raises(NotDoneError, match=f"was rolled over to {year} already: 'archive/{archived}.yaml' is"):
                refresh(given, "bob", year)
            assert text_of(folder) == before

    @pytest.mark.parametrize("period", ["2026/27", "April 2025 to March 2029"])
    def test_a_plan_that_was_put_back_is_rolled_over_anew(self, folder: Path, given: Settings, period: str) -> None:
        plan(folder).write_text(self.PLAN.replace("period: 2026/27", f"period: {period}"), encoding="utf-8")
        before = text_of(folder)
        refresh(given, "bob", "2027/28")
        after = text_of(folder)
        plan(folder).write_text(before, encoding="utf-8")
        assert refresh(given, "bob", "2027/28").code == ExitCode.CLEAN
        assert text_of(folder) == after

    @pytest.mark.parametrize(
        ("period", "name"),
        [
            ("period: 2024/25", "bob-2024-25"),
            ("period: 2023/24 to 2025/26", "bob-2025-26"),
            ("period: across five years", "bob-2026-27"),
            ("version: 2", "bob-2026-27"),
        ],
    )
    def test_the_archived_plan_is_named_after_the_year_that_is_left(
        self, folder: Path, given: Settings, period: str, name: str
    ) -> None:
        plan(folder).write_text(self.PLAN.replace("period: 2026/27", period), encoding="utf-8")
        assert f"Last year's plan is in archive/{name}.yaml." in refresh(given, "bob", "2027/28").text

    @pytest.mark.parametrize(
        ("path", "after"),
        [
            ("plan.schema.json", "../plan.schema.json"),
            ("./plan.schema.json", "./../plan.schema.json"),
            ("../schemas/plan.schema.json", "../../schemas/plan.schema.json"),
            ("https://example.org/plan.schema.json", "https://example.org/plan.schema.json"),
            ("/home/ann/plan.schema.json", "/home/ann/plan.schema.json"),
        ],
    )
    def test_an_editor_finds_the_schema_of_an_archived_plan(
        self, folder: Path, given: Settings, path: str, after: str
    ) -> None:
        plan(folder).write_text(f"# yaml-language-server: $schema={path}\n{self.PLAN}", encoding="utf-8")
        refresh(given, "bob", "2027/28")
        archived = (folder / "strategies" / "archive" / "bob-2026-27.yaml").read_text(encoding="utf-8")
        assert archived == f"# yaml-language-server: $schema={after}\n{self.PLAN}"

    def test_the_documentation_shows_commands_that_work_one_after_the_other(
        self, folder: Path, strategies: Path
    ) -> None:
        text = (strategies.parent / "docs" / "editing-plans.md").read_text(encoding="utf-8")
        section = text.partition("`pcstrat refresh`\n")[2].partition("\n## ")[0]
        lines = re.findall(r"^`?pcstrat ((?:refresh|diff) .*?)(?:`.*)?$", section, re.MULTILINE)
        assert [line.split()[0] for line in lines] == ["refresh", "diff"]
        plan(folder).write_bytes((strategies / "bob.yaml").read_bytes())
        done = [command(folder, *line.split()) for line in lines]
        assert [one.returncode for one in done] == [ExitCode.CLEAN, ExitCode.FOUND], done
        assert f"copied to `{re.findall('archive/[^ ]*[.]yaml', done[0].stdout.decode())[0]}`" in section

    def test_every_plan_of_this_repository_can_be_rolled_over(self, tmp_path: Path, strategies: Path) -> None:
        given = load_settings(tmp_path, {}, {})
        (tmp_path / "strategies").mkdir()
        for path in sorted(strategies.glob("*.yaml")):
            copy = tmp_path / "strategies" / path.name
            copy.write_bytes(path.read_bytes())
            assert refresh(given, path.stem, "2031/32").code == ExitCode.CLEAN
            assert fmt(given, FmtRequest(plans=(path.stem,), check=True)).code == ExitCode.CLEAN


HOSTILE = Path(__file__).parents[1] / "hostile" / "plan.yaml"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "arguments", [["fmt"], ["fmt", "--diff"], ["validate", "--fix", "--diff"], ["refresh", "--to", "2031/32"]]
)
def test_a_hostile_plan_is_only_text(folder: Path, arguments: list[str]) -> None:
    plan(folder, "hostile").write_bytes(HOSTILE.read_bytes())
    done = command(folder, *arguments, "hostile")
    assert done.returncode in {ExitCode.CLEAN, ExitCode.FOUND}, done.stderr.decode()
    for stream in (done.stdout.decode(), done.stderr.decode()):
        assert not UNSAFE.search(stream)
        assert not [line for line in stream.splitlines() if line.startswith(("::", "##["))]
