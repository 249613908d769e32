"""Turns the options of the commands that help while writing into those commands, which load what they need."""

import locale
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pcstrat.cli import _completion
from pcstrat.cli._app import AsOf, Plans, app, asked, format_of, is_terminal, say, show
from pcstrat.errors import ExitCode


@app.command()
def schema(
    output: Annotated[str | None, typer.Option(metavar="PATH", help="Write it into a file.")] = None,
) -> None:
    """Write the JSON Schema of a plan file, with which editors complete, explain and check what you write."""
    asked.append(lambda: _schema(output or ""))


@app.command()
def init(  # noqa: PLR0913, PLR0917 - each option of the command is a parameter
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where to start; here unless stated.")] = ".",
    icb: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Start a plan for the ICB with this ODS code.", autocompletion=_completion.icbs
        ),
    ] = None,
    plan_id: Annotated[str | None, typer.Option("--id", metavar="ID", help="The id of the plan.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title of the plan.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="What sort of document it is.")] = None,
    as_of: AsOf = None,
) -> None:
    """Start a folder for plans, or a plan in it. Nothing that is there is overwritten."""
    given = {"icb": icb, "plan_id": plan_id, "title": title, "kind": kind}
    asked.append(lambda: _init(folder, {name: value for name, value in given.items() if value is not None}, as_of))


@app.command("import")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A StratML file, of Part 1 or 2.")],
    icb: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="The ODS code of the ICB whose plan it is.", autocompletion=_completion.icbs),
    ] = None,
    plan_id: Annotated[str | None, typer.Option("--id", metavar="ID", help="The id of the plan.")] = None,
    output: Annotated[str | None, typer.Option(metavar="PATH", help="The plan file to write.")] = None,
) -> None:
    """Make a draft of a plan from a StratML file. Nothing that is there is overwritten."""
    given = {"file": file, "icb": icb or "", "plan_id": plan_id or "", "output": output or ""}
    asked.append(lambda: _import(given))


@app.command()
def status(
    plans: Plans = None,
    format_: Annotated[str, format_of("text", "csv", "json")] = "text",
    as_of: AsOf = None,
) -> None:
    """Say which milestones are done, due, overdue and upcoming, by plan and owner."""
    asked.append(lambda: _status(plans or [], format_, as_of))


def _status(plans: list[str], format_: str, as_of: str | None) -> ExitCode:
    from pcstrat.clock import as_of_date
    from pcstrat.commands.status import status as run
    from pcstrat.settings import load_settings

    settings = load_settings(Path.cwd(), os.environ, {"as_of": as_of})
    outcome = run(settings, plans, form=format_, as_of=settings.as_of or as_of_date(None))
    for message in outcome.messages:
        say(message, "Run: pcstrat validate")
    show(outcome.text)
    return outcome.code


@app.command()
def doctor(
    format_: Annotated[str, format_of("text", "json")] = "text",
) -> None:
    """Say what is installed, what is missing, and the command that mends it."""
    asked.append(lambda: _doctor(format_))


def _import(given: dict[str, str]) -> ExitCode:
    from pcstrat.commands.import_plan import ImportRequest, import_plan
    from pcstrat.report.started_text import imported_text
    from pcstrat.settings import load_settings

    imported = import_plan(load_settings(Path.cwd(), os.environ, {}), ImportRequest(**given))
    show(imported_text(imported.written, imported.left_out, (finding.message for finding in imported.findings)))
    return ExitCode.FOUND if imported.findings else ExitCode.CLEAN


def _doctor(format_: str) -> ExitCode:
    from pcstrat.commands.doctor import doctor as run
    from pcstrat.commands.outputs import one_of
    from pcstrat.report.doctor_text import doctor_json, doctor_text

    one_of("--format", format_, ("text", "json"))
    diagnosis = run(Path.cwd(), os.environ, locale.getencoding())
    show((doctor_json if format_ == "json" else doctor_text)(diagnosis.checks))
    return diagnosis.code


def _init(folder: str, given: dict[str, str], as_of: str | None) -> ExitCode:
    from pcstrat.clock import as_of_date
    from pcstrat.commands.init import InitRequest
    from pcstrat.commands.init import init as run
    from pcstrat.report.started_text import started_text
    from pcstrat.settings import load_settings

    settings = load_settings(Path.cwd() / folder, os.environ, {"as_of": as_of})
    if not given and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        given = {"icb": _answer("ODS code of the ICB (leave empty to see all codes)")}
    started = run(settings, InitRequest(**given), settings.as_of or as_of_date(None))
    for remark in started.remarks:
        say(remark)
    show(started_text(started.written, started.kept, started.next_steps))
    return ExitCode.CLEAN


def _answer(question: str) -> str:
    try:
        return str(typer.prompt(question, default="", show_default=False)).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None


def _schema(output: str) -> ExitCode:
    from pcstrat.commands.schema import schema as run
    from pcstrat.settings import load_settings

    show(run(load_settings(Path.cwd(), os.environ, {}), output))
    return ExitCode.CLEAN
