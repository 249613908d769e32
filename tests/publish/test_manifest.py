"""A manifest comes back as it was written; anything else is noticed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pcstrat.memory.fingerprint import sha256
from pcstrat.publish.manifest import (
    ForeignManifestError,
    Manifest,
    PublishedFile,
    PublishedPlan,
    is_safe_path,
    read_manifest,
)


def file(path: str) -> PublishedFile:
    return PublishedFile(path, sha256(path.encode()), len(path))


MANIFEST = Manifest(
    pcstrat="1.0",
    as_of="2026-11-21",
    engines={"weasyprint": "70.0", "pango": "1.50"},
    files=(file("index.html"),),
    plans=(
        PublishedPlan(
            id="bob",
            source="strategies/bob.yaml",
            source_sha256=sha256(b"bob"),
            content_hash=sha256(b"content"),
            as_of="2026-11-21",
            files=(file("bob/bob.pdf"), file("bob/index.html")),
        ),
        PublishedPlan(
            id="kent",
            source="strategies/kent.yaml@v2023",
            source_sha256=sha256(b"kent"),
            content_hash=sha256(b"content"),
            as_of="2026-11-21",
            files=(file("kent/index.html"),),
            revision="v2023",
        ),
    ),
)


def test_it_comes_back_as_it_was_written() -> None:
    assert read_manifest(MANIFEST.to_bytes()).to_bytes() == MANIFEST.to_bytes()
    assert [entry.path for entry in MANIFEST.all_files()] == [
        "index.html",
        "bob/bob.pdf",
        "bob/index.html",
        "kent/index.html",
    ]
    assert MANIFEST.to_bytes().endswith(b"}\n")
    assert b"\r" not in MANIFEST.to_bytes()


def test_its_order_is_not_that_of_the_build() -> None:
    turned = Manifest(
        pcstrat="1.0",
        as_of="2026-11-21",
        engines=dict(reversed(MANIFEST.engines.items())),
        files=MANIFEST.files,
        plans=(
            PublishedPlan(
                **{name: getattr(MANIFEST.plans[0], name) for name in MANIFEST.plans[0].__slots__ if name != "files"},
                files=tuple(reversed(MANIFEST.plans[0].files)),
            ),
            MANIFEST.plans[1],
        ),
    )
    assert turned.to_bytes() == MANIFEST.to_bytes()


def changed(**changes: Any) -> bytes:
    return json.dumps(json.loads(MANIFEST.to_bytes()) | changes).encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (MANIFEST.to_bytes()[:200], "is damaged"),
        (b"", "is damaged"),
        (b"\xff\xfe", "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b"[]", "was not made by pcstrat"),
        (b'{"name": "My web app", "start_url": "/"}', "was not made by pcstrat"),
        (changed(pcstrat_manifest=2), "another version"),
        (changed(pcstrat_manifest="1"), "another version"),
        (changed(plans=None), "is damaged"),
        (changed(plans=[{"id": "bob"}]), "is damaged"),
        (changed(files=[{"path": "../../etc/passwd", "sha256": "0" * 64, "size": 1}]), "is damaged"),
        (changed(files=[{"path": "/etc/passwd", "sha256": "0" * 64, "size": 1}]), "is damaged"),
        (changed(files=[{"path": "a", "sha256": "0", "size": 1}]), "is damaged"),
        (changed(files=[{"path": "a", "sha256": "0" * 64, "size": True}]), "is damaged"),
        (changed(files=[{"path": "a", "sha256": 1, "size": 1}]), "is damaged"),
        (changed(engines=["weasyprint"]), "is damaged"),
        (changed(as_of=2026), "is damaged"),
    ],
)
def test_what_is_no_manifest_is_noticed(content: bytes, expected: str) -> None:
    with pytest.raises(ForeignManifestError, match=expected):
        read_manifest(content)


@pytest.mark.parametrize("path", ["index.html", "bob/bob.pdf", "a/b/c/d.csv", "south-east-london/plan.json"])
def test_paths_inside_are_safe(path: str) -> None:
    assert is_safe_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "..", "../x", "a/../b", "/x", "a//b", "a/", "C:x", "a\\b", "a\0b", "a\nb", ".hidden", "a/.git",
        "con", "CON/index.html", "nul.txt", "x/aux.pdf", "com1", "a.", "a/b.", "a" * 200, "é", None, 3,
    ],
)  # fmt: skip
def test_paths_that_lead_elsewhere_are_not(path: object) -> None:
    assert not is_safe_path(path)
