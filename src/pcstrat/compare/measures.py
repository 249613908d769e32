"""Turns digests into measures side by side, and says of each whether it compares with one of another plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from pcstrat import terms
from pcstrat.compare.facts import Digest, Judged
from pcstrat.compare.table import (
    Cell,
    Column,
    ColumnKind,
    NotComparable,
    NotStated,
    Proof,
    Row,
    Shape,
    Stated,
    Table,
    Topic,
)
from pcstrat.compare.view import NOT_STATED, View, share_cell, text_cells, time_cell
from pcstrat.compare.words import THEMES_OF_AIMS, of_plans, the_plans
from pcstrat.model.quantities import Quantity, format_quantity
from pcstrat.model.vocabulary import Theme
from pcstrat.text import counted, listed, sentence_case, visible

NO_MEASURES = "No measures stated"
_THEMES = {theme: number for number, theme in enumerate(Theme)}
_GROUPS = (*(terms.THEMES[theme] for theme in Theme), "No theme")
COLUMNS = (
    Column("plan", "Plan"),
    Column("comparable", "Comparable?"),
    Column("indicator", "Indicator"),
    Column("unit", "Unit"),
    Column("population", "Of whom"),
    Column("baseline", "Baseline", ColumnKind.NUMBER),
    Column("baseline-when", "Date of baseline", ColumnKind.TIME),
    Column("latest", "Latest", ColumnKind.NUMBER),
    Column("target", "Target", ColumnKind.NUMBER),
    Column("by", "By when", ColumnKind.TIME),
    Column("direction", "Direction"),
    Column("frequency", "How often"),
    Column("source", "Source"),
    Column("splits", "Split by"),
)


class Definition(NamedTuple):
    """What has to agree for two measures to compare: indicator, unit, population and the year of the target."""

    indicator: str
    unit: str
    population: str
    years: tuple[str, ...]


Known = dict[str, list[tuple[Definition, str]]]
"""The definitions of each indicator, with the name of the plan that has it."""


def topic(view: View) -> Topic:
    """What the measures of each plan state, and every measure."""
    return Topic(
        id="measures",
        title="Measures",
        tables=(_stated(view), _all(view)),
        method=(
            (
                "A measure compares with another when both plans name the same indicator, unit and population, and "
                "targets for the same financial year. Words are compared as written, apart from upper and lower case "
                "and a full stop at the end."
            ),
            (
                "A measure that names no indicator, but has a unit or a number, is compared by its text: the text is "
                "what is counted."
            ),
            (
                "Whatever a plan prints under a heading such as 'How will we know' counts as a measure. "
                f"{THEMES_OF_AIMS}"
            ),
        ),
    )


def _stated(view: View) -> Table:
    columns = (
        Column("measures", "Measures", ColumnKind.COUNT),
        *(Column(name, title, ColumnKind.SHARE) for name, (title, _) in _ASPECTS.items()),
        Column("complete", "With baseline, target and date", ColumnKind.SHARE),
    )
    return Table(
        id="measures",
        title="What measures state",
        finding=_finding(view),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=columns,
        rows=view.plan_rows(_shares),
        is_derived=True,
    )


_ASPECTS: dict[str, tuple[str, Callable[[Judged], object]]] = {
    "with-indicator": ("With an indicator", attrgetter("indicator")),
    "with-baseline": ("With a baseline", attrgetter("baseline")),
    "with-target": ("With a target", attrgetter("target")),
    "with-date": ("Says by when", attrgetter("due")),
    "with-source": ("With a source", attrgetter("source")),
    "with-split": ("Split by group", attrgetter("splits")),
}


def _shares(digest: Digest) -> Iterator[Cell]:
    whole = len(digest.measures)
    yield (
        Stated(str(whole), whole, tuple(entry.item for entry in digest.measures)) if whole else NotStated(NO_MEASURES)
    )
    for _, states in _ASPECTS.values():
        yield share_cell([entry.item for entry in digest.measures if states(entry)], whole, NO_MEASURES)
    yield share_cell(digest.complete_measures, whole, NO_MEASURES)


def _finding(view: View) -> str:
    number = sum(len(digest.measures) for digest in view.digests)
    having = [digest for digest in view.digests if digest.measures]
    complete = sum(len(digest.complete_measures) for digest in view.digests)
    text = f"{of_plans(having, len(view.digests), 'names', 'name')} measures"
    if not number:
        return f"{text}."
    text = f"{text}, {number:,} in all"
    if not complete:
        return f"{text}. None of them states a baseline, a target and a date together."
    return f"{text}. {complete:,} of them {'states' if complete == 1 else 'state'} a baseline, a target and a date."


def _all(view: View) -> Table:
    known: Known = {}
    entries = [(digest, entry, _definition(entry)) for digest in view.digests for entry in digest.measures]
    for digest, _, definition in entries:
        if definition:
            known.setdefault(definition.indicator, []).append((definition, digest.name))
    entries.sort(key=lambda found: _first(found[1].themes))
    rows = tuple([_row(digest, entry, _comparable(digest, definition, known)) for digest, entry, definition in entries])
    comparable = sum(isinstance(row.cells[1], Stated) for row in rows)
    return Table(
        id="measures-all",
        title="Every measure",
        finding=f"Of {counted(len(rows), 'measure')}, {comparable or 'none'} can be compared with one of another plan."
        if rows
        else f"{the_plans(len(view.digests), 'name')} no measures.",
        heads="What the plan will see",
        shape=Shape.LIST,
        plans=view.facts,
        columns=COLUMNS,
        rows=rows,
    )


@cache
def _first(themes: tuple[Theme, ...]) -> int:
    """Measures stand in the order of their first theme; those without one come last."""
    return min(map(_THEMES.__getitem__, themes), default=len(_THEMES))


def _row(digest: Digest, entry: Judged, comparable: Cell) -> Row:
    plan, item = digest.facts, entry.item
    cells = (Stated(plan.name, None, (item,)), comparable, *_cells(entry))
    return Row(f"{plan.plan}/{item.id}", item.name, cells, "", _GROUPS[_first(entry.themes)], plan.plan)


def _cells(entry: Judged) -> tuple[Cell, ...]:
    proofs = (entry.item,)
    return (
        *text_cells([text and visible(text) for text in (entry.indicator, entry.unit, entry.population)], proofs),
        _quantity(entry.baseline, proofs),
        time_cell(entry.baseline_when, proofs),
        _quantity(entry.latest, proofs),
        _quantity(entry.target, proofs),
        time_cell(entry.due, proofs),
        *text_cells(_how(entry), proofs),
    )


def _how(entry: Judged) -> tuple[str, str, str, str]:
    """Which way a measure should move, how often it is read, where its values come from and how they are split."""
    splits = sentence_case(listed([split.value for split in entry.splits])) if entry.splits else ""
    source = f"Source '{entry.source}'" if entry.source else ""
    frequency = visible(entry.frequency) if entry.frequency else ""
    return entry.direction and sentence_case(entry.direction), frequency, source, splits


def _quantity(value: Quantity | None, proofs: tuple[Proof, ...]) -> Cell:
    return NOT_STATED if value is None else Stated(format_quantity(value), value, proofs)


def _definition(entry: Judged) -> Definition | None:
    """What a measure counts, of whom and until when; None when it names no indicator."""
    if not entry.indicator:
        return None
    years = entry.due.financial_years if entry.due else ()
    return Definition(_folded(entry.indicator), _folded(entry.unit), _folded(entry.population), years)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).removesuffix(".")


_NO_INDICATOR = NotComparable("No: indicator not stated")
_NO_UNIT = NotComparable("No: unit not stated")


def _comparable(digest: Digest, definition: Definition | None, known: Known) -> Cell:
    """Whether another plan has the same measure, and if not, what differs or is missing."""
    if definition is None:
        return _NO_INDICATOR
    if not definition.unit:
        return _NO_UNIT
    others = [(other, name) for other, name in known[definition.indicator] if name != digest.name]
    if not others:
        return NotComparable("No: no other plan has this indicator")
    alike = list(dict.fromkeys(name for other, name in others if other == definition))
    if alike:
        return Stated(f"Yes, with {listed(alike)}")
    differ = [field for field in ("unit", "population", "years") if _differs(definition, others, field)]
    return NotComparable(f"No: {listed([_DIFFERENCES[field] for field in differ])} differ")


_DIFFERENCES = {"unit": "units", "population": "populations", "years": "target years"}


def _differs(definition: Definition, others: list[tuple[Definition, str]], field: str) -> bool:
    own = getattr(definition, field)
    return all(getattr(other, field) != own for other, _ in others)
