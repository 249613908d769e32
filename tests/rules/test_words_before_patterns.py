"""Rules look for plain words before they use a pattern: no text that the pattern matches may be left out by that.

Each look is held to its pattern twice: by a text for each alternative of the pattern, and by texts drawn at random.
"""

import importlib
import pkgutil
import re
from collections.abc import Collection, Iterator

import pytest
from alternatives import alternatives
from hypothesis import given, settings
from hypothesis import strategies as st

import pcstrat.rules
from pcstrat import hedges, placeholders
from pcstrat.patterns import Pattern
from pcstrat.rules import (
    _counts_in_text,
    _counts_of_figures,
    _deadlines,
    _owners,
    _promises,
    _told,
    _units,
    acronyms,
    drafting,
    funding,
    funding_twice,
    funding_years,
    measure,
    measure_text,
    measure_values,
    objective_alike,
    objective_hedges,
    objective_words,
    plain_english,
    structure_sources,
    structure_text,
    time_words,
)

BEGINNINGS = {
    "a lead-in": (_promises._LEAD_IN, _promises._BEGINS_LEAD_IN),
    "a search": (objective_words._SEARCHES, objective_words._BEGINS_SEARCH),
    "a vague verb": (objective_words._VAGUE, objective_words._BEGINS_VAGUE),
    "what was done": (objective_words._HAVE_DONE, objective_words._BEGINS_DONE),
    "what will be done": (measure._DOES, measure._BEGINS_DOING),
    "a length of time": (_units._TIME, _units._BEGINS_TIME),
    "a share": (_units._SHARE, _units._BEGINS_SHARE),
    "money": (_units._MONEY, _units._BEGINS_MONEY),
}
SIGNS = {
    "a total": (funding._TOTAL, ("total",)),
    "what has been done": (objective_words._IS_DONE, (" been ",)),
    "a placeholder": (placeholders._PLACEHOLDER, placeholders._SIGNS),
    "how often somebody met": (measure._TIMES_HELD, measure._MAY_BE_HELD),
    "a time that opens a text": (_deadlines._OPENS, _deadlines.IN_EVERY_YEAR),
    "a named time": (_deadlines._NAMED, _deadlines.IN_EVERY_YEAR),
    "what values are counted by": (_units._PER, (*_units._IN_TIME, "/", "per ", " h")),
    "an amount": (measure_values._AMOUNT, measure_values._MAY_BE_AMOUNT),
    "a change": (measure_values._CHANGE, measure_values._IN_CHANGE),
    "a change that opens a text": (measure_values._CHANGE_FIRST, measure_values._IN_CHANGE),
    "what is for a national body": (objective_words._NATIONAL_SUBJECT, objective_words._NATIONAL_WORDS),
    "what waits for a national body": (objective_words._NATIONAL_NEED, objective_words._NATIONAL_WORDS),
    "a share in prose": (structure_sources._SHARE, structure_sources._MAY_BE_SHARE),
    "a fraction in prose": (structure_sources._FRACTION, structure_sources._MAY_BE_FRACTION),
    "what joins two posts": (_owners._JOINER, _owners._IN_JOINER),
    "what is added or taken away": (_units._CHANGE, _units._IN_CHANGE),
    "a place kept open": (drafting._KEPT_OPEN, drafting._SIGNS),
    "what is done once": (time_words._DONE_ONCE, time_words._MAY_BE_DONE_ONCE),
    "repetition": (objective_alike._EVERY, objective_alike._IN_EVERY),
    **{f"a number of {key}": (said, _counts_of_figures.IN_NOUNS) for key, said in _counts_of_figures._OF_ALL.items()},
    **{
        f"the term {term.better}": (plain_english._whole(term.pattern), term.signs)
        for term in (*plain_english._JARGON, *plain_english._TO_AVOID)
    },
}
SIGNS_BY_ALTERNATIVE = {
    "money that there is": (funding_twice._EXISTING, funding_twice._MAY_BE_MONEY),
    "money that stands elsewhere": (funding_twice._STANDS_ELSEWHERE, funding_twice._MAY_STAND_ELSEWHERE),
    "money that is spent": (funding_years._WE_INVEST, funding_years._MAY_INVEST),
    "what depends on whether it suits": (objective_hedges._WEAK, hedges.LAST_WORDS_WEAK),
    "who looks after all": (_counts_in_text._AT_WORK, _counts_in_text._MAY_BE_AT_WORK),
    "a time without days": (_promises._UNDATED, _promises._MAY_BE_UNDATED),
    "an open time that opens a sentence": (_promises._BEGINS_OPEN, _promises._MAY_BE_UNDATED),
    "an open time that ends a sentence": (_promises._ENDS_OPEN, _promises._MAY_BE_UNDATED),
    **{
        f"a population in form {number}": (said, _counts_of_figures._MAY_BE_POPULATION)
        for number, said in enumerate(_counts_of_figures._POPULATION, start=1)
    },
}
"""Signs of patterns with letters beyond ASCII, or too large to draw texts of at random."""
IN_THE_PAST = {
    "what was done, without a subject": _told._BEGINS_DONE,
    "what somebody did": _told._TOLD,
    "what was done": _told._WAS_DONE,
    "a time, and what was done then": _told._THEN,
}
LOOKS = {
    "a time that opens a text": (_deadlines._OPENS, _deadlines._YEAR),
    "a named time": (_deadlines._NAMED, _deadlines._YEAR),
    "a time at last": (_deadlines._TIME_AT_LAST, _deadlines._YEAR),
    "a year in two digits": (time_words._FORMS[time_words._SHORT_FORM], time_words._MAY_BE_SHORT),
}
LOOKS_IN_SMALL_LETTERS = {
    "a time at the end": (_deadlines._TIME_AT_LAST, _deadlines._MAY_BE_LAST),
    "a time in brackets": (_deadlines._TIME_ASIDE, _deadlines._MAY_BE_LAST),
    "a count of all": (_counts_in_text._OF_ALL, _counts_in_text._MAY_COUNT),
    "a count of all in the area": (_counts_in_text._OF_THE_AREA, _counts_in_text._MAY_COUNT),
    "a count of what is known": (_counts_in_text._OF_KNOWN, _counts_in_text._MAY_COUNT),
    "an abbreviation": (acronyms._ACRONYM, acronyms._MAY_BE_ACRONYM),
    "what mark-up left": (structure_text._LEFTOVER, structure_text._MAY_BE_LEFT),
    **{f"all {key}": (said, _counts_of_figures._MAY_BE_ALL) for key, said in _counts_of_figures._OF_ALL.items()},
    **{f"there are {key}": (said, _counts_of_figures._MAY_BE_THERE) for key, said in _counts_of_figures._THERE.items()},
    **{f"a year as {form}": (said, time_words._MAY_BE_YEAR) for form, said in time_words._FORMS.items()},
}
ENDS = {"what is cut off": (structure_text._CUT_OFF, structure_text._MAY_BE_CUT_OFF)}
OF_NO_PATTERN = ("_MAY_BE_MARKER", "_MAY_BE_TIME")
"""Looks before what is read by hand: signs of notes, and the words of a label that `times` may read."""
BESIDE_OTHERS = {
    "a length of time": {"hour", "hr", "minute", "second"},
    "a placeholder": {"no-one", "unassigned", "yet"},
    "a place kept open": {
        *("to be added", "to be completed", "to be confirmed", "to be inserted", "to follow"),
    },
    "a time without days": {"years"},
    "how often somebody met": {
        f"{word} {held}" for word in measure._FOR_STAFF_WORDS[1:] for held in ("courses", "sessions")
    },
    "the term people first, as in older people": {"disabled", "homeless", "mentally ill", "vulnerable"},
    "what depends on whether it suits": {
        *("allowing", "allows", "permit", "permits", "permitting"),
        *("enough money", "the money"),
    },
    "what values are counted by": {"hour", "hr"},
}
"""Words of which none stands alone in an alternative: another word of its list is in it, or beside it."""
WORDS = {
    **{name: (pattern, words, "match") for name, (pattern, words) in BEGINNINGS.items()},
    **{name: (pattern, words, "search") for name, (pattern, words) in (SIGNS | SIGNS_BY_ALTERNATIVE).items()},
    **{name: (pattern, words, "ends") for name, (pattern, words) in ENDS.items()},
}
_TEXT = st.characters(codec="ascii", exclude_characters="\n")


