"""Turns edits of plans, templates, registry and settings into calls, a moment after the last of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from pcstrat.errors import NotDoneError
from pcstrat.settings import Settings

SETTLED = 300
"""Milliseconds without an edit after which a burst of them counts as one; editors save in several steps."""

_STEP, _TIMEOUT = 50, 200
"""Milliseconds between two looks, and after which we hear that nothing was seen: the first such is the beginning."""

_SETTINGS_FILES = ("pcstrat.toml", "pyproject.toml")


def edits(settings: Settings, stop: threading.Event | None = None) -> Iterator[None]:
    """Yield once as soon as edits are noticed, and then once for each burst of them, until `stop` is set.

    What is built is not watched, wherever it stands.

    Raises:
        NotDoneError: if there is no folder of plans to watch.
    """
    from watchfiles import Change, watch  # noqa: PLC0415 - only where something is watched

    if not settings.strategies.is_dir():
        message = f"There is no folder '{settings.strategies.name}' to watch."
        raise NotDoneError(message, "Run pcstrat in the folder that holds your plans' folder.")
    built = settings.output.resolve()

    def counts(_change: Change, path: str) -> bool:
        name = Path(path).name
        is_temporary = name.startswith(".") or name.endswith(("~", ".swp", ".tmp"))
        return not (is_temporary or Path(path).is_relative_to(built))

    has_begun = False
    for changes in watch(
        *_watched(settings),
        watch_filter=counts,
        debounce=SETTLED,
        step=_STEP,
        rust_timeout=_TIMEOUT,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        if changes or not has_begun:
            has_begun = True
            yield


def _watched(settings: Settings) -> list[Path]:
    folders = (settings.strategies, settings.templates, settings.registry)
    files = (settings.folder / name for name in _SETTINGS_FILES)
    return [path.resolve() for path in (*folders, *files) if path.exists()]
