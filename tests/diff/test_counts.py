"""The numbers and dates that wordings name, in figures or in words, and what became of those that alone differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diff import Kind
from pcstrat.diff._amounts import TARGETS, compare_numbers
from pcstrat.diff._counts import compare_counts, numbers_in, same_numbers
from pcstrat.model.quantities import parse_quantity

FELL = [
    ("Recruit ten nurses.", "Recruit nine nurses.", "1"),
    ("Recruit twelve nurses.", "Recruit 9 nurses.", "3"),
    ("Twenty-five practices join.", "Twenty practices join.", "5"),
    ("See 1,500 people a week.", "See 900 people a week.", "600"),
    ("Fund 2.5 posts in Swale.", "Fund 2 posts in Swale.", "0.5"),
    ("Offer half of it, at least 40 visits.", "Offer half of it, at least 20 visits.", "20"),
    ("Missed visits fall by 10%.", "Missed visits fall by 9%.", "1 percentage point"),
    ("Answer calls within 10 minutes.", "Answer calls within 5 minutes.", "5"),
    ("Open it. Ten GPs join.", "Open it. Four GPs join.", "6"),
    ("Run two mobile vans.", "Run one mobile van.", "1"),
    ("Two of our nurses visit.", "One of our nurses visits.", "1"),
    ("Open two hubs.", "Open a hub.", "1"),
    ("Hire 2 GPs in Kent.", "Hire 1 GP in Kent.", "1"),
    ("Help two people to walk.", "Help one person to walk.", "1"),
    ("Write to two bodies.", "Write to one body.", "1"),
    ("Start two processes.", "Start one process.", "1"),
    ("797 fewer heart attacks and 290 fewer strokes.", "640 fewer heart attacks and 230 fewer strokes.", "157 and 60"),
    ("Spend £2m on hubs.", "Spend £900k on hubs.", "£1.1 million"),
    ("Spend £5 million.", "Spend £4 million.", "£1 million"),
    ("Fund 5 to 10 hubs.", "Fund 5 to 8 hubs.", "2"),
    ("Run a dozen clinics.", "Run half a dozen clinics.", "6"),
    ("Run clinics twice a week.", "Run clinics once a week.", "1"),
    ("Run clinics three times a week.", "Run clinics twice a week.", "1"),
    ("Treat half of all children.", "Treat a third of all children.", ""),
    ("Cut waits by a third.", "Cut waits by a quarter.", ""),
    ("Visit one in three homes.", "Visit one in five homes.", ""),
    ("See two million people.", "See 1,500,000 people.", "500,000"),
    ("Spend £3 to £4 million on hubs.", "Spend £2 to £4 million on hubs.", "£1 million"),
    ("Save £3-4m.", "Save £2-4m.", "£1 million"),
    ("Invest £10–12 million.", "Invest £8–12 million.", "£2 million"),
    ("Invest between £3 and £4bn.", "Invest between £2 and £4bn.", "£1 billion"),
    ("See 3 to 4 million people.", "See 2 to 4 million people.", "1,000,000"),
    ("Spend £900k to £1 million.", "Spend £800k to £1 million.", "£100,000"),
    ("Spend £500 to £1 million.", "Spend £400 to £1 million.", "£100"),
    ("Hire 3 and 4 thousand nurses.", "Hire 2 and 4 thousand nurses.", "1"),
    ("Hire 5-10 GPs.", "Hire 5-8 GPs.", "2"),
    ("Hire 5–10 GPs.", "Hire 3–10 GPs.", "2"),
    ("Hire 5 – 10 GPs.", "Hire 4 – 8 GPs.", "1 and 2"),
    ("See 3-4 million people.", "See 2-4 million people.", "1,000,000"),
    ("Missed visits change by -4%.", "Missed visits change by -5%.", "1 percentage point"),
    ("Missed visits change by –4%.", "Missed visits change by –5%.", "1 percentage point"),
    ("Missed visits change by −4 per cent.", "Missed visits change by −5 per cent.", "1 percentage point"),
    ("Keep it at -18 degrees.", "Keep it at -20 degrees.", "2"),
    ("Budgets change (5%).", "Budgets change (-5%).", "10 percentage points"),
    ("The year ends at -£2m.", "The year ends at -£3m.", "£1 million"),
    ("Reduce visits by 5%.", "Reduce visits by 4%.", "1 percentage point"),
]
BOTH_WAYS = [
    ("Hire 3 GPs and 4 nurses.", "Hire 4 GPs and 3 nurses."),
    ("Recruit ten nurses and two doctors.", "Recruit nine nurses and three doctors."),
]
OTHER_DATES = [
    ("Publish it on 5 May.", "Publish it on 6 May."),
    ("Report on 1 April.", "Report on 1st of May."),
    ("In 2026 hubs open.", "In 2027 hubs open."),
    ("Open hubs in 2026/27.", "Open hubs in 2027/28."),
    ("Open hubs by May 2026.", "Open hubs by March 2027."),
    ("Open it in June.", "Open it in May."),
    ("Report in Q1.", "Report in Q3."),
    ("Open it in the first quarter.", "Open it in the third quarter."),
    ("Open it by summer 2026.", "Open it by autumn 2026."),
]
THE_SAME = [
    ("Hire 1,200 nurses.", "Hire 1200 nurses."),
    ("Give £4.2m to hubs.", "Give £4,200,000 to hubs."),
    ("Give £900k to hubs.", "Give £0.9 million to hubs."),
    ("Recruit ten nurses.", "Recruit 10 nurses."),
    ("Hire one nurse.", "Hire a nurse."),
    ("See 90% of people.", "See 90 per cent of people."),
    ("Report on 1 April 2026.", "Report on 1st of April 2026."),
    ("Treat one in five people.", "Treat 1 in 5 people."),
    ("Hire 3 GPs and train 4 nurses.", "Train 4 nurses and hire 3 GPs."),
    ("Hire 3 GPs and 4 nurses.", "Hire 3 good GPs and 4 new nurses."),
    ("It changes by -5%.", "It changes by −5%."),
]
OTHERS = [
    ("Hire 3 GPs and 4 nurses.", "Hire 4 GPs and 3 nurses."),
    ("Spend £2m.", "Spend 2m."),
    ("Open half of the hubs.", "Open the hubs."),
    ("Report on 1 April.", "Report on 1 May."),
    ("Hire ten nurses.", "Hire nurses."),
]
NO_COUNT = [
    ("Recruit ten nurses.", "Recruit 10 nurses."),
    ("Recruit ten nurses.", "Recruit nine doctors."),
    ("Recruit ten nurses and two doctors.", "Recruit nine nurses and two dentists."),
    ("Recruit ten nurses.", "Recruit some nurses."),
    ("Help people with Type 2 diabetes.", "Help people with Type 3 diabetes."),
    ("This serves priority 3 best.", "This serves priority 4 best."),
    ("Train band 5 nurses.", "Train band 6 nurses."),
    ("Follow the 2019 strategy.", "Follow the 2024 strategy."),
    ("Open from 8 am.", "Open from 9 am."),
    ("Open 24/7.", "Open 24/5."),
    ("Give a COVID-19 vaccine.", "Give a COVID-20 vaccine."),
    ("Two-week waits end.", "Six-week waits end."),
    ("Open a third clinic.", "Open a fifth clinic."),
    ("Once open, hubs help.", "Twice open, hubs help."),
    ("No one waits.", "Everyone waits."),
    ("Open 2 hubs by May 2026.", "Open 3 hubs by June 2026."),
    ("People call 111 first.", "People call 999 first."),
    ("Ten", "Nine"),
    ("Spend £5 on it.", "Spend 4 on it."),
    ("Cut it by 5%.", "Cut it by 5 more."),
    ("Give 1-1 support.", "Give 2-1 support."),
    ("Give 24-7 care.", "Give 24-6 care."),
    ("Read section 3-4 first.", "Read section 3-5 first."),
    ("Follow the 5-10-15 plan.", "Follow the 5-10-20 plan."),
    ("Open the COVID-19 hub.", "Open the COVID-20 hub."),
]


@pytest.mark.parametrize(("before", "after", "by"), FELL)
def test_a_number_of_the_same_things_fell_or_rose(before: str, after: str, by: str) -> None:
    fell, rose = compare_counts(before, after), compare_counts(after, before)
    assert fell is not None
    assert rose is not None
    assert (fell.kind.value, fell.amount) == ("number-down", by)
    assert (rose.kind, rose.amount) == (fell.kind.opposite, by)


@pytest.mark.parametrize(("before", "after"), NO_COUNT)
def test_a_name_a_date_and_other_things_are_no_such_number(before: str, after: str) -> None:
    assert compare_counts(before, after) is compare_counts(after, before) is None


@pytest.mark.parametrize(("before", "after"), BOTH_WAYS)
def test_numbers_that_went_both_ways_only_changed(before: str, after: str) -> None:
    assert compare_counts(before, after) == compare_counts(after, before) == (Kind.NUMBER_CHANGED, "")


@pytest.mark.parametrize(("before", "after"), OTHER_DATES)
def test_another_date_in_words_is_a_changed_date(before: str, after: str) -> None:
    assert compare_counts(before, after) == compare_counts(after, before) == (Kind.DATE_CHANGED, "")


@pytest.mark.parametrize(("before", "after"), THE_SAME)
def test_a_number_in_another_spelling_is_the_same(before: str, after: str) -> None:
    assert same_numbers(before, after)
    assert same_numbers(after, before)
    assert compare_counts(before, after) is compare_counts(after, before) is None


@pytest.mark.parametrize(("before", "after"), OTHERS)
def test_numbers_of_other_things_are_others(before: str, after: str) -> None:
    assert not same_numbers(before, after)
    assert not same_numbers(after, before)


def test_numbers_are_the_same_in_figures_and_in_words() -> None:
    assert numbers_in("Ten hubs, forty-two sites, one plan") == numbers_in("10 hubs, 42 sites, a plan")


NUMBERS = st.one_of(
    st.text("ten2 9%,.", max_size=9),
    st.sampled_from(
        [
            *(
                "one",
                "a",
                "1",
                "half of the",
                "a third of",
                "twice a week",
                "£2m",
                "£900k",
                "1 May",
                "2026/27",
                "in May",
            ),
            *("a dozen", "2 in 5", "1 in 0", "8am", "priority 3", "two hundred", "1.2.3", "by 2027", "COVID-19", "²"),
        ]
    ),
)


@given(before=NUMBERS, after=NUMBERS)
def test_swapped_texts_say_the_opposite(before: str, after: str) -> None:
    forth, back = (
        compare_counts(f"See {one} people", f"See {other} people") for one, other in ((before, after), (after, before))
    )
    assert same_numbers(before, after) is same_numbers(after, before)
    assert (forth and (forth.kind.opposite, forth.amount)) == (back and (back.kind, back.amount))


@pytest.mark.parametrize(
    ("before", "after", "by"),
    [
        ("40 people", "41 people", "1 person"),
        ("40 people", "42 people", "2 people"),
        ("4 GPs", "5 GPs", "1 GP"),
        ("3 practices a month", "4 practices a month", "1 practice a month"),
        ("3 bodies", "4 bodies", "1 body"),
        ("12 ms", "13 ms", "1 ms"),
    ],
)
def test_a_target_rises_by_one_of_its_unit(before: str, after: str, by: str) -> None:
    fact = compare_numbers(parse_quantity(before), parse_quantity(after), TARGETS)
    assert fact == (Kind.TARGET_RAISED, by)
