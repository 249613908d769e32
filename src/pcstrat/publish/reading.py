"""Turns a page into what its PDF must say as well: the words in their order, the headings, the particulars.

What is for screens alone is left out (`SCREEN_ONLY`), and what a PDF says in another way: charts, whose tables follow,
and links before the first part, which a PDF gives page numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from pcstrat.publish.markup import Tag, read_markup

SCREEN_ONLY = frozenset({
    *("skip-link", "anchor", "contents-fold", "data-fold", "downloads", "neighbours", "foot", "cell-label"),
    "matrix__plan",
})  # fmt: skip
"""Classes of what leads through a page or labels it on a narrow screen: the only ones that paper may leave out."""

_LEFT_OUT = frozenset({"style", "script", "head", "svg", "template"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTHING = re.compile(r"[\s\u00ad\u200b\u2010\u2060]+")
"""White space, and what hyphenation adds or takes away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading with its level and its squeezed text: a PDF has no spaces where its lines end."""

    level: int
    text: str


@dataclass(slots=True)
class PageWords:
    """What a document says: its words, its headings, and what it says of itself by the names that a page uses."""

    text: str = ""
    headings: list[Heading] = field(default_factory=list)
    particulars: dict[str, str] = field(default_factory=dict)


def squeezed(text: str) -> str:
    """The characters that count when the words of two documents are compared."""
    return unicodedata.normalize("NFC", _NOTHING.sub("", text)).casefold()


def one_line(text: str) -> str:
    """Text with single spaces, as headings and titles are compared."""
    return " ".join(text.split())


class _Reader:
    """Reads a page once."""

    def __init__(self) -> None:
        self.reading = PageWords()
        self.parts: list[str] = []
        self.heading: list[str] | None = None
        self.title: list[str] | None = None
        self.skipped = ""
        self.depth = 0
        self.in_first_part = False

    def read(self, page: str) -> PageWords:
        read_markup(page, text=self._text, steps=lambda tag: (self._start if tag.start else self._end,))
        self.reading.text = squeezed("".join(self.parts))
        return self.reading

    def _text(self, text: str) -> None:
        if self.title is not None:
            self.title.append(text)
        if self.skipped:
            return
        self.parts.append(text)
        if self.heading is not None:
            self.heading.append(text)

    def _skip(self, tag: Tag) -> None:
        """Pass over an element, whatever stands in it; the head is looked at for what the page says of itself."""
        if self.skipped == "head":
            self._particular(tag)
        if tag.name == self.skipped and not tag.closed:
            self.depth += 1 if tag.start else -1
            if self.depth == 0:
                self.skipped = ""

    def _particular(self, tag: Tag) -> None:
        if tag.name == "meta" and "name" in tag.attributes:
            self.reading.particulars[tag.attributes["name"]] = tag.attributes.get("content", "")
        elif tag.name == "title":
            if tag.start:
                self.title = []
            elif self.title is not None:
                self.reading.particulars["title"] = one_line("".join(self.title))
                self.title = None

    def _start(self, tag: Tag) -> None:
        if self.skipped:
            self._skip(tag)
        elif tag.name == "html":
            self.reading.particulars["lang"] = tag.attributes.get("lang", "")
        elif self._is_left_out(tag):
            self.skipped, self.depth = tag.name, int(not tag.closed)
            if tag.closed:
                self.skipped = ""
        elif tag.name in _HEADINGS:
            self.heading = []
            self.in_first_part |= tag.name == "h2"

    def _is_left_out(self, tag: Tag) -> bool:
        if tag.name in _LEFT_OUT or (tag.name == "a" and not self.in_first_part):
            return True
        return not SCREEN_ONLY.isdisjoint(tag.attributes.get("class", "").split())

    def _end(self, tag: Tag) -> None:
        if self.skipped:
            self._skip(tag)
        elif tag.name in _HEADINGS and self.heading is not None:
            text = squeezed("".join(self.heading))
            self.reading.headings.append(Heading(level=_HEADINGS[tag.name], text=text))
            self.heading = None


def read_page(page: str) -> PageWords:
    """What a page says that its PDF must say too."""
    return _Reader().read(page)
