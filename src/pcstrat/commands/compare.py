"""`pcstrat compare`: puts plans side by side in one format, and makes the files of `output/compare/` for a build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pcstrat.commands.outcome import lines_of
from pcstrat.commands.plan_files import load_file
from pcstrat.compare import TABLES, TOPICS, Digest, Topic, compare, digest
from pcstrat.diagnostics import Finding
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.registry import Registry, load_registry
from pcstrat.settings import Settings
from pcstrat.text import listed
from pcstrat.workspace import PlanFile, resolve_plans

FORMATS = ("text", "csv", "json", "markdown", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonOutcome:
    """The text of the comparison, and the plans that could not take part with what is wrong with them."""

    code: ExitCode
    text: str
    findings: tuple[Finding, ...] = ()
    lines: dict[tuple[str, int], str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def compare_plans(settings: Settings, arguments: Sequence[str], *, form: str, as_of: dt.date) -> ComparisonOutcome:
    """Compare the plans that the arguments name, or all; the first argument may be a table.

    A plan with errors takes no part and makes the exit code 1.

    Raises:
        UsageError: if the format or an argument is unknown, or two plans have one id.
        NotDoneError: if no plan can be compared.
    """
    if form not in FORMATS:
        raise UsageError(f"--format is {form!r}.", f"It may be: {', '.join(FORMATS)}.")
    table, names = _asked(arguments)
    registry = load_registry(settings.registry_folder)
    digests, outcome = _digests(resolve_plans(names, settings), registry)
    found = _topics(digests, registry, as_of, table)
    text = _text(found, form, as_of, settings)
    return ComparisonOutcome(
        code=outcome.code, text=text, findings=outcome.findings, lines=outcome.lines, messages=outcome.messages
    )


def _asked(arguments: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The table, and the plans: the first argument is a table when it is called like one; else all are meant."""
    first = arguments[0] if arguments else ""
    return (first, tuple(arguments[1:])) if first in TOPICS or first in TABLES else ("", tuple(arguments))


def _topics(digests: Iterable[Digest], registry: Registry, as_of: dt.date, table: str) -> tuple[Topic, ...]:
    """Every topic, or the one that is asked for, or of that only the table that is."""
    if not table:
        return compare(digests, registry, as_of=as_of)
    (topic,) = compare(digests, registry, as_of=as_of, topics=[TABLES.get(table, table)])
    if table in TABLES:
        topic = replace(topic, tables=tuple(each for each in topic.tables if each.id == table))
    return (topic,)


def _digests(files: Iterable[PlanFile], registry: Registry) -> tuple[list[Digest], ComparisonOutcome]:
    digests: dict[str, tuple[Digest, str]] = {}
    findings: list[Finding] = []
    lines: dict[tuple[str, int], str] = {}
    for file in files:
        loaded = load_file(file, registry)
        if loaded.plan is None or loaded.errors:
            findings += loaded.errors
            lines |= lines_of(loaded, loaded.errors)
            continue
        _refuse_second(digests, loaded.plan.id, file.name)
        digests[loaded.plan.id] = digest(loaded.plan, registry), file.name
    wrong = sorted({finding.file for finding in findings})
    if not digests:
        raise NotDoneError(f"No plan can be compared: {listed(wrong)} cannot be read.", "Run: pcstrat validate")
    message = (f"Left out, because of errors: {listed(wrong)}.",) if wrong else ()
    code = ExitCode.FOUND if wrong else ExitCode.CLEAN
    outcome = ComparisonOutcome(code=code, text="", findings=tuple(findings), lines=lines, messages=message)
    return [each for each, _ in digests.values()], outcome


def _refuse_second(digests: dict[str, tuple[Digest, str]], plan_id: str, name: str) -> None:
    if plan_id in digests:
        message = f"'{digests[plan_id][1]}' and '{name}' are both the plan '{plan_id}'."
        raise UsageError(message, "A comparison has each plan once. To see what changed, use pcstrat diff.")


def _text(topics: tuple[Topic, ...], form: str, as_of: dt.date, settings: Settings) -> str:
    """The comparison in one format; each format is loaded when it is asked for."""
    if form == "csv":
        from pcstrat.export.tables_csv import facts_csv, table_csv  # noqa: PLC0415

        return table_csv(topics[0].tables[0]) if len(topics) == 1 else facts_csv(topics)
    if form == "json":
        from pcstrat.export.tables_json import tables_json  # noqa: PLC0415

        return tables_json(topics, as_of=as_of)
    if form == "markdown":
        from pcstrat.report.tables_markdown import topics_markdown  # noqa: PLC0415

        return topics_markdown(topics)
    if form == "html":
        return _html(topics, as_of, settings)
    from pcstrat.report.tables_text import topics_text  # noqa: PLC0415

    return topics_text(topics)


def _html(topics: tuple[Topic, ...], as_of: dt.date, settings: Settings) -> str:
    """One page with every table. It may end up anywhere, so that it names items and links to none."""
    from pcstrat.commands.workshop import templates_in_use  # noqa: PLC0415
    from pcstrat.render.compare_pages import TEMPLATE, Compared, whole_document  # noqa: PLC0415

    compared = Compared(topics=topics, as_of=as_of, publisher=settings.publisher or "")
    return templates_in_use(settings).render(TEMPLATE, page=whole_document(compared))
