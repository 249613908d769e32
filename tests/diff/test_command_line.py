"""`pcstrat diff` as a user runs it: options, streams and exit codes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "kent.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(text.replace("£9.6m", "£10m"), encoding="utf-8")
    (tmp_path / "same.yaml").write_text(f"# a comment\n{text}", encoding="utf-8")
    return tmp_path


def pcstrat(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pcstrat", "diff", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_difference_is_shown_and_counts(folder: Path) -> None:
    done = pcstrat(folder, "old.yaml", "kent", "--output", "json=changes.json")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Less money: from £10m to £9.6m (£400,000, 4%)." in done.stdout
    assert (folder / "changes.json").is_file()
    assert pcstrat(folder, "kent", "old.yaml", "--fail-on", "weakened").returncode == 0


def test_nothing_in_markdown_is_nothing(folder: Path) -> None:
    done = pcstrat(folder, "same.yaml", "kent", "--format", "markdown")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def repository(tmp_path: Path, text: str, git: Callable[..., str]) -> Path:
    """A repository beside the folder where the command runs: with a plan of which money was cut since `v1`."""
    plan = tmp_path / "repository" / "strategies" / "kent.yaml"
    plan.parent.mkdir(parents=True)
    plan.write_text(text.replace("£9.6m", "£10m"), encoding="utf-8")
    git(tmp_path / "repository", "init", "-q")
    git(tmp_path / "repository", "add", "--all")
    git(tmp_path / "repository", "commit", "-qm", "First")
    git(tmp_path / "repository", "tag", "v1")
    plan.write_text(text, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "repository"


@pytest.mark.parametrize("since", [("--since", "v1"), ("--since-date", "2100-01-01")])
@pytest.mark.parametrize("place", ["../repository/strategies/kent.yaml", "../repository/strategies", "absolute"])
def test_a_plan_in_another_repository_is_compared_with_what_it_was_there(
    repository: Path, place: str, since: tuple[str, str]
) -> None:
    plan = str(repository / "strategies" / "kent.yaml") if place == "absolute" else place
    done = pcstrat(repository.parent / "elsewhere", *since, plan, "--output", "html=changes.html")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Less money: from £10m to £9.6m (£400,000, 4%)." in done.stdout
    assert done.stdout.count("Less money") == 1
    assert (repository.parent / "elsewhere" / "changes.html").is_file()


def test_plans_of_two_repositories_are_not_compared_with_one_revision(
    repository: Path, git: Callable[..., str]
) -> None:
    other = repository.parent / "elsewhere"
    git(other, "init", "-q")
    (other / "medway.yaml").write_bytes((repository / "strategies" / "kent.yaml").read_bytes())
    done = pcstrat(other, "--since", "v1", "medway.yaml", "../repository/strategies/kent.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The plans stand in several git repositories: '" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"), [(("kent",), 2), (("kent", "no-such"), 2), (("--since", "v1"), 3), (("--nonsense",), 2)]
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    done = pcstrat(folder, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr
