"""Words that keep a place state nothing; names and sentences that only look like them do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.placeholders import filled, is_placeholder, is_to_come


@pytest.mark.parametrize(
    "text",
    [
        *("TBC", "tbc.", "(TBC)", "**TBC**", "TBA", "TBD", "TBC/TBD", "To be confirmed", "to be confirmed by May 2027"),
        *("To be appointed", "Lead to be confirmed", "Owner: TBC", "Not yet known", "not yet appointed", "Name TBC"),
        *("Yet to be agreed", "still to be recruited", "Pending"),
    ],
)
def test_what_is_still_to_come_is_a_placeholder_and_says_so(text: str) -> None:
    assert is_placeholder(text)
    assert is_to_come(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Vacant", "currently vacant", "Vacant post", "Vacancy", "n/a", "N/A.", "NA", "none", "None identified"),
        *("nobody", "No one", "unknown", "not known", "not stated", "Not applicable", "?", "??", "-", "–", "…", "..."),
        *("XX", "xxx", "[name]", "[insert owner]", "<owner>", "{{ owner }}", " ", ""),
    ],
)
def test_what_says_that_there_is_none_is_a_placeholder_but_nothing_to_come(text: str) -> None:
    assert is_placeholder(text)
    assert not is_to_come(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Director of Nursing", "Director of Nursing (TBC)", "TBC Bank", "Ann Known", "Na Li", "Max Pending-Hill"),
        *(
            "To be confirmed at the meeting is the name of our choir, and it sings",
            "Vacancy Manager",
            "No One Left Out",
        ),
        *("Head of Estates [interim]", "None of it will be stored", "Xx Ltd", "5", "Nona", "Lead Nurse", "Owner"),
        *("The board, to be confirmed in post by May", "[North](https://example.org)", "<b>Board</b>"),
    ],
)
def test_what_names_somebody_or_says_something_is_none(text: str) -> None:
    assert not is_placeholder(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2100), max_size=200))
def test_whatever_is_to_come_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text) or not is_to_come(text)
    assert filled(text, None) == (() if is_placeholder(text) or not text else (text,))
