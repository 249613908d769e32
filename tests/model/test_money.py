"""Every amount of the five source documents, how amounts are printed, and what is refused and why."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from pcstrat.model.money import AmountStatus, Money, MoneyError, format_money, parse_money

DATA = Path(__file__).parents[1] / "data" / "money_expressions.csv"
ROWS = list(csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()))
AMOUNTS = [row for row in ROWS if row["pounds"].isdigit()]
STATEMENTS = [row for row in ROWS if row["pounds"] == "not stated"]
STATUSES = {"exact": AmountStatus.EXACT, "to be confirmed": AmountStatus.TO_BE_CONFIRMED}


def again(money: Money) -> Money:
    return replace(parse_money(format_money(money)), published=money.published)


def refusal(text: str) -> str:
    with pytest.raises(MoneyError) as caught:
        parse_money(text)
    return str(caught.value)


def test_the_table_is_complete() -> None:
    assert (len(ROWS), len(AMOUNTS), len(STATEMENTS)) == (21, 11, 7)


@pytest.mark.parametrize("row", AMOUNTS, ids=lambda row: f"{row['line']}-{row['expression']}")
def test_a_row_of_the_table(row: dict[str, str]) -> None:
    money = parse_money(row["expression"])
    assert (money.published, money.pounds, money.upper) == (row["expression"], Decimal(row["pounds"]), None)
    assert money.status is STATUSES[row["exactness"]]
    assert (money.approximate, money.qualifier) == (False, "")
    assert again(money) == money


def test_the_totals_of_the_two_tables_are_exact() -> None:
    def total(certainty: str) -> Decimal:
        found = (row["expression"] for row in AMOUNTS if row["certainty"].startswith(certainty))
        return sum((parse_money(text).pounds or Decimal(0) for text in found), Decimal(0))

    assert (total("committed"), total("proposed")) == (33_100_000, 5_440_000)


@pytest.mark.parametrize("row", STATEMENTS, ids=lambda row: row["expression"])
def test_a_statement_without_an_amount_goes_into_funding_statement(row: dict[str, str]) -> None:
    assert "states no amount. Put this wording into funding_statement" in refusal(row["expression"])


@pytest.mark.parametrize("text", ["Proposed £", "Proposed £ FYE"])
def test_a_column_heading_is_no_amount(text: str) -> None:
    assert "has no number after the £ sign" in refusal(text)


@pytest.mark.parametrize(
    ("text", "pounds", "upper", "qualifier", "printed"),
    [
        ("£1.3M", "1300000", None, "", "£1.3 million"),
        ("£200k", "200000", None, "", "£200,000"),
        ("£1,200,000", "1200000", None, "", "£1.2 million"),
        ("£1,234,567", "1234567", None, "", "£1,234,567"),
        ("£18.76", "18.76", None, "", "£18.76"),
        ("£18.5", "18.5", None, "", "£18.50"),
        ("£18.00", "18", None, "", "£18"),
        ("£5.44 million", "5440000", None, "", "£5.44 million"),
        ("£1.2345m", "1234500", None, "", "£1,234,500"),
        ("£3bn", "3000000000", None, "", "£3 billion"),
        ("£ 40 thousand", "40000", None, "", "£40,000"),
        ("£0", "0", None, "", "£0"),
        ("c. £2m", "2000000", None, "about", "about £2 million"),
        ("approx. £2m", "2000000", None, "about", "about £2 million"),
        ("more than £2m", "2000000", None, "over", "over £2 million"),
        ("up to £40k", "40000", None, "up to", "up to £40,000"),
        ("£1m–£2m", "1000000", "2000000", "", "£1 million to £2 million"),
        ("between £1m and £2m", "1000000", "2000000", "", "£1 million to £2 million"),
        ("£500k to £1m", "500000", "1000000", "", "£500,000 to £1 million"),
    ],
)
def test_amounts_are_exact_and_printed_in_nhs_style(
    text: str, pounds: str, upper: str | None, qualifier: str, printed: str
) -> None:
    money = parse_money(text)
    assert (money.pounds, money.upper) == (Decimal(pounds), None if upper is None else Decimal(upper))
    assert (money.qualifier, money.approximate) == (qualifier, qualifier == "about")
    assert format_money(money) == printed
    assert again(money) == money


@pytest.mark.parametrize("text", ["£2m (TBC)", "£2m TBC", "£2m, to be confirmed", "£2m (to be confirmed)"])
def test_an_amount_to_be_confirmed(text: str) -> None:
    money = parse_money(text)
    assert (money.pounds, money.status) == (2_000_000, AmountStatus.TO_BE_CONFIRMED)
    assert format_money(money) == "£2 million, to be confirmed"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("TBC", AmountStatus.TO_BE_CONFIRMED),
        ("(tbc)", AmountStatus.TO_BE_CONFIRMED),
        ("Not stated", AmountStatus.NOT_STATED),
    ],
)
def test_no_amount_yet(text: str, status: AmountStatus) -> None:
    money = parse_money(text)
    assert (money.pounds, money.status, format_money(money)) == (None, status, status.value)
    assert again(money) == money


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("£1.1m - £370k", "A fall in cost is a measure, with a baseline and a target, and not funding."),
        ("£1m to £1m", "gives the same amount twice"),
        ("2m", "has no £ sign"),
        ("200", "has no £ sign"),
        ("GBP 2m", "has no £ sign"),
        ("£1,2m", "has a comma that does not mark thousands"),
        ("£1200,000", "has a comma that does not mark thousands"),
        ("£12,00", "has a comma that does not mark thousands"),
        ("£1.2.3", "has a decimal point where none can stand"),
        ("£1.", "has a decimal point where none can stand"),
        ("£m", "has no number after the £ sign"),
        ("£١m", "has no number after the £ sign"),
        ("-£2m", "is negative"),
        ("£-2m", "is negative"),
        ("(£2m)", "is negative"),
        ("£1-2m", "gives the second amount without its £ sign"),
        ("£1.234", "is finer than a penny"),
        ("£999999999999999bn", "is more money than there is"),
        ("£2m per year", "how often it comes"),
        ("£2m FYE", "holds more than an amount"),
        ("£2mm", "holds more than an amount"),
        ("about over £2m", "holds more than an amount"),
        ("", "The amount is empty"),
        ("£" + "1" * 200, "at most 200 characters, and this text has 201"),
    ],
)
def test_refusals_say_what_is_wrong(text: str, part: str) -> None:
    assert part in refusal(text)


NUMBERS = st.one_of(
    st.integers(0, 10**9).map("{:,}".format),
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=2).map(str),
)
AMOUNT = st.builds("£{}{}".format, NUMBERS, st.sampled_from(("", "k", "m", " million", "bn", "M")))
WRITTEN = st.builds(
    "{}{}{}".format,
    st.sampled_from(("", "over ", "c. ", "up to ", "nearly ")),
    AMOUNT | st.builds("{} to {}".format, AMOUNT, AMOUNT),
    st.sampled_from(("", " (TBC)")),
)


@given(WRITTEN)
def test_printing_and_parsing_again_gives_the_same_money(text: str) -> None:
    try:
        money = parse_money(text)
    except MoneyError:
        reject()
    assert again(money) == money
    assert money.upper is None or (money.pounds is not None and money.pounds < money.upper)


@given(st.integers(0, 10**14 - 1))
def test_pence_are_never_rounded(pence: int) -> None:
    pounds = Decimal(pence) / 100
    money = parse_money(f"£{pounds}")
    assert money.pounds == pounds
    assert again(money).pounds == pounds


@given(st.text(max_size=40) | st.from_regex(r"\A[£0-9.,kmb() tc-]{0,25}\Z"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        money = parse_money(text)
    except MoneyError:
        return
    assert again(money) == money