def _matches(pattern: Pattern, *, whole: bool = False) -> st.SearchStrategy[str]:
    compiled = re.compile(pattern._written, pattern._flags)
    return st.from_regex(compiled, alphabet=_TEXT, fullmatch=whole)


@pytest.mark.parametrize(("pattern", "beginnings"), BEGINNINGS.values(), ids=BEGINNINGS)
@settings(max_examples=100)
@given(data=st.data())
def test_what_a_pattern_matches_begins_with_one_of_its_words(
    data: st.DataObject, pattern: Pattern, beginnings: tuple[str, ...]
) -> None:
    found = pattern.match(data.draw(_matches(pattern, whole=True)))
    assert found is None or not found[0] or found[0].casefold().startswith(beginnings)


@pytest.mark.parametrize(("pattern", "signs"), SIGNS.values(), ids=SIGNS)
@settings(max_examples=20)
@given(data=st.data())
def test_where_a_pattern_matches_stands_one_of_its_words(
    data: st.DataObject, pattern: Pattern, signs: tuple[str, ...]
) -> None:
    text = data.draw(_matches(pattern))
    assert pattern.search(text) is None or any(sign in text.casefold() for sign in signs)


@pytest.mark.parametrize("form", [measure_text._FROM_TO, measure_text._REACHES, measure_text._REACHES_NUMBER])
@settings(max_examples=20)
@given(data=st.data())
def test_every_form_of_a_change_is_tried_where_it_stands(data: st.DataObject, form: Pattern) -> None:
    text = data.draw(_matches(form))
    assert form.search(text) is None or form in measure_text._forms_in(text)


