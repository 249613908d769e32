"""Finds wordings of time that leave open when something will happen: unclear, relative, vague, open-ended or mixed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.points import Action
from pcstrat.model.times import KEPT, Precision, Time, TimeKind, format_time, parse_time
from pcstrat.model.vocabulary import Progress
from pcstrat.numerals import WORDS
from pcstrat.patterns import Pattern
from pcstrat.rules._promises import promised_words
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules.subject import Item, Role, Subject, Timed
from pcstrat.text import counted, listed

_PROMISES = frozenset({Role.PLANNED, Role.DUE, Role.TARGET, Role.PERIOD, Role.MONEY})
_DUE = frozenset({Role.PLANNED, Role.DUE, Role.TARGET})
_WHY = "NHS England's guidance on joint forward plans asks for specific milestones"


@rule(
    "T10",
    "time-unclear",
    title="A time cannot be read for certain",
    severity=Severity.WARNING,
    why=f"{_WHY}. A time that can be read in two ways is shown as “date unclear” and cannot be compared.",
    remedy="Decide what is meant, and write it like 1 April 2024, April 2024, 2024/25 or by March 2026.",
    requires=("T04",),
    before="""
milestones:
  - {text: Open the clinic., when: {published: June 2027/28, read_as: June 2027}}
""",
    after="""
milestones:
  - {text: Open the clinic., when: June 2027}
""",
)
def unclear(subject: Subject) -> Iterator[Hit]:
    """Times of what is planned that are recorded in the long form, as a defect of the published wording."""
    for timed in subject.times:
        if timed.role in _PROMISES and timed.time.kind is TimeKind.UNCLEAR:
            reading, published = timed.time.read_as, timed.time.published
            if reading:
                how = f"can be read in more than one way. It is read here as {format_time(parse_time(reading))}."
            elif any(map(str.isdigit, published)):
                how = "can be read in more than one way. It is not read as any date."
            else:
                how = "says no date that can be read."
            yield Hit(path=timed.path, message=f"“{published}” {how}")


@rule(
    "T11",
    "time-relative",
    title="A time is counted from a day that is not stated",
    severity=Severity.WARNING,
    why=f"{_WHY}. “The next three years” ends on another day for each reader, and never for the plan.",
    remedy="Write the years that are meant, as in 2024/25 to 2026/27.",
    before="""
milestones:
  - {text: Open the clinic., when: over the next two years}
""",
    after="""
milestones:
  - {text: Open the clinic., when: 2027/28 to 2028/29}
""",
)
def relative(subject: Subject) -> Iterator[Hit]:
    """Times of what is planned that are relative to nothing; only advice where the plan states its own date."""
    for timed in subject.times:
        is_relative = timed.role in _PROMISES and timed.time.kind is TimeKind.RELATIVE
        if (is_relative or _is_only_a_length(subject, timed)) and not _follows_a_date(subject, timed.item):
            written = subject.document.published or subject.document.approved
            tail = (
                f"; the plan is of {format_time(written)}"
                if written
                else ", and the plan does not say when it was written"
            )
            message = f"“{timed.time.published}” does not say from when it counts{tail}."
            yield Hit(path=timed.path, message=message, at_most=Severity.ADVICE if written else None)


_LONG = Pattern(r"\b(?:months?|quarters?|years?|decades?)\b", re.IGNORECASE)
"""What is to happen within days or weeks is mostly a standard of a service, which holds each time."""


def _is_only_a_length(subject: Subject, timed: Timed) -> bool:
    """Whether a deadline or an action has only a length: "within 18 months"; "six months" may be those of its band."""
    if timed.role not in _DUE or timed.time.kind is not TimeKind.DURATION or not _LONG.search(timed.time.published):
        return False
    item = timed.item
    if timed.role is Role.TARGET or timed.time.published.casefold().startswith("within"):
        return not _is_done(item)
    placed = subject.milestone_at.get(item)
    has_start = item.get("due") is not None or (placed is not None and placed.band is not None)
    return isinstance(item.part, Action) and not has_start and not _is_done(item)


_THEN = Pattern(
    r"(?:and )?(?:then|after (?:that|this|which)|afterwards|next,|thereafter|following (?:that|this))\b", re.IGNORECASE
)


def _follows_a_date(subject: Subject, item: Item) -> bool:
    """Whether an item says that it comes after the one before it, whose last day is stated."""
    place = item.path[-1] if item.path else ""
    if not isinstance(place, int) or place == 0 or item.parent is None or not _THEN.match(item.get("text") or ""):
        return False
    beside = item.parent.get(str(item.path[-2])) or ()
    before = getattr(beside[place - 1], "when", None) if place <= len(beside) else None
    return isinstance(before, Time) and subject.resolved(before, item).end is not None


@rule(
    "T12",
    "time-vague",
    title="A time is only roughly stated",
    severity=Severity.ADVICE,
    why=f"{_WHY}. Nobody can say on which day “early 2024” or “spring” has been missed.",
    remedy="Write the month, the quarter, or the last day that is meant.",
    before="""
