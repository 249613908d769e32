"""`pcstrat build`: checks plans, makes every document, and publishes what has no errors."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pcstrat.commands.build_cache import BuildCache
from pcstrat.commands.ledger import Ledger
from pcstrat.commands.outcome import BuildOutcome, code_of
from pcstrat.commands.plan_files import code_with, same_ids
from pcstrat.commands.workshop import Workshop
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.progress import NoProgress, ProgressDisplay
from pcstrat.publish.cache import PlanRecord
from pcstrat.publish.staging import Publication
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans

if TYPE_CHECKING:
    from pcstrat.commands.documents import Documents

_NOTHING = "Nothing was published, because a plan has errors (--all-or-nothing)."


def build(  # noqa: PLR0913 - each is an option of the command
    settings: Settings,
    arguments: Sequence[str],
    *,
    as_of: dt.date,
    since: str | None = None,
    progress: ProgressDisplay | None = None,
    force: bool = False,
) -> BuildOutcome:
    """Build the plans that the arguments name, or all, and the index of all. What has not changed is left as it is.

    A plan with errors keeps the documents it has; with `all_or_nothing`, nothing is published then. With the revision
    `since`, each document says what has changed since then. With `force`, everything is made again.

    Raises:
        UsageError: if an argument names nothing or more than one thing, or two plans have one id.
        NotDoneError: if there are no plans, documents cannot be made, the output folder cannot be written to, or the
            revision or a plan of then cannot be read.
    """
    files = resolve_plans(arguments, settings)
    _refuse_folder_of_plans(files, settings)
    with Publication(settings.output, _shown(settings)) as publication:
        cache = BuildCache(settings, as_of, publication.folder, since=since, force=force)
        work = _sorted_out(files, cache)
        workshop = Workshop(settings, as_of, cache)
        if since is not None:
            from pcstrat.commands.since import Since  # not where nothing has changed

            workshop.since = Since(since, settings, workshop.registry, files)
        ledger = Ledger(workshop, publication, work.same_ids)
        outcome = _built(arguments, files, work, ledger, progress or NoProgress())
    return outcome._replace(code=code_with(files, outcome.code))


def _built(
    arguments: Sequence[str], files: Sequence[PlanFile], work: _Work, ledger: Ledger, progress: ProgressDisplay
) -> BuildOutcome:
    """Make what is to be made, and publish it."""
    workshop, publication = ledger.workshop, ledger.publication
    all_or_nothing = workshop.settings.all_or_nothing
    if all_or_nothing and work.to_make:
        refused = _refused(files, workshop)
        if refused.code:
            return refused
    _make(files, work, ledger, progress)
    if all_or_nothing and code_of(ledger.findings):
        return ledger.outcome(len(files), None, _NOTHING)
    if arguments:
        ledger.keep_others(_other_plans(files, workshop.settings))
    manifest = ledger.manifest()
    changes = publication.commit(manifest)
    remark = workshop.cache.write(manifest.all_files(), all_plans=not arguments)
    return ledger.outcome(len(files), changes, *filter(None, [remark]))


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done: the key of each plan, plans that are as they were (by file name), and plans to make."""

    same_ids: Mapping[str, str]
    keys: Mapping[str, str]
    known: Mapping[str, PlanRecord]
    to_make: tuple[PlanFile, ...]


def _sorted_out(files: Sequence[PlanFile], cache: BuildCache) -> _Work:
    same = same_ids(files)
    keys = {file.name: cache.plan_key(file, same.get(file.name, "")) for file in files}
    known = {file.name: record for file in files if (record := cache.plan(file, keys[file.name]))}
    return _Work(same, keys, known, tuple(file for file in files if file.name not in known))


def _refuse_folder_of_plans(files: Sequence[PlanFile], settings: Settings) -> None:
    """Refuse to build among the plans: the next build would take what is there for plans, and edits would be lost."""
    folders = {settings.strategies, *(file.path.parent for file in files if file.path)}
    if os.path.realpath(settings.output) in map(os.path.realpath, folders):
        message = f"'{_shown(settings)}' is a folder that holds plans; documents are not built into it."
        raise UsageError(message, "Name another folder with --output.")


def _refused(files: Sequence[PlanFile], workshop: Workshop) -> BuildOutcome:
    """What to say when nothing is published because of what the rules found."""
    from pcstrat.commands.validate import check_files  # not where nothing has changed

    review = check_files(files, workshop.settings, workshop.as_of)
    findings = review.faults
    return BuildOutcome(
        code=code_of(findings),
        checked=len(review.results),
        findings=findings,
        lines=review.lines,
        messages=(_NOTHING,),
    )


def _make(files: Sequence[PlanFile], work: _Work, ledger: Ledger, progress: ProgressDisplay) -> None:
    """Enter every plan in the order of the files; the progress is that of the plans that are made."""
    with _made(work, ledger.workshop) as made:
        progress.start(len(work.to_make))
        try:
            for file in files:
                if file.name in work.known:
                    ledger.recall(file, work.known[file.name])
                    continue
                documents = next(made)
                ledger.add(file, documents, work.keys[file.name])
                progress.step(f"{documents.plan_id}: {'made' if documents.contents else 'not made'}")
        finally:
            progress.stop()


def _made(work: _Work, workshop: Workshop) -> AbstractContextManager[Iterator[Documents]]:
    if not work.to_make:
        return nullcontext(iter(()))
    from pcstrat.commands.all_documents import made_documents  # not where nothing has changed

    return made_documents(work.to_make, workshop, work.same_ids)


def _shown(settings: Settings) -> str:
    output, folder = settings.output, settings.folder
    return (output.relative_to(folder) if output.is_relative_to(folder) else output).as_posix()


def _other_plans(files: Sequence[PlanFile], settings: Settings) -> tuple[PlanFile, ...]:
    """The plans of the folder that were not named; none if there is no such folder."""
    try:
        every = resolve_plans((), settings)
    except NotDoneError:
        return ()
    named = {file.name for file in files}
    return tuple(file for file in every if file.name not in named)
