"""Turns two wordings into whether one names a place, a day or a body that the other does not name.

A name begins with a capital inside a sentence. It is named by the other wording too where the word stands there at
all, or where one is the initials of the words of the other: "PCN" for "primary care network".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pcstrat.diff._figures import Token, tokens
from pcstrat.diff._inflection import folded

_BULLETS = frozenset({"-", "–", "*", "•"})
_FEWEST_INITIALS = 2


def same_names(before: str, after: str, verbs: Collection[str]) -> bool:
    """Whether each of two wordings has all the names of the other; one of `verbs` at the beginning is none."""
    old, new = tokens(before), tokens(after)
    return _has_names(old, new) and _has_names(new, old) and not _begin_otherwise(old, new, verbs)


def _begin_otherwise(old: Sequence[Token], new: Sequence[Token], verbs: Collection[str]) -> bool:
    """Whether two texts differ in nothing but their first words, which may be names: "Deal hub opens"."""
    if not (old and new) or _texts(old[1:]) != _texts(new[1:]):
        return False
    firsts = {_plain(side[0]): side[0] for side in (old, new)}
    return len(firsts) > 1 and all(token.text[0].isupper() and word not in verbs for word, token in firsts.items())


def _texts(side: Sequence[Token]) -> list[str]:
    return [token.text.casefold() for token in side]


def _has_names(named: Sequence[Token], other: Sequence[Token]) -> bool:
    known = {_plain(token) for token in other}
    missing = {name for name in _names(named) if name not in known}
    if not missing:
        return True
    missing -= _spelled_out(missing, _initials(other))
    return not missing - _behind_initials(named, {_plain(token) for token in other if _is_acronym(token)})


def _names(side: Sequence[Token]) -> Iterator[str]:
    """The words with a capital, but for the first of each sentence or bullet, unless they are initials."""
    begins = True
    for token in side:
        if token.is_word and token.text[0].isupper() and (not begins or _is_acronym(token)):
            yield _plain(token)
        if token.is_word or token.figure is not None:
            begins = False
        begins = begins or token.is_end or token.text in _BULLETS


def _plain(token: Token) -> str:
    word = token.text.replace("’", "'").removesuffix("'s").removesuffix("'")
    return folded(word.casefold())


def _is_acronym(token: Token) -> bool:
    return token.is_word and token.text.removesuffix("s").isupper() and len(token.text) >= _FEWEST_INITIALS


def _initials(side: Sequence[Token]) -> str:
    """The first letters of the words of a text; a space for what is no word."""
    return "".join(token.text[0].casefold() if token.is_word else " " for token in side)


def _spelled_out(names: Iterable[str], initials: str) -> set[str]:
    """The names that are initials of words in a row."""
    return {name for name in names if len(name) >= _FEWEST_INITIALS and name in initials}


def _behind_initials(side: Sequence[Token], acronyms: Iterable[str]) -> set[str]:
    """The words of a text in whose place some initials stand."""
    initials = _initials(side)
    places = ((initials.find(acronym), len(acronym)) for acronym in acronyms)
    return {_plain(token) for place, length in places if place >= 0 for token in side[place : place + length]}
