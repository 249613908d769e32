"""What every test shares: a clean environment, a smallest valid plan, loading, and golden files."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from pcstrat.load import Loaded, load_plan
from pcstrat.registry import Registry, load_registry

NO_PDF = re.compile("PDFs cannot be made|cannot load library")
"""What a failure says that comes from a missing library."""
TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
SCRUBBED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CI", "GITHUB_ACTIONS", "TZ", "COLUMNS", "SOURCE_DATE_EPOCH")

MINIMAL = """\
pcstrat: 1
id: minimal
icb: QMM
document:
  title: A small plan
  kind: briefing
ambitions:
  - id: one
    title: Do one thing
"""

hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "write the golden files anew from what the tests produce; look at the differences before you keep them"
    parser.addoption("--update-golden", action="store_true", default=False, help=help_text)
    help_text = "pass over tests that fail only because this machine cannot make PDFs"
    parser.addoption("--without-pdf", action="store_true", default=False, help=help_text)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.config.getoption("--without-pdf") and item.get_closest_marker("pdf"):
        pytest.skip("this machine cannot make PDFs")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With `--without-pdf`, a test that fails because PDFs cannot be made here was not run: it is skipped."""
    report = yield
    if report.failed and item.config.getoption("--without-pdf") and NO_PDF.search(str(report.longrepr)):
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, "this machine cannot make PDFs")
    return report


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing that the machine's environment says may change what a test sees."""
    for name in list(os.environ):
        if name in SCRUBBED or name.startswith("PCSTRAT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with `tests/golden/<name>`; with `--update-golden` write it there instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        if not path.is_file():
            pytest.fail(f"There is no golden file {name}. Run pytest --update-golden and read what it writes.")
        expected = path.read_text(encoding="utf-8")
        if text != expected:
            lines = difflib.unified_diff(
                expected.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm="", n=2
            )
            pytest.fail("\n".join(lines) or f"golden/{name} differs in its line ends only")

    return compare


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(None)


@pytest.fixture
def minimal() -> dict[str, Any]:
    """The data of a smallest valid plan, new for each test."""
    return {
        "pcstrat": "1",
        "id": "minimal",
        "icb": "QMM",
        "document": {"title": "A small plan", "kind": "briefing"},
        "ambitions": [{"id": "one", "title": "Do one thing"}],
    }


@pytest.fixture
def minimal_text() -> Callable[..., str]:
    """The text of a smallest valid plan, with more lines after it."""

    def text(more: str = "") -> str:
        return MINIMAL + more

    return text


@pytest.fixture(scope="session")
def load(registry: Registry) -> Callable[..., Loaded]:
    """Load the text of a plan as a file would be."""

    def load_text(text: str, file: str = "plan.yaml", **options: Any) -> Loaded:
        return load_plan(text.encode(), file, registry, **options)

    return load_text


@pytest.fixture(scope="session")
def strategies() -> Path:
    """The folder of the real plans."""
    return TESTS.parent / "strategies"
