"""Turns XML text into a tree of elements with their places, and a tree into XML text.

What is read is untrusted: a document type, which is where entities are declared, is refused, so nothing can be expanded
or fetched; size and depth are limited.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from pcstrat.errors import NotDoneError
from pcstrat.text import has_unsafe_characters

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
LARGEST = 5_000_000
"""The largest file that is read, in bytes; the same as for a plan."""
DEEPEST = 32
_INDENT = "  "
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_IN_VALUES = {ord(each): f"&#{ord(each)};" for each in "\t\n\r"} | {ord('"'): "&quot;"}
"""What would end the value of an attribute, or be a space there, as references."""
_ILLEGAL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class StratmlError(NotDoneError):
    """A file that is not StratML, or that must not be read."""


@dataclass(slots=True)
class Element:
    """An element: its local name, text, attributes, the elements in it, where it begins, and what of it was read."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    line: int = 0
    column: int = 0
    was_read: bool = False
    attributes_read: set[str] = field(default_factory=set)

    def attribute(self, name: str) -> str:
        """The value of an attribute; empty where there is none."""
        self.attributes_read.add(name)
        return self.attributes.get(name, "")

    def all(self, name: str) -> Iterator[Element]:
        """The elements of a name directly inside this one."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """The first element of a name directly inside this one."""
        return next(self.all(name), None)

    def words(self, name: str) -> str:
        """The text of the first element of a name, on one line; empty when there is none."""
        return " ".join(self._read(name).split())

    def prose(self, name: str) -> str:
        """The text of the first element of a name, with a blank line between paragraphs; empty when there is none."""
        paragraphs = _BLANK_LINES.split(self._read(name).strip())
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)

    def _read(self, name: str) -> str:
        found = self.first(name)
        if found is None:
            return ""
        found.was_read = True
        return found.text

    def unread(self, name: str) -> None:
        """Take back that the first element of a name was read: what it says could not be used."""
        found = self.first(name)
        if found is not None:
            found.was_read = False

    def everything(self) -> Iterator[Element]:
        """This element and all inside it."""
        yield self
        for child in self.children:
            yield from child.everything()


def element(name: str, *children: Element | None, **attributes: str) -> Element:
    """An element with the children that are there."""
    return Element(name, attributes=attributes, children=[child for child in children if child is not None])


def leaf(name: str, text: str | None) -> Element | None:
    """An element with text; none when there is no text."""
    return Element(name, text) if text else None


def to_text(root: Element) -> str:
    """The XML of a StratML document: UTF-8, two spaces a level, one newline at its end."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    _write(root, "", lines, f' xmlns="{NAMESPACE}"')
    return "\n".join(lines) + "\n"


def _write(node: Element, indent: str, lines: list[str], namespace: str = "") -> None:
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in node.attributes.items())
    start = f"{indent}<{node.name}{namespace}{attributes}"
    if node.children:
        lines.append(f"{start}>")
        for child in node.children:
            _write(child, indent + _INDENT, lines)
        lines.append(f"{indent}</{node.name}>")
    elif node.text:
        lines.append(f"{start}>{_written(node.text)}</{node.name}>")
    else:
        lines.append(f"{start}/>")


def _quoted(value: str) -> str:
    """The value of an attribute as XML has it. `xml.sax.saxutils` would load whatever fetches web pages."""
    return html.escape(_legal(value), quote=False).translate(_IN_VALUES)


def _written(text: str) -> str:
    """Text as XML has it; characters that hide or reorder text are written as references."""
    if text.isascii() and text.isprintable():
        return html.escape(text, quote=False)
    written = html.escape(_legal(text), quote=False)
    if not has_unsafe_characters(written):
        return written
    return "".join(f"&#x{ord(each):X};" if has_unsafe_characters(each) else each for each in written)


def _legal(text: str) -> str:
    """Text without what no XML file may have, even as a reference."""
    return _ILLEGAL.sub("\ufffd", text)


def to_tree(content: bytes, file: str) -> Element:
    """The root of an XML file.

    Raises:
        StratmlError: The file is too large, is not well-formed, has a document type, or is nested too deeply; the
            message says where.
    """
    if len(content) > LARGEST:
        raise StratmlError(f"{file} has more than {LARGEST // 1_000_000} MB, so it was not read.")
    return _Reader(file).read(content)


class _Reader:
    """Builds the tree while expat reads."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[Element] = [Element("")]
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)  # noqa: FBT003 - the signature of expat
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise self._error(f"This is not well-formed XML: {reason}.", error.lineno, error.offset + 1) from None
        return self.open[0].children[0]

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self.open) > DEEPEST:
            raise self._error(f"The elements are nested more than {DEEPEST} deep, so the file was not read.")
        local = name.rpartition(" ")[2]
        line, column = self._place
        found = Element(local, attributes=dict(attributes), line=line, column=column)
        self.open[-1].children.append(found)
        self.open.append(found)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].text += text

    def _refuse(self, *_declaration: object) -> None:
        raise self._error("The file declares a document type. StratML has none, and it could hide entities.")

    @property
    def _place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _error(self, message: str, *place: int) -> StratmlError:
        line, column = place or self._place
        return StratmlError(f"{self.file}:{line}:{column}: {message}")
