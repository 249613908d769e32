"""Turns digests into milestones by financial year and quarter; what has no date is counted in columns of its own.

A milestone is counted once: in the quarter its time lies in, else in the financial year, else in the financial year in
which it ends (or begins, when it has no end).
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pcstrat import terms
from pcstrat.compare import words
from pcstrat.compare.facts import Digest, Milestone
from pcstrat.compare.table import Cell, Column, Kind, Row, Shape, Table, Topic
from pcstrat.compare.view import View, count_cell
from pcstrat.model.times import Precision, Time, TimeKind, financial_year_name, financial_year_of
from pcstrat.model.vocabulary import Theme
from pcstrat.text import counted

_FINE = frozenset({Precision.DAY, Precision.PART_OF_MONTH, Precision.MONTH, Precision.QUARTER})
_MONTHS_A_QUARTER, _FIRST_MONTH = 3, 4
NO_THEME = "no-theme"


class Undated(enum.Enum):
    """Why a milestone stands in no year."""

    NONE = ("undated", "No time stated")
    RELATIVE = ("relative", "Counted from a time not stated")
    ONGOING = ("ongoing", "Ongoing or repeated")
    UNCLEAR = ("unclear", "Date unclear")

    def __init__(self, key: str, title: str) -> None:
        self.key = key
        self.title = title


class Period(NamedTuple):
    """A financial year, or a quarter of one (1 is April to June); quarter 0 is the year as a whole."""

    year: int
    quarter: int = 0

    @property
    def key(self) -> str:
        """Its id in tables: `2024-25-q1`."""
        return financial_year_name(self.year).replace("/", "-") + (f"-q{self.quarter}" if self.quarter else "")

    @property
    def title(self) -> str:
        """What it is called: `2024/25, April to June`."""
        quarters = (
            "quarter not stated",
            "April to June",
            "July to September",
            "October to December",
            "January to March",
        )
        return f"{financial_year_name(self.year)}, {quarters[self.quarter]}"


def place_of(time: Time | None) -> Period | Undated:
    """Where a milestone with this time is counted."""
    if time is None:
        return Undated.NONE
    if time.kind is TimeKind.UNCLEAR:
        return Undated.UNCLEAR
    last = time.end or time.start
    if last is None:
        return Undated.ONGOING if time.kind in {TimeKind.ONGOING, TimeKind.RECURRING} else Undated.RELATIVE
    first = time.start if time.start and time.end else last
    period = Period(financial_year_of(last), _quarter(last.month))
    same = (financial_year_of(first), _quarter(first.month)) == period
    return period if same and time.precision in _FINE else Period(period.year)


def _quarter(month: int) -> int:
    return (month - _FIRST_MONTH) % 12 // _MONTHS_A_QUARTER + 1


def topic(view: View) -> Topic:
    """The counts of each plan by quarter, and the milestones of each theme by financial year."""
    placed = {digest.plan: [(place_of(entry.time), entry) for entry in digest.milestones] for digest in view.digests}
    years = sorted({place.year for found in placed.values() for place, _ in found if isinstance(place, Period)})
    return Topic(
        id="milestones",
        title="Milestones",
        tables=(_by_quarter(view, placed, years), _by_theme(view, placed, years)),
        method=(
            (
                "A milestone is counted once: in its quarter; else in its financial year; and when it covers several "
                "years, in the one in which it ends. A milestone without a time of its own has that of its band. Years "
                "of a programme (Year 3) count as the financial years that the plan says they are."
            ),
            "An action that states a time is counted as a milestone. Plans do not record which milestones were met.",
        ),
    )


Placed = dict[str, list[tuple[Period | Undated, Milestone]]]


def _by_quarter(view: View, placed: Placed, years: list[int]) -> Table:
    used = {place for found in placed.values() for place, _ in found}
    periods = [Period(year, quarter) for year in years for quarter in (1, 2, 3, 4, 0)]
    shown: list[Period | Undated] = [*(period for period in periods if period.quarter or period in used), *Undated]
    return Table(
        id="milestones",
        title="Milestones by financial year and quarter",
        finding=_finding(view, placed),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=tuple(Column(place.key, place.title, Kind.COUNT) for place in shown),
        rows=view.plan_rows(lambda digest: _counts(placed[digest.plan], shown)),
    )


def _counts(found: list[tuple[Period | Undated, Milestone]], shown: Iterable[Period | Undated]) -> Iterator[Cell]:
    by_place: dict[Period | Undated, list[Milestone]] = {}
    for place, entry in found:
        by_place.setdefault(place, []).append(entry)
    for place in shown:
        yield count_cell([entry.item for entry in by_place.get(place, ())])


def _finding(view: View, placed: Placed) -> str:
    """How many milestones there are, how many have a date, and the year of most, when more than half are in one."""
    places = [place for found in placed.values() for place, _ in found]
    years = Counter(place.year for place in places if isinstance(place, Period))
    dated = years.total()
    have = "has" if len(view.digests) == 1 else "have"
    subject = "The plan" if len(view.digests) == 1 else f"The {words.plans(len(view.digests))}"
    text = f"{subject} {have} {counted(len(places), 'milestone')}, {dated:,} of them with a date."
    year, number = years.most_common(1)[0] if years else (0, 0)
    return f"{text} Most dates fall in {financial_year_name(year)}." if number * 2 > dated > 1 else text


def _by_theme(view: View, placed: Placed, years: list[int]) -> Table:
    """A row for each theme and financial year; cells hold the milestones of each plan."""
    cells: dict[tuple[str, str], dict[str, list[Milestone]]] = {}
    for plan, found in placed.items():
        for place, entry in found:
            year = financial_year_name(place.year) if isinstance(place, Period) else place.title
            for theme in entry.themes or (NO_THEME,):
                cells.setdefault((str(theme), year), {}).setdefault(plan, []).append(entry)
    order = [*map(financial_year_name, years), *(reason.title for reason in Undated)]
    rows = tuple(
        _theme_row(view, theme, year, cells[theme, year])
        for theme in (*map(str, Theme), NO_THEME)
        for year in order
        if (theme, year) in cells
    )
    number = len({row.group for row in rows})
    return Table(
        id="milestones-by-theme",
        title="Milestones by theme",
        finding=f"Milestones are about {counted(number, 'theme')}; one that is about several stands under each.",
        heads="Financial year",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=rows,
    )


def _theme_row(view: View, theme: str, year: str, by_plan: dict[str, list[Milestone]]) -> Row:
    def cell(digest: Digest) -> Cell:
        return count_cell([entry.item for entry in by_plan.get(digest.plan, ())])

    group = "No theme" if theme == NO_THEME else terms.THEMES[Theme(theme)]
    return view.matrix_row(f"{theme}/{year.lower().replace('/', '-').replace(' ', '-')}", year, cell, group=group)
