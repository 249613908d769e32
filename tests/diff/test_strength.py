"""Words that surely make a promise softer or firmer, and wordings that only a reader can judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diff import Kind, load_significances
from pcstrat.diff.significance import shipped_significances
from pcstrat.errors import NotDoneError

SOFTER = [
    ("All practices use total triage.", "Not all practices need to use total triage."),
    ("Open a hub in every place.", "Consider whether to open a hub in any place."),
    ("All practices use total triage.", "Few practices may use total triage."),
    ("Train every nurse.", "Train some nurses."),
    ("All hubs are open.", "Most hubs are open."),
    ("We will open the hub by May 2027.", "We may open the hub by May 2027."),
    ("Open the hub.", "Consider opening the hub."),
    ("Open the hub.", "Do not open the hub."),
    ("Practices need to reply.", "Practices need not reply."),
    ("Open hubs.", "Open hubs where possible."),
    ("Open hubs.", "Open hubs, subject to funding."),
    ("Hubs will open.", "Hubs should open."),
]
NOT_SURE = [
    ("Open it in June.", "Open it in May."),
    ("Train each nurse.", "Train every nurse."),
    ("Do not close the hub.", "Close the hub."),
    ("Improve access.", "Improve access so that people do not wait."),
    ("Not all hubs may open.", "All hubs may not open."),
    ("People get care today.", "People get care on the same day."),
    ("Same-day care", "Next-day care"),
]


def kind_of(before: str, after: str) -> Kind:
    return shipped_significances().strengths.kind_of(before, after)


@pytest.mark.parametrize(("before", "after"), SOFTER)
def test_softer_words_are_seen_either_way(before: str, after: str) -> None:
    assert (kind_of(before, after), kind_of(after, before)) == (Kind.WORDING_SOFTER, Kind.WORDING_FIRMER)


@pytest.mark.parametrize(("before", "after"), NOT_SURE)
def test_what_nobody_can_be_sure_of_is_only_reworded(before: str, after: str) -> None:
    assert kind_of(before, after) is kind_of(after, before) is Kind.REWORDED


WORDS = st.lists(
    st.sampled_from(["all", "few", "every", "not", "may", "will", "open", "close", "the", "hubs", "subject", "to"]),
    max_size=8,
).map(" ".join)


@given(before=WORDS, after=WORDS)
def test_swapped_wordings_mean_the_opposite(before: str, after: str) -> None:
    assert kind_of(after, before) is kind_of(before, after).opposite


def test_a_user_may_have_words_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "significance.toml").write_text('[words]\nhedges = ["all being well"]\n', encoding="utf-8")
    own = load_significances(tmp_path).strengths
    assert own.kind_of("Open hubs.", "All being well, open hubs.") is Kind.WORDING_SOFTER
    assert own.kind_of("Open hubs.", "Open hubs where possible.") is Kind.REWORDED
    assert own.kind_of("Train every nurse.", "Train some nurses.") is Kind.WORDING_SOFTER


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[words]\nhedgs = ["may"]', "Line 2, column 1: [words] names 'hedgs'"),
        ('[words]\nhedges = "may"', "Line 2, column 10: [words] gives 'hedges' no list of words"),
        ('words = "may"', "Line 1, column 1: 'words' must be a table"),
    ],
)
def test_a_list_of_words_that_is_none_is_an_error(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "significance.toml").write_text(content, encoding="utf-8")
    with pytest.raises(NotDoneError) as caught:
        load_significances(tmp_path)
    assert caught.value.message.startswith(f"{tmp_path / 'significance.toml'}: {said}")
