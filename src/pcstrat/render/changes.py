"""Turns a change into what pages show of it: its fact or its words one by one, and what came or went with its item."""

from __future__ import annotations

from markupsafe import Markup, escape

from pcstrat.diff.changes import Change
from pcstrat.diff.contents import part_words, parts_lead
from pcstrat.diff.sentences import fact_sentence, wording_lead
from pcstrat.diff.wording import Mark, Piece, apart, word_changes
from pcstrat.render.blocks import NOTHING
from pcstrat.text import sentence_case, visible

_MARKED = {Mark.REMOVED: Markup("<del>{}</del>"), Mark.ADDED: Markup("<ins>{}</ins>")}


def where(change: Change) -> str:
    """The item that changed, by its full name, and whose it was where plans of several boards became one."""
    whose = f" (in {change.whose})" if change.whose else ""
    return visible(sentence_case(f"{change.full_name}{whose}"))


def worded(change: Change) -> Markup:
    """The fact of a change; of wordings, the words that went and came."""
    if not change.is_worded or not change.before or not change.after:
        return escape(visible(fact_sentence(change)))
    pieces = map(_piece, apart(word_changes(change.before.text, change.after.text)))
    return escape(wording_lead(change)) + Markup().join(pieces)


def _piece(piece: Piece) -> Markup:
    """Words that went and came, marked as such for eyes and for screen readers."""
    text = visible(piece.text)
    if piece.mark is Mark.KEPT:
        return escape(text)
    return _MARKED[piece.mark].format(text)


def parts_list(change: Change) -> Markup:
    """What came or went with an item, as a list with its lead; nothing where nothing did."""
    if not change.parts:
        return NOTHING
    entries = Markup().join(Markup("<li>{}</li>").format(visible(words)) for words in part_words(change))
    return Markup(' <span class="parts-lead">{}:</span><ul class="parts">{}</ul>').format(parts_lead(change), entries)
