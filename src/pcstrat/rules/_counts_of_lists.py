"""Turns the words that stand before a list of the plan into hits where they count it otherwise than it is long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Ambition, AmbitionsIntro, Enabler, Objective
from pcstrat.model.base import Model
from pcstrat.model.evidence import Evidence
from pcstrat.model.points import Section
from pcstrat.numerals import number_of
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._counts import COUNT, DIVIDED
from pcstrat.rules._rule import Hit, Related
from pcstrat.rules.subject import Item, Subject

_OF_ANY_LIST = "things|areas|points"
_AMBITIONS = "aims|ambitions|goals|missions|pillars|pledges|priorities|promises|themes"
_CHALLENGES = (
    "barriers|challenges|concerns|difficulties|fears|gaps|hurdles|issues|obstacles|pressures|problems|weaknesses"
    "|worries"
)
_PEOPLE = r"(?:local |young )?(?:carers|children|families|parents|partners|patients|people|residents|staff)"
_TELLS = (
    rf"(?:there are|(?P<these>these are(?: the)?)|(?:we|it|they|{_PEOPLE}|\w+s(?= (?:mentioned|named|raised|told))"
    r"|(?:the|this|our)(?: [\w-]+){1,2}?|(?P<label>\w+ \w{1,2})) "
    r"(?:(?:have|has)(?: (?:chosen|found|identified|named|set)(?: ourselves)?)?|choose|chose|consists? of|contains?"
    r"|describes?|faces?|found|gives?|heard (?:about|of)|identif(?:y|ies|ied)|lists?|makes?|mention(?:ed)?|name[ds]?"
    r"|point(?:s|ed)? to|raised?|rests? on|reveal(?:s|ed)?|sees?|sets? out|set ourselves|shares?|show(?:s|ed)?"
    r"|told us (?:about|of))) "
)
_FOLLOWS = (
    r"(?:came up|carry|come up|concern|drive|follow|guide|hold|help|lead|make up|mark|matter|serve|shape"
    r"|stand (?:in the way|out)|stood out|support|threaten|trouble|underpin|worr(?:y|ied))"
)
_QUALITIES = (
    r"(?:biggest|broad|central|clear|common|core|greatest|key|largest|linked|main|most (?:important|serious)"
    r"|overarching|shared|strategic|top|transformation|worst)"
)
_SENTENCE = Pattern(r"(?<=[.!?;:])\s+")


class _Listed(NamedTuple):
    """A list: what stands before it, what a text may call its items, how many may be meant, and where it stands."""

    item: Item
    field: str
    nouns: str
    counts: frozenset[int]
    path: Path


def lists_counted_otherwise(subject: Subject, noun_of_ambitions: str | None) -> Iterator[Hit]:
    """Sentences before a list that only tell how many follow ("There are six challenges."), above another number.

    A sentence that goes on ("four risks that ...", "three areas in which ...") may count some of them.
    """
    for listed in _lists(subject, noun_of_ambitions):
        words = listed.item.get(listed.field)
        if not words or not any(listed.counts) or listed.item.is_retired:
            continue
        says = listed.item.get("says")
        found = _announcing(plain(words), listed)
        if found is not None and number_of(found["count"]) not in {*listed.counts, says}:
            number = max(listed.counts)
            message = f"“{found[0]}” stands here, but {number} {'is' if number == 1 else 'are'} listed."
            related = (Related(listed.path, "The list stands here."),)
            yield Hit(path=(*listed.item.path, listed.field), message=message, at_words=found[0], related=related)


def _lists(subject: Subject, noun_of_ambitions: str | None) -> Iterator[_Listed]:
    plan = subject.plan
    objectives = sum(len(_living(ambition.objectives)) for ambition in plan.ambitions)
    named = f"{_AMBITIONS}|{noun_of_ambitions}" if noun_of_ambitions else _AMBITIONS
    intros = {
        "ambitions_intro": (named, _counts(plan.ambitions) | {objectives}, "ambitions"),
        "enablers_intro": ("enablers|foundations", _counts(plan.enablers), "enablers"),
        "risks_intro": ("dangers|risks|threats", _counts_of_risks(subject), "risks"),
    }
    evidence = {"challenges": _CHALLENGES, "strengths": "advantages|assets|highlights|strengths"}
    for item in subject.of(AmbitionsIntro, Section, Evidence):
        key = str(item.path[0]) if len(item.path) == 1 else ""
        if key in intros:
            nouns, counts, where = intros[key]
            counts |= {len(_living(item.get("points") or ()))} if any(counts) else set()
            yield _Listed(item, "text", f"{nouns}|{_OF_ANY_LIST}", counts, (where,))
        elif key in evidence:
            counts = frozenset({len(_living(item.get("items") or ()))})
            yield _Listed(item, "intro", f"{evidence[key]}|{_OF_ANY_LIST}", counts, (key, "items"))
    for aim in subject.of(Objective):
        text = aim.get("text") or ""
        if isinstance(aim.part, Ambition) and "objectives" in text:
            yield _Listed(aim, "text", "objectives", _counts(aim.part.objectives), (*aim.path, "objectives"))
        if "milestones" in text:
            under = [placed for placed in subject.milestones if aim in placed.item.aims()]
            counts = frozenset({len(under), sum(placed.owner is aim for placed in under)})
            yield _Listed(aim, "text", "milestones", counts, aim.path)


def _counts(aims: Iterable[Ambition | Enabler | Objective]) -> frozenset[int]:
    """How many aims there may be said to be: all, or without those that the plan adds to its list."""
    living = _living(aims)
    return frozenset({len(living), sum(not getattr(aim, "additional", False) for aim in living)})


def _counts_of_risks(subject: Subject) -> frozenset[int]:
    """How many risks there may be said to be: those of the whole plan, or with those of its parts."""
    if subject.plan.risks_intro is None:
        return frozenset()
    own = len(_living(subject.plan.risks))
    return frozenset({own, own + sum(len(_living(aim.part.risks)) for aim in subject.of(Objective))})


def _living(parts: Iterable[Model]) -> list[Model]:
    return [part for part in parts if not getattr(part, "retired", None)]


def _announcing(text: str, listed: _Listed) -> Match | None:
    """The words of the first sentence that tells how many of some things follow."""
    sentences = _SENTENCE.split(text.strip())
    for sentence in sentences:
        found = _announcement(listed.nouns).match(sentence)
        if found is None or found["label"] not in (None, listed.item.get("label")):
            continue
        if DIVIDED.match(sentence, found.end()):
            return None
        is_heading = not (found["tells"] or found["known"]) and sentence[found.end() :] == ":"
        if not is_heading or sentence is sentences[-1]:
            return found
    return None


@lru_cache
def _announcement(nouns: str) -> Pattern:
    counted = rf"(?P<count>{COUNT}) (?:{_QUALITIES} ){{0,2}}(?:{nouns})\b"
    told = r"(?=[.:;!]|$| (?:for|here|to)\b)"
    these = r"(?=[.:;!]|$| (?:for|here|of|people|that|they|to|we)\b)"
    known = r" are (?:as follows|below|listed|these)(?=[.:;!]|$| (?:below|here)\b)"
    return Pattern(
        rf"(?:(?P<tells>{_TELLS})|(?P<known>(?:our|the) ))?{counted}"
        rf"(?(these){these}|(?(tells){told}|(?(known){known}|(?: {_FOLLOWS}\b|(?=:$)))))",
        re.IGNORECASE,
    )
