"""What reading refuses, where it says so and how; and that nothing makes it fail, hang, or differ between parsers."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pcstrat.diagnostics import Finding, Path, Position, Severity
from pcstrat.source import CODES, QUOTE_IT, Source, read_source
from pcstrat.source.problems import MAX_PROBLEMS, Problem
from pcstrat.source.repair import Repairs
from source_texts import PLAN, paths


@pytest.fixture(params=[False, True], ids=["c", "pure"])
def pure(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def read(content: str | bytes, *, pure: bool = False) -> Source:
    return read_source(content.encode() if isinstance(content, str) else content, "plan.yaml", pure=pure)


def place(finding: Finding) -> tuple[int, int]:
    assert finding.span is not None
    return finding.span.start.line, finding.span.start.column


QUOTES = "Put the text in quotes"
LINE_UP = "Line its start up"

# content, code, line, column, part of the message, part of the remedy
# fmt: off
REFUSED: dict[str, tuple[str | bytes, str, int, int, str, str]] = {
    # not readable as text
    "latin-1": (b"a: 1\nb: caf\xe9\n", "Y01", 2, 7, "in the older Windows encoding it would be 'é'", "UTF-8"),
    "latin-1 after £ and CRLF": ("a: £😀\r\n£: ".encode() + b"\xa3\r\n", "Y01", 2, 4, "it would be '£'", "UTF-8"),
    "latin-1 after BOM": (b"\xef\xbb\xbfa: \x81", "Y01", 1, 4, "The byte 0x81 is not UTF-8.", "UTF-8"),
    "UTF-16 LE": ("\ufeffa: 1\n".encode("utf-16-le"), "Y01", 1, 1, "saved as UTF-16", "UTF-8"),
    "UTF-16 BE": ("\ufeffa: 1\n".encode("utf-16-be"), "Y01", 1, 1, "saved as UTF-16", "UTF-8"),
    "UTF-32": ("\ufeffa: 1\n".encode("utf-32-le"), "Y01", 1, 1, "saved as UTF-32", "UTF-8"),
    "NUL": ("a: 1\nb: x\0y\nc: 2\n", "Y01", 2, 5, "U+0000 (NUL)", "UTF-8"),
    "control character": ("a: £\x07\n", "Y01", 1, 5, "U+0007 (BELL)", "Delete the character"),
    "DEL": ("a: \x7f\n", "Y01", 1, 4, "U+007F (DELETE)", "Delete the character"),
    "next line": ("a: b\x85c\n", "Y01", 1, 5, "U+0085 (NEXT LINE)", "Delete the character"),
    "line separator": ("a: b\u2028c\n", "Y01", 1, 5, "U+2028 (LINE SEPARATOR)", "Delete the character"),
    "BOM inside": ("a: \ufeffb\n", "Y01", 1, 4, "U+FEFF (BYTE ORDER MARK)", "Delete the character"),
    "surrogate": (b"a: \xed\xa0\x80\n", "Y01", 1, 4, "0xED is not UTF-8", "UTF-8"),
    # YAML syntax
    "tab indentation": ("a:\n\tb: 1\n", "Y02", 2, 1, "A tab stands in the indentation", "spaces only"),
    "tab after spaces": ("a:\n  b: 1\n  \tc: 1\n", "Y02", 3, 3, "A tab stands in the indentation", "spaces only"),
    "directive": ("# c\n%YAML 1.1\n---\na: 1\n", "Y02", 2, 1, "starts with %", "Delete the line"),
    "percent in column one": ("a: b\n%c\n", "Y02", 2, 1, "starts with %", "indent it"),
    "no space after key": ("a: b\ntitle:Access\nc: d\n", "Y02", 2, 6, "missing after this colon", "a space after"),
    "no space after first key": ("title:Access\nb: c\n", "Y02", 1, 6, "missing after this colon", "a space after"),
    "no space after dash": ("a:\n  - one\n  -two\nb: c\n", "Y02", 3, 3, "missing after this dash", "after the dash"),
    "wrong indentation": ("a:\n   b: c\n  d: e\n", "Y02", 3, 3, "does not fit the lines above", LINE_UP),
    "outdented root": ("  a: 1\n b: 2\n", "Y02", 2, 2, "does not fit the lines above", LINE_UP),
    "list among keys": ("a: b\n- c\n", "Y02", 2, 1, "does not fit the lines above", LINE_UP),
    "key under text": ("a: b\n  c: d\n", "Y02", 2, 3, "goes on with the text above it, but it has a key", LINE_UP),
    "line without colon": ("a: 1\nfoo bar\nb: c\n", "Y02", 2, 1, "neither a key with a colon", "indent it further"),
    "word document": (b"PK\x03\x04\x14\x00", "Y01", 1, 1, "a Word, Excel or ZIP file", "as plain text"),
    "wide space as indentation": ("a:\n\u00a0\u00a0b: c\n", "Y02", 2, 1, "no ordinary one", "Indent with spaces"),
    "first line without colon": ("foo bar\nb: c\n", "Y02", 1, 1, "not a key with a colon", "Write 'key: value'"),
    "key cut by a comment": ("a: 1\nUp #1 key: x\nb: c\n", "Y02", 2, 1, "neither a key", "was read as a comment"),
    "half a character": ('a: "b \\ud800 c"\nd: e\n', "Y02", 1, 7, r"The code \ud800 stands for no character", "Write"),
    "no character": ('a: "b \\U00110000"\n', "Y02", 1, 7, r"The code \U00110000 stands for no", "Write"),
    "open quote": ('a: "b\nc: d\n', "Y02", 1, 4, "that opens here is never closed", "Close it"),
    "unknown escape": ('a: "£ \\t \\d"\n', "Y02", 1, 10, "a backslash starts a special character", "two backslashes"),
    "stray bracket": ("a: b\n}: c\n", "Y02", 2, 1, "does not fit", LINE_UP),
    # duplicate keys
    "duplicate": ("a: 1\nb: 2\na: 3\n", "Y03", 3, 1, "'a' is written twice; the first one is in line 1", "Keep one"),
    "duplicate, quoted": ("x:\n  - a: 1\n    'a': 2\n", "Y03", 3, 5, "the first one is in line 2", "Keep one"),
    "duplicate in brackets": ("x: {£: 1, £: 2}\n", "Y03", 1, 11, "'£' is written twice", "Keep one"),
    # aliases, anchors, merge keys
    "alias": ("a: *b\n", "Y04", 1, 4, "'*b' is read as a reference", "Otherwise write the value out"),
    "anchor": ("a: &b c\n", "Y04", 1, 4, "'&b' is read as a label", "Otherwise write the value out"),
    "anchor on a list": ("a: &b\n- c\n", "Y04", 1, 4, "'&b' is read as a label", "Otherwise write the value out"),
    "anchor after a tag": ("a: !!str &b c\n", "Y04", 1, 10, "'&b' is read as a label", "Otherwise write the value out"),
    "merge key": ("a:\n  <<: {b: c}\n", "Y04", 2, 3, "merges another mapping", "Write the entries out"),
    "prose with &": ("a:\n  - &more and more\n", "Y04", 2, 5, "is read as a label", "If it is text: put the text in"),
    # further documents
    "second document": ("a: 1\n---\nb: 2\n", "Y05", 2, 1, "A second document starts here", "Delete the line"),
    "text after the end": ("a: 1\n...\nb: 2\n", "Y05", 3, 1, "A second document starts here", "Delete the line"),
    "prose after the end": ("a: 1\n...\nb c\n", "Y05", 3, 1, "A second document starts here", "Delete the line"),
    "empty second document": ("a: 1\n---\n", "Y05", 2, 1, "A second document starts here", "Delete the line"),
    # size
    "1,000 nested brackets": ("a: " + "[" * 1000 + "]" * 1000, "Y06", 1, 35, "more than 32 levels", "brackets"),
    "100,000 nested brackets": ("a: " + "[" * 100_000, "Y06", 1, 35, "more than 32 levels", "brackets and indentation"),
    "nested mappings": ("a: " + "{a: " * 1000, "Y06", 1, 128, "more than 32 levels", "brackets and indentation"),
    "nested dashes": ("a:\n" + "- " * 1000, "Y06", 2, 63, "more than 32 levels", "brackets and indentation"),
    "10 MB": (b"a: 1\n" * 2_000_000, "Y06", 1, 1, "The file has more than 5,000,000 bytes", "divide it"),
    # tags
    "int": ("a: !!int 1\n", "Y07", 1, 4, "'!!int' is read as a tag", "Otherwise delete it"),
    "own tag": ("a: !foo {b: c}\n", "Y07", 1, 4, "'!foo' is read as a tag", "Otherwise delete it"),
    "python": ("a: !!python/object/apply:os.system [ls]\n", "Y07", 1, 4, "'!!python/object/apply:os.system'", "delete"),
    "verbatim tag": ("a: !<x> b\n", "Y07", 1, 4, "'!<x>' is read as a tag", "Otherwise delete it"),
    "tag after an anchor": ("a:\n  - !x\n    b: c\n", "Y07", 2, 5, "'!x' is read as a tag", "delete it"),
    "str on a list": ("a: !!str [b]\n", "Y07", 1, 4, "'!!str' is read as a tag", "delete it"),
    "prose with !": ("a:\n  - ! important\n", "Y07", 2, 5, "is read as a tag", "If it is text: put the text in"),
    # keys that are not text
    "list as a key": ("a:\n  ? [b]\n  : c\n", "Y08", 2, 5, "a list or a mapping, not text", "Give the entry a name"),
    "list in front of a colon": ("{b: c}: d\n", "Y08", 1, 1, "a list or a mapping, not text", "Give the entry a name"),
    "null as a key": ("a: 1\n~: b\n", "Y08", 2, 1, "no name before its colon", "Give the entry a name"),
    "empty key": ("a:\n  ? \n  : b\n", "Y08", 2, 3, "no name before its colon", "Give the entry a name"),
    "question mark key in a list": ("a: [? b]\n", "Y08", 1, 5, "A question mark inside brackets", QUOTES),
    # accidents of notation
    "star": ("a:\n  - *All* patients\n", "Y09", 2, 5, "text that starts with *", QUOTES),
    "star, then words": ("a:\n  - *All patients\n", "Y09", 2, 5, "text that starts with *", QUOTES),
    "ampersand": ("a:\n  - & more\n", "Y09", 2, 5, "text that starts with &", QUOTES),
    "at": ("a:\n  - @nhs\n", "Y09", 2, 5, "text to start with @", QUOTES),
    "percent": ("a: %50\n", "Y09", 1, 4, "text to start with %", QUOTES),
    "backtick": ("a: £\nb: `c`\n", "Y09", 2, 4, "start with a backtick", QUOTES),
    "bad tag": ("a: !é x\n", "Y09", 1, 4, "text that starts with !", QUOTES),
    "text after quotes": ('a:\n  - "Access" for all\n', "Y09", 2, 5, "more text follows the quotation", QUOTES),
    "text after quotes, key": ("a: 'Access' for all\nb: c\n", "Y09", 1, 4, "more text follows the quotation", QUOTES),
    "apostrophe first": ("a:\n  - 'Tis one\n  - it's two\n", "Y09", 2, 5, "that closes it in line 3", QUOTES),
    "text after brackets": ("a:\n  - [Access] for all\n", "Y09", 2, 5, "begins with [, which opens a list", QUOTES),
    "text after curly brackets": ("a: {Access} for all\nb: c\n", "Y09", 1, 4, "with {, which opens a mapping", QUOTES),
    "open bracket": ("a: [Access for\nb: all\n", "Y09", 1, 4, "opens a list, but what follows", "closing bracket"),
    "open curly bracket": ("a:\n  - {b: c\n  - d\n", "Y09", 2, 5, "opens a mapping, but what", "closing bracket"),
    "question mark in brackets": ("a: {b: What? Now}\n", "Y09", 1, 12, "cannot contain a question mark", QUOTES),
    "address in brackets": ("a: {b: https://nhs.uk}\n", "Y09", 1, 13, "cannot contain a second colon", QUOTES),
    "two colons in brackets": ("a: {b: c: d}\n", "Y09", 1, 9, "cannot contain a second colon", QUOTES),
    "greater than": ("a:\n  - >50% of patients\n", "Y09", 2, 5, "The > here starts a block of text", "in quotes"),
    "text after >-": ("a: >- Patients\n", "Y09", 1, 4, "The > here starts a block of text", "Write the text below"),
    "text after |": ("a: | Patients\n", "Y09", 1, 4, "The | here starts a block of text", "Write the text below"),
    "second colon": ("a: Access: to care\n", "Y09", 1, 10, "The colon after 'Access' is the second", QUOTES),
    "second colon in an item": ("a:\n  - b: Our aim: care\n", "Y09", 2, 15, "The colon after 'Our aim'", QUOTES),
    "dash after a key": ("a: - b\n", "Y09", 1, 4, "The dash here starts a list item", "start it on the next line"),
    "colon in an item": ("a:\n  - one\n  - Access to: care\n", "Y09", 3, 5, "The colon in 'Access to: ...'", QUOTES),
    "colon at the end": ("a:\n  - Access to care:\n  - two\n", "Y09", 2, 5, "The colon in 'Access to care: ", QUOTES),
    "comma in brackets": ("a: {text: Reduce stays, admissions}\n", "Y09", 1, 25, "comma before 'admissions'", QUOTES),
    "text in brackets": ("a: {admissions}\n", "Y09", 1, 5, "'admissions' is read as a key without a value", QUOTES),
    # nothing, or not a mapping
    "empty": ("", "Y10", 1, 1, "The file has no content", "key: value"),
    "BOM only": (b"\xef\xbb\xbf", "Y10", 1, 1, "The file has no content", "key: value"),
    "comments only": ("# a\n\n# b\n", "Y10", 1, 1, "The file has no content", "key: value"),
    "separator only": ("---\n", "Y10", 1, 1, "The file has no content", "key: value"),
    "list": ("# a\n- a: 1\n", "Y10", 2, 1, "The file holds a list", "Begin lines with a key"),
    "text": ("\n\ntitle:Access\n", "Y10", 3, 1, "The file holds a single text", "a colon and a space"),
}
# fmt: on


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, *, pure: bool) -> None:
    content, code, line, column, message, remedy = REFUSED[name]
    source = read(content, pure=pure)
    (finding,) = source.findings
    assert (finding.code, *place(finding)) == (code, line, column)
    assert message in finding.message
    assert remedy in finding.remedy
    assert finding.severity is Severity.ERROR
    assert finding.file == "plan.yaml"


def test_every_code_is_tried() -> None:
    assert {code for _, code, *_ in REFUSED.values()} == set(CODES)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1\na: {b: 2}\nc: 3\n", {"a": "1", "c": "3"}),
        ("a: *b\nc: 3\n", {"a": "*b", "c": "3"}),
        ("*b : 1\nc: 3\n", {"c": "3"}),
        ("a: &b 1\nc: 3\n", {"a": "1", "c": "3"}),
        ("a: {<<: {b: 2}, d: e}\nc: 3\n", {"a": {"d": "e"}, "c": "3"}),
        ("a: !!int 1\nc: 3\n", {"a": "1", "c": "3"}),
        ("? {a: [1]}\n: [2, {b: 4}]\nc: 3\n", {"c": "3"}),
        ("null: 1\nc: 3\n", {"c": "3"}),
        ("c: 3\n---\nd: 4\n", {"c": "3"}),
        ("a: {b: c, d}\n", {"a": {"b": "c", "d": None}}),
        ("a: ! \nb: ! x\n", {"a": None, "b": "x"}),
    ],
)
def test_what_can_be_read_is_read(text: str, data: object, *, pure: bool) -> None:
    source = read(text, pure=pure)
    assert source.findings
    assert source.data == data


@pytest.mark.parametrize("name", ["latin-1", "tab indentation", "10 MB"])
def test_what_cannot_be_read_has_no_data(name: str, *, pure: bool) -> None:
    assert read(REFUSED[name][0], pure=pure).data is None


@pytest.mark.parametrize("name", ["open quote", "wrong indentation", "no space after first key", "line without colon"])
def test_what_is_not_yaml_leaves_the_rest_to_be_looked_at(name: str, *, pure: bool) -> None:
    source = read(REFUSED[name][0], pure=pure)
    assert isinstance(source.data, dict)
    assert not source.is_whole


NOT_YAML = """\
title: Primary care: a plan
aims:
  - "Care" for all
  -Clinics
  - {text: A clinic}
