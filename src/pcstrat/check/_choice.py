"""Turns what a user selects and ignores into rules, and what names no rule into advice on what was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from pcstrat.errors import UsageError
from pcstrat.patterns import Pattern
from pcstrat.rules import FAMILIES, Rule
from pcstrat.text import listed

ALWAYS_REPORTED: Mapping[str, str] = {
    "Y": "the text of the file",
    "V": "the shape of the plan",
    "R": "ids, references and codes",
    "D": "the documents",
}
"""What codes that are no rules are about, by their first letter. They can be neither selected, ignored nor waived."""

_CODE = Pattern(r"([a-z])-?([0-9]{0,3})", re.IGNORECASE)
_EVERYTHING = frozenset({"all", "*"})
_MOST_NAMES = 3


def chosen(
    rules: Iterable[Rule], select: tuple[str, ...], ignore: tuple[str, ...], *, for_plan: str = ""
) -> tuple[Rule, ...]:
    """The rules that `select` and `ignore` leave: each entry is a code, the beginning of codes, or a name.

    `for_plan` names the plan if some of the entries are for it alone.

    Raises:
        UsageError: if an entry names no rule, or no rule is left that can run.
    """
    rules = tuple(rules)
    for entry in (*select, *ignore):
        if not any(_names(entry, rule) for rule in rules):
            raise UsageError(f"There is no rule '{entry}'.", rule_meant(entry, rules))
    left = tuple(
        rule
        for rule in rules
        if (not select or any(_names(entry, rule) for entry in select))
        and not any(_names(entry, rule) for entry in ignore)
    )
    if rules and all(rule.by_engine for rule in left):
        plan = f" for the plan '{for_plan}'" if for_plan else ""
        raise UsageError(f"No rule is left to run{plan}: {_why_none(select, ignore)}.", _SELECT_OTHERS)
    return left


_SELECT_OTHERS = "Select a rule that is not ignored; `pcstrat rules` lists them."


def _names(entry: str, rule: Rule) -> bool:
    return bool(entry) and (rule.code.startswith(entry.upper()) or rule.name == entry.lower())


def _why_none(select: tuple[str, ...], ignore: tuple[str, ...]) -> str:
    if not select:
        return "every rule is ignored"
    if not ignore:
        return f"{listed(select)} can say something only beside other rules"
    return f"{listed(select)} is selected, and {listed(ignore)} ignored"


def rule_meant(entry: str, rules: Iterable[Rule]) -> str:
    """What to do about an entry that names no rule: what it is instead, or which rule was most likely meant."""
    rules = tuple(rules)
    if entry.casefold() in _EVERYTHING:
        return "Every rule runs unless some are selected or ignored."
    code = _CODE.fullmatch(entry)
    if code is not None:
        return _code_meant(code[1].upper(), code[2], rules)
    word = entry.casefold().replace("_", "-").replace(" ", "-")
    names = [rule.name for rule in rules]
    close = difflib.get_close_matches(word, names, n=1) or [name for name in names if word and word in name]
    if 0 < len(close) <= _MOST_NAMES:
        quoted = [f"'{name}'" for name in close]
        return f"Did you mean {listed(quoted, 'or')}?"
    return "`pcstrat rules` lists them."


def _code_meant(letter: str, number: str, rules: Iterable[Rule]) -> str:
    if letter in ALWAYS_REPORTED:
        about = f"Codes with {letter} are about {ALWAYS_REPORTED[letter]}"
        return f"{about}: always reported, and never selected, ignored or waived. `pcstrat explain` tells what each is."
    codes = sorted(rule.code for rule in rules if rule.family == letter)
    if not codes:
        return f"The codes of rules begin with {listed(tuple(FAMILIES), 'or')}; `pcstrat rules` lists them."
    padded = f"{letter}{number.removeprefix('0'):0>2}"
    if padded in codes:
        return f"Did you mean '{padded}'?"
    return f"Codes with {letter} go from {codes[0]} to {codes[-1]}; `pcstrat rules` lists them."
