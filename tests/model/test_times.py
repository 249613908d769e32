"""Every date and period of the five source documents, the rules that read them, and what is refused and why."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from pcstrat.model.times import Precision, Time, TimeError, TimeKind, format_time, parse_time, read_time, resolve_years

DATA = Path(__file__).parents[1] / "data" / "expressions.csv"
ROWS = list(csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()))
NOT_TIMES = [row for row in ROWS if row["kind"] == "not a time"]
TIMES = [row for row in ROWS if row["kind"] != "not a time"]

KINDS = {
    "in": TimeKind.DATE,
    "as at": TimeKind.DATE,
    "range": TimeKind.RANGE,
    "by": TimeKind.BY,
    "from": TimeKind.FROM,
    "band": TimeKind.BAND,
    "relative": TimeKind.RELATIVE,
    "season": TimeKind.RELATIVE,  # of no year
    "duration": TimeKind.DURATION,
    "recurring": TimeKind.RECURRING,
    "rate": TimeKind.RECURRING,
    "ongoing": TimeKind.ONGOING,
    "programme year": TimeKind.BAND,  # a year of another programme is written the same way
}
PRECISIONS = {
    "day": Precision.DAY,
    "part of month": Precision.PART_OF_MONTH,
    "month": Precision.MONTH,
    "financial quarter": Precision.QUARTER,
    "season": Precision.SEASON,
    "part of year": Precision.PART_OF_YEAR,
    "financial year": Precision.FINANCIAL_YEAR,
    "financial years": Precision.FINANCIAL_YEAR,
    "calendar year": Precision.CALENDAR_YEAR,
    "season, no year": Precision.NONE,
    "none": Precision.NONE,
}
# Rows that text alone does not settle; each has a test of its own below.
CITED_TITLES = {("HWE", "2022-2027"), ("HWE", "2023-2025"), ("NN", "2019-2029")}
OUT_OF_CONTEXT = {("HWE", "from Year 1"), ("NW", "for Year 5 or sooner"), ("NW", "over the next three years")}
MALFORMED = {
    ("HWE", "August 2023/24"),
    ("HWE", "April 2024/25"),
    ("HWE", "April – March 2024"),
    ("HWE", "2040 - 2045"),
    ("NW", "Years 3 to 5 April 2025 March 2028"),
}
TWO_TIMES = {("HWE", "2023 – 2024 – plan / 2024– 2025 implement")}
BAND_WITHOUT_LABEL = {("SEL", "23/24"), ("SEL", "24/25")}
EXCEPTIONS = CITED_TITLES | OUT_OF_CONTEXT | MALFORMED | TWO_TIMES | BAND_WITHOUT_LABEL
REGULAR = [row for row in TIMES if (row["doc"], row["expression"]) not in EXCEPTIONS]

ROUND_TRIP = ("start", "end", "precision", "years", "every", "ongoing", "approximate", "qualifier")


def day(text: str) -> dt.date | None:
    return None if text in ("", "?", "..") else dt.date.fromisoformat(text)


def interval(time: Time) -> tuple[str, str]:
    return str(time.start or ".."), str(time.end or "..")


def again(time: Time) -> Time:
    return parse_time(format_time(time))


def same(first: Time, second: Time) -> bool:
    return all(getattr(first, name) == getattr(second, name) for name in ROUND_TRIP) and alike(first) == alike(second)


def alike(time: Time) -> TimeKind:
    """The kind, where a range of one financial year ("2025-2026") counts as that year, which it is printed as."""
    one = time.start and time.end and (time.end - time.start).days < 366
    is_year = one and time.kind is TimeKind.RANGE and time.precision is Precision.FINANCIAL_YEAR and not time.years
    return TimeKind.DATE if is_year else time.kind


def refusal(text: str) -> str:
    with pytest.raises(TimeError) as caught:
        parse_time(text)
    return str(caught.value)


def test_the_table_is_complete_and_every_exception_is_in_it() -> None:
    assert len(TIMES) == 191
    assert len({(row["doc"], row["expression"]) for row in TIMES} & EXCEPTIONS) == len(EXCEPTIONS) == 14
    assert len(REGULAR) == 177


@pytest.mark.parametrize("row", REGULAR, ids=lambda row: f"{row['doc']}-{row['lines']}-{row['expression']}")
def test_a_row_of_the_table(row: dict[str, str]) -> None:
    time = parse_time(row["expression"])
    assert time.published == row["expression"]
    assert time.kind is KINDS[row["kind"]]
    assert (time.start, time.end) == (day(row["start"]), day(row["end"]))
    if time.kind is TimeKind.RECURRING:
        assert row["precision"] in ("none", f"every {time.every}")
        assert time.precision is Precision.NONE
    else:
        assert time.precision is PRECISIONS[row["precision"]]
    assert same(again(time), time)


@pytest.mark.parametrize("text", sorted(expression for _, expression in CITED_TITLES))
def test_the_title_of_a_cited_document_would_read_as_financial_years(text: str) -> None:
    first, last = text.split("-")
    assert interval(parse_time(text)) == (f"{first}-04-01", f"{last}-03-31")
    kept_as_text = read_time({"published": text})
    assert (kept_as_text.kind, kept_as_text.is_dated) == (TimeKind.UNCLEAR, False)


def test_target_years_are_written_in_the_long_form_without_the_april_rule() -> None:
    without = read_time({"published": "2040 - 2045"})
    assert (without.kind, without.start, without.end) == (TimeKind.UNCLEAR, None, None)
    assert without.precision is Precision.NONE
    assert format_time(without) == "“2040 - 2045” (date unclear)"
    reading = read_time({"published": "2040 - 2045", "read_as": "January 2040 to December 2045"})
    assert interval(reading) == ("2040-01-01", "2045-12-31")
    assert reading.kind is TimeKind.UNCLEAR


@pytest.mark.parametrize("text", ["23/24", "24/25"])
def test_a_financial_year_that_heads_a_band_is_a_date_of_its_own(text: str) -> None:
    time = parse_time(text)
    assert time.kind is TimeKind.DATE
    assert time.financial_years == (f"20{text}",)
    assert time.years is None


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("August 2023/24", "August 2023"),
        ("April 2024/25", "April 2024"),
        ("January 2023/24", "January 2024"),
        ("April – March 2024", "April 2023 to March 2024"),
    ],
)
def test_a_malformed_date_is_refused_and_its_message_gives_a_long_form_that_works(text: str, read_as: str) -> None:
    message = refusal(text)
    assert f"{{published: {text}, read_as: {read_as}}}" in message
    time = read_time({"published": text, "read_as": read_as})
    assert (time.kind, time.published, time.read_as) == (TimeKind.UNCLEAR, text, read_as)
    assert (time.start, time.end) == (parse_time(read_as).start, parse_time(read_as).end)
    assert format_time(time) == f"“{text}” (date unclear; read as {read_as})"
    assert read_time(time.as_written) == time


def test_a_band_whose_label_contradicts_its_dates_keeps_both() -> None:
    time = parse_time("Years 3 to 5 April 2025 March 2028")
    assert (time.kind, time.years, *interval(time)) == (TimeKind.BAND, (3, 5), "2025-04-01", "2028-03-31")
    assert resolve_years(time, dt.date(2024, 4, 1), {}) is time


def test_two_times_in_one_phrase_are_refused() -> None:
    assert "more than one time" in refusal("2023 – 2024 – plan / 2024– 2025 implement")


def test_next_three_years_stays_relative_even_where_a_reader_could_count() -> None:
    assert (parse_time("over the next three years").kind, parse_time("over the next three years").is_dated) == (
        TimeKind.RELATIVE,
        False,
    )


READ_ALL_THE_SAME = {"within 14 days": TimeKind.DURATION, "ongoing": TimeKind.ONGOING}


@pytest.mark.parametrize("row", NOT_TIMES, ids=lambda row: f"{row['doc']}-{row['lines']}-{row['expression']}")
def test_what_looks_like_a_time_and_is_not(row: dict[str, str]) -> None:
    kind = READ_ALL_THE_SAME.get(row["expression"])
    if kind is None:
        assert refusal(row["expression"])
    else:  # only the author can know that it is no time of the plan; at least it gets no date
        time = parse_time(row["expression"])
        assert (time.kind, time.is_dated) == (kind, False)


def test_the_list_of_what_is_not_a_time_is_complete() -> None:
    assert len({row["expression"] for row in NOT_TIMES}) == 15


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "precision"),
    [
        ("2024-04-01", "2024-04-01", "2024-04-01", TimeKind.DATE, Precision.DAY),
        ("1st of April, 2024", "2024-04-01", "2024-04-01", TimeKind.DATE, Precision.DAY),
        ("April 1, 2024", "2024-04-01", "2024-04-01", TimeKind.DATE, Precision.DAY),
        ("29 February 2024", "2024-02-29", "2024-02-29", TimeKind.DATE, Precision.DAY),
        ("Sept 2024", "2024-09-01", "2024-09-30", TimeKind.DATE, Precision.MONTH),
        ("SEP. 2024", "2024-09-01", "2024-09-30", TimeKind.DATE, Precision.MONTH),
        ("mid-July 2023", "2023-07-11", "2023-07-20", TimeKind.DATE, Precision.PART_OF_MONTH),
        ("late February 2024", "2024-02-21", "2024-02-29", TimeKind.DATE, Precision.PART_OF_MONTH),
        ("beginning of May 2023", "2023-05-01", "2023-05-10", TimeKind.DATE, Precision.PART_OF_MONTH),
        ("Q1 2023/24", "2023-04-01", "2023-06-30", TimeKind.DATE, Precision.QUARTER),
        ("Q4 of 23/24", "2024-01-01", "2024-03-31", TimeKind.DATE, Precision.QUARTER),
        ("third quarter of 2023/24", "2023-10-01", "2023-12-31", TimeKind.DATE, Precision.QUARTER),
        ("winter 2023/24", "2023-12-01", "2024-02-29", TimeKind.DATE, Precision.SEASON),
        ("in the summer of 2024", "2024-06-01", "2024-08-31", TimeKind.DATE, Precision.SEASON),
        ("mid 2024", "2024-05-01", "2024-08-31", TimeKind.DATE, Precision.PART_OF_YEAR),
        ("late 2024", "2024-09-01", "2024-12-31", TimeKind.DATE, Precision.PART_OF_YEAR),
        ("early 2024/25", "2024-04-01", "2024-07-31", TimeKind.DATE, Precision.PART_OF_YEAR),
        ("first half of 2024", "2024-01-01", "2024-06-30", TimeKind.DATE, Precision.PART_OF_YEAR),
        ("H2 2024/25", "2024-10-01", "2025-03-31", TimeKind.DATE, Precision.PART_OF_YEAR),
        ("FY24/25", "2024-04-01", "2025-03-31", TimeKind.DATE, Precision.FINANCIAL_YEAR),
        ("the financial year 2024-25", "2024-04-01", "2025-03-31", TimeKind.DATE, Precision.FINANCIAL_YEAR),
        ("1999/00", "1999-04-01", "2000-03-31", TimeKind.DATE, Precision.FINANCIAL_YEAR),
        ("calendar year 2024", "2024-01-01", "2024-12-31", TimeKind.DATE, Precision.CALENDAR_YEAR),
        ("1-14 April 2024", "2024-04-01", "2024-04-14", TimeKind.RANGE, Precision.DAY),
        ("28 March to 3 April 2024", "2024-03-28", "2024-04-03", TimeKind.RANGE, Precision.DAY),
        ("between April and June 2024", "2024-04-01", "2024-06-30", TimeKind.RANGE, Precision.MONTH),
        ("from April 2024 until March 2025", "2024-04-01", "2025-03-31", TimeKind.RANGE, Precision.MONTH),
        ("Q1-Q2 2023/24", "2023-04-01", "2023-09-30", TimeKind.RANGE, Precision.QUARTER),
        ("spring/summer 2024", "2024-03-01", "2024-08-31", TimeKind.RANGE, Precision.SEASON),
        ("July and August 2023", "2023-07-01", "2023-08-31", TimeKind.RANGE, Precision.MONTH),
        ("December 2023/January 2024", "2023-12-01", "2024-01-31", TimeKind.RANGE, Precision.MONTH),
        ("2023/24-2025/26", "2023-04-01", "2026-03-31", TimeKind.RANGE, Precision.FINANCIAL_YEAR),
        ("1 April 2024 to March 2025", "2024-04-01", "2025-03-31", TimeKind.RANGE, Precision.DAY),
        ("April 2024 to 2025/26", "2024-04-01", "2026-03-31", TimeKind.RANGE, Precision.MONTH),
        ("early to late July 2023", "2023-07-01", "2023-07-31", TimeKind.RANGE, Precision.PART_OF_MONTH),
        ("April 2024 to end of June 2024", "2024-04-01", "2024-06-30", TimeKind.RANGE, Precision.DAY),
        ("until March 2026", "..", "2026-03-31", TimeKind.RANGE, Precision.MONTH),
        ("no later than 31 March 2026", "..", "2026-03-31", TimeKind.BY, Precision.DAY),
        ("by the end of 2024", "..", "2024-12-31", TimeKind.BY, Precision.CALENDAR_YEAR),
        ("by the end of Q2 2024/25", "..", "2024-09-30", TimeKind.BY, Precision.QUARTER),
        ("by late May 2023", "..", "2023-05-31", TimeKind.BY, Precision.PART_OF_MONTH),
        ("by winter 2023", "..", "2024-02-29", TimeKind.BY, Precision.SEASON),
        ("from the start of April 2024", "2024-04-01", "..", TimeKind.FROM, Precision.DAY),
        ("2024/25 onwards", "2024-04-01", "..", TimeKind.FROM, Precision.FINANCIAL_YEAR),
        ("for 18 months from October 2023", "2023-10-01", "2025-03-31", TimeKind.RANGE, Precision.MONTH),
        ("for 6 weeks from 1 April 2024", "2024-04-01", "2024-05-12", TimeKind.RANGE, Precision.DAY),
        ("three years from 2024/25", "2024-04-01", "2027-03-31", TimeKind.RANGE, Precision.FINANCIAL_YEAR),
        ("monthly from April 2024", "2024-04-01", "..", TimeKind.RECURRING, Precision.MONTH),
        ("2024/25 and later", "2024-04-01", "..", TimeKind.FROM, Precision.FINANCIAL_YEAR),
        ("July 2023 onwards, quarterly", "2023-07-01", "..", TimeKind.RECURRING, Precision.MONTH),
        ("every 2 weeks until March 2026", "..", "2026-03-31", TimeKind.RECURRING, Precision.MONTH),
        ("weekly in 2024/25", "2024-04-01", "2025-03-31", TimeKind.RECURRING, Precision.FINANCIAL_YEAR),
        ("2023/24 (Year 1)", "2023-04-01", "2024-03-31", TimeKind.BAND, Precision.FINANCIAL_YEAR),
        ("Year one: 1 April 2023 to 31 March 2024", "2023-04-01", "2024-03-31", TimeKind.BAND, Precision.DAY),
        ("by Year 3 (2025/26)", "..", "2026-03-31", TimeKind.BY, Precision.FINANCIAL_YEAR),
    ],
)
def test_other_spellings(text: str, start: str, end: str, kind: TimeKind, precision: Precision) -> None:
    time = parse_time(text)
    assert (*interval(time), time.kind, time.precision) == (start, end, kind, precision)
    assert same(again(time), time)


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("annually", "year"),
        ("every 3 months", "3 months"),
        ("six-monthly", "6 months"),
        ("fortnightly", "2 weeks"),
        ("every other month", "2 months"),
        ("each quarter", "3 months"),
        ("month on month", "month"),
        ("quarterly or annually", "quarter or year"),
        ("every January, May and Sept", "January, May and September"),
        ("each January", "January"),
        ("once a year", "year"),
    ],
)
def test_repetition(text: str, every: str) -> None:
    time = parse_time(text)
    assert (time.kind, time.every, time.is_dated) == (TimeKind.RECURRING, every, False)
    assert format_time(time) == f"every {every}"
    assert same(again(time), time)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10-15 years", TimeKind.DURATION),
        ("at least 5 years", TimeKind.DURATION),
        ("three-year", TimeKind.DURATION),
        ("for 12 months", TimeKind.DURATION),
        ("in five years’ time", TimeKind.RELATIVE),
        ("over the next couple of years", TimeKind.RELATIVE),
        ("this winter", TimeKind.RELATIVE),
        ("in the next financial year", TimeKind.RELATIVE),
        ("in the medium to long term", TimeKind.RELATIVE),
    ],
)
def test_wording_without_dates(text: str, kind: TimeKind) -> None:
    time = parse_time(text)
    assert (time.kind, time.is_dated, time.precision) == (kind, False, Precision.NONE)
    assert same(again(time), time)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1st April 2024", "1 April 2024"),
        ("Apr 2024 – Mar 2025", "April 2024 to March 2025"),
        ("2024-25", "2024/25"),
        ("Year 1 – 2023/24", "Year 1: 2023/24"),
        ("Years 2 to 4 April 2025 March 2028", "Years 2 to 4: April 2025 to March 2028"),
        ("By Mar 2026", "by March 2026"),
        ("May 2024 onwards in a phased way", "from May 2024, in a phased way"),
        ("Phased, from May 2024", "from May 2024, phased"),
        ("2023-2026", "2023/24 to 2025/26"),
        ("2025-2026", "2025/26"),
        ("2023-2026 (ongoing)", "2023/24 to 2025/26, ongoing"),
        ("ongoing from April 2024", "from April 2024, ongoing"),
        ("End of May 2023", "end of May 2023"),
        ("by end of October 2023", "by 31 October 2023"),
        ("by end of 2024/25", "by the end of 2024/25"),
        ("Spring 2024", "spring 2024"),
        ("Winter 2023", "winter 2023"),
        ("winter 2023-24", "winter 2023/24"),
        ("c. April 2024", "about April 2024"),
        ("around April to June 2024", "about April to June 2024"),
        ("monthly, from April 2024", "every month, from April 2024"),
        ("1-14 April 2024", "1 to 14 April 2024"),
        ("mid July 2023", "mid-July 2023"),
        ("middle of 2024", "mid-2024"),
        ("On-going", "ongoing"),
        ("April 2024 – ongoing", "from April 2024, ongoing"),
        ("April 2024 to on-going", "from April 2024, ongoing"),
        ("2023-2026 – ongoing", "2023/24 to 2025/26, ongoing"),
        ("10–15 years", "10 to 15 years"),
        ("from Year 1– 2023/24 to Year 3 2025/26", "from Year 1: 2023/24 to Year 3: 2025/26"),
    ],
)
def test_printing(text: str, printed: str) -> None:
    assert format_time(parse_time(text)) == printed


@pytest.mark.parametrize("text", ["1st quarter 2027/28", "1st quarter of 27/28", "the first quarter of 2027/28"])
def test_a_quarter_may_be_counted_in_figures(text: str) -> None:
    assert format_time(parse_time(text)) == format_time(parse_time("Q1 2027/28"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2024/10", "2024/10 is neither a financial year nor a month. Write 2024/25 or October 2024."),
        ("2024/26", "Write 2024/25 for one year, or 2024 to 2026 for several."),
        ("2023-26", "2023-26 is not a financial year"),
        ("2024/23", "2024/23 is not a financial year"),
        ("2023/2026", "2023 to 2026 for several"),
        ("2024/025", "2024/025 is not a financial year"),
        ("10/11", "Write a financial year with its century"),
        ("98/99", "Write a financial year with its century"),
        ("24/26", "Write a financial year with its century"),
        ("31 February 2024", "There is no 31 February 2024. February 2024 has 29 days."),
        ("2023-02-29", "There is no 29 February 2023."),
        ("2024-13-01", "there is no month 13"),
        ("Month 2024", "“Month” in “Month 2024” is not a month or a season."),
        ("1.4.2024", "gives the month as a number. Write it in words"),
        ("01/04/2024", "gives the month as a number"),
        ("1/4/24", "gives the month as a number"),
        ("April", "“April” has no year. Add it, as in April 2024."),
        ("in April", "has no year"),
        ("1 April", "has no year"),
        ("April to June", "has no year"),
        ("April 24", "may mean a day or a year"),
        ("Q2 2024", "Write quarter 2 of 2024/25"),
        ("2024 Q2", "Write quarter 2 of 2024/25"),
        ("end of 2024", "Write by the end of 2024, late 2024, or the month."),
        ("start of 2024/25", "Write from the start of 2024/25, early 2024/25, or the month."),
        ("end of 27/28", "Write by the end of 27/28, late 27/28, or the month."),
        ("end 2028", "Write by the end of 2028, late 2028, or the month."),
        ("end Q1 27/28", "may be a day or some weeks. Write by the end of Q1 27/28, or the month, as in June 2027."),
        ("end of Q1 2027/28", "Write by the end of Q1 2027/28, or the month, as in June 2027."),
        ("start of Q1 2027/28", "Write from the start of Q1 2027/28, or the month, as in April 2027."),
        ("end March 2028", "Write by the end of March 2028, or end of March 2028."),
        ("2nd quarter of 2027", "Write quarter 2 of 2027/28"),
        ("before April 2024", "whether April 2024 is included. Write by April 2024 if it is, else by March 2024."),
        ("after march 2027", "whether March 2027 is included. Write from March 2027 if it is, else from April 2027."),
        ("after 31 March 2027", "Write from 31 March 2027 if it is, else from 1 April 2027."),
        ("after 2027/28", "Write from 2027/28 if it is, else from 2028/29."),
        ("prior to 2028", "Write by 2028 if it is, else by 2027."),
        ("after Q1 2027/28", "whether Q1 2027/28 is included. Write from Q1 2027/28 if it is, else from July 2027."),
        ("after the pilot", "counts from something whose date is not stated. Write from and a month"),
        ("after the vote in May 2027", "holds a time"),
        ("June 2024 to April 2024", "ends before it starts. Write the earlier date first."),
        ("2026-2023", "ends before it starts"),
        ("Q4 - Q1 2024/25", "Write the year of each."),
        ("2023 - 2023", "2023-2023 is not a financial year"),
        ("bi-monthly", "may mean twice a month or every 2 months"),
        ("TBC", "is not a date or period. Leave it out"),
        ("", "The date or period is empty."),
        ("  ", "The date or period is empty."),
        ("April 2024 subject to funding", "holds a time, “april 2024”, and other words, “subject to funding”"),
        ("complete by March 2026", "holds a time, “by march 2026”, and other words, “complete”"),
        ("academic year 2027/28", "Write its first and its last month, as in September 2027 to August 2028."),
        ("2027/28 school year", "may be another year than one from April to March"),
        ("next year 2027/28", "holds a time"),
        ("soon", "Write it like 1 April 2024, April 2024, 2024/25"),
        ("July/September 2023", "holds a time"),
        ("April and June 2024", "holds a time"),
        ("by 2023-2026", "holds a time"),
        ("2023 to 2025/26", "holds a time"),
        ("by the start of 2025", "Write from the start of 2025"),
        ("Year 0", "cannot be read"),
        ("Years 4 to 2", "cannot be read"),
        ("Years 1 and 3", "cannot be read"),
        ("from Years 2 to 4", "cannot be read"),
        ("spring 2023/24", "holds a time"),
        ("for 6 weeks from April 2024", "holds a time"),
        ("1 - April 2024", "holds a time"),
        ("early - 31 July 2024", "holds a time"),
        ("about the first half of 2024", "holds a time"),
        ("phased", "cannot be read"),
        ("1824", "cannot be read"),
        ("April ２０２４", "cannot be read"),
        ("x" * 201, "has at most 200 characters, and this text has 201"),
    ],
)
def test_refusals_say_what_is_wrong(text: str, part: str) -> None:
    assert part in refusal(text)


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("after 27/28", ("from 27/28", "from 2028/29")),
        ("after summer 2027", ("from summer 2027", "from September 2027")),
        ("before 1 May 2027", ("by 1 May 2027", "by 30 April 2027")),
        ("prior to Q2 2027/28", ("by Q2 2027/28", "by June 2027")),
        ("end 27/28", ("by the end of 27/28", "late 27/28")),
        ("end of Q1 27/28", ("by the end of Q1 27/28", "June 2027")),
        ("beginning of spring 2028", ("from the start of spring 2028", "March 2028")),
        ("end March 2028", ("by the end of March 2028", "end of March 2028")),
    ],
)
def test_what_a_refusal_proposes_can_be_read(text: str, proposed: tuple[str, ...]) -> None:
    said = refusal(text)
    for wording in proposed:
        assert re.search(rf"\b{wording}\b", said)
        assert parse_time(wording).is_dated


@pytest.mark.parametrize("word", ["monthly, ", "ongoing ", "phased ", "a to ", "early ", "the end of ", "1-"])
def test_words_repeated_without_end_are_refused_without_delay(word: str) -> None:
    assert refusal(word * (200 // len(word)))


def test_a_refusal_quotes_no_more_than_a_line() -> None:
    assert len(refusal("never mind " * 15)) < 400


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"published": "X", "reads": "2024"}, "has only published and read_as, not reads"),
        ({"read_as": "2024"}, "needs the wording as published"),
        ({"published": " "}, "needs the wording as published"),
        ({"published": 2023}, "needs the wording as published"),
        ({"published": "X", "read_as": 2023}, "read_as is text"),
        ({"published": "X", "read_as": "2024/10"}, "neither a financial year nor a month"),
        (2023, "is written as text"),
        (None, "is written as text"),
        (["2023"], "is written as text"),
    ],
)
def test_the_long_form_refuses_what_is_not_one(value: object, part: str) -> None:
    with pytest.raises(TimeError, match=re.escape(part)):
        read_time(value)


def test_a_time_that_is_read_already_stays_as_it_is() -> None:
    time = parse_time("2024/25")
    assert read_time(time) is time
    assert read_time("2024/25") == time


def test_an_unclear_time_is_written_back_in_the_long_form() -> None:
    for value in ({"published": "2040 - 2045"}, {"published": "Year 9", "read_as": "2031/32"}):
        assert read_time(value).as_written == value
    assert parse_time("By March 2024").as_written == "By March 2024"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("March 2024 to April 2024", ("2023/24", "2024/25")),
        ("2023-2026", ("2023/24", "2024/25", "2025/26")),
        ("2024", ("2023/24", "2024/25")),
        ("by 31 March 2024", ("2023/24",)),
        ("from 1 April 2099", ("2099/00",)),
        ("ongoing", ()),
    ],
)
def test_the_financial_years_a_time_touches(text: str, years: tuple[str, ...]) -> None:
    assert parse_time(text).financial_years == years


def test_times_sort_by_their_first_day_and_undated_ones_last() -> None:
    texts = ["over the next 3 years", "from 2025/26", "by March 2024", "April 2024", "2024/25", "Year 9"]
    ordered = sorted(map(parse_time, texts), key=lambda time: time.sort_key)
    assert [time.published for time in ordered] == [
        "by March 2024",
        "April 2024",
        "2024/25",
        "from 2025/26",
        "Year 9",
        "over the next 3 years",
    ]


YEAR_ONE = dt.date(2024, 4, 1)
BANDS = {
    1: parse_time("Year 1 April 2024 March 2025"),
    **dict.fromkeys((2, 3, 4), parse_time("Years 2 to 4 April 2025 March 2028")),
}


@pytest.mark.parametrize(
    ("text", "start", "end", "printed"),
    [
        ("for Year 5 or sooner", "..", "2029-03-31", "by Year 5: 2028/29"),
        ("from Year 1", "2024-04-01", "..", "from Year 1: April 2024"),
        ("Years 2 to 4", "2025-04-01", "2028-03-31", "Years 2 to 4: April 2025 to March 2028"),
        ("Year 3", "2026-04-01", "2027-03-31", "Year 3: 2026/27"),
        ("Years 1 to 5", "2024-04-01", "2029-03-31", "Years 1 to 5: April 2024 to March 2029"),
    ],
)
def test_years_take_their_dates_from_the_bands_of_the_objective(text: str, start: str, end: str, printed: str) -> None:
    time = resolve_years(parse_time(text), None, BANDS)
    assert interval(time) == (start, end)
    assert format_time(time) == printed
    assert same(again(time), time)


def test_years_are_counted_from_year_one_without_bands() -> None:
    assert interval(resolve_years(parse_time("Years 2 to 4"), YEAR_ONE, {})) == ("2025-04-01", "2028-03-31")
    in_leap_year = resolve_years(parse_time("Year 2"), dt.date(2024, 2, 29), {})
    assert (*interval(in_leap_year), in_leap_year.precision) == ("2025-03-01", "2026-02-28", Precision.MONTH)


def test_a_band_outranks_counting() -> None:
    bands = {2: parse_time("Year 2: 2027/28")}
    assert resolve_years(parse_time("Year 2"), YEAR_ONE, bands).financial_years == ("2027/28",)


@pytest.mark.parametrize(
    "bands",
    [
        {},
        {2: parse_time("Year 2: 2025/26")},
        {5: parse_time("Year 5")},
        {5: parse_time("Years 4 to 5: April 2027 to March 2028")},
        {1: parse_time("Years 1 to 3: 2024-2027")},
    ],
)
def test_years_stay_undated_when_nothing_says_when_they_are(bands: dict[int, Time]) -> None:
    time = parse_time("Year 5")
    assert resolve_years(time, None, bands) is time


def test_other_times_are_not_resolved() -> None:
    for text in ("over the next 3 years", "Year 1: 2023/24", "2024/25"):
        time = parse_time(text)
        assert resolve_years(time, YEAR_ONE, BANDS) is time


def test_years_beyond_the_calendar_stay_undated() -> None:
    time = parse_time("Year 9")
    assert resolve_years(time, dt.date(9995, 4, 1), {}) is time


def test_an_unclear_time_is_resolved_by_its_reading() -> None:
    time = resolve_years(read_time({"published": "Y5-ish", "read_as": "by Year 5"}), YEAR_ONE, {})
    assert (time.kind, time.published, *interval(time)) == (TimeKind.UNCLEAR, "Y5-ish", "..", "2029-03-31")


MONTHS = [*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept"]
YEARS = st.integers(1990, 2098)
FINANCIAL = YEARS.map(lambda year: f"{year}/{(year + 1) % 100:02d}")
WHOLES = st.one_of(FINANCIAL, YEARS.map(str))
MONTH = st.builds("{} {}".format, st.sampled_from(MONTHS), YEARS)
MOMENTS = st.one_of(
    WHOLES,
    MONTH,
    st.builds("{} {}".format, st.integers(1, 28), MONTH),
    st.builds("{} {}".format, st.sampled_from(("spring", "Summer", "autumn", "winter")), YEARS),
    st.builds("winter {}".format, FINANCIAL),
    st.builds("Q{} {}".format, st.integers(1, 4), FINANCIAL),
    st.builds("{} {}".format, st.sampled_from(("early", "mid", "late")), st.one_of(WHOLES, MONTH)),
    st.builds("{} half of {}".format, st.sampled_from(("first", "second")), WHOLES),
    st.builds("end of {}".format, MONTH),
    st.builds("about {}".format, MONTH),
)
RANGES = st.builds("{}{}{}".format, MOMENTS, st.sampled_from((" to ", " – ", "-", " until ")), MOMENTS)
SHORT_RANGES = st.builds("{} to {}".format, st.sampled_from(MONTHS), MONTH)
DATED = st.one_of(
    MOMENTS,
    RANGES,
    SHORT_RANGES,
    st.builds("by {}".format, MOMENTS),
    st.builds("by the end of {}".format, MOMENTS),
    st.builds("from {}".format, MOMENTS),
    st.builds("{} onwards".format, MOMENTS),
    st.builds("until {}".format, MOMENTS),
    st.builds("{} {} from {}".format, st.integers(1, 40), st.sampled_from(("months", "years", "weeks")), MOMENTS),
)
LABELLED = st.one_of(
    DATED,
    st.builds("Year {}: {}".format, st.integers(1, 9), st.one_of(MOMENTS, RANGES)),
    st.builds("Years {} to {} ({})".format, st.integers(1, 4), st.integers(5, 9), RANGES),
    st.builds("by Year {}: {}".format, st.integers(1, 9), MOMENTS),
    st.builds("{}, {}".format, st.sampled_from(("monthly", "every 3 weeks", "annually", "6 Monthly")), DATED),
)
WRITTEN = st.builds("{}{}".format, LABELLED, st.sampled_from(("", ", ongoing", " in a phased way", ", phased")))
VOCABULARY = """
by from to and - / ( ) , year years Year 1 2 3 2024 2024/25 24/25 April march q1 the of end start early half every month
monthly ongoing phased next last three over in between until winter 31 onwards about
"""
WORDS = st.sampled_from(VOCABULARY.split())


def parsed(text: str) -> Time:
    """What text reads as; texts that are refused are of no use to the property."""
    try:
        return parse_time(text)
    except TimeError:
        reject()


@given(WRITTEN)
def test_printing_and_parsing_again_gives_the_same_time(text: str) -> None:
    time = parsed(text)
    assert same(again(time), time)
    assert format_time(again(time)) == format_time(time)


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_whatever_parses_runs_forwards_and_prints_as_itself(text: str) -> None:
    try:
        time = parse_time(text)
    except TimeError:
        return
    assert not (time.start and time.end) or time.start <= time.end
    assert same(again(time), time)


@given(st.text(max_size=60) | st.from_regex(r"\A[a-z0-9/ ,.()–-]{0,40}\Z"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        time = parse_time(text)
    except TimeError as error:
        assert str(error).endswith((".", "}", "…"))  # noqa: PT017 - the message is what is tested
    else:
        assert time.published == text


@given(DATED)
def test_no_year_is_lost_and_none_is_invented(text: str) -> None:
    time = parsed(text)
    written = {int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)}
    shown = {int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", format_time(time))}
    ends = {end.year for end in (time.start, time.end) if end}
    assert written <= shown | ends | {int(name[:4]) for name in time.financial_years}
    if "from" not in text.removeprefix("from"):  # a length from a start ends in a year that is counted
        assert all(min(written) <= year <= max(written) + 1 for year in shown | ends)


@given(st.text(max_size=20), st.none() | st.text(max_size=20))
def test_any_long_form_is_read_or_refused(published: str, read_as: str | None) -> None:
    value = {"published": published, "read_as": read_as}
    try:
        time = read_time(value)
    except TimeError:
        return
    assert (time.kind, time.published) == (TimeKind.UNCLEAR, published)


def test_every_month_and_day_reads_as_itself() -> None:
    for offset in range(0, 366 * 4, 5):
        date = dt.date(2023, 1, 1) + dt.timedelta(days=offset)
        for text in (date.isoformat(), f"{date.day} {date:%B} {date.year}", f"{date.day}th {date:%b} {date.year}"):
            assert (parse_time(text).start, parse_time(text).end) == (date, date)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("over the next thirteen months", TimeKind.RELATIVE),
        ("within thirty months", TimeKind.DURATION),
        ("in the next twenty-five years", TimeKind.RELATIVE),
        ("every thirteen weeks", TimeKind.RECURRING),
    ],
)
def test_number_words_up_to_ninety_nine_are_read(text: str, kind: TimeKind) -> None:
    assert parse_time(text).kind is kind
