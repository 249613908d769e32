"""Finds abbreviations that are not explained, explained in two ways, or written in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.document import LeftOut, Person, Term
from pcstrat.model.evidence import Source
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules._spelled_out import bare, words_before, words_joined_after, words_joined_before, words_near
from pcstrat.rules.subject import Leaf, Subject, once

_STYLE = (
    "The NHS content style guide asks to explain an abbreviation on first use, unless it is as well known as UK or GP"
)
_WELL_KNOWN_NAMES = (
    "uk nhs gp a&e hm tbc pdf it am pm eu us usa mp vat dvla hmrc bbc itv raf tv dvd cd usb id pin qr sms faq ai hiv "
    "aids dna mri covid"
)
"""Better known than what they stand for."""
_WELL_KNOWN = frozenset(_WELL_KNOWN_NAMES.split())
_ACRONYM = Pattern(r"\b(?<![&/@.-])(?:[A-Z][a-z]?&?[A-Z][A-Za-z0-9&]{0,7}|[a-z][A-Z]{2,5})(?![\w&@])")
_MAY_BE_ACRONYM = Pattern(r"[A-Z][a-z]?&?[A-Z]")
_DEFINED = Pattern(r" \(([A-Za-z][A-Za-z0-9&]{1,9})\)")
_KEPT_OPEN = "XX"
"""What stands where a number is not known yet, as in £XXk: no abbreviation."""
_NAME_OR_NUMBER = Pattern(r"[A-Z][a-z]?[A-Z][a-z]{2,}|[A-Z]{2}[0-9]+[A-Z]?")
"""Capitals that stand for no words: a name, as McGowan or MyChart, or a number, as of the postcode EX1 or of NG54."""
_NO_TEXT = (Source, LeftOut, Person, Term)
_ENDS = Pattern(r"(?:ies|y|s)\Z")


_SENTENCE_END = Pattern(r"[.!?;:] ")


class _Meaning(NamedTuple):
    """What an abbreviation is said to stand for, in which text, and from which letter of it on.

    Where its words follow it, they explain its uses in the whole text: "Ask SANDS. SANDS stands for ..." is not late.
    """

    words: str
    path: Path
    begin: int = 0


class _Use(NamedTuple):
    """One use of an abbreviation in a text: as written, and from which letter of its plain words on."""

    leaf: Leaf
    written: str
    begin: int

    @property
    def end(self) -> int:
        return self.begin + len(self.written)

    @property
    def text_before(self) -> str:
        return self.leaf.plain[: self.begin]


def _texts(subject: Subject, pattern: Pattern) -> Iterator[Leaf]:
    """The texts that may use or explain an abbreviation, of those with a pattern."""
    for leaf in subject.own_plain_words.having(pattern):
        if leaf.field != "marker" and not isinstance(leaf.item.part, _NO_TEXT):
            yield leaf


@once
def _uses(subject: Subject) -> tuple[_Use, ...]:
    """Every use of an abbreviation in a text."""
    return tuple(
        _Use(leaf, match[0], match.start())
        for leaf in _texts(subject, _MAY_BE_ACRONYM)
        for match in _ACRONYM.finditer(leaf.plain)
        if not match[0].startswith(_KEPT_OPEN) and not _NAME_OR_NUMBER.fullmatch(match[0])
    )


@once
def _terms(subject: Subject) -> tuple[tuple[Path, Term], ...]:
    return tuple((item.path, item.part) for item in subject.of(Term))


@once
def _explained(subject: Subject) -> dict[str, list[_Meaning]]:
    """Every meaning of every abbreviation: in the glossary, and beside it in the text, as in "words (ABC)"."""
    found: dict[str, list[_Meaning]] = {}
    for path, term in _terms(subject):
        if term.means:
            found.setdefault(bare(term.term), []).append(_Meaning(term.means, (*path, "means")))
    for leaf in _texts(subject, _DEFINED):
        for match in _DEFINED.finditer(leaf.plain):
            words = words_before(leaf.plain[: match.start()], match[1])
            if words:
                found.setdefault(bare(match[1]), []).append(_Meaning(words, leaf.path, match.start()))
    for use in _uses(subject):
        after = words_joined_after(use.leaf.plain, use.end, use.written)
        words = after or words_joined_before(use.text_before, use.written)
        if not words and bare(use.written) not in found:
            words = words_near(use.text_before, use.leaf.plain[use.end :], use.written)
        if words:
            found.setdefault(bare(use.written), []).append(_Meaning(words, use.leaf.path, 0 if after else use.begin))
    return found


@rule(
    "S04",
    "abbreviation-unexplained",
    title="An abbreviation is used and never explained",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_STYLE}. Readers outside the NHS cannot look up local ones.",
    remedy="Write it out on first use, and give what it means in the glossary.",
    before="""
