"""Turns a finished web page into the reasons not to publish it: what a screen reader would miss, what it would load."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pcstrat.publish.markup import MarkupReader, Steps, Tag, pieces_of
from pcstrat.publish.page_rules import Charts, Links, Tables, alternative_problem, block_capitals
from pcstrat.publish.problems import Problem
from pcstrat.text import counted

_LOADING = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction", "manifest", "ping"})
"""Attributes whose address a browser asks for by itself."""

_REFERRING = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_FORBIDDEN = frozenset({"script", "iframe", "object", "embed", "base", "applet", "frame"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARTS = frozenset({"h1", "h2"})
"""Headings that begin a part of the page."""

_NAMED = ("a", "svg", "title", "caption", "summary", *_HEADINGS)
"""Elements that must say something, besides the cells of tables."""

_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_STYLE_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
_UNEVEN = re.compile(
    r"text-align:\s*justify|text-transform:\s*uppercase|font-variant(?:-caps)?:[^;}]*small-caps", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_HASH = re.compile(r"[0-9a-f]{64}")
_DASH = " – "
_DEEPEST = 4
LONGEST_H1 = 65
DOCUMENT_CONTROL = "Document control"
CONTROL = ("Owner", "Status", "Version", "Published", "Approved", "Next review", "Contact", "Ask for another format")
"""What a public document says of itself, even if only that it is not stated."""

ACCESSIBILITY_PAGE = "accessibility.html"
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class InspectedPage:
    """What was found in a page: the reasons not to publish it, what could be better, and all its text.

    Between the texts of two elements stands a space.
    """

    problems: tuple[Problem, ...]
    text: str
    remarks: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Named:
    """An element that must have a name or content: the name it has so far, and where the text began."""

    tag: str
    name: str
    first_text: int
    start: Tag


class PageInspection:
    """Reads a page once, which may come piece by piece, and notes what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.texts: list[str] = []
        self.earlier_texts: list[str] = []
        self.ids: set[str] = set()
        self.references: list[tuple[str, str]] = []
        self.heading = "the start of the page"
        self.level = 0
        self.h1 = 0
        self.language = self.title = self.top_heading = ""
        self.said: dict[str, str] = {}
        self.remarks: list[Problem] = []
        self.links = Links(self.note)
        self.tables = Tables(self.note)
        self.row_heads: set[str] = set()
        self.charts = Charts()
        self.control = ""
        self.control_from: int | None = None
        self.named: list[_Named] = []
        self.starts: dict[str, Callable[[Tag], None]] = {
            "html": self._html,
            "table": self._table,
            "tr": lambda _tag: self.tables.row(),
            "td": self._cell,
            "th": self._cell,
            "img": self._image,
            "meta": self._meta,
            "link": self._link_element,
            "i": self._slanted,
            "u": self._slanted,
            "style": lambda tag: self._styles(tag.raw),
            **dict.fromkeys(_NAMED, self._open_named),
            **dict.fromkeys(_FORBIDDEN, self._forbidden),
        }
        self.ends: dict[str, Callable[[Tag], None]] = {
            "table": self._end_table,
            "tr": lambda _tag: self.tables.end_row(),
            **dict.fromkeys((*_NAMED, "td", "th"), self._end_named),
        }
        self.attributes: dict[str, Callable[[Tag, str, str], None]] = {
            "id": self._id,
            "style": lambda _tag, _name, value: self._styles(value),
            "href": self._address,
            "xlink:href": self._address,
            **dict.fromkeys(_REFERRING, self._reference),
            **dict.fromkeys(_LOADING, self._loading),
        }

    def note(self, message: str, remedy: str) -> None:
        """Note one problem; the message ends with where it is."""
        message = f"{message}, after '{self.heading}'."
        self.problems.append(Problem(code="D02", message=message, remedy=remedy))

    def remark(self, message: str, remedy: str) -> None:
        """Note what could be better."""
        self.remarks.append(Problem(code="D05", message=message, remedy=remedy))

    def read(self, pieces: Iterable[str]) -> Iterator[str]:
        """Read a whole page on its way: each piece is handed on."""
        reader = MarkupReader(text=self.texts.append, steps=self._steps)
        for piece in pieces:
            reader.feed(piece)
            self._put_texts_by()
            yield piece
        reader.close()
        self._finish()

    def _put_texts_by(self) -> None:
        """Put texts together that are read: thousands of short ones take several times as much memory."""
        if self.texts and not self.named and self.control_from is None:
            self.earlier_texts.append(" ".join(self.texts))
            self.texts.clear()

    def _steps(self, tag: Tag) -> Steps:
        if not tag.start:
            end = self.ends.get(tag.name)
            return (end,) if end else ()
        has_more = any(name in self.attributes or name.startswith("on") for name in tag.attributes)
        part, attributes = tag.name in _PARTS and self._part, has_more and self._attributes
        return tuple(step for step in (part, attributes, self.starts.get(tag.name)) if step)

    def _part(self, tag: Tag) -> None:
        self.charts.heading(_HEADINGS[tag.name])

    def _attributes(self, tag: Tag) -> None:
        for name, value in tag.attributes.items():
            if handle_value := self.attributes.get(name):
                handle_value(tag, name, value)
            elif name.startswith("on"):
                self.note(f"<{tag.name}> has the script '{name}'", "Remove it: pages work without scripts.")

    def _forbidden(self, tag: Tag) -> None:
        self.note(f"The page has a <{tag.name}> element", "Remove it: pages work without scripts and frames.")

    def _end_named(self, tag: Tag) -> None:
        if self.named and self.named[-1].tag == tag.name:
            self._close_named(self.named.pop())

    def _end_table(self, _tag: Tag) -> None:
        self.tables.end()
        self._end_control()

    def _id(self, _tag: Tag, _name: str, value: str) -> None:
        if value in self.ids:
            self.note(f"The id '{value}' is used twice", "Give one of the two another id.")
        if not value or value.split() != [value]:
            self.note(f"The id '{value}' is empty or has spaces", "Write it as one word.")
        self.ids.add(value)
        self.charts.identified(value)

    def _reference(self, _tag: Tag, name: str, value: str) -> None:
        self.references += [(target, name) for target in value.split()]

    def _loading(self, tag: Tag, name: str, value: str) -> None:
        self._loaded(value, f"{name} of <{tag.name}>")

    def _loaded(self, address: str, what: str) -> None:
        if not address.lstrip().lower().startswith(("data:", "#")):
            remedy = "Put the content into the page itself, as a data: address."
            self.note(f"The page would load '{address[:80]}' ({what})", remedy)

    def _address(self, tag: Tag, _name: str, address: str) -> None:
        if tag.name not in {"a", "area", "link"}:
            self._loaded(address, f"href of <{tag.name}>")
        elif address.startswith("#"):
            self.references.append((address[1:], "a link"))
        else:
            scheme = _SCHEME.match(address)
            if scheme and scheme[1].lower() not in _SCHEMES:
                self.note(
                    f"A link leads to '{address[:80]}'", "Link to a web page, a file beside this one or an email."
                )

    def _styles(self, text: str) -> None:
        text = _STYLE_COMMENT.sub("", text) if "/*" in text else text
        for address in _STYLE_URL.findall(text):
            self._loaded(address, "url() in a style")
        if _UNEVEN.search(text):
            self.remark("A style sets text in block capitals or with even margins.", "Leave text as it is written.")
        if "@import" in text:
            self.note("A style imports another style sheet", "Put its rules into the page itself.")

    def _html(self, tag: Tag) -> None:
        self.language = tag.attributes.get("lang", "")

    def _slanted(self, tag: Tag) -> None:
        if not tag.closed:
            self.remark(f"The page has an <{tag.name}> element.", "Use <strong>, sparingly; underlines are for links.")

    def _meta(self, tag: Tag) -> None:
        self.said[tag.attributes.get("name", "")] = tag.attributes.get("content", "").strip()
        if tag.attributes.get("http-equiv", "").lower() == "refresh":
            self.note("The page sends its reader on by itself", "Remove <meta http-equiv=refresh>.")

    def _link_element(self, tag: Tag) -> None:
        kinds = set(tag.attributes.get("rel", "").lower().split())
        if kinds - {"alternate", "canonical", "license", "author", "help", "next", "prev"} or not kinds:
            self._loaded(tag.attributes.get("href", ""), "href of <link>")

    def _image(self, tag: Tag) -> None:
        alternative = tag.attributes.get("alt", "").strip()
        if problem := alternative_problem(alternative):
            self.note(problem, "Say in alt='...' what it shows, or make a decoration the background of an element.")
        if self.named:
            self.named[-1].name += alternative

    def _open_named(self, tag: Tag) -> None:
        if tag.closed:
            return
        if tag.name in _HEADINGS:
            self._heading(_HEADINGS[tag.name])
        if tag.name != "a" or "href" in tag.attributes:
            label = tag.attributes.get("aria-label", "") if tag.name == "a" else ""
            self.named.append(_Named(tag.name, label, len(self.texts), tag))

    def _close_named(self, element: _Named) -> None:
        text = " ".join(" ".join(self.texts[element.first_text :]).split())
        name = " ".join(element.name.split()) or text
        if element.tag in {"td", "th"}:
            self.tables.cell_said(element.start, text)
            if element.tag == "th":
                self.row_heads.add(text)
        elif element.tag == "a":
            if name:
                self.links.read(name, element.start)
                self.charts.link(element.start.attributes.get("href", ""))
        elif element.tag == "title":
            self._close_title(text, element)
        elif element.tag in _HEADINGS:
            self.heading = text or self.heading
            self.top_heading = self.top_heading or text
        elif element.tag == "caption":
            self._close_caption(text)
        elif element.tag == "svg":
            name = element.name
            self.charts.chart(name)
        if not name and element.tag != "caption":
            self.note(f"A <{element.tag}> has no text", _NAME_REMEDIES.get(element.tag, "Write what it says."))

    def _close_title(self, text: str, element: _Named) -> None:
        """A title names the drawing it stands in, else the page; it is not shown."""
        if self.named and self.named[-1].tag == "svg":
            self.named[-1].name += text
        elif not self.named:
            self.title = text
        del self.texts[element.first_text :]

    def _heading(self, level: int) -> None:
        self.h1 += level == 1
        if level > _DEEPEST:
            self.note(f"The page has a heading h{level}", f"Use h{_DEEPEST} at most; a list will do below.")
        if level > self.level + 1:
            before = f"h{self.level}" if self.level else "nothing"
            self.note(f"The heading h{level} follows {before}", f"Make it h{self.level + 1}: no level is left out.")
        self.level = level

    def _table(self, _tag: Tag) -> None:
        self.tables.start()
        self.charts.table()

    def _cell(self, tag: Tag) -> None:
        if self.tables.cell(tag):
            self.named.append(_Named(tag.name, "", len(self.texts), tag))

    def _close_caption(self, text: str) -> None:
        self.tables.caption(text)
        if text == DOCUMENT_CONTROL:
            self.control_from = len(self.texts)

    def _end_control(self) -> None:
        if self.control_from is not None:
            self.control += " ".join(self.texts[self.control_from :])
            self.control_from = None

    def _finish(self) -> None:
        self.heading = "the whole page"
        for target, what in dict.fromkeys(self.references):
            if target not in self.ids:
                self.note(f"'#{target}' ({what}) leads nowhere", f"Give the place it means id='{target}'.")
        if self.h1 != 1:
            self.note(f"The page has {counted(self.h1, 'heading')} of level 1", "Give it exactly one <h1>.")
        for chart in self.charts.alone():
            remedy = "Put a table with the same numbers after it, or a link to the part that has one."
            self.note(f"No table follows the chart '{chart}'", remedy)
        self._head()
        explained = {word for head in self.row_heads if not block_capitals(head) for word in head.split()}
        for run in block_capitals(self._text(), explained):
            self.remark(f"'{run}' is written in block capitals.", "Write it in small letters, as a sentence has it.")
        if len(self.top_heading) > LONGEST_H1:
            message = f"The title '{self.top_heading}' has {len(self.top_heading)} characters."
            self.remark(message, f"Titles of up to {LONGEST_H1} characters are easier to read and to find.")

    def _head(self) -> None:
        """What a page says of itself, before anybody sees it."""
        if not _LANGUAGE.fullmatch(self.language):
            self.note("The page does not say its language", "Write <html lang='en-GB'>.")
        if not self.title:
            self.note("The page has no title", "Write <title>...</title> in its head.")
        elif not self.title.startswith(f"{self.top_heading}{_DASH}"):
            remedy = "Write its h1, an en dash, and who publishes."
            self.note(f"The title '{self.title}' is not 'Heading – Publisher'", remedy)
        if not self.said.get("description"):
            self.note("The page has no description", "Write <meta name='description' content='...'> in its head.")

    def found(self) -> InspectedPage:
        """Everything that was found, each once."""
        problems, remarks = tuple(dict.fromkeys(self.problems)), tuple(dict.fromkeys(self.remarks))
        return InspectedPage(problems, self._text(), remarks)

    def _text(self) -> str:
        return " ".join((*self.earlier_texts, *self.texts))

    def finish_plan(self, *, with_pdf: bool) -> None:
        """What the page of a plan must have besides: document control, and ways to other formats."""
        words = self.control.casefold()
        missing = [name for name in CONTROL if name.casefold() not in words]
        if missing:
            remedy = "Show the table that pcstrat makes; what a plan does not state is 'Not stated' there."
            self.note(f"The table '{DOCUMENT_CONTROL}' does not name: {', '.join(missing)}", remedy)
        if not any(address.partition("#")[0].endswith(ACCESSIBILITY_PAGE) for address in self.links.all):
            self.note("No link leads to the page on accessibility", "Put one into the foot of the page.")
        if not _HASH.fullmatch(self.said.get("pcstrat-content-hash", "")):
            self.note("The page does not carry the hash of the plan", "Write <meta name='pcstrat-content-hash'>.")
        if with_pdf and not any(address.endswith(".pdf") for address in self.links.all):
            self.note("No link leads to the PDF", "Show the link of the page to its PDF.")


_NAME_REMEDIES = {
    "a": "Write the words that are the link, or give it aria-label='...'.",
    "svg": "Start the drawing with <title>, which says what it shows.",
    "td": "Write what the cell says, such as 'Not stated'.",
    "th": "Write what the cell heads.",
}


def inspect_page(markup: str) -> InspectedPage:
    """Check a page that is about to be published."""
    return _inspected(markup).found()


def inspect_plan_page(markup: str, *, with_pdf: bool = False) -> InspectedPage:
    """Check the page of a plan; `with_pdf` once there is a PDF to link to."""
    inspection = _inspected(markup)
    inspection.finish_plan(with_pdf=with_pdf)
    return inspection.found()


def _inspected(markup: str) -> PageInspection:
    inspection = PageInspection()
    for _ in inspection.read(pieces_of(markup)):
        pass
    return inspection
