"""Turns a text into the stems of its words that carry meaning, so that texts can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from pcstrat.light_markdown import plain
from pcstrat.numerals import NUMBER_WORDS
from pcstrat.patterns import Pattern

WORD = Pattern(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL_WORDS = (
    "a all also an and are as at be been by each every for from has have in into is it its of on or our so that the "
    "their them these they this those to we which who will with would"
)
_SMALL = frozenset(_SMALL_WORDS.split(" "))
_PLURAL = Pattern(r"(?<=[a-z]{3})(?<!s)s$")
_ENDINGS = Pattern(r"(?<=[a-z]{3})(?:ations?|ing|ies|ie|ed|es|s|e|y)$")
_WORDS_KEPT = 16_384
_IN_DIGITS = {word: str(number) for word, number in NUMBER_WORDS.items() if number > 1}
_SAME_VERBS = (
    ("begin", "start", "launch", "commence"),
    ("build", "construct"),
    ("buy", "purchase"),
    ("create", "establish", "set up"),
    ("cut", "decrease", "lower", "reduce"),
    ("enhance", "improve"),
    ("ensure", "make sure"),
    ("expand", "extend", "widen"),
    ("fix", "mend", "repair"),
    ("give", "provide", "supply"),
    ("help", "assist", "support"),
    ("hire", "employ", "recruit"),
    ("increase", "raise"),
    ("issue", "publish"),
    ("teach", "train"),
)
"""Verbs of one meaning: who exchanges them promises nothing else. "Draft" and "agree" are two steps."""
_USUAL_VERB = {verb: verbs[0] for verbs in _SAME_VERBS for verb in verbs}
_VERB = Pattern(
    rf"((?:(?:we|the (?:board|icb|partners?|team)) (?:will|shall) )?)({'|'.join(_USUAL_VERB)})\b", re.IGNORECASE
)


def stems(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, without their endings."""
    return frozenset(filter(None, map(_meaning, WORD.findall(plain(text)))))


@lru_cache(maxsize=_WORDS_KEPT)
def _meaning(word: str) -> str:
    """The stem of a word that carries meaning, else nothing; of a number in words, its digits. "One" is no number."""
    folded = word.casefold()
    return "" if folded in _SMALL else _IN_DIGITS.get(folded) or stem(word)


def stem(word: str) -> str:
    """A word in small letters without its ending: "bell" of "bells", "open" of "opening"."""
    bare = word.casefold().replace("’", "'").removesuffix("'s")
    return _ENDINGS.sub("", _PLURAL.sub("", bare))


def with_usual_verb(text: str) -> str:
    """A text with the first of the verbs that mean what the verb at its beginning means."""
    verb = _VERB.match(text)
    return f"{verb[1]}{_USUAL_VERB[verb[2].casefold()]}{text[verb.end() :]}" if verb else text
