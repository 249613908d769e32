"""What changes mean is a file that users override: every key of it fits something, or is an error with a hint."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from pcstrat.diff import load_significances
from pcstrat.diff.significance import shipped_significances
from pcstrat.errors import NotDoneError

MISSPELT = [
    ('[date-later]\n"Milestone.wen" = "changed"', "Did you mean 'Milestone.when'"),
    ('[date-later]\n"milestone.when" = "changed"', "Did you mean 'Milestone.when'"),
    ('[date-later]\n"*.retird" = "changed"', r"Did you mean '\*.retired'"),
    ('[date-later]\ndefualt = "changed"', "Did you mean 'default'"),
    ('[target-raised]\n"context:upp" = "changed"', "Did you mean 'context:up'"),
    ('[date-later]\nwhatsoever = "changed"', "Write a class and a field"),
    ('[date-latr]\ndefault = "changed"', "Did you mean 'date-later'"),
    ('date-later = "changed"', r"write \[date-later\]"),
]


@pytest.mark.parametrize(("content", "remedy"), MISSPELT)
def test_a_meaning_for_nothing_is_an_error(tmp_path: Path, content: str, remedy: str) -> None:
    (tmp_path / "significance.toml").write_text(content, encoding="utf-8")
    with pytest.raises(NotDoneError, match=remedy):
        load_significances(tmp_path)


def test_everything_wrong_with_a_file_of_meanings_is_said_at_once(tmp_path: Path) -> None:
    text = '[date-later]\n"Milestone.wen" = "weakend"\n[date-latr]\ndefault = "changed"\n'
    (tmp_path / "significance.toml").write_text(text, encoding="utf-8")
    with pytest.raises(NotDoneError) as caught:
        load_significances(tmp_path)
    assert all(word in caught.value.message for word in ("'Milestone.wen'", "'weakened'", "'date-latr'"))


PLACES = [
    ('[date-later]\n"Milestone.wen" = "changed"', "Line 2, column 1: [date-later] names 'Milestone.wen'"),
    ('# ours\n\n[date-later]\n  default =   "weakend"', "Line 4, column 15: [date-later] gives 'default'"),
    ('[date-later]\ndefault = "changed"\n\n [date-latr]\n', "Line 4, column 2: There is no kind of change"),
    ('date-later = "changed"', "Line 1, column 1: 'date-later' must be a table"),
    ('date-later.default = "weakend"', "Line 1, column 22: [date-later] gives 'default'"),
    ('date-later = {default = "weakend"}', "Line 1, column 14: [date-later] gives 'default'"),
    ('[date-later]\n"a=b" = "changed"', "Line 2, column 1: [date-later] names 'a=b'"),
    ('[words]\nhedgs = ["may"]', "Line 2, column 1: [words] names 'hedgs'"),
    ('[words]\nhedges = "may"', "Line 2, column 10: [words] gives 'hedges' no list of words"),
    ('words = "may"', "Line 1, column 1: 'words' must be a table"),
]


@pytest.mark.parametrize(("content", "said"), PLACES)
def test_what_is_wrong_with_a_meaning_has_its_line_and_column(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "significance.toml").write_text(content, encoding="utf-8")
    with pytest.raises(NotDoneError) as caught:
        load_significances(tmp_path)
    assert caught.value.message.startswith(f"{tmp_path / 'significance.toml'}: {said}")


def test_every_key_of_the_shipped_meanings_fits_something(tmp_path: Path) -> None:
    shipped = files("pcstrat").joinpath("data", "significance.toml").read_bytes()
    (tmp_path / "significance.toml").write_bytes(shipped)
    assert load_significances(tmp_path) == shipped_significances()


def test_a_kind_and_its_opposite_mean_the_opposite_for_the_same_subjects() -> None:
    opposite = {"weakened": "strengthened", "strengthened": "weakened"}
    for kind, row in shipped_significances().table.items():
        if kind.opposite is not kind:
            mirrored = {key: opposite.get(meaning, meaning) for key, meaning in row.items()}
            assert dict(shipped_significances().table[kind.opposite]) == mirrored, kind
