"""Turns the options of the commands that edit plan files into those commands. Each loads what it needs."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcstrat.cli import _completion
from pcstrat.cli._app import Plans, app, asked, say, show
from pcstrat.errors import ExitCode

if TYPE_CHECKING:
    from pcstrat.commands.edits import EditOutcome

FilesOrStdin = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PLAN",
        help="A file or the id of a plan; all plans if none; - for stdin to stdout.",
        autocompletion=_completion.plans,
    ),
]
Check = Annotated[
    bool, typer.Option("--check", help="Change nothing; name the plans that would change, and exit with 1.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Change nothing; show what would change, and exit with 1.")]


@app.command()
def fmt(plans: FilesOrStdin = None, check: Check = False, diff: Diff = False) -> None:
    """Put plans in normal form: keys in order, even indentation, single blank lines. No text or comment changes."""
    asked.append(lambda: _fmt(plans or [], check=check, diff=diff))


def _fmt(plans: list[str], *, check: bool, diff: bool) -> ExitCode:
    from pcstrat.commands import fmt as command
    from pcstrat.commands.plan_files import STDIN, refuse_mixture
    from pcstrat.settings import load_settings

    refuse_mixture(plans)
    request = command.FmtRequest(plans=tuple(plans), check=check, diff=diff)
    if plans == [STDIN]:
        return _shown(command.fmt_text(sys.stdin.buffer.read(), request), is_exact=not diff)
    return _shown(command.fmt(load_settings(Path.cwd(), os.environ, {}), request))


def _shown(outcome: "EditOutcome", *, is_exact: bool = False) -> ExitCode:
    show(outcome.text, is_exact=is_exact)
    for failure in outcome.failures:
        say(failure.message, failure.remedy)
    return outcome.code


@app.command()
def refresh(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN", help="A file or the id of a plan.", autocompletion=_completion.plans)
    ],
    to: Annotated[str, typer.Option(metavar="YEAR", help="The financial year to roll over into, such as 2027/28.")],
    diff: Diff = False,
) -> None:
    """Roll a plan over into another year: keep last year's, carry open work, and list what there is to decide."""
    asked.append(lambda: _refresh(plan, to, diff=diff))


def _refresh(plan: str, to: str, *, diff: bool) -> ExitCode:
    from pcstrat.commands.refresh import refresh as run
    from pcstrat.settings import load_settings

    return _shown(run(load_settings(Path.cwd(), os.environ, {}), plan, to, diff=diff))


@app.command()
def migrate(plans: Plans = None, check: Check = False, diff: Diff = False) -> None:
    """Rewrite plans of an older format in the newest one, with their comments."""
    asked.append(lambda: _migrate(plans or [], check=check, diff=diff))


def _migrate(plans: list[str], *, check: bool, diff: bool) -> ExitCode:
    from pcstrat.commands.migrate import migrate as run
    from pcstrat.settings import load_settings

    return _shown(run(load_settings(Path.cwd(), os.environ, {}), plans, check=check, diff=diff))
