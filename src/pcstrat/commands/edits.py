"""What every command that edits plan files shares: which files, what became of each, and writing them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.files import rewrite
from pcstrat.settings import Settings
from pcstrat.source import Source, read_source
from pcstrat.text import counted, visible
from pcstrat.workspace import PlanFile, resolve_plans


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOutcome:
    """What a command did: the text for stdout, and what could not be done, each with a remedy."""

    code: ExitCode
    text: str = ""
    failures: tuple[NotDoneError, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedFile:
    """One file before and after; the same where there is nothing to change."""

    file: PlanFile
    before: str
    after: bytes

    @property
    def is_changed(self) -> bool:
        """Whether a byte of the file changes."""
        return self.file.content != self.after

    def write(self) -> None:
        """Put the new content in place.

        Raises:
            NotDoneError: if that cannot be done.
        """
        if self.is_changed and self.file.path is not None:
            rewrite(self.file.path, self.file.name, self.file.content, self.after)

    def diff(self) -> str:
        """The change as a unified diff that is safe to show; of line ends and byte order marks, that they change."""
        after = self.after.decode()
        if self.before == after:
            return f"{self.file.name}: only the ends of lines change, or a byte order mark\n" if self.is_changed else ""
        lines = difflib.unified_diff(
            self.before.splitlines(), after.splitlines(), self.file.name, self.file.name, lineterm=""
        )
        return "".join(f"{visible(line)}\n" for line in lines)


def files_to_edit(arguments: Sequence[str], settings: Settings) -> tuple[PlanFile, ...]:
    """The plans that the arguments name, or all.

    Raises:
        UsageError: if one is at a revision, and so cannot be changed.
        NotDoneError: if there are no plans, or one cannot be read.
    """
    files = resolve_plans(arguments, settings)
    for file in files:
        if file.path is None:
            raise UsageError(f"'{file.name}' is at a revision and cannot be changed.", "Name the file of today.")
    return files


def edited_files(
    files: Iterable[PlanFile], edit: Callable[[Source], str]
) -> tuple[list[EditedFile], list[NotDoneError]]:
    """Edit the text of each file; one that cannot be edited does not keep the others from it."""
    edited: list[EditedFile] = []
    failures: list[NotDoneError] = []
    for file in files:
        if file.unreadable:
            failures.append(NotDoneError(file.unreadable, file.remedy))
            continue
        source = read_source(file.content, file.name)
        try:
            edited.append(EditedFile(file, source.text, edit(source).encode()))
        except NotDoneError as error:
            failures.append(error)
    return edited, failures


def write_all(edited: Iterable[EditedFile]) -> tuple[list[EditedFile], list[NotDoneError]]:
    """Write what changed; return what was written, and why the rest was not."""
    written: list[EditedFile] = []
    failures: list[NotDoneError] = []
    for one in edited:
        try:
            one.write()
            written.append(one)
        except NotDoneError as error:
            failures.append(error)
    return written, failures


def plans_counted(number: int) -> str:
    """`1 plan`, `3 plans`."""
    return counted(number, "plan")
