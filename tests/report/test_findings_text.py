"""Findings read well on a terminal, and text from plans is only text there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.diagnostics import Finding, Position, Severity, Span
from pcstrat.report.findings_text import build_text, findings_text, review_text
from pcstrat.report.lines import one_line
from pcstrat.report.summary import build_sentence, first_sentence, summary_lines
from pcstrat.review import Review


def finding(line: int = 1, first: int = 1, last: int = 5, **fields: object) -> Finding:
    values: dict[str, object] = {
        "code": "V02",
        "severity": Severity.ERROR,
        "file": "strategies/bob.yaml",
        "message": "'whne' is not a field here.",
        "remedy": "Did you mean 'when'?",
        "where": "Objective 2b, milestone 2",
        "span": Span(Position(line, first), Position(line, last)),
    }
    return Finding(**values | fields)  # type: ignore[arg-type]


def shown(line: str, **fields: object) -> list[str]:
    return findings_text([finding(**fields)], {("strategies/bob.yaml", 1): line}).splitlines()  # type: ignore[arg-type]


def test_a_finding_has_place_line_message_and_remedy() -> None:
    assert shown("    whne: March", first=5, last=9) == [
        "strategies/bob.yaml:1:5: error V02 Objective 2b, milestone 2",
        "    1 |     whne: March",
        "      |     ^^^^",
        "  'whne' is not a field here.",
        "  -> Did you mean 'when'?",
    ]


def test_a_finding_without_a_place() -> None:
    assert shown("x", span=None, remedy="", where="")[0] == "strategies/bob.yaml: error V02"
    assert len(shown("x", span=None, remedy="")) == 2


def test_findings_are_separated() -> None:
    text = findings_text([finding(), finding(2), finding(file="b.yaml")], {})
    assert text.count("\n\n") == 2
    assert findings_text([], {}) == ""


def test_carets_stand_under_wide_and_combining_characters() -> None:
    lines = shown("a漢e\u0301: x", first=6, last=7)
    assert lines[1].endswith("a漢\u00e9: x")
    assert lines[2] == "      | " + " " * 5 + "^"


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 300 + "HERE" + "y" * 300
    lines = shown(line, first=301, last=305)
    assert len(lines[1]) < 130
    start = lines[2].index("^")
    assert lines[1][start : start + 4] == "HERE"
    assert lines[1].endswith("...")


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    span = Span(Position(1, 3), Position(4, 2))
    assert shown("- text: >-", span=span)[2] == "      |   ^^^^^^^^"


def test_an_empty_place_has_one_caret() -> None:
    assert shown("abc", first=4, last=4)[2] == "      |    ^"


def test_hostile_text_is_only_text() -> None:
    hostile = "[bold red]x[/] \x1b[2J\x07 \u202eevil\u2069 :smile:"
    text = findings_text(
        [finding(message=hostile, remedy=hostile, where=hostile, file=f"{hostile}.yaml")],
        {(f"{hostile}.yaml", 1): hostile},
    )
    assert "[bold red]x[/]" in text
    assert ":smile:" in text
    assert "[U+001B][2J[U+0007]" in text
    assert "[U+202E]" in text
    assert not {"\x1b", "\x07", "\u202e", "\u2069"} & set(text)


def test_colours_are_ours_alone() -> None:
    text = findings_text([finding(message="\x1b[32m")], {}, colour=True)
    assert "\x1b[1;31m" in text
    assert "\x1b[32m" not in text


@pytest.mark.parametrize(
    "text",
    ["::error::x", "  ::error::x", "\n::error::x", "##[error]x", "a ##[error]x", "##vso[task.x]y", "# ##[error]x"],
)
def test_no_line_commands_the_machine_that_logs_it(text: str) -> None:
    line = one_line(text)
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "##vso[" not in line
    shown = findings_text([finding(message=text)], {("strategies/bob.yaml", 1): f"x: {text}"})
    assert "##[" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())


def test_a_build_shows_remarks_on_documents_which_validate_does_not_make() -> None:
    remark = finding(code="D05", severity=Severity.WARNING)
    assert "warning D05" in build_text([remark], {})
    assert build_sentence(1, [remark]) == "1 plan checked: 1 warning in 1 plan."


def test_of_what_rules_find_errors_alone_are_shown_by_a_build() -> None:
    assert build_text([finding(severity=Severity.WARNING)], {}) == ""
    text = build_text([finding(severity=Severity.WARNING), finding(2)], {})
    assert text.startswith("strategies/bob.yaml:2:1: error V02")
    assert text.endswith("\n\n")


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "5 plans checked: no issues found."),
        ([finding(), finding(), finding(2)], "5 plans checked: 3 errors in 1 plan."),
        (
            [finding(), finding(severity=Severity.WARNING, file="b"), finding(severity=Severity.ADVICE, file="c")],
            "5 plans checked: 1 error, 1 warning and 1 piece of advice in 3 plans. `pcstrat validate` says more.",
        ),
    ],
)
def test_a_build_counts_in_one_line(findings: list[Finding], expected: str) -> None:
    assert build_sentence(5, findings) == expected


# --- a whole run -----------------------------------------------------------------------------------------------------


def test_everything_is_told_plan_by_plan(whole: Review) -> None:
    assert review_text(whole).splitlines() == [
        "larkshire: A plan for Larkshire (strategies/plan-1.yaml)",
        "",
        "strategies/plan-1.yaml:8:5: advice Q02 ambition 'Boats for all'",
        "    8 |   - id: alpha",
        "      |     ^^^^^^^^^",
        "  “Boats for all” is an aim.",
        "  Why: Because of the law.",
        "  -> Mend Q02.",
        "",
        "strategies/plan-1.yaml:9:12: warning Q01 ambition 'Boats for all'",
        "    9 |     title: Boats for all",
        "      |            ^^^^^^^^^^^^^",
        "  “Boats for all” is too many.",
        "  See 16:12 ambition 'Fewer storms': The storms stand here.",
        "  Why: Because of the law.",
        "  -> Mend Q01.",
        "",
        "strategies/plan-1.yaml:12:9: warning Q03 the plan",
        "  Title of Q03, in 4 places.",
        "    12:9 ambition 'Boats for all', action 'Buy a boat': Action 1 is short.",
        "    13:9 ambition 'Boats for all', action 'Sell a boat': Action 2 is short.",
        "    14:9 ambition 'Boats for all', action 'Paint a boat': Action 3 is short.",
        "    18:9 ambition 'Fewer storms', action 'Ask the weather': Action 1 is short.",
        "  Why: Because of the law.",
        "  -> Mend Q03.",
        "",
        "Since this plan was written (no fault of the plan):",
        "  strategies/plan-1.yaml:3:6: Q04 the plan",
        "    The board has closed.",
        "    -> Mend Q04.",
        "",
        "Accepted by waivers:",
        "  strategies/plan-1.yaml:15:5: Q02 ambition 'Fewer storms': “Fewer storms” is an aim.",
        "    Accepted by The board until March 2028: The weather is not ours.",
        "",
        "brokenshire (strategies/plan-2.yaml)",
        "",
        "strategies/plan-2.yaml:19:1: error V02 the plan",
        "   19 | languag: cy",
        "      | ^^^^^^^",
        "  There is no field 'languag' here.",
        "  -> Did you mean 'language'?",
        "",
        "The file is no valid plan yet, so 6 rules could not be run.",
        "",
        "Checked 2 plans with 6 rules: 1 error, 2 warnings and 1 piece of advice in 2 plans.",
        "brokenshire: The file is no valid plan yet, so 6 rules could not be run.",
        "1 finding accepted by waivers and 1 thing happened since the plans were written.",
        "Highest profile that passes: publish (larkshire), none (brokenshire).",
    ]


def test_a_clean_run_says_so_and_sends_a_person(clean: Review) -> None:
    assert review_text(clean) == (
        "2 plans checked. No issues found by 3 rules. A person should still read the plans.\n"
        "Highest profile that passes: publish.\n"
    )


def test_a_run_that_is_not_whole_is_never_clean(crashed: Review, reviewed: Callable[..., Review]) -> None:
    text = review_text(crashed)
    assert "No issues" not in text
    assert "larkshire: 1 rule failed: Q08." in text
    assert "Highest profile that passes: none." in text
    nothing = list(summary_lines(reviewed(*["id: x"], rules=())))
    assert "No issues" not in nothing[0]


def test_a_profile_that_is_not_known_is_not_called_none(whole: Review) -> None:
    plan, broken = whole.results
    partial = plan._replace(plan="kent", highest_profile=None, rules_left_out=3)
    review = whole._replace(results=(plan, partial, broken))
    assert list(summary_lines(review))[-1] == (
        "Highest profile that passes: publish (larkshire), not known, because rules were left out (kent), "
        "none (brokenshire)."
    )


def test_many_places_are_cut(reviewed: Callable[..., Review]) -> None:
    actions = "".join(f"      - Boat {number}\n" for number in range(15))
    text = "pcstrat: 1\nid: x\nicb: QOC\ndocument: {title: X, kind: briefing}\nambitions:\n  - id: a\n    title: A\n"
    shown = review_text(reviewed(f"{text}    actions:\n{actions}"))
    assert "Title of Q03, in 15 places." in shown
    assert "    and 5 more places: `--format markdown` lists them all\n" in shown


def test_colours_of_a_run_are_ours(whole: Review) -> None:
    text = review_text(whole, colour=True)
    assert "\x1b[1mlarkshire" in text
    assert "\x1b[1;33mwarning Q01\x1b[0m" in text
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"):
        text = text.replace(code, "")
    assert text == review_text(whole)


def test_a_hostile_run_is_only_text(hostile: Review) -> None:
    text = review_text(hostile)
    assert "MARK-44" in text
    assert not {"\x1b", "\x07", "\u202e", "\u2066", "\u2028", "\x85", "\r"} & set(text)
    assert "##[" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("Version 1.10 counts. Two", "Version 1.10 counts."),
        ("No end", "No end"),
        ("", ""),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first
