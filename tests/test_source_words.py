"""Words of a text on several lines are found on the line where they stand, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diagnostics import Path, Position, Span
from pcstrat.source import Source, read_source

PLAN = """\
folded: >-  # why
  The wardens meet
    with the **Harbour
  Board**, and the HB.

  An HBX is no HB.
literal: |+
  Wardens:
      ask the HB

wrapped: one line and
  another line
single: 'our ''own'' HB
  and more'
double: "a plain HB
  and more"
escaped: "\\u0041n HB
  and more"
short: ask the HB
list:
  - >
    The HB
    decides.
"""


@pytest.fixture(params=[False, True], ids=["c", "pure"])
def source(request: pytest.FixtureRequest) -> Source:
    read = read_source(PLAN.encode(), "plan.yaml", pure=bool(request.param))
    assert read.findings == ()
    return read


@pytest.mark.parametrize(
    ("path", "words", "start", "end"),
    [
        (("folded",), "HB", (4, 20), (4, 22)),
        (("folded",), "HBX", (6, 6), (6, 9)),
        (("folded",), "Harbour Board, and", (3, 16), (4, 15)),
        (("folded",), "The wardens meet with the", (2, 3), (3, 13)),
        (("literal",), "HB", (9, 15), (9, 17)),
        (("wrapped",), "and another", (11, 19), (12, 10)),
        (("double",), "HB", (15, 18), (15, 20)),
        (("list", 0), "HB", (22, 9), (22, 11)),
        (("list", 0, "text"), "decides.", (23, 5), (23, 13)),
    ],
)
def test_words_stand_where_they_are_written(
    source: Source, path: Path, words: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    assert source.words_span(path, words) == Span(Position(*start), Position(*end))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("folded",), ""),
        (("folded",), "Bo"),
        (("folded",), "Harbour Trust"),
        (("single",), "HB"),
        (("escaped",), "HB"),
        (("short",), "HB"),
        (("list",), "HB"),
        (("nowhere",), "HB"),
    ],
)
def test_what_cannot_be_placed_is_pointed_at_whole(source: Source, path: Path, words: str) -> None:
    assert source.words_span(path, words) == source.span(path)


WORDS = st.lists(st.text(alphabet="abÄ", min_size=1, max_size=3), min_size=1, max_size=5)


@given(st.lists(WORDS, min_size=1, max_size=5), st.data(), st.sampled_from("|>"))
def test_any_word_of_a_block_is_found_where_it_is_used_first(
    lines: list[list[str]], data: st.DataObject, sign: str
) -> None:
    written = "".join(f"  {' '.join(words)}\n" for words in lines)
    source = read_source(f"text: {sign}\n{written}".encode(), "plan.yaml")
    word = data.draw(st.sampled_from([word for words in lines for word in words]))
    first = next(index for index, words in enumerate(lines) if word in words)
    before = "".join(f"{other} " for other in lines[first][: lines[first].index(word)])
    start = Position(first + 2, len(f"  {before}") + 1)
    assert source.words_span(("text",), word) == Span(start, Position(start.line, start.column + len(word)))
