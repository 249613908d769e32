"""`pcstrat diff` as a user runs it: options, streams and exit codes."""

from __future__ import annotations

import subprocess
import sys
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


@pytest.mark.parametrize(
    ("arguments", "code"), [(("kent",), 2), (("kent", "no-such"), 2), (("--since", "v1"), 3), (("--nonsense",), 2)]
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    done = pcstrat(folder, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr
