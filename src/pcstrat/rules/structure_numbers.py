"""Finds numbers in the text that do not hold: announced lists, counts of the area, and labels that do not count up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.aims import Ambition, Band, Enabler, Objective
from pcstrat.model.base import Model
from pcstrat.model.delivery import Delivery
from pcstrat.model.evidence import Evidence
from pcstrat.model.funding import FundingTable
from pcstrat.model.vision import Engagement
from pcstrat.naming import shorten
from pcstrat.numerals import NUMBER_WORDS, WORDS, number_of
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._counts_in_text import counts_unlike_the_purpose, differing_counts
from pcstrat.rules._counts_of_aims import aims_counted_otherwise, noun_of, objectives_counted_otherwise
from pcstrat.rules._counts_of_figures import IN_NOUNS, differing_figures
from pcstrat.rules._counts_of_lists import lists_counted_otherwise
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Item, Leaf, Subject

_CAREFUL = "A count that is wrong on the page is the first thing a reader sees, and the first doubt about all others"

_ANNOUNCED = Pattern(rf"\b({COUNT}) (?:[\w'’-]+ ){{0,3}}([\w'’-]+s)[*_]{{0,2}}:[*_]{{0,2}}\Z", re.IGNORECASE)
_KINDS = (
    "actions|aims|areas|aspects|barriers|challenges|changes|commitments|components|concerns|conditions|criteria"
    "|elements|factors|features|functions|gaps|goals|issues|kinds|levels|methods|objectives|obstacles|options|outcomes"
    "|parts|phases|pillars|points|pressures|principles|priorities|problems|promises|questions|reasons|recommendations"
    "|requirements|risks|rules|stages|standards|steps|strands|strengths|targets|tasks|tests|themes|things|topics|types"
    "|values|ways|workstreams|worries"
)
_ANNOUNCED_BY_KIND = Pattern(
    rf"(?<!of )(?<!of the )(?<!of our )(?<!of these )\b({COUNT}) (?:(?!of\b)[\w'’-]+ ){{0,3}}({_KINDS})"
    rf"(?: (?!(?:such|including|like|of which|{COUNT})\b)[\w'’-]+){{1,12}}[*_]{{0,2}}:[*_]{{0,2}}\Z",
    re.IGNORECASE,
)
"""A count of what lists are made of, with more words before the colon: "three conditions for every building:"."""
_TELLS = Pattern(
    r"(?:^|[.!?;:] |\b(?:there|here|these) (?:are|were) |\b(?:we|they) (?:(?:also|have|will) )?[\w'’]+ )"
    r"(?:(?:about|the following|the|these) )?\Z",
    re.IGNORECASE,
)
"""Before such a count: that it tells something new. In "for these two reasons we ..." the list is of something else."""
_LEADS_ON = Pattern(
    r"\b(?:and|as|because|but|by|can|from|have|if|may|must|need|or|shall|should|so|that|through|to|want|when|where|will|with)"
    r"[*_]{0,2}:",
    re.IGNORECASE,
)
_TO_AN_END = Pattern(
    r"(?:^|[.!?;:] )(?:in order )?(?:(?:for|to \w+) these"
    r"|(?:across|at|for|from|in|to \w+|under|with|within) (?:all|both|its|our|the|their|those)) \Z",
    re.IGNORECASE,
)
"""Before a count: that what follows is what is done for known things, as in "To reach our three goals:"."""
_HEARD = Pattern(
    r"\b(?:asked|consulted|engaged|heard from|interviewed|invited|involved|listened to|surveyed|visited"
    r"|(?:engaged|met|spoke|spoken|talked|worked) (?:to|with)|wrote to)"
    r" (?:(?:about|almost|around|at least|more than|nearly|over|some|the|these) )?\Z",
    re.IGNORECASE,
)
"""Before a count: that it is of those who were asked, and that what they said follows."""
_OF_LISTS = Pattern(_KINDS, re.IGNORECASE)
_NOT_OF_THINGS = frozenset(("us", "years", "months", "weeks", "days", "hours", "minutes", "times", "pounds"))


@rule(
    "S18",
    "announced-count-differs",
    title="A sentence announces another number of points than follow",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_CAREFUL}.",
    remedy="Change the number or the list.",
    requires=("S09",),
    before="""
