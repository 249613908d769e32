"""Turns what is said of something that is still open into whether it is said when, or by what, it will be closed."""

from __future__ import annotations

import re

from pcstrat.light_markdown import plain
from pcstrat.model.times import Time, time_or_none
from pcstrat.patterns import Pattern
from pcstrat.rules._promises import MONTHS
from pcstrat.rules.subject import Subject

_SENTENCE = Pattern(r"(?<=[.!?;]) +")
_TIME = Pattern(
    rf"(?:(?:[0-9]{{1,2}} )?(?:{MONTHS}) (?:of )?)?20[0-9]{{2}}(?:[/–-][0-9]{{2,4}})?",
    re.IGNORECASE,
)
_AMOUNT = Pattern(
    r"\b(?:allocations?|amounts?|budgets?|costs?|figures?|how much|it|money|prices?|shares?|sums?|that|this|totals?)\b",
    re.IGNORECASE,
)
_BECOMES_KNOWN = Pattern(
    r"\b(?:agree[ds]?|announce[ds]?|approve[ds]?|calculate[ds]?|clear|confirm(?:ed|s)?|decide[ds]?|finali[sz]e[ds]?|fix(?:ed|es)?"
    r"|know[ns]?|publish(?:ed|es)?|sets?|settle[ds]?|state[ds]?|work(?:ed|s)?(?: \w+){0,2} out)\b",
    re.IGNORECASE,
)
_LEFT_TO_BE_KNOWN = Pattern(r"(?:(?:due|still|yet) )?to be\b", re.IGNORECASE)
"""At the beginning of a sentence, of an amount that stands beside it."""
_CLAUSE = Pattern(
    r",? (?:although|and|because|but|so|whereas|while) (?=(?:[\w’'-]+ ){1,4}?(?:are|arrives?|begins?|buys?|can|closes?"
    r"|comes?|covers?|ends?|finish(?:es)?|goes|has|have|is|lasts?|leaves?|must|needs?|opens?|pays?|runs?|serves?|starts?"
    r"|stays?|will|works?)\b)"
    r"|(?:(?<=agreed)|(?<=clear)|(?<=confirmed)|(?<=decided)|(?<=known)|(?<=stated)) that ",
    re.IGNORECASE,
)
"""Between clauses of which each has a verb, and so a time, of its own."""
_LASTS = Pattern(r"\b(?:till|to|until)(?: the)?(?: end of)? \Z", re.IGNORECASE)
_KIND = r"(?:charter|document|edition|framework|guidance|plan|programme|standards?|strategy|version)s?"
_NEXT = Pattern(
    rf"""\bsuccessors?\b|\btakes?\ over\b|\bunder\ review\b
        |\b(?:that|what|which)\ (?:will\ )?(?:comes?\ (?:after|next)|(?:follows?|replaces?|succeeds?)
            (?:\ it\b|(?=[.,;:!?)]|$|\ (?:from|in|once|when)\b)))
        |(?:\b(?:follow-?on|next)|(?<!\bour\ )(?<!\bthis\ )\b(?:new|refreshed|renewed|revised|updated))
            \ (?:[\w-]+\ ){{0,3}}?{_KIND}\b
        |\b(?:after|before|once|when)\ (?:it|that|this|the\ (?:[\w-]+\ ){{0,3}}?{_KIND})
            \ (?:ends|expires|has\ ended|is\ over|runs\ out)\b
        |(?<!\bour\ plan\ )(?<!\bthis\ plan\ )(?<!\bour\ strategy\ )(?<!\bthis\ strategy\ )(?<!\bour\ work\ )
            \bfollows\ it(?=[.,;:!?)]|$|\ (?:from|in)\b)
        |(?:^|\b(?:it|they|this|{_KIND})\b[^,;:]{{0,40}}?\ )(?:due\ |still\ )?(?:to\ be|are|be|being|is)\ (?:\w+\ )?
            (?:extended|followed\ by|refreshed|renewed|replaced|reviewed|revised|rewritten|succeeded|superseded
            |updated)\b
        |\b(?:extend|look\ (?:again\ )?at|refresh|renew|replace|review|revise|rewrite|succeed|supersede|update)(?:es|s)?
            \ (?:it\b|them\b|this\b|that\b|(?:its|our|the)\ (?:[\w-]+\ ){{0,3}}?(?:{_KIND}|aims|answers?)\b)
        |\b(?:extension|refresh|renewal|replacement|review|update)\ (?:for|of|to)
            \ (?:it|this|that|the\ (?:[\w-]+\ ){{0,3}}?{_KIND})\b
        |\bits\ (?:extension|refresh|renewal|replacement|review|update)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""That a document is followed by another, or that it, or what answers it, is looked at again."""


def says_when_known(subject: Subject, text: str) -> bool:
    """Whether a text says when an amount will be known: "The board sets the amount in May 2027"."""
    return any(
        (_AMOUNT.search(clause) or _LEFT_TO_BE_KNOWN.match(clause))
        and _BECOMES_KNOWN.search(clause)
        and _names_time_to_come(subject, clause)
        for sentence in _SENTENCE.split(plain(text))
        for clause in _CLAUSE.split(sentence)
    )


def _names_time_to_come(subject: Subject, clause: str) -> bool:
    found = (found for found in _TIME.finditer(clause) if not _LASTS.search(clause[: found.start()]))
    times = (time_or_none(match[0].replace(" of ", " ")) for match in found)
    return any(time is not None and _is_to_come(subject, time) for time in times)


def _is_to_come(subject: Subject, time: Time) -> bool:
    return time.end is not None and not subject.was_over(time.end)


def says_what_follows(text: str) -> bool:
    """Whether a text says what comes after a document, or that it is looked at again: "A new charter follows it"."""
    return any(_NEXT.search(said) for said in _SENTENCE.split(plain(text)))
