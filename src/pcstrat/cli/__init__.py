"""The command line: options in, one of `commands`, text out, exit code out. Nothing else prints or ends the process."""

import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import pcstrat
from pcstrat.cli import _author as _author
from pcstrat.cli import _checks as _checks
from pcstrat.cli import _compare as _compare
from pcstrat.cli import _completion
from pcstrat.cli import _diff as _diff
from pcstrat.cli import _edit as _edit
from pcstrat.cli import _watch as _watch
from pcstrat.cli._app import (
    AsOf,
    Plans,
    app,
    asked,
    has_colour,
    is_closed_pipe,
    is_terminal,
    say,
    show,
    stoppable,
    unwritten,
)
from pcstrat.errors import ExitCode, PcstratError

if TYPE_CHECKING:
    from pcstrat.commands.outcome import Outcome
    from pcstrat.settings import Settings

__all__ = ["app", "main"]


def _version(value: bool | None) -> None:  # noqa: FBT001 - typer calls it
    if value:
        typer.echo(f"pcstrat {pcstrat.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool | None, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = None,
) -> None:
    del version


@app.command()
def build(  # noqa: PLR0913, PLR0917 - each option of the command is a parameter
    plans: Plans = None,
    output: Annotated[
        str | None, typer.Option(metavar="DIR", help="Where to build everything; output/ unless stated.")
    ] = None,
    formats: Annotated[str | None, typer.Option("--format", metavar="LIST", help="What to make: html,pdf.")] = None,
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
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and build again after each edit.")] = False,  # noqa: FBT002
    force: Annotated[bool, typer.Option("--force", help="Make everything again, even what has not changed.")] = False,  # noqa: FBT002
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
    from pcstrat.clock import as_of_date  # noqa: PLC0415 - each command loads what it needs
    from pcstrat.commands.build import build as run  # noqa: PLC0415
    from pcstrat.progress import progress_for  # noqa: PLC0415
    from pcstrat.report import console  # noqa: PLC0415
    from pcstrat.report.summary import build_sentence  # noqa: PLC0415

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
    from pcstrat.settings import load_settings  # noqa: PLC0415

    return load_settings(Path.cwd(), os.environ, options)


def _findings(outcome: "Outcome") -> str:
    from pcstrat.report.summary import is_told_by_build  # noqa: PLC0415

    if not any(map(is_told_by_build, outcome.findings)):
        return ""
    from pcstrat.report.findings_text import build_text  # noqa: PLC0415 - not where nothing has changed

    return build_text(outcome.findings, outcome.lines, colour=has_colour())


def _settings() -> ExitCode:
    from pcstrat.report import console  # noqa: PLC0415
    from pcstrat.settings import load_settings  # noqa: PLC0415

    listing = load_settings(Path.cwd(), os.environ, {}).listing()
    show(console.settings_text((row.name, row.value, row.origin, row.meaning) for row in listing))
    return ExitCode.CLEAN


def main() -> None:
    """Run the command line and end the process with its exit code."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however we are ended, we leave no lock behind
    code = _guarded()
    try:
        sys.stdout.flush()
    except OSError:
        _close_stdout()
    sys.exit(int(code))


def _open_closed_streams() -> None:
    """Let what is written to a stream that was closed before we started go nowhere."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _guarded() -> int:
    """Run what is asked for; whatever goes wrong becomes words and an exit code."""
    try:
        return _parsed() or max((run() for run in asked), default=ExitCode.CLEAN)
    except PcstratError as error:
        say(error.message, error.remedy)
        return error.exit_code
    except KeyboardInterrupt:
        say("Interrupted; no file is left half-written.")
        return ExitCode.INTERRUPTED
    except OSError as error:
        if not is_closed_pipe(error):
            return _own_fault(error)
        _close_stdout()
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches the user
        return _own_fault(error)


def _parsed() -> int:
    """Parse the command line into `asked`; the exit code of a usage error, or 0."""
    asked.clear()
    try:
        app(prog_name="pcstrat")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.CLEAN
    except OSError as error:
        raise unwritten(error) from None
    return ExitCode.CLEAN


def _close_stdout() -> None:
    """Let Python's own last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _own_fault(error: BaseException) -> ExitCode:
    """Keep the details in a file and say one line."""
    details = "".join(traceback.format_exception(error))
    report = f"pcstrat {pcstrat.__version__}\nPython {sys.version}\n{sys.platform}\n{sys.argv[1:]}\n\n{details}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="pcstrat-report-", suffix=".txt", delete=False
        ) as file:
            file.write(report)
        where = f"Please report it where you got pcstrat from, with the file {file.name}."
    except OSError:
        where = f"Please report it where you got pcstrat from.\n{report}"
    say(f"This is a fault of pcstrat ({type(error).__name__}), not of your plans.", where)
    return ExitCode.INTERNAL
