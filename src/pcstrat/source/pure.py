"""Turns text into YAML events without the C extension: ruamel.yaml's Python parser, as strict as its C one.

The C parser follows the older rules for text in brackets, labels and tags. A plan must mean the same on every computer,
so the Python scanner is held to these rules here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StreamMark
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import ScalarToken, TagToken

from pcstrat.patterns import Pattern

_ENDS = "\0 \n"
_BLOCK_SIGNS = frozenset("+-0123456789")
_BLOCK_HEADER = Pattern(r"(?P<before>[+-])?(?P<digit>[1-9])?(?P<after>(?<=[1-9])(?<![+-].)[+-])?")
_BLANK = frozenset(" \n")
_LABEL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


class _StrictScanner(Scanner):
    """Scans plain text, labels, tags and the first lines of blocks as the C parser does."""

    @property
    def yaml_version(self) -> tuple[int, int]:
        """The version whose rules apply, whatever the file says."""
        return 1, 1

    @yaml_version.setter
    def yaml_version(self, version: object) -> None: ...

    def scan_plain(self) -> ScalarToken:
        """Scan text without quotes; inside brackets it holds no colon, question mark or further bracket."""
        reader = self.reader
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = reader.get_mark()
        while reader.peek() != "#" and (length := self._plain_length(start)):
            self.allow_simple_key = False
            chunks += [*spaces, reader.prefix(length)]
            reader.forward(length)
            end = reader.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_level and reader.column < self.indent + 1):
                break
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 - the library's signature

    def _plain_length(self, start: StreamMark) -> int:
        peek = self.reader.peek
        length = 0
        while not self._ends_plain(length):
            length += 1
        if self.flow_level and peek(length) == ":" and peek(length + 1) not in _ENDS:
            self.reader.forward(length)
            raise ScannerError("while scanning a plain scalar", start, "found unexpected ':'", self.reader.get_mark())
        return length

    def _ends_plain(self, length: int) -> bool:
        character = self.reader.peek(length)
        if character in _ENDS:
            return True
        if self.flow_level:
            return character in ",:?[]{}"
        return character == ":" and self.reader.peek(length + 1) in _ENDS

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: ANN401, N803 - the library's signature
        """Scan a label: ASCII letters, digits, dashes and underscores only."""
        reader = self.reader
        start = reader.get_mark()
        name = "alias" if reader.peek() == "*" else "anchor"
        reader.forward()
        length = 0
        while reader.peek(length) in _LABEL:
            length += 1
        label = reader.prefix(length)
        reader.forward(length)
        if not label or reader.peek() not in "\0 \n?:,]}%@`":
            problem = "did not find expected alphabetic or numeric character"
            raise ScannerError(f"while scanning an {name}", start, problem, reader.get_mark())
        return TokenClass(label, start, reader.get_mark())

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: StreamMark) -> list[Any]:  # noqa: ANN401 - the library has no types
        """Refuse codes that stand for no character, as the C parser does."""
        try:
            chunks: list[Any] = super().scan_flow_scalar_non_spaces(double, start_mark)
            "".join(chunks).encode()
        except ValueError:
            problem = "found invalid Unicode character escape code"
            where = self.reader.get_mark()
            raise ScannerError("while scanning a double-quoted scalar", start_mark, problem, where) from None
        return chunks

    def scan_tag(self) -> TagToken:
        """Scan a tag: one exclamation mark, a handle between two of them, or an address in angle brackets."""
        reader = self.reader
        if reader.peek(1) in _ENDS or reader.peek(1) == "<":
            token: TagToken = super().scan_tag()
            return token
        start = reader.get_mark()
        length = 1
        while reader.peek(length) in _LABEL:
            length += 1
        handle = reader.prefix(length + 1) if reader.peek(length) == "!" else "!"
        reader.forward(len(handle))
        suffix = self.scan_tag_uri("tag", start)
        if reader.peek() not in _ENDS:
            raise ScannerError("while scanning a tag", start, "did not find expected whitespace", reader.get_mark())
        return TagToken((handle, suffix), start, reader.get_mark())

    def scan_block_scalar_indicators(self, start_mark: StreamMark) -> tuple[bool | None, int | None]:
        """Scan what follows the sign that starts a block: whether to keep its last line ends, and its indentation."""
        header = ""
        while self.reader.peek() in _BLOCK_SIGNS:
            header += self.reader.peek()
            self.reader.forward()
        match = _BLOCK_HEADER.fullmatch(header)
        if match is None:
            problem = "did not find expected comment or line break"
            raise ScannerError("while scanning a block scalar", start_mark, problem, self.reader.get_mark())
        sign, digit = match["before"] or match["after"], match["digit"]
        return (sign == "+" if sign else None), (int(digit) if digit else None)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, StreamMark]:
        """Scan the blank lines before the first text of a block and find its indentation."""
        reader = self.reader
        breaks: list[str] = []
        indent = 0
        end = reader.get_mark()
        while reader.peek() in _BLANK:
            if reader.peek() == " ":
                reader.forward()
                indent = max(indent, reader.column)
            else:
                breaks.append(self.scan_line_break())
                end = reader.get_mark()
        return breaks, indent, end


def pure_events(text: str) -> Iterator[Any]:
    """Start to parse a text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = _StrictScanner
    yaml.top_level_block_style_scalar_no_indent_error_1_1 = True
    events: Iterator[Any] = yaml.parse(text)
    return events
