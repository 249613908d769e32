"""An ordinary next year of a plan is no loss: dates that promise nothing, yearly money, what was kept or is past."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diff import Kind, diff_plans
from pcstrat.diff.contents import parts_sentence
from pcstrat.diff.sentences import fact_sentence
from pcstrat.model.plan import Plan

Read = Callable[[str], Plan]


def told(old: Plan, new: Plan) -> list[str]:
    """Every change as "kind significance"; swapped sides must say the opposite."""
    forth, back = diff_plans([old], new).changes, diff_plans([new], old).changes
    opposite = sorted((change.kind.opposite, change.significance.opposite) for change in back)
    assert sorted((change.kind, change.significance) for change in forth) == opposite
    return [f"{change.kind} {change.significance}" for change in forth]


@pytest.mark.parametrize(
    ("find", "replace", "meaning"),
    [
        (
            "  version: v1\n",
            "  version: v1\n  board: {approvals: [{text: Approved by the board., when: YEAR}]}\n",
            "changed",
        ),
        (
            "    owner: Chief medical officer\n",
            "    rationale: [{text: A survey found long waits., when: YEAR}]\n",
            "changed",
        ),
        ("funding:\n", "engagement: {heard: [{text: People wait too long., when: YEAR}]}\nfunding:\n", "changed"),
        (
            "    owner: Chief medical officer\n",
            "    review: {text: The board looks at it again., when: YEAR}\n",
            "changed",
        ),
        ("status: planned\n", "points: [{text: Agreed in the plan., when: YEAR}]\n", "changed"),
        ("    owner: Chief medical officer\n", "    outcomes: [{text: Nobody waits., when: YEAR}]\n", "weakened"),
        ("    owner: Chief medical officer\n", "    outcomes_when: YEAR\n", "weakened"),
        ("when: monthly\n", "when: YEAR\n", "weakened"),
        ("by September 2026", "YEAR", "weakened"),
        ("        target: 14 days\n", "        target: 14 days\n        by: YEAR\n", "weakened"),
        ("        target: 14 days\n", "        target: {value: 14 days, when: YEAR}\n", "weakened"),
    ],
)
def test_only_a_date_that_promises_something_slips(
    find: str, replace: str, meaning: str, text: str, plan_of: Read
) -> None:
    assert find in text
    old, new = (plan_of(text.replace(find, replace.replace("YEAR", year), 1)) for year in ("May 2026", "May 2027"))
    assert told(old, new) == [f"date-later {meaning}"]


TABLE = "    commitment: committed\n"
LINE = "        serves: [access]\n"


def with_year(text: str, year: str, *, of_line: str = "", published: str = "April 2026", period: str = "") -> str:
    """The plan with a table of money of a year, and with what its first line says besides."""
    dated = text.replace("  published: April 2025\n", f"  published: {published}\n{period}" if published else "")
    return dated.replace(TABLE, f"{TABLE}    year: {year}\n", 1).replace(LINE, f"{LINE}{of_line}", 1)


ONCE = "        recurrence: non-recurrent\n"


@pytest.mark.parametrize(
    ("of_line", "published", "period", "meaning"),
    [
        ("", "April 2026", "", "changed"),
        ("        recurrence: recurrent\n", "April 2026", "", "changed"),
        (ONCE, "April 2026", "", "weakened"),
        (ONCE, "October 2026", "", "weakened"),
        (ONCE, "March 2027", "", "changed"),
        (ONCE, "June 2026", "  period: 2027 to 2030\n", "changed"),
        (ONCE, "", "", "changed"),
    ],
)
def test_money_is_put_off_only_where_it_comes_once_in_plans_of_one_year(  # noqa: PLR0913, PLR0917 - a table and two fixtures
    of_line: str, published: str, period: str, meaning: str, text: str, plan_of: Read
) -> None:
    old = with_year(text, "2026/27", of_line=of_line, period="  period: 2026 to 2029\n" if period else "")
    new = with_year(text, "2027/28", of_line=of_line, published=published, period=period)
    found = [each for each in told(plan_of(old), plan_of(new)) if "later" in each]
    assert f"date-later {meaning}" in found
    assert (meaning == "weakened") == any("weakened" in each for each in found)


def test_a_table_that_is_back_under_another_id_for_the_next_year_is_no_loss(text: str, plan_of: Read) -> None:
    old = with_year(text, "2026/27")
    new = with_year(text, "2027/28", published="April 2027").replace("id: investment", "id: investment-2027")
    changes = diff_plans([plan_of(old)], plan_of(new)).changes
    assert [change.name for change in changes if change.field == "year"] == ["funding table 'Investment'"]
    assert not any("weakened" in each for each in told(plan_of(old), plan_of(new)))


def test_money_that_is_only_likely_to_be_the_same_is_not_put_off(text: str, plan_of: Read) -> None:
    old, new = (with_year(text, year, of_line=ONCE) for year in ("2026/27", "2027/28"))
    new = new.replace("id: investment", "id: next").replace("id: hub-money", "id: next-hubs")
    new = new.replace("id: phone-money", "id: next-phones")
    assert not any("weakened" in each for each in told(plan_of(old), plan_of(new)))


def rolled(text: str, plan_of: Read, *, amounts: str = "£8.4m", **more: str) -> list[str]:
    """What is told of the hubs' money, which has another amount in the table of the next year."""
    old, new = with_year(text, "2026/27", **more), with_year(text, "2027/28", **more).replace("£9.6m", amounts)
    told(plan_of(old), plan_of(new))
    changes = diff_plans([plan_of(old)], plan_of(new)).changes
    return [f"{each.significance} {fact_sentence(each)}" for each in changes if each.field.startswith("amount")]


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ("£8.4m", "from £9.6m for 2026/27 to £8.4m for 2027/28"),
        ("£10m", "from £9.6m for 2026/27 to £10m for 2027/28"),
        ("£9.6m (TBC)", "from £9.6m for 2026/27 to £9.6m (TBC) for 2027/28"),
        ("£8.4m (TBC)", "from £9.6m for 2026/27 to £8.4m (TBC) for 2027/28"),
        ("TBC", "from £9.6m for 2026/27 to TBC for 2027/28"),
        ("£5m, £3m", "was £9.6m for 2026/27, now £5m and £3m, £8 million together for 2027/28"),
    ],
)
def test_money_of_the_next_year_is_neither_less_nor_more(amounts: str, said: str, text: str, plan_of: Read) -> None:
    assert rolled(text, plan_of, amounts=amounts) == [f"changed Amount changed: {said}."]


