"""`validate` checks what has changed and nothing else, trusts nothing it cannot verify, ends as a clean run does."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folders import SMALL_PLAN, commit_all
from pcstrat.check import check_plan
from pcstrat.commands import plan_checks
from pcstrat.commands.check_memory import MOST, CheckMemory
from pcstrat.commands.fix import fix
from pcstrat.commands.reports import FORMATS
from pcstrat.commands.validate import ValidateRequest, Validation, check_files, validate
from pcstrat.diagnostics import Severity
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.memory.fingerprint import sha256
from pcstrat.memory.store import KEPT, Store
from pcstrat.review import Checked
from pcstrat.rules import Hit, Rule, Subject, rule
from pcstrat.settings import Settings, load_settings
from pcstrat.workspace import resolve_plans

AS_OF = dt.date(2026, 11, 21)
OVERLAP = ("    measures:", "      - {label: Year 2, when: 2024/25}\n    measures:")
WAIVER = ("vision:", "waivers:\n  - {rule: T20, reason: Known., owner: The board, until: March 2030}\nvision:")
"""It accepts that nothing stands under the band of the overlap."""
MANY = (
    "      - id: calls",
    "".join(f"      - text: Calls of kind {n} are fewer.\n" for n in "ABCDE") + "      - id: calls",
)
SINCE = ("icb: QMM", "icb: QOX")
STRANGE = ("title: Easy access", "title: '##[error] <b>Easy</b> äccess \U0001f600'")
SHAPE = ("    title: Easy access", "    tilte: Easy access")
SYNTAX = ("Easy access", "[Easy access")
COMMENT = ("pcstrat: 1", "# a remark\npcstrat: 1")


def plan_text(plan_id: str, *changes: tuple[str, str]) -> str:
    text = SMALL_PLAN.replace("id: small-plan", f"id: {plan_id}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def put(folder: Path, plan_id: str, *changes: tuple[str, str]) -> None:
    path = folder / "strategies" / f"{plan_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plan_text(plan_id, *changes), encoding="utf-8")


def settings_of(folder: Path, **options: object) -> Settings:
    return load_settings(folder, {}, {"cache": str(folder.parent / "cache"), **options})


def run(
    folder: Path,
    *plans: str,
    as_of: dt.date = AS_OF,
    force: bool = False,
    format: str = "json",  # noqa: A002 - the name of the option
    **options: object,
) -> Validation:
    return validate(
        settings_of(folder, **options), ValidateRequest(plans=plans, format=format, force=force), as_of=as_of
    )


def anew(folder: Path, *plans: str, **options: Any) -> Validation:
    """The same without any memory."""
    found = run(folder, *plans, cache=None, **options)
    assert settings_of(folder, cache=None).cache is None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with three plans that were checked."""
    folder = tmp_path / "user"
    put(folder, "bob")
    put(folder, "kent", OVERLAP, WAIVER, MANY, SINCE, STRANGE)
    put(folder, "dorset", SHAPE)
    run(folder)
    return folder


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that are checked from now on."""
    files: list[str] = []
    real = plan_checks.Checker.check

    def check(self: plan_checks.Checker, work: Any) -> Checked:
        files.append(Path(work.file.name).stem)
        return real(self, work)

    monkeypatch.setattr(plan_checks.Checker, "check", check)
    return files


ALL = ["bob", "dorset", "kent"]


# --- what is checked -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_changed_checks_nothing_and_says_the_same(folder: Path, checked: list[str], form: str) -> None:
    again = run(folder, format=form)
    assert checked == []
    fresh = anew(folder, format=form)
    assert checked == ALL
    assert again == fresh


def test_the_plans_of_these_tests_have_all_there_is_to_remember(folder: Path) -> None:
    _, dorset, kent = run(folder).review.results
    assert not dorset.is_plan
    assert kent.since
    assert any(finding.related for finding in kent.findings)
    assert any(finding.places for finding in kent.findings)
    assert kent.waived


def test_one_plan_edited_is_checked_and_no_other(folder: Path, checked: list[str]) -> None:
    put(folder, "bob", COMMENT)
    again = run(folder)
    assert checked == ["bob"]
    assert again == anew(folder)


def test_the_time_of_a_file_means_nothing(folder: Path, checked: list[str]) -> None:
    path = folder / "strategies" / "bob.yaml"
    before = path.stat()
    os.utime(path)
    run(folder)
    assert checked == []
    put(folder, "bob", ("Easy access", "Hard access"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    run(folder)
    assert checked == ["bob"]


@pytest.mark.parametrize(
    "option",
    [{"profile": "board"}, {"select": "T01"}, {"ignore": "T"}, {"as_of": AS_OF + dt.timedelta(days=1)}],
    ids=str,
)
def test_what_findings_depend_on_checks_all_plans_anew(
    folder: Path, checked: list[str], option: dict[str, Any]
) -> None:
    assert run(folder, **option) == anew(folder, **option)
    assert checked == [*ALL, *ALL]
    checked.clear()
    run(folder, **option)
    run(folder)
    assert checked == [], "each set of options has a memory of its own"


@pytest.mark.parametrize("option", [{"jobs": "3"}, {"fail_on": "advice"}, {"publisher": "NHS Somewhere"}], ids=str)
def test_what_findings_do_not_depend_on_changes_nothing(
    folder: Path, checked: list[str], option: dict[str, Any]
) -> None:
    again = run(folder, **option)
    assert checked == []
    assert again == anew(folder, **option)


def test_settings_of_one_plan_count(folder: Path, checked: list[str]) -> None:
    (folder / "pcstrat.toml").write_text('[plans.kent]\nprofile = "board"\n', encoding="utf-8")
    again = run(folder)
    assert checked == ALL
    assert again == anew(folder)


@pytest.mark.parametrize("name", ["icbs.csv", "commitments.yaml"])
def test_a_registry_of_ones_own_counts_by_its_content(folder: Path, checked: list[str], name: str) -> None:
    shipped = Path(sys.modules["pcstrat"].__file__ or "").parent / "data" / name
    (folder / "registry").mkdir()
    run(folder)
    checked.clear()
    text = shipped.read_text(encoding="utf-8")
    (folder / "registry" / name).write_text(text, encoding="utf-8")
    run(folder)
    assert checked == ALL
    checked.clear()
    run(folder)
    assert checked == []
    (folder / "registry" / name).write_text(text.replace("Birmingham", "Brummagem") + "\n", encoding="utf-8")
    assert run(folder) == anew(folder)
    assert checked == [*ALL, *ALL]


def test_a_registry_that_vanished_is_missed(folder: Path) -> None:
    (folder / "own").mkdir()
    run(folder, registry="own")
    (folder / "own").rmdir()
    with pytest.raises(NotDoneError, match="no folder"):
        run(folder, registry="own")


def test_another_pcstrat_checks_everything_anew(
    folder: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pcstrat.commands.plan_keys.program", lambda: "another")
    run(folder)
    assert checked == ALL


def test_a_second_file_with_the_id_of_a_plan_is_noticed(folder: Path, checked: list[str]) -> None:
    copy = folder / "strategies" / "copy.yaml"
    copy.write_text(plan_text("bob"), encoding="utf-8")
    both = run(folder)
    assert checked == ["bob", "copy"]
    assert [finding.code for finding in both.review.findings if finding.code == "R06"] == ["R06", "R06"]
    assert both == anew(folder)
    copy.unlink()
    assert run(folder) == anew(folder)


def test_a_file_with_another_name_is_another_file(folder: Path, checked: list[str]) -> None:
    (folder / "strategies" / "bob.yaml").rename(folder / "strategies" / "bobby.yaml")
    again = run(folder)
    assert checked == ["bobby"]
    assert again == anew(folder)


def test_force_checks_everything_anew_and_remembers_it(folder: Path, checked: list[str]) -> None:
    assert run(folder, force=True) == run(folder)
    assert checked == ALL


def test_fixed_plans_are_checked_as_they_are_then(folder: Path) -> None:
    put(folder, "bob", ("baseline: 60%", "baseline: 60 per cent"), ("by September 2024", "by  Sept 2024"))
    before = run(folder)
    fix(settings_of(folder), ())
    after = run(folder)
    assert after == anew(folder)
    assert after.code <= before.code


def test_plans_that_changed_are_checked_in_several_processes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_checks, "PLANS_A_PROCESS", 2)
    new = [f"plan-{number}" for number in range(4)]
    for plan_id in new:
        put(folder, plan_id, ("Easy access", f"Access {plan_id}"))
    several = run(folder, jobs="2")
    assert [Path(result.file).stem for result in several.review.results] == [*ALL, *new]
    assert several == anew(folder, jobs="1") == run(folder)


def test_a_plan_at_a_revision_is_remembered_by_its_content(folder: Path, checked: list[str]) -> None:
    commit_all(folder)
    first = run(folder, "bob@HEAD")
    assert run(folder, "bob@HEAD") == first == anew(folder, "bob@HEAD")
    assert checked == ["bob", "bob"], "once, and once without memory"


# --- what is told although nothing is checked ------------------------------------------------------------------------


def test_the_exit_code_is_that_of_a_clean_run(folder: Path) -> None:
    assert run(folder).code is anew(folder).code is ExitCode.FOUND
    assert run(folder, "bob").code is ExitCode.CLEAN
    assert run(folder, "bob", fail_on="advice").code is anew(folder, "bob", fail_on="advice").code


def test_wrong_settings_are_wrong_usage_again_and_again(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(UsageError, match="no rule 'T99'"):
            run(folder, select="T99")
    (folder / "pcstrat.toml").write_text('[plans.nowhere]\nprofile = "board"\n', encoding="utf-8")
    for _ in range(2):
        with pytest.raises(UsageError, match="does not exist"):
            run(folder)


# --- what is not remembered ------------------------------------------------------------------------------------------


def _fails(_subject: Subject) -> Iterator[Hit]:
    raise ZeroDivisionError
    yield


def failing() -> Rule:
    words = {"title": "A title", "why": "A reason.", "remedy": "A remedy.", "before": "", "after": ""}
    return rule("Q08", "rule-fails", severity=Severity.WARNING, **words)(_fails)


def test_a_rule_that_failed_is_run_again(folder: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as context:
        context.setattr(plan_checks, "check_plan", partial(check_plan, rules=(failing(),)))
        crashed = run(folder, force=True)
        assert crashed.code is ExitCode.NOT_DONE
        assert "X01" in {finding.code for finding in crashed.review.findings}
    checked.clear()
    again = run(folder)
    assert checked == ["bob", "kent"], "the file that is no plan crashed no rule"
    assert again.review.is_complete is anew(folder).review.is_complete


def test_a_file_that_could_not_be_read_is_read_again(folder: Path, checked: list[str]) -> None:
    path = folder / "strategies" / "lost.yaml"
    path.symlink_to("nowhere.yaml")
    for _ in range(2):
        lost = run(folder)
        assert lost.code is ExitCode.NOT_DONE
        assert "Y01" in {finding.code for finding in lost.review.findings}
    assert checked == ["lost", "lost"]


def test_a_run_that_ended_early_leaves_the_memory_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = memories(folder)
    put(folder, "bob", COMMENT)
    put(folder, "kent", COMMENT)

    def interrupted(_self: plan_checks.Checker, work: Any) -> Checked:
        raise KeyboardInterrupt(work.file.name)

    with monkeypatch.context() as context:
        context.setattr(plan_checks.Checker, "check", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(folder)
    assert memories(folder) == before
    assert run(folder) == anew(folder)


# --- what is not trusted ---------------------------------------------------------------------------------------------


def memories(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder.parent / "cache").iterdir())}


def memory_of(folder: Path) -> Path:
    (path,) = (folder.parent / "cache").iterdir()
    return path


def sealed(body: bytes) -> bytes:
    return f"pcstrat-cache 2 {sha256(body)}\n".encode() + body


def forged(content: bytes, change: Callable[[Any], object]) -> bytes:
    """A memory with other data and the right hash."""
    folder, _, data = content.partition(b"\n")[2].partition(b"\n")
    changed = json.loads(data)
    change(changed)
    return sealed(folder + b"\n" + json.dumps(changed).encode())


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[:-10],
    "halved": lambda content: content[: len(content) // 2],
    "empty": lambda _content: b"",
    "noise": lambda _content: b"\x00\xff" * 50,
    "of another version": lambda content: content.replace(b"pcstrat-cache 2", b"pcstrat-cache 9"),
    "edited": lambda content: content.replace(b"warning", b"advice_"),
    "headless": lambda content: content.partition(b"\n")[2],
    "too deep": lambda _content: sealed(b'"x"\n' + b"[" * 100_000),
    "another shape": lambda _content: sealed(b'"x"\n[1, 2]'),
    "no records": lambda content: forged(content, lambda data: data.update(plans=dict.fromkeys(data["plans"], 1))),
    "no findings": lambda content: forged(content, lambda data: [p.pop("found") for p in data["plans"].values()]),
    "no words of rules": lambda content: forged(content, lambda data: data["rules"].clear()),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_memory_is_not_believed(folder: Path, checked: list[str], damage: Callable[[bytes], bytes]) -> None:
    path = memory_of(folder)
    content = path.read_bytes()
    path.write_bytes(damage(content))
    again = run(folder)
    assert {"bob", "kent"} <= set(checked)
    assert again == anew(folder)
    run(folder, force=True)
    assert path.read_bytes() == content


def test_the_memory_of_another_folder_does_not_pass_for_ours(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "other"
    put(other, "bob", SYNTAX)
    run(other)
    shutil.copy(memory_of(other), memory_of(folder))
    assert run(folder) == anew(folder)


def test_two_runs_at_once_do_no_harm(folder: Path) -> None:
    """Both read, one writes, the edit comes, the other writes what it found before the edit."""
    memory, late = (CheckMemory(settings_of(folder), AS_OF, force=True) for _ in range(2))
    files = resolve_plans((), settings_of(folder))
    check_files(files, settings_of(folder), AS_OF, late)
    put(folder, "bob", STRANGE)
    check_files(resolve_plans((), settings_of(folder)), settings_of(folder), AS_OF, memory)
    memory.write(all_plans=True)
    late.write(all_plans=True)
    assert run(folder) == anew(folder)


# --- where it is remembered, and how much ----------------------------------------------------------------------------


def test_a_memory_that_cannot_be_written_is_no_failure_and_says_nothing(folder: Path) -> None:
    shutil.rmtree(folder.parent / "cache")
    (folder.parent / "cache").write_text("a file", encoding="utf-8")
    assert run(folder) == anew(folder)


def test_a_cache_folder_that_is_missing_is_made(folder: Path, checked: list[str]) -> None:
    shutil.rmtree(folder.parent / "cache")
    run(folder)
    run(folder)
    assert checked == ALL


def test_nothing_that_has_not_changed_is_written_again(folder: Path) -> None:
    before = memory_of(folder).stat()
    run(folder)
    run(folder, "bob")
    assert memory_of(folder).stat().st_mtime_ns == before.st_mtime_ns


def remembered(folder: Path) -> set[str]:
    (path,) = (folder.parent / "cache").iterdir()
    return {Path(name).stem for name in json.loads(path.read_bytes().splitlines()[2])["plans"]}


def test_plans_that_are_gone_are_forgotten(folder: Path) -> None:
    (folder / "strategies" / "bob.yaml").unlink()
    run(folder, "kent")
    assert remembered(folder) == set(ALL), "a run that names plans knows nothing of others"
    run(folder)
    assert remembered(folder) == {"dorset", "kent"}


def test_naming_many_plans_one_by_one_remembers_only_so_many(folder: Path) -> None:
    memory = CheckMemory(settings_of(folder), AS_OF)
    (file,) = resolve_plans(("bob",), settings_of(folder))
    found = memory.recall(file, "")
    assert found
    for number in range(MOST + 10):
        memory.keep(type(file)(plan_id=f"x{number}", name=f"x{number}.yaml", content=file.content), "", found)
    memory.write(all_plans=False)
    run(folder, "kent", force=True)
    assert len(remembered(folder)) == MOST + 1


def test_few_memories_are_kept_of_one_folder(folder: Path) -> None:
    for day in range(KEPT + 3):
        run(folder, as_of=AS_OF + dt.timedelta(days=day))
    assert len(memories(folder)) == KEPT


def test_the_memory_of_a_folder_that_is_gone_is_removed(folder: Path) -> None:
    old = memory_of(folder)
    moved = folder.rename(folder.parent / "moved")
    run(moved)
    assert not old.exists()
    assert Store(moved.parent / "cache", "checks", moved).read() is None


def test_files_that_are_not_ours_stay_in_the_cache_folder(folder: Path) -> None:
    for name in ("notes.txt", "checks-other-x.json", "a.json"):
        (folder.parent / "cache" / name).write_text("mine\n{}", encoding="utf-8")
    run(folder, force=True)
    assert {"notes.txt", "checks-other-x.json", "a.json"} < memories(folder).keys()


# --- any sequence of edits -------------------------------------------------------------------------------------------

CHANGES = (COMMENT, OVERLAP, WAIVER, MANY, SINCE, STRANGE, SHAPE, SYNTAX)
STEPS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(["bob", "kent"]), st.lists(st.sampled_from(CHANGES[:6]), unique=True)),
    st.tuples(st.just("edit"), st.sampled_from(["bob", "kent"]), st.sampled_from(CHANGES).map(lambda change: [change])),
    st.tuples(st.just("copy"), st.sampled_from(["bob", "kent"]), st.sampled_from(["bob", "kent", "copy"])),
    st.tuples(st.just("remove"), st.sampled_from(["kent", "copy"]), st.none()),
    st.tuples(st.just("damage"), st.sampled_from(["cut", "empty", "edited", "another shape"]), st.none()),
)
OPTIONS = st.sampled_from([{}, {}, {"profile": "board"}, {"ignore": "T"}, {"as_of": dt.date(2031, 1, 1)}])


def take(step: tuple[str, Any, Any], folder: Path) -> None:
    kind, name, more = step
    path = folder / "strategies" / f"{name}.yaml"
    match kind:
        case "edit":
            put(folder, name, *more)
        case "copy" if path.is_file():
            (folder / "strategies" / f"{more}.yaml").write_bytes(path.read_bytes())
        case "remove":
            path.unlink(missing_ok=True)
        case "damage":
            for memory in (folder.parent / "cache").glob("*.json"):
                memory.write_bytes(DAMAGES[name](memory.read_bytes()))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(STEPS, OPTIONS, st.sampled_from(FORMATS[:5])), min_size=1, max_size=5))
def test_any_sequence_of_edits_then_validate_with_memory_equals_one_without(
    folder: Path, steps: list[tuple[tuple[str, Any, Any], dict[str, Any], str]]
) -> None:
    put(folder, "bob")
    for step, options, form in steps:
        take(step, folder)
        assert run(folder, format=form, **options) == anew(folder, format=form, **options)


# --- what is loaded --------------------------------------------------------------------------------------------------

MODULES = """
import sys
from pcstrat.cli import main
try:
    main()
