"""Turns texts that count what a figure of the area counts into hits where they give another number than it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from pcstrat.model.delivery import Body, CaseStudy
from pcstrat.model.document import Place, Quote
from pcstrat.model.evidence import Figure, Source
from pcstrat.model.quantities import Quantity, QuantityError, format_quantity, parse_quantity
from pcstrat.model.vision import Alignment
from pcstrat.model.vocabulary import FigureKey
from pcstrat.numerals import number_of
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._areas import area_of
from pcstrat.rules._counts import COUNT, bounds_of_both
from pcstrat.rules._counts_in_text import EACH_OF, OF_SOME, is_of_all
from pcstrat.rules._rule import Hit, Related
from pcstrat.rules.subject import Item, Leaf, Subject

_NOUNS: Mapping[FigureKey, str] = {
    FigureKey.GENERAL_PRACTICES: "(?:GP|general) practices|GP surgeries",
    FigureKey.PRIMARY_CARE_NETWORKS: "PCNs|primary care networks",
    FigureKey.GP_FEDERATIONS: "(?:GP )?federations",
    FigureKey.COMMUNITY_PHARMACIES: "(?:community )?pharmacies",
    FigureKey.OPTICIANS: "opticians|optical practices",
    FigureKey.DENTAL_PRACTICES: "dental practices",
    FigureKey.PLACES: "places",
    FigureKey.BOROUGHS: "boroughs",
    FigureKey.COUNTY_COUNCILS: "county councils",
    FigureKey.DISTRICT_COUNCILS: "district councils",
    FigureKey.LOCAL_PLANNING_AUTHORITIES: "local planning authorities|LPAs",
    FigureKey.HEALTH_AND_CARE_PARTNERSHIPS: "health (?:and |& )?care partnerships",
    FigureKey.ACUTE_PROVIDERS: "acute (?:providers|trusts)",
    FigureKey.LANGUAGES: "languages",
}
IN_NOUNS = (
    *("practices", "surgeries", "pcns", "networks", "federations", "pharmacies", "opticians", "places", "boroughs"),
    *("councils", "authorities", "lpas", "partnerships", "providers", "trusts", "languages"),
)
"""What stands in every noun, in lower case: words to look for before patterns."""
_MAY_BE_ALL = Pattern(rf"(?:all|the|our|its|of) {COUNT}")
_MAY_BE_THERE = Pattern(rf"(?:are|have|has) {COUNT} ")
_OUR_AREA = r"(?i:(?:our|the|this) (?:area|county|footprint|region|system))"
_IN_OUR_AREA = rf" (?:in|across) {_OUR_AREA}\b"
_NAME = r"[A-Z][\w'’-]+(?:,? (?:(?:and|of|the|upon) )*[A-Z][\w'’-]+)*"
_HAS = rf"\b(?:(?i:there are|we have|{_OUR_AREA} has)|(?P<area>{_NAME}) has)"
_WHERE = rf"(?:{_IN_OUR_AREA}| (?:in|across) (?P<place>{_NAME})| here\b)?"
_ENDS = r"(?=[.,;:)]|$| and\b)"


def _all(nouns: str, words: str) -> Pattern:
    """A pattern of counts of all of something."""
    said = rf"\b(?:{words})(?: of)?(?: the| our| its)? ({COUNT}) (?:{nouns})\b(?:{_IN_OUR_AREA}|{OF_SOME})"
    return Pattern(said, re.IGNORECASE)


def _there_are(nouns: str) -> Pattern:
    """A pattern of sentences that only tell how many there are, in the area or in a place that they name."""
    return Pattern(rf"{_HAS} (?P<count>(?i:{COUNT})) (?i:{nouns})\b{_WHERE}{_ENDS}")


_OF_ALL = {key: _all(nouns, f"all|the|our|its|across all|{EACH_OF}") for key, nouns in _NOUNS.items()}
_THERE: Mapping[FigureKey, Pattern] = {
    key: _there_are(nouns) for key, nouns in _NOUNS.items() if key is not FigureKey.PLACES
}
"""Without places: "We have 20 places" is of courses, too."""
_SHORT_NOUNS: Mapping[FigureKey, str] = {
    FigureKey.GENERAL_PRACTICES: "practices|surgeries",
    FigureKey.PRIMARY_CARE_NETWORKS: "networks",
}
_SHORTLY_ALL = {key: _all(nouns, f"across all|all|{EACH_OF}") for key, nouns in _SHORT_NOUNS.items()}
_SHORTLY_THERE = {key: _there_are(nouns) for key, nouns in _SHORT_NOUNS.items()}
_PRACTICES = (FigureKey.GENERAL_PRACTICES, FigureKey.DENTAL_PRACTICES, FigureKey.OPTICIANS)
"""What "all 75 practices" may count together."""
_OF_ANOTHER_KIND = Pattern(
    r"\b(?:cancer|dent\w+|optic\w*|optom\w*|pilot\w*|research|social|vet\w*|voluntary)\b", re.IGNORECASE
)
"""In a text: that its practices may be those of dentists, its networks those of researchers."""
_MUCH_THE_SAME = Decimal("0.8")
_AS_MUCH_AS_A_PART = Decimal("0.5")
_PEOPLE = r"(?:local )?(?:people|residents|patients)"
_MANY = (
    r"(?P<count>(?i:(?:about|almost|approximately|around|more than|nearly|over|some|up to) )?"
    r"[0-9]+(?:[.,][0-9]+)*(?: ?(?:million|thousand|m)\b)?)"
)
_BEGINS_CLAUSE = r"(?:(?<![^.!?] )|(?<=\bthough )|(?<=\bbut )|(?<=, and )|(?<=\bwhere ))"
_POPULATION = tuple(
    Pattern(words)
    for words in (
        rf"(?!(?i:there)){_HAS} a (?:total )?population of {_MANY}(?: people)?{_ENDS}",
        rf"\b(?i:our|the)(?: total)? population(?: of (?P<area>{_NAME}))? is {_MANY}(?: people)?{_ENDS}",
        rf"\b(?i:we|the (?:alliance|board|ICB|partnership)) serves? {_MANY} {_PEOPLE}{_ENDS}",
        rf"{_BEGINS_CLAUSE}{_MANY} {_PEOPLE} live(?: here\b|{_IN_OUR_AREA}| (?:in|across) (?P<area>{_NAME})){_ENDS}",
        rf"\b(?:{_OUR_AREA}|(?P<area>{_NAME})) is home to {_MANY} {_PEOPLE}{_ENDS}",
    )
)
_MAY_BE_POPULATION = ("population", " serve", " live ", "is home to ")
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")
_NOT_OF_THE_AREA = (Alignment, Body, CaseStudy, Figure, Place, Quote, Source)


class _Said(NamedTuple):
    """What a text counts: which figure, how many, in which words, and whether of the whole area or a part of it.

    Words that may mean fewer or others count only where the smaller of the two numbers is a `share` of the larger. Of
    more than there are, no part is meant: half of them are enough.
    """

    key: FigureKey
    number: Quantity
    match: Match
    leaf: Leaf
    is_of_whole: bool = True
    share: Decimal = Decimal(0)

    def differs_from(self, other: Quantity) -> bool:
        """Whether it cannot be a number of the whole area, nor that of a part of it."""
        said, stated = bounds_of_both(self.number, other)
        if said is None or stated is None:
            return False
        small, large = sorted((said[0], stated[0]))
        is_more = self.is_of_whole and said[0] > stated[0]
        if small < large * (min(self.share, _AS_MUCH_AS_A_PART) if is_more else self.share):
            return False
        return said[0] > stated[1] or (said[1] < stated[0] and self.is_of_whole)


def differing_figures(subject: Subject) -> Iterator[Hit]:
    """Texts that give another number than a figure, or where there is none, than an earlier text."""
    figures: dict[FigureKey, list[tuple[Item, Figure]]] = {}
    for item in subject.of(Figure):
        if item.part.value.number is not None:
            figures.setdefault(item.part.key, []).append((item, item.part))
    told = list(_said(subject, has_population=FigureKey.POPULATION in figures))
    first = {said.key: said for said in reversed(told) if said.is_of_whole and not said.share}
    for said in told:
        if said.key in figures:
            differs = all(said.differs_from(figure.value) for _, figure in figures[said.key])
            if differs and not _is_of_several_kinds(said, figures):
                place, stated = figures[said.key][0]
                related = Related(place.path, "The figure stands here.")
                yield _hit(said, f"{format_quantity(stated.value)} among the figures", related)
        elif said.key in first and said.differs_from(first[said.key].number):
            other = first[said.key]
            words = other.match[0]
            yield _hit(said, f"“{words}” elsewhere", Related(other.leaf.path, f"“{words}” stands here.", words))


def _is_of_several_kinds(said: _Said, figures: Mapping[FigureKey, list[tuple[Item, Figure]]]) -> bool:
    """Whether practices that a text only calls so may be those of doctors and dentists together."""
    if not said.share or said.key not in _PRACTICES:
        return False
    stated = [figures[key][0][1].value.number or Decimal(0) for key in _PRACTICES if key in figures]
    sums = {sum(some, Decimal(0)) for size in range(2, len(stated) + 1) for some in combinations(stated, size)}
    return said.number.number in sums


def _hit(said: _Said, other: str, related: Related) -> Hit:
    words = said.match[0]
    return Hit(
        path=said.leaf.path,
        message=f"“{words}” stands here, but {other}.",
        at_words=words,
        text_before=said.leaf.text[: said.match.start()],
        related=(related,),
    )


def _said(subject: Subject, *, has_population: bool) -> Iterator[_Said]:
    for leaf in subject.own_words.naming(*IN_NOUNS):
        words = leaf.text.casefold()
        if not isinstance(leaf.item.part, Figure) and _MAY_BE_ALL.search(words):
            yield from _all_of_them(leaf, _OF_ALL)
            if not _is_of_another_kind(leaf):
                yield from _all_of_them(leaf, _SHORTLY_ALL, _MUCH_THE_SAME)
        if _MAY_BE_THERE.search(words):
            yield from _there(subject, leaf, _THERE, _AS_MUCH_AS_A_PART)
            if not _is_of_another_kind(leaf):
                yield from _there(subject, leaf, _SHORTLY_THERE, _MUCH_THE_SAME)
    for leaf in subject.own_words.naming(*_MAY_BE_POPULATION) if has_population else ():
        yield from _population(subject, leaf)


def _all_of_them(leaf: Leaf, patterns: Mapping[FigureKey, Pattern], share: Decimal = Decimal(0)) -> Iterator[_Said]:
    """What a text counts all of: "all 41 community pharmacies", or shortly, in words that may mean others."""
    for key, said in patterns.items():
        found = said.search(leaf.text)
        if found and is_of_all(found):
            yield _Said(key, _counted(found[1]), found, leaf, share=share)


def _is_of_another_kind(leaf: Leaf) -> bool:
    titles = (item.get("title") or "" for item in (leaf.item, *leaf.item.above()))
    return any(map(_OF_ANOTHER_KIND.search, (leaf.text, *titles)))


def _there(subject: Subject, leaf: Leaf, patterns: Mapping[FigureKey, Pattern], share: Decimal) -> Iterator[_Said]:
    """What a text says that there is: "There are 62 GP practices in our area". Far fewer are of a part of it."""
    for key, said in patterns.items():
        found = said.search(leaf.text)
        if found and _is_of_area(subject, leaf, found):
            is_of_whole = _is_of_whole_area(subject, found)
            yield _Said(key, _counted(found["count"]), found, leaf, is_of_whole, share)


def _population(subject: Subject, leaf: Leaf) -> Iterator[_Said]:
    """What a text gives the area for its population. It is taken as approximate: residents are not all on a list."""
    for said in _POPULATION:
        found = said.search(leaf.text)
        number = _quantity(found["count"]) if found and not _YEAR.search(leaf.text) else None
        if found is not None and number is not None and _is_of_area(subject, leaf, found):
            number = replace(number, approximate=not number.qualifier or number.approximate)
            is_of_whole = _is_of_whole_area(subject, found)
            yield _Said(FigureKey.POPULATION, number, found, leaf, is_of_whole, _AS_MUCH_AS_A_PART)


def _quantity(words: str) -> Quantity | None:
    try:
        quantity = parse_quantity(words)
    except QuantityError:
        return None
    return quantity if quantity.number is not None else None


def _counted(words: str) -> Quantity:
    return Quantity(published=words, number=Decimal(number_of(words)))


def _is_of_area(subject: Subject, leaf: Leaf, found: Match) -> bool:
    """Whether a text that names no place stands where the area is told of, or the place is the area or a part of it."""
    area = area_of(subject)
    names = _names_in(found)
    is_named = all(area.is_whole(name) or area.is_part(name) for name in names)
    return is_named and is_of_all(found) and leaf.item.nearest(*_NOT_OF_THE_AREA) is None


def _is_of_whole_area(subject: Subject, found: Match) -> bool:
    return all(map(area_of(subject).is_whole, _names_in(found)))


def _names_in(found: Match) -> list[str]:
    return [name for group, name in found.groupdict().items() if name and group != "count"]