delivery: {text: The QXZ decides.}
""",
    after="""
delivery: {text: The Quality Xylophone Zone (QXZ) decides.}
""",
)
def unexplained(subject: Subject) -> Iterator[Hit]:
    """Terms of the glossary without a meaning, and abbreviations of the text that neither explains: at first use."""
    explained = {bare(acronym).casefold() for acronym in _explained(subject)}
    names = [name for _, term in _terms(subject) for name in (term.term, *term.also)]
    known = {bare(part).casefold() for name in names for part in (name, *re.split(r"[ /]", name))}
    uses = _uses(subject)
    varying = {variant.use.written for variant in _variants(subject)}
    first = {bare(use.written): use for use in reversed(uses)}
    for path, term in _terms(subject):
        if not term.means and _is_unknown(term.term, explained) and _ACRONYM.fullmatch(term.term):
            used = first.get(bare(term.term))
            yield Hit(
                path=used.leaf.path if used else path,
                at_words=used.written if used else "",
                text_before=used.text_before if used else "",
                message=f"“{term.term}” is used, and the plan does not say what it stands for.",
                related=(Related(path, "The glossary gives no meaning."),) if used else (),
            )
    for use in uses:
        leaf, written = use.leaf, use.written
        forms = {bare(written).casefold(), written.casefold()}
        if forms & known or not all(_is_unknown(form, explained) for form in forms) or _is_shouted(leaf):
            continue
        if written not in varying:
            known.add(bare(written).casefold())
            message = f"“{written}” is used, and the plan does not say what it stands for."
            yield Hit(path=leaf.path, message=message, at_words=written, text_before=use.text_before)


def _is_unknown(acronym: str, explained: set[str]) -> bool:
    name = bare(acronym).casefold()
    return name not in explained and name not in _WELL_KNOWN and not re.fullmatch(r"nhs\d+", name)


def _is_shouted(leaf: Leaf) -> bool:
    """Whether a whole text stands in capital letters."""
    return leaf.text.isupper() and " " in leaf.text


@rule(
    "S23",
    "abbreviation-explained-late",
    title="An abbreviation is explained only after its first use",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_STYLE}.",
    remedy="Move the explanation to the first use, or give what it means in the glossary.",
    before="""
strengths: {intro: The QXZ decides.}
delivery: {text: The Quality Xylophone Zone (QXZ) decides.}
""",
    after="""
strengths: {intro: The Quality Xylophone Zone (QXZ) decides.}
delivery: {text: The QXZ decides.}
""",
)
def explained_late(subject: Subject) -> Iterator[Hit]:
    """Abbreviations that are first used before the words that explain them, in an earlier text or sentence.

    The order of a restatement is its own.
    """
    if subject.document.restated_by is not None:
        return
    in_glossary = {bare(term.term) for _, term in _terms(subject) if term.means}
    explained = {acronym: found[0] for acronym, found in _explained(subject).items() if acronym not in in_glossary}
    seen: set[str] = set()
    for use in _uses(subject):
        acronym = bare(use.written)
        meaning = explained.get(acronym) if acronym not in seen else None
        if meaning is not None and _is_late(meaning, use):
            related = (Related(meaning.path, "It is explained here.", meaning.words),)
            message = f"“{use.written}” is used here and explained later."
            yield _at(use, message, related)
        seen.add(acronym)


def _is_late(meaning: _Meaning, use: _Use) -> bool:
    """Whether a meaning stands in another text than a first use, or in a later sentence of it."""
    between = use.leaf.plain[use.begin : meaning.begin]
    return meaning.path != use.leaf.path or _SENTENCE_END.search(between) is not None


@rule(
    "S20",
    "abbreviation-explained-twice",
    title="An abbreviation is explained in two ways",
    severity=Severity.ADVICE,
    heuristic=True,
    why="It stands for two things, or one thing has two names. Readers cannot tell which.",
    remedy="Decide what it stands for. Use another abbreviation, or none, for the other.",
    before="""
