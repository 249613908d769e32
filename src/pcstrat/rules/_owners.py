"""Turns the name of an owner into the posts that it joins, and bodies of one level into those for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pcstrat.model.delivery import Body
from pcstrat.patterns import Pattern

_KINDS = (
    r"(?:board|chair|chief executive|commissioner|committee|coordinator|council|director|executive|head|icb|lead"
    r"|manager|nurse|officer|trust)"
)
_OF_BODIES = frozenset({"board", "committee", "council", "icb", "trust"})
_JOINER = Pattern(
    r"(, and |; and |,|;| and | & | / |\bjointly with\b|\btogether with\b|\bas well as\b|\bwith(?: the)?\b)",
    re.IGNORECASE,
)
_IN_JOINER = (",", ";", " and ", " & ", " / ", "with", "as well as")
_LIGHT = frozenset({",", "/"})
"""What may also stand between two titles of one person: "Medical Director / Director of Research"."""
_CHIEF_OFFICER = Pattern(r"chief (?:\w+ ){1,3}officer", re.IGNORECASE)
"""A post that is one person's whole work."""
_ONE_PERSON = Pattern(
    r"\bdirector of infection (?:control|prevention)\b|^[^()]+\((?:[^()]*\b(?:joint|one|same|single)\b[^()]*"
    r"|(?:(?:dr|mr|mrs|ms|prof|professor) )?[\w’'-]+(?: [\w’'.-]+){1,2})\)\s*$",
    re.IGNORECASE,
)
"""What shows that two titles are those of one person: "(joint post)" or a name behind them, or that the second goes
with other posts by law, as the director of infection prevention and control."""
_POST = Pattern(
    rf"(?:the )?(?:(?!(?:at|for|in|of|the|to|with)\b)[\w’'().-]+ ){{0,6}}?"
    rf"(?P<kind>{_KINDS})(?:(?: (?:at|for|in|of)\b|:).*)?",
    re.IGNORECASE,
)
_OF_THE_WHOLE = Pattern(
    r"\b(?:accountable|accountability|answers?|responsible|responsibility) (?:to [^.,]+ )?for "
    r"(?:all |the whole )?(?:of )?(?:the|this|our) (?:whole )?(?:plan|programme|strategy|system)\b(?!['’])",
    re.IGNORECASE,
)
_TWO = 2
_SHARED_WORDS = 2
"""Words at the end of names that make bodies of one kind: Fens Place Board, Coast Place Board."""


def joined_posts(owner: str) -> list[str]:
    """The posts of one kind, or the bodies, that an owner's name joins: "Director of A and Director of B"; else none.

    Two kinds may be one person: "Chief Executive and Accountable Officer"; so are all that stand behind one name: "Sam
    Lee, Director of A and Director of B". What one post is of is no other post: "Director of Nursing and Quality".
    """
    if not any(joiner in owner.casefold() for joiner in _IN_JOINER):
        return []
    posts: list[str] = []
    kinds: set[str] = set()
    are_bodies = True
    joiner = ""
    for piece in _JOINER.split(owner):
        if _JOINER.fullmatch(piece):
            joiner = piece
        elif post := _POST.fullmatch(piece.strip()):
            posts.append(piece.strip())
            kinds.add(post["kind"].casefold())
            are_bodies = are_bodies and post.end("kind") == post.end() and post["kind"].casefold() in _OF_BODIES
        elif posts:
            posts[-1] += f"{joiner}{piece}"
            are_bodies = False
        else:
            return []
    is_sure = joiner.strip() not in _LIGHT or len(posts) > _TWO or all(map(_CHIEF_OFFICER.fullmatch, posts))
    are_joined = len(posts) > 1 and is_sure and (are_bodies or len(kinds) == 1) and not _ONE_PERSON.search(owner)
    return [post.strip() for post in posts] if are_joined else []


def for_one_thing(bodies: Sequence[Body]) -> bool:
    """Whether the plan says that bodies beside each other are for one thing: in the same words, or for the whole.

    Without such words each may answer for a place or a service of its own, as bodies of one kind do in any case.
    """
    said = [text for body in bodies if (text := (body.text or "").strip().casefold())]
    is_said = len(set(said)) < len(said) or sum(_OF_THE_WHOLE.search(text) is not None for text in said) > 1
    return is_said and not all(one == other for one, other in pairwise(_ends(bodies)))


def _ends(bodies: Sequence[Body]) -> Iterator[list[str]]:
    return (body.name.casefold().split()[-_SHARED_WORDS:] for body in bodies)
