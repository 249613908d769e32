"""The page of a plan: one order for every plan, headings that read as a contents page, links that lead somewhere."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pcstrat.model.aims import Ambition, Objective
from pcstrat.model.document import Term
from pcstrat.model.funding import FundingTable
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action
from pcstrat.model.vocabulary import Theme
from pcstrat.money_outline import amounts_in_plan
from pcstrat.registry import load_registry
from pcstrat.render import words
from pcstrat.render.blocks import Block, Cards, Items, Link, MoneyChart, Page, Section, Statistics, Table, Timeline
from pcstrat.render.environment import Templates
from pcstrat.render.index import index_plan
from pcstrat.render.items import point_item
from pcstrat.render.money import funding_sentence
from pcstrat.render.reference import glossary_section
from pcstrat.rules import Hit, Subject, rule_by_code

AS_OF = dt.date(2026, 11, 21)
TESTS = Path(__file__).parent.parent
PLANS = [*sorted((TESTS.parent / "strategies").glob("*.yaml")), *sorted((TESTS / "formats").glob("*.yaml"))]
PARTS = [
    *(
        "control",
        "glance",
        "services",
        "foreword",
        "why",
        "engagement",
        "alignment",
        "AMBITIONS",
        "enablers",
        "timeline",
        "progress",
    ),
    *("money", "measures", "commitments", "accountability", "delivery", "closing", "outcomes", "benefits", "risks"),
    *("case-studies", "people", "glossary", "sources", "not-stated", "since", "left_out"),
]
"""The order of the page, as anchors of its parts; ambitions have anchors of their own."""

JUDGING = re.compile(
    r"\b(?:fails?|failed|failing|poor|poorly|good|bad|weak|strong|excellent|inadequate|worst|best)\b", re.IGNORECASE
)

PlanAt = Callable[[Path], Plan]


@pytest.fixture(scope="module", params=PLANS, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest, plan_at: PlanAt) -> Plan:
    return plan_at(request.param)


@pytest.fixture(scope="module")
def page(plan: Plan, page_of: Callable[..., Page]) -> Page:
    return page_of(plan)


@pytest.fixture(scope="module")
def root(plan: Plan, html_of: Callable[..., str], tree: Callable[[str], Any]) -> Any:
    return tree(html_of(plan))


def sections(parts: tuple[Section, ...]) -> Iterator[Section]:
    for part in parts:
        yield part
        yield from sections(part.sections)


def blocks(page: Page, kind: type[Block]) -> Iterator[Any]:
    for part in sections(page.sections):
        yield from (block for block in part.blocks if isinstance(block, kind))


def aims(plan: Plan) -> Iterator[Objective]:
    for aim in (*plan.ambitions, *plan.enablers):
        yield aim
        yield from aim.objectives if isinstance(aim, Ambition) else ()


# --- every page ------------------------------------------------------------------------------------------------------


def test_headings_are_one_h1_and_then_no_level_is_skipped(root: Any) -> None:
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels[1:]) <= {2, 3, 4}
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_every_heading_says_something(root: Any) -> None:
    assert all(node.text() for node in root.all("h1", "h2", "h3", "h4"))


def test_ids_are_unique(root: Any) -> None:
    counts = Counter(node.attributes["id"] for node in root.all() if "id" in node.attributes)
    assert [name for name, count in counts.items() if count > 1] == []
    assert all(re.fullmatch(r"\S+", name) for name in counts)


def test_every_internal_link_and_label_leads_somewhere(root: Any) -> None:
    ids = {node.attributes["id"] for node in root.all() if "id" in node.attributes}
    links = [node.attributes["href"][1:] for node in root.all("a") if node.attributes["href"].startswith("#")]
    labels = [node.attributes["aria-labelledby"] for node in root.all() if "aria-labelledby" in node.attributes]
    assert len(links) > 20
    assert [name for name in (*links, *labels) if name not in ids] == []


def test_every_link_has_words(root: Any) -> None:
    assert all(node.text() or node.attributes.get("aria-label") for node in root.all("a"))


def test_lists_hold_items_and_no_list_or_table_is_empty(root: Any) -> None:
    for node in root.all("ul", "ol"):
        below = [child for child in node.children if not isinstance(child, str)]
        assert below
        assert {child.tag for child in below} == {"li"}
        assert all(child.text() for child in below)
    for node in root.all("td", "th"):
        assert node.text(), "an empty cell says nothing to somebody who cannot see the table"


def test_parts_stand_in_the_order_of_every_page(page: Page, plan: Plan) -> None:
    own = {aim.id for aim in plan.ambitions} | {"part--ambitions"}
    order = ["AMBITIONS" if part.id in own else part.id.removeprefix("part--") for part in page.sections]
    assert [PARTS.index(name) for name in order] == sorted(PARTS.index(name) for name in order)
    assert all(part.level == 2 for part in page.sections)


def test_every_ambition_objective_and_enabler_has_a_section_with_its_label(page: Page, plan: Plan) -> None:
    by_id = {part.id: part for part in sections(page.sections)}
    for aim in aims(plan):
        assert by_id[aim.id].title == aim.title
        assert by_id[aim.id].label.startswith(aim.label or "")


def test_labels_stand_above_their_headings(root: Any, plan: Plan) -> None:
    labels = {aim.id: aim.label for aim in aims(plan) if aim.label}
    for node in root.all("section"):
        name = next(heading.attributes["id"] for heading in node.all("h2", "h3", "h4"))
        if name in labels:
            texts = [child.text() for child in node.children if not isinstance(child, str)]
            assert next(text for text in texts if text).startswith(labels[name])


def test_the_cover_says_what_it_is(root: Any, plan: Plan) -> None:
    (cover,) = root.all("header")
    assert plan.document.title in cover.text()
    assert "Published:" in cover.text()
    assert "Period:" in cover.text()


def test_who_restates_a_plan_says_so_on_the_cover_and_at_the_foot(root: Any, plan: Plan) -> None:
    assert plan.document.restated_by is not None
    (cover,), (foot,) = root.all("header"), root.all("footer")
    for place in (cover, foot):
        assert f"Restated by {plan.document.restated_by.publisher} from" in place.text()
        assert "Not an ICB publication." in place.text()


def test_what_pcstrat_says_itself_does_not_judge(page: Page) -> None:
    said = [line for part in sections(page.sections) for line in part.foot]
    said += [str(block.text) for part in page.sections for block in part.blocks[:1] if hasattr(block, "text")][3:]
    catalogue = [*words.PARTS.values(), *words.SECTIONS.values(), *words.FUNDING.values()]
    assert [text for text in catalogue if JUDGING.search(text)] == []
    generated = [
        text for text in said if text.startswith(("This plan", "This objective", "This ambition", "This enabler"))
    ]
    assert [text for text in generated if JUDGING.search(text)] == []
    assert generated


def test_nothing_internal_is_on_the_page(root: Any, plan: Plan) -> None:
    for waiver in plan.waivers:
        assert waiver.reason not in root.text()
        assert waiver.owner not in root.text()


def test_charts_and_cards_stay_within_their_frames(page: Page) -> None:
    for chart in blocks(page, Timeline):
        assert 1 <= len(chart.rows) <= 20
        assert 1 <= len(chart.years) <= 8
        for row in chart.rows:
            for mark in row.marks:
                assert 0 <= mark.start <= mark.end <= 100
                assert mark.start < 100
                assert mark.shape in {"dot", "bar", "by", "from", "band"}
    for cards in blocks(page, Cards):
        assert all(len(card.actions) <= 3 or (len(card.actions) == 4 and not card.more) for card in cards.cards)
        assert not any(card.more == "and 1 more" for card in cards.cards)
        assert len(cards.cards) <= 6
    for numbers in blocks(page, Statistics):
        assert numbers.style != "band" or len(numbers.items) <= 4
    for bars in blocks(page, MoneyChart):
        assert max(bar.length for bar in bars.bars) == 100
        assert all(bar.amount and bar.text and bar.status_text for bar in bars.bars)


def test_a_chart_of_many_amounts_is_divided_so_that_each_part_fits_on_a_page(
    plan_at: PlanAt, page_of: Callable[..., Page]
) -> None:
    lines = [{"title": f"Line {number}", "amounts": [f"£{number}m"]} for number in range(1, 31)]
    plan = plan_at(TESTS.parent / "strategies" / "norfolk-waveney.yaml")
    funding = (FundingTable.model_validate({"title": "Money", "commitment": "committed", "lines": lines}),)
    charts = list(blocks(page_of(plan.model_copy(update={"funding": funding})), MoneyChart))
    assert [len(chart.bars) for chart in charts] == [10, 10, 10]
    assert len({chart.id for chart in charts}) == 3
    assert [bar.text for chart in charts for bar in chart.bars] == [line["title"] for line in lines]


def test_every_row_has_as_many_cells_as_there_are_columns(page: Page) -> None:
    tables = list(blocks(page, Table))
    assert tables
    for table in tables:
        assert table.caption
        assert table.rows
        assert {len(row.cells) + 1 for row in table.rows} == {len(table.columns)}


def test_no_list_is_empty_without_words_before_it(page: Page) -> None:
    assert all(items.items or items.intro or items.heading for items in blocks(page, Items))


# --- an item whose name the page uses itself ----------------------------------------------------------------------


def test_no_id_of_a_plan_can_clash_with_one_of_the_page(
    html_of: Callable[..., str], tree: Callable[[str], Any], minimal: dict[str, Any]
) -> None:
    names = sorted(
        {node.attributes["id"] for node in tree(html_of(Plan.model_validate(minimal))).all() if "id" in node.attributes}
    )
    allowed = [name for name in names if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and name != "one"]
    assert allowed == [], "ids of the page itself need two hyphens, which no id of a plan has"


def test_tables_without_ids_do_not_clash(
    html_of: Callable[..., str], tree: Callable[[str], Any], minimal: dict[str, Any]
) -> None:
    table = {"title": "T", "commitment": "proposed", "lines": [{"title": "L", "amounts": ["£1m"]}]}
    minimal["funding"] = [table, table]
    minimal["ambitions"][0]["funding"] = [table, table]
    minimal["vision"] = {"parts": [{"title": "Ours & theirs"}, {"title": "Ours & theirs"}]}
    test_ids_are_unique(tree(html_of(Plan.model_validate(minimal))))


# --- times --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "mark"),
    [
        ("1 April 2026", ("dot", 0, 0.27)),
        ("October 2026", ("dot", 50.14, 58.63)),
        ("April 2026 to September 2026", ("bar", 0, 50.14)),
        ("2026/27", ("bar", 0, 100)),
        ("by 30 September 2026", ("by", 0, 50.14)),
        ("until 31 March 2027", ("by", 0, 100)),
        ("from 1 October 2026", ("from", 50.14, 100)),
        (None, ("band", 0, 100)),
    ],
)
def test_a_mark_has_the_shape_of_its_time(
    when: str | None, mark: tuple[str, float, float], page_of: Callable[..., Page], minimal: dict[str, Any]
) -> None:
    milestone = {"text": "Something happens"} | ({"when": when} if when else {})
    minimal["ambitions"][0]["timeline"] = [{"label": "Year 1", "when": "2026/27", "milestones": [milestone]}]
    (chart,) = blocks(page_of(Plan.model_validate(minimal)), Timeline)
    assert chart.years == ("2026/27",)
    ((drawn,),) = (row.marks for row in chart.rows)
    assert drawn.shape == mark[0]
    assert (drawn.start, drawn.end) == pytest.approx(mark[1:], abs=0.01)


def test_long_timelines_have_several_charts_and_their_last_marks_can_be_seen(
    page_of: Callable[..., Page], minimal: dict[str, Any]
) -> None:
    years = [f"{2020 + number % 20} to {2021 + number % 20}" for number in range(45)]
    minimal["ambitions"][0]["milestones"] = [
        {"text": f"Step {number}", "when": when} for number, when in enumerate(years)
    ]
    page = page_of(Plan.model_validate(minimal))
    assert [len(chart.rows) for chart in blocks(page, Timeline)] == [9, 9, 9, 9, 9]
    test_charts_and_cards_stay_within_their_frames(page)


def test_undated_milestones_are_in_the_table_and_not_in_a_chart(
    page_of: Callable[..., Page], minimal: dict[str, Any], html_of: Callable[..., str], tree: Callable[[str], Any]
) -> None:
    minimal["ambitions"][0]["milestones"] = ["Some day"]
    plan = Plan.model_validate(minimal)
    assert list(blocks(page_of(plan), Timeline)) == []
    assert "No date stated" in tree(html_of(plan)).text()


# --- money --------------------------------------------------------------------------------------------------------


def money_said(minimal: dict[str, Any], *tables: tuple[str, list[str]], year: str | None = None) -> str:
    minimal["funding"] = [
        {
            "title": f"Table {number}",
            "commitment": commitment,
            "lines": [{"title": amount, "amounts": [amount]} for amount in amounts],
        }
        | ({"year": year} if year else {})
        for number, (commitment, amounts) in enumerate(tables)
    ]
    return funding_sentence(amounts_in_plan(Plan.model_validate(minimal)))


def test_who_is_to_be_confirmed_is_said_to_be_and_not_counted(
    minimal: dict[str, Any], html_of: Callable[..., str], tree: Callable[[str], Any]
) -> None:
    minimal["ambitions"] = [
        {"id": "one", "title": "One", "owner": "TBC", "risks": [{"text": "Rain", "owner": "?", "mitigation": "tbc."}]},
        {"id": "two", "title": "Two", "accountable": ["Board", "To be confirmed"]},
        {"id": "three", "title": "Three", "owner": "Vacant"},
        {"id": "four", "title": "Four"},
    ]
    said = tree(html_of(Plan.model_validate(minimal))).text()
    assert "1 of 4 ambitions, objectives and enablers state who is responsible. For 1 it is to be confirmed." in said
    assert "Owner: To be confirmed" in said
    assert "Accountable: Board, To be confirmed" in said
    assert "Owner: Not stated (“Vacant”)" in said
    assert "What will be done: To be confirmed" in said
    assert "TBC" not in said
    assert said.count("This ambition does not state: dates, money, measures, owner") == 3


def test_a_target_to_be_agreed_is_shown_as_open_and_not_counted(
    minimal: dict[str, Any], html_of: Callable[..., str], tree: Callable[[str], Any]
) -> None:
    baseline, target = {"value": "12%", "when": "May 2027"}, {"value": {"published": "TBC"}, "when": "May 2028"}
    measures = [{"text": "Dry feet", "baseline": baseline, "target": target}]
    minimal["ambitions"] = [{"id": "one", "title": "One", "measures": measures}]
    said = tree(html_of(Plan.model_validate(minimal))).text()
    assert "None states a baseline, a target and a date together." in said
    assert "Target: To be confirmed (May 2028)" in said
    assert "TBC" not in said


YEARS = "The plan does not say which years the money covers."


def test_money_is_said_as_the_brief_says_it(minimal: dict[str, Any]) -> None:
    said = money_said(
        minimal,
        ("committed", ["£28m", "£500k", "£4m (TBC)", "£600,000 (TBC)"]),
        ("proposed", ["£5m", "£440k"]),
    )
    assert said == (
        "£28.5 million is listed as committed. "
        "A further £4.6 million is in the same list but marked 'to be confirmed'. "
        f"£5.44 million is proposed. {YEARS}"
    )


@pytest.mark.parametrize(
    ("commitment", "amounts", "said"),
    [
        ("committed", [], "This plan does not give amounts of money."),
        ("committed", ["£2m (TBC)"], f"£2 million is listed as committed but marked 'to be confirmed'. {YEARS}"),
        ("existing", ["£1,250.50"], f"£1,250.50 is existing money. {YEARS}"),
        ("not stated", ["£3bn"], f"£3 billion is named without saying how certain it is. {YEARS}"),
        ("proposed", ["TBC"], "This plan names money without saying how much."),
        ("proposed", ["£1m", "TBC"], f"£1 million is proposed. 1 amount without a figure is not part of this. {YEARS}"),
        (
            "proposed",
            ["£1m to £2m", "TBC", "£4m"],
            f"£4 million is proposed. 1 range and 1 amount without a figure are not part of this. {YEARS}",
        ),
        ("proposed", ["£1m to £2m"], f"£1 million to £2 million is proposed. {YEARS}"),
        ("proposed", ["over £1m"], f"Over £1 million is proposed. {YEARS}"),
        ("proposed", ["over £1m", "£2m"], f"About £3 million is proposed. {YEARS}"),
    ],
)
def test_money_that_is_not_simple(commitment: str, amounts: list[str], said: str, minimal: dict[str, Any]) -> None:
    assert money_said(minimal, (commitment, amounts)) == said


def test_years_are_not_missed_where_they_are_stated(minimal: dict[str, Any]) -> None:
    assert money_said(minimal, ("proposed", ["£1m"]), year="2026/27") == "£1 million is proposed."


@pytest.mark.parametrize("amounts", [[], ["£1m"]])
def test_a_line_that_differs_from_its_table_says_so_with_and_without_an_amount(
    amounts: list[str], minimal: dict[str, Any], page_of: Callable[..., Page]
) -> None:
    line = {"title": "Vans", "commitment": "proposed", "amounts": amounts}
    minimal["funding"] = [{"title": "Agreed money", "commitment": "committed", "lines": [line]}]
    page = page_of(Plan.model_validate(minimal))
    (table,) = (table for table in blocks(page, Table) if table.caption == "Amounts, line by line")
    assert table.rows[0].cells[-1].text == "Proposed"


# --- what happened since ------------------------------------------------------------------------------------------


def with_dates(
    minimal: dict[str, Any], commitments: list[str], timeline: Iterable[dict[str, str]] = (), **document: str
) -> Plan:
    ambition = {"id": "one", "title": "Do one thing", "commitments": commitments, "timeline": list(timeline)}
    data = minimal | {"ambitions": [ambition]}
    return Plan.model_validate(data | {"document": data["document"] | document})


def ended_by_rule(plan: Plan) -> list[Hit]:
    return list(rule_by_code("N03").check(Subject(plan, load_registry(None), AS_OF)))


@pytest.mark.parametrize(
    ("document", "is_said"),
    [
        ({"published": "June 2023"}, True),
        ({"published": "April 2024"}, False),
        ({"period": "2023/24 to 2027/28"}, True),
        ({"period": "2024/25 to 2028/29"}, False),
        ({"period": "from April 2023"}, True),
        ({"period": "by March 2030"}, False),
        ({}, False),
    ],
)
def test_only_what_ended_since_the_plan_began_is_said_to_have_by_page_and_rule(
    minimal: dict[str, Any], html_of: Callable[..., str], document: dict[str, str], *, is_said: bool
) -> None:
    plan = with_dates(minimal, ["PCA-APP"], **document)
    html = html_of(plan)
    assert ("The period of this national commitment has ended" in html) is is_said
    assert ("so this counts from its first day, 1 April 2023" in html) is (is_said and "period" in document)
    assert len(ended_by_rule(plan)) == is_said


@pytest.mark.parametrize(
    ("period", "year_one", "is_said"),
    [
        ("by March 2030", "2023/24", True),
        ("by March 2030", "2024/25", False),
        ("from April 2024", "2023/24", False),
        ("from April 2023", "2024/25", True),
    ],
)
def test_where_a_period_has_no_first_day_the_plan_begins_with_its_first_year(
    minimal: dict[str, Any], html_of: Callable[..., str], period: str, year_one: str, *, is_said: bool
) -> None:
    plan = with_dates(minimal, ["PCA-APP"], [{"label": "Year 1", "when": year_one}], period=period)
    assert ("The period of this national commitment has ended" in html_of(plan)) is is_said
    assert len(ended_by_rule(plan)) == is_said


@pytest.mark.parametrize(("as_of", "times"), [(dt.date(2026, 3, 31), 0), (dt.date(2026, 4, 1), 2)])
def test_a_closed_icb_is_said_to_be_closed(
    as_of: dt.date, times: int, html_of: Callable[..., str], tree: Callable[[str], Any], plan_at: PlanAt
) -> None:
    plan = plan_at(TESTS.parent / "strategies" / "herts-west-essex.yaml")
    text = tree(html_of(plan, as_of)).text()
    sentence = "This ICB closed on 31 March 2026. Its area is now covered by Central East ICB and Essex ICB."
    assert text.count(sentence) == times


def test_words_with_welsh_letters_stand_beside_those_without() -> None:
    section = glossary_section(tuple(Term(term=name, means="A word") for name in ("Wyz", "Ŵya", "Zeta", "ager")))
    assert section is not None
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert [str(row.header.text) for row in table.rows] == ["ager", "Ŵya", "Wyz", "Zeta"]


def test_data_for_programs_is_folded_away_and_documents_are_not(page: Page) -> None:
    page = replace(page, pdf=Link(text="PDF", href="plan.pdf"), downloads=(Link(text="Data", href="plan.json"),))
    html = Templates().render("documents/plan.html.j2", page=page)
    folded = html[html.index('<details class="data-fold">') :].partition("</details>")[0]
    assert "plan.json" in folded
    assert "plan.pdf" not in folded
    assert html.count('href="plan.pdf"') == html.count('href="plan.json"') == 1


def test_an_item_of_which_only_the_classification_is_known_says_so(plan: Plan) -> None:
    index = index_plan(plan, load_registry(None))
    themes = (Theme.PREVENTION,)
    assert point_item(index, Action(text="Act.", themes=themes)).only_tags
    assert not point_item(index, Action(text="Act.")).only_tags
    assert not point_item(index, Action(text="Act.", owner="The board", themes=themes)).only_tags
