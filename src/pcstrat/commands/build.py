"""`pcstrat build`: checks plans, makes every document, and publishes what has no errors."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence

from pcstrat import __version__
from pcstrat.commands.documents import DATA_NAME, Documents, Workshop, listing_data, made_documents, user_templates
from pcstrat.commands.outcome import Outcome, code_of, lines_of
from pcstrat.diagnostics import Finding
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.load import load_plan
from pcstrat.progress import NoProgress, Progress
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.publish.manifest import Manifest, PublishedPlan, sha256
from pcstrat.publish.problems import RefusedError
from pcstrat.publish.staging import Publication
from pcstrat.registry import Registry, load_registry
from pcstrat.render.environment import Templates
from pcstrat.render.site import Listed, PublishedFile, site_page
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans

INDEX = "index.html"
INDEX_TEMPLATE = "documents/index.html.j2"


def build(
    settings: Settings, arguments: Sequence[str], *, as_of: dt.date, progress: Progress | None = None
) -> Outcome:
    """Build the plans that the arguments name, or all, and the index of all.

    A plan with errors keeps the documents it has; with `all_or_nothing`, nothing is published then.

    Raises:
        UsageError: if an argument names nothing or more than one thing, or two plans have one id.
        NotDoneError: if there are no plans, documents cannot be made, or the output folder cannot be written to.
    """
    registry = load_registry(settings.registry_folder)
    files = resolve_plans(arguments, settings)
    others = _other_plans(files, settings) if arguments else ()
    if settings.all_or_nothing:
        checked = _checked(files, registry)
        if checked.code:
            return checked
    workshop = Workshop(settings, registry, as_of, Templates(user_templates(settings)))
    with Publication(settings.output, _shown(settings)) as publication:
        return _Build(workshop, publication, progress or NoProgress()).run(files, others)


def _shown(settings: Settings) -> str:
    output, folder = settings.output, settings.folder
    return (output.relative_to(folder) if output.is_relative_to(folder) else output).as_posix()


def _checked(files: Sequence[PlanFile], registry: Registry) -> Outcome:
    """Load every plan and publish nothing."""
    findings: list[Finding] = []
    lines: dict[tuple[str, int], str] = {}
    for file in files:
        loaded = load_plan(file.content, file.name, registry, file_id=file.plan_id)
        findings += loaded.findings
        lines |= lines_of(loaded, loaded.findings)
    messages = (_NOTHING,)
    return Outcome(
        code=code_of(findings), checked=len(files), findings=tuple(findings), lines=lines, messages=messages
    )


_NOTHING = "Nothing was published, because a plan has errors (--all-or-nothing)."


def _other_plans(files: Sequence[PlanFile], settings: Settings) -> tuple[PlanFile, ...]:
    """The plans of the folder that were not named; none if there is no such folder."""
    try:
        every = resolve_plans((), settings)
    except NotDoneError:
        return ()
    named = {file.name for file in files}
    return tuple(file for file in every if file.name not in named)


class _Build:
    """One run: collects what is published of each plan, and the findings on the way."""

    def __init__(self, workshop: Workshop, publication: Publication, progress: Progress) -> None:
        self.workshop = workshop
        self.publication = publication
        self.progress = progress
        self.old = publication.old
        self.plans: dict[str, PublishedPlan] = {}
        self.listed: list[Listed] = []
        self.findings: list[Finding] = []
        self.lines: dict[tuple[str, int], str] = {}
        self.engines: dict[str, str] = {}

    def run(self, files: Sequence[PlanFile], others: Sequence[PlanFile]) -> Outcome:
        """Make, list and publish."""
        self._make(files)
        if self.workshop.settings.all_or_nothing and code_of(self.findings):
            return self._outcome(len(files), (_NOTHING,))
        for file in others:
            self._keep_other(file)
        if others or not self._is_whole(files):
            self._keep_elsewhere()
        index = self._index()
        manifest = Manifest(
            pcstrat=__version__,
            as_of=self.workshop.as_of.isoformat(),
            engines=self.engines or self._old_engines(),
            files=(self.publication.write(INDEX, index.encode()),),
            plans=tuple(self.plans.values()),
        )
        changes = self.publication.commit(manifest)
        return self._outcome(
            len(files), (), output=self.publication.shown,
            written=changes.written, unchanged=changes.unchanged, removed=changes.removed,
        )

    def _outcome(self, checked: int, messages: tuple[str, ...], **done: object) -> Outcome:
        return Outcome(
            code=code_of(self.findings),
            checked=checked,
            findings=tuple(self.findings),
            lines=self.lines,
            messages=(*self.publication.messages, *messages),
            **done,  # type: ignore[arg-type]
        )
