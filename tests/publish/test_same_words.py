"""A PDF says what its page says: the same words in the same order, headings, bookmarks, particulars and hash."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from pcstrat.publish import inspect_pdf as inspection
from pcstrat.publish.inspect_pdf import inspect_pdf
from pcstrat.publish.pdf import make_pdf
from pcstrat.publish.reading import SCREEN_ONLY, Heading, read_page

PRINT_STYLES = Path(__file__).parents[2] / "templates" / "assets" / "print.css"


def messages(pdf: bytes, page: str = "") -> str:
    return " ".join(problem.message for problem in inspect_pdf(pdf, page))


def changed(pdf: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    change(writer)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def test_a_pdf_and_its_page_say_the_same(pdf: bytes, page: str) -> None:
    assert inspect_pdf(pdf, page) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Open a hub in each place.", "Open a hub.", "where the page says"),
        ("Open a hub in each place.", "Open a hub in each place. And more.", "where the page says"),
        ("Open a hub in each place.", "In each place open a hub.", "where the page says"),
        (">Timeline<", ">When<", "headings of the PDF"),
        (">Timeline<", ">When<", "bookmarks of the PDF"),
        ('<html lang="en-GB">', '<html lang="cy">', "language"),
    ],
)
def test_a_page_that_says_something_else_is_noticed(pdf: bytes, page: str, old: str, new: str, expected: str) -> None:
    assert old in page
    assert expected in messages(pdf, page.replace(old, new))


def test_what_to_do_depends_on_what_differs(pdf: bytes, page: str) -> None:
    remedies = {problem.message: problem.remedy for problem in inspect_pdf(pdf, page.replace(">Timeline<", ">When<"))}
    assert len(remedies) == 3
    for message, remedy in remedies.items():
        assert ("--no-user-templates" if "bookmarks" in message else "Styles for paper") in remedy


def test_another_hash_or_publisher_is_noticed(pdf: bytes, page: str) -> None:
    other = re.sub(r'(pcstrat-content-hash" content=")[0-9a-f]{64}', rf"\g<1>{'0' * 64}", page)
    assert "/pcstratcontenthash" in messages(pdf, other)
    assert "/Author" in messages(pdf, page.replace('name="author" content="', 'name="author" content="Not '))
    assert "/Subject" in messages(pdf, page.replace('name="description" content="', 'name="description" content="Not '))
    assert "/Title" in messages(pdf, page.replace("<title>", "<title>Not "))


def test_styles_that_hide_text_on_paper_are_noticed(page: str) -> None:
    hidden = page.replace("</head>", "<style media=print>.section__foot { display: none }</style></head>")
    assert "where the page says" in messages(make_pdf(hidden), page)


def test_another_order_of_the_tags_is_noticed(pdf: bytes, page: str) -> None:
    def reorder(writer: PdfWriter) -> None:
        document: Any = writer.root_object["/StructTreeRoot"].get_object()["/K"][0].get_object()
        kids = document["/K"]
        kids[-1], kids[-2] = kids[-2], kids[-1]

    assert inspect_pdf(changed(pdf, lambda _writer: None), page) == ()
    assert "where the page says" in messages(changed(pdf, reorder), page)


def test_text_that_styles_add_is_noticed(page: str) -> None:
    added = page.replace("</head>", "<style>h2::after { content: ' (draft)' }</style></head>")
    assert "headings of the PDF" in messages(make_pdf(added), page)


def test_small_text_is_refused(page: str) -> None:
    small = make_pdf(page.replace("</head>", "<style>.strip { font-size: 9pt }</style></head>"))
    assert "text of 9 points" in messages(small)


def test_paper_leaves_out_navigation_only() -> None:
    styles = PRINT_STYLES.read_text(encoding="utf-8")
    hidden = re.findall(r"([^{}]+)\{[^{}]*display:\s*none", styles)
    classes = {name.strip().lstrip(".") for selectors in hidden for name in selectors.split(",")}
    assert classes
    assert classes <= SCREEN_ONLY


def test_hyphenation_makes_no_difference(page: str) -> None:
    broken = page.replace("place.", "pl\u00adace.")
    assert inspect_pdf(make_pdf(broken), page) == ()


def test_a_page_is_read_without_what_is_for_screens() -> None:
    read = read_page(
        '<html lang="en-GB"><head><title>T –\n P</title><meta name="author" content="P"></head><body>'
        '<a class="skip-link" href="#m">Skip</a><h1>One</h1>'
        '<details class="contents-fold"><details>x</details>y</details>'
        "<p>A &amp; b</p><svg><title>no</title><text>no</text></svg><h2>T<span>wo</span></h2>"
        '<a href="#m">Yes</a></body></html>'
    )
    assert read.text == "onea&btwoyes"
    assert read.headings == [Heading(level=1, text="one"), Heading(level=2, text="two")]
    assert read.particulars == {"lang": "en-GB", "title": "T – P", "author": "P"}


def drop(writer: PdfWriter, *keys: str) -> None:
    holder: Any = writer.root_object
    for key in keys[:-1]:
        holder = holder[key].get_object()
    del holder[NameObject(keys[-1])]


def without_tab_order(writer: PdfWriter) -> None:
    del writer.pages[0][NameObject("/Tabs")]


def without_characters(writer: PdfWriter) -> None:
    fonts: Any = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    del next(iter(fonts.values())).get_object()[NameObject("/ToUnicode")]


def without_claim(writer: PdfWriter) -> None:
    stream: Any = writer.root_object["/Metadata"].get_object()
    stream.set_data(stream.get_data().replace(b"pdfuaid:part", b"pdfuaid:past"))


def without_bookmark(writer: PdfWriter) -> None:
    first: Any = writer.root_object["/Outlines"].get_object()["/First"].get_object()["/First"].get_object()
    first[NameObject("/Title")] = TextStringObject("Something else")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_tab_order, "Tab follows the structure"),
        (without_characters, "which characters the shapes"),
        (without_claim, "made for PDF/UA"),
        (lambda writer: writer.encrypt("", "owner"), "encrypted"),
        (lambda writer: drop(writer, "/Metadata"), "made for PDF/UA"),
    ],
)
def test_a_pdf_without_a_part_is_refused(pdf: bytes, change: Callable[[PdfWriter], None], expected: str) -> None:
    assert expected in messages(changed(pdf, change))


def test_a_changed_bookmark_is_noticed(pdf: bytes, page: str) -> None:
    assert "The bookmarks of the PDF are not the headings" in messages(changed(pdf, without_bookmark), page)


def test_a_large_pdf_is_refused(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_LARGEST", 1000)
    assert "more than 1,000" in messages(pdf)


def test_drawings_and_tables_are_looked_at_in_the_pdf() -> None:
    head = '<!DOCTYPE html><html lang="en-GB"><head><title>T</title></head><body><h1>T</h1>'
    table = make_pdf(f"{head}<table><tr><td>a</td></tr></table>")
    assert "1 table without a row of headers" in messages(table)
    drawing = make_pdf(f"{head}<p>a <svg width=9 height=9><rect width=9 height=9 /></svg></p>")
    assert "1 drawing without a text in its place" in messages(drawing)
    levels = make_pdf(f"{head}<h3>a</h3>")
    assert "leave out a level" in messages(levels)
