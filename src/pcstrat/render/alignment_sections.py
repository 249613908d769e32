"""Turns two plans side by side into sections of a page: what both plan, what only one does, what neither answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from markupsafe import Markup, escape

from pcstrat.diff.alignment import GROUP_TITLES, Alignment, Coverage, Group, Standing, Topic
from pcstrat.diff.alignment_items import Planned
from pcstrat.diff.alignment_sentences import (
    CLASSIFICATION,
    LOOSE_MONEY,
    caution_of_kinds,
    coverage_title,
    planned_parts,
    unstated_sentence,
)
from pcstrat.diff.sentences import side_name
from pcstrat.light_markdown import plain
from pcstrat.render.blocks import NOTHING, Block, Cell, Column, Item, Items, Paragraph, Row, Section, Table
from pcstrat.render.markdown import LinkNames, link
from pcstrat.text import counted, first_few, listed, sentence_case, visible

NOT_STATED = "not stated"
_WIDTH_OF_SIDES = 82
"""The share of a table, in percent, that the plans have together."""

_MOST_FACTS = 2
"""How many dates, amounts and measures of an item are shown at once: an objective may have forty."""

_ONE = {"Date": "date", "Money": "fact about money", "Measure": "measure"}
_MANY = {"Date": "dates", "Money": "facts about money", "Measure": "measures"}
_HEADINGS = {"Date": "Dates", "Money": "Money", "Measure": "Measures"}

Address: TypeAlias = Callable[[str, str], str]
"""From the ids of a plan and of an item in it to where a page shows it; empty where that is not known."""


def stated_cell(text: str) -> Cell:
    """A fact of one side, or that it is not stated."""
    return Cell(text=escape(visible(text or NOT_STATED)), missing=not text)


def _documents(alignment: Alignment, prefix: str) -> Section:
    """What the two documents are, to be read before any figure of them."""
    heads = ("Plan", "Kind of document", "Status", "Date", "Period")
    rows = tuple(
        Row(
            header=Cell(text=escape(visible(version.label))),
            cells=tuple(
                stated_cell(sentence_case(text))
                for text in (version.kind, version.status, version.date, version.period)
            ),
        )
        for version in (alignment.old, alignment.new)
    )
    section_id = f"{prefix}--documents"
    columns = tuple(Column(title=head) for head in heads)
    table = Table(id=f"{section_id}--table", caption="What the two plans are", columns=columns, rows=rows)
    caution = caution_of_kinds(alignment)
    blocks: list[Block] = [Paragraph(text=escape(caution))] if caution else []
    return Section(id=section_id, title="Read this first", level=2, blocks=(*blocks, table))


class Sides:
    """The plans of two boards on a page, and how their items are shown there: as links where pages of them are known.

    Items of the same name are told apart by the board and, where one has several, by a number.
    """

    def __init__(self, alignment: Alignment, address: Address) -> None:
        self.alignment = alignment
        self.names = tuple(visible(side_name(version)) for version in (alignment.old, alignment.new))
        self._plans = alignment.old.plan_id, alignment.new.plan_id
        self._address = address
        self._link_names = LinkNames()
        self._shown: set[tuple[int, Planned]] = set()

    def item(self, entry: Planned, side: int) -> Markup:
        """An item by its name."""
        name = visible(sentence_case(entry.name))
        address = self._address(self._plans[side], entry.anchor) if entry.anchor else ""
        if not address:
            return escape(name)
        return link(address, name, self._link_names.of(f"{name}, {self.names[side]}", address))

    def untagged(self, side: int, topics: Sequence[Topic]) -> str:
        """That nothing of a plan has the tag of any of some topics."""
        these = "any of these topics" if len(topics) > 1 else "this topic"
        return f"Nothing in the plan of {self.names[side]} is tagged with {these}."

    def show(self, entry: Planned, side: int) -> bool:
        """Note that an item is shown, and say if it was before, with the same facts: it is about several topics."""
        is_again = (side, entry) in self._shown
        self._shown.add((side, entry))
        return is_again


def alignment_sections(sides: Sides, prefix: str) -> Iterator[Section]:
    """What the two documents are; then commitments, themes and pillars by which side plans them."""
    yield _documents(sides.alignment, prefix)
    for group in Group:
        sections = tuple(
            _topics_section(sides, coverage, topics, f"{prefix}--{group.value}--{coverage.name.lower()}")
            for coverage, topics in sides.alignment.shown(group)
        )
        lead = Paragraph(text=escape(CLASSIFICATION), style="aside")
        yield Section(
            id=f"{prefix}--{group.value}", title=GROUP_TITLES[group], level=2, blocks=(lead,), sections=sections
        )
    yield from _loose_money_section(sides, f"{prefix}--money")


def _loose_money_section(sides: Sides, section_id: str) -> Iterator[Section]:
    """The money of each plan that stands with no topic; nothing where neither has any."""
    below = tuple(
        Section(
            id=f"{section_id}--{side}",
            title=sides.names[side - 1],
            level=3,
            blocks=(Items(items=tuple(Item(text=escape(visible(amount))) for amount in money)),),
        )
        for side, money in enumerate(sides.alignment.loose_money, 1)
        if money
    )
    if below:
        yield Section(id=section_id, title=LOOSE_MONEY, level=2, sections=below)


def _topics_section(sides: Sides, coverage: Coverage, topics: Sequence[Topic], section_id: str) -> Section:
    title = visible(coverage_title(sides.alignment, coverage))
    shown = tuple(side for side in (0, 1) if any(_says_something(topic, side) for topic in topics))
    width = _WIDTH_OF_SIDES // len(shown) if shown else 0
    leads = (Paragraph(text=escape(sides.untagged(side, topics))) for side in (0, 1) if side not in shown)
    columns = (Column(title="Topic"), *(Column(title=sides.names[side], width=width) for side in shown))
    rows = tuple(_topic_row(topic, sides, shown) for topic in topics)
    caption = f"{title}: {counted(len(topics), 'topic')}"
    table = Table(id=f"{section_id}--table", caption=caption, columns=columns, rows=rows)
    return Section(id=section_id, title=title, level=3, blocks=(*leads, table))


def _says_something(topic: Topic, side: int) -> bool:
    """Whether a side has more to say of a topic than that nothing has its tag."""
    stand = topic.stands[side]
    return stand.standing is not Standing.NOT_TAGGED or stand.is_elsewhere


def _topic_row(topic: Topic, sides: Sides, shown: Iterable[int]) -> Row:
    """What each side has for a topic; a side that has nothing for any topic of the table has no column."""
    header = Cell(text=escape(f"{topic.title} ({topic.code})"))
    return Row(header=header, cells=tuple(_topic_cell(topic, sides, side) for side in shown))


def _topic_cell(topic: Topic, sides: Sides, side: int) -> Cell:
    planned = (topic.old, topic.new)[side]
    if not planned:
        return Cell(text=escape(visible(topic.stands[side].words)), missing=True)
    entries = Markup().join(
        _planned(
            entry,
            sides.item(entry, side),
            is_again=sides.show(entry, side),
            has_loose_money=bool(sides.alignment.loose_money[side]),
        )
        for entry in planned
    )
    return Cell(text=Markup('<ul class="planned">{}</ul>').format(entries))


def _planned(entry: Planned, name: Markup, *, is_again: bool, has_loose_money: bool) -> Markup:
    """An item with the first of its dates, money and measures beneath it; the rest is folded, and of a repeat all."""
    first: dict[str, Sequence[str]] = {}
    rest: dict[str, Sequence[str]] = {}
    for label, texts in planned_parts(entry):
        last = 0 if is_again else len(first_few(texts, _MOST_FACTS))
        first[label], rest[label] = texts[:last], texts[last:]
    unstated = unstated_sentence(entry, has_loose_money=has_loose_money)
    shown = _by_kind(first) + (_line(unstated) if unstated else NOTHING)
    facts = Markup("<ul>{}</ul>").format(shown) if shown else NOTHING
    return Markup("<li><strong>{}</strong>{}{}</li>").format(name, facts, _fold(rest, is_again=is_again))


def _fold(rest: Mapping[str, Sequence[str]], *, is_again: bool) -> Markup:
    """The facts that are not shown at once, with how many there are of which; nothing where there are none."""
    left = {label: facts for label, facts in rest.items() if facts}
    if not left:
        return NOTHING
    more = "" if is_again else "more "
    counts = listed(
        [counted(len(facts), f"{more}{_ONE[label]}", f"{more}{_MANY[label]}") for label, facts in left.items()]
    )
    style, summary = ("fold fold--again", f"{counts}, as above") if is_again else ("fold", f"and {counts}")
    return Markup('<details class="{}"><summary>{}</summary><ul>{}</ul></details>').format(
        style, summary, _by_kind(left)
    )


def _by_kind(facts: Mapping[str, Sequence[str]]) -> Markup:
    """The dates, the money and the measures: one fact on one line, several as a list under what they are."""
    return Markup().join(_of_kind(label, texts) for label, texts in facts.items() if texts)


def _of_kind(label: str, texts: Sequence[str]) -> Markup:
    if len(texts) == 1:
        return _line(f"{label}: {texts[0]}")
    return Markup("<li>{}:<ul>{}</ul></li>").format(_HEADINGS[label], Markup().join(map(_line, texts)))


def _line(fact: str) -> Markup:
    return Markup("<li>{}</li>").format(visible(plain(fact)))
