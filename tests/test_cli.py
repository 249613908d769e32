"""The command line as a user has it: a process, with its exit code, its two streams and what it loads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from folders import SMALL_PLAN
from pcstrat import __version__, cli
from pcstrat.errors import ExitCode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with one plan."""
    (tmp_path / "strategies").mkdir()
    put(tmp_path, SMALL_PLAN)
    return tmp_path


def put(folder: Path, text: str) -> None:
    (folder / "strategies" / "small-plan.yaml").write_text(text, encoding="utf-8")


def environment(**changes: str) -> dict[str, str]:
    """The environment of this process, except what pcstrat and locales listen to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PCSTRAT_", "LC_", "LANG"))}
    return kept | {"PYTHONUTF8": "0", "NO_COLOR": ""} | changes


def pcstrat(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pcstrat", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(**changes), capture_output=True, check=False, timeout=120
    )


def test_build_writes_the_site(folder: Path) -> None:
    done = pcstrat(folder, "build", "--format", "html", "--as-of", "2026-11-21", PCSTRAT_SELECT="T01")
    assert (done.returncode, done.stdout.decode()) == (
        ExitCode.CLEAN,
        "1 plan checked: no issues found.\n14 files written in output.\n",
    )
    assert done.stderr.decode() == "1/1 small-plan: made\n"
    assert (folder / "output" / "small-plan" / "index.html").is_file()
    assert b'"as_of": "2026-11-21"' in (folder / "output" / "manifest.json").read_bytes()


@pytest.mark.pdf
def test_the_whole_way_to_a_pdf(folder: Path) -> None:
    done = pcstrat(folder, "build", "--output", "public", "--jobs", "1")
    assert (done.returncode, done.stderr.decode()) == (ExitCode.CLEAN, "1/1 small-plan: made\n")
    assert (folder / "public" / "small-plan" / "small-plan.pdf").read_bytes().startswith(b"%PDF")


def test_validate_reports_on_stdout_and_exits_1(folder: Path) -> None:
    put(folder, SMALL_PLAN.replace("title: Easy access", "tilte: x"))
    done = pcstrat(folder, "validate")
    assert done.returncode == ExitCode.FOUND
    text = done.stdout.decode()
    assert "strategies/small-plan.yaml:25:5: error V02" in text
    assert "^^^^^" in text
    assert "Checked 1 plan with no rules: 1 error in 1 plan.\n" in text
    assert text.endswith("Highest profile that passes: none.\n")
    assert done.stderr == b""


def test_validate_says_when_nothing_is_wrong(folder: Path) -> None:
    done = pcstrat(folder, "validate", "small-plan", "--select", "T01,T02")
    assert done.returncode == ExitCode.CLEAN
    text = done.stdout.decode()
    assert text.startswith("1 plan checked. No issues found by 2 rules. A person should still read the plan.\n")


OVERLAP = SMALL_PLAN.replace("    measures:", "      - {label: Year 2, when: 2024/25}\n    measures:")
"""A plan with two bands that overlap: T01, a warning, and an error for a board."""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), ExitCode.CLEAN),
        (("--profile", "board"), ExitCode.FOUND),
        (("--fail-on", "warning"), ExitCode.FOUND),
        (("--fail-on", "warning", "--ignore", "M", "--ignore", "bands-overlap,O"), ExitCode.CLEAN),
        (("--profile", "bored"), ExitCode.USAGE),
        (("--fail-on", "never"), ExitCode.USAGE),
        (("--select", "T99"), ExitCode.USAGE),
        (("--format", "xml"), ExitCode.USAGE),
        (("--output", "xml=x"), ExitCode.USAGE),
        (("--output", "json=output/findings.json"), ExitCode.USAGE),
        (("--output", "json=strategies"), ExitCode.NOT_DONE),
        (("--as-of", "tomorrow"), ExitCode.USAGE),
    ],
)
def test_options_of_validate_set_the_exit_code(folder: Path, arguments: tuple[str, ...], code: ExitCode) -> None:
    put(folder, OVERLAP)
    done = pcstrat(folder, "validate", "--select", "T01,T02", *arguments)
    assert done.returncode == code, done.stderr.decode()
    assert bool(done.stderr) == (code in {ExitCode.USAGE, ExitCode.NOT_DONE})


def test_one_run_gives_several_reports(folder: Path) -> None:
    put(folder, OVERLAP)
    outputs = ("--output", "sarif=reports/a.sarif", "--output", "html=reports/a.html")
    done = pcstrat(folder, "validate", "--select", "T01", "--format", "json", *outputs)
    assert [entry["rule"] for entry in json.loads(done.stdout)["findings"]] == ["T01"]
    assert json.loads((folder / "reports" / "a.sarif").read_bytes())["version"] == "2.1.0"
    assert (folder / "reports" / "a.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert not (folder / "output").exists()


def test_annotations_appear_by_themselves_in_github_actions(folder: Path) -> None:
    put(folder, OVERLAP)
    summary = folder / "summary.md"
    done = pcstrat(folder, "validate", "--select", "T01", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert done.stdout.decode().splitlines()[-1].startswith("::warning file=strategies/small-plan.yaml,line=")
    assert summary.read_text(encoding="utf-8").startswith("# What pcstrat found\n")


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github", "markdown", "html"])
def test_a_hostile_plan_is_harmless_in_every_format(folder: Path, format_: str) -> None:
    hostile = (Path(__file__).parent / "hostile" / "plan.yaml").read_text(encoding="utf-8")
    put(folder, f'{hostile}\n"##[error]::error::x <script>alert(1)</script> \\e[2J \\u202e @everyone": x\n')
    done = pcstrat(folder, "validate", "--format", format_, GITHUB_ACTIONS="true")
    assert done.returncode == ExitCode.FOUND
    text = done.stdout.decode()
    assert not {"\x1b", "\x07", "\u202e", "\u2066", "\x9b", "\r"} & set(text)
    assert format_ in {"json", "sarif", "text", "github"} or "<script>" not in text
    assert "##[" not in text
    commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in commands)
    assert bool(commands) == (format_ in {"text", "github"})
    assert format_ != "markdown" or "@everyone" not in text


def test_rules_are_listed_and_explained(folder: Path) -> None:
    done = pcstrat(folder, "rules")
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, b"")
    assert "bands-overlap" in done.stdout.decode()
    assert json.loads(pcstrat(folder, "rules", "--format", "json").stdout)["pcstrat_rules"] == 1
    done = pcstrat(folder, "explain", "t01", "V02")
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, b"")
    assert done.stdout.decode().count("Why it matters:") == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["explain"], "CODE"),
        (["explain", "T001"], "Did you mean 'T01'?"),
        (["rules", "--format", "pdf"], "It may be: text, json, markdown."),
    ],
)
def test_what_the_catalogue_does_not_have_is_wrong_usage(folder: Path, arguments: list[str], expected: str) -> None:
    done = pcstrat(folder, *arguments)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, b"")
    assert expected in done.stderr.decode()


def test_settings_are_listed(folder: Path) -> None:
    done = pcstrat(folder, "settings", PCSTRAT_JOBS="3")
    assert done.returncode == ExitCode.CLEAN
    assert "jobs = 3  (environment PCSTRAT_JOBS)" in done.stdout.decode()


def test_version_and_help(folder: Path) -> None:
    assert pcstrat(folder, "--version").stdout.decode().strip() == f"pcstrat {__version__}"
    for option in ("-h", "--help"):
        done = pcstrat(folder, "build", option)
        assert done.returncode == ExitCode.CLEAN
        assert "--all-or-nothing" in done.stdout.decode()
    assert "validate" in pcstrat(folder, "-h").stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["--nothing"], ExitCode.USAGE, "--nothing"),
        (["biuld"], ExitCode.USAGE, "biuld"),
        (["build", "--nothing"], ExitCode.USAGE, "--nothing"),
        (["build", "--jobs", "many"], ExitCode.USAGE, "many"),
        (["build", "--jobs", "0"], ExitCode.USAGE, "whole number"),
        (["build", "--format", "docx"], ExitCode.USAGE, "docx"),
        (["build", "--as-of", "tomorrow"], ExitCode.USAGE, "tomorrow"),
        (["build", "nowhere"], ExitCode.USAGE, "There is no plan 'nowhere'"),
        (["validate", "small-plam"], ExitCode.USAGE, "Did you mean 'small-plan'?"),
        (["build", "--output", "strategies/small-plan.yaml"], ExitCode.NOT_DONE, "is not a folder"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(
    folder: Path, arguments: list[str], code: ExitCode, expected: str
) -> None:
    done = pcstrat(folder, *arguments)
    assert done.returncode == code
    assert expected in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout == b""


def test_an_empty_folder_is_not_a_success(tmp_path: Path) -> None:
    for command in ("build", "validate"):
        done = pcstrat(tmp_path, command)
        assert done.returncode == ExitCode.NOT_DONE
        assert b"'strategies' cannot be read" in done.stderr


def test_a_wrong_setting_is_wrong_usage(folder: Path) -> None:
    (folder / "pcstrat.toml").write_text('outptu = "x"\n', encoding="utf-8")
    done = pcstrat(folder, "validate")
    assert done.returncode == ExitCode.USAGE
    assert b"Did you mean 'output'?" in done.stderr


def loaded_modules(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = (
        "import sys\n"
        "from pcstrat.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    open('modules', 'w').write(' '.join(sys.modules))\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True)
    return set((folder / "modules").read_text().split())


def test_web_pages_alone_never_load_what_pdfs_need(folder: Path) -> None:
    modules = loaded_modules(folder, "build", "--format", "html")
    assert "jinja2" in modules
    assert not modules & {"weasyprint", "pypdf", "fontTools", "cffi"}


def test_validate_loads_nothing_that_builds(folder: Path) -> None:
    modules = loaded_modules(folder, "validate")
    assert "pydantic" in modules
    assert not modules & {"weasyprint", "jinja2", "markdown_it", "pypdf", "fontTools", "rich", "multiprocessing"}


def test_each_command_is_defined_by_the_module_that_is_loaded_for_it() -> None:
    cli.define_commands()
    callbacks = [(command.name, command.callback) for command in cli.app.registered_commands]
    defined = [(name or callback.__name__, callback.__module__) for name, callback in callbacks if callback]
    assert sorted(defined) == sorted(
        (name, f"pcstrat.cli.{module}") for module, names in cli._MODULES.items() for name in names
    )


def test_only_the_command_that_is_asked_for_is_defined(folder: Path) -> None:
    modules = loaded_modules(folder, "validate")
    assert "pcstrat.cli._checks" in modules
    assert not modules & {"pcstrat.cli._author", "pcstrat.cli._build", "pcstrat.cli._compare"}


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "latin-1"}])
def test_output_is_utf_8_whatever_the_locale(folder: Path, locale: dict[str, str]) -> None:
    put(folder, SMALL_PLAN.replace("title: Easy access", "title: Easy access\n    ŵ漢: x"))
    done = pcstrat(folder, "validate", **locale)
    assert done.returncode == ExitCode.FOUND
    assert "ŵ漢" in done.stdout.decode("utf-8")


def test_lines_end_with_a_line_feed_alone_on_windows_too(folder: Path) -> None:
    code = (
        r"import sys; sys.stdout.reconfigure(newline='\r\n'); sys.argv = ['pcstrat', 'settings'];"
        "from pcstrat.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=True)
    assert b"\n" in done.stdout
    assert b"\r" not in done.stdout


def test_hostile_text_does_not_reach_the_terminal(folder: Path) -> None:
    hostile = '"\\e]0;x\\a \\e[2J [bold]x[/] \\u202e"'
    put(folder, SMALL_PLAN.replace("title: Easy access", f"title: Easy access\n    kind: {hostile}"))
    done = pcstrat(folder, "validate")
    assert done.returncode == ExitCode.FOUND
    text = done.stdout.decode()
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.skipif(os.name == "nt", reason="needs a pipe whose reader can be closed")
def test_a_closed_pipe_ends_quietly(folder: Path) -> None:
    put(folder, SMALL_PLAN + "".join(f"unknown{number}: x\n" for number in range(2000)))
    command = [sys.executable, "-m", "pcstrat", "validate"]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment(), stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, b"")


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_with_130_and_leaves_nothing_behind(folder: Path, ending: signal.Signals) -> None:
    for number in range(4):
        text = SMALL_PLAN.replace("id: small-plan", f"id: plan-{number}")
        (folder / "strategies" / f"plan-{number}.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pcstrat", "build", "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    wait_for(lambda: any((folder / "output").glob(".pcstrat-*")))
    time.sleep(0.5)
    process.send_signal(ending)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in errors.decode()
    assert "Warning" not in errors.decode()
    assert "Interrupted" in errors.decode()
    assert not (folder / "output").exists()
    wait_for(lambda: not _group_exists(process.pid))


def wait_for(condition: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def _group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_builds_at_once_are_told_apart(folder: Path) -> None:
    from pcstrat.publish.staging import Publication  # noqa: PLC0415 - the lock of this process

    with Publication(folder / "output"):
        done = pcstrat(folder, "build", "--format", "html")
    assert done.returncode == ExitCode.NOT_DONE
    assert f"Another build (process {os.getpid()})" in done.stderr.decode()


# --- in this process -------------------------------------------------------------------------------------------------


def run_main(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["pcstrat", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_fault_of_ours_is_one_line_and_a_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_arguments: object) -> ExitCode:
        raise KeyError("secret detail")

    monkeypatch.setattr("pcstrat.cli._checks._validate", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run_main(monkeypatch, folder, "validate") == ExitCode.INTERNAL
    text = capsys.readouterr().err
    assert "This is a fault of pcstrat (KeyError)" in text
    assert "Traceback" not in text
    (report,) = tmp_path.glob("pcstrat-report-*.txt")
    assert str(report) in text
    assert "secret detail" in report.read_text(encoding="utf-8")


def test_a_fault_without_a_place_for_its_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> ExitCode:
        raise OSError("disk on fire")

    monkeypatch.setattr("pcstrat.cli._checks._validate", fail)
    monkeypatch.setattr("tempfile.tempdir", str(folder / "nowhere"))
    assert run_main(monkeypatch, folder, "validate") == ExitCode.INTERNAL
    assert "disk on fire" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    [
        ("_checks._validate", ["validate"], "Interrupted: checking was stopped, and no plan was changed."),
        (
            "_checks._fix",
            ["validate", "--fix"],
            "Interrupted while mending; each plan is as it was, or has all its fixes.",
        ),
        (
            "_checks._validate",
            ["validate", "--fix"],
            "Interrupted: checking was stopped, and what was mended stays so.",
        ),
        ("_build._build", ["build"], "Interrupted; the documents that were published last are unchanged."),
        ("_checks._rules", ["rules"], "Interrupted; no file is left half-written."),
    ],
)
def test_interruption_is_130_and_says_what_it_leaves(  # noqa: PLR0913, PLR0917 - fixtures and cases
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    function: str,
    arguments: list[str],
    words: str,
) -> None:
    def interrupt(*_arguments: object, **_options: object) -> ExitCode:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"pcstrat.cli.{function}", interrupt)
    assert run_main(monkeypatch, folder, *arguments) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err == f"pcstrat: {words}\n"


# --- streams, and files that cannot be read --------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("arguments", [["settings"], ["--help"], ["--version"], ["rules"]])
def test_results_that_cannot_be_written_are_said(folder: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "pcstrat", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, cwd=folder, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == ExitCode.NOT_DONE
    assert done.stderr.decode().startswith("pcstrat: The results cannot be written: No space left on device.\n")
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_are_closed_are_no_fault(folder: Path, closed: str) -> None:
    command = f'"{sys.executable}" -m pcstrat settings {closed}'
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, b"")


def test_an_interruption_while_it_loads_has_no_traceback(folder: Path) -> None:
    (folder / "early").mkdir()
    (folder / "early" / "typer.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
    done = pcstrat(folder, "settings", PYTHONPATH=str(folder / "early"))
    assert (done.returncode, done.stdout, done.stderr) == (ExitCode.INTERRUPTED, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links, and any name for a file")
@pytest.mark.parametrize("target", ["nowhere", "gone.yaml"])
def test_a_link_that_leads_nowhere_is_a_problem_of_that_file_alone(folder: Path, target: str) -> None:
    (folder / "strategies" / "gone.yaml").symlink_to(target)
    checked = pcstrat(folder, "validate", "--select", "T01")
    assert checked.returncode == ExitCode.NOT_DONE
    assert "strategies/gone.yaml: error Y01" in checked.stdout.decode()
    assert "'strategies/gone.yaml' cannot be read: " in checked.stdout.decode()
    built = pcstrat(folder, "build", "--format", "html", PCSTRAT_SELECT="T01")
    assert built.returncode == ExitCode.NOT_DONE
    assert "strategies/gone.yaml: error Y01" in built.stdout.decode()
    assert (folder / "output" / "small-plan" / "index.html").is_file()
    assert pcstrat(folder, "validate", "gone").returncode == ExitCode.NOT_DONE


def test_a_plan_from_stdin_is_checked_for_editors(folder: Path) -> None:
    text = (folder / "strategies" / "small-plan.yaml").read_bytes().replace(b"kind: ", b"kind: no ", 1)
    command = [sys.executable, "-m", "pcstrat", "validate"]

    def checked(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment(),
            input=text,
            capture_output=True,
            check=False,
            timeout=60,
        )

    done = checked("-", "--format", "json")
    assert done.returncode == ExitCode.FOUND
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["file"], finding["rule"], finding["line"], finding["plan"]) == ("<stdin>", "V04", 7, "small-plan")
    for refused in (("-", "small-plan"), ("-", "--fix")):
        assert checked(*refused).returncode == ExitCode.USAGE


@pytest.mark.skipif(os.name == "nt", reason="needs named pipes and symbolic links")
@pytest.mark.parametrize("arguments", [(), ("strategies/link.yaml", "strategies/pipe.yaml", "small-plan")])
def test_pipes_and_links_out_of_the_folder_are_problems_of_those_files_alone(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    os.mkfifo(folder / "strategies" / "pipe.yaml")
    (folder / "strategies" / "link.yaml").symlink_to("/dev/zero")
    done = pcstrat(folder, "validate", *arguments, "--format", "json")
    assert done.returncode == ExitCode.NOT_DONE
    data = json.loads(done.stdout)
    unread = {finding["file"]: finding["message"] for finding in data["findings"] if finding["rule"] == "Y01"}
    assert unread == {
        "strategies/link.yaml": "'strategies/link.yaml' leads out of your own folder by a symbolic link.",
        "strategies/pipe.yaml": "'strategies/pipe.yaml' is a named pipe, not a file.",
    }
    small = next(plan for plan in data["plans"] if plan["plan"] == "small-plan")
    assert small["valid"]
    assert small["rules_run"] > 90
    assert any(finding["plan"] == "small-plan" for finding in data["findings"])
    assert pcstrat(folder, "validate", "--fix", "--diff", *arguments).returncode == ExitCode.NOT_DONE


@pytest.mark.skipif(os.name == "nt", reason="needs any name for a file")
@pytest.mark.parametrize("arguments", [["validate"], ["build", "--format", "html"], ["validate", "odd"]])
def test_a_line_end_in_the_name_of_a_file_is_written_out(folder: Path, arguments: list[str]) -> None:
    (folder / "strategies" / "odd\n::error::x.yaml").write_text("pcstrat: 1\n", encoding="utf-8")
    done = pcstrat(folder, *arguments)
    assert "odd[U+000A]::error::x" in (done.stdout + done.stderr).decode()
    assert "\n::error::x" not in (done.stdout + done.stderr).decode()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--output", ""], "--output is ''."),
        (["--output", "strategies"], "'strategies' is a folder that holds plans"),
        (["--format", "docx"], "--format is 'docx'."),
    ],
)
def test_options_of_build_that_make_no_sense_are_refused(folder: Path, arguments: list[str], expected: str) -> None:
    done = pcstrat(folder, "build", *arguments)
    assert done.returncode == ExitCode.USAGE
    assert expected in done.stderr.decode()
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["small-plan.yaml"]


def test_the_folder_it_runs_in_may_be_the_output(folder: Path) -> None:
    done = pcstrat(folder, "build", "--format", "html", "--output", ".")
    assert "files written in this folder." in done.stdout.decode()
    assert (folder / "index.html").is_file()
