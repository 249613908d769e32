"""What is a loss and what is not: items that moved, were done or went to another board, and times that bands say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pcstrat.commands.compare import compare_plans
from pcstrat.commands.diff import DiffRequest, diff
from pcstrat.diff import Difference, Division, Kind, Significance, diff_plans
from pcstrat.diff.contents import commitments_sentence, part_words, parts_sentence
from pcstrat.diff.sentences import caution_sentence, fact_sentence
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.render.diff_page import changes_section, diff_page
from pcstrat.report.diff_json import diff_json
from pcstrat.report.diff_markdown import diff_markdown
from pcstrat.report.diff_text import diff_text
from pcstrat.settings import load_settings

AS_OF = dt.date(2026, 11, 21)
Read = Callable[[str], Plan]

PHONES = "      - id: phones\n        text: Give every practice cloud telephony.\n        owner: Digital team\n"
PHONES_IN_A_BAND = "          - {id: phones, text: Give every practice cloud telephony., owner: Digital team}\n"
BANDS = {"2025/26": "          - id: second-hub\n", "2026/27": "          - text: All hubs are open.\n"}


def told(old: Plan, new: Plan) -> list[str]:
    """Every change as "kind significance amount"; swapped sides must say the opposite."""
    forth, back = diff_plans([old], new).changes, diff_plans([new], old).changes
    opposite = sorted((change.kind.opposite, change.significance.opposite) for change in back)
    assert sorted((change.kind, change.significance) for change in forth) == opposite
    return [" ".join(filter(None, (change.kind, change.significance, change.amount))) for change in forth]


def parts_of(old: Plan, new: Plan) -> list[str]:
    """What came or went with items, by name."""
    return [words for change in diff_plans([old], new).changes for words in part_words(change)]


@pytest.mark.parametrize(
    ("when", "band", "expected"),
    [
        ("2025/26", "2025/26", ["moved changed"]),
        ("2025/26", "2026/27", ["date-later weakened 1 year"]),
        ("2026/27", "2025/26", ["date-earlier strengthened 1 year"]),
        ("", "2026/27", ["date-stated strengthened"]),
    ],
)
def test_a_time_and_the_time_of_a_band_are_one_comparison(
    when: str, band: str, expected: list[str], text: str, plan_of: Read
) -> None:
    before = text.replace(PHONES, f"{PHONES}        when: {when}\n" if when else PHONES)
    after = text.replace(PHONES, "").replace(BANDS[band], PHONES_IN_A_BAND + BANDS[band])
    assert told(plan_of(before), plan_of(after)) == expected


def test_a_time_that_the_band_says_too_is_no_loss(text: str, base: Plan, plan_of: Read) -> None:
    second = "text: Second hub opens."
    repeated = plan_of(text.replace(second, f"{second}\n            when: 2025/26"))
    assert told(base, repeated) == ["stated changed"]
    later = plan_of(text.replace(second, f"{second}\n            when: 2026/27"))
    assert told(base, later) == ["date-later weakened 1 year"]


def test_an_action_that_became_a_milestone_states_no_new_kind(text: str, base: Plan, plan_of: Read) -> None:
    after = text.replace(PHONES, "").replace("    timeline:\n", f"    milestones:\n{PHONES}    timeline:\n", 1)
    assert told(base, plan_of(after)) == ["moved changed"]


STRENGTHS = """\
strengths:
  items:
    - title: Phones
      text: All are new.
    - text: Good staff.
      points: [Many]
