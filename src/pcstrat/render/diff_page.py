"""Turns differences between plans into a page: what was weakened first, and a table for a board paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from pcstrat.diff.alignment import Alignment
from pcstrat.diff.alignment_sentences import alignment_sentence
from pcstrat.diff.changes import Change, Difference, Version
from pcstrat.diff.contents import commitments_sentence
from pcstrat.diff.kinds import Significance
from pcstrat.diff.sentences import (
    HEADINGS,
    caution_sentence,
    reason_sentence,
    side_name,
    sides_sentence,
    summary_sentence,
)
from pcstrat.diff.suggestion_sentences import suggestion_sentence
from pcstrat.outline import part_id
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.alignment_sections import NOT_STATED, Address, Sides, alignment_sections
from pcstrat.render.blocks import Block, Cell, Column, Cover, Item, Items, Page, Paragraph, Row, Section, Table
from pcstrat.render.board_names import difference_named_by_board, named_by_board, versions_of
from pcstrat.render.changes import parts_list, where, worded
from pcstrat.render.version_table import version_table
from pcstrat.text import counted, listed, sentence_case, visible

TITLE = words.SECTIONS["changes"]
LANGUAGE = "en-GB"
_LEGEND = "Words that went are struck through. Words that came are underlined."


def diff_page(
    results: Sequence[Difference | Alignment],
    registry: Registry,
    publisher: str = "",
    address: Address = lambda _plan, _item: "",
) -> Page:
    """The page of everything that was compared; items of two boards link to what `address` gives."""
    results = named_by_board(results, registry)
    names = list(dict.fromkeys(_icb_name(version, registry) for result in results for version in versions_of(result)))
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
            yield from alignment_sections(Sides(result, address), prefix)
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
    return visible(f"{version.title} ({version.label})")


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


def changes_section(difference: Difference, registry: Registry) -> Section:
    """What has changed since a revision, as one section of the plan's own page."""
    difference = difference_named_by_board(difference, registry)
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
    if any(change.is_worded for change in changes):
        yield Paragraph(text=escape(_LEGEND))
    columns = (
        Column(title="Where"),
        Column(title="What changed"),
        *([Column(title="Reason or remark")] if reasons else []),
    )
    rows = tuple(_change_row(change, reasons=reasons) for change in changes)
    yield Table(id=table_id, caption=f"{HEADINGS[meaning]}: {count}", columns=columns, rows=rows)


def _change_row(change: Change, *, reasons: bool) -> Row:
    reason = Cell(text=escape(visible(change.reason))) if change.reason else Cell(text=escape(NOT_STATED), missing=True)
    more = (commitments_sentence(change), suggestion_sentence(change))
    told = change.beside_reason if reasons else change
    fact = Markup(" ").join((worded(told), *(escape(visible(sentence)) for sentence in more if sentence)))
    cells = (Cell(text=fact + parts_list(change)), *([reason] if reasons else []))
    return Row(header=Cell(text=escape(where(change))), cells=cells)


def _reworded_item(change: Change) -> Item:
    remarks = (reason_sentence(change), suggestion_sentence(change))
    return Item(
        title=escape(where(change)),
        text=worded(change),
        facts=tuple(escape(visible(remark)) for remark in remarks if remark),
    )
