"""Turns the plan files of a run into loaded plans, and says what they have to do with each other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.history import PlansAt, stated_id
from pcstrat.workspace import PlanFile, resolve_plans

if TYPE_CHECKING:
    from pcstrat.load import Loaded
    from pcstrat.registry import Registry
    from pcstrat.settings import Settings

STDIN = "-"
"""What stands for the text from stdin where plans are named."""


def refuse_mixture(plans: Sequence[str]) -> None:
    """Refuse stdin beside plans.

    Raises:
        UsageError: if both are named.
    """
    if STDIN in plans and len(plans) > 1:
        raise UsageError("'-' (the text from stdin) is named beside plans.", "Name either.")


class Work(NamedTuple):
    """A file to check, and another file whose plan has the same id, if there is one."""

    file: PlanFile
    same_id: str


def load_file(file: PlanFile, registry: Registry, *, same_id: str = "") -> Loaded:
    """Load a plan file; one that cannot be read has that as its only finding. Marks what `--fix` can mend."""
    from pcstrat.load import load_plan, unreadable_plan  # not where nothing has changed

    if file.unreadable:
        return unreadable_plan(file.name, file.unreadable, file.remedy)
    loaded = load_plan(file.content, file.name, registry, file_id=file.plan_id, same_id=same_id)
    if not loaded.findings or file.path is None:
        return loaded
    from pcstrat.edit.fixes import with_fixable_marked  # not where nothing is wrong

    return with_fixable_marked(loaded, registry)


def named_plans(arguments: Sequence[str], settings: Settings) -> tuple[PlanFile, ...]:
    """The plans that arguments name; one whose file has another name or place may be named by its id too.

    Raises:
        UsageError: if an argument names nothing, or an id is that of several files.
        NotDoneError: if there are no plans, or a file or a revision cannot be read.
    """
    if not arguments:
        return resolve_plans((), settings)
    files = [file for argument in arguments for file in _named(argument, settings)]
    return tuple({file.name if file.path is None else os.path.realpath(file.path): file for file in files}.values())


def _named(argument: str, settings: Settings) -> tuple[PlanFile, ...]:
    try:
        files = resolve_plans([argument], settings)
    except UsageError:
        found = [file for file in resolve_plans((), settings) if stated_id(file.content) == argument]
        if len(found) != 1:
            raise
        return (found[0],)
    except NotDoneError:
        then = _by_id_then(argument, settings)
        if then is None:
            raise
        return (then,)
    if len(files) == 1 and files[0].revision and stated_id(files[0].content) not in {"", files[0].plan_id}:
        return (_by_id_then(argument, settings) or files[0],)
    return files


def _by_id_then(argument: str, settings: Settings) -> PlanFile | None:
    """The plan of `ID@REVISION`, by the id that its file stated then, whatever the file was called and wherever it was.

    Raises:
        NotDoneError: if git cannot be asked, or knows no such revision.
    """
    plan_id, _, revision = argument.rpartition("@")
    if not plan_id or not revision or "/" in plan_id:
        return None
    return PlansAt(revision, settings).with_id(plan_id)


def code_with(files: Iterable[PlanFile], code: ExitCode) -> ExitCode:
    """An exit code, 3 at least if a file could not be read."""
    return max(code, ExitCode.NOT_DONE) if any(file.unreadable for file in files) else code


def id_in(file: PlanFile) -> str:
    """The id that a file states, in whatever notation."""
    if plan_id := stated_id(file.content):
        return plan_id
    from pcstrat.source import read_source  # rarely needed

    data = read_source(file.content, file.name).data
    written = data.get("id") if isinstance(data, dict) else None
    return written if isinstance(written, str) else ""


def same_ids(files: Iterable[PlanFile], id_in: Callable[[PlanFile], str] = id_in) -> Mapping[str, str]:
    """For each file whose plan has the id of another, by its name, the name of the other file.

    A plan at a revision is the same plan at another time, and so does not count. `id_in` says what id a file states.
    """
    by_id: dict[str, list[str]] = {}
    for file in files:
        if file.revision is None and not file.unreadable and (plan_id := id_in(file)):
            by_id.setdefault(plan_id, []).append(file.name)
    groups = [names for names in by_id.values() if len(names) > 1]
    return {name: names[0] if place else names[1] for names in groups for place, name in enumerate(names)}
