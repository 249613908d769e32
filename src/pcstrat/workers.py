"""Turns one process into several that work for it, and leaves none of them behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pcstrat.errors import ExitCode, NotDoneError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

Results: TypeAlias = Callable[[Iterable[Task]], Iterator[Result]]
"""Hands out tasks and has what came of each, in order."""

_SECONDS_TO_END = 5
_AHEAD = 4
"""How many tasks for each process are handed out at a time: a long one holds up no other, and few results wait."""


def processes(wanted: int | None) -> int:
    """How many processes to use: as many as are wanted, else one for each processor that we may use."""
    if wanted is not None:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cheapest_start() -> str:
    """How processes start soonest: as copies of this one, but only on Linux, and not while other threads work."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


@contextmanager
def crew(do: Callable[[Task], Result], number: int, what: str) -> Iterator[Results[Task, Result]]:
    """Processes that do one kind of work; what is handed over gives them tasks and has the results, in order.

    They start at once, so that they can be copies of this process before it has other threads. The first tasks are
    handed out when tasks are given, and never so many that more than a few results wait for their turn. However the
    block ends, no process is left behind.

    Args:
        do: What is done with a task. It travels to each process once, tasks and results each time.
        number: How many processes.
        what: What each does, in words that follow "A process that".

    Raises:
        NotDoneError: if a process ends unexpectedly. What `do` raises comes in the turn of its task.
    """
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - few runs need processes

    try:
        with pool(number, method=cheapest_start(), prepare=partial(_take_up, do)) as workers:
            yield partial(_in_order, workers, number * _AHEAD)
    except BrokenProcessPool:
        message = f"A process that {what} ended unexpectedly; the memory may be too small."
        raise NotDoneError(message, "Try it with --jobs 1.") from None


def _in_order(workers: ProcessPoolExecutor, most: int, tasks: Iterable[Task]) -> Iterator[Result]:
    coming = iter(tasks)
    waiting = deque(workers.submit(_do, task) for task in islice(coming, most))
    return _results(workers, waiting, coming)


def _results(workers: ProcessPoolExecutor, waiting: deque[Future[Result]], coming: Iterator[Task]) -> Iterator[Result]:
    while waiting:
        result = waiting.popleft().result()
        waiting.extend(workers.submit(_do, task) for task in islice(coming, 1))
        yield result


_work: list[Callable[[Any], Any]] = []
"""What this process does with tasks, if it is a worker: one entry."""


def _take_up(do: Callable[[Any], Any]) -> None:
    _work[:] = [do]


def _do(task: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
    return _work[0](task)


@contextmanager
def pool(
    jobs: int, *, method: str = "spawn", prepare: Callable[[], None] | None = None
) -> Iterator[ProcessPoolExecutor]:
    """Worker processes. However the block ends, no process is left behind.

    Args:
        jobs: How many.
        method: How they are started: `spawn` or `fork`, as `multiprocessing` calls them.
        prepare: What each does before its first work.
    """
    import multiprocessing  # noqa: PLC0415 - few runs need processes
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few runs need processes

    initial = () if prepare is None else (prepare,)
    context = multiprocessing.get_context(method)
    workers = ProcessPoolExecutor(jobs, context, initializer=_start_worker, initargs=initial)
    try:
        with _interrupts_held():
            for _ in range(jobs):  # work starts the processes
                workers.submit(_nothing)
        yield workers
        workers.shutdown()
    except BaseException:
        _end(multiprocessing.active_children())
        workers.shutdown(cancel_futures=True)
        raise


def _end(workers: list[BaseProcess]) -> None:
    """Ask processes to end, and make those end that do not, such as one that hangs before it hears of anything.

    They are watched, not joined: the pool joins them in a thread of its own, and of two that do, one is told nothing.
    """
    from multiprocessing.connection import wait  # noqa: PLC0415 - few runs need processes

    for worker in workers:
        worker.terminate()
    alive = {worker.sentinel: worker for worker in workers}
    latest = monotonic() + _SECONDS_TO_END
    while alive and (seconds_left := latest - monotonic()) > 0:
        ended = wait(list(alive), seconds_left)
        alive = {sentinel: worker for sentinel, worker in alive.items() if sentinel not in ended}
    for worker in alive.values():
        worker.kill()


def _nothing() -> None:
    pass


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C, and a request to end, waiting, in processes that start here until they are ready to end quietly."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(prepare: Callable[[], None] | None = None) -> None:
    """End quietly on Ctrl-C, on request, and when the process that waits for us is gone."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(ExitCode.INTERRUPTED))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    import multiprocessing  # noqa: PLC0415 - few runs need processes

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(ExitCode.INTERRUPTED)
