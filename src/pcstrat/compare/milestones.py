"""Turns digests into milestones by financial year and quarter; what has no date is counted in columns of its own.

A milestone is counted once, where its time ends (or begins, when it has no end): in that quarter; where a year is all
that is stated, in that financial year; and where two financial years are possible ("in 2024"), under both together.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pcstrat import terms
from pcstrat.compare import words
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, Column, ColumnKind, NotStated, Proof, Row, Shape, Table, Topic
from pcstrat.compare.view import View, tally_cell
from pcstrat.model.times import Precision, Time, TimeKind, financial_year_name, financial_year_of
from pcstrat.model.vocabulary import Theme
from pcstrat.text import counted

_FINE = frozenset({Precision.DAY, Precision.PART_OF_MONTH, Precision.MONTH, Precision.QUARTER})
_MONTHS_OF_VAGUE = {Precision.SEASON: 3, Precision.CALENDAR_YEAR: 12}
_MONTHS_OF_THIRD, _MONTHS_OF_HALF = 4, 6
_MONTHS_A_QUARTER, _FIRST_MONTH = 3, 4
NO_THEME = "no-theme"
NO_MILESTONES = "No milestones"


class Undated(enum.Enum):
    """Why a milestone stands in no year."""

    NONE = ("undated", "No time stated")
    RELATIVE = ("relative", "Counted from a time not stated")
    ONGOING = ("ongoing", "Ongoing or repeated")
    UNCLEAR = ("unclear", "Date unclear")

    def __init__(self, key: str, title: str) -> None:
        self.key = key
        self.title = title

    @property
    def years(self) -> str:
        """What it is called where there is a row for each year."""
        return self.title


WHOLE_YEAR, OR_NEXT_YEAR = 0, 5
_QUARTERS = ("quarter not stated", "April to June", "July to September", "October to December", "January to March")


class YearOrQuarter(NamedTuple):
    """A financial year, or a quarter of one: 1 is April to June, 0 the year as a whole, 5 that year or the next one."""

    year: int
    quarter: int = WHOLE_YEAR

    @property
    def key(self) -> str:
        """Its id in tables: `2024-25-q1`."""
        name = financial_year_name(self.year).replace("/", "-")
        if self.quarter == OR_NEXT_YEAR:
            return f"{name}-or-next"
        return name + (f"-q{self.quarter}" if self.quarter else "")

    @property
    def title(self) -> str:
        """What it is called: `2024/25, April to June`."""
        return self.years if self.quarter == OR_NEXT_YEAR else f"{self.years}, {_QUARTERS[self.quarter]}"

    @property
    def years(self) -> str:
        """Its financial year, or the two that are possible: `2023/24 or 2024/25`."""
        name = financial_year_name(self.year)
        return f"{name} or {financial_year_name(self.year + 1)}" if self.quarter == OR_NEXT_YEAR else name


Place: TypeAlias = YearOrQuarter | Undated
"""Where a milestone is counted."""


def place_of(time: Time | None) -> Place:
    """Where a milestone with this time is counted."""
    if time is None:
        return Undated.NONE
    if time.kind is TimeKind.UNCLEAR:
        return Undated.UNCLEAR
    day = time.end or time.start
    if day is None:
        return Undated.ONGOING if time.kind in {TimeKind.ONGOING, TimeKind.RECURRING} else Undated.RELATIVE
    year = financial_year_of(day)
    if time.precision in _FINE and not _is_financial_year(time):
        return YearOrQuarter(year, _quarter(day.month))
    first, last = sorted((year, financial_year_of(_other_end(time, day))))
    return YearOrQuarter(first) if first == last else YearOrQuarter(first, OR_NEXT_YEAR)


def _is_financial_year(time: Time) -> bool:
    """Whether a time is one whole financial year, told by its months: "April 2024 to March 2025"."""
    if time.start is None or time.end is None:
        return False
    begins, ends = time.start, time.end + dt.timedelta(days=1)
    first_days = {(day.month, day.day) for day in (begins, ends)}
    return first_days == {(_FIRST_MONTH, 1)} and ends.year == begins.year + 1


def _other_end(time: Time, day: dt.date) -> dt.date:
    """The other end of the vague unit ("2024", "early 2024", "spring 2024") of which `day` is the last or first day."""
    if time.kind is TimeKind.DATE and time.start:
        return time.start
    part = _MONTHS_OF_THIRD if time.approximate else _MONTHS_OF_HALF
    months = part if time.precision is Precision.PART_OF_YEAR else _MONTHS_OF_VAGUE.get(time.precision, 1)
    month = day.year * 12 + day.month - 1 + (1 - months if time.end else months - 1)
    return dt.date(month // 12, month % 12 + 1, 1)


def _quarter(month: int) -> int:
    return (month - _FIRST_MONTH) % 12 // _MONTHS_A_QUARTER + 1


def topic(view: View) -> Topic:
    """The counts of each plan by quarter, and the milestones of each theme by financial year."""
    known: dict[int, tuple[Place, str]] = {}
    placed = {digest.plan: _placed(digest, known) for digest in view.digests}
    used = {place for found in placed.values() for place in found.by_place}
    years = sorted({place.year for place in used if isinstance(place, YearOrQuarter)})
    return Topic(
        id="milestones",
        title="Milestones",
        tables=(_by_quarter(view, placed, used, years), _by_theme(view, placed, years)),
        method=(
            (
                "A milestone is counted once, in the quarter in which it ends, or in its financial year where it is "
                "that whole year. A time that may lie in two financial years (in 2024, in spring 2024) stands under "
                "both together. A milestone without a time of its own has that of its band. Years of a programme "
                "(Year 3) count as the financial years that the plan says they are."
            ),
            (
                f"{terms.MILESTONES} What a plan has given up is not counted. A date that is printed unclearly stands "
                "in a column of its own, and counts as a date where a day can be read from it. Which milestones were "
                f"met is not shown here: where a plan says so, its own page does. {words.THEMES_OF_AIMS}"
            ),
        ),
    )


class Placed(NamedTuple):
    """The milestones of a plan by where they are counted, and by their themes and what that place is called there."""

    by_place: Mapping[Place, Sequence[Proof]]
    by_theme: Mapping[tuple[str, str], Sequence[Proof]]


def _placed(digest: Digest, known: dict[int, tuple[Place, str]]) -> Placed:
    """The milestones of one plan. `known` has what a time is counted under by its identity: one wording is one time."""
    by_place: defaultdict[Place, list[Proof]] = defaultdict(list)
    by_theme: defaultdict[tuple[str, str], list[Proof]] = defaultdict(list)
    for entry in digest.milestones:
        time = entry.time
        found = known.get(id(time))
        if found is None:
            place = place_of(time)
            found = known[id(time)] = place, place.years
        place, years = found
        by_place[place].append(entry.item)
        for theme in entry.themes or (NO_THEME,):
            by_theme[theme, years].append(entry.item)
    return Placed(by_place, by_theme)


def _by_quarter(view: View, placed: Mapping[str, Placed], used: set[Place], years: list[int]) -> Table:
    periods = [YearOrQuarter(year, quarter) for year in years for quarter in (1, 2, 3, 4, WHOLE_YEAR, OR_NEXT_YEAR)]
    always = {1, 2, 3, 4}
    shown: list[Place] = [*(each for each in periods if each.quarter in always or each in used), *Undated]
    return Table(
        id="milestones",
        title="Milestones by financial year and quarter",
        finding=_finding(view, placed),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=tuple(map(_column, shown)),
        rows=view.plan_rows(lambda digest: _counts(digest, placed[digest.plan], shown)),
    )


def _column(place: Place) -> Column:
    return Column(
        place.key, place.title, ColumnKind.COUNT, year=place.years if isinstance(place, YearOrQuarter) else ""
    )


def _counts(digest: Digest, found: Placed, shown: Iterable[Place]) -> Iterator[Cell]:
    for place in shown:
        yield _cell(digest.milestones, found.by_place.get(place, ()))


def _cell(every: Sequence[object], proofs: Sequence[Proof]) -> Cell:
    """How many of a plan's milestones are in one place. None there leaves nothing unsaid, unless it has none at all."""
    return tally_cell(proofs) if every else NotStated(NO_MILESTONES)


