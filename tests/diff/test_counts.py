"""How many of something a wording names: in figures or in words, and only where nothing else is another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diff._counts import compare_counts, numbers_in

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
]
NO_COUNT = [
    ("Recruit ten nurses.", "Recruit 10 nurses."),
    ("Recruit ten nurses.", "Recruit nine doctors."),
    ("Recruit ten nurses and two doctors.", "Recruit nine nurses and three doctors."),
    ("Recruit ten nurses.", "Recruit some nurses."),
    ("Help people with Type 2 diabetes.", "Help people with Type 3 diabetes."),
    ("This serves priority 3 best.", "This serves priority 4 best."),
    ("Train band 5 nurses.", "Train band 6 nurses."),
    ("Publish it on 5 May.", "Publish it on 6 May."),
    ("In 2026 hubs open.", "In 2027 hubs open."),
    ("Open from 8 am.", "Open from 9 am."),
    ("People call 111 first.", "People call 999 first."),
    ("Spend £5 million.", "Spend £4 million."),
    ("Ten", "Nine"),
    ("Cut it by 5%.", "Cut it by 5 more."),
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


def test_numbers_are_the_same_in_figures_and_in_words() -> None:
    assert numbers_in("Ten hubs, forty-two sites, one plan") == numbers_in("10 hubs, 42 sites, a plan")


@given(before=st.text("ten2 9%,.", max_size=9), after=st.text("ten2 9%,.", max_size=9))
def test_swapped_texts_say_the_opposite(before: str, after: str) -> None:
    forth, back = (
        compare_counts(f"See {one} people", f"See {other} people") for one, other in ((before, after), (after, before))
    )
    assert (forth and (forth.kind.opposite, forth.amount)) == (back and (back.kind, back.amount))
