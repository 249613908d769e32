"""Holds what every command line command needs: the parser, what it asks for, and the two streams."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any, TextIO, TypeAlias

import typer

from pcstrat.cli import _completion
from pcstrat.errors import ExitCode, NotDoneError, StoppedError

Run: TypeAlias = Callable[[], ExitCode]
"""What the command line asks for, ready to run."""

app = typer.Typer(
    name="pcstrat",
    help="Turns the primary care plans of NHS Integrated Care Boards, kept as YAML, into accessible documents.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

asked: list[Run] = []
"""What the parsed command line asks for: commands are run by `main` and not inside the parser."""


def stoppable(run: Run, words: str) -> Run:
    """The same, but whoever interrupts it reads these words."""

    def stopped() -> ExitCode:
        try:
            return run()
        except KeyboardInterrupt:
            raise StoppedError(words) from None

    return stopped


Plans = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PLAN",
        help="A file, the id of a plan, or either at a git revision: bob@v2023.",
        autocompletion=_completion.plans,
    ),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date that documents and rules count from, such as 2026-11-21.")
]


def format_of(*formats: str) -> Any:  # noqa: ANN401 - what typer has for an option
    """The option that says in which of several formats a command answers."""
    words = f"{', '.join(formats[:-1])} or {formats[-1]}."
    return typer.Option("--format", metavar="FORMAT", help=words, autocompletion=_completion.one_of(*formats))


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees a stream as it is written."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def has_colour() -> bool:
    """Whether results may be coloured: on terminals that understand it, unless the user does not want it."""
    understood = os.name != "nt" or "WT_SESSION" in os.environ
    return is_terminal(sys.stdout) and understood and not os.environ.get("NO_COLOR")


def show(*texts: str, is_exact: bool = False) -> None:
    """Write results, each on lines of its own.

    In the log of GitHub Actions, what comes from plans is no command. With `is_exact`, texts are written as they are:
    they hold commands of our own, or are a plan that somebody reads back.

    Raises:
        NotDoneError: if they cannot be written.
        OSError: if whoever reads them stopped reading.
    """
    try:
        for text in texts:
            if text:
                safe = text if is_exact else _for_log(text)
                sys.stdout.write(safe if safe.endswith("\n") else f"{safe}\n")
        sys.stdout.flush()
    except OSError as error:
        raise unwritten(error) from None


def _for_log(text: str) -> str:
    """The text as it may stand in a log that takes commands."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    from pcstrat.text import without_commands

    return without_commands(text)


def is_closed_pipe(error: OSError) -> bool:
    """Whether whoever reads our results stopped reading; Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def unwritten(error: OSError) -> Exception:
    """Why results cannot be written, in plain words, unless nobody reads them any more."""
    if is_closed_pipe(error):
        return error
    reason = error.strerror or str(error)
    return NotDoneError(f"The results cannot be written: {reason}.", "Write them to another place.")


def say(message: str, remedy: str = "") -> None:
    """Write what is not a result."""
    from pcstrat.text import visible

    lines = f"pcstrat: {visible(message)}\n" + (f"  -> {visible(remedy)}\n" if remedy else "")
    sys.stderr.write(_for_log(lines))
    sys.stderr.flush()
