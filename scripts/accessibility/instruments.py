"""Runs the checks that need Java: the Nu HTML checker over all pages, veraPDF over all PDFs, each in one process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from results import Result

HERE = Path(__file__).parent
HTML = "valid HTML (Nu HTML checker)"
PDF_UA = "PDF/UA-1 machine rules (veraPDF)"
JAVA_FOLDER = Path("/usr/share/java")
JAXB = (
    *("jaxb-api", "jaxb-runtime", "jaxb-core", "txw2"),
    *("istack-commons-runtime", "FastInfoset", "stax-ex", "javax.activation"),
)
SECONDS = 1200


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says."""
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS)  # noqa: S603 - our own command


def valid_html(folder: Path, pages: tuple[str, ...], modules: Path) -> Iterator[Result]:
    """One result for each page."""
    jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    paths = [str((folder / page).resolve()) for page in pages]
    answer = run(["java", "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "json", *paths])
    try:
        messages = json.loads(answer.stderr)["messages"]
    except (ValueError, KeyError, TypeError):
        why = answer.stderr.strip()[:300] or f"exit code {answer.returncode}"
        yield from (Result(page, HTML, (why,), checked=False) for page in pages)
        return
    for page, path in zip(pages, paths, strict=True):
        own = [message for message in messages if message.get("url", "").endswith(Path(path).as_uri()[5:].lstrip("/"))]
        yield Result(page, HTML, tuple(f"line {entry.get('lastLine')}: {entry['message']}" for entry in own))
    addressed = [message for message in messages if message.get("url")]
    if len(addressed) < len(messages):
        yield Result(
            "the Nu HTML checker itself", HTML, tuple(str(entry) for entry in messages if not entry.get("url"))
        )


def pdf_ua(folder: Path, pdfs: tuple[str, ...], jar: Path) -> Iterator[Result]:
    """One result for each PDF; starting Java takes longest, so it is started once."""
    path = ":".join(str(file) for file in (*(JAVA_FOLDER / f"{name}.jar" for name in JAXB), jar))
    files = {str(folder / pdf): pdf for pdf in pdfs}
    answer = run(["java", "-cp", path, str(HERE / "Vera.java"), *files])
    told: dict[str, Result] = {}
    for line in answer.stdout.splitlines():
        word, file, count, why = (line.split("\t") + [""] * 4)[:4]
        if file in files:
            problems = () if word == "pass" and int(count) else (why,)
            told[files[file]] = Result(files[file], PDF_UA, problems, checked=word in {"pass", "fail"})
    why = answer.stderr.strip()[:300] or "veraPDF said nothing of it"
    for pdf in pdfs:
        yield told.get(pdf, Result(pdf, PDF_UA, (why,), checked=False))
