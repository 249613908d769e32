"""Turns accidents of notation into plain English: what YAML made of a text, and how to write it instead."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import NamedTuple

from pcstrat.patterns import Pattern
from pcstrat.source.events import Kind, NotYamlError
from pcstrat.source.problems import QUOTE_IT, Problem, quoted

_VALUE = Pattern(r"(?P<indent> *)(?:- +)*(?P<key>[^\s\"'\[{#&*!|>%@`-][^\s:]*:(?= |$) *)?")
_NO_SPACE = Pattern(r" *(?:- +)*(?:(?P<key>[A-Za-z_][\w-]*:)(?![\s/])|-(?![\s-]))")
_GOOD_ESCAPES = Pattern(
    r"""(?:[^\\]|\\(?:[0abtnvfre "/\\N_LP\n\t]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}))*+""",
)
_QUOTED = Pattern(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_CODE = Pattern(r"\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|.)", re.DOTALL)
_SURROGATES = range(0xD800, 0xE000)
_WORD = Pattern(r"\S+")
_SIGNS = {":": "second colon", "?": "question mark"}
_BRACKETS = {"[": "list", "{": "mapping"}
_KEY_VALUE = "Write 'key: value', or delete the line."
_LINE_UP = "Line its start up with the entries it belongs to."
_STARTERS = {
    "*": "YAML reads text that starts with * as a reference to another value.",
    "&": "YAML reads text that starts with & as a label for a value.",
    "!": "YAML reads text that starts with ! as a tag.",
    "%": "YAML does not allow text to start with %.",
    "@": "YAML does not allow text to start with @.",
    "`": "YAML does not allow text to start with a backtick.",
}


class _Scene(NamedTuple):
    """The place where a parser gave up: the text, the error, and the line with the value that stands on it."""

    text: str
    kind: Kind
    offset: int
    context: int
    line_start: int
    line: str
    value_at: int
    last_scalar: tuple[int, int]

    @property
    def value(self) -> str:
        """The value that stands on the line, after dashes and a key."""
        return self.line[self.value_at - self.line_start :].rstrip()

    @property
    def line_end(self) -> int:
        """The offset of the end of the line."""
        return self.line_start + len(self.line)

    @property
    def first_on_line(self) -> bool:
        """Whether nothing but spaces stands before the place of the error."""
        return not self.text[self.line_start : self.offset].strip()

    def problem(self, code: str, start: int, message: str, remedy: str) -> Problem:
        """Report the word at an offset."""
        word = _WORD.match(self.text, start)
        return Problem(code, start, word.end() if word else start, message, remedy)


def explain_accident(value: object) -> str | None:
    """Say what made a mapping or a list out of a text, or nothing if the value does not look like an accident."""
    if isinstance(value, dict):
        if is_split_by_colon(value):
            return split_by_colon(next(iter(value)))
        lost = [key for key, item in value.items() if item is None]
        if not lost:
            return None
        return lone_key(lost[0]) if len(value) == 1 else split_by_comma(lost[-1])
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "Brackets or a dash at the start made this text a list."
    return None


def is_split_by_colon(value: dict[str, object]) -> bool:
    """Whether a mapping looks like a text with a colon in it: one key, and a text or, after several words, nothing."""
    if len(value) != 1:
        return False
    key, item = next(iter(value.items()))
    return isinstance(item, str) or (item is None and " " in key)


def lone_key(key: str) -> str:
    """Say why a text alone is a key."""
    return f"{quoted(key)} is read as a key without a value: brackets around a text or a colon after it make it a key."


def split_by_colon(key: str) -> str:
    """Say that a colon made a key out of the first words of a text."""
    return f"The colon in {quoted(key)[:-1]}: ...' made this item a key with a value."


def split_by_comma(key: str) -> str:
    """Say that a comma in curly brackets made a key out of the last words of a text."""
    return f"The comma before {quoted(key)} ended the text, and {quoted(key)} became a key without a value."


def second_document(start: int, end: int) -> Problem:
    """Say that a file holds more than one document."""
    message = "A second document starts here; a plan is one document."
    return Problem("Y05", start, end, message, "Delete the line, or move what follows into a file of its own.")


def explain_syntax(text: str, error: NotYamlError, last_scalar: tuple[int, int]) -> Problem:
    """Say why a text is not YAML: an accident that is recognised, or at least the place."""
    text += "\n\n"  # so that every offset has a character
    here = _scene(text, error, error.offset, last_scalar)
    context = _scene(text, error, error.context, last_scalar)
    for scene, explain in ((scene, explain) for explain in _EXPLANATIONS for scene in (here, context)):
        problem = explain(scene)
        if problem is not None:
            return problem
    return _unexplained(here)


def _scene(text: str, error: NotYamlError, at: int, last_scalar: tuple[int, int]) -> _Scene:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", start)
    line = text[start:] if end < 0 else text[start:end]
    match = _VALUE.match(line)
    value_at = start + (match.end() if match else 0)
    return _Scene(text, error.kind, error.offset, error.context, start, line, value_at, last_scalar)


def _second_document(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.DOCUMENT:
        return None
    before = scene.text[: scene.offset].rstrip().rpartition("\n")[2]
    return second_document(scene.offset, scene.offset + 1) if before.startswith("...") else None


def _starter(scene: _Scene) -> Problem | None:
    message = _STARTERS.get(scene.value[:1])
    if message is None or not scene.value_at <= scene.offset <= scene.line_end:
        return None
    return scene.problem("Y09", scene.value_at, message, QUOTE_IT)


def _bad_escape(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.QUOTED or scene.text[scene.context] != '"':
        return None
    match = _GOOD_ESCAPES.match(scene.text, scene.context + 1)
    if match is None or scene.text[match.end() : match.end() + 1] != "\\":
        return None
    message = "Inside double quotes a backslash starts a special character, and this is none."
    return scene.problem("Y02", match.end(), message, "Write two backslashes, or use single quotes.")


def _no_character(scene: _Scene) -> Problem | None:
    """A code in double quotes that stands for no character: a surrogate, or one beyond the last."""
    quoted_text = _QUOTED.match(scene.text, scene.context) if scene.kind is Kind.QUOTED else None
    for code in _CODE.finditer(quoted_text.group()) if quoted_text else ():
        number = int(code[1] or code[2] or "0", 16)
        if number in _SURROGATES or number > sys.maxunicode:
            message = f"The code {code.group()} stands for no character."
            return scene.problem("Y02", scene.context + code.start(), message, "Write the character itself.")
    return None


def _open_quote(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.QUOTED:
        return None
    message = "The quotation mark that opens here is never closed."
    return scene.problem("Y02", scene.context, message, "Close it, or leave it out and use a block starting with >-.")


def _after_quote(scene: _Scene) -> Problem | None:
    start, end = scene.last_scalar
    if start >= scene.offset or scene.text[start] not in "\"'" or scene.text[end : scene.offset].strip():
        return None
    line, last = (scene.text.count("\n", 0, at) + 1 for at in (start, end))
    after = "more text follows the quotation mark that closes it"
    where = f"{after} in line {last}" if last != line else after
    message = f"The text begins with a quotation mark, but {where}."
    return scene.problem("Y09", start, message, QUOTE_IT) if not scene.first_on_line else None


def _sign_in_brackets(scene: _Scene) -> Problem | None:
    sign = scene.text[scene.offset]
    if scene.kind not in {Kind.FLOW, Kind.COLON_IN_BRACKETS} or sign not in _SIGNS:
        return None
    if scene.kind is Kind.FLOW and "\n" in scene.text[scene.context : scene.offset]:
        return None
    message = f"Text inside brackets cannot contain a {_SIGNS[sign]} unless it stands in quotes."
    remedy = "Put the text in quotes, or write one entry on each line; a colon after a key needs a space."
    return Problem("Y09", scene.offset, scene.offset + 1, message, remedy)


def _open_bracket(scene: _Scene) -> Problem | None:
    bracket = scene.text[scene.context]
    if scene.kind is not Kind.FLOW or bracket not in _BRACKETS:
        return None
    message = f"The {bracket} here opens a {_BRACKETS[bracket]}, but what follows does not complete it."
    remedy = f"{QUOTE_IT} If it is meant as a {_BRACKETS[bracket]}, check its commas and its closing bracket."
    return scene.problem("Y09", scene.context, message, remedy)


def _after_bracket(scene: _Scene) -> Problem | None:
    bracket = scene.text[scene.value_at]
    if bracket not in _BRACKETS or not scene.value_at < scene.offset <= scene.line_end:
        return None
    message = f"The text begins with {bracket}, which opens a {_BRACKETS[bracket]}, but it goes on after the bracket."
    return scene.problem("Y09", scene.value_at, message, QUOTE_IT)


def _block_text(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.BLOCK_TEXT:
        return None
    sign = scene.text[scene.context]
    message = f"The {sign} here starts a block of text, so nothing else may stand on this line."
    remedy = f"Write the text below, indented; if {sign} belongs to the text, put the text in quotes."
    return scene.problem("Y09", scene.context, message, remedy)


def _no_space(scene: _Scene) -> Problem | None:
    starts = [scene.last_scalar[0], scene.context] if scene.kind is Kind.SECOND_COLON else [scene.context, scene.offset]
    for at in starts:
        match = _NO_SPACE.match(scene.text, scene.text.rfind("\n", 0, at) + 1)
        if match:
            sign = "colon" if match["key"] else "dash"
            message = f"A space is missing after this {sign}."
            return Problem("Y02", match.end() - 1, match.end(), message, f"Put a space after the {sign}.")
    return None


def _second_colon(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.SECOND_COLON:
        return None
    before = scene.text[scene.line_start : scene.offset]
    if ": " in before:
        message = f"The colon after {quoted(before.rpartition(': ')[2])} is the second one in this line."
        return Problem("Y09", scene.offset, scene.offset + 1, message, QUOTE_IT)
    at = scene.line_start + len(before) - len(before.lstrip())
    above = scene.text[: scene.line_start].rstrip("\n").rpartition("\n")[2]
    if len(above) - len(above.lstrip()) == at - scene.line_start and ":" not in above:
        start = scene.text.rindex(above, 0, scene.line_start) + at - scene.line_start
        return scene.problem("Y02", start, "This line is not a key with a colon, but a key follows it.", _KEY_VALUE)
    message = "This line is indented so that it goes on with the text above it, but it has a key."
    return scene.problem("Y02", at, message, _LINE_UP)


def _dash_inside(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.DASH_INSIDE or scene.first_on_line:
        return None
    message = "The dash here starts a list item, which cannot stand on the line of its key."
    remedy = "If it is text, put the text in quotes; if it is a list, start it on the next line."
    return Problem("Y09", scene.offset, scene.offset + 1, message, remedy)


def _no_colon(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.NO_COLON:
        return None
    message = "This line is neither a key with a colon nor part of the text above it."
    remedy = "To go on with the text above, indent it further; begin a list item with '- '; else write 'key: value'."
    if " #" in scene.text[scene.context : scene.offset]:
        remedy = "What follows the # was read as a comment: put the text in quotes."
    return scene.problem("Y02", scene.context, message, remedy)


def _tag(scene: _Scene) -> Problem | None:
    if scene.kind is not Kind.TAG:
        return None
    return scene.problem("Y09", scene.context, _STARTERS["!"], QUOTE_IT)


def _unexplained(scene: _Scene) -> Problem:
    if scene.first_on_line:
        message = "This line does not fit the lines above it."
        return scene.problem("Y02", scene.offset, message, _LINE_UP)
    word = _WORD.match(scene.text, scene.offset)
    message = f"{quoted(word[0])} cannot stand here." if word else "Something is missing here."
    return scene.problem("Y02", scene.offset, message, "Check the quotes, brackets and colons of this line.")


_EXPLANATIONS: tuple[Callable[[_Scene], Problem | None], ...] = (
    _second_document,
    _bad_escape,
    _no_character,
    _open_quote,
    _after_quote,
    _block_text,
    _sign_in_brackets,
    _starter,
    _open_bracket,
    _after_bracket,
    _no_space,
    _second_colon,
    _dash_inside,
    _no_colon,
    _tag,
)
"""Each looks at the line of the error, then at the line where what was being read began; the first answer counts."""
