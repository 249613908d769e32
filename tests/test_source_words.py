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
asked: "Who \\"asks\\" the
  \\\\ HB?"
marked: >-
  Ask [the wharf](https://HB.example/HB) or
  the _HB_, the snake_HB or the *old
  wharf_, **HB**.
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
        (("single",), "own", (13, 16), (13, 19)),
        (("single",), "HB", (13, 22), (13, 24)),
        (("double",), "HB", (15, 18), (15, 20)),
        (("asked",), "the", (24, 22), (24, 25)),
        (("asked",), "HB", (25, 6), (25, 8)),
        (("marked",), "HB", (28, 8), (28, 10)),
        (("marked",), "the wharf or", (27, 8), (27, 44)),
        (("marked",), "old wharf", (28, 34), (29, 8)),
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
        (("escaped",), "HB"),
        (("short",), "HB"),
        (("list",), "HB"),
        (("nowhere",), "HB"),
    ],
)
def test_what_cannot_be_placed_is_pointed_at_whole(source: Source, path: Path, words: str) -> None:
    assert source.words_span(path, words) == source.span(path)


@pytest.mark.parametrize(
    ("path", "before", "start"),
    [
        (("folded",), "The wardens meet with the Harbour Board, and the HB. An HBX is no ", (6, 16)),
        (("folded",), "The wardens meet with the Harbour Board, and the ", (4, 20)),
        (("marked",), "Ask the wharf or the HB, the snake_HB or the old wharf_, ", (29, 13)),
        (("marked",), "Ask [the wharf](https://HB.example/HB) or the ", (28, 8)),
    ],
)
def test_of_several_uses_the_one_after_the_text_before_it_is_meant(
    source: Source, path: Path, before: str, start: tuple[int, int]
) -> None:
    assert source.words_span(path, "HB", before).start == Position(*start)


def test_a_use_that_is_not_there_is_pointed_at_whole(source: Source) -> None:
    assert source.words_span(("literal",), "HB", "the HB and the HB") == source.span(("literal",))


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


@given(st.lists(WORDS, min_size=1, max_size=5), st.data(), st.sampled_from(["|", ">-", "'", '"']))
def test_any_use_of_any_word_is_found_by_the_text_before_it(
    lines: list[list[str]], data: st.DataObject, sign: str
) -> None:
    written = "\n".join(f"  {' '.join(words)}" for words in lines)
    is_quoted = sign in ("'", '"')
    source = read_source(f"text: {sign}\n{written}{sign if is_quoted else ''}\n".encode(), "plan.yaml")
    line = data.draw(st.integers(0, len(lines) - 1))
    index = data.draw(st.integers(0, len(lines[line]) - 1))
    word = lines[line][index]
    before = " ".join([*(word for words in lines[:line] for word in words), *lines[line][:index], ""])
    start = Position(line + 2, len("  " + "".join(f"{other} " for other in lines[line][:index])) + 1)
    assert source.words_span(("text",), word, before) == Span(start, Position(start.line, start.column + len(word)))
