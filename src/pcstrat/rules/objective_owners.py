"""Finds aims that nobody answers for, and what several answer for, so that nobody does in the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Strand
from pcstrat.model.delivery import Body, GovernanceLevel
from pcstrat.model.document import Person
from pcstrat.model.points import Action
from pcstrat.model.vocabulary import BodyRole
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.placeholders import filled
from pcstrat.rules._owners import for_one_thing, joined_posts
from pcstrat.rules._promises import around, living
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Aim, Item, Subject, once
from pcstrat.text import listed

_LEADS = Pattern(r"\b(?:accountable|chairs?|directors?|heads?|leads?|managers?|officers?|responsible)\b", re.IGNORECASE)
_LONG_WORD = Pattern(r"[^\W\d_]{4,}")
_SENTENCE_END = Pattern(r"(?<=[.;])\s+")
_GENERAL_WORDS = (
    "care clinical community delivery general health high improve improving integrated people plan primary programme "
    "quality service services strategic strategy support system team teams work working"
)
_GENERAL = frozenset(_GENERAL_WORDS.split(" "))
"""Words that stand in many titles and roles, and tell none from another."""
_OF_ALL_PLANS = frozenset(
    ["aims", "ambition", "ambitions", "goals", "objective", "objectives", "our", "priorities", "priority", "vision"]
)
"""Words of headings that say what stands below, and not what it is about."""
_SAME = {"premises": "estates", "estate": "estates", "resourcing": "resource", "resources": "resource"}
_SMALL = frozenset(["from", "into", "over", "that", "their", "them", "this", "with", "your"])
_ANSWERING = ("owner", "accountable")
"""Who answers, as `Objective.who_answers` says. Who leads the work need not answer for it."""
_FEWEST_SHARED = 2
_LONGEST_ROLE = 90


@rule(
    "O01",
    "no-owner",
    title="Nobody answers for an objective or enabler",
    severity=Severity.WARNING,
    why="""NHS England's questions on access plans ask for a named senior responsible officer. What nobody answers for
    is seldom done, and readers cannot ask anybody about it.""",
    remedy="Name the post or body in `owner`, or the body in `accountable`.",
    owed_by=PLANS,
    before="""
actions: [Open a clinic in the old library.]
""",
    after="""
owner: Director of Primary Care
actions: [Open a clinic in the old library.]
""",
)
def no_owner(subject: Subject) -> Iterator[Hit]:
    """Objectives and enablers that name nobody, neither over them nor for every part of them; “TBC” is nobody.

    Who only leads the work is somebody to ask, so that it is no more than advice.
    """
    for aim in living(aim for aim in subject.aims if aim.counts_as_objective or aim.is_enabler):
        if not _is_owned(aim.item) and not _is_owned_in_parts(aim):
            yield _only_led(aim) or _unowned(aim, next(_answering(subject, aim), None))


def _is_owned_in_parts(aim: Aim) -> bool:
    """Whether all that is done for an aim names who answers for it: each strand, and each action outside strands."""
    parts = [item for item in aim.of(Strand, Action) if item.nearest(Strand) in (None, item)]
    return bool(parts) and all(map(_is_owned, parts))


def _answering(subject: Subject, aim: Aim) -> Iterator[_Post]:
    """Who may answer for an aim: by its title, loosely if quoted in it, or by the heading of all ambitions."""
    posts = _leads(subject)
    yield from (post for post in posts if post.words & _telling(aim.aim.title))
    quoted = {quote.person for item in around(aim.item) for quote in item.get("quotes") or ()}
    title = _words(aim.aim.title)
    yield from (post for post in posts if post.person in quoted and _fits(post, title))
    intro = subject.plan.ambitions_intro
    heading = _telling(intro.title or "") - _OF_ALL_PLANS if intro and not aim.is_enabler else frozenset()
    yield from (post for post in posts if post.words & heading)


def _fits(post: _Post, title: frozenset[str]) -> bool:
    """Whether two words of a role, or its only one, stand in a title; words that many titles have count here."""
    return 0 < min(len(post.words), _FEWEST_SHARED) <= len(post.words & title)


def _only_led(aim: Aim) -> Hit | None:
    """Where the aim, or what it stands in, says who leads the work, a hit that asks whether that is who answers."""
    led = next((item for item in around(aim.item) if filled(item.get("led_by"))), None)
    if led is None:
        return None
    leader = shorten(led.get("led_by"))
    return Hit(
        path=aim.path,
        message=f"No owner is named for “{shorten(aim.aim.title)}”, only who leads the work: “{leader}”.",
        remedy="Repeat the name in `owner` if that is who answers for it. Otherwise name the post or body.",
        related=(Related((*led.path, "led_by"), "It stands here."),),
        at_most=Severity.ADVICE,
    )


def _unowned(aim: Aim, post: _Post | None) -> Hit:
    """No more than advice where the plan names somebody elsewhere whose role is about it: that may be the owner."""
    message = f"No owner is named for “{shorten(aim.aim.title)}”"
    if post is None:
        return _unfilled(aim, message) or Hit(path=aim.path, message=f"{message}.")
    return Hit(
        path=aim.path,
        message=f"{message} here. Elsewhere the plan says of {post.name}: “{shorten(post.role, _LONGEST_ROLE)}”.",
        remedy="If that says who answers for it, repeat it here in `owner`. Otherwise name the post or body.",
        related=(Related(post.path, "It stands here."),),
        at_most=Severity.ADVICE,
    )


def _unfilled(aim: Aim, message: str) -> Hit | None:
    """Where something keeps the place of an owner, of the aim or of what it stands in, a hit that says so."""
    for item in around(aim.item):
        for field in (*_ANSWERING, "led_by"):
            for path, said in _entries(item, field):
                message = f"{message}: “{shorten(said)}” names nobody."
                if item is aim.item:
                    return Hit(path=path, message=message)
                return Hit(path=aim.path, message=message, related=(Related(path, "It stands here."),))
    return None


class _Post(NamedTuple):
    """Somebody who leads something: the words that say what, who, in which words, and where."""

    words: frozenset[str]
    person: str
    name: str
    role: str
    path: Path


@once
def _leads(subject: Subject) -> tuple[_Post, ...]:
    """People by their roles, and bodies by what the plan says of them, who lead or answer for something."""
    roles = [(item.part.id or "", item.part.name, item.part.role, (*item.path, "role")) for item in subject.of(Person)]
    roles += [(item.part.id or "", item.part.name, item.part.text, (*item.path, "text")) for item in subject.of(Body)]
    return tuple(
        _Post(_words(part), person, name, part.rstrip("."), path)
        for person, name, text, path in roles
        for part in _SENTENCE_END.split(plain(text or ""))
        if _LEADS.search(part)
    )


def _telling(text: str) -> frozenset[str]:
    """The words of a title or role that say what it is about, and nothing else."""
    return _words(text) - _GENERAL


def _words(text: str) -> frozenset[str]:
    """The words of a title or role, but for small ones and those that say that somebody leads."""
    words = (word.casefold() for word in _LONG_WORD.findall(text) if not _LEADS.fullmatch(word))
    return frozenset(_SAME.get(word, word) for word in words) - _SMALL


def _is_owned(item: Item) -> bool:
    """Whether an item, or anything around it, names who answers for it."""
    return any(filled(said) for entry in around(item) for field in _ANSWERING for _, said in _entries(entry, field))


def _entries(item: Item, field: str) -> Iterator[tuple[Path, str]]:
    """Each name in a field for one or for several, and where it stands."""
    value = item.get(field) or ()
    if isinstance(value, str):
        yield (*item.path, field), value
    else:
        yield from (((*item.path, field, index), name) for index, name in enumerate(value))


@rule(
    "O02",
    "two-answer",
    title="Two bodies answer for one thing",
    severity=Severity.WARNING,
    why="""NHS England's questions on access plans ask for one senior responsible officer. Where two bodies are
    accountable, each can point to the other.""",
    remedy="Decide who is accountable in the end, and list the others as `partners`.",
    before="""
