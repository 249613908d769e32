"""Rules look for plain words before they use a pattern: no text that the pattern matches may be left out by that."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcstrat import placeholders
from pcstrat.patterns import Pattern
from pcstrat.rules import (
    _counts_of_figures,
    _deadlines,
    _owners,
    _promises,
    _told,
    _units,
    drafting,
    funding,
    measure,
    measure_text,
    measure_values,
    objective_alike,
    objective_words,
    plain_english,
    structure_sources,
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
