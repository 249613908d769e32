"""`pcstrat refresh`: rolls a plan over into another year, keeps last year's, and lists what there is to decide."""

from __future__ import annotations

import datetime as dt
import re

from pcstrat.commands.edits import EditedFile, EditOutcome, files_to_edit
from pcstrat.commands.plan_files import load_file
from pcstrat.edit.refresh import financial_year, refreshed
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.files import create, rewrite
from pcstrat.load import Loaded, load_plan
from pcstrat.model.times import Time, financial_year_name, financial_year_of
from pcstrat.outline import milestones_in_plan
from pcstrat.registry import load_registry
from pcstrat.report.refresh_text import refreshed_text
from pcstrat.settings import Settings
from pcstrat.workspace import ARCHIVE

_RELATIVE_SCHEMA = re.compile(
    rb"^#\s*yaml-language-server\s*:\s*\$schema=(?:\./)?(?![A-Za-z][\w+.-]*:|[/\\])", re.MULTILINE
)
"""The line that tells editors where the schema is, up to a path that is relative to the plan."""


def refresh(settings: Settings, plan: str, to: str, *, diff: bool = False) -> EditOutcome:
    """Roll one plan over into a financial year; with `diff` show what would change and write nothing.

    Last year's plan goes into the folder `archive` beside the plan, where no command looks for plans of today.

    Raises:
        UsageError: if the arguments name no plan, more than one, or no financial year.
        NotDoneError: if the plan has errors, is for that year already, or a file cannot be written. Nothing is then
            changed.
    """
    year = financial_year(to)
    files = files_to_edit([plan], settings)
    if len(files) != 1:
        raise UsageError(f"'{plan}' names {len(files)} plans.", "Name one plan.")
    file, registry = files[0], load_registry(settings.registry_folder)
    before = load_file(file, registry)
    _refuse_errors(before, file.name, f"Run 'pcstrat validate {file.name}' and mend it first.")
    _refuse_past(before, year)
    result = refreshed(before.source, year)
    after = load_plan(result.text.encode(), file.name, registry, file_id=file.plan_id)
    _refuse_errors(after, f"What would come of {file.name}", "Nothing was changed. Please report it with the file.")
    edited = EditedFile(file, before.source.text, result.text.encode())
    if diff:
        return EditOutcome(code=ExitCode.FOUND, text=edited.diff())
    archived = _archive(before, year)
    _write(edited, archived)
    return EditOutcome(code=ExitCode.CLEAN, text=refreshed_text(file.name, archived, to, result, after.source.span))


def _refuse_errors(loaded: Loaded, text: str, remedy: str) -> None:
    for finding in loaded.errors[:1]:
        line = f":{finding.span.start.line}" if finding.span else ""
        raise NotDoneError(f"{text}{line}: {finding.where}: {finding.message}", remedy)


def _refuse_past(loaded: Loaded, year: Time) -> None:
    """Refuse a year that is over on the newest day of the plan, which is a slip where no period tells it."""
    assert loaded.plan is not None  # noqa: S101 - it has no errors
    times = [loaded.plan.document.published, *(entry.time for entry in milestones_in_plan(loaded.plan))]
    dated = [(time.start, time.published) for time in times if time and time.start]
    newest, published = max(dated, default=(None, ""))
    if newest is not None and year.end is not None and newest > year.end:
        message = f"'{loaded.source.file}' speaks of '{published}', which is later than {year.published}."
        raise NotDoneError(message, "Name a later year with --to.")


def _archive(loaded: Loaded, year: Time) -> str:
    """The name of the file for the plan of the year that is left, beside the plan.

    That is the last year of its period, or the one before the new year if its period goes on or it states none.
    """
    assert loaded.plan is not None  # noqa: S101 - it has no errors
    assert year.start is not None  # noqa: S101 - a financial year has a first day
    period = loaded.plan.document.period
    last = year.start - dt.timedelta(days=1)
    left = min(last, period.end) if period and period.end else last
    return f"{ARCHIVE}/{loaded.plan.id}-{financial_year_name(financial_year_of(left)).replace('/', '-')}.yaml"


def _for_archive(content: bytes) -> bytes:
    """A plan as it was, but that its line for editors finds the schema from one folder further down."""
    return _RELATIVE_SCHEMA.sub(rb"\g<0>../", content, count=1)


def _write(edited: EditedFile, archived: str) -> None:
    file = edited.file
    assert file.path is not None  # noqa: S101 - files to edit have one
    path = file.path.parent / archived
    if not create(path, archived, _for_archive(file.content)):
        raise NotDoneError(f"'{archived}' exists already, and is left as it is.", "Move it away first.")
    try:
        rewrite(file.path, file.name, file.content, edited.after)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
