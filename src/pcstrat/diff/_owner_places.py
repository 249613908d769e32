"""Turns who is named for two linked parts into one fact for each body that is named still, in another place.

It may be in another field, or with the ambition around an objective, which answers for objectives that name nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pcstrat.diff._fields import FieldFact
from pcstrat.diff._items import Node
from pcstrat.diff._links import Link, Links, Relation
from pcstrat.diff._owners import OWNERS, compare_owners
from pcstrat.diff.changes import Said
from pcstrat.diff.kinds import Kind
from pcstrat.model.aims import Ambition, Objective
from pcstrat.model.base import Model
from pcstrat.placeholders import filled
from pcstrat.text import listed

_FIELD = "owner"
"""Where such a fact is told, whichever way the body went."""

_LEAD = "led_by"
_PLACES = {"owner": "owner", "accountable": "accountable body", _LEAD: "lead"}


class _Move(NamedTuple):
    """From where to where the name of a body moved, in words."""

    before: str
    after: str


def in_view_of_owners(facts: Iterable[FieldFact], link: Link, links: Links) -> Iterator[FieldFact]:
    """The facts of two parts; a body that is named in another place was neither lost nor won."""
    moves = {**_between_fields(link), **_up_or_down(link)} if link.relation is Relation.SAME else {}
    stayed = {*moves, *(_told_below(link, links) if isinstance(link.new.part, Ambition) else ())}
    for fact in facts:
        if fact.field in OWNERS and stayed:
            yield from _without(fact, link, stayed)
        else:
            yield fact
    for move in dict.fromkeys(moves.values()):
        bodies = [body for body, each in moves.items() if each == move]
        yield FieldFact(Kind.OWNER_MOVED, _FIELD, Said(text=move.before), Said(text=move.after), listed(bodies))


def _between_fields(link: Link) -> dict[str, _Move]:
    """Bodies that are named in one field of a part less and in another one more."""
    old, new = _named(link.old.part), _named(link.new.part)
    found: dict[str, _Move] = {}
    for body in old.keys() & new.keys():
        gone = [field for field in old[body] if field not in new[body]]
        come = [field for field in new[body] if field not in old[body]]
        if gone and come:
            found[body] = _Move(_in_words(gone), _in_words(come))
    return dict(sorted(found.items()))


def _up_or_down(link: Link) -> dict[str, _Move]:
    """Bodies that answer for an objective from its ambition now, or did so before, as one side of it names nobody."""
    was, now = _answers(link.old.part), _answers(link.new.part)
    if was and not now:
        return {body: _Move(_in_words(was[body]), place) for body, place in _above(link.new) if body in was}
    if now and not was:
        return {body: _Move(place, _in_words(now[body])) for body, place in _above(link.old) if body in now}
    return {}


def _above(objective: Node) -> Iterator[tuple[str, str]]:
    """Each body that answers for the ambition of an objective, and where it is named."""
    ambition = objective.parent
    if ambition is None or not isinstance(ambition.part, Ambition) or ambition.is_retired:
        return
    for body, fields in _answers(ambition.part).items():
        yield body, f"{_in_words(fields)} of {ambition.own_name()}"


def _told_below(link: Link, links: Links) -> Iterator[str]:
    """Bodies that an ambition names newly, or no longer, only in the place of all its objectives that name nobody."""
    was, now = _answers(link.old.part), _answers(link.new.part)
    before = [_same([entry.old for entry in _sames(links.of_new[node])]) for node in _silent(link.new)]
    after = [_same([entry.new for entry in _sames(links.of_old[node])]) for node in _silent(link.old)]
    for bodies, others, there in ((now, was, before), (was, now, after)):
        for body in bodies:
            if body not in others and there and all(node and body in _answers(node.part) for node in there):
                yield body


def _silent(ambition: Node) -> Iterator[Node]:
    """The objectives of an ambition that name nobody who answers for them, so that it does."""
    for node in ambition.children:
        if isinstance(node.part, Objective) and not node.is_given_up and not _answers(node.part):
            yield node


def _sames(links: Iterable[Link]) -> Iterator[Link]:
    return (link for link in links if link.relation is Relation.SAME)


def _same(nodes: Sequence[Node]) -> Node | None:
    return nodes[0] if len(nodes) == 1 else None


def _without(fact: FieldFact, link: Link, stayed: Iterable[str]) -> Iterator[FieldFact]:
    """The fact of a field without the bodies that stayed, if anything is left to tell."""
    sides = [_names(link.old.part, fact.field), _names(link.new.part, fact.field)]
    rest = [[name for name in side if name not in stayed] for side in sides]
    if rest == sides:
        yield fact
    elif found := compare_owners(*rest):
        yield fact._replace(kind=found.kind, before=found.before, after=found.after)


def _names(part: Model, field: str) -> list[str]:
    """Who is named in a field, on one line each."""
    value = vars(part).get(field)
    names = value if isinstance(value, tuple) else (value,) if value else ()
    return [" ".join(name.split()) for name in names]


def _named(part: Model) -> Mapping[str, Sequence[str]]:
    """The fields in which each body is named; placeholders name none."""
    found: dict[str, list[str]] = {}
    for field in _PLACES:
        for body in filled(*_names(part, field)):
            found.setdefault(body, []).append(field)
    return found


def _answers(part: Model) -> Mapping[str, Sequence[str]]:
    """The same of who answers for the whole of an aim; who only leads its work does not."""
    if not isinstance(part, Objective):
        return {}
    return {body: kept for body, fields in _named(part).items() if (kept := [each for each in fields if each != _LEAD])}


def _in_words(fields: Iterable[str]) -> str:
    return listed([_PLACES[field] for field in fields])