note: @home care
 lead: Ada
text:Words
last: "open
"""


def test_every_place_that_is_not_yaml_is_reported_in_one_pass(*, pure: bool) -> None:
    source = read(NOT_YAML, pure=pure)
    assert [finding.span.start.line for finding in source.findings if finding.span] == [1, 3, 4, 6, 7, 8, 9]
    assert isinstance(source.data, dict)
    assert source.data["aims"][-1] == {"text": "A clinic"}
    assert source.span(("aims", 2, "text")).start == Position(5, 12)
    assert source.text == NOT_YAML


@given(st.text(st.sampled_from("ab:-\"'[{}],#@>|* \n"), max_size=60))
def test_repairs_move_nothing_and_come_to_an_end(text: str) -> None:
    repairs = Repairs(text)
    lines = [index for index, sign in enumerate(text) if sign == "\n"]
    problem = Problem("Y02", len(text) // 2, len(text) // 2, "", "")
    assert sum(repairs.mend(problem) for _ in range(9)) <= 2
    assert [index for index, sign in enumerate(repairs.text) if sign == "\n"] == lines
    assert len(repairs.text) == len(text)


EVERYTHING = """\
a: 1
a: 2
b: &c [*d, !e f]
<<: {a: {b, c: 1, c: 2}}
~: x
[k]: y
l:
  - text
  - Our aim is: care
