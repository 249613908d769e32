"""Finds facts that contradict themselves, in their words and value or in two places, or that are still to come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.evidence import Figure, Source, Statistic
from pcstrat.model.measures import Reading
from pcstrat.model.points import Achievement, Action
from pcstrat.model.quantities import Quantity, QuantityError, parse_quantity
from pcstrat.model.times import Time, format_time
from pcstrat.model.vision import EngagementStep
from pcstrat.model.vocabulary import Progress
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import may_agree
from pcstrat.rules._deadlines import first_day
from pcstrat.rules._promises import MONTHS
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules._units import COUNT, Unit, unit_of
from pcstrat.rules.measure import placed_measures
from pcstrat.rules.subject import Item, Subject
from pcstrat.text import long_date, singular

_CHECKED = "Numbers are what readers check first, and one that is wrong puts all others in doubt"
_QUALIFIER = "about|almost|approximately|around|at least|fewer than|less than|more than|nearly|over|under|up to"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_PER_CENT = Pattern(
    rf"(?:\b(?:{_QUALIFIER}) )?(?<![\w.,£/–-]){_NUMBER}(?: to {_NUMBER}|[–-]{_NUMBER})?"
    r"(?: ?%| per ?cent\b)(?! ?(?:percentage )?points?)",
    re.IGNORECASE,
)
_FORECAST = Pattern(
    r"\b(?:by 2[0-9]{3}|could|estimate[ds]?|expect(?:ed|s)?|forecasts?|(?-i:may)|might|predict(?:ed|s)?"
    r"|project(?:ed|ions?)|rising to|set to|should|will|would)\b",
    re.IGNORECASE,
)
_COMPARED = Pattern(r" (?:fewer|higher|less|lower|more)\b", re.IGNORECASE)
_OPENING_NUMBER = Pattern(
    rf"(?:(?:in total|there (?:are|were)|only|some),? )?((?:(?:{_QUALIFIER}) )?{_NUMBER}(?: thousand| million)?)"
    r"(?= [a-z])(?! (?:a|and|between|extra|fewer|in|less|more|of|or|other|out|points?|to|per|times"
    r"|(?:minute|hour|day|week|month|year)s?)\b)",
    re.IGNORECASE,
)


@rule(
    "S24",
    "words-and-value-differ",
    title="A number in words is not the value beside it",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_CHECKED}. The page prints the value and the words side by side.",
    remedy="Correct one of the two.",
    before="""
strengths: {items: [{title: Towns, statistics: [{value: 9%, text: 14% of towns have no bridge.}]}]}
""",
    after="""
strengths: {items: [{title: Towns, statistics: [{value: 14%, text: 14% of towns have no bridge.}]}]}
""",
)
def words_and_value(subject: Subject) -> Iterator[Hit]:
    """Figures and statistics whose words give one number of the same sort, and not the one that is stated."""
    for item in subject.of(Figure, Statistic):
        value, text = item.part.value, item.part.text
        said = _said_in(plain(text), value) if value is not None and text and not item.is_retired else ""
        number = _number(said)
        if value is not None and number is not None and _differ_by_a_slip(number, value):
            message = f"The words say “{said}”, but the value is {value.published}."
            related = (Related((*item.path, "value"), f"“{value.published}” stands here."),)
            yield Hit(path=(*item.path, "text"), message=message, at_words=said, related=related)


def _differ_by_a_slip(said: Quantity, value: Quantity) -> bool:
    """Whether two numbers differ, but not so much that they must be of different things, nor only by rounding."""
    if said.number is None or value.number is None or may_agree(said, value):
        return False
    if said.number == value.number.quantize(said.number, ROUND_HALF_UP):
        return False
    small, large = sorted((said.number, value.number))
    return large <= small * _AT_MOST_AS_LARGE


def _said_in(text: str, value: Quantity) -> str:
    """The one number in a text that can be meant by a value, as written; empty if there is none, or more than one."""
    if value.number is None or value.of is not None:
        return ""
    if value.unit == "%":
        shares = _PER_CENT.findall(text) if "%" in text or "cent" in text else []
        is_first = len(shares) == 1 and text.startswith(shares[0])
        return shares[0] if is_first and not _COMPARED.match(text, len(shares[0])) else ""
    if unit_of(value, "").kind != COUNT:
        return ""
    opening = _OPENING_NUMBER.match(text)
    if opening is None or _NO_COUNT.fullmatch(opening[1]):
        return ""
    others = (_number(found[0]) for found in _COUNT.finditer(text[opening.end() :]))
    return "" if any(other is not None and may_agree(other, value) for other in others) else opening[1]


def _number(words: str) -> Quantity | None:
    try:
        return parse_quantity(words) if words else None
    except QuantityError:
        return None


_AT_MOST_AS_LARGE = 10
"""How many times as large one of two numbers may be: with more between them, they count different things, as a rule."""
_YEAR = Pattern(r"(?:19|20)[0-9]{2}")
_NO_COUNT = Pattern(r"(?:19|20)[0-9]{2}|111|119|999")
"""A year, or the number of a service that people call."""
_COUNT = Pattern(rf"(?<![\w.,£/–-]){_NUMBER}(?: thousand| million)?")
_WORDS = Pattern(r"[^\W\d_]+")
_TIME_OR_NUMBER = Pattern(
    rf"(?:\b(?:at the end of|by|during|for|in|on|since) )?(?:\b{MONTHS} )?\b(?:19|20)[0-9]{{2}}(?:/[0-9]{{2}})?\b"
    rf"|{_NUMBER}(?: ?%| per ?cent\b| thousand\b| million\b)?",
    re.IGNORECASE,
)
"""What is compared beside the words: the time, the value and other numbers."""
_FEWEST = 3
_SMALL_WORDS = (
    "a about all almost also an and approximately are around be been being do has have had is nearly of only our some "
    "that the their there these this was were who which"
)
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words without which a text is of the same; "no", "not", "from", "under" and "last" are none of them."""
_TELL_MORE = Pattern(r"\s*(?:for (?:want|lack) of|of (?:arrival|admission|referral|discharge|birth))\b", re.IGNORECASE)
"""Words with which a text says more of all that it has named. Any others may narrow it to some of them."""


