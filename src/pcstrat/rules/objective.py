"""Finds what an objective owes its readers and does not say: what, by when, and how it will be judged."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Risk, Strand
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome
from pcstrat.model.times import Time
from pcstrat.naming import shorten
from pcstrat.placeholders import is_placeholder
from pcstrat.rules._promises import WILL_DO, around, living, names_year
from pcstrat.rules._rule import PLANS, Hit, rule
from pcstrat.rules.measure_values import amount_in
from pcstrat.rules.subject import Aim, Item, Subject
from pcstrat.text import counted, listed

_DELIVERY = "NHS England's guidance asks that joint forward plans are delivery-focused, with specific objectives"


@rule(
    "O03",
    "no-milestone",
    title="An objective or enabler has no milestone with a date",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}, trajectories and milestones. Without a date nobody can say whether it is late.",
    remedy="Add the first step and its date under `milestones`, or a date to what is listed.",
    requires=("O15",),
    owed_by=PLANS,
    before="""
actions: [Open a clinic in the old library.]
""",
    after="""
milestones: [{text: Open a clinic in the old library., when: by May 2028}]
""",
)
def no_milestone(subject: Subject) -> Iterator[Hit]:
    """Objectives and enablers under which nothing that is planned has a date."""
    for aim in living(aim for aim in subject.aims if aim.counts_as_objective or aim.is_enabler):
        planned = aim.of(Action)
        if not any(_has_date(subject, item) for item in planned):
            what = f"None of the {counted(len(planned), 'action')} of" if len(planned) > 1 else "Nothing under"
            yield Hit(path=aim.path, message=f"{what} “{shorten(aim.aim.title)}” has a date.")


def _has_date(subject: Subject, item: Item) -> bool:
    """Whether an action or milestone has a date, in its fields or at least in its words."""
    is_timed = any(time.is_dated or time.years or time.every for time in _times(subject, item))
    return is_timed or names_year(item.get("text") or "")


def _times(subject: Subject, item: Item) -> Iterator[Time]:
    """The times of an action or milestone: its own, that of its band, and those of its points."""
    placed = subject.milestone_at.get(item)
    stated = [placed and subject.time_of(placed), item.get("when"), item.get("repeats")]
    stated += [point.when for point in item.get("points") or ()]
    yield from (subject.resolved(time, item) for time in stated if time)


@rule(
    "O04",
    "no-measure",
    title="An objective has no measure",
    severity=Severity.WARNING,
    why="""The yearly report has to review the plan (NHS Act 2006, section 14Z58). Without a measure it can only say
    what was done, and not whether it helped.""",
    remedy="Say under `measures` what will be counted: from which value, to which value, by when.",
    owed_by=PLANS,
    before="""
outcomes: [Everybody has a clinic nearby.]
text: Clinics are near.
""",
    after="""
text: Clinics are near.
measures: [{text: Towns that have a clinic., baseline: 2, target: 9, by: March 2029}]
""",
)
def no_measure(subject: Subject) -> Iterator[Hit]:
    """Objectives without a measure, neither under them nor at the ambition over them. Enablers serve objectives.

    A number among the outcomes is a target that lacks a measure of its own, which is for M12 to say.
    """
    measured = {aim for item in subject.measures for aim in item.aims()}
    judged = {id(measure.parent) for measure in subject.measures}
    for aim in living(subject.objectives):
        is_judged = aim.item in measured or any(id(item) in judged for item in around(aim.item))
        if not is_judged and not any(amount_in(plain(item.part.text or "")) for item in aim.of(Outcome)):
            yield Hit(path=aim.path, message=f"No measure says whether “{shorten(aim.aim.title)}” has been reached.")


@rule(
    "O14",
    "risk-open",
    title="A risk has no owner or no mitigation",
    severity=Severity.WARNING,
    why="A risk that is only named is a warning nobody acts on. Boards ask who watches it and what is done about it.",
    remedy="Add `mitigation` and `owner` to the risk.",
    owed_by=PLANS,
    before="""
risks: [The old library may be sold.]
""",
    after="""
risks: [{text: The old library may be sold., mitigation: A lease of ten years., owner: Head of Estates}]
""",
)
def risk_open(subject: Subject) -> Iterator[Hit]:
    """Risks that lack one or both, or say only that they are to be confirmed."""
    for item in subject.of(Risk):
        risk = item.part
        if not risk.retired:
            missing = list(_missing(owner=risk.owner, mitigation=risk.mitigation))
            if missing:
                yield Hit(path=item.path, message=f"“{shorten(risk.text)}” has no {listed(missing, 'and no')}.")


def _missing(**fields: str | None) -> Iterator[str]:
    """The names of the fields that state nothing, with the words that keep their place."""
    for name, value in fields.items():
        if value is None:
            yield name
        elif is_placeholder(value):
            yield f"{name} (“{shorten(value)}”)"


@rule(
    "O15",
    "nothing-planned",
    title="Nothing is planned for an objective or enabler",
    severity=Severity.WARNING,
    why=f"{_DELIVERY}. An aim under which no action stands is a wish.",
    remedy="Say under `actions` or `milestones` what will be done.",
    owed_by=PLANS,
    before="""
text: People should find a clinic wherever they live.
""",
    after="""
text: People should find a clinic wherever they live.
actions: [Open a clinic in the old library.]
""",
)
def nothing_planned(subject: Subject) -> Iterator[Hit]:
    """Objectives and enablers with no action, milestone, strand, feature, approach or list of their own.

    Where their text says what somebody will do, it is planned, though without a date, which is for O03 to say.
    """
    for aim in living(aim for aim in subject.aims if aim.counts_as_objective or aim.is_enabler):
        part = aim.aim
        said = (part.features, part.approach, part.lists, aim.of(Action, Strand))
        is_said = any(said) or any(band.text for band in part.timeline)
        if not is_said and not WILL_DO.search(plain(part.text or "")):
            has = _what_it_has(aim)
            yield Hit(
                path=aim.path, message=f"No action and no milestone stands under “{shorten(aim.aim.title)}”{has}."
            )


def _what_it_has(aim: Aim) -> str:
    named = [("outcomes", aim.aim.outcomes), ("measures", aim.of(Measure)), ("money", aim.aim.funding)]
    has = [name for name, value in named if value]
    return f", only {listed(has)}" if has else ""


@rule(
    "O16",
    "no-ambition",
    title="The plan has no ambition",
    severity=Severity.WARNING,
    why=f"""{_DELIVERY}. A plan without any sets out nothing that the board could agree to, and most other rules have
    nothing to look at.""",
    remedy="Write under `ambitions` what the plan sets out to achieve.",
    owed_by=PLANS,
    before="""
ambitions: []
""",
    after="""
ambitions: [{id: clinics, title: Clinics, actions: [Open a clinic in the old library.]}]
""",
)
def no_ambition(subject: Subject) -> Iterator[Hit]:
    """Plans that list no ambition, or only ambitions that have been given up."""
    ambitions = subject.plan.ambitions
    if all(ambition.retired for ambition in ambitions):
        given_up = f" but {counted(len(ambitions), 'ambition')} given up" if ambitions else ""
        yield Hit(path=("ambitions",), message=f"The plan has no ambition{given_up}.")


RULES = (no_milestone, no_measure, risk_open, nothing_planned, no_ambition)
