"""Finds faults in the text itself: said twice, cut off, unbalanced, links without sense, and what is out of scope."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import links_in, one_spelling
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.delivery import CaseStudy
from pcstrat.model.document import Place
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Outcome
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.subject import Leaf, Subject, kinds
from pcstrat.text import listed

_STYLE = "The NHS content style guide"
_FEWEST_WORDS = 12
_SHORTEST = 2 * _FEWEST_WORDS - 1
_WORD = Pattern(r"[\w£%]+")
_SENTENCE_END = Pattern(r"\s(?<=[.!?]\s)\s*")
"""White space after a mark; to look for the space first is faster than to look behind every letter."""
_COMPARED_ELSEWHERE = (Action, Outcome, Measure, Place)
"""O08 compares these; places may well share a sentence."""


@rule(
    "S02",
    "paragraph-twice",
    title="The same sentence stands in two places",
    severity=Severity.ADVICE,
    why="What stands twice has to be changed twice. It mostly comes from copying and tells readers nothing new.",
    remedy="Keep it where it belongs, and point to it from the other place.",
    before="""
strengths: {intro: Volunteers run the small clinics on every island of the county and in the ferry ports.}
challenges: {intro: Volunteers run the small clinics on every island of the county and in the ferry ports.}
""",
    after="""
strengths: {intro: Volunteers run the small clinics on every island of the county and in the ferry ports.}
challenges: {intro: Most volunteers are over 60 and few young people follow them on the islands of the county.}
""",
)
def paragraph_twice(subject: Subject) -> Iterator[Hit]:
    """Sentences of 12 words or more that stand word for word in two texts; one finding for each text."""
    seen: dict[str, Path] = {}
    elsewhere = kinds(*_COMPARED_ELSEWHERE)
    for leaf in subject.own_texts:
        if not leaf.prose or len(leaf.text) < _SHORTEST or type(leaf.item.part) in elsewhere:
            continue
        for sentence in _SENTENCE_END.split(leaf.plain):
            words = _WORD.findall(sentence.casefold()) if len(sentence) >= _SHORTEST else ()
            first = seen.setdefault(" ".join(words), leaf.path) if len(words) >= _FEWEST_WORDS else leaf.path
            if first != leaf.path:
                related = (Related(first, "It stands here first.", sentence),)
                message = f"“{shorten(sentence)}” stands twice."
                yield Hit(path=leaf.path, message=message, at_words=sentence, related=related)
                break


_THING = r"(?:article|attachment|document|file|link|page|pdf|site|webpage|website)"
_VAGUE_LINK = Pattern(
    r"(?:(?:click|press|tap|see|look|read|go)\s+)?(?:at |on )?"
    rf"(?:here|(?:the|this|our) {_THING}|this|more|link|details)"
    rf"|{_THING}|download(?: (?:it|now|here|(?:the |this )?{_THING}))?"
    r"|click (?:here|this|on)\b.*"
    r"|(?:(?:read|find out|learn|see) more|(?:more|further) (?:details|information))"
    r"(?: (?:about|on) (?:it|that|them|this))?(?: here)?|https?://\S+|www\.\S+",
    re.IGNORECASE,
)
_ADDRESS = Pattern(r"(?<![(\[<\w/])https?://[^\s<>)\]]*[^\s<>)\].,;:!?]")
_LINK = Pattern(r"\[([^\]]*)\]\(([^)]*)\)")


@rule(
    "S06",
    "link-vague",
    title="A link does not say where it leads",
    severity=Severity.WARNING,
    why=f"""{_STYLE} asks for descriptive links and never “click here”: screen readers list links without the text
    around them (WCAG 2.4.4).""",
    remedy="Let the words of the link name what it leads to, and give its address.",
    before="""
delivery: {text: "You can read the report [here](https://example.org/report)."}
""",
    after="""
