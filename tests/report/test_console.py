"""What commands did and how far they are reads well on a terminal, and text from plans is only text there."""

from __future__ import annotations

import io

import pytest

from pcstrat.progress import BarProgress, LineProgress, NoProgress, progress_for
from pcstrat.report.console import publication_text, settings_text, up_to_date_text


def test_what_a_build_did() -> None:
    assert publication_text("output", 3, 0, 0) == "3 files written in output."
    assert publication_text(".", 3, 0, 0) == "3 files written in this folder."
    assert publication_text("output", 0, 1, 2) == "No files written, 1 unchanged and 2 removed in output."


@pytest.mark.parametrize(
    ("rebuilt", "up_to_date", "text"),
    [
        (["kernow"], [], ""),
        ([], ["kernow"], "Nothing has changed in kernow since the last build."),
        ([], ["kernow", "devon"], "Nothing has changed in 2 plans since the last build."),
        (["devon"], ["kernow"], "Built anew: devon. Nothing has changed in kernow."),
        (
            ["devon", "dorset"],
            ["kernow", "x"],
            "Built anew: devon and dorset. Nothing has changed in the other 2 plans.",
        ),
    ],
)
def test_what_a_build_left_as_it_was_is_never_what_it_made(
    rebuilt: list[str], up_to_date: list[str], text: str
) -> None:
    assert up_to_date_text(rebuilt, up_to_date) == text


def test_settings_are_listed_with_their_origin() -> None:
    text = settings_text([("output", "out\x1b", "file pcstrat.toml", "The folder.")])
    assert text == "output = out[U+001B]  (file pcstrat.toml)\n    The folder."


def test_progress_in_a_log_is_plain_lines() -> None:
    stream = io.StringIO()
    progress = progress_for(stream, interactive=False)
    assert isinstance(progress, LineProgress)
    progress.start(2)
    progress.step("bob\x1b: made")
    progress.step("kent: made")
    progress.stop()
    assert stream.getvalue() == "1/2 bob[U+001B]: made\n2/2 kent: made\n"


def test_progress_on_a_terminal_is_a_bar_without_markup() -> None:
    stream = io.StringIO()
    progress = progress_for(stream, interactive=True)
    assert isinstance(progress, BarProgress)
    progress.stop()
    progress.step("before it starts")
    progress.start(1)
    progress.step("[red]bob[/]")
    progress.stop()
    assert "[red]bob[/]" in stream.getvalue()


def test_no_progress_says_nothing() -> None:
    progress = NoProgress()
    progress.start(1)
    progress.step("x")
    progress.stop()
