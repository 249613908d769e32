"""Turns the actions and milestones of a plan into what rules on wording read: the sentence that promises something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.points import Action, Milestone
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import MilestoneKind, Progress
from pcstrat.patterns import Pattern
from pcstrat.rules._counts import COUNT
from pcstrat.rules._joined import Joined
from pcstrat.rules.subject import Aim, Item, Placed, Subject, once

VAGUENESS = "A study of 13 local plans found variation, vagueness and a lack of commitment to action (Olivera, 2022)"
"""Why a promise has to bind somebody."""
_AIMS = (Objective, Strand)
_YEAR = Pattern(r"\b20[0-9]{2}\b")
_SENTENCE_END = Pattern(r"[.!?:;] ")
_LEAD_IN = Pattern(
    r"""(?:(?:across|among|as|at|by|for|from|in|on|over|through|together|where|with|within)\b[^,:]{0,90},\ )*
        (?:(?:we|the\ (?:icb|board|partners?|plan|system|teams?)|it)\ (?:all\ )?
           (?:will|shall|should|would|plan\ to|propose\ to|want\ to|are\ going\ to)\ (?:also\ )?)?
        (?:then|further|also|fully|strategically,?|proactively|actively)?\ ?""",
    re.IGNORECASE | re.VERBOSE,
)

_BEGINS_LEAD_IN = (
    *("across", "among", "as", "at", "by", "for", "from", "in", "on", "over", "through", "together", "where", "with"),
    *("we ", "the icb ", "the board ", "the partner", "the plan ", "the system ", "the team", "it "),
    *("then", "further", "also", "fully", "strategically", "proactively", "actively", " "),
)
_UNDATED = Pattern(
    r"""\b(?:(?:(?:over|in|within|during|across|for)\ )?the\ (?:next|coming|following)\ (?:\w+\ ){0,3}?
            (?:weeks?|months?|years?)
          |in\ (?:\w+|[0-9]+)\ (?:months|years)['’]?\ time|in\ due\ course|in\ the\ (?:near|foreseeable)\ future
          |(?:later|earlier)\ (?:this|next)\ year|in\ the\ (?:short|medium|long)(?:er)?[\ -]term
          |at\ the\ earliest\ opportunity|as\ soon\ as\ (?:possible|practicable)|when\ time\ (?:allows|permits))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MAY_BE_UNDATED = (
    *("the next", "the coming", "the following", " time", "due course", "future", "this year", "next year"),
    *("the short", "the medium", "the long", "earliest", "shortly", "the year", "year end", "year-end"),
    *("months", "years", "spring", "summer", "autumn", "winter", " days", "financial year", "calendar year"),
    *("soon", "before long", "early on", "within a year", "eventually", "later"),
)
"""What every such time has in it; to look for these first takes a fraction of the time."""
_OPEN = (
    r"(?:in due course|in the (?:near|foreseeable) future|at the earliest opportunity"
    r"|as soon as (?:possible|practicable)|when time (?:allows|permits)"
    r"|(?:during|in|over|within) the (?:coming|next) (?:year|(?:(?:few|couple of|several) )?(?:weeks|months|years))"
    rf"|(?:in the (?:coming|next)|within(?: the (?:coming|next))?) {COUNT} (?:months|years)"
    rf"|(?:over|in|within|during) the (?:coming|next) {COUNT}(?: to | or |[-–]){COUNT} (?:months|years)"
    r"|within (?:the (?:first|next) )?(?:[6-9][0-9]|[1-9][0-9]{2}|an? hundred|one hundred) days"
    r"|by (?:the|next|this|the coming) (?:spring|summer|autumn|winter)"
    r"|(?:in )?(?:next|the coming) (?:spring|summer|autumn|winter)"
    r"|(?<!\bas )(?<!\bthan )(?:during |in |within )?this (?:calendar |financial )?year"
    r"|(?:by|before) (?:the )?end of (?:the|this) (?:calendar |financial )?year"
    r"|shortly|(?:early |late |later )?next year|later this year|by year[ -]end"
    r"|as soon as we can|before long|early on|in the (?:months|years) to come|within a year"
    r"|this (?:spring|summer|autumn|winter)|in time(?=, )|eventually(?=,|[.;:!?)]*$| we\b)"
    r"|(?<!as )(?<!how )(?<!so )(?<!too )soon(?=,|[.;:!?)]*$| we\b)"
    r"|(?<!no )(?<!or )(?<!days )(?<!weeks )(?<!months )(?<!years )(?<!hours )"
    r"(?<! day )(?<! week )(?<! month )(?<! year )later(?: on)?(?=,|[.;:!?)]*$| we\b))"
)
"""Of these times, those that leave open when whatever stands beside them."""
_BEGINS_OPEN = Pattern(_OPEN + r"\b", re.IGNORECASE)
_ENDS_OPEN = Pattern(_OPEN + r"(?=[).!?;:]*$)", re.IGNORECASE)
_OPENING = Pattern(
    r"\b(?:clos(?:es?|ing)|earlier|evenings?|hours|opening|shut(?:s|ting)?|(?:stays?|keep\b.{0,60}) open"
    r"|open (?:all|it|our|the|their|them))\b",
    re.IGNORECASE,
)
"""In a sentence that ends with "later": that this may be a time of day, as of doors that stay open later."""
_AFTER_SENTENCE = Pattern(r"(?<=[.!?;:])\s+")
_OF_A_THING = Pattern(
    r"\b(?:always|any\w*|each|every\w*|if|that|those|urgent\w*|what\w*|when\w*|where\w*|which|who\w*"
    r"|arises?|arising|arriv\w*|born|built|due|expect\w*|happen\w*|likely|need\w*|plann\w*|requir\w*|want\w*)\b",
    re.IGNORECASE,
)
"""In a sentence: that its time may be the time of things in it, or of work that is done again and again."""
_COUNTED_FROM = Pattern(r"['’]|,? (?:after|before|following|from|of)\b", re.IGNORECASE)
"""After a time: that it says of what it is, or from when it counts."""
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|spring|summer|autumn|winter)"
)
"""A pattern of a month or season."""
_AGAIN_AND_AGAIN = Pattern(
    r"\b(?:(?:after|at|before|during|in|on) (?:each|every)"
    rf"|(?:each|every) (?:day|week|month|quarter|time|year|{MONTHS})"
    r"|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?|within \w+ (?:hours|days|weeks))\b",
    re.IGNORECASE,
)
"""In a sentence: that it is a rule for every case, or how soon that will be each time."""
_EACH_TIME = Pattern(rf"as soon|at the earliest|within {COUNT}", re.IGNORECASE)
_SERVES = Pattern(
    r"\b(?:callers?|calls|carers?|cases|child(?:ren)?|clients?|famil(?:y|ies)|him|her|letters|men|parents?|patients?|people"
    r"|questions|referrals|residents?|results?|them|women)\b",
    re.IGNORECASE,
)
"""Whom and what a service answers "as soon as possible" or within so many months, day by day."""

