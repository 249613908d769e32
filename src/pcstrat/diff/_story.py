"""Turns links between plans into what happened: items came, went, moved, merged or split, and fields changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pcstrat.diff._arrivals import came_and_went, only_link, place_of, reason_of
from pcstrat.diff._draft import Draft
from pcstrat.diff._fields import ONCE, FieldFact, Pair, field_facts
from pcstrat.diff._items import Node
from pcstrat.diff._joined_counts import JoinedCount, joined_counts
from pcstrat.diff._kept import in_view_of_what_was_kept
from pcstrat.diff._line_money import LineMoney, joined_money
from pcstrat.diff._links import Link, Links, Relation
from pcstrat.diff._milestone_times import (
    as_dated,
    comes_round,
    is_of_time,
    is_told_otherwise,
    labels_as_times,
    time_fact,
)
from pcstrat.diff._money_years import in_view_of_years
from pcstrat.diff._owner_places import in_view_of_owners
from pcstrat.diff._owners import OWNERS
from pcstrat.diff._programme_years import with_years
from pcstrat.diff._similar import Pair as Likely
from pcstrat.diff._spans import in_view_of_spans
from pcstrat.diff._values import own_text, published, said
from pcstrat.diff.changes import SHOWN, Said
from pcstrat.diff.division import Division
from pcstrat.diff.kinds import Kind
from pcstrat.model.aims import Band
from pcstrat.model.points import Achievement, Action, Lineage
from pcstrat.text import listed

_TEXT, _NOTE = "text", "note"
_DATES = frozenset({Kind.DATE_LATER, Kind.DATE_EARLIER})


def drafts(old: Iterable[list[Node]], new: list[Node], links: Links, division: Division) -> Iterator[Draft]:
    """Everything that happened, in no order that matters."""
    renamed = {link.old.id: link.new.id for link in links if link.relation is Relation.SAME and link.old.id}
    follow = {before: after for before, after in renamed.items() if after and before != after}
    olds = [node for nodes in old for node in nodes]
    elsewhere = division.items(new)
    money = list(joined_money(new, links, elsewhere))
    told = {amount for entry in money for amount in entry.amounts}
    counts = list(joined_counts(new, links))
    counted = {link for entry in counts for link in entry.told}
    yield from (draft for draft in came_and_went(olds, new, links, elsewhere) if draft.node not in told)
    for link in links:
        if link not in links.unchanged and link.new not in told:
            found = _of_link(link, links, follow)
            yield from (draft for draft in found if not (link in counted and draft.field == _TEXT))
    yield from (_of_money(entry, division.mixed) for entry in money)
    yield from (_of_count(entry, links) for entry in counts)
    for node in new:
        yield from _merged(node, links)
    for node in olds:
        yield from _split(node, links)


def _of_money(entry: LineMoney, mixed: frozenset[str]) -> Draft:
    """What became of money that several lines or amounts share; mixed with other boards', neither less nor more."""
    old, new = entry.olds[0], entry.news[0]
    is_mixed = any(line.plan.id in mixed for line in entry.news)
    links = [Link(old, new, Relation.MERGED)] if len(entry.olds) == len(entry.news) == 1 else []
    return Draft(
        kind=Kind.AMOUNT_CHANGED if is_mixed else entry.fact.kind,
        old=old,
        new=new,
        field="amounts",
        is_together=True,
        before=Said(text=entry.before),
        after=Said(text=entry.after),
        amount="" if is_mixed else entry.fact.amount,
        reason=reason_of(only_link(links)) or published(getattr(new.part, "note", None) or ""),
    )


def _of_count(entry: JoinedCount, links: Links) -> Draft:
    """What became of a number that several items share, with the least sure of their links."""
    old, new = entry.olds[0], entry.news[0]
    guesses = [guess for node in entry.olds for link in links.of_old[node] if (guess := links.guess_of(link))]
    return Draft(
        kind=entry.fact.kind,
        old=old,
        new=new,
        field=_TEXT,
        before=Said(text=entry.before),
        after=Said(text=entry.after),
        amount=entry.fact.amount,
        reason=published(getattr(new.part, "note", None) or ""),
        guess=min(guesses, key=lambda guess: guess.score, default=None),
        is_together=True,
        is_of_old=len(entry.olds) < len(entry.news),
    )


