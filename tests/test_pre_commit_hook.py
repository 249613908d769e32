"""The hook that other repositories use: its definition is whole, and its entry checks the files it is given."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pcstrat.errors import ExitCode
from pcstrat.source import read_source

ROOT = Path(__file__).parent.parent
PLAN = (ROOT / "tests" / "data" / "small-plan.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    source = read_source(b"hooks:\n" + (ROOT / ".pre-commit-hooks.yaml").read_bytes(), "hooks.yaml")
    assert not source.findings
    assert isinstance(source.data, dict)
    (only,) = source.data["hooks"]
    return dict(only)


def test_it_says_what_pre_commit_needs(hook: dict[str, Any]) -> None:
    assert hook["id"] == "pcstrat-validate"
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
    [(PLAN, ExitCode.CLEAN), (PLAN.replace("title: Easy access", "tilte: x"), ExitCode.FOUND)],
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