m: we will increase uptake #1 priority
n: "unclosed
"""


def test_all_problems_are_reported_in_one_pass(*, pure: bool) -> None:
    source = read(EVERYTHING, pure=pure)
    assert [(finding.code, *place(finding)) for finding in source.findings] == [
        ("Y03", 2, 1),
        ("Y04", 3, 4),
        ("Y04", 3, 8),
        ("Y07", 3, 12),
        ("Y04", 4, 1),
        ("Y09", 4, 10),
        ("Y03", 4, 19),
        ("Y08", 5, 1),
        ("Y08", 6, 1),
        ("Y09", 9, 5),
        ("Y09", 10, 28),
        ("Y02", 11, 4),
    ]
    assert not source.is_whole


def test_what_follows_from_an_accident_is_not_reported(*, pure: bool) -> None:
    source = read("a:\n  - {b, *c, *d} for all\n", pure=pure)
    assert [(finding.code, *place(finding)) for finding in source.findings] == [("Y09", 2, 5)]


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("a:\n  - b: 1\n    b: 2\n", "Y03", ("a", 0, "b")),
        ("a:\n  - x\n  - *b\n", "Y04", ("a", 1)),
        ("a:\n  b: {c: !d e}\n", "Y07", ("a", "b", "c")),
        ("a:\n  - x\n  - y z: 1\n", "Y09", ("a", 1)),
        ("a: {b: c, d}\n", "Y09", ("a", "d")),
        ("a:\n  b: four words are enough #1\n", "Y09", ("a", "b")),
    ],
)
def test_findings_know_the_path(text: str, code: str, path: Path, *, pure: bool) -> None:
    (finding,) = read(text, pure=pure).findings
    assert (finding.code, finding.path) == (code, path)


def test_text_cut_off_by_a_comment_is_a_warning(*, pure: bool) -> None:
    source = read("a: £ we will increase\n  uptake #1 priority\n", pure=pure)
    (finding,) = source.findings
    assert (finding.code, finding.severity, place(finding)) == ("Y09", Severity.WARNING, (2, 10))
    assert "'#1 priority'" in finding.message
    assert QUOTE_IT in finding.remedy
    assert source.data == {"a": "£ we will increase uptake"}


@pytest.mark.parametrize(
    ("text", "lost", "kept"),
    [
        ("a: Access #1 priority\n", "'#1 priority'", {"a": "Access"}),
        ("a: Access\t#1\n", "'#1'", {"a": "Access"}),
        ("a: Access ##1\n", "'##1'", {"a": "Access"}),
        ("a:\n  - No #1\n  - two\n", "'#1'", {"a": ["No", "two"]}),
    ],
)
def test_however_few_words_are_left_a_cut_is_a_warning(text: str, lost: str, kept: object, *, pure: bool) -> None:
    source = read(text, pure=pure)
    (finding,) = source.findings
    assert (finding.code, finding.severity) == ("Y09", Severity.WARNING)
    assert lost in finding.message
    assert source.data == kept


@pytest.mark.parametrize(
    "text",
    [
        "a: code # 1\n",
        "a: code ## one ##\n",
        "a: code #\n",
        "a: #1\n",
        "a: code\n #1\n",
        "a: we will increase uptake # 1\n",
        "a: we will increase uptake#1\n",
        "a: 'we will increase uptake' #1\n",
        "a: >-\n  we will increase uptake #1\n",
        "#1 priority\na: b\n",
        "a:\n  - one: two\n  - three: four\n",
        "a:\n  - text\n  - text: {b: c}\n",
        "a:\n  - text\n  - {some key: b}\n",
        "a:\n  - text\n  - some key:\n      - b\n",
        "a: {b: , c: ~}\n",
        "a: “b” c\n",
        "a: it's 5 > 4 & 3 * 2 - 1 | [x] {y} @ 100% `z` !\n",
        "a: one - two, three\n",
        "a: see https://nhs.uk\n",
    ],
)
def test_no_accident(text: str, *, pure: bool) -> None:
    assert read(text, pure=pure).findings == ()


BILLION_LAUGHS = "a: &a [x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
MERGE_BOMB = "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n}\n  <<: [*a, *a, *a]\n" for n in range(50))


@pytest.mark.parametrize(
    ("text", "number"),
    [(BILLION_LAUGHS, 10 + 81), (MERGE_BOMB, 1 + 5 * 50), ("a: &a [*a]\n", 2)],
    ids=["billion laughs", "merge bomb", "self-cycle"],
)
def test_references_are_never_followed(text: str, number: int, *, pure: bool) -> None:
    source = read(text, pure=pure)
    assert len(source.findings) == number
    assert {finding.code for finding in source.findings} == {"Y04"}


def test_references_give_plain_text() -> None:
    assert read("a: &a [*a]\n").data == {"a": ["*a"]}


def test_too_many_values(*, pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pcstrat.source.build.MAX_EVENTS", 100)
    assert read("a:\n" + "- b\n" * 90, pure=pure).findings == ()
    (finding,) = read("a:\n" + "- b\n" * 200, pure=pure).findings
    assert (finding.code, *place(finding)) == ("Y06", 97, 3)
    assert "more than 100 keys, values and brackets" in finding.message


def test_a_wide_file_stops_early() -> None:
    (finding,) = read("a:\n" + "- b\n" * 1_000_000).findings
    assert finding.code == "Y06"
    assert "200,000" in finding.message


def test_a_list_of_problems_ends(*, pure: bool) -> None:
    source = read("a: 1\n" * 2000, pure=pure)
    assert len(source.findings) == MAX_PROBLEMS


def test_many_invisible_characters_are_counted() -> None:
    findings = read("a: " + "\x01" * 50).findings
    assert len(findings) == 21
    assert "30 more invisible characters" in findings[-1].message


def test_every_tab_in_the_indentation_is_reported() -> None:
    findings = read("a:\n\tb: 1\n\tc: 2\n\t\n").findings
    assert [place(finding) for finding in findings] == [(2, 1), (3, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "a:\n" + "  - b c: d\n" * 20_000 + "  - e\n",
        "a:\n" + "  - [b: c]\n  - d e:\n" * 10_000,
        "a: " + "b #c" * 100_000,
        "a: " + "\\" * 200_000,
        'a: "' + "\\" * 200_001,
        "- " * 200_000,
        "? " * 200_000,
        " " * 500_000 + "a: 1\n",
        "a:\n" + "\n# b\n" * 50_000 + "-\n",
        "!" * 100_000,
        "a: [" + "b, " * 20_000,
    ],
    ids=range(11),
)
def test_long_input_does_not_hang(text: str) -> None:
    assert isinstance(read(text), Source)


def check(source: Source) -> None:
    """Everything that holds for whatever is read."""
    lines = source.text.split("\n")
    everywhere = list(paths(source.data))
    for path in everywhere:
        for span in (source.span(path), source.key_span(path)):
            assert Position(1, 1) <= span.start <= span.end
            assert span.end.line <= len(lines)
            assert span.end.column <= len(lines[span.end.line - 1]) + 1
            assert span.start.column <= len(lines[span.start.line - 1]) + 1
    for finding in source.findings:
        assert finding.code in CODES
        assert finding.span is not None
        assert finding.span.end.line <= len(lines)
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
        assert all(character.isprintable() for character in finding.message)
    if not source.findings:
        assert isinstance(source.data, dict)


PIECES = [*"\"'*&![]{}:-,#|>%@`?\\~ \n£😀a0", ": ", "- ", "\n  ", "\n- ", " #", ">-", "<<: ", "null", "\t", "---\n"]
PIECES += ["...\n", "key: ", "\nb: ", "!!str ", "&a ", "*a ", "!t ", "\r\n", "\r", "word ", "    "]
yamlish = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw the sample plan with a few small accidents."""
    text = PLAN
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 4))
        text = text[:start] + draw(st.sampled_from(["", *PIECES])) + text[end:]
    return text


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.one_of(yamlish, mutated()))
@example("!\n&a b: c\n")
@example("a: !x &b c\n")
@example("a: {b:c}\n")
@example("- : x\n")
@example("a: >-#b\n  c\n")
@example("a: |\n   \n  b\n")
@example("a:\n!  - b\n")
@example("'a\n%b'\n")
def test_both_parsers_agree(text: str) -> None:
    quick, slow = read(text), read(text, pure=True)
    assert quick.findings == slow.findings
    assert quick.data == slow.data
    assert quick == slow
    check(quick)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(content: bytes) -> None:
    check(read(content))
    check(read(content, pure=True))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=3), st.integers(-3, 30), st.sampled_from(["ambitions", "points", "text"]))))
def test_any_path_has_a_place(path: list[str | int]) -> None:
    source = read(PLAN)
    for span in (source.span(tuple(path)), source.key_span(tuple(path))):
        assert Position(1, 1) <= span.start <= span.end


plain_data = st.recursive(
    st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("ab: #'£", max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def flow(data: object) -> str:
    """Write plain data as YAML, every text in single quotes."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    return "~" if data is None else "'" + str(data).replace("'", "''") + "'"


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), plain_data, max_size=3))
def test_what_is_written_is_read(data: dict[str, object]) -> None:
    if any(invisible in str(data) for invisible in ("\\u2028", "\\u2029", "\\ufeff", "\\uffff", "\\ufffe")):
        return
    text = flow(data) + "\n"
    for pure in (False, True):
        source = read(text, pure=pure)
        assert source.findings == ()
        assert source.data == data
