"""Finds what stands in a plan twice, and titles that differ from place to place."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from math import ceil
from typing import Final

from pcstrat.diagnostics import Path, Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.measures import Measure
from pcstrat.model.points import Action, Milestone, Outcome, Point
from pcstrat.model.times import Time, TimeKind, format_time
from pcstrat.model.vision import AlsoCalled, VisionElement
from pcstrat.naming import shorten
from pcstrat.patterns import Pattern
from pcstrat.rules._deadlines import IN_EVERY_YEAR, Deadline, deadlines_in, first_day
from pcstrat.rules._joined import Joined
from pcstrat.rules._rule import Hit, Related, rule
from pcstrat.rules._stems import WORD, stem, stems, with_usual_verb
from pcstrat.rules._titles_elsewhere import titles_given_otherwise
from pcstrat.rules.subject import Item, Leaf, Subject, kinds
from pcstrat.text import listed

_STAGE_WORDS = (
    "after before begin child complet continu design draft east end final finish first last north old pilot plan "
    "second south start third west year young"
)
STAGES = frozenset(_STAGE_WORDS.split(" "))
"""Words that make a text one of several steps, where another has the same words but for them."""
_NUMBER = Pattern(r"[0-9]+")
_NAMING_WORDS = (
    *("band", "cohort", "group", "grade", "lot", "level", "objective", "part", "phase", "priority", "quarter", "round"),
    *("schedule", "section", "stage", "step", "tier", "tranche", "wave", "year", "zone"),
)
_NAMING = Pattern(rf"\b(?:(?:{'|'.join(_NAMING_WORDS)})s? |q)\Z")
_LONGEST_NAMING = len(" objectives ")
_SHORTEST_NAMING = min(len(f"{word} ") for word in _NAMING_WORDS)
_ENDS_NAMING = frozenset(f"{word}{ending} "[-_SHORTEST_NAMING:] for word in _NAMING_WORDS for ending in ("", "s"))
"""The last letters of a text that ends with such a word: to look them up is quicker than to ask for each word."""
_YEAR = Pattern(r"\b20[0-9]{2}\b")
_IN_EVERY = ("annual", "month", "quarter", "year")
_EVERY = Pattern(r"\b(?:annual(?:ly)?|monthly|quarterly|yearly|(?:each|every) (?:month|quarter|year))\b")
_FEWEST = 4
_ALIKE = 0.85
_MOST_BESIDE = 40
_TITLED = (Objective, Strand)
_SORTS = ((Action,), (Outcome,), (Measure,), _TITLED)
_SORT_OF = {kind: number for number, sort in enumerate(_SORTS) for kind in kinds(*sort)}


class _Text:
    """One text that may stand twice.

    Attributes:
        named: The one time that it names for itself, if any: what stands in `when` elsewhere.
        bare: Its words without that time.
        words: Of these, those that carry meaning, without their endings; of verbs that mean the same, the first.
        numbers: Of its words, the numbers that say how many: years, and the numbers of phases, are names.
    """

    __slots__ = ("bare", "item", "named", "numbers", "path", "text", "words")

    def __init__(self, item: Item, path: Path, text: str, named: Deadline | None = None) -> None:
        self.item: Final = item
        self.path: Final = path
        self.text: Final = text
        bare = text.replace(named.wording, " ", 1).strip() if named else text
        words = stems(with_usual_verb(bare))
        is_enough = named is not None and len(words) >= _FEWEST
        self.named: Final = named if is_enough else None
        self.bare: Final = bare if is_enough else text
        self.words: Final = words if is_enough or not named else stems(with_usual_verb(text))
        self.numbers: Final = _numbers(text, self.words)

    @property
    def telling(self) -> frozenset[str]:
        """Of its words, those that make two texts differ for certain: numbers and names."""
        found = (match[0] for match in WORD.finditer(self.text) if match.start() > 0)
        return frozenset(stem(word) for word in found if word[0].isdigit() or word[0].isupper())


def _numbers(text: str, words: frozenset[str]) -> frozenset[str]:
    numbers = frozenset(filter(str.isdigit, words))
    return numbers.difference(_names(text)) if numbers else numbers


def _names(text: str) -> Iterator[str]:
    """The numbers in a text that are years, or stand behind what they are a name of: Phase 2, Q3."""
    for number in _NUMBER.finditer(text):
        start = number.start()
        ending = text[max(0, start - _SHORTEST_NAMING) : start].casefold()[-_SHORTEST_NAMING:]
        may_be_phase = ending in _ENDS_NAMING or ending.endswith("q")
        before = text[max(0, start - _LONGEST_NAMING) : start].casefold() if may_be_phase else ""
        is_phase = may_be_phase and _NAMING.search(before) is not None
        if is_phase or (number[0].startswith("20") and _YEAR.match(text, start)):
            yield number[0]


@rule(
    "O08",
    "said-twice",
    title="The same thing is promised in two places",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""What stands twice is counted twice, and changed in one place only. In two years of a timeline it leaves open
    when it will be done.""",
    remedy="Keep it where it belongs and point to it with `see`, or say what is different the second time.",
    before="""
actions:
  - Open a clinic in the old library.
  - We will open a clinic in the old library.
""",
    after="""
actions:
  - Open a clinic in the old library.
  - Open a clinic in the town hall.
""",
)
def said_twice(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones, outcomes, measures and titles whose words are nearly all those of an earlier one."""
    for items in _living_by_sort(subject):
        texts = tuple(_texts(subject, items))
        long = [text for text in texts if len(text.words) >= _FEWEST]
        for text, earlier in (*_pairs(long), *_same_short(subject, texts)):
            if _belong_together(text.item, earlier.item) or not _may_contradict(subject, text, earlier):
                continue
            if not _may_be_named_alike(subject, text, earlier):
                continue
            message = f"“{shorten(text.text)}” is {_how_alike(text, earlier)} “{shorten(earlier.text)}”"
            conflict = _conflict(subject, text, earlier)
            message = f"{message}, but {conflict}." if conflict else f"{message}."
            yield Hit(path=text.path, message=message, related=(Related(earlier.path, "It stands here first."),))


def _living_by_sort(subject: Subject) -> Iterable[list[Item]]:
    """What is compared with each other and has not been given up, in the order of the plan."""
    found: dict[int, list[Item]] = {number: [] for number in range(len(_SORTS))}
    for item in subject.items:
        number = _SORT_OF.get(type(item.part))
        if number is not None and not item.is_retired:
            found[number].append(item)
    return found.values()


def _how_alike(one: _Text, other: _Text) -> str:
    is_same = stems(one.bare) - one.numbers == stems(other.bare) - other.numbers
    return "the same as" if is_same else "almost the same as"


def _may_contradict(subject: Subject, one: _Text, other: _Text) -> bool:
    """Whether two numbers for one thing are one too many: for one time, or undated under two objectives."""
    if one.numbers == other.numbers:
        return True
    here, there = (_time_of(subject, entry.item) for entry in (one, other))
    if here is None or there is None:
        return here is there and one.item.aim is not other.item.aim
    return days_meant(here) == days_meant(there)


def _may_be_named_alike(subject: Subject, one: _Text, other: _Text) -> bool:
    """Whether the times that texts name can be one, or that of a text and the time stated for the other item."""
    if one.named is None and other.named is None:
        return True
    here, there = (_days_of(subject, text) for text in (one, other))
    return here is None or there is None or (here[0] <= there[1] and there[0] <= here[1])


def _days_of(subject: Subject, text: _Text) -> tuple[dt.date, dt.date] | None:
    if text.named is not None:
        return text.named.first, text.named.last
    time = _time_of(subject, text.item)
    return days_meant(time) if time else None


def _conflict(subject: Subject, text: _Text, earlier: _Text) -> str:
    """What two texts that are alike say differently, in words: their times, else their numbers."""
    here, there = (_time_of(subject, entry.item) for entry in (text, earlier))
    if here is not None and there is not None and not _may_be_one(here, there):
        return f"it is for another time: {format_time(here)} here, {format_time(there)} there"
    numbers = (text.numbers - earlier.numbers, earlier.numbers - text.numbers)
    return f"says {listed(sorted(numbers[0]))} instead of {listed(sorted(numbers[1]))}" if all(numbers) else ""


def _time_of(subject: Subject, item: Item) -> Time | None:
    """The time of an item, with dates; its own, else its band's."""
    placed = subject.milestone_at.get(item)
    time = subject.time_of(placed) if placed is not None else item.get("when") or item.get("by")
    time = subject.resolved(time, item) if isinstance(time, Time) else None
    return time if time is not None and time.is_dated else None


def _may_be_one(one: Time, other: Time) -> bool:
    """Whether two times can be the same: deadlines if both end in one month, season or year, others if they touch."""
    first, second = (days_meant(time) for time in (one, other))
    return first[0] <= second[1] and second[0] <= first[1]


def days_meant(time: Time) -> tuple[dt.date, dt.date]:
    """The first and the last day that a time can mean; of a deadline, those of the month or year that it names."""
    start = first_day(time) if time.kind is TimeKind.BY else time.start
    return start or dt.date.min, time.end or dt.date.max


def _belong_together(one: Item, other: Item) -> bool:
    """Whether two items may well be alike: one points to the other, or is its date, a milestone beside an action.

    Measures of two objectives that start from different values are of different places or people.
    """
    for first, second in ((one, other), (other, one)):
        own = second.get("id")
        if own and own in (*(first.get("see") or ()), *(first.get("depends_on") or ())):
            return True
    is_beside = one.aim is other.aim
    if not is_beside and _start_apart(one, other):
        return True
    return is_beside and isinstance(one.part, Milestone) is not isinstance(other.part, Milestone)


def _start_apart(one: Item, other: Item) -> bool:
    """Whether two measures start from different values."""
    starts = [item.part.baseline for item in (one, other) if isinstance(item.part, Measure)]
    return len({start.value.published for start in starts if start}) > 1


def _texts(subject: Subject, items: Sequence[Item]) -> Iterator[_Text]:
    titled, with_points = kinds(*_TITLED), kinds(Point)
    repeated = _repeated(items)
    for item in items:
        if item in repeated:
            continue
        kind = type(item.part)
        field = "text" if item.get("text") and kind not in titled else "title"
        below = item.get("points") if kind in with_points else None
        points = [point.text or point.title or "" for point in below or ()]
        text, path = " ".join((item.get(field) or "", *points)).strip(), (*item.path, field)
        yield _Text(item, path, text, None if points else _named(subject, item, path, text))


def _named(subject: Subject, item: Item, path: Path, text: str) -> Deadline | None:
    """The time that an action or milestone names for itself, if it names one."""
    if not isinstance(item.part, Action) or not any(sign in text.casefold() for sign in IN_EVERY_YEAR):
        return None
    named = deadlines_in(subject, Leaf(path, text, str(path[-1]), item, prose=True))
    return named[0] if len(named) == 1 else None


def _repeated(items: Sequence[Item]) -> set[Item]:
    """The items that are done again and again, by a field or by their text."""
    said = Joined(items, _said)
    by_text = {item for item in said.naming(*_IN_EVERY) if _EVERY.search(_said(item))}
    return by_text.union(item for item in items if item.get("repeats"))


def is_repeated(said: str) -> bool:
    """Whether a text in small letters says that it is done again and again: every year, monthly."""
    return any(words in said for words in _IN_EVERY) and _EVERY.search(said) is not None


def _said(item: Item) -> str:
    return (item.get("text") or "").casefold()


def _same_short(subject: Subject, texts: Iterable[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Each text of few words with the first earlier one of the very same wording, where that can only be one thing."""
    known: dict[tuple[str, Path], _Text] = {}
    for text in texts:
        if not text.words or len(text.words) >= _FEWEST:
            continue
        wording = " ".join(WORD.findall(plain(text.text))).casefold()
        first = known.setdefault((wording, _within(text)), text)
        is_step = not isinstance(text.item.part, _TITLED)
        if first is not text and not (is_step and _conflict(subject, text, first)):
            yield text, first


def _within(text: _Text) -> Path:
    """What a short text has to be one of its kind in: titles beside each other, "Open a door." in its own aim."""
    if isinstance(text.item.part, _TITLED):
        return text.item.path[:-2]
    around = text.item.aim_or_strand
    return around.path if around else ()


def _pairs(texts: Iterable[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Each text with the first earlier one that says the same. Compared are only texts that share a rare word."""
    texts = tuple(texts)
    known: dict[frozenset[str], _Text] = {}
    frequency = Counter(chain.from_iterable(text.words for text in texts))
    by_frequency = sorted((number, word) for word, number in frequency.items())
    rarity = {word: place for place, (_, word) in enumerate(by_frequency)}
    by_word: defaultdict[str, list[_Text]] = defaultdict(list)
    by_other_words: dict[frozenset[str], _Text] = {}
    for text in texts:
        first = known.setdefault(text.words, text)
        if first is not text:
            yield text, first
            continue
        rare = sorted(text.words, key=rarity.__getitem__)
        rare = rare[: len(rare) - ceil(_ALIKE * len(rare)) + 1]
        sizes = _sizes_alike(len(text.words))
        beside = dict.fromkeys(other for word in rare for other in by_word[word][:_MOST_BESIDE])
        earlier = next((other for other in beside if len(other.words) in sizes and _are_alike(text, other)), None)
        if text.numbers:
            same = by_other_words.setdefault(text.words - text.numbers, text)
            earlier = earlier or (same if _differ_in_a_number(text, same) else None)
        if earlier is not None:
            yield text, earlier
        for word in rare:
            by_word[word].append(text)


@cache
def _sizes_alike(size: int) -> frozenset[int]:
    """How many words a text may have that is nearly, but not wholly, the same as one of so many words."""
    most_shared = {other: size - 1 if size == other else min(size, other) for other in range(1, 2 * size)}
    return frozenset(other for other, shared in most_shared.items() if shared >= _ALIKE * (size + other - shared))


def _are_alike(one: _Text, other: _Text) -> bool:
    shared = len(one.words & other.words)
    if shared < _ALIKE * (len(one.words) + len(other.words) - shared):
        return False
    different = one.words ^ other.words
    return not different & (STAGES | one.telling | other.telling) and not any(word[0].isdigit() for word in different)


def _differ_in_a_number(one: _Text, other: _Text) -> bool:
    """Whether one text says 40 where the other says 60, both in digits, and neither says more."""
    mine, others = one.numbers - other.numbers, other.numbers - one.numbers
    in_digits = all(number in one.text for number in mine) and all(number in other.text for number in others)
    return len(one.words) >= _FEWEST + 1 and len(mine) == len(others) == 1 and in_digits


@rule(
    "O11",
    "title-differs",
    title="The same thing has different titles in different places",
    severity=Severity.WARNING,
    why="""Readers who meet a second title look for a second objective. Counts, owners and progress are then compared
    across two things that are one.""",
    remedy="Use one title everywhere, then delete the others from `also_called`.",
    before="""
ambitions:
  - id: clinics
    title: Clinics in every town
    also_called: [{title: Bringing care closer, where: Foreword}]
""",
    after="""
ambitions:
  - id: clinics
    title: Clinics in every town
    also_called: [{title: Clinics, where: Foreword}]
""",
)
def title_differs(subject: Subject) -> Iterator[Hit]:
    """Items with another title that says more than a part of theirs, declared or in a list that names them."""
    for item in subject.of(Objective, Strand, VisionElement):
        others = item.get("also_called") or ()
        title = item.get("title") or ""
        differing = [entry for entry in others if not _is_form_of(entry.title, title)]
        if differing and not item.is_retired:
            message = f"“{shorten(title)}” is also called {listed([_shown(entry) for entry in differing])}."
            index = others.index(differing[0])
            yield Hit(path=(*item.path, "also_called", index), message=message)
    yield from titles_given_otherwise(subject, stems)


_HEADING = Pattern(r"\b(?:key )?(?:areas?|priorit(?:y|ies)) of focus\b.*|\b(?:continued|our|key)\b", re.IGNORECASE)


def _shown(entry: AlsoCalled) -> str:
    return f"“{shorten(entry.title)}”"


def _is_form_of(other: str, title: str) -> bool:
    """Whether a title is another in full or short form: all words of one stand in the other."""
    first, second = ({word[:6] for word in stems(_HEADING.sub("", text))} for text in (other, title))
    return first <= second or second <= first


RULES = (said_twice, title_differs)
