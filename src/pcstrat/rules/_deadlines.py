"""Turns the text of a promise into the times that it names for it: `by March 2028`, `In 2027/28 we will ...`.

Only what reads as the time of the promise itself counts: a deadline, what a sentence opens with, or what ends one that
says no more than what is opened, hired or built, and where. A milestone may also say what comes about: who reaches
whom, what runs where. Elsewhere a time is as often that of a thing ("invite everyone born in 2024"). Dates that a text
tells of ("launched by May 2026"), that others have set ("the national target for March 2029") or that lie behind a
condition ("once every site is live") are left alone: a rule that took them for deadlines would be wrong too often.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pcstrat.model.points import Milestone
from pcstrat.model.times import KEPT, Precision, Time, TimeKind, time_or_none
from pcstrat.patterns import Pattern
from pcstrat.rules.subject import Leaf, Subject

_LONGEST = 8
IN_EVERY_YEAR = ("20", "/", "year")
"""What stands in every time that is looked for: in 2028, 27/28 or Year 2."""
_NAMED = Pattern(
    r"\b(?:by|before|no(?:t)? later than|at the latest (?:by|in|on))\s"
    r"(?=(?:\S+\s){0,6}?(?:20[0-9]{2}|[0-9]{2}/[0-9]{2}\b|Year\s[1-9]))",
    re.IGNORECASE,
)
_OPENS = Pattern(
    r"(?:in|during|from|(?:beginning|starting) (?:in|from))\s"
    r"(?=(?:\S+\s){0,3}?(?:20[0-9]{2}|[0-9]{2}/[0-9]{2}\b|Year\s[1-9]))",
    re.IGNORECASE,
)
_YEAR = Pattern(r"20[0-9]{2}|[0-9]{2}/[0-9]{2}|year\s[1-9]", re.IGNORECASE)
"""What each of these times has in it: to look for it once is quicker than to look for each of them."""
_WE_WILL = Pattern(
    r",? (?:we|it|they|the|our|each|every|all)(?: (?!that\b)[^\s,]+){0,6}? (?:will|shall)\b", re.IGNORECASE
)
_IRREGULAR = (
    r"(?:begun|bought|brought|built|chosen|drawn|driven|dug|found|given|grown|held|known|laid|left|lost|made|met|paid"
    r"|put|run|seen|sent|set|shown|sown|spent|taken|taught|won|written)"
)
_GIVE = r"(?:award|extend|give|lend|move|offer|pay|send|switch|take|transfer|write)"
_PUT_THERE = (
    r"(?:appoint|build|buy|close|fit|hire|hold|install|launch|open|pilot|print|procure|publish|put|roll out|set up|sign"
    r"|start|switch on)"
)
"""Work on one thing that is there, or open, afterwards: no goal, which may be for a year long after the plan."""
_DO = (
    rf"(?:{_GIVE}|{_PUT_THERE}|add|agree|ask|begin|commission|complete|create|deliver|develop|employ|establish|expand"
    r"|finish|help|implement|introduce|join|provide|reach|recruit|replace|ring|run|teach|test|train|visit)"
)
_CHANGE = r"(?:check|count|cut|double|halve|increase|look at|lower|raise|reduce|review|treble|triple)"
"""Work that may be on the numbers of a year ("review falls in 2027/28"): only a time after the plan is that of it."""
_WE = r"(?:(?:we|the (?:board|icb|partners?|partnership|team)) (?:will|shall) )"
_DONE_WORDS = (
    r"(?:appointed|bought|built|closed|completed|employed|finished|hired|in place|in post|installed|introduced|moved"
    r"|opened|recruited|rolled out|set up|signed|switched on)"
)
_DOES_THEN = Pattern(rf",? (?:(?:we )(?!put\b))?{_DO} ", re.IGNORECASE)
"""Behind a time at the beginning: what is done then. "In 2025 we put" tells what has been done."""
_WORD_OF_ONE_THING = (
    r"(?!(?:about|after|as|at|available|before|born|by|due|during|for|from|how|if|needs?|of|on|since|so|than|that|they"
    r"|to|unless|until|we|what|when|where|whether|which|who|whose|why)\b"
    r"|(?!(?:building|funding|hearing|housing|meeting|nursing|screening|training)\b)"
    rf"(?:\w{{3,}}ed|\w{{2,}}ing|{_IRREGULAR}) (?:in|from|during)\b)[\w’'-]+ "
)
_ONE_THING = rf"(?:{_WORD_OF_ONE_THING}|(?:group|list|number|range|round|series|set|team)s? of ){{1,12}}"
"""A few words that name one thing, and perhaps its place, without a clause or another thing whose time may follow."""
_ONE_THING_IN = Pattern(rf"{_ONE_THING}in", re.IGNORECASE)
_DOES = Pattern(rf"\s*{_WE}?(?:(?P<gives>{_GIVE})|{_DO}) ", re.IGNORECASE)
_PUTS_THERE = Pattern(rf",?\s*{_WE}?{_PUT_THERE} (?P<what>[^,;:(]+)", re.IGNORECASE)
_CHANGES = Pattern(rf"\s*{_WE}?{_CHANGE} (?P<what>[^,;:(]+)", re.IGNORECASE)
_DONE = Pattern(rf"(.* ){_DONE_WORDS} ", re.IGNORECASE)
_HAPPENS = (
    r"(?:answer|arrive|attend|begin|benefit|carry|close|collect|come|cycle|employ|end|fall|feed|finish|go|grow|halve"
    r"|host|house|join|live|meet|moor|move|open|play|reach|ring|rise|run|sail|serve|speak|start|stop|swim|take part"
    r"|teach|train|treat|use|visit|walk|work)"
)
"""What happens when its sentence says: not what is said, planned, had or offered, whose time may be another."""
_SO_MANY = (
    r"(?:(?:all|both|half|most|some|[0-9]+%?|(?:a|one|two|three)[ -](?:third|quarter)s?) (?:of )?)?"
    r"(?:(?:all|our|the|these) )?"
)
_PLURAL = r"(?:[\w’'-]{2,}[^\Ws]s|children|men|people|staff|women)"
_MANY_DO = Pattern(
    rf"{_SO_MANY}(?P<who>(?:[\w’'-]+ ){{0,5}}?{_PLURAL}) (?:(?:all|also|can|each|now|shall|will) ){{0,2}}{_HAPPENS} "
    r"(?P<what>.*)",
    re.IGNORECASE,
)
_ONE_DOES = Pattern(
    rf"(?:an?|each|every|one|our|the) (?P<who>(?:[\w’'-]+ ){{1,5}}?)"
    rf"(?:(?:(?:also|can|now|shall|will) ){{1,2}}{_HAPPENS}|(?:{_HAPPENS}e?s|carries|takes part)) (?P<what>.*)",
    re.IGNORECASE,
)
_ONE_OPENS = Pattern(
    r"(?:an?|each|every|one|our|the) (?P<who>(?:[\w’'-]+ ){1,5}?)(?:(?:will|shall) open|opens) (?:[\w’'-]+ ){0,3}",
    re.IGNORECASE,
)
_FIRST_OR_LAST = Pattern(
    r"(?:first|second|third|fourth|fifth|final|last) (?!years?\b)(?P<what>(?:[\w’'-]+ ){1,3})", re.IGNORECASE
)
_IN_NUMBER = Pattern(r"(?<=[0-9]),(?=[0-9]{3})")
_TIME_AT_LAST = Pattern(
    r".* (?P<time>(?:in|from|during) (?:\w+ ){0,3}(?:20[0-9]{2}|[0-9]{2}/[0-9]{2})[0-9/–-]*)$", re.IGNORECASE
)
_TIME_ASIDE = Pattern(r".* \((?:(?:in|from|during) )?(?P<time>[a-z]+ 20[0-9]{2}|20[0-9]{2}/[0-9]{2})\)$", re.IGNORECASE)
_MAY_BE_LAST = Pattern(r"(?:\b(?:in|from|during) |\()(?:\w+ ){0,3}[0-9/–-]{4,9}\)?[.!?;]?(?:\s|$)", re.IGNORECASE)
_SENTENCE = Pattern(r"[.!?;](?=\s|$)")
_BEFORE = Pattern(r"^(?:before|at the latest (?:by|in|on))", re.IGNORECASE)
_BY = Pattern(r"^(?:by|not? later than)\s+", re.IGNORECASE)
_ABOUT_OTHER_TIMES = Pattern(
    r"""\b(?:was|were|had|has(?!\ (?:an?|its|their|[0-9]))|have\ been|did
          |launched|published|introduced|began|started|achieved|since|following|after
          |once|when|until|if|based\ on|build(?:s|ing)?\ on|in\ line\ with|in\ support\ of|towards?|on\ track|in\ time
          |ready|prepar\w+|ahead|ambitions?|targets?|goals?|aims?|trajector\w+|pledge\w*|commitments?|required?|deadlines?
          |national(?:ly)?|government|NHS\ England|NHSE|(?:that|which|who)\ (?:is|are|will))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DONE_BY = Pattern(rf"(?<!be )(?<!been )(?<!fully )\b(?:\w+ed|{_IRREGULAR})\s+$")
