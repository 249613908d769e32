"""`pcstrat refresh`: rolls a plan over into another year, keeps last year's, and lists what there is to decide."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

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
from pcstrat.workspace import ARCHIVE, PlanFile

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
    archive = _archive(file, before, year)
    _refuse_again(before, year, archive, edited)
    if diff:
        return EditOutcome(code=ExitCode.FOUND, text=edited.diff())
    _write(edited, archive)
    return EditOutcome(code=ExitCode.CLEAN, text=refreshed_text(file.name, archive.name, to, result, after.source.span))


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


@dataclass(frozen=True, slots=True)
class _Archive:
    """Where the plan of the year that is left goes, beside the plan, and what it holds there."""

    name: str
    path: Path
    year: str
    content: bytes

    @property
    def holds_it(self) -> bool:
        """Whether it is there already, with just this content."""
        try:
            return self.path.read_bytes() == self.content
        except OSError:
            return False


def _archive(file: PlanFile, loaded: Loaded, year: Time) -> _Archive:
    """The file for the plan of the year that is left.

    That is the last year of its period, or the one before the new year if its period goes on or it states none.
    """
    assert loaded.plan is not None  # noqa: S101 - it has no errors
    assert year.start is not None  # noqa: S101 - a financial year has a first day
    assert file.path is not None  # noqa: S101 - files to edit have one
    period = loaded.plan.document.period
    last = year.start - dt.timedelta(days=1)
    left = financial_year_name(financial_year_of(min(last, period.end) if period and period.end else last))
    name = f"{ARCHIVE}/{loaded.plan.id}-{left.replace('/', '-')}.yaml"
    return _Archive(name, file.path.parent / name, left, _for_archive(file.content))


def _for_archive(content: bytes) -> bytes:
    """A plan as it was, but that its line for editors finds the schema from one folder further down."""
    return _RELATIVE_SCHEMA.sub(rb"\g<0>../", content, count=1)


def _refuse_again(loaded: Loaded, year: Time, archive: _Archive, edited: EditedFile) -> None:
    """Refuse a plan that covers the new year if that of the year before it was archived and this one made from it.

    An archive of what the plan is now, and will not be afterwards, is left from a run that was taken back.
    """
    assert loaded.plan is not None  # noqa: S101 - it has no errors
    assert year.start is not None  # noqa: S101 - a financial year has a first day
    period = loaded.plan.document.period
    covers = period is not None and period.end is not None and period.end >= year.start
    is_taken_back = edited.is_changed and archive.holds_it
    if covers and archive.path.is_file() and not is_taken_back:
        message = (
            f"'{loaded.source.file}' was rolled over to {year.published} already: "
            f"'{archive.name}' is the plan of {archive.year}."
        )
        remedy = "Name a later year with --to. To do it anew, first put the plan of the year before back in its place."
        raise NotDoneError(message, remedy)


def _write(edited: EditedFile, archive: _Archive) -> None:
    file = edited.file
    assert file.path is not None  # noqa: S101 - files to edit have one
    is_new = create(archive.path, archive.name, archive.content)
    if not is_new and not archive.holds_it:
        raise NotDoneError(f"'{archive.name}' exists already, and is left as it is.", "Move it away first.")
    try:
        rewrite(file.path, file.name, file.content, edited.after)
    except BaseException:
        if is_new:
            archive.path.unlink(missing_ok=True)
        raise
