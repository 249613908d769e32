"""Numbers as the five source documents publish them, how they are printed, and what is refused and why."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from pcstrat.model.quantities import Quantity, QuantityError, format_quantity, parse_quantity, read_quantity


def again(quantity: Quantity) -> Quantity:
    return replace(parse_quantity(format_quantity(quantity)), published=quantity.published, read_as=quantity.read_as)


def refusal(value: object) -> str:
    with pytest.raises(QuantityError) as caught:
        read_quantity(value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "number", "unit", "qualifier", "printed"),
    [
        ("30%", "30", "%", "", "30%"),
        ("19 per cent of adults", "19", "% of adults", "", "19% of adults"),
        ("5 percentage points", "5", "percentage points", "", "5 percentage points"),
        ("24,121 m²", "24121", "m²", "", "24,121 m²"),
        ("24121m²", "24121", "m²", "", "24,121 m²"),
        ("115k", "115000", "", "", "115,000"),
        ("1.6 million people", "1600000", "people", "", "1.6 million people"),
        ("5M people", "5000000", "people", "", "5 million people"),
        ("1234567", "1234567", "", "", "1,234,567"),
        ("280,000", "280000", "", "", "280,000"),
        ("over 280,000", "280000", "", "over", "over 280,000"),
        ("more than 280,000", "280000", "", "over", "over 280,000"),
        ("c. 400", "400", "", "about", "about 400"),
        ("C.400 practices", "400", "practices", "about", "about 400 practices"),
        ("circa 400", "400", "", "about", "about 400"),
        ("~400", "400", "", "about", "about 400"),
        ("approximately 400", "400", "", "about", "about 400"),
        ("around 400", "400", "", "about", "about 400"),
        ("approaching 10%", "10", "%", "approaching", "approaching 10%"),
        ("almost 10%", "10", "%", "nearly", "nearly 10%"),
        ("at least 5 years", "5", "years", "at least", "at least 5 years"),
        ("5+ years", "5", "years", "at least", "at least 5 years"),
        ("under 5", "5", "", "under", "under 5"),
        ("up to 12", "12", "", "up to", "up to 12"),
        ("Three GP practices", "3", "GP practices", "", "3 GP practices"),
        ("twelve", "12", "", "", "12"),
        ("thirteen practices", "13", "practices", "", "13 practices"),
        ("Forty-two care homes", "42", "care homes", "", "42 care homes"),
        ("-2.5%", "-2.5", "%", "", "-2.5%"),
        ("−2.5%", "-2.5", "%", "", "-2.5%"),
        ("1.50", "1.50", "", "", "1.50"),
        ("100hr", "100", "hr", "", "100 hr"),
        ("5km", "5", "km", "", "5 km"),
        ("£18.76", "18.76", "£", "", "£18.76"),
        ("£1.1m", "1100000", "£", "", "£1.1 million"),
        ("£18.5 per patient", "18.5", "£ per patient", "", "£18.50 per patient"),
        ("£0.125 per item", "0.125", "£ per item", "", "£0.125 per item"),
    ],
)
def test_a_number_with_its_unit(text: str, number: str, unit: str, qualifier: str, printed: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.published, quantity.number, quantity.unit) == (text, Decimal(number), unit)
    assert (quantity.upper, quantity.of) == (None, None)
    assert quantity.qualifier == qualifier
    assert quantity.approximate is (qualifier in ("about", "nearly", "approaching"))
    assert format_quantity(quantity) == printed
    assert again(quantity) == quantity


@pytest.mark.parametrize(
    ("text", "number", "of", "unit", "printed"),
    [
        ("122 of the 156", 122, 156, "", "122 of the 156"),
        ("33 out of 35", 33, 35, "", "33 out of 35"),
        ("16 out of 20 practices", 16, 20, "practices", "16 out of 20 practices"),
        ("3 in 5", 3, 5, "", "3 in 5"),
        ("one in four", 1, 4, "", "1 in 4"),
        ("more than one in four", 1, 4, "", "over 1 in 4"),
    ],
)
def test_a_part_of_a_whole(text: str, number: int, of: int, unit: str, printed: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.number, quantity.of, quantity.unit) == (number, of, unit)
    assert format_quantity(quantity) == printed
    assert again(quantity) == quantity


@pytest.mark.parametrize(
    ("text", "number", "upper", "unit", "printed"),
    [
        ("10-15 years", 10, 15, "years", "10 to 15 years"),
        ("10 – 15 years", 10, 15, "years", "10 to 15 years"),
        ("between two and three", 2, 3, "", "2 to 3"),
        ("10-15%", 10, 15, "%", "10% to 15%"),
        ("10% to 15% of adults", 10, 15, "% of adults", "10% to 15% of adults"),
        ("£1m to £2m", 1_000_000, 2_000_000, "£", "£1 million to £2 million"),
        ("1 million to 2 million", 1_000_000, 2_000_000, "", "1 million to 2 million"),
        ("3 to 1,000,000", 3, 1_000_000, "", "3 to 1,000,000"),
    ],
)
def test_a_range(text: str, number: int, upper: int, unit: str, printed: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.number, quantity.upper, quantity.unit) == (number, upper, unit)
    assert format_quantity(quantity) == printed
    assert again(quantity) == quantity


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("third highest", "has no number that counts something. If the source says it this way, use the long form"),
        ("1st", "has no number that counts something"),
        ("most", "{published: most}"),
        ("over the age of 55", "Write the number first, then its unit"),
        ("Core20PLUS5", "Write the number first, then its unit"),
        ("120/80", "Write the number first, then its unit"),
        ("2023/24", "Write the number first, then its unit"),
        ("1.2.3", "Write the number first, then its unit"),
        ("1,2", "Write the number first, then its unit"),
        ("5 million million", "Write the number first, then its unit"),
        ("5 hr to 7 hr", "Write the number first, then its unit"),
        ("at least 5+", "Write the number first, then its unit"),
        ("300 in 2024", "joins a number to a time"),
        ("3 in 5 years", "joins a number to a time"),
        ("24 m", "the m may be million or metres"),
        ("40 of 30", "a part that is not within the whole"),
        ("£1.1m - £370k", "a change as two values"),
        ("15 to 10", "does not rise"),
        ("1-2 million", "gives only one unit"),
        ("£1-2m", "Write the number first, then its unit"),
        ("999999999999999bn", "is larger than any number of a plan"),
        ("", "The number is empty"),
        ("9" * 201, "has at most 200 characters, and this text has 201"),
    ],
)
def test_refusals_say_what_is_wrong(text: str, part: str) -> None:
    assert part in refusal(text)


def test_the_long_form_keeps_the_wording_and_takes_the_reading() -> None:
    position = read_quantity({"published": "third highest"})
    assert (position.number, position.unit, format_quantity(position)) == (None, "", "third highest")
    part = read_quantity({"published": "more than a quarter", "read_as": "over 1 in 4"})
    assert (part.published, part.number, part.of, part.qualifier) == ("more than a quarter", 1, 4, "over")
    for value in (position, part):
        assert read_quantity(value.as_written) == value
    assert parse_quantity("c. 400").as_written == "c. 400"


@pytest.mark.parametrize(("value", "number"), [(12, 12), (Decimal("1.50"), Decimal("1.50")), ("1.50", Decimal("1.50"))])
def test_plain_numbers_are_read(value: object, number: Decimal) -> None:
    quantity = read_quantity(value)
    assert (quantity.number, quantity.published) == (number, str(value))
    assert read_quantity(quantity) is quantity


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"published": "X", "reads": "1"}, "has only published and read_as, not reads"),
        ({"read_as": "1"}, "needs the wording as published"),
        ({"published": 3}, "needs the wording as published"),
        ({"published": "X", "read_as": 1}, "read_as is text"),
        ({"published": "X", "read_as": "most"}, "has no number"),
        (1.5, "is written as text"),
        (True, "is written as text"),
        (None, "is written as text"),
        (Decimal("Infinity"), "has no number"),
    ],
)
def test_other_values_are_refused(value: object, part: str) -> None:
    assert re.search(re.escape(part), refusal(value))


NUMBERS = st.one_of(
    st.integers(0, 10**9).map("{:,}".format),
    st.decimals(0, 10**6, places=3).map(str),
    st.sampled_from(("one", "Twelve", "1.6 million", "115k", "3bn", "-4")),
)
UNITS = st.one_of(
    st.sampled_from(("", "%", " m²", " GP practices", " (two) sites", " per cent of adults", "hr", "-year", "+ years")),
    st.text(max_size=12).map(" {}".format),
)
WRITTEN = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("", "c. ", "over ", "fewer than ", "approaching ", "£")),
    NUMBERS,
    st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from((" of ", " in ", "-", " to ")), NUMBERS)),
    UNITS,
)


@given(WRITTEN | st.from_regex(r"\A[£0-9.,kmb%() oftin²a-]{0,25}\Z") | st.text(max_size=40))
def test_any_text_is_refused_or_prints_as_itself(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        reject()
    assert quantity.number is not None
    assert quantity.upper is None or quantity.number < quantity.upper
    assert quantity.of is None or quantity.number <= quantity.of
    assert again(quantity) == quantity


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except QuantityError as error:
        assert str(error)  # noqa: PT017 - the message is what is tested
    else:
        assert quantity.published == text
