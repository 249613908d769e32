"""Finds numbers nobody can check, source notes nobody uses, and note markers without a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.delivery import CaseStudy
from pcstrat.model.document import Quote
from pcstrat.model.evidence import Figure, Source, Statistic
from pcstrat.model.points import Achievement
from pcstrat.model.vision import Alignment, Engagement
from pcstrat.model.vocabulary import FigureKey
from pcstrat.naming import shorten
from pcstrat.numerals import NUMBER_WORDS, UNITS, WORDS
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Item, Leaf, Subject
from pcstrat.text import listed

_CHECKED = (
    "A number can only be checked, compared or brought up to date when readers know where it is from, and of when"
)
_OF_PEOPLE_AND_SERVICES = frozenset(
    {
        FigureKey.POPULATION,
        FigureKey.GENERAL_PRACTICES,
        FigureKey.PRIMARY_CARE_NETWORKS,
        FigureKey.COMMUNITY_PHARMACIES,
        FigureKey.OPTICIANS,
        FigureKey.DENTAL_PRACTICES,
        FigureKey.VCSE_ORGANISATIONS,
        FigureKey.ETHNICITIES,
        FigureKey.LANGUAGES,
    }
)
"""Figures that change from year to year. How many boards and councils there are, everybody can see."""
_COMMISSIONED = frozenset(
    {
        FigureKey.GENERAL_PRACTICES,
        FigureKey.PRIMARY_CARE_NETWORKS,
        FigureKey.COMMUNITY_PHARMACIES,
        FigureKey.OPTICIANS,
        FigureKey.DENTAL_PRACTICES,
    }
)
"""Figures that an ICB counts itself, because it holds their contracts."""
_MAY_BE_MARKER = "¹²³⁴⁵⁶⁷⁸⁹⁰["
_SUPERSCRIPT = Pattern(r"(?<=[^\W\d_]{3})[)”’\"'.,]?([¹²³⁴⁵⁶⁷⁸⁹⁰]+)")

_BRACKETED = Pattern(r"(?<=[^\s\[\](]) ?(\[[0-9]{1,3}\])(?![\[(:])")
"""A number in square brackets that is not the text of a link."""


@rule(
    "S05",
    "marker-without-note",
    title="A note marker leads to no note",
    severity=Severity.WARNING,
    why="The marker promises a source. Where there is none, the statement looks supported and is not.",
    remedy="Name the source in `source`, add the note to `sources`, or remove the marker.",
    before="""
delivery: {text: Most towns have no clinic¹.}
""",
    after="""
delivery: {text: Most towns have no clinic¹.}
sources: [{id: census, title: Census of clinics, marker: 1, date: 2026}]
""",
)
def marker_without_note(subject: Subject) -> Iterator[Hit]:
    """Statistics with a marker and no source, or another marker than their source; raised figures that no note has."""
    notes = {item.part.id: item.part for item in subject.of(Source)}
    markers = {_plain_marker(note.marker) for note in notes.values() if note.marker}
    for item in subject.of(Statistic):
        statistic = item.part
        if not statistic.marker:
            continue
        note = notes.get(statistic.source or "")
        if note is None:
            message = (
                f"“{statistic.marker}” is printed beside “{shorten(statistic.text)}”, and no note is linked to it."
            )
            yield Hit(path=(*item.path, "marker"), message=message)
        elif note.marker and _plain_marker(note.marker) != _plain_marker(statistic.marker):
            message = f"“{statistic.marker}” is printed here, but the note of its source is “{note.marker}”."
            yield Hit(path=(*item.path, "marker"), message=message)
    for leaf in subject.own_words.naming(*_MAY_BE_MARKER):
        for marker in _markers_in(leaf.text):
            if _plain_marker(marker) not in markers:
                message = f"“{marker}” stands in the text, and no note has this marker."
                yield Hit(path=leaf.path, message=message, at_words=marker)


def _markers_in(text: str) -> list[str]:
    """The note markers in a text, as in clinic¹ and clinic [1]; the figures of units, as in m², are none."""
    return _SUPERSCRIPT.findall(text) + _BRACKETED.findall(text)


def _plain_marker(marker: str) -> str:
    """The marker as digits or a sign: ¹ is 1."""
    return unicodedata.normalize("NFKC", marker).strip("[]() .")


@rule(
    "S10",
    "number-unsourced",
    title="A number has no source or no date",
    severity=Severity.WARNING,
    why=f"{_CHECKED}.",
    remedy="Add `source`, and `as_at` or `period`, or a source that has a date.",
    before="""
