"""Turns what a build made, and from what, into plain data that the next build reads; nothing that does not fit counts.

A record says: from these inputs (one hash, the key) came these files (a hash each). Whoever uses it computes the key
anew and hashes the files that are there. `memory` keeps the data in the user's cache folder.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pcstrat.diagnostics import Finding
from pcstrat.memory.findings import finding, finding_data, lines, lines_data
from pcstrat.publish.manifest import PublishedFile, published_file


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


def records_from(data: object) -> Records:
    """Undo `records_data`; nothing if the data is none of that."""
    with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
        return _records(data) if isinstance(data, dict) else Records()
    return Records()


def records_data(records: Records) -> dict[str, Any]:
    """Everything as plain data."""
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
        "files": [file.data() for file in record.files],
        "engines": dict(record.engines),
        "findings": [finding_data(finding) for finding in record.findings],
        "lines": lines_data(record.lines),
    }


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
        findings=tuple(map(finding, data["findings"])),
        lines=lines(data["lines"]),
    )


def _pdf(data: dict[str, Any]) -> PdfRecord:
    return PdfRecord(file=published_file(data["file"]), engines=data["engines"])


def _files(data: list[dict[str, Any]]) -> tuple[PublishedFile, ...]:
    return tuple(map(published_file, data))
