"""Annotations: workflow commands that say what we mean and nothing that a plan says."""

from __future__ import annotations

import re
from collections.abc import Callable

from pcstrat.report.findings_github import MOST_OF_A_LEVEL, findings_github
from pcstrat.review import Review

COMMAND = re.compile(
    r"::(error|warning|notice) file=[^:,\s][^:,]*,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^:,]*::.*"
)


def test_the_worst_come_first(whole: Review) -> None:
    lines = findings_github(whole).splitlines()
    assert all(COMMAND.fullmatch(line) for line in lines)
    levels = [line.split(" ")[0] for line in lines]
    assert levels == ["::error"] + ["::warning"] * 2 + ["::notice"]


def test_an_annotation_names_place_rule_and_remedy(whole: Review) -> None:
    lines = findings_github(whole, "health/").splitlines()
    assert lines[1] == (
        "::warning file=health/strategies/plan-1.yaml,line=9,endLine=9,col=12,endColumn=25,"
        "title=Q01 ambition 'Boats for all'::“Boats for all” is too many. Mend Q01."
    )
    assert "Title of Q03, in 4 places. Lines: 12, 13, 14, 18. Mend Q03." in lines[2]


def test_what_is_accepted_or_happened_since_is_not_annotated(whole: Review, clean: Review) -> None:
    assert "Q04" not in findings_github(whole)
    assert "weather is" not in findings_github(whole)
    assert findings_github(clean) == ""


def test_a_level_has_ten_at_most(hostile: Review) -> None:
    lines = findings_github(hostile).splitlines()
    assert len([line for line in lines if line.startswith("::warning ")]) == MOST_OF_A_LEVEL
    assert any(line.startswith("pcstrat: ") and "the step summary has all" in line for line in lines)


def test_hostile_text_commands_nothing(hostile: Review) -> None:
    text = findings_github(hostile)
    assert not {"\x1b", "\r", "\u202e", "\u2028", "\x85"} & set(text)
    assert "##[" not in text
    for line in text.split("\n"):
        assert not line or COMMAND.fullmatch(line) or line.startswith("pcstrat: ")


def test_properties_and_messages_are_encoded(reviewed: Callable[..., Review]) -> None:
    text = "pcstrat: 1\nid: x\nicb: QOC\ndocument: {title: X, kind: briefing}\nambitions:\n  - id: a\n"
    (_, line) = findings_github(reviewed(f'{text}    title: "100%, ::error::x"\n')).splitlines()
    assert line.startswith(
        "::notice file=strategies/plan-1.yaml,line=6,endLine=7,title=Q02 ambition '100%25%2C %3A%3Aerr"
    )
    assert line.endswith("::“100%25, ::error::x” is an aim. Mend Q02.")
