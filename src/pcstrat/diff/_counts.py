"""Turns two wordings into whether they state the same numbers, and into what became of those that alone differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pcstrat.diff._figures import Figure, Sort, Token, tokens
from pcstrat.diff._inflection import folded
from pcstrat.diff._times import Fact
from pcstrat.diff.kinds import Kind
from pcstrat.model.money import pounds_in_words
from pcstrat.text import listed

_ONE = Decimal(1)
_ARTICLES = frozenset({"a", "an"})


def numbers_in(text: str) -> Counter[str]:
    """The numbers and dates that a text states, each in one spelling and as often as it stands there."""
    return Counter(map(_spelling, _stated(tokens(text))))


def same_numbers(before: str, after: str) -> bool:
    """Whether two wordings state the same numbers of the same things, or at least in the same order."""
    old, new = tokens(before), tokens(after)
    in_order = [list(map(_spelling, _stated(side))) for side in (old, new)]
    if in_order[0] == in_order[1]:
        return True
    return Counter(in_order[0]) == Counter(in_order[1]) and Counter(_counted(old)) == Counter(_counted(new))


def compare_counts(before: str, after: str) -> Fact | None:
    """The fact between two wordings that differ in nothing but numbers, or in nothing but dates; else none.

    Numbers that all rose went up, and those that all fell down; where some rose and some fell, they only changed.
    """
    pairs = _differing(tokens(before), tokens(after))
    if not pairs:
        return None
    if all(old.sort is Sort.DATE for old, _ in pairs):
        return Fact(Kind.DATE_CHANGED)
    moves = [_move(old, new) for old, new in pairs]
    rises = {move.rises for move in moves if move}
    if None in moves:
        return None
    if len(rises) > 1:
        return Fact(Kind.NUMBER_CHANGED)
    amounts = [move.by for move in moves if move]
    return Fact(Kind.NUMBER_UP if rises == {True} else Kind.NUMBER_DOWN, listed(amounts) if all(amounts) else "")


class _Move(NamedTuple):
    rises: bool
    by: str


def _stated(sides: Sequence[Token]) -> Iterator[Figure]:
    """The figures, but for "1", in place of which "a" may stand."""
    return (token.figure for token in sides if token.figure and token.figure != (Sort.COUNT, _ONE))


def _spelling(figure: Figure) -> str:
    sign = {Sort.COUNT: "", Sort.LABEL: "", Sort.DATE: ""}.get(figure.sort, f"{figure.sort.value} ")
    return f"{sign}{figure.value:f}" if isinstance(figure.value, Decimal) else f"{sign}{figure.value}"


def _counted(side: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each figure with the word that follows it."""
    for place, token in enumerate(side):
        if token.figure:
            following = side[place + 1 : place + 2]
            yield _spelling(token.figure), folded(following[0].text).lower() if following else ""


def _differing(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[Figure, Figure]] | None:
    """The figures in which two wordings differ; nothing if any other word differs, or is only a label."""
    if len(old) != len(new):
        return None
    pairs = list(zip(old, new, strict=True))
    figures = [pair for each in pairs if (pair := _figures(*each)) is not None and pair[0] != pair[1]]
    if any(before.sort is not after.sort or before.sort is Sort.LABEL for before, after in figures):
        return None
    bends = any((before.value == 1) != (after.value == 1) for before, after in figures)
    for before, after in pairs:
        if _figures(before, after) is None and before.text != after.text:
            words = [folded(token.text) for token in (before, after)]
            if not bends or words[0] != words[1]:
                return None
    return figures


def _figures(old: Token, new: Token) -> tuple[Figure, Figure] | None:
    """Two figures; "a" in the place of a number is one."""
    sides = [_one(old, new), _one(new, old)]
    return (sides[0], sides[1]) if sides[0] is not None and sides[1] is not None else None


def _one(token: Token, other: Token) -> Figure | None:
    is_one = other.figure is not None and other.figure.sort is Sort.COUNT and token.text.lower() in _ARTICLES
    return Figure(Sort.COUNT, _ONE) if is_one else token.figure


def _move(old: Figure, new: Figure) -> _Move | None:
    """Whether a number rose, and by how much in words, where that can be said without rounding."""
    if isinstance(old.value, Fraction) and isinstance(new.value, Fraction):
        return _Move(new.value > old.value, "")
    if not (isinstance(old.value, Decimal) and isinstance(new.value, Decimal)):
        return None
    by = abs(new.value - old.value)
    return _Move(new.value > old.value, _in_words(by.normalize(), old.sort))


def _in_words(by: Decimal, sort: Sort) -> str:
    if sort is Sort.MONEY:
        return pounds_in_words(by)
    unit = f" percentage point{'' if by == 1 else 's'}" if sort is Sort.PERCENT else ""
    return f"{by:,f}{unit}"
