"""Turns the bytes of a plan file into a plan, or into findings that say why it is none."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from pcstrat.diagnostics import Finding, Severity, in_reading_order
from pcstrat.load.references import reference_findings
from pcstrat.load.shape import shape_findings
from pcstrat.load.versions import upgrade, version_findings
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.source import Source, read_source

__all__ = ["Loaded", "load_plan"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan file after loading: its text and positions, the plan if it is one, and what was found."""

    source: Source
    plan: Plan | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the plan from being published."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def load_plan(content: bytes, file: str, registry: Registry) -> Loaded:
    """Read one plan file. `file` is the name that findings show; all problems come in one pass."""
    source = read_source(content, file)
    if not isinstance(source.data, dict):
        return Loaded(source, None, in_reading_order(list(source.findings)))
    versions = version_findings(source)
    if versions:
        return Loaded(source, None, in_reading_order([*source.findings, *versions]))
    plan, findings = _validated(source)
    if plan is not None:
        findings += tuple(reference_findings(source, plan, registry))
    return Loaded(source, plan, in_reading_order([*source.findings, *findings]))


def _validated(source: Source) -> tuple[Plan | None, tuple[Finding, ...]]:
    assert isinstance(source.data, dict)  # noqa: S101 - narrowed by the only caller
    try:
        plan = Plan.model_validate(upgrade(source.data))
    except ValidationError as error:
        return None, shape_findings(source, error)
    findings = shape_findings(source, None)
    return (None if findings else plan), findings
