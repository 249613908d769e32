"""Finds numbers of measures that readers cannot rely on: in per cent of what, too low, or measured by nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.evidence import Statistic
from pcstrat.model.measures import Measure
from pcstrat.model.points import Milestone, Outcome
from pcstrat.model.vocabulary import MilestoneKind
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.registry import Commitment, Target
from pcstrat.rules._rule import PLANS, Hit, rule
from pcstrat.rules.measure import placed_measures
from pcstrat.rules.subject import Item, Subject
from pcstrat.text import sentence_case

_LONG_WORD = Pattern(r"[a-zA-Z]{4,}")
_CHANGE = Pattern(
    r"""\b(?:increase|rise|grow|growth|raise|improve|improvement|decrease|fall|drop|reduce|reduction|cut|lower)[a-z]*\b
        (?P<between>[^.]{0,80}?)\bby\ (?:at\ least\ |about\ |up\ to\ )?
        (?P<number>[0-9]+(?:\.[0-9]+)?)\ ?(?:%|per\ ?cent\b)
        (?!\ ?points?)""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_CHANGE = ("increase", "rise", "grow", "raise", "improve", "decrease", "fall", "drop", "reduc", "cut", "lower")
_CHANGE_FIRST = Pattern(
    r"(?:an? |the )?(?:increase|rise|growth|decrease|fall|drop|reduction|improvement)\b", re.IGNORECASE
)
_SHARE = Pattern(
    r"""\b(?:shares?|proportions?|percentages?|rates?|uptake|coverage|satisfaction|satisfied|positive|responses
        |who\ (?:say|said|feel|report)|for\ whom)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@rule(
    "M08",
    "percent-or-points",
    title="A change in per cent of a share can be read in two ways",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""From 40% “up by 10%” is 44%, and “up by 10 percentage points” is 50%. A target that can be read as either is
    reached or missed at will.""",
    remedy="Write “percentage points” if points are meant, or both values: from 40% to 50%.",
    before="""
measures: [The uptake of home visits will increase by 10%.]
""",
    after="""
measures: [The uptake of home visits will increase by 10 percentage points.]
""",
)
def percent_or_points(subject: Subject) -> Iterator[Hit]:
    """Changes of a share by so many per cent, in measures, outcomes and statistics, without value before and after."""
    for item in subject.of(Measure, Outcome, Milestone, Statistic):
        text = plain(item.get("text") or "")
        field, number = _change_of_share(item, text) if _may_be_change(item, text) else ("", "")
        if number and not item.is_retired and not _gives_both(item):
            message = f"“{shorten(text)}”: {number} may mean per cent or percentage points."
            yield Hit(path=(*item.path, field), message=message)


def _may_be_change(item: Item, text: str) -> bool:
    lower = text.casefold()
    has_per_cent = isinstance(item.part, Statistic) or "%" in text or "cent" in lower
    return has_per_cent and any(words in lower for words in _IN_CHANGE) and _SHARE.search(text) is not None


def _change_of_share(item: Item, text: str) -> tuple[str, str]:
    """The field that says by how much a share changes, and how much; empty if it does not."""
    found = _CHANGE.search(text)
    if found is not None:
        return "text", f"{found['number']}%"
    value = item.part.value if isinstance(item.part, Statistic) else None
    if value is not None and value.unit == "%" and _CHANGE_FIRST.match(text):
        return "value", value.published
    return "", ""


def _gives_both(item: Item) -> bool:
    """Whether a measure states the value before and after, so that no doubt is left."""
    return isinstance(item.part, Measure) and item.part.baseline is not None and item.part.target is not None


