"""Turns `--format` and `--output FORMAT=PATH` into formats and paths, and text into files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pcstrat.errors import NotDoneError, UsageError
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


def write_text(path: Path, text: str, shown: str) -> None:
    """Write a file, with the folders it stands in; `shown` is what the user called it.

    Raises:
        NotDoneError: if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NotDoneError(f"'{shown}' cannot be written: {error.strerror}.") from None
