"""Turns a plan into four tables as CSV: objectives, milestones, measures and funding, with what each column means.

The columns and their meanings stand here once. The CSV files, the description beside them (CSV on the Web, a W3C
recommendation) and `docs/data.md` are made from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from pcstrat.export.csv_text import Plain, csv_lines
from pcstrat.export.json_text import to_text
from pcstrat.model.aims import Ambition, Objective, Strand
from pcstrat.model.base import Model, names_in_files
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.money import AmountStatus
from pcstrat.model.plan import Plan
from pcstrat.model.points import Lineage, Milestone
from pcstrat.model.times import Time, format_time
from pcstrat.money_outline import commitment_of, fund_of, funded_year, recurrence_of
from pcstrat.outline import answering, milestones_in_plan
from pcstrat.status import words_of

Row: TypeAlias = tuple[Plain, ...]

METADATA_NAME = "tables.json"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the header, its type in CSV on the Web, and what it means."""

    name: str
    datatype: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a table shows of one sort of part of a plan; `columns` names those of its fields that have another name.

    A field whose column is empty is not in the table, though another part has a column of that name.
    """

    what: str
    model: type[Model]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a plan: its file, what a row is, its columns, the function that makes the rows, and what they show."""

    file: str
    row_is: str
    columns: tuple[Column, ...]
    rows: Callable[[Plan], Iterable[Row]]
    shows: tuple[Shown, ...]

    @property
    def title(self) -> str:
        """What the table is called: `Milestones`."""
        return self.file.removesuffix(".csv").capitalize()

    def left_out(self) -> Iterator[tuple[str, list[str]]]:
        """Each sort of part of a plan that the table shows, with its fields, by name in a file, that have no column."""
        columns = {column.name for column in self.columns}
        for shown in self.shows:
            fields = names_in_files(shown.model).values()
            yield shown.what, [field for field in fields if shown.columns.get(field, field) not in columns]


def sheet_csv(sheet: Sheet, plan: Plan) -> bytes:
    """One table of a plan as CSV: UTF-8, LF, a header; a cell is empty where the plan states nothing."""
    return "".join(csv_lines(chain(([column.name for column in sheet.columns],), sheet.rows(plan)))).encode()


def tables_metadata() -> bytes:
    """What the tables mean, as metadata in the form of CSV on the Web. It is the same for every plan."""
    return to_text(
        {"@context": "http://www.w3.org/ns/csvw", "tables": [_described(sheet) for sheet in SHEETS]}
    ).encode()


def _described(sheet: Sheet) -> dict[str, Any]:
    columns = [
        {"name": each.name, "titles": each.name, "datatype": each.datatype, "dc:description": each.meaning, "null": ""}
        for each in sheet.columns
    ]
    return {
        "url": sheet.file,
        "dc:description": f"One row for {sheet.row_is}.",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tableSchema": {"columns": columns},
    }


def _listed(values: Iterable[object]) -> str:
    return "; ".join(map(str, values))


def _aims(plan: Plan) -> Iterator[tuple[str, Objective | None, Objective]]:
    """Each aim with what it is and what it stands under."""
    for ambition in plan.ambitions:
        yield "ambition", None, ambition
        for objective in ambition.objectives:
            yield "objective", ambition, objective
    for enabler in plan.enablers:
        yield "enabler", None, enabler


def _given_up(*around: Lineage | None) -> str | None:
    """What a cell says where an item, or anything around it, was given up."""
    return "yes" if any(item is not None and item.retired for item in around) else None


def _answers(aim: Objective, above: Objective | None) -> str | None:
    who = answering(aim, above)
    return _listed(dict.fromkeys(who.who_answers)) if who else None


def _objectives(plan: Plan) -> Iterator[Row]:
    for kind, above, aim in _aims(plan):
        yield (
            plan.id, aim.id, kind, above.id if above else None, aim.label, aim.title, aim.text or aim.statement,
            aim.owner, _listed(aim.accountable), _answers(aim, above), aim.led_by, _listed(aim.partners),
            _listed(aim.pillars), _listed(aim.themes), _listed(aim.commitments), _listed(aim.mentions),
            _listed(aim.depends_on), aim.note, _given_up(above, aim),
        )  # fmt: skip


