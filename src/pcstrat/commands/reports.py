"""Turns what checking found into text of any format, and writes reports into files; each format loads what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pcstrat.commands.outputs import write_report
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.review import Review
from pcstrat.settings import Settings

FORMATS = ("text", "json", "sarif", "github", "markdown", "html")
"""Every format of a report on findings."""

_HASHES = {"json": r"#\u0023", "sarif": r"#\u0023", "html": "#&#35;"}
"""How to write two hashes where a log may take `##[error]` for a command; what is read from it is the same."""


class ActionsRun(NamedTuple):
    """A run in GitHub Actions: where pcstrat runs inside the repository, and the file that the step summary is."""

    prefix: str = ""
    summary: Path | None = None


def actions_run(folder: Path, environment: Mapping[str, str]) -> ActionsRun | None:
    """The run in GitHub Actions that pcstrat is part of, if it is."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return None
    workspace = Path(environment.get("GITHUB_WORKSPACE") or folder)
    prefix = folder.relative_to(workspace).as_posix() if folder.is_relative_to(workspace) else "."
    summary = environment.get("GITHUB_STEP_SUMMARY")
    return ActionsRun("" if prefix == "." else f"{prefix}/", Path(summary) if summary else None)


class Reports(NamedTuple):
    """Makes reports. `colour` is for text on stdout; `actions` makes that text annotate in GitHub Actions."""

    settings: Settings
    colour: bool = False
    actions: ActionsRun | None = None

    def make(self, kind: str, review: Review) -> str:
        """The report in one format."""
        makers: Mapping[str, Callable[[Review], str]] = {
            "text": _text,
            "json": _json,
            "sarif": _sarif,
            "github": self._github,
            "markdown": _markdown,
            "html": self._html,
        }
        return makers[kind](review)

    def for_stdout(self, kind: str, review: Review) -> str:
        """The report as it is printed; in GitHub Actions, text has annotations and fills the step summary."""
        if self.actions is not None and kind in {"text", "github"}:
            self._summarise(review, self.actions)
        if kind != "text":
            return self.make(kind, review).replace("##", _HASHES.get(kind, "##"))
        text = _text(review, colour=self.colour)
        return text if self.actions is None else f"{text}{self._github(review)}"

    def write(self, kind: str, path: str, review: Review) -> None:
        """Write the report in one format into a file.

        Raises:
            NotDoneError: if the file cannot be written.
        """
        write_report(path, self.make(kind, review), self.settings)

    def _summarise(self, review: Review, actions: ActionsRun) -> None:
        from pcstrat.report.findings_markdown import LONGEST_SUMMARY, findings_markdown

        if actions.summary is None:
            return
        try:
            with actions.summary.open("a", encoding="utf-8", newline="\n") as file:
                file.write(findings_markdown(review, longest=LONGEST_SUMMARY))
        except OSError as error:
            raise NotDoneError(f"The step summary cannot be written: {error.strerror}.") from None

    def _github(self, review: Review) -> str:
        from pcstrat.report.findings_github import findings_github

        return findings_github(review, self.actions.prefix if self.actions else "")

    def _html(self, review: Review) -> str:
        from pcstrat.commands.documents import findings_html
        from pcstrat.commands.workshop import templates_in_use

        return findings_html(review, self.settings, templates_in_use(self.settings))


def _text(review: Review, *, colour: bool = False) -> str:
    from pcstrat.report.findings_text import review_text

    return review_text(review, colour=colour)


def _json(review: Review) -> str:
    from pcstrat.report.findings_json import findings_json

    return findings_json(review)


def _sarif(review: Review) -> str:
    from pcstrat.report.findings_sarif import findings_sarif

    return findings_sarif(review)


def _markdown(review: Review) -> str:
    from pcstrat.report.findings_markdown import findings_markdown

    return findings_markdown(review)


def refuse_public_outputs(outputs: Sequence[tuple[str, str]], settings: Settings) -> None:
    """Refuse reports that would be published unasked.

    Raises:
        UsageError: if one leads into the public site.
    """
    for _, shown in outputs:
        path = (settings.folder / shown).resolve()
        if path.is_relative_to(settings.output.resolve()) and not settings.publish_findings:
            message = f"'{shown}' is inside the folder that is published, and findings are internal."
            raise UsageError(message, "Choose another folder, or set publish_findings = true.")