def test_the_same_money_that_comes_once_may_be_less_in_another_year(text: str, plan_of: Read) -> None:
    (fact,) = rolled(text, plan_of, of_line=ONCE)
    assert fact == "weakened Less money: from £9.6m for 2026/27 to £8.4m for 2027/28 (£1.2 million, 12.5%)."


@pytest.mark.parametrize("place", ["    title: Investment", "      - id: hub-money\n        title: Urgent care hubs"])
def test_the_year_of_money_may_be_named_in_words(place: str, text: str, plan_of: Read) -> None:
    old, new = (text.replace(place, f"{place} in {year}") for year in ("2026/27", "2027-28"))
    new = new.replace("£9.6m", "£8.4m")
    found = diff_plans([plan_of(old)], plan_of(new)).changes
    assert "Amount changed: from £9.6m for 2026/27 to £8.4m for 2027-28." in map(fact_sentence, found)
    assert not any("weakened" in each for each in told(plan_of(old), plan_of(new)))


def test_another_way_to_write_a_year_makes_no_other_year(text: str, plan_of: Read) -> None:
    old, new = (with_year(text, year) for year in ("2026/27", "2026-27"))
    assert "money-down weakened" in told(plan_of(old), plan_of(new.replace("£9.6m", "£8.4m")))


HUBS = "        when: by September 2026\n        status: planned\n"


def hubs(text: str, when: str, status: str, published: str) -> str:
    stated = f"        when: {when}\n" + (f"        status: {status}\n" if status else "")
    return text.replace(HUBS, stated).replace("published: April 2025", f"published: {published}")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            ("by March 2027", "done", "April 2027"),
            ("by March 2028", "under way", "April 2027"),
            ["date-later changed", "progress-back changed"],
        ),
        (
            ("by March 2027", "done", "March 2027"),
            ("by March 2028", "", "April 2027"),
            ["date-later changed", "no-longer-stated changed"],
        ),
        (
            ("by March 2027", "planned", "March 2026"),
            ("by June 2027", "done", "July 2027"),
            ["date-later weakened", "progress-forward strengthened"],
        ),
        (
            ("by March 2027", "planned", "March 2026"),
            ("by January 2027", "done", "March 2027"),
            ["date-earlier strengthened", "progress-forward strengthened"],
        ),
        (("by March 2027", "done", "April 2027"), ("by April 2027", "done", "April 2027"), ["date-later changed"]),
        (
            ("by March 2027", "done", "April 2027"),
            ("by March 2027", "under way", "May 2027"),
            ["progress-back weakened"],
        ),
        (("by March 2027", "planned", "May 2026"), ("by March 2028", "planned", "May 2027"), ["date-later weakened"]),
    ],
)
def test_a_date_that_was_kept_is_not_later(
    before: tuple[str, str, str], after: tuple[str, str, str], expected: list[str], text: str, plan_of: Read
) -> None:
    found = told(plan_of(hubs(text, *before)), plan_of(hubs(text, *after)))
    dated = ["date-later changed"] if before[2] != after[2] else []
    assert sorted(found) == sorted([*expected, *dated])


