"""`pcstrat status`: says of every milestone how it stands on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pcstrat.commands.outputs import one_of
from pcstrat.commands.plan_files import code_with, load_file, same_ids
from pcstrat.errors import ExitCode, NotDoneError
from pcstrat.registry import load_registry
from pcstrat.settings import Settings
from pcstrat.status import PlanStatus, status_of
from pcstrat.text import listed
from pcstrat.workspace import resolve_plans

FORMATS = ("text", "csv", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOutcome:
    """The text of the report, and the plans that cannot be reported on."""

    code: ExitCode
    text: str
    messages: tuple[str, ...] = ()


def status(settings: Settings, arguments: Sequence[str], *, form: str, as_of: dt.date) -> StatusOutcome:
    """Say how the milestones of the plans stand. What is overdue does not change the exit code; a broken plan does.

    Raises:
        UsageError: if the format or an argument is unknown.
        NotDoneError: if no plan can be read.
    """
    one_of("--format", form, FORMATS)
    registry = load_registry(settings.registry_folder)
    files = resolve_plans(arguments, settings)
    same = same_ids(files)
    plans: list[PlanStatus] = []
    wrong: list[str] = []
    for file in files:
        loaded = load_file(file, registry, same_id=same.get(file.name, ""))
        if loaded.plan is None or loaded.errors:
            wrong.append(file.name)
        else:
            plans.append(status_of(loaded.plan, as_of))
    if not plans:
        raise NotDoneError(f"No plan can be read: {listed(wrong)} has errors.", "Run: pcstrat validate")
    messages = (f"Left out, because of errors: {listed(wrong)}.",) if wrong else ()
    code = code_with(files, ExitCode.FOUND if wrong else ExitCode.CLEAN)
    return StatusOutcome(code=code, text=_text(plans, form, as_of), messages=messages)


def _text(plans: Sequence[PlanStatus], form: str, as_of: dt.date) -> str:
    if form == "text":
        from pcstrat.report.status_text import status_text

        return status_text(plans)
    from pcstrat.export.status_data import status_csv, status_json

    return status_csv(plans) if form == "csv" else status_json(plans, as_of=as_of)