def _time(time: Time | None) -> Row:
    if time is None:
        return None, None, None, None, None, None
    return format_time(time), time.published or None, time.kind.value, time.start, time.end, time.precision.value


def _milestones(plan: Plan) -> Iterator[Row]:
    for dated in milestones_in_plan(plan):
        item = dated.milestone
        yield (
            plan.id, item.id, dated.aim.id, dated.part.title if isinstance(dated.part, Strand) else None,
            words_of(item), item.text if item.title else None, getattr(item, "kind", "action"), item.condition,
            *_time(dated.time), _published(getattr(item, "repeats", None)),
            dated.band.label if dated.band else None, dated.stated_owner,
            item.led_by, _listed(item.partners), item.set_by, _listed(item.depends_on),
            item.status, item.note, "yes" if dated.is_given_up else None,
        )  # fmt: skip


def _published(time: Time | None) -> str | None:
    return time.published or format_time(time) if time else None


def _reading(reading: Reading | None) -> Row:
    if reading is None:
        return (None,) * len(_READING)
    value = reading.value
    number = value.number, value.upper, value.of, value.qualifier or None
    return value.published, *number, value.unit or None, _published(reading.when), reading.note


def _measures(plan: Plan) -> Iterator[Row]:
    for _, above, aim in _aims(plan):
        parts: tuple[Objective | Strand, ...] = (aim, *aim.strands)
        for part in parts:
            for measure in part.measures:
                yield (*_measure(plan, aim, part, measure), _given_up(above, aim, part, measure))


def _measure(plan: Plan, aim: Objective, part: Objective | Strand, measure: Measure) -> Row:
    return (
        plan.id, measure.id, aim.id, part.title if isinstance(part, Strand) else None, measure.label, measure.title,
        measure.text, measure.indicator, measure.unit, measure.population,
        *_reading(measure.baseline), *_reading(measure.latest), *_reading(measure.target), _published(measure.by),
        measure.direction, _listed(measure.splits), measure.frequency, measure.source, measure.owner,
        _listed(measure.of), _listed(measure.commitments), measure.note,
    )  # fmt: skip


def _tables(plan: Plan) -> Iterator[tuple[tuple[Objective | None, ...], FundingTable]]:
    """Each table with the aim that it stands in, the outer one first; with nothing where it is the whole plan's."""
    yield from (((None,), table) for table in plan.funding)
    for _, above, aim in _aims(plan):
        yield from (((above, aim), table) for table in aim.funding)


def _funding(plan: Plan) -> Iterator[Row]:
    for aims, table in _tables(plan):
        for line in table.lines:
            starts = plan.id, aims[-1].id if aims[-1] else None, table.title, line.id, line.title, line.text
            ends = (
                line.additional_to, line.excludes, fund_of(line, table), recurrence_of(line, table),
                _published(funded_year(line, table)), _published(line.lasts), _listed(line.serves), line.owner,
                line.note, table.basis, table.commitment_wording, table.text, table.note,
                _given_up(*aims, table, line),
            )  # fmt: skip
            commitment = commitment_of(line, table)
            for amount in line.amounts or (None,):
                yield (*starts, *_amount(amount, commitment), *ends)


