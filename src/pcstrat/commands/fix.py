"""`pcstrat validate --fix`: mends the spelling of codes, dates and amounts where it can only be meant one way."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.commands.edits import EditedFile, EditOutcome, edited_files, files_to_edit, write_all
from pcstrat.edit.fixes import Fix, fixed, is_mendable
from pcstrat.errors import ExitCode
from pcstrat.naming import shorten
from pcstrat.registry import load_registry
from pcstrat.settings import Settings
from pcstrat.source import Source
from pcstrat.text import counted, visible


def fix(settings: Settings, plans: Sequence[str], *, diff: bool = False) -> EditOutcome:
    """Make every safe fix in the plans named, or in all; with `diff` show them and write nothing.

    A file that is not valid YAML is left to `validate`, which says what is wrong with it; so is one that cannot be
    read, unless nothing but the changes is shown.

    Raises:
        UsageError: if the arguments name something that does not exist or cannot be changed.
        NotDoneError: if there are no plans.
    """
    registry = load_registry(settings.registry_folder)
    fixes: dict[str, list[Fix]] = {}

    def edit(source: Source) -> str:
        if not is_mendable(source):
            return source.text
        text, fixes[source.file] = fixed(source, registry)
        return text

    files = [file for file in files_to_edit(plans, settings) if diff or not file.unreadable]
    edited, failures = edited_files(files, edit)
    changed = [one for one in edited if fixes.get(one.file.name)]
    if diff:
        text = "".join(one.diff() for one in changed)
        code = ExitCode.FOUND if changed else ExitCode.CLEAN
        return EditOutcome(code=ExitCode.NOT_DONE if failures else code, text=text, failures=tuple(failures))
    written, unwritten = write_all(changed)
    failures += unwritten
    code = ExitCode.NOT_DONE if failures else ExitCode.CLEAN
    return EditOutcome(code=code, text=_text(written, fixes), failures=tuple(failures))


def _text(written: Sequence[EditedFile], fixes: dict[str, list[Fix]]) -> str:
    lines = [
        f"  {one.file.name}:{fix.line}: {fix.where}: {shorten(fix.before)} -> {fix.after}"
        for one in written
        for fix in fixes[one.file.name]
    ]
    if not lines:
        return ""
    return visible("\n".join(["Fixed:", *lines, f"{counted(len(lines), 'fix', 'fixes')} made.", ""]))