_OF_A_THING = Pattern(
    r"\b(?:(?<!sure )(?<!ensure )(?<!ensuring )that|which|whose?|born|aged|due|expected|planned)(?:\s[^\s,]+){0,4}\s+$",
    re.IGNORECASE,
)
"""Before a time: what tells of a thing or of people, as in "the lease that ends by March 2031"."""
_WHOLE_YEAR = frozenset({Precision.FINANCIAL_YEAR, Precision.CALENDAR_YEAR})
_GOES_ON = Pattern(
    r"\s*(?:$|[.,;:)\]–—-]|(?:and|or|but|all|each|every|everybody|everyone|we|they|the|our|no|with|for|so|to|in|at|across|through|as|at)\b)",
    re.IGNORECASE,
)


class Deadline(NamedTuple):
    """A time named in a text for what it promises: its wording, and the first and the last day that it can be kept on.

    Of a deadline, with `is_last`, these are the first and the last day that can be its last day. `is_work` says that
    the words are those of work, and not of a goal. Its wording begins at letter `begin` of the text.
    """

    wording: str
    first: dt.date
    last: dt.date
    precision: Precision
    is_last: bool = True
    is_work: bool = False
    begin: int = 0


def deadlines_in(subject: Subject, leaf: Leaf) -> tuple[Deadline, ...]:
    """The times that a text of a promise names for it, sentence by sentence; none of sentences about other times too.

    The time that it opens with counts as one: "In 2027/28 we will ...".
    """
    if not _YEAR.search(leaf.plain):
        return ()
    opening = _opening(subject, leaf) if _OPENS.match(leaf.plain) else ()
    named = _deadlines(subject, leaf) if _NAMED.search(leaf.plain) else ()
    last = _last(subject, leaf) if _MAY_BE_LAST.search(leaf.plain) else ()
    return (*opening, *named, *last)


