"""Turns a finished PDF into the reasons not to publish it: no tags, a foreign font, other words than the page has."""

from __future__ import annotations

import bisect
import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject, read_object

from pcstrat.publish import fonts
from pcstrat.publish.pdf_text import PdfReading, read_structure
from pcstrat.publish.problems import Problem
from pcstrat.publish.reading import Heading, PageWords, read_page, squeezed
from pcstrat.text import counted

_OURS = re.compile(rf"/[A-Z]{{6}}\+{fonts.FAMILY.replace(' ', '-')}(?:-[A-Za-z]+)*")
_MAKE_AGAIN = "This is a fault of a template or of pcstrat, not of the plan. Try it with --no-user-templates."
_SAME_WORDS = "Styles for paper may leave out navigation only, and must not reorder or cut off text."
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SMALLEST = 12.0
"""Points; running lines and charts may be smaller."""

_LARGEST = 20_000_000
"""Bytes: what a public web site and a slow line can bear."""

_CLAIM = b"pdfuaid:part"
_HASH_NAME = "pcstrat-content-hash"


class _LazyReader(PdfReader):
    """Reads single objects of a compressed PDF; pypdf would read all the thousands at once.

    Where pypdf's insides differ, its own slower way is used.
    """

    def __init__(self, pdf: bytes) -> None:
        super().__init__(io.BytesIO(pdf), strict=True)
        self._directories: dict[int, tuple[bytes, dict[int, int]]] = {}
        self._ends: dict[int, dict[int, int]] = {}
        self._read_objects: dict[int, PdfObject] = {}

    def object_at(self, number: int) -> object:
        """An object, read."""
        return IndirectObject(number, 0, self).get_object()

    def raw_object(self, number: int) -> bytes:
        """A compressed object as it is written; nothing for one that is not compressed."""
        if number not in self.xref_objStm:
            return b""
        container = self.xref_objStm[number][0]
        data, offsets = self._directory(container)
        if container not in self._ends:
            numbers = sorted(offsets, key=offsets.__getitem__)
            starts = [offsets[each] for each in numbers]
            self._ends[container] = dict(zip(numbers, [*starts[1:], len(data)], strict=True))
        return data[offsets[number] : self._ends[container][number]]

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number = indirect_reference.idnum
        if number in self._read_objects:
            return self._read_objects[number]
        data, offsets = self._directory(self.xref_objStm[number][0])
        stream = io.BytesIO(data)
        stream.seek(offsets[number])
        found = read_object(stream, self)
        assert isinstance(found, PdfObject)  # noqa: S101 - numbers stand alone only in damaged files
        self._read_objects[number] = found
        return found

    def _directory(self, container: int) -> tuple[bytes, dict[int, int]]:
        """The data of an object stream, and where each object begins in it."""
        if container not in self._directories:
            holder = IndirectObject(container, 0, self).get_object()
            data: bytes = holder.get_data()  # type: ignore[union-attr]  # an object stream, if the PDF is one
            first = int(holder["/First"])  # type: ignore[index]  # the same
            words = [int(word) for word in data[:first].split()]
            offsets = {number: first + offset for number, offset in zip(words[::2], words[1::2], strict=True)}
            self._directories[container] = data, offsets
        return self._directories[container]

    def font_objects(self) -> Iterator[DictionaryObject]:
        """Every font of the document, once, wherever it is used."""
        for number in (*self._font_numbers(), *self.xref.get(0, {})):
            found = IndirectObject(number, 0, self).get_object()
            if isinstance(found, DictionaryObject) and "/BaseFont" in found:
                yield found

    def _font_numbers(self) -> Iterator[int]:
        """The compressed objects that name a font, found without parsing the others."""
        for container in {place[0]: None for place in self.xref_objStm.values()}:
            data, offsets = self._directory(container)
            numbers = sorted(offsets, key=offsets.__getitem__)
            starts = [offsets[number] for number in numbers]
            places = (match.start() for match in re.finditer(b"/BaseFont", data))
            yield from dict.fromkeys(numbers[bisect.bisect(starts, place) - 1] for place in places)


