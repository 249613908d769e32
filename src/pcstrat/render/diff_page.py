"""Turns differences between plans into a page: what was weakened first, and a table for a board paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from pcstrat.diff.alignment import Alignment, Coverage, Group, Planned, Topic
from pcstrat.diff.changes import Change, Difference, Version
from pcstrat.diff.kinds import Kind, Significance
from pcstrat.diff.sentences import (
    HEADINGS,
    fact_sentence,
    reason_sentence,
    side_name,
    suggestion_sentence,
    summary_sentence,
)
from pcstrat.diff.wording import Mark, Piece, word_changes
from pcstrat.naming import shorten
from pcstrat.registry import Registry
from pcstrat.render.blocks import Block, Cell, Column, Cover, Item, Items, Page, Paragraph, Row, Section, Table
from pcstrat.text import counted, listed, visible

TITLE = "What has changed"
LANGUAGE = "en-GB"
_NOTHING = "not stated"
_MARKED = {Mark.REMOVED: Markup("<del>{}</del>"), Mark.ADDED: Markup("<ins>{}</ins>")}
_CLASSIFICATION = "The tags that topics are found by are pcstrat's classification, not the boards' own."


def diff_page(results: Sequence[Difference | Alignment], registry: Registry, publisher: str = "") -> Page:
    """The page of everything that was compared."""
    names = list(dict.fromkeys(_icb_name(version, registry) for result in results for version in _versions(result)))
    boards = all(isinstance(result, Alignment) for result in results)
    title = "Two plans side by side" if boards and results else TITLE
    sections = [section for number, result in enumerate(results) for section in _sections(result, number, results)]
    return Page(
        id="diff",
        language=LANGUAGE,
        cover=Cover(
            organisation=visible(listed(names)),
            title=title,
            subtitle=visible("; ".join(_sides(result) for result in results)),
            strapline="",
            facts=tuple(summary_sentence(result.published) for result in results if isinstance(result, Difference)),
        ),
        sections=tuple(sections) or (_no_changes(),),
        description=f"{title}: {visible(listed(names))}",
        publisher=visible(publisher or listed(names)) or "pcstrat",
        running_head=title,
    )


def _no_changes() -> Section:
    return Section(id="diff--none", title="No changes", level=2, blocks=(Paragraph(text=escape("No changes.")),))


def _versions(result: Difference | Alignment) -> tuple[Version, ...]:
    if isinstance(result, Alignment):
        return result.old, result.new
    return (*result.old, *([result.new] if result.new else []))


def _icb_name(version: Version, registry: Registry) -> str:
    icb = registry.icb(version.icb)
    return icb.name if icb else version.icb


def _sides(result: Difference | Alignment) -> str:
    if isinstance(result, Alignment):
        return f"{side_name(result.old)} and {side_name(result.new)}"
    old = listed([side_name(version) for version in result.old]) or "nothing"
    return f"From {old} to {side_name(result.new) if result.new else 'nothing'}"


def _sections(
    result: Difference | Alignment, number: int, results: Sequence[Difference | Alignment]
) -> Iterator[Section]:
    prefix = f"diff--{number + 1}"
    if isinstance(result, Alignment):
        yield from _alignment_sections(result, prefix)
        return
    several = f"{_title(result)}: " if len(results) > 1 else ""
    yield from changed_sections(result, prefix, several)


def _title(result: Difference) -> str:
    version = result.new or result.old[0]
    return visible(f"{version.title} ({version.plan_id})")


def changed_sections(difference: Difference, prefix: str, title: str = "") -> Iterator[Section]:
    """The changes of one plan as sections: by what they mean, then the table of versions. Nothing internal is shown."""
    changes = difference.published
    if not changes:
        heading = f"{title}No changes"
        yield Section(id=f"{prefix}--none", title=heading, level=2, blocks=(Paragraph(text=escape("No changes.")),))
    for meaning in Significance:
        meant = [change for change in changes if change.significance is meaning]
        if meant:
            yield Section(
                id=f"{prefix}--{meaning.value}",
                title=f"{title}{HEADINGS[meaning]}",
                level=2,
                blocks=tuple(_changes(meant, meaning, f"{prefix}--{meaning.value}--table")),
            )
    if changes:
        table = version_table(difference, f"{prefix}--versions--table")
        yield Section(id=f"{prefix}--versions", title=f"{title}Table for a board paper", level=2, blocks=(table,))


def _changes(changes: list[Change], meaning: Significance, table_id: str) -> Iterator[Block]:
    count = counted(len(changes), "change")
    yield Paragraph(text=escape(f"{count[0].upper()}{count[1:]}."), style="lead")
    if meaning is Significance.REWORDED:
        yield Items(items=tuple(_reworded_item(change) for change in changes))
        return
    columns = (Column(title="Where"), Column(title="What changed"), Column(title="Reason given"))
    rows = tuple(_change_row(change) for change in changes)
    yield Table(id=table_id, caption=HEADINGS[meaning], columns=columns, rows=rows)


def _change_row(change: Change) -> Row:
    fact = " ".join(filter(None, (fact_sentence(change), suggestion_sentence(change.suggestion))))
    reason = Cell(text=escape(visible(change.reason))) if change.reason else Cell(text=escape(_NOTHING), missing=True)
    return Row(header=Cell(text=escape(visible(change.name))), cells=(Cell(text=escape(visible(fact))), reason))


def _reworded_item(change: Change) -> Item:
    reason = reason_sentence(change)
    return Item(
        title=escape(visible(change.name)),
        text=_reworded(change),
        facts=(escape(visible(reason)),) if reason else (),
    )


def _reworded(change: Change) -> Markup:
    if change.kind is not Kind.REWORDED or not change.before or not change.after:
        return escape(visible(fact_sentence(change)))
    return Markup().join(map(_piece, word_changes(change.before.text, change.after.text)))


def _piece(piece: Piece) -> Markup:
    """Words that went and came, marked as such for eyes and for screen readers."""
    text = visible(piece.text)
    if piece.mark is Mark.KEPT:
        return escape(text)
    return _MARKED[piece.mark].format(text)


def version_table(difference: Difference, table_id: str) -> Table:
    """Version, date, change: a row for each change of substance, and one that counts the rewordings."""
    version, date = _version_cells(difference)
    substance = [change for change in difference.published if change.significance is not Significance.REWORDED]
    texts = [f"{change.name}. {fact_sentence(change)}" for change in substance]
    reworded = len(difference.published) - len(substance)
    if reworded:
        what = "wording was" if reworded == 1 else "wordings were"
        texts.append(f"{reworded:,} {what} changed without a change of substance.")
    rows = tuple(Row(header=version, cells=(date, Cell(text=escape(visible(text))))) for text in texts)
    columns = (Column(title="Version"), Column(title="Date"), Column(title="Change"))
    return Table(id=table_id, caption="Changes between the versions", columns=columns, rows=rows)


def _version_cells(difference: Difference) -> tuple[Cell, Cell]:
    newest = difference.new or (difference.old[0] if difference.old else None)
    version = (newest.version or newest.label) if newest else ""
    date = newest.date if newest else ""
    return Cell(text=escape(visible(version))), Cell(text=escape(visible(date or _NOTHING)), missing=not date)


def _alignment_sections(alignment: Alignment, prefix: str) -> Iterator[Section]:
    for group, title in (
        (Group.COMMITMENT, "National commitments"),
        (Group.THEME, "Themes"),
        (Group.PILLAR, "Parts of primary care"),
    ):
        parts = [(coverage, alignment.of(group, coverage)) for coverage in Coverage]
        sections = tuple(
            _topics_section(alignment, coverage, topics, f"{prefix}--{group.value}--{coverage.name.lower()}")
            for coverage, topics in parts
            if topics and (group is Group.COMMITMENT or coverage is not Coverage.NEITHER)
        )
        lead = Paragraph(text=escape(_CLASSIFICATION), style="aside")
        yield Section(id=f"{prefix}--{group.value}", title=title, level=2, blocks=(lead,), sections=sections)


def _topics_section(alignment: Alignment, coverage: Coverage, topics: Iterable[Topic], section_id: str) -> Section:
    first, second = visible(side_name(alignment.old)), visible(side_name(alignment.new))
    title = {
        Coverage.BOTH: "Both plan",
        Coverage.ONLY_OLD: f"Only {first} plans",
        Coverage.ONLY_NEW: f"Only {second} plans",
        Coverage.NEITHER: "Neither plans",
    }[coverage]
    if coverage is Coverage.NEITHER:
        items = tuple(Item(text=escape(f"{topic.title} ({topic.code})")) for topic in topics)
        return Section(id=section_id, title=title, level=3, blocks=(Items(items=items),))
    columns = (Column(title="Topic"), Column(title=first), Column(title=second))
    rows = tuple(_topic_row(topic) for topic in topics)
    table = Table(id=f"{section_id}--table", caption=title, columns=columns, rows=rows)
    return Section(id=section_id, title=title, level=3, blocks=(table,))


def _topic_row(topic: Topic) -> Row:
    header = Cell(text=escape(f"{topic.title} ({topic.code})"))
    sides = zip((topic.old, topic.new), topic.out_of_scope, strict=True)
    return Row(header=header, cells=tuple(_topic_cell(planned, out_of_scope=out) for planned, out in sides))


def _topic_cell(planned: tuple[Planned, ...], *, out_of_scope: bool) -> Cell:
    if not planned:
        return Cell(text=escape("out of scope" if out_of_scope else _NOTHING), missing=True)
    return Cell(text=Markup("; ").join(_planned(entry) for entry in planned))


def _planned(entry: Planned) -> Markup:
    facts = [
        f"{label}: {'; '.join(shorten(text, 100) for text in texts)}"
        for label, texts in (("dates", entry.dates), ("money", entry.money), ("measures", entry.measures))
        if texts
    ]
    return escape(visible(f"{entry.name} ({'. '.join(facts)})" if facts else entry.name))
