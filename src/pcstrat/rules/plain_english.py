"""Finds text that is hard to read: long sentences, a high reading grade, jargon, and terms to avoid.

Only the plan's own text is judged, and never as more than advice. Restated wording, names, titles and quotations stay
out; of titles only "&" is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pcstrat.diagnostics import Severity
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.base import Model
from pcstrat.model.delivery import Delivery
from pcstrat.model.evidence import Context, Evidence
from pcstrat.model.points import Section
from pcstrat.model.vision import Engagement, Vision, VisionElement
from pcstrat.naming import shorten
from pcstrat.patterns import Match, Pattern
from pcstrat.reading import FEWEST_WORDS, reading_age, without_quotations
from pcstrat.rules._joined import Joined
from pcstrat.rules._reading import own_prose, section_of, sections
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.subject import Leaf, Subject, once
from pcstrat.text import counted

_MANUAL = "The NHS service manual"
_LONG, _VERY_LONG = 20, 30
_HIGHEST_GRADE = 9


@rule(
    "P01",
    "sentence-long",
    title="A section has very long sentences",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_MANUAL} asks for sentences of up to {_LONG} words. Readers lose the thread of longer ones.",
    remedy="Make two sentences of it, or a list.",
    before="""
text: >-
  We will open a clinic in the old library by the river and another in the town hall, together with all the volunteers
  who have run the small clinics on the islands for many years, and with the nurses of both hospitals.
""",
    after="""
text: >-
  We will open a clinic in the old library by the river. Another will open in the town hall. The volunteers from the
  islands will run them with nurses of both hospitals.
""",
)
def sentence_long(subject: Subject) -> Iterator[Hit]:
    """Sections with a sentence of more than 30 words: one finding each, at the longest sentence."""
    for section in sections(subject):
        lengths = [(len(sentence.words), sentence) for sentence in section.sentences]
        longest, sentence = max(lengths, key=lambda entry: entry[0])
        if longest > _VERY_LONG:
            many = sum(length > _LONG for length, _ in lengths)
            message = (
                f"{section.name}: {many} of {counted(len(lengths), 'sentence')} have more than {_LONG} words. The "
                f"longest has {longest}: “{shorten(sentence.text)}”"
            )
            yield Hit(path=sentence.leaf.path, message=message, at_words=sentence.text)


@rule(
    "P02",
    "reading-grade",
    title="A section is hard to read",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"""{_MANUAL} asks for a reading age of 9 to 11, or of 11 to 14 where that is not possible. Formulas only show
    where to look first.""",
    remedy="Use shorter sentences and everyday words, and say who does what.",
    before="""
text: >-
  Multidisciplinary collaboration facilitates considerable improvements. Commissioning organisations prioritise
  preventative interventions. Comprehensive neighbourhood infrastructure accommodates specialised professionals.
  Organisational accountability necessitates transparency. Interoperable information technology revolutionises
  communication. Universal accessibility characterises sustainable organisations. Continuous professional development
  encourages innovation. Participatory governance legitimises transformation. Collaborative commissioning
  incentivises productivity. Longitudinal evaluation demonstrates effectiveness. Proportionate universalism minimises
  inequalities. Anticipatory management reduces hospitalisation.
""",
    after="""
