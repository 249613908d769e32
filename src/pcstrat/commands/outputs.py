"""Turns `--format` and `--output FORMAT=PATH` into formats and paths."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.errors import UsageError
from pcstrat.settings import Settings


def one_of(option: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a value that an option does not take.

    Raises:
        UsageError: if it is none of those allowed.
    """
    if value not in allowed:
        raise UsageError(f"{option} is {value!r}.", f"It may be: {', '.join(allowed)}.")


def checked_outputs(given: Sequence[str], formats: Sequence[str], settings: Settings) -> list[tuple[str, str]]:
    """Each `FORMAT=PATH` as format and path.

    Raises:
        UsageError: if one is written otherwise, or two name one file.
    """
    outputs = [_output(text, formats) for text in given]
    paths = [(settings.folder / path).resolve() for _, path in outputs]
    if len(set(paths)) < len(paths):
        raise UsageError("Two --output options name the same file.", "Give each report a file of its own.")
    return outputs


def _output(text: str, formats: Sequence[str]) -> tuple[str, str]:
    kind, _, path = text.partition("=")
    if kind not in formats or not path:
        remedy = f"Write it as FORMAT=PATH, like {formats[-1]}=report.{formats[-1]}. Formats: {', '.join(formats)}."
        raise UsageError(f"--output is {text!r}.", remedy)
    return kind, path
