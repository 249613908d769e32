"""Turns YAML events into plain data and, beside it, a tree of the same shape that holds where everything stands.

One loop over events, never recursive, so that no file can exhaust the stack. Scalars stay the text that was written:
what they mean is for the schema to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

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
from pcstrat.source.clues import after_indicator, find_cuts, find_properties, has_lone_tag
from pcstrat.source.events import Event, NextEvent, NotYamlError, open_events, translate
from pcstrat.source.explain import (
    explain_syntax,
    is_split_by_colon,
    lone_key,
    second_document,
    split_by_colon,
    split_by_comma,
)
from pcstrat.source.frames import END_OF_KEY, KEY, UNWANTED, Built, List, Map
from pcstrat.source.problems import QUOTE_IT, Problem, Problems, TooManyProblemsError, quoted
from pcstrat.source.repair import Repairs

MAX_DEPTH = 32
MAX_EVENTS = 200_000

_STRING_TAG = "tag:yaml.org,2002:str"
_NULLS = frozenset({"", "~", "null"})
_SPECIAL = _NULLS | {"<<"}
_NO_TAGS = frozenset({None, "!"})

_NAME_IT = "Give the entry a name: a short text before the colon."
_QUOTE = QUOTE_IT[0].lower() + QUOTE_IT[1:]
_NO_ALIAS = f"If it is text: {_QUOTE} Otherwise write the value out: plans do not use labels."
_NO_TAG = f"If it is text: {_QUOTE} Otherwise delete it: the value stays what is written."


class _Stop(Exception):  # noqa: N818 - it ends the reading, it is not an error
    """Raised when reading on makes no sense; the reason is among the problems."""


def to_data(text: str, problems: Problems, *, pure: bool = False) -> Built:
    """Read a whole text, with the pure Python parser if asked to, and note its problems.

    Where the text is not YAML, what is wrong is overwritten and the text read again, to find what else is wrong.
    """
    repairs = Repairs(text)
    fatal: list[Problem] = []
    while True:
        found = Problems()
        builder = _Builder(repairs.text, found)
        built = builder.build(pure=pure)
        why = builder.not_yaml
        if why is None:
            break
        fatal.append(why)
        if not repairs.mend(why):
            built = Built()
            break
    problems += _without_consequences(text, found, fatal) if fatal else found
    return built._replace(is_whole=not fatal)


def _without_consequences(text: str, found: Iterable[Problem], fatal: Iterable[Problem]) -> list[Problem]:
    """What makes a text no YAML, and whatever else was found in other lines of it."""
    first_in_line = {text.count("\n", 0, problem.start): problem for problem in reversed(tuple(fatal))}
    others = [problem for problem in found if text.count("\n", 0, problem.start) not in first_in_line]
    return [*first_in_line.values(), *others]


def _nothing(_event: Event) -> None:
    """Take an event that says nothing."""


class _Builder:
    """Reads one text.

    The cursor is the offset up to which the text is accounted for, `_start` is where the last scalar began.
    """

    def __init__(self, text: str, problems: Problems) -> None:
        self._text = text
        self._problems = problems
        self._cuts = find_cuts(text)
        self._outermost = List(0, flow=False)
        self._frame: Map | List = self._outermost
        self._stack: list[Map | List] = []
        self._cursor = 0
        self._start = 0
        self._documents = 0
        self.not_yaml: Problem | None = None

    def build(self, *, pure: bool) -> Built:
        """Read the whole text and return what it holds."""
        try:
            self._read(open_events(self._text, pure=pure))
        except YAMLError as error:
            if not self._explain(translate(error)):
                return Built()
        except (_Stop, TooManyProblemsError):
            pass  # the problems say why; the first document may be complete
        if not self._outermost.data:
            return Built()
        return Built(self._outermost.data[0], self._outermost.places[0])

    def _explain(self, error: NotYamlError) -> bool:
        """Report why the text is not YAML instead of what follows from that; say whether the data is complete."""
        problem = explain_syntax(self._text, error, (self._start, self._cursor))
        self._problems[:] = [known for known in self._problems if not problem.start <= known.start < error.offset]
        if problem.code == "Y05":
            self._problems.append(problem)
            return True
        self.not_yaml = problem
        return False

    def _handlers(self) -> dict[object, Callable[[Event], None]]:
        return {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close_list,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }

    def _read(self, next_event: NextEvent) -> None:
        """Take every event. Most are plain scalars, so these are dealt with here, without any call."""
        handlers = self._handlers()
        special_ends = range(len(self._text) + 1) if has_lone_tag(self._text) else self._cuts
        frame: Any = self._frame
        data, places, key = frame.data, frame.places, frame.key
        for event in islice(iter(next_event, None), MAX_EVENTS):
            kind = event.__class__
            if kind is ScalarEvent:
                value, start, end = event.value, event.start_mark.index, event.end_mark.index
                if event.implicit[0] and value not in _SPECIAL and end not in special_ends and event.anchor is None:
                    self._start, self._cursor = start, end
                    if key.__class__ is str:
                        data[key] = value
                        places[key] = start, end, frame.key_start, frame.key_end, None
                        key = KEY
                        continue
                    if key is None:
                        data.append(value)
                        places.append((start, end, start, end, None))
                        continue
                    if key is KEY and value not in data:
                        key, frame.key_start, frame.key_end = value, start, end
                        continue
            frame.key = key
            handlers.get(kind, _nothing)(event)
            frame = self._frame
            data, places, key = frame.data, frame.places, frame.key
        if event := next_event():
            self._stop(event, f"The file has more than {MAX_EVENTS:,} keys, values and brackets.")

    def _scalar(self, event: Event) -> None:
        """Take a scalar that is no everyday key or value of a mapping."""
        start, end = event.start_mark.index, event.end_mark.index
        value, style, tag = event.value, event.style, event.tag
        if tag is not None or event.anchor is not None or (start < end and self._text[start] == "!"):
            start = self._properties(event, allowed=_STRING_TAG)
        if style:
            if style not in "\"'":
                end = start + len(self._text[start:end].rstrip())
        elif value in _NULLS and tag in _NO_TAGS:
            value = None
            start, end = (start, end) if start < end else self._empty()
        elif end in self._cuts:
            self._cut(self._cuts[end])
        self._start, self._cursor = start, end
        frame = self._frame
        if isinstance(frame, Map) and frame.key is KEY:
            self._key(frame, value, start, end, merge=value == "<<" and not style)
        else:
            frame.put(value, start, end, None)

    def _key(self, frame: Map, value: str | None, start: int, end: int, *, merge: bool = False) -> None:
        frame.key, frame.key_start, frame.key_end = UNWANTED, start, end
        if value is None:
            self._report("Y08", (start, end), "This entry has no name before its colon.", _NAME_IT)
        elif merge:
            message = "'<<' merges another mapping into this one, which plans do not use."
            self._report("Y04", (start, end), message, "Write the entries out here.")
        elif value in frame.data:
            self._duplicate(frame, value, start, end)
        else:
            frame.key = value

    def _duplicate(self, frame: Map, key: str, start: int, end: int) -> None:
        line = self._text.count("\n", 0, frame.places[key][2]) + 1
        message = f"The key {quoted(key)} is written twice; the first one is in line {line}."
        self._report("Y03", (start, end), message, "Keep one of the two, or rename one.", (*self._path(), key))

    def _empty(self) -> tuple[int, int]:
        """Return where an empty value would stand: after its colon or dash; an empty key stands before its colon."""
        frame = self._frame
        if frame is self._outermost:
            return 0, 0
        after = after_indicator(self._text, self._cursor)
        if after is None and frame.flow and isinstance(frame, Map) and isinstance(frame.key, str):
            message = split_by_comma(frame.key) if frame.data else lone_key(frame.key)
            self._report("Y09", (frame.key_start, frame.key_end), message, QUOTE_IT)
        at = self._cursor if after is None else after - (frame.key is KEY)
        return at, at

    def _cut(self, comment: tuple[int, int]) -> None:
        message = f"Everything from {quoted(self._text[slice(*comment)])} on is read as a comment and left out."
        remedy = f"{QUOTE_IT} If it is a comment, put a space after the #."
        self._problems.report(Problem("Y09", *comment, message, remedy, Severity.WARNING, self._path()))

    def _open(self, event: Event) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._stop(event, f"This value is nested more than {MAX_DEPTH} levels deep.")
        start, flow = event.start_mark.index, bool(event.flow_style)
        if flow and self._text[start] == "?":
            self._report("Y08", (start, start + 1), "A question mark inside brackets starts a long key.", QUOTE_IT)
            raise _Stop
        if event.ctag is not None or event.anchor is not None:
            start = self._properties(event)
        frame = self._frame
        if frame.key is KEY:
            self._report("Y08", (start, start + 1), "This key is a list or a mapping, not text.", _NAME_IT)
            frame.key = END_OF_KEY
        self._stack.append(frame)
        self._frame = (Map if event.__class__ is MappingStartEvent else List)(start, flow=flow)
        self._start = self._cursor = event.end_mark.index if flow else start

    def _stop(self, event: Event, message: str) -> None:
        start = event.start_mark.index
        remedy = "Check that this is a plan, and check its brackets and indentation."
        self._report("Y06", (start, start + 1), message, remedy)
        raise _Stop

    def _close(self, event: Event) -> None:
        frame = self._frame
        self._frame = parent = self._stack.pop()
        if frame.flow:
            self._start = self._cursor = event.end_mark.index
        elif len(frame.data) == 1 and isinstance(parent, List):
            parent.suspects.append(len(parent.data))
        parent.put(frame.data, frame.start, max(frame.start, self._cursor), frame.places)

    def _close_list(self, event: Event) -> None:
        frame = self._frame
        if isinstance(frame, List) and frame.suspects:
            self._colons(frame)
        self._close(event)

    def _colons(self, frame: List) -> None:
        """Report the items of a list of texts that became mappings of one key."""
        if not any(isinstance(item, str) for item in frame.data):
            return
        for index in frame.suspects:
            item = frame.data[index]
            if isinstance(item, dict) and is_split_by_colon(item) and " " in next(iter(item)):
                start, end, *_ = frame.places[index]
                path = (*self._path()[:-1], index)
                self._report("Y09", (start, end), split_by_colon(next(iter(item))), QUOTE_IT, path)

    def _alias(self, event: Event) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        text = self._text[start:end]
        message = f"{quoted(text)} is read as a reference to another value (an alias)."
        self._report("Y04", (start, end), message, _NO_ALIAS)
        frame = self._frame
        if isinstance(frame, Map) and frame.key is KEY:
            frame.key = UNWANTED
        else:
            frame.put(text, start, end, None)
        self._cursor = end

    def _properties(self, event: Event, allowed: str | None = None) -> int:
        """Report the label and the tag of a value and return where the first of them starts."""
        tagged = event.tag is not None
        found = find_properties(self._text, event.start_mark.index, event.anchor, tagged=tagged)
        if found.label:
            name = quoted(self._text[slice(*found.label)])
            self._report("Y04", found.label, f"{name} is read as a label for this value (an anchor).", _NO_ALIAS)
        tag = self._text[slice(*found.tag)] if found.tag else ""
        if found.tag and (tag == "!" or (tagged and event.tag != allowed)):
            self._report("Y07", found.tag, f"{quoted(tag)} is read as a tag, which plans do not use.", _NO_TAG)
        return found.start

    def _document(self, event: Event) -> None:
        self._documents += 1
        if self._documents == 1:
            return
        end = event.end_mark.index
        start = end - 3 if event.explicit else event.start_mark.index
        self._problems.report(second_document(start, max(end, start + 1)))
        raise _Stop

    def _path(self) -> Path:
        path: list[str | int] = []
        for frame in [*self._stack, self._frame][1:]:
            if frame.step is None:
                break
            path.append(frame.step)
        return tuple(path)

    def _report(self, code: str, at: tuple[int, int], message: str, remedy: str, path: Path | None = None) -> None:
        path = self._path() if path is None else path
        self._problems.report(Problem(code, *at, message, remedy, path=path))