text: People can see a nurse on the same day. We will open two clinics.
""",
)
def reading_grade(subject: Subject) -> Iterator[Hit]:
    """Sections of 50 words or more whose Flesch-Kincaid grade is above 9, a reading age of 14."""
    for section in sections(subject):
        words = section.words
        grade = section.grade if words >= FEWEST_WORDS else 0
        if round(grade) > _HIGHEST_GRADE:
            average = round(words / len(section.sentences))
            message = f"{section.name} has {reading_age(grade)}, with {average} words to a sentence."
            yield Hit(path=section.sentences[0].leaf.path, message=message)


class _Term(NamedTuple):
    """A term with plainer words.

    Attributes:
        signs: In lower case, what stands in every use of it: only where one of these does is the pattern needed.
        pattern: What it is written like.
        better: What to write instead.
    """

    signs: tuple[str, ...]
    pattern: str
    better: str


_JARGON = (
    _Term(("utilis",), r"utilis(?:e[sd]?|ing|ation)", "use"),
    _Term(("leverag",), r"leverag(?:e[sd]?|ing)", "use"),
    _Term(("maximis",), r"maximis(?:e[sd]?|ing)", "make the most of"),
    _Term(("optimis",), r"optimis(?:e[sd]?|ing)", "improve"),
    _Term(("operationalis",), r"operationalis(?:e[sd]?|ing)", "put into practice"),
    _Term(("incentivis",), r"incentivis(?:e[sd]?|ing)", "encourage"),
    _Term(("facilitat",), r"facilitat(?:e[sd]?|ing)", "help"),
    _Term(("robust",), r"robust(?:ly)?", "strong, or what makes it so"),
    _Term(("holistic",), r"holistic(?:ally)?", "whole-person, or all needs"),
    _Term(("seamless",), r"seamless(?:ly)?", "joined up, or without delay"),
    _Term(("stakeholder",), r"stakeholders?", "the people or bodies you mean"),
    _Term(("at pace",), r"at pace", "quickly, or by a date"),
    _Term(("going forward",), r"going forward", "from now on, or nothing"),
    _Term(("step change", "step-change"), r"step[ -]change", "a large improvement, or its size"),
    _Term(("deep dive",), r"deep dives?", "a detailed review"),
    _Term(("hanging fruit",), r"low[ -]hanging fruit", "what is easy to do first"),
    _Term(("paradigm shift",), r"paradigm shifts?", "a change"),
    _Term(("synerg",), r"synerg(?:y|ies)", "what working together brings"),
    _Term(("cohort",), r"cohorts?", "groups"),
    _Term(("upskill",), r"upskill(?:s|ed|ing)?", "train"),
    _Term(("terminous",), r"co-?terminous", "with the same boundary"),
    _Term(("factorial",), r"multi-?factorial", "with many causes"),
    _Term(("in order to",), r"in order to", "to"),
    _Term(("prior to",), r"prior to", "before"),
)
_TO_AVOID = (
    _Term(("hard to", "hard-to"), r"hard[ -]to[ -]reach", "underserved, or people we do not reach"),
    _Term(("seldom",), r"seldom[ -]heard", "underserved, or people we have not listened to"),
    _Term(("bame", "bme"), r"BAME|BME", "people from ethnic minority backgrounds, or the groups by name"),
    _Term(
        ("elderly", "disabled", "mentally ill", "homeless", "vulnerable"),
        r"(?:the|our) (?:elderly|disabled|mentally ill|homeless|vulnerable)"
        r"(?= (?:and|or|will|are|need|who|in)\b|[.,;])",
        "people first, as in older people",
    ),
    _Term(("suffer",), r"suffer(?:s|ed|ing)? (?:from|with)", "have"),
    _Term(("wheelchair",), r"wheelchair[ -]bound", "wheelchair user"),
    _Term(("addict",), r"addicts?", "people with an addiction"),
    _Term(("complian",), r"non-?complian(?:t|ce)", "not taking treatment as agreed"),
    _Term(("frequent flier",), r"frequent fliers?", "people who use the service often"),
    _Term(("blocker",), r"bed[ -]?blockers?", "people who are ready to leave hospital"),
)


@rule(
    "P03",
    "jargon",
    title="A word has a plainer one",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_MANUAL} asks for words that people use themselves. Jargon hides what will be done.",
    remedy="Use the plainer word, or say what exactly is meant.",
    before="""
text: We will leverage the library.
""",
    after="""