accountable: [The Coastal Board, The Valleys Board]
""",
    after="""
accountable: [The Coastal Board]
partners: [The Valleys Board]
""",
)
def two_answer(subject: Subject) -> Iterator[Hit]:
    """Aims with several accountable bodies, or with two bodies or posts for an owner; levels with two accountable."""
    bodies = {_bare(item.part.name) for item in subject.of(Body)}
    for aim in living(subject.aims):
        accountable = filled(*aim.aim.accountable)
        if len({_bare(name) for name in accountable}) > 1:
            named = _quoted(accountable)
            message = f"{named} are accountable for this together, so nobody is in the end."
            yield Hit(path=(*aim.path, "accountable"), message=message, at_key=True)
            continue
        owner = aim.aim.owner or ""
        listed_bodies = [name for name in owner.split(" and ") if _bare(name) in bodies]
        are_listed = len(listed_bodies) > 1 and " and ".join(listed_bodies) == owner
        if owners := listed_bodies if are_listed else joined_posts(owner):
            message = f"{_quoted(owners)} own this together, so nobody does in the end."
            yield Hit((*aim.path, "owner"), message, at_most=None if are_listed else Severity.ADVICE)
    yield from _both_accountable(subject)


def _both_accountable(subject: Subject) -> Iterator[Hit]:
    """Levels of delivery at which two bodies are accountable, unless each is for something of its own."""
    for item in subject.of(GovernanceLevel):
        found = {index: body for index, body in enumerate(item.part.bodies) if body.role is BodyRole.ACCOUNTABLE}
        if len({_bare(body.name) for body in found.values()}) > 1 and for_one_thing([*found.values()]):
            first, second, *_ = ((*item.path, "bodies", index, "role") for index in found)
            names = [body.name for body in found.values()]
            said = f"{_quoted(names)} are accountable at one level, “{shorten(item.part.title)}”"
            yield Hit(
                path=second,
                message=f"{said}, so nobody is in the end.",
                remedy="Decide who is accountable in the end, and give the others another `role`.",
                related=(Related(first, f"“{shorten(names[0])}” is accountable too."),),
            )


def _quoted(names: Iterable[str]) -> str:
    return listed([f"“{name}”" for name in names])


def _bare(name: str) -> str:
    return name.strip().casefold().removeprefix("the ")


RULES = (no_owner, two_answer)
