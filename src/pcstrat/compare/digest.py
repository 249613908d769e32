"""Turns a plan into its digest: the few facts of it that tables compare, gathered in one walk.

What the plan has given up (`retired`) is no part of it.

A digest holds no part of the plan but its title page, so that forty of them take little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from pcstrat.compare.facts import Amount, Answer, Digest, Judged, MilestoneFact, Named, Part
from pcstrat.compare.named import named_for_aim, named_for_strand
from pcstrat.compare.table import NotStated, PlanFacts, Proof, Stated
from pcstrat.light_markdown import plain_words
from pcstrat.model.aims import Ambition, Enabler, Objective, Strand
from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.plan import Plan
from pcstrat.model.points import Action, Lineage, Point
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time, format_time
from pcstrat.model.vocabulary import FigureKey, Theme
from pcstrat.money_outline import (
    NamedAmount,
    commitment_of,
    fund_of,
    funded_year,
    paid_for,
    recurrence_of,
    speaks_of_money,
)
from pcstrat.outline import (
    Calendar,
    aims_of,
    calendar_of,
    children_of,
    counts_as_milestone,
    ids_in,
    part_id,
    passed_down,
    placed_milestones,
)
from pcstrat.reading import reading_grade
from pcstrat.registry import Registry
from pcstrat.registry.timing import newest_cited
from pcstrat.text import sentence_case, visible

_Item = TypeVar("_Item", bound=Lineage)


class _Tags(NamedTuple):
    """What an aim or strand is about: what it says itself or, where it says nothing, what holds around it."""

    themes: tuple[Theme, ...] = ()
    commitments: tuple[str, ...] = ()

    def with_those_of(self, part: Objective | Strand) -> _Tags:
        """The tags of a part that stands in what has these."""
        if not (part.themes or part.commitments):
            return self
        return _Tags(part.themes or self.themes, part.commitments or self.commitments)

    def within(self, aim: Objective) -> _Tags:
        """What holds for those parts of an aim that say nothing."""
        return self._replace(commitments=passed_down(aim, self.commitments)) if self.commitments else self


def digest(plan: Plan, registry: Registry) -> Digest:
    """Gather from a plan what tables compare."""
    return _Walk(plan).digest(registry)


def answers_of(plan: Plan) -> dict[str, Answer]:
    """What of a plan answers each national commitment by code, as its digest says, and so its page."""
    return _Walk(plan).answers


class _Walk:
    """One walk through a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.plan_id = plan.id
        self.calendar: Calendar = calendar_of(plan)
        self.paid_for = paid_for(plan)
        self.answers: dict[str, Answer] = {}
        self.tagged: dict[Theme, list[Proof]] = {}
        self.proofs: dict[str, Proof] = {}
        self.parts = tuple(part for aim in aims_of(plan) for part in self._parts(aim, _Tags()))
        self._elsewhere()
        self.amounts = tuple(amount for table in self._tables() for amount in self._amounts(*table))

    def digest(self, registry: Registry) -> Digest:
        plan = self.plan
        figures = [figure for figure in plan.figures if figure.key is FigureKey.POPULATION]
        return Digest(
            facts=_facts(plan, registry),
            document=plan.document,
            icb=plan.icb,
            year_one=self.calendar.year_one,
            newest_cited=newest_cited(plan),
            parts=self.parts,
            amounts=self.amounts,
            answers=self.answers,
            tagged=self.tagged,
            population=figures[0] if len(figures) == 1 else None,
            reading_grade=reading_grade(plan),
            has_engagement=plan.engagement is not None,
        )

    def _proof(self, item: Lineage, place: str, number: int, words: str, value: Time | None = None) -> Proof:
        """An item by its id. One without is called by its `place`, such as `part--vision--element`, and its number."""
        item_id = item.id
        if item_id is None:
            anchor = place.rpartition("--")[0]
            return Proof(self.plan_id, f"{place}-{number}", anchor, "", words, value)
        proof = self.proofs[item_id] = Proof(self.plan_id, item_id, item_id, "", words, value)
        return proof

    def _parts(self, aim: Objective, around: _Tags, above: Objective | None = None) -> Iterator[Part]:
        """An aim, its strands and the aims in it; what states no tags has those of what it stands in."""
        if aim.retired:
            return
        tags = around.with_those_of(aim)
        within = tags.within(aim)
        yield self._part(aim, aim, aim.id, tags, named_for_aim(aim, above))
        for number, strand in _kept(aim.strands):
            anchor = strand.id or part_id(aim.id, "strand", str(number))
            yield self._part(aim, strand, anchor, within.with_those_of(strand), named_for_strand(strand))
        for child in children_of(aim):
            yield from self._parts(child, within, aim)

    def _part(self, aim: Objective, part: Objective | Strand, anchor: str, tags: _Tags, named: Named) -> Part:
        item = self.proofs[anchor] = Proof(self.plan_id, anchor, anchor, _label(part), part.title)
        milestones = self._milestones(part, anchor, tags)
        measures = tuple(self._measures(part, anchor, tags))
        self._answer_of_part(part, item, tags, milestones, measures)
        self._statements(part.funding_statement, anchor)
        return Part(
            item=item,
            aim=aim.id,
            kind=_kind(part),
            counts=isinstance(part, Objective) and not children_of(part),
            named=named,
            pillars=part.pillars,
            themes=tags.themes,
            has_own_themes=bool(part.themes),
            actions=tuple(self._actions(part, anchor)),
            has_money=bool(self.paid_for and not self.paid_for.isdisjoint(ids_in(part))) or speaks_of_money(part),
            milestones=milestones,
            measures=measures,
        )

    def _milestones(self, part: Objective | Strand, anchor: str, tags: _Tags) -> tuple[MilestoneFact, ...]:
        pillars, (themes, commitments) = part.pillars, tags
        place, time_of = f"{anchor}--milestone", self.calendar.time_of
        found: list[MilestoneFact] = []
        for number, (band, action) in enumerate(placed_milestones(part), 1):
            if action.retired:
                continue
            time = time_of(action, band, part)
            is_dated = time is not None and time.is_dated
            item = self._proof(action, place, number, _words_of(action), time)
            own = action.commitments
            found.append(
                MilestoneFact(
                    item,
                    time,
                    is_dated,
                    action.themes or themes,
                    action.pillars or pillars,
                    own or commitments,
                    bool(action.themes),
                    bool(action.pillars),
                )
            )
            if own:
                self._answer(own, item, dated=is_dated)
            if action.themes:
                self._tag(action.themes, item)
        return tuple(found)

    def _actions(self, part: Objective | Strand, anchor: str) -> Iterator[Proof]:
        for number, action in _kept(part.actions):
            item = self._proof(action, f"{anchor}--action", number, _words_of(action))
            yield item
            if not (action.commitments or action.themes) or counts_as_milestone(action):  # they were counted there
                continue
            self._answer(action.commitments, item)
            self._tag(action.themes, item)

    def _measures(self, part: Objective | Strand, anchor: str, tags: _Tags) -> Iterator[Judged]:
        for number, measure in _kept(part.measures):
            item = self._proof(measure, f"{anchor}--measure", number, measure.title or measure.text)
            yield _judged(item, measure, part, tags)
            self._tag(measure.themes, item)
            for code in measure.commitments:
                self._of(code).items.append(item)
                self._of(code).measures.append(item)

    def _of(self, code: str) -> Answer:
        return self.answers.setdefault(code, Answer())

    def _tag(self, themes: Iterable[Theme], item: Proof) -> None:
        for theme in themes:
            self.tagged.setdefault(theme, []).append(item)

    def _answer(self, codes: Iterable[str], item: Proof, *, dated: bool = False) -> None:
        for code in codes:
            self._of(code).items.append(item)
            if dated:
                self._of(code).milestones.append(item)

    def _answer_of_part(
        self,
        part: Objective | Strand,
        item: Proof,
        tags: _Tags,
        milestones: tuple[MilestoneFact, ...],
        measures: tuple[Judged, ...],
    ) -> None:
        for code in tags.commitments:
            answer = self._of(code)
            answer.items.append(item)
            answer.milestones += [entry.item for entry in milestones if entry.is_dated and code in entry.commitments]
            answer.measures += [entry.item for entry in measures if code in entry.commitments]
        for code in part.mentions:
            self._of(code).mentions.append(item)

    def _elsewhere(self) -> None:
        """What answers a commitment or has a theme outside the aims: elements of the vision, next steps, statements."""
        plan = self.plan
        for number, element in _kept(plan.vision.elements if plan.vision else ()):
            first = element.details[0].text if element.details else None
            words = element.title or element.text or first or "the vision"
            item = self._proof(element, part_id("part", "vision", "element"), number, words)
            self._answer(element.commitments, item)
            for code in element.mentions:
                self._of(code).mentions.append(item)
        self._next_steps("engagement", plan.engagement.next if plan.engagement else ())
        self._next_steps("delivery", plan.delivery.next_steps if plan.delivery else ())
        self._statements(plan.funding_statement, part_id("part", "money"))

    def _next_steps(self, section: str, actions: Iterable[Action]) -> None:
        for number, action in _kept(actions):
            item = self._proof(action, part_id("part", section, "step"), number, _words_of(action))
            self._answer(action.commitments, item, dated=action.when is not None and action.when.is_dated)
            self._tag(action.themes, item)

    def _statements(self, statements: Iterable[Point], anchor: str) -> None:
        """What is said of money without an amount."""
        for number, statement in _kept(statements):
            if statement.themes:
                words = statement.title or statement.text or "an item"
                self._tag(statement.themes, self._proof(statement, f"{anchor}--statement", number, words))

    def _tables(self) -> Iterator[tuple[FundingTable, str]]:
        """Every table of money, and the place of the page where it stands."""
        for number, table in _kept(self.plan.funding):
            yield table, table.id or part_id("funding", str(number))
        for _, aim in _kept(aims_of(self.plan)):
            for owner in (aim, *children_of(aim)):
                for _, table in _kept(() if owner.retired else owner.funding):
                    yield table, owner.id

    def _amounts(self, table: FundingTable, anchor: str) -> Iterator[Amount]:
        for number, line in _kept(table.lines):
            item = self._proof(line, f"{anchor}--line", number, line.title)
            for code in line.commitments:
                self._of(code).mentions.append(item)
            self._tag(line.themes, item)
            if not line.amounts:
                yield self._amount(table, line, None, item)
            for named in (NamedAmount(table, line, amount, is_given_up=False) for amount in line.amounts):
                yield self._amount(table, line, named, item)

    def _amount(self, table: FundingTable, line: FundingLine, named: NamedAmount | None, item: Proof) -> Amount:
        money = named.money if named else None
        what = plain_words(named.amount.what) if named and named.amount.what else ""
        return Amount(
            item=Proof(item.plan, item.id, item.anchor, item.label, item.words, money),
            table=plain_words(table.title),
            what=what,
            money=money,
            commitment=commitment_of(line, table),
            year=funded_year(line, table),
            fund=visible(fund_of(line, table) or ""),
            recurrence=recurrence_of(line, table),
            lasts=line.lasts,
            additional_to=plain_words(line.additional_to or ""),
            excludes=plain_words(line.excludes or ""),
            note=plain_words(line.note or ""),
            basis=visible(table.basis or ""),
            ring_fenced=visible(named.amount.ring_fenced or "") if named else "",
            serves=tuple(self.proofs[ref] for ref in line.serves if ref in self.proofs),
            themes=line.themes,
            pillars=line.pillars,
        )


