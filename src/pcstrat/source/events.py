"""Turns text into YAML events, with ruamel.yaml's C parser or, where that is missing, its pure Python one.

Both give the same events. Their error texts differ, so an error is passed on as its places and a kind of ours.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, TypeAlias

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pcstrat.source.pure import pure_events

try:
    from _ruamel_yaml import CParser
except ImportError:  # the C extension is optional
    CParser = None

Event: TypeAlias = Any
"""An event of either parser; the C parser has no types."""

NextEvent: TypeAlias = Callable[[], Event]
"""Gives the next event of a file each time it is called, and `None` after the last."""


class Kind(enum.Enum):
    """What a parser was doing or missing when it gave up, as far as that helps to explain it."""

    DOCUMENT = "expected <document start>"
    SECOND_COLON = "mapping values are not allowed"
    DASH_INSIDE = "sequence entries are not allowed"
    NO_COLON = "could not find expected :"
    COLON_IN_BRACKETS = "found unexpected :"
    QUOTED = "quoted scalar"
    BLOCK_TEXT = "block scalar"
    FLOW = "parsing a flow"
    TAG = " tag"
    OTHER = ""


class NotYamlError(Exception):
    """A parser gave up: what kind of problem, at which offset, and where the thing it was reading began."""

    def __init__(self, kind: Kind, offset: int, context: int) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.offset = offset
        self.context = context


def open_events(text: str, *, pure: bool) -> NextEvent:
    """Start to parse a text; the same input gives the same events from either parser.

    The parsers disagree about tabs, so they get a space for each: a tab inside a text is read as a space.
    """
    prepared = text.replace("\t", " ")
    if not prepared.endswith("\n"):
        prepared += "\n"
    if pure or CParser is None:
        events = pure_events(prepared)
        return lambda: next(events, None)
    next_event: NextEvent = CParser(prepared).get_event
    return next_event


def translate(error: YAMLError) -> NotYamlError:
    """Turn a parser's exception into ours."""
    if not isinstance(error, MarkedYAMLError):
        return NotYamlError(Kind.OTHER, 0, 0)
    wording = f"{error.context} {error.problem}".replace("'", "")
    kind = next(kind for kind in Kind if kind.value in wording)
    offset = error.problem_mark.index if error.problem_mark else 0
    context = error.context_mark.index if error.context_mark else offset
    return NotYamlError(kind, offset, context)
