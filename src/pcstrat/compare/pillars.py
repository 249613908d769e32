"""Turns digests into what each plan says of the four parts of primary care."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pcstrat import terms
from pcstrat.compare import words
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, NotStated, OutOfScope, Proof, Row, Shape, Stated, Table, Topic
from pcstrat.compare.view import View, count_cell
from pcstrat.model.vocabulary import Pillar
from pcstrat.text import listed

Find = Callable[[Digest, Pillar], Iterable[Proof]]


def topic(view: View) -> Topic:
    """One matrix, with the same few rows for each pillar."""
    table = Table(
        id="pillars",
        title="Parts of primary care",
        finding=_finding(view),
        heads="What the plan has",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=tuple(_rows(view)),
    )
    return Topic(id="pillars", title="Parts of primary care", tables=(table,), method=(words.OUR_CLASSIFICATION,))


def _finding(view: View) -> str:
    dated = {pillar: [digest for digest in view.digests if any(_dates(digest, pillar))] for pillar in Pillar}
    number = len(view.digests)
    everywhere = [terms.PILLARS[pillar].lower() for pillar in Pillar if len(dated[pillar]) == number]
    nowhere = [terms.PILLARS[pillar].lower() for pillar in Pillar if not dated[pillar]]
    subject = "Every plan has" if number > 1 else "The plan has"
    text = f"{subject} a dated milestone about {listed(everywhere)}." if everywhere else ""
    text += f" None has one about {listed(nowhere, 'or')}." if nowhere else ""
    fewest = min(Pillar, key=lambda pillar: len(dated[pillar]))
    few = words.of_plans(dated[fewest], number, "has", "have")
    return text.strip() or f"{few} a dated milestone about {terms.PILLARS[fewest].lower()}."


def _rows(view: View) -> Iterator[Row]:
    for pillar in Pillar:
        for name, (title, find) in _ASPECTS.items():
            yield view.matrix_row(
                f"{pillar.value}/{name}",
                title,
                lambda digest, pillar=pillar, find=find: _cell(digest, pillar, find),  # type: ignore[misc]
                group=terms.PILLARS[pillar],
            )


def _cell(digest: Digest, pillar: Pillar, find: Find) -> Cell:
    cell = count_cell(tuple(dict.fromkeys(find(digest, pillar))), otherwise=words.NOT_NAMED)
    if isinstance(cell, Stated):
        return cell
    outside = [entry for entry in digest.document.out_of_scope if pillar in entry.pillars]
    if outside:
        return OutOfScope(why=outside[0].why)
    return NotStated(words.NOT_NAMED)


def _objectives(digest: Digest, pillar: Pillar) -> Iterator[Proof]:
    return (part.item for part in digest.parts if pillar in part.pillars)


def _dates(digest: Digest, pillar: Pillar) -> Iterator[Proof]:
    return (entry.item for entry in digest.milestones if pillar in entry.pillars and entry.is_dated)


def _measures(digest: Digest, pillar: Pillar) -> Iterator[Proof]:
    return (entry.item for entry in digest.measures if pillar in entry.pillars)


def _money(digest: Digest, pillar: Pillar) -> Iterator[Proof]:
    return (amount.item for amount in digest.amounts if pillar in amount.pillars and amount.money)


_ASPECTS: dict[str, tuple[str, Find]] = {
    "objectives": ("Ambitions, objectives, enablers and their parts", _objectives),
    "milestones": ("Milestones with a date", _dates),
    "measures": ("Measures", _measures),
    "amounts": ("Amounts of money", _money),
}
