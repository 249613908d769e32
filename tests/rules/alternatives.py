"""Turns a regular expression into short texts, so that each of its alternatives stands in at least one of them."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from pcstrat.patterns import Pattern

_TRIED = "a2 .,-" + string.printable
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def alternatives(pattern: Pattern) -> list[str]:
    """Texts for a pattern, one or more for each alternative. Not all match: what must not follow is left aside.

    What may be left out is left out of one half of them, and stands in the other: "existing " and "fund" need a space.
    """
    parsed = parser.parse(pattern._written, pattern._flags)
    return list(dict.fromkeys((*_of_sequence(parsed, in_full=False), *_of_sequence(parsed, in_full=True))))


def _of_sequence(nodes: Iterable[Any], *, in_full: bool) -> list[str]:
    """The first text of each part, one after the other; then each other text of a part among the first of the rest."""
    parts = [_of_node(code, value, in_full=in_full) for code, value in nodes]
    first = [part[0] for part in parts]
    others = (
        "".join((*first[:place], other, *first[place + 1 :])) for place, part in enumerate(parts) for other in part[1:]
    )
    return ["".join(first), *others]


def _of_node(code: Any, value: Any, *, in_full: bool) -> list[str]:
    if code in _OF_ONE:
        return _OF_ONE[code](value)
    if code in _REPEATS:
        return _of_repeat(*value, in_full=in_full)
    if code is codes.ASSERT:
        texts = _of_sequence(value[1], in_full=in_full)
        return texts if value[0] < 0 else list(dict.fromkeys(("", *texts)))
    branches = _BRANCHES[code](value) if code in _BRANCHES else ()
    return [text for branch in branches if branch for text in _of_sequence(branch, in_full=in_full)] or [""]


def _of_repeat(least: int, _most: int, inner: Any, *, in_full: bool) -> list[str]:
    texts = _of_sequence(inner, in_full=in_full)
    if least:
        return [text * least for text in texts]
    return [*texts, ""] if in_full else ["", *texts]


def _of_set(members: list[Any]) -> Iterator[str]:
    """Each character that a set names; where it names none by itself, one of those that it allows."""
    named = [chr(value) for code, value in members if code is codes.LITERAL]
    is_denied = any(code is codes.NEGATE for code, _ in members)
    if named and not is_denied:
        yield from named
    if is_denied or len(named) < len(members):
        first = chr(next((value[0] for code, value in members if code is codes.RANGE), ord(" ")))
        yield next(each for each in (f" {_TRIED}" if is_denied else f"{_TRIED}{first}") if _allows(members, each))


def _allows(members: list[Any], character: str) -> bool:
    found = is_denied = False
    for code, value in members:
        if code is codes.NEGATE:
            is_denied = True
        elif code is codes.LITERAL:
            found |= ord(character) == value
        elif code is codes.RANGE:
            found |= value[0] <= ord(character) <= value[1]
        else:
            found |= re.match(_CATEGORIES[value], character) is not None
    return found is not is_denied


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}

_OF_ONE: dict[Any, Callable[[Any], list[str]]] = {
    codes.LITERAL: lambda value: [chr(value)],
    codes.NOT_LITERAL: lambda value: [" " if value != ord(" ") else "a"],
    codes.ANY: lambda _: [" "],
    codes.IN: lambda value: list(_of_set(value)),
}
_BRANCHES: dict[Any, Callable[[Any], Iterable[Any]]] = {
    codes.BRANCH: lambda value: value[1],
    codes.SUBPATTERN: lambda value: (value[-1],),
    codes.ATOMIC_GROUP: lambda value: (value,),
    codes.GROUPREF_EXISTS: lambda value: value[1:],
}
