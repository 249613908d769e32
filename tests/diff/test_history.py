"""A scripted history: cut an amount, move a date, rename, move the file, merge, retire; its diff in every format."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcstrat.commands.compare import compare_plans
from pcstrat.commands.diff import DiffOutcome, DiffRequest, diff
from pcstrat.diff import Difference, Kind, Significance
from pcstrat.errors import ExitCode, NotDoneError, PcstratError, UsageError
from pcstrat.registry import Registry
from pcstrat.settings import Settings, load_settings

Git = Callable[..., str]

TWO_MILESTONES = """\
      - id: training
        text: Train 40 pharmacists.
        when: April 2026 to September 2026
      - id: review
        text: Review the training.
        when: monthly
"""
ONE_MILESTONE = """\
      - id: training-programme
        merged_from: [training, review]
        text: Train 40 pharmacists and review the training.
        when: April 2026 to September 2026
"""
PHONES = "text: Give every practice"
RETIRED = "retired: {reason: NHS England does it now., when: October 2025}\n        text: Give every practice"

STEPS = [
    ("cut-an-amount", "2025-05-01", "£9.6m", "£8.4m"),
    ("move-a-date", "2025-06-01", "by September 2026", "by December 2026\n        note: The builders were late."),
    ("rename", "2025-07-01", "title: Enough staff", "title: A workforce for the future"),
    ("move-the-file", "2025-08-01", "", ""),
    ("merge", "2025-09-01", TWO_MILESTONES, ONE_MILESTONE),
    ("retire", "2025-10-01", PHONES, RETIRED),
    ("reword", "2025-11-01", "get it today, near to where", "get it on the same day, close to where"),
]


@pytest.fixture
def repository(tmp_path: Path, text: str, git: Git) -> Path:
    folder = tmp_path / "mine"
    (folder / "strategies").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    path = folder / "strategies" / "kent.yaml"
    commit(folder, git, path, text, "v1", "2025-04-01")
    for tag, day, find, replace in STEPS:
        assert find in text
        text = text.replace(find, replace) if find else text
        if tag == "move-the-file":
            path.rename(path.with_name("kent-and-medway.yaml"))
            path = path.with_name("kent-and-medway.yaml")
        commit(folder, git, path, text, tag, day)
    return folder


def commit(folder: Path, git: Git, path: Path, text: str, tag: str, day: str) -> None:  # noqa: PLR0913, PLR0917
    path.write_text(text, encoding="utf-8", newline="\n")
    git(folder, "add", "--all", day=day)
    git(folder, "commit", "--quiet", "--message", tag.replace("-", " ").capitalize(), day=day)
    git(folder, "tag", tag)


def settings(folder: Path, **options: object) -> Settings:
    return load_settings(folder, {}, options)


def run(folder: Path, *plans: str, **options: Any) -> DiffOutcome:
    return diff(settings(folder), DiffRequest(plans=plans, **options))


def test_a_moved_file_is_found_by_its_id_on_either_side(repository: Path) -> None:
    assert not (repository / "strategies" / "kent.yaml").exists()
    named = kinds(run(repository, "kent@v1", "kent"))
    assert named == kinds(run(repository, "v1:strategies/kent.yaml", "kent-and-medway"))
    assert kinds_of_each(run(repository, "kent", since="v1")) == [named]
    error = refused(repository, "kent@v1", "kentt")
    assert (error.exit_code, error.message) == (ExitCode.USAGE, "There is no plan 'kentt'.")


def test_compare_finds_a_plan_at_a_revision_by_the_id_it_stated_then(repository: Path, git: Git, text: str) -> None:
    found = compare_plans(settings(repository), ["profile", "kent@v1"], form="json", as_of=dt.date(2026, 11, 21))
    assert [plan["id"] for plan in json.loads(found.text)["plans"]] == ["kent"]
    taken = repository / "strategies" / "kent.yaml"
    commit(repository, git, taken, text.replace("id: kent", "id: devon"), "taken", "2026-01-01")
    found = compare_plans(settings(repository), ["profile", "kent@taken"], form="json", as_of=dt.date(2026, 11, 21))
    assert [plan["id"] for plan in json.loads(found.text)["plans"]] == ["kent"]
    with pytest.raises(NotDoneError, match="nobody"):
        compare_plans(settings(repository), ["profile", "nobody@v1"], form="json", as_of=dt.date(2026, 11, 21))


def test_items_of_two_boards_link_to_the_pages_that_were_built(repository: Path, text: str) -> None:
    other = text.replace("id: kent", "id: devon").replace("icb: QKS", "icb: QJK")
    (repository / "strategies" / "devon.yaml").write_text(other, encoding="utf-8")
    page = repository / "board papers" / "two.html"
    page.parent.mkdir()
    output = "html=board papers/two.html"
    assert "<a href=" not in main_of(run(repository, "kent", "devon", format="html").text)
    run(repository, "kent", "devon", outputs=(output,))
    assert "../output" not in page.read_text(encoding="utf-8")
    built = repository / "output" / "kent" / "index.html"
    built.parent.mkdir(parents=True)
    ids = re.findall(r"id: ([a-z0-9-]+)", text)
    built.write_text("".join(f'<p id="{each}"></p>' for each in ids), encoding="utf-8")
    run(repository, "kent", "devon", outputs=(output,))
    addresses = re.findall(r'href="(\.\./[^"]*)"', page.read_text(encoding="utf-8"))
    assert addresses
    assert all(address.startswith("../output/kent/index.html#") for address in addresses)
    assert {address.partition("#")[2] for address in addresses} <= set(ids)
    run(repository, "kent@reword", "devon", outputs=(output,))
    assert "../output" not in page.read_text(encoding="utf-8"), "pages show plans of today"


def test_the_table_for_a_board_paper_has_version_and_date_of_what_git_knows(
    repository: Path, git: Git, text: str
) -> None:
    path = repository / "strategies" / "kent-and-medway.yaml"
    bare = re.sub(r"  (version|published|approved): .*\n", "", text)
    commit(repository, git, path, bare, "bare", "2026-02-01")
    commit(repository, git, path, bare.replace("by September 2026", "by December 2026"), "slip", "2026-03-01")

    def first_cells(*plans: str, **options: Any) -> list[str]:
        table = run(repository, *plans, format="html", **options).text.partition("Changes between the versions")[2]
        row = table.partition("<tbody>")[2].partition("</tr>")[0]
        return [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)][:2]

    assert first_cells("kent@bare", "kent@slip") == ["slip", "Date: 1 March 2026"]
    assert first_cells("kent", since="bare") == ["after bare", "Date: after 1 February 2026"]
    (repository / "old.yaml").write_text(bare, encoding="utf-8")
    assert first_cells("old.yaml", "kent") == ["not stated", "Date: not stated"]


def test_a_page_is_made_of_a_revision_that_the_folder_of_the_settings_does_not_know(
    repository: Path,
) -> None:
    elsewhere = repository.parent / "elsewhere"
    elsewhere.mkdir()
    plan = f"../{repository.name}/strategies/kent-and-medway.yaml"
    page = run(elsewhere, f"{plan}@move-the-file", plan, format="html").text
    assert "Changes between the versions" in page


def main_of(html: str) -> str:
    return re.sub(r'<a class="anchor".*?</a>', "", html.partition("<main")[2].partition("</main>")[0])


def refused(folder: Path, *plans: str, **options: Any) -> PcstratError:
    with pytest.raises(PcstratError) as caught:
        run(folder, *plans, **options)
    return caught.value


def kinds(outcome: DiffOutcome) -> list[str]:
    (result,) = outcome.results
    assert isinstance(result, Difference)
    return [change.kind.value for change in result.changes]


def kinds_of_each(outcome: DiffOutcome) -> list[list[str]]:
    return [
        [change.kind.value for change in result.changes] for result in outcome.results if isinstance(result, Difference)
    ]


def html_without_styles(html: str) -> str:
    head, _, rest = html.partition("<style>")
    return head + rest.rpartition("</style>")[2]


@pytest.mark.parametrize("format_", ["text", "markdown", "json", "html"])
def test_the_whole_history_in_every_format(repository: Path, format_: str, golden: Callable[[str, str], None]) -> None:
    outcome = run(repository, since="v1", format=format_)
    shown = html_without_styles(outcome.text) if format_ == "html" else outcome.text
    endings = {"text": "txt", "markdown": "md"}
    golden(f"diff/history.{endings.get(format_, format_)}", shown)
    assert outcome.code is ExitCode.FOUND


def test_the_example_of_the_readme_is_true(repository: Path, git: Git) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    history = git(repository, "log", "--reverse", "--format=%s", "v1..HEAD").rstrip()
    shown = run(repository, since="v1").text.rstrip()
    assert f"$ git log --reverse --format=%s v1..HEAD\n{history}\n\n$ pcstrat diff --since v1\n{shown}\n```" in readme


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("v1", "cut-an-amount", ["money-down"]),
        ("cut-an-amount", "move-a-date", ["date-later", "stated"]),
        ("move-a-date", "rename", ["renamed"]),
        ("rename", "move-the-file", []),
        ("move-the-file", "merge", ["merged", "date-changed"]),
        ("merge", "retire", ["retired"]),
        ("retire", "reword", ["reworded"]),
    ],
)
def test_each_step(repository: Path, since: str, until: str, expected: list[str]) -> None:
    assert kinds(run(repository, f"kent@{since}", f"kent@{until}")) == expected


def test_a_moved_file_is_found_by_the_id_of_its_plan(repository: Path) -> None:
    outcome = run(repository, "kent-and-medway", since="rename")
    (result,) = outcome.results
    assert isinstance(result, Difference)
    assert "added" not in kinds(outcome)
    assert result.old[0].label == "kent@rename"


@pytest.fixture
def moved_folder(tmp_path: Path, text: str, git: Git) -> Path:
    """A folder of plans that stood elsewhere in the repository at the tag `a`; a copy of another plan still does."""
    top = tmp_path / "moved"
    before = top / "team plans" / "strategies"
    before.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(top))
    (top / "copy.yaml").write_text(text.replace("id: kent", "id: essex"), encoding="utf-8")
    commit(top, git, before / "kent.yaml", text, "a", "2025-04-01")
    now = top / "new" / "strategies"
    now.mkdir(parents=True)
    (before / "kent.yaml").unlink()
    commit(top, git, now / "kent.yaml", text.replace("by September 2026", "by December 2026"), "b", "2026-04-01")
    return top / "new"


def test_a_folder_that_was_moved_is_no_folder_of_new_plans(moved_folder: Path, text: str) -> None:
    assert kinds(run(moved_folder, since="a")) == ["date-later"]
    assert kinds(run(moved_folder, "kent@a", "kent")) == ["date-later"]
    essex = moved_folder / "strategies" / "essex.yaml"
    essex.write_text(text.replace("id: kent", "id: essex"), encoding="utf-8")
    assert kinds(run(moved_folder, "essex", since="a")) == ["added"], "what still stands elsewhere was not moved"


@pytest.mark.parametrize("old", ["b:new/strategies/kent.yaml", "b:strategies/kent.yaml", "main:./strategies/kent.yaml"])
def test_paths_at_a_revision_may_be_gits_own(moved_folder: Path, old: str) -> None:
    assert run(moved_folder, old, "kent").code is ExitCode.CLEAN


def test_paths_of_a_folder_that_was_moved_are_gits_own(moved_folder: Path) -> None:
    assert kinds(run(moved_folder, "a:team plans/strategies/kent.yaml", "kent")) == ["date-later"]
    assert "There is no file" in refused(moved_folder, "a:team plans/kent.yaml", "kent").message


def test_since_a_day(repository: Path) -> None:
    assert kinds(run(repository, since_date="2025-10-01")) == ["reworded"]
    assert "is not a date" in refused(repository, since_date="last year").message
    assert "no revision on or before 2020-01-01" in refused(repository, since_date="2020-01-01").message


def test_plans_that_came_and_went(repository: Path, text: str) -> None:
    (repository / "strategies" / "kent-and-medway.yaml").unlink()
    other = text.replace("id: kent", "id: devon").replace("icb: QKS", "icb: QJK")
    (repository / "strategies" / "devon.yaml").write_text(other, encoding="utf-8")
    assert kinds_of_each(run(repository, since="reword")) == [["added"], ["removed"]]
    assert "Primary care plan" in run(repository, since="reword", format="html").text


def test_exit_codes_follow_what_counts(repository: Path) -> None:
    reworded = {"since": "retire"}
    assert run(repository, **reworded).code is ExitCode.FOUND
    assert run(repository, **reworded, fail_on="weakened").code is ExitCode.CLEAN
    assert run(repository, since="v1", fail_on="weakened").code is ExitCode.FOUND
    assert run(repository, since="v1", fail_on="none").code is ExitCode.CLEAN
    nothing = run(repository, since="reword")
    assert (nothing.code, kinds(nothing)) == (ExitCode.CLEAN, [])


def test_nothing_changed_is_nothing_in_markdown(repository: Path) -> None:
    assert run(repository, since="reword", format="markdown").text == ""
    assert "No changes." in run(repository, since="reword").text


def test_more_formats_go_into_files(repository: Path) -> None:
    outcome = run(repository, since="v1", outputs=("json=out/changes.json", "markdown=changes.md"))
    assert outcome.written == ("out/changes.json", "changes.md")
    assert json.loads((repository / "out" / "changes.json").read_text(encoding="utf-8"))["pcstrat_diff"] == 1
    assert (repository / "changes.md").read_text(encoding="utf-8").startswith("**kent@<!-- -->v1")
    assert refused(repository, since="v1", outputs=("json=strategies",)).exit_code is ExitCode.NOT_DONE


@pytest.mark.parametrize(
    "options",
    [
        {"since": "v1", "since_date": "2025-01-01"},
        {"since": "v1", "format": "pdf"},
        {"since": "v1", "fail_on": "anything"},
        {"since": "v1", "outputs": ("pdf=x",)},
        {"since": "v1", "outputs": ("json=",)},
        {},
    ],
)
def test_a_request_without_sense_is_refused(repository: Path, options: dict[str, Any]) -> None:
    assert isinstance(refused(repository, **options), UsageError)


def test_one_plan_is_not_two_and_a_folder_is_not_one(repository: Path) -> None:
    assert "nothing to compare with" in refused(repository, "kent-and-medway").message
    (repository / "strategies" / "b.yaml").write_text("id: b", encoding="utf-8")
    assert "names 2 plans" in refused(repository, "strategies", "kent-and-medway").message


def test_a_folder_without_git_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "kent.yaml").write_text(text, encoding="utf-8")
    error = refused(tmp_path, since="v1")
    assert (error.exit_code, "not in a git repository" in error.message) == (ExitCode.NOT_DONE, True)
    assert refused(tmp_path, since_date="2025-01-01").exit_code is ExitCode.NOT_DONE


@pytest.mark.parametrize("revision", ["v99", "--all", "", "v1..rename"])
def test_an_unknown_revision_is_refused(repository: Path, revision: str) -> None:
    error = refused(repository, since=revision)
    assert (error.exit_code, "knows no revision" in error.message) == (ExitCode.NOT_DONE, True)


def test_a_shallow_clone_says_what_it_needs(repository: Path, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{repository}", "shallow")
    for options in ({"since": "v1"}, {"since_date": "2025-04-15"}):
        error = refused(tmp_path / "shallow", **options)
        assert error.exit_code is ExitCode.NOT_DONE
        assert "holds 2 commits" in error.remedy


def test_a_plan_that_cannot_be_read_is_never_no_changes(repository: Path) -> None:
    path = repository / "strategies" / "kent-and-medway.yaml"
    path.write_text("pcstrat: 1\nid: kent\nambitions: [", encoding="utf-8")
    with pytest.raises(NotDoneError, match="not a plan that can be compared"):
        run(repository, since="v1")


def test_an_old_plan_that_cannot_be_read_is_named(repository: Path, git: Git, text: str) -> None:
    path = repository / "strategies" / "kent-and-medway.yaml"
    commit(repository, git, path, "pcstrat: 1\nid: kent\nnonsense: 1\n", "broken", "2025-12-01")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotDoneError, match=r"strategies/kent-and-medway\.yaml@broken"):
        run(repository, since="broken")


def test_a_plan_that_got_another_id_in_the_same_file_is_the_same(repository: Path) -> None:
    path = repository / "strategies" / "kent-and-medway.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: kent", "id: kent-new"), encoding="utf-8")
    assert kinds(run(repository, since="reword")) == ["id-changed"]


@pytest.mark.parametrize("beside", [False, True], ids=["they are gone", "they still stand beside it"])
def test_last_years_plans_of_boards_that_merged_are_many(
    repository: Path, git: Git, text: str, registry: Registry, *, beside: bool
) -> None:
    strategies = repository / "strategies"
    closed = [icb for icb in registry.icbs.values() if icb.successors == ("S1Y5D",)][:2]
    for icb in closed:
        old = text.replace("id: kent", f"id: {icb.ods_code.lower()}").replace("icb: QKS", f"icb: {icb.ods_code}")
        commit(repository, git, strategies / f"{icb.ods_code.lower()}.yaml", old, f"with-{icb.ods_code}", "2025-12-01")
    for icb in () if beside else closed:
        (strategies / f"{icb.ods_code.lower()}.yaml").unlink()
    new = text.replace("id: kent", "id: together").replace("icb: QKS", "icb: S1Y5D").replace("£9.6m", "£9m")
    (strategies / "together.yaml").write_text(new, encoding="utf-8")
    *others, result = run(repository, since=f"with-{closed[1].ods_code}").results
    assert not any(other.changes for other in others if isinstance(other, Difference))
    assert isinstance(result, Difference)
    assert [version.icb for version in result.old] == [icb.ods_code for icb in closed]
    assert [change.kind for change in result.of(Significance.WEAKENED)] == [Kind.MONEY_DOWN, Kind.MONEY_DOWN]


def test_old_plans_of_a_divided_board_may_still_stand_beside_all_who_took_over(
    repository: Path, git: Git, text: str
) -> None:
    strategies = repository / "strategies"
    old = text.replace("id: kent", "id: snee").replace("icb: QKS", "icb: QJG")
    commit(repository, git, strategies / "snee.yaml", old, "undivided", "2025-12-01")
    for plan_id, icb in (("essex", "D7T5G"), ("nsu", "T6Y0W")):
        part = old.replace("id: snee", f"id: {plan_id}").replace("icb: QJG", f"icb: {icb}").replace("£9.6m", "£4.8m")
        (strategies / f"{plan_id}.yaml").write_text(part, encoding="utf-8")
    found = run(repository, "essex", "nsu", since="undivided")
    for result, other in zip(found.results, ("nsu", "essex"), strict=True):
        assert isinstance(result, Difference)
        assert [version.plan_id for version in result.old] == ["snee"]
        assert (result.divided_with, result.of(Significance.WEAKENED)) == ((other,), ())
    for form in ("text", "markdown", "html"):
        shown = run(repository, "essex", "nsu", since="undivided", format=form).text
        assert shown.count("is now divided between") == 2, form


def test_a_plan_says_which_gone_one_it_replaces(repository: Path, git: Git, text: str) -> None:
    strategies = repository / "strategies"
    other = text.replace("id: kent", "id: medway")
    commit(repository, git, strategies / "medway.yaml", other, "two", "2025-12-01")
    (strategies / "medway.yaml").unlink()
    assert kinds_of_each(run(repository, since="two")) == [[], ["removed"]]
    path = strategies / "kent-and-medway.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  version: v1", "  version: v1\n  previous: [medway]"),
        encoding="utf-8",
    )
    (result,) = run(repository, since="two").results
    assert isinstance(result, Difference)
    assert [version.plan_id for version in result.old] == ["kent", "medway"]


def test_a_plan_beside_a_renamed_one_is_new(repository: Path, text: str) -> None:
    strategies = repository / "strategies"
    renamed = text.replace("id: kent", "id: kent-new")
    (strategies / "kent-and-medway.yaml").write_text(renamed, encoding="utf-8")
    (strategies / "another.yaml").write_text(text.replace("id: kent", "id: another"), encoding="utf-8")
    first, second = run(repository, since="reword").results
    assert isinstance(first, Difference)
    assert isinstance(second, Difference)
    assert (first.old, [change.kind for change in first.changes]) == ((), [Kind.ADDED])
    assert [version.plan_id for version in second.old] == ["kent"]


def test_plans_that_nothing_says_belong_together_are_compared_with_a_warning(repository: Path, text: str) -> None:
    other = text.replace("id: kent", "id: other").replace("icb: QKS", "icb: QNX")
    (repository / "strategies" / "other.yaml").write_text(other, encoding="utf-8")
    warning = "Take care: nothing says that the new plan follows"
    for form, name in (("text", "other"), ("markdown", "other"), ("html", "Sussex")):
        shown = run(repository, "kent-and-medway", "other", "kent-and-medway", format=form).text
        assert f"{warning} {name}." in shown
        assert "Take care" not in run(repository, "v1:strategies/kent.yaml", "kent-and-medway", format=form).text
    data = json.loads(run(repository, "kent-and-medway", "other", "kent-and-medway", format="json").text)
    assert data["results"][0]["unrelated"] == ["other"]