delivery:
  points:
    - text: "We will do so in three ways:"
      points: [In town halls, In libraries]
""",
    after="""
delivery:
  points:
    - text: "We will do so in two ways:"
      points: [In town halls, In libraries]
""",
)
def announced(subject: Subject) -> Iterator[Hit]:
    """Texts whose last words before a colon count the things that follow, above another number of them."""
    for leaf in subject.own_words.naming(":"):
        noun, parts = _followed_by(subject, leaf)
        found = _announcing(leaf.plain) if len(parts) > 1 else None
        if found is None or found[2].casefold() in _NOT_OF_THINGS or leaf.item.get("says") is not None:
            continue
        living = sum(not getattr(part, "retired", None) for part in parts)
        if number_of(found[1]) != living:
            message = f"“{found[0]}” is followed by {living} {noun}."
            explained_at = () if noun == _POINTS else (leaf.path,)
            yield Hit(path=leaf.path, message=message, at_words=found[0], explained_at=explained_at)


_POINTS = "points"
_LISTS: Mapping[tuple[type[Model], str], str] = {
    (Evidence, "intro"): "items",
    (Objective, "outcomes_intro"): "outcomes",
    (Ambition, "outcomes_intro"): "outcomes",
    (Enabler, "outcomes_intro"): "outcomes",
    (Delivery, "levels_intro"): "levels",
    (Engagement, "text"): "steps",
    (FundingTable, "text"): "lines",
}
"""What a page prints directly after a text, by the part and the field of the text."""
_LISTS_OF_PLAN = {"ambitions_intro": "ambitions", "enablers_intro": "enablers", "risks_intro": "risks"}


def _followed_by(subject: Subject, leaf: Leaf) -> tuple[str, Sequence[Model]]:
    """What the list after a text is called and holds; nothing, if no list stands there."""
    points: Sequence[Model] = (leaf.item.get("points") or ()) if leaf.field in ("text", "intro") else ()
    if points:
        return _POINTS, points
    if listed := _LISTS.get((type(leaf.item.part), leaf.field)):
        return listed, leaf.item.get(listed) or ()
    if listed := _LISTS_OF_PLAN.get(str(leaf.path[0])) if leaf.path[1:] == ("text",) else None:
        return listed, getattr(subject.plan, listed)
    return "", ()


def _announcing(text: str) -> Match | None:
    """The count at the end of a text, and what it counts, where it can only be the things that follow."""
    found = _ANNOUNCED.search(text)
    if found:
        before = text[: found.start()]
        is_of_people = _HEARD.search(before) and not _OF_LISTS.fullmatch(found[2])
        return None if is_of_people or _TO_AN_END.search(before) else found
    found = _ANNOUNCED_BY_KIND.search(text)
    return found if found and _TELLS.search(text[: found.start()]) and not _LEADS_ON.search(found[0]) else None


@rule(
    "S09",
    "number-in-text-differs",
    title="A number in the text differs from the figure or the list elsewhere",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_CAREFUL}.",
    remedy="Correct the text, the figure or the list. If the text is about some of them only, say of which.",
    before="""
figures: [{key: boroughs, value: 6}]
delivery: {text: We will visit all seven boroughs.}
""",
    after="""
