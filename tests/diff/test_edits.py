"""Each edit of a plan gives the changes it should, and no others: one table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diff import Division, diff_plans
from pcstrat.diff.sentences import remarks, sentences
from pcstrat.model.plan import Plan

NONE: list[str] = []

EDITS = [
    # what, what stands there, what stands there after, each change as "kind, significance, field, amount"
    ("a date", "by September 2026", "by December 2026", ["date-later weakened when 3 months"]),
    ("a date", "by September 2026", "by 30 September 2027", ["date-later weakened when 1 year"]),
    ("a date", "by September 2026", "by 15 September 2026", ["date-earlier strengthened when 15 days"]),
    ("a date", "by September 2026", "Sept 2026", ["date-changed changed when"]),
    ("a date spelled another way", "by September 2026", "by Sept 2026", ["reworded reworded when"]),
    ("a date", "by September 2026", "from September 2026", ["deadline-dropped weakened when"]),
    ("a date", "by September 2026", "ongoing", ["date-undated weakened when"]),
    ("a date", "by September 2026", "{published: Septober 2026}", ["date-unclear weakened when"]),
    ("a date gone", "        when: by September 2026\n", "", ["date-removed weakened when"]),
    ("a month to its year", "when: March 2027\n  ", "when: 2026/27\n  ", ["date-less-precise weakened when"]),
    ("a month to a day", "when: March 2027\n  ", "when: 31 March 2027\n  ", ["date-more-precise strengthened when"]),
    (
        "a period",
        "April 2026 to September 2026",
        "July 2026 to December 2026",
        ["date-later weakened when starts and ends 3 months later"],
    ),
    (
        "a period, not all of it as much later",
        "April 2026 to September 2026",
        "May 2026 to December 2026",
        ["date-later weakened when starts 1 month and ends 3 months later"],
    ),
    (
        "a period",
        "April 2026 to September 2026",
        "June 2026 to September 2026",
        ["date-later weakened when starts 2 months later"],
    ),
    ("an unclear date", "{published: March 2026/27}", "March 2027", ["date-clear strengthened when"]),
    ("an unclear date", "{published: March 2026/27}", "{published: April 2026/27}", ["date-changed changed when"]),
    (
        "a month that became a period",
        "when: March 2027\n  ",
        "when: March 2027 to June 2027\n  ",
        ["date-later weakened when up to 3 months"],
    ),
    ("a rhythm", "when: monthly", "when: every 3 months", ["date-changed changed when"]),
    ("a band", "when: 2025/26", "when: 2026/27", ["date-later weakened when 1 year"]),
    (
        "when it was published",
        "published: April 2025",
        "published: June 2025",
        ["date-later changed document.published 2 months"],
    ),
    ("an amount cut", "£9.6m", "£8.4m", ["money-down weakened amount £1.2 million, 12.5%"]),
    ("an amount raised", "£9.6m", "£10.6m", ["money-up strengthened amount £1 million, 10.4%"]),
    ("an amount below as a range", "£9.6m", "£3m to £4m", ["money-down weakened amount £5.6 million to £6.6 million"]),
    (
        "a target down to a range",
        "value: 80%",
        "value: 75% to 80%",
        ["target-lowered weakened target.value up to 5 percentage points"],
    ),
    ("an amount as a range", "£9.6m", "£9m to £10m", ["amount-changed changed amount"]),
    ("an amount spelled another way", "[£9.6m]", "['£9,600,000']", ["reworded reworded amount"]),
    ("an amount less sure", "£9.6m", "£9.6m (TBC)", ["amount-unconfirmed weakened amount"]),
    ("an amount surer", "£2m (TBC)", "£2m", ["amount-confirmed strengthened amount"]),
    (
        "an amount cut and less sure",
        "£9.6m",
        "£4.8m (TBC)",
        [
            "money-down weakened amount £4.8 million, 50%",
            "amount-unconfirmed weakened amount",
        ],
    ),
    ("an amount stated", "amounts: [TBC]", "amounts: [£1m]", ["amount-stated strengthened amount"]),
    ("an amount gone", "        amounts: [£9.6m]\n", "", ["amount-removed weakened"]),
    (
        "a table no longer promised",
        "commitment: committed",
        "commitment: proposed",
        ["commitment-looser weakened commitment"],
    ),
    (
        "a line no longer promised",
        "        serves: [access]",
        "        serves: [access]\n        commitment: proposed",
        ["commitment-looser weakened commitment"],
    ),
    (
        "a line that repeats its table",
        "serves: [access]",
        "serves: [access]\n        commitment: committed",
        ["stated changed commitment"],
    ),
    (
        "a target that should rise",
        "value: 80%",
        "value: 75%",
        ["target-lowered weakened target.value 5 percentage points"],
    ),
    (
        "a target that should rise",
        "value: 80%",
        "value: 85%",
        ["target-raised strengthened target.value 5 percentage points"],
    ),
    (
        "a target that should fall",
        "target: 14 days",
        "target: 10 days",
        ["target-lowered strengthened target.value 4 days"],
    ),
    (
        "a target that should fall",
        "target: 14 days",
        "target: 21 days",
        ["target-raised weakened target.value 7 days"],
    ),
    ("a target in another unit", "target: 14 days", "target: 2 weeks", ["target-changed changed target.value"]),
    ("a target gone", "        target: 14 days\n", "", ["target-removed weakened target"]),
    (
        "the time of a target",
        "80%, when: March 2027",
        "80%, when: March 2028",
        ["date-later weakened target.when 1 year"],
    ),
    ("a baseline", "baseline: 60%", "baseline: 55%", ["baseline-changed changed baseline.value 5 percentage points"]),
    ("which way", "direction: up", "direction: maintain", ["changed changed direction"]),
    ("a split dropped", "        splits: [deprivation]\n", "", ["tag-dropped weakened splits"]),
    ("an owner", "owner: Digital team", "owner: Estates team", ["owner-changed changed owner"]),
    ("an owner to come", "owner: Digital team", "owner: TBC", ["owner-removed weakened owner"]),
    (
        "an owner to come",
        "Open an urgent care hub in every place.",
        "Open an urgent care hub in every place.\n        owner: To be confirmed",
        ["stated changed owner"],
    ),
    ("an owner gone", "        owner: Digital team\n", "", ["owner-removed weakened owner"]),
    (
        "an owner stated",
        "Open an urgent care hub in every place.",
        "Open an urgent care hub in every place.\n        owner: A",
        ["owner-added strengthened owner"],
    ),
    ("a partner", "[Kent County Council, Medway Council]", "[Kent County Council]", ["entry-removed changed partners"]),
    (
        "a partner",
        "[Kent County Council, Medway Council]",
        "[Kent County Council, Swale]",
        ["changed changed partners"],
    ),
    ("a theme dropped", "themes: [access, workforce]", "themes: [access]", ["tag-dropped changed themes"]),
    (
        "a theme added",
        "themes: [access, workforce]",
        "themes: [access, workforce, green]",
        ["tag-added changed themes"],
    ),
    ("a commitment dropped", "    commitments: [PCA-APP]\n", "", ["tag-dropped weakened commitments"]),
    ("how far", "status: planned", "status: delayed", ["progress-back weakened status"]),
    *(
        (
            "how far, for the first time",
            "cloud telephony.\n",
            f"cloud telephony.\n        status: {status}\n",
            [f"stated {meaning} status"],
        )
        for status, meaning in (
            ("done", "strengthened"),
            ("delayed", "weakened"),
            ("stopped", "weakened"),
            ("planned", "changed"),
        )
    ),
    ("how far", "status: planned", "status: done", ["progress-forward strengthened status"]),
    ("a condition", "status: planned", "status: planned\n        if: the pilot succeeds", ["stated weakened if"]),
    ("a title", "title: Enough staff", "title: Enough staff nearby", ["renamed changed title"]),
    ("a title anew", "title: Enough staff", "title: A workforce for the future", ["renamed changed title"]),
    ("a title spaced", "title: Enough staff", "title:  Enough   staff", NONE),
    ("a text", "get it today, near", "get it within a day, near", ["reworded reworded text"]),
    ("a label", "label: Priority 2", "label: Second", ["relabelled reworded label"]),
    ("a priority", "label: Priority 2", "label: Priority 3", ["priority-lower weakened label"]),
    (
        "an action removed",
        "      - id: phones\n        text: Give every practice cloud telephony.\n        owner: Digital team\n",
        "",
        ["removed weakened"],
    ),
    (
        "a milestone added",
        "      - id: review",
        "      - text: Train 10 nurses.\n      - id: review",
        ["added strengthened"],
    ),
    (
        "a measure removed",
        "      - id: waits\n        text: Waits are shorter.\n        target: 14 days\n        direction: down\n",
        "",
        ["removed weakened target 14 days"],
    ),
    (
        "a line removed",
        "      - id: phone-money\n        title: Telephony\n        amounts: [£2m (TBC)]\n",
        "",
        ["removed weakened £2m (TBC)"],
    ),
    (
        "a table removed",
        (
            "  - id: investment\n    title: Investment\n    commitment: committed\n    lines:\n      - id: hub-money\n"
            "        title: Urgent care hubs\n        amounts: [£9.6m]\n        serves: [access]\n"
            "      - id: phone-money\n        title: Telephony\n        amounts: [£2m (TBC)]\n"
        ),
        "",
        ["removed weakened £11.6 million, of which £2 million to be confirmed"],
    ),
    (
        "an objective removed",
        (
            "  - id: staff\n    label: Priority 2\n    title: Enough staff\n    milestones:\n      - id: training\n"
            "        text: Train 40 pharmacists.\n        when: April 2026 to September 2026\n      - id: review\n"
            "        text: Review the training.\n        when: monthly\n"
        ),
        "",
        ["removed weakened 2 milestones (1 with a date)"],
    ),
    ("an amount divided", "[£9.6m]", "[£5m, £4.6m]", ["amount-changed changed amounts the same in all"]),
    ("an amount divided and cut", "[£9.6m]", "[£5m, £4m]", ["money-down weakened amounts £600,000, 6.2%"]),
    ("a sum more", "[£9.6m]", "[£9.6m, £400k]", ["money-up strengthened amounts £400,000, 4.2%"]),
    (
        "part of an amount unsettled",
        "[£9.6m]",
        "[£5m, £4.6m (TBC)]",
        ["amount-unconfirmed weakened amounts the same in all"],
    ),
    ("another number", "Train 40 pharmacists.", "Train 4 pharmacists.", ["number-down weakened text 36"]),
    ("the same last day in other words", "by September 2026", "by 30 September 2026", ["reworded reworded when"]),
    ("the whole year in other words", "when: 2026/27", "when: April 2026 to March 2027", ["reworded reworded when"]),
    ("a term removed", "glossary:\n  - term: PCN\n    means: Primary care network\n", "", ["removed changed"]),
    (
        "an action given up",
        "text: Give every",
        "retired: {reason: No money}\n        text: Give every",
        ["retired weakened retired"],
    ),
    ("another id", "id: phones", "id: telephony\n        was: [phones]", ["id-changed changed id"]),
    ("another id that is referred to", "id: staff\n", "id: people\n    was: [staff]\n", ["id-changed changed id"]),
    ("a mitigation gone", "    mitigation: Book them early.\n", "", ["no-longer-stated weakened mitigation"]),
    ("the kind of document", "kind: delivery plan", "kind: briefing", ["changed changed document.kind"]),
    (
        "a promise hedged",
        "Open an urgent care hub in every place.",
        "Consider whether to open an urgent care hub in any place.",
        ["wording-softer weakened text"],
    ),
    ("a promise for fewer", "All hubs are open.", "Not all hubs are open.", ["wording-softer weakened text"]),
    ("a risk that may not come", "Builders may be hard", "Builders will be hard", ["reworded changed text"]),
    ("a duty that came round again", "when: monthly", "when: by March 2028", ["date-changed changed when"]),
    ("the number in a label of a band", "label: Year 2", "label: Year 3", ["relabelled changed label"]),
    ("a comment", "glossary:", "# words\nglossary:", NONE),
]


@pytest.mark.parametrize(
    ("what", "find", "replace", "expected"), EDITS, ids=[f"{n}-{row[0]}" for n, row in enumerate(EDITS)]
)
def test_an_edit_gives_its_changes(  # noqa: PLR0913, PLR0917 - four columns of the table and three fixtures
    what: str, find: str, replace: str, expected: list[str], text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    assert find in text, what
    edited = text.replace(find, replace, 1)
    if "id: people" in replace:
        edited = edited.replace("[staff]\n    actions", "[people]\n    actions")
    found = [
        " ".join(filter(None, (change.kind.value, change.significance.value, change.field, change.amount)))
        for change in diff_plans([base], plan_of(edited)).changes
    ]
    assert found == expected


def moved(text: str, block: str, before: str) -> str:
    assert block in text
    return text.replace(block, "", 1).replace(before, block + before, 1)


def kinds(old: Plan, new: Plan) -> list[tuple[str, str]]:
    return [(change.kind.value, change.item_id) for change in diff_plans([old], new).changes]


def test_an_item_that_moves_is_no_removal(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    block = "      - id: training\n        text: Train 40 pharmacists.\n        when: April 2026 to September 2026\n"
    edited = text.replace(block, "", 1).replace("    measures:\n", f"    milestones:\n{block}    measures:\n", 1)
    (change,) = diff_plans([base], plan_of(edited)).changes
    assert (change.kind.value, change.item_id) == ("moved", "training")
    assert change.before is not None
    assert change.before.text == "ambition 'Priority 2', milestones"


@pytest.mark.parametrize(
    "words",
    ["          - text: First hub opens.\n", "          - id: second-hub\n            text: Second hub opens.\n"],
)
def test_a_milestone_in_a_later_band_is_later(
    words: str, text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    edited = moved(text, words, "          - text: All hubs are open.")
    (change,) = diff_plans([base], plan_of(edited)).changes
    assert (change.kind.value, change.significance.value, change.amount) == ("date-later", "weakened", "1 year")
    assert change.before is not None
    assert change.before.text == "2025/26"


def test_a_milestone_that_leaves_its_band_for_none_has_lost_its_date(
    text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    words = "          - id: second-hub\n            text: Second hub opens.\n"
    outside = "    milestones:\n      - id: second-hub\n        text: Second hub opens.\n"
    edited = plan_of(text.replace(words, "", 1).replace("    measures:\n", f"{outside}    measures:\n", 1))
    (change,) = diff_plans([base], edited).changes
    assert (change.kind.value, change.significance.value) == ("date-removed", "weakened")
    (back,) = diff_plans([edited], base).changes
    assert (back.kind.value, back.significance.value) == ("date-stated", "strengthened")


def test_a_milestone_that_moves_to_a_later_band_of_another_aim_is_later_and_moved(
    text: str, plan_of: Callable[[str], Plan]
) -> None:
    band = "    timeline:\n      - label: Year {0}\n        when: {1}\n        milestones:\n"
    elsewhere = band.format(3, "2027/28") + "          - text: The third hub is full.\n"
    words = "          - id: second-hub\n            text: Second hub opens.\n"
    assert words in text
    staff = text.index("  - id: staff")
    end = text.index("\n", text.index("title: Enough staff", staff)) + 1
    before = f"{text[:end]}{elsewhere}{text[end:]}"
    after = f"{text[:end]}{elsewhere}{words}{text[end:]}".replace(words, "", 1)
    found = diff_plans([plan_of(before)], plan_of(after)).changes
    assert sorted((change.kind.value, change.item_id) for change in found) == [
        ("date-later", "second-hub"),
        ("moved", "second-hub"),
    ]


def test_the_order_of_items_and_fields_says_nothing(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    first = text[text.index("  - id: access") : text.index("  - id: staff")]
    edited = text.replace(first, "").replace("funding:\n  - id: investment", f"{first}funding:\n  - id: investment")
    edited = edited.replace("[access, workforce]", "[workforce, access]")
    assert kinds(base, plan_of(edited)) == []


def test_merged_items_are_one_change_and_what_they_lost_is_another(
    text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    start, end = text.index("      - id: hubs"), text.index("    timeline:")
    merged = (
        "      - id: access-work\n        merged_from: [hubs, phones]\n        text: Open hubs with good telephones.\n"
    )
    edited = f"{text[:start]}{merged}        when: by September 2027\n{text[end:]}"
    found = kinds(base, plan_of(edited))
    assert ("merged", "access-work") in found
    assert ("date-later", "access-work") in found
    assert ("owner-removed", "access-work") in found
    assert not {"removed", "added"} & {kind for kind, _ in found}


def test_a_split_item_is_one_change(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    block = text[text.index("      - id: waits") : text.index("  - id: staff")]
    rest = "are shorter.\n        target: 14 days\n        direction: down\n"
    parts = "".join(f"      - id: waits-{n}\n        split_from: waits\n        text: Waits {n} {rest}" for n in (1, 2))
    assert kinds(base, plan_of(text.replace(block, parts))) == [("split", "waits")]


def test_lines_that_became_one_are_added_up(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    start, end = text.index("      - id: hub-money"), text.index("  - id: bids")
    line = "      - id: all\n        merged_from: [hub-money, phone-money]\n        title: Hubs and telephony\n"
    for amount, expected in (("£10m", "money-down"), ("£12m", "money-up"), ("£11.6m", "amount-confirmed")):
        new = plan_of(f"{text[:start]}{line}        amounts: [{amount}]\n{text[end:]}")
        (change,) = [change for change in diff_plans([base], new).changes if change.field == "amounts"]
        assert change.kind.value == expected
        assert change.before is not None
        assert change.before.text == (
            "£9.6m for “Urgent care hubs” and £2m (TBC) for “Telephony”, £11.6 million together"
        )
        assert not {"removed", "added"} & {found for found, _ in kinds(base, new)}


def test_a_line_that_became_two_is_added_up(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    lines = "".join(
        f"      - id: hub-money-{n}\n        split_from: hub-money\n        title: Hubs\n        amounts: [{amount}]\n"
        for n, amount in ((1, "£5m"), (2, "£4.6m"))
    )
    start, end = text.index("      - id: hub-money"), text.index("      - id: phone-money")
    found = diff_plans([base], plan_of(text[:start] + lines + text[end:])).changes
    assert [change.kind.value for change in found if change.field == "amounts"] == ["amount-changed"]
    assert not [change for change in found if change.significance.value == "weakened"]


def test_both_ends_of_a_range_are_in_a_sum(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    new = plan_of(text.replace("[£9.6m]", "[£9.6m, £1m to £2m]"))
    (change,) = diff_plans([base], new).changes
    assert (change.kind.value, change.amount) == ("money-up", "£1 million to £2 million")
    assert change.after is not None
    assert change.after.text == "£9.6m and £1m to £2m, £10.6 million to £11.6 million together"


def test_a_merger_does_not_hide_a_commitment_that_is_dropped(
    text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    start, end = text.index("  - id: access"), text.index("funding:")
    one = "  - id: everything\n    merged_from: [access, staff]\n    title: Everything\n"
    plain = text[:start] + one + text[end:].replace("[access]", "[everything]")
    assert ("tag-dropped", "everything") in kinds(base, plan_of(plain))
    kept = plain.replace("title: Everything\n", "title: Everything\n    commitments: [PCA-APP]\n")
    assert ("tag-dropped", "everything") not in kinds(base, plan_of(kept))


def test_what_moves_to_another_objective_in_the_same_words_is_no_removal(
    text: str, plan_of: Callable[[str], Plan]
) -> None:
    before = text.replace(
        "    milestones:\n      - id: training",
        "    actions: [Open all four hubs early.]\n    milestones:\n      - id: training",
    )
    after = text.replace("    timeline:\n", "      - Open all four hubs early.\n    timeline:\n", 1)
    assert [kind for kind, _ in kinds(plan_of(before), plan_of(after))] == ["moved"]


def test_a_rewording_that_changes_a_number_may_weaken(text: str, plan_of: Callable[[str], Plan]) -> None:
    def meanings(before: str, after: str) -> set[str]:
        old, new = (plan_of(text.replace("First hub opens.", words)) for words in (before, after))
        return {change.significance.value for change in diff_plans([old], new).changes}

    assert meanings("Open the first of 4 hubs in town.", "Open the first of 4 hubs in the town.") == {"reworded"}
    assert meanings("Open the first of 4 hubs in town.", "Open the first of 2 hubs in town.") == {"changed"}


def test_a_rewording_without_an_id_is_taken_for_one_with_its_score(
    text: str, base: Plan, plan_of: Callable[[str], Plan]
) -> None:
    (change,) = diff_plans([base], plan_of(text.replace("All hubs are open.", "All of the hubs are open."))).changes
    assert change.kind.value == "reworded"
    assert change.suggestion is not None
    assert 0.5 <= change.suggestion.score < 1
    item = "ambition 'Priority 1', band 'Year 2', milestone 'All hubs are open.'"
    assert f"Possibly the same as {item} (80% of the words alike)." in sentences(change)


def test_all_that_is_told_of_one_likely_pair_has_the_same_words(text: str, plan_of: Callable[[str], Plan]) -> None:
    line = "      - id: hub-money\n        title: Urgent care hubs in all of our towns\n        amounts: [£9.6m]\n"
    old = text.replace("      - id: hub-money\n        title: Urgent care hubs\n        amounts: [£9.6m]\n", line)
    new = old.replace("id: hub-money", "id: hubs-2").replace("hubs in all", "hubs for all").replace("£9.6m", "£8m")
    found = diff_plans([plan_of(old)], plan_of(new)).changes
    said = [" ".join(remarks(change)) for change in found]
    assert [change.kind.value for change in found] == ["removed", "added", "money-down"]
    assert all("Possibly the same as" in each and "(88% of the words alike)" in each for each in said)


def test_alike_items_in_two_places_are_only_suggested(text: str, plan_of: Callable[[str], Plan]) -> None:
    hubs = "          - text: All hubs are open.\n            when: March 2027\n"
    assert hubs in text
    before, after = (
        plan_of(text),
        plan_of(
            text.replace(hubs, "").replace(
                "      - id: review", "      - text: All of the hubs are open.\n      - id: review"
            )
        ),
    )
    changes = diff_plans([before], after).changes
    assert sorted(change.kind.value for change in changes) == ["added", "date-removed", "removed"]
    assert all(change.suggestion is not None for change in changes)


def test_unlike_items_are_not_suggested(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    edited = text.replace("All hubs are open.", "Buy a drone.")
    assert [change.suggestion for change in diff_plans([base], plan_of(edited)).changes] == [None, None]


def test_the_reason_stands_where_the_plan_gives_one(text: str, plan_of: Callable[[str], Plan], base: Plan) -> None:
    edited = text.replace("by September 2026", "by March 2027\n        note: The builders were late.")
    later, note = diff_plans([base], plan_of(edited)).changes
    assert (later.kind.value, later.reason) == ("date-later", "The builders were late.")
    assert (note.kind.value, note.field, note.reason) == ("stated", "note", "")


def test_a_retired_item_may_go_without_being_weakened_again(text: str, plan_of: Callable[[str], Plan]) -> None:
    retired = text.replace("text: Give every", "retired: {reason: No money}\n        text: Give every")
    gone = text.replace(
        "      - id: phones\n        text: Give every practice cloud telephony.\n        owner: Digital team\n", ""
    )
    (change,) = diff_plans([plan_of(retired)], plan_of(gone)).changes
    assert (change.kind.value, change.significance.value) == ("removed", "changed")


def test_several_old_plans_become_one(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    other = text.replace("id: kent", "id: sussex").replace("icb: QKS", "icb: QNX")
    changes = diff_plans([base, plan_of(other)], base).changes
    assert {(change.kind.value, change.item_id) for change in changes} == {
        ("money-down", "hub-money"),
        ("money-down", "phone-money"),
    }
    lost = plan_of(
        other.replace("title: Enough staff", "title: Sussex staff")
        .replace("id: staff", "id: sussex-staff")
        .replace("[staff]", "[sussex-staff]")
    )
    assert ("removed", "sussex-staff") in [(c.kind.value, c.item_id) for c in diff_plans([base, lost], base).changes]


@pytest.mark.parametrize(
    ("late", "early"), [("April 2026 to September 2026", "May 2026"), ("when: March 2027\n", "when: January 2027\n")]
)
def test_a_slip_counts_though_another_old_plan_had_the_later_date(
    late: str, early: str, text: str, plan_of: Callable[[str], Plan]
) -> None:
    """Also where the item has no id, and stands in a part that is equal in the other old plan."""
    old = plan_of(text.replace(late, early, 1)), plan_of(text.replace("id: kent", "id: sussex"))
    changes = diff_plans(old, plan_of(text.replace("id: kent", "id: both"))).changes
    (slip,) = [change for change in changes if change.kind.value == "date-later"]
    assert slip.name.endswith("(in kent)")


def test_what_another_successor_took_over_is_not_gone(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    start, end = text.index("  - id: staff"), text.index("funding:")
    east = text.replace("id: kent", "id: east").replace(text[start:end], "").replace("[staff]", "[access]")
    east = east.replace("    depends_on: [access]\n", "").replace("[£9.6m]", "[£6.6m]")
    west = (
        text.replace("id: kent", "id: west")
        .replace("icb: QKS", "icb: QRL")
        .replace("[£9.6m]", "[£3m]")
        .replace("[£2m (TBC)]", "[]")
    )
    found = diff_plans([base], plan_of(east), division=Division(siblings={"kent": [plan_of(west)]}))
    told = {change.item_id: change for change in found.changes}
    assert found.divided_with == ("west",)
    assert (told["staff"].kind.value, told["staff"].after and told["staff"].after.text) == ("moved", "the plan west")
    assert told["hub-money"].kind.value == "amount-changed"
    assert told["hub-money"].after is not None
    assert told["hub-money"].after.text == "£6.6m in east and £3m in west, £9.6 million together"


def test_a_plan_that_came_or_went(base: Plan) -> None:
    (added,) = diff_plans([], base).changes
    (removed,) = diff_plans([base], None).changes
    assert (added.kind.value, removed.kind.value) == ("added", "removed")