def _kept(items: Iterable[_Item]) -> Iterator[tuple[int, _Item]]:
    """The items that are not given up, each with its number among all."""
    return ((number, item) for number, item in enumerate(items, 1) if not item.retired)


def _judged(item: Proof, measure: Measure, part: Objective | Strand, tags: _Tags) -> Judged:
    baseline, latest, target = measure.baseline, measure.latest, measure.target
    written = {reading.value.unit for reading in (baseline, latest, target) if reading is not None}
    counted = plain_words(measure.text) if measure.unit or written else ""
    return Judged(
        item=item,
        indicator=measure.indicator or counted,
        unit=measure.unit or (written.pop() if len(written) == 1 else ""),
        population=measure.population or "",
        baseline=_value(baseline),
        baseline_when=baseline.when if baseline is not None else None,
        latest=_value(latest),
        target=_value(target),
        due=measure.by or (target.when if target is not None else None),
        direction=measure.direction or "",
        frequency=measure.frequency or "",
        source=measure.source or "",
        splits=measure.splits,
        themes=measure.themes or tags.themes,
        pillars=measure.pillars or part.pillars,
        commitments=measure.commitments or tags.commitments,
        has_own_themes=bool(measure.themes),
        has_own_pillars=bool(measure.pillars),
    )


def _value(reading: Reading | None) -> Quantity | None:
    """The value of a reading, if it states one: "TBC" is none."""
    return reading.value if reading is not None and reading.value.is_stated else None


def _kind(part: Objective | Strand) -> str:
    names = {Ambition: "ambition", Enabler: "enabler", Strand: "strand"}
    return names.get(type(part), "objective")


def _label(part: Objective | Strand) -> str:
    """What stands before the title of an aim in a cell."""
    return visible(part.label or "").rstrip(".:") if isinstance(part, Objective) else ""


def _words_of(action: Action) -> str:
    """What tells an action or milestone: its title, else what it or its first point says."""
    return action.title or action.text or (action.points[0].text if action.points else None) or "an item"


def _facts(plan: Plan, registry: Registry) -> PlanFacts:
    document = plan.document
    icb = registry.icb(plan.icb)
    return PlanFacts(
        plan=plan.id,
        name=visible(icb.short_name if icb else plan.system_name or plan.icb),
        icb=visible(icb.name if icb else plan.icb),
        kind=sentence_case(document.kind.value),
        status=_stated(document.status.value if document.status else ""),
        published=_stated(format_time(document.published) if document.published else ""),
        period=_stated(format_time(document.period) if document.period else ""),
    )


def _stated(text: str) -> Stated | NotStated:
    return Stated(sentence_case(text)) if text else NotStated()
