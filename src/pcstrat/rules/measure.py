"""Finds measures that cannot be measured: incomplete, an activity, beyond the plan, split by nothing, for nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.points import Action
from pcstrat.model.times import format_time
from pcstrat.model.vocabulary import Direction, Theme
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._bands import ONE_DAY
from pcstrat.rules._promises import names_year
from pcstrat.rules._rule import PLANS, Hit, rule
from pcstrat.rules.subject import Item, Subject
from pcstrat.text import listed, long_date, sentence_case

_TRAJECTORIES = "NHS England's guidance on joint forward plans asks for trajectories"


def placed_measures(subject: Subject) -> Iterator[tuple[Item, Measure]]:
    """Every measure that has not been given up."""
    for item in subject.measures:
        if not item.is_retired:
            yield item, item.part


@rule(
    "M01",
    "measure-incomplete",
    title="A measure does not say all that is needed to read it",
    severity=Severity.WARNING,
    why=f"""{_TRAJECTORIES}. A trajectory begins at a dated baseline and ends at a dated target; without source and
    frequency nobody can draw the line between them.""",
    remedy="Fill in `baseline` and `target` with their `when`, `unit`, `direction`, `source` and `frequency`.",
    owed_by=PLANS,
    before="""
measures: [More towns will have a clinic.]
""",
    after="""
sources: [{id: clinic-register, title: Register of clinics}]
ambitions:
  - id: clinics
    title: Clinics
    measures:
      - text: Towns that have a clinic.
        baseline: {value: 2 towns, when: March 2027}
        target: {value: 9 towns, when: March 2029}
        source: clinic-register
        frequency: every year
