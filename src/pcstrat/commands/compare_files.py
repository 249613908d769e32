"""Turns digests into the files of `output/compare/`: pages, one PDF, CSV, JSON and one workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from pcstrat.compare import Digest, Topic, compare
from pcstrat.diff import Difference
from pcstrat.export.tables_csv import sheet_csv, table_csv
from pcstrat.export.tables_flat import facts_sheet
from pcstrat.export.tables_json import tables_json
from pcstrat.export.tables_xlsx import tables_xlsx
from pcstrat.registry import Registry
from pcstrat.render.blocks import Link, Page
from pcstrat.render.compare_pages import TEMPLATE, Compared, index_page, topic_page, whole_document
from pcstrat.render.site import file_size, pdf_link

FOLDER = "compare"
FACTS, BOOK, DATA, PDF = "facts.csv", "tables.xlsx", "tables.json", "compare.pdf"


class Render(Protocol):
    """Turns a page into HTML; `paged` adds the styles that only a PDF has. `Workshop.render` is one."""

    def __call__(self, template: str, page: Page, *, paged: bool = False) -> str:
        """Return the page as HTML."""


def comparison_files(  # noqa: PLR0913 - what a build knows, by name
    digests: Iterable[Digest],
    registry: Registry,
    render: Render,
    *,
    as_of: dt.date,
    publisher: str = "",
    differences: Mapping[str, Difference] | None = None,
    make_pdf: Callable[[str], bytes] | None = None,
) -> dict[str, bytes]:
    """Make every file of the comparison, by its path in the output folder.

    Args:
        digests: The plans that are published, in any order. Pages link to `<plan-id>/index.html` of each.
        registry: The ICBs and national commitments.
        render: Turns a page into HTML.
        as_of: The date that the run counts from.
        publisher: Who publishes the comparison.
        differences: By the id of a plan, what changed in it since an earlier one.
        make_pdf: Turns the HTML of the whole document into a PDF; none is made without it.
    """
    topics = compare(digests, registry, as_of=as_of, differences=differences)
    compared = Compared(topics=topics, as_of=as_of, publisher=publisher)
    files = dict(_data(topics, as_of))
    pdf: Link | None = None
    if make_pdf is not None:
        files[PDF] = make_pdf(render(TEMPLATE, whole_document(compared), paged=True))
        pdf = pdf_link(PDF, len(files[PDF]), "All tables as one document")
    shared = tuple(_shared_links(files))
    for topic in topics:
        page = topic_page(compared, topic, (*_table_links(topic, files), *shared))
        files[f"{topic.id}.html"] = render(TEMPLATE, page).encode()
    files["index.html"] = render(TEMPLATE, index_page(compared, shared, pdf)).encode()
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def _data(topics: tuple[Topic, ...], as_of: dt.date) -> Iterator[tuple[str, bytes]]:
    for topic in topics:
        for table in topic.tables:
            yield f"{table.id}.csv", table_csv(table).encode()
    facts = facts_sheet(topics)
    yield FACTS, sheet_csv(facts).encode()
    yield BOOK, tables_xlsx(topics, facts)
    yield DATA, tables_json(topics, as_of=as_of).encode()


def _table_links(topic: Topic, files: dict[str, bytes]) -> Iterator[Link]:
    for table in topic.tables:
        name = f"{table.id}.csv"
        yield Link(text=f"{table.title} (CSV, {file_size(len(files[name]))})", href=name)


def _shared_links(files: dict[str, bytes]) -> Iterator[Link]:
    for name, what, kind in (
        (BOOK, "All tables as one workbook", "Excel"),
        (FACTS, "One row for each fact", "CSV"),
        (DATA, "All tables as data", "JSON"),
    ):
        yield Link(text=f"{what} ({kind}, {file_size(len(files[name]))})", href=name)
