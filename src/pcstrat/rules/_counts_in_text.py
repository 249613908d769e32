"""Turns texts that count all of something, whatever it is, into hits where another text counts it otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pcstrat.model.document import Quote
from pcstrat.model.evidence import Figure, Source
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._counts import COUNT, count_of
from pcstrat.rules._rule import Hit, Related
from pcstrat.rules.subject import Leaf, Subject

OF_SOME = r"(?! (?:in|that|which|with|who|where|from|on|of|taking|serving|outside|already|covered)\b)"
"""After a count: that it is of all, and not of those in one town."""
_THING = r"((?:[a-z][a-z’'-]+ ){0,2}?[a-z][a-z’'-]+[^s\W]s)\b"
_MAY_COUNT = Pattern(rf"(?:all|each of|our|the)(?: of)?(?: the| our| its)? {COUNT} ")
_OF_ALL = Pattern(
    rf"\b(?:(?:across )?all|each of|our)(?: of)?(?: the| our| its)? ({COUNT}) {_THING}{OF_SOME}", re.IGNORECASE
)
_OF_THE_AREA = Pattern(
    rf"\bthe ({COUNT}) {_THING} (?:in|of|across) (?:our|the|this) (?:area|county|region|system)\b", re.IGNORECASE
)
_LOCAL = frozenset(
    (
        *("actions", "aims", "ambitions", "areas", "aspects", "categories", "challenges", "changes", "commitments"),
        *("components", "conditions", "criteria", "days", "dimensions", "domains", "elements", "enablers", "factors"),
        *("features", "goals", "groups", "hours", "issues", "kinds", "levels", "measures", "minutes", "months"),
        *("objectives", "options", "outcomes", "parts", "phases", "pillars", "pilots", "points", "principles"),
        *("priorities", "programmes", "projects", "questions", "reasons", "recommendations", "sections", "sessions"),
        *(
            "stages",
            "standards",
            "steps",
            "strands",
            "tables",
            "targets",
            "tasks",
            "teams",
            "tests",
            "themes",
            "things",
        ),
        *("times", "topics", "types", "visits", "ways", "weeks", "workshops", "workstreams", "years"),
    )
)
"""What every list is made of: "all three steps" are those of the list beside it."""
_NO_TEXT = (Figure, Quote, Source)


class _Said(NamedTuple):
    """A count of all of something: in which text, and where."""

    leaf: Leaf
    number: int
    words: str
    begin: int


def differing_counts(subject: Subject, counted_elsewhere: Collection[str]) -> Iterator[Hit]:
    """Texts that count all of something otherwise than most texts do, or than the first where as many do.

    `counted_elsewhere` are words for things whose counts other checks compare.
    """
    for counts in _counts_by_thing(subject, counted_elsewhere).values():
        usual = Counter(said.number for said in counts).most_common(1)[0][0]
        first = next(said for said in counts if said.number == usual)
        related = (Related(first.leaf.path, f"“{first.words}” stands here.", first.words),)
        for said in counts:
            if said.number != usual:
                message = f"“{said.words}” stands here, but “{first.words}” elsewhere."
                text_before = said.leaf.text[: said.begin]
                path = said.leaf.path
                yield Hit(path=path, message=message, at_words=said.words, text_before=text_before, related=related)


def _counts_by_thing(subject: Subject, counted_elsewhere: Collection[str]) -> dict[str, list[_Said]]:
    found: dict[str, list[_Said]] = {}
    for leaf in subject.own_words.having(_MAY_COUNT):
        for match in () if isinstance(leaf.item.part, _NO_TEXT) else _matches(leaf.text):
            thing = match[2].casefold()
            last_word = thing.rpartition(" ")[2]
            if last_word not in _LOCAL and last_word not in counted_elsewhere:
                found.setdefault(thing, []).append(_Said(leaf, count_of(match[1]), match[0], match.start()))
    return found


def _matches(text: str) -> list[Match]:
    return sorted((*_OF_ALL.finditer(text), *_OF_THE_AREA.finditer(text)), key=lambda match: match.start())