def _of_link(link: Link, links: Links, renamed: Mapping[str, str]) -> Iterator[Draft]:
    """What happened to one part that both sides have."""
    reason = reason_of(link)
    moved = _is_moved(link, links)
    time = time_fact(link, moved=moved)
    of_time = [_of_bands(comes_round(time, link), link)] if time else []
    own = in_view_of_owners(in_view_of_years(_facts(link, renamed), link), link, links)
    facts = tuple(_beside_others((*own, *of_time), reason))
    for fact in (in_view_of_what_was_kept(in_view_of_spans(each, link), link) for each in facts):
        if link.relation is Relation.SAME or _counts_across(fact, link, links):
            yield _draft(fact, link, links, reason)
    if link.relation is Relation.SAME:
        if moved and not (time and links.are_linked(link.old.aim, link.new.aim)):
            yield _moved(link, reason, links.guess_of(link))
        yield from _lineage(link, links, reason)


def _beside_others(facts: Sequence[FieldFact], reason: str) -> Iterator[FieldFact]:
    """The facts; a remark that came is not read out again where other facts of the item show it."""
    shows = bool(reason) and any(fact.field != _NOTE for fact in facts)
    for fact in facts:
        yield fact._replace(context=SHOWN) if shows and fact.field == _NOTE and fact.before is None else fact


def _facts(link: Link, renamed: Mapping[str, str]) -> Iterator[FieldFact]:
    """The facts between the fields of two parts, as far as they say anything.

    Work that is done has no status, deadline or lead any more, and its time is said with it.
    """
    both = set(type(link.old.part).model_fields) & set(type(link.new.part).model_fields)
    for fact in field_facts(Pair(link.old, link.new, renamed)):
        if _is_done_or_reopened(link) and (fact.field not in both or fact.field == "when"):
            continue
        if is_of_time(fact.field, link) and is_told_otherwise(link):
            continue
        yield _of_bands(comes_round(with_years(as_dated(labels_as_times(fact, link), link), link), link), link)


def _of_bands(fact: FieldFact, link: Link) -> FieldFact:
    """The dates of a band in which nothing stands promise nothing."""
    is_empty = any(isinstance(part, Band) and not part.milestones for part in (link.old.part, link.new.part))
    return fact._replace(kind=Kind.DATE_CHANGED) if is_empty and fact.kind in _DATES else fact


def _is_done_or_reopened(link: Link) -> bool:
    return _kind_of_move(link) is not Kind.MOVED


def _kind_of_move(link: Link) -> Kind:
    old, new = (isinstance(node.part, Achievement) for node in (link.old, link.new))
    if new and isinstance(link.old.part, Action):
        return Kind.ACHIEVED
    return Kind.REOPENED if old and isinstance(link.new.part, Action) else Kind.MOVED


def _draft(fact: FieldFact, link: Link, links: Links, reason: str) -> Draft:
    guess = links.guess_of(link)
    return Draft(
        kind=fact.kind,
        old=link.old,
        new=link.new,
        field=fact.field,
        before=fact.before,
        after=fact.after,
        amount=fact.amount,
        context=_context(fact, guess),
        reason="" if fact.field == _NOTE else reason,
        guess=guess,
    )


def _context(fact: FieldFact, guess: Likely | None) -> str:
    """What decides about the meaning; where it is only likely that both sides are one item, no money is put off."""
    if guess is None:
        return fact.context
    if fact.context == ONCE:
        return ""
    is_unlike = not guess.is_close and fact.kind in {Kind.REWORDED, Kind.RENAMED}
    return fact.context or ("guessed" if is_unlike else "")


def _counts_across(fact: FieldFact, link: Link, links: Links) -> bool:
    """Whether a merger or a split may not pass over a fact: a date, an owner or a commitment that differs.

    Of one item that several plans had, nothing that differs is passed over. What only some of several state is
    neither lost nor won as long as one of the others states it.
    """
    if not link.new.path or not (fact.weighty or _is_one_item(link.new.item, links)):
        return False
    name = fact.field.rpartition(".")[2]
    if name in OWNERS and all(side and isinstance(side.value, tuple) for side in (fact.before, fact.after)):
        return _is_owner_of_its_own(link, links, name)
    if fact.before is None:
        olds = [entry.old for entry in links.of_new[link.new]]
        return olds[0] is link.old and not any(_states(old, name, fact.after) for old in olds)
    if fact.after is None:
        news = [entry.new for entry in links.of_old[link.old]]
        return news[0] is link.new and not any(_states(new, name, fact.before) for new in news)
    return True


