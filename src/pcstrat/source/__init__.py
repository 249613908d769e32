"""Turns YAML text into plain data and a map from every path to line and column.

Nothing here knows what a plan is. Scalars stay the text that was written; whatever cannot be read becomes a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pcstrat.diagnostics import Finding, Path, Position, Span
from pcstrat.source.build import to_data
from pcstrat.source.decode import to_text
from pcstrat.source.explain import explain_accident
from pcstrat.source.frames import NOWHERE, Built, Children, Place
from pcstrat.source.problems import CODES, QUOTE_IT, Lines, Problem, Problems, to_findings
from pcstrat.source.words import place_of_words

__all__ = ["CODES", "QUOTE_IT", "Place", "Source", "explain_accident", "read_source"]


@dataclass(frozen=True)
class Source:
    """One file: its text, the plain data in it, what was wrong with it, and where everything stands.

    `data` holds dicts with text keys, lists, texts and `None`; it is `None` if the file could not be read. Where the
    source is not whole, some of the text is not YAML, and `data` is what is left without that: good to find more
    problems in, and for nothing else.
    """

    file: str
    text: str
    data: object
    findings: tuple[Finding, ...]
    is_whole: bool = True
    _root: Place = field(default=NOWHERE, repr=False)

    @property
    def places(self) -> Place:
        """Where everything stands, as offsets into `text`: the root value, with the places inside it."""
        return self._root

    def place(self, path: Path) -> Place:
        """Where the value at a path stands, or the nearest value around it that exists, as offsets."""
        return self._nearest(path)[0]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def span(self, path: Path) -> Span:
        """Return where the value at a path stands, or the nearest value around it that exists."""
        start, end, *_ = self._nearest(path)[0]
        return self._lines.span(start, end)

    def key_span(self, path: Path) -> Span:
        """Return where the key of the value at a path stands; without a key, where the value stands."""
        place, exists = self._nearest(path)
        if not exists:
            return self.span(path)
        return self._lines.span(place[2], place[3])

    def words_span(self, path: Path, words: str, before: str = "") -> Span:
        """Return where words of the text at a path are used, if it stands on several lines; else all of it.

        It is the first use, or that after the uses in `before`, the text before the words that are meant.
        """
        value = self._value(path) if words else None
        if not isinstance(value, str):
            return self.span(path)
        start, end, *_ = self.place(path)
        found = place_of_words(self.text[start:end], value, words, before)
        return self._lines.span(start + found[0], start + found[1]) if found else self.span(path)

    def path_at(self, position: Position) -> Path:
        """Return the path of the innermost value around a place."""
        offset = self._lines.offset(position)
        path: list[str | int] = []
        place = self._root
        while (inside := next(_around(place, offset), None)) is not None:
            step, place = inside
            path.append(step)
        return tuple(path)

    def line(self, number: int) -> str:
        """Return the text of a line without its newline, or nothing outside the file."""
        return self._lines.line(number)

    def _value(self, path: Path) -> object:
        """The value at a path, or the nearest value around it that exists."""
        value: Any = self.data
        place = self._root
        for step in path:
            inside = _inside(place, step)
            if inside is None:
                break
            value, place = value[step], inside
        return value

    def _nearest(self, path: Path) -> tuple[Place, bool]:
        place = self._root
        for step in path:
            inside = _inside(place, step)
            if inside is None:
                return place, False
            place = inside
        return place, True


def _inside(place: Place, step: str | int) -> Place | None:
    children: Children = place[4]
    if isinstance(step, str):
        return children.get(step) if isinstance(children, dict) else None
    return children[step] if isinstance(children, list) and 0 <= step < len(children) else None


def _around(place: Place, offset: int) -> Iterator[tuple[str | int, Place]]:
    """What stands directly in a place and around an offset, with the step that leads to it; a key belongs to it."""
    children: Children = place[4]
    steps = children.items() if isinstance(children, dict) else enumerate(children or ())
    yield from ((step, inside) for step, inside in steps if min(inside[0], inside[2]) <= offset < inside[1])


def read_source(content: bytes, file: str, *, pure: bool = False) -> Source:
    """Read the content of a file. What is wrong with it becomes findings; nothing is raised.

    Args:
        content: The bytes of the file.
        file: The name to show for it.
        pure: Whether to parse without the C extension, which gives the same result more slowly.
    """
    problems = Problems()
    text = to_text(content, problems)
    built = Built() if problems else to_data(text, problems, pure=pure)
    if not isinstance(built.data, dict) and (built.data is not None or not problems):
        problems.append(_not_a_mapping(built))
    findings = to_findings(problems, file, Lines(text)) if problems else ()
    return Source(file, text, built.data, findings, built.is_whole, built.root)


def _not_a_mapping(built: Built) -> Problem:
    start, end = built.root[:2]
    if built.data is None:
        return Problem("Y10", start, end, "The file has no content.", "Write the plan as 'key: value' lines.")
    kind = "a list" if isinstance(built.data, list) else "a single text"
    message = f"The file holds {kind}, not a plan: a plan is made of 'key: value' lines."
    return Problem("Y10", start, end, message, "Begin lines with a key, a colon and a space.")
