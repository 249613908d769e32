"""Turns the bytes of a plan file into a plan, or into findings that say why it is none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from pydantic import ValidationError

from pcstrat.diagnostics import Finding, Severity, in_reading_order
from pcstrat.load.characters import character_findings
from pcstrat.load.leaves import Leaves
from pcstrat.load.references import (
    file_name_findings,
    reference_findings,
    shared_id_finding,
    unusable_id_findings,
)
from pcstrat.load.shape import shape_findings
from pcstrat.load.swallowed import swallowed_findings
from pcstrat.load.versions import upgrade, version_findings
from pcstrat.model.plan import Plan
from pcstrat.naming import item_name
from pcstrat.registry import Registry
from pcstrat.source import Source, read_source

__all__ = ["Loaded", "load_plan", "unreadable_plan"]


class Loaded(NamedTuple):
    """A plan file after loading: its text and positions, the plan if it is one, and what was found."""

    source: Source
    plan: Plan | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the plan from being published."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def load_plan(content: bytes, file: str, registry: Registry, *, file_id: str = "", same_id: str = "") -> Loaded:
    """Read one plan file; all problems come in one pass.

    Args:
        content: The bytes of the file.
        file: The name that findings show.
        registry: The ICBs and national commitments whose codes a plan may use.
        file_id: The id that the name of the file stands for; where it is stated, the plan's id should be the same.
        same_id: Another file whose plan has the same id, if there is one.
    """
    source = read_source(content, file)
    findings = [_placed(source, finding) for finding in source.findings]
    if not isinstance(source.data, dict):
        return Loaded(source, None, in_reading_order(findings))
    if versions := version_findings(source):
        return Loaded(source, None, in_reading_order([*findings, *(versions if source.is_whole else ())]))
    leaves = Leaves(source.data)
    plan, shape = _validated(source, leaves)
    findings += shape
    findings += character_findings(source, leaves)
    findings += swallowed_findings(source, leaves)
    if same_id:
        findings.append(shared_id_finding(source, same_id))
    findings += reference_findings(source, upgrade(source.data), registry, [finding.path for finding in shape])
    if plan is not None:
        findings += unusable_id_findings(source, plan)
        findings += file_name_findings(source, plan, file_id) if file_id else ()
    return Loaded(source, plan, in_reading_order(findings))


def unreadable_plan(file: str, reason: str, remedy: str) -> Loaded:
    """What there is of a file that cannot be read at all: why, and what to do."""
    finding = Finding(
        code="Y01",
        severity=Severity.ERROR,
        file=file,
        message=reason,
        remedy=remedy,
        where="the file",
    )
    return Loaded(Source(file, "", None, (finding,)), None, (finding,))


def _placed(source: Source, finding: Finding) -> Finding:
    """A finding about the text of a file, with the item that it stands in."""
    path = finding.path or (source.path_at(finding.span.start) if finding.span else ())
    return replace(finding, path=path, where=item_name(source.data, path) if path else "the file")


def _validated(source: Source, leaves: Leaves) -> tuple[Plan | None, tuple[Finding, ...]]:
    assert isinstance(source.data, dict)  # noqa: S101 - narrowed by the only caller
    try:
        plan = Plan.model_validate(upgrade(source.data))
    except ValidationError as error:
        return None, shape_findings(source, leaves, error)
    findings = shape_findings(source, leaves, None)
    return (plan if source.is_whole and not findings else None), findings
