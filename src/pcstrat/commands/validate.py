"""`pcstrat validate`: says everything that is wrong with plans, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pcstrat.commands.outcome import Outcome, code_of, lines_of
from pcstrat.diagnostics import Finding
from pcstrat.load import load_plan
from pcstrat.registry import Registry, load_registry
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans


def validate(settings: Settings, arguments: Sequence[str]) -> Outcome:
    """Check the plans that the arguments name, or all.

    Raises:
        UsageError: if an argument names nothing, or more than one thing.
        NotDoneError: if there are no plans, or one cannot be read.
    """
    registry = load_registry(settings.registry_folder)
    return check_files(resolve_plans(arguments, settings), registry)


def check_files(files: Iterable[PlanFile], registry: Registry) -> Outcome:
    """Load each file, and keep of it what was found and the lines that findings point into."""
    checked = 0
    findings: list[Finding] = []
    lines: dict[tuple[str, int], str] = {}
    for file in files:
        loaded = load_plan(file.content, file.name, registry, file_id=file.plan_id)
        findings += loaded.findings
        lines |= lines_of(loaded, loaded.findings)
        checked += 1
    return Outcome(code=code_of(findings), checked=checked, findings=tuple(findings), lines=lines)
