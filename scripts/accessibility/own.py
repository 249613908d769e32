"""Our own checks of every page and PDF of a folder, as JSON; runs with the Python that pcstrat is installed in."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pcstrat.publish.inspect_page import inspect_page
from pcstrat.publish.inspect_pdf import inspect_pdf
from pcstrat.publish.problems import Problem


def page_of(pdf: Path) -> str:
    """The page of a plan that a PDF is the print of; nothing where it is a document of its own."""
    page = pdf.parent / "index.html"
    is_plan = pdf.stem == pdf.parent.name and (pdf.parent / "plan.json").is_file()
    return page.read_text(encoding="utf-8") if is_plan and page.is_file() else ""


def problems(document: Path) -> tuple[Problem, ...]:
    """What is wrong with one document."""
    if document.suffix == ".pdf":
        return inspect_pdf(document.read_bytes(), page_of(document))
    return inspect_page(document.read_text(encoding="utf-8")).problems


def main() -> None:
    """Check the documents named after the folder."""
    folder = Path(sys.argv[1])
    found = {name: [problem.message for problem in problems(folder / name)] for name in sys.argv[2:]}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
