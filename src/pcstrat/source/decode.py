"""Turns the bytes of a file into text with plain line ends, or says why they are not text."""

from __future__ import annotations

import re
import unicodedata

from pcstrat.patterns import Pattern
from pcstrat.source.problems import Problem, Problems

MAX_BYTES = 5_000_000

_UTF8 = "In your editor, choose 'Save with encoding' and UTF-8."
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_INVISIBLE = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TAB_INDENT = Pattern(r"^ *(\t[ \t]*)(?=[^ \t\n])", re.MULTILINE)
_WIDE_INDENT = Pattern("^ *([\u00a0\u2000-\u200a\u202f\u3000]+)", re.MULTILINE)
_OTHER_FILES = {
    b"PK\x03\x04": "a Word, Excel or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"%PDF-": "a PDF",
    b"{\\rtf": "a rich text file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
"""What files begin with that are not plain text, whatever they are called."""
_DIRECTIVE = Pattern(r"^%[^\n]*", re.MULTILINE)
_NAMES = {
    "\x00": "NUL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\x0b": "VERTICAL TAB",
    "\x0c": "FORM FEED",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\ufeff": "BYTE ORDER MARK",
}
_EVERYDAY = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_EXAMPLES = 20


def to_text(content: bytes, problems: Problems) -> str:
    """Return the text of a file, as far as it has one; every problem stops the file from being read further."""
    if len(content) > MAX_BYTES:
        message = f"The file has more than {MAX_BYTES:,} bytes, and a plan may have no more."
        problems.report(Problem("Y06", 0, 0, message, "Check that this is a plan; divide it if it is."))
        return ""
    for mark, kind in _OTHER_FILES.items():
        if content.startswith(mark):
            remedy = "Save the plan as plain text, in UTF-8, with the ending .yaml."
            problems.report(Problem("Y01", 0, 0, f"The file is {kind}, not plain text.", remedy))
            return ""
    for mark, encoding in _WIDE_BOMS.items():
        if content.startswith(mark):
            problems.report(Problem("Y01", 0, 0, f"The file is saved as {encoding}, not as UTF-8.", _UTF8))
            return ""
    content = content.removeprefix(_BOM)
    try:
        text = _plain_line_ends(content.decode())
    except UnicodeDecodeError as error:
        problems.report(_bad_byte(content, error.start))
        return _plain_line_ends(content.decode(errors="replace"))
    is_plain = content.translate(None, _EVERYDAY).decode().isprintable()
    if not is_plain:
        _report_invisible(text, problems)
    _report_indents(text, problems, is_plain=is_plain)
    _report_directive(text, problems)
    return text


def _plain_line_ends(text: str) -> str:
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bad_byte(content: bytes, start: int) -> Problem:
    offset = len(_plain_line_ends(content[:start].decode()))
    byte = content[start]
    guess = bytes([byte]).decode("cp1252", errors="ignore")
    meant = f"; in the older Windows encoding it would be '{guess}'" if guess.strip() else ""
    message = f"The byte 0x{byte:02X} is not UTF-8{meant}."
    return Problem("Y01", offset, offset + 1, message, _UTF8)


def _report_invisible(text: str, problems: Problems) -> None:
    found = list(_INVISIBLE.finditer(text))
    for match in found[:_EXAMPLES]:
        message = f"The file contains an invisible character, {_name(match[0])}."
        remedy = _UTF8 if match[0] == "\0" else "Delete the character; it often comes with text pasted from elsewhere."
        problems.report(Problem("Y01", match.start(), match.end(), message, remedy))
    if len(found) > _EXAMPLES:
        rest = found[_EXAMPLES]
        message = f"From here on the file contains {len(found) - _EXAMPLES:,} more invisible characters."
        problems.report(Problem("Y01", rest.start(), rest.end(), message, _UTF8))


def _name(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name})"


def _report_indents(text: str, problems: Problems, *, is_plain: bool) -> None:
    """Report tabs, and wide spaces unless all characters but the everyday ones are plain: can be seen."""
    kinds = (("\t" in text, _TAB_INDENT, "A tab"), (not is_plain, _WIDE_INDENT, "A space that is no ordinary one"))
    for may_be, pattern, what in kinds:
        if may_be:
            for match in pattern.finditer(text):
                message = f"{what} stands in the indentation of this line."
                problems.report(Problem("Y02", match.start(1), match.end(1), message, "Indent with spaces only."))


def _report_directive(text: str, problems: Problems) -> None:
    for match in _DIRECTIVE.finditer(text) if "\n%" in text or text.startswith("%") else ():
        message = "A line that starts with % is read as an instruction to the reader of the file (a directive)."
        problems.report(Problem("Y02", match.start(), match.end(), message, "Delete the line, or indent it."))
