"""Turns `--format` and `--output FORMAT=PATH` into formats and paths, and keeps reports off files that are none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pcstrat.errors import NotDoneError, UsageError
from pcstrat.files import write
from pcstrat.history import stated_id
from pcstrat.settings import FILE_NAME as SETTINGS_FILE
from pcstrat.settings import PYPROJECT, Settings

SCHEMA = "schema"
"""The format of the schema for editors, which may stand beside the plans: it is no plan, and no report on them."""

_OWN_SOURCES = frozenset({".yaml", ".yml", ".toml"})
"""What plans and settings end in; no report of ours does."""

_MARKS: Mapping[str, bytes] = {
    "json": b'"pcstrat_',
    "sarif": b'"name": "pcstrat"',
    "html": b'<meta name="generator" content="pcstrat">',
    SCHEMA: b'"$schema": "http://json-schema.org/',
}
"""What stands in every report of a format. Text, Markdown and CSV have nothing of the kind."""

_ELSEWHERE = "Nothing was written. Name another file with --output, or move this one away."


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
        UsageError: if one is written otherwise, two name one file, or one names a file that no report may replace.
        NotDoneError: if a file that is there already cannot be looked at.
    """
    outputs = [_output(text, formats) for text in given]
    paths = [(settings.folder / path).resolve() for _, path in outputs]
    if len(set(paths)) < len(paths):
        raise UsageError("Two --output options name the same file.", "Give each report a file of its own.")
    for kind, path in outputs:
        refuse_other_files(kind, path, settings)
    return outputs


def _output(text: str, formats: Sequence[str]) -> tuple[str, str]:
    kind, _, path = text.partition("=")
    if kind not in formats or not path:
        remedy = f"Write it as FORMAT=PATH, like {formats[-1]}=report.{formats[-1]}. Formats: {', '.join(formats)}."
        raise UsageError(f"--output is {text!r}.", remedy)
    return kind, path


def write_report(path: str, text: str, settings: Settings) -> None:
    """Write a report into a file that may hold one.

    Raises:
        NotDoneError: if it cannot be written.
    """
    write(settings.folder / path, path, text.encode())


def refuse_other_files(kind: str, shown: str, settings: Settings) -> None:
    """Refuse to write a report among the plans, or over a file that is surely no such report; a schema likewise.

    Raises:
        UsageError: if the path is that of a plan, of a file beside plans, of settings, or of somebody else's file.
        NotDoneError: if a file that is there already cannot be looked at.
    """
    path = Path(os.path.realpath(settings.folder / shown))
    is_among_plans = path.parent == Path(os.path.realpath(settings.strategies))
    if is_among_plans and (kind != SCHEMA or path.suffix.lower() in _OWN_SOURCES):
        message = f"'{shown}' is in the folder that holds your plans; reports are not written there."
        raise UsageError(message, "Nothing was written. Name a file in another folder with --output.")
    if path.name in (SETTINGS_FILE, PYPROJECT) and path.parent == Path(os.path.realpath(settings.folder)):
        message = f"'{shown}' is where pcstrat looks for its settings; reports are not written there."
        raise UsageError(message, "Nothing was written. Name another file with --output.")
    if not path.is_file():
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotDoneError(f"'{shown}' cannot be read: {error.strerror}.", _ELSEWHERE) from None
    if what := _what_it_is(kind, path, content, settings):
        raise UsageError(f"'{shown}' {what} and would be overwritten.", _ELSEWHERE)


def _what_it_is(kind: str, path: Path, content: bytes, settings: Settings) -> str:
    """What a file is instead of a report, in words; empty if it may be one. A file without content may become one."""
    if not content.strip():
        return ""
    if path.suffix.lower() in _OWN_SOURCES or stated_id(content):
        return "is no report"
    if _is_published(path, settings):
        return "is a document that 'pcstrat build' published"
    return "" if _MARKS.get(kind, b"") in content else f"is no {_called(kind)} that pcstrat wrote"


def _called(kind: str) -> str:
    return "schema" if kind == SCHEMA else f"{kind.upper()} report"


def _is_published(path: Path, settings: Settings) -> bool:
    """Whether the manifest of the site lists a file."""
    output = Path(os.path.realpath(settings.output))
    if not path.is_relative_to(output):
        return False
    from pcstrat.publish.manifest import FILE_NAME, ForeignManifestError, read_manifest  # rarely needed

    try:
        listed = read_manifest((output / FILE_NAME).read_bytes()).all_files()
    except (OSError, ForeignManifestError):
        return False
    return path.relative_to(output).as_posix() in {FILE_NAME, *(file.path for file in listed)}
