"""Whatever stops a build, the last good documents stay, the user is told, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from folders import SMALL_PLAN, files_in
from pcstrat.errors import ExitCode
from pcstrat.publish.lock import FILE_NAME as LOCK
from pcstrat.publish.staging import PREFIX

BUILD = (sys.executable, "-m", "pcstrat", "build", "--format", "html", "--as-of", "2026-11-21")


def put(folder: Path, title: str) -> None:
    (folder / "strategies").mkdir(exist_ok=True)
    for plan_id in ("bob", "kent"):
        text = SMALL_PLAN.replace("id: small-plan", f"id: {plan_id}").replace("Easy access", title)
        (folder / "strategies" / f"{plan_id}.yaml").write_text(text, encoding="utf-8")


def run(folder: Path, *arguments: str, command: tuple[str, ...] = BUILD) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def files(folder: Path) -> dict[str, bytes]:
    return files_in(folder / "output")


def leftovers(folder: Path) -> list[str]:
    return [name for name in files(folder) if name.startswith((PREFIX, LOCK))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder that was built, and then edited."""
    put(tmp_path, "Easy access")
    assert run(tmp_path).returncode == ExitCode.CLEAN
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_kill_at_any_moment_leaves_what_was_there_or_what_is_new(folder: Path) -> None:
    before = files(folder)
    put(folder, "Easier access")
    start = time.monotonic()
    assert run(folder, "--output", "timed").returncode == ExitCode.CLEAN
    whole = time.monotonic() - start
    for twelfth in range(2, 14, 2):
        process = subprocess.Popen(BUILD, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * twelfth / 12)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        told = {name: content for name, content in files(folder).items() if not name.startswith(".pcstrat")}
        for name, content in told.items():
            assert content in {before.get(name), (folder / "timed" / name).read_bytes()}
    done = run(folder)
    assert done.returncode == ExitCode.CLEAN
    clean = run(folder, "--force", "--output", "clean")
    assert clean.returncode == ExitCode.CLEAN
    expected = {path.relative_to(folder / "clean").as_posix() for path in (folder / "clean").rglob("*")}
    assert set(files(folder)) == {name for name in expected if (folder / "clean" / name).is_file()}
    assert all(content == (folder / "clean" / name).read_bytes() for name, content in files(folder).items())
    assert leftovers(folder) == []


LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
runpy.run_module("pcstrat", run_name="__main__")
"""


@pytest.mark.skipif(os.name == "nt", reason="needs limits of POSIX")
@pytest.mark.parametrize("bytes_allowed", [0, 100, 20_000, 60_000])
def test_a_disk_that_takes_no_more_changes_nothing(folder: Path, bytes_allowed: int) -> None:
    before = files(folder)
    put(folder, "Easier access")
    command = (sys.executable, "-c", LIMITED, str(bytes_allowed), *BUILD[3:])
    done = run(folder, command=command)
    assert done.returncode == ExitCode.NOT_DONE, done.stderr
    assert "'output' cannot be written to: File too large. Nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert files(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="needs limits of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_is_full_while_a_pdf_is_made_is_no_fault_of_the_plan_and_not_remembered(
    folder: Path, jobs: str
) -> None:
    before = files(folder)
    build = ("-m", "pcstrat", "build", "--format", "html,pdf", "--as-of", "2026-11-21", "--jobs", jobs)
    done = run(folder, command=(sys.executable, "-c", LIMITED, "200000", *build[2:]))
    assert done.returncode == ExitCode.NOT_DONE, done.stdout
    assert "PDFs cannot be made: their fonts cannot be written to the disk: File too large." in done.stderr
    assert "D03" not in done.stdout
    assert files(folder) == before
    if jobs == "1":
        assert run(folder, command=(sys.executable, *build)).returncode == ExitCode.CLEAN


ENDLESS = "{# template_api: 1 #}\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
RAISES = "{# template_api: 1 #}\n\n{{ page.nothing }}"


def test_a_template_that_never_ends_or_raises_is_named_and_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt  # noqa: PLC0415

    from pcstrat.commands.build import build  # noqa: PLC0415
    from pcstrat.render.environment import TemplateError, Templates  # noqa: PLC0415
    from pcstrat.settings import load_settings  # noqa: PLC0415

    before = files(folder)
    monkeypatch.setattr(
        "pcstrat.render.environment.Templates.__init__.__kwdefaults__", {"seconds": 0.3, "instead": None}
    )
    assert Templates().seconds == 0.3
    override = folder / "templates" / "documents" / "plan.html.j2"
    override.parent.mkdir(parents=True)
    settings = load_settings(folder, {}, {"formats": "html"})
    for text, expected in ((ENDLESS, r"documents/plan\.html\.j2 took longer than 0\.3 seconds"), (RAISES, r"j2:3: ")):
        override.write_text(text, encoding="utf-8")
        with pytest.raises(TemplateError, match=expected):
            build(settings, (), as_of=dt.date(2026, 11, 21))
        assert files(folder) == before


def test_a_plan_of_ten_megabytes_is_an_error_of_that_plan_alone(folder: Path) -> None:
    before = files(folder)
    (folder / "strategies" / "bob.yaml").write_text("# much\n" * 1_500_000, encoding="utf-8")
    done = run(folder)
    assert done.returncode == ExitCode.FOUND
    assert "strategies/bob.yaml" in done.stdout
    assert "5 MB" in done.stdout or "5,000,000" in done.stdout
    assert files(folder)["bob/index.html"] == before["bob/index.html"]
    assert leftovers(folder) == []


def test_a_folder_of_plans_that_vanishes_is_a_failure_and_removes_nothing(folder: Path) -> None:
    before = files(folder)
    (folder / "strategies").rename(folder / "elsewhere")
    done = run(folder)
    assert done.returncode == ExitCode.NOT_DONE
    assert "'strategies' cannot be read" in done.stderr
    assert files(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
@pytest.mark.parametrize(
    ("inside", "setting"), [("output", "output"), ("templates", "templates"), ("strategies", "strategies")]
)
def test_a_folder_of_the_settings_does_not_lead_out(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, inside: str, setting: str
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    link = folder / f"{inside}-link"
    link.symlink_to(outside)
    for value in ("../x", str(outside), link.name):
        (folder / "pcstrat.toml").write_text(f'{setting} = "{value}"\n', encoding="utf-8")
        done = run(folder)
        assert done.returncode == ExitCode.USAGE, value
        assert "a folder inside the folder of the settings" in done.stderr
    assert list(outside.iterdir()) == []


@pytest.fixture
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    folder = tmp_path_factory.mktemp("temporary")
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_killed_build_leaves_stands_in_its_output_alone_and_the_next_build_removes_it(
    folder: Path, temporary: Path, jobs: str
) -> None:
    build = (*BUILD[:4], "--as-of", "2026-11-21", "--jobs", jobs)
    put(folder, "Easier access")
    process = subprocess.Popen(build, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    fonts = f"{PREFIX}{process.pid}/*/weasyprint-*"
    deadline = time.monotonic() + 60
    while process.poll() is None and not list((folder / "output").glob(fonts)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is None, "it ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=20)
    for command in ("validate", "status", "doctor", "compare"):
        done = run(folder, command=(*BUILD[:3], command))
        assert done.returncode in {ExitCode.CLEAN, ExitCode.FOUND}, done.stderr
        if command == "doctor":
            assert f"{LOCK} and {PREFIX}{process.pid} in output" in done.stdout
    assert list(temporary.iterdir()) == []
    done = run(folder)
    assert "An earlier build was interrupted before it published anything; its remains were removed." in done.stderr
    assert leftovers(folder) == []
    assert "Left behind" not in run(folder, command=(*BUILD[:3], "doctor")).stdout
    assert list(temporary.iterdir()) == []
