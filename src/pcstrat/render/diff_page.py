"""Turns differences between plans into a page: what was weakened first, and a table for a board paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from markupsafe import Markup, escape

from pcstrat.diff.alignment import Alignment, Coverage, Group, Planned, Standing, Topic
from pcstrat.diff.changes import Change, Difference, Version
from pcstrat.diff.kinds import Kind, Significance
from pcstrat.diff.sentences import (
    HEADINGS,
    alignment_sentence,
    caution_of_kinds,
    caution_sentence,
    coverage_title,
    fact_sentence,
    planned_facts,
    reason_sentence,
    side_name,
    sides_sentence,
    suggestion_sentence,
    summary_sentence,
    wording_lead,
)
from pcstrat.diff.wording import Mark, Piece, apart, word_changes
from pcstrat.outline import part_id
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.blocks import Block, Cell, Column, Cover, Item, Items, Page, Paragraph, Row, Section, Table
from pcstrat.render.markdown import LinkNames, link
from pcstrat.text import counted, listed, sentence_case, visible

TITLE = words.SECTIONS["changes"]
LANGUAGE = "en-GB"
_NOTHING = "not stated"
_MARKED = {Mark.REMOVED: Markup("<del>{}</del>"), Mark.ADDED: Markup("<ins>{}</ins>")}
_ABOUT_IDS = frozenset({Kind.ID_CHANGED, Kind.LINEAGE_CHANGED})
_LEGEND = "Words that went are struck through. Words that came are underlined."
_CLASSIFICATION = "The tags that topics are found by are pcstrat's classification, not the boards' own."


Address: TypeAlias = Callable[[str, str], str]
"""From the ids of a plan and of an item in it to where a page shows it; empty where that is not known."""


def diff_page(
    results: Sequence[Difference | Alignment],
    registry: Registry,
    publisher: str = "",
    address: Address = lambda _plan, _item: "",
) -> Page:
    """The page of everything that was compared; items of two boards link to what `address` gives."""
    results = [_with_names(result, registry) for result in results]
    names = list(dict.fromkeys(_icb_name(version, registry) for result in results for version in _versions(result)))
    boards = all(isinstance(result, Alignment) for result in results)
    title = "Two plans side by side" if boards and results else TITLE
    return Page(
        id="diff",
        language=LANGUAGE,
        cover=Cover(
            organisation=visible(listed(names)),
            title=title,
            subtitle=visible(_subtitle(results)),
            strapline="",
            facts=tuple(fact for result in results for fact in _facts(result)) if len(results) == 1 else (),
        ),
        sections=tuple(_sections(results, address)) or (_no_changes(),),
        description=f"{title}: {visible(listed(names))}",
        publisher=visible(publisher or listed(names)) or "pcstrat",
        running_head=title,
    )


def _with_names(result: Difference | Alignment, registry: Registry) -> Difference | Alignment:
    """Plans of two boards by the names of the boards, which readers know; the ids of plans are for commands."""
    if isinstance(result, Difference):
        return result
    sides = [(version, registry.icb(version.icb)) for version in (result.old, result.new)]
    names = [icb.short_name if icb else version.label for version, icb in sides]
    if len(set(names)) < len(names):
        return result
    at = [version.label.partition("@")[2] for version, _ in sides]
    labels = [f"{name} at {revision}" if revision else name for name, revision in zip(names, at, strict=True)]
    old, new = (replace(version, label=label) for (version, _), label in zip(sides, labels, strict=True))
    return replace(result, old=old, new=new)


def _facts(result: Difference | Alignment) -> Iterator[str]:
    """The answer before the evidence, and what to be careful about."""
    if isinstance(result, Alignment):
        yield visible(alignment_sentence(result))
        return
    yield _summary(result)
    if caution := caution_sentence(result):
        yield visible(caution)


def _no_changes() -> Section:
    return Section(id="diff--none", title="No changes", level=2, blocks=(Paragraph(text=escape("No changes.")),))


def _versions(result: Difference | Alignment) -> tuple[Version, ...]:
    if isinstance(result, Alignment):
        return result.old, result.new
    return (*result.old, *([result.new] if result.new else []))


def _icb_name(version: Version, registry: Registry) -> str:
    icb = registry.icb(version.icb)
    return icb.name if icb else version.icb


def _subtitle(results: Sequence[Difference | Alignment]) -> str:
    """Which sides the page compares; of several plans, how many."""
    if len(results) != 1:
        return sentence_case(counted(len(results), "plan"))
    (result,) = results
    if isinstance(result, Alignment):
        return f"{side_name(result.old)} and {side_name(result.new)}"
    sides = sides_sentence(result)
    return f"From {sides}" if result.old and result.new else sides


def _sections(results: Sequence[Difference | Alignment], address: Address) -> Iterator[Section]:
    """The changes of one plan as sections; of several an overview, then a section for each that changed."""
    differences = [result for result in results if isinstance(result, Difference)]
    if len(results) > 1:
        yield _overview(differences)
    for number, result in enumerate(results, 1):
        prefix = f"diff--{number}"
        if isinstance(result, Alignment):
            yield from _alignment_sections(_Sides(result, address), prefix)
        elif len(results) == 1:
            yield from changed_sections(result, prefix)
        elif result.old and result.new and result.published:
            below = tuple(changed_sections(result, prefix, level=3))
            lead = tuple(_leads(result, _summary(result)))
            yield Section(id=prefix, title=_title(result), level=2, blocks=lead, sections=below)


def _overview(differences: Sequence[Difference]) -> Section:
    """Every plan with what was compared and how much has changed; first of all that much is weakened."""
    rows = tuple(
        Row(
            header=Cell(text=escape(_title(difference))),
            cells=(Cell(text=escape(visible(sides_sentence(difference)))), Cell(text=escape(_summary(difference)))),
        )
        for difference in differences
    )
    columns = (Column(title="Plan"), Column(title="Compared"), Column(title="What has changed"))
    table = Table(id="diff--overview--table", caption="Every plan that was compared", columns=columns, rows=rows)
    weakened = sum(bool(_published_of(difference, Significance.WEAKENED)) for difference in differences)
    lead = Paragraph(text=escape(f"Something was weakened in {weakened or 'none'} of {len(rows)} plans."), style="lead")
    return Section(id="diff--overview", title="All plans", level=2, blocks=(lead, table))


def _published_of(difference: Difference, meaning: Significance) -> list[Change]:
    return [change for change in difference.published if change.significance is meaning]


def _title(result: Difference) -> str:
    version = result.new or result.old[0]
    return visible(f"{version.title} ({version.plan_id})")


def _summary(difference: Difference) -> str:
    """How much has changed, or that the whole plan came or went."""
    if difference.old and difference.new:
        return summary_sentence(difference.published)
    since = f" since {difference.since}" if difference.since else ""
    return visible(f"This plan is {'new' if difference.new else 'gone'}{since}.")


def changed_sections(difference: Difference, prefix: str, level: int = 2) -> Iterator[Section]:
    """The changes of one plan as sections: by what they mean, then the table of versions. Nothing internal is shown."""
    if not (difference.old and difference.new):
        lead = Paragraph(text=escape(_summary(difference)), style="lead")
        yield Section(id=f"{prefix}--whole", title="The whole plan", level=level, blocks=(lead,))
        return
    if not difference.published:
        yield replace(_no_changes(), id=f"{prefix}--none", level=level)
        return
    yield from _by_meaning(difference, prefix, level)
    table = version_table(difference, f"{prefix}--versions--table")
    yield Section(id=f"{prefix}--versions", title="Table for a board paper", level=level, blocks=(table,))


def changes_section(difference: Difference) -> Section:
    """What has changed since a revision, as one section of the plan's own page."""
    section_id = part_id("part", "changes")
    lead = tuple(_leads(difference, since_sentence(difference)))
    below = tuple(_by_meaning(difference, section_id, 3)) if difference.old else ()
    return Section(id=section_id, title=words.SECTIONS["changes"], level=2, blocks=lead, sections=below)


