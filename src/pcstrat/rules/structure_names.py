"""Finds names of bodies, programmes and documents that are written in more than one way, and ids in their place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.delivery import Body
from pcstrat.model.document import LeftOut, Term
from pcstrat.model.evidence import Source
from pcstrat.model.vision import Alignment, AlsoCalled
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._near_names import Name, near_names
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.subject import Leaf, Subject
from pcstrat.text import listed, singular

_ONE_NAME = "Readers take two names for two things, and a search for one does not find the other"
_SMALL = frozenset(("a", "an", "and", "for", "in", "of", "on", "our", "the", "to"))
_WORD = Pattern(r"[^\W_]+(?:['’][^\W_]+)?")


@rule(
    "S03",
    "document-name-varies",
    title="A document or body is called by different names",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_ONE_NAME}.",
    remedy="Use the name that it has on its own first page, then delete the others.",
    before="""
alignment: [{document: County food strategy, also_called: [Plan for better meals]}]
""",
    after="""
alignment: [{document: County food strategy 2027, also_called: [Food strategy]}]
""",
)
def document_varies(subject: Subject) -> Iterator[Hit]:
    """Documents, and the body the plan is for, with another name that is no short or long form of the first."""
    for item in subject.of(Alignment):
        others = [(index, other.title) for index, other in enumerate(item.part.also_called)]
        yield from _varying(item.part.document, others, (*item.path, "also_called"))
    forms = subject.document.prepared_for
    kin = [(index, name) for index, name in enumerate(forms) if index and _key(name) == _key(forms[0])]
    kin += [(index, name) for index, name in enumerate(forms) if index and _is_almost(name, forms[0])]
    yield from _varying(forms[0] if forms else "", sorted(set(kin)), ("document", "prepared_for"))


def _varying(name: str, others: list[tuple[int, str]], path: Path) -> Iterator[Hit]:
    differing = [(index, other) for index, other in others if not _is_form_of(other, name)]
    if differing:
        shown = listed([f"“{shorten(other)}”" for _, other in differing])
        yield Hit(path=(*path, differing[0][0]), message=f"“{shorten(name)}” is also called {shown}.")


def _tokens(name: str) -> list[str]:
    """The words of a name without small ones and endings; NHSE is written out."""
    words = _WORD.findall(name.casefold().replace("nhse ", "nhs england "))
    return [singular(word.removesuffix("'s").removesuffix("’s")) for word in words if word not in _SMALL]


def _is_form_of(other: str, name: str) -> bool:
    """Whether one name is the other with words left out, in the same order."""
    short, long = sorted((_tokens(other), _tokens(name)), key=len)
    rest = iter(long)
    return all(word in rest for word in short)


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(_tokens(name)))


def _is_almost(name: str, other: str) -> bool:
    """Whether two names share all words but one or two."""
    first, second = set(_tokens(name)), set(_tokens(other))
    return len(first & second) >= len(first | second) - len("ab")


_KIND = (
    "Alliance|Association|Board|Collaborative|Committee|Council|Federation|Forum|Framework|Group|Hub|Network|Partnership|"
    "Programme|Scheme|Service|Strategy|Team|Trust"
)
_NAME = Pattern(
    rf"\b[A-Z][\w'’]+(?:(?:[ -](?:and|of|for|&))?[ -](?:[A-Z][\w'’]*|based|led)){{0,6}}?[ -](?:{_KIND})s?\b"
    r"(?: NHS(?: Foundation)? Trust\b)?"
)
_ENDS_NAME = Pattern(rf"[ -](?:{_KIND})")
_NO_PART = Pattern(r"^(?:A|All|An|Both|Each|Every|In|Our|The|These|This|Through|With|Within) ")
_MARKS_NO_NAME = (Source, Term, LeftOut, AlsoCalled)


class _Use(NamedTuple):
    """One use of a name: as written, the same without what is no other form, and from which letter of a text on."""

    written: str
    name: str
    leaf: Leaf
    begin: int

    @property
    def text_before(self) -> str:
        return self.leaf.plain[: self.begin]


@rule(
    "S19",
    "name-varies",
    title="A name is written in more than one way",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_ONE_NAME}.",
    remedy="Decide on one form and use it everywhere.",
    before="""
