"""Turns what is published of each plan into the page that lists them all.

The list is made from published data (`plan.json`), not from sources: a plan whose source has errors is listed as it
was published last, with a word that it was not updated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from pcstrat.naming import opening
from pcstrat.outline import part_id
from pcstrat.render import accessibility_page as accessibility
from pcstrat.render.blocks import Block, Cover, FactStrip, Item, Items, Link, Links, Notice, Page, Paragraph, Section
from pcstrat.render.markdown import plain
from pcstrat.text import FILE_SIZE_UNIT, counted, in_a_sentence, listed, long_date, sentence_case, sorting_key, visible

LANGUAGE = "en-GB"
TITLE = "Primary care plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """One file beside a plan's page: its address from the index, and its size in bytes."""

    href: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One plan as the index shows it.

    `data` is the content of its published `plan.json`, empty while nothing is published; `files` are its published
    files by kind ("html", "pdf", "one-page", "json"); `errors` are counted in the source that is there now. `changes`
    is the sentence on what has changed, where the page of the plan says so.
    """

    plan_id: str
    data: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, ListedFile] = field(default_factory=dict)
    errors: int = 0
    changes: str = ""


def file_size(size: int) -> str:
    """A size as links state it: `545KB`, `1.2MB`."""
    kilobytes = max(1, round(size / FILE_SIZE_UNIT))
    if kilobytes < FILE_SIZE_UNIT:
        return f"{kilobytes}KB"
    return f"{kilobytes / FILE_SIZE_UNIT:.1f}MB"


LONGEST_PURPOSE = 240
"""Characters of what a plan says it is for, else of its vision."""

COMPARISON = Link(text="Compare the plans", href="compare/index.html")


ONE_PAGE_LINK = "The plan on a page"


def pdf_link(href: str, size: int, what: str = "PDF of this plan") -> Link:
    """The link to a PDF, which says that it is one and how large: `PDF of this plan (PDF only, 545KB)`."""
    return Link(text=f"{what} (PDF only, {file_size(size)})", href=href)


def site_page(
    plans: Iterable[Listed],
    *,
    as_of: dt.date,
    publisher: str = "",
    compared: bool = False,
    gone: Sequence[str] = (),
) -> Page:
    """The index of all plans, by the name of the ICB.

    Args:
        plans: What is published of each plan.
        as_of: The date that the run counts from.
        publisher: Who publishes them.
        compared: Whether a comparison of them stands beside the index.
        gone: The plans that are no longer there, in words.
    """
    ordered = sorted(plans, key=lambda plan: (sorting_key(_name(plan)), plan.plan_id))
    names = _unique_names(ordered)
    sections = tuple(_section(plan, names[plan.plan_id], as_of) for plan in ordered)
    restaters = list(dict.fromkeys(filter(None, map(_restated_by, ordered))))
    shown = publisher or (restaters[0] if len(restaters) == 1 else "")
    return Page(
        id="index",
        language=LANGUAGE,
        cover=Cover(
            organisation=shown,
            title=TITLE,
            subtitle=f"{sentence_case(counted(len(ordered), 'plan'))} of Integrated Care Boards",
            strapline="",
            facts=(f"As at {long_date(as_of)}",),
        ),
        sections=(*sections, *_gone(gone)),
        notices=tuple(_restatement(restaters)),
        description=f"{sentence_case(counted(len(ordered), 'plan'))} for primary care of Integrated Care Boards.",
        publisher=shown or "pcstrat",
        running_head=TITLE,
        downloads=(COMPARISON,) if compared else (),
        accessibility=Link(text=accessibility.TITLE, href=f"{accessibility.ID}.html"),
    )


def _gone(plans: Sequence[str]) -> Iterator[Section]:
    if plans:
        items = Items(items=tuple(Item(text=escape(plan)) for plan in plans))
        yield Section(id=part_id("part", "gone"), title="Plans that are gone", level=2, blocks=(items,))


def _restatement(publishers: list[str]) -> Iterator[Notice]:
    if publishers:
        text = f"Documents restated by {listed(publishers)} are not ICB publications. Each says where it comes from."
        yield Notice(text=escape(text))


def _unique_names(plans: list[Listed]) -> dict[str, str]:
    """What links call each plan, by its id: its ICB, with its title or even its id where others are called the same."""
    names: dict[str, str] = {}
    for plan in plans:
        short, title = _short_name(plan), _title(plan)
        alike = [other for other in plans if _short_name(other).casefold() == short.casefold()]
        same_title = [other for other in alike if _title(other).casefold() == title.casefold()]
        several = f"{short}, {title}" if len(same_title) == 1 else f"{short}, {title} ({plan.plan_id})"
        names[plan.plan_id] = short if len(alike) == 1 else several
    return names


def _section(plan: Listed, name: str, as_of: dt.date) -> Section:
    return Section(
        id=plan.plan_id,
        title=_title(plan),
        contents_title=f"{_title(plan)}, {name}" if plan.data else name,
        label=_name(plan) if plan.data else "",
        level=2,
        blocks=tuple(_blocks(plan, name, as_of)),
        style="plan",
    )


def _blocks(plan: Listed, name: str, as_of: dt.date) -> Iterator[Block]:
    if plan.errors:
        what = "Not updated" if plan.data else "Not published yet"
        yield Notice(text=escape(f"{what}: {counted(plan.errors, 'error')}."))
    elif not plan.data:
        yield Paragraph(text=escape("Not published yet."))
    if not plan.data:
        return
    yield FactStrip(facts=tuple(map(escape, _facts(plan))))
    purpose = plain(_text(plan.data, "plan", "document", "purpose") or _text(plan.data, "plan", "vision", "statement"))
    if purpose:
        yield Paragraph(text=escape(opening(purpose, LONGEST_PURPOSE)))
    restated = _restated_by(plan)
    if restated:
        yield Paragraph(text=escape(f"Restated by {restated}. Not an ICB publication."), style="aside")
    for sentence in (_closed(plan, as_of), plan.changes):
        if sentence:
            yield Paragraph(text=escape(sentence))
    yield Links(links=tuple((link, escape("")) for link in _links(plan, name)))


def _facts(plan: Listed) -> Iterator[str]:
    document = _part(plan, "plan", "document")
    yield sentence_case(_text(document, "kind"))
    yield sentence_case(_text(document, "status") or "status not stated")
    yield f"Published: {_text(document, 'published', 'text') or 'date not stated'}"
    yield f"Period: {_text(document, 'period', 'text') or 'not stated'}"


def _links(plan: Listed, name: str) -> Iterator[Link]:
    if page := plan.files.get("html"):
        yield Link(text=f"{name}: read the plan", href=page.href)
        if plan.changes:
            yield Link(text=f"{name}: what has changed", href=f"{page.href}#{part_id('part', 'changes')}")
    if pdf := plan.files.get("pdf"):
        yield pdf_link(pdf.href, pdf.size, f"{name}: print the plan")
    if sheet := plan.files.get("one-page"):
        yield pdf_link(sheet.href, sheet.size, f"{name}: {in_a_sentence(ONE_PAGE_LINK)}")
    if data := plan.files.get("json"):
        yield Link(text=f"{name}: the plan as data (JSON, {file_size(data.size)})", href=data.href)


def _closed(plan: Listed, as_of: dt.date) -> str:
    """That the ICB has closed, and what covers its area now; empty while it is open."""
    closed = _text(plan.data, "icb", "closed")
    if not closed or as_of <= dt.date.fromisoformat(closed):
        return ""
    names = [f"{_text(successor, 'short_name')} ICB" for successor in _many(plan.data, "icb", "successors")]
    sentence = f"This ICB closed on {long_date(dt.date.fromisoformat(closed))}."
    return f"{sentence} Its area is now covered by {listed(names)}." if names else sentence


def _title(plan: Listed) -> str:
    return _text(plan.data, "plan", "document", "title") or plan.plan_id


def _name(plan: Listed) -> str:
    return _text(plan.data, "icb", "name") or _text(plan.data, "plan", "icb") or plan.plan_id


def _short_name(plan: Listed) -> str:
    return _text(plan.data, "icb", "short_name") or _name(plan)


def _restated_by(plan: Listed) -> str:
    return _text(plan.data, "plan", "document", "restated_by", "publisher")


def _part(plan: Listed, *keys: str) -> object:
    return _below(plan.data, *keys)


def _text(data: object, *keys: str) -> str:
    """The text that keys lead to, safe to show; nothing where there is none."""
    value = _below(data, *keys)
    return visible(value) if isinstance(value, str) else ""


def _many(data: object, *keys: str) -> list[object]:
    value = _below(data, *keys)
    return value if isinstance(value, list) else []


def _below(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
