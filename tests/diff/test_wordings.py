"""What other words, spans of time and recurrences of a plan come to: the kind, the meaning and by how much."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diff import Change, Kind, Significance, diff_plans
from pcstrat.diff.sentences import fact_sentence
from pcstrat.model.plan import Plan

Read = Callable[[str], Plan]

ACTION = "Open an urgent care hub in every place."
WORDINGS = [
    # two wordings of an action, and "kind, significance, amount" of the change from the first to the second
    ("Offer an interpreter.", "Offer an interpreter if needed.", "reworded reworded"),
    ("Open 5 hubs.", "Open 3 hubs where possible.", "wording-softer weakened"),
    ("Open 5 hubs.", "Open up to 5 hubs.", "wording-softer weakened"),
    ("Open a hub.", "Consider opening a hub.", "wording-softer weakened"),
    ("Open a hub.", "Open a hub if NHS England agrees.", "wording-softer weakened"),
    ("Open 5 hubs.", "Open up to 8 hubs.", "reworded changed"),
    ("Open hubs soon.", "We may open hubs next year.", "reworded changed"),
    ("Open at least 5 hubs.", "Open 5 hubs.", "reworded changed"),
    ("Open 5 hubs.", "Open 3 hubs.", "number-down weakened 2"),
    ("Open at least 12 hubs.", "Open at least 8 hubs.", "number-down weakened 4"),
    ("Set up 48 teams.", "Set up 40 teams.", "number-down weakened 8"),
    ("Invest £5m in hubs.", "Invest £4m in hubs.", "number-down weakened £1 million"),
    ("Open two hubs.", "Open a hub.", "number-down weakened 1"),
    ("Close 12 wards.", "Close 8 wards.", "number-down changed 4"),
    ("Employ 40 locums.", "Employ 30 locums.", "number-down changed 10"),
    ("Deliver £5m of savings.", "Deliver £4m of savings.", "number-down changed £1 million"),
    ("Patients run 5 miles.", "Patients run 4 miles.", "number-down changed 1"),
    ("Answer within 24 hours.", "Answer within 12 hours.", "number-down changed 12"),
    ("Keep the centre in Deal open.", "Close the centre in Deal.", "wording-softer weakened"),
    ("Increase waits.", "Reduce waits.", "reworded changed"),
    ("Open a hub in Deal.", "Open a hub in Dover.", "reworded changed"),
    ("Offer visits in every town.", "Offer visits in every town in Kent.", "reworded changed"),
    ("Hire 3 GPs and 4 nurses.", "Hire 2 GPs and 2 nurses.", "number-down changed 1 and 2"),
    ("Hire 3 GPs and 4 nurses.", "Hire 4 GPs and 3 nurses.", "number-changed changed"),
    ("Spend £2m on hubs.", "Spend £900k on hubs.", "number-down changed £1.1 million"),
    ("Report on 1 April.", "Report on 1 May.", "date-changed changed"),
    ("Open a hub by April 2028.", "Open a hub by April 2029.", "date-later weakened 1 year"),
    ("We will do it by the end of 2027.", "We will do it by the end of 2028.", "date-later weakened 1 year"),
    ("Review it by 2027/28.", "Review it by 2028/29.", "date-changed changed 1 year later"),
    ("Demand will double by 2030.", "Demand will double by 2035.", "date-changed changed 5 years later"),
    ("Close wards by May 2028.", "Close wards by June 2028.", "date-changed changed 1 month later"),
    ("Open a hub in May 2028.", "Open a hub in May 2029.", "date-changed changed"),
    ("We will open a hub.", "We will not open a hub.", "wording-softer weakened"),
    ("We will review it.", "We will not review it.", "reworded changed"),
    ("Use locums in every practice.", "Use locums in some practices.", "reworded changed"),
    ("Hire 1,200 nurses.", "Hire 1200 nurses.", "reworded reworded"),
    ("Give £4.2m to hubs.", "Give £4,200,000 to hubs.", "reworded reworded"),
    ("Hire 3 GPs and 4 nurses.", "Hire 4 GPs and 3 good nurses.", "reworded changed"),
]
OPPOSITES = {
    "no-longer-stated": "stated",
    "wording-softer weakened": "wording-firmer strengthened",
    "number-down weakened": "number-up strengthened",
    "number-down": "number-up",
    "date-later weakened": "date-earlier strengthened",
    "longer": "shorter",
    " later": " earlier",
    "money-ends weakened": "money-recurs strengthened",
}


def opposite(said: str) -> str:
    for one, other in OPPOSITES.items():
        said = said.replace(one, other)
    return said


def changes(old: Plan, new: Plan) -> list[str]:
    return [in_short(change) for change in diff_plans([old], new).changes]


def in_short(change: Change) -> str:
    return " ".join(filter(None, (change.kind.value, change.significance.value, change.amount)))


@pytest.mark.parametrize(("before", "after", "expected"), WORDINGS)
def test_other_words_of_a_promise(before: str, after: str, expected: str, text: str, plan_of: Read) -> None:
    old, new = (plan_of(text.replace(ACTION, words)) for words in (before, after))
    assert changes(old, new) == [expected]
    assert changes(new, old) == [opposite(expected)]


def test_numbers_and_dates_in_words_are_read_word_by_word(text: str, plan_of: Read) -> None:
    pairs = [("1 April", "1 May", "Date changed"), ("3 GPs and 4 nurses", "4 GPs and 3 nurses", "Number changed")]
    for before, after, lead in pairs:
        old, new = (plan_of(text.replace(ACTION, f"Report on {words} there.")) for words in (before, after))
        (change,) = diff_plans([old], new).changes
        assert change.is_worded
        assert fact_sentence(change) == f"{lead}: was “Report on {before} there”, now “Report on {after} there”."


SPANS = [
    ("in 5 years time", "in 7 years time", "date-later weakened 2 years"),
    ("in two years' time", "in 3 years’ time", "date-later weakened 1 year"),
    ("in the next 2 years", "in the next 3 years", "date-later weakened 1 year"),
    ("within 12 months", "within 2 years", "date-later weakened 12 months"),
    ("within 2 hours", "within 1 day", "date-later weakened 22 hours"),
    ("12 months", "24 months", "date-changed changed 12 months longer"),
    ("fixed term 12 months", "fixed term 24 months", "date-changed changed 12 months longer"),
    ("over 3 years", "over 5 years", "date-changed changed 2 years longer"),
    ("within 12 months", "within 1 year", "reworded reworded"),
    ("within 5 days", "within 2 months", "date-changed changed"),
    ("within 5 working days", "within 5 days", "date-changed changed"),
    ("up to 5 years", "up to 7 years", "date-changed changed"),
    ("in 5 years time", "over 7 years", "date-changed changed"),
    ("3 to 5 years", "5 to 7 years", "date-changed changed"),
]


@pytest.mark.parametrize(("before", "after", "expected"), SPANS)
def test_spans_have_a_direction_where_something_is_to_be_done_by_their_end(
    before: str, after: str, expected: str, text: str, plan_of: Read
) -> None:
    old, new = (plan_of(text.replace("by September 2026", f'"{words}"')) for words in (before, after))
    assert changes(old, new) == [expected]
    assert changes(new, old) == [opposite(expected)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("in 5 years time", "in 7 years time", "date-later weakened"),
        ("in 5 years time", "in 4 years time", "date-changed changed"),
        ("within 2 hours", "within 1 hour", "date-earlier strengthened 1 hour"),
    ],
)
def test_spans_of_years_are_counted_from_the_day_of_their_plan(
    before: str, after: str, expected: str, text: str, plan_of: Read
) -> None:
    """A shorter span of a later plan may end on the same day."""
    old = plan_of(text.replace("by September 2026", before))
    later = text.replace("published: April 2025", "published: April 2026")
    found = diff_plans([old], plan_of(later.replace("by September 2026", after))).changes
    assert [in_short(change) for change in found if change.field == "when"] == [expected]
    undated = text.replace("  published: April 2025\n", "")
    found = diff_plans([old], plan_of(undated.replace("by September 2026", "in 7 years time"))).changes
    assert [change.kind for change in found if change.field == "when"] == [Kind.DATE_CHANGED]


RECURRENCES = [
    ("recurrent", "non-recurrent", ["money-ends weakened"]),
    ("recurrent", None, ["no-longer-stated changed"]),
]
LINE, TABLE = "        amounts: [£9.6m]\n", "    commitment: committed\n"


def recurring(text: str, recurrence: str | None, place: str) -> str:
    indent = place[: len(place) - len(place.lstrip())]
    return text.replace(place, f"{place}{indent}recurrence: {recurrence}\n", 1) if recurrence else text


@pytest.mark.parametrize("place", [LINE, TABLE], ids=["line", "table"])
@pytest.mark.parametrize(("before", "after", "expected"), RECURRENCES)
def test_money_that_ends_is_weakened_on_a_line_or_a_table(  # noqa: PLR0913, PLR0917 - a table and two fixtures
    place: str, before: str, after: str | None, expected: list[str], text: str, plan_of: Read
) -> None:
    old, new = (plan_of(recurring(text, recurrence, place)) for recurrence in (before, after))
    assert changes(old, new) == expected
    assert changes(new, old) == list(map(opposite, expected))


def test_what_a_line_says_of_recurrence_counts_over_its_table(text: str, plan_of: Read) -> None:
    of_table = recurring(text, "recurrent", TABLE)
    own = plan_of(recurring(of_table, "non-recurrent", LINE))
    assert changes(plan_of(of_table), own) == ["money-ends weakened"]
    assert changes(own, plan_of(of_table)) == ["money-recurs strengthened"]
    assert changes(plan_of(of_table), plan_of(recurring(of_table, "recurrent", LINE))) == ["stated changed"]


def test_a_table_all_of_whose_lines_say_it_themselves_changes_no_money(text: str, plan_of: Read) -> None:
    said = text.replace(LINE, f"{LINE}        recurrence: recurrent\n").replace(
        "        amounts: [£2m (TBC)]\n", "        amounts: [£2m (TBC)]\n        recurrence: recurrent\n"
    )
    old, new = (plan_of(recurring(said, recurrence, TABLE)) for recurrence in ("recurrent", "non-recurrent"))
    assert changes(old, new) == changes(new, old) == ["changed changed"]


def test_money_that_ends_is_told_in_a_sentence(text: str, plan_of: Read) -> None:
    old, new = (plan_of(recurring(text, recurrence, LINE)) for recurrence in ("recurrent", "non-recurrent"))
    assert [fact_sentence(change) for change in diff_plans([old], new).changes] == [
        "Money no longer comes every year (recurrence): from recurrent to non-recurrent."
    ]


def test_softer_words_of_an_action_that_also_moved_in_its_list_are_one_change(
    text: str, plan_of: Callable[[str], Plan]
) -> None:
    """Without an id; its place in the list says nothing."""
    nurse, phones = (
        "      - Give every care home a named nurse{}.\n",
        "      - Fit new phones in the last 12 practices.\n",
    )
    first = "    actions:\n      - id: hubs"
    old, new = (
        plan_of(text.replace(first, f"    actions:\n{actions}      - id: hubs"))
        for actions in (phones + nurse.format(""), nurse.format(" where possible") + phones)
    )
    (softer,) = diff_plans([old], new).changes
    assert (softer.kind, softer.significance) == (Kind.WORDING_SOFTER, Significance.WEAKENED)
    assert softer.suggestion is not None
    (firmer,) = diff_plans([new], old).changes
    assert (firmer.kind, firmer.significance) == (Kind.WORDING_FIRMER, Significance.STRENGTHENED)
