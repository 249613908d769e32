"""Turns the parts that only one side has into what came and what went, and what was promised in them.

What stands elsewhere on the other side did not come or go, and what was done or given up before is no loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from pcstrat.diff._draft import Draft
from pcstrat.diff._items import Elsewhere, Node, identifying_text
from pcstrat.diff._links import Link, Links
from pcstrat.diff._past import OtherSide, begins
from pcstrat.diff._promised import Contents
from pcstrat.diff._values import published, said_of_node
from pcstrat.diff.changes import Said
from pcstrat.diff.kinds import Kind
from pcstrat.text import listed

_RETIRED = "retired"
_GONE = {
    _RETIRED: (Kind.RETIRED, Kind.REINSTATED),
    "target": (Kind.TARGET_STATED, Kind.TARGET_REMOVED),
    "baseline": (Kind.BASELINE_STATED, Kind.BASELINE_REMOVED),
    "amounts": (Kind.AMOUNT_STATED, Kind.AMOUNT_REMOVED),
}
"""What it is called that a part under one of these keys came or went."""


def came_and_went(olds: list[Node], news: list[Node], links: Links, elsewhere: Elsewhere) -> Iterator[Draft]:
    """The outermost parts that only one side has; what stands in them came or went with them."""
    before, after = (
        OtherSide(begins((node for node in nodes if node.parent is None), name), partial(_codes, nodes), other)
        for nodes, name, other in ((olds, "old", "new"), (news, "new", "old"))
    )
    for node in _outermost(olds, links):
        contents = Contents(
            node, lambda part: links.is_linked(part) or part.of_plan in elsewhere, links.is_linked, after
        )
        draft = Draft(
            kind=_kinds_of_part(node)[1],
            old=node,
            before=said_of_node(node),
            amount=contents.in_words(),
            parts=contents.parts(),
            commitments=contents.commitments(),
            field=node.prefix.removesuffix("."),
            context=contents.context(),
            reason=reason_of(only_link(links.of_old.get(node.item, ()))),
        )
        yield _taken_over(draft, elsewhere.get(node.of_plan, ())) if draft.kind is Kind.REMOVED else draft
    for node in _outermost(news, links):
        contents = Contents(node, links.is_linked, links.is_linked, before)
        yield Draft(
            kind=_kinds_of_part(node)[0],
            new=node,
            after=said_of_node(node),
            amount=contents.in_words(),
            parts=contents.parts(),
            commitments=contents.commitments(),
            field=node.prefix.removesuffix("."),
            context=contents.context(),
            reason=_reason_of_new(node, links),
        )
    yield from _given_up_elsewhere(links, before, after)


def _given_up_elsewhere(links: Links, before: OtherSide, after: OtherSide) -> Iterator[Draft]:
    """That an item was given up, or taken up again, of which others that it was joined with had been given up before.

    What says so stands on both sides then, and neither came nor went.
    """
    for link in links:
        old, new = map(_retired, (link.old, link.new))
        retired = new or old
        if retired is None or (old and new) or not links.is_linked(retired):
            continue
        contents = Contents(retired, links.is_linked, links.is_linked, before if new else after)
        yield Draft(
            kind=_GONE[_RETIRED][0 if new else 1],
            old=link.old,
            new=link.new,
            before=said_of_node(old) if old else None,
            after=said_of_node(new) if new else None,
            amount=contents.in_words(),
            parts=contents.parts(),
            field=_RETIRED,
            context=contents.context(),
            reason=_reason_of_new(new, links) if new else reason_of(link),
        )


def _retired(node: Node) -> Node | None:
    """The part of an item that says that it was given up."""
    return next((part for part in node.children if part.key == _RETIRED), None)


def _outermost(nodes: Iterable[Node], links: Links) -> Iterator[Node]:
    return (node for node in nodes if not links.is_linked(node) and node.parent and links.is_linked(node.parent))


def _codes(nodes: Iterable[Node]) -> frozenset[str]:
    """The national commitments that are answered anywhere."""
    return frozenset(code for node in nodes for code in getattr(node.part, "commitments", ()))


def _taken_over(draft: Draft, there: Sequence[Node]) -> Draft:
    """That an item is not gone but in another plan, where that plan has it."""
    if not there:
        return draft
    plans = listed([f"the plan {node.plan.id}" for node in there])
    return replace(
        draft,
        kind=Kind.MOVED,
        before=Said(text=place_of(draft.node)),
        after=Said(text=plans),
        amount="",
        parts={},
        commitments=(),
    )


def place_of(node: Node) -> str:
    """Where an item stands, in words."""
    where = node.parent.item.name if node.parent else ""
    return f"{where}, {node.key.replace('_', ' ')}"


def _kinds_of_part(node: Node) -> tuple[Kind, Kind]:
    default = (Kind.ADDED, Kind.REMOVED) if node.listed else (Kind.STATED, Kind.NO_LONGER_STATED)
    return _GONE.get(node.key, default)


def _reason_of_new(node: Node, links: Links) -> str:
    if node.key == _RETIRED:
        return published(getattr(node.part, "reason", ""))
    return published(getattr(node.part, "note", None) or "") or reason_of(only_link(links.of_new.get(node.item, ())))


def only_link(links: Iterable[Link]) -> Link | None:
    """The link, where there is one alone."""
    found = list(links)
    return found[0] if len(found) == 1 else None


def reason_of(link: Link | None) -> str:
    """The remark that the new plan has beside an item and the old one had not."""
    if link is None:
        return ""
    old, new = (identifying_text(node.item.part, "note") for node in (link.old, link.new))
    return new if new != old else ""
