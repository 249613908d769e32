"""Turns what was checked, as at when and with what result, into the page on the accessibility of the documents.

It says what machines found and no more: whether a document can be used is for people to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from pcstrat.render import words
from pcstrat.render.blocks import Block, Cell, Column, Cover, Item, Items, Link, Page, Paragraph, Row, Section, Table
from pcstrat.text import counted, listed, long_date, sentence_case, visible

ID = "accessibility"
TITLE = "Accessibility of these documents"
LANGUAGE = "en-GB"
_HOME = Link(text="All plans", href="index.html")

EVERY_BUILD_PAGES = (
    "each page has a title, a language, one main heading, and headings in order",
    "each link says where it leads, and no two links that lead apart are called the same",
    "each table has a caption and headers, and no cell is empty or merged",
    "each chart has a text in its place and a table after it, or a link to one",
    "each page is complete in one file, works without scripts, and loads nothing from elsewhere",
)
EVERY_BUILD_PDFS = (
    "each PDF is tagged, and has a title, a language and bookmarks that are its headings",
    "each PDF carries its fonts, and every character of its text can be read out",
    "each PDF says the same as its page, in the same order, and carries the same hash of the plan",
)
NOT_CHECKED = (
    "whether the order in which a screen reader reads makes sense to somebody who listens",
    "whether the texts in place of charts say enough",
    "how the documents work with each screen reader, browser and device that people use",
    "the original documents of the Integrated Care Boards",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCount:
    """One check of `make accessibility`: how many documents passed it, failed it, or were not checked."""

    name: str
    passed: int
    failed: int
    not_checked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineChecks:
    """A record of `make accessibility`. `same` documents are published as they were checked, `other` are not."""

    date: dt.date
    instruments: tuple[tuple[str, str], ...]
    checks: tuple[CheckCount, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]
    faulty: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build published: how many pages and PDFs, of when, by whom, and what is known of further checks."""

    as_of: dt.date
    version: str
    pages: int
    pdfs: int
    publisher: str = ""
    contact: str = ""
    machine: MachineChecks | None = None


def accessibility_page(built: Built) -> Page:
    """The page on accessibility."""
    return Page(
        id=ID,
        language=LANGUAGE,
        cover=Cover(
            organisation=visible(built.publisher),
            title=TITLE,
            subtitle="What was checked, and how to ask for another format",
            strapline="",
            facts=(f"As at {long_date(built.as_of)}",),
        ),
        sections=tuple(_sections(built)),
        description="What was checked of these web pages and PDFs, when, with what result, and what was not.",
        publisher=visible(built.publisher) or "pcstrat",
        running_head=TITLE,
        home=_HOME,
    )


def _sections(built: Built) -> Iterator[Section]:
    yield _section("format", "Ask for another format", _format(built))
    yield _section("build", "Checked when the documents were built", _build(built))
    yield _section("machine", "Checked with a browser and with PDF tools", _machine(built))
    yield _section("not-checked", "Not checked by machines", _not_checked())


def _section(name: str, title: str, blocks: Iterator[Block]) -> Section:
    return Section(id=f"{ID}--{name}", title=title, level=2, blocks=tuple(blocks))


def _format(built: Built) -> Iterator[Block]:
    contact = visible(built.contact) or words.NOT_STATED
    yield Paragraph(text=escape(f"Where to ask for a document in another format: {contact}."), style="lead")
    yield Paragraph(text=escape("The web page of each plan is the main version. The PDF says the same."))


def _build(built: Built) -> Iterator[Block]:
    documents = counted(built.pages, "web page")
    if built.pdfs:
        documents = f"{documents} and {counted(built.pdfs, 'PDF')}"
    text = (
        f"pcstrat {built.version} checked {documents} itself, as at {long_date(built.as_of)}. All passed these checks."
    )
    yield Paragraph(text=escape(text), style="lead")
    checks = (*EVERY_BUILD_PAGES, *(EVERY_BUILD_PDFS if built.pdfs else ()))
    yield _list(checks)
    yield Paragraph(text=escape("A document that does not pass is not published."))


def _machine(built: Built) -> Iterator[Block]:
    found = built.machine
    if found is None:
        yield Paragraph(text=escape("Not checked in this build."), style="lead")
        yield Paragraph(text=escape("These checks run on their own, and no record of them was given to this build."))
        return
    yield Paragraph(text=escape(_verdict(found)), style="lead")
    yield from _exceptions(found)
    columns = [Column(title=title, numeric=True) for title in ("Passed", "Did not pass", "Not checked")]
    yield Table(
        id=f"{ID}--checks",
        caption="Documents by check",
        columns=(Column(title="Check"), *columns),
        rows=tuple(map(_row, found.checks)),
    )
    instruments = listed([f"{visible(name)} {visible(version)}" for name, version in found.instruments])
    yield Paragraph(text=escape(f"Checked with: {instruments}."))


def _verdict(found: MachineChecks) -> str:
    when = long_date(found.date)
    if found.faulty or any(check.failed or check.not_checked for check in found.checks):
        return f"On {when}, not all documents passed all machine checks."
    if not found.same:
        return f"On {when}, machine checks passed, of documents that have changed since."
    return f"On {when}, machine checks passed."


def _exceptions(found: MachineChecks) -> Iterator[Block]:
    """Which published documents the record does not speak of, and which did not pass."""
    same = f"{sentence_case(counted(len(found.same), 'document'))} published now were checked exactly as they are."
    if len(found.same) == 1:
        same = "1 document published now was checked exactly as it is."
    yield Paragraph(text=escape(same))
    for names, heading in (
        (found.other, "Not checked as they are now"),
        (found.faulty, "Did not pass all checks"),
    ):
        if names:
            yield Items(heading=heading, items=tuple(Item(text=escape(visible(name))) for name in names))


def _row(check: CheckCount) -> Row:
    numbers = (check.passed, check.failed, check.not_checked)
    cells = tuple(Cell(text=escape(f"{number:,}"), numeric=True) for number in numbers)
    return Row(header=Cell(text=escape(visible(check.name))), cells=cells)


def _not_checked() -> Iterator[Block]:
    text = "Machines find only some of the barriers that people meet. A person must still look at:"
    yield Paragraph(text=escape(text))
    yield _list(NOT_CHECKED)


def _list(texts: tuple[str, ...]) -> Items:
    return Items(items=tuple(Item(text=escape(text)) for text in texts))