strengths: {items: [{title: Clinics, statistics: [{value: 40%, text: People who live near a clinic.}]}]}
""",
    after="""
strengths:
  items:
    - title: Clinics
      statistics: [{value: 40%, text: People who live near a clinic., source: census}]
sources: [{id: census, title: Census of clinics, date: 2026}]
""",
)
def number_unsourced(subject: Subject) -> Iterator[Hit]:
    """Figures on people and services, and statistics with a number, that state no source, no date, or neither.

    What an ICB counts itself needs no source: its contractors, what it has done, and who took part in making the
    plan, whose number no longer changes and needs no date either.
    """
    dated = {item.part.id for item in subject.of(Source) if _has_date(item.part)}
    for item in subject.of(Figure, Statistic):
        part = item.part
        if part.value is None or not _is_to_be_checked(part):
            continue
        around = item.parent and item.parent.get("when")
        is_settled = item.nearest(Engagement) is not None
        has_date = part.as_at or item.get("period") or part.source in dated or around or is_settled
        has_source = part.source not in (None, "not stated") or _is_own_count(item)
        missing = [word for word, is_there in (("source", has_source), ("date", has_date)) if not is_there]
        if missing:
            words = part.text or str(item.get("key") or "").replace("-", " ")
            message = f"“{part.value.published}” ({shorten(words)}) has no {listed(missing, 'and no')}."
            yield Hit(path=item.path, message=message)


def _is_to_be_checked(part: Figure | Statistic) -> bool:
    has_number = part.value is not None and part.value.number is not None
    return has_number and (isinstance(part, Statistic) or part.key in _OF_PEOPLE_AND_SERVICES)


def _has_date(source: Source) -> bool:
    return bool(source.date or source.covers)


def _is_own_count(item: Item) -> bool:
    is_commissioned = getattr(item.part, "key", None) in _COMMISSIONED
    return is_commissioned or item.nearest(Engagement, Achievement, CaseStudy) is not None


@rule(
    "S21",
    "source-unused",
    title="A source is listed and nothing refers to it",
    severity=Severity.WARNING,
    why="Readers cannot tell what it supports. Often the marker was lost, and a statement stands without its source.",
    remedy="Name its id in `source` of the statement it supports, or remove it.",
    before="""
sources: [{id: census, title: Census of clinics, marker: 1}]
""",
    after="""
