"""Turns the options of `build` and `settings` into those commands. Each loads what it needs."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcstrat.cli import _completion, _watch
from pcstrat.cli._app import AsOf, Plans, app, asked, has_colour, is_terminal, say, show, stoppable
from pcstrat.errors import ExitCode

if TYPE_CHECKING:
    from pcstrat.commands.outcome import BuildOutcome
    from pcstrat.settings import Settings


@app.command()
def build(  # noqa: PLR0913, PLR0917 - each option of the command is a parameter
    plans: Plans = None,
    output: Annotated[
        str | None, typer.Option(metavar="DIR", help="Where to build everything; output/ unless stated.")
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="LIST",
            help="What to make: html,pdf.",
            autocompletion=_completion.some_of("html", "pdf"),
        ),
    ] = None,
    as_of: AsOf = None,
    all_or_nothing: Annotated[
        bool | None, typer.Option("--all-or-nothing", help="Publish nothing while any plan has errors.")
    ] = None,
    user_templates: Annotated[
        bool | None, typer.Option("--no-user-templates", help="Use the shipped templates alone.")
    ] = None,
    jobs: Annotated[str | None, typer.Option(metavar="N", help="How many plans to build at a time.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Say in the documents what has changed since a git revision.",
            autocompletion=_completion.revisions,
        ),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and build again after each edit.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Make everything again, even what has not changed.")] = False,
) -> None:
    """Check the plans, then write every document that has changed."""
    options: dict[str, object] = {
        "output": output,
        "formats": formats,
        "as_of": as_of,
        "all_or_nothing": all_or_nothing,
        "user_templates": False if user_templates else None,
        "jobs": jobs,
    }

    def run() -> ExitCode:
        return _build(plans or [], options, since=since, force=force)

    once = stoppable(run, "Interrupted; the documents that were published last are unchanged.")
    asked.append((lambda: _watch.build_again(run, lambda: _given(options))) if watch else once)


@app.command()
def settings() -> None:
    """Show every setting, its value and where it comes from."""
    asked.append(_settings)


def _build(plans: list[str], options: dict[str, object], *, since: str | None, force: bool) -> ExitCode:
    from pcstrat.clock import as_of_date
    from pcstrat.commands.build import build as run
    from pcstrat.progress import progress_for
    from pcstrat.report import console
    from pcstrat.report.summary import build_sentence

    given = _given(options)
    progress = progress_for(sys.stderr, interactive=is_terminal(sys.stderr) and "CI" not in os.environ)
    outcome = run(given, plans, as_of=given.as_of or as_of_date(None), since=since, progress=progress, force=force)
    for message in outcome.messages:
        say(message)
    changed = console.publication_text(
        outcome.output, len(outcome.written), len(outcome.unchanged), len(outcome.removed)
    )
    show(
        _findings(outcome),
        build_sentence(outcome.checked, outcome.findings),
        console.up_to_date_text(outcome.rebuilt, outcome.up_to_date),
        changed if outcome.output else "",
    )
    return outcome.code


def _given(options: dict[str, object]) -> "Settings":
    from pcstrat.settings import load_settings

    return load_settings(Path.cwd(), os.environ, options)


def _findings(outcome: "BuildOutcome") -> str:
    from pcstrat.report.summary import is_told_by_build

    if not any(map(is_told_by_build, outcome.findings)):
        return ""
    from pcstrat.report.findings_text import build_text  # not where nothing has changed

    return build_text(outcome.findings, outcome.lines, colour=has_colour())


def _settings() -> ExitCode:
    from pcstrat.report import console
    from pcstrat.settings import load_settings

    listing = load_settings(Path.cwd(), os.environ, {}).listing()
    show(console.settings_text((row.name, row.value, row.origin, row.meaning) for row in listing))
    return ExitCode.CLEAN