def _amount(amount: FundingAmount | None, commitment: str) -> Row:
    """The cells of one amount of a line; of none, that it is not stated."""
    if amount is None:
        return None, commitment, None, None, None, None, AmountStatus.NOT_STATED.value, None, None
    money = amount.amount
    return (
        amount.what, commitment, money.published, money.pounds, money.upper, money.qualifier or None, money.status,
        amount.ring_fenced, amount.note,
    )  # fmt: skip


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_PLAN = ("plan", "string", "Id of the plan.")
_GIVEN_UP = ("given_up", "string", "yes where the plan says that it, or something around it, was given up.")
_DEPENDS_ON = ("depends_on", "string", "Ids of what must come first, separated by semicolons.")
_NOTE = ("note", "string", "The plan's remark on how its source puts it.")
_AIM = ("aim", "string", "Id of the ambition, objective or enabler it stands under.")
_STRAND = ("strand", "string", "Title of the strand it stands in.")
_READING = (
    ("", "string", "The {} as published."),
    ("_number", "decimal", "The number in the {}; of a range the lower one, of a share such as 3 in 5 the first one."),
    ("_upper", "decimal", "The upper number of a range in the {}."),
    ("_of", "decimal", "Of how many the number in the {} is a share, as 5 in 3 in 5; empty where it is no such share."),
    (
        "_qualifier",
        "string",
        "What goes before the number in the {}: about, over, at least, under, up to and the like.",
    ),
    ("_unit", "string", "The unit of the {}, as published."),
    ("_when", "string", "The time of the {}, as published."),
    ("_note", "string", "The plan's remark on the {}."),
)

_OVER = {"retired": _GIVEN_UP[0]}
_OF_TABLE = {"id": "", "title": "table", "lines": "line", "text": "table_text", "note": "table_note"}

