"""Turns edits of plans, templates, registry and settings into calls, a moment after the last of them."""

from __future__ import annotations

import contextlib
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from pcstrat.errors import NotDoneError, PcstratError
from pcstrat.settings import FILE_NAME, PYPROJECT, Settings

SETTLED = 300
"""Milliseconds without an edit after which a burst of them counts as one; editors save in several steps."""

_STEP, _TIMEOUT = 50, 200
"""Milliseconds between two looks, and after which we hear that nothing was seen: the first such is the beginning."""


LoadSettings = Callable[[], Settings]
"""Reads the settings anew: they may be edited too."""

_Stamp: TypeAlias = tuple[int, ...] | None
"""What tells a file or folder from another of its name, and a file from what it was; nothing where there is none."""


def edits(load: LoadSettings, stop: threading.Event | None = None) -> Iterator[None]:
    """Yield once as soon as edits are noticed, and then once for each burst of them, until `stop` is set.

    What is built is not watched, wherever it stands. Settings and folders count also where they are made later, or
    replaced: a watcher follows what it was shown at first, so then it begins anew.

    Raises:
        PcstratError: at once, if there is no folder of plans to watch, or the settings are wrong.
    """
    settings = load()
    if not settings.strategies.is_dir():
        message = f"There is no folder '{settings.strategies.name}' to watch."
        raise NotDoneError(message, "Run pcstrat in the folder that holds your plans' folder.")
    return _edits(load, settings, stop)


def _edits(load: LoadSettings, settings: Settings, stop: threading.Event | None) -> Iterator[None]:
    while stop is None or not stop.is_set():
        yield from _edits_until_replaced(settings, stop)
        with contextlib.suppress(PcstratError):  # the build says what is wrong with them
            settings = load()


def _edits_until_replaced(settings: Settings, stop: threading.Event | None) -> Iterator[None]:
    """The same, until the settings change, or a folder comes, goes or is replaced."""
    from watchfiles import Change, watch  # only where something is watched

    built = settings.output.resolve()

    def counts(_change: Change, path: str) -> bool:
        name = Path(path).name
        is_temporary = name.startswith(".") or name.endswith(("~", ".swp", ".tmp"))
        return not (is_temporary or Path(path).is_relative_to(built))

    folders = (settings.strategies, settings.templates, settings.registry)
    places = (*folders, settings.folder / FILE_NAME, settings.folder / PYPROJECT)
    before = list(map(_stamp, places))
    has_begun = False
    for changes in watch(
        *(folder.resolve() for folder in folders if folder.is_dir()),
        watch_filter=counts,
        debounce=SETTLED,
        step=_STEP,
        rust_timeout=_TIMEOUT,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        if list(map(_stamp, places)) != before:
            return
        if changes or not has_begun:
            has_begun = True
            yield


def _stamp(place: Path) -> _Stamp:
    try:
        found = place.stat()
    except OSError:
        return None
    same = (found.st_dev, found.st_ino)
    return same if stat.S_ISDIR(found.st_mode) else (*same, found.st_mtime_ns, found.st_size)
