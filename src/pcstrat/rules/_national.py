"""Turns the registry's dated facts into what rules compare with a plan: when each held, and what the plan knew."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pcstrat.diagnostics import Path
from pcstrat.model.delivery import CaseStudy
from pcstrat.model.document import Term
from pcstrat.model.evidence import Source, Statistic
from pcstrat.model.points import Achievement
from pcstrat.model.times import Time, format_time
from pcstrat.model.vision import Alignment, VisionElement
from pcstrat.model.vocabulary import Progress
from pcstrat.patterns import Pattern
from pcstrat.registry import Event, Registry
from pcstrat.registry.timing import bounded_time
from pcstrat.rules._rule import Related
from pcstrat.rules.subject import Item, Leaf, Role, Subject, Timed, once
from pcstrat.text import listed

_OF_THE_PAST = (Source, Alignment, Statistic, Achievement, CaseStudy, Term)
"""Parts that may well name what no longer exists: documents, numbers and events of the past, and the glossary."""
_SENTENCE_END = Pattern(r"[.!?;](?=\s|$)")
_YEAR = Pattern(r"\b20[0-9]{2}\b")
_PAST = (
    r"(?:was|were|had|did|used to|until|no longer|became|began|built|came|gave|led|left|made|paid|ran|said|saw|set|told"
    r"|wrote|\w{2,}(?<!ne)(?<!ee)ed)"
)
_WAS_THERE = Pattern(
    rf"(?:['’]s)?(?: \([^()]*\))?(?:,? as (?:it|they) (?:then )?(?:was|were)\b| {_PAST}\b"
    rf"|,? (?:which|who|and [\w-]+(?: [\w-]+){{0,3}}?) {_PAST}\b"
    r"| (?:and (?:[\w-]+ ){1,4}?)?(?:has|have|is|are) (?:been |since )?"
    r"(?:abolished|closed|disbanded|dissolved|ended|gone|merged|no more|renamed|replaced)\b)",
    re.IGNORECASE,
)
_OF_OLD = Pattern(
    r"\b(?:formerly|previously|(?:inherited|took over|taken over) from|(?<!be )(?<!being )\w{2,}ed by|left by|made by"
    r"|replac(?:ed|es|ing)|succeed(?:ed|s)|superseded|since|(?:abolition|closure|days|end|legacy|time) of"
    r"|successors? (?:of|to)|(?:what|which) (?:was|were)|old)(?: the| our)? \Z",
    re.IGNORECASE,
)
"""Behind and before a name, in its sentence: that it tells of the days when there was something of this name."""
_STILL_DOES = Pattern(
    r"(?:\b(?:is|are|be|being|gets?)|['’](?:re|s))(?: (?:all|also|both|not|now|only|still|then|\w+ly))* \w{2,}ed by"
    r"(?: the| our)? \Z",
    re.IGNORECASE,
)
"""Before a name: that it does something in the plan's own time, "places are funded by"."""
_OF_ITS_KIND = Pattern(
    r"[ -](?:accredited|approved|backed|based|certified|commissioned|endorsed|funded|hosted|led|licensed|managed|owned"
    r"|provided|recognised|registered|sponsored|supplied|validated)"
    r" (?!(?:all|an?|any|as|at|both|by|each|every|for|from|here|his|in|it|its|many|more|most|no|off|on|one|our|out|over"
    r"|some|that|the|their|them|there|these|this|those|to|two|until|up|us|with)\b)[a-z]",
    re.IGNORECASE,
)
_BEFORE_A_KIND = Pattern(
    r"\b(?:all|an?|any|at|book|buy|for|in|join|of|offer|on|only|through|to|use|with|[0-9]+)(?: the| our)? \Z",
    re.IGNORECASE,
)
"""Behind and before a name: that it tells things of one kind from others, "on NHS approved courses"."""
_ASKED = Pattern(
    r"\b(?:agree \w+(?: \w+){0,3} with|apply to|ask|invite|rely on|talk to|tell|urge|work with|write to)"
    r"(?: the| our)? \Z",
    re.IGNORECASE,
)
"""Before a name: that something is wanted of it, whatever year that is of."""


def not_before(subject: Subject) -> dt.date | None:
    """The first day on which the plan can have been written: its date, else the newest fact it reports as past."""
    if subject.written_from is not None:
        return subject.written_from
    reported = (timed.time.start for timed in subject.times if timed.time.start and _is_reported(timed.item))
    return max((day for day in reported if day <= subject.as_of), default=None)


def _is_reported(item: Item) -> bool:
    """Whether a time in an item is that of something done or published when the plan was written."""
    part = item.part
    return isinstance(part, Achievement | Source) or item.get("status") is Progress.DONE


def time_of(event: Event) -> Time | None:
    """When an event was: its day, or what its `when` says."""
    return bounded_time(event.date.isoformat() if event.date else event.when)


@once
def linked(subject: Subject) -> dict[str, list[Path]]:
    """Where each commitment is answered: by ambitions and objectives with all under them, or elements of the vision."""
    places: dict[str, list[Path]] = {}
    for item in subject.holding("commitments"):
        if (item.aim is not None or item.nearest(VisionElement) is not None) and not item.is_retired:
            for index, code in enumerate(item.get("commitments")):
                places.setdefault(code, []).append((*item.path, "commitments", index))
    return places


def planned_for(subject: Subject, codes: tuple[str, ...]) -> Iterator[Timed]:
    """The times of what is planned and itself answers one of some commitments."""
    return (timed for timed in _answering(subject) if not set(codes).isdisjoint(timed.item.get("commitments")))


