"""Finds measures whose text names other numbers than their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.measures import Reading
from pcstrat.model.quantities import Quantity
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import may_agree
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules._units import COUNT, unit_in, unit_of
from pcstrat.rules.measure import placed_measures
from pcstrat.rules.subject import Subject

_FROM_TO = Pattern(
    r"\bfrom £?(?P<first>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<first_sign> ?%| per ?cent\b)?"
    r" to (?:at least |at most |about )?£?(?P<last>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<last_sign> ?%| per ?cent\b)?"
    r"(?! ?(?:[ap]m|k|m|bn|million|billion)\b)(?![\w:/.-]*[0-9])",
    re.IGNORECASE,
)
_REACHES = Pattern(
    r"\b(?:rises?|falls?|grows?|drops?|goes (?:up|down)|increas(?:e|es|ing)|decreas(?:e|es|ing)|reduc(?:e|es|ing|ed)"
    r"|cut|improv(?:e|es|ing)|reach(?:es)?)(?: to)? (?:at least |at most )?(?P<last>[0-9][0-9,]*(?:\.[0-9]+)?)"
    r"(?P<last_sign> ?%| per ?cent\b)(?! ?points?| of\b)",
    re.IGNORECASE,
)
_REACHES_NUMBER = Pattern(
    r"\b(?:rises?|falls?|grows?|drops?|(?:goes|comes?) (?:up|down)|increas(?:e|es|ing)|decreas(?:e|es|ing)"
    r"|reduc(?:e|es|ing|ed)|cut) to (?:at least |at most |about )?£?"
    r"(?P<last>(?!(?:19|20)[0-9]{2}\b)[0-9][0-9,]*(?:\.[0-9]+)?)(?P<last_sign>%)?"
    r"(?! ?(?:%|per\b|(?:out )?of\b|in\b|or\b|and\b|[ap]m\b|k\b|m\b|bn\b|thousand\b|million\b|billion\b))"
    r"(?![\w:/.-]*[0-9]|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_TIMES = Pattern(
    r"\b(?:19|20)[0-9]{2}(?:[/–-][0-9]{2,4})?\b"
    r"|\b[0-9]{1,2} (?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
    r"|\b(?:within|under|over|than|in|after|every|first|last) [0-9]+ (?:working )?"
    r"(?:minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_OTHER_NUMBERS = Pattern(r"[0-9]|\b(?:both|finally|later|respectively|then|(?:up|down|on|and|or) to)\b", re.IGNORECASE)
"""What speaks of another step or of another group, beside the one change: "from 9 to 7 and then to 5"."""
_RANGES = Pattern(
    r"\b(?:age[ds]?|scales?|scores?|scored|open|hours|dates?|years?(?= from)|grades?|bands?)\b", re.IGNORECASE
)
"""Words beside which "from 5 to 11" is a range, not a change."""


@rule(
    "M16",
    "text-value-contradicts",
    title="The text of a measure gives other numbers than its baseline and target",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""NHS England's guidance on joint forward plans asks for trajectories. Readers go by the text, charts and
    comparison by the fields: both must say the same.""",
    remedy="Correct one of the two.",
    before="""
measures: [{text: Towns that have a clinic rise from 2 to 9., baseline: 2, target: 7}]
""",
    after="""
measures: [{text: Towns that have a clinic rise from 2 to 9., baseline: 2, target: 9}]
""",
)
def text_contradicts(subject: Subject) -> Iterator[Hit]:
    """Measures whose text names one change, "from 70% to 85%" or "falls to 5", with values that are not stated."""
    for item, measure in placed_measures(subject):
        text = plain(measure.text)
        changes = next(filter(None, ([*form.finditer(text)] for form in _forms_in(text))), [])
        if len(changes) != 1 or _RANGES.search(text) or _has_other_numbers(text, changes[0]):
            continue
        change, unit = changes[0].groupdict(), unit_in(text[changes[0].end() :].lstrip())
        for field, group in (("baseline", "first"), ("target", "last")):
            reading = getattr(measure, field)
            if group not in change or not isinstance(reading, Reading):
                continue
            is_alike = unit.kind == COUNT or unit == unit_of(reading.value, measure.unit or "")
            if is_alike and _differs(change, group, reading):
                message = f"The text says “{changes[0][0]}”, but the {field} is {reading.value.published}."
                related = (Related((*item.path, field), f"The {field} stands here."),)
                yield Hit(path=(*item.path, "text"), message=message, related=related)
                break


def _forms_in(text: str) -> Iterator[Pattern]:
    """The forms of a change that a text may have, by the words that stand in each."""
    lower = text.casefold()
    has_to = " to " in lower
    if has_to and "from " in lower:
        yield _FROM_TO
    if "%" in lower or "cent" in lower:
        yield _REACHES
    if has_to:
        yield _REACHES_NUMBER


def _has_other_numbers(text: str, change: re.Match[str]) -> bool:
    """Whether a text has a number besides a change and the times that it names, so that it may tell of two."""
    rest = _TIMES.sub(" ", text[: change.start()] + " | " + text[change.end() :])
    return _OTHER_NUMBERS.search(rest) is not None


def _differs(change: dict[str, str | None], group: str, reading: Reading) -> bool:
    """Whether a number of a text, in the unit of a reading, is not the one that the reading states."""
    number, sign = change[group] or "", change[f"{group}_sign"] or change["last_sign"]
    value = reading.value
    if value.number is None or bool(sign) != (value.unit == "%"):
        return False
    stated = Decimal(number.replace(",", ""))
    return not may_agree(Quantity(published=number, number=stated), value)


RULES = (text_contradicts,)
