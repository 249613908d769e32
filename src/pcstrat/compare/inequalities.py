"""Turns digests into what each plan says of inequalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pcstrat.compare import words
from pcstrat.compare.commitments import commitment_cell
from pcstrat.compare.facts import Digest, Judged, MilestoneFact, Part
from pcstrat.compare.table import Cell, Column, ColumnKind, Proof, Shape, Table, Topic
from pcstrat.compare.view import View, count_cell, share_cell, tally_cell, text_cell
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
_AIMS = "Ambitions, objectives, enablers and their parts"
_AROUND = "without a theme of their own, in a part tagged with inequalities"
_Tagged = Part | MilestoneFact | Judged

COLUMNS = (
    *(Column(code.lower(), title, ColumnKind.COUNT) for code, title in _CODES.items()),
    Column("objectives-alone", f"{_AIMS} tagged with inequalities alone", ColumnKind.COUNT),
    Column("objectives-among", f"{_AIMS} tagged with inequalities and other themes", ColumnKind.COUNT),
    Column("objectives-around", f"{_AIMS} {_AROUND}", ColumnKind.COUNT),
    Column("milestones", "Dated milestones tagged with inequalities themselves", ColumnKind.COUNT),
    Column("milestones-around", f"Dated milestones {_AROUND}", ColumnKind.COUNT),
    Column("measures", "Measures tagged with inequalities themselves", ColumnKind.COUNT),
    Column("measures-around", f"Measures {_AROUND}", ColumnKind.COUNT),
    *(Column(f"split-{split.value}", f"Measures split by {split.value}", ColumnKind.SHARE) for split in Split),
    Column("amounts", "Amounts tagged with inequalities", ColumnKind.COUNT),
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
                "An aim may answer the duty to reduce inequalities without being tagged with them: what it answers is "
                "one classification, and its theme another. What answers it need not be an aim: it may be an action, "
                "an element of the vision or a next step. How far a plan takes a commitment is judged as on the page "
                "of national commitments."
            ),
            (
                "What is tagged with several themes need not be mainly about inequalities, so it is counted apart from "
                f"what is tagged with them alone. {words.THEMES_OF_AIMS} That is counted apart too."
            ),
            words.OUR_CLASSIFICATION,
        ),
    )


def _finding(view: View) -> str:
    number = len(view.digests)
    aims = {digest.plan: _with_own_tag(digest.parts) for digest in view.digests}
    about = [plan for plan, parts in aims.items() if parts]
    alone = [plan for plan, parts in aims.items() if any(map(_is_alone, parts))]
    split = [digest for digest in view.digests if any(entry.splits for entry in digest.measures)]
    start = words.of_plans(about, number, "has", "have")
    only = words.of_plans(alone, number, "has", "have")
    end = words.of_plans(split, number, "splits", "split")
    told = f"{start} an aim tagged with inequalities."
    told += f" {only} one that is tagged with nothing else." if about else ""
    return f"{told} {end} a measure by deprivation, ethnicity, age or sex."


def _tagged(entries: Iterable[_Tagged], *, own: bool) -> list[Proof]:
    """The items with the theme: those that state it themselves, or those that have it from around them."""
    return [entry.item for entry in entries if Theme.INEQUALITIES in entry.themes and entry.has_own_themes is own]


def _with_own_tag(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.has_own_themes and Theme.INEQUALITIES in part.themes]


def _is_alone(part: Part) -> bool:
    return len(set(part.themes)) == 1


def _cells(view: View, digest: Digest) -> Iterator[Cell]:
    for code in _CODES:
        yield commitment_cell(view, digest, view.registry.commitments[code])
    tagged = _with_own_tag(digest.parts)
    yield count_cell([part.item for part in tagged if _is_alone(part)])
    yield count_cell([part.item for part in tagged if not _is_alone(part)])
    yield tally_cell(_tagged(digest.parts, own=False))
    for entries in (digest.dated, digest.measures):
        yield count_cell(_tagged(entries, own=True))
        yield tally_cell(_tagged(entries, own=False))
    with_split = [entry for entry in digest.measures if entry.splits]
    for split in Split:
        found = [entry.item for entry in with_split if split in entry.splits]
        yield share_cell(found, len(digest.measures), "No measures stated")
    yield count_cell([amount.item for amount in digest.amounts if Theme.INEQUALITIES in amount.themes])
    board = digest.document.board
    text = plain_words(board.equality_impact_assessment) if board and board.equality_impact_assessment else ""
    details = digest.proof(part_id("part", "control"), "Details for boards")
    yield text_cell(shorten(text, _LONGEST) if text else "", (details,))