""",
)
def incomplete(subject: Subject) -> Iterator[Hit]:
    """Measures that lack any part of a trajectory; only advice where baseline, target and date are there."""
    for item, measure in placed_measures(subject):
        core, rest = _missing(measure)
        if core or rest:
            message = f"“{shorten(measure.title or measure.text)}” states no {listed([*core, *rest], 'or')}."
            yield Hit(path=item.path, message=message, at_most=None if core else Severity.ADVICE)


def _missing(measure: Measure) -> tuple[list[str], list[str]]:
    """What a measure lacks: of baseline, target and date, and of the rest. What its words say in figures counts.

    A value "to be agreed" is none.
    """
    baseline, target = (_has_value(reading) for reading in (measure.baseline, measure.target))
    readings = [reading for reading in (measure.baseline, measure.latest, measure.target) if reading]
    ends = [reading.value.number for reading in (measure.baseline, measure.target) if reading]
    text = plain(measure.text)
    is_kept = measure.direction is Direction.MAINTAIN and baseline
    core = {
        "baseline": baseline or _FROM.search(text) is not None,
        "target": is_kept or target or _has_figure(text),
        "date to reach it": bool(measure.by or (measure.target and measure.target.when) or names_year(text)),
    }
    rest = {
        "date of its baseline": not baseline or bool(measure.baseline and measure.baseline.when),
        "unit": bool(measure.unit)
        or any(entry.value.unit or entry.value.of for entry in readings)
        or _has_figure(text),
        "direction": measure.direction is not None or (len(ends) > 1 and None not in ends) or _has_figure(text),
        "source": bool(measure.source or any(reading.source for reading in readings)),
        "frequency": measure.frequency is not None,
    }
    return [name for name, said in core.items() if not said], [name for name, said in rest.items() if not said]


def _has_value(reading: Reading | None) -> bool:
    return reading is not None and reading.value.is_stated


def _has_figure(text: str) -> bool:
    return _FIGURE.search(text) is not None


_FIGURE = Pattern(r"(?<![\w/-])(?!20[0-9]{2}\b)£?[0-9][0-9,.]*(?:%| per ?cent| [a-z])")
_FROM = Pattern(r"\bfrom £?[0-9]", re.IGNORECASE)


_DOES = Pattern(
    r"""(?:(?:we|the\ (?:icb|board|partners?|teams?|system))\ (?:will|shall|aim\ to|plan\ to)\ )?
        (?:agree|carry\ out|commission|complete|create|deliver|design|develop|engage|establish|explore|hold|implement
        |introduce|launch|organise|pilot|prepare|produce|publish|recruit|review|roll\ out|run|set\ up|train|write)
        \ (?!rates?\b|levels?\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_BEGINS_DOING = (
    *("we ", "the icb ", "the board ", "the partner", "the team", "the system "),
    *("agree ", "carry out ", "commission ", "complete ", "create ", "deliver ", "design ", "develop ", "engage "),
    *("establish ", "explore ", "hold ", "implement ", "introduce ", "launch ", "organise ", "pilot ", "prepare "),
    *("produce ", "publish ", "recruit ", "review ", "roll out ", "run ", "set up ", "train ", "write "),
)
_THING = (
    r"(?:business cases?|frameworks?|guides?|hubs?|models?|pathways?|plans?|polic(?:y|ies)|reports?|roadmaps?|schemes?"
    r"|strateg(?:y|ies)|toolkits?)"
)
_COUNTS = Pattern(r"(?:the )?(?:amount|number|percentage|proportion|rate|share)s? of\b", re.IGNORECASE)
_EXISTS = Pattern(rf"there will be an? (?:[\w-]+ ){{0,3}}{_THING}\b", re.IGNORECASE)
_IS_DONE = Pattern(
    rf"[^.]{{0,60}}\b{_THING}\b[^.]{{0,40}}\b(?:will (?:have been|be)|(?:has|have) been|is|are)\s"
    r"(?:\w+ly )?(?:adopted|agreed|approved|completed?|delivered|developed|finalised|implemented|in place|launched"
    r"|produced|published|signed off|written)\b",
    re.IGNORECASE,
)

_DONE_WORDS = (
    *("adopted", "agreed", "approved", "complete", "completed", "delivered", "developed", "finalised", "held"),
    *("implemented", "launched", "produced", "published", "signed off", "written"),
)
_DONE = rf"(?:\w+ly )?(?:{'|'.join(_DONE_WORDS)})[.]?"
_MEETINGS = (
    r"(?:away days?|briefings?|conferences?|focus groups?|forums?|meetings?|roadshows?|seminars?|webinars?|workshops?)"
)
_GATHERINGS = rf"(?:{_MEETINGS}|campaigns?|courses?|events?|sessions?|training)"
_WORK_OF = Pattern(r"(?:the )?(?:completion|delivery|launch|publication) of\b.*", re.IGNORECASE)
_DONE_WORK = Pattern(
    rf"(?!(?:the )?(?:amount|percentage|proportion|rate|share|number)s? of\b)"
    rf"[^.]{{0,60}}\b(?:{_THING}|{_GATHERINGS}|assessments?|programmes?|reviews?) {_DONE}"
    rf"|(?:the )?numbers? of [^.]{{0,60}}\b{_GATHERINGS} {_DONE}",
    re.IGNORECASE,
)
"""Work in the manner of a heading: "Training programme delivered", and how often: "Number of meetings held"."""
_PAPERS = r"(?:business cases?|frameworks?|guides?|polic(?:y|ies)|reports?|roadmaps?|strateg(?:y|ies)|toolkits?)"
_HOW_OFTEN = Pattern(rf"(?:[^\s,.;:]+ ){{0,4}}(?:{_GATHERINGS}|{_PAPERS})\b", re.IGNORECASE)
_COUNTED_WORK = Pattern(
    rf"(?:[\w-]+ ){{0,2}}(?:{_GATHERINGS}|{_PAPERS})"
    r"(?: (?:held|completed|delivered|run|published|(?:an?|per|each|every) \w+))?",
    re.IGNORECASE,
)
"""What only counts work: as what a measure says will be done ("hold four workshops"), and as its unit."""
_HELD = r"(?:arranged|completed|convened|delivered|facilitated|held|hosted|organised|provided|run)"
_FOR_STAFF_WORDS = (
    *("awareness", "briefing", "consultation", "development", "engagement", "information", "learning", "listening"),
    *("networking", "outreach", "training"),
)
_FOR_STAFF = rf"(?:{'|'.join(_FOR_STAFF_WORDS)})"
_MAY_BE_HELD = (
    *("away day", "briefing", "campaign", "conference", "event", "focus group", "forum", "meeting"),
    *("roadshow", "seminar", "webinar", "workshop"),
    *(f"{word} {held}" for word in _FOR_STAFF_WORDS for held in ("courses", "sessions")),
)
_TIMES_HELD = Pattern(
    rf"(?:the )?(?:(?:total )?(?:count|number) of )?(?!.*\b(?:cancelled|delayed|late|missed|unnecessary)\b)"
    rf"(?!.*\b(?:best interests?|case|discharge|family|mdt|multi-?disciplinary)\b)"
    rf"(?:(?!(?:after|at|attend\w*|by|for|from|having|holding|in|of|offering|that|to|which|who|with|without)\b)"
    rf"[\w'’&/-]+ ){{0,5}}?"
    rf"(?:(?:{_MEETINGS}|{_FOR_STAFF} (?:campaigns|courses|events|sessions))"
    rf"(?: {_HELD}\b.*| (?:an?|each|every|per) \w+)?|(?:campaigns|events) {_HELD}\b.*)[.]?",
    re.IGNORECASE,
)
"""How often somebody met: "Number of meetings held by the board". Events that happen to people are not held.

Meetings on one person's care ("discharge meetings") are care.
"""
_BARE_COUNT = Pattern(r"(?:count|number|total)?(?: ?\b(?:an?|each|every|per) \w+)?", re.IGNORECASE)


@rule(
    "M06",
    "activity-as-measure",
    title="An activity or a document stands where a measure should",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""A measure says what is different for people. That a plan was published or a programme ran can be ticked off
    while nothing has changed; it is a milestone.""",
    remedy="Move it to `milestones`, and say here what it is to change and by how much.",
    owed_by=PLANS,
    before="""
measures: [We will run a course for volunteers in every town.]
""",
    after="""
measures: [People who say that a volunteer has helped them.]
""",
)
def activity(subject: Subject) -> Iterator[Hit]:
    """Measures whose words are what will be done, or a document, unless their numbers count something else."""
    for item, measure in placed_measures(subject):
        text = plain(measure.text)
        has_value = any(reading and reading.value.number is not None for reading in (measure.target, measure.baseline))
        has_number = has_value or _has_figure(text)
        counts = has_number or _COUNTS.match(text)
        is_done_work = not has_number and _is_done_work(text)
        if (
            is_done_work
            or _counts_work(measure, text)
            or (not counts and any(form.match(text) for form in (_DOES, _EXISTS, _IS_DONE)))
        ):
            message = f"“{shorten(text)}” is something that will be done, not a sign of what it changes."
            yield Hit(path=item.path, message=message)


def _counts_work(measure: Measure, text: str) -> bool:
    """Whether a measure says what will be done, or was held, and its values only count how often: four workshops."""
    lower = text.casefold()
    does = _DOES.match(text) if lower.startswith(_BEGINS_DOING) else None
    values = [reading.value for reading in (measure.baseline, measure.target) if reading]
    units = {measure.unit or "", *(value.unit for value in values)} - {""}
    if does is not None and units and _HOW_OFTEN.match(text, does.end()):
        return all(_COUNTED_WORK.fullmatch(unit) for unit in units)
    is_held = any(word in lower for word in _MAY_BE_HELD) and _TIMES_HELD.fullmatch(text) is not None
    if not is_held or measure.direction is Direction.DOWN:
        return False
    return all(_BARE_COUNT.fullmatch(unit) or _COUNTED_WORK.fullmatch(unit) for unit in units)


def _is_done_work(text: str) -> bool:
    if text.casefold().removesuffix(".").endswith(_DONE_WORDS) and _DONE_WORK.fullmatch(text):
        return True
    return _WORK_OF.fullmatch(text) is not None


@rule(
    "M07",
    "target-outside-plan",
    title="The target of a measure is due outside the years of the plan",
    severity=Severity.WARNING,
    why=f"""{_TRAJECTORIES} within the period of the plan. For a target due after its end nobody answers any more, and
    one due before its start judges other work.""",
    remedy="""Add the value to reach by the end of the plan as one of its `points`, with its time in `when`. Or correct
    the date.""",
    before="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
ambitions:
  - id: clinics
    title: Clinics
    measures: [{text: Towns that have a clinic., target: 9, by: March 2035}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: 2027-2030}
ambitions:
  - id: clinics
    title: Clinics
    measures: [{text: Towns that have a clinic., target: 9, by: March 2030}]
""",
)
def outside_plan(subject: Subject) -> Iterator[Hit]:
    """Targets whose last day is after the period stated over them, or before it; else after the last band.

    What is to be reached later is right where a point of the measure says how far it is by the end of the plan.
    """
    ends = [band.stated.end for timeline in subject.timelines for band in timeline.bands if band.stated]
    last_band = max((end for end in ends if end), default=None)
    for item, measure in placed_measures(subject):
        field = ("by",) if measure.by else ("target", "when")
        stated = measure.by or (measure.target.when if measure.target else None)
        due = subject.resolved(stated, item) if stated else None
        if due is None or due.end is None:
            continue
        period = subject.period_around(item)
        last = period.end if period else last_band
        remedy = ""
        if last and (due.start or due.end) > last:
            if _has_value_on_the_way(subject, item, measure, last):
                continue
            words, day, remedy = "after the plan ends", last, _value_to_add(measure, last)
        elif period and period.start and due.end < period.start:
            words, day, remedy = "before the plan begins", period.start, "Correct the date."
        else:
            continue
        message = f"{sentence_case(format_time(due))} is {words}, on {long_date(day)}."
        yield Hit(path=(*item.path, *field), message=message, remedy=remedy)


def _value_to_add(measure: Measure, last: dt.date) -> str:
    """What to do about a target after the plan, in the measure's own unit and the plan's own last month or day."""
    unit = (measure.target.value.unit if measure.target else "") or measure.unit or ""
    number = f"the number of {unit}" if unit and unit.isalpha() else f"the number in {unit}" if unit else "the number"
    is_whole_month = (last + ONE_DAY).day == 1
    time = long_date(last).partition(" ")[2] if is_whole_month else long_date(last)
    return (
        f"Add an entry to its `points`, with {number} to reach by the end of the plan in `text`, and `when: {time}`. "
        "Or correct the date."
    )


def _has_value_on_the_way(subject: Subject, item: Item, measure: Measure, last: dt.date) -> bool:
    """Whether a point of a measure has a number and a time that lies before the end of the plan."""
    stated = ((point.text or point.title or "", point.when) for point in measure.points)
    times = [subject.resolved(when, item) for words, when in stated if when and any(map(str.isdigit, words))]
    return any(time.end is not None and time.end <= last for time in times)


_OF_PEOPLE = frozenset({Theme.ACCESS, Theme.INEQUALITIES, Theme.PREVENTION, Theme.CONTINUITY})


@rule(
    "M09",
    "no-split",
    title="A measure of access or outcomes is not split by group",
    severity=Severity.ADVICE,
    why="""NHS England's statement under section 13SA of the NHS Act 2006 expects data split at least by deprivation,
    ethnicity, age and sex. An average that improves can hide a gap that grows.""",
    remedy="List in `splits` by what it will be split.",
    requires=("M06",),
    owed_by=PLANS,
    before="""
measures: [{text: People seen on the day they ask., themes: [access]}]
""",
    after="""
measures: [{text: People seen on the day they ask., themes: [access], splits: [deprivation, age]}]
""",
)
def no_split(subject: Subject) -> Iterator[Hit]:
    """Measures about access, prevention, continuity or inequalities, by their own themes, without any split."""
    for item, measure in placed_measures(subject):
        about = [theme.value for theme in measure.themes if theme in _OF_PEOPLE]
        if about and not measure.splits:
            message = f"“{shorten(measure.title or measure.text)}” is about {listed(about)}, and is split by no group."
            yield Hit(path=item.path, message=message)


@rule(
    "M10",
    "measure-of-nothing",
    title="A measure stands where nothing is planned that could move it",
    severity=Severity.WARNING,
    why=f"{_TRAJECTORIES} and milestones. A number that no action moves tells how the world goes, not the plan.",
    remedy="Name in `of` the actions and milestones it judges, or add them beside it.",
    requires=("O15",),
    owed_by=PLANS,
    before="""
features: [Clinics are light and warm.]
measures: [Towns that have a clinic.]
""",
    after="""
actions: [Open a clinic in the old library.]
measures: [Towns that have a clinic.]
""",
)
def of_nothing(subject: Subject) -> Iterator[Hit]:
    """Measures linked to no action or milestone, with none under the same objective either."""
    acting = {aim for item in subject.of(Action) for aim in item.aims()}
    for item, measure in placed_measures(subject):
        aim = item.aim
        if not measure.of and aim is not None and aim not in acting:
            message = f"No action or milestone is planned that could move “{shorten(measure.title or measure.text)}”."
            yield Hit(path=item.path, message=message, explained_at=(aim.path,))


RULES = (incomplete, activity, outside_plan, no_split, of_nothing)
