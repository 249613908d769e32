"""Turns registry rows into Integrated Care Boards, commitments with their targets, and national events."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from pcstrat.registry.rows import Row

ODS_CODE = re.compile(r"[A-Z0-9]{3}|[A-Z0-9]{5}")
"""The form of an Integrated Care Board's ODS code: three characters until 2026, five since."""

COMMITMENT_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")
SUCCESSIONS = ("merger", "split", "boundary")
KINDS = ("duty", "target", "ambition", "programme")
STATUSES = ("current", "ongoing", "ended", "carried-forward", "absorbed", "to-be-replaced")
COMPARATORS = ("at-least", "at-most", "increase-by", "decrease-by")


class Icb(NamedTuple):
    """One Integrated Care Board. `closed` is its last day; `succession` says how it passed to each of `successors`.

    `verified_on` is the day somebody read the row's facts in a primary source, except those of the columns in
    `unverified`. The attributes are the columns of `icbs.csv`, which `docs/registry.md` explains.
    """

    ods_code: str
    name: str
    short_name: str
    opened: dt.date
    closed: dt.date | None
    aliases: tuple[str, ...]
    successors: tuple[str, ...]
    succession: tuple[str, ...]
    ons_code_current: str
    ons_code_history: tuple[str, ...]
    region_ods: str
    region_name: str
    region_ons_2024: str
    cluster_2025_26: str
    verified_on: dt.date | None
    unverified: tuple[str, ...]
    source: str

    def is_open(self, on: dt.date) -> bool:
        """Whether the board exists on a day; its first and last day count."""
        return self.opened <= on and (self.closed is None or on <= self.closed)


class Target(NamedTuple):
    """One number a commitment asks for. `by` is as stated, `by_date` the last day it can mean; both may be absent."""

    indicator: str
    comparator: str
    value: Decimal
    unit: str
    by: str
    by_date: dt.date | None
    population: str


class Commitment(NamedTuple):
    """One coded national duty, target, ambition or programme that an objective may answer.

    No `pillars` means that it does not belong to some pillars more than to others. `published` is text as stated.
    """

    code: str
    title: str
    source_title: str
    source_url: str
    published: str
    applies_from: dt.date | None
    applies_to: dt.date | None
    kind: str
    status: str
    superseded_by: tuple[str, ...]
    pillars: tuple[str, ...]
    themes: tuple[str, ...]
    targets: tuple[Target, ...]
    short_list: bool
    mark: str
    verified_on: dt.date | None
    note: str

    def has_ended(self, on: dt.date) -> bool:
        """Whether its period is over on a day. One that ended on a day not stated is over on every day."""
        if self.applies_to is not None:
            return on > self.applies_to
        return self.status == "ended"


class Event(NamedTuple):
    """One dated national fact. `date` is absent where only a month or year is known; `when` says what is known.

    `names` are those of the bodies and programmes that no longer exist under them since, `now` is what stands for them.
    """

    code: str
    date: dt.date | None
    when: str
    what: str
    planned: str
    about: tuple[str, ...]
    names: tuple[str, ...]
    now: str
    mark: str
    verified_on: dt.date | None
    note: str


def icb_from(row: Row, known: Collection[str]) -> Icb:
    """Read one Integrated Care Board; `known` holds every ODS code.

    Raises:
        NotDoneError: if a cell is missing or wrong, or cells contradict each other; it names file and line.
    """
    row.only(Icb._fields)
    opened, closed = row.date("opened"), row.date("closed")
    if opened is None:
        row.fail("'opened' is missing.")
    if closed is not None and closed < opened:
        row.fail(f"It closed on {closed}, before it opened on {opened}.")
    code, name = row.code("ods_code", ODS_CODE, "QMM or S1Y5D"), row.required("name")
    successors, succession = _succession(row, code, known)
    return Icb(
        ods_code=code,
        name=name,
        short_name=row.text("short_name") or bare_name(name),
        opened=opened,
        closed=closed,
        aliases=row.many("aliases"),
        successors=successors,
        succession=succession,
        ons_code_current=row.text("ons_code_current"),
        ons_code_history=tuple(row.text("ons_code_history").split(">")) if row.text("ons_code_history") else (),
        region_ods=row.text("region_ods"),
        region_name=row.text("region_name"),
        region_ons_2024=row.text("region_ons_2024"),
        cluster_2025_26=row.text("cluster_2025_26"),
        verified_on=row.date("verified_on"),
        unverified=row.codes("unverified", Icb._fields, "column"),
        source=row.text("source"),
    )


def _succession(row: Row, code: str, known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    successors = row.codes("successors", known, "Integrated Care Board in the registry")
    succession = row.codes("succession", SUCCESSIONS, "kind of succession")
    if code in successors:
        row.fail(f"{code} cannot be its own successor.")
    if succession and len(succession) != len(successors):
        row.fail(f"There are {len(succession)} kinds of succession for {len(successors)} successors.")
    return successors, succession


def bare_name(name: str) -> str:
    """Return a board's name without "NHS" and "Integrated Care Board"."""
    return re.sub(r"^NHS\s+|\s+(Integrated Care (Board|System)|ICB|ICS)$", "", name.strip(), flags=re.IGNORECASE)


def commitment_from(
    row: Row, known: Collection[str], pillars: Mapping[str, str], themes: Mapping[str, str]
) -> Commitment:
    """Read one commitment; `known` holds every commitment's code.

    Raises:
        NotDoneError: if a field is missing or wrong; it names file and line.
    """
    row.only(Commitment._fields)
    code = row.code("code", COMMITMENT_CODE, "PCA-APP")
    superseded_by = row.codes("superseded_by", known, "commitment in the registry")
    if code in superseded_by:
        row.fail(f"{code} cannot supersede itself.")
    return Commitment(
        code=code,
        title=row.required("title"),
        source_title=row.required("source_title"),
        source_url=row.text("source_url"),
        published=row.text("published"),
        applies_from=row.date("applies_from"),
        applies_to=row.date("applies_to"),
        kind=row.choice("kind", KINDS),
        status=row.choice("status", STATUSES),
        superseded_by=superseded_by,
        pillars=row.codes("pillars", pillars, "pillar"),
        themes=row.codes("themes", themes, "theme"),
        targets=tuple(_target_from(child) for child in row.children("targets")),
        short_list=row.flag("short_list", default=True),
        mark=row.text("mark"),
        verified_on=row.date("verified_on"),
        note=row.text("note"),
    )


def _target_from(row: Row) -> Target:
    row.only(Target._fields)
    return Target(
        indicator=row.required("indicator"),
        comparator=row.choice("comparator", COMPARATORS),
        value=row.number("value"),
        unit=row.required("unit"),
        by=row.text("by"),
        by_date=row.date("by_date"),
        population=row.text("population"),
    )


def event_from(row: Row) -> Event:
    """Read one national event.

    Raises:
        NotDoneError: if a field is missing or wrong; it names file and line.
    """
    row.only(Event._fields)
    return Event(
        code=row.required("code"),
        date=row.date("date"),
        when=row.required("when"),
        what=row.required("what"),
        planned=row.text("planned"),
        about=row.many("about"),
        names=row.many("names"),
        now=row.text("now"),
        mark=row.required("mark"),
        verified_on=row.date("verified_on"),
        note=row.text("note"),
    )
