"""Turns texts that count the plan's ambitions or enablers into hits where the plan lists another number of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.model.aims import Ambition, Enabler
from pcstrat.model.delivery import CaseStudy
from pcstrat.model.document import Document, Quote
from pcstrat.model.evidence import Source
from pcstrat.model.vision import Alignment
from pcstrat.numerals import number_of
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import COUNT, DIVIDED
from pcstrat.rules._counts_in_text import OF_SOME
from pcstrat.rules._rule import Hit, Related
from pcstrat.rules.subject import Leaf, Subject

_PLAN = r"(?:plan|programme|strategy)"
_HAS = r"(?:has|is built (?:around|on|upon)|makes|sets out)"
_BESIDE = rf"(?:{COUNT} [\w-]+ and )?"
"""What may be counted before, as in "it has three aims and two enablers"."""
_ARE_OURS = Pattern(
    rf"\b(?:our|these|we (?:have|chose|picked|set (?:ourselves|out))|(?:the|this) {_PLAN} {_HAS}) {_BESIDE}\Z",
    re.IGNORECASE,
)
_IT_HAS = Pattern(rf"\bit {_HAS} {_BESIDE}\Z", re.IGNORECASE)
_THERE_ARE = Pattern(r"\bthere are \Z", re.IGNORECASE)
_IN_THE_PLAN = Pattern(rf" in (?:our|the|this) {_PLAN}\b|[.:;]|\Z", re.IGNORECASE)
_FOUND = Pattern(r"\b(?:readers|you) (?:can |will )?find \Z", re.IGNORECASE)
_HERE = Pattern(rf" (?:here|below|in (?:our|the|this) {_PLAN})\b", re.IGNORECASE)
_THE = Pattern(r"\b(?:all|each of|its|the)(?: of)?(?: our| the| these)? \Z", re.IGNORECASE)
"""Before a count: that it is of known things: of all, or of some that were told of before."""
_OF_SOME = Pattern(OF_SOME)
_OF_OTHERS = Pattern(r" (?:\w+ed|chosen|for|given|held|kept|made|set|shown|taken|to|whose)\b", re.IGNORECASE)
_ABOUT_THE_PLAN = Pattern(rf"\b(?:our|the|this) {_PLAN}\b", re.IGNORECASE)
_OTHER_PLANS = Pattern(
    r"\b(?:10 year|core20\w*|councils?|england|frameworks?|government|health and wellbeing|integrated care"
    r"|joint|law|long term|national|partnership|ten[ -]year|trusts?|white paper)\b",
    re.IGNORECASE,
)
"""In a text: that "the four ambitions" in it may be those of somebody else."""
_NOT_OURS = (Alignment, CaseStudy, Quote, Source)


class _Listed(NamedTuple):
    """Aims of one sort: what a text calls them, how many may be meant, and where they stand."""

    said: Pattern
    noun: str
    counts: frozenset[int]
    path: Path


def aims_counted_otherwise(subject: Subject, noun_of_ambitions: str) -> Iterator[Hit]:
    """Texts that say "our three priorities" or "four enablers" of another number than the plan lists."""
    ambitions, enablers = subject.plan.ambitions, subject.plan.enablers
    nouns = sorted({"enablers", noun_of(enablers) or "enablers"} - {noun_of_ambitions})
    of_enablers = (_listed(enablers, noun, ("enablers",)) for noun in nouns)
    both = (_listed(ambitions, noun_of_ambitions, ("ambitions",)), *of_enablers)
    sorts = tuple(sort for sort in both if sort.counts)
    for leaf in subject.own_words.naming(*(sort.noun for sort in sorts)):
        for sort in sorts:
            words = _counted_otherwise(leaf, sort) if sort.noun in leaf.text.casefold() else ""
            if words:
                listed = f"{max(sort.counts)} {sort.noun} are listed" if max(sort.counts) > 1 else "1 is listed"
                related = (Related(sort.path, "The list stands here."),)
                yield Hit(
                    path=leaf.path, message=f"“{words}” stands here, but {listed}.", at_words=words, related=related
                )


def objectives_counted_otherwise(subject: Subject) -> Iterator[Hit]:
    """Texts that give an ambition, by its label, another number of objectives than it has: "Aim 1 has four ..."."""
    labels = {ambition.label.casefold(): ambition for ambition in subject.plan.ambitions if ambition.label}
    for leaf in subject.own_words.naming("objectives") if labels else ():
        for found in _objectives_of(tuple(labels)).finditer(leaf.text):
            ambition = labels[found["label"].casefold()]
            listed = len([objective for objective in ambition.objectives if not objective.retired])
            is_its_own = leaf.item.nearest(Ambition) is not None and leaf.item.part is ambition
            if listed and number_of(found["count"]) != listed and not is_its_own:
                path = ("ambitions", subject.plan.ambitions.index(ambition), "objectives")
                message = f"“{found[0]}” stands here, but {listed} {'are' if listed > 1 else 'is'} listed."
                related = (Related(path, "The list stands here."),)
                yield Hit(path=leaf.path, message=message, at_words=found[0], related=related)


@lru_cache
def _objectives_of(labels: tuple[str, ...]) -> Pattern:
    any_label = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    said = rf"\b(?P<label>{any_label}) has (?P<count>{COUNT}) objectives\b{OF_SOME}(?=[.:;]|$| (?:and|but)\b)"
    return Pattern(said, re.IGNORECASE)


def _listed(aims: Sequence[Ambition | Enabler], noun: str, path: Path) -> _Listed:
    living = [aim for aim in aims if not aim.retired]
    counts = {len(living), sum(not aim.additional for aim in living)} if living else set()
    return _Listed(_counted(noun), noun, frozenset(counts), path)


@lru_cache
def _counted(noun: str) -> Pattern:
    return Pattern(rf"\b({COUNT}) (?:key |main |shared |strategic )?{noun}\b", re.IGNORECASE)


def _counted_otherwise(leaf: Leaf, sort: _Listed) -> str:
    """The first words of a text that count all aims of a sort, and wrongly; empty if there are none."""
    for found in sort.said.finditer(leaf.text):
        count = number_of(found[1])
        opening = (
            "" if count in sort.counts else _opening(leaf, found.start(), found.end(), is_more=count > max(sort.counts))
        )
        if opening:
            return opening + found[0]
    return ""


def _opening(leaf: Leaf, begin: int, end: int, *, is_more: bool) -> str:
    """The words before a count that make it one of the plan's aims; empty where it may be of some, or of others.

    "The four ambitions" may be some that were told of before, unless they are more than there are.
    """
    before = leaf.text[:begin]
    if there := _THERE_ARE.search(before):
        return there[0] if _IN_THE_PLAN.match(leaf.text, end) else ""
    if find := _FOUND.search(before):
        return find[0] if _HERE.match(leaf.text, end) else ""
    if not _OF_SOME.match(leaf.text, end) or DIVIDED.match(leaf.text, end):
        return ""
    if ours := _ARE_OURS.search(before):
        return ours[0]
    if it_has := _IT_HAS.search(before):
        return it_has[0] if isinstance(leaf.item.part, Document) or _ABOUT_THE_PLAN.search(before) else ""
    the = _THE.search(before) if is_more else None
    is_of_others = the and (
        _OF_OTHERS.match(leaf.text, end) or _OTHER_PLANS.search(leaf.text) or leaf.item.nearest(*_NOT_OURS)
    )
    return the[0] if the and not is_of_others else ""


def noun_of(aims: Sequence[Ambition | Enabler]) -> str | None:
    """What the labels call the aims, where all do alike: "priorities" for "Priority 1" and "Priority 2"."""
    labels = [(aim.label or "").rpartition(" ") for aim in aims]
    stems = {stem.casefold() for stem, _, number in labels if _is_word(stem) and _is_short_number(number)}
    if len(stems) != 1 or not all(aim.label for aim in aims):
        return None
    stem = stems.pop()
    return f"{stem[:-1]}ies" if stem.endswith("y") else f"{stem}s"


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _is_short_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len("100")
