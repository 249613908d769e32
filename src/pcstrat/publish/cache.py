"""Turns what a build made, and from what, into a file that the next build reads, trusting nothing that does not fit.

A record says: from these inputs (one hash, the key) came these files (a hash each). Whoever uses it computes the key
anew and hashes the files that are there. The file stands in the user's cache folder and not among plans or documents:
it holds findings, which are internal, and nothing that came with somebody's files may pass for what pcstrat made.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pcstrat.diagnostics import Finding, Position, Severity, Span
from pcstrat.publish.manifest import PublishedFile, published_file, sha256

FORMAT = "pcstrat-cache 1"
_SUFFIX = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """What one plan file became. Without files it was not published; `findings` and their `lines` say why."""

    key: str
    plan_id: str
    content_hash: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[PublishedFile, ...] = ()
    engines: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """The files on all plans together."""

    key: str
    files: tuple[PublishedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfRecord:
    """One PDF, by the key of the page that it was made from, and the versions that made it."""

    file: PublishedFile
    engines: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that is remembered of one output folder: plans by source, PDFs by key."""

    plans: Mapping[str, PlanRecord] = field(default_factory=dict)
    pdfs: Mapping[str, PdfRecord] = field(default_factory=dict)
    site: SiteRecord | None = None


def cache_file(folder: Path, output: Path) -> Path:
    """The file that belongs to an output folder."""
    return folder / f"{sha256(os.path.realpath(output).encode())[:32]}{_SUFFIX}"


def read_records(path: Path) -> Records:
    """What a file remembers; nothing if it is missing, damaged, or of another version."""
    with contextlib.suppress(OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode() == f"{FORMAT} {sha256(body)}":
            return _records(json.loads(body))
    return Records()


def write_records(path: Path, output: Path, records: Records) -> None:
    """Write the file in one step, and remove files of output folders that are gone.

    Raises:
        OSError: if it cannot be written; the one that was there is then unchanged.
    """
    data = _data(records) | {"output": os.path.realpath(output)}
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    partly = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        partly.write_bytes(f"{FORMAT} {sha256(body)}\n".encode() + body)
        partly.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            partly.unlink()
        raise
    _remove_orphans(path)


def _remove_orphans(path: Path) -> None:
    for other in path.parent.glob(f"*{_SUFFIX}"):
        with contextlib.suppress(OSError, KeyError, TypeError, ValueError):
            head, _, body = other.read_bytes().partition(b"\n")
            if other != path and head.startswith(b"pcstrat-cache ") and not Path(json.loads(body)["output"]).exists():
                other.unlink()


def _data(records: Records) -> dict[str, Any]:
    return {
        "plans": {source: _plan_data(record) for source, record in records.plans.items()},
        "pdfs": {key: asdict(record) for key, record in records.pdfs.items()},
        "site": asdict(records.site) if records.site else None,
    }


def _plan_data(record: PlanRecord) -> dict[str, Any]:
    return {
        "key": record.key,
        "plan_id": record.plan_id,
        "content_hash": record.content_hash,
        "data": record.data,
        "files": [asdict(file) for file in record.files],
        "engines": dict(record.engines),
        "findings": [_finding_data(finding) for finding in record.findings],
        "lines": [[file, number, text] for (file, number), text in record.lines.items()],
    }


def _finding_data(finding: Finding) -> list[Any]:
    span = finding.span
    places = [span.start.line, span.start.column, span.end.line, span.end.column] if span else None
    texts = [finding.code, finding.severity.value, finding.file, finding.message, finding.remedy, finding.where]
    return [*texts, places, finding.path, finding.notes]


def _records(data: dict[str, Any]) -> Records:
    site = data["site"]
    return Records(
        plans={source: _plan(record) for source, record in data["plans"].items()},
        pdfs={key: _pdf(record) for key, record in data["pdfs"].items()},
        site=SiteRecord(key=site["key"], files=_files(site["files"])) if site else None,
    )


def _plan(data: dict[str, Any]) -> PlanRecord:
    return PlanRecord(
        key=data["key"],
        plan_id=data["plan_id"],
        content_hash=data["content_hash"],
        data=data["data"],
        files=_files(data["files"]),
        engines=data["engines"],
        findings=tuple(map(_finding, data["findings"])),
        lines={(file, number): text for file, number, text in data["lines"]},
    )


def _pdf(data: dict[str, Any]) -> PdfRecord:
    return PdfRecord(file=published_file(data["file"]), engines=data["engines"])


def _files(data: list[dict[str, Any]]) -> tuple[PublishedFile, ...]:
    return tuple(map(published_file, data))


def _finding(data: list[Any]) -> Finding:
    code, severity, file, message, remedy, where, places, path, notes = data
    span = Span(Position(*places[:2]), Position(*places[2:])) if places else None
    return Finding(
        code=code,
        severity=Severity(severity),
        file=file,
        message=message,
        remedy=remedy,
        span=span,
        path=tuple(path),
        where=where,
        notes=tuple(notes),
    )
