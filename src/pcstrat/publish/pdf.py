"""Turns a page's HTML into an accessible PDF (PDF/UA-1) with embedded fonts, or refuses with every reason.

WeasyPrint is imported when the first PDF is made, and never for web pages alone.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from types import ModuleType

from pcstrat.errors import NotDoneError
from pcstrat.publish import fonts, system_packages
from pcstrat.publish.problems import WITHOUT_PDF, Problem, RefusedError, missing_package

_GLYPH = re.compile(r"\.notdef glyph rendered .*?\"(?P<character>.+)\" \(U\+(?P<code>[0-9A-F]+)\)", re.DOTALL)
_IGNORED = re.compile(r"Ignored `(?P<rule>.*)` at (?P<place>\d+:\d+), (?P<why>.*)\.", re.DOTALL)
_MEDIA = re.compile(r"(?:Expected a media type|Invalid media type)")
_TWICE = re.compile(r"Anchor defined twice: '(?P<anchor>.*)'")
_LOADING = re.compile(r"Failed to load (?P<what>.*)", re.DOTALL)
_LONGEST = 200

_SCREEN_ONLY = "If it is for screens alone, put it inside '@media screen { ... }'; else write it in another way."

_TOO_LONG = Problem(
    code="D03",
    message="The plan on a page does not fit on one sheet, however little it says.",
    remedy="Use the shipped template documents/one_page.html.j2, or give less room to what your own adds.",
)


def make_pdf(html: str, *, base: Path | None = None) -> bytes:
    """Make the PDF of a page.

    Args:
        html: The page, complete.
        base: The folder that relative addresses start from, and the only one of the user's that is read.

    Raises:
        RefusedError: if the page asks for anything outside the package and `base`, or WeasyPrint warns of anything.
        NotDoneError: if the font or a library that WeasyPrint needs is missing, or the disk is full.
    """
    pdf = _written(html, base, _engine().write_pdf)
    assert pdf  # noqa: S101 - a document always has a page
    return pdf


def make_sheet(sheets: Sequence[str], *, base: Path | None = None) -> tuple[str, bytes]:
    """Make a PDF of the first of several pages that fits on one sheet of paper; each says less than the one before.

    Args:
        sheets: The pages, complete.
        base: As for `make_pdf`.

    Returns:
        The page that fits, and its PDF.

    Raises:
        RefusedError: as for `make_pdf`, or if none fits.
        NotDoneError: if the font or a library that WeasyPrint needs is missing, or the disk is full.
    """
    engine = _engine()
    found: tuple[str, bytes] | None = None
    first, last = 0, len(sheets) - 1
    while first <= last:  # what says less is never longer, so halving finds the first that fits
        middle = (first + last) // 2
        if pdf := _written(sheets[middle], base, engine.write_sheet):
            found, last = (sheets[middle], pdf), middle - 1
        else:
            first = middle + 1
    if found is None:
        raise RefusedError((_TOO_LONG,))
    return found


def _written(html: str, base: Path | None, write: Callable[..., tuple[bytes, list[str]]]) -> bytes:
    """What `write` makes of a page, refused for whatever it asks for or WeasyPrint warns of."""
    engine = _engine()
    folders = (fonts.font_folder(), _package(), *([base] if base else []))
    try:
        pdf, messages = write(html, fonts.print_styles(), folders, base)
    except engine.OutsideFoldersError as error:
        raise RefusedError((_not_allowed(str(error)),)) from None
    except engine.NotLoadedError as error:
        raise RefusedError((_not_loaded(str(error)),)) from None
    except OSError as error:  # no fault of the page: another time, or on another disk, it becomes a PDF
        raise _not_kept(error) from None
    if messages:
        raise RefusedError(tuple(map(_problem, dict.fromkeys(messages))))
    return pdf


def engine_versions() -> dict[str, str]:
    """The versions that decide the bytes of a PDF, by the name of the component."""
    versions: dict[str, str] = _engine().versions()
    return versions | {fonts.PACKAGE: fonts.font_version()}


def _package() -> Path:
    return Path(str(resources.files("pcstrat")))


def _engine() -> ModuleType:
    """Load WeasyPrint, with no fonts but ours.

    Raises:
        NotDoneError: if a package or a system library is missing; the remedy is the command that installs it.
    """
    os.environ["FONTCONFIG_FILE"] = str(_package() / "data" / "fonts.conf")
    try:
        from pcstrat.publish import engine  # noqa: PLC0415 - a second of imports that only PDFs need
    except ImportError as error:
        raise missing_package(error) from None
    except OSError as error:
        library = next(iter(re.findall(r"library '([^']+)'", str(error))), "")
        what = f"the system library '{library}' is missing" if library else f"WeasyPrint cannot be used ({error})"
        raise NotDoneError(f"PDFs cannot be made: {_first_line(what)}.", how_to_install()) from None
    return engine


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0].rstrip(".")


def how_to_install() -> str:
    """The command that installs Pango on this platform, and how to do without."""
    return f"{system_packages.how_to_install(system_packages.PANGO).rstrip('.')}. {WITHOUT_PDF}"


def _not_allowed(url: str) -> Problem:
    message = f"The page asks for '{_shortened(url)}', which is neither inside the page nor in the templates."
    return Problem(code="D03", message=message, remedy="Put the content into the page itself, as a data: address.")


def _not_loaded(reason: str) -> Problem:
    return Problem(
        code="D03",
        message=f"The page asks for a file that cannot be read: {_shortened(reason)}.",
        remedy="Correct its name in the template or style sheet that asks for it.",
    )


def _not_kept(error: OSError) -> NotDoneError:
    """That the files cannot be written which WeasyPrint needs meanwhile."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return NotDoneError("PDFs cannot be made: the disk is full.", "Free some space, then try again.")
    message = f"PDFs cannot be made: their fonts cannot be written to the disk: {error.strerror or error}."
    return NotDoneError(message, WITHOUT_PDF)


def _problem(logged: str) -> Problem:
    """A message of WeasyPrint in plain words."""
    if match := _GLYPH.search(logged):
        return _missing_glyph(chr(int(match["code"], 16)))
    if match := _IGNORED.search(logged):
        message = (
            f"The style '{match['rule']}' (line and column {match['place']}) has no effect in a PDF: {match['why']}."
        )
        return Problem(code="D03", message=_shortened(message), remedy=_SCREEN_ONLY)
    if _MEDIA.search(logged):
        message = f"A condition of '@media' has no meaning in a PDF: {_shortened(logged)}"
        return Problem(code="D03", message=message, remedy="Put the rule inside '@media screen { ... }'.")
    if match := _TWICE.search(logged):
        message = f"Two places of the page have the id '{match['anchor']}', so links to it are unclear."
        return Problem(code="D03", message=message, remedy="Give one of them another id.")
    if match := _LOADING.search(logged):
        return _not_loaded(match["what"])
    return Problem(code="D03", message=f"WeasyPrint says: {_shortened(logged)}", remedy="Mend the template or style.")


def _missing_glyph(character: str) -> Problem:
    message = f"The font has no {fonts.named(character)}."
    remedy = "Write it in another way; list markers and text made by styles count too."
    return Problem(code="D01", message=message, remedy=remedy, character=character)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
