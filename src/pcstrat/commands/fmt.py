"""`pcstrat fmt`: puts plans in normal form, or says which are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pcstrat.commands.edits import EditedFile, EditOutcome, edited_files, files_to_edit, plans_counted, write_all
from pcstrat.edit.normal_form import normal_form
from pcstrat.errors import ExitCode
from pcstrat.settings import Settings
from pcstrat.text import sentence_case
from pcstrat.workspace import PlanFile


@dataclass(frozen=True, slots=True, kw_only=True)
class FmtRequest:
    """What is asked for: which plans; whether to name those that would change, or to show how, and write nothing."""

    plans: tuple[str, ...] = ()
    check: bool = False
    diff: bool = False

    @property
    def writes(self) -> bool:
        """Whether files change."""
        return not (self.check or self.diff)


def fmt(settings: Settings, request: FmtRequest) -> EditOutcome:
    """Put the plans that the request names, or all, in normal form.

    Raises:
        UsageError: if the request names something that does not exist or cannot be changed.
        NotDoneError: if there are no plans.
    """
    files = files_to_edit(request.plans, settings)
    edited, failures = edited_files(files, normal_form)
    changed = [one for one in edited if one.is_changed]
    same = len(edited) - len(changed)
    if request.writes:
        changed, unwritten = write_all(changed)
        failures += unwritten
    text = _text(changed, same, request)
    code = ExitCode.FOUND if changed and not request.writes else ExitCode.CLEAN
    return EditOutcome(code=ExitCode.NOT_DONE if failures else code, text=text, failures=tuple(failures))


def fmt_text(content: bytes, request: FmtRequest) -> EditOutcome:
    """Put a text from stdin in normal form; without `check` and `diff`, the result is the text for stdout.

    Raises:
        NotDoneError: if it cannot be read or not be put in normal form.
    """
    edited, failures = edited_files([PlanFile(plan_id="", name="<stdin>", content=content)], normal_form)
    if failures:
        raise failures[0]
    if request.writes:
        return EditOutcome(code=ExitCode.CLEAN, text=edited[0].after.decode())
    changed = [one for one in edited if one.is_changed]
    text = _text(changed, 1 - len(changed), request)
    return EditOutcome(code=ExitCode.FOUND if changed else ExitCode.CLEAN, text=text)


def _text(changed: Sequence[EditedFile], same: int, request: FmtRequest) -> str:
    if request.diff:
        return "".join(one.diff() for one in changed)
    done = "Formatted" if request.writes else "Would format"
    lines = [f"{done} {one.file.name}" for one in changed]
    would = "" if request.writes else "would be "
    parts = [f"{plans_counted(len(changed))} {would}formatted"] if changed else []
    parts += [f"{plans_counted(same)} already in normal form"] if same else []
    return "\n".join([*lines, *([f"{sentence_case(', '.join(parts))}."] if parts else [])])