class _Telling(NamedTuple):
    """The words of a text that tell what it is of, in the singular, where each ends, and its other numbers."""

    text: str
    words: tuple[str, ...]
    ends: tuple[int, ...]
    numbers: frozenset[str]


class _Fact(NamedTuple):
    """A value for a time, and what it is of."""

    path: Path
    telling: _Telling
    value: Quantity
    unit: Unit
    whole: str | None
    when: Time
    source: str | None


@rule(
    "S25",
    "fact-stated-twice",
    title="One fact has two values",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_CHECKED}.",
    remedy="Correct one of the two. If they are of different people, places or days, say so in each.",
    before="""
strengths:
  items:
    - title: Bridges
      statistics: [{value: 38, text: Ferries stopped by fog in the bay., as_at: May 2026}]
ambitions:
  - id: fog
    title: Fog
    measures: [{text: Ferries stopped by fog in the bay, baseline: {value: 52, when: May 2026}}]
""",
    after="""
strengths:
  items:
    - title: Bridges
      statistics: [{value: 38, text: Ferries stopped by fog in the bay., as_at: May 2026}]
ambitions:
  - id: fog
    title: Fog
    measures: [{text: Ferries stopped by fog in the bay, baseline: {value: 38, when: May 2026}}]
""",
)
def fact_twice(subject: Subject) -> Iterator[Hit]:
    """Statistics and readings of measures for one time, in the same words and the same unit, whose values differ."""
    known: dict[tuple[dt.date | None, dt.date | None, str], list[_Fact]] = {}
    for fact in _facts(subject):
        if len(fact.telling.words) < _FEWEST or fact.value.number is None or not fact.when.is_dated:
            continue
        alike = known.setdefault((fact.when.start, fact.when.end, fact.telling.words[0]), [])
        other = next((entry for entry in alike if _is_same(entry, fact)), None)
        alike.append(fact)
        if other is not None and not may_agree(other.value, fact.value):
            message = (
                f"“{fact.value.published}” stands here, but “{other.value.published}” elsewhere, for "
                f"{format_time(fact.when)} too: “{shorten(other.telling.text)}”."
            )
            related = (Related(other.path, f"“{other.value.published}” stands here."),)
            yield Hit(path=fact.path, message=message, related=related)


def _facts(subject: Subject) -> Iterator[_Fact]:
    """Every statistic and every reading of a measure that states its time."""
    for placed in subject.of(Statistic):
        part = placed.part
        when = part.as_at or part.period
        if part.value is not None and when is not None and not placed.is_retired:
            telling, unit = _telling(plain(part.text), part.value), unit_of(part.value, "")
            yield _Fact((*placed.path, "value"), telling, part.value, unit, part.of, when, part.source)
    for item, measure in placed_measures(subject):
        for field in ("baseline", "latest"):
            reading = getattr(measure, field)
            if isinstance(reading, Reading) and reading.when is not None:
                value, source = reading.value, reading.source or measure.source
                telling, unit = _telling(plain(measure.text), value), unit_of(value, measure.unit or "")
                yield _Fact((*item.path, field), telling, value, unit, measure.population, reading.when, source)


def _telling(text: str, value: Quantity) -> _Telling:
    rest = _YEAR.sub(" ", text.replace(value.published, " "))
    numbers = frozenset(re.findall(_NUMBER, rest))
    bare = _TIME_OR_NUMBER.sub(lambda found: " " * len(found[0]), text)
    found = [match for match in _WORDS.finditer(bare) if match[0].casefold() not in _SMALL]
    words = tuple(singular(match[0]).casefold() for match in found)
    return _Telling(text, words, tuple(match.end() for match in found), numbers)


