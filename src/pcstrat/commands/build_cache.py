"""Says what a build need not make again: what the last one made from the same, as long as it is still there unchanged.

There are two keys. That of a plan covers everything that its documents and findings come from, so that a plan whose key
is the same is not even loaded. That of a PDF, which takes longest, covers the page it is made from: a change that does
not show on the page (a comment, another day, a rule) leaves the PDF as it is.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping

from pcstrat.commands.plan_keys import plan_key, shared_key
from pcstrat.errors import NotDoneError
from pcstrat.memory.fingerprint import hash_of, hash_of_files, hash_of_folder, program
from pcstrat.memory.store import Store
from pcstrat.publish.cache import PdfRecord, PlanRecord, Records, SiteRecord, records_data, records_from
from pcstrat.publish.folder import OutputFolder
from pcstrat.publish.libraries import engines
from pcstrat.publish.manifest import PublishedFile
from pcstrat.render.template_folders import shipped_folder, user_templates
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile


class BuildCache:
    """What is remembered of one output folder, and what is to be remembered of this build.

    What documents say of their changes `since` a revision depends on all that stood there, so that they are made again
    each time, and again by the next build that says nothing of it. With `force` everything is.
    """

    def __init__(
        self,
        settings: Settings,
        as_of: dt.date,
        folder: OutputFolder,
        *,
        since: str | None = None,
        force: bool = False,
    ) -> None:
        self._folder = folder
        self._store = Store(settings.cache, "build", settings.output) if settings.cache else None
        self._before = records_from(self._store.read()) if self._store else Records()
        self._trusted = self._before if since is None else Records(pdfs=self._before.pdfs)
        if force:
            self._trusted = Records()
        self._plans: dict[str, PlanRecord] = {}
        self._pdfs: dict[str, PdfRecord] = {}
        self._site: SiteRecord | None = None
        own_templates = hash_of_folder(user_templates(settings))
        self._installed = [program(), _engines(settings), own_templates]
        findings = shared_key(settings, as_of)
        self._shared = hash_of(findings, self._installed, _inputs(settings), _settings(settings), since)

    def plan_key(self, file: PlanFile, same_id: str = "") -> str:
        """The key of a plan; `same_id` is another file whose plan has the same id."""
        return plan_key(self._shared, file, same_id)

    def plan(self, file: PlanFile, key: str) -> PlanRecord | None:
        """What a plan became in an earlier build, if that is still so."""
        record = self._trusted.plans.get(file.name)
        if record is None or record.key != key or not self._are_intact(record.files):
            return None
        self.keep_plan(file, record)
        return record

    def keep_plan(self, file: PlanFile, record: PlanRecord) -> None:
        """Remember what a plan became."""
        self._plans[file.name] = record

    def pdf_key(self, *html: str) -> str:
        """The key of the PDF of a page, or of the first of several that fits."""
        return hash_of(self._installed, *html)

    def pdf(self, key: str) -> tuple[bytes, Mapping[str, str]] | None:
        """A PDF that was made before, and the versions that made it."""
        record = self._trusted.pdfs.get(key)
        content = self._folder.published(record.file) if record else None
        return (content, record.engines) if record and content is not None else None

    def keep_pdf(self, key: str, file: PublishedFile, versions: Mapping[str, str]) -> None:
        """Remember a PDF that this build publishes."""
        self._pdfs[key] = PdfRecord(file=file, engines=versions)

    def site_key(self, *parts: object) -> str:
        """The key of the pages on all plans; `parts` say what they are made from, as plain data."""
        return hash_of(self._shared, *parts)

    def site(self, key: str) -> tuple[PublishedFile, ...] | None:
        """The files on all plans, if they need not be made again."""
        record = self._trusted.site
        return record.files if record and record.key == key and self._are_intact(record.files) else None

    def keep_site(self, key: str, files: Iterable[PublishedFile]) -> None:
        """Remember the files on all plans."""
        self._site = SiteRecord(key=key, files=tuple(files))

    def _are_intact(self, files: Iterable[PublishedFile]) -> bool:
        return all(map(self._folder.is_intact, files))

    def write(self, published: Iterable[PublishedFile], *, all_plans: bool) -> str:
        """Remember this build for the next one; what went wrong with that, in a sentence.

        Args:
            published: Every file that the output folder now holds.
            all_plans: Whether plans that this build did not see are gone.
        """
        if self._store is None:
            return ""
        there = {file.path: file.sha256 for file in published}
        pdfs = {**self._before.pdfs, **self._pdfs}
        kept = {key: record for key, record in pdfs.items() if there.get(record.file.path) == record.file.sha256}
        plans = self._plans if all_plans else {**self._before.plans, **self._plans}
        records = Records(plans=plans, pdfs=kept, site=self._site)
        if records == self._before:
            return ""
        try:
            self._store.write(records_data(records))
        except OSError as error:
            return f"The next build starts anew: '{self._store.cache}' cannot be written to ({error.strerror})."
        return ""


def _engines(settings: Settings) -> str:
    """The versions that decide the bytes of PDFs; where PDFs cannot be made, whoever makes one says so."""
    with contextlib.suppress(NotDoneError):
        return engines() if "pdf" in settings.formats else ""
    return "none"


def _inputs(settings: Settings) -> list[str]:
    """The hash of every file that documents come from, but plans, the user's templates and what findings come from."""
    registry, results = settings.registry_folder, settings.accessibility_results
    own = [*([registry / "significance.toml"] if registry else []), *([results] if results else [])]
    return [hash_of_folder(shipped_folder()), hash_of_files(own)]


def _settings(settings: Settings) -> list[object]:
    """The settings that documents depend on, and findings do not."""
    return [
        settings.formats,
        settings.publisher,
        settings.accessibility_contact,
        settings.accessibility_results is not None,
        settings.publish_findings,
        settings.embed_fonts,
    ]
