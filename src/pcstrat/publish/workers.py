"""Turns the HTML of several plans into inspected PDFs, in processes of their own when there is more than one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pcstrat.errors import NotDoneError
from pcstrat.publish.problems import Problem, RefusedError, missing_package
from pcstrat.workers import pool


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfResult:
    """A PDF, or why there is none. `engines` are the versions that made it. It travels between processes."""

    pdf: bytes = b""
    problems: tuple[Problem, ...] = ()
    failure: tuple[str, str] | None = None
    engines: dict[str, str] = field(default_factory=dict)


PdfPromise: TypeAlias = Callable[[], PdfResult]
"""Waits for a PDF."""

PdfStarter: TypeAlias = Callable[[str | tuple[str, ...]], PdfPromise]
"""Starts to make the PDF of a page, or of the first of several pages that fits on one sheet."""


def checked_pdf(html: str | tuple[str, ...], base: Path | None) -> PdfResult:
    """Make one PDF and inspect it; of several pages, the first that fits on one sheet."""
    try:
        from pcstrat.publish.inspect_pdf import inspect_pdf  # noqa: PLC0415 - not for web pages alone
        from pcstrat.publish.pdf import engine_versions, make_pdf, make_sheet  # noqa: PLC0415

        page, pdf = (html, make_pdf(html, base=base)) if isinstance(html, str) else make_sheet(html, base=base)
    except RefusedError as error:
        return PdfResult(problems=error.problems)
    except ImportError as error:
        return PdfResult(failure=_failure(missing_package(error)))
    except NotDoneError as error:  # an exception would lose its remedy on the way between processes
        return PdfResult(failure=_failure(error))
    return PdfResult(pdf=pdf, problems=inspect_pdf(pdf, page), engines=engine_versions())


def _failure(error: NotDoneError) -> tuple[str, str]:
    return error.message, error.remedy


@contextmanager
def pdf_workers(jobs: int, base: Path | None) -> Iterator[PdfStarter]:
    """What starts PDFs: at once in `jobs` processes, or in this one, when the result is asked for.

    However the block ends, no process is left behind.
    """
    if jobs <= 1:
        yield lambda html: lambda: _succeeded(checked_pdf(html, base))
        return
    with pool(jobs) as workers:
        yield lambda html: _promise(workers, html, base)


def _promise(workers: ProcessPoolExecutor, html: str | tuple[str, ...], base: Path | None) -> PdfPromise:
    with _explained():
        future = workers.submit(checked_pdf, html, base)

    def wait() -> PdfResult:
        with _explained():
            return _succeeded(future.result())

    return wait


@contextmanager
def _explained() -> Iterator[None]:
    """Say what it means that a process is gone."""
    try:
        yield
    except BrokenProcessPool:
        message = "A process that makes PDFs ended unexpectedly; the memory may be too small."
        raise NotDoneError(message, "Try it with --jobs 1.") from None


def _succeeded(result: PdfResult) -> PdfResult:
    if result.failure is not None:
        raise NotDoneError(*result.failure)
    return result
