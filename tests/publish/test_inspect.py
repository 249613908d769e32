"""A page or PDF that a screen reader cannot use, or that loads anything, is refused with what to do."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from pcstrat.publish.inspect_page import CONTROL, inspect_page, inspect_plan_page
from pcstrat.publish.inspect_pdf import inspect_pdf

GOOD = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>One – An ICB</title><meta name="description" content="All of it">'
    '<style>p { color: red }</style></head><body><h1 id="top">One</h1>{}</body></html>'
)
TABLE = '<table><caption>C</caption><tr><th scope="col">A</th><th scope="col">B</th></tr>{}</table>'
NUMBERS = (
    '<tr><th scope="row">a</th><td>£1.3 million</td></tr>'
    '<tr><th scope="row">b</th><td><span>B: </span>1,200</td></tr>'
    '<tr><th scope="row">c</th><td class="missing">Not stated</td></tr>'
)
ROW = '<tr><th scope="row">a</th><td>b</td></tr>'
CHART = "<svg><title>Chart</title></svg>"


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
        TABLE.replace("{}", NUMBERS.replace("<td>", '<td class="numeric">').replace("missing", "numeric missing")),
        TABLE.replace("{}", NUMBERS.replace("1,200", "1,200 in all")),
        "<p>The NHS ICB and the GP PCN meet the CQC.</p>",
        '<img alt="A map" src="data:image/png;base64,AA">',
        "<svg><title>Chart</title><rect fill='url(#p)'/></svg>" + TABLE.replace("{}", ROW),
        "<h2>A</h2>" + CHART + '<a href="#b">In a table</a><h2 id="b">B</h2>' + TABLE.replace("{}", ROW),
        '<a href="data.json">The data (JSON, 12KB)</a><a href="p.pdf">Print it (PDF only, 1.2MB)</a>',
        '<a href="a.html">Easy access</a><a href="a.html">Easy access</a><h2>A</h2><h3>B</h3><h4>C</h4>',
        '<a href="https://example.org">x</a><a href="plan.html">y</a><a href="mailto:a@example.org">z</a>',
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
        (TABLE.replace("{}", NUMBERS), "column 'B' do not stand to the right"),
        (TABLE.replace("{}", NUMBERS.replace("<td>", '<td class="numeric">', 1)), "column 'B' do not stand"),
        ("<h2>a</h2><h3>b</h3><h4>c</h4><h5>d</h5>", "a heading h5"),
        (TABLE.replace("{}", '<tr><th scope="row" colspan="2">b</th></tr>'), "has merged cells"),
        (TABLE.replace("{}", ROW + '<tr><th scope="row" rowspan="2">b</th><td>c</td></tr>'), "has merged cells"),
        (TABLE.replace("{}", "<tr><td>a</td><td>b</td></tr>"), "A row of a table has no header"),
        (f"<table><caption>C</caption>{ROW}</table>", "no headers over its columns"),
        ('<a href="">a</a>', "The link 'a' leads nowhere"),
        ('<a href="#">a</a>', "The link 'a' leads nowhere"),
        ('<a href="a.html" target="_blank">a</a>', "opens a window of its own"),
        ('<a href="a.html"> Click\n here </a>', "does not say where it leads"),
        ('<a href="a.html" aria-label="Read more">The plan</a>', "does not say where it leads"),
        ('<a href="https://example.org">https://example.org</a>', "is called by its address"),
        ('<a href="plan.pdf">The plan</a>', "does not give its type and size"),
        ('<a href="a/plan.json">The plan (JSON)</a>', "does not give its type and size"),
        ('<a href="a.html">The plan</a><a href="b.html">The Plan</a>', "Two links are called 'The Plan'"),
        (f'<img alt="{"long " * 30}" src="data:,">', "has 149 characters, more than 125"),
        ('<img alt="map-2.png" src="data:,">', "is the name of a file"),
        (CHART, "No table follows the chart 'Chart'"),
        (TABLE.replace("{}", ROW) + CHART, "No table follows the chart 'Chart'"),
        ("<h2>A</h2>" + CHART + "<h2>B</h2>" + TABLE.replace("{}", ROW), "No table follows the chart"),
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


def test_a_title_names_the_page_and_who_publishes_it() -> None:
    for title in ("One", "An ICB – One", "One – ", "One - An ICB"):
        assert any(
            "is not 'Heading – Publisher'" in message for message in problems("", GOOD.replace("One – An ICB", title))
        )
    assert any("no description" in message for message in problems("", GOOD.replace("All of it", " ")))
    assert any("its language" in message for message in problems("", GOOD.replace("en-GB", "English")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p><i>a</i></p>", "an <i> element"),
        ("<p><u>a</u></p>", "an <u> element"),
        ("<style>p { text-align: justify }</style>", "with even margins"),
        ('<p style="text-transform:uppercase">a</p>', "block capitals"),
        ("<style>p { font-variant: small-caps }</style>", "block capitals"),
        ("<p>PLEASE READ this.</p>", "'PLEASE READ' is written in block capitals"),
    ],
)
def test_what_could_be_better_does_not_keep_a_page_back(body: str, expected: str) -> None:
    inspected = inspect_page(GOOD.replace("{}", body))
    assert inspected.problems == ()
    assert expected in inspected.remarks[0].message
    assert inspected.remarks[0].code == "D05"


def test_a_long_title_is_a_remark() -> None:
    assert inspect_page(GOOD.replace("One", "1" * 65)).remarks == ()
    (remark,) = inspect_page(GOOD.replace("One", "1" * 66)).remarks
    assert "has 66 characters" in remark.message


def plan_problems(page: str, *, with_pdf: bool = False) -> list[str]:
    return [problem.message for problem in inspect_plan_page(page, with_pdf=with_pdf).problems]


def test_the_page_of_a_plan_has_document_control(page: str) -> None:
    with_link = page.replace("</main>", '<a href="../accessibility.html">Accessibility</a></main>')
    assert plan_problems(with_link) == []
    for name in CONTROL:
        without = with_link.replace(name, "x").replace(name.casefold(), "x")
        assert any("does not name" in message for message in plan_problems(without)), name
    assert any("does not name: Owner" in message for message in plan_problems(GOOD.replace("{}", "")))


def test_not_stated_is_enough_for_document_control() -> None:
    row = f'<tr><th scope="row">Not stated</th><td>{", ".join(CONTROL).casefold()}</td></tr>'
    table = TABLE.replace("<caption>C<", "<caption>Document control<").replace("{}", row)
    assert not any("does not name" in message for message in plan_problems(GOOD.replace("{}", table)))


def test_the_page_of_a_plan_leads_to_other_formats(page: str) -> None:
    assert any("page on accessibility" in message for message in plan_problems(page))
    assert any("No link leads to the PDF" in message for message in plan_problems(page, with_pdf=True))
    without = page.replace("pcstrat-content-hash", "other")
    assert any("the hash of the plan" in message for message in plan_problems(without))


def test_a_good_pdf_is_accepted(pdf: bytes) -> None:
    assert inspect_pdf(pdf) == ()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("/MarkInfo", "not tagged"),
        ("/StructTreeRoot", "not tagged"),
        ("/Lang", "language"),
        ("/Outlines", "no bookmarks"),
        ("/PageLabels", "does not number its pages"),
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