def _opening(subject: Subject, leaf: Leaf) -> Iterator[Deadline]:
    """The time in which a text says at its beginning that something will be done."""
    _, sentence = next(_sentences(leaf.plain))
    kinds = (TimeKind.DATE, TimeKind.BAND, TimeKind.FROM)
    found = None if _ABOUT_OTHER_TIMES.search(sentence) else _longest(sentence, *kinds)
    rest = sentence[len(found[1]) :] if found else ""
    does = _DOES_THEN.match(rest)
    if found is not None and (does or _WE_WILL.match(rest) or _comes_about(leaf, rest.lstrip(", "))):
        time = subject.resolved(found[0], leaf.item)
        if time.start:
            last = time.end or dt.date.max
            yield Deadline(found[1], time.start, last, time.precision, is_last=False, is_work=does is not None)


def _last(subject: Subject, leaf: Leaf) -> Iterator[Deadline]:
    """The times at the end of sentences that say only what is done or comes about: "Open a clinic in May 2028"."""
    for begin, sentence in _sentences(leaf.plain):
        aside = _TIME_ASIDE.match(sentence)
        at = aside or _TIME_AT_LAST.match(sentence)
        if at is None:
            continue
        said, last_words = sentence[: at.start("time")], at["time"]
        is_work = _puts_there(said) if aside else _is_work(leaf, said)
        is_own = is_work or (not aside and _is_other_work(leaf, sentence, said))
        if not is_own or _YEAR.search(said) or _ABOUT_OTHER_TIMES.search(sentence):
            continue
        found = _longest(last_words, TimeKind.DATE, TimeKind.FROM)
        time = subject.resolved(found[0], leaf.item) if found else None
        if found and time and time.start and (is_work or not _changes(said) or _is_after_the_plan(subject, time)):
            last, place = time.end or dt.date.max, begin + at.start("time")
            yield Deadline(found[1], time.start, last, time.precision, is_last=False, is_work=is_work, begin=place)