def _is_same(one: _Fact, other: _Fact) -> bool:
    """Whether two facts of one time are of the same thing: one is said in the words that the other begins with."""
    if one.unit != other.unit or one.whole != other.whole or one.telling.numbers != other.telling.numbers:
        return False
    if one.source and other.source and one.source != other.source:
        return False
    short, long = sorted((one.telling, other.telling), key=lambda telling: len(telling.words))
    length = len(short.words)
    return long.words[:length] == short.words and (
        length == len(long.words) or _TELL_MORE.match(long.text, long.ends[length - 1]) is not None
    )


_EARLY = dt.timedelta(days=365)
_TOLD = Pattern(
    r"\b(?:was|were|(?:we|they|people|residents|staff|patients|carers|partners)"
    r" (?:[a-z]{2,}ed|came|gave|had|heard|held|met|ran|sent|spoke|told|took|went|wrote))\b(?!.*\bwill\b)",
    re.IGNORECASE,
)
"""In a step of the engagement: that it has been. Those to come may stand beside it."""


@rule(
    "T30",
    "fact-to-come",
    title="A fact is dated after today, or after the plan",
    severity=Severity.WARNING,
    why="""Nobody can have counted or done it yet, so the date is wrong, or the words give a forecast or a target for a
    fact.""",
    remedy="Correct the date. Say of a forecast that it is one; what is to be reached is a `target`.",
    before="""
strengths: {items: [{title: Towns, statistics: [{value: 14%, text: 14% of towns have no bridge., as_at: May 2199}]}]}
""",
    after="""
strengths: {items: [{title: Towns, statistics: [{value: 14%, text: 14% of towns have no bridge., as_at: May 2024}]}]}
""",
)
def facts_to_come(subject: Subject) -> Iterator[Hit]:
    """What is told as a fact, published or done, and dated after today and after the plan's date; but no forecasts.

    A statistic may be a forecast in other words, and a source may be awaited: these are advice at most. So is what is
    done with a time to come, which may have been done early, unless a year is between them; and what is dated after the
    plan, which may have been kept up to date since. Achievements and latest values are there for that.
    """
    written = subject.written_on
    today = max(subject.as_of, written or subject.as_of)
    for item, field, time in (*_dated_values(subject), *_dated_past(subject)):
        first = time.start or (first_day(time) if isinstance(item.part, Achievement) else None)
        if first is None or item.is_retired:
            continue
        if first > today:
            given = "an achievement" if isinstance(item.part, Achievement) else "a fact"
            message = f"“{time.published}” is still to come, but stands with {given}."
            cap = Severity.ADVICE if isinstance(item.part, Statistic | Source) else None
            yield Hit(path=(*item.path, field), message=message, at_most=cap)
        elif written is not None and first > written and not _is_kept_up(item):
            message = f"“{time.published}” is after the date of the plan, {long_date(written)}."
            yield Hit(path=(*item.path, field), message=message, remedy=_NEW_DATE, at_most=Severity.ADVICE)
    yield from _done_to_come(subject, today + _EARLY)


_NEW_DATE = "Correct the date, or say in `document.published` when the plan was last brought up to date."


def _is_kept_up(item: Item) -> bool:
    """Whether something is there to be kept up to date after the plan is out."""
    return isinstance(item.part, Achievement) or item.path[-1:] == ("latest",)


def _done_to_come(subject: Subject, first_day: dt.date) -> Iterator[Hit]:
    for action in subject.of(Action):
        when = action.part.when if action.get("status") is Progress.DONE and not action.is_retired else None
        if when is not None and when.start is not None and when.start > first_day:
            message = f"“{when.published}” is still to come, but `status` says that this is done."
            remedy = "Correct the time or the `status`."
            yield Hit(path=(*action.path, "when"), message=message, remedy=remedy, at_most=Severity.ADVICE)


def _dated_values(subject: Subject) -> Iterator[tuple[Item, str, Time]]:
    for item in subject.of(Figure, Statistic):
        text = item.part.text
        of_value = item.part.value is not None and not (text and _FORECAST.search(text))
        for field in ("as_at", "period") if of_value else ():
            if item.get(field) is not None:
                yield item, field, item.get(field)
    for read in subject.of(Reading):
        if read.path[-1] != "target" and read.part.value.number is not None and read.part.when is not None:
            yield read, "when", read.part.when


def _dated_past(subject: Subject) -> Iterator[tuple[Item, str, Time]]:
    """What has been done, published or asked."""
    for done in subject.of(Achievement):
        if done.part.when is not None:
            yield done, "when", done.part.when
    for source in subject.of(Source):
        if source.part.date is not None:
            yield source, "date", source.part.date
    for step in subject.of(EngagementStep):
        if step.part.when is not None and _TOLD.search(plain(step.part.text or "")):
            yield step, "when", step.part.when


RULES = (words_and_value, fact_twice, facts_to_come)
