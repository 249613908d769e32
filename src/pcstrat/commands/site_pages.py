"""Turns what is published of all plans into the pages on all of them: index, comparison, findings, accessibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from pcstrat.commands.accessibility import accessibility_html
from pcstrat.commands.document_list import files_on_index
from pcstrat.commands.documents import findings_html
from pcstrat.commands.outcome import lines_of_result
from pcstrat.commands.plan_files import load_file
from pcstrat.commands.since import differences
from pcstrat.commands.site import Entry, Site
from pcstrat.compare import Digest, digest
from pcstrat.export.published_schemas import SCHEMAS, address, schema_bytes
from pcstrat.publish.inspect_page import ACCESSIBILITY_PAGE, inspect_page
from pcstrat.publish.manifest import PublishedFile
from pcstrat.publish.problems import RefusedError
from pcstrat.render.site import Listed, ListedFile, site_page
from pcstrat.review import CheckResult, Review

INDEX = "index.html"
FINDINGS = "findings.html"
INDEX_TEMPLATE = "documents/index.html.j2"


def site_files(site: Site) -> tuple[PublishedFile, ...]:
    """Make and stage the pages on all plans, and the schemas of data; the last says what was checked of all others.

    Raises:
        RefusedError: if a template makes one of them inaccessible.
        NotDoneError: if a PDF cannot be made at all.
    """
    write = site.publication.write
    files = [*_comparison(site), *(write(path, html.encode()) for path, html in _pages(site))]
    files += [write(address(name), schema_bytes(name)) for name in SCHEMAS]
    every = (*(file for plan in site.plans.values() for file in plan.files), *files)
    return (*files, write(ACCESSIBILITY_PAGE, accessibility_html(site.workshop, every).encode()))


def _pages(site: Site) -> Iterator[tuple[str, str]]:
    yield INDEX, _index(site)
    if site.workshop.settings.publish_findings:
        yield FINDINGS, _findings(site)


def _index(site: Site) -> str:
    since = site.workshop.since
    page = site_page(
        [_listed(site, entry) for entry in site.entries],
        as_of=site.workshop.as_of,
        publisher=site.workshop.settings.publisher or "",
        compared=site.compares,
        gone=tuple(since.gone_sentences()) if since else (),
    )
    html = site.workshop.render(INDEX_TEMPLATE, page)
    _refuse_inaccessible(html)
    return html


def _listed(site: Site, entry: Entry) -> Listed:
    plan = site.plans.get(entry.plan_id)
    sizes = {file.path: file.size for file in plan.files} if plan else {}
    shown = files_on_index(entry.plan_id, sizes)
    files = {kind: ListedFile(href=path, size=sizes[path]) for kind, path in shown.items()}
    return Listed(plan_id=entry.plan_id, data=entry.data, files=files, errors=entry.errors, changes=entry.changes)


def _findings(site: Site) -> str:
    results: list[CheckResult] = []
    lines: dict[tuple[str, int], str] = {}
    for name in sorted(site.seen):
        loaded = load_file(site.seen[name], site.workshop.registry, same_id=site.same_ids.get(name, ""))
        result = site.workshop.check(loaded)
        results.append(result)
        lines |= lines_of_result(loaded, result)
    review = Review(results=tuple(results), as_of=site.workshop.as_of, lines=lines)
    return findings_html(review, site.workshop.settings, site.workshop.templates, in_site=True)


def _comparison(site: Site) -> tuple[PublishedFile, ...]:
    """The files of the comparison of all plans that are up to date."""
    if not site.compares:
        return ()
    from pcstrat.commands.compare_files import comparison_files  # not for a single plan

    workshop = site.workshop
    digests = [_digest(site, plan_id) for plan_id in sorted(site.compared)]
    return comparison_files(
        digests,
        workshop.registry,
        workshop.pieces,
        site.publication,
        as_of=workshop.as_of,
        publisher=workshop.settings.publisher or "",
        start_pdf=(lambda html: _comparison_pdf(site, html)) if workshop.makes_pdf else None,
        differences=differences(digests, site.compared, workshop.registry, workshop.settings, workshop.since),
    )


def _digest(site: Site, plan_id: str) -> Digest:
    """What the comparison needs of a plan: from this run, or read anew from a plan that has not changed."""
    if plan_id in site.digests:
        return site.digests[plan_id]
    plan = load_file(site.compared[plan_id], site.workshop.registry).plan
    assert plan is not None  # noqa: S101 - only plans without errors are compared
    return digest(plan, site.workshop.registry)


@contextmanager
def _comparison_pdf(site: Site, html: str) -> Iterator[Callable[[], PublishedFile]]:
    """What waits for the PDF of the comparison, if it has to be made, and stages it."""
    from pcstrat.commands.compare_files import FOLDER, PDF  # not for a single plan

    cache = site.workshop.cache
    key = cache.pdf_key(html)

    def stage(pdf: bytes, engines: Mapping[str, str]) -> PublishedFile:
        file = site.publication.write(f"{FOLDER}/{PDF}", pdf)
        cache.keep_pdf(key, file, engines)
        return file

    if before := cache.pdf(key):
        yield partial(stage, *before)
        return
    from pcstrat.publish.printing import pdf_on_its_way  # not for web pages alone

    workshop = site.workshop
    with pdf_on_its_way(html, workshop.templates_folder, alone=workshop.settings.jobs == 1) as wait:

        def finish() -> PublishedFile:
            result = wait()
            if result.problems:
                raise RefusedError(result.problems)
            return stage(result.pdf, result.engines)

        yield finish


def _refuse_inaccessible(html: str) -> None:
    if problems := inspect_page(html).problems:
        raise RefusedError(problems)
