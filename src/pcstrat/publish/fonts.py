"""Turns the installed package of Source Sans into the fonts of a document, and checks that they have every character.

The faces come from the Python package `font-source-sans-pro`, found by path; fonts of the system are never used.
"""

from __future__ import annotations

import base64
import importlib.metadata
import importlib.util
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pcstrat.errors import NotDoneError
from pcstrat.publish.problems import Problem, missing_package
from pcstrat.text import has_unsafe_characters, visible

FAMILY = "Source Sans Pro"
PACKAGE = "font-source-sans-pro"
_MODULE = "font_source_sans_pro"
_WEIGHTS = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf", 700: "SourceSansPro-Bold.ttf"}
_CONTEXT = 28
"""Characters shown on either side of one that is missing."""

_INVISIBLE = frozenset("\t\n\r\f\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
"""Characters that need no glyph."""

_INSTEAD = {"\u2011": "Write an ordinary hyphen.", "\u2028": "Delete it.", "\u25e6": "Write a list instead."}


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the font."""

    weight: int
    path: Path


def font_folder() -> Path:
    """The folder of the font files.

    Raises:
        NotDoneError: if the package is not installed, or lacks a face.
    """
    spec = importlib.util.find_spec(_MODULE)
    if spec is None or spec.origin is None:
        message = f"The font of the PDFs is missing: the Python package {PACKAGE} is not installed."
        raise NotDoneError(message, f"Install it: pip install {PACKAGE}")
    return Path(spec.origin).parent / "files"


def faces() -> tuple[Face, ...]:
    """Every face that documents use, the lightest first."""
    found = tuple(Face(weight, font_folder() / name) for weight, name in _WEIGHTS.items())
    for face in found:
        if not face.path.is_file():
            message = f"The font file {face.path.name} is missing from the Python package {PACKAGE}."
            raise NotDoneError(message, f"Install it again: pip install --force-reinstall {PACKAGE}")
    return found


def font_version() -> str:
    """The version of the font package, as the manifest records it."""
    return importlib.metadata.version(PACKAGE)


def print_styles() -> str:
    """The style sheet that makes a PDF use the font, whatever the page names for screens."""
    return _rules(lambda face: face.path.as_uri())


@cache
def embedded_styles() -> str:
    """The style sheet that makes a web page carry the font inside it."""
    return _rules(_data_url)


def _rules(url: Callable[[Face], str]) -> str:
    rules = [
        f'@font-face{{font-family:"{FAMILY}";font-weight:{face.weight};font-style:normal;src:url("{url(face)}")}}'
        for face in faces()
    ]
    family = f'"{FAMILY}", sans-serif'
    return "\n".join([*rules, f":root{{--font:{family} !important;--print-font:{family} !important}}"])


def _data_url(face: Face) -> str:
    return f"data:font/ttf;base64,{base64.b64encode(face.path.read_bytes()).decode('ascii')}"


@cache
def covered() -> frozenset[int]:
    """The code points that every face has a glyph for."""
    try:
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 - only PDFs need it
    except ImportError as error:
        raise missing_package(error) from None
    sets = []
    for face in faces():
        with TTFont(face.path, lazy=True) as font:
            sets.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*sets)


def missing_characters(text: str) -> tuple[Problem, ...]:
    """One problem for each character of a text that the font lacks, in the order in which they appear."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(_problem(composed, character) for character in _missing(composed))


def _missing(text: str) -> Iterator[str]:
    known = covered()
    absent = {character for character in set(text) if ord(character) not in known} - _INVISIBLE
    yield from sorted(absent, key=text.index)


def named(character: str) -> str:
    """A character for a message: as it is if it can be seen, with its number and its name."""
    name = unicodedata.name(character, "no name").lower()
    number = f"U+{ord(character):04X}"
    return f"'{character}' ({number}, {name})" if _can_be_seen(character) else f"{number} ({name})"


def _can_be_seen(character: str) -> bool:
    joins_others = unicodedata.category(character).startswith("M")
    return character.isprintable() and not joins_others and not has_unsafe_characters(character)


def _problem(text: str, character: str) -> Problem:
    place = text.index(character)
    around = " ".join(text[max(0, place - _CONTEXT) : place + _CONTEXT + 1].split())
    if not _can_be_seen(character):
        around = around.replace(character, f"[U+{ord(character):04X}]")
    times = text.count(character)
    often = "" if times == 1 else f", and {times - 1} more" if times > 2 else ", and once more"  # noqa: PLR2004 - three times or more
    message = f"The font has no {named(character)}: it stands in '{visible(around)}'{often}."
    remedy = _INSTEAD.get(character, "Write it in another way.")
    return Problem(code="D01", message=message, remedy=remedy, character=character)
