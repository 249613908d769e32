"""Turns YAML events into plain data and, beside it, a tree of the same shape that holds where everything stands.

One loop over events, never recursive, so that no file can exhaust the stack. Scalars stay the text that was written:
what they mean is for the schema to say.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pcstrat.diagnostics import Path, Severity
from pcstrat.source.events import NextEvent, open_events, translate
from pcstrat.source.explain import (
    colon_accident,
    comma_accident,
    explain_syntax,
)
from pcstrat.source.problems import QUOTE_IT, Problem, Problems, TooManyProblemsError, quoted

MAX_DEPTH = 32
MAX_NODES = 200_000

Children: TypeAlias = Union[dict[str, "Place"], list["Place"], None]
Place: TypeAlias = tuple[int, int, int, int, Children]
"""Offsets: start and end of a value, start and end of its key, and the places inside it."""

_STRING_TAG = "tag:yaml.org,2002:str"
_NULLS = frozenset({"", "~", "null"})
_INDICATOR = re.compile(r"(?:\s|#[^\n]*)*+[-?:]")
_CUT = re.compile(r"(?<=[^\s#])[ \t]+(#[^\s#][^\n]*)")
_PROSE_WORDS = 3


class _Pending(enum.Enum):
    """What a mapping waits for when it is not the value of a key."""

    KEY = enum.auto()
    END_OF_KEY = enum.auto()
    UNWANTED = enum.auto()


class _Map:
    """A mapping that is being read."""

    __slots__ = ("data", "flow", "key", "key_end", "key_start", "places", "start")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.data: dict[str, object] = {}
        self.places: dict[str, Place] = {}
        self.key: str | _Pending = _Pending.KEY
        self.key_start = self.key_end = self.start = start
        self.flow = flow

    def put(self, value: object, start: int, end: int, children: Children) -> None:
        """Take the value of the current key, or the end of a key that is not text."""
        key = self.key
        if isinstance(key, str):
            self.data[key] = value
            self.places[key] = (start, end, self.key_start, self.key_end, children)
        self.key = _Pending.UNWANTED if key is _Pending.END_OF_KEY else _Pending.KEY

    @property
    def step(self) -> str | None:
        """The key of the value that is being read."""
        return self.key if isinstance(self.key, str) else None


class _List:
    """A list that is being read."""

    __slots__ = ("data", "flow", "places", "start")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.data: list[object] = []
        self.places: list[Place] = []
        self.start = start
        self.flow = flow

    def put(self, value: object, start: int, end: int, children: Children) -> None:
        """Take the next item."""
        self.data.append(value)
        self.places.append((start, end, start, end, children))

    @property
    def step(self) -> int:
        """The index of the item that is being read."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Built:
    """What a file holds: its data and the place of its root, both `None` where it could not be read."""

    data: object = None
    root: Place | None = None


class _Stop(Exception):  # noqa: N818 - it ends the reading, it is not an error
    """Raised when reading on makes no sense; the reason is among the problems."""


class Builder:
    """Reads one text. The cursor is the offset up to which the text is accounted for."""

    def __init__(self, text: str, problems: Problems) -> None:
        self._text = text
        self._problems = problems
        self._cuts = {match.start(): match for match in _CUT.finditer(text)}
        self._outermost = _List(0, flow=False)
        self._frame: _Map | _List = self._outermost
        self._stack: list[_Map | _List] = []
        self._cursor = 0
        self._last_scalar = (0, 0)
        self._documents = 0

    def build(self, *, pure: bool) -> Built:
        """Read the whole text and return what it holds."""
        try:
            self._read(open_events(self._text, pure=pure))
        except (_Stop, TooManyProblemsError):
            return Built()
        except YAMLError as error:
            self._problems.append(explain_syntax(self._text, translate(error), self._last_scalar))
            return Built()
        if not self._outermost.data:
            return Built()
        return Built(self._outermost.data[0], self._outermost.places[0])

    def _read(self, next_event: NextEvent) -> None:
        handlers = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close_list,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        nodes = 0
        while (event := next_event()) is not None:
            handler = handlers.get(type(event))
            if handler is None:
                continue
            nodes += 1
            if nodes > MAX_NODES:
                self._too_many(event)
            handler(event)

    def _too_many(self, event: Any) -> None:  # noqa: ANN401 - events of both parsers
        message = f"The file has more than {MAX_NODES:,} values."
        self._report("Y06", event.start_mark.index, event.end_mark.index, message, "Divide the file.")
        raise _Stop
