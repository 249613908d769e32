"""Turns files that break YAML readers into what `pcstrat validate` says of each: the table of `docs/hostile-files.md`.

`python scripts/hostile_files.py` prints the processor time of each, in a process of its own with 3 GB of memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pcstrat.diagnostics import Finding
from pcstrat.load import load_plan
from pcstrat.registry import load_registry

HEAD = "pcstrat: 1\nid: hostile\nicb: QOC\n"
REST = "document: {title: A plan, kind: briefing}\nambitions: [{id: one, title: One}]\n"
PLAN = HEAD + REST


def _laughs(join: str) -> str:
    rows = [f"a{n}: &a{n} {join.format(f'*a{n - 1}', f'*a{n - 1}')}" for n in range(1, 30)]
    return PLAN + "a0: &a0 [lol]\n" + "\n".join(rows) + "\n"


def _merges() -> str:
    rows = [f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}], k{n}: v}}" for n in range(1, 30)]
    return PLAN + "m0: &m0 {k: v}\n" + "\n".join(rows) + "\n"


FILES: Mapping[str, bytes] = {
    "billion laughs": _laughs("[{}, {}]").encode(),
    "merge-key bomb": _merges().encode(),
    "an alias to itself": (PLAN + "messages: &a [*a]\n").encode(),
    "a key written twice": (PLAN + "id: other\n").encode(),
    "100,000 nested brackets": (PLAN + "messages: " + "[" * 100_000 + "]" * 100_000 + "\n").encode(),
    "1,000 nested brackets": (PLAN + "messages: " + "[" * 1_000 + "]" * 1_000 + "\n").encode(),
    "a tab as indentation": (HEAD + "document:\n\ttitle: A plan\n\tkind: briefing\n").encode(),
    "a tab after a colon": PLAN.replace("id: hostile", "id:\thostile").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + PLAN.encode(),
    "Windows line ends": PLAN.replace("\n", "\r\n").encode(),
    "old Mac line ends": PLAN.replace("\n", "\r").encode(),
    "a NUL character": PLAN.replace("A plan", "A\0plan").encode(),
    "a control character": PLAN.replace("A plan", "A\x07plan").encode(),
    "Latin-1 bytes": PLAN.replace("A plan", "Café").encode("latin-1"),
    "UTF-16": PLAN.encode("utf-16"),
    "a Python object": (PLAN + "language: !!python/object/apply:os.system [ls]\n").encode(),
    "two documents": (PLAN + "---\n" + PLAN).encode(),
    "10 MB": PLAN.encode() + b"# filler\n" * 1_100_000,
    "300,000 keys": (PLAN + "messages: [" + "a," * 300_000 + "a]\n").encode(),
    "an empty file": b"",
    "a comment only": b"# nothing yet\n",
    "a list": b"- a\n- b\n",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}
"""The inputs of the table, by what they are. Some are no fault: they are read like any other file."""

NO_FAULT = frozenset({"a tab after a colon", "a byte order mark", "Windows line ends", "old Mac line ends"})


def findings(name: str) -> tuple[Finding, ...]:
    """What loading says of one file."""
    return load_plan(FILES[name], "hostile.yaml", load_registry(None)).findings


def page(generated: str) -> str:
    """The table: each file, its first problem, and what to do about it."""
    intro = Path(__file__).with_name("hostile_intro.md").read_text(encoding="utf-8").rstrip()
    lines = ["# Hostile files", "", generated, "", intro, ""]
    lines += ["| file | code, line and column | what is said | what to do |", "|---|---|---|---|"]
    for name in FILES:
        found = findings(name)
        if not found:
            lines.append(f"| {name} | none | It is read like any other file. | |")
            continue
        first = found[0]
        place = f"{first.span.start.line}:{first.span.start.column}" if first.span else "the file"
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        lines.append(f"| {name} | {first.code} {place}{more} | {cell(first.message)} | {cell(first.remedy)} |")
    return "\n".join(lines)


def cell(text: str) -> str:
    """A text as a cell of a table."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def main() -> int:
    """Print the exit code and the processor time of `pcstrat validate` for each file."""
    for name, content in FILES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "strategies", "hostile.yaml")
            path.parent.mkdir()
            path.write_bytes(content)
            command = f"ulimit -v 3000000; exec {sys.executable} -m pcstrat validate"
            before = os.times()
            done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607 - our own command
            after = os.times()
            taken = after.children_user - before.children_user + after.children_system - before.children_system
            print(f"{name:26} exit {done.returncode}  {taken:5.2f} s  {'Traceback' * (b'Traceback' in done.stderr)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
