"""Turns a record of `make accessibility` and what is being published into the page on accessibility."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pcstrat import __version__
from pcstrat.commands.workshop import Workshop
from pcstrat.errors import NotDoneError
from pcstrat.publish.inspect_page import ACCESSIBILITY_PAGE, inspect_page
from pcstrat.publish.manifest import PublishedFile
from pcstrat.publish.problems import RefusedError
from pcstrat.render.accessibility_page import Built, CheckCount, MachineChecks, accessibility_page
from pcstrat.settings import Settings

TEMPLATE = "documents/index.html.j2"
RESULTS_VERSION = 1
MAX_BYTES = 5_000_000


def accessibility_html(workshop: Workshop, files: Iterable[PublishedFile]) -> str:
    """The page on accessibility; `files` are those that are published beside it.

    Raises:
        RefusedError: if a template makes it inaccessible.
        NotDoneError: if there should be a record of checks and it cannot be read.
    """
    settings = workshop.settings
    documents = [file for file in files if file.path.endswith((".html", ".pdf"))]
    pages = sum(file.path.endswith(".html") for file in documents)
    built = Built(
        as_of=workshop.as_of,
        version=__version__,
        pages=pages + 1,
        pdfs=len(documents) - pages,
        publisher=settings.publisher or "",
        contact=settings.accessibility_contact or "",
        machine=_machine_checks(settings, documents),
    )
    html = workshop.render(TEMPLATE, accessibility_page(built))
    problems = inspect_page(html).problems
    if problems:
        raise RefusedError(problems)
    return html


def _machine_checks(settings: Settings, documents: list[PublishedFile]) -> MachineChecks | None:
    path = settings.accessibility_results
    if path is None:
        return None
    try:
        return _read(_content(path), documents)
    except OSError as error:
        raise NotDoneError(f"'{path.name}' cannot be read: {error.strerror}.", "Run: make accessibility") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        message = f"'{path.name}' is no record of accessibility checks that this version of pcstrat can read."
        raise NotDoneError(message, "Run 'make accessibility' again, or leave out accessibility_results.") from None


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES)


def _read(content: bytes, documents: list[PublishedFile]) -> MachineChecks:
    """A record as it applies to the documents that are published now: those with the same content."""
    data: dict[str, Any] = json.loads(content)
    if data["pcstrat_accessibility"] != RESULTS_VERSION:
        raise ValueError(data["pcstrat_accessibility"])
    checked: dict[str, dict[str, Any]] = data["documents"]
    same = [file.path for file in documents if checked.get(file.path, {}).get("sha256") == file.sha256]
    return MachineChecks(
        date=dt.date.fromisoformat(data["date"]),
        instruments=tuple((str(name), str(version)) for name, version in data["instruments"].items()),
        checks=tuple(_count(check) for check in data["checks"]),
        same=tuple(path for path in same if checked[path]["passed"] is True),
        other=(*(file.path for file in documents if file.path not in same), ACCESSIBILITY_PAGE),
        faulty=tuple(path for path in same if checked[path]["passed"] is not True),
    )


def _count(data: dict[str, Any]) -> CheckCount:
    return CheckCount(
        name=str(data["name"]),
        passed=int(data["passed"]),
        failed=int(data["failed"]),
        not_checked=int(data["not checked"]),
    )
