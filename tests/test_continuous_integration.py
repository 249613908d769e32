"""The workflows are safe as they are written, and the commands they run do what they are there for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from folders import SMALL_PLAN, git

ROOT = Path(__file__).parent.parent
OURS = ROOT / ".github" / "workflows"
THEIRS = ROOT / "docs" / "examples" / "github-actions"
WORKFLOWS = sorted([*OURS.glob("*.yml"), *THEIRS.glob("*.yml")])
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "docs" / "examples" / "gitlab-ci.yml"
CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
MARK = "<!-- pcstrat: what changed in the plans -->"
HEAD = "f" * 40
MORE, LESS = "£200k (TBC)", "£150k (TBC)"

needs_bash = pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="needs bash")
needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="needs jq, which runners have")


def read(path: Path) -> dict[str, Any]:
    """A file of continuous integration as data. YAML 1.2, where `on` is a word."""
    data = YAML(typ="safe", pure=True).load(path)
    assert isinstance(data, dict)
    return data


def jobs(path: Path) -> Iterator[dict[str, Any]]:
    """The jobs of a workflow; of an action, what it runs."""
    data = read(path)
    yield from data.get("jobs", {"only": data.get("runs")}).values()


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path) for step in job["steps"]]


def named(path: Path, name: str) -> str:
    """The commands of the step of that name."""
    (step,) = [step for step in steps(path) if step.get("name") == name]
    return str(step["run"])


def shell(folder: Path, commands: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a step as a runner does, with the pcstrat under test first on the path."""
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    (programs / "pcstrat").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pcstrat "$@"\n', encoding="utf-8")
    (programs / "pcstrat").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", commands],
        cwd=folder, env=os.environ | {"PATH": path} | environment,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose last commit makes the plan spend less; `base` is the commit before."""
    (tmp_path / "strategies").mkdir()
    plan = tmp_path / "strategies" / "small-plan.yaml"
    plan.write_text(SMALL_PLAN, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/output/\n/public/\n/.programs/\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "base")
    git(tmp_path, "tag", "base")
    assert MORE in SMALL_PLAN
    plan.write_text(SMALL_PLAN.replace(MORE, LESS), encoding="utf-8")
    git(tmp_path, "commit", "--quiet", "--all", "--message", "spend less")
    return tmp_path


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_action_is_pinned_by_commit(path: Path) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_workflow_may_do_nothing_that_a_job_does_not_ask_for(path: Path) -> None:
    assert read(path)["permissions"] == {}
    for job in jobs(path):
        assert job["permissions"]
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "what others wrote must reach commands by the environment"


@pytest.mark.parametrize(
    "path",
    [path for path in WORKFLOWS if "pull_request" in read(path)["on"]],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_what_runs_for_a_pull_request_may_only_read(path: Path) -> None:
    assert "pull_request_target" not in read(path)["on"]
    for job in jobs(path):
        assert job["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("folder", [OURS, THEIRS], ids=["ours", "theirs"])
def test_the_pages_of_a_pull_request_use_the_shipped_templates_alone(folder: Path) -> None:
    builds = [step["run"] for step in steps(folder / "plans.yml") if "build" in step.get("run", "")]
    assert builds
    for build in builds:
        assert "--no-user-templates" in build


def test_what_may_comment_runs_nothing_of_the_pull_request() -> None:
    path = OURS / "comment.yml"
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert [name.split("@")[0] for name in used] == ["actions/download-artifact"]
    assert read(path)["on"]["workflow_run"]["workflows"] == [read(OURS / "plans.yml")["name"]]


@needs_bash
def test_a_pull_request_shows_annotations_what_changed_and_pages(repository: Path) -> None:
    path = OURS / "plans.yml"
    summary = repository / ".programs" / "summary.md"
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(repository), "GITHUB_STEP_SUMMARY": str(summary)}
    checked = shell(repository, named(path, "Check the plans"), **actions)
    assert checked.returncode == 0, checked.stderr
    assert "::warning file=strategies/small-plan.yaml" in checked.stdout or "::notice file=" in checked.stdout
    assert summary.read_text(encoding="utf-8").startswith("#")
    compared = shell(repository, named(path, "Say what changed"), BASE=git(repository, "rev-parse", "base"))
    assert compared.returncode == 0, compared.stderr
    assert f"from {MORE} to {LESS}" in (repository / "changes.md").read_text(encoding="utf-8")
    built = shell(repository, named(path, "Build the pages"))
    assert built.returncode == 0, built.stderr
    assert (repository / "output" / "small-plan" / "index.html").exists()


@pytest.mark.parametrize("name", ["plans.yml", "publish.yml"])
def test_a_repository_of_plans_does_the_same_with_the_action(name: str) -> None:
    ours, theirs = read(OURS / name), read(THEIRS / name)
    assert theirs["name"] == ours["name"], "comment.yml knows the workflow by its name"
    assert theirs["on"] == ours["on"]
    commands = [step["run"] for step in steps(THEIRS / name) if "run" in step]
    assert all(command.startswith("pcstrat ") for command in commands), "nothing of pcstrat's source is there"
    used = {step["uses"] for step in steps(THEIRS / name) if "uses" in step}
    assert {entry for entry in used if entry.startswith("actions/")} <= {
        step["uses"] for path in OURS.glob("*.yml") for step in steps(path) if "uses" in step
    }


@needs_bash
def test_a_repository_of_plans_says_what_changed_and_publishes_every_document(repository: Path) -> None:
    compared = shell(
        repository, named(THEIRS / "plans.yml", "Say what changed"), BASE=git(repository, "rev-parse", "base")
    )
    assert compared.returncode == 0, compared.stderr
    assert f"from {MORE} to {LESS}" in (repository / "changes.md").read_text(encoding="utf-8")
    built = shell(repository, named(THEIRS / "publish.yml", "Build the documents"))
    assert built.returncode == 0, built.stderr
    assert list((repository / "output").rglob("*.pdf"))


@needs_bash
def test_a_pull_request_whose_base_is_missing_says_so_and_not_that_nothing_changed(repository: Path) -> None:
    path = OURS / "plans.yml"
    compared = shell(repository, named(path, "Say what changed"), BASE="0" * 40)
    assert compared.returncode == 3
    assert compared.stderr
    assert "is not known" in (repository / "changes.md").read_text(encoding="utf-8")


@needs_bash
@pytest.mark.parametrize("path", [OURS / "plans.yml", THEIRS / "plans.yml"], ids=["ours", "theirs"])
def test_a_plan_with_errors_is_told_in_the_comment(repository: Path, path: Path) -> None:
    plan = repository / "strategies" / "small-plan.yaml"
    plan.write_text(SMALL_PLAN.replace("    title: Easy access", "    tilte: x"), encoding="utf-8")
    compared = shell(repository, named(path, "Say what changed"), BASE=git(repository, "rev-parse", "base"))
    assert compared.returncode == 3, "the step fails, so that nobody takes it for no change"
    assert "a plan has errors" in (repository / "changes.md").read_text(encoding="utf-8")
    (kept,) = (step for step in steps(path) if step.get("with", {}).get("path") == "changes.md")
    assert kept["if"] == "${{ !cancelled() && steps.changes.outcome != 'skipped' }}"


@needs_bash
def test_gitlab_checks_compares_and_publishes(repository: Path) -> None:
    data = read(GITLAB)
    base = git(repository, "rev-parse", "base")
    done = shell(repository, "\n".join(data["plans"]["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 0, done.stderr
    assert f"from {MORE} to {LESS}" in (repository / "changes.md").read_text(encoding="utf-8")
    assert json.loads((repository / "pcstrat.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    for name in data["plans"]["artifacts"]["paths"]:
        assert (repository / name).exists(), name


@needs_bash
def test_gitlab_keeps_what_was_found_when_a_plan_has_errors(repository: Path) -> None:
    plan = repository / "strategies" / "small-plan.yaml"
    good = SMALL_PLAN.replace("id: small-plan", "id: good")
    broken = SMALL_PLAN.replace("    title: Easy access", "    tilte: x")
    (repository / "strategies" / "good.yaml").write_text(good, encoding="utf-8")
    plan.write_text(broken, encoding="utf-8")
    data = read(GITLAB)["plans"]
    base = git(repository, "rev-parse", "base")
    done = shell(repository, "\n".join(data["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode not in {0, 4}, done.stderr
    sarif = json.loads((repository / "pcstrat.sarif").read_text(encoding="utf-8"))
    assert "error" in {result["level"] for result in sarif["runs"][0]["results"]}
    assert (repository / "output" / "good" / "index.html").exists()
    for name in data["artifacts"]["paths"]:
        assert (repository / name).exists(), name
    assert "a plan has errors" in (repository / "changes.md").read_text(encoding="utf-8")


@needs_bash
def test_gitlab_publishes_every_document(repository: Path) -> None:
    done = shell(repository, "\n".join(read(GITLAB)["pages"]["script"]))
    assert done.returncode == 0, done.stderr
    assert (repository / "public" / "small-plan" / "index.html").exists()
    assert list((repository / "public").rglob("*.pdf"))


@needs_bash
@pytest.mark.parametrize(("arguments", "code"), [("--profile draft small-plan", 0), ("--profile draught *", 2)])
def test_the_action_runs_the_command_it_is_given(repository: Path, arguments: str, code: int) -> None:
    done = shell(repository, named(ACTION, "Run pcstrat"), COMMAND="validate", ARGUMENTS=arguments)
    assert done.returncode == code, done.stderr


@needs_bash
def test_the_action_reads_nothing_but_words_into_its_arguments(repository: Path) -> None:
    hostile = "; touch stolen $(touch stolen) `touch stolen`"
    shell(repository, named(ACTION, "Run pcstrat"), COMMAND="validate", ARGUMENTS=hostile)
    assert not (repository / "stolen").exists()


FAKE_GH = """\
#!/bin/sh
echo "$@" >> "$CALLS"
for argument in "$@"; do
  case "$argument" in
    body=@*) cat "${argument#body=@}" > "$POSTED" ;;
    repos/*/pulls) printf '[{"number": 7, "head": {"sha": "%s"}}]' "$NEWEST" ;;
    repos/*/issues/7/comments) printf '%s' "$COMMENTS" ;;
  esac
