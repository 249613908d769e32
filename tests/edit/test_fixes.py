"""Safe fixes: what is mended, and what is left because it may mean more than one thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.edit.changes import Change, OverlapError, changed, rewritten
from pcstrat.edit.fixes import fixed
from pcstrat.edit.spelling import readable_amount, readable_time, usual_amount, usual_time
from pcstrat.registry import Registry
from pcstrat.source import read_source

PLAN = """\
pcstrat: 1
id: x
icb: QMM
document:
  title: T
  kind: briefing
  {line}
ambitions:
  - id: one
    title: One
    commitments: [{code}]
"""


def lines_of(registry: Registry, line: str = "note: n", code: str = "FUL-INT") -> list[str]:
    text, _ = fixed(read_source(PLAN.format(line=line, code=code).encode(), "x.yaml"), registry)
    return text.splitlines()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("published: 2024-25  # c", "published: 2024/25  # c"),
        ("published: 'Sept 2025'", "published: 'September 2025'"),
        ("review: by Mar. 2026", "review: by March 2026"),
        ("published: 25/04/2024", "published: 25 April 2024"),
        ("published: 04.04.2024", "published: 4 April 2024"),
        ("Status: Draft", "status: draft"),
        ("scope: [General_Practice, dentistry]", "scope: [general-practice, dentistry]"),
    ],
)
def test_what_can_mean_one_thing_only_is_mended(registry: Registry, before: str, after: str) -> None:
    assert lines_of(registry, before)[6].strip() == after


@pytest.mark.parametrize(
    "line",
    [
        "published: 03/04/2024",
        "published: 24/25",
        "published: in April 2024",
        "published: 2024-2026",
        "published: 2024-26",
        "published: 2024-05",
        "status: drat",
        "subtitel: x",
        "note: Sept 2025 and £1.3 m",
    ],
)
def test_what_is_uncertain_or_only_text_stays(registry: Registry, line: str) -> None:
    assert lines_of(registry, line)[6].strip() == line


def test_codes_are_spelt_as_the_registry_has_them(registry: Registry) -> None:
    assert lines_of(registry, code="ful_int, QOF")[-1].strip() == "commitments: [FUL-INT, QOF]"
    text, fixes = fixed(
        read_source(PLAN.format(line="note: n", code="FUL-INT").replace("QMM", "qmm").encode(), "x"), registry
    )
    assert "icb: QMM" in text
    assert [(fix.line, fix.before, fix.after) for fix in fixes] == [(3, "qmm", "QMM")]


def test_the_words_of_another_bodys_document_stay(registry: Registry) -> None:
    line = "published: 2024-25\n  restated_by: {publisher: us}"
    assert lines_of(registry, line)[6].strip() == "published: 2024-25"


def test_a_field_that_is_there_already_is_not_written_twice(registry: Registry) -> None:
    assert lines_of(registry, "Title: U")[6].strip() == "Title: U"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("amounts: [£1.3 m, £200 K]", "amounts: [£1.3m, £200K]"),
        ("amounts: [{amount: £1.3 m, what: a van for £1 m}]", "amounts: [{amount: £1.3m, what: a van for £1 m}]"),
        ("amounts: [GBP 2m, £ 5k]", "amounts: [£2m, £5k]"),
        ("outcomes: [Saves £1.3 m by Sept 2025]", "outcomes: [Saves £1.3 m by Sept 2025]"),
    ],
)
def test_amounts_of_lines_of_money_are_mended_also_where_they_stand_alone(
    registry: Registry, before: str, after: str
) -> None:
    money = f"  - {{title: T, commitment: proposed, lines: [{{title: L, {before}}}]}}"
    text, _ = fixed(
        read_source(f"{PLAN.format(line='note: n', code='QOF')}funding:\n{money}\n".encode(), "x"), registry
    )
    assert after in text


@pytest.mark.parametrize(
    ("given_", "expected"),
    [("£1.3 m", "£1.3m"), ("£ 200k", "£200k"), ("about £2 m (TBC)", "about £2m (TBC)"), ("£2 million", "£2 million")],
)
def test_amounts_lose_the_spaces_inside(given_: str, expected: str) -> None:
    assert usual_amount(given_) == expected


@pytest.mark.parametrize(
    ("given_", "expected"),
    [("GBP 2m", "£2m"), ("1.3 million pounds", "£1.3 million"), ("2m", None), ("£5-6m", None), ("tbd", None)],
)
def test_amounts_that_cannot_be_read(given_: str, expected: str | None) -> None:
    assert readable_amount(given_) == expected


@pytest.mark.parametrize("text", ["31/02/2024", "13/13/2024", "soon"])
def test_days_that_do_not_exist_have_no_reading(text: str) -> None:
    assert readable_time(text) is None


@given(st.text(max_size=30))
def test_no_text_is_taken_for_a_time_or_an_amount(text: str) -> None:
    for spell in (usual_time, usual_amount, readable_time, readable_amount):
        spell(text)


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("a", "b", "b"),
        ("a", "b: c", '"b: c"'),
        ("a", "- b", '"- b"'),
        ("a", "", '""'),
        ('"a"', "b", '"b"'),
        ("'a'", "it's", "'it''s'"),
        (">-\n  a", "b", None),
        ("a", 'say "b": c', None),
    ],
)
def test_a_value_is_written_as_the_one_before_it(written: str, value: str, expected: str | None) -> None:
    assert rewritten(written, value) == expected


@given(st.text("ab:#-'\"\\ ,[]{}!&*?|>%@`0n~", max_size=12), st.sampled_from(["x", "'x'", '"x"']))
def test_whatever_is_written_is_read_as_it_was_meant(value: str, written: str) -> None:
    text = rewritten(written, value)
    if text is not None:
        assert read_source(f"k: {text}\n".encode(), "x").data == {"k": value}


def test_changes_are_made_all_at_once_and_never_overlap() -> None:
    assert changed("abcdef", [Change(3, 4, "D"), Change(0, 1, ""), Change(6, 6, "!")]) == "bcDef!"
    assert changed("ab", [Change(1, 1, "x"), Change(1, 2, ""), Change(1, 1, "y")]) == "axy"
    with pytest.raises(OverlapError):
        changed("abcdef", [Change(0, 3, ""), Change(2, 4, "")])


def test_the_real_plans_need_no_fix(strategies: Callable[..., object], registry: Registry) -> None:
    for path in sorted(strategies.glob("*.yaml")):  # type: ignore[attr-defined]
        content = path.read_bytes()
        assert fixed(read_source(content, path.name), registry) == (content.decode(), [])