def _is_other_work(leaf: Leaf, sentence: str, said: str) -> bool:
    """Whether words at the beginning of a text say what comes about, or what is counted or changed."""
    is_first = leaf.plain.startswith(sentence)
    is_all = leaf.plain.rstrip(" .!?;") == sentence
    return is_first and (_comes_about(leaf, said) or _changes(said) or (is_all and _opens(said)))


def _is_after_the_plan(subject: Subject, time: Time) -> bool:
    end = subject.period.end if subject.period else None
    return end is not None and time.start is not None and time.start > end


def _is_work(leaf: Leaf, said: str) -> bool:
    """Whether words say only what is opened, hired or built, and where; what is given to whom; what has been done."""
    return _does(said) or (isinstance(leaf.item.part, Milestone) and _is_done(said))


def _puts_there(said: str) -> bool:
    """Whether words say only which one thing is opened, hired or built, and where."""
    does = _PUTS_THERE.fullmatch(said.rstrip(" ("))
    return does is not None and _names_one_thing(does["what"])


def _changes(said: str) -> bool:
    """Whether words say only which number is changed, or which thing is looked at."""
    does = _CHANGES.fullmatch(said)
    return does is not None and _names_one_thing(does["what"].replace(" to ", " "))


def _opens(said: str) -> bool:
    """Whether words say only which one thing opens: "A shop in Bude opens"."""
    opens = _ONE_OPENS.fullmatch(said)
    return opens is not None and _names_one_thing(opens["who"])


def _does(said: str) -> bool:
    """Whether words say only what is opened, hired or built, and where; or what is given to whom, or paid for."""
    does = _DOES.match(said)
    if does is None:
        return False
    given = does["gives"]
    joiner = f" {'for' if given.casefold() == 'pay' else 'to'} " if given else "\n"
    parts = list(filter(None, f" {said[does.end() :]}".split(joiner)))
    return 0 < len(parts) <= _THING_AND_WHOM and all(map(_names_one_thing, parts))


_THING_AND_WHOM = 2


def _is_done(said: str) -> bool:
    done = _DONE.fullmatch(said)
    return done is not None and _names_one_thing(done[1])


