"""Turns an abbreviation and the words beside it into those among them that it stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pcstrat.patterns import Pattern

_MOST_WORDS = 9
_WORD = Pattern(r"[\w'’&]+")
_PART_END = Pattern(r"[.;:()]")
_SMALL_WORDS = frozenset(("a", "an", "our", "the"))
_LEFT_OUT = _SMALL_WORDS | {"and", "at", "by", "for", "from", "in", "of", "on", "or", "to", "with"}
"""Words that most abbreviations leave out."""
_SENTENCE_END = Pattern(r"(?<!i\.e)(?<!e\.g)[.!?] ")
_NEAR = 160
_WORDS_BETWEEN = 4
"""How many may stand between: "RSV vaccine (respiratory syncytial virus)", "in short known as SDEC"."""
_IS_JOINED = Pattern(
    r"[(\[)\],:“”‘\"–—]|\s-\s|\b(?:abbreviated|called|hereafter|(?:is|are) (?:an?|our|the)|known|mean\w*|namely|or"
    r"|short|stands?)\b",
    re.IGNORECASE,
)
"""What tells, between an abbreviation and words near it, that the words are not there by chance."""
_FEWEST_LETTERS = 3
"""How many letters must fit where the last has no word: "electronic eyecare referral (EeRS)" leaves out "system"."""
_JOINS_BEFORE = (
    *(" (", " (the ", " (or ", " (known as ", " (“", " (‘", ' ("', " ('"),
    *(", or ", " or the ", " known as ", " known as the ", " called ", " called the ", " short ", " – ", " — ", " - "),
)
"""What stands between words and the abbreviation of them: "Pharmacy Quality Scheme, or PQS"."""
_JOINS_AFTER = Pattern(
    r"[”’\"']?(?: \(| (?:stands|is short) for | means |, (?:or|short for|which (?:stands for|means)) "
    r"| [–—-] |, (?=the |our ))(?:(?:i\.e\.|meaning|namely|that is|which is),? )?"
)
"""What stands between an abbreviation and its words: "PNA (pharmaceutical needs assessment)"."""


def bare(acronym: str) -> str:
    """One form for GP and GPs."""
    return acronym[:-1] if acronym.endswith("s") and acronym[-2:-1].isupper() else acronym


def words_before(before: str, acronym: str) -> str:
    """The words at the end of a text that an abbreviation stands for: as few as fit its letters; empty if none do."""
    words = _WORD.findall(_PART_END.split(before)[-1])[-_MOST_WORDS:]
    tails = [words[-length:] for length in range(1, len(words) + 1)]
    return _first_fitting(tails, acronym)


def words_joined_before(before: str, acronym: str) -> str:
    """The same where something joins the words to the abbreviation: a bracket, "or", "known as", a dash."""
    join = next((join for join in _JOINS_BEFORE if before.endswith(join)), None)
    return words_before(before[: -len(join)], acronym) if join else ""


def words_joined_after(text: str, end: int, acronym: str) -> str:
    """The words that follow an abbreviation, which ends at a place of a text, and that it stands for."""
    join = _JOINS_AFTER.match(text, end)
    if join is None:
        return ""
    words = _WORD.findall(_PART_END.split(text[join.end() :], maxsplit=1)[0])
    begin = next((place for place, word in enumerate(words) if word.casefold() not in _SMALL_WORDS), 0)
    heads = [words[begin : begin + length] for length in range(1, _MOST_WORDS + 1)]
    return _first_fitting(heads, acronym) or _words_in_bracket(join[0], words, acronym)


def _words_in_bracket(join: str, words: Sequence[str], acronym: str) -> str:
    """The words in brackets right behind an abbreviation that begin as it does: "LeDeR (learning from deaths, yearly)".

    They say what it is, though not all its letters have a word.
    """
    is_told = join == " (" and len(words) >= _FEWEST_LETTERS and words[0].casefold() not in _LEFT_OUT
    return " ".join(words) if is_told and words[0][0].casefold() == _letters(acronym)[0] else ""


def words_near(before: str, after: str, acronym: str) -> str:
    """The words of one sentence, close to an abbreviation, whose initials are all its letters.

    Two letters fit too many words by chance. So do three ("The BMN buys many nets"), unless a bracket, a comma or a
    word as "called" stands between, or the words are a name.
    """
    forms = {form for form in (_letters(acronym), _capitals(acronym)) if len(form) >= _FEWEST_LETTERS}
    may_be_chance = _FEWEST_LETTERS in map(len, forms)
    behind = _SENTENCE_END.split(after[:_NEAR], maxsplit=1)[0] if forms else ""
    ahead = _SENTENCE_END.split(before[-_NEAR:])[-1] if forms else ""
    for text, is_behind in ((behind, True), (ahead, False)):
        words = list(_WORD.finditer(text))
        for begin, end in _runs([word[0] for word in words], forms):
            between = text[: words[begin].start()] if is_behind else text[words[end - 1].end() :]
            spelled = [word[0] for word in words[begin:end]]
            is_near = len(_WORD.findall(between)) <= _WORDS_BETWEEN
            if is_near and not (may_be_chance and _IS_JOINED.search(between) is None and not _is_name(spelled)):
                return " ".join(spelled)
    return ""


def _is_name(words: Sequence[str]) -> bool:
    """Whether all words but small ones begin with a capital letter."""
    return all(word[0].isupper() for word in words if word.casefold() not in _LEFT_OUT)


def _runs(words: Sequence[str], forms: Collection[str]) -> Iterator[tuple[int, int]]:
    """From which word up to which the initials are one of some forms, small words left out or not."""
    telling = [place for place, word in enumerate(words) if word.casefold() not in _LEFT_OUT]
    for places in (telling, range(len(words))):
        letters = [(letter, place) for place in places for letter in _initials_of(words[place])]
        initials = "".join(letter for letter, _ in letters)
        for form in forms:
            begin = initials.find(form)
            while begin >= 0:
                yield letters[begin][1], letters[begin + len(form) - 1][1] + 1
                begin = initials.find(form, begin + 1)


def _initials_of(word: str) -> str:
    """The first letter of a word; all letters of a short abbreviation in it: "GPs with an extended role (GPwER)"."""
    name = bare(word)
    return name.casefold() if name.isupper() and len(name) < _FEWEST_LETTERS else word[0].casefold()


def _letters(acronym: str) -> str:
    """The letters of an abbreviation. The number of its edition, as in RESTORE2, stands for no word."""
    letters = "".join(letter for letter in bare(acronym).casefold() if letter.isalnum())
    without_number = letters.rstrip("0123456789")
    return without_number if len(without_number) >= _FEWEST_LETTERS else letters


def _capitals(acronym: str) -> str:
    return "".join(letter for letter in bare(acronym) if letter.isupper()).casefold()


def _first_fitting(choices: Sequence[Sequence[str]], acronym: str) -> str:
    """The first choice of words whose initials have all letters; else all but the last, or letters inside words."""
    letters = list(_letters(acronym))
    begins = [words for words in choices if words and words[0][0].casefold() == letters[0]]
    fitting = next((words for words in begins if _has_in_order(_initials(words), letters)), None)
    if fitting is None and len(letters) > _FEWEST_LETTERS:
        fitting = next((words for words in begins if _initials(words) == "".join(letters[:-1])), None)
    if fitting is None:
        few = [words for words in begins if len(words) <= len(letters)]
        fitting = next((words for words in few if _has_in_order("".join(words).casefold(), letters)), None)
    return " ".join(fitting or ())


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0].casefold() for word in words)


def _has_in_order(text: str, letters: Sequence[str]) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