@rule(
    "M11",
    "weaker-than-national",
    title="A target is weaker than the national one that it answers",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""Whoever compares plans takes the national target for the least that is promised. A lower or later one may be
    honest, but needs its reason.""",
    remedy="Raise the target, or say in `text` why it is lower and when the national one will be reached.",
    before="""
measures:
  - {text: Clinically urgent patients seen on the same day., target: 80%, by: March 2027, commitments: [MTP-SAME90]}
""",
    after="""
measures:
  - {text: Clinically urgent patients seen on the same day., target: 90%, by: March 2027, commitments: [MTP-SAME90]}
""",
)
def weaker(subject: Subject) -> Iterator[Hit]:
    """Targets below, or later than, those of a commitment of the measure, in the same unit, of the same thing.

    A measure without codes answers the commitments of what it measures, where it speaks of the same thing. Where a
    measure says why, and when the national target will be reached, nothing is found.
    """
    for item, measure in placed_measures(subject):
        for code in measure.commitments or _codes_around(item):
            commitment = subject.registry.commitment(code)
            known = commitment is not None and (subject.written_on is None or _is_out(commitment, subject))
            if commitment is None or not known:
                continue
            for target in commitment.targets:
                words = _how_weaker(measure, target, is_only=len(commitment.targets) == 1)
                is_late = words.startswith(_LATE)
                if words and not _says_why(measure, is_late=is_late):
                    message = f"{code} asks for {_asked(target)}; {words}."
                    remedy = _remedy_for_late(subject, item, target) if is_late else ""
                    cap = None if commitment.verified_on else Severity.ADVICE
                    yield Hit(path=(*item.path, "target"), message=message, remedy=remedy, at_most=cap)


def _codes_around(item: Item) -> tuple[str, ...]:
    """The commitments of the nearest thing around a measure that states any."""
    return next(filter(None, (around.get("commitments") for around in item.above())), ())


def _is_out(commitment: Commitment, subject: Subject) -> bool:
    """Whether a commitment was there when the plan was written."""
    return not commitment.applies_from or not subject.written_on or commitment.applies_from <= subject.written_on


_REASON = Pattern(
    r"\b(?:because|behind|below|due to|fewer|higher|lack|late|later|less|lower|not yet|reason|short|until)\b",
    re.IGNORECASE,
)
_REACHED_WHEN = Pattern(
    r"\b(?:achiev|get to|hit|match|meet|met\b|reach)[^.;]{0,80}\b20[0-9]{2}\b|\b(?:months?|years?) (?:later?|behind)\b",
    re.IGNORECASE,
)


def _says_why(measure: Measure, *, is_late: bool) -> bool:
    """Whether a measure speaks of the national target, and says why it differs; if it is lower, until when."""
    text = " ".join((measure.text, *(point.text or point.title or "" for point in measure.points)))
    if "national" not in text.casefold() or _REASON.search(text) is None:
        return False
    return is_late or _REACHED_WHEN.search(text) is not None


_LATE = "this target is due later"


def _remedy_for_late(subject: Subject, item: Item, target: Target) -> str:
    """What can be done about a target that is due later: an earlier date must be one of the plan."""
    over = subject.period_around(item)
    begins = over.start if over else subject.begins
    reason = "say in `text` why it is later than the national one"
    is_past = begins is not None and target.by_date is not None and target.by_date < begins
    return f"{sentence_case(reason)}." if is_past else f"Correct the date, or {reason}."


def _how_weaker(measure: Measure, target: Target, *, is_only: bool) -> str:
    """How the target of a measure falls short of a national one; empty if it does not, or they do not compare."""
    own = measure.target
    if own is None or own.value.number is None or own.value.unit.split(" ")[0] != target.unit:
        return ""
    if not _same_thing(measure, target, is_only=is_only):
        return ""
    wanted, number = target.value, own.value.number
    if (target.comparator == "at-least" and number < wanted) or (target.comparator == "at-most" and number > wanted):
        return f"this target is {own.value.published}"
    by = measure.by or own.when
    if number == wanted and by and by.start and target.by_date and by.start > target.by_date:
        return f"{_LATE}, {by.published}"
    return ""


def _same_thing(measure: Measure, target: Target, *, is_only: bool) -> bool:
    """Whether enough words of the national indicator stand in the measure; all, where only its aim has the code."""
    text = " ".join(filter(None, (measure.title, measure.text, measure.indicator, measure.population))).casefold()
    words = {word.casefold()[:6] for word in _LONG_WORD.findall(f"{target.indicator}")}
    found = sum(word in text for word in words)
    if not measure.commitments:
        return found == len(words)
    return found * 2 > len(words) or (is_only and found * 2 == len(words))


def _asked(target: Target) -> str:
    sign = {"at-least": "at least ", "at-most": "at most "}.get(target.comparator, "")
    unit = target.unit if target.unit == "%" else f" {target.unit}"
    by = f" by {target.by}" if target.by else ""
    return f"{sign}{target.value:f}{unit} ({target.indicator}){by}"


@rule(
    "M12",
    "outcome-not-measured",
    title="A number is promised, but no measure follows it",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""A number among outcomes reads like a target. Without a measure it has no baseline, no source and nobody who
    reads it.""",
    remedy="Add a measure with this number for its target, or name the outcome in `of` of one.",
    owed_by=PLANS,
    before="""
outcomes: [200 fewer people travel abroad for treatment.]
""",
    after="""
outcomes: [{id: fewer-journeys, text: 200 fewer people travel abroad for treatment.}]
measures: [{text: People who travel abroad for treatment., baseline: 900, target: 700, of: [fewer-journeys]}]
""",
)
def not_measured(subject: Subject) -> Iterator[Hit]:
    """Outcomes that say how much more or less there will be, when no measure is of them or has their number."""
    measured = {ref for _, measure in placed_measures(subject) for ref in measure.of}
    numbers = {number for _, measure in placed_measures(subject) for number in _numbers(measure)}
    for item in subject.of(Outcome, Milestone):
        part = item.part
        if isinstance(part, Milestone) and part.kind is not MilestoneKind.OUTCOME:
            continue
        text = plain(item.get("text") or "")
        found = amount_in(text)
        if found and item.get("id") not in measured and not item.is_retired:
            stated = set(_FIGURES.findall(found[0]))
            if not {number.rstrip(".,").replace(",", "") for number in stated} & numbers:
                yield Hit(path=(*item.path, "text"), message=f"No measure follows “{shorten(text)}”.")


