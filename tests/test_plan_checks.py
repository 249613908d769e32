"""Many plans are checked in several processes: the same findings, in the same order, and no process left behind."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from folders import SMALL_PLAN
from pcstrat import workers
from pcstrat.commands import plan_checks
from pcstrat.commands.validate import ValidateRequest, Validation, validate
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.settings import load_settings

STARTS = ["spawn", *(["fork"] if sys.platform == "linux" else [])]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with plans good and bad, and processes that seem to pay from two plans on."""
    (tmp_path / "strategies").mkdir()
    for number in range(4):
        text = SMALL_PLAN.replace("id: small-plan", f"id: plan-{number}").replace("Easy access", f"Access {number}")
        text = text.replace("pcstrat: 1", "pcstrat: one") if number == 2 else text
        (tmp_path / "strategies" / f"plan-{number}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(plan_checks, "PLANS_A_PROCESS", 2)
    return tmp_path


def validated(folder: Path, **options: object) -> Validation:
    settings = load_settings(folder, {}, options)
    return validate(settings, ValidateRequest(format="json"), as_of=dt.date(2026, 11, 21))


@pytest.mark.parametrize("start", STARTS)
def test_processes_find_what_one_finds(folder: Path, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = validated(folder, jobs=1)
    monkeypatch.setattr(workers, "cheapest_start", lambda: start)
    here = os.getpid()
    several = validated(folder, jobs=2)
    assert [result.is_plan for result in several.review.results] == [True, True, False, True]
    assert several == one
    assert (os.getpid(), multiprocessing.active_children()) == (here, [])


@pytest.mark.parametrize(("jobs", "plans_a_process"), [(1, 2), (2, 3), (2, 100)])
def test_no_process_starts_that_does_not_pay(
    folder: Path, jobs: int, plans_a_process: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_checks, "PLANS_A_PROCESS", plans_a_process)
    monkeypatch.setattr(plan_checks, "crew", None)
    assert len(validated(folder, jobs=jobs).review.results) == 4


def test_wrong_settings_of_one_plan_are_wrong_usage_in_every_process(folder: Path) -> None:
    (folder / "pcstrat.toml").write_text('[plans.plan-3]\nselect = "T99"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="no rule 'T99'") as caught:
        validated(folder, jobs=2)
    assert caught.value.remedy
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_explained(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cheapest_start", lambda: "spawn")
    monkeypatch.setattr(workers, "_take_up", os._exit)
    with pytest.raises(NotDoneError, match="ended unexpectedly") as caught:
        validated(folder, jobs=2)
    assert "--jobs 1" in caught.value.remedy
