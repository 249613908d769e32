"""`pcstrat import`: turns a StratML file into a new plan file, and says what was not taken over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pcstrat.diagnostics import Finding
from pcstrat.edit.normal_form import normal_form
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.files import create
from pcstrat.load import load_plan
from pcstrat.model.base import ID_PATTERN
from pcstrat.registry import load_registry
from pcstrat.settings import Settings
from pcstrat.source import read_source
from pcstrat.source.write import to_yaml
from pcstrat.stratml import read_stratml
from pcstrat.text import LONGEST_ID, visible_name

_HEAD = """\
# A draft made from {source}. Read it through: what the source does not state is left out.
"""
_KIND_IS_OURS = (
    "StratML does not have the kinds of document that a plan has; the draft says '{kind}'. Change it if that is wrong."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """The file to read; the ODS code, the id and the path to use where they are given."""

    file: str
    icb: str = ""
    plan_id: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The plan file that was written, what was not taken over from the source, and what is still wrong with it."""

    written: str
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]


def import_plan(settings: Settings, request: ImportRequest) -> Imported:
    """Write a plan file from a StratML file. A file that is there is never overwritten.

    Raises:
        StratmlError: if the file is not StratML, or does not say whose plan it is.
        UsageError: if there is a plan already, no ICB has the code, or the id cannot be one.
        NotDoneError: if a file cannot be read or written.
    """
    registry = load_registry(settings.registry_folder)
    if request.icb and registry.icb(request.icb) is None:
        close = registry.suggest_icb(request.icb)
        raise UsageError(f"No ICB has the code '{request.icb}'.", f"Did you mean '{close}'?" if close else "")
    _refuse_bad_id(request.plan_id)
    source = settings.folder / request.file
    content = _content(source, request.file)
    draft = read_stratml(content, request.file, registry, icb=request.icb, plan_id=request.plan_id)
    text = normal_form(read_source((_HEAD.format(source=source.name) + to_yaml(draft.data)).encode(), request.file))
    path = settings.folder / request.output if request.output else settings.strategies / f"{draft.data['id']}.yaml"
    shown = path.relative_to(settings.folder).as_posix() if path.is_relative_to(settings.folder) else path.as_posix()
    if not create(path, shown, text.encode()):
        raise UsageError(
            f"There is a file '{shown}' already; it stays as it is.", "Choose another with --output or --id."
        )
    kind = () if draft.kind_is_stated else (_KIND_IS_OURS.format(kind=draft.data["document"]["kind"]),)
    return Imported(shown, (*kind, *draft.left_out), load_plan(text.encode(), shown, registry).findings)


def _refuse_bad_id(plan_id: str) -> None:
    """Refuse an id that cannot be: it becomes the name of the file."""
    if plan_id and (len(plan_id) > LONGEST_ID or not re.fullmatch(ID_PATTERN, plan_id)):
        message = f"--id '{visible_name(plan_id)}' cannot be an id."
        raise UsageError(message, f"Write lower-case words joined by hyphens, {LONGEST_ID} characters at most.")


def _content(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotDoneError(f"'{shown}' cannot be read: {error.strerror}.") from None
