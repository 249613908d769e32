"""Turns the data files shipped with pcstrat, and a user's own over them, into one registry of boards and commitments.

The shipped files are `pcstrat/data/icbs.csv`, `commitments.yaml`, `national_events.yaml`, `pillars.csv` and
`themes.csv`; `docs/registry.md` says what their columns mean and where the facts come from. A user's `icbs.csv` and
`commitments.yaml`, in the folder that the setting `registry` names, add rows or override shipped ones by code.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Final

from pcstrat.errors import NotDoneError
from pcstrat.registry.records import (
    Commitment,
    Event,
    Icb,
    Target,
    bare_name,
    commitment_from,
    event_from,
    icb_from,
)
from pcstrat.registry.rows import Row, csv_rows, overlaid, yaml_rows

__all__ = ["Commitment", "Event", "Icb", "Registry", "Target", "load_registry"]

_MAX_BYTES = 5_000_000
_LONGEST_NAME = 200


class Registry:
    """Everything known about Integrated Care Boards and national commitments.

    Each part is read when it is first asked for, and then kept. The first use of `commitments` raises `NotDoneError`,
    naming file and line, if the user's own commitments are wrong; `load_registry` does so for the user's boards.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder: Final = folder

    @cached_property
    def icbs(self) -> Mapping[str, Icb]:
        """Every board, open or closed, by ODS code."""
        rows = overlaid(csv_rows(_shipped("icbs.csv"), "icbs.csv"), self._added_icbs(), "ods_code")
        return {code: icb_from(row, rows) for code, row in rows.items()}

    @cached_property
    def commitments(self) -> Mapping[str, Commitment]:
        """Every commitment by code."""
        shipped = yaml_rows(_shipped("commitments.yaml"), "commitments.yaml", "commitments")
        rows = overlaid(shipped, self._added_commitments(), "code")
        pillars, themes = self.pillars, self.themes
        return {code: commitment_from(row, rows, pillars, themes) for code, row in rows.items()}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Every national event by code, oldest first."""
        rows = yaml_rows(_shipped("national_events.yaml"), "national_events.yaml", "events")
        return {code: event_from(row) for code, row in overlaid(rows, (), "code").items()}

    @cached_property
    def pillars(self) -> Mapping[str, str]:
        """The names of the four pillars of primary care by key."""
        return _names("pillars.csv")

    @cached_property
    def themes(self) -> Mapping[str, str]:
        """The names of the themes by key."""
        return _names("themes.csv")

    def icb(self, code: str) -> Icb | None:
        """Return the board with an ODS code."""
        return self.icbs.get(code)

    def commitment(self, code: str) -> Commitment | None:
        """Return the commitment with a code."""
        return self.commitments.get(code)

    def successors(self, code: str) -> tuple[Icb, ...]:
        """Return the boards that took over from a board, directly; none for an open or unknown one."""
        icb = self.icb(code)
        return tuple(self.icbs[successor] for successor in icb.successors) if icb else ()

    def predecessors(self, code: str) -> tuple[Icb, ...]:
        """Return the boards a board took over from, wholly or in part."""
        return tuple(icb for icb in self.icbs.values() if code in icb.successors)

    def suggest_icb(self, text: str) -> str | None:
        """Return the ODS code of the board a text most resembles, by code, name or alias."""
        words = (
            (word, icb.ods_code)
            for icb in self.icbs.values()
            for word in (icb.ods_code, icb.short_name, *map(bare_name, icb.aliases))
        )
        wanted = bare_name(text[:_LONGEST_NAME])
        part_of = {icb.ods_code for icb in self.icbs.values() if not icb.closed and _is_part(wanted, icb.short_name)}
        return part_of.pop() if len(part_of) == 1 else _closest(wanted, words)

    def suggest_commitment(self, text: str) -> str | None:
        """Return the code of the commitment a text most resembles, by code or title."""
        words = ((word, item.code) for item in self.commitments.values() for word in (item.code, item.title))
        return _closest(text[:_LONGEST_NAME], words)

    def _added_icbs(self) -> Iterator[Row]:
        content, file = self._added("icbs.csv")
        return iter(()) if content is None else csv_rows(content, file)

    def _added_commitments(self) -> Iterator[Row]:
        content, file = self._added("commitments.yaml")
        return iter(()) if content is None else yaml_rows(content, file, "commitments")

    def _added(self, name: str) -> tuple[bytes | None, str]:
        """Return a file of the user's registry folder, if there is one, and its name for messages."""
        if self.folder is None:
            return None, name
        path = self.folder / name
        return _read(path), path.as_posix()


def load_registry(folder: Path | None) -> Registry:
    """Return the shipped registry with the user's own folder over it, if one is given.

    Raises:
        NotDoneError: if the folder given does not exist, a file in it cannot be read, or a row of its `icbs.csv` is
            wrong: the message names file and line.
    """
    if folder is not None and not folder.is_dir():
        raise NotDoneError(f"There is no folder '{folder.as_posix()}' to read the registry from.")
    registry = Registry(folder)
    _ = registry.icbs
    return registry


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotDoneError(f"'{path.as_posix()}' cannot be read: {error.strerror}.") from None
    if len(content) > _MAX_BYTES:
        raise NotDoneError(f"'{path.as_posix()}' has more than {_MAX_BYTES:,} bytes.")
    return content


def _shipped(name: str) -> bytes:
    return files("pcstrat").joinpath("data", name).read_bytes()


def _names(name: str) -> Mapping[str, str]:
    return {row.required("key"): row.required("name") for row in csv_rows(_shipped(name), name)}


def _is_part(wanted: str, name: str) -> bool:
    """Whether a text is one or more whole words of a name."""
    pattern = rf"\b{re.escape(wanted.strip())}\b"
    return bool(wanted.strip()) and re.search(pattern, name, re.IGNORECASE) is not None


def _closest(text: str, words: Iterable[tuple[str, str]]) -> str | None:
    """Return the code beside the word that a text most resembles, upper and lower case alike."""
    codes: dict[str, str] = {}
    for word, code in words:
        codes.setdefault(word.casefold(), code)
    wanted = text.strip().casefold()
    close = difflib.get_close_matches(wanted, codes, n=10)
    return codes[max(close, key=lambda word: _likeness(wanted, word))] if close else None


def _likeness(wanted: str, word: str) -> tuple[float, int]:
    """Of words equally like, the one with the longer stretch in common: QMN is more like QMM than like QPM."""
    matcher = difflib.SequenceMatcher(a=word, b=wanted)
    return matcher.ratio(), matcher.find_longest_match().size
