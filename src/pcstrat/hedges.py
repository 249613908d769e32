"""The conditions under which a promise holds only where it suits: "where possible", "subject to funding".

The rule on hedged promises looks for them in a plan; the diff asks whether those came or went that make it worth less.
"""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

_WHERE = ("where", "wherever", "when", "whenever", "if", "if and when", "as and when", "as far as", "should")
_MEANS = (
    "money",
    "resource",
    "resources",
    "funding",
    "funds",
    "budget",
    "budgets",
    "capacity",
    "staffing",
    "workforce",
)
_Forms: TypeAlias = tuple[tuple[tuple[str, ...], ...], ...]
_SUITING: _Forms = (
    (_WHERE, ("", "is", "it is", "this is"), ("possible", "practicable", "feasible", "affordable")),
    (("if", "where"), ("we can",), ("afford it", "afford this", "afford to")),
    (("if",), ("there is", "we have"), ("money", "the money", "enough money", "funding")),
    (("if", "where"), ("enough staff", "staff", "money", "funding"), ("can be found",)),
    ((*_WHERE, "as"), _MEANS, ("allow", "allows", "permit", "permits")),
    (_MEANS, ("allowing", "permitting")),
    (("where",), ("it", "this"), ("makes sense",)),
    (("within",), ("available",), ("funding", "funds", "resources", "capacity")),
    (("subject to",), ("", "available"), ("funding", "funds", "resources", "capacity", "affordability")),
)
"""Every form of a condition by which it must suit whoever promises, as the words that may stand in each place."""

_FITTING: _Forms = (
    (_WHERE, ("", "it is", "this is"), ("appropriate",)),
    (("as",), ("appropriate",)),
)
"""The forms by which it must be fitting: for whoever is cared for, or for whoever promises; they do not say which."""

_NEEDED: _Forms = (
    (_WHERE, ("", "it is", "this is"), ("needed", "necessary", "required")),
    (("as",), ("needed", "necessary", "required")),
)
"""The forms by which somebody must need it: a plan leaves open who decides that, but promises it to all who do."""

_WEAK = (*_SUITING, *_FITTING)
_FORMS = (*_WEAK, *_NEEDED)
LAST_WORDS = frozenset(word for form in _FORMS for word in form[-1])
"""A condition ends with one of these, so a text without any has none."""
LAST_WORDS_WEAK = frozenset(word for form in _WEAK for word in form[-1])
"""The same of conditions that ask for no need."""


def conditions() -> list[str]:
    """Every condition by which a promise is worth less, in small letters: none that asks for a need or fitting care."""
    return _in_full(_SUITING)


def fitting_conditions() -> list[str]:
    """Every condition that may ask for fitting care, in small letters: "where appropriate"."""
    return _in_full(_FITTING)


def _in_full(forms: _Forms) -> list[str]:
    return [" ".join(filter(None, words)) for form in forms for words in product(*form)]


def condition_pattern() -> str:
    """A regular expression for every form above, with one space between words."""
    return "|".join(map(_pattern, _FORMS))


def weak_condition_pattern() -> str:
    """The same without the forms that ask for a need."""
    return "|".join(map(_pattern, _WEAK))


def _pattern(form: tuple[tuple[str, ...], ...]) -> str:
    *places, last = form
    words = "".join(
        f"(?:{'|'.join(filter(None, place))}) " if "" not in place else _optional(place) for place in places
    )
    return f"{words}(?:{'|'.join(last)})"


def _optional(place: tuple[str, ...]) -> str:
    return f"(?:(?:{'|'.join(filter(None, place))}) )?"
