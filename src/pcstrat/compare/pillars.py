"""Turns digests into what each plan says of the four parts of primary care.

What is tagged with all four is about primary care as a whole. It would drown what is about one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from operator import attrgetter

from pcstrat import terms
from pcstrat.compare import words
from pcstrat.compare.facts import Amount, Digest, Judged, MilestoneFact, Part
from pcstrat.compare.table import Cell, Proof, Row, SaidOutOfScope, Shape, Table, Topic
from pcstrat.compare.view import View, count_cell, tally_cell
from pcstrat.model.vocabulary import Pillar
from pcstrat.text import listed

_AS_FAR = ", by its own tags or those of the part it stands in"
_AROUND = "-around"
"""The end of the id of what is counted by the tags of the part it stands in; none of it is no omission."""

Tags = tuple[Pillar, ...]
Tagged = Part | MilestoneFact | Judged | Amount
Found = Mapping[Pillar | None, Sequence[Proof]]
"""What of a plan is about each part of primary care, and about all parts together (`None`)."""

_METHOD = (
    "What is about all four parts of primary care together has rows of its own, and is not counted again under each. "
    "What is about two or three parts is counted under each of them."
)
_WHOSE_TAGS = (
    "A milestone or measure that is tagged with no part of primary care has those of the ambition, objective, enabler "
    "or strand that it stands in. It may be about less than they are, so it is counted apart."
)


def topic(view: View) -> Topic:
    """One matrix, with the same few rows for each pillar."""
    found = {
        name: {digest.plan: _by_pillar(find(digest)) for digest in view.digests} for name, (_, find) in _ASPECTS.items()
    }
    table = Table(
        id="pillars",
        title="Parts of primary care",
        finding=_finding(view, found["milestones"], found["milestones-around"]),
        heads="What the plan has",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=tuple(_rows(view, found)),
    )
    return Topic(
        id="pillars",
        title="Parts of primary care",
        tables=(table,),
        method=(_METHOD, _WHOSE_TAGS, words.OUR_CLASSIFICATION),
    )


def _finding(view: View, *dates: Mapping[str, Found]) -> str:
    number = len(view.digests)
    plans = [digest.plan for digest in view.digests]
    dated = {pillar: [plan for plan in plans if any(pillar in found[plan] for found in dates)] for pillar in Pillar}
    everywhere = [terms.PILLARS[pillar].lower() for pillar in Pillar if len(dated[pillar]) == number]
    nowhere = [terms.PILLARS[pillar].lower() for pillar in Pillar if not dated[pillar]]
    every, no = ("Every plan has a", "No plan has a") if number > 1 else ("The plan has a", "The plan has no")
    told = [f"{every} dated milestone about {listed(everywhere)}{_AS_FAR}."] if everywhere else []
    told += [f"{no} dated milestone about {listed(nowhere, 'or')}."] if nowhere else []
    fewest = min(Pillar, key=lambda pillar: len(dated[pillar]))
    few = words.of_plans(dated[fewest], number, "has", "have")
    return " ".join(told) or f"{few} a dated milestone about {terms.PILLARS[fewest].lower()}{_AS_FAR}."


def _rows(view: View, found: Mapping[str, Mapping[str, Found]]) -> Iterator[Row]:
    for pillar in (*Pillar, None):
        for name, (title, _) in _ASPECTS.items():
            yield view.matrix_row(
                f"{pillar.value if pillar else 'all'}/{name}",
                title,
                partial(_cell, pillar=pillar, found=found[name], is_around=name.endswith(_AROUND)),
                group=terms.PILLARS[pillar] if pillar else "All four parts together",
            )


def _cell(digest: Digest, pillar: Pillar | None, found: Mapping[str, Found], *, is_around: bool) -> Cell:
    items = found[digest.plan].get(pillar, ())
    outside = [entry for entry in digest.document.out_of_scope if pillar in entry.pillars]
    if outside and not items:
        return SaidOutOfScope(why=outside[0].why)
    return tally_cell(items) if is_around else count_cell(items, otherwise=words.NOT_NAMED)


def _by_pillar(tagged: Iterable[Tagged]) -> Found:
    """Items by the parts of primary care that they are about, in the order of the plan. Neighbours are often alike."""
    found: defaultdict[Pillar | None, list[Proof]] = defaultdict(list)
    for tags, run in groupby(tagged, attrgetter("pillars")):
        items = [entry.item for entry in run]
        for pillar in _rows_of(tags):
            found[pillar] += items
    return found


@cache
def _rows_of(tags: Tags) -> tuple[Pillar | None, ...]:
    """The parts of primary care under which something with these tags is counted, each once."""
    return (None,) if len(set(tags)) == len(Pillar) else tuple(dict.fromkeys(tags))


def _money(digest: Digest) -> Iterable[Amount]:
    """What money is for, each equal amount of one line once."""
    return {(amount.pillars, amount.item): amount for amount in digest.amounts if amount.money}.values()


def _with_tags(entries: Iterable[MilestoneFact | Judged], *, own: bool) -> Iterable[MilestoneFact | Judged]:
    """Those that state themselves what they are about, or those that leave it to the part they stand in."""
    return (entry for entry in entries if entry.has_own_pillars is own)


_OWN, _OF_PART = "by their own tags", "by the tags of the part they stand in"
_ASPECTS: dict[str, tuple[str, Callable[[Digest], Iterable[Tagged]]]] = {
    "objectives": ("Ambitions, objectives, enablers and their parts", attrgetter("parts")),
    "milestones": (f"Milestones with a date, {_OWN}", lambda digest: _with_tags(digest.dated, own=True)),
    f"milestones{_AROUND}": (f"Milestones with a date, {_OF_PART}", lambda digest: _with_tags(digest.dated, own=False)),
    "measures": (f"Measures, {_OWN}", lambda digest: _with_tags(digest.measures, own=True)),
    f"measures{_AROUND}": (f"Measures, {_OF_PART}", lambda digest: _with_tags(digest.measures, own=False)),
    "amounts": ("Amounts of money", _money),
}
