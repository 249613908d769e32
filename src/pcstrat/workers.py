"""Turns one process into several that work for it, and leaves none of them behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pcstrat.errors import ExitCode

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


def processes(wanted: int | None) -> int:
    """How many processes to use: as many as are wanted, else one for each processor that we may use."""
    if wanted is not None:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cheapest_start() -> str:
    """How processes start soonest: as copies of this one, but only on Linux, and not while other threads work."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


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
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    initial = () if prepare is None else (prepare,)
    context = multiprocessing.get_context(method)
    workers = ProcessPoolExecutor(jobs, context, initializer=_start_worker, initargs=initial)
    try:
        with _interrupts_held():
            workers.submit(_nothing)  # the first work starts the processes
        yield workers
        workers.shutdown()
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise


def _nothing() -> None:
    pass


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C waiting, in processes that start here until they are ready to end quietly."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(prepare: Callable[[], None] | None = None) -> None:
    """End quietly on Ctrl-C, and when the process that waits for us is gone."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(ExitCode.INTERRUPTED))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    import multiprocessing  # noqa: PLC0415

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(ExitCode.INTERRUPTED)
