"""Measures pcstrat against what a user would pick instead, on the same content: times on the wall, as ratios.

One plan of 1,500 lines. The others get what pcstrat made of it: its page as Markdown for pandoc, its page for Chromium,
and as many items for StrictDoc. They do less with it (no checks, no comparison, no proof), so a ratio says what all of
that costs. What is not installed is "not measured".
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench_plans import write_plans

PLAN = "plan-01"
_ITEM = re.compile(r"^\s*- (?:id: |text: |title: |\{text: )(.+)$", re.MULTILINE)
_CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


class Rival(NamedTuple):
    """Another way to make the same document: its name, what it is, the program it needs, and how it is run."""

    name: str
    document: str
    program: str | None
    run: Callable[[], None]


class Workshop:
    """A folder with one plan and what the others need of it."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder = folder
        self.tools = tools
        unwanted = {"PYTHONDONTWRITEBYTECODE", "GITHUB_ACTIONS", "CI"}
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.environment = kept | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "HOME": str(folder)}
        write_plans(folder / "strategies", 1)

    def run(self, *command: str) -> None:
        """Run a program in the folder; one that fails ends the benchmark."""
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode not in {0, 1}:
            sys.exit(f"{' '.join(command[:3])} ended with {done.returncode}:\n{done.stderr[-2000:]}")

    def pcstrat(self, formats: str) -> None:
        """Build everything anew in some formats."""
        shutil.rmtree(self.folder / formats, ignore_errors=True)
        self.run(sys.executable, "-m", "pcstrat", "build", "--format", formats, "--output", formats)

    def pandoc(self) -> str | None:
        """The program, from the tools or the machine."""
        files = sorted(self.tools.glob("lib/python*/site-packages/pypandoc/files/pandoc"))
        return str(files[0]) if files else shutil.which("pandoc")

    def tool(self, name: str) -> str | None:
        """A program of the tools."""
        path = self.tools / "bin" / name
        return str(path) if path.exists() else shutil.which(name)


def items(plan: str) -> list[str]:
    """The texts of a plan's items, in order."""
    return _ITEM.findall(plan)


def requirements(texts: list[str]) -> str:
    """A StrictDoc document with one requirement for each text."""
    parts = [f"[REQUIREMENT]\nUID: R-{number}\nSTATEMENT: >>>\n{text}\n<<<\n" for number, text in enumerate(texts)]
    return "\n".join(["[DOCUMENT]\nTITLE: A plan\n", *parts])


def rivals(workshop: Workshop) -> Iterator[Rival]:
    """Prepare the content, and say how each of the others makes a document of it."""
    page = Path("html") / PLAN / "index.html"
    pandoc, chromium = workshop.pandoc(), shutil.which("chromium")
    strictdoc, weasyprint = workshop.tool("strictdoc"), str(Path(sys.executable).parent / "weasyprint")
    workshop.pcstrat("html")
    if pandoc is not None:
        workshop.run(pandoc, "--from", "html", "--to", "gfm-raw_html", "--output", "plan.md", str(page))
    written = items((workshop.folder / "strategies" / f"{PLAN}.yaml").read_text(encoding="utf-8"))
    (workshop.folder / "items").mkdir()
    (workshop.folder / "items" / "plan.sdoc").write_text(requirements(written), encoding="utf-8")
    print(f"{len(written)} items")

    def run(program: str | None, *arguments: str) -> Callable[[], None]:
        return lambda: workshop.run(str(program), *arguments)

    yield Rival("pandoc", "html", pandoc, run(pandoc, "--standalone", "plan.md", "--output", "plan.html"))
    yield Rival("StrictDoc", "html", strictdoc, lambda: _export(workshop, str(strictdoc)))
    printed = ("--pdf-engine", weasyprint, "plan.md", "--output", "pandoc.pdf")
    yield Rival("pandoc with WeasyPrint", "html,pdf", pandoc, run(pandoc, *printed))
    printing = (*_CHROMIUM, f"--user-data-dir={workshop.folder / 'profile'}", "--print-to-pdf=chromium.pdf")
    url = (workshop.folder / page).as_uri()
    yield Rival("Chromium's print to PDF", "html,pdf", chromium, run(chromium, *printing, url))


def _export(workshop: Workshop, strictdoc: str) -> None:
    """StrictDoc's HTML anew: it keeps what it finds exported already."""
    shutil.rmtree(workshop.folder / "exported", ignore_errors=True)
    workshop.run(strictdoc, "export", "items", "--output-dir", "exported")


def seconds(work: Callable[[], None], rounds: int) -> float:
    """The median time of some runs after one that fills the caches."""
    times = []
    for number in range(rounds + 1):
        start = time.perf_counter()
        work()
        if number:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, default=Path(".venv-bench"), help="where the other tools are installed")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each work")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pcstrat-bench-") as name:
        workshop = Workshop(Path(name), options.tools.resolve())
        others = list(rivals(workshop))
        ours = {
            document: seconds(partial(workshop.pcstrat, document), options.rounds)
            for document in dict.fromkeys(rival.document for rival in others)
        }
        for rival in others:
            work = f"build --format {rival.document}, over {rival.name}"
            if rival.program is None:
                print(f"{work:52} not measured: it is not installed")
                continue
            theirs = seconds(rival.run, options.rounds)
            print(f"{work:52} {ours[rival.document] / theirs:6.2f}   ({ours[rival.document]:.1f} s and {theirs:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
