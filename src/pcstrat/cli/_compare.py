"""Turns the options of `compare` into that command, which loads what it needs."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pcstrat.cli import _completion
from pcstrat.cli._app import AsOf, app, asked, format_of, say, show
from pcstrat.errors import ExitCode

_Arguments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TABLE] [PLAN]",
        help="A table, such as commitments or funding, and the plans; all if none.",
        autocompletion=_completion.tables_and_plans,
    ),
]


@app.command()
def compare(
    arguments: _Arguments = None,
    format_: Annotated[str, format_of("text", "csv", "json", "markdown", "html")] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=PATH", help="Write a format into a file too; may be repeated."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Compare year on year with the plans at a git revision.",
            autocompletion=_completion.revisions,
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Put plans side by side: what each states, and what it does not."""
    asked.append(lambda: _compare(arguments or [], format_, output or [], since, {"as_of": as_of}))


def _compare(
    arguments: list[str], format_: str, outputs: list[str], since: str | None, options: dict[str, object]
) -> ExitCode:
    from pcstrat.clock import as_of_date
    from pcstrat.commands.compare import compare_plans
    from pcstrat.settings import load_settings

    given = load_settings(Path.cwd(), os.environ, options)
    as_of = given.as_of or as_of_date(None)
    outcome = compare_plans(given, arguments, form=format_, as_of=as_of, since=since, outputs=outputs)
    for message in outcome.messages:
        say(message, "Run: pcstrat validate")
    show(outcome.text)
    return outcome.code
