"""Turns a tagged PDF into what a screen reader reads: its words in the order of the tags, and its headings.

It reads what WeasyPrint writes, fast: the structure as text instead of as thousands of objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from pcstrat.publish.reading import Heading, squeezed

_ELEMENT = re.compile(rb"/S /(?P<role>\w+)/K \[(?P<kids>[^\]]*)\](?:/Pg (?P<page>\d+) 0 R)?")
_KID = re.compile(rb"(\d+)( 0 R)?")
_ALTERNATIVE = b"/Alt "
_MARKED = re.compile(rb"/MCID (\d+)>>\s+BDC\n(.*?)\nEMC\b", re.DOTALL)
_SHOWN = re.compile(rb"/(?P<font>\S+) (?P<size>[\d.]+) Tf|(?P<text>\[<[^\]]*\] TJ|<[0-9a-fA-F]*> Tj)")
_SCALE = re.compile(rb"([\d.]+) 0 0 \1 0 0 cm")
_POINTS_A_PIXEL = 0.75
_CODES = re.compile(rb"<([0-9a-fA-F]+)>")
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
_HEADING_ROLES = {f"H{level}".encode(): level for level in range(1, 7)}
_SILENT = frozenset({b"Lbl", b"Figure"})
"""What is not read as text: the marks of lists, and charts, which have an alternative text."""

_START = 200
"""How far from its start a page says how large its units are."""

_LARGE = 1000.0
"""Larger than any text, in points."""


class Objects(Protocol):
    """Gives the objects of a PDF."""

    def raw_object(self, number: int) -> bytes:
        """An object as it is written."""

    def object_at(self, number: int) -> object:
        """An object, read."""


@dataclass(slots=True)
class Element:
    """One element of the structure."""

    role: bytes
    kids: list[tuple[int, bool]]
    page: int
    described: bool


@dataclass(slots=True)
class PdfReading:
    """What a PDF says.

    `smallest` is the size of its smallest text in points, outside charts and running lines.

    `undescribed` counts figures without a text in their place, `headless` tables without a row of headers.
    """

    text: str = ""
    headings: list[Heading] = field(default_factory=list)
    smallest: float = _LARGE
    smallest_text: str = ""
    undescribed: int = 0
    headless: int = 0


@dataclass(slots=True)
class _Page:
    """One page: what each mark stands for, as drawing operations, the characters of its fonts, and points a unit."""

    marked: dict[int, bytes] = field(default_factory=dict)
    fonts: dict[bytes, dict[int, str]] = field(default_factory=dict)
    scale: float = _POINTS_A_PIXEL


class _Words:
    """The words of each marked piece of each page, with the smallest size among them."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self.pages: dict[int, _Page] = {}
        self.fonts: dict[int, dict[int, str]] = {}

    def at(self, number: int, mark: int) -> tuple[str, float]:
        """The words at a mark, and the smallest size among them in points."""
        if number not in self.pages:
            self.pages[number] = self._page(number)
        page = self.pages[number]
        characters: dict[int, str] = {}
        words: list[str] = []
        size = smallest = _LARGE
        for match in _SHOWN.finditer(page.marked.get(mark, b"")):
            if match["font"]:
                characters, size = page.fonts.get(match["font"], {}), float(match["size"]) * page.scale
            else:
                codes = bytes.fromhex(b"".join(_CODES.findall(match["text"])).decode())
                words.append(codes.decode("utf-16-be", "replace").translate(characters))
                smallest = min(smallest, size)
        return "".join(words), smallest

    def _page(self, number: int) -> _Page:
        page = self.objects.object_at(number)
        content = page["/Contents"].get_object() if isinstance(page, DictionaryObject) else None
        if not isinstance(page, DictionaryObject) or not isinstance(content, StreamObject):
            return _Page()
        data = content.get_data()
        scale = _SCALE.search(data, 0, _START)
        marked = {int(mark): drawn for mark, drawn in _MARKED.findall(data)}
        return _Page(marked, self._fonts_of(page), float(scale[1]) if scale else _POINTS_A_PIXEL)

    def _fonts_of(self, page: DictionaryObject) -> dict[bytes, dict[int, str]]:
        resources = page["/Resources"].get_object()
        fonts = resources["/Font"].get_object() if isinstance(resources, DictionaryObject) else None
        if not isinstance(fonts, DictionaryObject):
            return {}
        return {name[1:].encode(): self._characters(fonts.raw_get(name)) for name in fonts}

    def _characters(self, font: object) -> dict[int, str]:
        """The character of each code of a font."""
        number = font.idnum if isinstance(font, IndirectObject) else 0
        if number not in self.fonts:
            described = self.objects.object_at(number)
            table = described.get("/ToUnicode") if isinstance(described, DictionaryObject) else None
            stream = table.get_object() if table else None
            data = stream.get_data() if isinstance(stream, StreamObject) else b""
            self.fonts[number] = {int(code, 16): _character(value) for code, value in _PAIR.findall(data)}
        return self.fonts[number]