WILL_DO = Pattern(
    r"""\b(?:we|they|it|boards?|council|icb|networks?|partners?|practices?|primary\ care(?:\ \([^)]*\))?|providers?
        |services?|system|teams?|trusts?)
        \ will\ (?:(?:also|all|better|then|together)\ )*
        (?:agree|appoint|bring|build|carry\ out|commission|create|deliver|develop|employ|establish|expand|extend|hold
        |install|introduce|invest|join|launch|make\ sure|manage|move|offer|open|pilot|publish|recruit|reduce|replace
        |review|run|set\ up|share|start|support|test|train|use|work)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""In the text of an aim: that somebody will do something, and not only how things will be."""


class Promise(NamedTuple):
    """One thing that the plan says will be done, and the sentence that says so.

    Attributes:
        doing: The sentence from its verb on: without "We will", and without what stands before it.
        undated: The time in its own words that has no first or last day: "over the coming months"; mostly empty.
        is_dated: Whether it has a date, or is an action beside milestones that have one and is not left open itself, as
            by "in due course".
    """

    item: Item
    path: Path
    sentence: str
    doing: str
    whole: str
    undated: str
    is_dated: bool


@once
def promises(subject: Subject) -> tuple[Promise, ...]:
    """Every action and milestone under an objective that is still to be done; outcomes promise no work."""
    return tuple(_promises(subject))


@once
def promised_words(subject: Subject) -> Joined[Promise]:
    """The whole texts of the promises in lower case, to be searched at once."""
    return Joined(promises(subject), lambda promise: promise.whole.casefold())


def _promises(subject: Subject) -> Iterator[Promise]:
    dated = {item for item in subject.of(Action) if _has_date(subject, item)}
    scheduled = {placed.owner for placed in subject.milestones if placed.item in dated}
    wholes = list(_to_be_done(subject))
    undated = {item: _undated(whole) for item, whole in Joined(wholes, _lower).naming(*_MAY_BE_UNDATED)}
    for item, whole in wholes:
        end = _SENTENCE_END.search(whole)
        sentence = whole[: end.start() + 1] if end else whole
        words, is_open = undated.get(item, ("", False))
        is_beside = not (is_open or isinstance(item.part, Milestone)) and item.parent in scheduled
        path = (*item.path, "text" if item.get("text") else "title")
        yield Promise(item, path, sentence, _doing(sentence), whole, words, is_beside or item in dated)


def _to_be_done(subject: Subject) -> Iterator[tuple[Item, str]]:
    """Each action or milestone under an objective that is still to be done, and its words."""
    for item in subject.of(Action):
        whole = plain(item.part.text or item.part.title or "") if _is_to_be_done(item) else ""
        if whole:
            yield item, whole


def _lower(entry: tuple[Item, str]) -> str:
    return entry[1].casefold()


def _undated(text: str) -> tuple[str, bool]:
    """The time without days in a text, and whether it can only be that of the promise and leaves open when."""
    sentences = _AFTER_SENTENCE.split(text)
    left_open = next(filter(None, map(_left_open, sentences)), "")
    return left_open or next(filter(None, map(_uncounted, sentences)), ""), bool(left_open)


def _uncounted(sentence: str) -> str:
    """The time without days in a sentence, unless it says from when it counts or is of what is done repeatedly."""
    found = _UNDATED.search(sentence)
    if found is None or _COUNTED_FROM.match(sentence, found.end()) or _AGAIN_AND_AGAIN.search(sentence):
        return ""
    return found[0]


def _left_open(sentence: str) -> str:
    """The open time that a sentence begins or ends with, unless it may be that of something else in it."""
    found = _BEGINS_OPEN.match(sentence)
    if found is None or _COUNTED_FROM.match(sentence, found.end()):
        found = _ENDS_OPEN.search(sentence)
    if found is None or (found[0].casefold() == "later" and _OPENING.search(sentence)):
        return ""
    rest = f"{sentence[: found.start()]} {sentence[found.end() :]}"
    is_service = _EACH_TIME.match(found[0]) and _SERVES.search(rest)
    return "" if is_service or _OF_A_THING.search(rest) else found[0]


def _doing(sentence: str) -> str:
    match = _LEAD_IN.match(sentence) if sentence.casefold().startswith(_BEGINS_LEAD_IN) else None
    return sentence[match.end() if match else 0 :]


def _is_to_be_done(item: Placed[Action]) -> bool:
    action = item.part
    is_outcome = isinstance(action, Milestone) and action.kind is MilestoneKind.OUTCOME
    is_over = action.status in (Progress.DONE, Progress.STOPPED) or item.is_retired
    return not is_outcome and not is_over and item.aim_or_strand is not None


def _has_date(subject: Subject, item: Item) -> bool:
    if names_year(item.get("text") or ""):
        return True
    placed = subject.milestone_at.get(item)
    time = subject.time_of(placed) if placed else item.get("when")
    return _says_when(time) or _says_when(item.get("due"))


def _says_when(time: Time | None) -> bool:
    return time is not None and (time.is_dated or time.years is not None)


def names_year(text: str) -> bool:
    """Whether a text holds a year, as in "by March 2028" or "2027/28"."""
    return "20" in text and _YEAR.search(text) is not None


def around(item: Item) -> Iterator[Item]:
    """An item and the objectives and strands around it; what the whole document says stays out."""
    yield item
    yield from (over for over in item.above() if isinstance(over.part, _AIMS))


def living(aims: Iterable[Aim]) -> Iterator[Aim]:
    """Aims that have not been given up."""
    return (aim for aim in aims if not aim.item.is_retired)
