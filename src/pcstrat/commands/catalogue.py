"""`pcstrat rules` and `pcstrat explain`: the catalogue of everything that pcstrat can say of a plan."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping

from pcstrat.commands.outputs import one_of
from pcstrat.errors import UsageError
from pcstrat.load import references, shape, versions
from pcstrat.publish import problems
from pcstrat.report.catalogue import rules_json, rules_markdown, rules_text
from pcstrat.report.explanation import code_text, rule_text
from pcstrat.rules import RULES, rule_by_code
from pcstrat.source import CODES as SOURCE_CODES

RULE_FORMATS: Mapping[str, Callable[[], str]] = {"text": rules_text, "json": rules_json, "markdown": rules_markdown}

CODES: Mapping[str, str] = SOURCE_CODES | versions.CODES | shape.CODES | references.CODES | problems.CODES
"""Codes that are no rules, with their titles: what loading says of files, and what keeps documents back."""


def rules(format_: str) -> str:
    """The list of rules in a format.

    Raises:
        UsageError: if there is no such format.
    """
    one_of("--format", format_, tuple(RULE_FORMATS))
    return RULE_FORMATS[format_]()


def explain(codes: Iterable[str]) -> str:
    """What each code means.

    Raises:
        UsageError: if one of them does not exist.
    """
    return "\n".join(map(_explained, codes))


def _explained(code: str) -> str:
    rule = rule_by_code(code)
    if rule is not None:
        return rule_text(rule)
    title = CODES.get(code.upper())
    if title is None:
        raise UsageError(f"There is no code '{code}'.", _did_you_mean(code))
    return code_text(code.upper(), title)


def _did_you_mean(code: str) -> str:
    words = {word.casefold(): word for rule in RULES for word in (rule.code, rule.name)}
    words |= {word.casefold(): word for word in CODES}
    padded = re.sub(r"^([a-z])(\d)$", r"\g<1>0\2", code.casefold())
    close = [padded] if padded in words else difflib.get_close_matches(code.casefold(), words, n=1)
    return f"Did you mean '{words[close[0]]}'?" if close else "`pcstrat rules` lists them."
