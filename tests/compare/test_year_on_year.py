"""Year on year: what changed in plans since earlier ones, which are declared, or asked for by a revision."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from folders import git
from pcstrat.commands.build import build
from pcstrat.commands.compare import compare_plans
from pcstrat.commands.refresh import refresh
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.settings import Settings, load_settings

AS_OF = dt.date(2026, 11, 21)
PLAN = """\
pcstrat: 1
id: {id}
icb: QMM
document: {{title: A plan, kind: delivery plan{more}}}
ambitions:
  - id: one
    title: One
    actions:
      - {{id: hub, text: Open a hub., when: {when}}}
{actions}"""
GONE = "      - {id: phones, text: Give every practice phones.}\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    put(tmp_path, "old", "March 2026", actions=GONE)
    put(tmp_path, "new", "June 2026", more=", previous: [old]")
    return load_settings(tmp_path, {}, {"formats": "html"})


def put(folder: Path, plan_id: str, when: str, more: str = "", actions: str = "") -> None:
    path = folder / "strategies" / f"{plan_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(PLAN.format(id=plan_id, when=when, more=more, actions=actions), encoding="utf-8")


def tables(settings: Settings, *plans: str, **options: Any) -> dict[str, Any]:
    outcome = compare_plans(settings, ("year-on-year", *plans), form="json", as_of=AS_OF, **options)
    found = json.loads(outcome.text)
    (topic,) = found["topics"]
    for cell in (cell for table in topic["tables"] for row in table["rows"] for cell in row["cells"]):
        cell["items"] = [found["items"][key] for key in cell.get("items", [])]
    return {table["id"]: table for table in topic["tables"]}


def row(table: dict[str, Any], plan: str) -> dict[str, Any]:
    columns = [column["id"] for column in table["columns"]]
    (found,) = [row for row in table["rows"] if row["id"] == plan]
    return dict(zip(columns, found["cells"], strict=True))


def test_a_plan_is_compared_with_the_one_it_says_it_replaces(settings: Settings) -> None:
    found = tables(settings)
    new = row(found["year-on-year"], "new")
    assert {name: new[name]["text"] for name in ("compared-with", "dropped", "later", "earlier", "weakened")} == {
        "compared-with": "old",
        "dropped": "1",
        "later": "1",
        "earlier": "None",
        "weakened": "2",
    }
    assert "No earlier plan is known of: Norfolk and Waveney (old)." in found["year-on-year"]["finding"]
    changes = [row["cells"][3]["text"] for row in found["year-on-year-changes"]["rows"]]
    assert "Later: from March 2026 to June 2026 (3 months)." in changes


def test_dates_of_the_document_are_no_dates_of_the_work(settings: Settings) -> None:
    put(settings.folder, "old", "March 2026", more=", published: May 2025, period: 2025/26")
    put(settings.folder, "new", "March 2026", more=", published: May 2026, period: 2026/27, previous: [old]")
    new = row(tables(settings)["year-on-year"], "new")
    assert (new["later"]["text"], new["earlier"]["text"]) == ("None", "None")


def test_what_is_promised_is_counted_apart_from_what_explains_it(settings: Settings) -> None:
    old = settings.folder / "strategies" / "old.yaml"
    extra = "glossary:\n  - {term: PCN, means: Primary care network}\npeople:\n  - {id: ada, name: Ada Byron}\n"
    old.write_text(old.read_text(encoding="utf-8") + extra, encoding="utf-8")
    new = row(tables(settings)["year-on-year"], "new")
    assert (new["dropped"]["text"], new["other-parts"]["text"]) == ("1", "2")


def test_the_dates_of_what_was_counted_and_of_money_are_no_dates_of_the_work(settings: Settings) -> None:
    def put_dated(plan_id: str, year: str, more: str = "") -> None:
        put(settings.folder, plan_id, "March 2026", more=more)
        path = settings.folder / "strategies" / f"{plan_id}.yaml"
        path.write_text(
            path.read_text(encoding="utf-8")
            + f"    measures:\n      - {{id: m, text: Seen., baseline: {{value: 5%, when: May {year}}},\n"
            + f"         latest: {{value: 6%, when: June {year}}}}}\n"
            + f"funding:\n  - {{id: t, title: Money, commitment: committed, year: {year}, "
            + "lines: [{id: l, title: L, amounts: [£1m]}]}\n",
            encoding="utf-8",
        )

    put_dated("old", "2025")
    put_dated("new", "2027", ", previous: [old]")
    found = tables(settings)
    new = row(found["year-on-year"], "new")
    assert new["later"]["text"] == "None"
    told = " ".join(each["cells"][3]["text"] for each in found["year-on-year-changes"]["rows"])
    assert "Later (baseline)" in told
    assert "Later (latest)" in told


def test_the_archive_of_a_plan_has_the_earlier_one(settings: Settings) -> None:
    path = settings.folder / "strategies" / "new.yaml"
    block = PLAN.replace("{{title: A plan, kind: delivery plan{more}}}", "\n  title: A plan\n  kind: delivery plan")
    path.write_text(block.format(id="new", when="June 2026", actions=""), encoding="utf-8")
    refresh(settings, "new", to="2027/28")
    other = settings.folder / "strategies" / "archive" / "other.yaml"
    other.write_text(PLAN.format(id="other", when="May 2020", more="", actions=""), encoding="utf-8")
    put(settings.folder, "new", "September 2026", more=", previous: [old]")
    table = tables(settings)["year-on-year"]
    new = row(table, "new")
    assert new["compared-with"]["text"].startswith("strategies/archive/new-")
    assert new["later"]["text"] == "1", "from June to September, as last year's plan says"
    assert [each["id"] for each in tables(settings)["year-on-year"]["rows"]] == ["new"]
    everything = json.loads(compare_plans(settings, ("profile",), form="json", as_of=AS_OF).text)
    assert [each["id"] for each in everything["topics"][0]["tables"][0]["rows"]] == ["new", "old"], "no plan of today"


def test_what_is_gone_leads_to_the_earlier_plan(settings: Settings) -> None:
    new = row(tables(settings)["year-on-year"], "new")
    assert [(item["plan"], item["anchor"]) for item in new["dropped"]["items"]] == [("old", "phones")]
    assert [(item["plan"], item["anchor"]) for item in new["later"]["items"]] == [("new", "hub")]


def test_without_any_earlier_plan_that_is_said(settings: Settings) -> None:
    found = tables(settings, "new")
    assert found["year-on-year"]["finding"] == (
        "The plan has no earlier plan here, so nothing can be compared from year to year."
    )
    (new,) = found["year-on-year"]["rows"]
    assert {cell["text"] for cell in new["cells"]} == {"No earlier plan is known"}
    assert found["year-on-year-changes"]["rows"] == []
    for form in ("text", "markdown", "html"):
        shown = compare_plans(settings, ("year-on-year", "new"), form=form, as_of=AS_OF).text
        assert "Compared with" in shown
        assert "Baselines changed" not in shown, "it would say the same again"


def test_columns_are_the_same_whatever_the_plans(settings: Settings) -> None:
    def head(*plans: str) -> str:
        return compare_plans(settings, ("year-on-year", *plans), form="csv", as_of=AS_OF).text.splitlines()[0]

    assert head("new") == head("old") == head("new", "old")
    columns, none = (tables(settings, *plans)["year-on-year"]["columns"] for plans in ((), ("new",)))
    assert [column["id"] for column in columns] == [column["id"] for column in none]


def test_a_revision_counts_over_what_plans_declare(settings: Settings) -> None:
    git(settings.folder, "init", "--quiet")
    git(settings.folder, "add", "--all")
    git(settings.folder, "commit", "--quiet", "--message", "one")
    put(settings.folder, "new", "May 2026", more=", previous: [old]")
    put(settings.folder, "newest", "May 2026")
    found = tables(settings, since="HEAD")
    new, old = (row(found["year-on-year"], plan) for plan in ("new", "old"))
    assert (new["compared-with"]["text"], new["earlier"]["text"]) == ("new@HEAD", "1")
    assert (old["compared-with"]["text"], old["weakened"]["text"]) == ("old@HEAD", "None")
    assert "New since HEAD: Norfolk and Waveney (newest)." in found["year-on-year"]["finding"]
    with pytest.raises(NotDoneError, match="knows no revision 'v99'"):
        tables(settings, since="v99")


@pytest.mark.parametrize("form", ["text", "csv", "markdown", "html"])
def test_every_format_says_what_slipped(settings: Settings, form: str) -> None:
    text = compare_plans(settings, ("year-on-year-changes",), form=form, as_of=AS_OF).text
    assert "Later: from March 2026 to June 2026 (3 months)." in text


def test_the_build_has_the_table(settings: Settings) -> None:
    build(settings, (), as_of=AS_OF)
    folder = settings.output / "compare"
    assert "Later: from March 2026 to June 2026 (3 months)." in (folder / "year-on-year-changes.csv").read_text(
        encoding="utf-8"
    )
    assert "Of 4 changes, 2 weakened what was planned." in (folder / "year-on-year.html").read_text(encoding="utf-8")


def test_the_build_sees_when_the_archive_changes(settings: Settings) -> None:
    archived = settings.folder / "strategies" / "archive" / "new-2025.yaml"
    archived.parent.mkdir()
    for when in ("May 2026", "April 2026"):
        archived.write_text(PLAN.format(id="new", when=when, more="", actions=""), encoding="utf-8")
        build(settings, (), as_of=AS_OF)
        text = (settings.output / "compare" / "year-on-year-changes.csv").read_text(encoding="utf-8")
        assert f"Later: from {when} to June 2026" in text


def test_more_formats_go_into_files(settings: Settings) -> None:
    outcome = compare_plans(settings, ("profile",), form="text", as_of=AS_OF, outputs=("csv=out/p.csv", "json=p.json"))
    assert "PLAN PROFILE" in outcome.text
    assert (settings.folder / "out" / "p.csv").read_text(encoding="utf-8").startswith("id,Plan,")
    assert json.loads((settings.folder / "p.json").read_text(encoding="utf-8"))["topics"]


@pytest.mark.parametrize("outputs", [("xlsx=a",), ("csv",), ("csv=",), ("csv=a", "json=./a")])
def test_outputs_without_sense_are_refused(settings: Settings, outputs: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        compare_plans(settings, (), form="text", as_of=AS_OF, outputs=outputs)
    assert not (settings.folder / "a").exists()


def test_a_file_that_cannot_be_written_is_said(settings: Settings) -> None:
    with pytest.raises(NotDoneError, match="'strategies' cannot be written"):
        compare_plans(settings, (), form="text", as_of=AS_OF, outputs=("csv=strategies",))