def inspect_pdf(pdf: bytes, page: str = "") -> tuple[Problem, ...]:
    """Check a PDF that is about to be published, against the page that it was made from if that is given."""
    try:
        reader = _LazyReader(pdf)
        problems = [*_faults(_structure(reader)), *_faults(_fonts(reader))]
        if not problems:
            problems += _contents(reader, read_page(page) if page else None)
    except (PyPdfError, OSError, ValueError, KeyError) as error:
        problems = [*_faults([f"The PDF cannot be read ({error})."])]
    if len(pdf) > _LARGEST:
        problems += _faults([f"The PDF has {len(pdf):,} bytes, more than {_LARGEST:,}."])
    return tuple(problems)


def _faults(messages: Iterable[str], remedy: str = _MAKE_AGAIN) -> Iterator[Problem]:
    return (Problem(code="D04", message=message, remedy=remedy) for message in messages)


def _contents(reader: _LazyReader, page: PageWords | None) -> Iterator[Problem]:
    """What is said, in which order and how large; compared with the page if there is one."""
    said = read_structure(_catalogue(reader), reader)
    yield from _faults(_legibility(said))
    if page is not None:
        yield from _faults(_compared(said, page), _SAME_WORDS)
        yield from _faults(_particulars(reader, page), _SAME_WORDS)
        yield from _faults(_bookmarks(reader, page.headings))


def _legibility(said: PdfReading) -> Iterator[str]:
    if said.smallest < _SMALLEST - 0.05:
        text = said.smallest_text.strip()
        yield f"The PDF has text of {said.smallest:.3g} points ('{text[:40]}'); the least is {_SMALLEST:g}."
    if said.undescribed:
        yield f"The PDF has {counted(said.undescribed, 'drawing')} without a text in its place."
    if said.headless:
        yield f"The PDF has {counted(said.headless, 'table')} without a row of headers."
    yield from _order_of(said.headings)


