"""Promises that turned into their opposite, name another place or day, or were narrowed; and plain rewordings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diff import Kind, Significance, diff_plans, load_significances
from pcstrat.diff._strength import Strengths
from pcstrat.model.plan import Plan

ACTION = "Open an urgent care hub in every place."

LOST = [
    ("Keep the walk-in centre in Widnes open.", "Close the walk-in centre in Widnes."),
    ("Support the 15 practices that need it most.", "Stop supporting the 15 practices that need it most."),
    ("We will support carers.", "We will stop supporting carers."),
    ("Start the service.", "Stop the service."),
    ("Open the hub.", "Close the hub."),
    ("Open the hub.", "Postpone the hub."),
    ("Protect funding for hubs.", "Cut funding for hubs."),
    ("Increase funding for hubs.", "Reduce funding for hubs."),
    ("Expand the hub.", "Downgrade the hub."),
    ("Guarantee an appointment.", "Offer an appointment."),
    ("Fund the hub permanently.", "Fund the hub for one year."),
]
TURNED = [
    ("Increase waits.", "Reduce waits."),
    ("Increase service delays.", "Reduce service delays."),
    ("Start charging.", "Stop charging."),
    ("Use paper.", "Stop using paper."),
    ("Increase the share of agency staff.", "Reduce the share of agency staff."),
]
OTHER_NAMES = [
    ("Open a hub in Liverpool.", "Open a hub in Wirral."),
    ("Open it Monday to Friday.", "Open it Monday to Thursday."),
    ("Open it at weekends.", "Open it on Saturdays."),
    ("Deal hub opens.", "Dover hub opens."),
    ("Open hubs in every town, all week.", "Open hubs in every town in Kent, all week."),
]
NARROWED = [
    ("Answer all appointments online on each day.", "Answer all booked appointments online on each day."),
    ("Open the hubs.", "Open the hubs at weekends."),
    ("Visit people.", "Visit people who live alone."),
    (
        "Offer a visit to people who live in our towns and who need care at home after a stay in a ward.",
        "Offer a short visit to people who live in our towns and who need care at home after a stay in a ward.",
    ),
]
SAME = [
    ("Work with primary care networks.", "Work with Primary Care Networks."),
    ("Work with primary care networks.", "Work with PCNs."),
    ("Work with the Integrated Care Board.", "Work with the ICB."),
    ("Cut waits.", "Reduce waits."),
    ("Renew Kent's hubs.", "Renew hubs of Kent."),
    ("Help people to stop smoking.", "Support people to stop smoking."),
    ("Get care today, near home.", "Get care today, close to home."),
    ("Open a hub.", "Open a new hub."),
    ("Open a hub.", "Open a hub to help people."),
    ("Open a hub.", "Open a hub, with help from partners."),
    ("Offer a visit.", "Offer a visit if needed."),
]


@pytest.mark.parametrize(("before", "after"), LOST)
def test_the_opposite_of_what_was_promised_is_a_loss(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(before, after) is Kind.WORDING_SOFTER
    assert strengths.kind_of(after, before) is Kind.WORDING_FIRMER


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        *((*pair, "reversed") for pair in TURNED),
        *((*pair, "names") for pair in OTHER_NAMES),
        *((*pair, "narrowed") for pair in NARROWED),
        *((*pair, "") for pair in SAME),
    ],
)
def test_a_reader_must_judge_opposites_names_and_added_words(
    before: str, after: str, why: str, strengths: Strengths
) -> None:
    assert strengths.kind_of(before, after) is strengths.kind_of(after, before) is Kind.REWORDED
    assert strengths.doubt(before, after) == strengths.doubt(after, before) == why


WORDS = st.lists(
    st.sampled_from(
        [
            *[
                "stop",
                "Stop",
                "start",
                "opening",
                "supporting",
                "support",
                "keep",
                "open",
                "close",
                "reduce",
                "increase",
            ],
            *[
                "the",
                "service",
                "waits",
                "hub",
                "in",
                "Kent",
                "PCN",
                "primary",
                "care",
                "network",
                "Deal",
                "to",
                "we will",
            ],
            *["12", "8", "at least", "and", ",", ".", "-", "new"],
        ]
    ),
    max_size=9,
).map(" ".join)


@given(before=WORDS, after=WORDS)
def test_swapped_wordings_are_doubted_alike(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(after, before) is strengths.kind_of(before, after).opposite
    assert strengths.doubt(before, after) == strengths.doubt(after, before)
    assert strengths.gives_numbers(before, after) is strengths.gives_numbers(after, before)
    assert not strengths.doubt(before, before)


OWN = """\
[words]
goods = ["sites"]
problems = ["hub"]
[reworded]
"context:names" = "weakened"
"""


@pytest.mark.parametrize(
    ("before", "after", "shipped", "own"),
    [
        ("Increase sites.", "Reduce sites.", Significance.CHANGED, Significance.WEAKENED),
        ("Open 12 hubs.", "Open 8 hubs.", Significance.WEAKENED, Significance.CHANGED),
        ("Open it in Deal.", "Open it in Dover.", Significance.CHANGED, Significance.WEAKENED),
    ],
)
def test_a_user_may_say_what_is_good_bad_and_weighty(  # noqa: PLR0913, PLR0917 - a table and three fixtures
    before: str,
    after: str,
    shipped: Significance,
    own: Significance,
    tmp_path: Path,
    text: str,
    plan_of: Callable[[str], Plan],
) -> None:
    (tmp_path / "significance.toml").write_text(OWN, encoding="utf-8")
    old, new = (plan_of(text.replace(ACTION, words)) for words in (before, after))
    found = [diff_plans([old], new, significances=load_significances(folder)) for folder in (None, tmp_path)]
    assert [change.significance for each in found for change in each.changes] == [shipped, own]
