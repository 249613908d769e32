"""Every colour of the templates comes from one closed list of pairs, and each pair stands out enough (WCAG 2.2, AA)."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".css", ".j2"})
DRAWINGS = [path for path in FILES if "<svg" in path.read_text(encoding="utf-8")]
STYLES = [path for path in FILES if path.suffix == ".css"]
with (ROOT / "scripts" / "accessibility" / "colour-pairs.csv").open(encoding="utf-8", newline="") as file:
    PAIRS = list(csv.DictReader(file))

HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TOKEN = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6})\b")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECORATION = {"#d8dde0", "#aeb7bd"}
"""Pale lines between rows and round cards, which carry no meaning."""

SYSTEM = {"transparent", "none", "inherit", "currentColor", "CanvasText", "Canvas", "LinkText"}
"""Words for colours that the reader's own system chooses, or for none."""


def tokens() -> dict[str, str]:
    return dict(TOKEN.findall((TEMPLATES / "assets" / "tokens.css").read_text(encoding="utf-8")))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def resolved(value: str) -> str:
    """The colour that a value of a style stands for."""
    known = tokens()
    variable = re.fullmatch(r"var\((--[\w-]+)\)", value.strip())
    return known.get(variable[1], value) if variable else value.strip()


def declared(styles: str) -> list[tuple[str, dict[str, str]]]:
    """The rules of a style sheet: selector, and what each property is set to."""
    styles = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    return [
        (
            selector.strip(),
            {
                name.strip(): value.strip()
                for name, _, value in (part.partition(":") for part in body.split(";"))
                if value
            },
        )
        for selector, body in RULE.findall(styles)
    ]


def stated(use: float) -> set[tuple[str, str]]:
    return {(pair["text"], pair["background"]) for pair in PAIRS if float(pair["least"]) == use}


TEXT, GRAPHICS = stated(4.5), stated(3.0)


def test_the_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#005eb8") == pytest.approx(6.38, abs=0.01)
    assert contrast("#ed8b00", "#ffffff") == pytest.approx(2.53, abs=0.01)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['text']} on {pair['background']}, {pair['use']}")
def test_every_pair_of_the_list_stands_out(pair: dict[str, str]) -> None:
    assert contrast(pair["text"], pair["background"]) >= float(pair["least"])
    assert float(pair["least"]) in {3.0, 4.5}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_colour_of_a_template_is_in_the_list(path: Path) -> None:
    listed = {pair[side] for pair in PAIRS for side in ("text", "background")} | DECORATION
    used = set(HEX.findall(path.read_text(encoding="utf-8").replace('href="#', "").replace("url(#", "")))
    assert used - listed == set()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_text_and_backgrounds_of_styles_are_in_the_list(path: Path) -> None:
    for selector, properties in declared(path.read_text(encoding="utf-8")):
        text = resolved(properties.get("color", "none"))
        behind = resolved(properties.get("background", properties.get("background-color", "none")))
        assert text in SYSTEM or text in {pair[0] for pair in TEXT}, f"{selector}: {text}"
        assert behind in SYSTEM or behind in {pair[1] for pair in TEXT}, f"{selector}: {behind}"
        if text not in SYSTEM and behind not in SYSTEM:
            assert (text, behind) in TEXT, f"{selector}: {text} on {behind}"


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_what_is_drawn_is_in_the_list(path: Path) -> None:
    """Shapes stand on white or pale grey; the words of a chart stand on those or on its bars."""
    source = path.read_text(encoding="utf-8")
    outlines = set(re.findall(r'stroke="(#[0-9a-f]{6})"', source))
    words = set(re.findall(r'<text[^>]*? fill="(#[0-9a-f]{6})"', source))
    assert outlines
    for colour in outlines:
        assert {(colour, "#ffffff"), (colour, "#f0f4f5")} <= GRAPHICS
    for colour in words:
        assert {(colour, "#ffffff"), (colour, "#f0f4f5")} <= TEXT


def test_no_opacity_weakens_a_colour() -> None:
    for path in FILES:
        assert not re.search(r"(?<!-)\b(?:fill-|stroke-)?opacity\b", path.read_text(encoding="utf-8")), path.name