figures: [{key: boroughs, value: 6}]
delivery: {text: We will visit all six boroughs.}
""",
)
def text_differs(subject: Subject) -> Iterator[Hit]:
    """Texts that give another number than a figure, an earlier text, the list of ambitions, or the list they open."""
    stated = noun_of(subject.plan.ambitions)
    noun = stated or "ambitions"
    told: defaultdict[Path, list[str]] = defaultdict(list)
    for hit in chain(
        differing_figures(subject),
        aims_counted_otherwise(subject, noun),
        objectives_counted_otherwise(subject),
        lists_counted_otherwise(subject, stated),
        differing_counts(subject, (*IN_NOUNS, noun)),
        counts_unlike_the_purpose(subject),
    ):
        words = hit.at_words
        if not any(words in other or other in words for other in told[hit.path]):
            told[hit.path].append(words)
            yield hit


_DIGITS = "0123456789"
_WORD_AT_END = Pattern(rf"{WORDS}\Z", re.IGNORECASE)
_AFTER_MARK = (")", ".", ":")
_ROMAN_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN = {name: number for number, name in enumerate(_ROMAN_NUMERALS.split(), start=1)}


@rule(
    "S14",
    "labels-out-of-order",
    title="The numbers or letters of a list skip or repeat",
    severity=Severity.WARNING,
    why="A missing or repeated label looks like a missing item, and references to it lead to the wrong one.",
    remedy="Number the list again, or restore the item that is missing.",
    before="""
objectives:
  - {id: one, label: Objective 1, title: Clinics in every town}
  - {id: two, label: Objective 3, title: Vans in every village}
""",
    after="""
objectives:
  - {id: one, label: Objective 1, title: Clinics in every town}
  - {id: two, label: Objective 2, title: Vans in every village}
""",
)
def out_of_order(subject: Subject) -> Iterator[Hit]:
    """Lists whose labels have one form and do not count up one by one."""
    lists: dict[Path, list[Item]] = {}
    for item in subject.holding("label"):
        if isinstance(item.path[-1], int) and not isinstance(item.part, Band):
            lists.setdefault(item.path[:-1], []).append(item)
    for items in lists.values():
        labels = [str(item.get("label")) for item in items]
        numbers = _numbers(labels)
        for index in range(1, len(numbers)):
            if numbers[index] != numbers[index - 1] + 1:
                message = f"“{shorten(labels[index])}” follows “{shorten(labels[index - 1])}”."
                yield Hit(path=(*items[index].path, "label"), message=message)
                break


def _numbers(labels: list[str]) -> list[int]:
    """The number of each label of a list; empty when they do not all have one form."""
    cut = [_before_and_mark(label) for label in labels]
    marks = [mark.casefold() for _, mark in cut]
    if not all(marks) or len({before for before, _ in cut}) > 1:
        return []
    for read in (_as_digits, _as_words, _as_roman, _as_letters):
        numbers = [read(mark) for mark in marks]
        if all(numbers) and (read is not _as_roman or marks[0] == "i"):
            return [number for number in numbers if number]
    return []


def _before_and_mark(label: str) -> tuple[str, str]:
    """What a label begins with, and the number or letter that it ends with: "1", "b)", "iv.", "Priority one"."""
    bare = label[:-1] if label.endswith(_AFTER_MARK) else label
    word = _WORD_AT_END.search(bare)
    last_word = word[0] if word else ""
    last_letter = bare[-1:] if bare[-1:].isascii() and bare[-1:].isalpha() else ""
    begin = min(
        len(bare.rstrip(_DIGITS)), len(bare.rstrip("ivxIVX")), len(bare) - max(len(last_word), len(last_letter))
    )
    return bare[:begin], bare[begin:]


def _as_digits(mark: str) -> int | None:
    return int(mark) if mark.isdecimal() else None


def _as_words(mark: str) -> int | None:
    return NUMBER_WORDS.get(mark)


def _as_roman(mark: str) -> int | None:
    return _ROMAN.get(mark)


def _as_letters(mark: str) -> int | None:
    return ord(mark) - ord("a") + 1 if len(mark) == 1 and mark.isalpha() else None


RULES = (announced, text_differs, out_of_order)
