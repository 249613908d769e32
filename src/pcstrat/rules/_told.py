"""Turns the words of a promise into whether they tell of the past: a past verb with a time from before the plan.

Only what can hardly be meant as work to come counts. "Extend the pilot opened in 2025" and "Improved access by 2025"
are left alone: a rule that took them for the past would be wrong too often.
"""

from __future__ import annotations

import datetime as dt
import re

from pcstrat.model.times import time_or_none
from pcstrat.numerals import WORDS
from pcstrat.patterns import Pattern
from pcstrat.rules._promises import MONTHS, Promise, promised_words
from pcstrat.rules.subject import Subject

_RELATIVE_SIGNS = ("last ", " ago", "earlier this year")
"""What stands in every time that is looked for and names no year."""
_DATED = rf"(?:(?:early|late|mid)[ -])?(?:[0-9]{{1,2}} )?(?:{MONTHS} )?20[0-9]{{2}}(?:/[0-9]{{2}})?"
_RELATIVE = (
    rf"(?:last (?:month|week|year|{MONTHS})|earlier this year"
    rf"|(?:an?|{WORDS}|[0-9]+) (?:month|week|year)s? ago)"
)
_TIME = rf"(?:(?:during|in|on|since) (?:the )?(?P<when>{_DATED})|{_RELATIVE})"
_DONE = (
    r"(?:achieved|added|agreed|appointed|approved|awarded|became|began|bought|built|closed|commissioned|completed|created"
    r"|delivered|developed|established|expanded|extended|finished|formed|gave|halved|held|hired|implemented|improved|increased"
    r"|installed|introduced|invested|joined|launched|merged|moved|opened|piloted|procured|published|recruited|reduced"
    r"|refurbished|relocated|replaced|rolled out|set up|signed|started|took|tested|trained|upgraded|won)"
)
_BEGINS_DONE = Pattern(
    rf"{_DONE} (?!(?:and|as|at|by|during|for|from|in|of|on|or|since|to|with)\b)[^.;:]*?\b{_TIME}"
    r"(?=$|[.,;)]| (?:after|and|at|by|for|from|so|thanks|through|to|using|with)\b)",
    re.IGNORECASE,
)
"""A sentence without a subject: "Opened three clinics in 2025". "Built in 2019, the clinic ..." is another."""
_NOT_BEFORE = (
    r"(?:after|although|are|as|be|because|been|before|how|if|is|once|since|that|they|though|until|was|we|were|what|when|where|whether"
    r"|which|while|who|whose|why|will)"
)
_WORDS = rf"(?:(?!{_NOT_BEFORE}\b)[^\s,.;:]+ )"
_ITEMS = rf"(?:an?|all|both|each|every|its|many|most|our|several|the|their|these|this|{WORDS}|[0-9][0-9,]*)"
_ENDS = rf"\b[^.;:]*?\b{_TIME}[).! ]*$"
_TOLD = Pattern(rf"{_ITEMS} {_WORDS}{{1,8}}?{_DONE}{_ENDS}", re.IGNORECASE)
_WAS_DONE = Pattern(
    rf"(?!(?:check|confirm|ensure|find|make|note|report|say|show|test)\b)"
    rf"{_WORDS}{{1,9}}?(?:was|were) (?:\w+ly )?(?:\w+ed|begun|bought|built|held|made|put|run|set up){_ENDS}",
    re.IGNORECASE,
)
_THEN = Pattern(
    rf"{_TIME},? (?:(?:we|it|they) (?:also )?|{_ITEMS} {_WORDS}{{1,6}}?)(?:{_DONE}|(?:was|were) \w+ed)\b", re.IGNORECASE
)
_GOES_ON = Pattern(r"(?:it|they|this|these|that) (?:was|were|has|have|had|\w+ed)\b", re.IGNORECASE)
_STATE = Pattern(r"\b(?:are|is|must|needs?|should|to be)\b", re.IGNORECASE)
"""A verb after "Established clinics in 2024 with low uptake": what seemed to be one is none."""
_YEAR = Pattern(r"\b20[0-9]{2}\b")


def told(subject: Subject) -> frozenset[Promise]:
    """The promises whose sentence tells of what was done before the plan, and says when.

    The plan's day is the last that its date can mean, or the first of its period if that is later; without either,
    only what was done "last year" is told.
    """
    day = max(filter(None, (subject.written_on, subject.begins)), default=None)
    found = promised_words(subject).naming("20", *_RELATIVE_SIGNS)
    return frozenset(promise for promise in found if _is_told(promise, day))


def _is_told(promise: Promise, day: dt.date | None) -> bool:
    sentence = promise.sentence
    rest = promise.whole[len(sentence) :].strip()
    years = [int(year) for year in _YEAR.findall(sentence)]
    if not years and not any(sign in sentence.casefold() for sign in _RELATIVE_SIGNS):  # "204 visits" names no year
        return False
    if (rest and not _GOES_ON.match(rest)) or len(years) > 1 or (day and any(year > day.year for year in years)):
        return False
    if begins := (None if _STATE.search(sentence) else _BEGINS_DONE.match(sentence)) or _TOLD.match(sentence):
        return _was_over(begins["when"], day)
    clause = _WAS_DONE.match(sentence) or _THEN.match(sentence)
    return clause is not None and _had_begun(clause["when"], day)


def _was_over(when: str | None, day: dt.date | None) -> bool:
    """Whether a time has its last day before the plan: what was "opened" in the plan's own year may be to come."""
    if when is None:
        return True
    end = _days(when)[1]
    return day is not None and end is not None and end < day


def _had_begun(when: str | None, day: dt.date | None) -> bool:
    if when is None:
        return True
    start = _days(when)[0]
    return day is not None and start is not None and start < day


def _days(when: str) -> tuple[dt.date | None, dt.date | None]:
    time = time_or_none(when)
    return (time.start, time.end) if time is not None else (None, None)