sources: [{id: census, title: Census of clinics, marker: 1}]
delivery: {text: Most towns have no clinic¹.}
""",
)
def source_unused(subject: Subject) -> Iterator[Hit]:
    """Sources that no statement names, whose marker stands in no text, and whose title no text or alignment repeats."""
    used = {item.get("source") for item in subject.holding("source")}
    marked = subject.own_words.naming(*_MAY_BE_MARKER)
    texts = [leaf for leaf in marked if not isinstance(leaf.item.part, Source)]
    markers = {_plain_marker(marker) for leaf in texts for marker in _markers_in(leaf.text)}
    for item in subject.of(Source):
        source = item.part
        if source.id in used or _is_named(subject, source):
            continue
        if not (source.marker and _plain_marker(source.marker) in markers):
            note = f" (note {source.marker})" if source.marker else ""
            yield Hit(path=item.path, message=f"Nothing refers to “{shorten(source.title)}”{note}.")


def _is_named(subject: Subject, source: Source) -> bool:
    """Whether the title of a source stands in a sentence of the plan, or in what it says of documents it fits with."""
    return any(
        leaf.prose or isinstance(leaf.item.part, Alignment)
        for leaf in subject.own_words.naming(source.title.casefold())
        if not isinstance(leaf.item.part, Source)
    )


_FEW = "|".join(UNITS)
_WHOLE = rf"(?:[0-9]+|(?!one\b){WORDS})"
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
_MANY = "about|almost|an estimated|around|close to|just over|just under|less than|more than|nearly|over|some"
_SHARE = Pattern(
    r"(?<![\w.,£/–-])[0-9][0-9,]*(?:\.[0-9]+)?(?:%| per ?cent\b)|\bhalf of all\b"
    rf"|\b(?:[0-9]+|{_FEW}) in (?:every )?{_WHOLE}\b"
    r"|(?<![\w.,£])[0-9]+(?:\.[0-9]+)? million\b",
    re.IGNORECASE,
)
_MAY_BE_SHARE = ("%", " cent", "percent", "half of all", " in ", " million")
_FRACTION = Pattern(
    rf"\b(?:{_FEW}) (?:(?!times\b)\w+ )?out of (?:every )?{_WHOLE}\b"
    r"|\b(?:an?|one|two|three|four)[ -](?:third|quarter|fifth)s? of (?!(?:an?|each|every|the way)\b)"
    rf"|(?<=than )half of|\b(?:about|almost|around|nearly|over) half of(?! an\b)"
    rf"|\b(?:{_MANY}) [0-9]{{1,3}}(?:,[0-9]{{3}})+ people (?:have|live with|suffer from)\b",
    re.IGNORECASE,
)
_MAY_BE_FRACTION = ("half of", " out of ", "third", "quarter", "fifth", "people have", "people live", "people suffer")
_OF_EVERY = Pattern(rf"\b([0-9]+|{_FEW})\b.*\b(?:in|out of)(?: every)? ([\w-]+)$", re.IGNORECASE)
_ROUGHLY = 3
"""Percentage points between a share in words and the statistic that it can be meant for: one in four, and 25.3%."""
_IS_PLACED = Pattern(
    r"\b(?:19|20)[0-9]{2}\b|[\[¹²³⁴⁵⁶⁷⁸⁹⁰]|\b(?:according|audits?|census|data|figures|found|healthwatch|heard"
    r"|nhs england|ons|publish\w*|report(?:s|ed)?|reviews?|said|say|stud(?:y|ies)|survey\w*|told"
    r"|(?:last|this) (?:autumn|month|spring|summer|week|winter|year))\b",
    re.IGNORECASE,
)
"""What places a number in time, or says who counted."""
_IS_PLANNED = Pattern(
    r"£|\b(?:aims?|ambitions?|asks?|could|fund\w*|goals?|if|invest\w*|laws?|might|money|must|offers?|plan\w*|reach|requires?"
    r"|rules?|should|spend\w*|standards?|target\w*|thresholds?|until|will|would)\b"
    r"|\b(?:we|icb|board|government|ministers|nhs) (?:all |also )?(?:expect|hope|promise|want|wish)\w*\b",
    re.IGNORECASE,
)
_NO_SHARE_OF = Pattern(
    r"(?:\b(?:an?|the)|\b(?:least|most) \w+|\w{3,}est|\b(?:bottom|first|last|next|top)"
    r"|\b(?:by|from|to)(?: (?:over|up to))?) $",
    re.IGNORECASE,
)
"""Before a share: that it names a group, a rule or a step, as in "the poorest 20%", "a 10% rise", "cut waits by 5%"."""
_OF_ALL_OR_MORE = Pattern(r"1[0-9]{2}(?:%| per)", re.IGNORECASE)
_OF_NO_PEOPLE = Pattern(
    r" (?:days?|months?|occasions|shifts?|times|weekends?|weeks?)\b"
    r"|(?: of )?(?:our|this (?:plan|programme|strategy|year)[’']s|(?:all )?the (?:additional|extra|new|programme)) "
    r"(?:[\w-]+ ){0,2}?(?:allocations?|budgets?|grants?|income|pot|resources?|savings?|spend)\b",
    re.IGNORECASE,
)
"""Behind a share: that it is one of days, a manner of speaking, or the plan's own division of its money."""
_HAS_CHANGED = Pattern(
    r"\b(?:are|been|became|climbed|dropped|fallen|fell|gone|grew|grown|increased|is|now|risen|rose|was|went|were)\b",
    re.IGNORECASE,
)
_EVIDENCE = frozenset({"challenges", "strengths", "context", "messages"})
_NO_ARGUMENT = (Figure, Statistic, Source, Quote, CaseStudy, Achievement)
_SENTENCES = Pattern(r"(?<=[.!?])\s+")


