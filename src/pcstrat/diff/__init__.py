"""Turns old plans and a new one into typed changes: the fact of each, and what it means.

Parts are matched by their ids, by the lineage that plans declare, and by equal words in one place; what is only alike
is a suggestion with its score. Then a generic walk compares linked parts field by field.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pcstrat.diff._counts import compare_counts
from pcstrat.diff._deadlines import compare_deadlines
from pcstrat.diff._draft import Draft
from pcstrat.diff._items import Node, nodes_of
from pcstrat.diff._links import Links, link_plans
from pcstrat.diff._pairs import CAME_OR_WENT, LESS, close_pairs, is_only_less, lesser, unlinked_pairs
from pcstrat.diff._reworded import is_in_one_list, link_alike, link_reworded
from pcstrat.diff._shared import ELSEWHERE, Share, Shares, find_shares, same_measures
from pcstrat.diff._similar import Pair
from pcstrat.diff._story import drafts
from pcstrat.diff._strength import Strengths
from pcstrat.diff._titles import Titles
from pcstrat.diff._values import published
from pcstrat.diff.changes import Called, Change, Difference, PartOf, Said, Suggestion, Version
from pcstrat.diff.division import Division
from pcstrat.diff.kinds import Kind, Significance
from pcstrat.diff.significance import Significances, load_significances, shipped_significances
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry

_WORDING = frozenset({Kind.REWORDED, Kind.RENAMED})
_ALIKE = "alike"
_BY_ID = Called()
_GIVEN = "given"
_BY_NUMBERS = frozenset({Kind.NUMBER_UP, Kind.NUMBER_DOWN})
_SAID_BY_BOTH = frozenset({Kind.ID_CHANGED, Kind.LINEAGE_CHANGED, Kind.MOVED, Kind.ACHIEVED, Kind.REOPENED})

__all__ = [
    "Called",
    "Change",
    "Difference",
    "Division",
    "Kind",
    "Said",
    "Significance",
    "Significances",
    "Suggestion",
    "Version",
    "diff_plans",
    "load_significances",
    "version_of",
]


def version_of(plan: Plan, called: Called = _BY_ID) -> Version:
    """One side of a comparison; `called` is what the caller names it by."""
    document = plan.document
    dated = document.approved or document.published
    return Version(
        plan_id=plan.id,
        icb=plan.icb,
        title=document.title,
        label=called.label or plan.id,
        revision=called.revision,
        version=document.version or "",
        date=published(dated) if dated else "",
    )


def diff_plans(  # noqa: PLR0913 - two plans, and what is known besides
    old: Sequence[Plan],
    new: Plan | None,
    *,
    significances: Significances | None = None,
    called: Sequence[Called] = (),
    since: str = "",
    division: Division | None = None,
    registry: Registry | None = None,
) -> Difference:
    """Everything that changed between old plans and a new one.

    Args:
        old: One plan; several where plans were merged into one; none when the plan is new.
        new: The new plan; `None` when the plan is gone.
        significances: What changes mean; the shipped table unless given.
        called: What each side is called, the old ones first, the new one last.
        since: The revision that the old plans are of, where the question is what changed since then.
        division: Where else what the old plans said may be now, if a board was divided.
        registry: Says what codes stand for; without it, changes show the codes.
    """
    meanings = significances or shipped_significances()
    names = [*called, *([_BY_ID] * (len(old) + 1 - len(called)))]
    versions = tuple(version_of(plan, name) for plan, name in zip(old, names, strict=False))
    newest = version_of(new, names[len(old)]) if new else None
    rest = division or Division()
    if not old or new is None:
        changes = list(_whole_plans(old, new))
    else:
        changes = _changes([nodes_of(plan) for plan in old], nodes_of(new), rest, meanings.strengths)
        if len(old) > 1:
            labels = {version.plan_id: version.label for version in versions}
            changes = [_with_old_plan(change, labels) for change in changes]
    changes = [_perhaps_elsewhere(change, rest) for change in changes]
    meant = [change for each in changes if not _is_shown_by_both(change := _with_meaning(each, meanings))]
    titles = Titles((*old, *([new] if new else [])), registry)
    return Difference(
        old=versions,
        new=newest,
        changes=tuple(map(titles.added_to, _with_fingerprints(meant))),
        since=since,
        divided=_by_label(versions, {name: [plan.id for plan in plans] for name, plans in rest.siblings.items()}),
        siblings=tuple(map(version_of, rest.others)),
        mixed=tuple(plan.id for plan in rest.others if plan.id in rest.mixed),
        of_one_board=rest.of_one_board,
        unseen=_by_label(versions, rest.unseen),
        unseen_before=rest.unseen_before,
    )


def _by_label(
    versions: Iterable[Version], known: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is known of old plans by their ids, by their labels instead."""
    return tuple((version.label, tuple(names)) for version in versions if (names := known.get(version.plan_id)))


