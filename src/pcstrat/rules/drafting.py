"""Finds what is left in a text from drafting: places kept open for words, names, numbers and links to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.model.delivery import CaseStudy
from pcstrat.model.document import Quote, Term
from pcstrat.patterns import Match, Pattern
from pcstrat.rules._rule import Hit, rule
from pcstrat.rules.subject import Leaf, Subject

_OPEN = r"tb[acd]|to\ be\ (?:added|completed|confirmed|inserted)"
_KEPT = "amount|baseline|date|details?|figures?|link|month|number|page|percentage|role|target|text|title|url|year"
_KEPT_OPEN = Pattern(
    rf"""[\[(<]{{1,2}}(?:[\w’'/-]+\ ){{0,4}}(?:{_OPEN})[\])>]{{1,2}}
        |[\[(<](?:(?:annex|appendix|chart|data|details?|figures?|information|links?|map|more|names?|text)\ )?
          to\ (?:come|follow)[\])>]
        |[\[<](?:add|check|complete|confirm|delete|enter|insert|update)\b[^\[\]<>]{{0,80}}[\]>](?!\()
        |[\[<](?:[\w’'-]+\ ){{0,3}}(?:{_KEPT}|(?P<name>names?))[\]>](?!\()
        |\[(?:x{{2,}}|\?+|_+)\](?!\()
        |(?<![\w’'-])insert\ (?:\w+\ )?(?:date|figure|link|name|number|text|title)s?\ here\b
        |(?:^|(?<=[.:;,(]\ )|(?<=\b(?:at|by|in|of)\ )|(?<=\bfor\ )|(?<=\b(?:from|with)\ ))
          (?:add|enter|put)\ (?:an?|the|some)\ (?:date|figure|link|name|number|percentage|text|title)s?\ here\b
        |(?<!\w)lorem\ ipsum\b|(?<!\w)(?-i:TODO)\b
        |£x+(?:\.x+)?\ ?(?:k|m|bn|million|billion)?(?!\w)
        |(?<![\w.-])(?-i:XX+|xxx+)(?:k|m|bn)?(?!\w|/\w|\ chromosomes?\b)%?
        |(?<![\w.-])(?-i:(?P<kisses>xx)(?=\ (?!(?:and|at|from|in|of|on|or|to)\b)[a-z]{{3}}))|(?<![\w.-])xx%
        |£\?+|(?<!\S)\?{{2,}}(?:%|(?-i:(?=\ [a-z])))
        |(?<!\w)(?<!\ba\ )(?<!\b(?:our|the)\ )(?<!\b(?:each|this)\ )
          (?-i:TB[ACD](?:%|(?=\ (?!(?:as|has|is|its|means|plus|stands|this|was)\b)
          (?:more\ |new\ )?(?:[a-z]{{3,}}s|children|people|women)\b)))
        |(?<!\w)(?-i:NN%)
        |error!\ (?:reference\ source|bookmark)\ not\ (?:found|defined)""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = (
    *(
        "to be added",
        "to be completed",
        "to be confirmed",
        "to be inserted",
        "to come",
        "to follow",
        "tba",
        "tbc",
        "tbd",
    ),
    *("[", "<", "lorem", "todo", "£x", "xx", "error!", " here", "??", "£?", "nn%"),
)
"""What stands in every match, in lower case: words to look for before the pattern."""
_OPEN_QUOTATION = Pattern('“[^”]*\\Z|\\A[^"]*"(?:[^"]*"[^"]*")*[^"]*\\Z')
_WITHOUT_NAMES = (CaseStudy, Quote)
"""Parts in which [name] is not left open, but left out for the person's sake, and xx may be kisses."""
_NAMES_OF_BODIES = frozenset(("owner", "led_by", "accountable", "partners"))
"""Fields in which a place kept open is a promise that nobody answers for, which other rules find."""


@rule(
    "S26",
    "left-from-drafting",
    title="A text has a place that was kept open while it was written",
    severity=Severity.WARNING,
    why="""A plan that goes out with “[insert date]” or “£XXk” looks unchecked, and what it says there is not decided or
    not known.""",
    remedy="Fill it in. What is not known yet, leave out: pcstrat prints “Not stated”.",
    before="""
delivery: {text: "The clinic in Elmswick opens by [insert date]."}
""",
    after="""
delivery: {text: "The clinic in Elmswick opens by May 2028."}
""",
)
def left_from_drafting(subject: Subject) -> Iterator[Hit]:
    """Texts with brackets that ask for words or promise them, XX, TBC or ??? in the place of a number, or filler text.

    "[...]" shows that a quotation leaves words out, and "[x]" is a box that is ticked.
    """
    for leaf in subject.own_words.naming(*_SIGNS):
        found = None if leaf.field in _NAMES_OF_BODIES else _kept_open(leaf)
        if found is not None:
            message = f"“{found[0]}” is left over from drafting."
            yield Hit(path=leaf.path, message=message, at_words=found[0], text_before=leaf.text[: found.start()])


def _kept_open(leaf: Leaf) -> Match | None:
    """The first place in a text that was kept open."""
    if isinstance(leaf.item.part, Term):
        return None
    is_without_names = leaf.item.nearest(*_WITHOUT_NAMES) is not None
    for match in _KEPT_OPEN.finditer(leaf.text):
        is_said = is_without_names or _OPEN_QUOTATION.search(leaf.text[: match.start()])
        if not ((match["name"] or match["kisses"]) and is_said):
            return match
    return None


RULES = (left_from_drafting,)
