"""The formats of a diff: the published shape, the size of a comment, and what hostile text may not do in any."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pcstrat.diff import Called, Difference, Kind, Significance, diff_plans, load_significances, version_of
from pcstrat.diff.alignment import Alignment, Coverage, Group, align_plans, is_continuation
from pcstrat.diff.significance import shipped_significances
from pcstrat.diff.wording import Mark, word_changes
from pcstrat.errors import NotDoneError
from pcstrat.model.plan import Plan
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.registry import Registry
from pcstrat.render.diff_page import diff_page
from pcstrat.render.environment import Templates
from pcstrat.render.version_table import version_table
from pcstrat.report.diff_json import diff_json
from pcstrat.report.diff_markdown import LONGEST, diff_markdown
from pcstrat.report.diff_text import diff_text

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "diff.json").read_text(encoding="utf-8"))
HOSTILE = "<script>alert(1)</script> @everyone #1 [x](https://evil.example) **b** `c` \u202egnp $x$ ::error::"
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def fits(value: Any, schema: dict[str, Any]) -> bool:  # noqa: PLR0911 - one for each word
    """The few words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(value is None if name == "null" else isinstance(value, TYPES[name]) for name in names):
        return False
    if isinstance(value, dict):
        known = schema.get("properties", {})
        complete = all(name in value for name in schema.get("required", ()))
        return complete and all(fits(below, known[name]) for name, below in value.items() if name in known)
    return all(fits(entry, schema["items"]) for entry in value) if isinstance(value, list) else True


