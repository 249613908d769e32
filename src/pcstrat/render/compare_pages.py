"""Turns the topics of a comparison into pages: one that leads to all, one for each topic, and one document of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import escape

from pcstrat.compare.table import PlanFacts, Topic
from pcstrat.compare.words import plans_in_words
from pcstrat.outline import part_id
from pcstrat.render import accessibility_page
from pcstrat.render.blocks import Block, Cover, Item, Items, Link, Links, Page, Section
from pcstrat.render.compare_charts import charts_of
from pcstrat.render.compare_tables import Way, read_first, table_section, way_of
from pcstrat.text import long_date, sentence_case

TEMPLATE = "documents/comparison.html.j2"
LANGUAGE = "en-GB"
TITLE = "Comparison of primary care plans"
_HOME = Link(text="All plans", href="../index.html")
_ACCESSIBILITY = Link(text=accessibility_page.TITLE, href=f"../{accessibility_page.ID}.html")
_INDEX = Link(text="All tables", href="index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is compared, who publishes it, and the date that it counts from."""

    topics: tuple[Topic, ...]
    as_of: dt.date
    publisher: str = ""

    @property
    def plans(self) -> tuple[PlanFacts, ...]:
        """The plans, in the order of the tables."""
        return self.topics[0].tables[0].plans if self.topics else ()


def title_of(compared: Compared, topic: Topic) -> str:
    """The h1 of a topic's page: `National commitments: what five plans say`."""
    verb = "says" if len(compared.plans) == 1 else "say"
    return f"{topic.title}: what {plans_in_words(len(compared.plans))} {verb}"


def topic_page(compared: Compared, topic: Topic, downloads: Sequence[Link]) -> Page:
    """The page of one topic: the finding, what to read first, the tables, how it was judged, and other topics."""
    way = way_of(topic.id, compared.plans)
    sections = (
        read_first(compared.plans, way, 2),
        *_tables(topic, way),
        *_method(topic, 2),
        _others(compared, topic),
    )
    page = _page(compared, topic.id, title_of(compared, topic), topic.finding, sections)
    return replace(page, downloads=(_INDEX, *downloads))


def index_page(compared: Compared, downloads: Sequence[Link], pdf: Link | None = None) -> Page:
    """The page that leads to every topic, with what each shows."""
    links = tuple((Link(text=topic.title, href=f"{topic.id}.html"), escape(topic.finding)) for topic in compared.topics)
    tables = Section(id=part_id("part", "tables"), title="Tables", level=2, blocks=(Links(links=links),))
    sections = (read_first(compared.plans, way_of("index", compared.plans), 2), tables)
    subtitle = f"What {plans_in_words(len(compared.plans))} say, side by side"
    return replace(_page(compared, "compare", TITLE, subtitle, sections), downloads=tuple(downloads), pdf=pdf)


def whole_document(compared: Compared) -> Page:
    """All topics as one document for print. It names items and links to nothing: paper has no pages beside it."""
    first = read_first(compared.plans, way_of("index", compared.plans, linked=False), 2)
    sections = (first, *(_whole_topic(compared, topic) for topic in compared.topics))
    subtitle = f"What {plans_in_words(len(compared.plans))} say, side by side"
    return replace(_page(compared, "compare", TITLE, subtitle, sections), home=None, accessibility=None)


def _whole_topic(compared: Compared, topic: Topic) -> Section:
    """A topic as one section: its leading table right under the heading, then the others, then how it was judged."""
    way = way_of(topic.id, compared.plans, linked=False)
    section = table_section(topic.tables[0], way, 2, charts=charts_of(topic, on_paper=True), lead=True)
    others = tuple(table_section(table, way, 3, lead=True) for table in topic.tables[1:])
    below = (*section.sections, *others, *_method(topic, 3))
    return replace(section, id=part_id("topic", topic.id), title=topic.title, sections=below)


def _tables(topic: Topic, way: Way) -> tuple[Section, ...]:
    charts = charts_of(topic, on_paper=False)
    return tuple(
        table_section(table, way, 2, charts=charts if number == 0 else (), lead=number > 0)
        for number, table in enumerate(topic.tables)
    )


def _method(topic: Topic, level: int) -> tuple[Section, ...]:
    if not topic.method:
        return ()
    items: tuple[Block, ...] = (Items(items=tuple(Item(text=escape(text)) for text in topic.method)),)
    is_own_page = level == 2  # noqa: PLR2004 - right under the title
    title = "How we judged this" if is_own_page else f"How we judged this: {topic.title}"
    return (Section(id=part_id("method", topic.id), title=title, level=level, blocks=items, in_contents=is_own_page),)


def _others(compared: Compared, topic: Topic) -> Section:
    links = tuple(
        (Link(text=other.title, href=f"{other.id}.html"), escape("")) for other in compared.topics if other != topic
    )
    return Section(id=part_id("part", "others"), title="Other tables", level=2, blocks=(Links(links=links),))


def _page(compared: Compared, page_id: str, title: str, subtitle: str, sections: Sequence[Section]) -> Page:
    return Page(
        id=page_id,
        language=LANGUAGE,
        cover=Cover(
            organisation=compared.publisher,
            title=title,
            subtitle=subtitle,
            strapline="",
            facts=(sentence_case(plans_in_words(len(compared.plans))), f"As at {long_date(compared.as_of)}"),
        ),
        sections=tuple(sections),
        description=subtitle,
        publisher=compared.publisher or "pcstrat",
        running_head=title,
        foot="Tables are made from the data of the plans. Follow a cell to the words of the plan that prove it.",
        home=_HOME,
        accessibility=_ACCESSIBILITY,
    )