def _finding(view: View, placed: Mapping[str, Placed]) -> str:
    """How many milestones there are, how many have a date, and the year of most, when more than half are in one."""
    years: Counter[str] = Counter()
    for found in placed.values():
        for place, items in found.by_place.items():
            if isinstance(place, YearOrQuarter):
                years[place.years] += len(items)
    number = sum(len(digest.milestones) for digest in view.digests)
    dated = sum(len(digest.dated) for digest in view.digests)
    have = "has" if len(view.digests) == 1 else "have"
    subject = "The plan" if len(view.digests) == 1 else f"The {words.plans_in_words(len(view.digests))}"
    if not number:
        return f"{subject} {have} no milestones."
    start = f"{subject} {have} {counted(number, 'milestone')}, {dated:,} of them with a date."
    year, most = years.most_common(1)[0] if years else ("", 0)
    mostly = f"Most dates fall in {year}." if most * 2 > dated > 1 else ""
    return " ".join(filter(None, (start, _unclear(view, placed), mostly)))


def _unclear(view: View, placed: Mapping[str, Placed]) -> str:
    """How many dates are printed unclearly, and how many of those a day can be read from; empty where none is."""
    having = (digest for digest in view.digests if Undated.UNCLEAR in placed[digest.plan].by_place)
    unclear = [entry for digest in having for entry in digest.milestones if place_of(entry.time) is Undated.UNCLEAR]
    if not unclear:
        return ""
    read = sum(entry.is_dated for entry in unclear)
    if len(unclear) == 1:
        return f"1 date is unclear in print; it {'can still be read, and counts' if read else 'cannot be read'}."
    which = f"{read:,} of these can still be read, and count" if read else "none of these can be read"
    return f"{len(unclear):,} dates are unclear in print; {which}."


def _by_theme(view: View, placed: Mapping[str, Placed], years: list[int]) -> Table:
    """A row for each theme and financial year; cells hold the milestones of each plan."""
    used = {key for found in placed.values() for key in found.by_theme}
    either = (YearOrQuarter(year, quarter).years for year in years for quarter in (WHOLE_YEAR, OR_NEXT_YEAR))
    order = [*either, *(reason.years for reason in Undated)]
    rows = tuple(
        _theme_row(view, theme, year, placed) for theme in (*Theme, NO_THEME) for year in order if (theme, year) in used
    )
    number = len({row.group for row in rows})
    return Table(
        id="milestones-by-theme",
        title="Milestones by theme",
        finding=f"Milestones are about {counted(number, 'theme')}; one that is about several stands under each."
        if number
        else f"{words.the_plans(len(view.digests), 'have')} no milestones.",
        heads="Financial year",
        shape=Shape.MATRIX,
        plans=view.facts,
        columns=view.plan_columns,
        rows=rows,
    )


def _theme_row(view: View, theme: str, year: str, placed: Mapping[str, Placed]) -> Row:
    def cell(digest: Digest) -> Cell:
        return _cell(digest.milestones, placed[digest.plan].by_theme.get((theme, year), ()))

    group = "No theme" if theme == NO_THEME else terms.THEMES[Theme(theme)]
    return view.matrix_row(f"{theme}/{year.lower().replace('/', '-').replace(' ', '-')}", year, cell, group=group)
