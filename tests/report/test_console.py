"""Findings read well on a terminal, and text from plans is only text there."""

from __future__ import annotations

import io

import pytest

from pcstrat.diagnostics import Finding, Position, Severity, Span
from pcstrat.progress import BarProgress, LineProgress, NoProgress, progress_for
from pcstrat.report.console import findings_text, publication_text, settings_text, summary_text


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
    ("findings", "expected"),
    [
        ([], "5 plans checked: no problems."),
        ([finding(), finding(), finding(2)], "Checked 5 plans: 3 errors in 1 plan."),
        (
            [finding(), finding(severity=Severity.WARNING, file="b"), finding(severity=Severity.ADVICE, file="c")],
            "Checked 5 plans: 1 error, 1 warning and 1 piece of advice in 3 plans.",
        ),
    ],
)
def test_the_last_line_counts(findings: list[Finding], expected: str) -> None:
    assert summary_text(5, findings) == expected


def test_one_plan_is_one() -> None:
    assert summary_text(1, []) == "1 plan checked: no problems."


def test_what_a_build_did() -> None:
    assert publication_text("output", 3, 0, 0) == "3 files written in output."
    assert publication_text("output", 0, 1, 2) == "No files written, 1 unchanged and 2 removed in output."


def test_settings_are_listed_with_their_origin() -> None:
    text = settings_text([("output", "out\x1b", "file pcstrat.toml", "The folder.")])
    assert text == "output = out[U+001B]  (file pcstrat.toml)\n    The folder."


def test_progress_in_a_log_is_plain_lines() -> None:
    stream = io.StringIO()
    progress = progress_for(stream, interactive=False)
    assert isinstance(progress, LineProgress)
    progress.start(2)
    progress.step("bob\x1b: made")
    progress.step("kent: made")
    progress.stop()
    assert stream.getvalue() == "1/2 bob[U+001B]: made\n2/2 kent: made\n"


def test_progress_on_a_terminal_is_a_bar_without_markup() -> None:
    stream = io.StringIO()
    progress = progress_for(stream, interactive=True)
    assert isinstance(progress, BarProgress)
    progress.stop()
    progress.step("before it starts")
    progress.start(1)
    progress.step("[red]bob[/]")
    progress.stop()
    assert "[red]bob[/]" in stream.getvalue()


def test_no_progress_says_nothing() -> None:
    progress = NoProgress()
    progress.start(1)
    progress.step("x")
    progress.stop()
