"""Turns two linked parts into the facts between their fields: one typed comparison for each type of value.

The walk is generic, so that no field of the format can be forgotten; what a field is for (an owner, a tag, a target)
stands in the small tables below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pcstrat.diff._amounts import (
    BASELINES,
    NUMBERS,
    TARGETS,
    compare_commitments,
    compare_money,
    compare_numbers,
    compare_progress,
    compare_recurrence,
    measure_direction,
)
from pcstrat.diff._counts import same_numbers
from pcstrat.diff._items import NAMES, FieldSpec, Node, field_specs, of_money
from pcstrat.diff._one_time_money import comes_once
from pcstrat.diff._owners import OWNERS, compare_owners, owner_kind
from pcstrat.diff._times import Fact, compare_times
from pcstrat.diff._values import said
from pcstrat.diff.changes import Said
from pcstrat.diff.kinds import Kind
from pcstrat.model.aims import Band, Objective, Period
from pcstrat.model.base import Model
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.measures import Measure
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import FundingCommitment, Progress, Recurrence
from pcstrat.numerals import WORDS, number_of
from pcstrat.placeholders import filled

LINEAGE = frozenset({"id", "was", "merged_from", "split_from", "pcstrat"})
"""Fields that say how items belong together, not what the plan says."""

TAGS = frozenset({"themes", "pillars", "commitments", "mentions", "splits", "scope"})
ONCE = "once"
"""The context of a year of money that comes once."""

_OF_TABLES = frozenset({"commitment", "recurrence"})
"""What a table of money says of those of its lines that do not say it themselves."""

_OfTable: TypeAlias = FundingCommitment | Recurrence
KEPT = "kept"
"""The context of how far work is, where only one side says it and says that it is done."""

_CONTEXT_OF_PROGRESS = {Progress.DONE: KEPT, Progress.DELAYED: "missed", Progress.STOPPED: "missed"}
_STATED = (Kind.STATED, Kind.NO_LONGER_STATED)
_DATE_STATED = (Kind.DATE_STATED, Kind.DATE_REMOVED)
_PRIORITY = re.compile(rf"priority\s+([0-9]{{1,3}}|{WORDS})\b", re.IGNORECASE)


class FieldFact(NamedTuple):
    """A fact about a field of an item, with what either side says. `weighty` facts count across mergers too."""

    kind: Kind
    field: str
    before: Said | None
    after: Said | None
    amount: str = ""
    context: str = ""
    weighty: bool = False


class Pair(NamedTuple):
    """Two linked parts, and the ids that changed on the way from one plan to the other."""

    old: Node
    new: Node
    renamed: Mapping[str, str]


def field_facts(pair: Pair) -> Iterator[FieldFact]:
    """Every fact between the fields of two parts; parts under them have links of their own."""
    if pair.old.part == pair.new.part and not isinstance(pair.old.part, FundingLine):
        return
    specs = {spec.name: spec for part in (pair.new.part, pair.old.part) for spec in field_specs(type(part))}
    for spec in specs.values():
        parts = pair.old.part, pair.new.part
        if spec.name not in LINEAGE and not (_is_unsaid(*parts, spec.name) or _is_unsaid(*parts[::-1], spec.name)):
            yield from _facts_of_field(pair, spec)


def _facts_of_field(pair: Pair, spec: FieldSpec) -> Iterator[FieldFact]:
    old, new = _value(pair.old.part, spec.name), _value(pair.new.part, spec.name)
    if old is new and not isinstance(pair.new.part, FundingLine):
        return
    if isinstance(old, tuple) or isinstance(new, tuple):
        old, new = old or (), new or ()
    if isinstance(old, Model) or isinstance(new, Model):
        return
    if spec.key in _OF_TABLES and isinstance(pair.new.part, FundingLine):
        yield from _of_line(pair, spec.key)
    elif spec.key == "year" and isinstance(pair.new.part, FundingLine) and isinstance(pair.old.part, FundingLine):
        yield from _line_year(pair)
    elif old == new:
        return
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _list_facts(pair, spec, old, new)
    else:
        field = f"{pair.new.prefix}{spec.key}"
        weighty = isinstance(new if old is None else old, Time | Money | Quantity | Progress) or spec.key in OWNERS
        for fact in (_without_money(pair, each) for each in _scalar_facts(pair, spec, old, new)):
            context = _context(pair, fact.kind, old, new)
            yield FieldFact(fact.kind, field, said(old), said(new), fact.amount, context, weighty)


def _value(part: Model, name: str) -> object:
    """The value of a field; of one that the part cannot have, nothing."""
    return vars(part).get(name)


def _is_unsaid(part: Model, other: Model, name: str) -> bool:
    """Whether a field that only one of two classes has says what goes without saying."""
    if name in vars(part):
        return False
    return bool(_value(other, name) == type(other).model_fields[name].get_default(call_default_factory=True))


def _context(pair: Pair, kind: Kind, old: object, new: object) -> str:
    """What else decides about the meaning.

    Of a target, the direction in which the measure should move, where both plans agree on it; of words, that their
    numbers are others; of labels, that of a band; of the year of money, that the same money comes once; of how far
    work is, where only one plan says it, that it is done, or late or stopped.
    """
    is_wording = kind in {Kind.REWORDED, Kind.RENAMED} or (
        kind is Kind.RELABELLED and isinstance(pair.new.part, Band | Period)
    )
    if is_wording and isinstance(old, str) and isinstance(new, str):
        return "" if same_numbers(old, new) else "numbers"
    if isinstance(pair.new.part, FundingTable) and isinstance(new, Time):
        return ONCE if comes_once(pair.old, pair.new) else ""
    if kind in {Kind.STATED, Kind.NO_LONGER_STATED}:
        stated = new if old is None else old
        return _CONTEXT_OF_PROGRESS.get(stated, "") if isinstance(stated, Progress) else ""
    if kind not in TARGETS:
        return ""
    sides = [node.item.part for node in (pair.old, pair.new)]
    directions = {measure_direction(side) for side in sides if isinstance(side, Measure)}
    direction = directions.pop() if len(directions) == 1 else None
    return direction.value if direction else ""


def _scalar_facts(pair: Pair, spec: FieldSpec, old: object, new: object) -> Iterator[Fact]:
    if old is None or new is None:
        yield Fact(_stated_kinds(spec, new if old is None else old)[old is not None])
    elif isinstance(old, Time) and isinstance(new, Time):
        yield from filter(None, [compare_times(old, new, (pair.old.said_on, pair.new.said_on))])
    elif isinstance(old, Money) and isinstance(new, Money):
        yield from compare_money(old, new)
    elif isinstance(old, Quantity) and isinstance(new, Quantity):
        yield from filter(None, [compare_numbers(old, new, _number_kinds(pair.new))])
    elif isinstance(old, Progress) and isinstance(new, Progress):
        yield compare_progress(old, new)
    elif isinstance(old, _OfTable) and isinstance(new, _OfTable):
        yield from filter(None, [_compare_of_table(old, new)])
    else:
        yield from _text_facts(pair, spec, old, new)


def _stated_kinds(spec: FieldSpec, value: object) -> tuple[Kind, Kind]:
    if isinstance(value, Time):
        return _DATE_STATED
    return (Kind.OWNER_ADDED, Kind.OWNER_REMOVED) if spec.key in OWNERS and filled(str(value)) else _STATED


def _number_kinds(node: Node) -> tuple[Kind, Kind, Kind]:
    return {"target": TARGETS, "baseline": BASELINES}.get(node.key, NUMBERS)


def _text_facts(pair: Pair, spec: FieldSpec, old: object, new: object) -> Iterator[Fact]:
    if spec.refers and isinstance(old, str) and pair.renamed.get(old) == new:
        return
    if isinstance(old, str) and isinstance(new, str) and " ".join(old.split()) == " ".join(new.split()):
        return
    if spec.key == "label":
        yield Fact(_label_kind(pair, str(old), str(new)))
    elif spec.key in OWNERS:
        yield Fact(owner_kind(str(old), str(new)))
    elif spec.key in NAMES:
        yield Fact(Kind.RENAMED)
    else:
        yield Fact(Kind.REWORDED if spec.prose else Kind.CHANGED)


def _label_kind(pair: Pair, old: str, new: str) -> Kind:
    """A label that counts priorities says which comes first; any other is only a label."""
    ranks = _priority(old), _priority(new)
    if not isinstance(pair.new.part, Objective) or None in ranks or ranks[0] == ranks[1]:
        return Kind.RELABELLED
    return Kind.PRIORITY_HIGHER if (ranks[1] or 0) < (ranks[0] or 0) else Kind.PRIORITY_LOWER


def _priority(label: str) -> int | None:
    match = _PRIORITY.search(label)
    return None if match is None else number_of(match[1])


def _list_facts(pair: Pair, spec: FieldSpec, old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[FieldFact]:
    """What was dropped from and added to a list of words, codes or references; their order says nothing."""
    if any(isinstance(entry, Model) for entry in (*old, *new)):
        return
    field = f"{pair.new.prefix}{spec.key}"
    if spec.key in OWNERS:
        owners = compare_owners([*map(str, old)], [*map(str, new)])
        yield from [FieldFact(owners.kind, field, owners.before, owners.after)] if owners else []
        return
    follow = pair.renamed if spec.refers else {}
    before = Counter(follow.get(entry, entry) if isinstance(entry, str) else entry for entry in old)
    after = Counter(new)
    dropped, added = list((before - after).elements()), list((after - before).elements())
    if len(dropped) == len(added) == 1 and spec.key not in TAGS:
        yield FieldFact(Kind.CHANGED, field, said(dropped[0]), said(added[0]))
        return
    kinds, weighty = _entry_kinds(spec), spec.key == "commitments"
    yield from (FieldFact(kinds[1], field, said(entry), None, weighty=weighty) for entry in dropped)
    yield from (FieldFact(kinds[0], field, None, said(entry), weighty=weighty) for entry in added)


def _entry_kinds(spec: FieldSpec) -> tuple[Kind, Kind]:
    return (Kind.TAG_ADDED, Kind.TAG_DROPPED) if spec.key in TAGS else (Kind.ENTRY_ADDED, Kind.ENTRY_REMOVED)


def _of_line(pair: Pair, name: str) -> Iterator[FieldFact]:
    """Whether the money of a line is promised, or comes every year: what the line leaves open, its table says."""
    owns = [_value(node.part, name) for node in (pair.old, pair.new)]
    if owns[0] == owns[1] and (owns[0] is not None or _are_of_one_table(pair)):
        return
    old, new = (of_money(node, name) for node in (pair.old, pair.new))
    if not (isinstance(old, _OfTable) and isinstance(new, _OfTable)):
        if old is not new:
            yield FieldFact(_STATED[new is None], name, said(old), said(new))
        return
    fact = _compare_of_table(old, new)
    if fact is not None:
        yield FieldFact(fact.kind, name, said(old), said(new), weighty=True)
    elif owns[0] != owns[1]:
        yield FieldFact(_STATED[owns[1] is None], name, said(owns[0]), said(owns[1]))


def _compare_of_table(old: _OfTable, new: _OfTable) -> Fact | None:
    if isinstance(old, FundingCommitment) and isinstance(new, FundingCommitment):
        return compare_commitments(old, new)
    return compare_recurrence(old, new) if isinstance(old, Recurrence) and isinstance(new, Recurrence) else None


def _line_year(pair: Pair) -> Iterator[FieldFact]:
    """The year that the money of a line is for: what the line leaves open, its table says."""
    old_own, new_own = _own_year(pair.old), _own_year(pair.new)
    if old_own == new_own and (old_own is not None or _are_of_one_table(pair)):
        return
    old, new = (of_money(node, "year") for node in (pair.old, pair.new))
    if not (isinstance(old, Time) and isinstance(new, Time)):
        if old is not new:
            yield FieldFact(_DATE_STATED[new is None], "year", said(old), said(new), weighty=True)
        return
    fact = compare_times(old, new, (pair.old.said_on, pair.new.said_on))
    if fact is not None and (fact.kind is not Kind.REWORDED or (old_own and new_own)):
        context = ONCE if comes_once(pair.old, pair.new) else ""
        yield FieldFact(fact.kind, "year", said(old), said(new), fact.amount, context, weighty=True)
    elif (old_own is None) != (new_own is None):
        yield FieldFact(_STATED[new_own is None], "year", said(old_own), said(new_own))


def _own_year(line: Node) -> Time | None:
    return line.part.year if isinstance(line.part, FundingLine) else None


def _without_money(pair: Pair, fact: Fact) -> Fact:
    """What a table says of all its lines, where each of them says it itself: then no money is promised otherwise."""
    name, kind = _SAID_BY_LINES.get(fact.kind, ("", fact.kind))
    lines = [[child for child in node.children if isinstance(child.part, FundingLine)] for node in (pair.old, pair.new)]
    if name and any(lines) and not all(any(_value(line.part, name) is None for line in side) for side in lines):
        return fact._replace(kind=kind)
    return fact


_SAID_BY_LINES = {
    Kind.COMMITMENT_FIRMER: ("commitment", Kind.COMMITMENT_CHANGED),
    Kind.COMMITMENT_LOOSER: ("commitment", Kind.COMMITMENT_CHANGED),
    Kind.MONEY_RECURS: ("recurrence", Kind.CHANGED),
    Kind.MONEY_ENDS: ("recurrence", Kind.CHANGED),
}
"""Facts of a table, with the field in which a line may say it itself, and what the fact is then."""


def _are_of_one_table(pair: Pair) -> bool:
    """Whether two lines stand in the same table, whose own changes are told of the table."""
    old, new = _table_of(pair.old), _table_of(pair.new)
    return pair.renamed.get(old, old) == new


def _table_of(line: Node) -> str:
    """What tells the table of a line from others: its id, else its title."""
    table = line.parent
    return (table.id or " ".join(table.words)) if table else ""