milestones:
  - {text: Open the clinic., when: in early 2028}
""",
    after="""
milestones:
  - {text: Open the clinic., when: by April 2028}
""",
)
def vague(subject: Subject) -> Iterator[Hit]:
    """Seasons, parts of years and months, and approximate times of what is planned and not yet done."""
    for timed in subject.times:
        if timed.role in _PROMISES and _is_vague(timed.time) and not _is_done(timed.item):
            message = f"“{timed.time.published}” leaves open on which day it would be missed."
            yield Hit(path=timed.path, message=message)


def _is_vague(time: Time) -> bool:
    if time.kind is TimeKind.UNCLEAR:
        return False
    return time.approximate or time.precision is Precision.SEASON


def _is_done(item: Item) -> bool:
    around = item.action
    return around is not None and around.part.status is Progress.DONE


_COMPLETION = Pattern(
    r"\b(?:complet(?:e|ed|ion)|finish(?:ed)?|finali[sz]e[ds]?|conclude[ds]?|sign(?:ed)?[ -]off"
    r"|will (?:all )?have (?:been )?(?:fully )?[a-z]+(?:ed|t|wn|lt))\b",
    re.IGNORECASE,
)
_PARTICIPLES = (
    r"(?:appointed|assessed|bought|built|closed|installed|moved|opened|recruited|replaced|sent|trained|visited)"
)
_A_NUMBER = rf"(?:[0-9][0-9,]*|(?!one\b){WORDS})"
_DONE_ONCE = Pattern(
    rf"""\bfull\ (?:implementation|roll-?\ ?out)\b|\bfully\ (?:implemented|rolled\ out)\b
        |(?<!\bhave\ )(?<!\bhas\ )\bachieved\b(?=\W*$|\ (?:across|in)\ (?:all|both|each|every)\b)
        |\b(?:has|have)\ (?:adopted|joined|replaced|signed)\b
        |^(?:all\ )?{_A_NUMBER}\ (?:\w+\ ){{1,4}}{_PARTICIPLES}(?=\W*$|\ and\ (?:\w+\ ){{0,3}}{_PARTICIPLES}\W*$)
        |\b(?:programme|project|pilot)\ closed(?=\W*$)
        |^(?:we\ will\ )?close\b.*\bfor\ good\b
        |^(?:we\ will\ )?(?:award|let|sign)\ (?:an?|one|the)\ (?:\w+\ ){{0,2}}contract\b
        |^(?:we\ will\ )?appoint\ (?:an?|one|the|{_A_NUMBER})\b
        |^(?:we\ will\ )?reach\ (?:all|each\ of\ the|the)\ {_A_NUMBER}\b
        |\b(?:bid|business\ case|contract|design|list|plan|policy|proposal|site|specification|strategy)
           \ (?:adopted|agreed|approved|awarded|chosen|signed)(?=\W*$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is done once and then is done: of so many things, of one contract or post, of a whole list."""
_MAY_BE_DONE_ONCE = (
    *("full ", "fully ", "achieved", "adopted", "joined", "replaced", "signed", "closed", "for good", "contract"),
    *("appoint", "reach", "agreed", "approved", "awarded", "chosen"),
    *("assessed", "bought", "built", "installed", "moved", "opened", "recruited", "sent", "trained", "visited"),
)
"""What every such wording has in it."""
_AGAIN = Pattern(
    r"\b(?:a|each|every|per) (?:day|week|month|quarter|term|year)\b|\b(?:always|yearly|annually)\b", re.IGNORECASE
)


_OF_EACH_CASE = Pattern(
    r"(?:\b(?:after|as soon as|before|if|once|unless|until|when|whenever|where|whether)\b[^,.;:]*"
    r"|\b(?:each|every)(?: \w+)? |\b(?:of|on|upon) (?:full )?|\b(?:that|which|who)(?: \w+){0,2} "
    r"|\b(?:allow|ask|enable|encourage|help|invite|let|remind|support|teach)\b[^,.;:]* )\Z",
    re.IGNORECASE,
)
"""Before a word of completion: that it is a condition, what others do, or done in each case.

"Ring patients when treatment is completed" and "help people to finish school" set no task an end.
"""
_OF_A_SORT = Pattern(r"\b(?:an?|its|our|the|their) (?:full |fully |newly )?\Z", re.IGNORECASE)
"""Before such a word, unless it is "completion": that it says of which sort something is, as in "the complete list"."""


def _completion_in(text: str) -> re.Match[str] | None:
    """Where a text says that something is to be completed, or done once."""
    if _AGAIN.search(text):
        return None
    lower = text.casefold()
    found = next((found for found in _COMPLETION.finditer(text) if not _is_of_each_case(found)), None)
    return found or (_DONE_ONCE.search(text) if any(words in lower for words in _MAY_BE_DONE_ONCE) else None)


def _is_of_each_case(found: re.Match[str]) -> bool:
    before = found.string[: found.start()]
    is_of_a_sort = found[0].casefold() != "completion" and _OF_A_SORT.search(before) is not None
    return is_of_a_sort or _OF_EACH_CASE.search(before) is not None


_COMPLETES_ONWARDS = Pattern(
    r"(?P<done>(?:complete|completion of|conclude|finalise|finish)) (?:its|our|the|their|this)\b[^.;]*?"
    r"\b(?P<time>(?:from )?[^\s,.;]+ (?:20[0-9]{2}(?:/[0-9]{2})? )?onwards)\b",
    re.IGNORECASE,
)
"""Only of one thing: to "complete health checks from May onwards" is work that goes on."""


@rule(
    "T13",
    "completion-without-end",
    title="Something is to be completed, but its time has no end",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{_WHY}. “Onwards” and “ongoing” suit work that goes on; what is to be completed needs a day to be done by.",
    remedy="Say by when it will be complete, or describe the work that goes on.",
    before="""
milestones:
  - {text: Completion of the survey., when: June 2027 onwards}
""",
    after="""
milestones:
  - {text: Completion of the survey., when: by June 2027}
""",
)
def open_completion(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones with a word of completion under, or before, a time that is open or ongoing."""
    for timed in subject.times:
        part = timed.item.part
        if timed.field != "when" or not isinstance(part, Action) or not _is_open(timed.time):
            continue
        said = _completion_in(" ".join(filter(None, (part.title, part.text))))
        if said and timed.item.get("due") is None:
            yield Hit(path=timed.path, message=f"“{said[0]}” and “{timed.time.published}” do not go together.")
    for promise in promised_words(subject).naming("onwards"):
        found = _COMPLETES_ONWARDS.match(promise.doing)
        if found is not None:
            message = f"“{found['done']}” and “{found['time']}” do not go together."
            yield Hit(path=promise.path, message=message, at_words=found["time"])


def _is_open(time: Time) -> bool:
    return time.kind in {TimeKind.FROM, TimeKind.ONGOING} or (time.ongoing and time.end is None)


_SHORT_FORM = "24/25"
_MAY_BE_SHORT = Pattern(r"(?<![0-9])[0-9]{2}/[0-9]{2}")
"""What stands wherever the pattern of this form matches, which takes long to compile: 2024/25 is none."""
_FORMS = {
    "2024/25": Pattern(r"\b(20[0-9]{2}) ?/ ?([0-9]{2})\b(?!/)"),
    "2024/2025": Pattern(r"\b(20[0-9]{2}) ?/ ?(20[0-9]{2})\b"),
    _SHORT_FORM: Pattern(
        r"(?:^|(?<=[(\[–—-])|\b(?:actions|between|budgets?|by|during|financial years?|for|from|fy|in|plans?|since"
        r"|through(?:out)?|until) )(1[5-9]|[2-9][0-9])/([0-9]{2})"
        r"(?=$|[.,;:)\]–—]|[ -](?:actions|and|as|at|baselines?|budgets?|by|data|figures?|for|from|funding|in|is|it"
        r"|levels?|milestones|on|onwards?|or|our|plans?|prices|the|they|to|was|we|were|will|with)\b)",
        re.IGNORECASE,
    ),
    "2024-25": Pattern(r"\b(20[0-9]{2}) ?[-–—] ?([0-9]{2})\b(?![0-9])"),
}
"""The ways to write a financial year, by an example of each: two years, of which the second must follow the first.

Two digits are also school years (Years 12/13), ages, days (11/12) and shares (19/20 huts), so they need such words.
"""

_MAY_BE_YEAR = Pattern(r"[0-9][0-9] ?[-–—/] ?[0-9]{2}")
"""What begins with one sign, and not with a number of them, is found much faster."""
_CENTURY = 100
_NHS_FORM = "2024/25"


@rule(
    "T18",
    "year-formats-mixed",
    title="Financial years are written in more than one way",
    severity=Severity.ADVICE,
    why="The NHS content style guide asks for one style of dates. Another form looks like another period.",
    remedy="Write every financial year in the same way, as in 2024/25.",
    before="""
timeline:
  - {label: Actions for 2027/28, when: 2027/28}
  - {label: Actions for 28/29, when: 28/29}
""",
    after="""
timeline:
  - {label: Actions for 2027/28, when: 2027/28}
  - {label: Actions for 2028/29, when: 2028/29}
""",
)
def mixed_formats(subject: Subject) -> Iterator[Hit]:
    """The first use of each form besides the usual one, as one finding for the whole plan."""
    uses = list(_uses(subject))
    counts = Counter(use.form for use in uses)
    if len(counts) < 2:  # noqa: PLR2004 - one form is what is asked for
        return
    usual = _NHS_FORM if _NHS_FORM in counts else counts.most_common(1)[0][0]
    first: dict[str, _Use] = {}
    for use in uses:
        if use.form != usual:
            first.setdefault(use.form, use)
    used = listed([f"like {form} ({counted(number, 'time')})" for form, number in counts.most_common()])
    found, *others = first.values()
    related = tuple(Related(other.path, f"“{other.written}” stands here.", other.written) for other in others)
    message = f"Financial years are written {used}."
    yield Hit(path=found.path, message=message, at_words=found.written, related=related)


class _Use(NamedTuple):
    """A financial year in one form: as written, and where."""

    form: str
    written: str
    path: Path


def _uses(subject: Subject) -> Iterator[_Use]:
    """Each financial year in a time, and in the plan's own words where they do not repeat a time stated over them."""
    timed: set[tuple[Item, str]] = set()
    for time in subject.times:
        if time.role is Role.CONTROL or time.field == "label":  # labels are texts
            continue
        for form, written in _forms(time.time.published):
            timed.add((time.item, written))
            yield _Use(form, written, time.path)
    for leaf in subject.own_plain_words.having(_MAY_BE_YEAR):
        if not leaf.item.is_of_others:
            for form, written in _forms(leaf.plain):
                is_repeated = any((item, written) in timed for item in (leaf.item, *leaf.item.above()))
                if leaf.field == "label" or not is_repeated:
                    yield _Use(form, written, leaf.path)


@lru_cache(maxsize=KEPT)
def _forms(text: str) -> tuple[tuple[str, str], ...]:
    """Each form of financial years that a text has, and how it is written there first."""
    may_be = (form for form in _FORMS if form != _SHORT_FORM or _MAY_BE_SHORT.search(text))
    found = ((form, match) for form in may_be for match in _FORMS[form].finditer(text))
    years = [(form, match) for form, match in found if _follows(match[1], match[2])]
    return tuple({form: text[match.start(1) : match.end()] for form, match in reversed(years)}.items())


def _follows(first: str, second: str) -> bool:
    return (int(first) + 1) % _CENTURY == int(second) % _CENTURY


RULES = (unclear, relative, vague, open_completion, mixed_formats)