_GONE = frozenset({Kind.REMOVED, Kind.MONEY_DOWN, Kind.AMOUNT_REMOVED, Kind.TAG_DROPPED})
_COME = frozenset(kind.opposite for kind in _GONE)


def _perhaps_elsewhere(change: Change, rest: Division) -> Change:
    """What is gone or new, as what may be in or from a plan that is not known; of a sum, part of it may be."""
    is_of_such = change.old_plan in rest.unseen or (bool(rest.unseen) and change.is_together)
    is_perhaps = (change.kind in _GONE and is_of_such) or (change.kind in _COME and bool(rest.unseen_before))
    return replace(change, context="divided") if is_perhaps and not change.context else change


def _whole_plans(old: Iterable[Plan], new: Plan | None) -> Iterator[Change]:
    for plan in old:
        before = Said(text=published(plan.document.title))
        yield replace(_plan_change(Kind.REMOVED, plan), old_plan=plan.id, old_path=(), before=before)
    if new is not None:
        after = Said(text=published(new.document.title))
        yield replace(_plan_change(Kind.ADDED, new), new_plan=new.id, new_path=(), after=after)


def _plan_change(kind: Kind, plan: Plan) -> Change:
    return Change(
        kind=kind,
        significance=Significance.CHANGED,
        name="the plan",
        full_name="the plan",
        item_id=plan.id,
        subject="Plan",
    )


def _changes(old: list[list[Node]], new: list[Node], rest: Division, strengths: Strengths) -> list[Change]:
    links = link_plans(old, new)
    link_reworded(links)
    found = list(drafts(old, new, links, rest))
    replaced: list[Draft] = []
    while close := close_pairs(unlinked_pairs(found, links), told := _told_apart(found)):
        elsewhere = (
            pair for pair in close if pair.old in told and pair.new in told and not is_in_one_list(pair, links)
        )
        nodes = {node for pair in elsewhere for node in (pair.old, pair.new)}
        replaced += [draft for draft in found if draft.kind in CAME_OR_WENT and draft.node in nodes]
        link_alike(close, links, nodes)
        found = [draft for draft in drafts(old, new, links, rest) if not _is_told_by_both(draft, links)]
    shares, measures = find_shares(found, links, strengths), same_measures(found, links, strengths.small)
    pairs = unlinked_pairs(found, links)
    less = lesser(pairs.values())
    found = [_as_less(draft, less, links) for draft in found]
    alike = {**pairs, **measures, **links.alike}
    in_order = sorted((*found, *replaced), key=lambda each: _position(each, links))
    return [_with_shares(_change(draft, alike), draft, shares, measures) for draft in in_order]


def _with_shares(change: Change, draft: Draft, shares: Shares, measures: Collection[Node]) -> Change:
    """The change with what its item may be part of, or made of; what is kept so is no loss."""
    if change.context == _ALIKE:
        return change
    is_kept = shares.keeps(draft) or (draft.kind in CAME_OR_WENT and draft.node in measures)
    found = tuple(_part_of(share, draft) for share in shares.of_draft(draft))
    suggestion = None if found and draft.kind in CAME_OR_WENT else change.suggestion
    return replace(change, context=ELSEWHERE if is_kept else change.context, part_of=found, suggestion=suggestion)


def _part_of(share: Share, draft: Draft) -> PartOf:
    is_whole = share.part in {draft.old, draft.new}
    other = share.whole if is_whole else share.part
    return PartOf(
        *(other.name, other.path, other.id, share.score, share.total),
        is_whole=is_whole,
        is_joined=share.is_joined,
        sums=share.sums,
    )


def _told_apart(found: Iterable[Draft]) -> set[Node]:
    """The items that are told as removed or added themselves, and not with what they stand in."""
    return {draft.node for draft in found if draft.kind in CAME_OR_WENT}


def _as_less(draft: Draft, less: Collection[Node], links: Links) -> Draft:
    """What came or went as the lesser of a pair is neither won nor lost: the other of the pair tells it."""
    is_less = draft.kind in CAME_OR_WENT and not draft.context and is_only_less(draft, less, links)
    return replace(draft, context=LESS) if is_less else draft


def _is_told_by_both(draft: Draft, links: Links) -> bool:
    """Whether the removal and the addition of an item that is back under another id say it already."""
    return draft.kind in _SAID_BY_BOTH and draft.node in links.alike


def _with_old_plan(change: Change, labels: Mapping[str, str]) -> Change:
    """The change with the name of the old plan that it is about, where there are several; sums are about all."""
    if not change.old_plan or change.kind is Kind.MERGED or change.is_together:
        return change
    whose = labels[change.old_plan]
    return replace(change, name=f"{change.name} (in {whose})", whose=whose)


def _position(draft: Draft, links: Links) -> tuple[int, int, int]:
    """The order of the new plan; what is gone stands where its surroundings are now."""
    if draft.new is not None:
        return draft.new.order, 0, draft.old.order if draft.old else -1
    node = draft.node
    around = next((found for above in node.above() if (found := links.of_old.get(above))), [])
    return around[0].new.order if around else 0, 1, node.order