def _leads(difference: Difference, summary: str) -> Iterator[Paragraph]:
    """The answer before the evidence, and what to be careful about."""
    yield Paragraph(text=escape(summary), style="lead")
    if caution := caution_sentence(difference):
        yield Paragraph(text=escape(visible(caution)))


def since_sentence(difference: Difference) -> str:
    """How much has changed since a revision: "3 changes since v2023 (v1, April 2023): 1 weakened, 2 changed."."""
    if not (difference.old and difference.new):
        return _summary(difference)
    dated = _version_and_date(difference.old[0]) if len(difference.old) == 1 else ""
    then = f"{difference.since} ({dated})" if dated else difference.since
    summary, _, counts = summary_sentence(difference.published).rstrip(".").partition(":")
    return visible(f"{summary} since {then}{':' if counts else ''}{counts}.")


def _version_and_date(version: Version) -> str:
    return ", ".join(filter(None, (version.version, version.date)))


def _by_meaning(difference: Difference, prefix: str, level: int) -> Iterator[Section]:
    for meaning in Significance:
        if meant := _published_of(difference, meaning):
            section_id = f"{prefix}--{meaning.value}"
            blocks = tuple(_changes(meant, meaning, f"{section_id}--table"))
            yield Section(id=section_id, title=HEADINGS[meaning], level=level, blocks=blocks)


