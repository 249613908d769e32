"""Turns a plan into its plan on a page: the same sheet several times, each saying a little less, until one fits.

A sheet is never made to fit by making its text smaller. What is left out first, and what is never left out, is declared
in `STEPS`; whoever lays the sheets out takes the first that fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import escape

from pcstrat.model.plan import Plan
from pcstrat.money_outline import amounts_in_plan
from pcstrat.naming import opening, shorten
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.blocks import (
    Block,
    Card,
    Cards,
    Cover,
    Item,
    Items,
    MoneyLines,
    Page,
    Paragraph,
    Section,
    Statistics,
)
from pcstrat.render.glance import (
    MOST_ACTIONS,
    MOST_AMOUNTS,
    MOST_CARDS,
    MOST_DATES,
    MOST_FIGURES,
    card,
    card_aims,
    date_words,
    dates_sentence,
    first_dates,
    headlines,
    more_aims,
    not_stated_sentence,
    number_of_dates,
    purpose_of,
)
from pcstrat.render.index import PlanIndex, index_plan, part_id
from pcstrat.render.items import time_text
from pcstrat.render.markdown import plain
from pcstrat.render.money import funding_sentence, largest_amounts
from pcstrat.text import counted, listed, sentence_case, visible

LONGEST_RESTATEMENT = 300
"""Characters: two lines."""

LONGEST_BAR = 30
"""Characters of what an amount is for: one line beside its bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much a sheet may say: numbers of things, and the characters of each."""

    purpose: int = 330
    figures: int = MOST_FIGURES
    cards: int = MOST_CARDS
    actions: int = MOST_ACTIONS
    words: int = 240
    card_dates: int = 1
    dates: int = MOST_DATES
    amounts: int = MOST_AMOUNTS
    title: int = 160


STEPS: tuple[tuple[str, int], ...] = (
    ("words", 180),
    ("words", 140),
    ("words", 115),
    ("amounts", 4),
    ("dates", 4),
    ("words", 100),
    ("amounts", 3),
    ("words", 90),
    ("dates", 3),
    ("words", 80),
    ("actions", 2),
    ("purpose", 260),
    ("amounts", 2),
    ("dates", 2),
    ("actions", 1),
    ("words", 70),
    ("words", 60),
    ("amounts", 0),
    ("purpose", 200),
    ("title", 90),
    ("figures", 2),
    ("purpose", 150),
    ("dates", 1),
    ("figures", 0),
    ("card_dates", 0),
    ("words", 40),
    ("dates", 0),
    ("purpose", 110),
    ("title", 60),
    ("actions", 0),
    ("purpose", 0),
    ("title", 40),
    ("cards", 3),
)
"""What a sheet leaves out, in this order, each on top of the last. The names of the ambitions, the sentence on money
and what is not stated stay to the end."""


def one_pages(plan: Plan, registry: Registry, page: Page) -> tuple[Page, ...]:
    """The plan on a page, from the sheet that says most to the one that says least; `page` is the page of the plan."""
    index = index_plan(plan, registry)
    allowances = [Allowance()]
    for name, value in STEPS:
        allowances.append(replace(allowances[-1], **{name: value}))
    return tuple(dict.fromkeys(_sheet(index, page, allowance) for allowance in allowances))


def _sheet(index: PlanIndex, page: Page, allowance: Allowance) -> Page:
    sections = tuple(section for section in _sections(index, allowance) if section)
    return Page(
        id=page.id,
        language=page.language,
        cover=_head(index, page.cover, allowance),
        sections=sections,
        description=page.description,
        publisher=page.publisher,
        running_head=page.running_head,
        foot=_foot(index, page),
        content_hash=page.content_hash,
    )


def _head(index: PlanIndex, cover: Cover, allowance: Allowance) -> Cover:
    """Who, what, and in one line what sort of document it is."""
    document = index.plan.document
    scope = listed(tuple(words.PILLARS[pillar].lower() for pillar in document.scope))
    facts = (
        sentence_case(document.status.value if document.status else "status not stated"),
        f"Period: {shorten(time_text(document.period), allowance.title) or 'not stated'}",
        sentence_case(scope),
    )
    return Cover(
        organisation=shorten(cover.organisation, allowance.title),
        title=shorten(cover.title, allowance.title),
        subtitle="",
        strapline="",
        facts=tuple(fact for fact in (sentence_case(document.kind.value), *facts) if fact),
        restatement=escape(shorten(cover.restatement.striptags(), LONGEST_RESTATEMENT)),
    )


def _sections(index: PlanIndex, allowance: Allowance) -> Iterator[Section | None]:
    plan = index.plan
    purpose = opening(plain(purpose_of(plan)), allowance.purpose) if allowance.purpose else ""
    yield _section("purpose", Paragraph(text=escape(purpose), style="lead")) if purpose else None
    numbers = headlines(index)[: allowance.figures]
    yield _section("figures", Statistics(items=numbers, style="band")) if numbers else None
    yield _section("aims", *_aims(index, allowance))
    yield _section("dates", *_dates(index, allowance))
    yield _section("money", *_money(plan, allowance))
    missing = not_stated_sentence(index).removeprefix(f"{words.SECTIONS['not_stated']}: ")
    yield _section("missing", Paragraph(text=escape(sentence_case(missing)))) if missing else None


def _section(name: str, *blocks: Block) -> Section:
    return Section(id=part_id("sheet", name), title=words.ONE_PAGE[name], level=2, blocks=blocks, style=name)


def _aims(index: PlanIndex, allowance: Allowance) -> Iterator[Block]:
    plan = index.plan
    aims = card_aims(plan)
    shown = tuple(
        _short(card(index, aim, actions=allowance.actions, length=allowance.words), allowance) for aim in aims
    )
    yield Cards(cards=shown[: allowance.cards])
    left_out = more_aims(plan) if len(shown) <= allowance.cards else words.MORE_IN_THE_PLAN
    if left_out:
        yield Paragraph(text=escape(f"{sentence_case(left_out)}."), style="more")


def _short(entry: Card, allowance: Allowance) -> Card:
    """A card whose title is no longer than allowed, with how many more actions there are and the date in one line."""
    more = f"{sentence_case(entry.more)}." if entry.more and allowance.actions else ""
    date = shorten(f"{entry.foot}.", allowance.title) if allowance.card_dates else ""
    return replace(
        entry,
        label=shorten(entry.label, allowance.title),
        title=shorten(entry.title, allowance.title),
        more="",
        foot=f"{more} {date}".strip(),
    )


def _dates(index: PlanIndex, allowance: Allowance) -> Iterator[Block]:
    entries = first_dates(index)
    shown = entries[: allowance.dates]
    if not entries:
        yield Paragraph(text=escape(shorten(dates_sentence(index), 2 * allowance.title)))
    if shown:
        items = tuple(
            Item(
                title=escape(shorten(sentence_case(time_text(entry.time)), allowance.title)),
                text=escape(date_words(entry, allowance.words)),
            )
            for entry in shown
        )
        yield Items(items=items, style="dates")
    left_out = number_of_dates(index) - len(shown)
    if entries and left_out:
        more = "more " if shown else ""
        text = f"{sentence_case(counted(left_out, f'{more}date'))} in the plan."
        yield Paragraph(text=escape(text), style="more")


def _money(plan: Plan, allowance: Allowance) -> Iterator[Block]:
    amounts = amounts_in_plan(plan)
    yield Paragraph(text=escape(funding_sentence(amounts)))
    bars = largest_amounts(amounts, allowance.amounts)
    if bars:
        yield MoneyLines(
            bars=tuple(replace(bar, text=shorten(bar.text, min(allowance.words, LONGEST_BAR))) for bar in bars)
        )
    more = sum(not named.is_given_up for named in amounts) - len(bars)
    if bars and more:
        yield Paragraph(text=escape(f"{sentence_case(counted(more, 'more amount'))} in the plan."), style="more")


def _foot(index: PlanIndex, page: Page) -> str:
    """Where to read and ask more."""
    contact = index.plan.document.contact
    asked = f" Contact: {shorten(visible(contact), 80)}." if contact else ""
    return f"{words.ONE_PAGE_FOOT.format(pdf=f'{page.id}.pdf')}{asked}"


__all__ = ["STEPS", "Allowance", "one_pages"]
