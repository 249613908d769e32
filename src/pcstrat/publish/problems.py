"""What keeps a document from being published: problems are data, and an unusable document is one failure with all."""

from __future__ import annotations

from dataclasses import dataclass

from pcstrat.errors import NotDoneError

CODES = {
    "D01": "A character is not in the font of the PDFs",
    "D02": "A web page is not accessible, or not complete in one file",
    "D03": "A document could not be turned into a PDF as it is written",
    "D04": "A PDF is not accessible, not complete in one file, or says something else than its page",
    "D05": "A web page could be easier to read; it is published all the same",
}
"""Every reason why a document is refused, and the one remark that does not keep it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason why a document is not published. `character` is the one that the font lacks, if that is the reason."""

    code: str
    message: str
    remedy: str
    character: str = ""


WITHOUT_PDF = "Or make the web pages alone: pcstrat build --format html"


def missing_package(error: ImportError) -> NotDoneError:
    """That a Python package which PDFs need is not there, or does not fit the others."""
    reason = f"the Python package '{error.name}' is not installed"
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        reason = f"a Python package cannot be used ({error})"
    remedy = f"Install pcstrat again, with everything it depends on: pip install pcstrat. {WITHOUT_PDF}"
    return NotDoneError(f"PDFs cannot be made: {reason}.", remedy)


class RefusedError(NotDoneError):
    """A document must not be published as it is; `problems` are all the reasons known."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        message = " ".join(problem.message for problem in problems)
        super().__init__(message, problems[0].remedy if problems else "")
        self.problems = problems
