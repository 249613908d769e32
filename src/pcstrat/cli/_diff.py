"""Turns the options of `diff` into that command, which loads what it needs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pcstrat.cli import _completion
from pcstrat.cli._app import Plans, app, asked, format_of, has_colour, show
from pcstrat.errors import ExitCode


@app.command()
def diff(  # noqa: PLR0913, PLR0917 - each option of the command is a parameter
    plans: Plans = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV", help="Say what changed since a git revision.", autocompletion=_completion.revisions
        ),
    ] = None,
    since_date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say what changed since the end of a day, such as 2026-04-01.")
    ] = None,
    format_: Annotated[str, format_of("text", "markdown", "json", "html")] = "text",
    output: Annotated[
        list[str] | None, typer.Option(metavar="FORMAT=PATH", help="Write a format to a file as well.")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="What makes the exit code 1: any, weakened or none.",
            autocompletion=_completion.one_of("any", "weakened", "none"),
        ),
    ] = "any",
) -> None:
    """Say what changed between plans, by meaning: old ones first, the new one last."""
    options: dict[str, object] = {
        "plans": tuple(plans or ()),
        "since": since,
        "since_date": since_date,
        "format": format_,
        "outputs": tuple(output or ()),
        "fail_on": fail_on,
    }
    asked.append(lambda: _diff(options))


def _diff(options: dict[str, object]) -> ExitCode:
    from pcstrat.commands.diff import DiffRequest
    from pcstrat.commands.diff import diff as run
    from pcstrat.settings import load_settings

    request = DiffRequest(**options)  # type: ignore[arg-type]  # typer read each as its field takes it
    outcome = run(load_settings(Path.cwd(), os.environ, {}), request, colour=has_colour() and not request.outputs)
    show(outcome.text)
    return outcome.code