def _comes_about(leaf: Leaf, said: str) -> bool:
    """Whether words of a milestone say no more than who does or reaches what: "Six halls host classes"."""
    if not isinstance(leaf.item.part, Milestone):
        return False
    words = f"{_IN_NUMBER.sub('', said).strip()} "
    found = _MANY_DO.fullmatch(words) or _ONE_DOES.fullmatch(words) or _FIRST_OR_LAST.fullmatch(words)
    return found is not None and all(map(_names_one_thing, filter(None, found.groupdict().values())))


def _names_one_thing(words: str) -> bool:
    return _ONE_THING_IN.fullmatch(f"{words.strip()} in") is not None


def _deadlines(subject: Subject, leaf: Leaf) -> Iterator[Deadline]:
    for begin, sentence in _sentences(leaf.plain):
        if _ABOUT_OTHER_TIMES.search(sentence):
            continue
        for match in _NAMED.finditer(sentence):
            named = _longest(sentence[match.start() :], TimeKind.BY)
            if named is None:
                continue
            time, wording = named
            rest = sentence[match.start() + len(wording) :]
            if _is_of_something_else(leaf, sentence[: match.start()], time, rest):
                continue
            said = sentence[: match.start()].strip()
            is_work = _puts_there(said or rest)
            deadline = _dated(subject, leaf, time, wording, begin + match.start())
            if deadline is not None:
                yield deadline._replace(is_work=is_work)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the letter at which it begins."""
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _longest(text: str, *kinds: TimeKind) -> tuple[Time, str] | None:
    """The longest beginning of a text that is a time of one of these kinds, and its wording."""
    words = text.split(" ")
    for size in range(min(_LONGEST, len(words)), 1, -1):
        wording = " ".join(words[:size]).rstrip(",:)]”\"'")
        time = time_or_none(_BEFORE.sub("by", wording))
        if time is not None and time.kind in kinds:
            return time, wording
    return None


def _is_of_something_else(leaf: Leaf, before: str, time: Time, rest: str) -> bool:
    """Whether a time after "by" says when, or by which money, something else was done."""
    if time.precision in _WHOLE_YEAR and not _GOES_ON.match(rest):
        return True
    if _OF_A_THING.search(before):
        return True
    is_told = _DONE_BY.search(before) is not None
    return is_told and not (isinstance(leaf.item.part, Milestone) and not rest.strip(" .,"))


def _dated(subject: Subject, leaf: Leaf, time: Time, wording: str, begin: int) -> Deadline | None:
    resolved = subject.resolved(time, leaf.item)
    if resolved.end is None:
        return None
    first = first_day(resolved) or resolved.end
    if wording.casefold().startswith("before"):
        first -= dt.timedelta(days=1)
    return Deadline(wording, first, resolved.end, resolved.precision, begin=begin)


def first_day(time: Time) -> dt.date | None:
    """The first day of the month, season or year that a deadline names: it may be meant to be met in it."""
    return _first_day_named(time.published)


@lru_cache(maxsize=KEPT)
def _first_day_named(published: str) -> dt.date | None:
    named = time_or_none(_BY.sub("in ", published))
    return named.start if named else None


_FROM = Pattern(r"^(?:from|(?:beginning|starting)(?: (?:from|in|on))?)\s+|\s+onwards?$", re.IGNORECASE)


def days_of_start(published: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of the month, season or year that a beginning names: of "from May 2028", of May."""
    named = time_or_none(f"in {_FROM.sub('', published)}")
    return (named.start, named.end) if named and named.start and named.end else None


READY_WHEN_IT_BEGINS = frozenset({Precision.DAY, Precision.MONTH, Precision.SEASON})


def earliest_end(time: Time) -> dt.date | None:
    """The first day that can be the last one of a time: by April 2029 may mean before April, by 1 April the day before.

    So what is to be ready when the next financial year begins is work of the year before.
    """
    if time.end is None or time.kind is not TimeKind.BY or time.precision not in READY_WHEN_IT_BEGINS:
        return time.end
    return min(time.end, first_day(time) or time.end) - dt.timedelta(days=1)
