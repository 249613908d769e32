"""Turns plan files into the documents of each plan, several at a time, handed over in the order of the files."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pcstrat.commands.document_list import (
    DATA_FILES,
    PAGE,
    PAGE_TEMPLATE,
    PRINTED_FILES,
    Material,
    PrintedFile,
)
from pcstrat.commands.listing import DATA, listing_data
from pcstrat.commands.outcome import lines_of, lines_of_result
from pcstrat.commands.plan_files import load_file
from pcstrat.commands.workshop import Workshop, with_font
from pcstrat.compare import Digest, digest
from pcstrat.diagnostics import Finding, Position, Severity, Span
from pcstrat.load import Loaded
from pcstrat.model.plan import Plan
from pcstrat.publish.fonts import missing_characters
from pcstrat.publish.inspect_page import ACCESSIBILITY_PAGE, inspect_page, inspect_plan_page
from pcstrat.publish.problems import Problem, RefusedError
from pcstrat.publish.workers import PdfPromise, PdfResult
from pcstrat.render import accessibility_page
from pcstrat.render.blocks import Link, Page
from pcstrat.render.environment import Templates
from pcstrat.render.findings_page import findings_page
from pcstrat.render.plan_page import Publication as Particulars
from pcstrat.render.plan_page import plan_page
from pcstrat.review import CheckResult, Review
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile

FINDINGS_TEMPLATE = "documents/findings.html.j2"
_HOME = Link(text="All plans", href="../index.html")
_ACCESSIBILITY = Link(text=accessibility_page.TITLE, href=f"../{ACCESSIBILITY_PAGE}")


def findings_html(review: Review, settings: Settings, templates: Templates, *, in_site: bool = False) -> str:
    """The page on the quality of the documents. It is internal: nothing but a setting puts it where documents are.

    `in_site` when it stands among them, and so beside the page on accessibility.

    Raises:
        RefusedError: if a template makes it inaccessible.
    """
    page = findings_page(review, settings.publisher or "")
    if in_site:
        page = replace(page, accessibility=Link(text=accessibility_page.TITLE, href=ACCESSIBILITY_PAGE))
    html = templates.render(FINDINGS_TEMPLATE, page=page, paged=False)
    problems = inspect_page(html).problems
    if problems:
        raise RefusedError(problems)
    return (with_font(html) if settings.embed_fonts else html).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What one plan file became: its documents by path, or the findings that keep it from being published.

    `data` is the part of `plan.json` that the index shows, `pdf_keys` say by path what PDFs are remembered by, and
    `digest` is what the comparison needs of the plan.
    """

    file: PlanFile
    plan_id: str
    findings: tuple[Finding, ...]
    lines: dict[tuple[str, int], str]
    content_hash: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    pdf_keys: dict[str, str] = field(default_factory=dict)
    engines: dict[str, str] = field(default_factory=dict)
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class _Print:
    """A PDF on its way: what it is, its name, what it is remembered by, and how to wait for it."""

    kind: PrintedFile
    name: str
    key: str
    wait: PdfPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A plan on its way: the page without links to its PDFs, the data files by name, and the PDFs being made."""

    file: PlanFile
    loaded: Loaded
    result: CheckResult
    page: Page | None = None
    data: dict[str, bytes] = field(default_factory=dict)
    prints: tuple[_Print, ...] = ()


def made_documents(files: Sequence[PlanFile], workshop: Workshop, same: Mapping[str, str]) -> Iterator[Documents]:
    """The documents of each file, in order. Only as many plans as there are processes are held at a time.

    `same` says by name which files have a plan with the id of another, which is the value.

    Raises:
        NotDoneError: if a template cannot be used, or PDFs cannot be made at all.
    """
    waiting: deque[_Draft] = deque()
    for file in files:
        waiting.append(_draft(file, workshop, same.get(file.name, "")))
        if len(waiting) > workshop.jobs:
            yield _finished(waiting.popleft(), workshop)
    while waiting:
        yield _finished(waiting.popleft(), workshop)


def _draft(file: PlanFile, workshop: Workshop, same_id: str) -> _Draft:
    """Load a plan, make its page and its data files, and start its PDFs."""
    loaded = load_file(file, workshop.registry, same_id=same_id)
    result = workshop.check(loaded)
    if loaded.plan is None or result.errors:
        return _Draft(file=file, loaded=loaded, result=result)
    material, data = _material(file, loaded.plan, workshop)
    prints = tuple(_print(kind, material, workshop) for kind in PRINTED_FILES) if workshop.makes_pdf else ()
    return _Draft(file=file, loaded=loaded, result=result, page=material.page, data=data, prints=prints)


def _material(file: PlanFile, plan: Plan, workshop: Workshop) -> tuple[Material, dict[str, bytes]]:
    """What documents are made from, and the data files, which the page links to."""
    settings, registry = workshop.settings, workshop.registry
    particulars = Particulars(
        as_of=workshop.as_of,
        publisher=settings.publisher or "",
        accessibility_contact=settings.accessibility_contact or "",
        home=_HOME,
        difference=workshop.since.difference(file, plan) if workshop.since else None,
    )
    material = Material(plan, registry, particulars, plan_page(plan, registry, particulars))
    data = {kind.name.format(id=plan.id): kind.make(material) for kind in DATA_FILES}
    links = (kind.link(name, len(content)) for kind, (name, content) in zip(DATA_FILES, data.items(), strict=True))
    page = replace(material.page, downloads=tuple(links), accessibility=_ACCESSIBILITY)
    return replace(material, page=page), data


def _print(kind: PrintedFile, material: Material, workshop: Workshop) -> _Print:
    """Start a PDF, unless its page shows in a hundredth of the time that it would not be published."""
    pages = kind.pages(material)
    html = tuple(workshop.render(kind.template, page, paged=kind.paged) for page in pages)
    key = workshop.cache.pdf_key(*html)
    if problems := _problems_before_pdf(kind, html[0]):

        def inspect(templates: Templates) -> Iterable[Problem]:
            return _problems_before_pdf(kind, templates.render(kind.template, page=pages[0], paged=kind.paged))

        wait = _at_once(PdfResult(problems=_blamed(problems, workshop, inspect)))
    elif before := workshop.cache.pdf(key):
        wait = _at_once(PdfResult(pdf=before[0], engines=dict(before[1])))
    else:
        wait = workshop.start_pdf(html if len(html) > 1 else html[0])
    return _Print(kind, kind.name.format(id=material.plan.id), key, wait)


def _problems_before_pdf(kind: PrintedFile, html: str) -> tuple[Problem, ...]:
    """What makes a PDF pointless; known in a hundredth of the time it takes."""
    inspected = kind.inspect(html)
    return (*inspected.problems, *missing_characters(inspected.text))


def _blamed(
    problems: tuple[Problem, ...], workshop: Workshop, inspect: Callable[[Templates], Iterable[Problem]]
) -> tuple[Problem, ...]:
    """The problems of a page, with the template of the user that causes each, where one does."""
    if not problems:
        return ()
    from pcstrat.commands.template_blame import blamed  # noqa: PLC0415 - only where something is wrong

    return blamed(problems, workshop.templates, inspect)


def _at_once(result: PdfResult) -> PdfPromise:
    return lambda: result


def _finished(draft: _Draft, workshop: Workshop) -> Documents:
    """Wait for the PDFs, put the links to them into the page, and inspect the page."""
    page = draft.page
    if page is None:
        return _refused(draft, ())
    results = [(entry, entry.wait()) for entry in draft.prints]
    if problems := _causes(problem for _, result in results for problem in result.problems):
        return _refused(draft, _blamed(problems, workshop, lambda _: problems))
    linked = _with_links(page, results)
    html = workshop.render(PAGE_TEMPLATE, linked)
    inspected = inspect_plan_page(html, with_pdf=bool(results))
    if inspected.problems:

        def inspect(templates: Templates) -> Iterable[Problem]:
            return inspect_plan_page(templates.render(PAGE_TEMPLATE, page=linked), with_pdf=bool(results)).problems

        return _refused(draft, _blamed(inspected.problems, workshop, inspect))
    named = dict(draft.data)
    if "html" in workshop.settings.formats:
        named[PAGE] = html.encode()
    named |= {entry.name: result.pdf for entry, result in results}
    remarks = [_finding(remark, draft, Severity.WARNING) for remark in inspected.remarks]
    return Documents(
        file=draft.file,
        plan_id=page.id,
        findings=(*draft.result.faults, *remarks),
        lines=lines_of_result(draft.loaded, draft.result),
        content_hash=page.content_hash,
        data=listing_data(json.loads(draft.data[DATA])),
        contents={f"{page.id}/{name}": content for name, content in named.items()},
        pdf_keys={f"{page.id}/{entry.name}": entry.key for entry in draft.prints},
        engines=results[0][1].engines if results else {},
        digest=digest(draft.loaded.plan, workshop.registry) if draft.loaded.plan else None,
    )


def _causes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One problem for each cause: what one character does to several documents is said once."""
    causes: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        causes.setdefault((problem.code, problem.character or problem.message), problem)
    return tuple(causes.values())


