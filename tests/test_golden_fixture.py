"""The golden files of the tests: compared, shown as a difference, and rewritten only when that is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden) -> Path:
    monkeypatch.setitem(golden.__globals__, "GOLDEN", tmp_path)  # type: ignore[attr-defined]
    return tmp_path


def test_equal_text_passes_and_other_text_is_shown_as_a_difference(
    folder: Path, golden: Golden, request: pytest.FixtureRequest
) -> None:
    request.config.option.update_golden, before = False, request.config.option.update_golden
    try:
        (folder / "a.txt").write_text("one\ntwo\n", encoding="utf-8")
        golden("a.txt", "one\ntwo\n")
        with pytest.raises(pytest.fail.Exception, match=r"-two\n\+three"):
            golden("a.txt", "one\nthree\n")
        with pytest.raises(pytest.fail.Exception, match="There is no golden file"):
            golden("b.txt", "one\n")
        with pytest.raises(pytest.fail.Exception, match="line ends only"):
            golden("a.txt", "one\ntwo")
        assert [path.name for path in folder.iterdir()] == ["a.txt"]
    finally:
        request.config.option.update_golden = before


def test_files_are_written_when_that_is_asked_for(folder: Path, golden: Golden, request: pytest.FixtureRequest) -> None:
    request.config.option.update_golden, before = True, request.config.option.update_golden
    try:
        golden("deep/er/c.txt", "£1.3m\n")
    finally:
        request.config.option.update_golden = before
    assert (folder / "deep" / "er" / "c.txt").read_bytes() == "£1.3m\n".encode()


def test_the_environment_is_clean() -> None:
    names = {"NO_COLOR", "FORCE_COLOR", "CI", "TZ", "COLUMNS", "SOURCE_DATE_EPOCH"}
    assert not [name for name in os.environ if name in names or name.startswith("PCSTRAT_")]