def _character(value: bytes) -> str:
    return bytes.fromhex(value.decode()).decode("utf-16-be", "replace")


class _Walk:
    """Goes through the structure in reading order."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self.words = _Words(objects)
        self.reading = PdfReading()
        self.parts: list[str] = []
        self.in_first_part = False

    def go(self, number: int) -> None:
        element = _element(self.objects, number)
        if element is None:
            return
        role = element.role
        if role == b"Figure" and not element.described:
            self.reading.undescribed += 1
        if role in _SILENT or (role == b"Link" and not self.in_first_part):
            return
        self.in_first_part |= role == b"H2"
        before = len(self.parts)
        for kid, is_object in self._kids(element):
            if is_object:
                self.go(kid)
            else:
                self._words_at(element.page, kid)
        if role in _HEADING_ROLES:
            text = squeezed("".join(self.parts[before:]))
            self.reading.headings.append(Heading(level=_HEADING_ROLES[role], text=text))

    def _kids(self, element: Element) -> Iterator[tuple[int, bool]]:
        """What is in an element, without the head of a table that a page repeats."""
        if element.role != b"Table":
            yield from element.kids
            return
        roles = [self._role(kid) for kid, _ in element.kids]
        self.reading.headless += b"THead" not in roles
        for (kid, is_object), role in zip(element.kids, roles, strict=True):
            if role != b"THead" or b"Caption" in roles:
                yield kid, is_object

    def _role(self, number: int) -> bytes:
        element = _element(self.objects, number)
        return element.role if element else b""

    def _words_at(self, page: int, mark: int) -> None:
        text, size = self.words.at(page, mark)
        self.parts.append(text)
        if text.strip() and size < self.reading.smallest:
            self.reading.smallest, self.reading.smallest_text = size, text


def _element(objects: Objects, number: int) -> Element | None:
    raw = objects.raw_object(number)
    found = _ELEMENT.search(raw)
    if found is None:
        return None if raw else _slow_element(objects.object_at(number))
    kids = [(int(number), bool(reference)) for number, reference in _KID.findall(found["kids"])]
    return Element(found["role"], kids, int(found["page"] or 0), _ALTERNATIVE in raw)


def _slow_element(found: object) -> Element | None:
    """An element that does not stand in a compressed object."""
    if not isinstance(found, DictionaryObject) or "/S" not in found:
        return None
    kids = found.get("/K", ArrayObject())
    kids = kids if isinstance(kids, ArrayObject) else ArrayObject([kids])
    page = found.raw_get("/Pg") if "/Pg" in found else None
    return Element(
        str(found["/S"])[1:].encode(),
        [(kid.idnum, True) if isinstance(kid, IndirectObject) else (int(kid), False) for kid in kids],
        page.idnum if isinstance(page, IndirectObject) else 0,
        "/Alt" in found,
    )


def read_structure(root: DictionaryObject, objects: Objects) -> PdfReading:
    """What a PDF says; `root` is its catalogue."""
    tree = root["/StructTreeRoot"].get_object()
    kids = tree.get("/K", ArrayObject()) if isinstance(tree, DictionaryObject) else ArrayObject()
    walk = _Walk(objects)
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        if isinstance(kid, IndirectObject):
            walk.go(kid.idnum)
    walk.reading.text = squeezed("".join(walk.parts))
    return walk.reading
