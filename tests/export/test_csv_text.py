"""CSV: what the standard library would write of the same fields, and reads back."""

import csv
import datetime as dt
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pcstrat.export.csv_text import csv_lines, harmless

FIELDS = st.lists(st.text(st.sampled_from("ab ,\"'=-\t\n\r|;é")) | st.text(), min_size=2)


@given(st.lists(FIELDS))
def test_lines_are_those_of_the_standard_library(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([[harmless(field) for field in row] for row in rows])
    assert "".join(csv_lines(rows)) == written.getvalue()


@given(FIELDS)
def test_each_row_is_one_line_that_reads_back(row: list[str]) -> None:
    [line] = csv_lines([row])
    assert line.count("\n") == 1
    assert list(csv.reader([line])) == [[harmless(field) for field in row]]


def test_numbers_and_days_are_plain_and_what_is_absent_is_empty() -> None:
    row = ("a", 0, Decimal("1E+3"), Decimal("0.50"), dt.date(2026, 4, 1), None, "")
    assert list(csv_lines([row])) == ["a,0,1000,0.50,2026-04-01,,\n"]


def test_more_words_than_are_kept_are_written_all_the_same() -> None:
    rows = [(f"word {number}", "again, and again") for number in range(10_000)]
    assert list(csv_lines(rows)) == [f'word {number},"again, and again"\n' for number in range(10_000)]
