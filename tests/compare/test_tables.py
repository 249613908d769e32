"""Every table on hand-made plans."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from pcstrat.compare import digest
from pcstrat.compare.milestones import OR_NEXT_YEAR, Undated, YearOrQuarter, place_of
from pcstrat.compare.table import Depth, NotJudged, NotStated, NotYetPublished, SaidOutOfScope, Shape, Stated
from pcstrat.model.plan import Plan
from pcstrat.model.times import Time, read_time
from pcstrat.registry import Registry
from pcstrat.rules.national import RULES
from pcstrat.rules.subject import Subject

Make = Callable[..., Any]
DATED = {"published": "1 June 2023"}


def aim(**more: Any) -> dict[str, Any]:
    return {"id": "one", "title": "Do one thing"} | more


@pytest.mark.parametrize(
    ("item", "depth", "proofs"),
    [
        ({"mentions": ["FUL-INT"]}, Depth.MENTIONED, ["one"]),
        ({"commitments": ["FUL-INT"]}, Depth.OBJECTIVE, ["one"]),
        ({"actions": [{"id": "act", "text": "Act", "commitments": ["FUL-INT"]}]}, Depth.OBJECTIVE, ["act"]),
        (
            {"actions": [{"id": "act", "text": "Act", "when": "2024/25", "commitments": ["FUL-INT"]}]},
            Depth.MILESTONE,
            ["act"],
        ),
        ({"commitments": ["FUL-INT"], "milestones": [{"text": "Some day"}]}, Depth.OBJECTIVE, ["one"]),
        ({"commitments": ["FUL-INT"], "milestones": [{"text": "Now", "when": "ongoing"}]}, Depth.OBJECTIVE, ["one"]),
        ({"commitments": ["FUL-INT"], "milestones": [{"text": "Then", "when": "May 2024"}]}, Depth.MILESTONE, ["one"]),
        ({"commitments": ["FUL-INT"], "measures": ["People are content"]}, Depth.OBJECTIVE, ["one"]),
        (
            {"commitments": ["FUL-INT"], "milestones": [{"text": "T", "when": "May 2024"}], "measures": ["M"]},
            Depth.MEASURE,
            ["one"],
        ),
    ],
)
def test_depths_of_commitments(made: Make, data: Make, item: dict[str, Any], depth: Depth, proofs: list[str]) -> None:
    cell = made(data("a", document=DATED, ambitions=[aim(**item)])).cell("commitments", "FUL-INT", "a")
    assert isinstance(cell, Stated)
    assert cell.depth is depth
    assert [proof.id for proof in cell.proofs] == proofs


STEP = {"id": "x", "text": "Do it", "commitments": ["FUL-INT"]}
PART = {"id": "x", "title": "Do it", "commitments": ["FUL-INT"]}


@pytest.mark.parametrize(
    ("noun", "plan"),
    [
        ("ambition", {"ambitions": [PART]}),
        ("objective", {"ambitions": [aim(objectives=[PART])]}),
        ("enabler", {"enablers": [PART]}),
        ("a part of one", {"ambitions": [aim(strands=[PART])]}),
        ("an action", {"ambitions": [aim(actions=[STEP])]}),
        ("a milestone", {"ambitions": [aim(milestones=[STEP])]}),
        ("a measure", {"ambitions": [aim(measures=[STEP])]}),
        ("an element of the vision", {"vision": {"elements": [PART]}}),
        ("a next step", {"delivery": {"next_steps": [STEP]}}),
        ("a next step", {"engagement": {"next": [STEP]}}),
    ],
)
def test_the_definition_of_an_objective_names_whatever_counts_as_one(
    made: Make, data: Make, noun: str, plan: dict[str, Any]
) -> None:
    tables = made(data("a", document=DATED, **plan))
    cell = tables.cell("commitments", "FUL-INT", "a")
    assert isinstance(cell, Stated)
    assert (cell.depth, [proof.id for proof in cell.proofs]) == (Depth.OBJECTIVE, ["x"])
    (method,) = (topic.method for topic in tables.topics if topic.id == "commitments")
    definition = method[0].partition("Objective: ")[2].partition("With milestone: ")[0]
    assert noun in definition


def test_a_strand_answers_with_its_own_dates_alone(made: Make, data: Make) -> None:
    strand = {"id": "part", "title": "A part", "commitments": ["FUL-INT"]}
    item = aim(strands=[strand], milestones=[{"text": "T", "when": "May 2024"}])
    cell = made(data("a", document=DATED, ambitions=[item])).cell("commitments", "FUL-INT", "a")
    assert cell.text == "Objective"


@pytest.mark.parametrize("own", [{"commitments": ["LAW-CYP"]}, {}])
def test_what_is_tagged_with_other_commitments_counts_for_those(made: Make, data: Make, own: dict[str, Any]) -> None:
    milestone = {"id": "then", "text": "Then", "when": "May 2024"} | own
    item = aim(commitments=["FUL-INT"], milestones=[milestone], measures=[{"text": "M"} | own])
    tables = made(data("a", document=DATED, ambitions=[item]))
    deep = "With milestone and measure"
    assert tables.text("commitments", "FUL-INT", "a") == ("Objective" if own else deep)
    assert tables.text("commitments", "LAW-CYP", "a") == (deep if own else "Not mentioned")


def test_commitments_of_an_ambition_count_for_objectives_and_strands_that_state_none(made: Make, data: Make) -> None:
    work = {"milestones": [{"text": "T", "when": "May 2024"}], "measures": [{"id": "m", "text": "M"}]}
    silent = {"id": "two", "title": "Two", "strands": [{"id": "part", "title": "P", **work}]}
    own = {"id": "three", "title": "Three", "commitments": ["LAW-CYP"], **work, "measures": [{"id": "n", "text": "N"}]}
    ambition = aim(commitments=["FUL-INT"], objectives=[silent, own])
    cell = made(data("a", document=DATED, ambitions=[ambition])).cell("commitments", "FUL-INT", "a")
    assert [proof.id for proof in cell.proofs] == ["one", "two", "part"]
    assert (cell.depth, cell.note) == (Depth.MEASURE, "1 dated milestone and 1 measure in them")


def test_a_commitment_that_one_part_states_is_not_that_of_the_others(made: Make, data: Make) -> None:
    dated = {"milestones": [{"text": "T", "when": "May 2024"}]}
    parts = [{"id": "that", "title": "A", "commitments": ["FUL-INT"]}, {"id": "other", "title": "B", **dated}]
    ambition = aim(commitments=["FUL-INT"], strands=parts)
    cell = made(data("a", document=DATED, ambitions=[ambition])).cell("commitments", "FUL-INT", "a")
    assert [proof.id for proof in cell.proofs] == ["one", "that"]
    assert cell.depth is Depth.OBJECTIVE


def test_no_column_of_a_list_has_a_comma_in_its_title(real: Any) -> None:
    """Titles stand in sentences such as "No row states: of whom, date of baseline and target"."""
    lists = [table for topic in real.topics for table in topic.tables if table.shape is Shape.LIST]
    assert lists
    assert not [column.title for table in lists for column in table.columns if "," in column.title]


def test_money_for_a_commitment_mentions_it(made: Make, data: Make) -> None:
    line = {"id": "line", "title": "Teams", "amounts": ["£1m"], "commitments": ["FUL-INT"]}
    plan = data("a", funding=[{"title": "Money", "commitment": "committed", "lines": [line]}])
    assert made(plan).text("commitments", "FUL-INT", "a") == "Mentioned"


@pytest.mark.parametrize(
    ("document", "code", "kind"),
    [
        ({"published": "1 June 2023"}, "PCA-APP", NotStated),
        ({"published": "8 May 2023"}, "PCA-APP", NotYetPublished),
        ({"published": "May 2023"}, "PCA-APP", NotJudged),
        ({"published": "1 May 2023", "approved": "1 June 2023"}, "PCA-APP", NotStated),
        ({}, "PCA-APP", NotJudged),
        ({}, "LAW-ABUSE", NotStated),
        ({}, "FUL-ACCESS", NotStated),
        (
            {"out_of_scope": [{"what": "The app", "why": "Another plan", "commitments": ["PCA-APP"]}]},
            "PCA-APP",
            SaidOutOfScope,
        ),
    ],
)
def test_why_nothing_is_said(made: Make, data: Make, document: dict[str, Any], code: str, kind: type) -> None:
    cell = made(data("a", document=document)).cell("commitments", code, "a")
    assert type(cell) is kind
    if isinstance(cell, SaidOutOfScope):
        assert cell.why == "Another plan"


def test_a_plan_without_a_date_is_no_older_than_what_it_cites(made: Make, data: Make) -> None:
    source = {"id": "note", "title": "A report", "date": "June 2023"}
    answered = {"document": "A plan of the country", "when": "June 2023"}
    for cited in ({"sources": [source]}, {"alignment": [answered]}):
        cell = made(data("a", **cited)).cell("commitments", "PCA-APP", "a")
        assert type(cell) is NotStated
    cell = made(data("a", sources=[source | {"date": "2022"}])).cell("commitments", "PCA-APP", "a")
    assert type(cell) is NotJudged


def test_an_answer_to_what_came_later_says_so(made: Make, data: Make) -> None:
    def note(published: str) -> str:
        plan = data("a", document={"published": published}, ambitions=[aim(commitments=["PCA-APP"])])
        cell: Stated = made(plan).cell("commitments", "PCA-APP", "a")
        return cell.note

    assert note("8 May 2023") == "the commitment was published after the plan"
    assert not note("1 June 2023")


@pytest.mark.parametrize("published", ["2021", "May 2022", "2022", "1 July 2022", "June 2023", "November 2026"])
def test_comparison_and_rules_agree_on_what_came_later(
    made: Make, data: Make, registry: Registry, published: str
) -> None:
    codes = tuple(registry.commitments)
    written = data("a", document={"published": published}, ambitions=[aim(commitments=codes)])
    tables = made(written)
    (rule,) = (rule for rule in RULES if rule.code == "N11")
    subject = Subject(Plan.model_validate(written), registry, dt.date(2026, 11, 21))
    told = {hit.message.split()[0] for hit in rule.check(subject)}
    assert told == {code for code in codes if "after the plan" in tables.cell("commitments", code, "a").note}


def test_what_is_said_counts_more_than_the_date_or_the_scope(made: Make, data: Make) -> None:
    document = {"published": "8 May 2023", "out_of_scope": [{"what": "x", "why": "y", "commitments": ["PCA-APP"]}]}
    plan = data("a", document=document, ambitions=[aim(mentions=["PCA-APP"])])
    assert made(plan).text("commitments", "PCA-APP", "a") == "Mentioned"


def test_depths_are_counted_for_each_plan(made: Make, data: Make) -> None:
    tables = made(data("a", ambitions=[aim(commitments=["FUL-INT", "FUL-PREV"], mentions=["LAW-CYP"])]), data("b"))
    assert tables.text("commitments-by-depth", "a", "depth-2") == "2"
    assert tables.text("commitments-by-depth", "a", "depth-1") == "1"
    for plan in ("a", "b"):
        row = next(row for row in tables["commitments-by-depth"].rows if row.id == plan)
        assert sum(cell.value for cell in row.cells if isinstance(cell, Stated)) == len(tables["commitments"].rows)


def test_pillars(made: Make, data: Make) -> None:
    item = aim(pillars=["dentistry"], milestones=[{"id": "m", "text": "T", "when": "May 2024"}])
    document = {"out_of_scope": [{"what": "Eyes", "why": "Elsewhere", "pillars": ["optometry"]}]}
    tables = made(data("a", document=document, ambitions=[item]), data("b"))
    assert tables.text("pillars", "dentistry/objectives", "a") == "1"
    assert tables.text("pillars", "dentistry/milestones", "b") == "None named"
    for row in ("measures", "measures-around"):
        assert isinstance(tables.cell("pillars", f"optometry/{row}", "a"), SaidOutOfScope)


def test_milestones_that_only_stand_in_a_part_about_a_pillar_are_counted_apart(made: Make, data: Make) -> None:
    dated = {"text": "T", "when": "May 2024"}
    item = aim(pillars=["dentistry"], milestones=[dated, dated | {"pillars": ["optometry"]}], measures=[{"text": "M"}])
    tables = made(data("a", ambitions=[item]), data("b"))
    assert tables.text("pillars", "dentistry/milestones", "a") == "None named"
    assert tables.text("pillars", "dentistry/milestones-around", "a") == "1"
    assert tables.text("pillars", "dentistry/measures-around", "a") == "1"
    assert tables.text("pillars", "optometry/milestones", "a") == "1"
    assert tables.text("pillars", "optometry/milestones-around", "a") == "None"
    assert isinstance(tables.cell("pillars", "dentistry/milestones-around", "b"), Stated), "it leaves nothing unsaid"


def test_what_is_about_all_pillars_is_not_counted_again_under_each(made: Make, data: Make) -> None:
    dated = {"text": "T", "when": "May 2024"}
    every = ["general-practice", "community-pharmacy", "dentistry", "optometry"]
    item = aim(pillars=every, milestones=[dated, dated | {"pillars": ["dentistry"]}])
    tables = made(data("a", ambitions=[item]))
    assert tables.text("pillars", "all/objectives", "a") == "1"
    assert tables.text("pillars", "all/milestones-around", "a") == "1"
    assert tables.text("pillars", "dentistry/milestones", "a") == "1"
    assert tables.text("pillars", "optometry/milestones", "a") == "None named"


def test_objectives_by_theme(made: Make, data: Make) -> None:
    item = aim(
        label="Objective 1", themes=["access", "dental"], strands=[{"id": "s", "title": "Part", "themes": ["access"]}]
    )
    cell = made(data("a", ambitions=[item]), data("b")).cell("objectives", "access", "a")
    assert isinstance(cell, Stated)
    assert [proof.name for proof in cell.proofs] == ["Objective 1: Do one thing", "Part"]
    assert made(data("b")).text("objectives", "green", "b") == "No objective"


def test_a_theme_without_an_objective_says_what_else_is_about_it(made: Make, data: Make) -> None:
    step = {"id": "ask", "text": "Ask people.", "themes": ["patient-voice"]}
    actions = [step | {"id": "act"}, step | {"id": "dated", "when": "May 2027"}]
    line = {"id": "line", "title": "Trees", "amounts": ["£1m", "£2m"], "themes": ["green"]}
    funding = [{"title": "Money", "commitment": "committed", "lines": [line]}]
    some = data("a", ambitions=[aim(actions=actions)], engagement={"next": [step]}, funding=funding)
    tables = made(some, data("b"))
    cells = [tables.cell("objectives", theme, "a") for theme in ("patient-voice", "green")]
    assert [(cell.text, cell.value) for cell in cells if isinstance(cell, Stated)] == [
        ("No objective, but 3 other items", 0),
        ("No objective, but 1 other item", 0),
    ]
    assert [[proof.id for proof in cell.proofs] for cell in cells if isinstance(cell, Stated)] == [
        ["dated", "act", "ask"],
        ["line"],
    ]
    assert tables["objectives"].finding == (
        "No plan has an objective for any of the 16 themes. "
        "Other items, such as actions, are about patient voice and green."
    )
    own = data("a", ambitions=[aim(themes=["green"], actions=actions)], funding=funding)
    assert made(own).text("objectives", "green", "a") == "1"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("May 2024", YearOrQuarter(2024, 1)),
        ("31 March 2025", YearOrQuarter(2024, 4)),
        ("by September 2024", YearOrQuarter(2024, 2)),
        ("quarter 3 of 2024/25", YearOrQuarter(2024, 3)),
        ("April 2024 to June 2024", YearOrQuarter(2024, 1)),
        ("April 2024 to July 2024", YearOrQuarter(2024, 2)),
        ("September 2023 to July 2024", YearOrQuarter(2024, 2)),
        ("2024/25", YearOrQuarter(2024)),
        ("by 2024/25", YearOrQuarter(2024)),
        ("2023/24 to 2025/26", YearOrQuarter(2025)),
        ("from April 2024", YearOrQuarter(2024, 1)),
        ("from 2024/25", YearOrQuarter(2024)),
        ("autumn 2024", YearOrQuarter(2024)),
        ("winter 2024", YearOrQuarter(2024)),
        ("mid 2024", YearOrQuarter(2024)),
        ("late 2024", YearOrQuarter(2024)),
        ("spring 2024", YearOrQuarter(2023, OR_NEXT_YEAR)),
        ("by spring 2024", YearOrQuarter(2023, OR_NEXT_YEAR)),
        ("early 2024", YearOrQuarter(2023, OR_NEXT_YEAR)),
        ("in 2024", YearOrQuarter(2023, OR_NEXT_YEAR)),
        ("from 2024", YearOrQuarter(2023, OR_NEXT_YEAR)),
        ("ongoing", Undated.ONGOING),
        ("monthly", Undated.ONGOING),
        ("over the next five years", Undated.RELATIVE),
        ("Year 3", Undated.RELATIVE),
        ("within 6 months", Undated.RELATIVE),
        ({"published": "August 2023/24"}, Undated.UNCLEAR),
        ({"published": "August 2023/24", "read_as": "August 2023"}, Undated.UNCLEAR),
        (None, Undated.NONE),
    ],
)
def test_where_a_milestone_is_counted(text: Any, place: object) -> None:
    time: Time | None = None if text is None else read_time(text)
    assert place_of(time) == place


def test_times_that_two_financial_years_may_hold_stand_between_them(made: Make, data: Make) -> None:
    times = ("May 2023", "in 2024", "2024/25")
    item = aim(themes=["access"], milestones=[{"text": time, "when": time} for time in times])
    table = made(data("a", ambitions=[item]))["milestones"]
    shown = [column.title for column in table.columns]
    between = shown.index("2023/24 or 2024/25")
    assert shown.index("2023/24, January to March") < between < shown.index("2024/25, April to June")
    by_theme = made(data("a", ambitions=[item]))["milestones-by-theme"]
    assert [row.title for row in by_theme.rows] == ["2023/24", "2023/24 or 2024/25", "2024/25"]


def test_milestones_take_the_time_of_their_band_and_programme_years_their_dates(made: Make, data: Make) -> None:
    bands = [
        {"label": "Year 1", "band": "Year 1", "when": "2024/25", "milestones": ["First"]},
        {"label": "Year 2", "band": "Year 2", "milestones": ["Second"]},
    ]
    tables = made(data("a", ambitions=[aim(timeline=bands, milestones=["Undated"])]))
    assert tables.text("milestones", "a", "2024-25") == "1"
    assert tables.text("milestones", "a", "2025-26") == "1"
    assert tables.text("milestones", "a", "undated") == "1"
    assert tables.text("profile", "a", "year-one") == "2024/25"


def test_only_what_could_be_stated_counts_as_not_stated(made: Make, data: Make) -> None:
    dated = [{"text": "Open", "when": "May 2024"}]
    funding = [{"title": "M", "commitment": "committed", "lines": [{"title": "L", "amounts": ["£1m"]}]}]
    tables = made(data("a", ambitions=[aim(milestones=dated)], funding=funding), data("b"))
    milestones = tables["milestones"]
    assert [milestones.rows[0].cells[n].text for n in (0, 1)] == ["1", "None"]
    assert {cell.text for cell in milestones.rows[1].cells} == {"No milestones"}
    assert milestones.not_stated == len(milestones.columns), "the plan without milestones alone"
    assert milestones.statable == len(milestones.columns) + 1, "and the one quarter that has one"
    assert isinstance(tables.cell("funding", "a", "not-summed"), Stated), "to leave nothing out is good news"
    assert isinstance(tables.cell("funding", "b", "not-summed"), NotStated)
    assert isinstance(tables.cell("pillars", "dentistry/milestones", "a"), NotStated)


def test_milestones_by_theme(made: Make, data: Make) -> None:
    item = aim(themes=["access"], milestones=[{"text": "T", "when": "May 2024"}, {"text": "U", "themes": ["green"]}])
    tables = made(data("a", ambitions=[item]))
    assert [row.id for row in tables["milestones-by-theme"].rows] == ["access/2024-25", "green/no-time-stated"]


def test_themes_of_an_ambition_count_for_objectives_and_strands_that_state_none(made: Make, data: Make) -> None:
    work = {"milestones": [{"text": "T", "when": "May 2024"}], "measures": [{"id": "m", "text": "M"}]}
    silent = {"id": "two", "title": "Two", "strands": [{"id": "part", "title": "P", **work}]}
    own = {"id": "three", "title": "Three", "themes": ["green"]}
    ambition = aim(themes=["access"], objectives=[silent, own])
    tables = made(data("a", ambitions=[ambition]))
    cell = tables.cell("objectives", "access", "a")
    assert [proof.id for proof in cell.proofs] == ["one", "two", "part"]
    assert [proof.id for proof in tables.cell("objectives", "green", "a").proofs] == ["three"]
    assert [row.id for row in tables["milestones-by-theme"].rows] == ["access/2024-25"]
    assert [row.group for row in tables["measures-all"].rows] == ["Access"]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (["May 2024"], "The plan has 1 milestone, 1 of them with a date."),
        (
            ["May 2024", "somewhen"],
            "1 of them with a date. 1 date is unclear in print; it cannot be read.",
        ),
        (["2023/2025", "somewhen"], "2 dates are unclear in print; 1 of these can still be read, and count."),
    ],
)
def test_the_sentence_on_dates_agrees_with_the_rows(made: Make, data: Make, times: list[str], expected: str) -> None:
    unclear = {
        "2023/2025": {"published": "2023/2025", "read_as": "2023/24"},
        "somewhen": {"published": "when the van comes"},
    }
    milestones = [{"text": text, "when": unclear.get(text, text)} for text in times]
    table = made(data("a", ambitions=[aim(milestones=milestones)]))["milestones"]
    assert expected in table.finding
    shown = dict(zip((column.id for column in table.columns), table.rows[0].cells, strict=True))
    assert (shown["unclear"].value or 0) == sum(time in unclear for time in times)


def test_inequalities(made: Make, data: Make) -> None:
    item = aim(themes=["inequalities"], commitments=["LAW-INEQ"], milestones=[{"text": "T", "when": "May 2024"}])
    document = {"board": {"equality_impact_assessment": "One was **made**."}}
    tables = made(data("a", document=document, ambitions=[item]), data("b"))
    row = {column.id: tables.text("inequalities", "a", column.id) for column in tables["inequalities"].columns}
    assert row["law-ineq"] == "With milestone"
    assert row["objectives-alone"] == row["milestones-around"] == "1"
    assert row["impact"] == "One was made."
    assert tables.text("inequalities", "b", "law-ineq") == "Not mentioned"


def test_one_theme_of_many_is_not_told_as_what_an_aim_is_about(made: Make, data: Make) -> None:
    dated = {"text": "T", "when": "May 2024"}
    many = ["access", "inequalities"]
    measures = [{"text": "M", "themes": ["inequalities"]}, {"text": "N"}]
    items = [
        aim(id="one", themes=many, milestones=[dated, dated | {"themes": many}, dated | {"themes": ["access"]}]),
        aim(id="two", themes=["inequalities"], measures=measures, objectives=[{"id": "in", "title": "In it"}]),
    ]
    tables = made(data("a", ambitions=items[:1]), data("b", ambitions=items))
    shown = {
        plan: {column.id: tables.text("inequalities", plan, column.id) for column in tables["inequalities"].columns}
        for plan in ("a", "b")
    }
    assert (shown["a"]["objectives-alone"], shown["a"]["objectives-among"]) == ("None", "1")
    assert (shown["b"]["objectives-alone"], shown["b"]["objectives-among"]) == ("1", "1")
    assert shown["b"]["objectives-around"] == "1", "it takes the theme from its ambition"
    assert (shown["a"]["milestones"], shown["a"]["milestones-around"]) == ("1", "1")
    assert (shown["b"]["measures"], shown["b"]["measures-around"]) == ("1", "1")
    assert tables["inequalities"].finding.startswith(
        "Both plans have an aim tagged with inequalities. One of two plans has one that is tagged with nothing else."
    )


def test_accountability(made: Make, data: Make) -> None:
    aims = [aim(owner="Director", accountable=["Board A", "Board B"]), {"id": "two", "title": "Two"}]
    tables = made(data("a", ambitions=aims))
    assert tables.text("accountability", "a", "two-accountable") == "1 of 2"
    assert tables.text("accountability", "a", "none") == "1 of 2"
    assert tables.text("accountability-objectives", "a/one", "accountable") == "Board A and Board B"
    assert isinstance(tables.cell("accountability-objectives", "a/two", "owner"), NotStated)


def test_who_is_to_be_confirmed_is_not_counted_as_named(made: Make, data: Make) -> None:
    aims = [aim(owner="TBC", accountable=["To be confirmed"], led_by="vacant", actions=[{"text": "Ask", "owner": "?"}])]
    tables = made(data("a", ambitions=aims))
    row = {name: tables.text("accountability", "a", name) for name in ("owner", "led-by", "accountable", "none")}
    assert row == {"owner": "0 of 1", "led-by": "0 of 1", "accountable": "0 of 1", "none": "1 of 1"}
    assert tables.text("counts", "a", "with-owner") == "0 of 1"
    assert isinstance(tables.cell("accountability-objectives", "a/one", "owner"), NotStated)


def test_who_is_named_for_a_part_of_an_objective_does_not_answer_for_the_whole(made: Make, data: Make) -> None:
    strand = {"title": "Part", "owner": "Head of estates", "actions": [{"text": "Ask", "led_by": "Borough"}]}
    gone = {"text": "Given up", "partners": ["Nobody"], "retired": {"reason": "No money"}}
    milestone = {"text": "Open", "when": "May 2024", "partners": ["Practices", "Practices"]}
    parts = {"strands": [strand], "actions": [gone], "timeline": [{"label": "Soon", "milestones": [milestone]}]}
    tables = made(data("a", ambitions=[aim(**parts), {"id": "two", "title": "Two"}]))
    columns = ("owner", "led-by", "partners", "in-parts", "none")
    row = {name: tables.text("accountability", "a", name) for name in columns}
    assert row == {"owner": "0 of 2", "led-by": "0 of 2", "partners": "1 of 2", "in-parts": "1 of 2", "none": "1 of 2"}
    names = [tables.text("accountability-objectives", "a/one", name) for name in ("partners", "in-parts")]
    assert names == ["Practices", "Head of estates and Borough"]
    assert isinstance(tables.cell("accountability-objectives", "a/one", "owner"), NotStated)
    assert tables["accountability-objectives"].finding.startswith("1 of 2 ")
    assert tables.text("counts", "a", "with-owner") == "0 of 2"
    assert isinstance(tables.cell("profile", "a", "owners"), NotStated)


def test_ambitions_with_objectives_are_not_objectives(made: Make, data: Make) -> None:
    tables = made(data("a", ambitions=[aim(owner="Lead", objectives=[{"id": "below", "title": "Below"}])]))
    assert tables.text("profile", "a", "objectives") == "1"
    assert [row.id for row in tables["accountability-objectives"].rows] == ["a/below"]


def test_a_line_of_money_counts_for_the_objective_that_it_is_for(made: Make, data: Make) -> None:
    lines = [{"title": "L", "amounts": ["£1m"], "serves": ["paid"]}]
    aims = [{"id": "paid", "title": "Paid"}, {"id": "unpaid", "title": "Unpaid"}]
    funding = [{"title": "Money", "commitment": "committed", "lines": lines}]
    tables = made(data("a", ambitions=aims, funding=funding))
    assert tables.text("counts", "a", "with-money") == "1 of 2"


def test_counts_have_denominators(made: Make, data: Make) -> None:
    aims = [
        aim(strands=[{"title": "Part", "milestones": [{"text": "T", "when": "May 2024"}]}]),
        {"id": "b", "title": "B"},
    ]
    tables = made(data("a", document={"published": "1 May 2024", "status": "final"}, ambitions=aims))
    assert tables.text("counts", "a", "with-date") == "1 of 2"
    assert tables.text("counts", "a", "with-owner") == "0 of 2"
    assert tables.text("counts", "a", "document") == "2 of 5"
    assert tables.text("counts", "a", "measures-complete") == "No measures stated"


def test_a_measure_with_a_value_to_be_agreed_is_not_complete(made: Make, data: Make) -> None:
    due = {"value": "90%", "when": "May 2028"}
    open_value = {"value": {"published": "to be agreed"}, "when": "May 2027"}
    measures = [
        {"text": "Checks", "baseline": open_value, "target": due},
        {"text": "Visits", "baseline": {"value": "70%", "when": "May 2027"}, "target": due},
        {"text": "Size", "baseline": {"value": {"published": "third largest"}}, "target": due},
    ]
    tables = made(data("a", ambitions=[aim(measures=measures)]))
    assert tables.text("counts", "a", "measures-complete") == "2 of 3"


def test_profile(made: Make, data: Make) -> None:
    tables = made(data("a", document={"period": "2024/25 to 2026/27", "version": "1.10", "scope": ["dentistry"]}))
    assert tables.text("profile", "a", "icb-status").startswith("Closed on 31 March 2026; its area is now covered by")
    assert tables.text("profile", "a", "financial-years") == "2024/25 to 2026/27"
    assert tables.text("profile", "a", "version") == "1.10"
    assert tables.text("profile", "a", "approved") == "Not stated"


def test_what_is_given_up_is_not_counted(made: Make, data: Make) -> None:
    gone = {"retired": {"reason": "Given up"}}
    item = aim(
        commitments=["FUL-INT"],
        milestones=[{"text": "T", "when": "May 2024"} | gone],
        measures=[{"text": "M"} | gone],
        strands=[{"title": "Part", "commitments": ["FUL-PREV"]} | gone],
    )
    other = {"id": "two", "title": "Two", "commitments": ["LAW-CYP"]} | gone
    lines = [{"title": "L", "amounts": ["£1m"]} | gone, {"title": "K", "amounts": ["£2m"]}]
    funding = [{"title": "Money", "commitment": "committed", "lines": lines}]
    tables = made(data("a", ambitions=[item, other], funding=funding))
    assert tables.text("commitments", "FUL-INT", "a") == "Objective"
    assert tables.text("commitments", "FUL-PREV", "a") == "Not mentioned"
    assert tables.text("commitments", "LAW-CYP", "a") == "Not mentioned"
    assert tables.text("profile", "a", "objectives") == "1"
    assert tables.text("profile", "a", "measures") == "None stated"
    assert tables.text("funding", "a", "committed-exact") == "£2 million"


PROSE = "People can see a nurse on the same day. We will open two clinics in the town. "


@pytest.mark.parametrize(
    ("more", "text", "note"),
    [
        ({"rationale": [PROSE * 4]}, "2", "a reading age of about 7"),
        ({"rationale": ["Organisational accountability necessitates transparency. " * 13]}, "45", "of 18 or more"),
    ],
)
def test_the_reading_grade_of_a_plan_in_its_own_words(
    made: Make, data: Make, more: dict[str, Any], text: str, note: str
) -> None:
    cell = made(data("a", ambitions=[aim(**more)])).cell("profile", "a", "reading-grade")
    assert isinstance(cell, Stated)
    assert (cell.text, cell.value) == (text, int(text))
    assert note in cell.note


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"document": {"restated_by": {"publisher": "Somebody else"}}}, "Not judged: restated"),
        ({"language": "cy-GB"}, "Not judged: short, or not in English"),
        ({"ambitions": [aim(rationale=[PROSE])]}, "Not judged: short, or not in English"),
    ],
)
def test_what_is_not_a_plans_own_english_has_no_reading_grade(
    made: Make, data: Make, more: dict[str, Any], text: str
) -> None:
    cell = made(data("a", **{"ambitions": [aim(rationale=[PROSE * 4])]} | more)).cell("profile", "a", "reading-grade")
    assert isinstance(cell, NotJudged)
    assert cell.text == text


def test_a_digest_travels_between_processes_whole(data: Make, registry: Registry) -> None:
    measure = {"text": "People are seen", "baseline": "45%", "target": "65%", "by": "March 2028"}
    item = aim(milestones=[{"id": "then", "text": "T", "when": "May 2024"}], measures=[measure])
    money = {"id": "money", "title": "M", "commitment": "committed", "lines": [{"title": "L", "amounts": ["£1.3m"]}]}
    gathered = digest(Plan.model_validate(data("a", document=DATED, ambitions=[item], funding=[money])), registry)
    travelled = pickle.loads(pickle.dumps(gathered))  # noqa: S301 - what was just written
    assert travelled == gathered
    assert (len(gathered.milestones), len(gathered.measures), len(gathered.amounts)) == (1, 1, 1)