@pytest.fixture(scope="module")
def two_boards(strategies: Path, plan_of: Callable[[str], Plan], registry: Registry) -> Alignment:
    first, second = (
        plan_of((strategies / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("norfolk-waveney", "herts-west-essex")
    )
    return align_plans(first, second, registry, (version_of(first), version_of(second)))


@pytest.fixture
def hostile(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> Any:
    quoted = json.dumps(HOSTILE.replace("\u202e", "\u202e"))
    edited = text.replace("text: People who need care today get it today, near to where they live.", f"text: {quoted}")
    edited = edited.replace("Builders may be hard to find.", quoted).replace("title: Enough staff", f"title: {quoted}")
    return diff_plans([base], plan_of(edited))


def test_the_shape_is_the_published_one(hostile: Any, two_boards: Alignment, base: Plan) -> None:
    for result in (hostile, two_boards, diff_plans([], base), diff_plans([base], None)):
        data = json.loads(diff_json([result]))
        assert fits(data, SCHEMA)
    data["results"][0]["changes"][0]["kind"] = "nonsense"
    assert not fits(data, SCHEMA)


def test_the_shape_knows_every_kind() -> None:
    properties = SCHEMA["$defs"]["change"]["properties"]
    assert properties["kind"]["enum"] == [kind.value for kind in Kind]
    assert properties["significance"]["enum"] == [meaning.value for meaning in Significance]


def test_hostile_text_means_nothing_anywhere(hostile: Any, registry: Registry) -> None:
    html = Templates().render("documents/diff.html.j2", page=diff_page([hostile], registry))
    markdown, shown = diff_markdown([hostile]), diff_text([hostile])
    assert "<script>" not in html
    assert "<script>" not in markdown.replace("\\<script\\>", "")
    assert not re.search(r"@(?!<!-- -->)|(?<!\\)\[|#[0-9]|https?://(?!<!-- -->)|(?<!\\)\$", markdown)
    for output in (html, markdown, shown, diff_json([hostile])):
        assert "\u202e" not in output
    assert not re.search(r"^::", shown, re.MULTILINE)
    assert "\x1b" not in shown
    assert "\x1b[31m" in diff_text([hostile], colour=True)


def test_the_page_passes_the_inspection_of_pages(
    hostile: Any, two_boards: Alignment, registry: Registry, base: Plan
) -> None:
    other = base.model_copy(update={"id": "other"})
    for results in ([hostile], [two_boards], [], [hostile, diff_plans([], other)]):
        html = Templates().render("documents/diff.html.j2", page=diff_page(results, registry))
        assert inspect_page(html).problems == ()


def test_what_is_internal_is_on_no_page(
    text: str, base: Plan, plan_of: Callable[[str], Plan], registry: Registry
) -> None:
    waiver = "waivers:\n  - {rule: W01, reason: We know this secret, owner: A, until: March 2027}\n"
    difference = diff_plans([base], plan_of(text + waiver))
    assert "W01" in diff_text([difference])
    html = Templates().render("documents/diff.html.j2", page=diff_page([difference], registry))
    assert "W01" not in html
    assert "No changes" in html


def test_a_comment_has_room_for_no_more(text: str, base: Plan, plan_of: Callable[[str], Plan]) -> None:
    milestones = "".join(f"      - text: Do thing number {n} {'very well ' * 20}\n" for n in range(600))
    markdown = diff_markdown(
        [diff_plans([base], plan_of(text.replace("      - id: training", f"{milestones}      - id: training")))]
    )
    assert len(markdown) <= LONGEST
    assert re.search(r"[0-9,]+ more lines are left out", markdown)


def test_two_boards_are_put_side_by_side(two_boards: Alignment, registry: Registry) -> None:
    both = two_boards.of(Group.THEME, Coverage.BOTH)
    assert both
    assert all(topic.old and topic.new for topic in both)
    assert two_boards.differs
    assert two_boards.of(Group.COMMITMENT, Coverage.NEITHER)
    assert len(two_boards.topics) >= len(registry.themes) + len(registry.pillars)
    stated = [entry for topic in two_boards.topics for entry in (*topic.old, *topic.new)]
    assert any(entry.dates for entry in stated)
    assert any(entry.money for entry in stated)
    for report in (diff_text([two_boards]), diff_markdown([two_boards])):
        assert "Planned by neither" in report


def test_who_continues_whom(base: Plan, text: str, plan_of: Callable[[str], Plan], registry: Registry) -> None:
    other = plan_of(text.replace("id: kent", "id: other").replace("icb: QKS", "icb: QNX"))
    heir = plan_of(
        text.replace("id: kent", "id: heir")
        .replace("icb: QKS", "icb: QNX")
        .replace("kind:", "inherits: [QKS]\n  kind:")
    )
    assert is_continuation([base], base, registry)
    assert is_continuation([base], heir, registry)
    assert not is_continuation([base, other], other, registry)
    closed = next(icb for icb in registry.icbs.values() if icb.successors)
    old = base.model_copy(update={"icb": closed.ods_code, "id": "old"})
    new = base.model_copy(update={"icb": closed.successors[0], "id": "new"})
    assert is_continuation([old], new, registry)


def test_every_kind_means_something_unless_the_user_says_otherwise(tmp_path: Path) -> None:
    shipped = shipped_significances()
    assert all("default" in shipped.table[kind] for kind in Kind)
    assert load_significances(tmp_path) is shipped
    (tmp_path / "significance.toml").write_text(
        '[moved]\ndefault = "weakened"\n"context:up" = "changed"\n', encoding="utf-8"
    )
    own = load_significances(tmp_path)
    assert own.of(Kind.MOVED, "Action") is Significance.WEAKENED
    assert own.of(Kind.MOVED, "Action", "up") is Significance.CHANGED
    assert own.of(Kind.DATE_LATER, "Milestone.when") is Significance.WEAKENED


@pytest.mark.parametrize("content", [b"[movd]\n", b'[moved]\ndefault = "bad"\n', b"moved = 1\n", b"[", b"\xff"])
def test_a_table_that_is_wrong_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "significance.toml").write_bytes(content)
    with pytest.raises(NotDoneError, match="significance"):
        load_significances(tmp_path)


def test_the_page_of_two_boards_names_them_and_says_what_is_not_stated(
    two_boards: Alignment, registry: Registry
) -> None:
    page = diff_page([two_boards], registry)
    assert page.cover.subtitle == "Norfolk and Waveney and Hertfordshire and West Essex"
    assert page.cover.facts[0].startswith("Both answer ")
    html = Templates().render("documents/diff.html.j2", page=page)
    assert "Planned only by Hertfordshire and West Essex" in html
    assert re.search(r"<li><strong>Ambition [^<]*</strong><ul><li>Date: [^<]*</li>.*?<li>Not stated: [^<]*money", html)
    caption = "Planned only by Hertfordshire and West Essex, as far as the tags tell: "
    only = re.search(rf"<caption[^>]*>{caption}.*?</thead>", html, re.DOTALL)
    assert only
    assert only[0].count('<th scope="col"') == 3, "why a plan has nothing for a commitment is said of both"
    assert inspect_page(html).problems == ()


def shown(registry: Registry, *results: Difference | Alignment) -> str:
    return html.unescape(Templates().render("documents/diff.html.j2", page=diff_page(results, registry)))


def test_the_page_of_one_plan_names_its_board_and_its_aims(
    base: Plan, text: str, plan_of: Callable[[str], Plan], registry: Registry
) -> None:
    edited = text.replace("by September 2026", "by December 2026").replace("version: v1", "version: v2")
    edited = edited.replace("near to where they live", "close to where they live")
    difference = diff_plans([base], plan_of(edited), called=(Called("kent-plan@main~1", "main~1"), Called("kent-plan")))
    page = diff_page([difference], registry)
    assert page.cover.subtitle == "From Kent and Medway at main~1 (v1, April 2025) to Kent and Medway (v2, April 2025)"
    names = (
        "Ambition 'Priority 1' (Same-day care), action 'Open an urgent care hub in every place.'",
        "Ambition 'Priority 1' (Same-day care)",
    )
    told = shown(registry, difference)
    assert f'<th scope="row">{names[0]}</th>' in told
    for name in names:
        assert f"<strong>{name}</strong> " in told, "the table for a board paper"
    assert "kent-plan" not in told
    assert not any("Same-day care" in change.name for change in difference.changes), "commands print less"
    over = shown(registry, difference, diff_plans([base], base, called=(Called("kent@v1", "v1"), Called("kent"))))
    assert '<th scope="row">Primary care plan (Kent and Medway)</th>' in over


def test_the_page_of_plans_that_became_one_names_every_board(
    base: Plan, text: str, plan_of: Callable[[str], Plan], registry: Registry
) -> None:
    other = plan_of(text.replace("id: kent", "id: sussex").replace("icb: QKS", "icb: QNX"))
    later = plan_of(text.replace("by September 2026", "by December 2026"))
    called = (Called("kent@v1", "v1"), Called("sussex@v1", "v1"), Called("kent"))
    told = shown(registry, replace(diff_plans([base, other], later, called=called), unrelated=("sussex@v1",)))
    sides = "Kent and Medway at v1 (v1, April 2025) and Sussex at v1 (v1, April 2025) to Kent and Medway (v1"
    assert f"From {sides}" in told
    assert "action 'Open an urgent care hub in every place.' (in Kent and Medway at v1)" in told
    assert "nothing says that the new plan follows Sussex at v1." in told
    assert "sussex@v1" not in told


def test_plans_of_one_board_and_of_none_that_is_known_are_told_apart(
    base: Plan, text: str, plan_of: Callable[[str], Plan], registry: Registry
) -> None:
    second = plan_of(text.replace("id: kent", "id: kent-dentistry"))
    assert "From Kent and Medway (kent) (v1, April 2025) to Kent and Medway (kent-dentistry) (v1" in shown(
        registry, diff_plans([base], second)
    )
    nobody = plan_of(text.replace("icb: QKS", "icb: QXX"))
    assert "From kent@v1 (v1, April 2025) to kent (v1" in shown(
        registry, diff_plans([nobody], nobody, called=(Called("kent@v1", "v1"), Called("kent")))
    )


EMPHASIS = [
    ("We will open **two** hubs.", "We may open **two** hubs.", "We -will-+may+ open two hubs."),
    ("Read [our plan](https://a.nhs.uk) soon.", "Read [our plan](https://a.nhs.uk) now.", "Read our plan -soon-+now+."),
    ("Open two hubs.", "Open **two** hubs.", "Open +**+two+**+ hubs."),
]


@pytest.mark.parametrize(("before", "after", "shown_as"), EMPHASIS)
def test_signs_of_emphasis_are_shown_where_nothing_else_changed(before: str, after: str, shown_as: str) -> None:
    signs = {Mark.KEPT: "{}", Mark.REMOVED: "-{}-", Mark.ADDED: "+{}+"}
    assert "".join(signs[mark].format(words) for mark, words in word_changes(before, after)) == shown_as


def test_two_files_of_one_plan_are_told_apart_by_what_they_are_called(
    base: Plan, text: str, plan_of: Callable[[str], Plan], registry: Registry
) -> None:
    edited = plan_of(text.replace("by September 2026", "by December 2026"))
    called = (Called("strategies/kent"), Called("kent-draft"))
    sides = "Kent and Medway (strategies/kent) (v1, April 2025) to Kent and Medway (kent-draft) (v1, April 2025)"
    assert f"From {sides}" in shown(registry, diff_plans([base], edited, called=called))


def test_a_plan_that_went_to_another_board_is_called_by_each(
    base: Plan, text: str, plan_of: Callable[[str], Plan], registry: Registry
) -> None:
    moved = plan_of(text.replace("icb: QKS", "icb: QNX"))
    assert "From Kent and Medway (v1, April 2025) to Sussex (v1, April 2025)" in shown(
        registry, diff_plans([base], moved)
    )


def test_a_comment_on_several_plans_opens_with_what_was_weakened_in_any(
    base: Plan, text: str, plan_of: Callable[[str], Plan]
) -> None:
    reworded = diff_plans([base], plan_of(text.replace("Train 40 pharmacists.", "Train forty pharmacists.")))
    later = plan_of(text.replace("id: kent", "id: sussex").replace("by September 2026", "by December 2026"))
    weakened = diff_plans([plan_of(text.replace("id: kent", "id: sussex"))], later)
    same = diff_plans([base], base)
    first, *rest = diff_markdown([reworded, weakened, same]).splitlines()
    assert first.startswith("**2 of 3 plans have changed**: 2 changes: 1 weakened")
    headings = [line for line in rest if line.startswith(("###", "**"))]
    assert headings[0].startswith("**sussex")
    assert headings[1] == "### Weakened"
    assert diff_markdown([same, same]) == ""


@pytest.mark.parametrize(("called", "after"), [(Called("a@b"), ""), (Called("a@b@v2", "v2"), "after v2")])
def test_only_a_revision_counts_as_the_version_of_an_old_plan(
    called: Called, after: str, text: str, plan_of: Callable[[str], Plan]
) -> None:
    unversioned = re.sub(r"\n +version: .*", "", text)
    old, new = (plan_of(edited) for edited in (unversioned, unversioned.replace("Enough staff", "More staff")))
    table = version_table(diff_plans([old], new, called=[called]), "versions")
    assert {str(row.header.text) for row in table.rows} == {after or "not stated"}
