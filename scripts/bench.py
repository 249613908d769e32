"""Measures pcstrat against its budgets: ratios in one run, bytecode compiled, medians of interleaved runs.

`make bench` makes 42 plans of 1,500 lines in a temporary folder and prints each ratio with its budget. Nothing here is
part of the tests: a shared machine is no stop-watch. `--quick` leaves out what takes minutes (PDFs).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from bench_plans import edited_plan, write_plans

PLANS, FEW = 42, 10
FEWER = "fewer"
"""The folder with few plans. Built among many, each of the others would be looked at too."""
EDITED = "edited"
"""The folder with two versions of a plan."""
DIFF_FORMATS = ("text", "markdown", "json", "html")
REFERENCE = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def main(plan: str) -> None:
    from pydantic import BaseModel
    import rich.console
    from _ruamel_yaml import CParser
app()
"""
EVENTS = """
import sys, time
from pathlib import Path
from _ruamel_yaml import CParser
from ruamel.yaml.events import StreamEndEvent
texts = [path.read_text(encoding="utf-8") for path in sorted(Path("strategies").glob("*.yaml"))]
def parse(text):
    parser = CParser(text)
    while not isinstance(parser.get_event(), StreamEndEvent):
        pass
parse(texts[0])
start = time.process_time()
for text in texts:
    parse(text)
print((time.process_time() - start) / len(texts))
"""
PLACED = """
import time
from pathlib import Path
from pcstrat.source import read_source
contents = [path.read_bytes() for path in sorted(Path("strategies").glob("*.yaml"))]
read_source(contents[0], "")
start = time.process_time()
for content in contents:
    read_source(content, "")
print((time.process_time() - start) / len(contents))
"""
COMPARE = """
import datetime as dt, gc, json, time
from pathlib import Path
from pcstrat.compare import compare, digest
from pcstrat.export.tables_csv import facts_csv
from pcstrat.export.tables_json import tables_json
from pcstrat.export.tables_xlsx import tables_xlsx
from pcstrat.load import load_plan
from pcstrat.registry import load_registry
from pcstrat.report.tables_markdown import topics_markdown
from pcstrat.report.tables_text import topics_text
gc.set_threshold(1_000_000)
registry, day = load_registry(None), dt.date(2026, 11, 21)
_ = registry.commitments  # loading reads them as soon as a plan answers one, which these plans do not
files = [(path.name, path.read_bytes()) for path in sorted(Path("strategies").glob("*.yaml"))]
first, rest = files[0], files[1:]
seconds = {}
def timed(name, work):
    start = time.process_time()
    done = work()
    seconds[name] = seconds.get(name, 0) + time.process_time() - start
    return done
def digested(name, content):
    plan = timed("loading", lambda: load_plan(content, name, registry).plan)
    return timed("digests", lambda: digest(plan, registry))
digested(*first)
seconds.clear()
digests = [digested(*file) for file in rest]
topics = timed("tables", lambda: compare(digests, registry, as_of=day))
timed("text", lambda: topics_text(topics))
timed("Markdown", lambda: topics_markdown(topics))
timed("JSON", lambda: all(tables_json(topics, as_of=day)))
timed("facts", lambda: all(facts_csv(topics)))
timed("workbook", lambda: all(tables_xlsx(topics)))
print(json.dumps({name: spent / len(rest) * 1000 for name, spent in seconds.items()}))
"""
PDF = """
import os, time, warnings
from pathlib import Path
from pcstrat.publish import fonts, pdf
from pcstrat.publish.printing import checked_pdf
html = Path("page.html").read_text(encoding="utf-8")
pdf.engine_versions()
import weasyprint
from weasyprint.text.fonts import FontConfiguration
def plain():
    config = FontConfiguration()
    styles = weasyprint.CSS(string=fonts.print_styles(), font_config=config)
    return weasyprint.HTML(string=html).write_pdf(
        stylesheets=[styles], font_config=config, pdf_variant="pdf/ua-1", custom_metadata=True)
def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
timed(lambda: checked_pdf(html, None))
rounds = [(timed(lambda: checked_pdf(html, None)), timed(plain)) for _ in range(3)]
print(sorted(ours / theirs for ours, theirs in rounds)[1])
"""
PEAK = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "pcstrat", *sys.argv[1:]], capture_output=True)
if done.returncode not in {0, 1}:
    sys.exit(done.returncode)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""The most memory that the command or a process of it had."""


class Seconds(NamedTuple):
    """How long something took: of the processors, and on the wall."""

    busy: float
    wall: float


class Row(NamedTuple):
    """One line of the table: what was measured, the ratio, and the budget."""

    work: str
    ratio: float
    budget: str


def busy_seconds() -> float:
    """The processor time of the commands so far, which a shared machine stretches less than the time on the wall."""
    if sys.platform == "win32":
        return time.perf_counter()
    import resource  # noqa: PLC0415 - there is none on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Bench:
    """Runs commands in a folder of plans, with compiled bytecode of its own, and keeps their times."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        unwanted = {"PYTHONDONTWRITEBYTECODE", "GITHUB_ACTIONS", "CI"}
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.environment = kept | {
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "NO_COLOR": "1",
        }

    def run(self, *arguments: str, inside: str = "") -> str:
        """Run Python with arguments, `inside` a folder; what a command finds is no failure here."""
        command = [sys.executable, *arguments]
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=self.folder / inside, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode not in {0, 1}:
            sys.exit(f"{' '.join(command[:4])} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return done.stdout

    def number(self, script: str) -> float:
        """The number that a script prints."""
        return float(self.run("-c", script))

    def medians(self, works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Seconds]:
        """Run each work once to fill the cache, then in turns; the median seconds of each."""
        times: dict[str, list[Seconds]] = {name: [] for name in works}
        for number in range(rounds + 1):
            for name, work in works.items():
                busy, wall = busy_seconds(), time.perf_counter()
                work()
                if number:
                    times[name].append(Seconds(busy_seconds() - busy, time.perf_counter() - wall))
        return {name: Seconds(*map(statistics.median, zip(*each, strict=True))) for name, each in times.items()}

    def pcstrat(self, *arguments: str, inside: str = "") -> Callable[[], str]:
        """A run of pcstrat."""
        return lambda: self.run("-m", "pcstrat", *arguments, inside=inside)


def start_up(bench: Bench, rounds: int) -> list[Row]:
    """One plan against the reference: checked anew, and where it has not changed since it was checked last."""
    works = {
        "reference": lambda: bench.run("-c", REFERENCE, "x"),
        "anew": bench.pcstrat("validate", "--force", "plan-01"),
        "unchanged": bench.pcstrat("validate", "plan-01"),
    }
    times = bench.medians(works, rounds)
    reference, anew, unchanged = (times[name].busy for name in works)
    print(f"reference {reference:.3f} s, validate {anew:.3f} s anew, {unchanged:.3f} s where nothing has changed")
    return [
        Row("validate, one plan checked anew, over the reference", anew / reference, "1.6"),
        Row("validate, one plan not changed, over the reference", unchanged / reference, "1.6"),
    ]


def nothing_changed(bench: Bench, rounds: int) -> Row:
    """A build of all plans after which nothing has changed, against the reference."""
    build = bench.pcstrat("build", "--format", "html", "--output", "unchanged")
    works = {"reference": lambda: bench.run("-c", REFERENCE, "x"), "again": build}
    times = bench.medians(works, rounds)
    reference, again = times["reference"].busy, times["again"].busy
    print(f"reference {reference:.3f} s, build of {PLANS} plans that have not changed {again:.3f} s")
    return Row(f"build, {PLANS} plans, nothing changed, over the reference", again / reference, "1.5")


def slopes(bench: Bench, rounds: int) -> list[Row]:
    """Each further plan against the parse of its YAML events, and against reading them into data with positions.

    Several processes share the work on many plans: that shows on the wall, and not in the time of the processors.
    """
    html = ("build", "--force", "--format", "html", "--output")
    works = {
        "few": bench.pcstrat("validate", "--force", inside=FEWER),
        "all": bench.pcstrat("validate", "--force"),
        "few unchanged": bench.pcstrat("validate", inside=FEWER),
        "all unchanged": bench.pcstrat("validate"),
        "few html": bench.pcstrat(*html, "few", inside=FEWER),
        "all html": bench.pcstrat(*html, "all"),
    }
    times = bench.medians(works, rounds)
    events, placed = (statistics.median(bench.number(script) for _ in range(rounds)) for script in (EVENTS, PLACED))
    print(f"YAML events of a plan {events * 1000:.1f} ms, with data and positions {placed * 1000:.1f} ms")
    print(f"all plans: validate {_shown(times['all'])}, HTML {_shown(times['all html'])}")
    print(f"all plans, not changed: validate {_shown(times['all unchanged'])}")
    validate, pages = _further(times["few"], times["all"]), _further(times["few html"], times["all html"])
    unchanged = _further(times["few unchanged"], times["all unchanged"])
    print(f"each further plan: validate {_shown(validate)}, HTML {_shown(pages)}")
    return [
        Row("validate, each further plan anew, over its YAML events", validate.busy / events, "3"),
        Row("  the same, on the wall", validate.wall / events, "-"),
        Row("  the same, over its data and positions", validate.busy / placed, "-"),
        Row("validate, each further plan not changed, over its events", unchanged.busy / events, "3"),
        Row("HTML, each further plan, over its YAML events", pages.busy / events, "6"),
        Row("  the same, on the wall", pages.wall / events, "-"),
    ]


def _further(few: Seconds, every: Seconds) -> Seconds:
    return Seconds(*((more - less) / (PLANS - FEW) for less, more in zip(few, every, strict=True)))


def _shown(seconds: Seconds) -> str:
    return f"{seconds.busy:.3f} s of processors, {seconds.wall:.3f} s on the wall"


def comparison(bench: Bench, rounds: int) -> list[Row]:
    """What comparing all plans adds to loading them, by itself and with what it is written as."""
    found = [json.loads(bench.run("-c", COMPARE)) for _ in range(rounds)]
    spent = {name: statistics.median(each[name] for each in found) for name in found[0]}
    print("comparison, of each plan: " + ", ".join(f"{name} {took:.1f} ms" for name, took in spent.items()))
    compared = spent["digests"] + spent["tables"]
    forms = {
        "text": spent["text"],
        "Markdown": spent["Markdown"],
        "JSON": spent["JSON"],
        "CSV of facts": spent["facts"],
        "workbook": spent["workbook"],
    }
    return [
        Row("comparing loaded plans, over loading them", compared / spent["loading"], "0.2"),
        *(
            Row(f"  the same, written as {form}", (compared + took) / spent["loading"], "-")
            for form, took in forms.items()
        ),
    ]


def difference(bench: Bench, rounds: int) -> list[Row]:
    """A diff of two versions of one plan, in each format, against checking both of them."""
    edited = bench.folder / EDITED / "new"
    edited.mkdir(parents=True)
    (bench.folder / EDITED / "strategies").mkdir()
    old = (bench.folder / "strategies" / "plan-01.yaml").read_text(encoding="utf-8")
    (bench.folder / EDITED / "strategies" / "plan-01.yaml").write_text(old, encoding="utf-8", newline="\n")
    (edited / "plan-01.yaml").write_text(edited_plan(old), encoding="utf-8", newline="\n")
    sides = ("strategies/plan-01.yaml", "new/plan-01.yaml")
    works = {"both": bench.pcstrat("validate", "--force", "plan-01", "plan-02")}
    works |= {form: bench.pcstrat("diff", *sides, "--format", form, inside=EDITED) for form in DIFF_FORMATS}
    times = bench.medians(works, rounds)
    return [
        Row(f"diff of two versions as {form}, over validating two plans", times[form].busy / times["both"].busy, "1.5")
        for form in DIFF_FORMATS
    ]


def memory(bench: Bench) -> list[Row]:
    """The peak memory of many plans over that of few, which a build of any number should not exceed by much."""
    if sys.platform == "win32":
        return []
    build = ("-c", PEAK, "build", "--force", "--format", "html", "--output", "peak")
    few, many = int(bench.run(*build, inside=FEWER)), int(bench.run(*build))
    print(f"peak memory: HTML of {FEW} plans {few // 1024} MB, of {PLANS} plans {many // 1024} MB")
    return [Row(f"peak memory, HTML of {PLANS} plans over {FEW}", many / few, "flat")]


def pdfs(bench: Bench) -> list[Row]:
    """The PDF of a plan against WeasyPrint alone, and eight PDFs on two cores against one after the other."""
    page = bench.folder / "all" / "plan-01" / "index.html"
    (bench.folder / "page.html").write_bytes(page.read_bytes())
    eight = [f"plan-{number:02}" for number in range(1, 9)]
    build = ("build", "--force", "--format", "pdf", "--output")
    works = {jobs: bench.pcstrat(*build, f"pdf-{jobs}", "--jobs", jobs, *eight) for jobs in ("1", "2")}
    times = {jobs: bench.medians({jobs: work}, 1)[jobs].wall for jobs, work in works.items()}
    return [
        Row("one PDF, over write_pdf alone", bench.number(PDF), "1.05"),
        Row("PDFs of 8 plans on 2 cores, over 1 core", times["2"] / times["1"], "0.6"),
    ]


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out PDFs, which take minutes")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved runs of each work")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pcstrat-bench-") as name:
        bench = Bench(Path(name))
        write_plans(bench.folder / "strategies", PLANS)
        write_plans(bench.folder / FEWER / "strategies", FEW)
        few_rounds = max(1, options.rounds // 3)
        rows = [*start_up(bench, options.rounds), nothing_changed(bench, options.rounds)]
        rows += [*slopes(bench, few_rounds), *comparison(bench, few_rounds), *difference(bench, options.rounds)]
        rows += memory(bench)
        rows += [] if options.quick else pdfs(bench)
    for row in rows:
        print(f"{row.work:56} {row.ratio:6.2f}   budget {row.budget}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
