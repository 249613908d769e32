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
    r"\b(?:agree[ds]?|announce[ds]?|approve[ds]?|calculate[ds]?|clear|confirm(?:ed|s)?|decide[ds]?|fix(?:ed|es)?"
    r"|know[ns]?|publish(?:ed|es)?|sets?|settle[ds]?|state[ds]?|work(?:ed|s)?(?: \w+){0,2} out)\b",
    re.IGNORECASE,
)
_DOCUMENT = Pattern(
    r"\b(?:charter|document|edition|framework|it|its|ours?|plans?|programme|standards?|strateg(?:y|ies)|that|this|version"
    r"|we)\b",
    re.IGNORECASE,
)
_FOLLOWS = Pattern(
    r"\b(?:extend(?:ed|s)?|extension|follow(?:ed|s)?|follow-?on|new|next|refresh(?:ed|es)?|renew(?:al|ed|s)?"
    r"|replace(?:d|ment|s)?|review(?:ed|s)?|revise[ds]?|succeed(?:ed|s)?|successor|supersede[ds]?|takes? over"
    r"|update[ds]?)\b",
    re.IGNORECASE,
)


def says_when_known(subject: Subject, text: str) -> bool:
    """Whether a text says when an amount will be known: "The board sets the amount in May 2027"."""
    return any(
        _AMOUNT.search(sentence) and _BECOMES_KNOWN.search(sentence) and _names_time_to_come(subject, sentence)
        for sentence in _SENTENCE.split(plain(text))
    )


def _names_time_to_come(subject: Subject, sentence: str) -> bool:
    times = (time_or_none(found[0].replace(" of ", " ")) for found in _TIME.finditer(sentence))
    return any(time is not None and _is_to_come(subject, time) for time in times)


def _is_to_come(subject: Subject, time: Time) -> bool:
    return time.end is not None and not subject.was_over(time.end)


def says_what_follows(text: str) -> bool:
    """Whether a text says what comes after a document, or that it is looked at again: "A new charter follows it"."""
    return any(_DOCUMENT.search(said) and _FOLLOWS.search(said) for said in _SENTENCE.split(plain(text)))
