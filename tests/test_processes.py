"""Documents are made in several processes: the same bytes and messages for any number, and no process left behind."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from folders import SMALL_PLAN, commit_all, files_in
from pcstrat import workers
from pcstrat.commands import all_documents
from pcstrat.commands.build import build
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.commands.since import Since
from pcstrat.errors import ExitCode, NotDoneError
from pcstrat.publish import printing
from pcstrat.publish.lock import exclusive
from pcstrat.publish.printing import PdfResult
from pcstrat.registry import load_registry
from pcstrat.render.environment import TemplateError
from pcstrat.settings import load_settings
from pcstrat.workers import crew
from pcstrat.workspace import resolve_plans

AS_OF = dt.date(2026, 11, 21)
STARTS = ["spawn", *(["fork"] if sys.platform == "linux" else [])]
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="needs processes that are copies of this one")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with plans good and bad, and processes that seem to pay from two plans on."""
    (tmp_path / "strategies").mkdir()
    for number in range(6):
        text = SMALL_PLAN.replace("id: small-plan", f"id: plan-{number}").replace("Easy access", f"Access {number}")
        text = text.replace("pcstrat: 1", "pcstrat: one") if number == 2 else text
        (tmp_path / "strategies" / f"plan-{number}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(all_documents, "PLANS_A_PROCESS", dict.fromkeys(("fork", "spawn"), 2))
    return tmp_path


def run(folder: Path, output: str, jobs: int, formats: str = "html", **options: object) -> BuildOutcome:
    chosen = {"formats": formats, "jobs": jobs, "output": output, "cache": str(folder / "cache"), **options}
    return build(load_settings(folder, {}, chosen), (), as_of=AS_OF)


@pytest.fixture
def no_process_left() -> Iterator[None]:
    """After the test this is the process that it was, and it has no other."""
    here = os.getpid()
    yield
    assert (os.getpid(), multiprocessing.active_children()) == (here, [])


@pytest.mark.usefixtures("no_process_left")
@pytest.mark.parametrize("start", STARTS)
def test_any_number_of_processes_makes_the_same_documents_and_says_the_same(
    folder: Path, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = run(folder, "one", 1)
    monkeypatch.setattr(all_documents, "cheapest_start", lambda: start)
    monkeypatch.setattr(workers, "cheapest_start", lambda: start)
    several = run(folder, "several", 3)
    assert files_in(folder / "several") == files_in(folder / "one")
    assert "compare/tables.xlsx" in files_in(folder / "one")
    assert (several.findings, several.lines, several.messages) == (one.findings, one.lines, one.messages)
    assert several.rebuilt == one.rebuilt == ("plan-0", "plan-1", "plan-3", "plan-4", "plan-5")


def in_another_process(html: str | tuple[str, ...], _base: Path | None) -> PdfResult:
    """A PDF that takes no time, and says which process made it."""
    assert multiprocessing.parent_process() is not None
    return PdfResult(pdf=b"%PDF" + str(len(html)).encode(), engines={"weasyprint": "1"})


@FORKS
@pytest.mark.usefixtures("no_process_left")
def test_pdfs_are_made_in_other_processes_that_of_the_comparison_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "checked_pdf", in_another_process)
    monkeypatch.setattr(printing, "load_engine", lambda: None)
    made = files_in(folder / "output") if run(folder, "output", 2, "html,pdf") else {}
    assert sorted(name for name in made if name.endswith(".pdf"))[:3] == [
        "compare/compare.pdf",
        "plan-0/plan-0-on-a-page.pdf",
        "plan-0/plan-0.pdf",
    ]


@FORKS
@pytest.mark.usefixtures("no_process_left")
@pytest.mark.parametrize(
    ("template", "seconds", "expected"),
    [
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", 0.5, "took longer than 0.5"),
        ("{{ page.nothing }}", 60, "'nothing' is not defined. Page has:"),
    ],
)
def test_a_template_that_never_ends_or_raises_in_another_process_is_explained_as_here(
    folder: Path, template: str, seconds: float, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = {"seconds": seconds, "instead": None}
    monkeypatch.setattr("pcstrat.render.environment.Templates.__init__.__kwdefaults__", limits)
    override = folder / "templates" / "documents" / "plan.html.j2"
    override.parent.mkdir(parents=True)
    other = "{% extends 'shipped/documents/plan.html.j2' %}{% block logo %}{% if page.id != 'plan-0' %}"
    own = f"{{# template_api: 1 #}}\n{other}{template}{{% endif %}}{{{{ super() }}}}{{% endblock %}}"
    override.write_text(own, encoding="utf-8")  # the first plan is made here
    told = []
    for jobs in (1, 2):
        with pytest.raises(TemplateError) as caught:
            run(folder, "output", jobs)
        told.append((caught.value.message, caught.value.remedy))
        assert not (folder / "output").exists()
    assert expected in told[0][0]
    assert told[0] == told[1]


@FORKS
@pytest.mark.usefixtures("no_process_left")
def test_a_process_that_dies_is_explained(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_documents._Maker, "make", dies_elsewhere(all_documents._Maker.make))
    with pytest.raises(NotDoneError, match="A process that makes documents ended unexpectedly") as caught:
        run(folder, "output", 2)
    assert "--jobs 1" in caught.value.remedy
    assert not (folder / "output").exists()


def dies_elsewhere(real: Callable[..., object]) -> Callable[..., object]:
    return lambda *given: real(*given) if multiprocessing.parent_process() is None else os._exit(9)


def test_what_changed_since_a_revision_is_the_same(folder: Path) -> None:
    commit_all(folder)
    for path in sorted((folder / "strategies").glob("plan-[13].yaml")):
        path.write_text(path.read_text(encoding="utf-8").replace("Access", "Easier access"), encoding="utf-8")
    for jobs in (1, 2):
        settings = load_settings(folder, {}, {"formats": "html", "jobs": jobs, "output": f"out-{jobs}"})
        build(settings, (), as_of=AS_OF, since="HEAD")
    assert files_in(folder / "out-2") == files_in(folder / "out-1")
    assert b"Easier access 3" in files_in(folder / "out-1")["compare/year-on-year.html"]
    since = Since("HEAD", settings, load_registry(None), resolve_plans((), settings))
    travelled = pickle.loads(pickle.dumps(since))  # noqa: S301 - our own; elsewhere processes start anew
    assert [each.old for each in travelled.gone()] == [each.old for each in since.gone()] == []


@FORKS
def test_ctrl_c_ends_every_process_at_once_and_changes_nothing(folder: Path) -> None:
    for number in range(10, 50):
        text = (folder / "strategies" / "plan-0.yaml").read_text(encoding="utf-8").replace("plan-0", f"plan-{number}")
        (folder / "strategies" / f"plan-{number}.yaml").write_text(text, encoding="utf-8")
    command = (sys.executable, "-m", "pcstrat", "build", "--format", "html", "--jobs", "2")
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    assert "1/46" in process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    start = time.monotonic()
    _, told = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert time.monotonic() - start < 10
    assert "Traceback" not in told
    assert not (folder / "output").exists()
    while time.monotonic() - start < 10 and is_alive(process.pid):
        time.sleep(0.05)
    assert not is_alive(process.pid)


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# --- the processes themselves ----------------------------------------------------------------------------------------


def test_results_come_in_the_order_of_tasks_and_never_many_wait() -> None:
    handed_out = []

    def tasks() -> Iterator[int]:
        for number in range(40):
            handed_out.append(number)
            yield number

    with crew(abs, 2, "counts") as counted:
        results = counted(tasks())
        assert next(results) == 0
        assert len(handed_out) < 12
        assert list(results) == list(range(1, 40))


def test_what_is_raised_comes_in_the_turn_of_its_task_with_its_remedy() -> None:
    with crew(fails_from_two, 2, "counts") as counted:
        results = counted(range(5))
        assert [next(results), next(results)] == [0, 1]
        with pytest.raises(NotDoneError, match="2 is too many") as caught:
            next(results)
    assert caught.value.remedy == "Take fewer."


def fails_from_two(number: int) -> int:
    if number > 1:
        raise NotDoneError(f"{number} is too many.", "Take fewer.")
    return number


@FORKS
def test_a_copy_of_the_process_does_not_hold_its_lock(tmp_path: Path) -> None:
    with exclusive(tmp_path, "output"), crew(holds, 1, "looks") as seen:
        assert list(seen([str(tmp_path)])) == [False]
        assert holds(str(tmp_path))


def holds(folder: str) -> bool:
    """Whether this process has a file of the folder open."""
    open_files = Path("/proc/self/fd").iterdir()
    return any(os.path.realpath(handle).startswith(folder) for handle in open_files)