def test_a_band_of_the_next_year_sets_what_was_done_again(text: str, plan_of: Read) -> None:
    second = "          - id: second-hub\n            text: Second hub opens.\n"
    done = text.replace(second, f"{second}            status: done\n")
    later = "          - text: All hubs are open.\n"
    again = text.replace(second, "").replace(later, second + later)
    assert sorted(told(plan_of(done), plan_of(again))) == ["date-later changed", "no-longer-stated changed"]
    planned = plan_of(text.replace(second, f"{second}            status: planned\n"))
    assert sorted(told(planned, plan_of(again))) == ["date-later weakened", "no-longer-stated changed"]


SEEN = "        baseline: 60%\n        target: {value: 80%, when: March 2027}\n"


@pytest.mark.parametrize(
    ("baseline", "target", "meaning"),
    [
        ("82%", "85%", "changed"),
        ("82%", "80%", "changed"),
        ("79%", "85%", "weakened"),
        ("82%", "75%", "weakened"),
        ("82", "85%", "weakened"),
        ("75% to 85%", "85%", "weakened"),
    ],
)
@pytest.mark.parametrize("form", ["target: {{value: {}, when: March 2028}}", "target: {}\n        by: March 2028"])
def test_a_target_that_is_met_early_and_asked_for_longer_is_not_put_off(  # noqa: PLR0913, PLR0917 - a table and fixtures
    baseline: str, target: str, meaning: str, form: str, text: str, plan_of: Read
) -> None:
    assert SEEN in text
    first = SEEN if "when" in form else "        baseline: 60%\n        target: 80%\n        by: March 2027\n"
    new = text.replace(SEEN, f"        baseline: {baseline}\n        {form.format(target)}\n")
    found = told(plan_of(text.replace(SEEN, first)), plan_of(new))
    assert [each for each in found if each.startswith("date")] == [f"date-later {meaning}"]


def test_a_wait_that_is_short_enough_early_is_not_put_off(text: str, plan_of: Read) -> None:
    wait = "        baseline: {0} days\n        target: {{value: {1} days, when: {2}}}\n"
    old, new = (
        plan_of(text.replace("        target: 14 days\n", wait.format(*each)))
        for each in ((20, 14, "May 2026"), (13, 10, "May 2027"))
    )
    assert "date-later changed" in told(old, new)


ACTION = "      - id: hubs\n        text: Open an urgent care hub in every place.\n" + HUBS


def gone(old: str, new: str, published: str, plan_of: Read) -> tuple[str, str, str]:
    """Of the one item that went: what it means, the sentence, and what went with it. It came with the sides swapped."""
    plans = plan_of(old), plan_of(new.replace("published: April 2025", f"published: {published}"))
    told(*plans)
    (change,) = [each for each in diff_plans([plans[0]], plans[1]).changes if each.kind is Kind.REMOVED]
    return change.significance.value, fact_sentence(change), parts_sentence(change)


PASSED = "the time had passed when the new plan was dated, and no status says whether it was done"


@pytest.mark.parametrize(
    ("stated", "published", "meaning", "said"),
    [
        ("by September 2026", "October 2026", "changed", f"by September 2026; {PASSED}"),
        ("by September 2026\n        status: under way", "October 2026", "changed", f"by September 2026; {PASSED}"),
        ("by September 2026", "September 2026", "weakened", "by September 2026"),
        ("by September 2026\n        status: delayed", "October 2026", "weakened", "by September 2026"),
        ("by September 2026\n        status: stopped", "October 2026", "weakened", "by September 2026"),
        ("from May 2025", "October 2026", "weakened", "from May 2025"),
        ("monthly", "October 2026", "weakened", "monthly"),
    ],
)
def test_what_was_past_is_not_called_lost_but_told(  # noqa: PLR0913, PLR0917 - a table and two fixtures
    stated: str, published: str, meaning: str, said: str, text: str, plan_of: Read
) -> None:
    old = text.replace(HUBS, f"        when: {stated}\n")
    new = text.replace(ACTION, "")
    fact = f"Removed: Open an urgent care hub in every place ({said})."
    assert gone(old, new, published, plan_of) == (meaning, fact, "")


BAND = """      - label: Year 1
        when: 2025/26
        milestones:
          - text: First hub opens.
          - id: second-hub
            text: Second hub opens.
"""


