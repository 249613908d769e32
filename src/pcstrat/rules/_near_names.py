"""Turns names of bodies and posts into pairs that are nearly one: a slip of the pen, a word left out, another order.

Names are looked up by what they would be without the difference, so that no name is compared with all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from pcstrat.patterns import Pattern

_WORD = Pattern(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(("a", "an", "and", "for", "in", "nhs", "of", "the"))
_LEFT_OUT = frozenset(("borough", "city", "county", "district", "foundation", "metropolitan", "nhs", "unitary"))
"""What people leave out of the name of a council or trust: "Somerset NHS Trust"."""
_SHORTEST_SLIP = len("cornwal")
_LONG = len("improvment")
_STEM = len("improv")
_START = len("im")
_FEWEST_WORDS = 3
_POINTS = ("north", "south", "east", "west")


_Key: TypeAlias = tuple[object, ...]


class Name(NamedTuple):
    """A name as written, and whether it stands in a field that holds nothing else."""

    written: str
    is_field: bool


class _Words(NamedTuple):
    name: Name
    words: tuple[str, ...]


class Pair(NamedTuple):
    """Two names that are nearly the same, and whether nobody gives two bodies such names: they differ by a slip."""

    name: Name
    earlier: Name
    is_slip: bool


def near_names(names: Iterable[Name]) -> Iterator[Pair]:
    """Each name with the first earlier one that is nearly the same, and not the same but for capitals and "&"."""
    known: dict[_Key, _Words] = {}
    seen: set[tuple[str, ...]] = set()
    for name in names:
        entry = _Words(name, _words(name.written))
        if entry.words in seen or len(entry.words) < len("ab"):
            continue
        seen.add(entry.words)
        others = [(key, known.setdefault(key, entry)) for key in _keys(entry)]
        found = next((pair for pair in others if pair[1] is not entry and _may_be_one(*pair, entry)), None)
        if found is not None:
            (sort, *_), other = found
            yield Pair(name, other.name, sort in ("letters", "but one"))


def _words(name: str) -> tuple[str, ...]:
    words = name.casefold().replace("’", "'").replace("&", " and ")
    return tuple(word for word in _WORD.findall(words) if word != "the")


def _keys(entry: _Words) -> Iterator[_Key]:
    """What a name has in common with one that is nearly the same: its letters, all words but one, or its stems."""
    words = entry.words
    yield "letters", "".join(words)
    for index, word in enumerate(words):
        if len(word) >= _SHORTEST_SLIP or word.startswith(_POINTS):
            yield "but one", words[:index], words[index + 1 :], word[:_START]
    telling = [word for word in words if word not in _SMALL]
    if len(telling) >= _FEWEST_WORDS:
        yield "order", frozenset(word[:_STEM] for word in telling), words[-1]
    if entry.name.is_field and not _LEFT_OUT.isdisjoint(words):
        yield "left out", tuple(word for word in words if word not in _LEFT_OUT)
    elif entry.name.is_field and words[-1] in ("council", "trust"):
        yield "left out", words


def _may_be_one(key: _Key, one: _Words, other: _Words) -> bool:
    """Whether two names that share a key differ only as people make them differ."""
    if key[0] == "but one":
        words = zip(one.words, other.words, strict=True)
        place = next(place for place, (first, second) in enumerate(words) if first != second)
        return _is_slip(one.words[place], other.words[place], is_last=place == len(one.words) - 1)
    if key[0] == "left out":
        first, second = (frozenset(entry.words) & _LEFT_OUT for entry in (one, other))
        return first < second or second < first
    return key[0] == "letters" or len(one.words) == len(other.words)


def _is_slip(one: str, other: str, *, is_last: bool) -> bool:
    """Whether two words are one but for a letter, two in a long word, an "s" or "south" for "southern"."""
    if one.removesuffix("ern") == other.removesuffix("ern"):
        return True
    first, second = (word.replace("'", "").removesuffix("s") for word in (one, other))
    if first == second:
        return not is_last
    begin = next((place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    if begin is None:
        begin = min(len(first), len(second))
    first, second = first[begin:], second[begin:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    is_swapped = first == second[::-1] and len(first) == len("ab")
    return is_swapped or max(len(first), len(second)) <= (2 if min(len(one), len(other)) >= _LONG else 1)
