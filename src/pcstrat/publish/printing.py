"""Turns the HTML of a page into an inspected PDF, in this process or in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

from pcstrat.publish.problems import Problem, RefusedError, missing_package
from pcstrat.workers import crew

Printable: TypeAlias = str | tuple[str, ...]
"""The HTML of a page, or of several, from the one that says most to the one that says least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfResult:
    """A PDF, or why there is none. `engines` are the versions that made it. It travels between processes."""

    pdf: bytes = b""
    problems: tuple[Problem, ...] = ()
    engines: dict[str, str] = field(default_factory=dict)


def checked_pdf(html: Printable, base: Path | None) -> PdfResult:
    """Make one PDF and inspect it; of several pages, the first that fits on one sheet.

    Raises:
        NotDoneError: if PDFs cannot be made here at all.
    """
    try:
        from pcstrat.publish.inspect_pdf import inspect_pdf  # noqa: PLC0415 - not for web pages alone
        from pcstrat.publish.pdf import engine_versions, make_pdf, make_sheet  # noqa: PLC0415 - the same

        page, pdf = (html, make_pdf(html, base=base)) if isinstance(html, str) else make_sheet(html, base=base)
    except RefusedError as error:
        return PdfResult(problems=error.problems)
    except ImportError as error:
        raise missing_package(error) from None
    return PdfResult(pdf=pdf, problems=inspect_pdf(pdf, page), engines=engine_versions())


def load_engine() -> None:
    """Load what makes and inspects PDFs, which takes a second: processes that are copies of this one then have it.

    Raises:
        NotDoneError: if PDFs cannot be made here at all.
    """
    try:
        from pcstrat.publish import inspect_pdf, pdf  # noqa: PLC0415, F401 - not for web pages alone
    except ImportError as error:
        raise missing_package(error) from None
    pdf.engine_versions()


@contextmanager
def pdf_on_its_way(html: Printable, base: Path | None, *, alone: bool) -> Iterator[Callable[[], PdfResult]]:
    """What waits for the PDF of a page. A process of its own makes it meanwhile, and gives back what memory it took.

    With `alone` no other process is used, and the PDF is made when it is asked for. Raises as `checked_pdf`.
    """
    if alone:
        yield partial(checked_pdf, html, base)
        return
    with crew(partial(_printed, base), 1, "makes PDFs") as printed:
        results = printed([html])
        yield partial(next, results)


def _printed(base: Path | None, html: Printable) -> PdfResult:
    return checked_pdf(html, base)
