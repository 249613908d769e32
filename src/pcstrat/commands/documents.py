"""Turns a plan file into the documents of its plan, or into the reasons why there are none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pcstrat.commands.document_list import DATA_FILES, PAGE, PAGE_TEMPLATE, PRINTED_FILES, Material, PrintedFile
from pcstrat.commands.listing import listing_data
from pcstrat.commands.outcome import lines_of, lines_of_result
from pcstrat.commands.plan_files import load_file
from pcstrat.commands.workshop import Workshop, with_font
from pcstrat.compare import Digest, digest
from pcstrat.diagnostics import Finding, Position, Severity, Span
from pcstrat.diff import Difference
from pcstrat.export.json_text import to_text
from pcstrat.export.plan_json import plan_data
from pcstrat.load import Loaded
from pcstrat.model.plan import Plan
from pcstrat.publish import printing
from pcstrat.publish.fonts import missing_characters
from pcstrat.publish.inspect_page import ACCESSIBILITY_PAGE, inspect_page, inspect_plan_page
from pcstrat.publish.printing import PdfResult
from pcstrat.publish.problems import Problem, RefusedError
from pcstrat.render import accessibility_page
from pcstrat.render.blocks import Link
from pcstrat.render.environment import Templates
from pcstrat.render.findings_page import findings_page
from pcstrat.render.places import with_places
from pcstrat.render.plan_page import Particulars, plan_page
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
    return "".join(with_font([html]) if settings.embed_fonts else [html]).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What one plan file became: its documents by path, or the findings that keep it from being published.

    `data` is the part of `plan.json` that the index shows, `pdf_keys` say by path what PDFs are remembered by,
    `digest` is what the comparison needs of the plan, and `difference` what changed in it since a revision, if one was
    named. It travels between processes.
    """

    plan_id: str
    findings: tuple[Finding, ...]
    lines: dict[tuple[str, int], str]
    content_hash: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    pdf_keys: dict[str, str] = field(default_factory=dict)
    engines: dict[str, str] = field(default_factory=dict)
    digest: Digest | None = None
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class _Print:
    """A PDF that was made, or why it was not: what it is, its name, and what it is remembered by."""

    kind: PrintedFile
    name: str
    key: str
    result: PdfResult


@dataclass(frozen=True, slots=True)
class _Checked:
    """A plan file, loaded, and what the rules say of it."""

    file: PlanFile
    loaded: Loaded
    result: CheckResult


def documents_of(file: PlanFile, workshop: Workshop, same_id: str = "") -> Documents:
    """Load a plan, check it, and make its documents, if nothing keeps it from being published.

    `same_id` is another file whose plan has the same id.

    Raises:
        NotDoneError: if a template cannot be used, or PDFs cannot be made at all.
    """
    loaded = load_file(file, workshop.registry, same_id=same_id)
    checked = _Checked(file, loaded, workshop.check(loaded))
    if loaded.plan is None or checked.result.errors:
        return _refused(checked, ())
    material, data = _material(file, loaded.plan, workshop)
    prints = [_printed(kind, material, workshop) for kind in PRINTED_FILES] if workshop.makes_pdf else []
    if problems := _causes(problem for entry in prints for problem in entry.result.problems):
        return _refused(checked, _blamed(problems, workshop, lambda _: problems))
    return _published(checked, _with_links(material, prints), data, prints, workshop)


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
    page = plan_page(with_places(plan) if settings.marks_places else plan, registry, particulars)
    facts = plan_data(plan, registry, as_of=workshop.as_of, content_hash=page.content_hash)
    material = Material(plan, registry, page, facts)
    data: dict[str, bytes] = {}
    links: list[Link] = []
    not_made: list[str] = []
    for kind in DATA_FILES:
        name, content = kind.name.format(id=plan.id), kind.make(material)
        if content is None:
            not_made.append(kind.without)
        else:
            data[name] = content
            links.append(kind.link(name, len(content)))
    page = replace(material.page, downloads=tuple(links), not_made=tuple(not_made), accessibility=_ACCESSIBILITY)
    return replace(material, page=page), data


