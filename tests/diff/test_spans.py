"""The end of a span of work may be a deadline or the end of a service: a plan does not say, so no report may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diff import diff_plans
from pcstrat.diff.sentences import fact_sentence
from pcstrat.model.plan import Plan

Read = Callable[[str], Plan]

EYES = """\
pcstrat: 1
id: eyes
icb: QRL
document: {title: Eye care plan, kind: delivery plan}
ambitions:
  - id: sight
    title: Good sight
    LIST:
      - text: Send an optician to the day centre in Yeovil.
"""


def plan_with(when: str, plan_of: Read, *, listed: str = "actions") -> Plan:
    """The plan with one action, or one milestone, and when it is."""
    return plan_of(EYES.replace("LIST", listed) + (f"        when: {when}\n" if when else ""))


def told(before: str, after: str, plan_of: Read, *, listed: str = "actions") -> str:
    """The one change as "kind significance amount"; swapped sides must say the opposite."""
    old, new = (plan_with(when, plan_of, listed=listed) for when in (before, after))
    (forth,), (back,) = diff_plans([old], new).changes, diff_plans([new], old).changes
    assert (forth.kind, forth.significance) == (back.kind.opposite, back.significance.opposite)
    return " ".join(filter(None, (forth.kind, forth.significance, forth.amount)))


@pytest.mark.parametrize("listed", ["actions", "milestones"])
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("from May 2027 to March 2030", "from May 2027 to March 2029", "end-earlier changed 1 year"),
        ("until June 2029", "until June 2027", "end-earlier changed 2 years"),
        ("until June 2029", "until August 2029", "end-later changed 2 months"),
        ("until June 2029", "from April 2027 to June 2030", "end-later changed 1 year"),
        ("from May 2027 to March 2030", "from August 2027 to March 2029", "end-earlier changed 1 year"),
        ("2026-2029", "2026-2028", "end-earlier changed 1 year"),
        ("Years 1 to 4", "Years 1 to 3", "end-earlier changed 1 year"),
        ("from May 2027", "from May 2027 to March 2028", "end-set changed"),
        ("from May 2027", "until March 2028", "end-set changed"),
        ("from May 2027", "from April 2027 to March 2028", "end-set changed"),
        ("every month until June 2029", "every month until June 2028", "end-earlier changed 1 year"),
        ("every month from May 2027", "every month from May 2027 to June 2028", "end-set changed"),
        (
            "{published: May 2027/ 28, read_as: May 2027 to May 2028}",
            "{published: May 2027/ 29, read_as: May 2027 to May 2029}",
            "end-later changed 1 year",
        ),
        ("until June 2029", "", "end-dropped changed"),
        ("until June 2029", "ongoing", "end-dropped changed"),
    ],
)
def test_an_end_that_moves_comes_or_goes_is_neither_a_slip_nor_a_gain(
    before: str, after: str, expected: str, listed: str, plan_of: Read
) -> None:
    assert told(before, after, plan_of, listed=listed) == expected


@pytest.mark.parametrize("listed", ["actions", "milestones"])
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("by June 2027", "by August 2027", "date-later weakened 2 months"),
        ("by June 2027", "until August 2027", "date-later weakened 2 months"),
        ("by June 2027", "from June 2027", "deadline-dropped weakened"),
        ("by June 2027", "ongoing", "date-undated weakened"),
        ("from May 2027 to March 2030", "ongoing", "date-undated weakened"),
        ("from May 2027 to March 2030", "", "date-removed weakened"),
        ("from May 2027", "from June 2027", "date-later weakened 1 month"),
        ("from May 2027", "from June 2027 to March 2030", "date-later weakened starts 1 month later"),
        ("April 2027 to March 2028", "from May 2029", "date-later weakened starts 25 months later"),
        ("May 2027 to July 2027", "June 2027 to August 2027", "date-later weakened starts and ends 1 month later"),
        (
            "from May 2027 to March 2030",
            "from May 2028 to March 2031",
            "date-later weakened starts and ends 1 year later",
        ),
        ("2026-2029", "2025-2027", "date-earlier strengthened starts 1 year and ends 2 years earlier"),
        (
            "from April 2026 to March 2028",
            "from January 2027 to March 2028",
            "date-later weakened starts 9 months later",
        ),
        ("2026-2029", "2025-2029", "date-earlier strengthened starts 1 year earlier"),
        ("Years 1 to 3", "Years 2 to 3", "date-later weakened starts 1 year later"),
        ("Years 1 to 2", "Years 2 to 3", "date-later weakened starts and ends 1 year later"),
        ("Years 1 to 2", "Years 2 to 4", "date-later weakened starts 1 year and ends 2 years later"),
        ("May 2027", "May 2027 to July 2027", "date-later weakened up to 2 months"),
        ("May 2027", "2027/28", "date-later weakened up to 10 months"),
        ("winter 2027/28", "2027/28", "date-later weakened up to 1 month"),
    ],
)
def test_what_begins_later_or_has_lost_its_deadline_is_weaker(
    before: str, after: str, expected: str, listed: str, plan_of: Read
) -> None:
    assert told(before, after, plan_of, listed=listed) == expected


def test_a_year_is_a_span_of_an_action_and_the_time_of_a_milestone(plan_of: Read) -> None:
    years = "2027/28", "2027/28 to 2028/29"
    assert told(*years, plan_of) == "end-later changed 1 year"
    assert told(*years, plan_of, listed="milestones") == "date-later weakened up to 1 year"
    assert told("Year 1", "Years 1 to 2", plan_of) == "end-later changed 1 year"
    assert told("Year 1", "Years 1 to 2", plan_of, listed="milestones") == "date-later weakened 1 year"
    assert told("from November 2027 to March 2028", "winter 2027/28", plan_of) == "end-earlier changed 1 month"
    assert told("2027/28", "from April 2027", plan_of) == "end-dropped changed"
    assert told("2027/28", "from April 2027", plan_of, listed="milestones") == "deadline-dropped weakened"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("until June 2029", "until June 2027", "Ends earlier: was until June 2029, now until June 2027 (2 years)."),
        ("from May 2027", "May 2027 to March 2028", "Now has an end: was from May 2027, now May 2027 to March 2028."),
        ("until June 2029", "", "No end any more: until June 2029."),
    ],
)
def test_the_fact_is_about_the_end(before: str, after: str, said: str, plan_of: Read) -> None:
    (change,) = diff_plans([plan_with(before, plan_of)], plan_with(after, plan_of)).changes
    assert fact_sentence(change) == said


@pytest.mark.parametrize("field", ["year", "lasts"])
def test_both_ends_of_a_period_of_money_are_told_too(field: str, plan_of: Read) -> None:
    funding = "funding: [{title: F, commitment: committed, lines: [{title: Eyes, FIELD}]}]\n"
    spans = "2025/26 to 2026/27", "2026/27 to 2027/28"
    old, new = (
        plan_of(EYES.replace("LIST", "actions") + funding.replace("FIELD", f"{field}: {span}")) for span in spans
    )
    (change,) = diff_plans([old], new).changes
    assert change.amount == "starts and ends 1 year later"


def test_the_period_of_a_target_ends_with_a_deadline(plan_of: Read) -> None:
    measure = "    measures: [{{text: Eye tests., target: {{value: 90%, when: May 2027 to June {}}}}}]\n"
    old, new = (plan_of(EYES.replace("LIST", "actions") + measure.format(year)) for year in (2028, 2029))
    (change,) = diff_plans([old], new).changes
    assert (change.kind.value, change.significance.value) == ("date-later", "weakened")
