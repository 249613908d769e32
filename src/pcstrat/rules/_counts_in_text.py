"""Turns texts that count all of something, whatever it is, into hits where another text counts it otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pcstrat.model.delivery import Body, CaseStudy
from pcstrat.model.document import Quote
from pcstrat.model.evidence import Figure, Source
from pcstrat.numerals import number_of
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._rule import Hit, Related
from pcstrat.rules.subject import Leaf, Subject

OF_SOME = r"(?! (?:in|that|which|with|who|where|from|on|of|taking|serving|outside|already|covered)\b)"
"""After a count: that it is of all, and not of those in one town."""
EACH_OF = "each of(?= (?:the|our|its) )"
"""Before a count of all: "each of the five halls"; "each of five halls" is of some."""
_THING = r"((?:[a-z][a-z’'-]+ ){0,2}?[a-z][a-z’'-]+[^s\W]s)\b"
_MAY_COUNT = Pattern(rf"(?:all|each of|our|the)(?: of)?(?: the| our| its)? {COUNT} ")
_NOT_OF_SOME = (
    r"(?! (?:at|around|between|for|near|needed|north|once(?! an? )|outside|planned|south|they|to be|we|when|without)\b)"
    r"(?!,? (?:counting|including|with)\b)"
)
_OF_ALL = Pattern(
    rf"\b(?:(?:across )?all|{EACH_OF}|our)(?: of)?(?: the| our| its)? ({COUNT}) {_THING}{OF_SOME}{_NOT_OF_SOME}",
    re.IGNORECASE,
)
_OF_THE_AREA = Pattern(
    rf"\bthe ({COUNT}) {_THING} (?:in|of|across) (?:our|the|this) (?:area|county|region|system)\b", re.IGNORECASE
)
_OF_A_KIND = r"([a-z’'-]+ [a-z][a-z’'-]+[^s\W]s)"
_OF_KNOWN = Pattern(rf"\bthe ({COUNT}) {_OF_A_KIND}\b{OF_SOME}{_NOT_OF_SOME}")
_AT_WORK = Pattern(
    rf"(?<![^.!?] )({COUNT}) {_OF_A_KIND}(?= (?:look after|serve) (?:all|every|our|the)\b)",
    re.IGNORECASE,
)
"""Counts that may be of some that were told of before: "the 12 ferry crews", "Twelve ferry crews serve the bay"."""
_ABOVE = Pattern(rf"\bthe ({COUNT}) ([a-z]+s) (?:above|below)\b", re.IGNORECASE)
_COUNTED = Pattern(rf"\b({COUNT}) ([a-z]+s)\b", re.IGNORECASE)
_MAY_BE_AT_WORK = (" look after ", " serve ")
_FEWEST_LOOSE = 10
_MUCH_THE_SAME = 0.8
_LOCAL = frozenset(
    (
        *("actions", "aims", "ambitions", "areas", "aspects", "categories", "challenges", "changes", "commitments"),
        *("components", "conditions", "criteria", "days", "dimensions", "domains", "elements", "enablers", "factors"),
        *("features", "goals", "groups", "hours", "issues", "kinds", "levels", "measures", "minutes", "months"),
        *("objectives", "options", "outcomes", "parts", "phases", "pillars", "pilots", "points", "principles"),
        *("priorities", "programmes", "projects", "questions", "reasons", "recommendations", "sections", "sessions"),
        *("stages", "standards", "steps", "strands", "tables", "targets", "tasks", "tests", "themes", "things"),
        *("times", "topics", "types", "visits", "ways", "weeks", "workshops", "workstreams", "years"),
    )
)
"""What every list is made of: "all three steps" are those of the list beside it."""
_KNOWN_BY_KIND = frozenset(("teams",))
"""The same unless a word before says which: "our 13 neighbourhood teams" are so in every list."""
_SHORT_NAMES = frozenset(("networks", "practices", "surgeries"))
"""What is counted elsewhere by its whole name: "all 60 surgeries" may be others, unless they are nearly as many."""
_OF_A_PLACE = Pattern(
    r"(?i:\A(?:across|among|at|around|for|from|in|near|of|on|to|within)) (?!(?:all|each|our)\b).*\Z"
    r"|\b(?:across|at|in|near) [A-Z].*\Z|\A[A-Z]\w+(?: \w+){0,2}: \Z",
    re.DOTALL,
)
"""Before a count: that it is of those in one place, of one group or at one time: "In Norfolk, all three ..."."""
_OF_ANOTHER_DAY = Pattern(
    r"\b(?:additional|another|become|by then|currently|extra|first|further|grow\w*|(?:the|our) new|new ones?|next"
    r"|once(?! an? )|so far|then|until|when)\b",
    re.IGNORECASE,
)
"""In a sentence: that there are more of them, or fewer, on another day. "Now" and "today" are the day of the plan."""
_IS_ASIDE = Pattern(r"\b(?:across|at|by|for|from|in|into|of|on|(?<!up )to|with) \Z", re.IGNORECASE)
"""Before a count: that the sentence, and the year in it, is about something else: "a bell in all five ... by 2029"."""
_WILL = Pattern(r"\b(?:will|shall)\b", re.IGNORECASE)
_SENTENCE_END = Pattern(r"[.!?;](?=\s|$)")
_YEAR = Pattern(r"\b20[0-9]{2}\b")
_NO_TEXT = (Body, CaseStudy, Figure, Quote, Source)


class _Said(NamedTuple):
    """A count of all of something: in which text, where, and the year for which it is, 0 if none is named.

    One in loose words may be of some that were told of before, unless it is nearly as many as another.
    """

    leaf: Leaf
    number: int
    words: str
    begin: int
    year: int
    is_loose: bool

    def differs_from(self, other: _Said) -> bool:
        """Whether two counts cannot both hold: in a later year there may be more."""
        small, large = sorted((self.number, other.number))
        is_nearly = small >= _FEWEST_LOOSE and small >= large * _MUCH_THE_SAME
        if (self.is_loose or other.is_loose) and not is_nearly:
            return False
        earlier, later = sorted((self, other), key=lambda said: said.year)
        return later.number < earlier.number or (later.number > earlier.number and later.year == earlier.year)


def differing_counts(subject: Subject, counted_elsewhere: Collection[str]) -> Iterator[Hit]:
    """Texts that count all of something otherwise than most texts do, or than the first where as many do.

    `counted_elsewhere` are words for things whose counts other checks compare.
    """
    for counts in _counts_by_thing(subject, counted_elsewhere).values():
        usual = Counter(said.number for said in counts).most_common(1)[0][0]
        first = next(said for said in counts if said.number == usual)
        related = (Related(first.leaf.path, f"“{first.words}” stands here.", first.words),)
        for said in counts:
            if said.differs_from(first):
                message = f"“{said.words}” stands here, but “{first.words}” elsewhere."
                text_before = said.leaf.text[: said.begin]
                path = said.leaf.path
                yield Hit(path=path, message=message, at_words=said.words, text_before=text_before, related=related)


def counts_unlike_the_purpose(subject: Subject) -> Iterator[Hit]:
    """Texts that point to "the five steps above" where the purpose of the document tells of another number of steps."""
    purpose = subject.document.purpose or ""
    told = {found[2].casefold(): found for found in _COUNTED.finditer(purpose)}
    for leaf in subject.own_words.naming(" above", " below") if told else ():
        found = _ABOVE.search(leaf.text)
        other = told.get(found[2].casefold()) if found else None
        if found and other and number_of(found[1]) != number_of(other[1]):
            message = f"“{found[0]}” stands here, but “{other[0]}” in the purpose of the document."
            related = (Related(("document", "purpose"), f"“{other[0]}” stands here.", other[0]),)
            yield Hit(path=leaf.path, message=message, at_words=found[0], related=related)


def _counts_by_thing(subject: Subject, counted_elsewhere: Collection[str]) -> dict[str, list[_Said]]:
    found: dict[str, list[_Said]] = {}
    for leaf, match, is_loose in _counts(subject):
        thing = match[2].casefold()
        kind, _, last_word = thing.rpartition(" ")
        is_short = thing in _SHORT_NAMES
        is_known = last_word in _LOCAL or (last_word in _KNOWN_BY_KIND and not kind)
        if not is_known and (is_short or last_word not in counted_elsewhere) and is_of_all(match):
            found.setdefault(thing, []).append(_said(leaf, match, is_loose=is_loose or is_short))
    return found


def _counts(subject: Subject) -> Iterator[tuple[Leaf, Match, bool]]:
    """Every count in the plan's own words that may be of all of something, and whether it may well be of some."""
    for leaf in subject.own_words.having(_MAY_COUNT):
        if not isinstance(leaf.item.part, _NO_TEXT):
            of_all = sorted((*_OF_ALL.finditer(leaf.text), *_OF_THE_AREA.finditer(leaf.text)), key=re.Match.start)
            yield from ((leaf, match, False) for match in of_all)
            ends = {match.end() for match in of_all}
            yield from ((leaf, match, True) for match in _OF_KNOWN.finditer(leaf.text) if match.end() not in ends)
    for leaf in subject.own_words.naming(*_MAY_BE_AT_WORK):
        if not isinstance(leaf.item.part, _NO_TEXT):
            yield from ((leaf, match, True) for match in _AT_WORK.finditer(leaf.text))


def is_of_all(match: Match) -> bool:
    """Whether the sentence of a count leaves it one of all, today: not of those in one place or group, or later on."""
    before, sentence = _around(match)
    return not (_OF_A_PLACE.search(before) or _OF_ANOTHER_DAY.search(sentence))


def _around(match: Match) -> tuple[str, str]:
    """The words before a match in its sentence, and the sentence."""
    text = match.string
    before = _SENTENCE_END.split(text[: match.start()])[-1].lstrip()
    return before, before + _SENTENCE_END.split(text[match.start() :], maxsplit=1)[0]


def _said(leaf: Leaf, match: Match, *, is_loose: bool) -> _Said:
    before, sentence = _around(match)
    is_aside = _IS_ASIDE.search(before) is not None and _WILL.search(sentence) is None
    year = 0 if is_aside else max(map(int, _YEAR.findall(sentence)), default=0)
    return _Said(leaf, number_of(match[1]), match[0], match.start(), year, is_loose)
