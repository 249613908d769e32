"""Turns links between plans into what happened: items came, went, moved, merged or split, and fields changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pcstrat.diff._fields import FieldFact, Pair, field_facts
from pcstrat.diff._items import Elsewhere, Node, band_of, identifying_text
from pcstrat.diff._line_money import LineMoney, joined_money
from pcstrat.diff._links import Link, Links, Relation
from pcstrat.diff._promised import promised
from pcstrat.diff._times import compare_times
from pcstrat.diff._values import own_text, published, said, said_of_node
from pcstrat.diff.changes import Said
from pcstrat.diff.kinds import Kind
from pcstrat.model.aims import Band
from pcstrat.model.points import Achievement, Action, Lineage, Milestone
from pcstrat.model.times import Time
from pcstrat.outline import stated_time, time_of_band
from pcstrat.text import listed

_GONE = {
    "retired": (Kind.RETIRED, Kind.REINSTATED),
    "target": (Kind.TARGET_STATED, Kind.TARGET_REMOVED),
    "baseline": (Kind.BASELINE_STATED, Kind.BASELINE_REMOVED),
    "amounts": (Kind.AMOUNT_STATED, Kind.AMOUNT_REMOVED),
}
"""What it is called that a part under one of these keys came or went."""

_DATES = frozenset({Kind.DATE_LATER, Kind.DATE_EARLIER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A change before it is named, weighed and given its fingerprint."""

    kind: Kind
    old: Node | None = None
    new: Node | None = None
    field: str = ""
    before: Said | None = None
    after: Said | None = None
    amount: str = ""
    context: str = ""
    reason: str = ""

    @property
    def node(self) -> Node:
        """The part it is about, as new as possible."""
        node = self.new or self.old
        assert node is not None  # noqa: S101 - a change has a side
        return node


def drafts(old: Iterable[list[Node]], new: list[Node], links: Links, elsewhere: Elsewhere) -> Iterator[Draft]:
    """Everything that happened, in no order that matters."""
    renamed = {link.old.id: link.new.id for link in links if link.relation is Relation.SAME and link.old.id}
    follow = {before: after for before, after in renamed.items() if after and before != after}
    olds = [node for nodes in old for node in nodes]
    money = list(joined_money(new, links, elsewhere))
    told = {amount for entry in money for amount in entry.amounts}
    for draft in _came_and_went(olds, new, links):
        if draft.node not in told:
            yield _taken_over(draft, elsewhere.get(draft.node.id, ())) if draft.kind is Kind.REMOVED else draft
    for link in links:
        if link not in links.unchanged and link.new not in told:
            yield from _of_link(link, links, follow)
    yield from map(_of_money, money)
    for node in new:
        yield from _merged(node, links)
    for node in olds:
        yield from _split(node, links)


def _taken_over(draft: Draft, there: Sequence[Node]) -> Draft:
    """That an item is not gone but in another plan, where that plan has it."""
    if not there:
        return draft
    plans = listed([f"the plan {node.plan.id}" for node in there])
    return replace(draft, kind=Kind.MOVED, before=Said(text=_place(draft.node)), after=Said(text=plans), amount="")


def _of_money(entry: LineMoney) -> Draft:
    """What became of money that several lines or amounts share."""
    old, new = entry.olds[0], entry.news[0]
    links = [Link(old, new, Relation.MERGED)] if len(entry.olds) == len(entry.news) == 1 else []
    return Draft(
        kind=entry.fact.kind,
        old=old,
        new=new,
        field="amounts",
        before=Said(text=entry.before),
        after=Said(text=entry.after),
        amount=entry.fact.amount,
        reason=_reason(_only_link(links)) or published(getattr(new.part, "note", None) or ""),
    )


def _came_and_went(olds: Iterable[Node], new: Iterable[Node], links: Links) -> Iterator[Draft]:
    """The outermost parts that only one side has; what stands in them came or went with them."""
    for node in olds:
        if not links.is_linked(node) and node.parent and links.is_linked(node.parent):
            kind = _kinds_of_part(node)[1]
            reason = _reason(_only_link(links.of_old.get(node.item, ())))
            yield Draft(
                kind=kind,
                old=node,
                before=said_of_node(node),
                amount=promised(node),
                field=node.prefix.removesuffix("."),
                context=_context(node),
                reason=reason,
            )
    for node in new:
        if not links.is_linked(node) and node.parent and links.is_linked(node.parent):
            kind = _kinds_of_part(node)[0]
            yield Draft(
                kind=kind,
                new=node,
                after=said_of_node(node),
                amount=promised(node),
                field=node.prefix.removesuffix("."),
                context=_context(node),
                reason=_reason_of_new(node, links),
            )


def _kinds_of_part(node: Node) -> tuple[Kind, Kind]:
    default = (Kind.ADDED, Kind.REMOVED) if node.listed else (Kind.STATED, Kind.NO_LONGER_STATED)
    return _GONE.get(node.key, default)


def _context(node: Node) -> str:
    """Whether an item was given up already: then its coming or going says less."""
    given_up = node.listed and isinstance(node.part, Lineage) and node.part.retired is not None
    return "retired" if given_up else ""


def _reason_of_new(node: Node, links: Links) -> str:
    if node.key == "retired":
        return published(getattr(node.part, "reason", ""))
    return published(getattr(node.part, "note", None) or "") or _reason(_only_link(links.of_new.get(node.item, ())))


def _only_link(links: Iterable[Link]) -> Link | None:
    found = list(links)
    return found[0] if len(found) == 1 else None


