"""`accessibility.html`: what was checked, as at when, with what result, and how to ask for another format."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from folders import SMALL_PLAN
from pcstrat.commands.build import build
from pcstrat.errors import NotDoneError
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.settings import load_settings

AS_OF = dt.date(2026, 11, 21)
RESULTS = "accessibility-results.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with one plan."""
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "small-plan.yaml").write_text(SMALL_PLAN, encoding="utf-8")
    return tmp_path


def page(folder: Path, **options: object) -> str:
    """Build, and return the page on accessibility."""
    build(load_settings(folder, {}, {"formats": "html", **options}), (), as_of=AS_OF)
    return (folder / "output" / "accessibility.html").read_text(encoding="utf-8")


def record(folder: Path, **changes: object) -> Path:
    """A record of checks of what is published in the folder."""
    output = folder / "output"
    documents = {
        path.relative_to(output).as_posix(): {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "passed": True}
        for path in output.rglob("*.html")
    }
    data: dict[str, Any] = {
        "pcstrat_accessibility": 1,
        "date": "2026-11-20",
        "instruments": {"axe-core": "4.14.1", "chromium": "156"},
        "checks": [{"name": "axe-core at 320 pixels", "passed": 3, "failed": 0, "not checked": 0}],
        "documents": documents,
    }
    path = folder / RESULTS
    path.write_text(json.dumps(data | changes), encoding="utf-8")
    return path


def test_without_a_record_nothing_is_claimed(folder: Path) -> None:
    text = page(folder)
    assert "Not checked in this build." in text
    assert "machine checks passed" not in text
    assert "checked 3 web pages itself, as at 21 November 2026" in text
    assert "each PDF" not in text
    assert inspect_page(text).problems == ()


def test_it_never_calls_a_document_compliant(folder: Path) -> None:
    page(folder)
    text = page(folder, accessibility_results=record(folder)).casefold()
    assert "complian" not in text
    assert "conform" not in text


def test_how_to_ask_for_another_format(folder: Path) -> None:
    assert "another format: Not stated." in page(folder)
    contact = "ask &lt;us@example.org&gt;"
    assert f"another format: {contact}." in page(folder, accessibility_contact="ask <us@example.org>")


def test_index_and_plan_lead_to_it(folder: Path) -> None:
    page(folder)
    output = folder / "output"
    assert 'href="accessibility.html"' in (output / "index.html").read_text(encoding="utf-8")
    assert 'href="../accessibility.html"' in (output / "small-plan" / "index.html").read_text(encoding="utf-8")
    assert "accessibility.html" in (output / "manifest.json").read_text(encoding="utf-8")


def test_a_record_of_the_same_documents_is_reported(folder: Path) -> None:
    page(folder)
    text = page(folder, accessibility_results=record(folder))
    assert "On 20 November 2026, machine checks passed." in text
    assert "2 documents published now were checked exactly as they are." in text
    assert "axe-core 4.14.1 and chromium 156" in text
    assert "axe-core at 320 pixels" in text
    assert inspect_page(text).problems == ()


def test_what_has_changed_since_is_not_checked(folder: Path) -> None:
    page(folder)
    results = record(folder)
    plan = folder / "strategies" / "small-plan.yaml"
    plan.write_text(SMALL_PLAN.replace("Easy access", "Easier access"), encoding="utf-8")
    text = page(folder, accessibility_results=results)
    assert "1 document published now was checked exactly as it is." in text
    place = text.index("Not checked as they are now")
    assert text.index("small-plan/index.html", place) > place


def test_a_record_of_other_documents_says_so(folder: Path) -> None:
    page(folder)
    text = page(folder, accessibility_results=record(folder, documents={}))
    assert "machine checks passed, of documents that have changed since" in text
    assert "No documents published now" in text


def test_faults_are_reported(folder: Path) -> None:
    page(folder)
    failed = [{"name": "keyboard", "passed": 1, "failed": 1, "not checked": 0}]
    assert "not all documents passed" in page(folder, accessibility_results=record(folder, checks=failed))
    unchecked = [{"name": "keyboard", "passed": 1, "failed": 0, "not checked": 1}]
    assert "not all documents passed" in page(folder, accessibility_results=record(folder, checks=unchecked))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pcstrat_accessibility": 2}', '{"pcstrat_accessibility": 1}'])
def test_what_is_no_record_is_refused(folder: Path, content: str) -> None:
    path = folder / RESULTS
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotDoneError, match="is no record of accessibility checks") as caught:
        page(folder, accessibility_results=path)
    assert "make accessibility" in caught.value.remedy


def test_a_missing_record_is_named(folder: Path) -> None:
    with pytest.raises(NotDoneError, match=r"'nowhere\.json' cannot be read"):
        page(folder, accessibility_results=folder / "nowhere.json")