_FIGURES = Pattern(r"[0-9][0-9,.]*")
_AMOUNT = Pattern(
    r"\b(?!20[0-9]{2}\b)[0-9]+(?:[,.][0-9]+)*(?:%| per ?cent)? (?:\w+ )?(?:fewer|more|less|extra|additional)\b"
    r"|\b(?:increas|reduc|rise|rising|rais|improv|fall|decreas|cut|grow)\w*\b[^.]{0,60}"
    r"\b(?:by [0-9]|from £?[0-9]\S* to £?[0-9]|(?<=cut )to [0-9]|(?<=fall )to [0-9]|to [0-9.]+ ?%)[0-9,.]*",
    re.IGNORECASE,
)
_MAY_BE_AMOUNT = (
    *("fewer", "more", "less", "extra", "additional"),
    *("increas", "reduc", "rise", "rising", "rais", "improv", "fall", "decreas", "cut", "grow"),
)


def amount_in(text: str) -> re.Match[str] | None:
    """Where a text says how much more or less there will be."""
    lower = text.casefold()
    return _AMOUNT.search(text) if any(words in lower for words in _MAY_BE_AMOUNT) else None


def _numbers(measure: Measure) -> Iterator[str]:
    """The numbers of a measure as they may stand in a text: of its values, and in its own words."""
    for reading in (measure.baseline, measure.target):
        if reading is not None and reading.value.number is not None:
            yield f"{reading.value.number.normalize():f}"
    yield from (number.rstrip(".,").replace(",", "") for number in _FIGURES.findall(measure.text))


RULES = (percent_or_points, weaker, not_measured)
