"""A page or PDF that a screen reader cannot use, or that loads anything, is refused with what to do."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from pcstrat.publish.inspect_page import inspect_page
from pcstrat.publish.inspect_pdf import inspect_pdf

GOOD = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>T</title><style>p { color: red }</style></head><body>'
    '<h1 id="top">One</h1>{}</body></html>'
)
TABLE = '<table><caption>C</caption><tr><th scope="col">A</th><th scope="col">B</th></tr>{}</table>'


def problems(body: str, page: str = GOOD) -> list[str]:
    return [problem.message for problem in inspect_page(page.replace("{}", body)).problems]


def test_a_page_of_ours_is_accepted(page: str) -> None:
    inspected = inspect_page(page)
    assert inspected.problems == ()
    assert "Open a hub in each place." in inspected.text
    assert "font-family" not in inspected.text


@pytest.mark.parametrize(
    "body",
    [
        '<h2>Two</h2><h3>Three</h3><h2>Two again</h2><a href="#top">up</a>',
        TABLE.replace("{}", '<tr><th scope="row">a</th><td>b</td></tr>'),
        TABLE.replace("{}", '<tr><td colspan="2">b</td></tr>'),
        TABLE.replace("{}", '<tr><td rowspan="2">b</td><td>c</td></tr><tr><td>d</td></tr>'),
        '<img alt="A map" src="data:image/png;base64,AA">',
        "<svg><title>Chart</title><rect fill='url(#p)'/></svg>",
        '<a href="https://example.org">x</a><a href="plan.json">y</a><a href="mailto:a@example.org">z</a>',
        '<a href="#top" aria-label="Link to One">#</a><!-- <script> is only mentioned -->',
        '<a href="#top"><img alt="Home" src="data:,"></a>',
        '<p title="a > b">text</p>',
        '<style>p { background: url("data:image/png;base64,AA") } /* url(http://x) */</style>',
    ],
)
def test_what_is_fine_is_accepted(body: str) -> None:
    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Two</h1>", "2 headings of level 1"),
        ("<h3>Three</h3>", "The heading h3 follows h1"),
        ("<h2> </h2>", "A <h2> has no text"),
        ('<p id="a"></p><p id="a"></p>', "The id 'a' is used twice"),
        ('<p id="a b"></p>', "has spaces"),
        ('<a href="#gone">x</a>', "'#gone' (a link) leads nowhere"),
        ('<p aria-labelledby="gone">x</p>', "leads nowhere"),
        ('<a href="https://example.org"></a>', "A <a> has no text"),
        ('<a href="javascript:alert(1)">x</a>', "A link leads to 'javascript:"),
        ("<table><tr><td>a</td></tr></table>", "A table has no caption"),
        (TABLE.replace("{}", "<tr><td>a</td><td> </td></tr>"), "A <td> has no text"),
        (TABLE.replace("{}", "<tr><td>a</td></tr>"), "rows of a table have 1 and 2 cells"),
        ("<table><caption>C</caption><tr><th>a</th></tr></table>", "does not say what it heads"),
        ('<img src="data:,">', "An image has no text"),
        ('<img alt=" " src="data:,">', "An image has no text"),
        ("<svg><rect/></svg>", "A <svg> has no text"),
        ('<svg aria-label="x"><text>x</text></svg>', "A <svg> has no text"),
        ('<img alt="x" src="https://example.org/x.png">', "The page would load 'https://example.org/x.png'"),
        ('<img alt="x" src="logo.png">', "The page would load 'logo.png'"),
        ('<link rel="stylesheet" href="x.css">', "The page would load 'x.css'"),
        ("<style>@import 'x.css';</style>", "imports another style sheet"),
        ("<style>p { background: URL( 'http://x' ) }</style>", "The page would load 'http://x'"),
        ('<p style="background: url(http://x)">a</p>', "The page would load 'http://x'"),
        ('<svg><title>t</title><use href="http://x#a"/></svg>', "The page would load 'http://x#a'"),
        ('<script>"</p>"</script>', "The page has a <script> element"),
        ("<iframe></iframe>", "The page has a <iframe> element"),
        ('<p onclick="x()">a</p>', "has the script 'onclick'"),
        ('<meta http-equiv="refresh" content="0">', "sends its reader on"),
    ],
)
def test_what_is_wrong_is_said(body: str, expected: str) -> None:
    assert any(expected in message for message in problems(body)), problems(body)


def test_a_problem_says_where_it_is() -> None:
    assert "after 'Money'" in problems("<h2>Money</h2><img>")[0]


def test_language_and_title_are_asked_for() -> None:
    messages = problems("", "<html><head></head><body><h1>One</h1></body></html>")
    assert any("language" in message for message in messages)
    assert any("no title" in message for message in messages)


def test_a_good_pdf_is_accepted(pdf: bytes) -> None:
    assert inspect_pdf(pdf) == ()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("/MarkInfo", "not tagged"),
        ("/StructTreeRoot", "not tagged"),
        ("/Lang", "language"),
        ("/Outlines", "no bookmarks"),
        ("/ViewerPreferences", "does not show its title"),
    ],
)
def test_a_pdf_without_a_part_is_refused(pdf: bytes, key: str, expected: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    del writer.root_object[NameObject(key)]
    changed = io.BytesIO()
    writer.write(changed)
    assert any(expected in problem.message for problem in inspect_pdf(changed.getvalue()))


def test_a_foreign_font_is_refused(pdf: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object()[NameObject("/BaseFont")] = NameObject("/ABCDEF+DejaVu-Sans")
    changed = io.BytesIO()
    writer.write(changed)
    assert any("DejaVu-Sans" in problem.message for problem in inspect_pdf(changed.getvalue()))


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert "cannot be read" in inspect_pdf(content)[0].message


def test_a_truncated_pdf_is_refused(pdf: bytes) -> None:
    assert inspect_pdf(pdf[: len(pdf) // 2])
