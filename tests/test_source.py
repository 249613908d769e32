"""What reading YAML text gives: data as written, and where everything stands."""

from __future__ import annotations

import pytest

from pcstrat.diagnostics import Path, Position, Span
from pcstrat.source import CODES, QUOTE_IT, Source, events, explain_accident, read_source
from source_texts import PLAN, paths


@pytest.fixture(params=[False, True], ids=["c", "pure"])
def pure(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def read(text: str | bytes, *, pure: bool = False) -> Source:
    content = text.encode() if isinstance(text, str) else text
    source = read_source(content, "plan.yaml", pure=pure)
    assert source.findings == ()
    return source


def at(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(Position(line, column), Position(end_line, end_column))


def stretch(source: Source, span: Span) -> str:
    lines = [source.line(number) for number in range(span.start.line, span.end.line + 1)]
    lines[-1] = lines[-1][: span.end.column - 1]
    lines[0] = lines[0][span.start.column - 1 :]
    return "\n".join(lines)


def test_data_is_plain_and_as_written(*, pure: bool) -> None:
    assert read(PLAN, pure=pure).data == {
        "title": "Primary care: £1.3m",
        "label": "It's 😀 ours",
        "ambitions": [
            {
                "id": "a-1",
                "text": "Patients tell us: access matters.\nMuch.",
                "themes": ["access", "digital £", "more"],
                "points": ["one", {"text": "two", "owner": None}, None, "Block\n  more\n"],
            },
            {"when": "2025/26", "what": "All live"},
        ],
        "last": "over two lines",
    }


UNTYPED = """
    no on yes off true 012 0o14 0x1F 1.10 1e400 1_000 1:30 2024-04-01 45% £2m .inf NULL Null = -5 +3 None
"""


@pytest.mark.parametrize("written", UNTYPED.split())
def test_scalars_stay_what_was_written(written: str, *, pure: bool) -> None:
    assert read(f"key: {written}\n", pure=pure).data == {"key": written}


@pytest.mark.parametrize("written", ["", "~", "null", " # comment"])
def test_nothing_is_none(written: str, *, pure: bool) -> None:
    assert read(f"key: {written}\n", pure=pure).data == {"key": None}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("''", ""),
        ('"~"', "~"),
        ("'null'", "null"),
        ("!!str", ""),
        ("!!str 12", "12"),
        ("!!str null", "null"),
        ("“curly” quotes", "“curly” quotes"),
        ("a#b", "a#b"),
        ("https://nhs.uk/x?y", "https://nhs.uk/x?y"),
        (r'"tab\tand £\u00e9"', "tab\tand £é"),
    ],
)
def test_texts_that_look_like_something_else(written: str, text: str, *, pure: bool) -> None:
    assert read(f"key: {written}\n", pure=pure).data == {"key": text}


def test_quoted_merge_sign_is_a_key(*, pure: bool) -> None:
    assert read("'<<': x\n", pure=pure).data == {"<<": "x"}


POSITIONS: list[tuple[Path, Span, str]] = [
    (("title",), at(2, 8, 2, 29), '"Primary care: £1.3m"'),
    (("label",), at(3, 8, 3, 22), "'It''s 😀 ours'"),
    (("ambitions", 0, "id"), at(5, 9, 5, 12), "a-1"),
    (("ambitions", 0, "text"), at(6, 11, 10, 12), ">-\n      Patients tell us: access\n      matters.\n\n      Much."),
    (("ambitions", 0, "themes"), at(11, 13, 11, 38), "[access, digital £, more]"),
    (("ambitions", 0, "themes", 1), at(11, 22, 11, 31), "digital £"),
    (("ambitions", 0, "themes", 2), at(11, 33, 11, 37), "more"),
    (("ambitions", 0, "points", 0), at(13, 7, 13, 10), "one"),
    (("ambitions", 0, "points", 1), at(14, 7, 15, 13), "text: two\n      owner:"),
    (("ambitions", 0, "points", 1, "owner"), at(15, 13, 15, 13), ""),
    (("ambitions", 0, "points", 2), at(16, 6, 16, 6), ""),
    (("ambitions", 0, "points", 3), at(17, 7, 19, 13), "|\n      Block\n        more"),
    (("ambitions", 1), at(21, 5, 21, 36), "{when: 2025/26, what: All live}"),
    (("ambitions", 1, "what"), at(21, 27, 21, 35), "All live"),
    (("last",), at(22, 7, 23, 12), "over\n  two lines"),
]


