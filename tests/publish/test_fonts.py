"""The fonts come from the package, and a character they lack is named with its place."""

from __future__ import annotations

import importlib.util

import pytest

from pcstrat.errors import NotDoneError
from pcstrat.publish import fonts
from pcstrat.publish.fonts import embedded_styles, faces, missing_characters, print_styles


def test_there_are_three_weights_in_files_of_the_package() -> None:
    assert [face.weight for face in faces()] == [400, 600, 700]
    assert all(face.path.is_file() and "font_source_sans_pro" in face.path.parts for face in faces())


def test_styles_set_the_font_over_that_of_the_page() -> None:
    assert print_styles().count("@font-face") == 3
    assert "--print-font" in print_styles()
    assert "file://" in print_styles()
    assert "file://" not in embedded_styles()


def test_usual_text_is_covered() -> None:
    assert missing_characters("Ŵythnos – “quotes” £1.3m → ✓ ≥ é e\u0301 zero\u200bwidth\n\ttab") == ()


def test_a_missing_character_is_named_with_its_words() -> None:
    first, second = missing_characters("Before it 漢 after it. A hard\u2011hyphen, and hard\u2011again.")
    assert first.character == "漢"
    assert "U+6F22" in first.message
    assert "'Before it 漢 after it. A hard" in first.message
    assert "non-breaking hyphen" in second.message
    assert "once more" in second.message
    assert second.remedy == "Write an ordinary hyphen."


def test_a_missing_package_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(NotDoneError, match="font-source-sans-pro") as caught:
        faces()
    assert "pip install" in caught.value.remedy


def test_a_missing_face_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_WEIGHTS", {400: "Nothing.ttf"})
    with pytest.raises(NotDoneError, match=r"Nothing\.ttf"):
        faces()
