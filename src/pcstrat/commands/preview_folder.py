"""Holds the folder of a preview, which ends with it; what previews left that were killed is removed by the next."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pcstrat.publish.lock import exclusive, is_abandoned

PREFIX = "pcstrat-preview-"


@contextmanager
def preview_folder() -> Iterator[Path]:
    """A folder for one preview; no other takes it for abandoned."""
    for folder in abandoned_previews():
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name, exclusive(Path(name), name):
        yield Path(name)


def abandoned_previews() -> list[Path]:
    """The folders of previews of this user that no process holds any more."""
    found = sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))
    return [folder for folder in found if _is_ours(folder) and is_abandoned(folder)]


def _is_ours(folder: Path) -> bool:
    is_real = folder.is_dir() and not folder.is_symlink()
    return is_real and (not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid())
