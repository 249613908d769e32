"""`pcstrat build`: checks plans, makes every document, and publishes what has no errors."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import replace

from pcstrat.check import Review
from pcstrat.commands.documents import Workshop, made_documents, user_templates
from pcstrat.commands.ledger import Ledger
from pcstrat.commands.outcome import Outcome, code_of
from pcstrat.commands.plan_files import code_with
from pcstrat.commands.validate import check_files
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.progress import NoProgress, Progress
from pcstrat.publish.staging import Publication
from pcstrat.registry import load_registry
from pcstrat.render.environment import Templates
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans

_NOTHING = "Nothing was published, because a plan has errors (--all-or-nothing)."


def build(settings: Settings, arguments: Sequence[str], *, as_of: dt.date, progress: Progress | None = None) -> Outcome:
    """Build the plans that the arguments name, or all, and the index of all.

    A plan with errors keeps the documents it has; with `all_or_nothing`, nothing is published then.

    Raises:
        UsageError: if an argument names nothing or more than one thing, or two plans have one id.
        NotDoneError: if there are no plans, documents cannot be made, or the output folder cannot be written to.
    """
    registry = load_registry(settings.registry_folder)
    files = resolve_plans(arguments, settings)
    _refuse_folder_of_plans(files, settings)
    if settings.all_or_nothing:
        refused = _refused(check_files(files, registry, settings, as_of))
        if refused.code:
            return _with_code(refused, files)
    workshop = Workshop(settings, registry, as_of, Templates(user_templates(settings)))
    with Publication(settings.output, _shown(settings)) as publication:
        ledger = Ledger(workshop, publication)
        _make(files, workshop, ledger, progress or NoProgress())
        if settings.all_or_nothing and code_of(ledger.findings):
            return _with_code(ledger.outcome(len(files), None, _NOTHING), files)
        if arguments:
            ledger.keep_others(_other_plans(files, settings))
        changes = publication.commit(ledger.manifest())
        return _with_code(ledger.outcome(len(files), changes), files)


def _with_code(outcome: Outcome, files: Sequence[PlanFile]) -> Outcome:
    return replace(outcome, code=code_with(files, outcome.code))


def _refuse_folder_of_plans(files: Sequence[PlanFile], settings: Settings) -> None:
    """Refuse to build among the plans: the next build would take what is there for plans, and edits would be lost."""
    folders = {settings.strategies, *(file.path.parent for file in files if file.path)}
    if os.path.realpath(settings.output) in map(os.path.realpath, folders):
        message = f"'{_shown(settings)}' is a folder that holds plans; documents are not built into it."
        raise UsageError(message, "Name another folder with --output.")


def _refused(review: Review) -> Outcome:
    """What to say when nothing is published because of what the rules found."""
    findings = review.faults
    return Outcome(
        code=code_of(findings),
        checked=len(review.results),
        findings=findings,
        lines=review.lines,
        messages=(_NOTHING,),
    )


def _make(files: Sequence[PlanFile], workshop: Workshop, ledger: Ledger, progress: Progress) -> None:
    progress.start(len(files))
    try:
        for documents in made_documents(files, workshop):
            ledger.add(documents)
            progress.step(f"{documents.plan_id}: {'made' if documents.contents else 'not made'}")
    finally:
        progress.stop()


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