delivery: {text: "You can read [the report of the volunteers](https://example.org/report)."}
""",
)
def link_vague(subject: Subject) -> Iterator[Hit]:
    """Links whose words are "here", "more", "download" or an address, bare addresses, and links without an address."""
    for leaf in subject.own_words.naming("]("):
        for words, address in _LINK.findall(leaf.text) if leaf.prose else ():
            yield from _of_link(leaf.path, words, has_address=bool(address.strip(" #")))
    for leaf in subject.own_words.naming("://"):
        found = _ADDRESS.search(leaf.text) if leaf.prose else None
        if found:
            message = f"The address “{shorten(found[0])}” stands where words could say where it leads."
            yield Hit(path=leaf.path, message=message, at_words=found[0])
    for item in subject.of(CaseStudy):
        if item.part.link_text:
            has_address = bool(item.part.url)
            yield from _of_link((*item.path, "link_text"), item.part.link_text, has_address=has_address)


def _of_link(path: Path, words: str, *, has_address: bool) -> Iterator[Hit]:
    faults = ["does not say where it leads"] if _VAGUE_LINK.fullmatch(words.strip(" .")) else []
    faults += [] if has_address else ["has no address"]
    if faults:
        yield Hit(path=path, message=f"The link “{shorten(words)}” {listed(faults)}.", at_words=f"[{words}]")


_LEFTOVER = Pattern(
    r"&(?:amp|nbsp|quot|lt|gt|#\d+);|</?(?:b|i|u|p|br|em|strong|span|div|a|li|ul|td|tr)\b[^>]*>|\*\*\*|\ufffd"
    r"|â€|Ã[\u0080-\u00bf]|\\[nt]|\[\[|\]\]|\{\{|\}\}",
    re.IGNORECASE,
)
_MAY_BE_LEFT = Pattern(r"[&<*\ufffdâã\\\[\]{}]")
_MARKS = '&<*\ufffdâã\\[](){}“”"'
_ENUMERATION = Pattern(r"(?:\A|\s)(?:\d{1,2}|[a-z]|[ivx]+)\Z", re.IGNORECASE)
_AFTER_MARK = 2
"""Words, from a mark on, that tell it from its like in the same text."""
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


@rule(
    "S07",
    "unbalanced",
    title="A quotation mark or bracket has no partner, or mark-up is left over",
    severity=Severity.WARNING,
    why="It looks unchecked, and readers cannot tell where a quotation or an aside ends.",
    remedy="Add or remove the mark.",
    before="""