done
"""


class Post:
    """The comment workflow run with a stand-in for `gh`: what it called, and what it posted."""

    def __init__(self, folder: Path, changes: str, *, newest: str = HEAD, comments: str = "[]") -> None:
        programs = folder / ".programs"
        programs.mkdir()
        (programs / "gh").write_text(FAKE_GH, encoding="utf-8")
        (programs / "gh").chmod(0o755)
        (folder / "changes").mkdir()
        (folder / "changes" / "changes.md").write_text(changes, encoding="utf-8")
        done = shell(
            folder, named(OURS / "comment.yml", "Comment"),
            CALLS=str(folder / "calls"), POSTED=str(folder / "posted"), NEWEST=newest, COMMENTS=comments,
            REPOSITORY="exampleshire/plans", HEAD=HEAD, OWNER="somebody", BRANCH="$(touch stolen)",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert not (folder / "stolen").exists()
        self.calls = (folder / "calls").read_text(encoding="utf-8")
        posted = folder / "posted"
        self.text = posted.read_text(encoding="utf-8") if posted.exists() else None


@needs_bash
@needs_jq
def test_a_link_in_place_of_the_file_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a token", encoding="utf-8")
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "changes.md").symlink_to(tmp_path / "secret")
    (tmp_path / ".programs").mkdir()
    gh = tmp_path / ".programs" / "gh"
    gh.write_text(FAKE_GH, encoding="utf-8")
    gh.chmod(0o755)
    done = shell(
        tmp_path, named(OURS / "comment.yml", "Comment"),
        CALLS=str(tmp_path / "calls"), POSTED=str(tmp_path / "posted"), NEWEST=HEAD, COMMENTS="[]",
        REPOSITORY="exampleshire/plans", HEAD=HEAD, OWNER="somebody", BRANCH="main",
    )  # fmt: skip
    assert done.returncode == 1
    assert "changes.md is not a file." in done.stderr
    assert not (tmp_path / "posted").exists()


@needs_bash
@needs_jq
def test_the_first_comment_is_posted(tmp_path: Path) -> None:
    post = Post(tmp_path, "One commitment is weakened.\n")
    assert post.text == f"{MARK}\nOne commitment is weakened.\n"
    assert "--method POST repos/exampleshire/plans/issues/7/comments" in post.calls


@needs_bash
@needs_jq
def test_what_pcstrat_never_writes_is_shown_as_text(tmp_path: Path) -> None:
    hostile = (
        "\\\\[a](https://e.example) ![b](www.e.example/x.png) <img src=x> @somebody #12 &commat;x GH-7 <del>old</del>\n"
    )
    assert Post(tmp_path, hostile).text == (
        f"{MARK}\n&#91;a](https://<!-- -->e.example) !&#91;b](www<!-- -->.e.example/x.png) &lt;img src=x> "
        "@<!-- -->somebody #<!-- -->12 &amp;commat;x GH<!-- -->-7 <del>old</del>\n"
    )


@needs_bash
@needs_jq
def test_a_later_comment_takes_the_place_of_the_first(tmp_path: Path) -> None:
    ours = json.dumps({"id": 42, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"})
    theirs = json.dumps({"id": 41, "user": {"login": "somebody"}, "body": f"{MARK}\nnot ours"})
    post = Post(tmp_path, "Two commitments are weakened.\n", comments=f"[{theirs}, {ours}]")
    assert post.text == f"{MARK}\nTwo commitments are weakened.\n"
    assert "--method PATCH repos/exampleshire/plans/issues/comments/42" in post.calls


@needs_bash
@needs_jq
def test_no_comment_is_posted_when_nothing_changed(tmp_path: Path) -> None:
    assert Post(tmp_path, "").text is None


@needs_bash
@needs_jq
def test_an_earlier_comment_says_when_nothing_is_changed_any_more(tmp_path: Path) -> None:
    ours = json.dumps({"id": 42, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"})
    assert (
        Post(tmp_path, "", comments=f"[{ours}]").text
        == f"{MARK}\nThis pull request changes nothing in the plans now.\n"
    )


@needs_bash
@needs_jq
def test_nothing_is_posted_for_a_commit_that_is_not_the_newest(tmp_path: Path) -> None:
    assert Post(tmp_path, "old news", newest="e" * 40).text is None


@needs_bash
@needs_jq
def test_a_comment_is_never_longer_than_github_takes(tmp_path: Path) -> None:
    post = Post(tmp_path, "x" * 100_000)
    assert post.text is not None
    assert len(post.text) < 65_536


def test_the_container_runs_as_somebody_who_is_not_root() -> None:
    lines = CONTAINERFILE.splitlines()
    users = [number for number, line in enumerate(lines) if line.startswith("USER ")]
    assert lines[users[-1]] == "USER planner"
    assert users[-1] < next(number for number, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    assert not any(line.startswith(("RUN", "COPY", "ADD")) for line in lines[users[-1] :])


def test_the_container_is_started_in_the_same_way_wherever_it_is_described() -> None:
    docs = (ROOT / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
    said, told = (re.findall(r"podman (?:build|run) .+", text) for text in (CONTAINERFILE, docs))
    assert len(said) == 2
    assert said == told


def test_the_container_gets_what_pdfs_and_the_package_need() -> None:
    script = (ROOT / "scripts" / "install-system-libraries").read_text(encoding="utf-8")
    libraries = re.search(r'^packages="([^"]+)"', script, re.MULTILINE)
    assert libraries is not None
    for library in libraries[1].split():
        assert library in CONTAINERFILE, library
        assert library in GITLAB.read_text(encoding="utf-8"), library
    copied = {name for line in re.findall(r"^COPY (.+)$", CONTAINERFILE, re.MULTILINE) for name in line.split()[:-1]}
    kept = {line[1:] for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines() if line != "*"}
    assert copied == kept
    for name in copied:
        assert (ROOT / name).exists(), name


OFFLINE = """\
import socket
def refuse(*arguments, **options):
    raise AssertionError("pcstrat must not use the network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.mark.parametrize("formats", ["html", "html,pdf"])
def test_a_build_needs_no_network(repository: Path, formats: str) -> None:
    blocked = repository / "offline"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")
    command = [sys.executable, "-m", "pcstrat", "build", "--format", formats, "--jobs", "1"]
    search = os.pathsep.join(filter(None, [str(blocked), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        command, cwd=repository, env=os.environ | {"PYTHONPATH": search},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