@pytest.mark.parametrize(("path", "span", "text"), POSITIONS, ids=[str(path) for path, *_ in POSITIONS])
def test_values_stand_where_they_are_written(path: Path, span: Span, text: str, *, pure: bool) -> None:
    source = read(PLAN, pure=pure)
    assert source.span(path) == span
    assert stretch(source, span) == text


def test_collections_end_with_their_last_value(*, pure: bool) -> None:
    source = read(PLAN, pure=pure)
    assert source.span(("ambitions",)) == at(5, 3, 21, 36)
    assert source.span(("ambitions", 0)) == at(5, 5, 19, 13)
    assert source.span(("ambitions", 0, "points")) == at(13, 5, 19, 13)
    assert source.span(()) == at(2, 1, 23, 12)


@pytest.mark.parametrize(
    ("path", "span"),
    [
        (("title",), at(2, 1, 2, 6)),
        (("ambitions",), at(4, 1, 4, 10)),
        (("ambitions", 0, "id"), at(5, 5, 5, 7)),
        (("ambitions", 0, "points", 1, "owner"), at(15, 7, 15, 12)),
        (("ambitions", 1, "what"), at(21, 21, 21, 25)),
        (("ambitions", 0, "themes", 1), at(11, 22, 11, 31)),
        ((), at(2, 1, 23, 12)),
    ],
)
def test_keys_stand_where_they_are_written(path: Path, span: Span, *, pure: bool) -> None:
    assert read(PLAN, pure=pure).key_span(path) == span


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        (("nowhere",), ()),
        (("title", "deeper", 3), ("title",)),
        (("ambitions", 7), ("ambitions",)),
        (("ambitions", -1), ("ambitions",)),
        (("ambitions", "0"), ("ambitions",)),
        (("ambitions", 0, "id", "x"), ("ambitions", 0, "id")),
        ((0,), ()),
    ],
)
def test_a_missing_path_falls_back_to_what_is_around_it(path: Path, nearest: Path, *, pure: bool) -> None:
    source = read(PLAN, pure=pure)
    assert source.span(path) == source.span(nearest)
    assert source.key_span(path) == source.span(nearest)


def test_without_content_everything_stands_at_the_start(*, pure: bool) -> None:
    source = read_source(b"", "plan.yaml", pure=pure)
    assert source.data is None
    assert source.span(()) == source.span(("a", 0)) == source.key_span(("a",)) == at(1, 1, 1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode(),
        PLAN.removesuffix("\n").encode(),
    ],
    ids=["BOM", "CRLF", "CR", "BOM and CRLF", "no last line end"],
)
def test_other_encodings_of_the_text_change_nothing(content: bytes, *, pure: bool) -> None:
    plain, other = read(PLAN), read(content, pure=pure)
    assert other.data == plain.data
    assert other.text.rstrip("\n") == PLAN.rstrip("\n")
    assert [other.span(path) for path in paths(other.data)] == [plain.span(path) for path in paths(plain.data)]
    assert [other.key_span(path) for path in paths(other.data)] == [plain.key_span(path) for path in paths(plain.data)]


@pytest.mark.parametrize("before", ["x", "£", "é", "😀", "e\u0301", "日本"])
def test_columns_count_characters(before: str, *, pure: bool) -> None:
    source = read(f"{{{before}: 1, after: 2}}\n", pure=pure)
    column = len(before) + 14
    assert source.span(("after",)) == at(1, column, 1, column + 1)
    assert source.key_span(("after",)) == at(1, column - 7, 1, column - 2)


