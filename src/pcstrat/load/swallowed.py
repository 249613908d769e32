"""Turns texts that swallowed the list items below them into findings: `owner: Ada`, and on the next line `- Bob`."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.load.at_path import finding_at
from pcstrat.load.leaves import Leaves
from pcstrat.source import QUOTE_IT, Source

_DASH = " - "
_BLOCK_OR_QUOTED = "|>'\""


def swallowed_findings(source: Source, leaves: Leaves) -> Iterator[Finding]:
    """Every plain text that goes on over a line which begins with a dash, as a list item would."""
    for path, _ in leaves.texts(_DASH):
        if line := _line_of_dash(source, path):
            message = f"Line {line} begins with a dash, but is read as part of the text above it, not as a list item."
            remedy = f"For a list, start it on the line below its key and put a dash before each item. {QUOTE_IT}"
            yield finding_at(source, path, "V03", message, remedy, severity=Severity.WARNING)


def _line_of_dash(source: Source, path: Path) -> int | None:
    span = source.span(path)
    if source.line(span.start.line)[span.start.column - 1 :][:1] in _BLOCK_OR_QUOTED:
        return None
    below = range(span.start.line + 1, span.end.line + 1)
    return next((number for number in below if source.line(number).lstrip().startswith("- ")), None)
