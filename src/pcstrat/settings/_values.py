"""Turns what was given for a setting into its value, or says what the setting takes."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pcstrat.patterns import Pattern

FORMATS = ("html", "pdf")
PROFILES = ("draft", "board", "publish")
"""Every profile, the least strict first."""

FAIL_ON = ("error", "warning", "advice")

_SWITCHES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DATE = Pattern(r"\d{4}-\d{2}-\d{2}")


class WrongValueError(Exception):
    """A value is not what its setting takes, which is its message."""


class PlanSettings(NamedTuple):
    """What one plan has of its own: its profile, and rules besides those that are selected and ignored for all."""

    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The settings in words: `profile board, ignore T12 T13`."""
        parts = [f"profile {self.profile}"] if self.profile else []
        lists = {"select": self.select, "ignore": self.ignore}
        parts += [f"{name} {' '.join(codes)}" for name, codes in lists.items() if codes]
        return ", ".join(parts)


def text(given: object) -> str:
    """Text that is not empty."""
    if not isinstance(given, str) or not given.strip():
        raise WrongValueError("text")
    return given


def file(given: object) -> Path:
    """The path of a file."""
    if isinstance(given, Path):
        return given
    if not isinstance(given, str) or not given.strip() or "\0" in given:
        raise WrongValueError("the path of a file, as text")
    return Path(given)


def folder(given: object) -> Path:
    """The path of a folder."""
    if isinstance(given, Path):
        return given
    if not isinstance(given, str) or not given.strip() or "\0" in given:
        raise WrongValueError("the path of a folder, as text")
    return Path(given)


def switch(given: object) -> bool:
    """True or false."""
    value = _SWITCHES.get(given.casefold()) if isinstance(given, str) else given
    if not isinstance(value, bool):
        raise WrongValueError("true or false")
    return value


def date(given: object) -> dt.date:
    """A date, or text that is one."""
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    try:
        if isinstance(given, str) and _DATE.fullmatch(given):
            return dt.date.fromisoformat(given)
    except ValueError:
        pass
    raise WrongValueError("a date such as 2026-11-21")


def workers(given: object) -> int:
    """A whole number from 1."""
    value = int(given) if isinstance(given, str) and given.isascii() and given.isdigit() else given
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise WrongValueError("a whole number from 1")
    return value


def profile(given: object) -> str:
    """The name of a profile."""
    return _one_of(given, PROFILES)


def formats(given: object) -> tuple[str, ...]:
    """Formats of documents, in the order in which they are made."""
    items = [item.strip() for item in given.split(",")] if isinstance(given, str) else given
    if not isinstance(items, list | tuple) or not items or any(item not in FORMATS for item in items):
        raise WrongValueError(f"one or more of {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in items)


def fail_on(given: object) -> str:
    """The least severity that makes a check fail."""
    return _one_of(given, FAIL_ON)


def _one_of(given: object, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise WrongValueError(f"one of {', '.join(allowed)}")
    return str(given)


def codes(given: object) -> tuple[str, ...]:
    """Codes or names of rules: a list, or text with commas, or a list of such texts."""
    entries = [given] if isinstance(given, str) else given
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, str) for entry in entries):
        raise WrongValueError("codes or names of rules, such as T01 or T")
    found = [code.strip() for entry in entries for code in entry.split(",")]
    return tuple(dict.fromkeys(code for code in found if code))


def plans(given: object) -> Mapping[str, PlanSettings]:
    """The settings of single plans, by id."""
    if not isinstance(given, Mapping) or not all(isinstance(table, Mapping) for table in given.values()):
        raise WrongValueError("a table for each plan, such as [plans.bob], with profile, select or ignore")
    return {str(plan): _plan(str(plan), table) for plan, table in given.items()}


def _plan(plan: str, table: Mapping[str, object]) -> PlanSettings:
    readers = {"profile": profile, "select": codes, "ignore": codes}
    values: dict[str, object] = {}
    for name, given in table.items():
        if name not in readers:
            raise WrongValueError(f"without '{name}' in [plans.{plan}]: {_close(name)}")
        try:
            values[name] = readers[name](given)
        except WrongValueError as error:
            raise WrongValueError(f"right in [plans.{plan}]: '{name}' is {given!r} and must be {error}") from None
    return PlanSettings(**values)  # type: ignore[arg-type]  # each reader gives what its field takes


def _close(name: str) -> str:
    known = PlanSettings._fields
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean '{close[0]}'" if close else f"it takes {', '.join(known)}"