@pytest.mark.parametrize("pattern", IN_THE_PAST.values(), ids=IN_THE_PAST)
@settings(max_examples=50)
@given(data=st.data())
def test_what_tells_of_the_past_has_a_year_or_a_sign_of_a_time_without_one(
    data: st.DataObject, pattern: Pattern
) -> None:
    text = data.draw(_matches(pattern))
    found = pattern.match(text)
    has_sign = any(sign in text.casefold() for sign in _told._RELATIVE_SIGNS)
    assert found is None or has_sign or _told._YEAR.search(text) is not None


@pytest.mark.parametrize(("pattern", "look"), LOOKS.values(), ids=LOOKS)
@settings(max_examples=50)
@given(data=st.data())
def test_where_a_pattern_matches_a_quicker_one_does_too(data: st.DataObject, pattern: Pattern, look: Pattern) -> None:
    text = data.draw(_matches(pattern))
    assert pattern.search(text) is None or look.search(text) is not None


def _is_looked_at(text: str, words: Collection[str], how: str) -> bool:
    if how == "match":
        return text.startswith(tuple(words))
    return text.endswith(tuple(words)) if how == "ends" else any(word in text for word in words)


def _texts_of(pattern: Pattern, how: str = "search") -> list[str]:
    """A text for each alternative of a pattern, as far as that matches it, in small letters."""
    match = pattern.match if how == "match" else pattern.search
    return [text.casefold() for text in alternatives(pattern) if (found := match(text)) and found[0]]


@pytest.mark.parametrize(("pattern", "words", "how"), WORDS.values(), ids=WORDS)
def test_each_alternative_of_a_pattern_has_one_of_the_words(pattern: Pattern, words: Collection[str], how: str) -> None:
    texts = _texts_of(pattern, how)
    assert texts
    assert [text for text in texts if not _is_looked_at(text, words, how)] == []


@pytest.mark.parametrize(
    ("pattern", "look"), (LOOKS | LOOKS_IN_SMALL_LETTERS).values(), ids=LOOKS | LOOKS_IN_SMALL_LETTERS
)
def test_each_alternative_of_a_pattern_is_found_by_the_quicker_one(pattern: Pattern, look: Pattern) -> None:
    texts = [text for text in alternatives(pattern) if pattern.search(text)]
    assert texts
    assert [text for text in texts if not (look.search(text) or look.search(text.casefold()))] == []


def test_each_word_is_looked_for_because_an_alternative_has_no_other() -> None:
    """So that no word can be lost unseen."""
    unneeded = {}
    by_words: dict[tuple[str, ...], list[str]] = {}
    for name, (_, words, _) in WORDS.items():
        by_words.setdefault(tuple(words), []).append(name)
    for words, names in by_words.items():
        texts = {(text, WORDS[name][2]) for name in names for text in _texts_of(WORDS[name][0], WORDS[name][2])}
        found = {word for word in words if all(_is_looked_at(text, set(words) - {word}, how) for text, how in texts)}
        if found:
            unneeded[names[0]] = found
    assert unneeded == BESIDE_OTHERS


def _looks() -> Iterator[tuple[str, object]]:
    for module in pkgutil.iter_modules(pcstrat.rules.__path__, "pcstrat.rules."):
        for name, value in vars(importlib.import_module(module.name)).items():
            is_look = re.match(r"_?(?:MAY_|BEGINS_|SIGNS$|IN_(?:CHANGE|JOINER|NOUNS|EVERY))", name)
            if is_look and not isinstance(value, str):
                yield name, value


def test_no_look_is_held_to_no_pattern() -> None:
    held_words = {word for _, words, _ in WORDS.values() for word in words}
    held_looks = {id(look) for _, look in (LOOKS | LOOKS_IN_SMALL_LETTERS).values()} | {
        id(pattern) for pattern, *_ in WORDS.values()
    }
    held_looks |= {id(pattern) for pattern in IN_THE_PAST.values()}
    left = [
        name
        for name, value in _looks()
        if name not in OF_NO_PATTERN
        and not (id(value) in held_looks if isinstance(value, Pattern) else set(value) <= held_words)  # type: ignore[call-overload]
    ]
    assert left == []
