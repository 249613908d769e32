"""Turns digests into the files of `output/compare/`: pages, one PDF, CSV, JSON and one workbook."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeAlias

from pcstrat.compare import Digest, Table, Topic, compare
from pcstrat.diff import Difference
from pcstrat.export.published_schemas import COMPARISON, address
from pcstrat.export.tables_csv import facts_csv, table_csv
from pcstrat.export.tables_json import tables_json
from pcstrat.export.tables_xlsx import tables_xlsx
from pcstrat.publish.inspect_page import PageInspection
from pcstrat.publish.manifest import PublishedFile
from pcstrat.publish.problems import RefusedError
from pcstrat.registry import Registry
from pcstrat.render.blocks import Link, Page
from pcstrat.render.compare_pages import TEMPLATE, Compared, index_page, topic_page, whole_document
from pcstrat.render.site import file_size, pdf_link

FOLDER = "compare"
_SCHEMA = address(COMPARISON, folders_above=1)
FACTS, BOOK, DATA, PDF = "facts.csv", "tables.xlsx", "tables.json", "compare.pdf"


class Render(Protocol):
    """Turns a page into HTML, piece by piece; `paged` adds the styles of a PDF. `Workshop.pieces` is one."""

    def __call__(self, template: str, page: Page, *, paged: bool = False) -> Iterator[str]:
        """Return the page as HTML."""


class Output(Protocol):
    """Takes files, each as soon as it is made: of many plans, all of them would take much memory."""

    def write(self, path: str, content: bytes) -> PublishedFile:
        """Take a file."""

    def write_parts(self, path: str, parts: Iterable[bytes]) -> PublishedFile:
        """Take a long file part by part."""


StartPdf: TypeAlias = Callable[[str], AbstractContextManager[Callable[[], PublishedFile]]]
"""Starts to turn HTML into the PDF of the comparison; what is handed over waits for it and writes it."""


def comparison_files(  # noqa: PLR0913 - what a build knows, by name
    digests: Iterable[Digest],
    registry: Registry,
    render: Render,
    output: Output,
    *,
    as_of: dt.date,
    publisher: str = "",
    differences: Mapping[str, Difference] | None = None,
    start_pdf: StartPdf | None = None,
) -> tuple[PublishedFile, ...]:
    """Make every file of the comparison, each by its path in the output folder.

    Args:
        digests: The plans that are published, in any order. Pages link to `<plan-id>/index.html` of each.
        registry: The ICBs and national commitments.
        render: Turns a page into HTML.
        output: Where the files go.
        as_of: The date that the run counts from.
        publisher: Who publishes the comparison.
        differences: By the id of a plan, what changed in it since an earlier one.
        start_pdf: Starts the PDF of the whole document; none is made without it.

    Raises:
        RefusedError: if a template makes a page inaccessible.
    """
    topics = compare(digests, registry, as_of=as_of, differences=differences)
    compared = Compared(topics=topics, as_of=as_of, publisher=publisher)
    with (
        start_pdf("".join(render(TEMPLATE, whole_document(compared), paged=True)))
        if start_pdf
        else nullcontext() as pdf
    ):
        tables = {table.id: _written(output, table) for topic in topics for table in topic.tables}
        long = tuple(_long_files(topics, as_of, output))
        shared = tuple(map(_link_to, long, _LONG))
        pages = []
        for topic in topics:
            links = (_table_link(table, tables[table.id]) for table in topic.tables)
            downloads = (*links, *shared)
            pages.append(_page(f"{topic.id}.html", render(TEMPLATE, topic_page(compared, topic, downloads)), output))
            gc.collect(1)  # what made a page and what read it hold themselves: those of all pages would be in memory
        printed = [pdf()] if pdf else []
    link = pdf_link(PDF, printed[0].size, "All tables as one document") if printed else None
    index = _page("index.html", render(TEMPLATE, index_page(compared, shared, link)), output)
    return (*tables.values(), *long, *printed, *pages, index)


def _written(output: Output, table: Table) -> PublishedFile:
    return output.write(f"{FOLDER}/{table.id}.csv", table_csv(table).encode())


def _long_files(topics: tuple[Topic, ...], as_of: dt.date, output: Output) -> Iterator[PublishedFile]:
    """The files that hold all tables, in the order of `_LONG`."""
    yield output.write_parts(f"{FOLDER}/{BOOK}", tables_xlsx(topics))
    gc.collect(1)  # the sheets of the workbook and the workbook hold one another
    yield output.write_parts(f"{FOLDER}/{FACTS}", (part.encode() for part in facts_csv(topics)))
    yield output.write_parts(
        f"{FOLDER}/{DATA}", (part.encode() for part in tables_json(topics, as_of=as_of, schema=_SCHEMA))
    )


def _page(name: str, html: Iterable[str], output: Output) -> PublishedFile:
    inspection = PageInspection()
    file = output.write_parts(f"{FOLDER}/{name}", (piece.encode() for piece in inspection.read(html)))
    if problems := inspection.found().problems:
        raise RefusedError(problems)
    return file


def _table_link(table: Table, file: PublishedFile) -> Link:
    return Link(text=f"{table.title} (CSV, {file_size(file.size)})", href=f"{table.id}.csv")


_LONG = (
    (BOOK, "All tables as one workbook", "Excel"),
    (FACTS, "One row for each fact", "CSV"),
    (DATA, "All tables as data", "JSON"),
)
"""The files that hold all tables: name, what it is, and its kind."""


def _link_to(file: PublishedFile, about: tuple[str, str, str]) -> Link:
    name, what, kind = about
    return Link(text=f"{what} ({kind}, {file_size(file.size)})", href=name)