"""


def test_a_section_that_came_or_went_says_what_stands_in_it(text: str, base: Plan, plan_of: Read) -> None:
    more = plan_of(text.replace("ambitions:\n", f"{STRENGTHS}ambitions:\n"))
    assert told(base, more) == ["stated changed"]
    assert parts_of(base, more) == parts_of(more, base) == ["item “Phones: All are new.”", "item “Good staff.”"]
    for old, new, fact, lead in (
        (base, more, "Now stated (strengths).", "With it came"),
        (more, base, "No longer stated (strengths).", "With it went"),
    ):
        difference = diff_plans([old], new)
        (change,) = difference.changes
        assert fact_sentence(change) == fact
        assert parts_sentence(change) == f"{lead}: item “Phones: All are new.” and item “Good staff.”."
        for report in (diff_text([difference]), diff_markdown([difference]), diff_json([difference])):
            assert "Good staff." in report


STEPS = [
    ("delivery: {text: We meet., next_steps: [{text: Agree the budget., when: May 2026}]}", "weakened"),
    ("delivery: {text: We meet., next_steps: [Agree the budget.]}", "weakened"),
    ("engagement: {text: We asked., next: [{text: Say what we heard., when: June 2026}]}", "weakened"),
    ("delivery: {text: We meet., next_steps: [{text: Agree the budget., status: done}]}", "changed"),
    ("delivery: {text: We meet., next_steps: [{text: Agree it., when: May 2024}]}", "changed"),
    ("delivery: {text: We meet.}", "changed"),
]


@pytest.mark.parametrize(("section", "meaning"), STEPS)
def test_a_section_that_went_with_work_still_to_be_done_is_a_loss(
    section: str, meaning: str, text: str, base: Plan, plan_of: Read
) -> None:
    assert [each.split()[:2] for each in told(plan_of(f"{text}{section}\n"), base)] == [["no-longer-stated", meaning]]


def test_a_step_that_stands_elsewhere_did_not_go_with_its_section(text: str, plan_of: Read) -> None:
    step = "{id: budget, text: Agree the budget., when: May 2026}"
    old = plan_of(f"{text}delivery: {{text: We meet., next_steps: [{step}]}}\n")
    new = plan_of(f"{text}engagement: {{text: We asked., next: [{step}]}}\n")
    assert sorted(told(old, new)) == ["moved changed", "no-longer-stated changed", "stated changed"]


def test_a_section_with_words_of_its_own_says_them_too(text: str, base: Plan, plan_of: Read) -> None:
    section = STRENGTHS.replace("  items:", "  intro: Much is good.\n  items:")
    (change,) = diff_plans([base], plan_of(text.replace("ambitions:\n", f"{section}ambitions:\n"))).changes
    assert fact_sentence(change) == "Now stated (strengths): Much is good."
    assert len(change.parts) == 2


def test_a_table_whose_lines_are_in_another_is_not_lost(text: str, base: Plan, plan_of: Read) -> None:
    after = text.replace("- id: investment\n    title: Investment", "- id: investment-2026\n    title: Investment 2026")
    found = told(base, plan_of(after))
    assert sorted(found) == [
        "added changed what it held stands elsewhere",
        "moved changed",
        "moved changed",
        "removed changed what it held stands elsewhere",
    ]


def test_an_ambition_is_lost_only_with_what_did_not_move(text: str, base: Plan, plan_of: Read) -> None:
    start, end = text.index("  - id: staff"), text.index("funding:")
    milestones = text[text.index("    milestones:\n      - id: training") : end]
    without = (text[:start] + text[end:]).replace("    depends_on: [staff]\n", "")
    everything = without.replace("    timeline:\n", f"{milestones}    timeline:\n", 1)
    found = told(base, plan_of(everything))
    assert "removed changed what it held stands elsewhere" in found
    assert not any("weakened" in change for change in found if change.startswith("removed"))
    half = milestones[: milestones.index("      - id: review")]
    halved = plan_of(without.replace("    timeline:\n", f"{half}    timeline:\n", 1))
    assert "removed weakened 1 milestone; what else it held stands elsewhere" in told(base, halved)
    assert parts_of(base, halved) == ["milestone “Review the training.” (monthly)"]


def test_a_commitment_that_went_with_an_emptied_ambition_is_lost(text: str, plan_of: Read) -> None:
    tagged = text.replace("    title: Enough staff\n", "    title: Enough staff\n    commitments: [LAW-INEQ]\n")
    start, end = tagged.index("  - id: staff"), tagged.index("funding:")
    milestones = tagged[tagged.index("    milestones:\n      - id: training") : end]
    without = (tagged[:start] + tagged[end:]).replace("    depends_on: [staff]\n", "")
    moved = without.replace("    timeline:\n", f"{milestones}    timeline:\n", 1)
    assert "removed weakened what it held stands elsewhere" in told(plan_of(tagged), plan_of(moved))
    (gone,) = [each for each in diff_plans([plan_of(tagged)], plan_of(moved)).changes if each.kind is Kind.REMOVED]
    assert commitments_sentence(gone) == "It answered the national commitment: LAW-INEQ."


def test_what_was_done_may_go(text: str, plan_of: Read) -> None:
    done = text.replace("status: planned", "status: done")
    start, end = done.index("      - id: hubs"), done.index("      - id: phones")
    (change,) = diff_plans([plan_of(done)], plan_of(done[:start] + done[end:])).changes
    assert change.significance is Significance.CHANGED
    assert fact_sentence(change) == (
        "Removed: Open an urgent care hub in every place (by September 2026; stated as done)."
    )


def test_a_table_whose_lines_say_it_themselves_promises_no_less(text: str, plan_of: Read) -> None:
    own = text.replace("amounts: [£9.6m]", "amounts: [£9.6m]\n        commitment: committed").replace(
        "amounts: [£2m (TBC)]", "amounts: [£2m (TBC)]\n        commitment: committed"
    )
    looser = own.replace("title: Investment\n    commitment: committed", "title: Investment\n    commitment: proposed")
    assert told(plan_of(own), plan_of(looser)) == ["commitment-changed changed"]


def test_a_period_that_moves_takes_the_years_of_its_timelines_along(text: str, plan_of: Read) -> None:
    def dated(period: str, band: str) -> Plan:
        edited = text.replace("  version: v1\n", f"  version: v1\n  period: {period}\n")
        return plan_of(edited.replace("when: 2025/26", band))

    years = told(dated("2025/26", "band: Year 1"), dated("2026/27", "band: Year 1"))
    assert years == ["date-later weakened 1 year, and with it 2 milestones in years counted from its start"]
    stated = told(dated("2025/26", "when: 2025/26"), dated("2026/27", "when: 2025/26"))
    assert stated == ["date-later changed 1 year"]


def test_what_was_given_up_says_when_and_what_it_had_promised(text: str, base: Plan, plan_of: Read) -> None:
    retired = plan_of(
        text.replace("status: planned", "retired: {reason: No money, when: May 2026}\n        status: planned")
    )
    (change,) = diff_plans([base], retired).changes
    assert fact_sentence(change) == "Given up (May 2026): No money. What it had promised: by September 2026."
    assert fact_sentence(change.beside_reason) == "Given up (May 2026). What it had promised: by September 2026."
    (change,) = diff_plans([retired], base).changes
    assert fact_sentence(change) == (
        "Taken up again; it was given up (May 2026): No money. What it promises: by September 2026."
    )


@pytest.mark.parametrize(
    ("find", "replace", "said"),
    [
        ("themes: [access, workforce]", "themes: [access]", "No longer under the theme: Workforce."),
        (
            "commitments: [PCA-APP]",
            "commitments: []",
            "No longer answers the national commitment: {commitment} (PCA-APP).",
        ),
        (
            "        serves: [access]",
            "        serves: [access, staff]",
            "Now pays for: ambition 'Priority 2'.",
        ),
    ],
)
def test_codes_and_ids_are_told_by_what_they_stand_for(  # noqa: PLR0913, PLR0917 - a table and three fixtures
    find: str, replace: str, said: str, text: str, plan_of: Read, base: Plan, registry: Registry
) -> None:
    (change,) = diff_plans([base], plan_of(text.replace(find, replace)), registry=registry).changes
    title = registry.commitments["PCA-APP"].title
    theme = registry.themes["workforce"]
    assert fact_sentence(change) == said.replace("{commitment}", title).replace("Workforce", theme)


def test_wordings_of_an_item_that_several_plans_had_are_all_told(text: str, plan_of: Read) -> None:
    olds = [plan_of(text.replace("id: kent", f"id: {name}")) for name in ("east", "west")]
    new = plan_of(text.replace("Train 40", "Train 4").replace("Second hub opens.", "Second hub may open."))
    found = [change for change in diff_plans(olds, new).changes if change.is_worded]
    assert [(change.name.rpartition(" (in ")[2], change.significance.value) for change in found] == [
        ("east)", "weakened"),
        ("west)", "weakened"),
        ("east)", "weakened"),
        ("west)", "weakened"),
    ]


def test_what_may_be_in_a_plan_that_is_not_given_is_not_called_lost(text: str, base: Plan, plan_of: Read) -> None:
    less = plan_of(text.replace("id: kent", "id: east").replace("£9.6m", "£5m").replace(PHONES, ""))
    found = diff_plans([base], less, division=Division(unseen={"kent": ("West",)}))
    assert "no plan of it was given" in caution_sentence(found)
    assert not found.of(Significance.WEAKENED)
    assert diff_plans([base], less).of(Significance.WEAKENED)


@pytest.fixture
def divided(tmp_path: Path, text: str) -> Path:
    """Suffolk and North East Essex (QJG), half of which went to Essex, the other to Norfolk and Suffolk."""
    folder = tmp_path / "strategies"
    folder.mkdir()
    old = text.replace("id: kent", "id: snee").replace("icb: QKS", "icb: QJG")
    essex = text.replace("id: kent", "id: essex").replace("icb: QKS", "icb: D7T5G").replace("£9.6m", "£2.6m")
    norfolk = text.replace("id: kent", "id: nsu").replace("icb: QKS", "icb: T6Y0W").replace("£9.6m", "£7m")
    for name, content in (("snee", old), ("essex", essex), ("nsu", norfolk)):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return tmp_path


def test_a_divided_board_is_compared_with_all_who_took_over(divided: Path) -> None:
    def found() -> Difference:
        (result,) = diff(load_settings(divided, {}, {}), DiffRequest(plans=("snee", "essex"))).results
        assert isinstance(result, Difference)
        return result

    both = found()
    assert both.divided_with == ("nsu",)
    (money,) = [change for change in both.changes if change.item_id == "hub-money"]
    assert money.after is not None
    assert money.after.text == "£2.6m in essex and £7m in nsu, £9.6 million together"
    assert not both.of(Significance.WEAKENED)
    (divided / "strategies" / "nsu.yaml").unlink()
    alone = found()
    assert alone.unseen == (("snee", ("Norfolk and Suffolk",)),)
    assert not alone.of(Significance.WEAKENED)


def test_year_on_year_of_a_divided_board_says_who_else_took_over(divided: Path) -> None:
    settings = load_settings(divided, {}, {})
    table = compare_plans(settings, ["year-on-year"], form="text", as_of=AS_OF).text
    assert "What snee planned is now divided between essex and nsu" in table
    (divided / "strategies" / "nsu.yaml").unlink()
    table = compare_plans(settings, ["year-on-year"], form="text", as_of=AS_OF).text
    assert "no plan of it was given" in table


def test_readers_of_a_page_are_told_of_divided_boards_by_name(divided: Path, registry: Registry) -> None:
    plans = divided / "strategies"
    draft = (plans / "nsu.yaml").read_text(encoding="utf-8").replace("id: nsu", "id: draft")
    (plans / "draft.yaml").write_text(
        draft.replace("  version: v1\n", "  version: v1\n  previous: [snee]\n"), encoding="utf-8"
    )
    found = compared(divided, "snee", "essex")
    assert "What snee planned is now divided between essex, draft and nsu;" in caution_sentence(found)
    page = diff_page([found], registry)
    told = (
        "What Suffolk and North East Essex planned is now divided between Essex, Norfolk and Suffolk (draft) and "
        "Norfolk and Suffolk (nsu);"
    )
    several = "The plans Norfolk and Suffolk (draft) and Norfolk and Suffolk (nsu) are of one board:"
    for caution in (page.cover.facts[1], changes_section(found, registry).blocks[1].text):
        assert told in caution
        assert several in caution


@pytest.fixture
def merged(divided: Path, text: str) -> Path:
    """Also Norfolk and Waveney (QMM), all of which went to Norfolk and Suffolk."""
    content = text.replace("id: kent", "id: nw").replace("icb: QKS", "icb: QMM")
    (divided / "strategies" / "nw.yaml").write_text(content, encoding="utf-8")
    return divided


def compared(folder: Path, *plans: str) -> Difference:
    (result,) = diff(load_settings(folder, {}, {}), DiffRequest(plans=plans)).results
    assert isinstance(result, Difference)
    return result


def test_a_line_that_two_old_plans_had_is_added_up_once(merged: Path) -> None:
    found = compared(merged, "nw", "snee", "nsu")
    (money,) = [change for change in found.changes if change.item_id == "hub-money"]
    assert money.before is not None
    assert money.after is not None
    assert money.before.text == "£9.6m in nw and £9.6m in snee, £19.2 million together"
    assert money.after.text == "£7m in nsu and £2.6m in essex, £9.6 million together"


def test_what_two_plans_of_one_board_have_is_added_up_once(divided: Path) -> None:
    """A board may have a plan for each part of primary care, or its draft beside the plan."""
    plans = divided / "strategies"
    content = (plans / "essex.yaml").read_text(encoding="utf-8").replace("id: essex", "id: draft")
    (plans / "draft.yaml").write_text(content.replace("£2.6m", "£3m"), encoding="utf-8")
    says_so = (plans / "essex.yaml").read_text(encoding="utf-8")
    (plans / "essex.yaml").write_text(
        says_so.replace("  version: v1\n", "  version: v1\n  previous: [snee]\n"), encoding="utf-8"
    )
    found = compared(divided, "snee", "nsu")
    (money,) = [change for change in found.changes if change.item_id == "hub-money"]
    assert money.after is not None
    assert money.after.text == "£7m in nsu and £2.6m in essex, £9.6 million together"
    assert "The plans essex and draft are of one board: what stands in both counts once." in caution_sentence(found)


def test_another_plan_of_the_new_plans_board_adds_nothing_that_it_has(divided: Path) -> None:
    plans = divided / "strategies"
    content = (plans / "nsu.yaml").read_text(encoding="utf-8").replace("id: nsu", "id: nsu-draft")
    draft = content.replace("  version: v1\n", "  version: v1\n  previous: [snee]\n")
    (plans / "nsu-draft.yaml").write_text(draft, encoding="utf-8")
    found = compared(divided, "snee", "nsu")
    (money,) = [change for change in found.changes if change.item_id == "hub-money"]
    assert money.after is not None
    assert money.after.text == "£7m in nsu and £2.6m in essex, £9.6 million together"


def test_only_the_board_that_was_divided_is_said_to_be(merged: Path) -> None:
    caution = caution_sentence(compared(merged, "nw", "snee", "nsu"))
    assert caution.startswith("What snee planned is now divided between nsu and essex;")


def test_money_that_is_mixed_with_other_boards_is_neither_less_nor_more(merged: Path) -> None:
    found = compared(merged, "nw", "snee", "nsu")
    assert "Money added up with essex, where other boards' money is too" in caution_sentence(found)
    assert not {change.kind for change in found.changes} & {Kind.MONEY_UP, Kind.MONEY_DOWN}
    table = compare_plans(load_settings(merged, {}, {}), ["year-on-year"], form="text", as_of=AS_OF).text
    assert "Amounts up or new\n    None: Essex, Norfolk and Suffolk" in table
    assert "Amounts down or gone\n    None: Essex, Norfolk and Suffolk" in table


def test_what_may_be_from_a_board_that_is_not_compared_is_not_called_strengthened(merged: Path) -> None:
    new = merged / "strategies" / "nsu.yaml"
    new.write_text(new.read_text(encoding="utf-8").replace("£7m", "£12m"), encoding="utf-8")
    found = compared(merged, "nw", "nsu")
    assert found.unseen_before == ("Suffolk and North East Essex",)
    assert "no plan of it was given. What is new" in caution_sentence(found)
    (money,) = [change for change in found.changes if change.kind is Kind.MONEY_UP]
    assert money.significance is Significance.CHANGED


def test_a_plan_that_follows_another_says_so_in_names(merged: Path) -> None:
    old, new = (merged / "strategies" / name for name in ("nw.yaml", "nsu.yaml"))
    new.write_text(
        new.read_text(encoding="utf-8").replace(
            "  version: v1\n", "  version: v1\n  previous: [nw]\n  inherits: [QMM]\n"
        ),
        encoding="utf-8",
    )
    old.write_text(old.read_text(encoding="utf-8").replace("care plan", "care in Norfolk"), encoding="utf-8")
    of_plan = [each for each in compared(merged, "nw", "nsu").changes if each.name == "the plan"]
    assert {fact_sentence(change) for change in of_plan} == {
        "Called otherwise in files and links: from nw to nsu.",
        "Changed (board): from Norfolk and Waveney to Norfolk and Suffolk.",
        "Renamed: from Primary care in Norfolk to Primary care plan.",
        "Now replaces the earlier plan: Primary care in Norfolk (nw).",
        "Now continues the plan of: Norfolk and Waveney.",
    }


LATER_BAND = "          - text: All hubs are open.\n"


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("id: hubs", "id: places")], []),
        ([("id: seen-today", "id: seen")], []),
        (
            [("id: hubs", "id: places"), ("by September 2026", "by September 2029")],
            ["date-later weakened 3 years"],
        ),
        (
            [("id: seen-today", "id: seen"), ("value: 80%", "value: 60%")],
            ["target-lowered weakened 20 percentage points"],
        ),
        ([("id: hub-money", "id: hub-money-2026"), ("£9.6m", "£5m")], ["money-down weakened £4.6 million, 47.9%"]),
        (
            [("id: hubs", "id: places"), ("status: planned", "status: planned\n        retired: {reason: No money}")],
            ["retired weakened by September 2026"],
        ),
    ],
)
def test_the_same_words_under_another_id_hide_no_loss(
    edits: list[tuple[str, str]], expected: list[str], text: str, base: Plan, plan_of: Read
) -> None:
    after = text
    for find, replace in edits:
        after = after.replace(find, replace)
    found = told(base, plan_of(after))
    swapped = [each for each in found if each.startswith(("added changed", "removed changed"))]
    assert len(swapped) == 2
    assert sorted(set(found) - set(swapped)) == expected


def test_the_same_words_in_a_later_band_under_no_id_are_later(text: str, plan_of: Read) -> None:
    hub = "          - text: The first hub of the county opens{}.\n"
    first, later = "          - text: First hub opens.\n", LATER_BAND
    old = text.replace(first, first + hub.format(" its doors"))
    new = text.replace(later, hub.format(" doors") + later)
    changes = diff_plans([plan_of(old)], plan_of(new)).changes
    (slip,) = [change for change in changes if change.significance is Significance.WEAKENED]
    assert (slip.kind.value, slip.amount) == ("date-later", "1 year")
    assert slip.suggestion is not None
    assert "date-later weakened 1 year" in told(plan_of(old), plan_of(new))


def test_money_without_a_like_title_is_another_line(text: str, plan_of: Read) -> None:
    def with_line(title: str, amount: str) -> Plan:
        return plan_of(
            text.replace("      - id: hub-money\n        title: Urgent care hubs", f"      - title: {title}").replace(
                "£9.6m", amount
            )
        )

    found = told(with_line("Urgent hubs", "£9.6m"), with_line("Vaccines for babies", "£20m"))
    assert sorted(found) == ["added strengthened £20m", "removed weakened £9.6m"]
    changes = diff_plans([with_line("Urgent care hubs", "£9.6m")], with_line("New urgent care hubs", "£5m")).changes
    (money,) = [change for change in changes if change.kind.value == "money-down"]
    assert money.suggestion is not None


YEAR_ONE = "text: Second hub opens."


@pytest.mark.parametrize(
    ("when", "expected"),
    [("2025/26", ["stated changed"]), ("by March 2027", ["date-later weakened 1 year"])],
)
def test_a_programme_year_has_the_dates_that_the_period_gives_it(
    when: str, expected: list[str], text: str, plan_of: Read
) -> None:
    dated = text.replace("  version: v1\n", "  version: v1\n  period: 2025/26 to 2027/28\n")
    counted = dated.replace("when: 2025/26\n", "band: Year 1\n")
    assert counted != dated
    stated = counted.replace(YEAR_ONE, f"{YEAR_ONE}\n            when: {when}")
    assert told(plan_of(counted), plan_of(stated)) == expected
    own = counted.replace(YEAR_ONE, f"{YEAR_ONE}\n            when: Year 1")
    assert told(plan_of(own), plan_of(stated)) == [
        each.replace("stated changed", "reworded reworded") for each in expected
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("due: 2026-09-30", "when: by September 2026", ["date-changed changed"]),
        ("due: 2026-09-30", "when: by December 2026", ["date-later weakened 3 months"]),
        ("when: by September 2026\n        due: 2026-09-30", "when: by September 2026", ["date-changed changed"]),
        ("when: by June 2026\n        due: 2026-09-30", "when: by June 2026", ["date-earlier strengthened 3 months"]),
    ],
)
def test_a_time_and_a_deadline_are_one_comparison(
    before: str, after: str, expected: list[str], text: str, plan_of: Read
) -> None:
    stated = "when: April 2026 to September 2026"
    assert stated in text
    assert told(plan_of(text.replace(stated, before)), plan_of(text.replace(stated, after))) == expected


def test_money_that_moves_to_a_table_of_another_year_says_so(text: str, plan_of: Read) -> None:
    dated = text.replace("    commitment: committed\n", "    commitment: committed\n    year: 2026/27\n")
    later = dated.replace("id: investment\n    title: Investment", "id: next\n    title: Next programme").replace(
        "year: 2026/27", "year: 2028/29"
    )
    found = diff_plans([plan_of(dated)], plan_of(later)).changes
    years = [fact_sentence(change) for change in found if change.field == "year"]
    assert years == ["Later (year): from 2026/27 to 2028/29 (2 years)."] * 2
    told(plan_of(dated), plan_of(later))


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [("    recurrence: non-recurrent\n", "weakened"), ("    recurrence: recurrent\n", "changed"), ("", "changed")],
)
def test_money_of_a_later_year_is_a_loss_only_if_it_comes_once(
    recurrence: str, expected: str, text: str, plan_of: Read
) -> None:
    table = f"    commitment: committed\n{recurrence}    year: 2026/27\n"
    dated = text.replace("    commitment: committed\n", table)
    assert told(plan_of(dated), plan_of(dated.replace("2026/27\n    lines", "2027/28\n    lines"))) == [
        f"date-later {expected} 1 year"
    ]
    own = dated.replace("serves: [access]", "serves: [access]\n        year: 2028/29")
    assert told(plan_of(dated), plan_of(own)) == [f"date-later {expected} 2 years"]


def test_an_id_that_was_given_is_told_from_one_that_was_dropped(text: str, base: Plan, plan_of: Read) -> None:
    without = plan_of(text.replace("      - id: review\n        text:", "      - text:"))
    assert [fact_sentence(each) for each in diff_plans([base], without).changes] == [
        "Has no id any more: it was review."
    ]
    assert [fact_sentence(each) for each in diff_plans([without], base).changes] == ["Now has an id: review."]


def test_what_an_ambition_says_itself_stands_nowhere_else(text: str, plan_of: Read) -> None:
    own = "    title: Enough staff\n    text: Nobody waits for a nurse.\n    owner: Chief nurse\n"
    full = text.replace("    title: Enough staff\n", own)
    start, end = full.index("  - id: staff"), full.index("funding:")
    milestones = full[full.index("    milestones:\n      - id: training") : end]
    without = (full[:start] + full[end:]).replace("    depends_on: [staff]\n", "")
    moved = without.replace("    timeline:\n", f"{milestones}    timeline:\n", 1)
    assert "removed weakened its text, its owner; what else it held stands elsewhere" in told(
        plan_of(full), plan_of(moved)
    )


def test_a_whole_ambition_that_goes_names_what_was_promised_in_it(text: str, plan_of: Read, registry: Registry) -> None:
    end = text.index("funding:")
    ambition = """  - id: teeth
    title: Healthy teeth
    commitments: [DEN-ACCESS]
    actions:
      - Write to every dentist.
    measures:
      - text: Children seen by a dentist.
        target: {value: 90%, when: March 2027}
    timeline:
      - label: 2026/27
        milestones:
          - Open the **east** hub.
