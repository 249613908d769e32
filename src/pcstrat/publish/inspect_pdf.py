"""Turns a finished PDF into the reasons not to publish it: no tags, no title, a font that is not ours."""

from __future__ import annotations

import bisect
import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, read_object

from pcstrat.publish import fonts
from pcstrat.publish.problems import Problem

_OURS = re.compile(rf"/[A-Z]{{6}}\+{fonts.FAMILY.replace(' ', '-')}(?:-[A-Za-z]+)*")
_MAKE_AGAIN = "This is a fault of a template or of pcstrat, not of the plan. Try it with --no-user-templates."
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


class _LazyReader(PdfReader):
    """Reads single objects of a compressed PDF; pypdf would read all the thousands at once.

    Where pypdf's insides differ, its own slower way is used.
    """

    def __init__(self, pdf: bytes) -> None:
        super().__init__(io.BytesIO(pdf), strict=True)
        self._directories: dict[int, tuple[bytes, dict[int, int]]] = {}

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number = indirect_reference.idnum
        data, offsets = self._directory(self.xref_objStm[number][0])
        stream = io.BytesIO(data)
        stream.seek(offsets[number])
        found = read_object(stream, self)
        assert isinstance(found, PdfObject)  # noqa: S101 - numbers stand alone only in damaged files
        return found

    def _directory(self, container: int) -> tuple[bytes, dict[int, int]]:
        """The data of an object stream, and where each object begins in it."""
        if container not in self._directories:
            holder = IndirectObject(container, 0, self).get_object()
            data: bytes = holder.get_data()  # type: ignore[union-attr]
            first = int(holder["/First"])  # type: ignore[index]
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


def inspect_pdf(pdf: bytes) -> tuple[Problem, ...]:
    """Check a PDF that is about to be published."""
    try:
        reader = _LazyReader(pdf)
        messages = [*_structure(reader), *_fonts(reader)]
    except (PyPdfError, OSError, ValueError, KeyError) as error:
        messages = [f"The PDF cannot be read ({error})."]
    return tuple(Problem(code="D04", message=message, remedy=_MAKE_AGAIN) for message in messages)


def _structure(reader: PdfReader) -> Iterator[str]:
    root = reader.trailer["/Root"].get_object()
    if not isinstance(root, DictionaryObject):
        raise PdfReadError("no catalogue")
    checks = {
        "The PDF is not tagged.": _entry(root, "/MarkInfo", "/Marked") and "/StructTreeRoot" in root,
        "The PDF does not state its language.": root.get("/Lang"),
        "The PDF does not show its title.": _entry(root, "/ViewerPreferences", "/DisplayDocTitle"),
        "The PDF has no title.": _entry(reader.trailer, "/Info", "/Title"),
        "The PDF has no bookmarks.": _entry(root, "/Outlines", "/First"),
        "The PDF has no pages.": _entry(root, "/Pages", "/Count"),
        "The PDF carries files.": not _entry(root, "/Names", "/EmbeddedFiles"),
        "The PDF carries a script.": "/OpenAction" not in root and not _entry(root, "/Names", "/JavaScript"),
    }
    yield from (message for message, passed in checks.items() if not passed)


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
        widths = _entry(font, "/W")
        if isinstance(widths, ArrayObject) and widths and widths[0] == 0:
            yield f"The PDF has a character without a shape in the font {name[1:]}."
