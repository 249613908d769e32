"""Turns digests into what each plan says of inequalities."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.compare import words
from pcstrat.compare.commitments import commitment_cell
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Cell, Column, ColumnKind, Proof, Shape, Table, Topic
from pcstrat.compare.view import View, count_cell, share_cell, text_cell
from pcstrat.light_markdown import plain_words
from pcstrat.model.vocabulary import Split, Theme
from pcstrat.naming import shorten
from pcstrat.outline import part_id

_CODES = {
    "LAW-INEQ": "The duty to reduce inequalities",
    "C20-POP": "Core20PLUS5: Core20, the most deprived fifth",
    "C20-PLUS": "Core20PLUS5: PLUS groups, chosen locally",
    "C20-ADULT5": "Core20PLUS5: clinical areas for adults",
    "C20-CYP5": "Core20PLUS5: clinical areas for children",
}
_LONGEST = 120
COLUMNS = (
    *(Column(code.lower(), title, ColumnKind.COUNT) for code, title in _CODES.items()),
    Column("objectives", "Ambitions, objectives, enablers and their parts mainly about inequalities", ColumnKind.COUNT),
    Column("milestones", "Dated milestones about inequalities", ColumnKind.COUNT),
    Column("measures", "Measures about inequalities", ColumnKind.COUNT),
    *(Column(f"split-{split.value}", f"Measures split by {split.value}", ColumnKind.SHARE) for split in Split),
    Column("amounts", "Amounts for inequalities", ColumnKind.COUNT),
    Column("impact", "Equality impact assessment"),
)


def topic(view: View) -> Topic:
    """One table, a row for each plan."""
    table = Table(
        id="inequalities",
        title="Inequalities",
        finding=_finding(view),
        heads="Plan",
        shape=Shape.PLANS,
        plans=view.facts,
        columns=COLUMNS,
        rows=view.plan_rows(lambda digest: _cells(view, digest)),
    )
    return Topic(
        id="inequalities",
        title="Inequalities",
        tables=(table,),
        method=(
            (
                "NHS England's statement on information about inequalities asks for data split at least by "
                "deprivation, ethnicity, age and sex."
            ),
            (
                "An aim may answer the duty to reduce inequalities without being mainly about it: what it answers is "
                "one classification, and its theme another. What answers it need not be an aim: it may be an action, "
                "an element of the vision or a next step. How far a plan takes a commitment is judged as on the page "
                f"of national commitments. {words.THEMES_OF_AIMS}"
            ),
            words.OUR_CLASSIFICATION,
        ),
    )


def _finding(view: View) -> str:
    number = len(view.digests)
    about = [digest for digest in view.digests if any(_objectives(digest))]
    split = [digest for digest in view.digests if any(entry.splits for entry in digest.measures)]
    start = words.of_plans(about, number, "has", "have")
    end = words.of_plans(split, number, "splits", "split")
    return f"{start} an aim that is mainly about inequalities. {end} a measure by deprivation, ethnicity, age or sex."


def _objectives(digest: Digest) -> Iterator[Proof]:
    return (part.item for part in digest.parts if Theme.INEQUALITIES in part.themes)


def _cells(view: View, digest: Digest) -> Iterator[Cell]:
    for code in _CODES:
        yield commitment_cell(view, digest, view.registry.commitments[code])
    yield count_cell(tuple(_objectives(digest)))
    yield count_cell([entry.item for entry in digest.dated if Theme.INEQUALITIES in entry.themes])
    yield count_cell([entry.item for entry in digest.measures if Theme.INEQUALITIES in entry.themes])
    with_split = [entry for entry in digest.measures if entry.splits]
    for split in Split:
        found = [entry.item for entry in with_split if split in entry.splits]
        yield share_cell(found, len(digest.measures), "No measures stated")
    yield count_cell([amount.item for amount in digest.amounts if Theme.INEQUALITIES in amount.themes])
    board = digest.document.board
    text = plain_words(board.equality_impact_assessment) if board and board.equality_impact_assessment else ""
    details = digest.proof(part_id("part", "control"), "Details for boards")
    yield text_cell(shorten(text, _LONGEST) if text else "", (details,))
