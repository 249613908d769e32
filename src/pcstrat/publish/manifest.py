"""Turns what was built into `manifest.json`, and a manifest found in a folder back, trusting nothing in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pcstrat.export.published_schemas import MANIFEST, address

FORMAT_VERSION = 1
FILE_NAME = "manifest.json"
MAX_BYTES = 20_000_000

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}(?<![.])"
_PATH = re.compile(rf"{_NAME}(?:/{_NAME}){{0,3}}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ForeignManifestError(Exception):
    """A manifest is damaged, or not one of pcstrat's; the message says which, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of the site: its path inside the output folder, with forward slashes, and its content."""

    path: str
    sha256: str
    size: int

    def data(self) -> dict[str, Any]:
        """The fields as plain data."""
        return {"path": self.path, "sha256": self.sha256, "size": self.size}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPlan:
    """The documents of one plan and what they were made from; `revision` is empty for a file of the user's folder."""

    id: str
    source: str
    source_sha256: str
    content_hash: str
    as_of: str
    files: tuple[PublishedFile, ...]
    revision: str = ""

    def data(self) -> dict[str, Any]:
        """The fields as plain data, the files sorted by path."""
        own = {"id": self.id, "source": self.source, "source_sha256": self.source_sha256}
        own |= {"revision": self.revision} if self.revision else {}
        return own | {"content_hash": self.content_hash, "as_of": self.as_of, "files": files_data(self.files)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything that was built. `files` are those of no single plan; `engines` are the versions that made the PDFs."""

    pcstrat: str
    as_of: str
    engines: Mapping[str, str] = field(default_factory=dict)
    files: tuple[PublishedFile, ...] = ()
    plans: tuple[PublishedPlan, ...] = ()

    def all_files(self) -> Iterator[PublishedFile]:
        """Every file listed, those of plans included."""
        yield from self.files
        for plan in self.plans:
            yield from plan.files

    def plan(self, plan_id: str) -> PublishedPlan | None:
        """What is published of a plan."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def to_bytes(self) -> bytes:
        """The text of the file: sorted, the same bytes for the same content."""
        data = {
            "$schema": address(MANIFEST),
            "pcstrat_manifest": FORMAT_VERSION,
            "pcstrat": self.pcstrat,
            "as_of": self.as_of,
            "engines": dict(sorted(self.engines.items())),
            "files": files_data(self.files),
            "plans": [plan.data() for plan in sorted(self.plans, key=lambda plan: plan.id)],
        }
        return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def files_data(files: Iterable[PublishedFile]) -> list[dict[str, Any]]:
    """Files as plain data, sorted by path."""
    return [file.data() for file in sorted(files, key=lambda file: file.path)]


def is_safe_path(path: object) -> bool:
    """Whether a path stays inside the folder it is joined to and is a usable name on every platform."""
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        return False
    return not any(_RESERVED.fullmatch(name) for name in path.split("/"))


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest that may be anybody's.

    Raises:
        ForeignManifestError: if it is not a complete manifest of a version that is known.
    """
    try:
        data = json.loads(content.decode())
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ForeignManifestError("is damaged") from None
    if not isinstance(data, dict) or "pcstrat_manifest" not in data:
        raise ForeignManifestError("was not made by pcstrat")
    if data["pcstrat_manifest"] != FORMAT_VERSION:
        raise ForeignManifestError("was made by another version of pcstrat")
    try:
        return _manifest(data)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ForeignManifestError("is damaged") from None


def _manifest(data: dict[str, Any]) -> Manifest:
    return Manifest(
        pcstrat=_text(data["pcstrat"]),
        as_of=_text(data["as_of"]),
        engines={_text(name): _text(version) for name, version in data["engines"].items()},
        files=tuple(map(published_file, data["files"])),
        plans=tuple(map(_plan, data["plans"])),
    )


def _plan(data: dict[str, Any]) -> PublishedPlan:
    return PublishedPlan(
        id=_text(data["id"]),
        source=_text(data["source"]),
        source_sha256=_text(data["source_sha256"]),
        content_hash=_text(data["content_hash"]),
        as_of=_text(data["as_of"]),
        files=tuple(map(published_file, data["files"])),
        revision=_text(data.get("revision", "")),
    )


def published_file(data: dict[str, Any]) -> PublishedFile:
    """One file as a manifest lists it.

    Raises:
        KeyError: or TypeError or ValueError, if it is none, or its path leads out of the folder.
    """
    path, digest, size = data["path"], data["sha256"], data["size"]
    if not is_safe_path(path) or not _SHA256.fullmatch(digest) or type(size) is not int or size < 0:
        raise ValueError(path)
    return PublishedFile(path, digest, size)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
