"""The plans and settings that the documentation shows are what a newcomer copies: they work as they are written."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(?P<kind>yaml|toml)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
AS_OF = "2026-11-22"


def blocks(page: str, kind: str, begins: str) -> list[str]:
    """The blocks of a kind on a page that begin with a line: the whole files among its examples."""
    found = BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))
    return [match["body"] for match in found if match["kind"] == kind and match["body"].startswith(f"{begins}\n")]


@pytest.fixture(params=["README.md", "docs/writing-a-plan.md"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the plan that a page shows, and the settings that the README shows."""
    (plan,) = blocks(request.param, "yaml", "pcstrat: 1\nid: exampleshire")
    (settings,) = blocks("README.md", "toml", "# pcstrat.toml")
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "exampleshire.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "pcstrat.toml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.fixture
def pcstrat(folder: Path) -> Callable[..., str]:
    """Run pcstrat in the folder; a code other than 0 fails."""

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "pcstrat", *words]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_the_plan_of_a_page_builds_with_the_settings_of_the_readme(folder: Path, pcstrat: Callable[..., str]) -> None:
    pcstrat("build", "--format", "html", "--as-of", AS_OF)
    page = (folder / "output" / "exampleshire" / "index.html").read_text(encoding="utf-8")
    assert "Same-day care for everyone who needs it" in page
    assert "NHS Exampleshire Integrated Care Board" in page


def test_the_plan_of_a_page_is_in_normal_form(folder: Path, pcstrat: Callable[..., str]) -> None:
    assert folder.is_dir()
    assert pcstrat("fmt", "--check") == "1 plan already in normal form.\n"
