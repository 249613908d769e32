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
from pcstrat.compare.table import Cell, NotStated, Proof, Row, SaidOutOfScope, Shape, Table, Topic
from pcstrat.compare.view import View, count_cell
from pcstrat.model.vocabulary import Pillar
from pcstrat.text import listed

Tags = tuple[Pillar, ...]
Tagged = Part | MilestoneFact | Judged | Amount
Found = Mapping[Pillar | None, Sequence[Proof]]
"""What of a plan is about each part of primary care, and about all parts together (`None`)."""

_METHOD = (
    "What is about all four parts of primary care together has rows of its own, and is not counted again under each. "
    "What is about two or three parts is counted under each of them."
)


def topic(view: View) -> Topic:
    """One matrix, with the same few rows for each pillar."""
    found = {
        name: {digest.plan: _by_pillar(find(digest)) for digest in view.digests} for name, (_, find) in _ASPECTS.items()
    }
    table = Table(
        id="pillars",
        title="Parts of primary care",
        finding=_finding(view, found["milestones"]),
        heads="What the plan has",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=tuple(_rows(view, found)),
    )
    return Topic(
        id="pillars", title="Parts of primary care", tables=(table,), method=(_METHOD, words.OUR_CLASSIFICATION)
    )


def _finding(view: View, dates: Mapping[str, Found]) -> str:
    number = len(view.digests)
    dated = {pillar: [plan for plan, found in dates.items() if pillar in found] for pillar in Pillar}
    everywhere = [terms.PILLARS[pillar].lower() for pillar in Pillar if len(dated[pillar]) == number]
    nowhere = [terms.PILLARS[pillar].lower() for pillar in Pillar if not dated[pillar]]
    every, no = ("Every plan has a", "No plan has a") if number > 1 else ("The plan has a", "The plan has no")
    told = [f"{every} dated milestone about {listed(everywhere)}."] if everywhere else []
    told += [f"{no} dated milestone about {listed(nowhere, 'or')}."] if nowhere else []
    fewest = min(Pillar, key=lambda pillar: len(dated[pillar]))
    few = words.of_plans(dated[fewest], number, "has", "have")
    return " ".join(told) or f"{few} a dated milestone about {terms.PILLARS[fewest].lower()}."


def _rows(view: View, found: Mapping[str, Mapping[str, Found]]) -> Iterator[Row]:
    for pillar in (*Pillar, None):
        for name, (title, _) in _ASPECTS.items():
            yield view.matrix_row(
                f"{pillar.value if pillar else 'all'}/{name}",
                title,
                partial(_cell, pillar=pillar, found=found[name]),
                group=terms.PILLARS[pillar] if pillar else "All four parts together",
            )


def _cell(digest: Digest, pillar: Pillar | None, found: Mapping[str, Found]) -> Cell:
    cell = count_cell(found[digest.plan].get(pillar, ()), otherwise=words.NOT_NAMED)
    if isinstance(cell, NotStated):
        for entry in digest.document.out_of_scope:
            if pillar in entry.pillars:
                return SaidOutOfScope(why=entry.why)
    return cell


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


_ASPECTS: dict[str, tuple[str, Callable[[Digest], Iterable[Tagged]]]] = {
    "objectives": ("Ambitions, objectives, enablers and their parts", attrgetter("parts")),
    "milestones": ("Milestones with a date", attrgetter("dated")),
    "measures": ("Measures", attrgetter("measures")),
    "amounts": ("Amounts of money", _money),
}
