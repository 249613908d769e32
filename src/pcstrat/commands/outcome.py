"""What a command found and did, for `report` to turn into text and `cli` into an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pcstrat.diagnostics import Finding, Severity
from pcstrat.errors import ExitCode

if TYPE_CHECKING:
    from pcstrat.load import Loaded
    from pcstrat.review import CheckResult


class BuildOutcome(NamedTuple):
    """The outcome of `build`.

    `lines` holds the source line of every finding, by file and number. `written`, `unchanged` and `removed` are paths
    inside `output`; `rebuilt` and `up_to_date` are ids of plans. `messages` are for whoever runs
    pcstrat, in full sentences.
    """

    code: ExitCode
    checked: int
    findings: tuple[Finding, ...] = ()
    lines: Mapping[tuple[str, int], str] = {}
    messages: tuple[str, ...] = ()
    output: str = ""
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rebuilt: tuple[str, ...] = ()
    up_to_date: tuple[str, ...] = ()


def code_of(findings: Iterable[Finding]) -> ExitCode:
    """1 if there is an error among the findings, else 0."""
    return ExitCode.FOUND if any(finding.severity is Severity.ERROR for finding in findings) else ExitCode.CLEAN


def lines_of(loaded: Loaded, findings: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """The lines of a source that its findings point into."""
    numbers = {finding.span.start.line for finding in findings if finding.span}
    return {(loaded.source.file, number): loaded.source.line(number) for number in numbers}


def lines_of_result(loaded: Loaded, result: CheckResult) -> dict[tuple[str, int], str]:
    """The lines of a plan that are shown with its findings."""
    return lines_of(loaded, (*result.findings, *result.waived))