def _changes(changes: list[Change], meaning: Significance, table_id: str) -> Iterator[Block]:
    count = counted(len(changes), "change")
    if meaning is Significance.REWORDED:
        yield Paragraph(text=escape(f"{sentence_case(count)}. {_LEGEND}"))
        yield Items(items=tuple(_reworded_item(change) for change in changes))
        return
    reasons = any(change.reason for change in changes)
    if not reasons:
        which = "this change" if len(changes) == 1 else "any of these changes"
        yield Paragraph(text=escape(f"The plan gives no reason for {which}."))
    if any(change.kind.is_wording for change in changes):
        yield Paragraph(text=escape(_LEGEND))
    columns = (
        Column(title="Where"),
        Column(title="What changed"),
        *([Column(title="Reason or remark")] if reasons else []),
    )
    rows = tuple(_change_row(change, reasons=reasons) for change in changes)
    yield Table(id=table_id, caption=f"{HEADINGS[meaning]}: {count}", columns=columns, rows=rows)


def _change_row(change: Change, *, reasons: bool) -> Row:
    reason = Cell(text=escape(visible(change.reason))) if change.reason else Cell(text=escape(_NOTHING), missing=True)
    guess = escape(visible(suggestion_sentence(change)))
    fact = Markup(" ").join(filter(None, (_reworded(change), guess)))
    cells = (Cell(text=fact), *([reason] if reasons else []))
    return Row(header=Cell(text=escape(visible(sentence_case(change.name)))), cells=cells)


def _reworded_item(change: Change) -> Item:
    remarks = (reason_sentence(change), suggestion_sentence(change))
    return Item(
        title=escape(visible(sentence_case(change.name))),
        text=_reworded(change),
        facts=tuple(escape(visible(remark)) for remark in remarks if remark),
    )


def _reworded(change: Change) -> Markup:
    if not change.kind.is_wording or not change.before or not change.after:
        return escape(visible(fact_sentence(change)))
    pieces = map(_piece, apart(word_changes(change.before.text, change.after.text)))
    return escape(wording_lead(change)) + Markup().join(pieces)


def _piece(piece: Piece) -> Markup:
    """Words that went and came, marked as such for eyes and for screen readers."""
    text = visible(piece.text)
    if piece.mark is Mark.KEPT:
        return escape(text)
    return _MARKED[piece.mark].format(text)


def version_table(difference: Difference, table_id: str) -> Table:
    """Version, date, change: a row for each change that can be told, and counts of wordings and of ids."""
    version, date = _version_cells(difference)
    told = [change for change in difference.published if change.kind not in _ABOUT_IDS]
    substance = [change for change in told if change.significance is not Significance.REWORDED]
    texts = [
        Markup("<strong>{}</strong> {}").format(visible(sentence_case(change.name)), visible(fact_sentence(change)))
        for change in substance
    ]
    if reworded := len(told) - len(substance):
        what, them = ("wording was", "it") if reworded == 1 else ("wordings were", "them")
        texts.append(escape(f"{reworded:,} {what} changed; read {them}."))
    if ids := len(difference.published) - len(told):
        texts.append(escape(f"{counted(ids, 'item')} can be found under another link."))
    rows = tuple(Row(header=version, cells=(date, Cell(text=text))) for text in texts)
    columns = (Column(title="Version"), Column(title="Date"), Column(title="Change"))
    return Table(id=table_id, caption="Changes between the versions", columns=columns, rows=rows)


def _version_cells(difference: Difference) -> tuple[Cell, Cell]:
    """The version that the new plan states, else its revision; and its date."""
    newest = difference.new or (difference.old[0] if difference.old else None)
    version = (newest.version or newest.label.partition("@")[2]) if newest else ""
    return _stated_cell(version), _stated_cell(newest.date if newest else "")


