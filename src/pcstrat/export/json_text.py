"""Turns plain data into the text of every JSON document that pcstrat writes."""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import to_json

from pcstrat.text import has_unsafe_characters

_HARMLESS = bytes(range(0x20, 0x7F)) + b"\n"
_NOT_HARMLESS = re.compile(r"[^\x20-\x7e\n]")


def to_text(data: dict[str, Any]) -> str:
    """Plain data as JSON; characters that hide or reorder text are written as escapes."""
    return f"{safe_text(to_json(data, indent=2))}\n"


def safe_text(written: bytes) -> str:
    """JSON as text in which characters that hide or reorder text are escapes."""
    rare = written.translate(None, _HARMLESS).decode()  # to look for them in little is much faster than in all
    text = written.decode()
    return _escaped(text) if has_unsafe_characters(rare) else text


def _escaped(text: str) -> str:
    return _NOT_HARMLESS.sub(lambda match: _escape(match.group()), text)


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}" if has_unsafe_characters(character) else character