"""
    old, new = plan_of(text[:end] + ambition + text[end:]), plan_of(text)
    (gone,) = diff_plans([old], new, registry=registry).changes
    assert gone.amount == "1 action, 1 milestone (1 with a date), 1 measure (target 90% by March 2027)"
    assert parts_sentence(gone) == (
        "With it went: action “Write to every dentist.”, milestone “Open the east hub.” (2026/27) and measure "
        "“Children seen by a dentist.” (target 90% by March 2027)."
    )
    assert commitments_sentence(gone) == (
        f"It answered the national commitment: {registry.commitments['DEN-ACCESS'].title} (DEN-ACCESS)."
    )
    for show in (diff_text, diff_markdown, diff_json):
        assert "Children seen by a dentist." in show([diff_plans([old], new)])
    (come,) = diff_plans([new], old).changes
    assert parts_sentence(come).startswith("With it came: action “Write to every dentist.”")


def test_of_many_things_that_go_those_with_a_date_are_named(text: str, base: Plan, plan_of: Read) -> None:
    end = text.index("funding:")
    undated = "".join(f"      - Undated step {number}.\n" for number in range(20))
    ambition = (
        "  - id: many\n    title: Many steps\n    actions:\n"
        f"{undated}      - {{text: The dated step., when: by June 2027}}\n"
    )
    (gone,) = diff_plans([plan_of(text[:end] + ambition + text[end:])], base).changes
    named = part_words(gone)
    assert named[-2:] == ("action “The dated step.” (by June 2027)", "9 more")
    assert named[0] == "action “Undated step 0.”"
    assert len(gone.parts) == 21


def test_what_is_committed_is_not_added_to_what_is_proposed(text: str, plan_of: Read) -> None:
    start, end = text.index("funding:"), text.index("  - id: bids")
    mixed = text.replace("amounts: [£2m (TBC)]", "amounts: [£2m (TBC)]\n        commitment: proposed")
    found = told(plan_of(mixed), plan_of(text[:start] + "funding:\n" + text[end:]))
    assert found == ["removed weakened committed £9.6 million and proposed £2 million to be confirmed"]


def test_a_part_without_words_of_its_own_is_told_by_what_it_says(text: str, base: Plan, plan_of: Read) -> None:
    headed = plan_of(
        text.replace("    title: Enough staff\n", "    title: Enough staff\n    labels: {actions: We will}\n")
    )
    (change,) = diff_plans([headed], base).changes
    assert fact_sentence(change) == "No longer stated (own headings): “We will”."


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("in early 2024", "in early 2025", "Later: was in early 2024, now in early 2025 (1 year)."),
        ("during April 2025", "during April 2027", "Later: was during April 2025, now during April 2027 (2 years)."),
        ("April 2025", "April 2027", "Later: from April 2025 to April 2027 (2 years)."),
    ],
)
def test_times_with_words_before_them_read_well(before: str, after: str, said: str, text: str, plan_of: Read) -> None:
    plans = [plan_of(text.replace("April 2026 to September 2026", when)) for when in (before, after)]
    (change,) = diff_plans([plans[0]], plans[1]).changes
    assert fact_sentence(change) == said


def test_marks_of_emphasis_are_no_words_of_a_change(text: str, plan_of: Read) -> None:
    marked = plan_of(text.replace("Give every practice cloud telephony.", "Give **every** practice telephones."))
    bare = plan_of(text.replace(PHONES, ""))
    (gone,) = diff_plans([marked], bare).changes
    assert gone.name == "ambition 'Priority 1', action 'Give every practice telephones.'"
    assert fact_sentence(gone) == "Removed: Give every practice telephones."


def test_a_remark_that_other_changes_show_is_not_read_out_again(text: str, base: Plan, plan_of: Read) -> None:
    noted = text.replace("status: planned", "status: planned\n        note: The builders were late.")
    both = diff_plans([base], plan_of(noted.replace("by September 2026", "by December 2026", 1))).changes
    assert [fact_sentence(change) for change in both if change.field == "note"] == [
        "Now stated (note): see the other changes of this item."
    ]
    assert [change.reason for change in both if change.field != "note"] == ["The builders were late."]
    (alone,) = diff_plans([base], plan_of(noted)).changes
    assert fact_sentence(alone) == "Now stated (note): The builders were late."