def _order_of(headings: list[Heading]) -> Iterator[str]:
    levels = [heading.level for heading in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "The PDF does not begin with its only heading of level 1."
    if any(below > above + 1 for above, below in pairwise(levels)):
        yield "The headings of the PDF leave out a level."


def _compared(said: PdfReading, page: PageWords) -> Iterator[str]:
    """The first place where the words or the headings differ."""
    if said.headings != page.headings:
        there = {heading.text for heading in said.headings}
        missing = [heading.text for heading in page.headings if heading.text not in there]
        yield f"The headings of the PDF are not what the page says{f', such as {missing[0]!r}' if missing else ''}."
    if said.text != page.text:
        pairs = enumerate(zip_longest(said.text, page.text))
        place = next(number for number, (one, other) in pairs if one != other)
        around = slice(max(0, place - 20), place + 30)
        yield f"The PDF says '{said.text[around]}' where the page says '{page.text[around]}' (spaces left out)."


def _particulars(reader: _LazyReader, page: PageWords) -> Iterator[str]:
    """What the PDF says of itself: title, who made it, what it is, in which language, from which data."""
    information = _entry(reader.trailer, "/Info")
    stated = information if isinstance(information, DictionaryObject) else DictionaryObject()
    expected = {
        "/Title": page.particulars.get("title", ""),
        "/Author": page.particulars.get("author", ""),
        "/Subject": page.particulars.get("description", ""),
        f"/{_HASH_NAME.replace('-', '')}": page.particulars.get(_HASH_NAME, ""),
    }
    for key, value in expected.items():
        if squeezed(str(stated.get(key, ""))) != squeezed(value):
            yield f"The PDF has '{stated.get(key, '')}' as {key}, where the page says '{value}'."
    language = str(_catalogue(reader).get("/Lang", ""))
    if language != page.particulars.get("lang"):
        yield f"The PDF is in the language '{language}', where the page says '{page.particulars.get('lang')}'."


def _bookmarks(reader: _LazyReader, headings: list[Heading]) -> Iterator[str]:
    """Bookmarks are the headings: the same words, each under the heading it belongs to."""
    first = _entry(_catalogue(reader), "/Outlines", "/First")
    found = list(_outline(first, 1))
    if found != headings:
        odd = next((each.text for each, other in zip_longest(headings, found) if each != other and each), "the last")
        yield f"The bookmarks of the PDF are not the headings; the first that differs is '{odd}'."


def _outline(item: object, level: int) -> Iterator[Heading]:
    while isinstance(item, DictionaryObject):
        yield Heading(level=level, text=squeezed(str(item.get("/Title", ""))))
        yield from _outline(_entry(item, "/First"), level + 1)
        item = _entry(item, "/Next")


def _catalogue(reader: PdfReader) -> DictionaryObject:
    root = reader.trailer["/Root"].get_object()
    if not isinstance(root, DictionaryObject):
        raise PdfReadError("no catalogue")
    return root


def _structure(reader: PdfReader) -> Iterator[str]:
    root = _catalogue(reader)
    metadata = _entry(root, "/Metadata")
    claims = metadata.get_data() if isinstance(metadata, StreamObject) else b""
    pages = _entry(root, "/Pages", "/Kids")
    checks = {
        "The PDF is not tagged.": _entry(root, "/MarkInfo", "/Marked") and "/StructTreeRoot" in root,
        "The PDF does not state its language.": root.get("/Lang"),
        "The PDF does not show its title.": _entry(root, "/ViewerPreferences", "/DisplayDocTitle"),
        "The PDF has no title.": _entry(reader.trailer, "/Info", "/Title"),
        "The PDF has no bookmarks.": _entry(root, "/Outlines", "/First"),
        "The PDF does not number its pages.": _entry(root, "/PageLabels", "/Nums"),
        "The PDF has no pages.": _entry(root, "/Pages", "/Count"),
        "The PDF does not say that it is made for PDF/UA.": _CLAIM in claims,
        "The metadata of the PDF have no title.": b"<dc:title>" in claims,
        "The PDF is encrypted, which can shut out assistive technology.": "/Encrypt" not in reader.trailer,
        "A page of the PDF does not say that Tab follows the structure.": all(map(_tabs_in_order, _many(pages))),
        "The PDF carries files.": not _entry(root, "/Names", "/EmbeddedFiles"),
        "The PDF carries a script.": "/OpenAction" not in root and not _entry(root, "/Names", "/JavaScript"),
    }
    yield from (message for message, passed in checks.items() if not passed)


def _many(value: object) -> Iterator[object]:
    yield from value if isinstance(value, ArrayObject) else ()


def _tabs_in_order(page: object) -> bool:
    """Whether a page, or every page below a node of the tree of pages, follows the structure."""
    found = page.get_object() if isinstance(page, PdfObject) else page
    if not isinstance(found, DictionaryObject):
        return False
    below = found.get("/Kids")
    return all(map(_tabs_in_order, _many(below))) if below is not None else found.get("/Tabs") == "/S"


def _entry(holder: DictionaryObject, *keys: str) -> object:
    """The value that keys lead to; None if there is none."""
    value: object = holder
    for key in keys:
        value = value.get(key) if isinstance(value, DictionaryObject) else None
        value = value.get_object() if isinstance(value, PdfObject) else value
    return value


def _fonts(reader: _LazyReader) -> Iterator[str]:
    found = list(reader.font_objects())
    if not found:
        yield "The PDF has no text."
    for font in found:
        name = str(font["/BaseFont"])
        if not _OURS.fullmatch(name):
            yield f"The PDF uses the font {name[1:]}, which is not a part of {fonts.FAMILY}."
        if str(font.get("/Subtype")) != "/Type0" and not any(
            _entry(font, "/FontDescriptor", key) for key in _FONT_FILES
        ):
            yield f"The PDF does not carry its font {name[1:]}."
        if str(font.get("/Subtype")) == "/Type0" and _entry(font, "/ToUnicode") is None:
            yield f"The PDF does not say which characters the shapes of its font {name[1:]} are."
        widths = _entry(font, "/W")
        if isinstance(widths, ArrayObject) and widths and widths[0] == 0:
            yield f"The PDF has a character without a shape in the font {name[1:]}."
