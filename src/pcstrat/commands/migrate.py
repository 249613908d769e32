"""`pcstrat migrate`: rewrites plans of an older format in the newest one."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.commands.edits import EditOutcome, edited_files, files_to_edit, write_all
from pcstrat.edit.migrations import migrated
from pcstrat.errors import ExitCode
from pcstrat.model.plan import FORMAT_VERSION
from pcstrat.settings import Settings


def migrate(settings: Settings, plans: Sequence[str], *, check: bool = False, diff: bool = False) -> EditOutcome:
    """Rewrite the plans named, or all, in the newest format; with `check` or `diff` only say what would change.

    Raises:
        UsageError: if the arguments name something that does not exist or cannot be changed.
        NotDoneError: if there are no plans.
    """
    edited, failures = edited_files(files_to_edit(plans, settings), migrated)
    older = [one for one in edited if one.before != one.after.decode()]
    newest = [one for one in edited if one not in older]
    if not (check or diff):
        older, unwritten = write_all(older)
        failures += unwritten
    done = "Would rewrite" if check or diff else "Rewrote"
    lines = [f"{done} {one.file.name} in format {FORMAT_VERSION}." for one in older]
    lines += [f"{one.file.name} is already at version {FORMAT_VERSION}." for one in newest]
    text = "".join(one.diff() for one in older) if diff else "\n".join(lines)
    code = ExitCode.FOUND if older and (check or diff) else ExitCode.CLEAN
    return EditOutcome(code=ExitCode.NOT_DONE if failures else code, text=text, failures=tuple(failures))
