"""Turns a kind of change, its subject and its context into what the change means: a data file that users override."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pcstrat.diff._firmness import LISTS
from pcstrat.diff._strength import Strengths
from pcstrat.diff._subjects import CONTEXTS, subjects
from pcstrat.diff._toml_places import KeyPosition, places_in
from pcstrat.diff.kinds import Kind, Significance
from pcstrat.errors import NotDoneError
from pcstrat.hedges import conditions, fitting_conditions

FILE_NAME = "significance.toml"
_CONTEXT = "context:"
_DEFAULT = "default"
_WORDS = "words"
_FEW = 20


@dataclass(frozen=True)
class Significances:
    """What every kind of change means, and which words make a promise softer or firmer."""

    table: Mapping[Kind, Mapping[str, Significance]]
    strengths: Strengths

    def of(self, kind: Kind, subject: str, context: str = "") -> Significance:
        """What a change means. `subject` is the class of the item, and the field with a dot."""
        row = self.table[kind]
        if context and (found := row.get(f"{_CONTEXT}{context}")):
            return found
        fitting = [pattern for pattern in row if fnmatchcase(subject, pattern)]
        return row[max(fitting, key=len)] if fitting else row[_DEFAULT]


def load_significances(folder: Path | None) -> Significances:
    """The shipped table with the user's own over it, key by key, if the folder holds one.

    Raises:
        NotDoneError: if the user's file cannot be read, or says something that is not known.
    """
    own = folder / FILE_NAME if folder else None
    try:
        content = own.read_bytes() if own else b""
    except FileNotFoundError:
        content = b""
    except OSError as error:
        raise NotDoneError(f"'{own}' cannot be read: {error.strerror}.") from None
    shipped = shipped_significances()
    if not content:
        return shipped
    text = _text(content, str(own))
    return _with(shipped, _checked(_read(text, str(own)), text, str(own)))


@cache
def shipped_significances() -> Significances:
    """The table that comes with pcstrat, which a test has checked."""
    text = files("pcstrat").joinpath("data", FILE_NAME).read_text(encoding="utf-8")
    known = {"conditions": conditions(), "fitting": fitting_conditions()}
    bare = Significances({kind: {} for kind in Kind}, Strengths(known))
    return _with(bare, _read(text, FILE_NAME))


def _with(below: Significances, said: Mapping[str, Mapping[str, Any]]) -> Significances:
    """What a file says over what is known without it."""
    table = {kind: dict(row) for kind, row in below.table.items()}
    for name, row in said.items():
        if name != _WORDS:
            table[Kind(name)] |= {key: Significance(value) for key, value in row.items()}
    return Significances(table, Strengths({**below.strengths.lists, **said.get(_WORDS, {})}))


def _checked(said: Mapping[str, Any], text: str, file: str) -> Mapping[str, Mapping[str, Any]]:
    places = places_in(text)
    problems = [f"{_shown(places, problem)}{problem.text}" for problem in _problems(said)]
    if problems:
        raise NotDoneError(f"{file}: {' '.join(problems)}", "Correct the file: nothing in it counts until it is right.")
    return said


class _Problem(NamedTuple):
    """What is wrong, and with which key of the file, or with the value of that key."""

    text: str
    path: tuple[str, ...]
    is_value: bool = False


def _shown(places: Mapping[tuple[str, ...], KeyPosition], problem: _Problem) -> str:
    """Where a problem stands: "Line 2, column 1: "; of what cannot be found, where the thing around it stands."""
    for length in range(len(problem.path), 0, -1):
        if place := places.get(problem.path[:length]):
            column = place.value if problem.is_value else place.key
            return f"Line {place.line}, column {column}: "
    return ""


def _problems(said: Mapping[str, Any]) -> Iterator[_Problem]:
    """Everything in a file that means nothing here, with what may be meant."""
    for name, row in said.items():
        if name == _WORDS:
            yield from _problems_of_words(row)
            continue
        if name not in set(Kind):
            yield _Problem(f"There is no kind of change '{name}'. {_close(name, Kind)}", (name,))
        if not isinstance(row, dict):
            yield _Problem(f"'{name}' must be a table: write [{name}], then default = \"changed\".", (name,))
            continue
        for key, value in row.items():
            yield from (_Problem(text, (name, key)) for text in _problems_of_key(name, key))
            if value not in set(Significance):
                close = _close(str(value), Significance)
                text = f"[{name}] gives '{key}' the meaning {value!r}. {close}"
                yield _Problem(text, (name, key), is_value=True)


def _problems_of_words(row: object) -> Iterator[_Problem]:
    if not isinstance(row, dict):
        yield _Problem("'words' must be a table: write [words], then hedges = [\"may\"].", (_WORDS,))
        return
    for key, value in row.items():
        if key not in LISTS:
            yield _Problem(f"[words] names '{key}', which is no list of words. {_close(key, LISTS)}", (_WORDS, key))
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            text = f'[words] gives \'{key}\' no list of words: write {key} = ["may", "might"].'
            yield _Problem(text, (_WORDS, key), is_value=True)


def _problems_of_key(name: str, key: str) -> Iterator[str]:
    context = key.removeprefix(_CONTEXT)
    if context != key:
        if context not in CONTEXTS:
            known = [f"{_CONTEXT}{word}" for word in CONTEXTS]
            yield f"[{name}] names '{key}', which is no context. {_close(key, known)}"
    elif key != _DEFAULT and not any(fnmatchcase(subject, key) for subject in subjects()):
        yield f"[{name}] names '{key}', which fits nothing in a plan. {_close(key, (_DEFAULT, *_written()))}"


@cache
def _written() -> tuple[str, ...]:
    """The subjects, and each field of any class, as a file may write them."""
    fields = {f"*.{field}" for subject in subjects() for _, _, field in [subject.partition(".")] if field}
    return (*subjects(), *sorted(fields))


def _close(text: str, words: Iterable[str]) -> str:
    names = list(words)
    close = difflib.get_close_matches(text[:100], names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    few = len(names) <= _FEW
    return f"It may be: {', '.join(names)}." if few else "Write a class and a field, such as 'Milestone.when'."


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotDoneError(f"{file} is not UTF-8 text.", "Save it with the encoding UTF-8.") from None


def _read(text: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotDoneError(f"{file} is not valid TOML: {error}.") from None
