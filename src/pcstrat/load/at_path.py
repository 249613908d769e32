"""Turns what is wrong at a path into a finding: with its place in the file and the name of its item."""

from __future__ import annotations

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.naming import item_name
from pcstrat.source import Source


def finding_at(  # noqa: PLR0913 - one for each part of a finding
    source: Source,
    path: Path,
    code: str,
    message: str,
    remedy: str,
    *,
    severity: Severity = Severity.ERROR,
    at_key: bool = False,
) -> Finding:
    """A finding about the value at a path or, with `at_key`, about its key."""
    return Finding(
        code=code,
        severity=severity,
        file=source.file,
        message=message,
        remedy=remedy,
        span=source.key_span(path) if at_key else source.span(path),
        path=path,
        where=item_name(source.data, path),
    )