def _with_links(page: Page, results: list[tuple[_Print, PdfResult]]) -> Page:
    links = {entry.kind.link_in: entry.kind.link(entry.name, len(result.pdf)) for entry, result in results}
    return replace(page, pdf=links.get("pdf"), one_page=links.get("one_page"))


def _refused(draft: _Draft, problems: tuple[Problem, ...]) -> Documents:
    found = tuple(_finding(problem, draft, Severity.ERROR) for problem in problems)
    findings = (*draft.result.faults, *found)
    plan = draft.loaded.plan
    return Documents(
        file=draft.file,
        plan_id=plan.id if plan else draft.file.plan_id,
        findings=findings,
        lines=lines_of(draft.loaded, findings) | lines_of_result(draft.loaded, draft.result),
    )


def _finding(problem: Problem, draft: _Draft, severity: Severity) -> Finding:
    """A problem of a document as a finding of its plan; a character is pointed at where the plan has it."""
    return Finding(
        code=problem.code,
        severity=severity,
        file=draft.file.name,
        message=problem.message,
        remedy=problem.remedy,
        span=_span_of(problem.character, draft.loaded.source.text) if problem.character else None,
        where="the documents made from it",
    )


def _span_of(character: str, text: str) -> Span | None:
    place = text.find(character)
    if place < 0:
        return None
    line = text.count("\n", 0, place) + 1
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    return Span(Position(line, column), Position(line, column + len(character)))