def _change(draft: Draft, alike: Mapping[Node, Pair]) -> Change:
    node = draft.old if draft.is_of_old and draft.old else draft.node
    item = node.item
    suggestion = _suggestion(draft, alike)
    key = () if draft.field in {"", node.prefix.removesuffix(".")} else (draft.field.rpartition(".")[2],)
    return Change(
        kind=draft.kind,
        significance=Significance.CHANGED,
        name=item.name,
        full_name=item.full_name,
        item_id=_id_of(draft, item),
        subject=".".join(filter(None, (type(item.part).__name__, draft.field))),
        field=draft.field,
        old_plan=draft.old.plan.id if draft.old else "",
        new_plan=draft.new.plan.id if draft.new else "",
        old_path=(*draft.old.path, *key) if draft.old else None,
        new_path=(*draft.new.path, *key) if draft.new else None,
        before=draft.before,
        after=draft.after,
        amount=draft.amount,
        parts=tuple(replace(part, suggestion=_likely(alike.get(each), each)) for each, part in draft.parts.items()),
        commitments=draft.commitments,
        context=draft.context or (_ALIKE if _is_replaced(draft, alike) else ""),
        reason=draft.reason,
        suggestion=suggestion,
        is_together=draft.is_together,
        internal=node.is_internal,
        fingerprint=_identity(node),
    )


def _is_shown_by_both(change: Change) -> bool:
    """Whether it is only other words of an item that was removed and added, whose texts those two show."""
    return change.context == _ALIKE and change.kind in _WORDING


def _is_replaced(draft: Draft, alike: Mapping[Node, Pair]) -> bool:
    """Whether nearly the same words came or went under another id; what else differs between the two is told too."""
    return draft.kind in {*CAME_OR_WENT, *_WORDING} and draft.node in alike and alike[draft.node].is_close


def _id_of(draft: Draft, item: Node) -> str:
    """The id of the item, as new as possible: one side may not have had one."""
    other = draft.old.item if draft.old else item
    return (item.id or other.id) if item.path else ""


def _suggestion(draft: Draft, alike: Mapping[Node, Pair]) -> Suggestion | None:
    return _likely(alike.get(draft.node) if draft.kind in CAME_OR_WENT else draft.guess, draft.node)


def _likely(pair: Pair | None, node: Node) -> Suggestion | None:
    """The other item of a pair."""
    if pair is None:
        return None
    other = pair.old if node is pair.new or node.plan is pair.new.plan else pair.new
    return Suggestion(name=other.name, path=other.path, item_id=other.id, score=pair.score)


def _identity(node: Node) -> str:
    """What tells an item apart wherever its file puts it: its id, or its words below the nearest id."""
    if node.id:
        return node.id
    around = _identity(node.parent) if node.parent else ""
    return f"{around}/{node.key}/{' '.join(filter(None, node.words)) if node.listed else ''}"


def _with_meaning(change: Change, meanings: Significances) -> Change:
    if change.kind in _WORDING and change.before and change.after:
        before, after = change.before.value, change.after.value
        if isinstance(before, str) and isinstance(after, str):
            change = _as_worded(change, before, after, meanings)
    return replace(change, significance=meanings.of(change.kind, change.subject, change.context))


def _as_worded(change: Change, before: str, after: str, meanings: Significances) -> Change:
    """Other words, as other numbers or dates in them, or as softer or firmer ones, where nothing else changed.

    Where hedges, opposites, names and the like came or went among other words, or words that may narrow it were added,
    or hardly a word stayed, a reader must judge.
    """
    if (count := compare_counts(before, after)) is not None:
        if count.kind is Kind.DATE_CHANGED:
            is_promised = meanings.strengths.promises_dates(before) and meanings.strengths.promises_dates(after)
            count = compare_deadlines(before, after, is_promised=is_promised) or count
        is_given = count.kind in _BY_NUMBERS and meanings.strengths.gives_numbers(before, after)
        context = _GIVEN if is_given and change.context != ELSEWHERE else change.context
        return replace(change, kind=count.kind, amount=count.amount, context=context)
    kind = meanings.strengths.kind_of(before, after)
    if kind is not Kind.REWORDED:
        return replace(change, kind=kind)
    if change.context:
        return change
    return replace(change, context=meanings.strengths.doubt(before, after))


def _with_fingerprints(changes: Iterable[Change]) -> Iterator[Change]:
    """The same change has the same fingerprint in every run; changes alike in all are numbered."""
    seen: Counter[str] = Counter()
    for change in changes:
        sides = (side.text if side else "" for side in (change.before, change.after))
        parts = (change.new_plan or change.old_plan, change.kind.value, change.fingerprint, change.field, *sides)
        seen[print_ := hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]] += 1
        yield replace(change, fingerprint=print_ if seen[print_] == 1 else f"{print_}-{seen[print_]}")
