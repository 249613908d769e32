"""The one clock: what it counts from, and how it refuses what is not a date."""

from __future__ import annotations

import datetime as dt

import pytest

from pcstrat.clock import as_of_date
from pcstrat.errors import ExitCode, UsageError


def test_the_date_given_counts_over_the_epoch() -> None:
    assert as_of_date("2024-02-29", {"SOURCE_DATE_EPOCH": "0"}) == dt.date(2024, 2, 29)


def test_the_epoch_counts_over_today_and_is_read_in_utc() -> None:
    assert as_of_date(None, {"SOURCE_DATE_EPOCH": "86399"}) == dt.date(1970, 1, 1)
    assert as_of_date(None, {"SOURCE_DATE_EPOCH": "86400"}) == dt.date(1970, 1, 2)


@pytest.mark.parametrize("environment", [{}, {"SOURCE_DATE_EPOCH": ""}])
def test_without_either_it_is_today_in_utc(environment: dict[str, str]) -> None:
    before = dt.datetime.now(tz=dt.UTC).date()
    found = as_of_date(None, environment)
    assert before <= found <= dt.datetime.now(tz=dt.UTC).date()


def test_the_environment_of_the_process_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert as_of_date(None) == dt.date(2023, 11, 14)


@pytest.mark.parametrize("given", ["", "21/11/2026", "2026-02-30", "yesterday", "2026-11"])
def test_what_is_not_a_date_is_wrong_usage_and_says_how_to_write_one(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        as_of_date(given, {})
    assert repr(given) in caught.value.message
    assert "2026-11-21" in caught.value.remedy
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("epoch", ["now", "1.5", "1" * 30, "-99999999999999"])
def test_an_epoch_that_is_no_number_of_seconds_is_wrong_usage(epoch: str) -> None:
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is '"):
        as_of_date(None, {"SOURCE_DATE_EPOCH": epoch})