delivery: {text: The Carers Association meets monthly., points: [The Carer Association decides.]}
""",
    after="""
delivery: {text: The Carers Association meets monthly., points: [The Carers Association decides.]}
""",
)
def name_varies(subject: Subject) -> Iterator[Hit]:
    """Each use of a rarer form of a name of a body or programme: "and", an "s" or a "d" more, or nearly the same.

    Names that differ in "Board" and "Group" are of two bodies, unless it has one chair or tells of itself.
    """
    uses: dict[tuple[str, ...], list[_Use]] = {}
    for leaf in subject.own_plain_words.having(_ENDS_NAME):
        if leaf.field == "by" or not isinstance(leaf.item.part, _MARKS_NO_NAME):
            for name, begin in _names(leaf):
                uses.setdefault(_stems(name), []).append(_Use(name, _singular(name), leaf, begin))
    told = set()
    for hit in (*chain.from_iterable(map(_rarer_forms, uses.values())), *_of_another_sort(uses)):
        told.add(hit.path)
        yield hit
    yield from (hit for hit in _nearly_the_same(subject, chain.from_iterable(uses.values())) if hit.path not in told)


_SORTS = frozenset(("board", "committee", "forum", "group", "partnership", "team"))
_FEWEST_STEMS = 3
_CHAIRED = Pattern(
    r"(?: \([^()]*\))?,?(?: which)?(?: is)? chaired by (?P<chair>(?:(?:Dr|Prof|Professor|Mrs?|Ms) )?"
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+)"
)
_TELLS_OF_ITSELF = Pattern(r" (?:brings|decides|holds|includes|is made up|meets|sits)\b")


def _of_another_sort(uses: Mapping[tuple[str, ...], list[_Use]]) -> Iterator[Hit]:
    """Each use of the rarer of two names that are the same but for the sort of body, where they are plainly of one."""
    by_rest: defaultdict[tuple[str, ...], list[list[_Use]]] = defaultdict(list)
    for stems, found in uses.items():
        if len(stems) >= _FEWEST_STEMS and stems[-1] in _SORTS:
            by_rest[stems[:-1]].append(found)
    for one, other in chain.from_iterable(combinations(forms, 2) for forms in by_rest.values()):
        rare, usual = sorted((one, other), key=lambda found: (_is_listed(found), len(found)))
        if _are_one_body(rare, usual):
            yield from _told(rare, usual[0], len(usual))


def _are_one_body(one: list[_Use], other: list[_Use]) -> bool:
    """Whether two names have one chair, or what is said of a body begins with the other; not if a text has both."""
    if not {use.leaf.path for use in one}.isdisjoint(use.leaf.path for use in other):
        return False
    if _is_listed(one) and _is_listed(other):
        return False
    if not _chairs(one).isdisjoint(_chairs(other)):
        return True
    bodies = {id(use.leaf.item) for use in (*one, *other) if _is_listed([use])}
    return any(id(use.leaf.item) in bodies and _tells_of_itself(use) for use in (*one, *other))


def _chairs(uses: list[_Use]) -> set[str]:
    """Who is said to chair a body, right behind its name."""
    found = (_CHAIRED.match(use.leaf.plain, use.begin + len(use.written)) for use in uses)
    return {chair["chair"] for chair in found if chair}


def _tells_of_itself(use: _Use) -> bool:
    """Whether a text begins with a name and goes on as one does of oneself: "The Pier Safety Group meets in May"."""
    is_first = use.text_before.casefold() in ("", "the ", "our ")
    end = use.begin + len(use.written)
    return use.leaf.field == "text" and is_first and _TELLS_OF_ITSELF.match(use.leaf.plain, end) is not None


def _nearly_the_same(subject: Subject, in_texts: Iterable[_Use]) -> Iterator[Hit]:
    """Each use of the rarer of two names that are nearly the same, one of which stands where only a name does.

    Two bodies that the plan lists both exist, and another rule compares the forms of the name that it was written for.
    """
    uses: dict[str, list[_Use]] = {}
    for leaf in subject.bodies:
        uses.setdefault(leaf.plain, []).append(_Use(leaf.plain, leaf.plain, leaf, 0))
    in_fields = frozenset(uses)
    for use in in_texts:
        if use.leaf.plain != use.written:
            uses.setdefault(use.written, []).append(use)
    for pair in near_names(Name(written, written in in_fields) for written in uses):
        rare, usual = sorted((uses[name.written] for name in (pair.name, pair.earlier)), key=len)
        is_told = pair.name.is_field or pair.earlier.is_field
        if is_told and (pair.is_slip or not (_is_listed(rare) and _is_listed(usual))):
            yield from _told([use for use in rare if use.leaf.field != "prepared_for"], usual[0], len(usual))


def _is_listed(uses: list[_Use]) -> bool:
    """Whether a name is that of one of the bodies of the plan."""
    return any(use.leaf.field == "name" and isinstance(use.leaf.item.part, Body) for use in uses)


def _names(leaf: Leaf) -> Iterator[tuple[str, int]]:
    """The names in a text, without the word before them that only begins a sentence, and where they begin."""
    for match in _NAME.finditer(leaf.plain):
        name = _NO_PART.sub("", match[0])
        yield name, match.end() - len(name)


def _stems(name: str) -> tuple[str, ...]:
    """The words of a name without what people add or forget: "and", plural, "placed" for "place", and hyphens."""
    words = (word for word in re.split(r"[ -]", name.casefold().replace("’", "'")) if word not in ("and", "&", "the"))
    return tuple(re.sub(r"'?s'?\Z|(?<=ace)d\Z", "", word) for word in words)


def _singular(name: str) -> str:
    """The name as one writes it of one, so that a plural is no other form, nor is "&", a hyphen or a capital."""
    words = name.casefold().replace("’", "'").replace("&", "and").replace("-", " ")
    first, space, last = words.rpartition(" ")
    return f"{first}{space}{singular(last)}"


def _rarer_forms(uses: list[_Use]) -> Iterator[Hit]:
    counts = Counter(use.name for use in uses)
    if len(counts) < len("ab"):
        return
    usual = max(counts, key=lambda name: counts[name])
    first = next(use for use in uses if use.name == usual)
    yield from _told([use for use in uses if use.name != usual], first, counts[usual])


def _told(uses: list[_Use], usual: _Use, times: int) -> Iterator[Hit]:
    """One hit for each form of a name in each text, with the usual form and how often it is used."""
    related = (Related(usual.leaf.path, f"“{usual.written}” stands here.", usual.written, usual.text_before),)
    told = set()
    for use in uses:
        if (use.name, use.leaf.path) in told:
            continue
        told.add((use.name, use.leaf.path))
        message = f"“{use.written}” stands here, “{usual.written}” elsewhere ({times}). Is it the same?"
        yield Hit(
            path=use.leaf.path,
            message=message,
            at_words=use.written,
            text_before=use.text_before,
            related=related,
        )


@rule(
    "S29",
    "id-as-name",
    title="The id of a person stands where a name is printed",
    severity=Severity.WARNING,
    why="Owners, leads and partners are printed as they are written, so readers see the id and do not know who it is.",
    remedy="Write the name or the post, as readers are to see it.",
    before="""
people: [{id: mary, name: Mary Finn, role: Harbour master}]
delivery: {levels: [{title: Boards, bodies: [{name: mary}]}]}
""",
    after="""
people: [{id: mary, name: Mary Finn, role: Harbour master}]
delivery: {levels: [{title: Boards, bodies: [{name: Harbour master}]}]}
""",
)
def id_as_name(subject: Subject) -> Iterator[Hit]:
    """Names of owners, leads, partners and other bodies that are the id of somebody under `people`, and no name."""
    people = {person.id: person for person in subject.plan.people}
    for leaf in subject.bodies if people else ():
        person = people.get(leaf.text)
        if person is not None and leaf.text != person.name:
            posts = listed(list(filter(None, (person.name, person.role))), "or")
            remedy = f"Write the name or the post, as readers are to see it: {posts}."
            yield Hit(path=leaf.path, message=f"“{leaf.text}” is the id of {person.name}.", remedy=remedy)


RULES = (document_varies, name_varies, id_as_name)
