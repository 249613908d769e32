"""Turns digests into the profile of each plan: what it is, what period it covers, and how much is in it."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat import terms
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, Column, ColumnKind, NotJudged, NotStated, Proof, Shape, Stated, Table, Topic
from pcstrat.compare.view import View, count_cell, text_cell, time_cell
from pcstrat.compare.words import in_words, of_plans, plans_in_words
from pcstrat.light_markdown import plain_words
from pcstrat.model.quantities import format_quantity
from pcstrat.model.times import Time, financial_year_name, financial_year_of
from pcstrat.model.vocabulary import DocumentKind
from pcstrat.naming import shorten
from pcstrat.outline import part_id
from pcstrat.reading import reading_age
from pcstrat.registry import Icb
from pcstrat.text import in_a_sentence, listed, long_date, visible

_LONGEST = 120
COLUMNS = (
    Column("icb", "ICB"),
    Column("ods-code", "ODS code"),
    Column("region", "Region"),
    Column("icb-status", "ICB today"),
    Column("kind", "Kind of document"),
    Column("status", "Status"),
    Column("version", "Version"),
    Column("published", "Published", ColumnKind.TIME),
    Column("approved", "Approved", ColumnKind.TIME),
    Column("review", "Next review", ColumnKind.TIME),
    Column("period", "Period", ColumnKind.TIME),
    Column("financial-years", "Financial years covered"),
    Column("year-one", "Year 1 of the plan"),
    Column("population", "Population", ColumnKind.NUMBER),
    Column("scope", "Parts of primary care"),
    Column("ambitions", "Ambitions", ColumnKind.COUNT),
    Column("objectives", "Objectives", ColumnKind.COUNT),
    Column("enablers", "Enablers", ColumnKind.COUNT),
    Column("actions", "Actions", ColumnKind.COUNT),
    Column("milestones", "Milestones", ColumnKind.COUNT),
    Column("measures", "Measures", ColumnKind.COUNT),
    Column("amounts", "Amounts of money", ColumnKind.COUNT),
    Column("owners", "Objectives with a named owner", ColumnKind.COUNT),
    Column("consultation", "Consultation"),
    Column("hwb-opinion", "Opinion of the health and wellbeing board"),
    Column("equality-impact", "Equality impact assessment"),
    Column("reading-grade", "Reading grade", ColumnKind.COUNT),
)


def topic(view: View) -> Topic:
    """One table, a row for each plan."""
    rows = view.plan_rows(
        lambda digest: (*_identity(view, digest), *_dates(digest), *_amount_of(digest), *_board(digest))
    )
    table = Table(
        id="profile",
        title="Plan profile",
        finding=_finding(view),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=COLUMNS,
        rows=rows,
    )
    return Topic(
        id="profile",
        title="Plan profile",
        tables=(table,),
        method=(
            (
                f"An ambition without objectives under it counts as an objective. {terms.MILESTONES} What a plan has "
                "given up is not counted. Year 1 is what the plan's own timelines say, or the start of its period."
            ),
            (
                "The reading grade is the Flesch-Kincaid grade of the plan's own sentences: about how many years at "
                "school a reader needs. Of a long plan, some 1,000 words spread through it are read. Formulas only "
                "show where to look. Restated wording is not judged."
            ),
            "Whether an ICB is open is as at the date of this comparison; it is not a fault of the plan.",
        ),
    )


def _finding(view: View) -> str:
    number = len(view.digests)
    kinds = {digest.document.kind for digest in view.digests}
    dated = [digest for digest in view.digests if digest.document.published]
    period = [digest for digest in view.digests if digest.document.period]
    kind = "one kind" if len(kinds) == 1 else f"{in_words(len(kinds))} different kinds"
    start = f"The {plans_in_words(number)} are documents of {kind}. " if number > 1 else ""
    dates = f"{of_plans(dated, number, 'states', 'state')} when it was published"
    if len(dated) > 1:
        dates = f"{of_plans(dated, number, 'states', 'state')} when they were published"
    return f"{start}{dates}, and {_of(period, number)} the period that it covers."


def _of(part: list[Digest], whole: int) -> str:
    return in_a_sentence(of_plans(part, whole, "states", "state").removeprefix("The plan " if whole == 1 else ""))


def _identity(view: View, digest: Digest) -> Iterator[Cell]:
    icb = view.registry.icb(digest.icb)
    control = _control(digest)
    document = digest.document
    yield Stated(digest.facts.icb, proofs=(control,))
    yield Stated(digest.icb, proofs=(control,))
    yield text_cell(icb.region_name if icb else "")
    yield text_cell(_open_or_closed(view, icb))
    yield Stated(_kind(document.kind), proofs=(control,))
    yield text_cell(digest.facts.status.text if document.status else "", (control,))
    yield text_cell(visible(document.version or ""), (control,))


def _control(digest: Digest) -> Proof:
    """The place of the page where the facts of the document stand."""
    return digest.proof(part_id("part", "control"), "About this document")


def _kind(kind: DocumentKind) -> str:
    return f"{kind.value[:1].upper()}{kind.value[1:]}"


def _open_or_closed(view: View, icb: Icb | None) -> str:
    if icb is None:
        return ""
    if icb.closed is None or icb.is_open(view.as_of):
        return "Open"
    after = [f"{successor.short_name} ICB" for successor in view.registry.successors(icb.ods_code)]
    return f"Closed on {long_date(icb.closed)}" + (f"; its area is now covered by {listed(after)}" if after else "")


def _dates(digest: Digest) -> Iterator[Cell]:
    document, control = digest.document, _control(digest)
    for time in (document.published, document.approved, document.review, document.period):
        yield time_cell(time, (control,))
    years = _years(document.period)
    yield text_cell(years, (control,))
    first = digest.year_one
    timeline = digest.proof(part_id("part", "timeline"), "Timeline") if digest.milestones else control
    yield Stated(financial_year_name(financial_year_of(first)), first, (timeline,)) if first else NotStated()
    yield _population(digest)
    scope = ", ".join(terms.PILLARS[pillar] for pillar in document.scope)
    yield text_cell(scope, (control,))


def _years(period: Time | None) -> str:
    years = period.financial_years if period else ()
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years)


def _population(digest: Digest) -> Cell:
    figure = digest.population
    if figure is None:
        return NotStated()
    proof = digest.proof(part_id("part", "figures"), "The area in numbers")
    note = "" if figure.as_at else "as at: not stated"
    return Stated(format_quantity(figure.value), figure.value, (proof,), note=note)


def _amount_of(digest: Digest) -> Iterator[Cell]:
    yield count_cell([part.item for part in digest.parts if part.kind == "ambition"])
    yield count_cell([part.item for part in digest.objectives])
    yield count_cell([part.item for part in digest.parts if part.kind == "enabler"])
    yield count_cell([action for part in digest.parts for action in part.actions])
    yield count_cell(digest.milestone_items, note=f"{len(digest.dated):,} with a date")
    yield count_cell([entry.item for entry in digest.measures], otherwise="None stated")
    yield count_cell([amount.item for amount in digest.amounts if amount.money], otherwise="None stated")
    yield count_cell(
        [part.item for part, named in digest.named if named.is_owned and part.kind != "enabler"],
        otherwise="None stated",
    )


def _board(digest: Digest) -> Iterator[Cell]:
    board, control = digest.document.board, _control(digest)
    engaged = digest.proof(part_id("part", "engagement"), "How people were involved")
    consulted = board.consultation if board else None
    if consulted or not digest.has_engagement:
        yield _in_short(consulted, control)
    else:
        yield Stated("Says how people were involved", proofs=(engaged,))
    yield _in_short(board.health_and_wellbeing_board_opinion if board else None, control)
    yield _in_short(board.equality_impact_assessment if board else None, control)
    yield _grade(digest, control)


def _grade(digest: Digest, control: Proof) -> Cell:
    if digest.reading_grade is not None:
        number = round(digest.reading_grade)
        return Stated(f"{number}", number, (control,), note=reading_age(digest.reading_grade))
    document = digest.document
    return NotJudged("Not judged: restated" if document.restated_by else "Not judged: short, or not in English")


def _in_short(text: str | None, proof: Proof) -> Cell:
    return text_cell(shorten(plain_words(text), _LONGEST) if text else "", (proof,))
