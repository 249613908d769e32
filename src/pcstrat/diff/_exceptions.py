"""Finds whom or what a promise leaves out: "except care homes", up to the next pause.

Who is left out no longer is promised more; an exception that came is a promise to fewer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

_MARK = "! "
_PAUSE = ","
_MOST_WORDS = 12
_LONGEST_OPENER = 4


def exception_at(
    words: Sequence[str], place: int, openers: Collection[str], verbs: Collection[str], clauses: Collection[str]
) -> str:
    """The exception that begins at a place, as one text; empty where none does.

    Args:
        words: The words of a sentence in small letters, with its pauses.
        place: Where to look.
        openers: What exceptions begin with: "except for".
        verbs: Words that tell that more than the exception stands before the next pause: "will".
        clauses: Words behind which it is said when, and not whom, to leave out: "except where it is unsafe".
    """
    for length in range(_LONGEST_OPENER, 0, -1):
        if " ".join(words[place : place + length]) in openers and place + length <= len(words):
            inside = _up_to_pause(words[place + length :])
            is_one = 0 < len(inside) <= _MOST_WORDS and inside[0] not in clauses
            if is_one and not any(word in verbs for word in inside):
                return " ".join((*words[place : place + length], *inside))
            return ""
    return ""


def as_exception(text: str) -> str:
    """The text of an exception, marked as one."""
    return f"{_MARK}{text}"


def is_exception(text: str) -> bool:
    """Whether a text is an exception."""
    return text.startswith(_MARK)


def _up_to_pause(words: Sequence[str]) -> Sequence[str]:
    return words[: words.index(_PAUSE)] if _PAUSE in words else words
