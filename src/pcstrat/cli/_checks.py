"""Turns the options of `validate`, `rules` and `explain` into those commands. Each loads what it needs."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from pcstrat.cli import _completion
from pcstrat.cli._app import AsOf, app, asked, format_of, has_colour, say, show, stoppable
from pcstrat.errors import ExitCode, UsageError

Texts: TypeAlias = list[str] | None

PlansOrStdin = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PLAN",
        help="A file, the id of a plan, or either at a git revision: bob@v2023; - for stdin.",
        autocompletion=_completion.plans,
    ),
]

_Profile = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="How strict: draft, board or publish.",
        autocompletion=_completion.one_of("draft", "board", "publish"),
    ),
]
_FailOn = Annotated[
    str | None,
    typer.Option(
        metavar="SEVERITY",
        help="Exit with 1 from here: error, warning or advice.",
        autocompletion=_completion.one_of("error", "warning", "advice"),
    ),
]


@app.command()
def validate(  # noqa: PLR0913, PLR0917 - each option of the command is a parameter
    plans: PlansOrStdin = None,
    profile: _Profile = None,
    fail_on: _FailOn = None,
    select: Annotated[
        Texts,
        typer.Option(
            metavar="RULES",
            help="Run these rules alone: codes, beginnings of codes, or names.",
            autocompletion=_completion.rules,
        ),
    ] = None,
    ignore: Annotated[
        Texts, typer.Option(metavar="RULES", help="Do not run these rules.", autocompletion=_completion.rules)
    ] = None,
    format_: Annotated[str, format_of("text", "json", "sarif", "github", "markdown", "html")] = "text",
    output: Annotated[
        Texts, typer.Option(metavar="FORMAT=PATH", help="Write the report into a file too; may be given again.")
    ] = None,
    as_of: AsOf = None,
    jobs: Annotated[str | None, typer.Option(metavar="N", help="How many plans to check at a time.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Check everything again, even what has not changed.")] = False,
    fix: Annotated[
        bool | None, typer.Option("--fix", help="First mend the spelling of codes, dates and amounts where safe.")
    ] = None,
    diff: Annotated[
        bool | None, typer.Option("--diff", help="With --fix: show what would change, and change nothing.")
    ] = None,
) -> None:
    """Say everything that is wrong with the plans."""
    options: dict[str, object] = {
        "profile": profile,
        "fail_on": fail_on,
        "select": select or None,
        "ignore": ignore or None,
        "as_of": as_of,
        "jobs": jobs,
    }
    if fix or diff:
        asked.append(
            stoppable(
                lambda: _fix(plans or [], options, fix=bool(fix), diff=bool(diff), on_stdout=format_ == "text"),
                "Interrupted while mending; each plan is as it was, or has all its fixes.",
            )
        )
    if not diff:
        left = "what was mended stays so" if fix else "no plan was changed"
        request = {"format": format_, "outputs": tuple(output or []), "force": force}
        asked.append(
            stoppable(
                lambda: _validate(plans or [], request, options),
                f"Interrupted: checking was stopped, and {left}.",
            )
        )


@app.command()
def rules(
    format_: Annotated[str, format_of("text", "json", "markdown")] = "text",
) -> None:
    """List every rule, with how much it counts in each profile."""
    asked.append(lambda: _rules(format_))


@app.command()
def explain(
    codes: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE", help="The code or name of a rule, such as T01.", autocompletion=_completion.codes
        ),
    ],
) -> None:
    """Explain a code: what is wrong, why it matters, what to do, and an example before and after."""
    asked.append(lambda: _explain(codes))


def _validate(plans: list[str], request: dict[str, Any], options: dict[str, object]) -> ExitCode:
    from pcstrat.clock import as_of_date
    from pcstrat.commands.plan_files import STDIN, refuse_mixture
    from pcstrat.commands.reports import Reports, actions_run
    from pcstrat.commands.validate import ValidateRequest
    from pcstrat.commands.validate import validate as run
    from pcstrat.settings import load_settings
    from pcstrat.workspace import MAX_BYTES

    given = load_settings(Path.cwd(), os.environ, options)
    reports = Reports(given, colour=has_colour(), actions=actions_run(given.folder, os.environ))
    refuse_mixture(plans)
    stdin = sys.stdin.buffer.read(MAX_BYTES + 1) if plans == [STDIN] else None
    asked_for = ValidateRequest(plans=tuple(plans), stdin=stdin, **request)
    done = run(given, asked_for, as_of=given.as_of or as_of_date(None), reports=reports)
    show(done.text, is_exact=True)
    return done.code


def _fix(plans: list[str], options: dict[str, object], *, fix: bool, diff: bool, on_stdout: bool) -> ExitCode:
    from pcstrat.commands.fix import fix as run
    from pcstrat.commands.plan_files import STDIN
    from pcstrat.settings import load_settings

    if not fix:
        raise UsageError("--diff shows what --fix would change.", "Give --fix too.")
    if STDIN in plans:
        raise UsageError("The text from stdin cannot be mended: there is no file to write.", "Name the file.")
    outcome = run(load_settings(Path.cwd(), os.environ, options), plans, diff=diff)
    if on_stdout or diff:
        show(outcome.text, is_exact=not diff)
    elif outcome.text:
        say(outcome.text)
    for failure in outcome.failures:
        say(failure.message, failure.remedy)
    return outcome.code


def _rules(format_: str) -> ExitCode:
    from pcstrat.commands.catalogue import rules as run

    show(run(format_))
    return ExitCode.CLEAN


def _explain(codes: list[str]) -> ExitCode:
    from pcstrat.commands.catalogue import explain as run

    show(run(codes))
    return ExitCode.CLEAN