def test_tabs_inside_a_line_are_spaces(*, pure: bool) -> None:
    source = read("a:\tb\tc # d\n", pure=pure)
    assert source.data == {"a": "b c"}
    assert source.span(("a",)) == at(1, 4, 1, 7)
    assert source.line(1) == "a:\tb\tc # d"


def test_an_opening_separator_and_a_closing_one_are_allowed(*, pure: bool) -> None:
    source = read("# c\n---\na: 1\n...\n", pure=pure)
    assert source.data == {"a": "1"}
    assert source.span(("a",)) == at(3, 4, 3, 5)


@pytest.mark.parametrize(
    ("text", "path", "span"),
    [
        ("a:\nb: 1\n", ("a",), at(1, 3, 1, 3)),
        ("a: # why\n  # more\nb: 1\n", ("a",), at(1, 3, 1, 3)),
        ("a: {b: }\n", ("a", "b"), at(1, 7, 1, 7)),
        ("a:\n  -\n  - # none\n  -\n", ("a", 2), at(4, 4, 4, 4)),
        ("a:\n- - -\n", ("a", 0, 0, 0), at(2, 6, 2, 6)),
        ("? a\n:\n", ("a",), at(2, 2, 2, 2)),
        ("a: ''\n", ("a",), at(1, 4, 1, 6)),
        ("a: ~\n", ("a",), at(1, 4, 1, 5)),
        ("a: []\n", ("a",), at(1, 4, 1, 6)),
        ("a: |+\n  b\n\n# c\nd: e\n", ("a",), at(1, 4, 2, 4)),
        ("a: >2\n    b\n", ("a",), at(1, 4, 2, 6)),
        ("a: >-\n\nb: c\n", ("a",), at(1, 4, 1, 6)),
        ("a: [b,\n  c\n  ] # d\n", ("a",), at(1, 4, 3, 4)),
    ],
)
def test_empty_and_odd_values_have_a_place(text: str, path: Path, span: Span, *, pure: bool) -> None:
    assert read(text, pure=pure).span(path) == span


def test_lines(*, pure: bool) -> None:
    source = read("a: 1\r\n\r\nb: £", pure=pure)
    assert [source.line(number) for number in range(-1, 6)] == ["", "", "a: 1", "", "b: £", "", ""]
    assert source.text == "a: 1\n\nb: £"
    assert source.file == "plan.yaml"


def test_the_python_parser_stands_in_for_a_missing_extension(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(PLAN)
    monkeypatch.setattr(events, "CParser", None)
    assert read(PLAN) == expected


def test_the_extension_is_used_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_python(_text: str) -> None:
        raise AssertionError

    monkeypatch.setattr(events, "pure_events", no_python)
    assert read("a: 1\n").data == {"a": "1"}
    with pytest.raises(AssertionError):
        read("a: 1\n", pure=True)


def test_every_code_has_a_title() -> None:
    assert list(CODES) == [f"Y{number:02}" for number in range(1, 11)]
    assert all(CODES.values())


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"Access": "to address the challenge"}, "The colon in 'Access: ...' made this item a key with a value."),
        ({"Access to care": None}, "The colon in 'Access to care: ...'"),
        ({"text": "Reduce stays", "admissions": None}, "The comma before 'admissions' ended the text"),
        ({"placeholder": None}, "'placeholder' is read as a key without a value"),
        (["Access"], "Brackets or a dash at the start made this text a list."),
    ],
)
def test_accidents_are_explained(value: object, part: str) -> None:
    explanation = explain_accident(value)
    assert explanation is not None
    assert part in explanation


@pytest.mark.parametrize("value", [None, "text", [], {}, {"text": "a", "points": ["b"]}, {"a": ["b"]}, [{"a": "b"}]])
def test_other_values_are_no_accidents(value: object) -> None:
    assert explain_accident(value) is None


def test_the_remedy_for_accidents_is_a_sentence() -> None:
    assert QUOTE_IT.endswith(".")