@once
def _answering(subject: Subject) -> tuple[Timed, ...]:
    """The times of what is planned and itself answers a commitment."""
    return tuple(timed for timed in subject.times if timed.role is Role.PLANNED and timed.item.get("commitments"))


def also_at(paths: list[Path], words: str) -> tuple[Related, ...]:
    """All places but the first."""
    return tuple(Related(path, words) for path in paths[1:])


class Gone(NamedTuple):
    """A name that a plan uses and that nothing carries any longer, since a day: each text with the name as used."""

    uses: tuple[tuple[Leaf, re.Match[str]], ...]
    since: Time
    now: str
    is_verified: bool

    @property
    def name(self) -> str:
        """The name as it is used first."""
        return self.uses[0][1][0]

    @property
    def text_before(self) -> str:
        """What stands before it in its text."""
        return _before(self.uses[0][1])

    @property
    def path(self) -> Path:
        """Where it is used first."""
        return self.uses[0][0].path

    @property
    def related(self) -> tuple[Related, ...]:
        """Where else it is used."""
        return tuple(
            Related(leaf.path, "The name stands here too.", match[0], _before(match)) for leaf, match in self.uses[1:]
        )

    @property
    def message(self) -> str:
        """That it is gone, since when, and what stands for it."""
        return _is_gone(self.name, self.since, self.now)


def _is_gone(name: str, since: Time, now: str) -> str:
    stands = f" What stands for it now is {now}." if now else ""
    return f"“{name}” has not existed under this name since {format_time(since)}.{stands}"


@once
def gone_names(subject: Subject) -> tuple[Gone, ...]:
    """Names of abolished or renamed bodies and programmes, and of closed ICBs, in what the plan says of its time."""
    return tuple(_gone_names(subject))


def _gone_names(subject: Subject) -> Iterator[Gone]:
    every = subject.own_words.text
    for former in _former_names(subject.registry):
        if former.ods_code != subject.plan.icb and any(sign in every for sign in former.signs):
            found = tuple(_uses(subject, former))
            if found:
                yield Gone(found, former.since, former.now, former.is_verified)


class Former(NamedTuple):
    """The names of something that is gone, since when, what stands for it now, and whether that is verified.

    Attributes:
        signs: What stands, in lower case, in every text that has one of the names.
        ods_code: Of an ICB; otherwise nothing.
    """

    names: tuple[str, ...]
    signs: tuple[str, ...]
    since: Time
    now: str
    is_verified: bool
    ods_code: str = ""

    def message_on(self, name: str) -> str:
        """That one of its names is gone, since when, and what stands for it."""
        return _is_gone(name, self.since, self.now)


def former_name(registry: Registry, name: str) -> Former | None:
    """What is gone and had exactly this name."""
    return _by_name(registry).get(name)


@cache
def _by_name(registry: Registry) -> Mapping[str, Former]:
    return {name: former for former in _former_names(registry) for name in former.names}


def _signs(names: Iterable[str]) -> tuple[str, ...]:
    """Names in lower case, without those that hold another."""
    lower = {name.casefold() for name in names}
    return tuple(name for name in lower if not any(other in name for other in lower - {name}))


@cache
def _former_names(registry: Registry) -> tuple[Former, ...]:
    return tuple(_former_names_in(registry))


def _former_names_in(registry: Registry) -> Iterator[Former]:
    for event in registry.events.values():
        since = time_of(event) if event.names else None
        if since is not None:
            yield Former(event.names, _signs(event.names), since, event.now, bool(event.verified_on))
    for icb in registry.icbs.values():
        since = bounded_time((icb.closed + dt.timedelta(days=1)).isoformat()) if icb.closed else None
        if since is not None:
            names = (icb.name, f"{icb.short_name} ICB", f"{icb.short_name} Integrated Care Board")
            now = listed([f"{entry.short_name} ICB" for entry in registry.successors(icb.ods_code)])
            yield Former(names, _signs(names), since, now, bool(icb.verified_on), icb.ods_code)


def _uses(subject: Subject, former: Former) -> Iterator[tuple[Leaf, re.Match[str]]]:
    """The texts about the plan's own time that use a name of what is gone, and the first such use."""
    longest_first = sorted(former.names, key=len, reverse=True)
    pattern = Pattern("|".join(rf"(?<!\w)(?<!former ){_as_written(name)}(?!\w)" for name in longest_first))
    for leaf in subject.own_words.naming(*former.signs):
        found = (match for match in pattern.finditer(leaf.text) if not _is_history(match, former.since))
        match = next(found, None) if _is_about_now(leaf) else None
        if match is not None:
            yield leaf, match


def _is_history(match: re.Match[str], since: Time) -> bool:
    """Whether a sentence says that what it names was there once, or names a year in which it still was."""
    before = _SENTENCE_END.split(_before(match))[-1]
    after = _SENTENCE_END.split(match.string[match.end() :], maxsplit=1)[0]
    if _OF_OLD.search(before) and not _STILL_DOES.search(before):
        return True
    if _WAS_THERE.match(after) and not (_OF_ITS_KIND.match(after) and _BEFORE_A_KIND.search(before)):
        return True
    told = before if _ASKED.search(before) else before + after
    return since.start is not None and any(int(year) < since.start.year for year in _YEAR.findall(told))


def _before(match: re.Match[str]) -> str:
    return match.string[: match.start()]


def _is_about_now(leaf: Leaf) -> bool:
    around = leaf.item.nearest(*_OF_THE_PAST)
    action = leaf.item.action
    return around is None and (action is None or action.get("status") is not Progress.DONE)


def _as_written(name: str) -> str:
    """A pattern of a name: upper and lower case alike for words, but not for abbreviations."""
    return re.escape(name) if name.isupper() or name[:-1].isupper() else f"(?i:{re.escape(name)})"