@rule(
    "S27",
    "share-in-prose-unsourced",
    title="A share or a number of millions in a text has no source and no date",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_CHECKED}.",
    remedy="Say in the sentence who counted and when, or write it as a statistic with `source` and `as_at`.",
    before="""
challenges: {items: [{title: Ferries, text: Nationally 45% of ferries run late.}]}
""",
    after="""
challenges: {items: [{title: Ferries, text: "In 2026, 45% of ferries ran late, says the harbour survey."}]}
""",
)
def share_unsourced(subject: Subject) -> Iterator[Hit]:
    """Sentences on how things are that give a share or millions, and neither a year nor whom the number is from.

    They stand where a plan argues: its context, strengths, challenges, messages and reasons. What a statistic repeats,
    and what has a source around it, is left to that.
    """
    stated: set[str] = set()
    for item in subject.of(Figure, Statistic):
        part = item.part
        published = part.value.published if part.value is not None else ""
        said = f"{published} {part.text or ''}".casefold()
        stated.update(_SHARE.findall(said) if any(sign in said for sign in _MAY_BE_SHARE) else ())
    for leaf in subject.own_words.naming(*_MAY_BE_SHARE, *_MAY_BE_FRACTION):
        if not _is_argument(leaf):
            continue
        for sentence in _SENTENCES.split(leaf.plain):
            found = next(filter(_is_of_something, _shares_in(sentence)), None)
            if found is None or found[0].casefold() in stated:
                continue
            if _IS_PLACED.search(sentence) or _IS_PLANNED.search(sentence):
                continue
            if not _is_stated_beside(subject, leaf, _per_cent(found[0])):
                message = f"“{shorten(sentence)}” has no source and no date."
                yield Hit(path=leaf.path, message=message, at_words=found[0])


def _is_of_something(share: Match) -> bool:
    """Whether a share tells how things are: not if it names all, days, money, a group or a step."""
    if _OF_ALL_OR_MORE.match(share[0]) or _OF_NO_PEOPLE.match(share.string, share.end()):
        return False
    before = share.string[: share.start()]
    named = _NO_SHARE_OF.search(before)
    return named is None or (named[0].startswith(("by", "from", "to")) and _HAS_CHANGED.search(before) is not None)


def _shares_in(sentence: str) -> Iterator[Match]:
    yield from _SHARE.finditer(sentence)
    words = sentence.casefold()
    if any(sign in words for sign in _MAY_BE_FRACTION):
        yield from _FRACTION.finditer(sentence)


def _per_cent(share: str) -> float | None:
    """A share in percent, from its words or digits; `None` for a number of people."""
    words = share.casefold()
    if words[0].isdigit() and ("%" in words or "cent" in words):
        return float(words.split("%")[0].split(" ")[0].split("per")[0].replace(",", ""))
    if of_every := _OF_EVERY.search(words):
        part, whole = (int(word) if word.isdigit() else NUMBER_WORDS.get(word, 0) for word in of_every.groups())
        return 100 * part / whole if whole else None
    number = next((NUMBER_WORDS[word] for word in words.replace("-", " ").split() if word in NUMBER_WORDS), 1)
    fraction = next((parts for word, parts in _FRACTIONS.items() if word in words), None)
    return 100 * number / fraction if fraction else None


def _is_stated_beside(subject: Subject, leaf: Leaf, share: float | None) -> bool:
    """Whether a statistic of the same part gives nearly the same share, with what it owes."""
    if share is None:
        return False
    around = leaf.item.path
    values = (item.part.value for item in subject.of(Statistic) if item.path[: len(around)] == around)
    numbers = (value.number for value in values if value is not None and value.number is not None and value.unit == "%")
    return any(abs(float(number) - share) <= _ROUGHLY for number in numbers)


def _is_argument(leaf: Leaf) -> bool:
    """Whether a text is one by which the plan argues, without a source of its own or of what it stands in."""
    argues = leaf.path[0] in _EVIDENCE or "rationale" in leaf.path
    if not (argues and leaf.prose) or leaf.item.nearest(*_NO_ARGUMENT) is not None:
        return False
    return not any(item.get("source") or item.get("marker") for item in (leaf.item, *leaf.item.above()))


RULES = (marker_without_note, number_unsourced, source_unused, share_unsourced)
