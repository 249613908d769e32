"""Turns HTML into PDF with WeasyPrint, which loads nothing from outside and whose every warning is kept.

Importing this module loads WeasyPrint and the system libraries it needs; `pdf` does so only when a PDF is made.
"""

from __future__ import annotations

import io
import logging
import os
import urllib.parse
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
    # Where a library is missing, WeasyPrint prints about it among our own output; the exception says it better. The
    # empty font configuration makes it warn that there are no fonts, which is what we want. A missing
    # libharfbuzz-subset makes it warn too; `versions` reports that one.
    warnings.simplefilter("ignore")
    import weasyprint
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.pdf import pydyf
    from weasyprint.text import ffi
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

OPTIONS = {"pdf_variant": "pdf/ua-1", "custom_metadata": True}
_LOGGERS = ("weasyprint", "fontTools")


class OutsideFoldersError(Exception):
    """A document asks for something outside the folders it may use; the message is the address."""


class NotLoadedError(Exception):
    """A file that a document asks for is not there, or cannot be read; the message says why."""


class _Jail(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives a document the files of some folders and the data it carries itself; everything else stops it."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True)
        self._folders = tuple(Path(os.path.realpath(folder)) for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
        """Fetch `data:` and files inside the folders, symbolic links followed first."""
        if not url.lower().startswith("data:") and not self._is_inside(url):
            raise OutsideFoldersError(url)
        return super().fetch(url, headers)

    def _is_inside(self, url: str) -> bool:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme.lower() != "file" or parts.netloc not in {"", "localhost"}:
            return False
        path = Path(os.path.realpath(urllib.request.url2pathname(parts.path)))
        return any(path.is_relative_to(folder) for folder in self._folders)


class _Collector(logging.Handler):
    """Keeps the messages of warnings and errors instead of printing them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _collected_messages() -> Iterator[list[str]]:
    """Catch what the libraries log; nothing of it reaches the terminal."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger.handlers[:], logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [collector], False
        logger.setLevel(logging.WARNING)
    try:
        yield collector.messages
    finally:
        for logger, (handlers, propagate, level) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(level)


def write_pdf(html: str, styles: str, folders: tuple[Path, ...], base: Path | None) -> tuple[bytes, list[str]]:
    """Make a PDF and return it with every warning.

    Raises:
        OutsideFoldersError: if the document asks for anything outside the folders.
        NotLoadedError: if a file that it asks for cannot be read.
        OSError: if what WeasyPrint keeps in temporary files cannot be written.
    """
    with _collected_messages() as messages, _plain_failures():
        pdf = _laid_out(html, styles, folders, base).write_pdf(finisher=_number_pages, **OPTIONS)
    return pdf, messages


def write_sheet(html: str, styles: str, folders: tuple[Path, ...], base: Path | None) -> tuple[bytes, list[str]]:
    """Make a PDF of one page and return it with every warning; no PDF if anything does not fit on the page.

    Raises:
        OutsideFoldersError: if the document asks for anything outside the folders.
        NotLoadedError: if a file that it asks for cannot be read.
        OSError: if what WeasyPrint keeps in temporary files cannot be written.
    """
    with _collected_messages() as messages, _plain_failures():
        document = _laid_out(html, styles, folders, base)
        fits = len(document.pages) == 1 and _is_inside(document.pages[0])
        pdf = document.write_pdf(finisher=_number_pages, **OPTIONS) if fits else b""
    return pdf, messages


def _laid_out(html: str, styles: str, folders: tuple[Path, ...], base: Path | None) -> weasyprint.Document:
    jail = _Jail(folders)
    fonts = FontConfiguration()
    base_url = f"{base.resolve().as_uri()}/" if base else None
    sheet = weasyprint.CSS(string=styles, url_fetcher=jail, font_config=fonts)
    document = weasyprint.HTML(string=html, base_url=base_url, url_fetcher=jail)
    return document.render(stylesheets=[sheet], font_config=fonts, **OPTIONS)


def _number_pages(_document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Label the pages with the numbers that are printed on them: 1, 2, 3 and on."""
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


def _is_inside(page: weasyprint.document.Page) -> bool:
    """Whether all text lies inside the margins of its page, give or take a pixel."""
    box = page._page_box  # noqa: SLF001 - WeasyPrint has no public way to where a line is
    right, bottom = box.content_box_x() + box.width + 1, box.content_box_y() + box.height + 1
    texts = (text for text in box.descendants(placeholders=True) if isinstance(text, TextBox))
    return all(text.position_x + text.width <= right and text.position_y + text.height <= bottom for text in texts)


@contextmanager
def _plain_failures() -> Iterator[None]:
    """Turn what WeasyPrint raises for an address that may not be fetched into an ordinary exception."""
    try:
        yield
    except FatalURLFetchingError as error:  # derives from BaseException
        raise _reason(error) from None


def _reason(error: BaseException) -> Exception:
    cause = error.__cause__
    if isinstance(cause, OSError):
        return NotLoadedError(str(cause))
    return cause if isinstance(cause, OutsideFoldersError) else OutsideFoldersError(str(error))


def versions() -> dict[str, str]:
    """The versions of WeasyPrint and the libraries that decide the bytes of a PDF."""
    number = int(ffi.pango.pango_version())
    pango = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    subset = "present" if ffi.harfbuzz_subset else "missing"
    return {"weasyprint": weasyprint.__version__, "pango": pango, "harfbuzz-subset": subset}