delivery: {text: Volunteers (mostly retired nurses run the clinics.}
""",
    after="""
delivery: {text: Volunteers (mostly retired nurses) run the clinics.}
""",
)
def unbalanced(subject: Subject) -> Iterator[Hit]:
    """Texts with unequal numbers of opening and closing marks, an odd number of straight quotes, or stray mark-up."""
    for leaf in subject.own_words.naming(*_MARKS):
        if leaf.field in ("label", "marker", "also_labelled"):
            continue
        leftover = _LEFTOVER.search(leaf.text) if _MAY_BE_LEFT.search(leaf.text.casefold()) else None
        if leftover:
            message = f"“{leftover[0]}” is left over in “{_beside(leaf, leftover.start())}”."
            before = leaf.text[: leftover.start()]
            yield Hit(path=leaf.path, message=message, at_words=leftover[0], text_before=before)
            continue
        place = _without_partner(leaf.text)
        if place is not None:
            message = f"The mark {leaf.text[place]} has no partner in “{_beside(leaf, place)}”."
            words = " ".join(leaf.text[place:].split()[:_AFTER_MARK])
            yield Hit(path=leaf.path, message=message, at_words=words, text_before=leaf.text[:place])


def _without_partner(text: str) -> int | None:
    """Where the first mark without a partner stands. A bracket after a number or letter, as in "a)", needs none."""
    for opening, closing in _PAIRS:
        if opening not in text and closing not in text:
            continue
        waiting: list[int] = []
        for place, character in enumerate(text):
            if character == opening:
                waiting.append(place)
            elif character == closing and waiting:
                waiting.pop()
            elif character == closing and not _ENUMERATION.search(text[:place]):
                return place
        if waiting:
            return waiting[0]
    straight = [match.start() for match in re.finditer(r'(?<!\d)"', text)] if '"' in text else []
    return straight[-1] if len(straight) % 2 else None


def _beside(leaf: Leaf, place: int) -> str:
    """The words around a place of a text."""
    return shorten(leaf.text[max(0, place - 20) :] if place > len("a long text") * 3 else leaf.text)


_CUT_OFF = Pattern(
    r"(?:,|[-–—]|\b(?:and|or|the|an|of|our|their|its|such as|including|because|whether|than"
    r"|(?:and|as|by|for|from|has|have|in|is|of|to|with) a)|, (?:which|who) (?:are|has|have|is|was|were|will))\Z"
)
_MAY_BE_CUT_OFF = (
    *(",", "-", "–", "—", "and", "or", "the", "an", "of", "our", "their", "its", "such as", "including"),
    *("because", "whether", " a", " are", " has", " have", " is", " was", " were", " will"),
)
_CONTINUED = ("points", "features", "items", "amounts", "parts")


@rule(
    "S08",
    "cut-off",
    title="A sentence is not finished",
    severity=Severity.ADVICE,
    heuristic=True,
    why="A sentence that breaks off loses a promise, and looks unchecked.",
    remedy="Finish the sentence, or mark in `note` that the source breaks off here.",
    before="""
delivery: {text: Volunteers run the clinics together with the}
""",
    after="""
delivery: {text: Volunteers run the clinics together with nurses.}
""",
)
def cut_off(subject: Subject) -> Iterator[Hit]:
    """Texts without points that end in a comma, a dash or a word that needs another after it."""
    for leaf in subject.own_texts:
        text = leaf.text.rstrip("*_ ") if leaf.prose else ""
        found = _CUT_OFF.search(text) if text.endswith(_MAY_BE_CUT_OFF) else None
        is_continued = found and any(leaf.item.get(field) for field in _CONTINUED)
        if found and not is_continued and " " in leaf.text:
            ending = " ".join(leaf.text.split()[-5:])
            before = leaf.text[:-1]
            yield Hit(path=leaf.path, message=f"“...{ending}” breaks off.", at_words=ending, text_before=before)


@rule(
    "S11",
    "out-of-scope",
    title="Something stands outside what the document covers",
    severity=Severity.ADVICE,
    why="Readers cannot tell whether it is a promise of this plan, and comparison counts it as one.",
    remedy="Take it out, widen the scope, or say in `about` what of the plan a case study shows.",
    before="""
document: {title: A plan, kind: primary care strategy, scope: [dentistry]}
ambitions: [{id: eyes, title: Eye tests in every town, pillars: [optometry]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, scope: [dentistry]}
ambitions: [{id: teeth, title: Dentists in every town, pillars: [dentistry]}]
""",
)
def out_of_scope(subject: Subject) -> Iterator[Hit]:
    """Aims and strands that are only for other parts of primary care, and case studies that show nothing of it."""
    scope = set(subject.document.scope)
    without = {pillar for entry in subject.document.out_of_scope for pillar in entry.pillars}
    for item in subject.of(Objective, Strand):
        pillars = set(item.part.pillars)
        is_outside = bool(pillars) and (pillars <= without or bool(scope and not pillars & scope))
        if is_outside and not item.is_retired:
            named = listed([pillar.replace("-", " ") for pillar in sorted(pillars)])
            title = shorten(item.part.title)
            yield Hit(path=item.path, message=f"“{title}” is about {named}, which the document does not cover.")
    for placed in subject.of(CaseStudy):
        study = placed.part
        if not (study.pillars or study.about or _is_linked(subject, study)):
            message = f"“{shorten(study.title)}” is linked to no part of primary care and to no item of the plan."
            yield Hit(path=placed.path, message=message)


def _is_linked(subject: Subject, study: CaseStudy) -> bool:
    return any(study.id in item.part.case_studies for item in subject.of(Objective, Strand))


@rule(
    "S28",
    "links-alike",
    title="Two links with the same words lead to different places",
    severity=Severity.WARNING,
    why="""Screen readers list links without the text around them, where two of the same words are one and the same
    (WCAG 2.4.4). `pcstrat build` makes no page with such links, whatever the profile.""",
    remedy="Let the words of each link say what is to be found there and nowhere else.",
    before="""
strengths: {intro: "Read [the report](https://example.org/2026)."}
challenges: {intro: "Read [the report](https://example.org/2027)."}
""",
    after="""
strengths: {intro: "Read [the report of 2026](https://example.org/2026)."}
challenges: {intro: "Read [the report of 2027](https://example.org/2027)."}
""",
)
def links_alike(subject: Subject) -> Iterator[Hit]:
    """Links in texts, remarks included, that say the same in other letters at most, and have other addresses."""
    first: dict[str, tuple[Leaf, str]] = {}
    for leaf in subject.texts:
        for words, address in links_in(leaf.text) if leaf.prose else ():
            other, known = first.setdefault(words.casefold(), (leaf, address))
            if one_spelling(address) != one_spelling(known):
                before = leaf.text[: leaf.text.find(f"]({address}")].rpartition("[")[0]
                message = f"The link “{shorten(words)}” leads to {address} here, and to {known} elsewhere."
                related = (Related(other.path, f"It leads to {known} here.", words),)
                yield Hit(path=leaf.path, message=message, at_words=words, text_before=before, related=related)


RULES = (paragraph_twice, link_vague, links_alike, unbalanced, cut_off, out_of_scope)
