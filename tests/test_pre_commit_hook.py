"""The hooks that other repositories use: their definitions are whole, and their entries work on the files they get."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from folders import SMALL_PLAN
from pcstrat.errors import ExitCode
from pcstrat.source import read_source

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def hooks() -> dict[str, dict[str, Any]]:
    source = read_source(b"hooks:\n" + (ROOT / ".pre-commit-hooks.yaml").read_bytes(), "hooks.yaml")
    assert not source.findings
    assert isinstance(source.data, dict)
    return {hook["id"]: hook for hook in source.data["hooks"]}


@pytest.fixture(scope="module")
def hook(hooks: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return hooks["pcstrat-validate"]


@pytest.mark.parametrize("hook_id", ["pcstrat-validate", "pcstrat-fmt"])
def test_it_says_what_pre_commit_needs(hooks: dict[str, dict[str, Any]], hook_id: str) -> None:
    hook = hooks[hook_id]
    assert {"name", "entry", "language", "files"} <= hook.keys()
    assert hook["language"] == "python"
    for name, expected in {
        "strategies/bob.yaml": 1,
        "strategies/a/b.yaml": 0,
        "x.yml": 0,
        "strategies/x.yml": 1,
    }.items():
        assert bool(re.search(hook["files"], name)) == bool(expected), name


@pytest.mark.parametrize(
    ("text", "code"),
    [(SMALL_PLAN, ExitCode.CLEAN), (SMALL_PLAN.replace("title: Easy access", "tilte: x"), ExitCode.FOUND)],
)
def test_its_entry_checks_the_files_of_a_commit(
    hook: dict[str, Any], tmp_path: Path, text: str, code: ExitCode
) -> None:
    (tmp_path / "strategies").mkdir()
    for name in ("bob", "kent"):
        content = text.replace("id: small-plan", f"id: {name}")
        (tmp_path / "strategies" / f"{name}.yaml").write_text(content, encoding="utf-8")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "pcstrat"
    command = [sys.executable, "-m", "pcstrat", *arguments, "--format", "json", "strategies/bob.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == code, done.stderr.decode()
    assert [plan["file"] for plan in json.loads(done.stdout)["plans"]] == ["strategies/bob.yaml"]


def test_the_other_entry_puts_the_files_of_a_commit_in_normal_form(
    hooks: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    (tmp_path / "strategies").mkdir()
    for name in ("bob", "kent"):
        (tmp_path / "strategies" / f"{name}.yaml").write_text("id:  x\n", encoding="utf-8")
    _, *arguments = shlex.split(hooks["pcstrat-fmt"]["entry"])
    command = [sys.executable, "-m", "pcstrat", *arguments, "strategies/bob.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == ExitCode.CLEAN, done.stderr.decode()
    texts = [(tmp_path / "strategies" / f"{name}.yaml").read_text(encoding="utf-8") for name in ("bob", "kent")]
    assert texts == ["id: x\n", "id:  x\n"]
