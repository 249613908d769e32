"""Turns plans into a site that one person looks at while writing: built again after each edit, with what was found.

The site stands in a folder of its own, which ends with the preview: what is published is never touched. Findings are
internal; they are handed out beside the pages and never become part of them.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pcstrat.commands.build import build
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.commands.validate import check_files
from pcstrat.commands.watch import LoadSettings
from pcstrat.diagnostics import Finding, Severity
from pcstrat.diagnostics import Path as PlanPath
from pcstrat.errors import PcstratError
from pcstrat.outline import part_id
from pcstrat.publish.manifest import FILE_NAME, MAX_BYTES, Manifest, read_manifest
from pcstrat.publish.problems import CODES
from pcstrat.render.places import place_anchor
from pcstrat.review import CheckedFinding, FoundPlace
from pcstrat.settings import Settings
from pcstrat.source import read_source
from pcstrat.workspace import PlanFile, resolve_plans

_LISTS = {"milestones": "timeline"}
_PARTS = {"funding": "money", "funding_total": "money", "document": "control"}
"""Lists, and parts of the plan, that the page shows under another heading than that of their own."""


class Preview:
    """The site as it was built last, and why it could not be built since. `version` counts the builds.

    What keeps a plan from being published is found by its rules, and by the checks of its documents, which only a build
    makes.
    """

    def __init__(self, load: LoadSettings, folder: Path, as_of: Callable[[Settings], dt.date]) -> None:
        self._load = load
        self._folder = folder
        self._as_of = as_of
        self._changed = threading.Condition()
        self.version = 0
        self.failure = ""
        self._refused: tuple[Finding, ...] = ()

    def settings(self) -> Settings:
        """The settings of the preview: web pages alone, and folders of its own.

        Raises:
            PcstratError: if the settings are wrong.
        """
        output, cache = self._folder / "site", self._folder / "cache"
        settings = self._load()._replace(formats=("html",), output=output, cache=cache, publish_findings=False)
        return settings._replace(marks_places=True)

    def build(self) -> BuildOutcome | PcstratError:
        """Build what has changed; the last good pages stay where that fails. Tells all that wait."""
        try:
            settings = self.settings()
            result: BuildOutcome | PcstratError = build(settings, (), as_of=self._as_of(settings))
        except PcstratError as error:
            result = error
        with self._changed:
            self.failure = f"{result.message} {result.remedy}".strip() if isinstance(result, PcstratError) else ""
            self._refused = () if isinstance(result, PcstratError) else tuple(_of_documents(result.findings))
            self.version += 1
            self._changed.notify_all()
        return result

    def wait(self, version: int, seconds: float) -> int:
        """Wait for a build after a version, but not longer than some seconds; the version there is then."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def page(self, path: str) -> bytes | None:
        """A published file by its path; nothing for whatever the build did not make."""
        manifest = self._manifest()
        listed = {file.path for file in manifest.all_files()} if manifest else set()
        return (self._folder / "site" / path).read_bytes() if path in listed else None

    def _manifest(self) -> Manifest | None:
        try:
            with (self._folder / "site" / FILE_NAME).open("rb") as file:
                return read_manifest(file.read(MAX_BYTES))
        except FileNotFoundError:
            return None

    def findings(self, plan_id: str) -> list[dict[str, Any]]:
        """What the rules find in a plan as it is now, and why its documents were refused when it was built last.

        If no plan is named, what keeps plans from being published.
        Each has its severity, code, message, remedy, the item's name, and the anchors it may stand beside, the
        innermost first.
        """
        try:
            settings = self.settings()
            files = resolve_plans((), settings)
            wanted = [file for file in files if not plan_id or self._is_source(file, plan_id)]
            review = check_files(wanted, settings, self._as_of(settings))
        except PcstratError:
            return []
        by_name = {file.name: file for file in wanted}
        faults = [entry for result in review.results for entry in (result.faults if plan_id else result.errors)]
        told = [each for entry in faults for each in _told(entry, by_name[entry.file])]
        return told + [_told_at(entry, entry.where, entry.message) for entry in self._refused if entry.file in by_name]

    def _is_source(self, file: PlanFile, plan_id: str) -> bool:
        """Whether a plan comes from a file: as it was built last, or by its name where it never was."""
        manifest = self._manifest()
        plan = manifest.plan(plan_id) if manifest else None
        return file.name == plan.source if plan else file.plan_id == plan_id


def _of_documents(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those findings of a build that keep a document from being published."""
    return (finding for finding in findings if finding.severity is Severity.ERROR and finding.code in CODES)


def _told(entry: CheckedFinding, file: PlanFile) -> Iterator[dict[str, Any]]:
    data = read_source(file.content, file.name).data
    places: tuple[CheckedFinding | FoundPlace, ...] = entry.places or (entry,)
    for place in places:
        line = place.span.start.line if place.span else None
        anchors = anchors_around(data, place.path)
        yield _told_at(entry, place.where, place.message) | {"line": line, "anchors": anchors}


def _told_at(entry: CheckedFinding | Finding, where: str, message: str) -> dict[str, Any]:
    """What a page is told of a finding that stands nowhere on it."""
    return {
        "severity": entry.severity.value,
        "code": entry.code,
        "file": entry.file,
        "line": None,
        "where": where,
        "message": message,
        "remedy": entry.remedy,
        "anchors": [],
    }


def anchors_around(data: object, path: PlanPath) -> list[str]:
    """The anchors around a place, the innermost first: of items, of the lists in them, and of the section of the page.

    An item without an id has the anchor of its place in the file. The page need not have all of these.
    """
    found = [part_id("part", _PARTS.get(str(path[0]), str(path[0])))] if path else []
    for depth, (step, around, inside) in enumerate(_steps(data, path)):
        if depth and (name := _id_of(around)):
            found.insert(0, part_id(name, _LISTS.get(str(step), str(step).replace("_", "-"))))
        if name := _id_of(inside):
            found.insert(0, name)
        elif isinstance(inside, dict) or isinstance(step, int):
            found.insert(0, place_anchor(path[: depth + 1]))
    return found


def _steps(data: object, path: PlanPath) -> Iterator[tuple[str | int, object, object]]:
    """Each step of a path with what it leads out of and into; that is nothing once it leads nowhere."""
    for step in path:
        around = data
        if isinstance(around, dict):
            data = around.get(step)
        elif isinstance(around, list) and isinstance(step, int) and step < len(around):
            data = around[step]
        else:
            data = None
        yield step, around, data


def _id_of(item: object) -> str | None:
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None
