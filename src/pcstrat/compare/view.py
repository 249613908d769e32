"""What every table is made from: the digests in their order, the registry, and the date the run counts from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache

from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, Column, ColumnKind, NotStated, PlanFacts, Proof, Row, Stated
from pcstrat.diff import Difference
from pcstrat.model.times import Time, format_time
from pcstrat.registry import Registry
from pcstrat.registry.timing import Interval, Written, days_published, written
from pcstrat.text import sentence_case, sorting_key

_TIMES_KEPT = 4_096
_COUNTS_KEPT = 1_024


@dataclass(frozen=True)
class View:
    """The plans compared, by name, and what changed in each since an earlier one. Make it with `view_of`."""

    digests: tuple[Digest, ...]
    registry: Registry
    as_of: dt.date
    differences: Mapping[str, Difference] = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each plan is called, by its id."""
        return {digest.plan: digest.name for digest in self.digests}

    @cached_property
    def facts(self) -> tuple[PlanFacts, ...]:
        """What to read first of each plan."""
        return tuple(digest.facts for digest in self.digests)

    @cached_property
    def plan_columns(self) -> tuple[Column, ...]:
        """A column for each plan."""
        return tuple(Column(digest.plan, digest.name, ColumnKind.COUNT, digest.plan) for digest in self.digests)

    @cached_property
    def written(self) -> Mapping[str, Written]:
        """When each plan can have been written, by its id."""
        return {
            digest.plan: written(digest.document, digest.icb, digest.newest_cited, self.registry)
            for digest in self.digests
        }

    @cached_property
    def published(self) -> Mapping[str, Interval | None]:
        """When each national commitment can have appeared, by its code."""
        return {code: days_published(commitment) for code, commitment in self.registry.commitments.items()}

    def matrix_row(
        self, row_id: str, title: str, cell: Callable[[Digest], Cell], *, group: str = "", code: str = ""
    ) -> Row:
        """A row with a cell for each plan."""
        return Row(row_id, title, tuple(map(cell, self.digests)), code=code, group=group)

    def plan_rows(self, cells: Callable[[Digest], Iterable[Cell]]) -> tuple[Row, ...]:
        """A row for each plan."""
        return tuple(Row(digest.plan, digest.name, tuple(cells(digest)), plan=digest.plan) for digest in self.digests)


def view_of(
    digests: Iterable[Digest],
    registry: Registry,
    as_of: dt.date,
    differences: Mapping[str, Difference] | None = None,
) -> View:
    """Put digests in order by name, each plan once; plans of one ICB are told apart by their ids."""
    once = {digest.plan: digest for digest in digests}
    names = Counter(digest.name for digest in once.values())
    told = [_told_apart(digest) if names[digest.name] > 1 else digest for digest in once.values()]
    ordered = sorted(told, key=lambda digest: (sorting_key(digest.name), digest.plan))
    return View(tuple(ordered), registry, as_of, differences or {})


def _told_apart(digest: Digest) -> Digest:
    return replace(digest, facts=replace(digest.facts, name=f"{digest.name} ({digest.plan})"))


NOT_STATED = NotStated()
NO_ITEMS = Stated("None", 0)
"""There is nothing to count."""


def text_cell(text: str, proofs: tuple[Proof, ...] = ()) -> Cell:
    """A cell with words, or that there are none."""
    return Stated(text, None, proofs) if text else NOT_STATED


def text_cells(texts: Iterable[str], proofs: tuple[Proof, ...]) -> list[Cell]:
    """A cell for each text."""
    return [Stated(text, None, proofs) if text else NOT_STATED for text in texts]


def time_cell(time: Time | None, proofs: tuple[Proof, ...]) -> Cell:
    """A cell with a time, or that there is none."""
    if time is None:
        return NOT_STATED
    return Stated(_in_words(time), time, proofs)


@lru_cache(maxsize=_TIMES_KEPT)
def _in_words(time: Time) -> str:
    """A time as a cell says it; most times stand in many cells."""
    return sentence_case(format_time(time))


def count_cell(proofs: Sequence[Proof], otherwise: str = "None", note: str = "") -> Cell:
    """How many items there are, with the items; `otherwise` when there is none."""
    number = len(proofs)
    if not number:
        return _none(otherwise)
    return Stated(f"{number:,}", number, tuple(proofs), None, note)


@cache
def _none(words: str) -> NotStated:
    return NotStated(words, 0)


def tally_cell(proofs: Sequence[Proof]) -> Cell:
    """How many items there are, where none is an answer and leaves nothing unsaid."""
    return count_cell(proofs) if proofs else NO_ITEMS


def share_cell(proofs: Sequence[Proof], whole: int, nothing: str) -> Cell:
    """How many of a whole, with the denominator; `nothing` when the whole is empty."""
    if not whole:
        return NotStated(nothing)
    if not proofs:
        return _none_of(whole)
    number = len(proofs)
    return Stated(f"{number:,} of {whole:,}", number, tuple(proofs), None, "", whole)


@lru_cache(maxsize=_COUNTS_KEPT)
def _none_of(whole: int) -> NotStated:
    return NotStated(f"0 of {whole:,}", 0, whole)
