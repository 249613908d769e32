"""Turns the documents of each plan into what the output folder will hold: files, index, manifest and findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pcstrat import __version__
from pcstrat.commands.listing import DATA, listing_data
from pcstrat.commands.outcome import BuildOutcome, code_of
from pcstrat.commands.site import Entry, Site
from pcstrat.commands.workshop import Workshop
from pcstrat.diagnostics import Finding, Severity
from pcstrat.errors import UsageError
from pcstrat.memory.fingerprint import sha256
from pcstrat.publish.cache import PlanRecord
from pcstrat.publish.manifest import Manifest, PublishedFile, PublishedPlan
from pcstrat.publish.staging import Changes, Publication
from pcstrat.workspace import PlanFile, archived_plans

if TYPE_CHECKING:
    from pcstrat.commands.documents import Documents
    from pcstrat.compare import Digest


class Ledger:
    """Collects, plan by plan, what is published, what is listed and what was found."""

    def __init__(self, workshop: Workshop, publication: Publication, same_ids: Mapping[str, str]) -> None:
        self.workshop = workshop
        self.publication = publication
        self.same_ids = same_ids
        self.plans: dict[str, PublishedPlan] = {}
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []
        self.lines: dict[tuple[str, int], str] = {}
        self.engines: dict[str, str] = {}
        self.messages: list[str] = []
        self.seen: dict[str, PlanFile] = {}
        self.compared: dict[str, PlanFile] = {}
        self.digests: dict[str, Digest] = {}
        self.rebuilt: list[str] = []
        self.up_to_date: list[str] = []
        self._keys: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    def add(self, file: PlanFile, documents: Documents, key: str) -> None:
        """Stage the documents of a plan that was built, or keep those it has; remember both under the plan's key.

        Raises:
            UsageError: if another plan has the same id.
        """
        if documents.digest:
            self.digests[documents.plan_id] = documents.digest
        if documents.difference and self.workshop.since:
            self.workshop.since.remember(documents.plan_id, documents.difference)
        files = tuple(self.publication.write(path, content) for path, content in documents.contents.items())
        for made in files:
            if made.path in documents.pdf_keys:
                self.workshop.cache.keep_pdf(documents.pdf_keys[made.path], made, documents.engines)
        record = PlanRecord(
            key=key,
            plan_id=documents.plan_id,
            content_hash=documents.content_hash,
            data=documents.data,
            files=files,
            engines=documents.engines,
            findings=documents.findings,
            lines=documents.lines,
        )
        self.workshop.cache.keep_plan(file, record)
        if files:
            self.rebuilt.append(documents.plan_id)
        self._enter(file, record)

    def recall(self, file: PlanFile, record: PlanRecord) -> None:
        """Leave a plan as the last build left it. Raises as `add`."""
        for entry in record.files:
            self.publication.keep(entry)
        if record.files:  # a plan that cannot be built is told of by its errors
            self.up_to_date.append(record.plan_id)
        self._enter(file, record)

    def _enter(self, file: PlanFile, record: PlanRecord) -> None:
        self.findings += record.findings
        self.lines |= record.lines
        self._see(file, record.key)
        if not record.files:
            self._keep(file, record.plan_id, _errors(record))
            return
        self._refuse_second(file, record.plan_id)
        plan = PublishedPlan(
            id=record.plan_id,
            source=file.name,
            source_sha256=sha256(file.content),
            content_hash=record.content_hash,
            as_of=self.workshop.as_of.isoformat(),
            files=record.files,
            revision=file.revision or "",
        )
        self._list(plan, record.data, 0)
        self.engines |= record.engines
        self.compared[record.plan_id] = file

    def _see(self, file: PlanFile, key: str) -> None:
        self.seen[file.name] = file
        self._keys[file.name] = key

    def _refuse_second(self, file: PlanFile, plan_id: str) -> None:
        first = self._sources.setdefault(plan_id, file.name)
        if first != file.name:
            message = f"'{first}' and '{file.name}' both have the id '{plan_id}'."
            raise UsageError(message, "Give one of them another id, or build them one at a time.")

    def keep_others(self, files: Iterable[PlanFile]) -> None:
        """Keep the documents of plans that were not named; one that changed is loaded to see whether it has errors."""
        for file in files:
            key = self.workshop.cache.plan_key(file)
            record = self.workshop.cache.plan(file, key)
            plan_id, errors = (record.plan_id, _errors(record)) if record else self._checked(file)
            self._see(file, key)
            self._keep(file, plan_id, errors)
            if not errors and plan_id in self.plans:
                self.compared[plan_id] = file
        built = {*self._sources.values()}
        for plan in self._published_before():
            if plan.id not in self.plans and plan.source not in built and self._source_exists(plan):
                self._list(plan, self._data_of(plan), 0)

    def _checked(self, file: PlanFile) -> tuple[str, int]:
        """The id of a plan, and how many errors it has."""
        from pcstrat.commands.plan_files import load_file  # only for plans that changed

        loaded = load_file(file, self.workshop.registry)
        result = self.workshop.check(loaded)
        return loaded.plan.id if loaded.plan else file.plan_id, len(result.errors)

    def _keep(self, file: PlanFile, plan_id: str, errors: int) -> None:
        before = [plan for plan in self._published_before() if plan.source == file.name or plan.id == plan_id]
        if before and before[0].id not in self.plans:
            self._list(before[0], self._data_of(before[0]), errors)
        elif plan_id not in self.plans and all(entry.plan_id != plan_id for entry in self.entries):
            self.entries.append(Entry(plan_id, {}, errors))

    def _source_exists(self, plan: PublishedPlan) -> bool:
        """Whether a source that is none of the folder of plans is still there; a revision always is."""
        return bool(plan.revision) or (self.workshop.settings.folder / plan.source).exists()

    def _published_before(self) -> tuple[PublishedPlan, ...]:
        return self.publication.old.plans if self.publication.old else ()

    def _data_of(self, plan: PublishedPlan) -> dict[str, Any]:
        """What the published data file of a plan says, if nobody changed it."""
        file = next((file for file in plan.files if file.path.endswith(f"/{DATA}")), None)
        content = self.publication.folder.published(file) if file else None
        if content is None:
            self.messages.append(f"The documents of '{plan.id}' were changed or removed by hand; build it again.")
            return {}
        return listing_data(json.loads(content))

    def _list(self, plan: PublishedPlan, data: Mapping[str, Any], errors: int) -> None:
        self.plans[plan.id] = plan
        since = self.workshop.since
        changes = since.sentence(plan.id) if since else ""
        self.entries.append(Entry(plan.id, data, errors, changes))

    def manifest(self) -> Manifest:
        """Stage the pages on all plans, unless they are up to date, and say what the folder will hold."""
        old = self.publication.old
        return Manifest(
            pcstrat=__version__,
            as_of=self.workshop.as_of.isoformat(),
            engines=self.engines or (old.engines if old and self._has_pdf() else {}),
            files=self._site(),
            plans=tuple(self.plans.values()),
        )

    def _has_pdf(self) -> bool:
        return any(file.path.endswith(".pdf") for plan in self.plans.values() for file in plan.files)

    def _archived(self) -> dict[str, str]:
        """The earlier plans that year on year may compare with, each with a hash of its content."""
        settings = self.workshop.settings
        files = (each for file in self.compared.values() for each in archived_plans(file, settings))
        return {file.name: sha256(file.content) for file in files}

    def _site(self) -> tuple[PublishedFile, ...]:
        cache = self.workshop.cache
        plans = [plan.data() for plan in self.plans.values()]
        key = cache.site_key(self._keys, self.entries, list(self.compared), plans, self._archived())
        files = cache.site(key)
        if files is None:
            from pcstrat.commands.site_pages import site_files  # not where nothing has changed

            site = Site(
                self.workshop,
                self.publication,
                self.entries,
                self.plans,
                self.compared,
                self.digests,
                self.seen,
                self.same_ids,
            )
            files = site_files(site)
        else:
            for file in files:
                self.publication.keep(file)
        cache.keep_site(key, files)
        return files

    def outcome(self, checked: int, changes: Changes | None, *messages: str) -> BuildOutcome:
        """What the run found and did."""
        published = changes or Changes()
        return BuildOutcome(
            code=code_of(self.findings),
            checked=checked,
            findings=tuple(self.findings),
            lines=self.lines,
            messages=(*self.publication.messages, *self.messages, *messages),
            output=self.publication.shown,
            written=published.written,
            unchanged=published.unchanged,
            removed=published.removed,
            rebuilt=tuple(self.rebuilt),
            up_to_date=tuple(self.up_to_date),
        )


def _errors(record: PlanRecord) -> int:
    return sum(finding.severity is Severity.ERROR for finding in record.findings)
