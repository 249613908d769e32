"""Turns what changed in a plan into the table that board papers have: version, date, change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from pcstrat.diff.changes import Change, Difference, Version
from pcstrat.diff.kinds import Kind, Significance
from pcstrat.diff.sentences import fact_sentence
from pcstrat.render.alignment_sections import stated_cell
from pcstrat.render.blocks import Cell, Column, Row, Table
from pcstrat.render.changes import parts_list, where
from pcstrat.text import counted, listed, sentence_case, visible

_ABOUT_IDS = frozenset({Kind.ID_CHANGED, Kind.LINEAGE_CHANGED})
_MOST_WORDINGS = 12
"""How many other wordings are quoted: they mean the same, and a board paper has room for some."""


def version_table(difference: Difference, table_id: str) -> Table:
    """A row for each change that can be told, then one with the wordings that mean the same, and a count of ids."""
    version, date = _version_cells(difference)
    rows = tuple(Row(header=version, cells=(date, Cell(text=text))) for text in _told(difference.published))
    columns = (Column(title="Version"), Column(title="Date"), Column(title="Change"))
    return Table(id=table_id, caption="Changes between the versions", columns=columns, rows=rows)


def _told(changes: Sequence[Change]) -> Iterator[Markup]:
    told = [change for change in changes if change.kind not in _ABOUT_IDS]
    wordings = [change for change in told if _is_same_in_other_words(change)]
    yield from (_told_of(change) + parts_list(change) for change in told if not _is_same_in_other_words(change))
    if wordings:
        yield _wordings(wordings)
    if ids := len(changes) - len(told):
        yield escape(f"{counted(ids, 'item')} can be found under another link.")


def _is_same_in_other_words(change: Change) -> bool:
    return change.kind is Kind.REWORDED and change.significance is Significance.REWORDED


def _told_of(change: Change) -> Markup:
    name, fact = where(change), visible(fact_sentence(change))
    return Markup("<strong>{}</strong> {}").format(name, fact)


def _wordings(changes: Sequence[Change]) -> Markup:
    """The same in other words, old and new beside each other."""
    shown = [_told_of(change) for change in changes[:_MOST_WORDINGS]]
    if more := len(changes) - len(shown):
        shown.append(escape(f"{counted(more, 'more wording')} changed."))
    lead = f"{sentence_case(counted(len(changes), 'wording'))} changed:"
    entries = Markup().join(Markup("<li>{}</li>").format(text) for text in shown)
    return Markup('{}<ul class="parts">{}</ul>').format(lead, entries)


def _version_cells(difference: Difference) -> tuple[Cell, Cell]:
    """Version and date that the new plan states, else those of its revision; else after which old ones it came."""
    new, old = difference.new, difference.old
    version, date = (_version(new), _date(new)) if new else ("", "")
    return (
        stated_cell(version or _after([_version(each) for each in old])),
        stated_cell(date or _after([_date(each) for each in old])),
    )


def _version(version: Version) -> str:
    return version.version or version.revision


def _date(version: Version) -> str:
    return version.date or version.recorded


def _after(known: Sequence[str]) -> str:
    """That it came after what is known of the old plans: "after v1"; empty where of one of them nothing is."""
    return f"after {listed(list(dict.fromkeys(known)))}" if known and all(known) else ""
