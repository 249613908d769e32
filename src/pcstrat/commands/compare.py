"""`pcstrat compare`: puts plans side by side in one format, and makes the files of `output/compare/` for a build."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pcstrat.commands.outcome import lines_of
from pcstrat.commands.outputs import checked_outputs, one_of, write_report
from pcstrat.commands.plan_files import code_with, load_file, named_plans
from pcstrat.commands.since import Since, differences
from pcstrat.compare import TABLES, TOPICS, Digest, Topic, compare, digest
from pcstrat.diagnostics import Finding
from pcstrat.diff import Difference
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.registry import Registry, load_registry
from pcstrat.settings import Settings
from pcstrat.text import listed, visible_name
from pcstrat.workspace import PlanFile

FORMATS = ("text", "csv", "json", "markdown", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonOutcome:
    """The text of the comparison, and the plans that could not take part with what is wrong with them."""

    code: ExitCode
    text: str
    findings: tuple[Finding, ...] = ()
    lines: dict[tuple[str, int], str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def compare_plans(  # noqa: PLR0913 - what the user asks for, by name
    settings: Settings,
    arguments: Sequence[str],
    *,
    form: str,
    as_of: dt.date,
    since: str | None = None,
    outputs: Sequence[str] = (),
) -> ComparisonOutcome:
    """Compare the plans that the arguments name, or all; the first argument may be a table.

    A plan with errors takes no part and makes the exit code 1.

    Args:
        settings: The settings of the run.
        arguments: A table or none, then plans.
        form: The format of the text.
        as_of: The date that the run counts from.
        since: The git revision that the table of year on year compares with.
        outputs: More formats, each to be written into a file, as `FORMAT=PATH`.

    Raises:
        UsageError: if a format or an argument is unknown, two plans have one id, or two outputs one file.
        NotDoneError: if no plan can be compared, the revision cannot be read, or a file cannot be written.
    """
    one_of("--format", form, FORMATS)
    files_to_write = checked_outputs(outputs, FORMATS, settings)
    table, names = _asked(arguments)
    registry = load_registry(settings.registry_folder)
    files = _files(names, settings, asked_for_a_table=bool(table))
    past = Since(since, settings, registry, files) if since is not None else None
    found, outcome = _digests(files, registry, past)
    digests = [each for each, _ in found]
    changed = differences(digests, {each.plan: file for each, file in found}, registry, settings, past)
    topics = _topics(digests, changed, registry, as_of, table)
    for kind, path in files_to_write:
        write_report(path, _text(topics, kind, as_of, settings), settings)
    return replace(outcome, text=_text(topics, form, as_of, settings))


def _asked(arguments: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The table, and the plans: the first argument is a table when it is called like one; else all are meant."""
    first = arguments[0] if arguments else ""
    return (first, tuple(arguments[1:])) if first in TOPICS or first in TABLES else ("", tuple(arguments))


def _files(names: tuple[str, ...], settings: Settings, *, asked_for_a_table: bool) -> tuple[PlanFile, ...]:
    """The plans that are asked for; a first word that is no plan may be a misspelt table."""
    try:
        return named_plans(names, settings)
    except UsageError as error:
        close = difflib.get_close_matches(names[0][:100], (*TOPICS, *TABLES), n=1) if names else []
        if asked_for_a_table or f"'{names[0]}'" not in error.message:
            raise
        remedy = f"Did you mean the table '{close[0]}'?" if close else f"{error.remedy} Tables: {', '.join(TOPICS)}."
        raise UsageError(f"There is no table and no plan '{visible_name(names[0])}'.", remedy) from None


def _topics(
    digests: Sequence[Digest], changed: Mapping[str, Difference], registry: Registry, as_of: dt.date, table: str
) -> tuple[Topic, ...]:
    """Every topic, or the one that is asked for, or of that only the table that is."""
    topics = [TABLES.get(table, table)] if table else list(TOPICS)
    made = compare(digests, registry, as_of=as_of, topics=topics, differences=changed)
    if table not in TABLES:
        return made
    return tuple(replace(topic, tables=tuple(each for each in topic.tables if each.id == table)) for topic in made)


def _digests(
    files: Sequence[PlanFile], registry: Registry, past: Since | None
) -> tuple[list[tuple[Digest, PlanFile]], ComparisonOutcome]:
    """The plans that can be compared, each with its file, and what is wrong with the others."""
    found: dict[str, tuple[Digest, PlanFile]] = {}
    findings: list[Finding] = []
    lines: dict[tuple[str, int], str] = {}
    for file in files:
        loaded = load_file(file, registry)
        if loaded.plan is None or loaded.errors:
            findings += loaded.errors
            lines |= lines_of(loaded, loaded.errors)
            continue
        plan = loaded.plan
        if plan.id in found:
            message = f"'{found[plan.id][1].name}' and '{file.name}' are both the plan '{plan.id}'."
            raise UsageError(message, "A comparison has each plan once. To see what changed, use pcstrat diff.")
        found[plan.id] = digest(plan, registry), file
        if past:
            past.difference(file, plan)
    wrong = sorted({finding.file for finding in findings})
    if not found:
        raise NotDoneError(f"No plan can be compared: {listed(wrong)} cannot be read.", "Run: pcstrat validate")
    messages = (f"Left out, because of errors: {listed(wrong)}.",) if wrong else ()
    code = code_with(files, ExitCode.FOUND if wrong else ExitCode.CLEAN)
    outcome = ComparisonOutcome(code=code, text="", findings=tuple(findings), lines=lines, messages=messages)
    return list(found.values()), outcome


def _text(topics: tuple[Topic, ...], form: str, as_of: dt.date, settings: Settings) -> str:
    """The comparison in one format; each format is loaded when it is asked for."""
    if form == "csv":
        from pcstrat.export.tables_csv import facts_csv, table_csv

        return table_csv(topics[0].tables[0]) if len(topics) == 1 else "".join(facts_csv(topics))
    if form == "json":
        from pcstrat.export.tables_json import tables_json

        return "".join(tables_json(topics, as_of=as_of))
    if form == "markdown":
        from pcstrat.report.tables_markdown import topics_markdown

        return topics_markdown(topics)
    if form == "html":
        return _html(topics, as_of, settings)
    from pcstrat.report.tables_text import topics_text

    return topics_text(topics)


def _html(topics: tuple[Topic, ...], as_of: dt.date, settings: Settings) -> str:
    """One page with every table. It may end up anywhere, so that it names items and links to none."""
    from pcstrat.commands.workshop import templates_in_use
    from pcstrat.render.compare_pages import TEMPLATE, Compared, whole_document

    compared = Compared(topics=topics, as_of=as_of, publisher=settings.publisher or "")
    return templates_in_use(settings).render(TEMPLATE, page=whole_document(compared))