SHEETS = (
    Sheet(
        "objectives.csv",
        "each ambition, objective and enabler",
        _columns(
            _PLAN,
            ("id", "string", "Permanent id; the anchor in the page."),
            ("kind", "string", "ambition, objective or enabler."),
            ("under", "string", "Id of the ambition that an objective stands under."),
            ("label", "string", "Label as printed."),
            ("title", "string", "Title as printed."),
            ("text", "string", "What it is."),
            ("owner", "string", "The responsible lead."),
            ("accountable", "string", "Accountable bodies, separated by semicolons."),
            (
                "answers",
                "string",
                "Who answers for it: its accountable bodies and owner, or where it states none those of its ambition.",
            ),
            ("led_by", "string", "Who leads the work."),
            ("partners", "string", "Who takes part, separated by semicolons."),
            ("pillars", "string", "Parts of primary care (our classification), separated by semicolons."),
            ("themes", "string", "Themes (our classification), separated by semicolons."),
            ("commitments", "string", "National commitments it answers (our classification), separated by semicolons."),
            ("mentions", "string", "National commitments it only mentions, separated by semicolons."),
            _DEPENDS_ON,
            _NOTE,
            _GIVEN_UP,
        ),
        _objectives,
        (Shown("an ambition, objective or enabler", Ambition, _OVER | {"objectives": "under", "says": ""}),),
    ),
    Sheet(
        "milestones.csv",
        "each milestone and each action with a time or a status",
        _columns(
            _PLAN,
            ("id", "string", "Permanent id."),
            _AIM,
            _STRAND,
            ("what", "string", "What it says: its title, else its text."),
            ("text", "string", "Its text, where it has a title too."),
            ("kind", "string", "action, output or outcome."),
            ("if", "string", "The condition it depends on, as published; empty where it is meant without one."),
            ("when", "string", "Its time in words: the deadline in its text, else its own time, else its band's."),
            ("when_published", "string", "That time as published."),
            ("time_kind", "string", "date, range, by, from, band, relative, duration, recurring, ongoing or unclear."),
            ("first_day", "date", "The first day of that time, where one is known."),
            ("last_day", "date", "The last day of that time, where one is known."),
            ("precision", "string", "The unit that the time was stated in."),
            ("repeats", "string", "How often it happens again, as published."),
            ("band", "string", "Heading of the band it stands in, as printed."),
            (
                "owner",
                "string",
                "The nearest owner that is stated: its own, or that of its strand, aim or ambition.",
            ),
            ("led_by", "string", "Who leads the work."),
            ("partners", "string", "Who takes part, separated by semicolons."),
            ("set_by", "string", "The other body that set the date or the task."),
            _DEPENDS_ON,
            ("status", "string", "How far it has got: planned, under way, done, delayed or stopped."),
            _NOTE,
            _GIVEN_UP,
        ),
        _milestones,
        (Shown("a milestone or action", Milestone, _OVER | {"title": "what", "due": "when"}),),
    ),
    Sheet(
        "measures.csv",
        "each measure",
        _columns(
            _PLAN,
            ("id", "string", "Permanent id."),
            _AIM,
            _STRAND,
            ("label", "string", "Label as printed."),
            ("title", "string", "Short name."),
            ("text", "string", "What the plan says it will see."),
            ("indicator", "string", "What is counted."),
            ("unit", "string", "In what unit."),
            ("population", "string", "Of whom."),
            *(
                (f"{name}{suffix}", datatype, meaning.format(name if name != "latest" else "newest value"))
                for name in ("baseline", "latest", "target")
                for suffix, datatype, meaning in _READING
            ),
            ("by", "string", "By when the target is to be reached, as published."),
            ("direction", "string", "up, down or maintain."),
            ("splits", "string", "How it is split: deprivation, ethnicity, age or sex, separated by semicolons."),
            ("frequency", "string", "How often it is read."),
            ("source", "string", "Id of the source that its values come from."),
            ("owner", "string", "Who answers for it."),
            ("of", "string", "Ids of the actions and milestones that it judges, separated by semicolons."),
            ("commitments", "string", "National commitments it answers, separated by semicolons."),
            _NOTE,
            _GIVEN_UP,
        ),
        _measures,
        (
            Shown("a measure", Measure, _OVER),
            Shown("a value of it", Reading, {"value": "target", "when": "target_when", "source": ""}),
        ),
    ),
    Sheet(
        "funding.csv",
        "each amount, and each line of a table without one",
        _columns(
            _PLAN,
            ("aim", "string", "Id of the ambition, objective or enabler; empty for tables of the whole plan."),
            ("table", "string", "Title of the table."),
            ("line", "string", "Permanent id of the line."),
            ("title", "string", "What the money is for."),
            ("text", "string", "What else the line says."),
            ("part", "string", "What this amount is for, where a line has several."),
            ("commitment", "string", "Whether it is promised: committed, proposed, existing or not stated."),
            ("amount", "string", "The amount as published."),
            (
                "pounds",
                "decimal",
                "The exact amount in pounds; of a range the lower one. Never add up without commitment.",
            ),
            ("upper_pounds", "decimal", "The upper amount of a range in pounds."),
            ("qualifier", "string", "about, over, at least, under, up to, nearly or approaching."),
            ("amount_status", "string", "exact, to be confirmed or not stated."),
            ("ring_fenced", "string", "What the amount is ring-fenced to, as published."),
            ("amount_note", "string", "Words printed beside the amount, which may be a condition."),
            ("additional_to", "string", "What the amount comes on top of."),
            ("excludes", "string", "What the amount does not include."),
            ("fund", "string", "The fund it comes from."),
            ("recurrence", "string", "recurrent or non-recurrent."),
            ("year", "string", "The year or years it is for, as published."),
            ("lasts", "string", "How long it lasts, as published."),
            ("serves", "string", "Ids of what it pays for (our classification), separated by semicolons."),
            ("owner", "string", "Who answers for it."),
            _NOTE,
            ("basis", "string", "The basis printed with the amounts of the table, such as FYE."),
            ("commitment_wording", "string", "How the plan puts whether the money of the table is promised."),
            ("table_text", "string", "What is said of the table."),
            ("table_note", "string", "The plan's remark on the table."),
            _GIVEN_UP,
        ),
        _funding,
        (
            Shown("a table of money", FundingTable, _OVER | _OF_TABLE),
            Shown("a line of it", FundingLine, _OVER | {"id": "line", "amounts": "amount"}),
            Shown("an amount", FundingAmount, {"what": "part", "note": "amount_note"}),
        ),
    ),
)
"""Every table; a row of each function has a value for each column."""