delivery: {text: The Primary Access Team (PAT) decides., points: [Ask the Patient Advice Team (PAT).]}
""",
    after="""
delivery: {text: The Primary Access Team (PAT) decides., points: [Ask the PAT.]}
""",
)
def explained_twice(subject: Subject) -> Iterator[Hit]:
    """Abbreviations with two meanings that differ in more than a plural, small words, hyphens and capital letters."""
    for acronym, meanings in _explained(subject).items():
        first = meanings[0]
        for other in meanings[1:]:
            if not _same_words(first.words, other.words):
                message = f"“{acronym}” is “{shorten(other.words)}” here and “{shorten(first.words)}” elsewhere."
                related = (Related(first.path, f"It is “{shorten(first.words)}” here.", first.words),)
                yield Hit(path=other.path, message=message, at_words=other.words, related=related)
                break


def _same_words(one: str, other: str) -> bool:
    """Whether two meanings are the same, or one only adds words at the beginning or the end."""
    first, second = ("".join(_stems(words)) for words in (one, other))
    return first in second or second in first


def _stems(words: str) -> list[str]:
    plain_words = re.sub(r"[-/,]", " ", words.casefold().replace("&", " and ")).split()
    return [_ENDS.sub("", word) for word in plain_words if word not in ("and", "of", "the", "for")]


@rule(
    "S22",
    "abbreviation-varies",
    title="An abbreviation is written in more than one way",
    severity=Severity.WARNING,
    heuristic=True,
    proven="6 of 6 findings on the five plans stand",
    why="Readers take another form for another thing, and a search for one does not find the other.",
    remedy="Decide on one form, and write it everywhere.",
    before="""
glossary: [{term: MECS, means: Minor Eye Conditions Service, also: [MECs]}]
""",
    after="""
glossary: [{term: PCN, means: Primary Care Network, also: [PCNs]}]
""",
)
def abbreviation_varies(subject: Subject) -> Iterator[Hit]:
    """Other spellings in the glossary that are no plural, and abbreviations of the text with letters swapped."""
    for path, term in _terms(subject):
        differing = [other for other in term.also if not _is_plural(other, term.term)]
        if differing:
            index = term.also.index(differing[0])
            message = f"“{term.term}” is also written “{'”, “'.join(differing)}”."
            remedy = "Decide on one form, write it everywhere, and delete the others from `also`."
            yield Hit(path=(*path, "also", index), message=message, remedy=remedy)
    for use, first in _variants(subject):
        related = (Related(first.leaf.path, f"“{first.written}” stands here.", first.written, first.text_before),)
        message = f"“{use.written}” stands here, “{first.written}” elsewhere."
        yield _at(use, message, related)


def _at(use: _Use, message: str, related: tuple[Related, ...]) -> Hit:
    return Hit(path=use.leaf.path, message=message, at_words=use.written, text_before=use.text_before, related=related)


def _is_plural(one: str, other: str) -> bool:
    """Whether one form is the other with an "s", which is no other spelling."""
    short, long = sorted((one, other), key=len)
    return one == other or long == f"{short}s"


class _Variant(NamedTuple):
    """An abbreviation that is written otherwise than before, and how it was written first."""

    use: _Use
    first: _Use


@once
def _variants(subject: Subject) -> tuple[_Variant, ...]:
    """Abbreviations of four letters or more, in texts, with the letters of an earlier one in another order or case.

    What the glossary records is left to it. An "s" at the end counts as a letter where nothing is called the rest.
    """
    recorded = {name for _, term in _terms(subject) for name in (term.term, *term.also)}
    uses = [use for use in _uses(subject) if not _is_shouted(use.leaf)]
    names = {use.written for use in uses} | set(_explained(subject)) | recorded | {name.upper() for name in _WELL_KNOWN}
    first: dict[str, _Use] = {}
    found: dict[str, _Variant] = {}
    for use in uses:
        name = bare(use.written) if bare(use.written) in names else use.written
        earlier = first.setdefault("".join(sorted(name.casefold())), use)
        is_other = {earlier.written, bare(earlier.written)}.isdisjoint({use.written, name})
        if is_other and len(name) >= len("ARRS") and name not in recorded:
            found.setdefault(name, _Variant(use, earlier))
    return tuple(found.values())


RULES = (unexplained, explained_twice, abbreviation_varies, explained_late)
