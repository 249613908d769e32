"""Finds hedges: what is promised, or told of delivery and money, only where it suits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.hedges import LAST_WORDS, LAST_WORDS_WEAK, condition_pattern, weak_condition_pattern
from pcstrat.model.aims import Risk
from pcstrat.model.measures import Measure
from pcstrat.model.points import Outcome
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._promises import VAGUENESS, promised_words, promises
from pcstrat.rules._rule import PLANS, Hit, rule
from pcstrat.rules.subject import Item, Leaf, Subject

_HEDGE = Pattern(rf"\b(?:{condition_pattern()}|(?:where|wherever|if) we can(?=[,.;:!?)]|$))(?!\w)", re.IGNORECASE)
_LAST_WORDS = (*LAST_WORDS, " we can")
_WEAK = Pattern(rf"\b(?:{weak_condition_pattern()})\b(?! to\b)", re.IGNORECASE)
_WILL = Pattern(r"\b(?:will|shall)\b", re.IGNORECASE)
_SENTENCE = Pattern(r"(?<=[.!?;])\s+")
_WORK = frozenset({"ambitions_intro", "ambitions", "enablers_intro", "enablers", "funding_statement", "delivery"})
_ASIDE = Pattern(r"\([^)]*\)")
_ASKS = Pattern(
    r"\b(?:ask|check|clarify|decide|establish|explain|find out|know|learn|list|map|say|see|show|tell|test|work out"
    r"|write down)\b(?:(?! to\b)[^,;:.!?])*\Z",
    re.IGNORECASE,
)
_CLAUSE = Pattern(r"(?:if|when|where)\b.* (?:allow|allows|can|have|is|makes|permit|permits)\b", re.IGNORECASE)
"""Behind what asks or tells, such a clause may be what is asked: "Find out if there is money"."""
_CLINICAL = Pattern(r"clinically (?:appropriate|necessary|required)|if required, for", re.IGNORECASE)


@rule(
    "O12",
    "hedged",
    title="A promise holds only where it suits",
    severity=Severity.ADVICE,
    heuristic=True,
    requires=("O05",),
    why=f"{VAGUENESS}. “Where possible” lets each reader believe what they like, and nothing can be missed.",
    remedy="Put in place of these words, in `if`, on what it depends and who decides; otherwise delete them.",
    owed_by=PLANS,
    before="""
actions: ["Where possible, we will open a clinic in the old library."]
""",
    after="""
actions: [{text: We will open a clinic in the old library., if: if the council agrees to the lease}]
""",
)
def hedged(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones with a hedge in their words or for a condition, and what else "will" be where it suits."""
    worded = {promise.path for promise in promised_words(subject).naming(*_LAST_WORDS)}
    for promise in promises(subject):
        condition = promise.item.get("condition") or ""
        if not condition and promise.path not in worded:
            continue
        words = _without_asides(promise.sentence) if promise.path in worded else ""
        for path, text in ((promise.path, words), ((*promise.item.path, "if"), condition)):
            found = _hedge_in(text, _HEDGE)
            if found and not _CLINICAL.search(text):
                message = f"“{found[0]}” leaves open whether this will be done: “{shorten(promise.sentence)}”."
                before = text[: found.start()] if text == condition else promise.sentence[: found.start()]
                yield Hit(path=path, message=message, at_words=found[0], text_before=before, explained_at=(path,))
                break
    told = {promise.path for promise in promises(subject)}
    yield from (hit for hit in _hedged_elsewhere(subject) if hit.path not in told)


def _hedged_elsewhere(subject: Subject) -> Iterator[Hit]:
    """Sentences about delivery and money, and points under actions, by which something will be done where it suits."""
    for leaf in filter(_tells_of_work, subject.own_words.naming(*LAST_WORDS_WEAK)):
        sentence = next((part for part in _SENTENCE.split(leaf.plain) if _WILL.search(part) and _WEAK.search(part)), "")
        found = None if _CLINICAL.search(sentence) else _hedge_in(_without_asides(sentence), _WEAK)
        if found:
            message = f"“{found[0]}” leaves open whether this will be done: “{shorten(sentence)}”."
            before = leaf.plain[: leaf.plain.index(sentence) + found.start()]
            yield Hit(path=leaf.path, message=message, at_words=found[0], text_before=before, explained_at=(leaf.path,))


def _hedge_in(text: str, pattern: Pattern) -> re.Match[str] | None:
    """The first hedge in a text that is no question which somebody answers or asks."""
    return next((found for found in pattern.finditer(text) if not _is_asked(found)), None)


def _is_asked(found: re.Match[str]) -> bool:
    return _CLAUSE.match(found[0]) is not None and _ASKS.search(found.string[: found.start()]) is not None


def _without_asides(sentence: str) -> str:
    """A sentence with spaces instead of what stands in brackets, so that the rest stays where it is."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), sentence)


def _tells_of_work(leaf: Leaf) -> bool:
    """Whether a text says what will be done, not what is so, what may come of it or what others said."""
    if not leaf.prose or leaf.path[0] not in _WORK or _is_no_work(leaf.item):
        return False
    action = leaf.item.action
    return not leaf.item.is_retired and (action is None or action.get("status") is None)


def _is_no_work(item: Item) -> bool:
    return item.is_of_others or item.nearest(Outcome, Risk, Measure) is not None


RULES = (hedged,)
