"""The command line: options in, one of `commands`, text out, exit code out. Nothing else prints or ends the process."""

import os
import signal
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

import pcstrat
from pcstrat.cli import _completion
from pcstrat.cli._app import app, asked, is_closed_pipe, say, unwritten
from pcstrat.errors import ExitCode, PcstratError

__all__ = ["app", "main"]

_MODULES = {
    "_author": ("schema", "init", "import", "status", "doctor"),
    "_checks": ("validate", "rules", "explain"),
    "_compare": ("compare",),
    "_diff": ("diff",),
    "_edit": ("fmt", "refresh", "migrate"),
    "_watch": ("serve",),
    "_build": ("build", "settings"),
}
"""The commands that each module here defines, in the order of the help."""


def define_commands(asked_for: str = "") -> None:
    """Define the command that is asked for; all of them for help, completion, and what is none of them."""
    defining = [module for module, commands in _MODULES.items() if asked_for in commands]
    for module in defining or _MODULES:
        import_module(f"pcstrat.cli.{module}")


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
        sys.stderr.flush()
    except OSError:
        _close_stdout()
    sys.exit(int(code))


def _open_closed_streams() -> None:
    """Let what is written to a stream that was closed before we started go nowhere."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the same


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
    define_commands(*sys.argv[1:2])
    _completion.join_at_sign(os.environ)
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