def _printed(kind: PrintedFile, material: Material, workshop: Workshop) -> _Print:
    """Make a PDF, unless its page shows in a hundredth of the time that it would not be published."""
    pages = kind.pages(material)
    html = tuple(workshop.render(kind.template, page, paged=kind.paged) for page in pages)
    key = workshop.cache.pdf_key(*html)
    if problems := _problems_before_pdf(kind, html[0]):

        def inspect(templates: Templates) -> Iterable[Problem]:
            return _problems_before_pdf(kind, templates.render(kind.template, page=pages[0], paged=kind.paged))

        result = PdfResult(problems=_blamed(problems, workshop, inspect))
    elif before := workshop.cache.pdf(key):
        result = PdfResult(pdf=before[0], engines=dict(before[1]))
    else:
        result = printing.checked_pdf(html if len(html) > 1 else html[0], workshop.templates_folder)
    return _Print(kind, kind.name.format(id=material.plan.id), key, result)


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
    from pcstrat.commands.template_blame import blamed  # only where something is wrong

    return blamed(problems, workshop.templates, inspect)


def _published(
    checked: _Checked, material: Material, data: dict[str, bytes], prints: list[_Print], workshop: Workshop
) -> Documents:
    """Inspect the page, which has the links to all other documents, and put all of them together."""
    page = material.page
    html = workshop.render(PAGE_TEMPLATE, page)
    inspected = inspect_plan_page(html, with_pdf=bool(prints))
    if inspected.problems:

        def inspect(templates: Templates) -> Iterable[Problem]:
            return inspect_plan_page(templates.render(PAGE_TEMPLATE, page=page), with_pdf=bool(prints)).problems

        return _refused(checked, _blamed(inspected.problems, workshop, inspect))
    named = dict(data)
    if "html" in workshop.settings.formats:
        named[PAGE] = html.encode()
    named |= {entry.name: entry.result.pdf for entry in prints}
    remarks = [_finding(remark, checked, Severity.WARNING) for remark in inspected.remarks]
    return Documents(
        plan_id=page.id,
        findings=(*checked.result.faults, *remarks),
        lines=lines_of_result(checked.loaded, checked.result),
        content_hash=page.content_hash,
        data=json.loads(to_text(listing_data(material.data))),  # as a later build reads it from the file
        contents={f"{page.id}/{name}": content for name, content in named.items()},
        pdf_keys={f"{page.id}/{entry.name}": entry.key for entry in prints},
        engines=prints[0].result.engines if prints else {},
        digest=digest(material.plan, workshop.registry),
        difference=workshop.since.known(page.id) if workshop.since else None,
    )


def _causes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One problem for each cause: what one character does to several documents is said once."""
    causes: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        causes.setdefault((problem.code, problem.character or problem.message), problem)
    return tuple(causes.values())


def _with_links(material: Material, prints: list[_Print]) -> Material:
    links = {entry.kind.link_in: entry.kind.link(entry.name, len(entry.result.pdf)) for entry in prints}
    return replace(material, page=replace(material.page, pdf=links.get("pdf"), one_page=links.get("one_page")))


def _refused(checked: _Checked, problems: tuple[Problem, ...]) -> Documents:
    found = tuple(_finding(problem, checked, Severity.ERROR) for problem in problems)
    plan = checked.loaded.plan
    findings = (*checked.result.faults, *found)
    return Documents(
        plan_id=plan.id if plan else checked.file.plan_id,
        findings=findings,
        lines=lines_of(checked.loaded, findings) | lines_of_result(checked.loaded, checked.result),
    )


def _finding(problem: Problem, checked: _Checked, severity: Severity) -> Finding:
    """A problem of a document as a finding of its plan; a character is pointed at where the plan has it."""
    return Finding(
        code=problem.code,
        severity=severity,
        file=checked.file.name,
        message=problem.message,
        remedy=problem.remedy,
        span=_span_of(problem.character, checked.loaded.source.text) if problem.character else None,
        where="the documents made from it",
    )


def _span_of(character: str, text: str) -> Span | None:
    place = text.find(character)
    if place < 0:
        return None
    line = text.count("\n", 0, place) + 1
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    return Span(Position(line, column), Position(line, column + len(character)))
