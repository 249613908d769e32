"""Turns the documents of each plan into what the output folder will hold: files, index, manifest and findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pcstrat import __version__
from pcstrat.check import CheckResult, Review
from pcstrat.commands.accessibility import accessibility_html
from pcstrat.commands.document_list import DATA, files_on_index
from pcstrat.commands.documents import Documents, Workshop, findings_html, listing_data
from pcstrat.commands.outcome import Outcome, code_of
from pcstrat.commands.plan_files import load_file
from pcstrat.commands.validate import lines_of_result
from pcstrat.compare import Digest, digest
from pcstrat.diagnostics import Finding
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.publish.inspect_page import ACCESSIBILITY_PAGE, inspect_page
from pcstrat.publish.manifest import Manifest, PublishedPlan, sha256
from pcstrat.publish.manifest import PublishedFile as PublishedSiteFile
from pcstrat.publish.problems import RefusedError
from pcstrat.publish.staging import Changes, Publication
from pcstrat.render.site import Listed, PublishedFile, site_page
from pcstrat.workspace import PlanFile

INDEX = "index.html"
FINDINGS = "findings.html"
INDEX_TEMPLATE = "documents/index.html.j2"


class Ledger:
    """Collects, plan by plan, what is published, what is listed and what was found."""

    def __init__(self, workshop: Workshop, publication: Publication) -> None:
        self.workshop = workshop
        self.publication = publication
        self.plans: dict[str, PublishedPlan] = {}
        self.listed: list[Listed] = []
        self.sources: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.results: list[CheckResult] = []
        self.lines: dict[tuple[str, int], str] = {}
        self.engines: dict[str, str] = {}
        self.digests: dict[str, Digest] = {}
        self.messages: list[str] = []

    def add(self, documents: Documents) -> None:
        """Stage the documents of a plan that was built, or keep those it has.

        Raises:
            UsageError: if another plan has the same id.
        """
        self.findings += documents.findings
        self.results.append(documents.result)
        self.lines |= documents.lines
        if documents.contents:
            self._refuse_second(documents)
            self._publish(documents)
        else:
            self._keep(documents.file, documents.plan_id, documents.errors)

    def _refuse_second(self, documents: Documents) -> None:
        first = self.sources.setdefault(documents.plan_id, documents.file.name)
        if first != documents.file.name:
            message = f"'{first}' and '{documents.file.name}' both have the id '{documents.plan_id}'."
            raise UsageError(message, "Give one of them another id, or build them one at a time.")

    def _publish(self, documents: Documents) -> None:
        files = [self.publication.write(path, content) for path, content in documents.contents.items()]
        plan = PublishedPlan(
            id=documents.plan_id,
            source=documents.file.name,
            source_sha256=sha256(documents.file.content),
            content_hash=documents.content_hash,
            as_of=self.workshop.as_of.isoformat(),
            files=tuple(files),
        )
        self._list(plan, documents.data, 0)
        self.engines |= documents.engines
        if documents.digest:
            self.digests[documents.plan_id] = documents.digest

    def keep_others(self, files: Iterable[PlanFile]) -> None:
        """Keep the documents of plans that were not named; they are loaded to see whether they have errors."""
        for file in files:
            loaded = load_file(file, self.workshop.registry)
            result = self.workshop.check(loaded)
            self.results.append(result)
            self.lines |= lines_of_result(loaded, result)
            self._keep(file, loaded.plan.id if loaded.plan else file.plan_id, len(result.errors))
            if loaded.plan and not result.errors and loaded.plan.id in self.plans:
                self.digests[loaded.plan.id] = digest(loaded.plan, self.workshop.registry)
        built = {*self.sources.values()}
        for plan in self._published_before():
            if plan.id not in self.plans and plan.source not in built and self._source_exists(plan.source):
                self._list(plan, self._data_of(plan), 0)

    def _keep(self, file: PlanFile, plan_id: str, errors: int) -> None:
        before = [plan for plan in self._published_before() if plan.source == file.name or plan.id == plan_id]
        if before and before[0].id not in self.plans:
            self._list(before[0], self._data_of(before[0]), errors)
        elif plan_id not in self.plans and all(entry.plan_id != plan_id for entry in self.listed):
            self.listed.append(Listed(plan_id=plan_id, errors=errors))

    def _source_exists(self, source: str) -> bool:
        """Whether a source that is none of the folder of plans is still there; a revision always is."""
        return "@" in source or (self.workshop.settings.folder / source).exists()

    def _published_before(self) -> tuple[PublishedPlan, ...]:
        return self.publication.old.plans if self.publication.old else ()

    def _data_of(self, plan: PublishedPlan) -> dict[str, Any]:
        """What the published data file of a plan says, if nobody changed it."""
        file = next((file for file in plan.files if file.path.endswith(f"/{DATA}")), None)
        content = self.publication.published(file) if file else None
        if content is None:
            self.messages.append(f"The documents of '{plan.id}' were changed or removed by hand; build it again.")
            return {}
        return listing_data(json.loads(content))

    def _list(self, plan: PublishedPlan, data: dict[str, Any], errors: int) -> None:
        self.plans[plan.id] = plan
        sizes = {file.path: file.size for file in plan.files}
        shown = files_on_index(plan.id, sizes)
        files = {kind: PublishedFile(href=path, size=sizes[path]) for kind, path in shown.items()}
        self.listed.append(Listed(plan_id=plan.id, data=data, files=files, errors=errors))

    def manifest(self) -> Manifest:
        """Stage the index and say what the folder will hold."""
        old = self.publication.old
        return Manifest(
            pcstrat=__version__,
            as_of=self.workshop.as_of.isoformat(),
            engines=self.engines or (old.engines if old and self._has_pdf() else {}),
            files=tuple(self._site_files()),
            plans=tuple(self.plans.values()),
        )

    def _has_pdf(self) -> bool:
        return any(file.path.endswith(".pdf") for plan in self.plans.values() for file in plan.files)

    def _site_files(self) -> Iterator[PublishedSiteFile]:
        """Stage the pages on all plans; the last says what was checked of all others."""
        pages = {path: html.encode() for path, html in self._site()}
        files = [self.publication.write(path, content) for path, content in {**self._comparison(), **pages}.items()]
        yield from files
        every = (*(file for plan in self.plans.values() for file in plan.files), *files)
        html = accessibility_html(self.workshop, every)
        yield self.publication.write(ACCESSIBILITY_PAGE, html.encode())

    def _site(self) -> Iterator[tuple[str, str]]:
        """The pages on all plans: the index, and what the rules found if that is to be public."""
        yield INDEX, self._index()
        if self.workshop.settings.publish_findings:
            results = tuple(sorted(self.results, key=lambda result: result.file))
            review = Review(results=results, as_of=self.workshop.as_of, lines=self.lines)
            yield FINDINGS, findings_html(review, self.workshop.settings, self.workshop.templates)

    def _compares(self) -> bool:
        """Whether there is anything to compare, and pages to lead to it."""
        return len(self.digests) > 1 and "html" in self.workshop.settings.formats

    def _comparison(self) -> dict[str, bytes]:
        """The files of the comparison of all plans that are up to date.

        Raises:
            RefusedError: if a template makes one of them inaccessible.
        """
        if not self._compares():
            return {}
        from pcstrat.commands.compare_files import comparison_files  # noqa: PLC0415 - not for a single plan

        workshop = self.workshop
        files = comparison_files(
            [self.digests[plan_id] for plan_id in sorted(self.digests)],
            workshop.registry,
            workshop.render,
            as_of=workshop.as_of,
            publisher=workshop.settings.publisher or "",
            make_pdf=self._comparison_pdf if workshop.makes_pdf else None,
        )
        problems = [
            problem
            for path, content in files.items()
            if path.endswith(".html")
            for problem in inspect_page(content.decode()).problems
        ]
        if problems:
            raise RefusedError(tuple(problems))
        return files

    def _comparison_pdf(self, html: str) -> bytes:
        from pcstrat.publish.workers import checked_pdf  # noqa: PLC0415 - not for web pages alone

        result = checked_pdf(html, self.workshop.templates_folder)
        if result.failure:
            raise NotDoneError(*result.failure)
        if result.problems:
            raise RefusedError(result.problems)
        return result.pdf

    def _index(self) -> str:
        """The page that lists all plans.

        Raises:
            RefusedError: if a template makes it inaccessible.
        """
        page = site_page(
            self.listed,
            as_of=self.workshop.as_of,
            publisher=self.workshop.settings.publisher or "",
            compared=self._compares(),
        )
        html = self.workshop.render(INDEX_TEMPLATE, page)
        problems = inspect_page(html).problems
        if problems:
            raise RefusedError(problems)
        return html

    def outcome(self, checked: int, changes: Changes | None, *messages: str) -> Outcome:
        """What the run found and did."""
        changes = changes or Changes()
        return Outcome(
            code=code_of(self.findings),
            checked=checked,
            findings=tuple(self.findings),
            lines=self.lines,
            messages=(*self.publication.messages, *self.messages, *messages),
            output=self.publication.shown,
            written=changes.written,
            unchanged=changes.unchanged,
            removed=changes.removed,
        )
