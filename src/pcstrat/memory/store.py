"""Turns plain data into a file in the user's cache folder and back, trusting no file that does not fit.

A file belongs to one folder of the user: what is remembered of a folder that is gone, is removed. It stands in the
cache folder and not among plans or documents: it holds findings, which are internal, and nothing that came with
somebody's files may pass for what pcstrat found or made.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from pcstrat.memory.fingerprint import hash_of, sha256

FORMAT = b"pcstrat-cache 2 "
KEPT = 4
"""How many files of one kind there are of one folder, at most: those that were written last."""


class Store(NamedTuple):
    """One file in the folder `cache`: what is remembered of `folder`, of one kind, under certain circumstances."""

    cache: Path
    kind: str
    folder: Path
    circumstances: str = ""

    @property
    def path(self) -> Path:
        """The file."""
        return self.cache / f"{self._name}{hash_of(self.circumstances)[:16]}.json"

    @property
    def _name(self) -> str:
        """What all files of this kind and folder begin with."""
        return f"{self.kind}-{hash_of(os.path.realpath(self.folder))[:32]}-"

    def read(self) -> object:
        """The data that was written last; `None` if there is none, or it is damaged or of another version."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            head, _, body = self.path.read_bytes().partition(b"\n")
            if head == FORMAT + sha256(body).encode():
                return json.loads(body.partition(b"\n")[2])
        return None

    def write(self, data: object) -> None:
        """Write the data in one step, and remove files that are too many or of folders that are gone.

        Raises:
            OSError: if it cannot be written; what was there is then unchanged.
        """
        lines = (os.path.realpath(self.folder), data)
        texts = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
        body = "\n".join(texts).encode("utf-8", "surrogatepass")
        partly = self.path.with_suffix(f".{os.getpid()}")
        self.cache.mkdir(parents=True, exist_ok=True)
        try:
            partly.write_bytes(FORMAT + sha256(body).encode() + b"\n" + body)
            partly.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                partly.unlink()
            raise
        self._remove_others()

    def _remove_others(self) -> None:
        others = [path for path in self.cache.glob("*-*-*.json") if path != self.path]
        own = [path for path in others if path.name.startswith(self._name)]
        with contextlib.suppress(OSError):
            own.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in others:
            with contextlib.suppress(OSError, ValueError):
                if path in own[KEPT - 1 :] or _is_orphan(path):
                    path.unlink()


def _is_orphan(path: Path) -> bool:
    """Whether a file is one of ours and its folder is gone."""
    with path.open("rb") as file:
        return file.readline().startswith(FORMAT) and not Path(json.loads(file.readline())).exists()