def test_a_band_of_last_year_is_past_with_all_that_stood_in_it(text: str, plan_of: Read) -> None:
    words = "2 milestones (2 with a date); " + PASSED.replace("it was", "they were")
    named = "With it went: milestone “First hub opens.” (2025/26) and milestone “Second hub opens.” (2025/26)."
    expected = "changed", f"Removed: Year 1 ({words}).", named
    assert gone(text, text.replace(BAND, ""), "June 2026", plan_of) == expected
    later = text.replace("text: First hub opens.", "{text: First hub opens., when: May 2027}")
    meaning, _, parts = gone(later, text.replace(BAND, ""), "June 2026", plan_of)
    assert meaning == "weakened"
    assert parts == (
        "With it went: milestone “First hub opens.” (May 2027) and milestone “Second hub opens.” "
        "(2025/26, which had passed)."
    )


@pytest.mark.parametrize(("says", "meaning"), [("", "changed"), ("    owner: Chief nurse\n", "weakened")])
def test_an_aim_that_says_something_itself_is_not_past_with_its_milestones(
    says: str, meaning: str, text: str, plan_of: Read
) -> None:
    start, end = text.index("  - id: staff"), text.index("funding:")
    aim = f"  - id: staff\n    title: Enough staff\n{says}    milestones: [{{text: Train 40., when: May 2025}}]\n"
    old, new = (f"{text[:start]}{each}{text[end:]}".replace("    depends_on: [staff]\n", "") for each in (aim, ""))
    assert gone(old, new, "June 2026", plan_of)[0] == meaning


def test_what_was_done_or_given_up_did_not_go_with_an_item(text: str, plan_of: Read) -> None:
    start, end = text.index("  - id: staff"), text.index("funding:")
    aim = """  - id: staff
    title: Enough staff
    actions:
      - {text: Write to every school., status: done}
      - {text: Ask the colleges., retired: {reason: No answer}}
      - {text: Train 40 nurses., when: May 2029}
"""
    old, new = (f"{text[:start]}{each}{text[end:]}".replace("    depends_on: [staff]\n", "") for each in (aim, ""))
    assert gone(old, new, "June 2026", plan_of) == (
        "weakened",
        "Removed: Enough staff (1 action; 1 more stated as done and 1 more given up before).",
        "With it went: action “Train 40 nurses.” (May 2029).",
    )


def test_a_long_text_that_is_cut_ends_in_three_dots(text: str, plan_of: Read) -> None:
    long = "Open an urgent care hub in every place" + " and in each of its towns" * 20
    meaning, fact, _ = gone(
        text.replace("Open an urgent care hub in every place", long), text.replace(ACTION, ""), "May 2025", plan_of
    )
    assert meaning == "weakened"
    assert fact.endswith("... (by September 2026).")


def test_the_first_year_of_the_next_plan_has_milestones_of_its_own(text: str, plan_of: Read) -> None:
    dated = text.replace("  version: v1\n", "  version: v1\n  period: 2025/26\n").replace(
        "when: 2025/26\n", "band: Year 1\n"
    )
    later = dated.replace("period: 2025/26", "period: 2026/27")

    def of_period(new: str) -> list[tuple[str, str]]:
        told(plan_of(dated), plan_of(new))
        changes = diff_plans([plan_of(dated)], plan_of(new)).changes
        return [(change.significance.value, change.amount) for change in changes if change.field == "document.period"]

    kept = later.replace("text: Second hub opens.", "text: Second hub opens.\n            status: done")
    moved = "1 year, and with it 1 milestone in years counted from its start"
    assert of_period(kept) == [("weakened", moved)]
    own = later.replace("text: First hub opens.", "text: Buy vans.")
    assert of_period(own) == [("weakened", moved)]
    others = own.replace(
        "id: second-hub\n            text: Second hub opens.", "id: doors\n            text: New doors."
    )
    assert of_period(others) == [("changed", "1 year")]


def with_lines(*money: tuple[str, str]) -> Plan:
    """A plan with money for hubs in each of some years."""
    lines = [{"title": "Hubs", "amounts": [amount], "year": year} for amount, year in money]
    document = {"title": "A plan", "kind": "delivery plan"}
    funding = [{"title": "Money", "commitment": "committed", "lines": lines}]
    aims = [{"id": "access", "title": "Access"}]
    data = {"pcstrat": "1", "id": "a", "icb": "QMJ", "document": document, "ambitions": aims, "funding": funding}
    return Plan.model_validate(data)


@pytest.mark.parametrize("written", ["2026/27", "2026-27"])
def test_lines_of_one_name_are_compared_with_those_of_the_same_year(written: str) -> None:
    old, new = with_lines(("£1m", "2025/26"), ("£3m", "2026/27")), with_lines(("£2m", written))
    facts = [fact_sentence(change) for change in diff_plans([old], new).changes if change.kind is not Kind.REWORDED]
    assert "Removed: Hubs (£1m for 2025/26)." in facts
    assert "Less money: from £3m to £2m (£1 million, 33.3%)." in facts
    assert not any("Later" in fact or "Amount changed" in fact for fact in facts)