def _is_owner_of_its_own(link: Link, links: Links, name: str) -> bool:
    """Whether somebody who answered for one of several items that became one does so no longer, or does so newly."""
    was = {owner for entry in links.of_new[link.new] for owner in getattr(entry.old.part, name, ())}
    now = {owner for entry in links.of_old[link.old] for owner in getattr(entry.new.part, name, ())}
    return bool(set(getattr(link.old.part, name, ())) - now or set(getattr(link.new.part, name, ())) - was)


def _states(node: Node, name: str, said_elsewhere: Said | None) -> bool:
    """Whether a part states a field; of a list, the entry that another part has there."""
    value = getattr(node.part, name, None)
    entry = said_elsewhere.value if said_elsewhere else None
    if isinstance(value, tuple):
        return set(entry) <= set(value) if isinstance(entry, tuple) else entry in value
    return value is not None


def _is_moved(link: Link, links: Links) -> bool:
    """Whether an item stands in another list; in another band of a timeline, that is a date as well or instead."""
    old, new = link.old, link.new
    return new.listed and not (links.are_linked(old.parent, new.parent) and old.key == new.key)


def _moved(link: Link, reason: str, guess: Likely | None) -> Draft:
    kind = _kind_of_move(link)
    tell = (lambda node: Said(text=place_of(node))) if kind is Kind.MOVED else _said_when_done
    before, after = tell(link.old), tell(link.new)
    return Draft(kind=kind, old=link.old, new=link.new, before=before, after=after, reason=reason, guess=guess)


def _said_when_done(node: Node) -> Said | None:
    return said(node.part.when) if isinstance(node.part, Achievement) and node.part.when else None


def _lineage(link: Link, links: Links, reason: str) -> Iterator[Draft]:
    """That an item has another id, or another declared past than its links explain."""
    old, new = link.old, link.new
    if old.id != new.id:
        before, after = (said(node.id or None) for node in (old, new))
        yield Draft(kind=Kind.ID_CHANGED, old=old, new=new, field="id", before=before, after=after, reason=reason)
    known = (
        {old.id, new.id} | {entry.old.id for entry in links.of_new[new]} | {entry.new.id for entry in links.of_old[old]}
    )
    pasts = _past(old) - known, _past(new) - known
    if pasts[0] != pasts[1]:
        gone, come = pasts[0] - pasts[1], pasts[1] - pasts[0]
        before, after = (Said(text=listed(sorted(ids))) if ids else None for ids in (gone, come))
        yield Draft(kind=Kind.LINEAGE_CHANGED, old=old, new=new, field="was", before=before, after=after)


def _past(node: Node) -> frozenset[str]:
    part = node.part
    if not isinstance(part, Lineage):
        return frozenset()
    return frozenset((*part.was, *part.merged_from, *([part.split_from] if part.split_from else [])))


def _merged(node: Node, links: Links) -> Iterator[Draft]:
    """That several items became one."""
    sources = [link.old for link in links.of_new.get(node, ()) if link.relation is Relation.MERGED]
    if not sources or not node.listed or _is_one_in_several_plans(node, sources):
        return
    reason = published(getattr(node.part, "note", None) or "")
    before, after = Said(text=_names(sources)), Said(text=own_text(node))
    yield Draft(kind=Kind.MERGED, old=sources[0], new=node, before=before, after=after, reason=reason)


def _is_one_item(node: Node, links: Links) -> bool:
    return node.listed and _is_one_in_several_plans(node, [link.old for link in links.of_new[node]])


def _is_one_in_several_plans(node: Node, sources: list[Node]) -> bool:
    """Whether it is the same item of plans that were merged: then nothing happened but that."""
    plans = {source.plan.id for source in sources}
    return len(plans) == len(sources) > 1 and all(source.id == node.id for source in sources)


def _split(node: Node, links: Links) -> Iterator[Draft]:
    """That one item became several."""
    parts = [link.new for link in links.of_old.get(node, ()) if link.relation is Relation.SPLIT]
    if not parts or not node.listed:
        return
    reason = next((note for part in parts if (note := published(getattr(part.part, "note", None) or ""))), "")
    after = Said(text=_names(parts))
    before = Said(text=own_text(node))
    yield Draft(kind=Kind.SPLIT, old=node, new=parts[0], before=before, after=after, reason=reason, is_of_old=True)


def _names(nodes: Iterable[Node]) -> str:
    return listed([f"“{own_text(node)}”" for node in nodes])
