"""Turns words that only keep a place into what they are: nothing stated. "TBC", "vacant", "[name]", "n/a", "?".

An owner "to be confirmed" is no owner, and a time "to be confirmed" no time: whoever asks what a plan states asks here.
"""

from __future__ import annotations

from functools import lru_cache

from pcstrat.patterns import Pattern

_KEPT = 4_096
_LONGEST = 120
_AROUND = " \t\n.,:;!()*_'\"‘’“”"
_SETTLED = (
    r"(?:added|advised|agreed|allocated|announced|appointed|arranged|assigned|completed|confirmed|decided|defined"
    r"|determined|developed|established|finalised|found|identified|named|nominated|provided|recruited|set)"
)
_OF_WHAT = (
    r"(?:date|director|individual|lead|(?:lead |responsible )?officer|manager|name|organisation|owner|person"
    r"|post(?:-?holder)?|role|senior responsible officer|sro|who)s?"
)
_BEYOND = r"(?: (?:after|at|before|by|during|following|from|in|on|once|through|until|when|with) [^.,;:]{1,40})?"
_TO_COME = (
    rf"(?:tb[acdn]|(?:yet |still )?to be (?:re-?)?{_SETTLED}|(?:not yet|yet to be) (?:known|{_SETTLED})"
    r"|awaited|pending)"
)
_OPEN = (
    rf"(?:{_TO_COME}{_BEYOND}|not (?:known|available|applicable|stated|{_SETTLED})|unknown|n/?a|nil|no ?body|no[ -]one"
    r"|none(?: at present| identified| stated| yet)?|unassigned|unfilled|vacan(?:cy|t)(?: (?:post|role))?"
    r"|x{2,}|\?+|[-–—…]+)"
)
_PLACEHOLDER = Pattern(
    rf"(?:{_OF_WHAT}:? )?(?:(?:is|are) )?(?:currently |still )?{_OPEN}(?:(?: ?/ ?| or ){_OPEN})?"
    r"|\[[^\[\]]*\]|<[^<>]*>|\{+[^{}]*\}+"
)
_SIGNS = (
    *("tb", "to be", "yet", "awaited", "pending", "not ", "unknown", "n/a", "na", "nil", "nobody", "no body", "no one"),
    *("no-one", "none", "unassigned", "unfilled", "vacan", "xx", "?", "-", "–", "—", "…", "[", "<", "{"),
)
"""What stands in every placeholder; most names have none of it, so that the pattern is seldom needed."""
_COMING = Pattern(rf"\b{_TO_COME}")


@lru_cache(maxsize=_KEPT)
def is_placeholder(text: str) -> bool:
    """Whether a text only keeps the place of one that is to come, or says that there is none."""
    bare = _bare(text)
    may_be = len(bare) <= _LONGEST and any(sign in bare for sign in _SIGNS)
    return not bare or (may_be and _PLACEHOLDER.fullmatch(bare) is not None)


def is_to_come(text: str) -> bool:
    """Whether a text says that what it keeps the place of is still to be confirmed."""
    return is_placeholder(text) and _COMING.search(_bare(text)) is not None


def filled(*texts: str | None) -> tuple[str, ...]:
    """Of some texts, those that say something."""
    return tuple([text for text in texts if text and not is_placeholder(text)])


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_AROUND)
