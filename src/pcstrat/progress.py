"""Shows how far a run has got: a bar on a terminal, plain lines elsewhere, nothing in tests. Always on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TextIO

from pcstrat.text import visible

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ProgressDisplay(Protocol):
    """What long work tells: how much there is, what was done, and that it is over."""

    def start(self, total: int) -> None:
        """There are `total` steps."""

    def step(self, what: str) -> None:
        """One step is done; `what` names it."""

    def stop(self) -> None:
        """The work is over, finished or not."""


class NoProgress:
    """Shows nothing."""

    def start(self, total: int) -> None:
        """See `ProgressDisplay`."""

    def step(self, what: str) -> None:
        """See `ProgressDisplay`."""

    def stop(self) -> None:
        """See `ProgressDisplay`."""


class LineProgress:
    """Writes one line for each step, for logs."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.total = self.done = 0

    def start(self, total: int) -> None:
        """See `ProgressDisplay`."""
        self.total, self.done = total, 0

    def step(self, what: str) -> None:
        """See `ProgressDisplay`."""
        self.done += 1
        self.stream.write(f"{self.done}/{self.total} {visible(what)}\n")
        self.stream.flush()

    def stop(self) -> None:
        """See `ProgressDisplay`."""


class BarProgress:
    """Draws a bar that goes away when the work is over."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.bar: Progress | None = None
        self.task: TaskID | None = None

    def start(self, total: int) -> None:
        """See `ProgressDisplay`."""
        from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - the same

        console = Console(file=self.stream, force_terminal=True, markup=False, emoji=False)
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
        self.bar = Progress(*columns, console=console, transient=True)
        self.task = self.bar.add_task("", total=total)
        self.bar.start()

    def step(self, what: str) -> None:
        """See `ProgressDisplay`."""
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, advance=1, description=visible(what))

    def stop(self) -> None:
        """See `ProgressDisplay`."""
        if self.bar is not None:
            self.bar.stop()


def progress_for(stream: TextIO, *, interactive: bool) -> ProgressDisplay:
    """The progress to show on a stream."""
    return BarProgress(stream) if interactive else LineProgress(stream)
