"""Lists the documents that each plan is published as, beside its web page. To add one, add a line to one of the lists.

Names are those of files in the folder of the plan; `{id}` stands for the id of the plan. The web page links to every
one of them, and says how large it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from pcstrat.commands.listing import DATA
from pcstrat.export.calendar import milestones_calendar
from pcstrat.export.json_text import to_text
from pcstrat.export.plan_tables import METADATA_NAME, SHEETS, Sheet, sheet_csv, tables_metadata
from pcstrat.model.plan import Plan
from pcstrat.publish.inspect_page import InspectedPage, inspect_page, inspect_plan_page
from pcstrat.registry import Registry
from pcstrat.render.blocks import Link, Page
from pcstrat.render.one_page import one_pages
from pcstrat.render.site import ONE_PAGE_LINK, file_size, pdf_link
from pcstrat.stratml import plan_stratml

PAGE = "index.html"
PAGE_TEMPLATE = "documents/plan.html.j2"
PDF = "{id}.pdf"
ONE_PAGE = "{id}-on-a-page.pdf"
ONE_PAGE_TEMPLATE = "documents/one_page.html.j2"


@dataclass(frozen=True, slots=True)
class Material:
    """What the documents of one plan are made from.

    `page` is all of it as a page, which links to data files alone; `data` is all of it as plain data.
    """

    plan: Plan
    registry: Registry
    page: Page
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file with data of the plan, for other programs. Making it takes little time.

    `make` gives nothing where the plan has nothing for it; the page then says `without` in place of the link.
    """

    name: str
    what: str
    kind: str
    make: Callable[[Material], bytes | None]
    without: str = ""

    def link(self, name: str, size: int) -> Link:
        """The link of the web page to it: `This plan as data (JSON, 120KB)`."""
        return Link(text=f"{self.what} ({self.kind}, {file_size(size)})", href=name)


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A PDF, made from a page that is turned into HTML with a template and inspected before and after.

    Of several pages, from the one that says most to the one that says least, it is the first that fits on one sheet.
    `link_in` is the field of the web page that holds the link to it; `paged` adds the styles of a PDF's pages.
    """

    name: str
    what: str
    template: str
    pages: Callable[[Material], tuple[Page, ...]]
    inspect: Callable[[str], InspectedPage]
    link_in: str
    paged: bool = True

    def link(self, name: str, size: int) -> Link:
        """The link of the web page to it: `PDF of this plan (PDF only, 545KB)`."""
        return pdf_link(name, size, self.what)


def _data(material: Material) -> bytes:
    return to_text(material.data).encode()


def _whole(material: Material) -> tuple[Page, ...]:
    return (material.page,)


def _on_a_page(material: Material) -> tuple[Page, ...]:
    return one_pages(material.plan, material.registry, material.page)


def _calendar(material: Material) -> bytes | None:
    return milestones_calendar(material.plan)


def _sheet(sheet: Sheet, material: Material) -> bytes:
    return sheet_csv(sheet, material.plan)


def _meanings(_material: Material) -> bytes:
    return tables_metadata()


def _stratml(material: Material) -> bytes:
    return plan_stratml(material.plan, material.registry).encode()


_NO_CALENDAR = "There is no calendar, because no milestone of this plan has a date."

DATA_FILES: tuple[DataFile, ...] = (
    DataFile(DATA, "This plan as data", "JSON", _data),
    DataFile("milestones.ics", "Milestones with a date, as a calendar", "iCalendar", _calendar, _NO_CALENDAR),
    *(DataFile(sheet.file, f"{sheet.title} as a table", "CSV", partial(_sheet, sheet)) for sheet in SHEETS),
    DataFile(METADATA_NAME, "What the columns of the tables mean", "JSON", _meanings),
    DataFile("plan.stratml", "This plan in StratML, a standard for plans", "XML", _stratml),
)
"""Made whatever the formats asked for. The page lists them in this order."""

PRINTED_FILES: tuple[PrintedFile, ...] = (
    PrintedFile(PDF, "PDF of this plan", PAGE_TEMPLATE, _whole, inspect_plan_page, "pdf"),
    PrintedFile(ONE_PAGE, ONE_PAGE_LINK, ONE_PAGE_TEMPLATE, _on_a_page, inspect_page, "one_page", paged=False),
)
"""Made when PDFs are asked for. The first is the whole plan, which says the same as the web page."""

_SHOWN_ON_INDEX = {PAGE: "html", PDF: "pdf", ONE_PAGE: "one-page", DATA: "json"}


def files_on_index(plan_id: str, paths: Iterable[str]) -> dict[str, str]:
    """The documents that the list of all plans links to: their paths by kind, as far as they are among `paths`."""
    places = {f"{plan_id}/{name.format(id=plan_id)}": kind for name, kind in _SHOWN_ON_INDEX.items()}
    return {places[path]: path for path in paths if path in places}