def _stated_cell(text: str) -> Cell:
    return Cell(text=escape(visible(text or _NOTHING)), missing=not text)


def _documents(alignment: Alignment, prefix: str) -> Section:
    """What the two documents are, to be read before any figure of them."""
    heads = ("Plan", "Kind of document", "Status", "Date", "Period")
    rows = tuple(
        Row(
            header=Cell(text=escape(visible(version.label))),
            cells=tuple(
                _stated_cell(sentence_case(text))
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


class _Sides:
    """The plans of two boards on a page, and how their items are shown there: as links where pages of them are known.

    Items of the same name are told apart by the board and, where one has several, by a number.
    """

    def __init__(self, alignment: Alignment, address: Address) -> None:
        self.alignment = alignment
        self.names = tuple(visible(side_name(version)) for version in (alignment.old, alignment.new))
        self._plans = alignment.old.plan_id, alignment.new.plan_id
        self._address = address
        self._link_names = LinkNames()

    def item(self, entry: Planned, side: int) -> Markup:
        """An item by its name."""
        name = visible(sentence_case(entry.name))
        address = self._address(self._plans[side], entry.anchor) if entry.anchor else ""
        if not address:
            return escape(name)
        return link(address, name, self._link_names.of(f"{name}, {self.names[side]}", address))


def _alignment_sections(sides: _Sides, prefix: str) -> Iterator[Section]:
    yield _documents(sides.alignment, prefix)
    for group, title in (
        (Group.COMMITMENT, "National commitments"),
        (Group.THEME, "Themes"),
        (Group.PILLAR, "Parts of primary care"),
    ):
        parts = [(coverage, sides.alignment.of(group, coverage)) for coverage in Coverage]
        sections = tuple(
            _topics_section(sides, coverage, topics, f"{prefix}--{group.value}--{coverage.name.lower()}")
            for coverage, topics in parts
            if topics and (group is Group.COMMITMENT or coverage is not Coverage.NEITHER)
        )
        lead = Paragraph(text=escape(_CLASSIFICATION), style="aside")
        yield Section(id=f"{prefix}--{group.value}", title=title, level=2, blocks=(lead,), sections=sections)


def _topics_section(sides: _Sides, coverage: Coverage, topics: Sequence[Topic], section_id: str) -> Section:
    title = visible(coverage_title(sides.alignment, coverage))
    shown = tuple(side for side in (0, 1) if any(_says_something(topic, side) for topic in topics))
    columns = (Column(title="Topic", width=20), *(Column(title=sides.names[side]) for side in shown))
    rows = tuple(_topic_row(topic, sides, shown) for topic in topics)
    caption = f"{title}: {counted(len(topics), 'topic')}"
    table = Table(id=f"{section_id}--table", caption=caption, columns=columns, rows=rows)
    return Section(id=section_id, title=title, level=3, blocks=(table,))


def _says_something(topic: Topic, side: int) -> bool:
    """Whether a side has a cell of its own: of commitments always, since its silence may be no omission."""
    return topic.group is Group.COMMITMENT or topic.stands[side].standing is not Standing.NOT_MENTIONED


def _topic_row(topic: Topic, sides: _Sides, shown: Iterable[int]) -> Row:
    """What each side has for a topic; a side that has nothing for any topic of the table has no column."""
    header = Cell(text=escape(f"{topic.title} ({topic.code})"))
    return Row(header=header, cells=tuple(_topic_cell(topic, sides, side) for side in shown))


def _topic_cell(topic: Topic, sides: _Sides, side: int) -> Cell:
    planned = (topic.old, topic.new)[side]
    if not planned:
        return Cell(text=escape(visible(topic.stands[side].words)), missing=True)
    entries = Markup().join(_planned(entry, sides.item(entry, side)) for entry in planned)
    return Cell(text=Markup('<ul class="planned">{}</ul>').format(entries))


def _planned(entry: Planned, name: Markup) -> Markup:
    """An item with its dates, money and measures beneath it, each on a line of its own."""
    facts = [Markup("<li>{}</li>").format(visible(fact)) for fact in planned_facts(entry)]
    return Markup("<li><strong>{}</strong><ul>{}</ul></li>").format(name, Markup().join(facts))
