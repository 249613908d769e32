"""The conditions under which a promise holds only where it suits: "where possible", "subject to funding".

The rule on hedged promises looks for them in a plan; the diff asks whether they came or went.
"""

from __future__ import annotations

from itertools import product

_WHERE = ("where", "wherever", "when", "whenever", "if", "as far as")
_FORMS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        _WHERE,
        ("", "it is", "this is"),
        ("appropriate", "possible", "practicable", "feasible", "needed", "necessary", "required", "affordable"),
    ),
    (
        (*_WHERE, "as"),
        ("resource", "resources", "funding", "funds", "capacity"),
        ("allow", "allows", "permit", "permits"),
    ),
    (("where",), ("it", "this"), ("makes sense",)),
    (("as",), ("appropriate", "needed", "necessary", "required")),
    (("subject to",), ("", "available"), ("funding", "funds", "resources", "capacity", "affordability")),
)
"""Every form of a condition, as the words that may stand in each of its places."""

LAST_WORDS = frozenset(word for form in _FORMS for word in form[-1])
"""A condition ends with one of these, so a text without any has none."""


def conditions() -> list[str]:
    """Every condition, in small letters."""
    return [" ".join(filter(None, words)) for form in _FORMS for words in product(*form)]


def condition_pattern() -> str:
    """A regular expression for all of them, with one space between words."""
    return "|".join(_pattern(form) for form in _FORMS)


def _pattern(form: tuple[tuple[str, ...], ...]) -> str:
    *places, last = form
    words = "".join(
        f"(?:{'|'.join(filter(None, place))}) " if "" not in place else _optional(place) for place in places
    )
    return f"{words}(?:{'|'.join(last)})"


def _optional(place: tuple[str, ...]) -> str:
    return f"(?:(?:{'|'.join(filter(None, place))}) )?"