text: We will use the library.
""",
)
def jargon(subject: Subject) -> Iterator[Hit]:
    """The first use of each word of jargon with a plain alternative, and how often it stands in the plan."""
    return _words(subject, _JARGON)


def _words(subject: Subject, terms: Iterable[_Term]) -> Iterator[Hit]:
    """One finding for each term: at its first use, with the number of uses and where the others are."""
    prose = _prose(subject)
    for term in terms:
        uses = [(leaf, match) for leaf, text in prose.naming(*term.signs) for match in _uses(term, text)]
        if uses:
            leaf, match = uses[0]
            times = f" ({len(uses)} times in the plan)" if len(uses) > 1 else ""
            message = f"{section_of(leaf)}: “{match[0]}”{times}. Instead: {term.better}."
            others = {other.path: found[0] for other, found in reversed(uses) if other is not leaf}
            related = tuple(Related(path, "Also here.", words) for path, words in reversed(others.items()))
            yield Hit(path=leaf.path, message=message, at_words=match[0], related=related)


@once
def _prose(subject: Subject) -> Joined[tuple[Leaf, str]]:
    """The plan's own sentences without what they quote, in lower case, to be searched at once."""
    texts = [(leaf, without_quotations(leaf.plain)) for leaf in own_prose(subject)]
    return Joined(texts, lambda entry: entry[1].casefold())


def _uses(term: _Term, text: str) -> Iterator[Match]:
    return (match for match in _whole(term.pattern).finditer(text) if not _in_name(match))


@cache
def _whole(term: str) -> Pattern:
    """The pattern of a term as words of their own; an abbreviation is one only in capitals."""
    return Pattern(rf"(?<![\w-])(?:{term})(?![\w-])", re.NOFLAG if term.isupper() else re.IGNORECASE)


def _in_name(match: Match) -> bool:
    """Whether words stand in a name: with a capital inside a sentence, or beside a word with one."""
    before, first = match.string[: match.start()], match[0][0]
    return first.isupper() and not match[0].isupper() and bool(before.strip()) and before.rstrip()[-1] not in ".!?:•"


@rule(
    "P04",
    "term-to-avoid",
    title="A term may hurt or blame the people it is about",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_MANUAL} asks for language that includes people and does not label them.",
    remedy="Use the other words, or name the group as its members do.",
    before="""
text: We will go to hard to reach groups.
""",
    after="""
text: We will go to people whom our services do not reach yet.
""",
)
def term_to_avoid(subject: Subject) -> Iterator[Hit]:
    """The first use of each term to avoid, and how often it stands in the plan."""
    return _words(subject, _TO_AVOID)


_WITH_HEADINGS: tuple[type[Model], ...] = (
    Objective,
    Strand,
    VisionElement,
    Vision,
    Evidence,
    Engagement,
    Delivery,
    Context,
    Section,
)
_NOT_IN_WORDS = Pattern(r"(?<=\s)&(?=\s)")


@rule(
    "P05",
    "ampersand-in-heading",
    title="A heading has “&” instead of “and”",
    severity=Severity.ADVICE,
    why=f"{_MANUAL} asks to write “and”: screen readers read the sign in different ways.",
    remedy="Write “and”. The registered name of a body keeps its “&”.",
    before="""
objectives: [{id: clinics, title: Clinics & vans}]
""",
    after="""
objectives: [{id: clinics, title: Clinics and vans}]
""",
)
def ampersand(subject: Subject) -> Iterator[Hit]:
    """Titles of the plan's own parts with an "&" that stands by itself, unless it is part of a body's name."""
    if subject.document.restated_by is not None:
        return
    bodies = {leaf.text for leaf in subject.bodies if "&" in leaf.text}
    for leaf in subject.own_words.naming("&"):
        is_spoken = _is_heading(leaf) and _NOT_IN_WORDS.search(leaf.text)
        if is_spoken and not any(name in leaf.text for name in bodies):
            yield Hit(path=leaf.path, message=f"“{shorten(leaf.text)}” has “&”.")


def _is_heading(leaf: Leaf) -> bool:
    return leaf.field == "title" and isinstance(leaf.item.part, _WITH_HEADINGS)


RULES = (sentence_long, reading_grade, jargon, term_to_avoid, ampersand)
