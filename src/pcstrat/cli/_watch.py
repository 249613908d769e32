"""The commands that go on until they are interrupted: `serve`, and `build --watch`."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcstrat.cli._app import AsOf, app, asked, say, show
from pcstrat.errors import ExitCode, PcstratError

if TYPE_CHECKING:
    from pcstrat.commands.outcome import BuildOutcome
    from pcstrat.commands.preview import Preview
    from pcstrat.settings import Settings


@app.command()
def serve(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port to listen on.")] = 8000,
    as_of: AsOf = None,
) -> None:
    """Show the plans in a browser while you write; the pages follow each edit."""
    asked.append(lambda: _serve(port, as_of))


def build_again(build: Callable[[], ExitCode], load: Callable[[], "Settings"]) -> ExitCode:
    """Build, and build again after each edit, until the user ends it."""
    from pcstrat.commands.watch import edits

    code = ExitCode.CLEAN
    for _ in edits(load):
        code = _said(build)
        say("Watching for edits. Press Ctrl-C to end.")
    return code


def _said(build: Callable[[], ExitCode]) -> ExitCode:
    """Run a build; a failure is said and the next edit may mend it."""
    try:
        return build()
    except PcstratError as error:
        say(error.message, error.remedy)
        return error.exit_code


def _serve(port: int, as_of: str | None) -> ExitCode:
    from pcstrat.clock import as_of_date
    from pcstrat.commands.preview import Preview
    from pcstrat.commands.preview_folder import preview_folder
    from pcstrat.commands.preview_server import PreviewServer
    from pcstrat.commands.watch import edits
    from pcstrat.settings import load_settings

    def load() -> "Settings":
        return load_settings(Path.cwd(), os.environ, {"as_of": as_of})

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it is ended, its folder goes with it
    with preview_folder() as folder:
        preview = Preview(load, folder, lambda given: given.as_of or as_of_date(None))
        heard = edits(load)
        with PreviewServer(preview, port) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            show(f"The preview is at http://localhost:{server.server_address[1]}/ Press Ctrl-C to end it.")
            try:
                for _ in heard:
                    _build(preview)
            finally:
                server.ending.set()
                server.shutdown()
    return ExitCode.CLEAN


def _build(preview: "Preview") -> None:
    from pcstrat.report.findings_text import build_text
    from pcstrat.report.summary import build_sentence

    result: BuildOutcome | PcstratError = preview.build()
    if isinstance(result, PcstratError):
        say(result.message, result.remedy)
        return
    show(build_text(result.findings, result.lines), build_sentence(result.checked, result.findings))
