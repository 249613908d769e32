"""Turns what stands all over a plan into tables that sum it up: measures, national commitments, who is accountable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup, escape

from pcstrat.compare.digest import answers_of
from pcstrat.compare.facts import Answer
from pcstrat.compare.table import Proof
from pcstrat.model.aims import Objective
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.quantities import format_quantity
from pcstrat.outline import aims_of, ambitions_above, answering, children_of, placed_parts
from pcstrat.placeholders import filled, is_to_come
from pcstrat.render import words
from pcstrat.render.blocks import Block, Cell, Column, Paragraph, Row, Section, Table
from pcstrat.render.index import PlanIndex, part_id
from pcstrat.render.items import measure_item, time_text, who_text
from pcstrat.text import counted, listed, sentence_case, visible


def measures_section(index: PlanIndex) -> Section:
    """What the plan says about judging progress: a table of every measure and what it states of it."""
    rows = tuple(_measure_rows(index))
    blocks: list[Block] = [Paragraph(text=escape(_measures_sentence(index)), style="lead")]
    if rows:
        columns = tuple(
            Column(title=title) for title in ("Measure", "Baseline", "Target", "By when", "Where it stands")
        )
        table = Table(id=part_id("table", "measures"), caption="All measures", columns=columns, rows=rows, style="wide")
        blocks.append(_without_empty_columns(table, blocks))
    return Section(id=part_id("part", "measures"), title=words.SECTIONS["measures"], level=2, blocks=tuple(blocks))


def _all_measures(index: PlanIndex) -> Iterator[tuple[Objective, Measure, bool]]:
    """Every measure with the aim it stands in, and whether it, or something around it, was given up."""
    for aim, part, over in placed_parts(index.plan):
        for measure in part.measures:
            yield aim, measure, over or measure.retired is not None


def _measures_sentence(index: PlanIndex) -> str:
    """How many measures there are and what they state, without those that were given up, which are counted apart."""
    found = list(_all_measures(index))
    measures = [measure for _, measure, is_given_up in found if not is_given_up]
    over = len(found) - len(measures)
    if not measures and over:
        return f"All the measures that this plan names were {words.GIVEN_UP}: {counted(over, 'measure')}."
    if over:
        verb, them = ("was", "is") if over == 1 else ("were", "are")
        return (
            f"{_stated_sentence(measures)} {counted(over, 'measure')} that {verb} {words.GIVEN_UP} {them} not counted."
        )
    return _stated_sentence(measures)


def _stated_sentence(measures: list[Measure]) -> str:
    if not measures:
        return "This plan does not state how progress will be judged."
    complete = sum(map(_is_complete, measures))
    text = f"This plan names {counted(len(measures), 'measure')}."
    if not complete:
        return f"{text} None states a baseline, a target and a date together."
    verb = "states" if complete == 1 else "state"
    return f"{text} {complete} {verb} a baseline, a target and a date."


def _is_complete(measure: Measure) -> bool:
    baseline, target = measure.baseline, measure.target
    if baseline is None or target is None or not (baseline.value.is_stated and target.value.is_stated):
        return False
    return bool(measure.by or target.when)


def _measure_rows(index: PlanIndex) -> Iterator[Row]:
    for aim, measure, is_given_up in _all_measures(index):
        shown = measure_item(index, measure)
        what = shown.title or shown.text
        if shown.anchors:
            what = index.link_showing(what.striptags(), f"#{shown.anchors[0]}")
        due = _stated(time_text(measure.by or (measure.target.when if measure.target else None)))
        cells = (_reading(measure.baseline), _reading(measure.target), due, Cell(text=index.link(aim.id)))
        yield Row(header=Cell(text=_marked(what, is_given_up=is_given_up)), cells=cells)


def _marked(what: Markup, *, is_given_up: bool) -> Markup:
    return Markup("{} ({})").format(what, words.GIVEN_UP) if is_given_up else what


def _reading(reading: Reading | None) -> Cell:
    if reading is None or reading.value.is_stated:
        return _stated(format_quantity(reading.value) if reading else "")
    return replace(_stated(who_text(reading.value.published)), missing=True)


def _stated(value: str) -> Cell:
    if value:
        return Cell(text=escape(sentence_case(value)))
    return Cell(text=escape(words.NOT_STATED), missing=True)


def _without_empty_columns(table: Table, blocks: list[Block]) -> Table:
    """Columns that would say "not stated" all the way down become a sentence above the table."""
    keep = [
        number for number in range(len(table.columns) - 1) if not all(row.cells[number].missing for row in table.rows)
    ]
    dropped = [column.title.lower() for number, column in enumerate(table.columns[1:]) if number not in keep]
    if dropped:
        sentence = f"No measure states its {listed(dropped, 'or')}."
        blocks.append(Paragraph(text=escape(sentence)))
    columns = (table.columns[0], *(table.columns[number + 1] for number in keep))
    rows = tuple(replace(row, cells=tuple(row.cells[number] for number in keep)) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def commitments_section(index: PlanIndex) -> Section | None:
    """Which national commitments the plan answers and where; None when it is tagged with none.

    They stand in the order of the registry; codes that it does not know come last.
    """
    answers = answers_of(index.plan)
    if not answers:
        return None
    columns = (
        Column(title="Commitment", width=34),
        Column(title="Answered by", width=40),
        Column(title="Mentioned by", width=26),
    )
    known = [code for code in index.registry.commitments if code in answers]
    codes = (*known, *sorted(answers.keys() - set(known)))
    rows = tuple(_commitment_row(index, code, answers[code]) for code in codes)
    sentence = (
        f"This plan answers {counted(sum(bool(answer.items) for answer in answers.values()), 'national commitment')}. "
        "Which commitment an item answers is our classification, not the ICB's."
    )
    caption = "National commitments and the items that answer them"
    table = Table(id=part_id("table", "commitments"), caption=caption, columns=columns, rows=rows)
    return Section(
        id=part_id("part", "commitments"),
        title=words.SECTIONS["commitments"],
        level=2,
        blocks=(Paragraph(text=escape(sentence), style="lead"), table),
    )


def _commitment_row(index: PlanIndex, code: str, answer: Answer) -> Row:
    title = Markup("{} ({})").format(index.commitment_title(code), code)
    return Row(header=Cell(text=title), cells=(_links_to(index, answer.items), _links_to(index, answer.mentions)))


def _links_to(index: PlanIndex, items: Iterable[Proof]) -> Cell:
    """Links to items, each once: by the name of an item with an id, else by its own words to the part around it."""
    links = {
        item.id: index.link(item.id)
        if item.id in index.names
        else index.link_showing(visible(item.name), f"#{item.anchor}")
        for item in items
    }
    return Cell(text=Markup(", ").join(links.values())) if links else Cell(text=escape("None"), missing=True)


def accountability_section(index: PlanIndex) -> Section:
    """Who answers for each ambition, objective and enabler, as the plan says, counted without what was given up.

    Counted are those with nothing under them; an objective that names nobody is answered for by the ambition's owner.
    """
    every = [each for aim in aims_of(index.plan) for each in (aim, *children_of(aim))]
    entered = {aim.id: [*aim.accountable, *filter(None, (aim.owner, aim.led_by))] for aim in every}
    aims = [aim for aim in every if aim.id not in index.given_up and not children_of(aim)]
    above = ambitions_above(index.plan)
    answers = {aim.id: answering(aim, above.get(aim.id)) for aim in aims}
    stated = [aim for aim in aims if answers[aim.id]]
    sentence = f"{len(stated)} of {len(aims)} ambitions, objectives and enablers state who is responsible."
    if not stated:
        sentence = "This plan does not state who is responsible for each ambition, objective or enabler."
    if number := sum(answers[aim.id] is not aim for aim in stated):
        sentence = f"{sentence} For {number} it is who answers for the ambition that it stands under."
    if number := sum(any(map(is_to_come, entered[aim.id])) for aim in aims if aim not in stated):
        sentence = f"{sentence} For {number} it is to be confirmed."
    if number := sum(bool(filled(aim.led_by)) for aim in aims if aim not in stated):
        sentence = f"{sentence} For {number} it says only who leads the work."
    blocks: list[Block] = [Paragraph(text=escape(sentence), style="lead")]
    shown = [aim for aim in every if entered[aim.id]]
    if shown:
        columns = tuple(Column(title=title) for title in ("What", "Accountable", "Owner", "Led by"))
        rows = tuple(
            Row(
                header=Cell(text=_marked(index.link(aim.id), is_given_up=aim.id in index.given_up)),
                cells=(_who(*aim.accountable), _who(aim.owner), _who(aim.led_by)),
            )
            for aim in shown
        )
        blocks.append(
            Table(id=part_id("table", "accountability"), caption="Who is responsible", columns=columns, rows=rows)
        )
    return Section(
        id=part_id("part", "accountability"), title=words.SECTIONS["accountability"], level=2, blocks=tuple(blocks)
    )


def _who(*names: str | None) -> Cell:
    return replace(_stated(who_text(*names)), missing=not filled(*names))
