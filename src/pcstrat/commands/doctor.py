"""`pcstrat doctor`: looks at everything pcstrat needs here, and says what is missing and how to mend it."""

from __future__ import annotations

import codecs
import enum
import importlib.metadata
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pcstrat
from pcstrat.commands.preview_folder import abandoned_previews
from pcstrat.errors import ExitCode, PcstratError
from pcstrat.publish import fonts, pdf
from pcstrat.publish.staging import remains_of
from pcstrat.publish.system_packages import GIT, how_to_install
from pcstrat.revisions import git_version
from pcstrat.settings import Settings, load_settings
from pcstrat.text import counted, listed
from pcstrat.workspace import resolve_plans

OLDEST_PYTHON = (3, 11)
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:>=\s*(?P<oldest>[\d.]+))?")
_UTF_8 = "utf-8"


class State(enum.StrEnum):
    """How one thing is."""

    FINE = "fine"
    ATTENTION = "attention"
    """pcstrat works without it, in part."""
    MISSING = "missing"
    """What was asked for cannot be done without it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, how it is, what was found, and what mends it."""

    name: str
    state: State
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was looked at."""

    checks: tuple[Check, ...]

    @property
    def code(self) -> ExitCode:
        """3 if anything is missing."""
        return ExitCode.NOT_DONE if any(check.state is State.MISSING for check in self.checks) else ExitCode.CLEAN


def doctor(folder: Path, environment: Mapping[str, str], terminal_encoding: str) -> Diagnosis:
    """Look at everything; nothing that is found stops the rest."""
    settings, settings_check = _settings(folder, environment)
    makes_pdf = settings is None or "pdf" in settings.formats
    checks = [_python(), Check("pcstrat", State.FINE, pcstrat.__version__), *_libraries()]
    checks += [_pdf_libraries(needed=makes_pdf), _font(needed=makes_pdf), _git(), _terminal(terminal_encoding)]
    checks.append(settings_check)
    if settings:
        checks += [_plans(settings), _output(settings), *_left_behind(settings)]
    return Diagnosis(tuple(checks))


def _python() -> Check:
    if sys.version_info < OLDEST_PYTHON:
        return Check("Python", State.MISSING, platform.python_version(), "Install Python 3.11 or newer.")
    return Check("Python", State.FINE, f"{platform.python_version()} on {platform.platform(terse=True)}")


def _libraries() -> Iterator[Check]:
    """Each Python package that pcstrat is declared to need, by its metadata."""
    for requirement in importlib.metadata.requires("pcstrat") or ():
        needed, _, marker = requirement.partition(";")
        match = _REQUIREMENT.match(needed.strip())
        if match and "extra ==" not in marker:
            yield _library(match["name"], match["oldest"] or "", optional="implementation" in marker)


def _library(name: str, oldest: str, *, optional: bool) -> Check:
    state = State.ATTENTION if optional else State.MISSING
    remedy = f"Run: {_pip()} install '{name}{f'>={oldest}' if oldest else ''}'"
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Check(name, state, "not installed", remedy)
    if oldest and _numbers(version) < _numbers(oldest):
        return Check(name, state, f"{version}; pcstrat needs {oldest} or newer", remedy)
    return Check(name, State.FINE, version)


def _pip() -> str:
    """How pip is called for the Python that runs pcstrat."""
    return f"{Path(sys.executable).as_posix()} -m pip"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _pdf_libraries(*, needed: bool) -> Check:
    name = "Pango, for PDFs"
    try:
        versions = pdf.engine_versions()
    except PcstratError as error:
        return Check(name, State.MISSING if needed else State.ATTENTION, error.message, error.remedy)
    if versions["harfbuzz-subset"] == "missing":
        found = f"{versions['pango']}, without the HarfBuzz library that makes PDFs small"
        return Check(name, State.ATTENTION, found, pdf.how_to_install())
    return Check(name, State.FINE, versions["pango"])


def _font(*, needed: bool) -> Check:
    name = "The font of the PDFs"
    try:
        count = len(fonts.faces())
    except PcstratError as error:
        return Check(name, State.MISSING if needed else State.ATTENTION, error.message, error.remedy)
    return Check(name, State.FINE, f"{fonts.PACKAGE} {fonts.font_version()}, {counted(count, 'face')}")


def _git() -> Check:
    name = "git, for plans at a revision"
    try:
        version = git_version()
    except PcstratError as error:
        return Check(name, State.ATTENTION, f"cannot be used: {error.message}", how_to_install(GIT))
    if not version:
        return Check(name, State.ATTENTION, "not installed", how_to_install(GIT))
    return Check(name, State.FINE, version)


def _terminal(encoding: str) -> Check:
    name = "The terminal's encoding"
    try:
        usual = codecs.lookup(encoding).name
    except LookupError:
        usual = encoding
    if usual == _UTF_8:
        return Check(name, State.FINE, "UTF-8")
    remedy = "Run: chcp 65001" if os.name == "nt" else "Run: export LC_ALL=C.UTF-8"
    return Check(name, State.ATTENTION, f"{encoding}: £ and letters with accents may look wrong", remedy)


def _settings(folder: Path, environment: Mapping[str, str]) -> tuple[Settings | None, Check]:
    name = "The settings"
    try:
        settings = load_settings(folder, environment, {})
    except PcstratError as error:
        return None, Check(name, State.MISSING, error.message, error.remedy)
    origins = sorted({origin for origin in settings.origins.values() if origin != "default"})
    return settings, Check(name, State.FINE, "; ".join(origins) or "none given; the defaults hold")


def _plans(settings: Settings) -> Check:
    name = "The plans"
    try:
        plans = resolve_plans((), settings)
    except PcstratError as error:
        return Check(name, State.ATTENTION, error.message, "Start one with: pcstrat init --icb CODE")
    unreadable = [plan for plan in plans if plan.unreadable]
    if unreadable:
        return Check(name, State.MISSING, unreadable[0].unreadable, unreadable[0].remedy)
    return Check(name, State.FINE, f"{counted(len(plans), 'file')} in {settings.strategies.name}")


def _left_behind(settings: Settings) -> Iterator[Check]:
    """What commands left that were killed, so that they could not clear up."""
    name = "Left behind by a killed"
    if remains := remains_of(settings.output):
        found = f"{listed([path.name for path in remains])} in {_shown(settings.output, settings)}"
        yield Check(f"{name} build", State.ATTENTION, found, "The next build finishes or removes it: pcstrat build")
    if previews := abandoned_previews():
        found = listed([path.as_posix() for path in previews])
        yield Check(f"{name} preview", State.ATTENTION, found, "The next preview removes it: pcstrat serve")
    if parts := sorted(settings.strategies.glob(".*.tmp")):
        found = f"{listed([path.name for path in parts])} in {_shown(settings.strategies, settings)}"
        remedy = "No plan is harmed. Remove it when no command runs that edits plans."
        yield Check(f"{name} edit", State.ATTENTION, found, remedy)


def _shown(path: Path, settings: Settings) -> str:
    return (path.relative_to(settings.folder) if path.is_relative_to(settings.folder) else path).as_posix()


def _output(settings: Settings) -> Check:
    name = "The output folder"
    there = next((path for path in (settings.output, *settings.output.parents) if path.exists()), settings.folder)
    shown = settings.output.relative_to(settings.folder) if settings.output.is_relative_to(settings.folder) else there
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        remedy = "Make it writable, or build into another with: pcstrat build --output DIR"
        return Check(name, State.MISSING, f"'{shown.as_posix()}' cannot be written: {error.strerror}.", remedy)
    return Check(name, State.FINE, f"{shown.as_posix()} can be written")