finally:
    print("MODULES", *sys.modules)
"""


def test_nothing_changed_loads_neither_plans_nor_rules(folder: Path) -> None:
    (folder / "strategies" / "flow.yaml").write_text("{pcstrat: 1, id: flow, icb: QMM}", encoding="utf-8")
    run(folder, cache=str(folder.parent / "own" / "pcstrat"))
    outputs = [f"--output={form}=report.{form}" for form in ("json", "sarif", "github", "markdown")]
    done = subprocess.run(
        [sys.executable, "-c", MODULES, "validate", "--as-of", AS_OF.isoformat(), *outputs],
        cwd=folder,
        env=os.environ | {"XDG_CACHE_HOME": str(folder.parent / "own")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == ExitCode.FOUND, done.stderr
    text, _, modules = done.stdout.partition("MODULES")
    assert text == anew(folder, format="text").text
    assert json.loads((folder / "report.json").read_bytes()) == json.loads(anew(folder).text)
    loaded = set(modules.split())
    assert "pcstrat.commands.validate" in loaded
    assert not loaded & {
        "ruamel.yaml", "_ruamel_yaml", "rich", "jinja2", "weasyprint", "multiprocessing", "pcstrat.model",
        "pcstrat.load", "pcstrat.source", "pcstrat.rules", "pcstrat.check", "pcstrat.registry", "pcstrat.diff",
    }  # fmt: skip