def _reason(link: Link | None) -> str:
    """The remark that the new plan has beside an item and the old one had not."""
    if link is None:
        return ""
    old, new = (identifying_text(node.item.part, "note") for node in (link.old, link.new))
    return new if new != old else ""


def _of_link(link: Link, links: Links, renamed: Mapping[str, str]) -> Iterator[Draft]:
    """What happened to one part that both sides have."""
    reason = _reason(link)
    for fact in _facts(link, renamed):
        if link.relation is Relation.SAME or _counts_across(fact, link, links):
            yield _draft(fact, link, reason)
    if link.relation is Relation.SAME:
        yield from _moved(link, links, reason)
        yield from _lineage(link, links, reason)


def _facts(link: Link, renamed: Mapping[str, str]) -> Iterator[FieldFact]:
    """The facts between the fields of two parts, as far as they say anything.

    Work that is done has no status, deadline or lead any more, and its time is said with it. The dates of a band in
    which nothing stands promise nothing.
    """
    both = set(type(link.old.part).model_fields) & set(type(link.new.part).model_fields)
    for fact in field_facts(Pair(link.old, link.new, renamed)):
        if _is_done_or_reopened(link) and (fact.field not in both or fact.field == "when"):
            continue
        is_empty = any(isinstance(part, Band) and not part.milestones for part in (link.old.part, link.new.part))
        yield fact._replace(kind=Kind.DATE_CHANGED) if is_empty and fact.kind in _DATES else fact


def _is_done_or_reopened(link: Link) -> bool:
    return _kind_of_move(link) is not Kind.MOVED


def _kind_of_move(link: Link) -> Kind:
    old, new = (isinstance(node.part, Achievement) for node in (link.old, link.new))
    if new and isinstance(link.old.part, Action):
        return Kind.ACHIEVED
    return Kind.REOPENED if old and isinstance(link.new.part, Action) else Kind.MOVED


def _draft(fact: FieldFact, link: Link, reason: str) -> Draft:
    return Draft(
        kind=fact.kind,
        old=link.old,
        new=link.new,
        field=fact.field,
        before=fact.before,
        after=fact.after,
        amount=fact.amount,
        context=fact.context,
        reason="" if fact.field == "note" else reason,
    )


def _counts_across(fact: FieldFact, link: Link, links: Links) -> bool:
    """Whether a merger or a split may not pass over a fact: a date, an owner or a commitment that differs.

    What only some of several state is neither lost nor won as long as one of the others states it.
    """
    if not fact.weighty or not link.new.path:
        return False
    name = fact.field.rpartition(".")[2]
    if fact.before is None:
        olds = [entry.old for entry in links.of_new[link.new]]
        return olds[0] is link.old and not any(_states(old, name, fact.after) for old in olds)
    if fact.after is None:
        news = [entry.new for entry in links.of_old[link.old]]
        return news[0] is link.new and not any(_states(new, name, fact.before) for new in news)
    return True


def _states(node: Node, name: str, said_elsewhere: Said | None) -> bool:
    """Whether a part states a field; of a list, the entry that another part has there."""
    value = getattr(node.part, name, None)
    entry = said_elsewhere.value if said_elsewhere else None
    return entry in value if isinstance(value, tuple) else value is not None


def _moved(link: Link, links: Links, reason: str) -> Iterator[Draft]:
    """That an item stands elsewhere; from one band of a timeline to another, that is a date as well or instead."""
    old, new = link.old, link.new
    if not new.listed or (links.are_linked(old.parent, new.parent) and old.key == new.key):
        return
    if fact := _time_moved(link):
        yield _draft(fact, link, reason)
        if links.are_linked(old.aim, new.aim):
            return
    kind = _kind_of_move(link)
    tell = (lambda node: Said(text=_place(node))) if kind is Kind.MOVED else _said_when_done
    before, after = tell(old), tell(new)
    yield Draft(kind=kind, old=old, new=new, before=before, after=after, reason=reason)


def _said_when_done(node: Node) -> Said | None:
    return said(node.part.when) if isinstance(node.part, Achievement) and node.part.when else None


def _time_moved(link: Link) -> FieldFact | None:
    """What a milestone that has no other time gains or loses with the time of its band."""
    if _has_own_time(link.old) or _has_own_time(link.new):
        return None
    before, after = _time_of_band(link.old), _time_of_band(link.new)
    if before is None and after is None:
        return None
    if before is None or after is None:
        kind = Kind.DATE_STATED if before is None else Kind.DATE_REMOVED
        return FieldFact(kind, "timeline", said(before), said(after))
    fact = compare_times(before, after)
    if fact is None or fact.kind not in _DATES:
        return None
    return FieldFact(fact.kind, "timeline", said(before), said(after), fact.amount)


def _has_own_time(node: Node) -> bool:
    part = node.part
    return not isinstance(part, Milestone) or stated_time(part, band=None) is not None


def _time_of_band(node: Node) -> Time | None:
    """The time of the band that an item stands in."""
    band = band_of(node)
    return time_of_band(band) if band else None


def _place(node: Node) -> str:
    where = node.parent.item.name if node.parent else ""
    return f"{where}, {node.key.replace('_', ' ')}"


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
    yield Draft(kind=Kind.SPLIT, old=node, new=parts[0], before=Said(text=own_text(node)), after=after, reason=reason)


def _names(nodes: Iterable[Node]) -> str:
    return listed([f"“{own_text(node)}”" for node in nodes])
